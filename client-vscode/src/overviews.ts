// Caches the server's overview of each folder for the views.

import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { folderId } from "./folders";
import { OverviewChanged, OverviewRequest, type Overview } from "./protocol";
import type { Server } from "./server";

export class Overviews implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly subscription: vscode.Disposable;
  readonly onDidChange = this.changed.event;

  constructor(private readonly server: Server) {
    this.subscription = vscode.Disposable.from(
      server.onWillStart((client) => this.listen(client)),
      server.onDidChangeState(() => this.changed.fire()),
    );
  }

  /** The overview of a folder; undefined while no server runs. */
  async of(folder: vscode.WorkspaceFolder): Promise<Overview | undefined> {
    return this.server.client?.sendRequest(OverviewRequest, { folder: folderId(folder) });
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }

  private listen(client: LanguageClient): void {
    client.onNotification(OverviewChanged, () => this.changed.fire());
  }
}
