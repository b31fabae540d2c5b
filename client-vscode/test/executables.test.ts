import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";
import { findOnPath, isInside } from "../src/executables";

const root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "configvars-")));
process.on("exit", () => fs.rmSync(root, { recursive: true }));
const suffix = process.platform === "win32" ? ".exe" : "";

function program(folder: string, name: string): string {
  const file = path.join(root, folder, name + suffix);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, "", { mode: 0o755 });
  return file;
}
const found = (entries: string[], ...names: string[]): string[] =>
  findOnPath(names, [path.join(root, "ws")], { PATH: entries.join(path.delimiter) });

const planted = program("ws/bin", "python3");
const real = program("bin", "python3");
const other = program("bin", "python");

test("no program of the workspace is found, whatever PATH contains", () => {
  process.chdir(path.dirname(planted));
  for (const entry of ["", ".", "bin", path.dirname(planted), path.join(root, "bin", "..", "ws", "bin")]) {
    assert.deepEqual(found([entry], "python3"), [], `PATH entry ${entry}`);
  }
  process.chdir(os.tmpdir());
});

test("nor through a link from outside that leads into it", { skip: process.platform === "win32" }, () => {
  fs.mkdirSync(path.join(root, "links"));
  fs.symlinkSync(planted, path.join(root, "links", "python3"));
  fs.symlinkSync(path.dirname(planted), path.join(root, "linked"));
  assert.deepEqual(found([path.join(root, "links"), path.join(root, "linked")], "python3"), []);
});

test("the results are in the order of the names, then of the folders", () => {
  assert.deepEqual(found([path.dirname(planted), path.dirname(real)], "python3", "python", "py"), [real, other]);
});

test("a folder whose path only starts with the same characters is not inside", () => {
  assert.equal(isInside(path.join(root, "workspace", "x"), [path.join(root, "ws")]), false);
  assert.equal(isInside(path.join(root, "ws", "..x"), [path.join(root, "ws")]), true);
});
