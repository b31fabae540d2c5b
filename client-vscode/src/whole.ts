// Names that are not typed letter by letter.

/** Whether one change inserts a whole name, because the user has pasted it or accepted a completion. */
export function isWhole(inserted: string): boolean {
  return /^\w{3,}$/.test(inserted);
}
