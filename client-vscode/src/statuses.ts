// The status of each folder (its Heroku apps and when they were fetched), as the server reports it, for the views.

import * as vscode from "vscode";
import { StatusChanged, type Status } from "./protocol";
import type { Server } from "./server";

export class Statuses implements vscode.Disposable {
  private readonly received = new vscode.EventEmitter<Status>();
  private readonly byFolder = new Map<string, Status>();
  private readonly subscription: vscode.Disposable;
  readonly onDidReceive = this.received.event;

  constructor(server: Server) {
    // A client has one handler for each kind of notification: a second one would replace the first.
    this.subscription = server.onWillStart((client) => {
      this.byFolder.clear();
      client.onNotification(StatusChanged, (status) => {
        this.byFolder.set(status.folder, status);
        this.received.fire(status);
      });
    });
  }

  /** The status of the active editor's folder, or of the first folder. */
  current(): Status | undefined {
    const document = vscode.window.activeTextEditor?.document.uri;
    const active = document && vscode.workspace.getWorkspaceFolder(document)?.uri.toString();
    return (active === undefined ? undefined : this.byFolder.get(active)) ?? [...this.byFolder.values()][0];
  }

  dispose(): void {
    this.subscription.dispose();
    this.received.dispose();
  }
}
