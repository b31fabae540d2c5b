// The language status item: the chosen apps, and when their config vars were fetched.

import * as vscode from "vscode";
import type { Status } from "./protocol";
import { SELECTOR } from "./selector";
import type { Server, State } from "./server";
import type { Statuses } from "./statuses";
import { age } from "./words";

const Severity = vscode.LanguageStatusSeverity;

export class StatusItem implements vscode.Disposable {
  private readonly item = vscode.languages.createLanguageStatusItem("configvars", SELECTOR);
  private readonly subscription: vscode.Disposable;

  constructor(
    private readonly server: Server,
    private readonly statuses: Statuses,
  ) {
    this.item.name = "Config Vars";
    this.subscription = vscode.Disposable.from(
      statuses.onDidReceive(() => this.show()),
      server.onDidChangeState(() => this.show()),
      vscode.window.onDidChangeActiveTextEditor(() => this.show()),
    );
    this.show();
  }

  dispose(): void {
    this.subscription.dispose();
    this.item.dispose();
  }

  private show(): void {
    const shown = this.server.state.kind === "running" ? ofStatus(this.statuses.current()) : ofState(this.server.state);
    this.item.selector = this.server.state.kind === "idle" ? [] : SELECTOR;
    Object.assign(this.item, { busy: false, detail: "", ...shown });
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
