import assert from "node:assert/strict";
import { test } from "node:test";
import { sides } from "../src/sides";
import type { Overview, Row } from "../src/protocol";

const row = (name: string, local: Row["local"], state: "set" | "missing", same: boolean | null = null): Row => ({
  name,
  scope: "env",
  attention: null,
  message: "",
  need: null,
  local,
  places: [],
  apps: [{ app: "shop", state, same, addon: null }],
});

test("both sides name the same variables on the same lines, and differ where the lives do", () => {
  const rows = [
    row("SECRET_KEY", "set", "set", true),
    row("DEBUG", "set", "missing"),
    row("TOKEN", "set", "set", false),
    row("MAIL", "missing", "set"),
  ];
  const overview: Overview = { version: 1, loading: false, apps: [], rows };
  assert.deepEqual(sides(overview, "shop"), {
    local: "DEBUG       set\nMAIL        -\nSECRET_KEY  set\nTOKEN       set\n",
    remote: "DEBUG       -\nMAIL        set\nSECRET_KEY  set\nTOKEN       set, differs\n",
  });
});
