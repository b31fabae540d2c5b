import assert from "node:assert/strict";
import { test } from "node:test";
import { cloaked, holdsValues, isForDirenv } from "../src/cloaked";

/** The visible text, with a dot for each hidden character. */
function seen(text: string, path = ".env"): string {
  const characters = [...text];
  for (const { start, end } of cloaked(text, isForDirenv(path))) {
    characters.fill("·", start, end);
  }
  return characters.join("");
}

test("files that contain values, and templates, which contain none", () => {
  const files = [".env", ".env.local", ".env.production", ".flaskenv", "prod.env", "env", "env.local", "dotenv-prod", ".env-dev", ".env_prod", ".env.sh", ".env.json", ".envrc", ".envrc.private", "backend/.env", "deploy/production.env", "deploy/.env.staging", ".envs/.production/.django"];
  assert.deepEqual(files.filter((name) => !holdsValues(name)), []);
  const others = [".env.example", ".env.sample", ".env.template", ".env.dist", "env.example", "example.env", ".env.local.example", "app.py", "environment.ts", ".environment", "app.json", "env.py", "env_settings.py", "env.d.ts", "dotenv.js", ".env.py", ".env.ts", "env-setup.sh", ".envrc.example", ".envs/.production/.django.example", ".envs/settings.py", "deploy/envs/notes.txt"];
  assert.deepEqual(others.filter(holdsValues), []);
});

test("a copy of a file contains what the file contains", () => {
  const copies = [".env~", "#.env#", ".env.~1~", ".env.local~", ".env.bak", ".env.bak2", ".env_old", ".env.save", ".env.save.1", ".env.swp", ".env.orig", "prod.env~", "prod.env.bak", ".prod.env.swp", ".env copy", ".env copy 2", ".env (1)", ".env (copy)", ".envrc~", ".envs/.production/.django~", "app/#prod.env#"];
  assert.deepEqual(copies.filter((name) => !holdsValues(name)), []);
  const others = [".env.example~", "#.env.example#", ".env.example.bak", ".env.example copy", "app.py~", "#app.py#", "env.py.bak", "notes.bak", "README copy", "#", "##", "~", ".bak", "copy"];
  assert.deepEqual(others.filter(holdsValues), []);
});

test("names and comments are shown, values are hidden", () => {
  assert.equal(seen("# mine\nA=1\nexport B = two words # why\nC=\n\n'D'=x\n"), "# mine\nA=·\nexport B = ···············\nC=\n\n'D'=·\n");
});

test("an empty value in quotes is no value; what follows it is", () => {
  assert.equal(seen("A=\"\"\nB=''  \nexport C=``\n# D=\"\"\n"), "A=\"\"\nB=''  \nexport C=``\n# D=\"\"\n");
  assert.equal(seen("A=\"\"x\nB=\"'\nC=\"\"\n\"\n"), "A=···\nB=··\n····\n·\n");
  assert.equal(seen("A='x\nB=\"\"\n'\nC=\"\"\"\nx\n\"\"\"\n"), "A=··\n····\n·\nC=···\n·\n···\n");
});

test("a commented-out line may contain a value", () => {
  assert.equal(seen("# KEY=hunter2\n#export K=x\n# Words: of a sentence\n"), "# KEY=·······\n#export K=·\n# Words: ·············\n");
});

test("a commented-out value stays hidden while its name is deleted; a line of signs is no value", () => {
  assert.equal(seen("#=hunter2\n# export = x\n# ==== Mail ====\n#===\n#: a note\n"), "#=·······\n# export = ·\n# ==== Mail ====\n#===\n#: a note\n");
});

test("values of several lines", () => {
  assert.equal(seen("KEY='a\nb=c\n# d\ne'\nB=1\n"), "KEY=··\n···\n···\n··\nB=·\n");
  assert.equal(seen('KEY="a\\"\nb"\nB=1'), 'KEY=····\n··\nB=·');
});

test("text that is neither a name nor a comment is hidden", () => {
  assert.equal(seen("KEY=-----BEGIN X-----\nMIIabc==\n-----END X-----\nB=1\n"), "KEY=·················\n········\n···············\nB=·\n");
  assert.equal(seen("MIIEvQIBADANBgkqhkiG9w0=\nhunter2\n"), "························\n·······\n");
});

test("every kind of line ending", () => {
  assert.equal(seen("A=1\r\nB=2\rC=3"), "A=·\r\nB=·\rC=·");
});

test("files for direnv: commands are shown, what may be a value is not", () => {
  const text = "layout python\ndotenv_if_exists .env.local\nexport KEY=hunter2\nexport LONG=a\\\n  B=c\nvault login hvs.abc\nlayout python hunter2=x\n";
  const hidden = "layout python\ndotenv_if_exists .env.local\nexport KEY=·······\nexport LONG=··\n  ···\n···················\n·······················\n";
  assert.equal(seen(text, "app/.envrc"), hidden);
  assert.equal(seen("layout python\n"), "·············\n");
});

/** The lines that are shown to a user who is typing them, although they have no sign yet. */
function shownWhileTyped(text: string, path = ".env"): string[] {
  return cloaked(text, isForDirenv(path)).flatMap(({ start, end, orName }) => (orName ? [text.slice(start, end)] : []));
}

test("a line that is only a name so far is shown to the user who is typing it", () => {
  assert.deepEqual(shownWhileTyped("A=1\nMAIL_USE_TLX\nB=2\n"), ["MAIL_USE_TLX"]);
  assert.deepEqual(shownWhileTyped("A=1\n\n# mine\nexport KEY \n"), ["export KEY"]);
  assert.deepEqual(shownWhileTyped("K='a\nb'\n\nKEY"), ["KEY"]);
});

test("what may be part of a value is hidden while it is typed, too", () => {
  const hidden = ["K='a\nhunter2\n'", "K=-----BEGIN X-----\nMIIabc\n", "MIIEvQIBADAN+w\nhunter2", "hunter2 x", "hunter-2", "4hunter", "hunter2==", `A${"b".repeat(40)}`, "export a b"];
  assert.deepEqual(hidden.flatMap((text) => shownWhileTyped(text)), []);
  assert.deepEqual(shownWhileTyped("export LONG=a\\\nhunter2\n", ".envrc"), []);
});
