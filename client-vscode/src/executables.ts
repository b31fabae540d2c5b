// Finds programs, but never one in the workspace.

import * as fs from "node:fs";
import * as path from "node:path";

/** Whether a file is in one of the folders, with links resolved. */
export function isInside(file: string, folders: readonly string[]): boolean {
  return folders.some((folder) => {
    const relative = path.relative(realPath(folder), realPath(file));
    return relative.split(path.sep)[0] !== ".." && !path.isAbsolute(relative);
  });
}

/**
 * Absolute paths of the programs with these names on PATH, in the order of the names.
 * Empty and relative entries of PATH are skipped, and everything in one of the `forbidden` folders.
 */
export function findOnPath(
  names: readonly string[],
  forbidden: readonly string[],
  environment: NodeJS.ProcessEnv = process.env,
): string[] {
  const folders = (environment["PATH"] ?? environment["Path"] ?? "").split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  const suffix = process.platform === "win32" ? ".exe" : "";
  return names
    .flatMap((name) => folders.map((folder) => path.join(folder, name + suffix)))
    .filter((file) => isExecutable(file) && !isInside(path.dirname(file), forbidden) && !isInside(file, forbidden));
}

function isExecutable(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

function realPath(file: string): string {
  try {
    return fs.realpathSync.native(file);
  } catch {
    return path.resolve(file);
  }
}
