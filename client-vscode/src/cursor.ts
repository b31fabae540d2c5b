// Tells the server when a name is complete: only then are findings about it shown. The cursor has left it, or the name was
// not typed letter by letter.

import * as vscode from "vscode";
import { DidMoveCursor } from "./protocol";
import { SELECTOR } from "./selector";
import type { Server } from "./server";
import { isWhole } from "./whole";

export function watchCursor(server: Server): vscode.Disposable {
  let typed: { document: vscode.TextDocument; at: vscode.Position; isWhole: boolean } | undefined;

  const tell = (document: vscode.TextDocument, position?: vscode.Position): void => {
    typed = undefined;
    const textDocument = { uri: document.uri.toString() };
    const told = position ? { textDocument, position: { line: position.line, character: position.character } } : { textDocument };
    void server.client?.sendNotification(DidMoveCursor, told);
  };
  return vscode.Disposable.from(
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      const change = contentChanges[0];
      if (change && vscode.languages.match(SELECTOR, document)) {
        typed = { document, at: change.range.start, isWhole: isWhole(change.text) };
      }
    }),
    vscode.window.onDidChangeTextEditorSelection(({ textEditor, selections }) => {
      const at = selections[0]?.active;
      if (typed?.isWhole) {
        tell(typed.document);
      } else if (typed && at && (textEditor.document !== typed.document || !isBeside(typed, at))) {
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
