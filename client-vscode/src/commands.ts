// What the user can call. The server's own commands are registered by the language client; these ask first.

import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import type { DiffDocuments } from "./diff";
import { folderId, pickFolder } from "./folders";
import type { Overviews } from "./overviews";
import { pickApp, pickApps, pickVariables } from "./pick";
import { Commands, type Outcome, type Overview } from "./protocol";
import { reveal } from "./reveal";
import type { Server } from "./server";
import type { Node } from "./view";

export interface Parts {
  server: Server;
  overviews: Overviews;
  documents: DiffDocuments;
  log: vscode.LogOutputChannel;
}

/** Registers every `configvars.ui.` command. */
export function registerCommands(parts: Parts): vscode.Disposable {
  const table: Record<string, (node?: Node) => unknown> = {
    pull: (node) => pull(parts, node),
    refresh: () => execute(parts, Commands.refresh, {}),
    chooseApp: () => chooseApp(parts),
    diff: () => diff(parts),
    explain: (node) => explain(parts, node),
    createEnvFile: () => createEnvFile(parts),
    reveal: (node) => revealNode(node),
    open: (node) => open(node),
    copyName: (node) => copyName(node),
    restart: () => parts.server.restart(true),
    showLogs: () => parts.log.show(),
  };
  return vscode.Disposable.from(
    ...Object.entries(table).map(([name, run]) => vscode.commands.registerCommand(`configvars.ui.${name}`, run)),
  );
}

function client(parts: Parts): LanguageClient | undefined {
  if (!parts.server.client) {
    void vscode.window.showErrorMessage("Config Vars is not running. Show Logs says why.");
  }
  return parts.server.client;
}

/** Runs a command of the server, which shows its own outcome. */
async function execute(parts: Parts, command: string, argument: object): Promise<Outcome | undefined> {
  return client(parts) && vscode.commands.executeCommand<Outcome>(command, argument);
}

async function chooseApp(parts: Parts): Promise<void> {
  const running = client(parts);
  const folder = running && (await pickFolder());
  const apps = folder && (await pickApps(running, folder));
  if (apps) {
    await execute(parts, Commands.chooseApp, { folder: folderId(folder), apps });
  }
}

/** The folder and its overview, with at least one app chosen: asked for where there is none. */
async function withApps(parts: Parts, folder?: vscode.WorkspaceFolder): Promise<[vscode.WorkspaceFolder, Overview] | undefined> {
  const chosen = client(parts) && (folder ?? (await pickFolder()));
  if (!chosen) {
    return undefined;
  }
  let overview = await parts.overviews.of(chosen);
  if (overview?.apps.length === 0) {
    await chooseApp(parts);
    overview = await parts.overviews.of(chosen);
  }
  return overview?.apps.length ? [chosen, overview] : undefined;
}

async function pull(parts: Parts, node?: Node): Promise<void> {
  const found = await withApps(parts, node?.kind === "variable" ? node.folder : undefined);
  const app = found && (await pickApp(found[1], "Pull from"));
  if (!app) {
    return;
  }
  const names = node?.kind === "variable" ? [node.row.name] : await pickVariables(found[1], app);
  if (names?.length) {
    await execute(parts, Commands.pull, { folder: folderId(found[0]), app, names });
  }
}

async function diff(parts: Parts): Promise<void> {
  const found = await withApps(parts);
  const app = found && (await pickApp(found[1], "Compare with"));
  if (app) {
    await parts.documents.show(found[0], found[1], app);
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
  const rows = (await parts.overviews.of(folder))?.rows.filter((row) => row.scope === "env") ?? [];
  return vscode.window.showQuickPick(
    rows.map((row) => row.name),
    { title: "Explain" },
  );
}

async function createEnvFile(parts: Parts): Promise<void> {
  const folder = client(parts) && (await pickFolder());
  const ways = [
    { label: "Names that the code reads", from: "code" },
    { label: "A copy of the template", from: "template" },
    { label: "Config vars of the Heroku app", from: "heroku" },
  ];
  const way = folder && (await vscode.window.showQuickPick(ways, { title: "Create .env from" }));
  if (way) {
    await execute(parts, Commands.createEnvFile, { folder: folderId(folder), from: way.from });
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
    const selection = new vscode.Range(toPosition(place.range.start), toPosition(place.range.end));
    await vscode.window.showTextDocument(vscode.Uri.parse(place.uri), { selection });
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
