// What the user can do when no server runs.

import * as vscode from "vscode";
import type { Server, State } from "./server";

const SET_INTERPRETER = "Set Interpreter";
const RETRY = "Try Again";
const LOGS = "Show Logs";

/** Says each problem once, with the ways out. */
export function reportProblems(server: Server, log: vscode.LogOutputChannel): vscode.Disposable {
  let said = "";
  return server.onDidChangeState((state) => {
    if (state.kind === "failed" && state.problem !== said) {
      void report(state, server, log);
    }
    said = state.kind === "failed" ? state.problem : "";
  });
}

async function report(state: State & { kind: "failed" }, server: Server, log: vscode.LogOutputChannel): Promise<void> {
  switch (await vscode.window.showErrorMessage(state.problem, SET_INTERPRETER, RETRY, LOGS)) {
    case SET_INTERPRETER:
      await vscode.commands.executeCommand("workbench.action.openSettings", "configvars.interpreter");
      break;
    case RETRY:
      await server.restart(true);
      break;
    case LOGS:
      log.show();
      break;
  }
}
