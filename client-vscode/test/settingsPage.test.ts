import assert from "node:assert/strict";
import { test } from "node:test";
import { openSetting } from "../src/settingsPage";
import { env, executed } from "./vscode";

test("a setting with machine scope is on the page of the remote machine, if there is one", async () => {
  await openSetting("configvars.interpreter");
  env.remoteName = "ssh-remote";
  await openSetting("configvars.interpreter");
  assert.deepEqual(executed, [
    ["workbench.action.openSettings", { query: "configvars.interpreter" }],
    ["workbench.action.openRemoteSettings", { query: "configvars.interpreter" }],
  ]);
});
