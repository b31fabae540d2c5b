// If a debug configuration has no `envFile`, debugging uses the env file of the program. The Python extension sets its
// own default after this, in resolveDebugConfigurationWithSubstitutedVariables.

import * as vscode from "vscode";
import { folderId } from "./folders";
import { EnvFilesRequest } from "./protocol";
import type { Server } from "./server";
import { isSet } from "./settings";
import { isToBeFilled, startedFile } from "./started";

const TYPES = ["debugpy", "python"];

/** Sets `envFile` in Python debug configurations, unless they or the user's settings set it. */
export function fillEnvFiles(server: Server): vscode.Disposable {
  const provider: vscode.DebugConfigurationProvider = {
    resolveDebugConfiguration: async (folder, configuration) => {
      const isEnvFileSet = isSet(vscode.workspace.getConfiguration("python", folder).inspect("envFile"));
      if (folder && isToBeFilled(configuration, isEnvFileSet)) {
        const started = startedFile(configuration, folder.uri.fsPath, vscode.window.activeTextEditor?.document.uri.fsPath);
        await server.need();
        const asked = server.client?.sendRequest(EnvFilesRequest, { folder: folderId(folder), ...(started ? { path: started } : {}) });
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
