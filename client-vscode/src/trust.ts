import * as vscode from "vscode";
import type { Server } from "./server";

/** Tells the server when the user trusts the workspace. */
export function watchTrust(server: Server): vscode.Disposable {
  return vscode.workspace.onDidGrantWorkspaceTrust(() => void server.trust());
}
