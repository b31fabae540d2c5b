// Which lines of an env file the user has typed letter by letter, so that the name of a new variable is not hidden from its
// author. A pasted line can be a value, and so can what is left of a hidden line.

interface Change {
  range: { start: { line: number }; end: { line: number } };
  text: string;
}

/** Changes that were made together; `reason` is set if they undo others or do them again. */
export interface Changes {
  contentChanges: readonly Change[];
  reason?: unknown;
}

/**
 * The typed lines after some changes. `typed` and `hidden` are the lines before them: those that were typed, and those that have
 * something to hide; `hidden` is undefined if that is not known.
 */
export function typedAfter({ contentChanges, reason }: Changes, typed: ReadonlySet<number>, hidden: ReadonlySet<number> | undefined): Set<number> {
  if (!hidden || reason !== undefined || contentChanges.some(isMove)) {
    return new Set(); // undoing restores a deleted value, maybe letter by letter
  }
  const after = new Set(typed);
  const changed = new Set<number>();
  for (const { range, text } of contentChanges) {
    const line = range.start.line;
    if (text.length <= 1 && !changed.has(line) && (after.has(line) || !hidden.has(line))) {
      after.add(line);
    } else {
      after.delete(line); // also if several changes, as of a formatter, together insert more than a letter
    }
    changed.add(line);
  }
  return after;
}

/** Whether several changes together insert more than letters, as those of a formatter that sorts lines do. */
export function isMixed({ contentChanges }: Changes): boolean {
  return contentChanges.length > 1 && contentChanges.some(({ text }) => text.length > 1);
}

/** Whether a change joins or adds lines, so that others get another number. */
export function isMove({ range, text }: Change): boolean {
  return range.start.line !== range.end.line || /[\r\n]/.test(text);
}
