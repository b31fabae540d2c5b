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
  /** Another button. */
  or?: { button: string; run: () => unknown };
}

const STEPS: Record<Next, Step> = {
  trust: { button: "Manage Trust", run: () => vscode.commands.executeCommand("workbench.trust.manage") },
  "log-in": { button: "Log In", run: logIn },
  "install-cli": {
    button: "Install the Heroku CLI",
    run: () => vscode.env.openExternal(vscode.Uri.parse(CLI)),
    or: { button: "Set Its Path", run: () => openSetting("configvars.heroku.path") },
  },
  "choose-app": { button: "Choose App", run: () => vscode.commands.executeCommand("configvars.ui.chooseApp") },
  open: { button: "Open .env", run: (uri) => uri && vscode.window.showTextDocument(vscode.Uri.parse(uri)) },
};

/** Shows the outcome of a command, if it has a message. */
export async function showOutcome(outcome: Outcome | undefined): Promise<void> {
  if (!outcome?.message || outcome.dismissed) {
    return;
  }
  const step = outcome.next && !isOpen(outcome) ? STEPS[outcome.next] : undefined;
  if (!step && outcome.ok && outcome.message.length <= FITS) {
    vscode.window.setStatusBarMessage(outcome.message, REPORT);
    return;
  }
  const show = outcome.ok ? vscode.window.showInformationMessage : vscode.window.showErrorMessage;
  const first = step && outcome.next === "open" && outcome.uri ? `Open ${outcome.uri.split("/").pop() ?? ""}` : step?.button;
  const buttons = [first, step?.or?.button].filter((each) => each !== undefined);
  const picked = await show(outcome.message, ...buttons);
  if (picked !== undefined) {
    await (picked === first ? step?.run(outcome.uri) : step?.or?.run());
  }
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
