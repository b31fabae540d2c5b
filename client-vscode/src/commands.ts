// The commands for the user. The language client registers the server's own commands; these ask the user first.

import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import type { Cloak } from "./cloak";
import type { Compare } from "./compare";
import type { TextDocuments } from "./documents";
import { folderId, isFolderOpen, offerFolder, pickFolder } from "./folders";
import type { Overviews } from "./overviews";
import { listed } from "./hiddenPlaces";
import { pickApp, pickApps, pickFirstApp, pickVariables } from "./pick";
import type { Repeat } from "./outcome";
import { OriginsRequest, type Outcome, type Overview, type Place } from "./protocol";
import { showNotRunning } from "./problem";
import { reveal } from "./reveal";
import type { Server } from "./server";
import { Commands } from "./serverCommands";
import type { Statuses } from "./statuses";
import { turnOff } from "./silence";
import type { Node } from "./view";

export interface Parts {
  server: Server;
  overviews: Overviews;
  statuses: Statuses;
  documents: TextDocuments;
  cloak: Cloak;
  compare: Compare;
  log: vscode.LogOutputChannel;
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- each command has its own arguments
type Run = (...args: any[]) => unknown;

/** The commands that work without the server. */
const ALONE = new Set(["showValues", "hideValues", "toggleLine", "restart", "showLogs"]);

/** The commands that are about a workspace folder. Without one, the server is not started for them. */
const IN_FOLDER = new Set(["pull", "refresh", "chooseApp", "diff", "explain", "createEnvFile"]);

/** Registers every `configvars.ui.` command. */
export function registerCommands(parts: Parts): vscode.Disposable {
  const table: Record<string, Run> = {
    pull: (node?: Node) => pull(parts, node),
    refresh: () => execute(parts, Commands.refresh, {}),
    chooseApp: (then?: unknown) => chooseApp(parts, then),
    diff: () => diff(parts),
    add: (node?: Node) => add(node),
    references: (node?: Node) => references(parts, node),
    rename: (node?: Node) => rename(node),
    rule: (name: string) => rule(parts, name),
    turnOff: (name: string) => turnOff(name),
    showValues: () => parts.cloak.toggle(),
    hideValues: () => parts.cloak.toggle(),
    toggleLine: (uri?: string, line?: number) => parts.cloak.toggleLine(uri, line),
    explain: (node?: Node) => explain(parts, node),
    createEnvFile: () => createEnvFile(parts),
    reveal: (node?: Node) => revealNode(node),
    open: (node?: Node) => open(node),
    copyName: (node?: Node) => copyName(node),
    restart: () => parts.server.restart(true),
    showLogs: () => parts.log.show(),
  };
  const needing = (name: string, run: Run): Run => async (...args: unknown[]) => {
    if (IN_FOLDER.has(name) && !isFolderOpen()) {
      return offerFolder();
    }
    await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title: "Config Vars is starting…" }, () => parts.server.need());
    return run(...args);
  };
  return vscode.Disposable.from(
    ...Object.entries(table).map(([name, run]) => vscode.commands.registerCommand(`configvars.ui.${name}`, ALONE.has(name) ? run : needing(name, run))),
  );
}

function client(parts: Parts): LanguageClient | undefined {
  if (!parts.server.client) {
    void showNotRunning(parts.server, parts.log);
  }
  return parts.server.client;
}

/** Runs a command of the server, which shows its own outcome. `repeat` is what the command is a part of. */
async function execute(parts: Parts, command: string, argument: object, repeat?: Repeat): Promise<Outcome | undefined> {
  return client(parts) && vscode.commands.executeCommand<Outcome>(command, argument, ...(repeat ? [repeat] : []));
}

/** How to repeat a command that asks for the app itself. */
function whole(run: () => unknown): Repeat {
  return { again: run, withChosenApp: run };
}

/** Asks for the apps of a folder; `then` is what goes on with them. */
async function chooseApp(parts: Parts, then?: unknown): Promise<void> {
  const running = client(parts);
  const folder = running && (await pickFolder());
  const apps = folder && (await pickApps(running, folder, { again: () => chooseApp(parts, then) }));
  const outcome = apps && (await execute(parts, Commands.chooseApp, { folder: folderId(folder), apps }));
  if (outcome?.ok && apps?.length && typeof then === "function") {
    await (then as () => unknown)();
  }
}

