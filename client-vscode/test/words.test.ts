import assert from "node:assert/strict";
import { test } from "node:test";
import { age, describe, marks, pullable } from "../src/words";
import type { Overview, Row } from "../src/protocol";

const row = (name: string, more: Partial<Row> = {}): Row => ({
  name,
  scope: "env",
  attention: null,
  message: "",
  need: "required",
  local: "missing",
  places: [],
  apps: [{ app: "shop", state: "set", same: null, addon: null }],
  ...more,
});
const overview = (...rows: Row[]): Overview => ({ version: 1, loading: false, apps: [], rows });

test("only what the app has and no env file gives can be pulled", () => {
  const rows = [
    row("SET", { local: "set" }),
    row("EMPTY", { local: "empty" }),
    row("FLASK_KEY", { scope: "flask" }),
    row("ELSEWHERE", { apps: [{ app: "staging", state: "set", same: null, addon: null }] }),
    row("NOWHERE", { apps: [{ app: "shop", state: "missing", same: null, addon: null }] }),
    row("WANTED"),
  ];
  assert.deepEqual(pullable(overview(...rows), "shop").map((found) => found.name), ["WANTED"]);
});

test("a variable's lives are said side by side", () => {
  const apps: Row["apps"] = [
    { app: "shop", state: "set", same: true, addon: null },
    { app: "staging", state: "set", same: false, addon: null },
    { app: "review", state: "unknown", same: null, addon: null },
  ];
  assert.equal(marks(row("X", { local: "set", apps })), "✓ local  ✓ shop  ≠ staging  ? review");
  assert.equal(
    describe(row("X", { local: "set", apps })),
    "set locally · shop: same value · staging: another value · review: not known yet",
  );
});

test("ages are said in the largest unit", () => {
  const now = Date.parse("2026-01-02T00:00:00Z");
  const said = ["2026-01-01T23:59:30Z", "2026-01-01T23:59:00Z", "2026-01-01T21:00:00Z", "2025-12-31T00:00:00Z", null];
  assert.deepEqual(
    said.map((time) => age(time, now)),
    ["just now", "1 minute ago", "3 hours ago", "2 days ago", "never asked"],
  );
});
