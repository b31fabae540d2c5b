import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { pickApps, pickVariables } from "../src/pick";
import type { AppsResult, Overview } from "../src/protocol";
import { pickers, reported, type Picker } from "./vscode";

const FOLDER = { name: "bakery", uri: { toString: () => "file:///bakery", path: "/bakery" } } as unknown as Parameters<typeof pickApps>[1];
const REPEAT = { again: () => undefined };
const SEVERAL = "Several apps, or none…";

/** A client whose server gives this answer. */
function client(more: Partial<AppsResult>): Parameters<typeof pickApps>[0] {
  const available = ["bakery-prod", "bakery-staging", "walrus"].map((name) => ({ name, team: null }));
  const answer = { ok: true, message: "", chosen: [], suggested: [], available, ...more };
  return { sendRequest: () => Promise.resolve(answer) } as unknown as Parameters<typeof pickApps>[0];
}

/** Lets the picker get its items; returns it. */
async function shown(at = 0): Promise<Picker> {
  await new Promise((resolve) => setImmediate(resolve));
  return pickers[at]!;
}

function rows(picker: Picker): string[] {
  return picker.items.map(({ label, description }) => [label, description].filter(Boolean).join(": "));
}

beforeEach(() => {
  pickers.length = 0;
});

test("an app that is taken replaces the chosen one, which comes first", async () => {
  const answer = pickApps(client({ chosen: ["bakery-staging"], suggested: ["bakery-prod"], remotes: { "bakery-prod": "heroku" } }), FOLDER, REPEAT);
  const picker = await shown();
  assert.deepEqual(rows(picker), [SEVERAL, "bakery-staging: chosen", "bakery-prod: git remote heroku", "walrus"]);
  assert.deepEqual([picker.canSelectMany, picker.activeItems.map(({ label }) => label)], [false, ["bakery-staging"]]);
  picker.take("bakery-prod");
  assert.deepEqual(await answer, ["bakery-prod"]);
  assert.equal(pickers.length, 1);
});

test("several apps are an explicit step, in which the chosen ones are ticked", async () => {
  const answer = pickApps(client({ chosen: ["bakery-prod"] }), FOLDER, REPEAT);
  (await shown()).take(SEVERAL);
  const picker = await shown(1);
  assert.equal(picker.canSelectMany, true);
  assert.deepEqual(picker.selectedItems.map(({ label }) => label), ["bakery-prod"]);
  picker.take("bakery-prod", "walrus");
  assert.deepEqual(await answer, ["bakery-prod", "walrus"]);
});

test("only who unticks all apps chooses none", async () => {
  const answer = pickApps(client({ chosen: ["bakery-prod"] }), FOLDER, REPEAT);
  (await shown()).take(SEVERAL);
  (await shown(1)).take();
  assert.deepEqual(await answer, []);
});

test("a chosen app that the user does not have is replaced, alone or by several", async () => {
  const ghost = { chosen: ["ghost-app"], suggested: ["ghost-app"], remotes: { "ghost-app": "heroku" } };
  const answer = pickApps(client(ghost), FOLDER, REPEAT);
  const picker = await shown();
  assert.equal(rows(picker).at(-1), "ghost-app: git remote heroku · chosen · not among your apps");
  assert.equal(picker.activeItems[0]?.label, "bakery-prod");
  picker.take(SEVERAL);
  assert.deepEqual((await shown(1)).selectedItems, []);
  (await shown(1)).take("walrus");
  assert.deepEqual(await answer, ["walrus"]);
});

test("a name that no app has closes no list and chooses nothing", async () => {
  const answer = pickApps(client({}), FOLDER, REPEAT);
  const picker = await shown();
  picker.type("bakrey");
  picker.enter();
  picker.type("walrus");
  picker.enter();
  assert.deepEqual(await answer, ["walrus"]);
});

test("a typed name without a tick closes no list with check boxes", async () => {
  const answer = pickApps(client({}), FOLDER, REPEAT);
  (await shown()).take(SEVERAL);
  const picker = await shown(1);
  picker.type("bakrey");
  picker.enter();
  picker.take("walrus");
  assert.deepEqual(await answer, ["walrus"]);
});

test("a closed list chooses nothing", async () => {
  const answer = pickApps(client({ chosen: ["bakery-prod"] }), FOLDER, REPEAT);
  (await shown()).dispose();
  assert.equal(await answer, undefined);
});

test("the list of variables needs none to be ticked, and is not opened for nothing", async () => {
  const row = { name: "SECRET_KEY", scope: "env", attention: null, check: null, message: "", need: "required", local: "missing", places: [], apps: [{ app: "shop", state: "set", same: null, addon: null }] };
  const overview = (rows: unknown[]) => Promise.resolve({ version: 1, loading: false, apps: [], rows } as Overview);
  const answer = pickVariables(overview([row]), "shop");
  (await shown()).enter();
  assert.deepEqual(await answer, ["SECRET_KEY"]);
  assert.equal(await pickVariables(overview([]), "shop"), undefined);
  assert.equal(reported.at(-1), "All config vars of shop are set locally.");
});
