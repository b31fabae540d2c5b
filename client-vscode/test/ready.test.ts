import assert from "node:assert/strict";
import { test } from "node:test";
import { ifReady } from "../src/ready";

test("a command for which no app was chosen is not sent, and its outcome says so", async () => {
  const sent: string[] = [];
  const outcome = await ifReady(false, () => sent.push("configvars.pull"));
  assert.deepEqual(outcome, { ok: false, message: "Cancelled: nothing was changed.", dismissed: true });
  assert.deepEqual(sent, []);
});

test("a command that is ready returns the answer of the server", async () => {
  assert.deepEqual(await ifReady(true, () => Promise.resolve({ ok: true, message: "Pulled." })), { ok: true, message: "Pulled." });
});
