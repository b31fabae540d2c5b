// Which lines the user wants to see after the text above them has changed.

interface Place {
  line: number;
  character: number;
}

interface Change {
  range: { start: Place; end: Place };
  text: string;
}

/**
 * The lines after a change that joins or adds lines, where the same text is now. A line of which another part may be shown is
 * left out: what the user has not seen stays hidden.
 */
export function shownAfter({ range: { start, end }, text }: Change, shown: ReadonlySet<number>): Set<number> {
  const moved = text.split(/\r\n|\r|\n/).length - 1 - (end.line - start.line);
  const endIsWhole = end.character === 0 && (text === "" ? start.character === 0 : /[\r\n]$/.test(text));
  const startIsCut = start.character > 0 && /^[\r\n]/.test(text);
  const after = new Set<number>();
  for (const line of shown) {
    if (line < start.line || (line === start.line && startIsCut)) {
      after.add(line);
    } else if (line > end.line || (line === end.line && endIsWhole)) {
      after.add(line + moved);
    }
  }
  return after;
}
