// The settings that are a machine's own stand on another page where the window is a remote one.

import * as vscode from "vscode";

/** Opens the page on which a setting of machine scope can be set here. */
export async function openSetting(name: string): Promise<void> {
  if (vscode.env.remoteName === undefined) {
    await vscode.commands.executeCommand("workbench.action.openSettings", { query: name });
    return;
  }
  await vscode.commands.executeCommand("workbench.action.openRemoteSettings", { query: name });
}

/** Asks for a program by a file dialog, and keeps its path in a setting. */
export async function chooseProgram(setting: string, title: string): Promise<boolean> {
  const picked = await vscode.window.showOpenDialog({ title, openLabel: "Use This", canSelectMany: false });
  if (!picked?.[0]) {
    return false;
  }
  // For a setting of machine scope this is the machine that the window is about.
  await vscode.workspace.getConfiguration().update(setting, picked[0].fsPath, vscode.ConfigurationTarget.Global);
  return true;
}
