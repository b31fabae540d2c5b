// The status of each folder (its Heroku apps and when they were fetched), as the server reports it, for the views.

import * as vscode from "vscode";
import { folderOf } from "./folders";
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
    const active = document && vscode.workspace.getWorkspaceFolder(document);
    return (active && this.of(active)) ?? [...this.byFolder.values()][0];
  }

  /** The status of a folder; undefined until the server has sent one. */
  of(folder: vscode.WorkspaceFolder): Status | undefined {
    return [...this.byFolder.values()].find((status) => folderOf(status.folder)?.uri.toString() === folder.uri.toString());
  }

  dispose(): void {
    this.subscription.dispose();
    this.received.dispose();
  }
}
