// The texts for states. They contain names and states only: this client never gets a value.

import type { AppState, Overview, Row } from "./protocol";

const LOCAL = { set: "set locally", empty: "empty locally", missing: "not set locally", unknown: "not known locally" };
const LOCAL_MARKS = { set: "✓", empty: "∅", missing: "✗", unknown: "?" };

/** "not set locally · shop: set · staging: different value". */
export function describe(row: Row): string {
  return [LOCAL[row.local], ...row.apps.map((app) => `${app.app}: ${appState(app)}`)].join(" · ");
}

/** The same as symbols: "✗ local  ✓ shop  ≠ staging". */
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
  return app.same ? "same value" : "different value";
}

function appMark(app: AppState): string {
  if (app.state !== "set") {
    return app.state === "missing" ? "✗" : "?";
  }
  return app.same === false ? "≠" : "✓";
}

/** "3 minutes ago"; "not fetched yet" for null. */
export function age(fetched: string | null, now: number = Date.now()): string {
  if (fetched === null) {
    return "not fetched yet";
  }
  const minutes = Math.floor((now - Date.parse(fetched)) / 60_000);
  if (minutes < 1) {
    return "just now";
  }
  const [count, unit] =
    minutes < 60 ? [minutes, "minute"] : minutes < 1440 ? [Math.floor(minutes / 60), "hour"] : [Math.floor(minutes / 1440), "day"];
  return `${count} ${unit}${count === 1 ? "" : "s"} ago`;
}

/** The effect that a pull of a variable would have here: fill a gap, or replace another value. */
export type Gap = "missing" | "empty" | "differs";

export function gap(row: Row, app: string): Gap | undefined {
  const there = row.apps.find((state) => state.app === app);
  if (row.scope !== "env" || there?.state !== "set") {
    return undefined;
  }
  if (row.local === "missing" || row.local === "empty") {
    return row.local === "empty" && there.same ? undefined : row.local;
  }
  return there.same === false ? "differs" : undefined;
}

/** The variables that can be pulled from an app: first those that code needs here, last those with another value. */
export function pullable(overview: Overview, app: string): { row: Row; gap: Gap }[] {
  const found = overview.rows.flatMap((row) => {
    const here = gap(row, app);
    return here ? [{ row, gap: here }] : [];
  });
  const rank = (each: { row: Row; gap: Gap }): number => (each.gap === "differs" ? 2 : isWanted(each.row, each.gap, app) ? 0 : 1);
  return found.sort((one, other) => rank(one) - rank(other));
}

/** Whether a pull of all variables would include this one: code reads it, it has no value here, and no add-on owns it. */
export function isWanted(row: Row, here: Gap, app: string): boolean {
  return here !== "differs" && row.need !== null && !row.apps.find((state) => state.app === app)?.addon;
}

const HERE = { set: "", empty: "empty", missing: "missing", unknown: "not known here" };

const FITS = 18; // characters in a side bar of 210 pixels

/**
 * The state that is the reason why a variable needs attention, in words that fit a narrow side bar: "missing, on Heroku". Apps
 * with short names are named; the tooltip names all.
 */
export function reason(row: Row): string {
  const whole = wholeReason(row);
  if (whole.length <= FITS) {
    return whole;
  }
  const [set, missing] = [appsWith(row, "set").length, appsWith(row, "missing").length];
  const some = (count: number): string => (row.apps.length === 1 ? "Heroku" : count === 1 ? "1 app" : `${count} apps`);
  if (isLacking(row)) {
    return set > 0 ? `${row.local}, on ${some(set)}` : row.local === "missing" && missing === row.apps.length ? "missing everywhere" : row.local;
  }
  return [HERE[row.local], missing > 0 && row.need !== null ? `not on ${some(missing)}` : ""].filter(Boolean).join(", ");
}

/** The same with the names of all apps, as long as it may be. */
export function wholeReason(row: Row): string {
  const [set, missing] = [appsWith(row, "set"), appsWith(row, "missing")];
  return [
    HERE[row.local],
    isLacking(row) && set.length > 0 ? `on ${set.join(", ")}` : "",
    missing.length > 0 && row.need !== null ? `not on ${missing.join(", ")}` : "",
  ]
    .filter(Boolean)
    .join(", ");
}

function appsWith(row: Row, state: AppState["state"]): string[] {
  return row.apps.filter((app) => app.state === state).map((app) => app.app);
}

function isLacking(row: Row): boolean {
  return row.local === "missing" || row.local === "empty";
}

/** The checks that report the state of a variable here, and those that report its state on an app. */
const ABOUT_HERE = new Set(["missing-variable", "missing-optional-variable", "empty-variable", "only-on-heroku"]);
const ABOUT_APPS = new Set(["not-on-heroku", "declared-not-on-heroku", "addon-not-on-heroku"]);

/** The reason of a variable if its finding is about its states, not about something else, such as its value; otherwise "". */
export function stateReason(row: Row): string {
  const check = row.check ?? "";
  return isMissing(row) || ABOUT_APPS.has(check) || (isLacking(row) && ABOUT_HERE.has(check)) ? reason(row) : "";
}

const SEVERITIES = ["error", "warning", "information", "hint", null];
const GAPS = ["missing", "empty", "unknown", "set"];

/** The rows by why they need attention, in words ("Missing, on Heroku"), the most urgent reason first. */
export function byReason(rows: readonly Row[]): { reason: string; rows: Row[] }[] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const words = rowWords(row);
    const reason = words.charAt(0).toUpperCase() + words.slice(1);
    const group = groups.get(reason) ?? [];
    group.push(row);
    groups.set(reason, group);
  }
  const urgency = ([, rows]: [string, Row[]]): number => Math.min(...rows.map((row) => SEVERITIES.indexOf(row.attention) * GAPS.length + GAPS.indexOf(row.scope === "env" ? row.local : "set")));
  return [...groups].sort((one, other) => urgency(one) - urgency(other)).map(([reason, rows]) => ({ reason, rows }));
}

/** The reason of a group with the names of the apps, one line for each of its states. */
export function groupTooltip(label: string, rows: readonly Row[]): string {
  const whole = new Set(rows.map((row) => (stateReason(row) ? wholeReason(row) : "")));
  const said = [...whole].filter(Boolean).map((words) => words.charAt(0).toUpperCase() + words.slice(1));
  return said.length === 0 ? label : said.join("\n");
}

/** What the view says about a variable: why it needs attention, or else its states as symbols. */
export function rowWords(row: Row): string {
  const check = row.check?.replaceAll("-", " ") ?? "";
  if (row.scope === "flask") {
    return check || "Flask key";
  }
  return stateReason(row) || (isNeedy(row) && check) || marks(row);
}

/** The message about a variable, to be read after its name. */
export function afterName({ name, message }: Row): string {
  return message.startsWith(`${name} `) ? message.slice(name.length + 1) : message;
}

/** The number of variables that the code needs and that have no value here. */
export function missingCount(overview: Overview): number {
  return overview.rows.filter(isMissing).length;
}

function isMissing(row: Row): boolean {
  return row.scope === "env" && row.need === "required" && isLacking(row) && row.attention !== null;
}

/** Whether a variable is in the first group of the view: something is wrong with it, or it counts as missing. */
export function isNeedy(row: Row): boolean {
  return row.attention === "error" || row.attention === "warning" || isMissing(row);
}
