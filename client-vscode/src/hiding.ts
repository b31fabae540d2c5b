// Which values of one env file an editor hides: all but those on the lines that the user wants to see, and a name that the user
// is typing. The values are found once for each version of the document.

import { cloaked, type ValueRange } from "./cloaked";
import { shownAfter } from "./shownLines";
import { isMove, isMixed, typedAfter, type Changes } from "./typed";

interface Text {
  version: number;
  getText(): string;
  lineAt(line: number): { text: string };
}

/** Changes with their places in the text before them, in UTF-16 code units. */
interface PlacedChanges extends Changes {
  contentChanges: readonly (Changes["contentChanges"][number] & Parameters<typeof shownAfter>[0] & { rangeOffset: number; rangeLength: number })[];
}

export class Hiding {
  private found: { version: number; values: ValueRange[]; lines: Set<number> } | undefined;
  private typed = new Set<number>();
  private shown = new Set<number>();
  /** Comments with a value that was hidden before their `=` was deleted, or before they became comments. */
  private readonly held = new Set<string>();

  constructor(private readonly forDirenv: boolean) {}

  /** Whether it depends on the cursor what is hidden. */
  get hasTyped(): boolean {
    return this.typed.size > 0;
  }

  /** Shows the value on a line, or hides it again. */
  toggle(line: number): void {
    if (!this.shown.delete(line)) {
      this.shown.add(line);
    }
  }

  /** Shows no line any more because the user has asked for it. */
  forget(): void {
    this.shown.clear();
  }

  /** Notes the changes that led to this text. */
  changed(text: Text, changes: PlacedChanges): void {
    const before = this.found?.version === text.version ? undefined : this.found?.lines;
    this.hold(text, changes);
    const [change, another] = changes.contentChanges;
    if (change && !another && isMove(change)) {
      this.shown = shownAfter(change, this.shown);
    } else if (changes.contentChanges.some(isMove) || isMixed(changes)) {
      this.shown.clear(); // these lines may have other values now
    }
    this.typed = typedAfter(changes, this.typed, before);
    for (const { line, orName } of this.values(text)) {
      if (!orName) {
        this.typed.delete(line); // it has a value, which stays hidden if its name is deleted
      }
    }
  }

  /** Goes on hiding what is left of a value in a comment, which without its sign is a comment like any other. */
  private hold(text: Text, { contentChanges }: PlacedChanges): void {
    const before = new Map(this.found?.version === text.version ? [] : this.found?.values.map((value) => [value.line, value]));
    for (const { range, rangeOffset, rangeLength } of contentChanges) {
      const value = before.get(range.start.line);
      const isGone = value && rangeOffset <= value.start && rangeOffset + rangeLength >= value.end;
      const now = value && !isGone && range.start.line === range.end.line ? text.lineAt(range.start.line).text : "";
      if (/^[ \t]*#/.test(now)) {
        this.held.add(now);
      }
    }
  }

  /** What is hidden in an editor with cursors on these lines. */
  hidden(text: Text, cursors: ReadonlySet<number>): ValueRange[] {
    return this.values(text).filter(({ line, orName }) => !this.shown.has(line) && !(orName && this.typed.has(line) && cursors.has(line)));
  }

  private values(text: Text): ValueRange[] {
    if (this.found?.version !== text.version) {
      const values = cloaked(text.getText(), this.forDirenv, this.held);
      this.found = { version: text.version, values, lines: new Set(values.map(({ line }) => line)) };
    }
    return this.found.values;
  }
}
