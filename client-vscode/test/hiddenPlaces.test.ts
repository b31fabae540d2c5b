import assert from "node:assert/strict";
import { test } from "node:test";
import type * as vscode from "vscode";
import { holdsValues } from "../src/cloaked";
import { listed, reachable } from "../src/hiddenPlaces";

const hides = ({ path }: vscode.Uri): boolean => holdsValues(path);
const never = (): boolean => false;
const place = (path: string): vscode.Location => ({ uri: { path } }) as vscode.Location;
const link = (path: string): vscode.LocationLink => ({ targetUri: { path } }) as vscode.LocationLink;

const [code, template, env, local] = ["/shop/app.py", "/shop/.env.example", "/shop/.env", "/shop/.env.local"].map(place) as [
  vscode.Location,
  vscode.Location,
  vscode.Location,
  vscode.Location,
];

test("a list has no place in a file whose values are hidden; templates and code stay", () => {
  assert.deepEqual(listed([env, code, local, template], hides), [code, template]);
  assert.deepEqual(listed([env], hides), []);
  assert.deepEqual(listed([env, code], never), [env, code], "the values are shown");
});

test("of several definitions, the first is left if one of them is hidden", () => {
  assert.deepEqual(reachable([env, local], hides), [env]);
  assert.deepEqual(reachable([template, env], hides), [template]);
  const links = [link("/shop/.env"), link("/shop/app.py")];
  assert.deepEqual(reachable(links, hides), links.slice(0, 1));
});

test("definitions of which none is hidden are as the server found them, and so is a single one", () => {
  for (const found of [[code, template], [env], env, [], null, undefined]) {
    assert.equal(reachable(found, never), found);
  }
  assert.deepEqual(reachable([code, template], hides), [code, template]);
  assert.deepEqual(reachable([env], hides), [env]);
  assert.equal(reachable(env, hides), env);
});
