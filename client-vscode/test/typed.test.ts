import assert from "node:assert/strict";
import { test } from "node:test";
import { typedAfter } from "../src/typed";

const part = (text: string, line = 1, last = line) => ({ range: { start: { line }, end: { line: last } }, text });
const change = (...of: Parameters<typeof part>) => ({ contentChanges: [part(...of)], reason: undefined });
const none = new Set<number>();
const one = new Set([1]);

test("a line is typed if each change is a letter, or deletes some, and nothing was hidden in it before", () => {
  assert.deepEqual(typedAfter(change("M"), none, none), one);
  assert.deepEqual(typedAfter(change("A"), one, one), one);
  assert.deepEqual(typedAfter(change(""), none, none), one);
});

test("what is pasted, or left of a hidden line, is not typed", () => {
  assert.deepEqual(typedAfter(change("hunter2"), one, none), none);
  assert.deepEqual(typedAfter(change(""), none, one), none);
  assert.deepEqual(typedAfter(change("x"), none, one), none);
  assert.deepEqual(typedAfter(change("x"), none, undefined), none, "what was hidden is not known");
});

test("lines that move are not typed any more", () => {
  assert.deepEqual(typedAfter(change("\n"), one, none), none);
  assert.deepEqual(typedAfter(change("", 0, 1), one, none), none);
});

test("several changes to one line are not typed, whatever their order; letters at several cursors are", () => {
  for (const texts of [["hunter2", "x"], ["x", "hunter2"], ["h", "u"]]) {
    assert.deepEqual(typedAfter({ contentChanges: texts.map((text) => part(text)) }, one, none), none);
  }
  assert.deepEqual(typedAfter({ contentChanges: [part("x", 2), part("x", 1)] }, none, none), new Set([2, 1]));
});

test("what is undone or done again is not typed, even if it is a letter", () => {
  for (const reason of [1, 2]) {
    assert.deepEqual(typedAfter({ ...change("h"), reason }, one, none), none);
  }
});
