// The page of Compare. Names are inserted as text, never as markup; the page never gets a value.

import type { AppState, Overview, Row } from "./protocol";
import { gap } from "./words";

type Kind = "differs" | "missing" | "extra" | "same" | "unknown";

/** A row of the table. The filter selects by `kind`. */
export interface Line {
  name: string;
  here: string;
  there: string;
  addon: string;
  kind: Kind;
  pull: boolean;
}

const HERE = { set: "set", empty: "empty", missing: "missing", unknown: "not known" };

/** The rows of the table: differences first, then sorted by name. */
export function rowsOf(overview: Overview, app: string): Line[] {
  const lines = overview.rows
    .filter((row) => row.scope === "env")
    .map((row): Line => {
      const there = row.apps.find((state) => state.app === app);
      const isThere = there?.state === "set";
      return {
        name: row.name,
        here: HERE[row.local],
        there: !isThere ? (there?.state === "missing" ? "missing" : "not known") : there.same === null ? "set" : there.same ? "same value" : "different value",
        addon: there?.addon ?? "",
        kind: kindOf(row.local, there),
        pull: gap(row, app) !== undefined,
      };
    });
  lines.sort((one, other) => (one.name < other.name ? -1 : 1));
  const differs = (line: Line): boolean => line.kind !== "same" && line.kind !== "unknown";
  return [...lines.filter(differs), ...lines.filter((line) => !differs(line))];
}

/** Unknown values are not shown as equal. */
function kindOf(local: Row["local"], there: AppState | undefined): Kind {
  const isHere = local === "set" || local === "unknown";
  if (there?.state === "missing") {
    return isHere ? "extra" : "same";
  }
  if (there?.state !== "set" || there.same === true) {
    return there?.same === true ? "same" : "unknown";
  }
  return isHere ? (there.same === false ? "differs" : "unknown") : "missing";
}

