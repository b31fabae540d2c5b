import assert from "node:assert/strict";
import * as os from "node:os";
import * as path from "node:path";
import { test } from "node:test";
import { logIn, showOutcome } from "../src/outcome";
import type { Next } from "../src/protocol";
import { active, errors, executed, offered, opened, press, reported, settings, terminals } from "./vscode";

const never = (): never => assert.fail("nothing was to be repeated");

const STEPS: [Next, string, () => unknown, unknown][] = [
  ["trust", "Manage Trust", () => executed.at(-1)?.[0], "workbench.trust.manage"],
  ["log-in", "Log In", () => terminals.at(-1)?.sent, ["heroku login"]],
  ["install-cli", "Install the Heroku CLI", () => opened.at(-1), "https://devcenter.heroku.com/articles/heroku-cli"],
  ["choose-app", "Choose App", () => executed.at(-1)?.[0], "configvars.ui.chooseApp"],
  ["open", "Open .env", () => opened.at(-1), "file:///shop/.env"],
];

for (const [next, button, done, expected] of STEPS) {
  test(`a message with the next step ${next} has the button ${button}, which takes it`, async () => {
    for (const ok of [true, false]) {
      press.button = button;
      await showOutcome({ ok, message: "Said.", next, ...(next === "open" ? { uri: "file:///shop/.env" } : {}) }, never);
      assert.ok(offered.at(-1)?.includes(button), String(offered.at(-1)));
      assert.deepEqual(done(), expected);
    }
  });
}

test("what failed can be repeated, and the setting that helps can be opened", async () => {
  const slow = { ok: false, message: "Heroku did not answer in time.", setting: "heroku.timeout", retry: true } as const;
  let repeated = 0;
  for (const button of ["Try Again", "Open Settings"]) {
    press.button = button;
    await showOutcome(slow, () => repeated++);
    assert.deepEqual(offered.at(-1), ["Try Again", "Open Settings"]);
  }
  assert.equal(repeated, 1);
  assert.deepEqual(executed.at(-1), ["workbench.action.openSettings", { query: "configvars.heroku.timeout" }]);
  delete press.button;
  await showOutcome({ ok: false, message: "No Heroku CLI.", next: "install-cli", setting: "heroku.path", retry: true }, never);
  assert.deepEqual(offered.at(-1), ["Install the Heroku CLI", "Try Again", "Open Settings"]);
  await showOutcome({ ok: false, message: "No such app.", next: "choose-app" }, never);
  assert.deepEqual(offered.at(-1), ["Choose App"]);
});

test("an outcome without a next step is in the status bar, a failure is a message, and a dismissed question is neither", async () => {
  const before = [offered.length, errors.length];
  await showOutcome({ ok: true, message: "Pulled A." }, never);
  await showOutcome({ ok: false, message: "Cancelled.", dismissed: true }, never);
  assert.deepEqual([offered.length, errors.length], before);
  await showOutcome({ ok: false, message: "Heroku does not answer." }, never);
  assert.deepEqual([reported, errors.at(-1), offered.at(-1)], [["Pulled A."], "Heroku does not answer.", []]);
});

test("no button opens the file that the user is looking at; what is too long for the status bar is a message", async () => {
  const pulled = { ok: true, message: "Pulled A from shop.", next: "open" as Next, uri: "file:///shop/.env" };
  active.uri = pulled.uri;
  const [messages, texts] = [offered.length, reported.length];
  await showOutcome(pulled, never);
  assert.deepEqual([offered.length, reported.slice(texts)], [messages, ["Pulled A from shop."]]);
  await showOutcome({ ...pulled, message: "Pulled A. ".repeat(20) }, never);
  assert.deepEqual([offered.at(-1), reported.length], [[], texts + 1]);
  await showOutcome({ ...pulled, ok: false }, never);
  assert.deepEqual([errors.at(-1), offered.at(-1)], ["Pulled A from shop.", []]);
  active.uri = "file:///shop/app.py";
  await showOutcome(pulled, never);
  assert.deepEqual(offered.at(-1), ["Open .env"]);
});

test("the login runs the user's own Heroku CLI, outside the workspace", () => {
  terminals.length = 0;
  logIn();
  settings.set("configvars.heroku.path", path.resolve("/opt/heroku/bin/heroku"));
  logIn();
  assert.deepEqual(terminals.map(({ sent }) => sent), [["heroku login"], ["heroku login"]]);
  assert.ok(terminals.every(({ options }) => options.cwd === os.homedir()));
  assert.deepEqual(
    terminals.map(({ options }) => options.env?.PATH?.split(path.delimiter)[0]),
    [undefined, path.resolve("/opt/heroku/bin")],
  );
});
