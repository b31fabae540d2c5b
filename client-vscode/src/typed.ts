// Which lines of an env file the user has typed letter by letter, so that the name of a new variable is not hidden from its
// author. A pasted line can be a value, and so can what is left of a hidden line.

interface Change {
  range: { start: { line: number }; end: { line: number } };
  text: string;
}

/**
 * The typed lines after a change. `typed` and `hidden` are the lines before it: those that were typed, and those that have
 * something to hide; `hidden` is undefined if that is not known.
 */
export function typedAfter(changes: readonly Change[], typed: ReadonlySet<number>, hidden: ReadonlySet<number> | undefined): Set<number> {
  if (!hidden || changes.some(isMove)) {
    return new Set();
  }
  const after = new Set(typed);
  for (const { range, text } of changes) {
    const line = range.start.line;
    if (text.length <= 1 && (after.has(line) || !hidden.has(line))) {
      after.add(line);
    } else {
      after.delete(line);
    }
  }
  return after;
}

/** Whether a change joins or adds lines, so that others get another number. */
export function isMove({ range, text }: Change): boolean {
  return range.start.line !== range.end.line || /[\r\n]/.test(text);
}
