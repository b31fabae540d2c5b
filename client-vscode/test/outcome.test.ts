import assert from "node:assert/strict";
import * as os from "node:os";
import * as path from "node:path";
import { test } from "node:test";
import { logIn, showOutcome } from "../src/outcome";
import type { Next } from "../src/protocol";
import { watchTrust } from "../src/trust";
import { active, closed, env, errors, executed, granted, offered, opened, press, reported, settings, terminals } from "./vscode";

const unwanted = (): never => assert.fail("nothing was to be repeated");
const never = { again: unwanted, withChosenApp: unwanted };

const STEPS: [Next, string, () => unknown, unknown][] = [
  ["trust", "Manage Trust", () => executed.at(-1)?.[0], "workbench.trust.manage"],
  ["log-in", "Log In", () => terminals.at(-1)?.sent, ["heroku login && exit"]],
  ["install-cli", "Install the Heroku CLI", () => opened.at(-1), "https://devcenter.heroku.com/articles/heroku-cli"],
  ["choose-app", "Choose App", () => executed.at(-1)?.[0], "configvars.ui.chooseApp"],
  ["open", "Open .env", () => opened.at(-1), "file:///shop/.env"],
];

for (const [next, button, done, expected] of STEPS) {
  test(`a message with the next step ${next} has the button ${button}, which takes it`, async () => {
    for (const ok of [true, false]) {
      press.button = button;
      press.once = true;
      await showOutcome({ ok, message: "Said.", next, ...(next === "open" ? { uri: "file:///shop/.env" } : {}) }, never);
      assert.ok(offered.at(-1)?.includes(button), String(offered.at(-1)));
      assert.deepEqual(done(), expected);
    }
  });
}

test("what failed can be repeated, and the setting that helps can be opened", async () => {
  const slow = { ok: false, message: "Heroku did not answer in time.", setting: "heroku.timeout", retry: true } as const;
  let repeated = 0;
  const before = offered.length;
  for (const button of ["Try Again", "Open Settings"]) {
    press.button = button;
    press.once = true;
    await showOutcome(slow, { again: () => repeated++ });
    assert.deepEqual(offered.at(-1), ["Try Again", "Open Settings"]);
  }
  assert.deepEqual([repeated, offered.length - before], [1, 3], "the message is shown again next to the settings");
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

test("after a login, a choice of another app or the trust of the user, the command goes on", async () => {
  const done: string[] = [];
  const repeat = { again: () => done.push("again"), withChosenApp: () => done.push("with the chosen app") };
  press.button = "Choose App";
  await showOutcome({ ok: false, message: "No such app.", next: "choose-app" }, repeat);
  (executed.at(-1)?.[1] as () => unknown)();
  press.button = "Log In";
  await showOutcome({ ok: false, message: "Not logged in.", next: "log-in", retry: true }, repeat);
  closed.fire({});
  assert.deepEqual(done, ["with the chosen app"]);
  closed.fire(terminals.at(-1));
  closed.fire(terminals.at(-1));
  press.button = "Manage Trust";
  watchTrust({ trust: () => Promise.resolve() } as never);
  await showOutcome({ ok: false, message: "Restricted Mode.", next: "trust" }, repeat);
  assert.deepEqual(done, ["with the chosen app", "again"]);
  for (let times = 0; times < 2; times++) {
    granted.fire();
    await Promise.resolve();
    await Promise.resolve();
  }
  assert.deepEqual(done, ["with the chosen app", "again", "again"]);
});

test("the login runs the user's own Heroku CLI, outside the workspace, in the user's own shell", () => {
  terminals.length = 0;
  for (const shell of ["/usr/bin/zsh", "C:\\Windows\\System32\\cmd.exe", "C:\\Program Files\\PowerShell\\7\\pwsh.exe", "/usr/bin/nu", ""]) {
    env.shell = shell;
    logIn(unwanted);
  }
  assert.deepEqual(
    terminals.map(({ sent }) => sent),
    [["heroku login && exit"], ["heroku login && exit"], ["heroku login; if ($?) { exit }"], ["heroku login"], ["heroku login"]],
  );
  settings.set("configvars.heroku.path", path.resolve("/opt/heroku/bin/heroku"));
  logIn(unwanted);
  assert.ok(terminals.every(({ options }) => options.cwd === os.homedir()));
  const first = (terminal: (typeof terminals)[number] | undefined): unknown => terminal?.options.env?.PATH?.split(path.delimiter)[0];
  assert.deepEqual([first(terminals[0]), first(terminals.at(-1))], [undefined, path.resolve("/opt/heroku/bin")]);
});

test("a value that is to be filled in is a step even in the file that is open: the button goes to it", async () => {
  active.uri = "file:///shop/.env";
  press.button = "Open .env";
  press.once = true;
  await showOutcome({ ok: true, message: "Pulled A. Fill in B in .env.", next: "open", uri: "file:///shop/.env", name: "B" }, never);
  assert.deepEqual(offered.at(-1), ["Open .env"]);
  assert.deepEqual(executed.at(-1), ["configvars.show", { uri: "file:///shop/.env", name: "B" }]);
  delete active.uri;
});
