// Which values of one env file an editor hides: all but those on the lines that the user wants to see, and a name that the user
// is typing. The values are found once for each version of the document.

import { cloaked, type ValueRange } from "./cloaked";
import { isMove, isMixed, typedAfter, type Changes } from "./typed";

interface Text {
  version: number;
  getText(): string;
}

export class Hiding {
  private found: { version: number; values: ValueRange[]; lines: Set<number> } | undefined;
  private typed = new Set<number>();
  private readonly shown = new Set<number>();

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
  changed(text: Text, changes: Changes): void {
    const before = this.found?.version === text.version ? undefined : this.found?.lines;
    if (changes.contentChanges.some(isMove) || isMixed(changes)) {
      this.shown.clear(); // these lines may have other values now
    }
    this.typed = typedAfter(changes, this.typed, before);
    for (const { line, orName } of this.values(text)) {
      if (!orName) {
        this.typed.delete(line); // it has a value, which stays hidden if its name is deleted
      }
    }
  }

  /** What is hidden in an editor with cursors on these lines. */
  hidden(text: Text, cursors: ReadonlySet<number>): ValueRange[] {
    return this.values(text).filter(({ line, orName }) => !this.shown.has(line) && !(orName && this.typed.has(line) && cursors.has(line)));
  }

  private values(text: Text): ValueRange[] {
    if (this.found?.version !== text.version) {
      const values = cloaked(text.getText(), this.forDirenv);
      this.found = { version: text.version, values, lines: new Set(values.map(({ line }) => line)) };
    }
    return this.found.values;
  }
}
