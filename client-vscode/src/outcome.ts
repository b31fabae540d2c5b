// Shows the outcome of a command: a message with a button if there is a next step, otherwise a text in the status bar.

import * as os from "node:os";
import * as path from "node:path";
import * as vscode from "vscode";
import type { Next, Outcome } from "./protocol";
import { Commands } from "./serverCommands";
import { openSetting } from "./settingsPage";
import { onceTrusted } from "./trust";

const REPORT = 8000; // milliseconds in the status bar
const FITS = 100; // characters in the status bar
const CLI = "https://devcenter.heroku.com/articles/heroku-cli";

/** How to go on with what a command was to do. */
export interface Repeat {
  again: () => unknown;
  /** The same after another app was chosen; undefined if nothing is left to do then. */
  withChosenApp?: () => unknown;
}

interface Step {
  button: string;
  run: (outcome: Outcome, repeat: Repeat) => unknown;
}

const STEPS: Record<Next, Step> = {
  trust: { button: "Manage Trust", run: manageTrust },
  "log-in": { button: "Log In", run: (_, { again }) => logIn(again) },
  "install-cli": { button: "Install the Heroku CLI", run: () => vscode.env.openExternal(vscode.Uri.parse(CLI)) },
  "choose-app": { button: "Choose App", run: (_, { withChosenApp }) => vscode.commands.executeCommand("configvars.ui.chooseApp", withChosenApp) },
  open: { button: "Open .env", run: openFile },
};

/** Shows the outcome of a command, if it has a message; after its next step, the command goes on. */
export async function showOutcome(outcome: Outcome | undefined, repeat: Repeat): Promise<void> {
  if (!outcome?.message || outcome.dismissed) {
    return;
  }
  const buttons = buttonsOf(outcome, repeat);
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
function buttonsOf(outcome: Outcome, repeat: Repeat): Map<string, () => unknown> {
  const { next, uri, setting, retry } = outcome;
  const buttons = new Map<string, () => unknown>();
  // The user comes back from a page to a message that still offers to try again.
  const leaving = (open: () => unknown) => async (): Promise<void> => {
    await open();
    await showOutcome(outcome, repeat);
  };
  if (next && !isOpen(outcome)) {
    const { button, run } = STEPS[next];
    const step = (): unknown => run(outcome, repeat);
    buttons.set(next === "open" && uri ? `Open ${uri.split("/").pop() ?? ""}` : button, next === "install-cli" ? leaving(step) : step);
  }
  if (retry) {
    buttons.set("Try Again", repeat.again);
  }
  if (setting) {
    buttons.set("Open Settings", leaving(() => openSetting(`configvars.${setting}`)));
  }
  return buttons;
}

/** Opens a file, at the value that is to be filled in. */
function openFile({ uri, name }: Outcome): unknown {
  if (uri && name) {
    return vscode.commands.executeCommand(Commands.show, { uri, name });
  }
  return uri && vscode.window.showTextDocument(vscode.Uri.parse(uri));
}

/** Whether the next step is only to open the file that the user is looking at. */
function isOpen({ next, uri, name }: Outcome): boolean {
  const shown = vscode.window.activeTextEditor?.document.uri.toString();
  return next === "open" && !name && uri !== undefined && shown === vscode.Uri.parse(uri).toString();
}

function manageTrust(_: unknown, { again }: Repeat): unknown {
  onceTrusted(again);
  return vscode.commands.executeCommand("workbench.trust.manage");
}

/** How shells close the terminal after a login; in others, the user closes it. */
const THEN_EXIT: [RegExp, string][] = [
  [/(^|[\\/])(((ba|da|fi|k|mk|z)?sh)|cmd)(\.exe)?$/i, " && exit"],
  [/(powershell|pwsh)(\.exe)?$/i, "; if ($?) { exit }"],
];

/** Runs the login of the user's own Heroku CLI, in a visible terminal outside the workspace; `after` runs when it is closed. */
export function logIn(after: () => unknown): void {
  const cli = vscode.workspace.getConfiguration("configvars").get<string>("heroku.path", "");
  const env = cli ? { env: { PATH: [path.dirname(cli), process.env["PATH"] ?? ""].join(path.delimiter) } } : {};
  const terminal = vscode.window.createTerminal({ name: "Heroku", cwd: os.homedir(), ...env });
  const closing = vscode.window.onDidCloseTerminal((closed) => {
    if (closed === terminal) {
      closing.dispose();
      after();
    }
  });
  terminal.show();
  terminal.sendText(`heroku login${THEN_EXIT.find(([shell]) => shell.test(vscode.env.shell))?.[1] ?? ""}`, true);
}
