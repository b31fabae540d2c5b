// When the server is needed. The extension also runs in windows without Python, where it only hides values.

import * as vscode from "vscode";
import { holdsValues } from "./cloaked";

const LANGUAGES = new Set(["python", "dotenv"]);
const AT_ROOT = [".env", ".flaskenv", "Procfile"];

/** Calls `need` once as soon as a folder or an open document shows that the window is about Python or env files. */
export async function whenNeeded(need: () => unknown): Promise<vscode.Disposable> {
  const subscription = vscode.Disposable.from(
    vscode.workspace.onDidOpenTextDocument((document) => isSign(document.languageId, document.uri) && need()),
    vscode.workspace.onDidChangeWorkspaceFolders(({ added }) => void anyHasFiles(added).then((found) => found && need())),
  );
  const isOpen = vscode.workspace.textDocuments.some((document) => isSign(document.languageId, document.uri));
  if (isOpen || (await anyHasFiles(vscode.workspace.workspaceFolders ?? []))) {
    need();
  }
  return subscription;
}

/** Whether an open document shows that the server is needed. */
export function isSign(languageId: string, uri: Pick<vscode.Uri, "scheme" | "path">): boolean {
  return LANGUAGES.has(languageId) || (uri.scheme === "file" && holdsValues(uri.path));
}

async function anyHasFiles(folders: readonly vscode.WorkspaceFolder[]): Promise<boolean> {
  const files = folders.flatMap(({ uri }) => AT_ROOT.map((name) => vscode.Uri.joinPath(uri, name)));
  return (await Promise.all(files.map(exists))).some(Boolean);
}

export async function exists(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}
