// How states are said. Names and states only: no value ever reaches this client.

import type { AppState, Overview, Row } from "./protocol";

const LOCAL = { set: "set locally", empty: "empty locally", missing: "not set locally", unknown: "not known locally" };
const LOCAL_MARKS = { set: "✓", empty: "∅", missing: "✗", unknown: "?" };

/** "not set locally · shop: set · staging: another value". */
export function describe(row: Row): string {
  return [LOCAL[row.local], ...row.apps.map((app) => `${app.app}: ${appState(app)}`)].join(" · ");
}

/** The same in marks: "✗ local  ✓ shop  ≠ staging". */
export function marks(row: Row): string {
  return [`${LOCAL_MARKS[row.local]} local`, ...row.apps.map((app) => `${appMark(app)} ${app.app}`)].join("  ");
}

export function appState(app: AppState): string {
  if (app.state !== "set") {
    return app.state === "missing" ? "not set" : "not known yet";
  }
  if (app.same === null) {
    return "set";
  }
  return app.same ? "same value" : "another value";
}

function appMark(app: AppState): string {
  if (app.state !== "set") {
    return app.state === "missing" ? "✗" : "?";
  }
  return app.same === false ? "≠" : "✓";
}

/** "3 minutes ago"; "never asked" for null. */
export function age(fetched: string | null, now: number = Date.now()): string {
  if (fetched === null) {
    return "never asked";
  }
  const minutes = Math.floor((now - Date.parse(fetched)) / 60_000);
  if (minutes < 1) {
    return "just now";
  }
  const [count, unit] =
    minutes < 60 ? [minutes, "minute"] : minutes < 1440 ? [Math.floor(minutes / 60), "hour"] : [Math.floor(minutes / 1440), "day"];
  return `${count} ${unit}${count === 1 ? "" : "s"} ago`;
}

/** The variables that an app has and the env files have not. */
export function pullable(overview: Overview, app: string): Row[] {
  const isSet = (row: Row): boolean => row.apps.some((state) => state.app === app && state.state === "set");
  return overview.rows.filter((row) => row.scope === "env" && row.local === "missing" && isSet(row));
}
