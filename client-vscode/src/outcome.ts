// Shows the outcome of a command: a message with a button if there is a next step, otherwise a text in the status bar.

import * as os from "node:os";
import * as path from "node:path";
import * as vscode from "vscode";
import type { Next, Outcome } from "./protocol";
import { openSetting } from "./settingsPage";

const REPORT = 8000; // milliseconds in the status bar
const FITS = 100; // characters in the status bar
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

/** Shows the outcome of a command, if it has a message; `again` repeats the command. */
export async function showOutcome(outcome: Outcome | undefined, again: () => unknown): Promise<void> {
  if (!outcome?.message || outcome.dismissed) {
    return;
  }
  const buttons = buttonsOf(outcome, again);
  if (buttons.size === 0 && outcome.ok && outcome.message.length <= FITS) {
    vscode.window.setStatusBarMessage(outcome.message, REPORT);
    return;
  }
  const show = outcome.ok ? vscode.window.showInformationMessage : vscode.window.showErrorMessage;
  const picked = await show(outcome.message, ...buttons.keys());
  if (picked !== undefined) {
    await buttons.get(picked)?.();
  }
}

/** What each button of a message does. */
function buttonsOf(outcome: Outcome, again: () => unknown): Map<string, () => unknown> {
  const { next, uri, setting, retry } = outcome;
  const buttons = new Map<string, () => unknown>();
  if (next && !isOpen(outcome)) {
    const { button, run } = STEPS[next];
    buttons.set(next === "open" && uri ? `Open ${uri.split("/").pop() ?? ""}` : button, () => run(uri));
  }
  if (retry) {
    buttons.set("Try Again", again);
  }
  if (setting) {
    buttons.set("Open Settings", () => openSetting(`configvars.${setting}`));
  }
  return buttons;
}

/** Whether the next step is to open the file that the user is looking at. */
function isOpen({ next, uri }: Outcome): boolean {
  const shown = vscode.window.activeTextEditor?.document.uri.toString();
  return next === "open" && uri !== undefined && shown === vscode.Uri.parse(uri).toString();
}

/** Runs the login of the user's own Heroku CLI, in a visible terminal outside the workspace. */
export function logIn(): void {
  const cli = vscode.workspace.getConfiguration("configvars").get<string>("heroku.path", "");
  const env = cli ? { env: { PATH: [path.dirname(cli), process.env["PATH"] ?? ""].join(path.delimiter) } } : {};
  const terminal = vscode.window.createTerminal({ name: "Heroku", cwd: os.homedir(), ...env });
  terminal.show();
  terminal.sendText("heroku login", true);
}
