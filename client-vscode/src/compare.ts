// Compare: a live table of this machine and an app, with filters and a pull for each row. Names and states, no values.

import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import { folderId } from "./folders";
import { page, rowsOf } from "./comparePage";
import type { Overviews } from "./overviews";
import { Commands } from "./protocol";

interface Message {
  command: "pull" | "open" | "refresh";
  name?: string;
}

export class Compare implements vscode.Disposable {
  private readonly panels = new Map<string, vscode.WebviewPanel>();
  private readonly subscription: vscode.Disposable;

  constructor(private readonly overviews: Overviews) {
    this.subscription = overviews.onDidChange(() => {
      for (const update of this.updates.values()) {
        void update();
      }
    });
  }

  private readonly updates = new Map<string, () => Promise<void>>();

  /** Shows the differences between a folder and an app, and keeps them up to date. */
  show(folder: vscode.WorkspaceFolder, app: string): void {
    const key = `${folderId(folder)} ${app}`;
    const known = this.panels.get(key);
    if (known) {
      known.reveal();
      return;
    }
    const title = `${folder.name} ⇄ ${app}`;
    const panel = vscode.window.createWebviewPanel("configvars.compare", title, vscode.ViewColumn.Active, { enableScripts: true, enableFindWidget: true, localResourceRoots: [] });
    panel.webview.html = page(title, app, randomBytes(16).toString("base64"));
    const update = async (): Promise<void> => {
      const overview = await this.overviews.of(folder);
      if (overview) {
        const asked = overview.apps.find((each) => each.app === app);
        await panel.webview.postMessage({ rows: rowsOf(overview, app), fetched: asked?.fetched ?? null, production: asked?.production ?? false });
      }
    };
    panel.webview.onDidReceiveMessage((message: Message | "ready") => void (message === "ready" ? update() : this.run(folder, app, message)));
    panel.onDidDispose(() => {
      this.panels.delete(key);
      this.updates.delete(key);
    });
    this.panels.set(key, panel);
    this.updates.set(key, update);
  }

  dispose(): void {
    this.subscription.dispose();
    for (const panel of this.panels.values()) {
      panel.dispose();
    }
  }

  private async run(folder: vscode.WorkspaceFolder, app: string, message: Message): Promise<void> {
    if (message.command === "refresh") {
      await vscode.commands.executeCommand(Commands.refresh, { folder: folderId(folder) });
    } else if (message.command === "pull" && message.name !== undefined) {
      await vscode.commands.executeCommand(Commands.pull, { folder: folderId(folder), app, names: [message.name] });
    } else if (message.name !== undefined) {
      const row = (await this.overviews.of(folder))?.rows.find((each) => each.scope === "env" && each.name === message.name);
      const place = row?.places[0];
      if (place) {
        await vscode.commands.executeCommand("configvars.ui.open", { kind: "place", place });
      }
    }
  }
}
