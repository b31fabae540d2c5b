import * as vscode from "vscode";
import type { Outcome } from "./protocol";

/** Says how a command ended, where it has something to say. */
export function showOutcome(outcome: Outcome | undefined): void {
  if (!outcome?.message || outcome.dismissed) {
    return;
  }
  const show = outcome.ok ? vscode.window.showInformationMessage : vscode.window.showErrorMessage;
  void show(outcome.message);
}
