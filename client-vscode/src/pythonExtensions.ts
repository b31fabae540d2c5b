// The interpreter that the Python Environments or the Python extension has selected, if one of them is installed.

import * as vscode from "vscode";
import { within } from "./within";

const ENVIRONMENTS = "ms-python.vscode-python-envs";
const PYTHON = "ms-python.python";

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

const PATIENCE = 4000; // milliseconds to wait for an extension to start and answer

/** The interpreter selected for a folder; undefined if no extension answers in time, which is reported to `late`. */
export async function activePython(folder: vscode.Uri | undefined, late: (extension: string) => void): Promise<string | undefined> {
  const [chosen, active] = await Promise.all([
    within(PATIENCE, () => fromEnvironments(folder), () => late("The Python Environments extension")),
    within(PATIENCE, () => fromPython(folder), () => late("The Python extension")),
  ]);
  return chosen ?? active;
}

async function fromEnvironments(folder: vscode.Uri | undefined): Promise<string | undefined> {
  const environments = await api<PythonEnvironments>(ENVIRONMENTS);
  return (await environments?.getEnvironment(folder))?.execInfo?.run?.executable || undefined;
}

async function fromPython(folder: vscode.Uri | undefined): Promise<string | undefined> {
  const python = await api<PythonExtension>(PYTHON);
  const active = python?.environments.getActiveEnvironmentPath(folder);
  const resolved = active && (await python?.environments.resolveEnvironment(active));
  return resolved?.executable.uri?.fsPath;
}

/** Calls `changed` when an extension reports that another interpreter was selected; waits for neither. */
export function onDidChangePython(changed: () => void): vscode.Disposable {
  const listening: vscode.Disposable[] = [];
  let disposed = false;
  const listen = (event: vscode.Event<unknown> | undefined) => {
    if (event && !disposed) {
      listening.push(event(changed));
    }
  };
  void api<PythonEnvironments>(ENVIRONMENTS).then((environments) => listen(environments?.onDidChangeEnvironment));
  void api<PythonExtension>(PYTHON).then((python) => listen(python?.environments.onDidChangeActiveEnvironmentPath));
  return new vscode.Disposable(() => {
    disposed = true;
    vscode.Disposable.from(...listening).dispose();
  });
}

async function api<T>(extension: string): Promise<T | undefined> {
  try {
    return (await vscode.extensions.getExtension<T>(extension)?.activate()) ?? undefined;
  } catch {
    return undefined; // an extension that fails to start has already told the user
  }
}
