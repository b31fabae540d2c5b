// What the user can do when no server runs.

import * as vscode from "vscode";
import type { Server } from "./server";
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
      void report(state.problem, server, log, () => (said = ""));
    }
    said = state.kind === "failed" ? state.problem : "";
  });
}

/** What a command shows when no server runs. */
export async function showNotRunning(server: Server, log: vscode.LogOutputChannel): Promise<void> {
  await report(server.state.kind === "failed" ? server.state.problem : "Config Vars is not running.", server, log);
}

/** Shows a problem; `onChange` is called before the user changes something, after which the same problem is worth showing again. */
async function report(problem: string, server: Server, log: vscode.LogOutputChannel, onChange?: () => unknown): Promise<void> {
  switch (await vscode.window.showErrorMessage(problem, SET_INTERPRETER, SETTINGS, RETRY, LOGS)) {
    case SET_INTERPRETER:
      onChange?.();
      if (await chooseProgram("configvars.interpreter", "A Python 3.11 or newer")) {
        await server.settled();
        if (server.state.kind === "failed") {
          await server.restart(true); // says so, also if the setting has not changed
        }
      }
      break;
    case SETTINGS:
      onChange?.();
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
