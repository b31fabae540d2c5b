import assert from "node:assert/strict";
import { test } from "node:test";
import type { Status } from "../src/protocol";
import { shown } from "../src/statusWords";

const NOW = Date.parse("2026-01-02T00:00:00Z");
const status = (more: Partial<Status>): Status => ({ folder: "file:///shop", apps: ["shop-demo"], fetched: "2026-01-01T23:57:00Z", state: "idle", message: "", ...more });

test("the item shows the app, the age of its data, and the number of missing variables", () => {
  const said = [status({}), status({ state: "fetching" }), status({ apps: [], fetched: null, state: "none" }), status({ apps: [], fetched: null, state: "untrusted" })];
  assert.deepEqual(
    said.map((each) => shown(each, each.apps.length > 0 ? 2 : 0, NOW).text),
    ["$(cloud) shop-demo · 3 minutes ago · 2 missing", "$(sync~spin) shop-demo · asking… · 2 missing", "$(cloud) Choose Heroku app", "$(shield) Restricted Mode"],
  );
});

test("a click chooses another app, or opens the trust settings", () => {
  const failed = shown(status({ state: "failed", message: "Your Heroku account has no app called x." }), 0, NOW);
  assert.deepEqual([failed.command, failed.tooltip], ["configvars.ui.chooseApp", "Your Heroku account has no app called x."]);
  assert.equal(shown(status({ state: "untrusted" }), 0, NOW).command, "workbench.trust.manage");
});
