// VS Code prints the whole line of each place in a list of places. So no such list has a place in a file whose values are hidden.

import type * as vscode from "vscode";

/** Whether the values of a file are hidden now. */
export type Hides = (uri: vscode.Uri) => boolean;

/** The places that a list may show. */
export function listed<T extends { uri: vscode.Uri }>(places: readonly T[], hides: Hides): T[] {
  return places.filter(({ uri }) => !hides(uri));
}

type Found = vscode.Definition | vscode.LocationLink[] | null | undefined;

/** The places to go to; only the first of several if one of them is hidden, so that VS Code goes there without a list. */
export function reachable(found: Found, hides: Hides): Found {
  if (!Array.isArray(found) || !found.some((place) => hides("targetUri" in place ? place.targetUri : place.uri))) {
    return found;
  }
  return found.slice(0, 1);
}
