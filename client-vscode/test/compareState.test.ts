import assert from "node:assert/strict";
import { test } from "node:test";
import { stateOf } from "../src/compareState";
import type { Overview, Status } from "../src/protocol";

const FETCHED = "2026-11-05T12:00:00Z";
const overview = (fetched: string | null, rest: Partial<Overview> = {}): Overview => ({ version: 1, loading: false, apps: [{ app: "shop", production: true, fetched }], rows: [], ...rest });
const status = (state: Status["state"], message = ""): Status => ({ folder: "file:///shop", apps: ["shop"], fetched: null, state, message });

const told = (...args: Parameters<typeof stateOf>): string => {
  const { busy, note, fetched } = stateOf(...args);
  return [busy ? "busy" : "", note, fetched ?? ""].filter(Boolean).join(" | ");
};

test("the page is busy while Heroku is asked, and keeps what it knows", () => {
  assert.equal(told("shop", undefined, undefined, true), "busy | Asking Heroku about shop…");
  assert.equal(told("shop", overview(null), status("fetching"), false), "busy | Asking Heroku about shop…");
  assert.equal(told("shop", overview(FETCHED), status("fetching"), false), `busy | Asking Heroku about shop… | ${FETCHED}`);
  assert.equal(told("shop", overview(null, { loading: true }), status("idle"), false), "busy | Reading the files of this folder…");
});

test("the page says why it knows nothing about the app", () => {
  assert.equal(told("shop", undefined, undefined, false), "Config Vars is not running");
  assert.equal(told("shop", overview(null), status("untrusted"), false), "Heroku is not contacted in Restricted Mode");
  assert.equal(told("shop", overview(null), status("failed", "You are not logged in to Heroku."), false), "You are not logged in to Heroku.");
  assert.equal(told("staging", overview(FETCHED), status("idle"), false), "staging is no longer chosen for this folder");
});

test("the page of an app that has answered is not busy", () => {
  assert.deepEqual(stateOf("shop", overview(FETCHED), status("idle"), false), { busy: false, note: "", fetched: FETCHED, production: true });
});
