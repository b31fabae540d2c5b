import assert from "node:assert/strict";
import { test } from "node:test";
import { Hiding } from "../src/hiding";

type Edit = [line: number, from: number, to: number, text: string];

type Range = { start: { line: number; character: number }; end: { line: number; character: number } };

/** An open env file with its own cursors; it counts how often its text is read. */
class Open {
  version = 1;
  read = 0;
  readonly hiding = new Hiding(false);

  constructor(private text: string) {
    this.seen();
  }

  getText(): string {
    this.read++;
    return this.text;
  }

  lineAt(line: number): { text: string } {
    return { text: this.text.split("\n")[line] ?? "" };
  }

  /** Makes edits together, each inside one line; `reason` is set if they are undone or made again. */
  edit(edits: Edit[], reason?: number): void {
    const lines = this.text.split("\n");
    const starts = lines.map((_, at) => lines.slice(0, at).join("").length + at);
    for (const [line, from, to, text] of [...edits].sort((one, other) => other[0] - one[0] || other[1] - one[1])) {
      lines[line] = (lines[line] ?? "").slice(0, from) + text + (lines[line] ?? "").slice(to);
    }
    this.text = lines.join("\n");
    this.version++;
    const contentChanges = edits.map(([line, from, to, text]) => {
      return { range: { start: { line, character: from }, end: { line, character: to } }, rangeOffset: (starts[line] ?? 0) + from, rangeLength: to - from, text };
    });
    this.hiding.changed(this, { contentChanges, reason });
  }

  /** Replaces a range, which can span lines. */
  replace(range: Range, text: string): void {
    const lines = this.text.split("\n");
    const [start, end] = [range.start, range.end].map((place) => lines.slice(0, place.line).join("").length + place.line + place.character) as [number, number];
    this.text = this.text.slice(0, start) + text + this.text.slice(end);
    this.version++;
    this.hiding.changed(this, { contentChanges: [{ range, rangeOffset: start, rangeLength: end - start, text }] });
  }

  /** Types letters at the ends of some lines at once. */
  type(letters: string, ...lines: number[]): void {
    for (const letter of letters) {
      this.edit(lines.map((line): Edit => [line, this.end(line), this.end(line), letter]));
    }
  }

  end(line: number): number {
    return this.text.split("\n")[line]?.length ?? 0;
  }

  /** What an editor with cursors on these lines shows, with a dot for each hidden character. */
  seen(...cursors: number[]): string {
    const characters = [...this.text];
    for (const { start, end } of this.hiding.hidden(this, new Set(cursors))) {
      characters.fill("·", start, end);
    }
    return characters.join("");
  }
}

test("a name is shown while it is typed, only in an editor whose cursor is on its line", () => {
  const file = new Open("A=1\n");
  file.type("MAIL", 1);
  assert.equal(file.seen(1), "A=·\nMAIL");
  assert.equal(file.seen(0), "A=·\n····", "the other half of a split editor");
  file.type("=hunter2", 1);
  assert.equal(file.seen(1), "A=·\nMAIL=·······");
});

const NEVER: [string, string, (file: Open) => void][] = [
  ["pasted into an empty line", "", (file) => file.edit([[0, 0, 0, "hunter2"]])],
  ["pasted after typed letters", "", (file) => (file.type("h", 0), file.edit([[0, 1, 1, "unter2"]]))],
  ["pasted, and then letters are typed", "", (file) => (file.edit([[0, 0, 0, "hunter"]]), file.type("2", 0))],
  ["pasted over typed letters", "", (file) => (file.type("MAIL", 0), file.edit([[0, 0, 4, "hunter2"]]))],
  ["a snippet with a placeholder", "", (file) => (file.edit([[0, 0, 0, "hunter"]]), file.edit([[0, 6, 6, "2"]]))],
  ["left when its name is deleted at once", "A=hunter2", (file) => file.edit([[0, 0, 2, ""]])],
  ["left when its name is deleted by letters", "A=hunter2", (file) => [1, 0].forEach((at) => file.edit([[0, at, at + 1, ""]]))],
  ["left when its name is deleted before the sign", "A=hunter2", (file) => (file.edit([[0, 0, 1, ""]]), file.edit([[0, 0, 1, ""]]))],
  ["left when its comment sign and name are deleted", "#A=hunter2", (file) => [0, 0, 0].forEach((at) => file.edit([[0, at, at + 1, ""]]))],
  ["undone letter by letter", "A=hunter2", (file) => (file.edit([[0, 0, 9, ""]]), [..."hunter2"].forEach((letter, at) => file.edit([[0, at, at, letter]], 1)))],
  ["undone into a typed line", "", (file) => (file.type("h", 0), file.edit([[0, 1, 1, "unter2"]], 1))],
  ["typed and then undone and done again", "", (file) => (file.type("hunter2", 0), file.edit([[0, 6, 7, ""]], 1), file.edit([[0, 6, 6, "2"]], 2))],
  ["put together by a formatter", "x", (file) => file.edit([[0, 0, 1, "h"], [0, 1, 1, "unter2"]])],
  ["typed again after a paste was deleted", "hunter2x", (file) => file.edit([[0, 7, 8, ""]])],
];

