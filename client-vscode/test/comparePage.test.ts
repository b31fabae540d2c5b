import assert from "node:assert/strict";
import { test } from "node:test";
import { page, rowsOf } from "../src/comparePage";
import type { AppState, Overview, Row } from "../src/protocol";

const there = (state: AppState["state"], same: boolean | null = null, addon: string | null = null): AppState[] => [{ app: "shop", state, same, addon }];
const row = (name: string, local: Row["local"], apps: AppState[], scope: Row["scope"] = "env"): Row => ({ name, scope, attention: null, check: null, message: "", need: null, local, places: [], apps });

test("each variable is a row, those that differ first", () => {
  const rows = [
    row("UNSEEN", "set", there("set")),
    row("ALIKE", "set", there("set", true)),
    row("EXTRA", "set", there("missing")),
    row("KEY", "set", [], "flask"),
    row("MISSING", "missing", there("set", null, "heroku-redis")),
    row("OTHER", "set", there("set", false)),
    row("EMPTY", "empty", there("set", true)),
    row("UNKNOWN", "set", there("unknown")),
  ];
  const overview: Overview = { version: 1, loading: false, apps: [], rows };
  assert.deepEqual(
    rowsOf(overview, "shop").map((line) => [line.name, line.here, line.there, line.addon, line.kind, line.pull ? "pull" : ""].join("|")),
    [
      "EXTRA|set|missing||extra|",
      "MISSING|missing|set|heroku-redis|missing|pull",
      "OTHER|set|different value||differs|pull",
      "ALIKE|set|same value||same|",
      "EMPTY|empty|same value||same|",
      "UNKNOWN|set|not known||unknown|",
      "UNSEEN|set|set||unknown|",
    ],
  );
});

test("names of the user's variables are never markup in the page, and the page loads nothing", () => {
  const made = page("<b>shop</b> & co", "<i>", "abc");
  assert.ok(!made.includes("<b>") && !made.includes("<i>"));
  assert.match(made, /default-src 'none'; style-src 'nonce-abc'; script-src 'nonce-abc'/);
  assert.ok(!/https?:\/\//.test(made));
});
