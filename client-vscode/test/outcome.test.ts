import assert from "node:assert/strict";
import * as os from "node:os";
import * as path from "node:path";
import { test } from "node:test";
import { logIn } from "../src/outcome";
import { settings, terminals } from "./vscode";

test("the login runs the user's own Heroku CLI, outside the workspace", () => {
  logIn();
  settings.set("configvars.heroku.path", path.resolve("/opt/heroku/bin/heroku"));
  logIn();
  assert.deepEqual(terminals.map(({ sent }) => sent), [["heroku login"], ["heroku login"]]);
  assert.ok(terminals.every(({ options }) => options.cwd === os.homedir()));
  assert.deepEqual(
    terminals.map(({ options }) => options.env?.PATH?.split(path.delimiter)[0]),
    [undefined, path.resolve("/opt/heroku/bin")],
  );
});
