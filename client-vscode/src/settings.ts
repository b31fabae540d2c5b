import * as vscode from "vscode";

/**
 * The settings the user has set, for a folder or file, and no defaults: those are the server's, which takes what
 * is not set here from the folder's pyproject.toml.
 */
export function chosenSettings(scope: string | undefined): Record<string, unknown> {
  const configuration = vscode.workspace.getConfiguration("configvars", scope ? vscode.Uri.parse(scope) : null);
  const chosen = Object.keys(manifest().contributes.configuration.properties)
    .map((name) => name.replace(/^configvars\./, ""))
    .filter((name) => isSet(configuration.inspect(name)));
  return Object.fromEntries(chosen.map((name) => [name, configuration.get(name)]));
}

function isSet(found: ReturnType<vscode.WorkspaceConfiguration["inspect"]>): boolean {
  return [found?.globalValue, found?.workspaceValue, found?.workspaceFolderValue].some((value) => value !== undefined);
}

interface Manifest {
  contributes: { configuration: { properties: Record<string, unknown> } };
}

function manifest(): Manifest {
  return vscode.extensions.getExtension("configvars.configvars")?.packageJSON as Manifest;
}
