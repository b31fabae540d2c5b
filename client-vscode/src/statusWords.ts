// The text of the status bar item.

import * as vscode from "vscode";
import type { Status } from "./protocol";
import { age } from "./words";

interface Shown {
  text: string;
  tooltip: string;
  command: string;
  accessibilityInformation: vscode.AccessibilityInformation;
  backgroundColor: vscode.ThemeColor | undefined;
}

/** The text for a folder, `shop-demo · 3 minutes ago · 2 missing`. */
export function shown(status: Status, missing: number, now: number = Date.now()): Shown {
  const gaps = missing > 0 ? `${missing} missing` : "";
  const isUntrusted = status.state === "untrusted";
  const app = status.apps.join(", ") || (isUntrusted ? "Restricted Mode" : "Choose Heroku app");
  const when = status.apps.length > 0 ? { fetching: "asking…", failed: "not known", idle: age(status.fetched, now), none: "", untrusted: "" }[status.state] : "";
  const words = [app, when, gaps].filter(Boolean);
  const icon = { fetching: "$(sync~spin)", failed: "$(warning)", untrusted: "$(shield)", idle: "$(cloud)", none: "$(cloud)" }[status.state];
  return {
    text: `${icon} ${words.join(" · ")}`,
    tooltip: status.message || (isUntrusted ? "Heroku is not contacted in Restricted Mode" : status.apps.length > 0 ? "Config Vars: choose another Heroku app" : "Config Vars: choose the Heroku app of this folder"),
    command: isUntrusted ? "workbench.trust.manage" : "configvars.ui.chooseApp",
    accessibilityInformation: { label: `Config Vars: ${words.join(", ")}` },
    backgroundColor: status.state === "failed" ? new vscode.ThemeColor("statusBarItem.warningBackground") : undefined,
  };
}
