import assert from "node:assert/strict";
import { test } from "node:test";
import { within } from "../src/within";

const never = new Promise<string>(() => undefined);

test("waiting ends after the given time, and late is called once", async () => {
  let late = 0;
  assert.equal(await within(1, () => never, () => late++), undefined);
  assert.equal(late, 1);
});

test("an answer in time is returned, and late is never called", async () => {
  const late = () => assert.fail("it was in time");
  assert.equal(await within(60_000, () => Promise.resolve("python3"), late), "python3");
});

test("a failure, immediate or later, is no answer", async () => {
  const late = () => assert.fail("it was in time");
  const fails = (): Promise<string> => {
    throw new Error("broken");
  };
  assert.equal(await within(60_000, fails, late), undefined);
  assert.equal(await within(60_000, () => Promise.reject(new Error("broken")), late), undefined);
});
