// Shows one value at the user's request: read from the local document, in a modal dialog that is not stored
// anywhere. It passes through no server, no log and no notification history.

import * as vscode from "vscode";

/** Shows the value that an env file sets for the variable at a position. */
export async function reveal(uri: vscode.Uri, position: vscode.Position): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[] | undefined>(
    "vscode.executeDocumentSymbolProvider",
    uri,
  );
  const symbol = flatten(symbols ?? []).find((found) => found.selectionRange.contains(position));
  if (!symbol) {
    void vscode.window.showInformationMessage("Put the cursor on the name of a variable in an env file first.");
    return;
  }
  const text = document.getText(symbol.range);
  await vscode.window.showInformationMessage(symbol.name, { modal: true, detail: text });
}

function flatten(symbols: readonly vscode.DocumentSymbol[]): vscode.DocumentSymbol[] {
  return symbols.flatMap((symbol) => [...flatten(symbol.children), symbol]);
}
