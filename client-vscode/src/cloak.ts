// Hides the values of env files in the editor until the user wants to see them, for example on a shared screen.

import * as vscode from "vscode";
import { holdsValues, isForDirenv } from "./cloaked";
import { Hiding } from "./hiding";

const SETTING = "configvars.cloak";
const SHOWN = "configvars.valuesShown";
const HAS_VALUES = "configvars.hasValues";

export class Cloak implements vscode.Disposable {
  // The text stays in the document but takes no space; a replacement of the same length is shown for every value.
  private readonly hidden = vscode.window.createTextEditorDecorationType({
    opacity: "0",
    color: "transparent",
    letterSpacing: "-1em",
    textDecoration: "none; font-size: 1px; user-select: none;",
    before: { contentText: "••••••••", color: new vscode.ThemeColor("editorInlayHint.foreground"), margin: "0 1px 0 0" },
    rangeBehavior: vscode.DecorationRangeBehavior.OpenOpen,
  });
  /** By document. */
  private readonly hidings = new Map<string, Hiding>();
  private readonly subscription: vscode.Disposable;

  constructor() {
    this.subscription = vscode.Disposable.from(
      this.hidden,
      vscode.window.onDidChangeVisibleTextEditors(() => this.all()),
      vscode.window.onDidChangeActiveTextEditor(() => this.all()),
      vscode.workspace.onDidChangeTextDocument((change) => this.changed(change)),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => this.hidings.get(textEditor.document.uri.toString())?.hasTyped && this.show(textEditor)),
      vscode.workspace.onDidCloseTextDocument((document) => this.hidings.delete(document.uri.toString())),
      vscode.workspace.onDidChangeConfiguration((change) => change.affectsConfiguration(SETTING) && this.all()),
    );
    this.all();
  }

  /** Shows the values of all env files, or hides them again; the choice is stored in the user's settings. */
  async toggle(): Promise<void> {
    this.hidings.forEach((each) => each.forget());
    const on = this.isOn();
    await vscode.workspace.getConfiguration().update(SETTING, on ? false : undefined, vscode.ConfigurationTarget.Global);
    this.all();
  }

  /** Shows the value on one line until its file is closed, or hides it again. */
  toggleLine(uri?: string, line?: number): void {
    const editor = vscode.window.activeTextEditor;
    const document = uri === undefined ? editor?.document.uri : vscode.Uri.parse(uri);
    const at = line ?? editor?.selection.active.line;
    if (document !== undefined && at !== undefined) {
      this.hiding(document).toggle(at);
      this.all();
    }
  }

  /** Whether the values of a file are hidden, as far as the user has not shown those of single lines. */
  hides(uri: vscode.Uri): boolean {
    return this.isOn() && holdsValues(uri.path);
  }

  dispose(): void {
    this.subscription.dispose();
  }

  private isOn(): boolean {
    return vscode.workspace.getConfiguration().get<boolean>(SETTING, true);
  }

  private all(): void {
    for (const editor of vscode.window.visibleTextEditors) {
      this.show(editor);
    }
    const active = vscode.window.activeTextEditor;
    void vscode.commands.executeCommand("setContext", HAS_VALUES, active !== undefined && isEnvFile(active.document));
    void vscode.commands.executeCommand("setContext", SHOWN, !this.isOn());
  }

  private changed(change: vscode.TextDocumentChangeEvent): void {
    if (!isEnvFile(change.document) || change.contentChanges.length === 0) {
      return; // without changes: it was saved
    }
    this.hiding(change.document.uri).changed(change.document, change);
    for (const editor of vscode.window.visibleTextEditors.filter((each) => each.document === change.document)) {
      this.show(editor);
    }
  }

  private show(editor: vscode.TextEditor): void {
    const { document } = editor;
    if (!isEnvFile(document)) {
      return;
    }
    const cursors = new Set(editor.selections.map(({ active }) => active.line));
    const hidden = this.isOn() ? this.hiding(document.uri).hidden(document, cursors) : [];
    const decorations = hidden.map(({ line, start, end }) => {
      return { range: new vscode.Range(document.positionAt(start), document.positionAt(end)), hoverMessage: hint(document.uri, line) };
    });
    editor.setDecorations(this.hidden, decorations);
  }

  private hiding(uri: vscode.Uri): Hiding {
    const id = uri.toString();
    const known = this.hidings.get(id) ?? new Hiding(isForDirenv(uri.path));
    this.hidings.set(id, known);
    return known;
  }
}

function isEnvFile(document: vscode.TextDocument): boolean {
  return holdsValues(document.uri.path);
}

/** The hover over a hidden value: how to show it. */
function hint(uri: vscode.Uri, line: number): vscode.MarkdownString {
  const argument = encodeURIComponent(JSON.stringify([uri.toString(), line]));
  const text = new vscode.MarkdownString(`[Show this value](command:configvars.ui.toggleLine?${argument})`);
  text.isTrusted = { enabledCommands: ["configvars.ui.toggleLine"] };
  return text;
}
