// The Heroku apps that the settings of a folder or workspace name. Whoever writes to the repository can name them,
// so they count only if the user agrees; and settings never replace the user's own choice without a question.

import * as vscode from "vscode";
import { folderId, folderOf } from "./folders";
import { question } from "./namedAppsWords";
import type { Status } from "./protocol";
import { Commands } from "./serverCommands";
import { appsOfFolder, appsOfUser } from "./settings";
import type { Statuses } from "./statuses";

const ASKED = "configvars.askedApps"; // the apps that the user was asked about last, by folder

export class NamedApps implements vscode.Disposable {
  private readonly current = new Map<string, string[]>();
  private readonly seen = new Set<string>();
  private ofUser = appsOfUser();
  private readonly subscription: vscode.Disposable;

  constructor(
    statuses: Statuses,
    private readonly memory: vscode.Memento,
  ) {
    this.subscription = vscode.Disposable.from(
      statuses.onDidReceive((status) => this.received(status)),
      vscode.workspace.onDidChangeConfiguration((change) => this.changed(change)),
    );
  }

  dispose(): void {
    this.subscription.dispose();
  }

  private received(status: Status): void {
    const folder = folderOf(status.folder);
    if (!folder) {
      return;
    }
    this.current.set(folderId(folder), status.apps);
    if (status.state !== "untrusted" && !this.seen.has(status.folder)) {
      this.seen.add(status.folder);
      void this.offer(folder, appsOfFolder(folder));
    }
  }

  private changed(change: vscode.ConfigurationChangeEvent): void {
    const before = this.ofUser;
    this.ofUser = appsOfUser();
    for (const folder of vscode.workspace.workspaceFolders ?? []) {
      if (change.affectsConfiguration("configvars.heroku.apps", folder)) {
        const current = this.current.get(folderId(folder)) ?? [];
        const isByUserSetting = current.length === 0 || isSame(current, before) || isSame(current, this.ofUser);
        void this.offer(folder, appsOfFolder(folder) ?? (isByUserSetting ? undefined : this.ofUser));
      }
    }
  }

  /** Asks whether the folder should use the apps that its settings name; once for each list of apps. */
  private async offer(folder: vscode.WorkspaceFolder, named: string[] | undefined): Promise<void> {
    const id = folderId(folder);
    const current = this.current.get(id);
    if (!named?.length || !current || !vscode.workspace.isTrusted || isSame(named, current) || isSame(named, this.asked()[id])) {
      return;
    }
    const { text, use, keep } = question(folder.name, named, current);
    const answer = await vscode.window.showInformationMessage(text, use, keep);
    await this.memory.update(ASKED, { ...this.asked(), [id]: named });
    if (answer === use) {
      await vscode.commands.executeCommand(Commands.chooseApp, { folder: id, apps: named });
    }
  }

  private asked(): Record<string, string[]> {
    return this.memory.get<Record<string, string[]>>(ASKED, {});
  }
}

function isSame(one: readonly string[], other: readonly string[] | undefined): boolean {
  return one.join() === other?.join();
}
