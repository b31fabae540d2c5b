// How a command ended: a message with a button where something is to be done next, else a word in the status bar.

import * as vscode from "vscode";
import type { Next, Outcome } from "./protocol";

const REPORT = 8000; // milliseconds in the status bar
const CLI = "https://devcenter.heroku.com/articles/heroku-cli";

interface Step {
  button: string;
  run: (uri: string | undefined) => unknown;
}

const STEPS: Record<Next, Step> = {
  trust: { button: "Manage Trust", run: () => vscode.commands.executeCommand("workbench.trust.manage") },
  "log-in": { button: "Log In", run: logIn },
  "install-cli": { button: "Install the Heroku CLI", run: () => vscode.env.openExternal(vscode.Uri.parse(CLI)) },
  "choose-app": { button: "Choose App", run: () => vscode.commands.executeCommand("configvars.ui.chooseApp") },
  open: { button: "Open .env", run: (uri) => uri && vscode.window.showTextDocument(vscode.Uri.parse(uri)) },
};

/** Says how a command ended, where it has something to say. */
export async function showOutcome(outcome: Outcome | undefined): Promise<void> {
  if (!outcome?.message || outcome.dismissed) {
    return;
  }
  const step = outcome.next && STEPS[outcome.next];
  if (!step && outcome.ok) {
    vscode.window.setStatusBarMessage(outcome.message, REPORT);
    return;
  }
  const show = outcome.ok ? vscode.window.showInformationMessage : vscode.window.showErrorMessage;
  const button = outcome.next === "open" && outcome.uri ? `Open ${outcome.uri.split("/").pop() ?? ""}` : step?.button;
  if (step && button && (await show(outcome.message, button)) === button) {
    await step.run(outcome.uri);
  } else if (!step) {
    void show(outcome.message);
  }
}

/** Lets the user log in with their own Heroku CLI, in a terminal that they see. */
function logIn(): void {
  const terminal = vscode.window.createTerminal({ name: "Heroku" });
  terminal.show();
  terminal.sendText("heroku login", true);
}
