// The action of the server's code lenses.

import * as vscode from "vscode";
import type { Location, Position } from "vscode-languageclient/node";
import { listed, type Hides } from "./hiddenPlaces";
import type { Server } from "./server";

/** Registers the client command that the server's lenses use, with arguments in the protocol's types. */
export function registerShowReferences(server: Server, hides: Hides): vscode.Disposable {
  return vscode.commands.registerCommand(
    "configvars.showReferences",
    async (uri: string, position: Position, locations: Location[]) => {
      const convert = server.client?.protocol2CodeConverter;
      if (convert) {
        const found = listed(locations.map((location) => convert.asLocation(location)), hides);
        const at = convert.asPosition(position);
        await vscode.commands.executeCommand("editor.action.showReferences", convert.asUri(uri), at, found);
      }
    },
  );
}
