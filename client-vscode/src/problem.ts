// What the user can do when no server runs.

import * as vscode from "vscode";
import type { Server, State } from "./server";
import { chooseProgram, openSetting } from "./settingsPage";

const SET_INTERPRETER = "Choose Python…";
const SETTINGS = "Open Settings";
const RETRY = "Try Again";
const LOGS = "Show Logs";

/** Shows each problem once, with possible solutions. */
export function reportProblems(server: Server, log: vscode.LogOutputChannel): vscode.Disposable {
  let said = "";
  return server.onDidChangeState((state) => {
    if (state.kind === "failed" && state.problem !== said) {
      void report(state, server, log);
    }
    said = state.kind === "failed" ? state.problem : "";
  });
}

/** What a command shows when no server runs. */
export async function showNotRunning(log: vscode.LogOutputChannel): Promise<void> {
  if ((await vscode.window.showErrorMessage("Config Vars is not running. Its log shows why.", LOGS)) === LOGS) {
    log.show();
  }
}

async function report(state: State & { kind: "failed" }, server: Server, log: vscode.LogOutputChannel): Promise<void> {
  switch (await vscode.window.showErrorMessage(state.problem, SET_INTERPRETER, SETTINGS, RETRY, LOGS)) {
    case SET_INTERPRETER:
      await chooseProgram("configvars.interpreter", "A Python 3.11 or newer");
      break;
    case SETTINGS:
      await openSetting("configvars.interpreter");
      break;
    case RETRY:
      await server.restart(true);
      break;
    case LOGS:
      log.show();
      break;
  }
}
