import * as vscode from "vscode";
import { registerCommands } from "./commands";
import { DiffDocuments, SCHEME } from "./diff";
import { Overviews } from "./overviews";
import { reportProblems } from "./problem";
import { onDidChangePython } from "./pythonExtensions";
import { registerShowReferences } from "./references";
import { Server } from "./server";
import { StatusItem } from "./status";
import { watchTrust } from "./trust";
import { VariablesView } from "./view";

let server: Server | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const log = vscode.window.createOutputChannel("Config Vars", { log: true });
  server = new Server(context, log);
  const started = server;
  const overviews = new Overviews(started);
  const view = new VariablesView(overviews);
  const documents = new DiffDocuments();
  context.subscriptions.push(
    log,
    started,
    overviews,
    view,
    new StatusItem(started),
    vscode.window.registerTreeDataProvider("configvars.variables", view),
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, documents),
    registerShowReferences(started),
    registerCommands({ server: started, overviews, documents, log }),
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
