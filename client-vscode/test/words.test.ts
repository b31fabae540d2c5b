import assert from "node:assert/strict";
import { test } from "node:test";
import { afterName, age, byReason, describe, groupTooltip, isNeedy, marks, missingCount, pullable, reason, rowWords } from "../src/words";
import type { Overview, Row } from "../src/protocol";

const row = (name: string, more: Partial<Row> = {}): Row => ({
  name,
  scope: "env",
  attention: null,
  check: null,
  message: "",
  need: "required",
  local: "missing",
  places: [],
  apps: [{ app: "shop", state: "set", same: null, addon: null }],
  ...more,
});
const overview = (...rows: Row[]): Overview => ({ version: 1, loading: false, apps: [], rows });

test("variables of the app can be pulled if they are missing or empty here; those that differ come last", () => {
  const rows = [
    row("SET", { local: "set" }),
    row("DIFFERS", { local: "set", apps: [{ app: "shop", state: "set", same: false, addon: null }] }),
    row("EMPTY", { local: "empty" }),
    row("EMPTY_THERE_TOO", { local: "empty", apps: [{ app: "shop", state: "set", same: true, addon: null }] }),
    row("FLASK_KEY", { scope: "flask" }),
    row("ELSEWHERE", { apps: [{ app: "staging", state: "set", same: null, addon: null }] }),
    row("NOWHERE", { apps: [{ app: "shop", state: "missing", same: null, addon: null }] }),
    row("WANTED"),
  ];
  assert.deepEqual(
    pullable(overview(...rows), "shop").map((found) => `${found.row.name} ${found.gap}`),
    ["EMPTY empty", "WANTED missing", "DIFFERS differs"],
  );
});

test("the reason why a variable needs attention", () => {
  const there: Row["apps"] = [{ app: "shop-demo", state: "set", same: null, addon: null }];
  const not: Row["apps"] = [{ app: "shop-demo", state: "missing", same: null, addon: null }];
  const other: Row["apps"] = [{ app: "shop-demo", state: "set", same: false, addon: null }];
  assert.equal(reason(row("X", { apps: there })), "missing, on Heroku");
  assert.equal(reason(row("X", { local: "empty", apps: there })), "empty, on Heroku");
  assert.equal(reason(row("X", { local: "empty", apps: other })), "empty, on Heroku");
  assert.equal(reason(row("X", { local: "set", apps: not })), "not on shop-demo");
  assert.equal(reason(row("X", { local: "set", apps: not, need: null })), "");
  assert.equal(reason(row("X", { local: "set", apps: other })), "");
  assert.equal(reason(row("X", { apps: [] })), "missing");
});

test("the reason fits a narrow side bar whatever the apps are called; the tooltip names them", () => {
  const [there, not]: Row["apps"] = [
    { app: "petshop-walrus-staging", state: "set", same: null, addon: null },
    { app: "petshop-walrus", state: "missing", same: null, addon: null },
  ];
  const cases: [Row, string, string][] = [
    [row("X", { apps: [there!] }), "missing, on Heroku", "Missing, on petshop-walrus-staging"],
    [row("X", { local: "empty", apps: [not!] }), "empty", "Empty, not on petshop-walrus"],
    [row("X", { apps: [there!, not!] }), "missing, on 1 app", "Missing, on petshop-walrus-staging, not on petshop-walrus"],
    [row("X", { local: "set", apps: [not!, there!] }), "not on 1 app", "Not on petshop-walrus"],
    [row("X", { apps: [not!, { ...not!, app: "other" }] }), "missing everywhere", "Missing, not on petshop-walrus, other"],
  ];
  for (const [one, short, whole] of cases) {
    assert.equal(reason(one), short);
    assert.equal(groupTooltip(short, [{ ...one, attention: "warning", check: "not-on-heroku" }]), whole);
  }
  assert.equal(groupTooltip("Postgres scheme", [row("X", { local: "set", check: "postgres-scheme" })]), "Postgres scheme");
});

test("a row that needs attention for another reason names the check", () => {
  const there: Row["apps"] = [{ app: "shop", state: "set", same: true, addon: null }];
  const scheme = row("DATABASE_URL", { local: "set", apps: there, attention: "warning", check: "postgres-scheme" });
  assert.equal(rowWords(scheme), "postgres scheme");
  assert.equal(rowWords({ ...scheme, attention: "hint" }), "✓ local  ✓ shop");
  assert.equal(rowWords({ ...scheme, local: "missing" }), "missing, on shop");
  assert.equal(rowWords(row("API_TOKEN", { scope: "flask", attention: "warning", check: "hardcoded-secret" })), "hardcoded secret");
  assert.equal(rowWords(row("TESTING", { scope: "flask" })), "Flask key");
});