/** The apps that are chosen for a folder; undefined while no server runs. The server has usually told them already. */
async function chosenApps(parts: Parts, folder: vscode.WorkspaceFolder): Promise<string[] | undefined> {
  return parts.statuses.of(folder)?.apps ?? (await parts.overviews.of(folder))?.apps.map((each) => each.app);
}

async function pull(parts: Parts, node?: Node): Promise<void> {
  if (node?.kind === "variable") {
    await pullOne(parts, node.folder, node.row.name);
    return;
  }
  const running = client(parts);
  const folder = running && (await pickFolder());
  const apps = folder && (await chosenApps(parts, folder));
  if (!apps) {
    return;
  }
  const overview = parts.overviews.of(folder);
  const isChosen = apps.length > 0;
  const app = isChosen ? await pickApp(apps, overview, "Pull from") : await pickFirstApp(running, folderId(folder), whole(() => pull(parts)));
  if (!app) {
    return;
  }
  const names = await pickVariables(isChosen ? knownOverview(parts, folder, app, overview) : chosenOverview(parts, folder, app), app);
  if (names?.length) {
    await execute(parts, Commands.pull, { folder: folderId(folder), app, names });
  }
}

/** The overview of a folder after an app is chosen for it and its config vars are fetched; undefined if that fails. */
async function chosenOverview(parts: Parts, folder: vscode.WorkspaceFolder, app: string): Promise<Overview | undefined> {
  const outcome = await execute(parts, Commands.chooseApp, { folder: folderId(folder), apps: [app] }, whole(() => pull(parts)));
  return outcome?.ok ? parts.overviews.of(folder) : undefined;
}

/** The overview of a folder with the config vars of an app; undefined if they are not known and cannot be fetched. */
async function knownOverview(parts: Parts, folder: vscode.WorkspaceFolder, app: string, current: Promise<Overview | undefined>): Promise<Overview | undefined> {
  const isKnown = (await current)?.apps.some((each) => each.app === app && each.fetched !== null);
  if (isKnown) {
    return current;
  }
  const outcome = await execute(parts, Commands.refresh, { folder: folderId(folder) }, whole(() => pull(parts)));
  return outcome?.ok ? parts.overviews.of(folder) : undefined;
}

/** If no app is chosen, the server asks for one. */
async function pullOne(parts: Parts, folder: vscode.WorkspaceFolder, name: string): Promise<void> {
  const apps = client(parts) && (await chosenApps(parts, folder));
  const app = apps?.length ? await pickApp(apps, parts.overviews.of(folder), "Pull from") : undefined;
  if (app || apps?.length === 0) {
    await execute(parts, Commands.pull, { folder: folderId(folder), ...(app ? { app } : {}), names: [name] });
  }
}

async function diff(parts: Parts): Promise<void> {
  const running = client(parts);
  const folder = running && (await pickFolder());
  const apps = folder && (await chosenApps(parts, folder));
  if (!apps) {
    return;
  }
  const isChosen = apps.length > 0;
  const app = isChosen ? await pickApp(apps, parts.overviews.of(folder), "Compare with") : await pickFirstApp(running, folderId(folder), whole(() => diff(parts)));
  if (app) {
    parts.compare.show(folder, app, isChosen ? undefined : execute(parts, Commands.chooseApp, { folder: folderId(folder), apps: [app] }, whole(() => diff(parts))));
  }
}

/** Adds a name to the env file, or shows it there if it exists. */
async function add(node?: Node): Promise<void> {
  const place = node?.kind === "variable" ? readingPlace(node.row.places) : undefined;
  if (node?.kind !== "variable" || !place) {
    return;
  }
  const range = toRange(place);
  const uri = vscode.Uri.parse(place.uri);
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>("vscode.executeCodeActionProvider", uri, range, "quickfix");
  const wanted = actions.find((action) => action.title.startsWith(`Add ${node.row.name} to `));
  if (!wanted?.edit) {
    vscode.window.setStatusBarMessage(`${node.row.name} is already in an env file, or the env file is a symbolic link.`, 8000);
    return;
  }
  await vscode.workspace.applyEdit(wanted.edit);
  if (wanted.command) {
    await vscode.commands.executeCommand(wanted.command.command, ...((wanted.command.arguments ?? []) as unknown[]));
  }
}

