// Debugging uses the env file of the program if the configuration names none.

import * as vscode from "vscode";
import { folderId } from "./folders";
import { EnvFilesRequest } from "./protocol";
import type { Server } from "./server";

const TYPES = ["debugpy", "python"];
const WORKSPACE = /\$\{workspaceFolder\}/g;

/** Sets `envFile` in Python debug configurations that do not set it. */
export function fillEnvFiles(server: Server): vscode.Disposable {
  const provider: vscode.DebugConfigurationProvider = {
    resolveDebugConfiguration: async (folder, configuration) => {
      if (folder && isToBeFilled(configuration)) {
        const program = typeof configuration["program"] === "string" ? configuration["program"].replace(WORKSPACE, folder.uri.fsPath) : undefined;
        const asked = server.client?.sendRequest(EnvFilesRequest, { folder: folderId(folder), ...(program ? { path: program } : {}) });
        const found = await asked?.catch(() => undefined); // debugging also starts without the server
        if (found?.files[0]) {
          configuration["envFile"] = found.files[0];
        }
      }
      return configuration;
    },
  };
  return vscode.Disposable.from(...TYPES.map((type) => vscode.debug.registerDebugConfigurationProvider(type, provider)));
}

/** Whether a configuration starts a program here and does not set an env file. */
export function isToBeFilled(configuration: vscode.DebugConfiguration): boolean {
  return configuration.request === "launch" && configuration["envFile"] === undefined;
}
