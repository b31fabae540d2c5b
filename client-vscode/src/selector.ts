// The documents that are sent to the server: by name, because each extension gives `.env` another language id.

import type { DocumentSelector } from "vscode";

const PATTERNS = [
  "**/*.py",
  "**/.env*",
  "**/*.env",
  "**/.flaskenv",
  "**/env.{example,sample,template,dist}",
  "**/app.json",
  "**/Procfile*",
  "**/heroku.yml",
  "**/*.{html,htm,jinja,jinja2,j2}",
];

/** Cells of a notebook, in the form of the protocol; the client sends them together. */
export const NOTEBOOK_CELLS = { notebook: "jupyter-notebook", language: "python" };

export const SELECTOR = [
  ...PATTERNS.map((pattern) => ({ scheme: "file", pattern })),
  { scheme: "file", language: "python" }, // scripts without an extension
] satisfies DocumentSelector;
