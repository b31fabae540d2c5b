import assert from "node:assert/strict";
import { test } from "node:test";
import type { DebugConfiguration } from "vscode";
import { isToBeFilled, startedFile } from "../src/started";

const launch = (more: object) => ({ type: "debugpy", request: "launch", name: "Shop", ...more });

test("the user's own settings stay, and nothing is added for a program that is already running", () => {
  assert.equal(isToBeFilled(launch({ envFile: "" }), false), false);
  assert.equal(isToBeFilled(launch({}), true), false, "python.envFile is set");
  assert.equal(isToBeFilled({ type: "debugpy", request: "attach", name: "Shop" }, false), false);
  assert.equal(isToBeFilled(launch({ env: { A: "1" } }), false), true);
});

test("a path with an unknown variable names no file", () => {
  assert.equal(startedFile(launch({ program: "${input:which}.py" }), "/ws", undefined), undefined);
  assert.equal(startedFile(launch({ program: "${file}" }), "/ws", undefined), undefined);
});

test("without launch.json, the active file is started", () => {
  const nothing = {} as DebugConfiguration;
  assert.equal(isToBeFilled(nothing, false), true);
  assert.equal(startedFile(nothing, "/ws", "/ws/api/main.py"), "/ws/api/main.py");
  assert.equal(startedFile(nothing, "/ws", undefined), undefined);
});

test("the file that is started determines the env file", () => {
  const started = (more: object) => startedFile(launch(more), "/ws", "/ws/api/main.py");
  assert.equal(started({ program: "${workspaceFolder}/web/run.py" }), "/ws/web/run.py");
  assert.equal(started({ program: "run.py", cwd: "${workspaceFolder}/web" }), "/ws/web/run.py");
  assert.equal(started({ program: "${file}" }), "/ws/api/main.py");
  assert.equal(started({ module: "flask", cwd: "${workspaceFolder}/api" }), "/ws/api/app.py");
  assert.equal(started({ module: "flask", cwd: "${fileDirname}" }), "/ws/api/app.py");
  assert.equal(started({ module: "flask" }), "/ws/app.py");
});
