import * as vscode from "vscode";
import type { Server } from "./server";

let waiting: (() => unknown) | undefined;

/** Tells the server when the user trusts the workspace. */
export function watchTrust(server: Server): vscode.Disposable {
  return vscode.workspace.onDidGrantWorkspaceTrust(async () => {
    await server.trust();
    waiting?.();
    waiting = undefined;
  });
}

/** Runs something when the user trusts the workspace, instead of what was to be run before. */
export function onceTrusted(run: () => unknown): void {
  waiting = run;
}
