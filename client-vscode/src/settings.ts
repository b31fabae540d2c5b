import * as vscode from "vscode";

const APPS = "heroku.apps";
const APP_NAME = /^[a-z][a-z0-9-]{1,28}[a-z0-9]$/;

/**
 * The settings that the user has set for a folder or file, without defaults: for other settings, the server uses the
 * folder's pyproject.toml and then its own defaults. A repository can name Heroku apps in its settings, so the server
 * gets only those that the user's own settings name; namedApps.ts asks about the others.
 */
export function chosenSettings(scope: string | undefined): Record<string, unknown> {
  const configuration = vscode.workspace.getConfiguration("configvars", scope ? vscode.Uri.parse(scope) : null);
  const chosen = Object.keys(manifest().contributes.configuration.properties)
    .map((name) => name.replace(/^configvars\./, ""))
    .filter((name) => name !== APPS && isSet(configuration.inspect(name)));
  const ofUser = configuration.inspect(APPS)?.globalValue;
  return {
    ...Object.fromEntries(chosen.map((name) => [name, configuration.get(name)])),
    ...(ofUser === undefined ? {} : { [APPS]: ofUser }),
  };
}

/** The Heroku apps that the settings of a folder or of the workspace name; undefined if they name none. */
export function appsOfFolder(folder: vscode.WorkspaceFolder): string[] | undefined {
  const found = vscode.workspace.getConfiguration("configvars", folder).inspect(APPS);
  return names(found?.workspaceFolderValue) ?? names(found?.workspaceValue);
}

/** The Heroku apps that the user's own settings name. */
export function appsOfUser(): string[] {
  return names(vscode.workspace.getConfiguration("configvars", null).inspect(APPS)?.globalValue) ?? [];
}

function names(value: unknown): string[] | undefined {
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === "string" && APP_NAME.test(each)) : undefined;
}

/** Whether a setting has a value besides its default. */
export function isSet(found: ReturnType<vscode.WorkspaceConfiguration["inspect"]>): boolean {
  return [found?.globalValue, found?.workspaceValue, found?.workspaceFolderValue].some((value) => value !== undefined);
}

interface Manifest {
  contributes: { configuration: { properties: Record<string, unknown> } };
}

function manifest(): Manifest {
  return vscode.extensions.getExtension("configvars.configvars")?.packageJSON as Manifest;
}
