// The Python that the Python Environments or the Python extension has chosen, where one of them is there.

import * as vscode from "vscode";

interface PythonEnvironments {
  getEnvironment(scope: vscode.Uri | undefined): Promise<{ execInfo?: { run?: { executable?: string } } } | undefined>;
  onDidChangeEnvironment?: vscode.Event<unknown>;
}

interface PythonExtension {
  environments: {
    getActiveEnvironmentPath(resource?: vscode.Uri): { path: string };
    resolveEnvironment(environment: { path: string }): Promise<{ executable: { uri?: vscode.Uri } } | undefined>;
    onDidChangeActiveEnvironmentPath: vscode.Event<unknown>;
  };
}

/** The interpreter chosen for a folder; undefined where no extension tells one. */
export async function activePython(folder: vscode.Uri | undefined): Promise<string | undefined> {
  const environments = await api<PythonEnvironments>("ms-python.vscode-python-envs");
  const chosen = await environments?.getEnvironment(folder);
  if (chosen?.execInfo?.run?.executable) {
    return chosen.execInfo.run.executable;
  }
  const python = await api<PythonExtension>("ms-python.python");
  const active = python?.environments.getActiveEnvironmentPath(folder);
  const resolved = active && (await python?.environments.resolveEnvironment(active));
  return resolved?.executable.uri?.fsPath;
}

/** Calls `changed` whenever one of the extensions says that another interpreter was chosen. */
export async function onDidChangePython(changed: () => void): Promise<vscode.Disposable[]> {
  const environments = await api<PythonEnvironments>("ms-python.vscode-python-envs");
  const python = await api<PythonExtension>("ms-python.python");
  const events = [environments?.onDidChangeEnvironment, python?.environments.onDidChangeActiveEnvironmentPath];
  return events.filter((event) => event !== undefined).map((event) => event(changed));
}

async function api<T>(extension: string): Promise<T | undefined> {
  try {
    return (await vscode.extensions.getExtension<T>(extension)?.activate()) ?? undefined;
  } catch {
    return undefined; // an extension that fails to start has told the user so itself
  }
}
