// The server's extensions of the Language Server Protocol; docs/lsp-extensions.md describes them.

import { NotificationType, RequestType, type Position, type Range } from "vscode-languageclient/node";

export type Next = "trust" | "log-in" | "install-cli" | "choose-app" | "open";

/** What the user can do after a failure. */
export interface Steps {
  next?: Next;
  /** A setting that can help, without `configvars.`. */
  setting?: string;
  /** Whether it makes sense to repeat what failed. */
  retry?: true;
}

export interface Outcome extends Steps {
  ok: boolean;
  message: string;
  /** The user dismissed a question or cancelled the work. */
  dismissed?: true;
  /** The file that `next` is about. */
  uri?: string;
  /** The variable in this file whose value is to be filled in. */
  name?: string;
}

export interface AppsResult extends Outcome {
  chosen: string[];
  suggested: string[];
  /** The git remotes of apps, by the apps' names. */
  remotes?: Record<string, string>;
  available: { name: string; team: string | null }[];
}

export interface Place {
  role: "reference" | "definition" | "declaration";
  uri: string;
  range: Range;
  label: string;
}

export interface AppState {
  app: string;
  state: "set" | "missing" | "unknown";
  same: boolean | null;
  addon: string | null;
}

export interface Row {
  name: string;
  scope: "env" | "flask";
  attention: "error" | "warning" | "information" | "hint" | null;
  /** The check that `message` is from. */
  check: string | null;
  message: string;
  need: "required" | "optional" | "defaulted" | "guarded" | null;
  local: "set" | "empty" | "missing" | "unknown";
  places: Place[];
  apps: AppState[];
}

export interface Overview {
  version: 1;
  loading: boolean;
  apps: { app: string; production: boolean; fetched: string | null }[];
  rows: Row[];
}

export interface Status extends Steps {
  folder: string;
  apps: string[];
  fetched: string | null;
  state: "none" | "untrusted" | "idle" | "fetching" | "failed";
  message: string;
}

export const AppsRequest = new RequestType<{ folder: string }, AppsResult, void>("configvars/apps");
/** Asked by the server: the app of a folder for which none is chosen. */
export const PickAppRequest = new RequestType<{ folder: string }, { app: string | null }, void>("configvars/pickApp");
export const OverviewRequest = new RequestType<{ folder: string }, Overview, void>("configvars/overview");
/** The paths of the env files that apply to a program. */
export const EnvFilesRequest = new RequestType<{ folder: string; path?: string }, { files: string[] }, void>("configvars/envFiles");
/** What the first env file can be created from: the values of `from` of `configvars.createEnvFile`. */
export const OriginsRequest = new RequestType<{ folder: string }, { origins: string[] }, void>("configvars/origins");
export const OverviewChanged = new NotificationType<{ folder: string }>("configvars/overviewChanged");
/** The outcome of what the server did after a question that it asked by itself. */
export const OutcomeTold = new NotificationType<Outcome>("configvars/outcome");
export const StatusChanged = new NotificationType<Status>("configvars/status");
export const DidChangeTrust = new NotificationType<{ trusted: boolean }>("configvars/didChangeTrust");

/** Without a position, the name that was typed last is complete where it is. */
export const DidMoveCursor = new NotificationType<{ textDocument: { uri: string }; position?: Position }>("configvars/didMoveCursor");
