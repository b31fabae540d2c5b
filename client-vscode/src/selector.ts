// Which documents the server is told of: by their names, for `.env` has another language id with every extension.

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

/** Cells of a notebook, which the client tells of together; as the protocol names them. */
export const NOTEBOOK_CELLS = { notebook: "jupyter-notebook", language: "python" };

export const SELECTOR = [
  ...PATTERNS.map((pattern) => ({ scheme: "file", pattern })),
  { scheme: "file", language: "python" }, // scripts without a suffix
] satisfies DocumentSelector;
