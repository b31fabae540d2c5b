import * as vscode from "vscode";
import { Cloak } from "./cloak";
import { hasApp, registerCommands } from "./commands";
import { Compare } from "./compare";
import { watchCursor } from "./cursor";
import { fillEnvFiles } from "./debug";
import { SCHEME, TextDocuments } from "./documents";
import { folderOf } from "./folders";
import { NamedApps } from "./namedApps";
import { Overviews } from "./overviews";
import { reportProblems } from "./problem";
import { onDidChangePython } from "./pythonExtensions";
import { Questions } from "./questions";
import { registerShowReferences } from "./references";
import { Server } from "./server";
import { Commands } from "./serverCommands";
import { StatusItem } from "./status";
import { StatusBar } from "./statusBar";
import { Statuses } from "./statuses";
import { watchTrust } from "./trust";
import { VariablesView } from "./view";

let server: Server | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const log = vscode.window.createOutputChannel("Config Vars", { log: true });
  server = new Server(context, log);
  const started = server;
  const overviews = new Overviews(started);
  const statuses = new Statuses(started);
  const questions = new Questions(started);
  const view = new VariablesView(overviews);
  const documents = new TextDocuments();
  const cloak = new Cloak();
  const compare = new Compare(overviews, statuses);
  started.ready = (command, argument) => isReady({ server: started, overviews, statuses }, command, argument);
  context.subscriptions.push(
    log,
    started,
    overviews,
    statuses,
    questions,
    view,
    cloak,
    compare,
    new StatusItem(started, statuses),
    new StatusBar(started, statuses, overviews, questions),
    new NamedApps(statuses, context.globalState),
    watchCursor(started),
    fillEnvFiles(started),
    vscode.window.registerTreeDataProvider("configvars.variables", view),
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, documents),
    registerShowReferences(started),
    registerCommands({ server: started, overviews, statuses, documents, cloak, compare, log }),
    reportProblems(started, log),
    watchTrust(started),
    started.onDidChangeState(({ kind }) => vscode.commands.executeCommand("setContext", "configvars.state", kind)),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("configvars.path") || change.affectsConfiguration("configvars.interpreter")) {
        void started.restart();
      }
    }),
  );
  context.subscriptions.push(onDidChangePython(() => void started.restart()));
  await started.restart();
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}

/** Whether a server command may run: a command that needs an app and names none needs a chosen app. */
async function isReady(parts: { server: Server; overviews: Overviews; statuses: Statuses }, command: string, argument: unknown): Promise<boolean> {
  const { app, folder, from } = (argument ?? {}) as { app?: string; folder?: string; from?: string };
  const asks = command === Commands.pull || (command === Commands.createEnvFile && from === "heroku");
  if (!asks || app !== undefined || !vscode.workspace.isTrusted) {
    return true; // for an untrusted folder, the server explains why it does not run
  }
  const found = folder === undefined ? undefined : folderOf(folder);
  return found === undefined || hasApp(parts, found);
}
