// The server writes a closed env file to disk and changes an open one in the editor. Such a file is saved, so that the
// program reads the new value; not if it had unsaved changes before. The change can still be undone.

import * as vscode from "vscode";

/** Runs `apply`, then saves the documents that it has changed and that had no unsaved changes. */
export async function saving<T>(apply: () => Thenable<T> | T): Promise<T> {
  const clean = vscode.workspace.textDocuments.filter((document) => !document.isDirty);
  const result = await apply();
  await Promise.all(clean.filter((document) => document.isDirty && document.uri.scheme === "file").map((document) => document.save()));
  return result;
}
