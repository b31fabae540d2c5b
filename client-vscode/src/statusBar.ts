// The status bar item: the app, when its config vars were fetched, and how many variables are missing here.

import * as vscode from "vscode";
import { folderId, folderOf } from "./folders";
import type { Overviews } from "./overviews";
import type { Status } from "./protocol";
import type { Questions } from "./questions";
import type { Server } from "./server";
import type { Statuses } from "./statuses";
import { showOutcome } from "./outcome";
import { Commands } from "./serverCommands";
import { shown } from "./statusWords";
import { missingCount } from "./words";

const MINUTE = 60_000;

export class StatusBar implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem("configvars.app", vscode.StatusBarAlignment.Right, 99);
  private readonly missing = new Map<string, number>();
  private readonly said = new Set<string>();
  private readonly subscription: vscode.Disposable;

  constructor(
    private readonly server: Server,
    private readonly statuses: Statuses,
    private readonly overviews: Overviews,
    private readonly questions: Questions,
  ) {
    this.item.name = "Config Vars";
    const clock = setInterval(() => this.show(), MINUTE);
    this.subscription = vscode.Disposable.from(
      this.item,
      new vscode.Disposable(() => clearInterval(clock)),
      statuses.onDidReceive((status) => this.received(status)),
      server.onDidChangeState(() => this.show()),
      overviews.onDidChange(() => void this.count()),
      questions.onDidChange(() => this.show()),
      vscode.window.onDidChangeActiveTextEditor(() => this.show()),
    );
  }

  dispose(): void {
    this.subscription.dispose();
  }

  private received(status: Status): void {
    if (status.state === "failed" && !this.said.has(status.message)) {
      this.said.add(status.message);
      void showOutcome({ ...status, ok: false }, { again: () => vscode.commands.executeCommand(Commands.refresh, { folder: status.folder }) });
    }
    this.show();
  }

  private async count(): Promise<void> {
    for (const folder of vscode.workspace.workspaceFolders ?? []) {
      const overview = await this.overviews.of(folder).catch(() => undefined);
      if (overview && !overview.loading) {
        this.missing.set(folderId(folder), missingCount(overview));
      }
    }
    this.show();
  }

  private show(): void {
    const status = this.statuses.current();
    if (!status || this.server.state.kind !== "running") {
      this.item.hide();
      return;
    }
    const folder = folderOf(status.folder);
    const missing = (folder && this.missing.get(folderId(folder))) ?? 0;
    Object.assign(this.item, shown(status, missing, this.questions.open));
    this.item.show();
  }
}
