// The status bar item: the app, when its config vars were fetched, and how many variables are missing here. Beside it, a second
// one while a question waits, which can be about another folder.

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
  private readonly question = vscode.window.createStatusBarItem("configvars.question", vscode.StatusBarAlignment.Right, 98);
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
    Object.assign(this.question, { name: "Config Vars: Question", text: "$(question) Config Vars has a question", tooltip: "Show the question", command: "notifications.showList" });
    const clock = setInterval(() => this.show(), MINUTE);
    this.subscription = vscode.Disposable.from(
      this.item,
      this.question,
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
    if (this.questions.open > 0) {
      this.question.show();
    } else {
      this.question.hide();
    }
    const status = this.statuses.current();
    if (!status || this.server.state.kind !== "running") {
      this.item.hide();
      return;
    }
    const folder = folderOf(status.folder);
    const missing = (folder && this.missing.get(folderId(folder))) ?? 0;
    Object.assign(this.item, shown(status, missing));
    this.item.show();
  }
}
