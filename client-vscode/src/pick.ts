// Pickers: which apps, which variables.

import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { folderId } from "./folders";
import { AppsRequest, type AppsResult, type Overview, type Row } from "./protocol";
import { pullable } from "./words";

/** Asks which apps a folder has; undefined where the user leaves it or Heroku does not answer. */
export async function pickApps(
  client: LanguageClient,
  folder: vscode.WorkspaceFolder,
): Promise<string[] | undefined> {
  const progress = { location: vscode.ProgressLocation.Notification, title: "Asking Heroku for your apps", cancellable: true };
  const answer = await vscode.window.withProgress(progress, (_, token) =>
    client.sendRequest(AppsRequest, { folder: folderId(folder) }, token),
  );
  if (!answer.ok) {
    void vscode.window.showErrorMessage(answer.message);
    return undefined;
  }
  const picked = await vscode.window.showQuickPick(appItems(answer), {
    title: `Heroku apps of ${folder.name}`,
    placeHolder: "Their config vars are compared with the code and .env; none of them is changed",
    canPickMany: true,
  });
  return picked?.map((item) => item.label);
}

function appItems(answer: AppsResult): vscode.QuickPickItem[] {
  const teams = new Map(answer.available.map((app) => [app.name, app.team ?? ""]));
  const names = new Set([...answer.chosen, ...answer.suggested, ...teams.keys()]);
  return [...names].map((name) => ({
    label: name,
    description: [teams.get(name), answer.suggested.includes(name) ? "suggested by this folder" : ""].filter(Boolean).join(" · "),
    picked: answer.chosen.includes(name),
  }));
}

/** Asks which one of the chosen apps; the only one without asking. */
export async function pickApp(overview: Overview, title: string): Promise<string | undefined> {
  if (overview.apps.length === 1) {
    return overview.apps[0]?.app;
  }
  const items = overview.apps.map((app) => ({ label: app.app, description: app.production ? "production" : "" }));
  return (await vscode.window.showQuickPick(items, { title }))?.label;
}

/** Asks which variables to pull from an app; those that code reads and no add-on owns are ticked. */
export async function pickVariables(overview: Overview, app: string): Promise<string[] | undefined> {
  const items = pullable(overview, app).map((row) => variableItem(row, app));
  if (items.length === 0) {
    void vscode.window.showInformationMessage(`Everything that ${app} has is set locally.`);
    return undefined;
  }
  const picked = await vscode.window.showQuickPick(items, {
    title: `Pull from ${app}`,
    placeHolder: "Config vars to write into the env file",
    canPickMany: true,
  });
  return picked?.map((item) => item.label);
}

function variableItem(row: Row, app: string): vscode.QuickPickItem {
  const addon = row.apps.find((state) => state.app === app)?.addon;
  const reader = row.places.find((place) => place.role === "reference");
  const read = reader ? `read in ${reader.label}` : "no code reads it";
  return {
    label: row.name,
    description: addon ? `${read} · owned by ${addon}` : read,
    picked: row.need !== null && !addon,
  };
}
