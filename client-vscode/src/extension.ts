// Starts the extension: first the values of open env files are hidden, then everything else is loaded.

import type * as vscode from "vscode";
import { Cloak } from "./cloak";
import type { Server } from "./server";

let server: Server | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const cloak = new Cloak(); // before the rest of the bundle runs: until then, the values are readable
  context.subscriptions.push(cloak);
  const { activateAll, startWhenNeeded } = await import("./everything");
  server = activateAll(context, cloak);
  await startWhenNeeded(context, server);
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}
