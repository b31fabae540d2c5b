import assert from "node:assert/strict";
import { test } from "node:test";
import { saving } from "../src/saved";
import { documents } from "./vscode";

function document(name: string, isDirty = false, scheme = "file") {
  const made = { name, isDirty, uri: { scheme }, saved: 0, save: () => Promise.resolve(void made.saved++) };
  return made;
}

test("a file that the server has changed is saved, unless it had unsaved changes before", async () => {
  const all = [document(".env"), document(".env.local", true), document("app.py"), document("new", false, "untitled")];
  documents.splice(0, documents.length, ...all);
  const result = await saving(() => {
    all.filter((each) => each.name !== "app.py").forEach((each) => (each.isDirty = true));
    return "applied";
  });
  assert.equal(result, "applied");
  assert.deepEqual(
    all.map((each) => `${each.name} ${each.saved}`),
    [".env 1", ".env.local 0", "app.py 0", "new 0"],
  );
});
