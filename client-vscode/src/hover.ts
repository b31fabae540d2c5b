// Links in hovers that run a command: the server writes them, and they can run only these commands.

import * as vscode from "vscode";
import { Commands } from "./serverCommands";

const ENABLED = [Commands.pull, Commands.createEnvFile, Commands.show, Commands.fix, "configvars.ui.diff"];

/** A hover of the server whose links may run our commands. The server escapes names in it. */
export function linked(hover: vscode.Hover | null | undefined): vscode.Hover | null | undefined {
  for (const content of hover?.contents ?? []) {
    if (content instanceof vscode.MarkdownString) {
      content.isTrusted = { enabledCommands: ENABLED };
    }
  }
  return hover;
}
