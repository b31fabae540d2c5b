// The Config Vars view in the explorer: variables that need attention come first, below the reason; below each variable, its places.

import * as vscode from "vscode";
import { folderId } from "./folders";
import type { Overviews } from "./overviews";
import type { AppState, Place, Row } from "./protocol";
import { afterName, appState, byReason, describe, gap, groupTooltip, isNeedy, rowWords, stateReason } from "./words";

export type Node =
  | { kind: "folder"; folder: vscode.WorkspaceFolder; rows: Row[] }
  | { kind: "group"; folder: vscode.WorkspaceFolder; label: string; rows: Row[]; needy: boolean; open: boolean }
  | { kind: "variable"; folder: vscode.WorkspaceFolder; row: Row }
  | { kind: "place"; place: Place }
  | { kind: "app"; state: AppState };

const ICONS = {
  error: new vscode.ThemeIcon("error", new vscode.ThemeColor("list.errorForeground")),
  warning: new vscode.ThemeIcon("warning", new vscode.ThemeColor("list.warningForeground")),
  information: new vscode.ThemeIcon("info"),
  hint: new vscode.ThemeIcon("lightbulb"),
  none: new vscode.ThemeIcon("pass"),
  lacks: new vscode.ThemeIcon("circle-outline"),
  differs: new vscode.ThemeIcon("diff"),
};
const PLACE_ICONS = { reference: "symbol-reference", definition: "symbol-key", declaration: "note" };

export class VariablesView implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<undefined>();
  private readonly subscription: vscode.Disposable;
  private readonly tree: vscode.TreeView<Node>;
  readonly onDidChangeTreeData = this.changed.event;

  constructor(
    private readonly overviews: Overviews,
    private readonly need: () => unknown,
  ) {
    this.tree = vscode.window.createTreeView("configvars.variables", { treeDataProvider: this });
    this.subscription = vscode.Disposable.from(
      this.tree,
      overviews.onDidChange(() => this.changed.fire(undefined)),
    );
  }

  async getChildren(node?: Node): Promise<Node[]> {
    switch (node?.kind) {
      case undefined:
        return this.roots();
      case "folder":
        return groups(node.folder, node.rows);
      case "group":
        return node.rows.map((row) => ({ kind: "variable", folder: node.folder, row }));
      case "variable":
        return [
          ...node.row.places.map((place): Node => ({ kind: "place", place })),
          ...node.row.apps.map((state): Node => ({ kind: "app", state })),
        ];
      default:
        return [];
    }
  }

  getTreeItem(node: Node): vscode.TreeItem {
    switch (node.kind) {
      case "folder":
        return new vscode.TreeItem(node.folder.name, vscode.TreeItemCollapsibleState.Expanded);
      case "group":
        return groupItem(node);
      case "variable":
        return variableItem(node.folder, node.row);
      case "place":
        return placeItem(node.place);
      case "app":
        return appItem(node.state);
    }
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }

  private async roots(): Promise<Node[]> {
    void this.need(); // the view is visible
    const folders = vscode.workspace.workspaceFolders ?? [];
    const overviews = await Promise.all(folders.map((folder) => this.overviews.of(folder)));
    await vscode.commands.executeCommand("setContext", "configvars.loaded", overviews.some((each) => each?.loading === false));
    const found = folders.map((folder, at) => ({ folder, rows: overviews[at]?.rows ?? [] }));
    const needy = found.flatMap(({ rows }) => rows.filter(isNeedy)).length;
    this.tree.description = needy === 0 ? "" : `${needy} ${needy === 1 ? "needs" : "need"} attention`;
    return found.length === 1 && found[0] ? groups(found[0].folder, found[0].rows) : found.map((each) => ({ kind: "folder", ...each }));
  }
}

function groups(folder: vscode.WorkspaceFolder, all: readonly Row[]): Node[] {
  const rest = all.filter((row) => !isNeedy(row));
  const needy = byReason(all.filter(isNeedy)).map(({ reason, rows }): Node => ({ kind: "group", folder, label: reason, rows, needy: true, open: true }));
  return rest.length === 0 ? needy : [...needy, { kind: "group", folder, label: "All others", rows: rest, needy: false, open: needy.length === 0 }];
}

function groupItem(node: Extract<Node, { kind: "group" }>): vscode.TreeItem {
  const { Expanded, Collapsed } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(node.label, node.open ? Expanded : Collapsed);
  item.id = `${folderId(node.folder)} ${node.label}`;
  if (node.needy) {
    item.iconPath = icon(node.rows[0]);
    item.tooltip = groupTooltip(node.label, node.rows);
  } else {
    item.description = String(node.rows.length);
  }
  return item;
}

function variableItem(folder: vscode.WorkspaceFolder, row: Row): vscode.TreeItem {
  const item = new vscode.TreeItem(row.name, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = `${folderId(folder)} ${row.scope} ${row.name}`;
  const words = row.scope === "flask" ? "Flask key" : describe(row);
  item.tooltip = [words, row.message].filter(Boolean).join("\n");
  item.accessibilityInformation = { label: [row.name, words, row.message].filter(Boolean).join(", ") };
  if (!isNeedy(row)) {
    // The group of a needy row has its reason and its icon: next to a long name they would not fit into a narrow side bar.
    item.description = rowWords(row);
    item.iconPath = icon(row);
  } else if (!stateReason(row)) {
    item.description = afterName(row); // the group has only the name of the check
  }
  const canPull = row.scope === "env" && (row.apps.length === 0 ? lacks(row) : row.apps.some((app) => gap(row, app.app)));
  item.contextValue = ["variable", canPull ? "pullable" : "", row.scope === "env" && row.local === "missing" ? "addable" : ""].filter(Boolean).join(" ");
  return item;
}

function icon(row: Row | undefined): vscode.ThemeIcon {
  return ICONS[row?.attention ?? (row?.apps.some((app) => app.same === false) ? "differs" : row && lacks(row) ? "lacks" : "none")];
}

function lacks(row: Row): boolean {
  return row.local === "missing" || row.local === "empty";
}

function placeItem(place: Place): vscode.TreeItem {
  const item = new vscode.TreeItem(place.label);
  item.description = { reference: "reads it", definition: "sets it", declaration: "declares it" }[place.role];
  item.iconPath = new vscode.ThemeIcon(PLACE_ICONS[place.role]);
  item.contextValue = `place ${place.role}`;
  item.command = { command: "configvars.ui.open", title: "Open", arguments: [{ kind: "place", place }] };
  return item;
}

function appItem(state: AppState): vscode.TreeItem {
  const item = new vscode.TreeItem(state.app);
  item.description = appState(state) + (state.addon ? ` · owned by ${state.addon}` : "");
  item.iconPath = new vscode.ThemeIcon(state.state === "set" ? "cloud" : "cloud-upload");
  item.contextValue = "app";
  return item;
}
