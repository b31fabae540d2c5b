// Hides the values of env files in the editor until the user wants to see them, for example on a shared screen.

import * as vscode from "vscode";
import { cloaked, holdsValues, isForDirenv } from "./cloaked";
import { isMove, typedAfter } from "./typed";

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
  /** The lines whose values are shown, by document. */
  private readonly lines = new Map<string, Set<number>>();
  /** The lines that have something to hide, and those that the user has typed, by document. */
  private readonly secret = new Map<string, Set<number>>();
  private readonly typed = new Map<string, Set<number>>();
  private readonly subscription: vscode.Disposable;

  constructor() {
    this.subscription = vscode.Disposable.from(
      this.hidden,
      vscode.window.onDidChangeVisibleTextEditors(() => this.all()),
      vscode.window.onDidChangeActiveTextEditor(() => this.all()),
      vscode.workspace.onDidChangeTextDocument((change) => this.changed(change)),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => this.typed.get(textEditor.document.uri.toString())?.size && this.show(textEditor)),
      vscode.workspace.onDidCloseTextDocument((document) => [this.lines, this.secret, this.typed].forEach((each) => each.delete(document.uri.toString()))),
      vscode.workspace.onDidChangeConfiguration((change) => change.affectsConfiguration(SETTING) && this.all()),
    );
    this.all();
  }

  /** Shows the values of all env files, or hides them again; the choice is stored in the user's settings. */
  async toggle(): Promise<void> {
    this.lines.clear();
    const on = this.isOn();
    await vscode.workspace.getConfiguration().update(SETTING, on ? false : undefined, vscode.ConfigurationTarget.Global);
    this.all();
  }

  /** Shows the value on one line until its file is closed, or hides it again. */
  toggleLine(uri?: string, line?: number): void {
    const editor = vscode.window.activeTextEditor;
    const document = uri ?? editor?.document.uri.toString();
    const at = line ?? editor?.selection.active.line;
    if (document !== undefined && at !== undefined) {
      const shown = this.lines.get(document) ?? new Set();
      if (!shown.delete(at)) {
        shown.add(at);
      }
      this.lines.set(document, shown);
      this.all();
    }
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
    if (!isEnvFile(change.document)) {
      return;
    }
    const id = change.document.uri.toString();
    if (change.contentChanges.some(isMove)) {
      this.lines.delete(id); // the line numbers have changed
    }
    const typed = typedAfter(change, this.typed.get(id) ?? new Set(), this.secret.get(id));
    this.typed.set(id, typed);
    for (const { range, orName } of this.find(change.document)) {
      if (!orName) {
        typed.delete(range.start.line); // it has a value, which stays hidden if its name is deleted
      }
    }
    for (const editor of vscode.window.visibleTextEditors.filter((each) => each.document === change.document)) {
      this.show(editor);
    }
  }

  private show(editor: vscode.TextEditor): void {
    const { document } = editor;
    if (!isEnvFile(document)) {
      return;
    }
    const id = document.uri.toString();
    const [shown, typed] = [this.lines.get(id), this.typed.get(id)];
    const cursors = new Set(editor.selections.map(({ active }) => active.line));
    const ranges = this.find(document)
      .filter(({ range, orName }) => this.isOn() && !shown?.has(range.start.line) && !(orName && typed?.has(range.start.line) && cursors.has(range.start.line)))
      .map(({ range }) => range);
    editor.setDecorations(this.hidden, ranges.map((range) => ({ range, hoverMessage: hint(document.uri, range.start.line) })));
  }

  /** What is to be hidden in a document. Its lines are stored, because a change is compared with them. */
  private find(document: vscode.TextDocument): { range: vscode.Range; orName: boolean }[] {
    const found = cloaked(document.getText(), isForDirenv(document.uri.path)).map(({ start, end, orName }) => {
      return { range: new vscode.Range(document.positionAt(start), document.positionAt(end)), orName };
    });
    this.secret.set(document.uri.toString(), new Set(found.map(({ range }) => range.start.line)));
    return found;
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
