import assert from "node:assert/strict";
import { test } from "node:test";
import { activePython, onDidChangePython } from "../src/pythonExtensions";
import { installed } from "./vscode";

const ENVIRONMENTS = "ms-python.vscode-python-envs";
const PYTHON = "ms-python.python";
const never = new Promise<never>(() => undefined);
const environments = { getEnvironment: () => Promise.resolve({ execInfo: { run: { executable: "/envs/python" } } }) };
const python = (resolve: () => Promise<unknown>) => ({
  environments: {
    getActiveEnvironmentPath: () => ({ path: "/venv" }),
    resolveEnvironment: resolve,
    onDidChangeActiveEnvironmentPath: (listener: () => void) => {
      listener();
      return { dispose: () => undefined };
    },
  },
});
const resolved = { executable: { uri: { fsPath: "/venv/bin/python" } } };

async function asked(found: Record<string, () => Promise<unknown>>): Promise<[string | undefined, string[]]> {
  installed.clear();
  Object.entries(found).forEach(([name, activate]) => installed.set(name, { activate }));
  const late: string[] = [];
  return [await activePython(undefined, (extension) => late.push(extension)), late];
}

test("an extension that never starts or never answers blocks nothing, and is reported", async () => {
  assert.deepEqual(await asked({ [PYTHON]: () => never }), [undefined, ["The Python extension"]]);
  assert.deepEqual(await asked({ [PYTHON]: () => Promise.resolve(python(() => never)) }), [undefined, ["The Python extension"]]);
  assert.deepEqual(await asked({ [ENVIRONMENTS]: () => never, [PYTHON]: () => Promise.resolve(python(() => Promise.resolve(resolved))) }), [
    "/venv/bin/python",
    ["The Python Environments extension"],
  ]);
});

test("the Python Environments extension comes first, unless it fails", async () => {
  const both = { [ENVIRONMENTS]: () => Promise.resolve(environments), [PYTHON]: () => Promise.resolve(python(() => Promise.resolve(resolved))) };
  assert.deepEqual(await asked(both), ["/envs/python", []]);
  assert.deepEqual(await asked({ [PYTHON]: () => Promise.reject(new Error("broken")) }), [undefined, []]);
  assert.deepEqual(await asked({}), [undefined, []]);
});

test("a change in one extension is noticed although the other never starts", async () => {
  installed.clear();
  installed.set(ENVIRONMENTS, { activate: () => never });
  installed.set(PYTHON, { activate: () => Promise.resolve(python(() => never)) });
  await new Promise<void>((changed) => onDidChangePython(changed));
});