function readingPlace(places: Place[]): Place | undefined {
  return places.find((place) => place.role === "reference");
}

async function references({ cloak }: Parts, node?: Node): Promise<void> {
  const place = node?.kind === "variable" ? node.row.places[0] : undefined;
  if (node?.kind === "variable" && place) {
    const places = listed(
      node.row.places.map((each) => new vscode.Location(vscode.Uri.parse(each.uri), toRange(each))),
      (uri) => cloak.hides(uri),
    );
    await vscode.window.showTextDocument(vscode.Uri.parse(place.uri), { selection: toRange(place), preview: true });
    if (places.length > 0) {
      await vscode.commands.executeCommand("editor.action.showReferences", vscode.Uri.parse(place.uri), toPosition(place.range.start), places);
    }
  }
}

async function rename(node?: Node): Promise<void> {
  const place = node?.kind === "variable" ? node.row.places[0] : undefined;
  if (place) {
    await vscode.window.showTextDocument(vscode.Uri.parse(place.uri), { selection: toRange(place) });
    await vscode.commands.executeCommand("editor.action.rename");
  }
}

/** Shows the page of a check, which is part of the package, so that no network is needed. */
async function rule(parts: Parts, name: string): Promise<void> {
  const outcome = await execute(parts, Commands.rule, { name });
  if (outcome?.ok) {
    await vscode.commands.executeCommand("markdown.showPreview", parts.documents.put(`checks/${name}.md`, outcome.message));
  }
}

async function explain(parts: Parts, node?: Node): Promise<void> {
  const folder = node?.kind === "variable" ? node.folder : await pickFolder();
  const name = node?.kind === "variable" ? node.row.name : folder && (await pickName(parts, folder));
  const outcome = folder && name && (await execute(parts, Commands.explain, { folder: folderId(folder), name }));
  if (outcome && outcome.ok) {
    const uri = parts.documents.put(`${folder.name}/${name}.md`, outcome.message);
    await vscode.commands.executeCommand("markdown.showPreview", uri);
  }
}

async function pickName(parts: Parts, folder: vscode.WorkspaceFolder): Promise<string | undefined> {
  const names = parts.overviews.of(folder).then((found) => (found?.rows ?? []).filter((row) => row.scope === "env").map((row) => row.name));
  return vscode.window.showQuickPick(names, { title: "Explain Variable" });
}

async function createEnvFile(parts: Parts): Promise<void> {
  const running = client(parts);
  const folder = running && (await pickFolder());
  if (!folder) {
    return;
  }
  const { origins } = await running.sendRequest(OriginsRequest, { folder: folderId(folder) });
  const ways = [
    { label: "Heroku app", detail: "The config vars that the code needs, with their values", from: "heroku" },
    { label: "Template", detail: "A copy of .env.example or a similar file", from: "template" },
    { label: "Code", detail: "The names that the code reads, to be filled in", from: "code" },
  ].filter(({ from }) => origins.includes(from));
  const from = ways.length === 0 ? "code" : (await vscode.window.showQuickPick(ways, { title: "Create .env from" }))?.from;
  if (from) {
    await execute(parts, Commands.createEnvFile, { folder: folderId(folder), from }); // without a way, the server says why
  }
}

async function revealNode(node?: Node): Promise<void> {
  if (node?.kind === "place") {
    await reveal(vscode.Uri.parse(node.place.uri), toPosition(node.place.range.start));
    return;
  }
  const editor = vscode.window.activeTextEditor;
  if (editor) {
    await reveal(editor.document.uri, editor.selection.active);
  }
}

async function open(node?: Node): Promise<void> {
  const place = node?.kind === "variable" ? node.row.places[0] : node?.kind === "place" ? node.place : undefined;
  if (place) {
    await vscode.window.showTextDocument(vscode.Uri.parse(place.uri), { selection: toRange(place) });
  }
}

async function copyName(node?: Node): Promise<void> {
  if (node?.kind === "variable") {
    await vscode.env.clipboard.writeText(node.row.name);
  }
}

function toPosition(position: { line: number; character: number }): vscode.Position {
  return new vscode.Position(position.line, position.character);
}

function toRange(place: Place): vscode.Range {
  return new vscode.Range(toPosition(place.range.start), toPosition(place.range.end));
}
