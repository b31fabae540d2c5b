// Tells the server when the cursor has left a name that was being typed: only then are findings about it shown.

import * as vscode from "vscode";
import { DidMoveCursor } from "./protocol";
import { SELECTOR } from "./selector";
import type { Server } from "./server";

export function watchCursor(server: Server): vscode.Disposable {
  let typed: { document: vscode.TextDocument; at: vscode.Position } | undefined;

  const tell = (document: vscode.TextDocument, position: vscode.Position): void => {
    typed = undefined;
    const told = { textDocument: { uri: document.uri.toString() }, position: { line: position.line, character: position.character } };
    void server.client?.sendNotification(DidMoveCursor, told);
  };
  return vscode.Disposable.from(
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      const change = contentChanges[0];
      if (change && vscode.languages.match(SELECTOR, document)) {
        typed = { document, at: change.range.start };
      }
    }),
    vscode.window.onDidChangeTextEditorSelection(({ textEditor, selections }) => {
      const at = selections[0]?.active;
      if (typed && at && (textEditor.document !== typed.document || !isBeside(typed, at))) {
        tell(textEditor.document, at);
      }
    }),
    vscode.window.onDidChangeActiveTextEditor((editor) => {
      if (typed && editor && editor.document !== typed.document) {
        tell(editor.document, editor.selection.active);
      }
    }),
  );
}

/** Whether the cursor is still in or next to the word that is being typed. */
function isBeside(typed: { document: vscode.TextDocument; at: vscode.Position }, cursor: vscode.Position): boolean {
  const word = typed.document.getWordRangeAtPosition(typed.at, /\w+/);
  return word ? word.contains(cursor) : Math.abs(cursor.character - typed.at.character) <= 2 && cursor.line === typed.at.line;
}
