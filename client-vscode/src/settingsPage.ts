// In a remote window, the settings of the machine are on another page.

import * as vscode from "vscode";

/** Opens the page on which a setting of machine scope can be set. */
export async function openSetting(name: string): Promise<void> {
  if (vscode.env.remoteName === undefined) {
    await vscode.commands.executeCommand("workbench.action.openSettings", { query: name });
    return;
  }
  await vscode.commands.executeCommand("workbench.action.openRemoteSettings", { query: name });
}

/** Asks for a program with a file dialog, and stores its path in a setting. */
export async function chooseProgram(setting: string, title: string): Promise<boolean> {
  const picked = await vscode.window.showOpenDialog({ title, openLabel: "Use This", canSelectMany: false });
  if (!picked?.[0]) {
    return false;
  }
  // For a setting of machine scope, this is the remote machine.
  await vscode.workspace.getConfiguration().update(setting, picked[0].fsPath, vscode.ConfigurationTarget.Global);
  return true;
}
