// What Compare says besides its rows: that it waits, why nothing is known, or when the app was asked last.

import type { Overview, Status } from "./protocol";

/** A message to the page, without the rows. */
export interface PageState {
  busy: boolean;
  /** What the page waits for, or why it is not up to date; empty if it is. */
  note: string;
  fetched: string | null;
  production: boolean;
}

/** The state of the page about one app; `opening` while the app is being chosen for the folder. */
export function stateOf(app: string, overview: Overview | undefined, status: Status | undefined, opening: boolean): PageState {
  const known = overview?.apps.find((each) => each.app === app);
  const age = { fetched: known?.fetched ?? null, production: known?.production ?? false };
  if (opening || status?.state === "fetching") {
    return { busy: true, note: `Asking Heroku about ${app}…`, ...age };
  }
  if (!overview) {
    return { busy: false, note: "Config Vars is not running", ...age };
  }
  if (overview.loading) {
    return { busy: true, note: "Reading the files of this folder…", ...age };
  }
  return { busy: false, note: known ? problem(status) : `${app} is no longer chosen for this folder`, ...age };
}

function problem(status: Status | undefined): string {
  if (status?.state === "untrusted") {
    return "Heroku is not contacted in Restricted Mode";
  }
  return status?.state === "failed" ? status.message : "";
}
