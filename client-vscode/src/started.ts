// Which program a debug configuration starts.

import * as path from "node:path";
import type { DebugConfiguration } from "vscode";

/** Whether a configuration starts a program on this machine and has no setting for env files. */
export function isToBeFilled(configuration: DebugConfiguration): boolean {
  return configuration.request === "launch" && configuration["envFile"] === undefined;
}

/** The file that a configuration starts, or one in the folder where it starts a module; undefined if it names neither. */
export function startedFile(configuration: DebugConfiguration, folder: string, active: string | undefined): string | undefined {
  const cwd = resolved(configuration["cwd"], folder, active) ?? folder;
  const program = resolved(configuration["program"], folder, active);
  const file = program === undefined ? path.join(cwd, "app.py") : path.resolve(cwd, program);
  return file.includes("${") ? undefined : file;
}

function resolved(written: unknown, folder: string, active: string | undefined): string | undefined {
  return typeof written === "string"
    ? written
        .replace(/\$\{workspace(?:Folder|Root)\}/g, () => folder)
        .replace(/\$\{file\}/g, (variable) => active ?? variable)
        .replace(/\$\{fileDirname\}/g, (variable) => (active === undefined ? variable : path.dirname(active)))
    : undefined;
}
