// Compare: a live table of this machine and an app, with filters and a pull for each row. Names and states, no values.
// It opens at once and is busy until Heroku has answered, so that it never takes the focus later.

import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import { folderId } from "./folders";
import { page, rowsOf } from "./comparePage";
import { stateOf } from "./compareState";
import type { Overviews } from "./overviews";
import { Commands } from "./serverCommands";
import type { Statuses } from "./statuses";

interface Message {
  command: "pull" | "open" | "refresh";
  name?: string;
}

export class Compare implements vscode.Disposable {
  private readonly panels = new Map<string, vscode.WebviewPanel>();
  private readonly subscription: vscode.Disposable;

  constructor(
    private readonly overviews: Overviews,
    private readonly statuses: Statuses,
  ) {
    const update = (): void => this.updates.forEach((each) => void each());
    this.subscription = vscode.Disposable.from(overviews.onDidChange(update), statuses.onDidReceive(update));
  }

  private readonly updates = new Map<string, () => Promise<void>>();

  /**
   * Shows the differences between a folder and an app, and keeps them up to date. `opened` is settled when the app is
   * chosen for the folder.
   */
  show(folder: vscode.WorkspaceFolder, app: string, opened: Promise<unknown> = Promise.resolve()): void {
    const key = `${folderId(folder)} ${app}`;
    const known = this.panels.get(key);
    if (known) {
      known.reveal();
      return;
    }
    const title = `${folder.name} ⇄ ${app}`;
    const panel = vscode.window.createWebviewPanel("configvars.compare", title, vscode.ViewColumn.Active, { enableScripts: true, enableFindWidget: true, localResourceRoots: [] });
    panel.webview.html = page(title, app, randomBytes(16).toString("base64"));
    const pulling = new Set<string>();
    let opening = true;
    let latest = 0;
    const update = async (): Promise<void> => {
      const mine = ++latest;
      const overview = await this.overviews.of(folder).catch(() => undefined);
      if (mine === latest) {
        const rows = overview ? rowsOf(overview, app) : [];
        await panel.webview.postMessage({ rows, pulling: [...pulling], ...stateOf(app, overview, this.statuses.of(folder), opening) });
      }
    };
    const pull = async (name: string): Promise<void> => {
      if (pulling.has(name)) {
        return;
      }
      pulling.add(name);
      void update();
      try {
        await vscode.commands.executeCommand(Commands.pull, { folder: folderId(folder), app, names: [name] });
      } finally {
        pulling.delete(name);
        void this.updates.get(key)?.();
      }
    };
    panel.webview.onDidReceiveMessage((message: Message | "ready") => {
      if (message === "ready") {
        void update();
      } else if (message.command === "pull" && message.name !== undefined) {
        void pull(message.name);
      } else {
        void this.run(folder, message);
      }
    });
    panel.onDidDispose(() => {
      this.panels.delete(key);
      this.updates.delete(key);
    });
    this.panels.set(key, panel);
    this.updates.set(key, update);
    const settled = (): void => {
      opening = false;
      void this.updates.get(key)?.();
    };
    void opened.then(settled, settled);
  }

  dispose(): void {
    this.subscription.dispose();
    for (const panel of this.panels.values()) {
      panel.dispose();
    }
  }

  private async run(folder: vscode.WorkspaceFolder, message: Message): Promise<void> {
    if (message.command === "refresh") {
      await vscode.commands.executeCommand(Commands.refresh, { folder: folderId(folder) });
    } else if (message.name !== undefined) {
      const row = (await this.overviews.of(folder))?.rows.find((each) => each.scope === "env" && each.name === message.name);
      const place = row?.places[0];
      if (place) {
        await vscode.commands.executeCommand("configvars.ui.open", { kind: "place", place });
      }
    }
  }
}
