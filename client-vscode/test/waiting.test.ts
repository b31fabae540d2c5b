import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { beforeEach, test } from "node:test";
import { Waiting } from "../src/waiting";
import { files, folders, opened, reported } from "./vscode";

const FIRST = "shop needs 3 variables and has no .env. Create it?";

interface Answer {
  title: string;
}

/** A question that waits, and how the user answers it. */
function asked(text: string): { waiting: Waiting; counts: number[]; reply: (title?: string) => void; answer: Promise<Answer | undefined> } {
  const counts: number[] = [];
  const waiting: Waiting = new Waiting(() => counts.push(waiting.count));
  let reply: (title?: string) => void = () => undefined;
  const replied = new Promise<Answer | undefined>((resolve) => (reply = (title) => resolve(title === undefined ? undefined : { title })));
  return { waiting, counts, reply: (title) => reply(title), answer: waiting.answer(text, () => replied) };
}

beforeEach(() => {
  files.clear();
  folders.splice(0, folders.length, "/projects/shop", "/projects/other");
  opened.length = 0;
  reported.length = 0;
});

test("a question waits until it is answered or dismissed", async () => {
  for (const title of ["From the code", undefined]) {
    const { waiting, counts, reply, answer } = asked(FIRST);
    await waiting.look();
    reply(title);
    assert.equal((await answer)?.title, title);
    assert.deepEqual(counts, [1, 1, 0]);
  }
  assert.deepEqual([opened, reported], [[], []]);
});

test("the question about the first .env does not wait while there is one", async () => {
  const { waiting } = asked(FIRST);
  files.add("/projects/other/.env");
  await waiting.look();
  assert.equal(waiting.count, 1, "it is the file of another folder");
  files.add("/projects/shop/.env");
  await waiting.look();
  assert.equal(waiting.count, 0);
  files.delete("/projects/shop/.env");
  await waiting.look();
  assert.equal(waiting.count, 1);
});

test("an answer to create a .env that is there now opens it, and the server creates nothing", async () => {
  const { reply, answer } = asked("shop needs 1 variable and has no .env. Create it?");
  files.add("/projects/shop/.env");
  reply("From .env.example");
  assert.equal(await answer, undefined);
  assert.deepEqual([opened, reported], [["/projects/shop/.env"], ["There is a .env now."]]);
});

test("an answer that creates nothing opens nothing", async () => {
  for (const title of ["Not now", undefined]) {
    const { reply, answer } = asked(FIRST);
    files.add("/projects/shop/.env");
    reply(title);
    assert.equal((await answer)?.title, title);
  }
  assert.deepEqual([opened, reported], [[], []]);
});

test("other questions wait, and so does one whose folder is not certain", async () => {
  folders.push("/elsewhere/shop");
  files.add("/projects/shop/.env");
  for (const text of [FIRST, "Pull 2 config vars from Heroku app shop-demo into .env?", "gone needs 3 variables and has no .env. Create it?"]) {
    const { waiting, reply, answer } = asked(text);
    await waiting.look();
    assert.equal(waiting.count, 1, text);
    reply("Pull");
    assert.equal((await answer)?.title, "Pull");
  }
});

test("the questions of a server that has ended do not wait", async () => {
  const { waiting, counts, reply, answer } = asked(FIRST);
  waiting.clear();
  assert.equal(waiting.count, 0);
  reply();
  await answer;
  assert.deepEqual(counts, [1, 0]);
});

test("the server asks in these words", () => {
  const server = readFileSync("../server/configvars/lsp/welcome.py", "utf-8");
  for (const words of ['NOT_NOW = "Not now"', "needs {needs} and has no .env", "{lack}. Create it?"]) {
    assert.ok(server.includes(words), words);
  }
});
