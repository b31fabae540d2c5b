// Everything that needs the server, or is about it.

import * as vscode from "vscode";
import type { Cloak } from "./cloak";
import { registerCommands } from "./commands";
import { Compare } from "./compare";
import { watchCursor } from "./cursor";
import { fillEnvFiles } from "./debug";
import { SCHEME, TextDocuments } from "./documents";
import { NamedApps } from "./namedApps";
import { whenNeeded } from "./needed";
import { Overviews } from "./overviews";
import { reportProblems } from "./problem";
import { onDidChangePython } from "./pythonExtensions";
import { answerPickApp } from "./pick";
import { Questions } from "./questions";
import { registerShowReferences } from "./references";
import { Server } from "./server";
import { StatusItem } from "./status";
import { StatusBar } from "./statusBar";
import { Statuses } from "./statuses";
import { watchTrust } from "./trust";
import { VariablesView } from "./view";

/** Registers everything; the server starts when something needs it. */
export function activateAll(context: vscode.ExtensionContext, cloak: Cloak): Server {
  const log = vscode.window.createOutputChannel("Config Vars", { log: true });
  const hides = (uri: vscode.Uri): boolean => cloak.hides(uri);
  const started = new Server(context, log, hides);
  const overviews = new Overviews(started);
  const statuses = new Statuses(started);
  const questions = new Questions(started, overviews);
  const view = new VariablesView(overviews, () => started.need());
  const documents = new TextDocuments();
  const compare = new Compare(overviews, statuses);
  context.subscriptions.push(
    log,
    started,
    overviews,
    statuses,
    questions,
    view,
    compare,
    new StatusItem(started, statuses),
    new StatusBar(started, statuses, overviews, questions),
    new NamedApps(statuses, context.globalState),
    answerPickApp(started),
    watchCursor(started),
    fillEnvFiles(started),
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, documents),
    registerShowReferences(started, hides),
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
  return started;
}

/** Starts the server now or as soon as the window needs it. */
export async function startWhenNeeded(context: vscode.ExtensionContext, server: Server): Promise<void> {
  context.subscriptions.push(await whenNeeded(() => server.need()));
  await server.settled();
}
