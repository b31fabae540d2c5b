import * as vscode from "vscode";

/** The workspace folder a command is about: the active editor's, the only one, or the one the user picks. */
export async function pickFolder(): Promise<vscode.WorkspaceFolder | undefined> {
  const document = vscode.window.activeTextEditor?.document.uri;
  const active = document && vscode.workspace.getWorkspaceFolder(document);
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (active || folders.length <= 1) {
    return active ?? folders[0];
  }
  return vscode.window.showWorkspaceFolderPick();
}

/** A folder's URI as every message to the server writes it. */
export function folderId(folder: vscode.WorkspaceFolder): string {
  return folder.uri.toString();
}

/** The workspace folder that a message of the server's names. */
export function folderOf(id: string): vscode.WorkspaceFolder | undefined {
  return vscode.workspace.workspaceFolders?.find((folder) => folderId(folder) === id || decodeURIComponent(folderId(folder)) === decodeURIComponent(id));
}
