// Turns checks off in the settings of the workspace, offered for each finding.

import * as vscode from "vscode";

const SOURCE = "configvars";

/** Turns a check off for this workspace. */
export async function turnOff(check: string): Promise<void> {
  const settings = vscode.workspace.getConfiguration(SOURCE);
  const checks = { ...settings.inspect<Record<string, string>>("checks")?.workspaceValue, [check]: "off" };
  await settings.update("checks", checks, vscode.ConfigurationTarget.Workspace);
}

/** The actions for each of our findings, besides its fixes: open the page of the check, turn the check off. */
export function besides(context: vscode.CodeActionContext): vscode.CodeAction[] {
  const ours = new Map(context.diagnostics.filter((each) => each.source === SOURCE).map((each) => [checkOf(each), each]));
  return [...ours].flatMap(([check, diagnostic]) => [
    action(`Turn ${check} off (settings of this workspace)`, "configvars.ui.turnOff", check, diagnostic),
    action(`Explain ${check}`, "configvars.ui.rule", check, diagnostic),
  ]);
}

function checkOf(diagnostic: vscode.Diagnostic): string {
  const { code } = diagnostic;
  return String(typeof code === "object" ? code.value : code);
}

function action(title: string, command: string, check: string, diagnostic: vscode.Diagnostic): vscode.CodeAction {
  const made = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  made.command = { title, command, arguments: [check] };
  made.diagnostics = [diagnostic];
  return made;
}
