// Which program a debug configuration starts.

import * as path from "node:path";
import type { DebugConfiguration } from "vscode";

/** Whether a configuration starts a program on this machine, and neither it nor the setting `python.envFile` names an env file. */
export function isToBeFilled(configuration: DebugConfiguration, isEnvFileSet: boolean): boolean {
  return (configuration.request === "launch" || isEmpty(configuration)) && configuration["envFile"] === undefined && !isEnvFileSet;
}

/** Whether VS Code debugs without launch.json: the Python extension then starts the active file. */
function isEmpty(configuration: DebugConfiguration): boolean {
  return (["name", "type", "request", "program"] as const).every((key) => configuration[key] === undefined);
}

/** The file that a configuration starts, or one in the folder where it starts a module; undefined if it names neither. */
export function startedFile(configuration: DebugConfiguration, folder: string, active: string | undefined): string | undefined {
  if (isEmpty(configuration)) {
    return active;
  }
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
