import * as vscode from "vscode";

const OPEN = "Open Folder…";

/** The workspace folder for a command: the active editor's, the only one, or the one that the user picks. */
export async function pickFolder(): Promise<vscode.WorkspaceFolder | undefined> {
  const document = vscode.window.activeTextEditor?.document.uri;
  const active = document && vscode.workspace.getWorkspaceFolder(document);
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (active || folders.length === 1) {
    return active ?? folders[0];
  }
  return isFolderOpen() ? vscode.window.showWorkspaceFolderPick() : undefined;
}

export function isFolderOpen(): boolean {
  return (vscode.workspace.workspaceFolders ?? []).length > 0;
}

/** Says that a folder is needed, with a button that opens one. */
export async function offerFolder(): Promise<void> {
  if ((await vscode.window.showInformationMessage("No folder is open. Open the folder of your app first.", OPEN)) === OPEN) {
    await vscode.commands.executeCommand("workbench.action.files.openFolder");
  }
}

/** A folder's URI in the form that messages to the server use. */
export function folderId(folder: vscode.WorkspaceFolder): string {
  return folder.uri.toString();
}

/** The workspace folder that a message from the server names. */
export function folderOf(id: string): vscode.WorkspaceFolder | undefined {
  return vscode.workspace.workspaceFolders?.find((folder) => folderId(folder) === id || decodeURIComponent(folderId(folder)) === decodeURIComponent(id));
}
