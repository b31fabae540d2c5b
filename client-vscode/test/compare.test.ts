import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import type { WorkspaceFolder } from "vscode";
import { Compare } from "../src/compare";
import type { Overviews } from "../src/overviews";
import type { Overview } from "../src/protocol";
import type { Statuses } from "../src/statuses";
import { commands, EventEmitter, executed, panels } from "./vscode";

const FOLDER = { name: "shop", uri: { toString: () => "file:///shop" } } as WorkspaceFolder;
const ANSWERED: Overview = { version: 1, loading: false, apps: [{ app: "shop-demo", production: false, fetched: "2026-11-05T12:00:00Z" }], rows: [] };
const changed = new EventEmitter();

function compareWith(answer: () => Promise<Overview>): Compare {
  const overviews = { of: answer, onDidChange: changed.event } as unknown as Overviews;
  return new Compare(overviews, { of: () => undefined, onDidReceive: new EventEmitter().event } as unknown as Statuses);
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const notes = (): unknown[] => panels.map((panel) => panel.posted.map((message) => `${message.busy ? "busy" : "done"}: ${message.note}`));

beforeEach(() => void panels.splice(0));

test("Compare opens before the app is chosen, and takes the focus only then", async () => {
  let answer = (): void => undefined;
  compareWith(() => Promise.resolve(ANSWERED)).show(FOLDER, "shop-demo", new Promise<void>((resolve) => (answer = resolve)));
  assert.equal(panels.length, 1, "it is open although nothing has answered");
  panels[0]?.send("ready");
  await settled();
  answer();
  await settled();
  changed.fire();
  await settled();
  assert.deepEqual(notes(), [["busy: Asking Heroku about shop-demo…", "done: ", "done: "]]);
  assert.equal(panels[0]?.revealed, 0);
});

test("an answer that arrives after a newer one is not shown", async () => {
  const answers: ((overview: Overview) => void)[] = [];
  compareWith(() => new Promise((resolve) => answers.push(resolve))).show(FOLDER, "shop-demo");
  await settled();
  changed.fire();
  answers[1]?.(ANSWERED);
  answers[0]?.({ ...ANSWERED, loading: true });
  await settled();
  assert.deepEqual(notes(), [["done: "]]);
});

test("a row is busy until its pull is over, and a second click does not pull again", async () => {
  compareWith(() => Promise.resolve(ANSWERED)).show(FOLDER, "shop-demo");
  await settled();
  const before = executed.length;
  panels[0]?.send({ command: "pull", name: "A" });
  panels[0]?.send({ command: "pull", name: "A" });
  assert.deepEqual(executed.slice(before), [["configvars.pull", { folder: "file:///shop", app: "shop-demo", names: ["A"] }]]);
  await settled();
  assert.deepEqual(panels[0]?.posted.at(-1)?.pulling, []);
});

test("a row is shown as busy while Heroku is asked", async () => {
  let answer: (value?: undefined) => void = () => undefined;
  const known = commands.executeCommand;
  commands.executeCommand = () => new Promise((resolve) => (answer = resolve));
  compareWith(() => Promise.resolve(ANSWERED)).show(FOLDER, "shop-demo");
  panels[0]?.send({ command: "pull", name: "A" });
  await settled();
  assert.deepEqual(panels[0]?.posted.at(-1)?.pulling, ["A"]);
  answer();
  commands.executeCommand = known;
  await settled();
  assert.deepEqual(panels[0]?.posted.at(-1)?.pulling, []);
});

test("a server that stops leaves the page open", async () => {
  compareWith(() => Promise.reject(new Error("stopped"))).show(FOLDER, "shop-demo");
  await settled();
  assert.deepEqual(notes(), [["done: Config Vars is not running"]]);
});

test("a second Compare of the same app shows the first page", () => {
  const compare = compareWith(() => Promise.resolve(ANSWERED));
  compare.show(FOLDER, "shop-demo");
  compare.show(FOLDER, "shop-demo");
  assert.deepEqual([panels.length, panels[0]?.revealed], [1, 1]);
});
