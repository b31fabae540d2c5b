// Pickers for apps and variables. They open at once and show a progress bar until there are items.

import { posix } from "node:path";
import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { folderId, folderOf } from "./folders";
import { showOutcome, type Repeat } from "./outcome";
import { AppsRequest, PickAppRequest, type AppsResult, type Overview, type Row } from "./protocol";
import type { Server } from "./server";
import { isWanted, pullable, type Gap } from "./words";

const SEVERAL: vscode.QuickPickItem = { label: "Several apps, or none…" };

/**
 * Asks which app a folder has instead of the chosen ones, or several; undefined if the user cancels or Heroku does not answer,
 * after which the user can do it again.
 */
export async function pickApps(client: LanguageClient, folder: vscode.WorkspaceFolder, repeat: Repeat): Promise<string[] | undefined> {
  const asked = askedFor(client, folderId(folder), repeat);
  const question = { busy: ASKING, placeholder: "Compared with the code and .env; no app is changed", cancel: asked.cancel };
  const one = { ...question, title: `Heroku app of ${folder.name}`, several: false, first: SEVERAL };
  const several = { ...question, title: `Heroku apps of ${folder.name}`, several: true };
  const picked = await pick({ ...one, items: asked.items });
  const apps = picked?.includes(SEVERAL) ? await pick({ ...several, items: asked.items }) : picked;
  return apps?.map((item) => item.label);
}

/** Lets the server ask for the app of a folder; the picker opens as soon as it asks. */
export function answerPickApp(server: Server): vscode.Disposable {
  return server.onWillStart((client) => {
    client.onRequest(PickAppRequest, async ({ folder }) => ({ app: (await pickFirstApp(client, folder, server.command ?? CHOOSE)) ?? null }));
  });
}

const CHOOSE: Repeat = { again: () => vscode.commands.executeCommand("configvars.ui.chooseApp") };

/** Asks on which of the user's apps a folder runs, which may be outside of the workspace; the app of its git remote comes first. */
export async function pickFirstApp(client: LanguageClient, folder: string, repeat: Repeat): Promise<string | undefined> {
  const asked = askedFor(client, folder, repeat);
  const picked = await pick({
    title: `Which Heroku app does ${folderOf(folder)?.name ?? posix.basename(vscode.Uri.parse(folder).path)} run on?`,
    busy: ASKING,
    placeholder: "Its config vars are pulled into .env; the app itself is not changed",
    several: false,
    items: asked.items,
    cancel: asked.cancel,
  });
  return picked?.[0]?.label;
}

const ASKING = "Asking Heroku for your apps…";

function askedFor(client: LanguageClient, folder: string, repeat: Repeat): { items: Promise<vscode.QuickPickItem[] | undefined>; cancel: vscode.CancellationTokenSource } {
  const cancel = new vscode.CancellationTokenSource();
  const answer = client.sendRequest(AppsRequest, { folder }, cancel.token);
  const items = answer.then(
    (found) => {
      if (!found.ok) {
        void showOutcome(found, repeat);
        return undefined;
      }
      return appItems(found);
    },
    () => undefined,
  );
  return { items, cancel };
}

/** The apps of a user, those that are chosen or suggested first; names that none of these apps has come last. */
function appItems(answer: AppsResult): vscode.QuickPickItem[] {
  const teams = new Map(answer.available.map((app) => [app.name, app.team ?? ""]));
  const first = [...answer.chosen, ...answer.suggested];
  const names = new Set([...first.filter((name) => teams.has(name)), ...teams.keys(), ...first]);
  return [...names].map((name) => {
    const isChosen = answer.chosen.includes(name);
    const said = [teams.get(name), origin(answer, name), isChosen ? "chosen" : "", teams.has(name) ? "" : "not among your apps"];
    return { label: name, description: said.filter(Boolean).join(" · "), picked: isChosen && teams.has(name) };
  });
}

