// The action of the server's code lenses.

import * as vscode from "vscode";
import type { Location, Position } from "vscode-languageclient/node";
import type { Server } from "./server";

/** Registers the client command that the server's lenses use, with arguments in the protocol's types. */
export function registerShowReferences(server: Server): vscode.Disposable {
  return vscode.commands.registerCommand(
    "configvars.showReferences",
    async (uri: string, position: Position, locations: Location[]) => {
      const convert = server.client?.protocol2CodeConverter;
      if (convert) {
        const found = locations.map((location) => convert.asLocation(location));
        const at = convert.asPosition(position);
        await vscode.commands.executeCommand("editor.action.showReferences", convert.asUri(uri), at, found);
      }
    },
  );
}
