// The language status item: the chosen apps and how fresh what is known of them is.

import * as vscode from "vscode";
import { StatusChanged, type Status } from "./protocol";
import { SELECTOR } from "./selector";
import type { Server, State } from "./server";
import { age } from "./words";

const Severity = vscode.LanguageStatusSeverity;

export class StatusItem implements vscode.Disposable {
  private readonly item = vscode.languages.createLanguageStatusItem("configvars", SELECTOR);
  private readonly byFolder = new Map<string, Status>();
  private readonly subscription: vscode.Disposable;

  constructor(private readonly server: Server) {
    this.item.name = "Config Vars";
    this.subscription = vscode.Disposable.from(
      server.onWillStart((client) => {
        this.byFolder.clear();
        client.onNotification(StatusChanged, (status) => this.received(status));
      }),
      server.onDidChangeState(() => this.show()),
      vscode.window.onDidChangeActiveTextEditor(() => this.show()),
    );
    this.show();
  }

  dispose(): void {
    this.subscription.dispose();
    this.item.dispose();
  }

  private received(status: Status): void {
    this.byFolder.set(status.folder, status);
    this.show();
  }

  private show(): void {
    const shown = this.server.state.kind === "running" ? ofStatus(this.current()) : ofState(this.server.state);
    Object.assign(this.item, { busy: false, detail: "", ...shown });
  }

  private current(): Status | undefined {
    const document = vscode.window.activeTextEditor?.document.uri;
    const folder = document && vscode.workspace.getWorkspaceFolder(document);
    const status = folder && this.byFolder.get(folder.uri.toString());
    return status ?? [...this.byFolder.values()][0];
  }
}

type Shown = Partial<Pick<vscode.LanguageStatusItem, "text" | "detail" | "busy" | "severity" | "command">>;

const CHOOSE = { command: "configvars.ui.chooseApp", title: "Choose app" };
const ANOTHER = { command: "configvars.ui.chooseApp", title: "Choose another app" };
const REFRESH = { command: "configvars.ui.refresh", title: "Refresh" };
const TRUST = { command: "workbench.trust.manage", title: "Manage trust" };
const LOGS = { command: "configvars.ui.showLogs", title: "Show logs" };

function ofState(state: State): Shown {
  return state.kind === "failed"
    ? { text: "Config Vars: not running", detail: state.problem, severity: Severity.Error, command: LOGS }
    : { text: "Config Vars: starting", busy: true, severity: Severity.Information, command: LOGS };
}

function ofStatus(status: Status | undefined): Shown {
  const apps = status?.apps.join(", ") ?? "";
  const text = apps ? `$(cloud) ${apps}` : "$(cloud) No Heroku app chosen";
  switch (status?.state) {
    case "fetching":
      return { text, busy: true, severity: Severity.Information, command: REFRESH };
    case "failed":
      return { text, detail: status.message, severity: Severity.Warning, command: status.next === "choose-app" ? ANOTHER : REFRESH };
    case "untrusted":
      return { text: "$(shield) Restricted Mode", detail: "Heroku is not contacted", severity: Severity.Information, command: TRUST };
    case "idle":
      return { text, detail: age(status.fetched), severity: Severity.Information, command: apps ? REFRESH : CHOOSE };
    default:
      return { text, severity: Severity.Information, command: CHOOSE };
  }
}
