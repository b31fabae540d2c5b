// Debugging starts with the env file that counts for the program, where the configuration names none.

import * as vscode from "vscode";
import { folderId } from "./folders";
import { EnvFilesRequest } from "./protocol";
import type { Server } from "./server";

const TYPES = ["debugpy", "python"];
const WORKSPACE = /\$\{workspaceFolder\}/g;

/** Fills `envFile` of Python debug configurations in. What the user has written there stays. */
export function fillEnvFiles(server: Server): vscode.Disposable {
  const provider: vscode.DebugConfigurationProvider = {
    resolveDebugConfiguration: async (folder, configuration) => {
      if (folder && isToBeFilled(configuration)) {
        const program = typeof configuration["program"] === "string" ? configuration["program"].replace(WORKSPACE, folder.uri.fsPath) : undefined;
        const asked = server.client?.sendRequest(EnvFilesRequest, { folder: folderId(folder), ...(program ? { path: program } : {}) });
        const found = await asked?.catch(() => undefined); // debugging starts without the server, too
        if (found?.files[0]) {
          configuration["envFile"] = found.files[0];
        }
      }
      return configuration;
    },
  };
  return vscode.Disposable.from(...TYPES.map((type) => vscode.debug.registerDebugConfigurationProvider(type, provider)));
}

/** Whether a configuration starts a program here, and says nothing of an env file itself. */
export function isToBeFilled(configuration: vscode.DebugConfiguration): boolean {
  return configuration.request === "launch" && configuration["envFile"] === undefined;
}
