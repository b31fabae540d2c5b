// Which program runs the server.

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import * as path from "node:path";
import * as vscode from "vscode";
import { findOnPath, isInside } from "./executables";
import { activePython } from "./pythonExtensions";

const PROBE_TIMEOUT = 10_000;
const NAMES = ["python3", "python", "python3.14", "python3.13", "python3.12", "python3.11", "py"];

/** The command line of the server and a description of its origin, or why there is none. */
export type Found = { command: string; args: string[]; origin: string } | { problem: string };

interface Probe {
  version: string;
  executable: string;
  problem: string;
}

/**
 * Finds the program, in this order: the settings `path` and `interpreter`, the Python extension, PATH.
 * A program that the user has named is used or rejected, but never replaced by another one.
 */
export async function findServer(start: string, log: vscode.LogOutputChannel): Promise<Found> {
  const settings = vscode.workspace.getConfiguration("configvars");
  const installed = settings.get<string>("path", "");
  if (installed) {
    return path.isAbsolute(installed)
      ? { command: installed, args: ["server"], origin: "configvars.path" }
      : { problem: "The setting configvars.path is not an absolute path." };
  }
  const named = settings.get<string>("interpreter", "");
  if (named) {
    const problem = path.isAbsolute(named) ? await refusal(named, start) : "is not an absolute path";
    return problem
      ? { problem: `The Python of the setting configvars.interpreter, ${named}, ${problem}.` }
      : bundled(named, start, "configvars.interpreter");
  }
  return findInterpreter(start, log);
}

async function findInterpreter(start: string, log: vscode.LogOutputChannel): Promise<Found> {
  const refused: string[] = [];
  for (const { python, origin } of await candidates(log)) {
    const problem = await refusal(python, start);
    if (!problem) {
      return bundled(python, start, origin);
    }
    refused.push(`${python} ${problem}`);
    log.info(`Python not used: ${python} ${problem}`);
  }
  const why = refused[0] ? ` ${refused[0]}.` : "";
  return { problem: `Config Vars needs Python 3.11 or newer and found none.${why}` };
}

async function candidates(log: vscode.LogOutputChannel): Promise<{ python: string; origin: string }[]> {
  const folders = (vscode.workspace.workspaceFolders ?? []).map((folder) => folder.uri.fsPath);
  const late = (extension: string) => log.warn(`${extension} did not report its Python in time, so one from PATH is used. “Restart Server” tries again.`);
  const active = await activePython(vscode.workspace.workspaceFolders?.[0]?.uri, late);
  const isAllowed = active !== undefined && (vscode.workspace.isTrusted || !isInside(path.dirname(active), folders));
  return [
    ...(isAllowed ? [{ python: active, origin: "the Python extension" }] : []),
    ...findOnPath(NAMES, folders).map((python) => ({ python, origin: "PATH" })),
  ];
}

function bundled(python: string, start: string, origin: string): Found {
  return { command: python, args: ["-I", start], origin };
}

/** Why an interpreter cannot run the bundled server, as the end of a sentence; empty if it can. */
async function refusal(python: string, start: string): Promise<string> {
  try {
    const options = { timeout: PROBE_TIMEOUT, cwd: path.dirname(start), windowsHide: true };
    const { stdout } = await promisify(execFile)(python, ["-I", start, "--check"], options);
    return (JSON.parse(stdout) as Probe).problem;
  } catch {
    return "could not be run or is older than Python 3.11";
  }
}