/** The page before it has received any rows. */
export function page(title: string, app: string, nonce: string): string {
  const opening = `Comparing with ${app}…`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'">
<title>${escaped(title)}</title>
<style nonce="${nonce}">
body { font-family: var(--vscode-font-family); font-size: var(--vscode-font-size); color: var(--vscode-foreground); padding: 0 16px; }
.bar { display: flex; gap: 8px; align-items: center; flex-wrap: wrap; position: sticky; top: 0; padding: 12px 0; background: var(--vscode-editor-background); }
input, select { color: var(--vscode-input-foreground); background: var(--vscode-input-background); border: 1px solid var(--vscode-input-border, var(--vscode-contrastBorder, transparent)); padding: 4px 6px; font: inherit; }
button { color: var(--vscode-button-secondaryForeground); background: var(--vscode-button-secondaryBackground); border: 1px solid var(--vscode-button-secondaryBorder, var(--vscode-button-border, var(--vscode-contrastBorder, transparent))); border-radius: 2px; padding: 1px 10px; font: inherit; cursor: pointer; }
button.link { color: var(--vscode-textLink-foreground); background: none; border: none; padding: 0; font-family: var(--vscode-editor-font-family); }
button[aria-disabled=true] { cursor: default; opacity: 0.6; }
button:focus-visible, input:focus-visible, select:focus-visible, th:focus-visible { outline: 1px solid var(--vscode-focusBorder); }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: 4px 12px 4px 0; border-bottom: 1px solid var(--vscode-widget-border, var(--vscode-contrastBorder, #8883)); }
tr.missing td, tr.differs td, tr.extra td { font-weight: 600; }
#busy { position: absolute; inset: auto 0 0 0; height: 2px; background: var(--vscode-progressBar-background); animation: busy 1s ease-in-out infinite alternate; }
#busy[hidden] { display: none; }
@keyframes busy { from { opacity: 1; } to { opacity: 0.2; } }
@media (prefers-reduced-motion: reduce) { #busy { animation: none; } }
.dim { color: var(--vscode-descriptionForeground); font-weight: 400; }
</style>
</head>
<body>
<div class="bar">
<input id="filter" type="search" placeholder="Filter by name" aria-label="Filter by name">
<select id="kind" aria-label="Which variables">
<option value="">All variables</option><option value="missing">Missing here</option><option value="extra">Missing on ${escaped(app)}</option><option value="differs">Different value</option><option value="same">Same value</option><option value="unknown">Not known</option>
</select>
<button id="refresh">Refresh</button><span id="age" class="dim" role="status">${escaped(opening)}</span><div id="busy" aria-hidden="true"></div>
</div>
<table aria-busy="true"><thead><tr><th id="heading" tabindex="-1">Variable</th><th>Here</th><th>${escaped(app)}</th><th>Add-on</th><th></th></tr></thead><tbody id="rows"></tbody></table>
<script nonce="${nonce}">${SCRIPT}</script>
</body>
</html>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

const SCRIPT = `
const api = acquireVsCodeApi();
const byId = (id) => document.getElementById(id);
let told = { rows: [], pulling: [], busy: true, note: "", fetched: null, production: false };
const cell = (text, dim) => { const made = document.createElement("td"); made.textContent = text; if (dim) made.className = "dim"; return made; };
function button(text, message, className) {
  const made = document.createElement("button");
  made.textContent = text;
  made.className = className || "";
  Object.assign(made.dataset, message);
  made.addEventListener("click", () => made.ariaDisabled === "true" || api.postMessage(message));
  return made;
}
const buttons = (command) => [...byId("rows").querySelectorAll("button")].filter((each) => each.dataset.command === command);
// The button with the focus, and those below it: the rows are drawn again, perhaps while the focus is in another part of the window.
let focused = null;
function keep() {
  const { command } = document.activeElement.dataset;
  const all = command ? buttons(command) : [], at = all.indexOf(document.activeElement);
  if (at >= 0) focused = { command, names: all.slice(at).map((each) => each.dataset.name) };
}
function restore() {
  if (!focused || !document.hasFocus()) return;
  const found = new Map(buttons(focused.command).map((each) => [each.dataset.name, each]));
  const name = focused.names.find((each) => found.has(each));
  (found.get(name) ?? byId("heading")).focus();
  focused = null;
}
function show() {
  const wanted = byId("filter").value.toLowerCase(), kind = byId("kind").value;
  const rows = told.rows.filter((row) => row.name.toLowerCase().includes(wanted) && (!kind || row.kind === kind));
  keep();
  byId("rows").replaceChildren(...rows.map((row) => {
    const line = document.createElement("tr");
    line.className = row.kind;
    const name = document.createElement("td"), act = document.createElement("td");
    name.append(button(row.name, { command: "open", name: row.name }, "link"));
    if (row.pull) {
      const isPulling = told.pulling.includes(row.name), text = isPulling ? "Pulling…" : "Pull";
      const pull = button(text, { command: "pull", name: row.name });
      pull.ariaLabel = text + " " + row.name;
      pull.ariaDisabled = line.ariaBusy = String(isPulling);
      act.append(pull);
    }
    line.append(name, cell(row.here), cell(row.there), cell(row.addon, true), act);
    return line;
  }));
  restore();
  const when = told.fetched ? "fetched " + new Date(told.fetched).toLocaleString() : told.note ? "" : "not fetched yet";
  byId("age").textContent = [told.note, when, told.production ? "production" : ""].filter(Boolean).join(" · ");
  byId("busy").hidden = !told.busy;
  document.querySelector("table").setAttribute("aria-busy", told.busy);
}
byId("filter").addEventListener("input", show);
byId("kind").addEventListener("change", show);
byId("refresh").addEventListener("click", () => api.postMessage({ command: "refresh" }));
addEventListener("focus", restore);
addEventListener("message", (event) => { told = event.data; show(); });
api.postMessage("ready");
`;