function origin(answer: AppsResult, name: string): string {
  const remote = answer.remotes?.[name];
  return remote ? `git remote ${remote}` : answer.suggested.includes(name) ? "suggested by this folder" : "";
}

/** Asks for one of the chosen apps; if there is only one, returns it without asking. */
export async function pickApp(apps: readonly string[], overview: Promise<Overview | undefined>, title: string): Promise<string | undefined> {
  if (apps.length === 1) {
    return apps[0];
  }
  const items = overview.then((found) => {
    const isProduction = (app: string): boolean => found?.apps.find((each) => each.app === app)?.production ?? false;
    return apps.map((app) => ({ label: app, description: isProduction(app) ? "production" : "" }));
  });
  return (await vscode.window.showQuickPick(items, { title }))?.label;
}

/**
 * Asks which variables to pull from an app; those that are missing here, that code reads and no add-on owns are preselected.
 * The picker opens at once, even if the overview still has to be fetched, so that it does not take the focus later.
 */
export async function pickVariables(overview: Promise<Overview | undefined>, app: string): Promise<string[] | undefined> {
  const items = overview.then((found) => {
    const offered = found && pullable(found, app).map(({ row, gap }) => variableItem(row, gap, app));
    if (offered?.length === 0) {
      vscode.window.setStatusBarMessage(`All config vars of ${app} are set locally.`, REPORT);
    }
    return offered?.length ? offered : undefined;
  });
  const picked = await pick({
    title: `Pull from ${app}`,
    busy: `Asking Heroku about ${app}…`,
    placeholder: "Config vars to write into the env file",
    several: true,
    items,
  });
  return picked?.map((item) => item.label);
}

const REPORT = 8000;
const SAID: Record<Gap, string> = { missing: "", empty: "empty here", differs: "different value here, which would be replaced" };

function variableItem(row: Row, gap: Gap, app: string): vscode.QuickPickItem {
  const addon = row.apps.find((state) => state.app === app)?.addon;
  const reader = row.places.find((place) => place.role === "reference");
  const read = reader ? `read in ${reader.label}` : "no code reads it";
  return {
    label: row.name,
    description: [SAID[gap], read, addon ? `owned by ${addon}` : ""].filter(Boolean).join(" · "),
    picked: isWanted(row, gap, app),
  };
}

interface Question {
  title: string;
  /** The text in the picker until there are items. */
  busy: string;
  placeholder: string;
  several: boolean;
  items: Promise<vscode.QuickPickItem[] | undefined>;
  /** An item above the others; the one below it is active first. */
  first?: vscode.QuickPickItem;
  cancel?: vscode.CancellationTokenSource;
}

/** Shows a picker at once; returns the picked items, undefined if it is cancelled or there are no items. */
async function pick(question: Question): Promise<readonly vscode.QuickPickItem[] | undefined> {
  const picker = vscode.window.createQuickPick();
  Object.assign(picker, { title: question.title, placeholder: question.busy, canSelectMany: question.several, busy: true });
  picker.show();
  const left = new Promise<undefined>((resolve) => picker.onDidHide(() => resolve(undefined)));
  const taken = new Promise<readonly vscode.QuickPickItem[]>((resolve) => {
    picker.onDidAccept(() => {
      const canBeNone = question.several && picker.value === ""; // who has typed a name that no item has wants something
      const items = picker.selectedItems.length > 0 || canBeNone ? picker.selectedItems : picker.activeItems;
      return !picker.busy && (items.length > 0 || canBeNone) && resolve(items);
    });
  });
  try {
    const items = await Promise.race([question.items, left]);
    if (!items) {
      question.cancel?.cancel();
      return undefined;
    }
    picker.items = question.first ? [question.first, ...items] : items;
    picker.activeItems = question.several ? [] : items.slice(0, 1);
    picker.selectedItems = question.several ? items.filter((item) => item.picked) : [];
    picker.placeholder = question.placeholder;
    picker.busy = false;
    return await Promise.race([taken, left]);
  } finally {
    picker.dispose();
  }
}