test("the reason is that of the finding: another state of the variable is none", () => {
  const apps: Row["apps"] = [
    { app: "shop", state: "set", same: false, addon: null },
    { app: "staging", state: "missing", same: null, addon: null },
  ];
  const said = (check: string | null, local: Row["local"], more: Partial<Row> = {}): string =>
    rowWords(row("X", { local, apps, attention: check === null ? null : "warning", check, ...more }));
  assert.equal(said("postgres-scheme", "set"), "postgres scheme");
  assert.equal(said("unconvertible-value", "unknown"), "unconvertible value");
  assert.equal(said("missing-variable", "set"), "missing variable");
  assert.equal(said("not-on-heroku", "set"), "not on staging");
  assert.equal(said("missing-variable", "missing"), "missing, on 1 app");
  assert.equal(said("postgres-scheme", "missing", { need: "optional" }), "postgres scheme");
  assert.equal(said("apps-differ", "set", { attention: "information" }), "✓ local  ≠ shop  ✗ staging");
  assert.equal(isNeedy(row("X", { local: "set", apps })), false, "a value that differs is no reason");
  assert.equal(said(null, "set"), "✓ local  ≠ shop  ✗ staging");
});

test("rows are grouped by why they need attention", () => {
  const there: Row["apps"] = [{ app: "shop", state: "set", same: null, addon: null }];
  const rows = [
    row("A", { apps: there, attention: "error", check: "missing-variable" }),
    row("B", { local: "set", apps: there, attention: "warning", check: "postgres-scheme" }),
    row("C", { apps: there, attention: "error", check: "missing-variable" }),
  ];
  assert.deepEqual(
    byReason(rows).map((group) => [group.reason, ...group.rows.map((each) => each.name)]),
    [
      ["Missing, on shop", "A", "C"],
      ["Postgres scheme", "B"],
    ],
  );
});

test("the most urgent reason comes first: by severity, then what is missing here, then what is empty", () => {
  const rows = [
    row("A", { local: "set", attention: "warning", check: "unused-variable" }),
    row("B", { local: "empty", attention: "warning" }),
    row("C", { local: "missing", attention: "warning", apps: [] }),
    row("D", { scope: "flask", local: "missing", attention: "warning", check: "unknown-config-key" }),
    row("E", { local: "set", attention: "error", check: "postgres-scheme" }),
  ];
  assert.deepEqual(
    byReason(rows).map((group) => group.rows.map((each) => each.name).join()),
    ["E", "C", "B", "A", "D"],
  );
});

test("missing variables are counted", () => {
  const rows = [row("A", { attention: "warning" }), row("B"), row("C", { local: "empty", attention: "information" }), row("D", { local: "set", attention: "warning" })];
  assert.equal(missingCount(overview(...rows)), 2);
  assert.deepEqual(rows.filter(isNeedy).map((each) => each.name), ["A", "C", "D"], "what is counted also needs attention");
});

test("the state of a variable here and on each app", () => {
  const apps: Row["apps"] = [
    { app: "shop", state: "set", same: true, addon: null },
    { app: "staging", state: "set", same: false, addon: null },
    { app: "review", state: "unknown", same: null, addon: null },
  ];
  assert.equal(marks(row("X", { local: "set", apps })), "✓ local  ✓ shop  ≠ staging  ? review");
  assert.equal(
    describe(row("X", { local: "set", apps })),
    "set locally · shop: same value · staging: different value · review: not known yet",
  );
});

test("ages use the largest unit", () => {
  const now = Date.parse("2026-01-02T00:00:00Z");
  const said = ["2026-01-01T23:59:30Z", "2026-01-01T23:59:00Z", "2026-01-01T21:00:00Z", "2025-12-31T00:00:00Z", null];
  assert.deepEqual(
    said.map((time) => age(time, now)),
    ["just now", "1 minute ago", "3 hours ago", "2 days ago", "not fetched yet"],
  );
});

test("variables that code needs come first among those that can be pulled, those with another value last", () => {
  const owned: Row["apps"] = [{ app: "shop", state: "set", same: null, addon: "heroku-redis" }];
  const other: Row["apps"] = [{ app: "shop", state: "set", same: false, addon: null }];
  const rows = [row("DIFFERS", { local: "set", apps: other }), row("OWNED", { apps: owned }), row("UNREAD", { need: null }), row("NEEDED")];
  assert.deepEqual(
    pullable(overview(...rows), "shop").map((each) => each.row.name),
    ["NEEDED", "OWNED", "UNREAD", "DIFFERS"],
  );
});

test("a message after the name of its variable does not repeat it", () => {
  const said = (message: string): string => afterName(row("KEY", { message }));
  assert.deepEqual(["KEY is empty", "KEY_2 is empty", "Nothing reads KEY", ""].map(said), ["is empty", "KEY_2 is empty", "Nothing reads KEY", ""]);
});
