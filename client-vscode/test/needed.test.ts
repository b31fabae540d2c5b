import assert from "node:assert/strict";
import { test } from "node:test";
import { isSign } from "../src/needed";

/** Whether a document starts the server, written as "language path". */
function isNeededFor(document: string): boolean {
  const [language = "", path = ""] = document.split(" ");
  return isSign(language, { scheme: "file", path });
}

test("documents of a window without Python do not start the server", () => {
  const others = ["html /web/index.html", "plaintext /notes.txt", "shellscript /run.sh", "ini /setup.ini", "properties /app.properties", "json /app.json"];
  assert.deepEqual(others.filter(isNeededFor), []);
  assert.equal(isSign("properties", { scheme: "git", path: "/shop/.env" }), false);
});

test("Python and env files start it, whatever the language of an env file is", () => {
  const signs = ["python /shop/app", "dotenv /shop/settings", "properties /shop/backend/.env", "plaintext /shop/deploy/.env.staging", "ini /shop/production.env", "shellscript /shop/.envrc"];
  assert.deepEqual(signs.filter((each) => !isNeededFor(each)), []);
});
