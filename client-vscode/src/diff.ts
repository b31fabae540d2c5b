// Local ⇄ app as two read-only documents in the diff editor: names and states, no values.

import * as vscode from "vscode";
import type { Overview } from "./protocol";
import { sides } from "./sides";

export const SCHEME = "configvars";

export class DiffDocuments implements vscode.TextDocumentContentProvider {
  private readonly texts = new Map<string, string>();
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.changed.event;

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.texts.get(uri.toString()) ?? "";
  }

  /** Shows a text as a read-only document of this name; a name shown before gets the new text. */
  put(name: string, text: string): vscode.Uri {
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${name}` });
    this.texts.set(uri.toString(), text);
    this.changed.fire(uri);
    return uri;
  }

  async show(folder: vscode.WorkspaceFolder, overview: Overview, app: string): Promise<void> {
    const { local, remote } = sides(overview, app);
    const left = this.put(`${folder.name}/local`, local);
    const right = this.put(`${folder.name}/${app}`, remote);
    await vscode.commands.executeCommand("vscode.diff", left, right, `${folder.name}: local ⇄ ${app}`, { preview: true });
  }
}
