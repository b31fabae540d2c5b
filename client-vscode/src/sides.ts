import type { Overview } from "./protocol";

const SAID = { set: "set", empty: "set, but empty", missing: "-", unknown: "?" };

/** The same names on the same lines of both sides; a line differs where the two lives do. */
export function sides(overview: Overview, app: string): { local: string; remote: string } {
  const rows = overview.rows.filter((row) => row.scope === "env").sort((a, b) => (a.name < b.name ? -1 : 1));
  const width = Math.max(0, ...rows.map((row) => row.name.length));
  const line = (name: string, state: string): string => `${name.padEnd(width)}  ${state}\n`;
  let local = "";
  let remote = "";
  for (const row of rows) {
    const there = row.apps.find((state) => state.app === app);
    local += line(row.name, SAID[row.local]);
    remote += line(row.name, there?.same === false ? "set, differs" : SAID[there?.state ?? "unknown"]);
  }
  return { local, remote };
}