for (const [how, text, edit] of NEVER) {
  test(`a value is not shown, with the cursor on its line: ${how}`, () => {
    const file = new Open(text);
    edit(file);
    assert.equal(file.seen(0), "·".repeat(7));
  });
}

test("what is left of a value in a comment stays hidden, whatever is deleted before it", () => {
  const file = new Open("# A=hunter2\nhunter2\n# walrus");
  file.edit([[0, 3, 4, ""]]);
  file.edit([[1, 0, 0, "# "]]);
  assert.equal(file.seen(), "# ········\n# ·······\n# walrus");
  file.edit([[0, 2, 10, ""]]);
  file.type("Words", 0);
  assert.equal(file.seen(), "# Words\n# ·······\n# walrus");
});

test("typing at several cursors shows the names, but none of the values among them", () => {
  const file = new Open("\nhunter2\nA=1");
  file.type("XY", 0, 1, 2);
  assert.equal(file.seen(0, 1, 2), "XY\n·········\nA=···");
  file.edit([[0, 2, 2, "p"], [1, 9, 9, "q"], [2, 5, 5, "rs"]]); // pasted, a piece at each cursor
  assert.equal(file.seen(0, 1, 2), "XYp\n··········\nA=·····");
});

test("a line whose value the user wants to see is hidden again if the lines change places", () => {
  const file = new Open("A=1\nB=hunter2");
  file.hiding.toggle(0);
  assert.equal(file.seen(), "A=1\nB=·······");
  file.type("2", 0);
  assert.equal(file.seen(), "A=12\nB=·······");
  file.edit([[0, 0, 4, "B=hunter2"], [1, 0, 9, "A=1"]]); // sorted
  assert.equal(file.seen(), "B=·······\nA=·");
});

const MOVES: [string, [number, number, number, number], string, string][] = [
  ["a line is added above", [0, 3, 0, 3], "\nX=9", "A=·\nX=·\nB=hunter2\nC=·"],
  ["a line is added directly above", [1, 0, 1, 0], "X=9\n", "A=·\nX=·\nB=hunter2\nC=·"],
  ["an empty line is added directly above", [1, 0, 1, 0], "\r\n", "A=·\n\r\nB=hunter2\nC=·"],
  ["the line above is deleted", [0, 0, 1, 0], "", "B=hunter2\nC=·"],
  ["a line is added below", [1, 9, 1, 9], "\n", "A=·\nB=hunter2\n\nC=·"],
  ["a line is added below with a value", [1, 9, 1, 9], "\nX=9", "A=·\nB=hunter2\nX=·\nC=·"],
  ["it is cut", [1, 5, 1, 5], "\nX=9", "A=·\nB=hun\nX=·····\nC=·"],
  ["a line is added far below", [2, 3, 2, 3], "\nX=9", "A=·\nB=hunter2\nC=·\nX=·"],
  ["it is joined with the line below", [1, 9, 2, 0], "", "A=·\nB=··········"],
  ["it is joined with the line above", [0, 3, 1, 0], "", "A=··········\nC=·"],
  ["it is replaced with other lines", [1, 0, 2, 0], "X=9\nY=8\n", "A=·\nX=·\nY=·\nC=·"],
  ["it is deleted", [1, 0, 2, 0], "", "A=·\nC=·"],
  ["the file is replaced", [0, 0, 2, 3], "X=9\nY=8\nZ=7", "X=·\nY=·\nZ=·"],
];

for (const [how, [line, character, endLine, endCharacter], text, seen] of MOVES) {
  test(`a value that the user wants to see moves with its line, and no other is shown: ${how}`, () => {
    const file = new Open("A=1\nB=hunter2\nC=3");
    file.hiding.toggle(1);
    file.replace({ start: { line, character }, end: { line: endLine, character: endCharacter } }, text);
    assert.equal(file.seen(), seen);
  });
}

test("the values are found once for each version, whatever the number of editors and cursors", () => {
  const file = new Open("A=1\n");
  file.type("M", 1);
  for (const cursor of [0, 1, 0, 1]) {
    file.seen(cursor);
  }
  assert.equal(file.read, 2);
});

test("nothing counts as typed if the text before the change is not known", () => {
  const file = { version: 2, getText: () => "h", lineAt: () => ({ text: "h" }) };
  const hiding = new Hiding(false);
  const changes = { contentChanges: [{ range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, rangeOffset: 0, rangeLength: 0, text: "h" }] };
  hiding.changed(file, changes);
  assert.equal(hiding.hidden(file, new Set([0])).length, 1);
  hiding.changed(file, changes); // as if an editor had shown the new text before the change was announced
  assert.equal(hiding.hidden(file, new Set([0])).length, 1);
});
