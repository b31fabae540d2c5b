import assert from "node:assert/strict";
import { test } from "node:test";
import { reportProblems } from "../src/problem";
import type { Server, State } from "../src/server";
import { errors, EventEmitter } from "./vscode";

test("a problem is shown once, and again after the user has tried again", () => {
  const states = new EventEmitter<State>();
  reportProblems({ onDidChangeState: states.event } as unknown as Server, undefined as never);
  const fail = (): void => states.fire({ kind: "failed", problem: "no Python" });
  fail();
  fail();
  assert.deepEqual(errors, ["no Python"]);
  states.fire({ kind: "starting" });
  fail();
  assert.deepEqual(errors, ["no Python", "no Python"]);
});
