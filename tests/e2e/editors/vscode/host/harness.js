// Helpers for scenarios, which run inside the real extension host. A scenario is a table of named steps.
const vscode = require("vscode");
const assert = require("node:assert");
const fs = require("node:fs");

const folder = () => vscode.workspace.workspaceFolders[0].uri;
const file = (name) => vscode.Uri.joinPath(folder(), name);

/** Waits for a condition, which is tested every 50 ms; returns its last result. */
async function until(what, condition, patience = 20_000) {
  const end = Date.now() + patience;
  for (;;) {
    const answer = await condition();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function open(name) {
  const document = await vscode.workspace.openTextDocument(file(name));
  await vscode.window.showTextDocument(document);
  return document;
}

/** "4:12 missing-variable", 1-based, in UTF-16 units as VS Code counts. */
const codeOf = (diagnostic) => diagnostic.code?.value ?? diagnostic.code;
const say = (diagnostic) => {
  const { line, character } = diagnostic.range.start;
  return `${line + 1}:${character + 1} ${codeOf(diagnostic)}`;
};
const ours = (uri) => vscode.languages.getDiagnostics(uri).filter((found) => found.source === "configvars");
const findings = (name) => ours(file(name)).map(say).sort();

/** Waits until exactly these findings are shown for a file. */
async function found(name, expected) {
  try {
    await until(name, () => JSON.stringify(findings(name)) === JSON.stringify(expected));
  } catch {
    assert.deepStrictEqual(findings(name), expected);
  }
}

/** The position after the n-th occurrence of a text. */
function after(document, text, occurrence = 1) {
  let offset = -1;
  for (let i = 0; i < occurrence; i++) offset = document.getText().indexOf(text, offset + 1);
  assert.ok(offset >= 0, `no ${text} in ${document.fileName}`);
  return document.positionAt(offset + text.length);
}

async function hover(document, position) {
  const hovers = await vscode.commands.executeCommand("vscode.executeHoverProvider", document.uri, position);
  return hovers.flatMap((hover) => hover.contents.map((content) => content.value)).join("\n");
}

async function completions(document, position) {
  const list = await vscode.commands.executeCommand("vscode.executeCompletionItemProvider", document.uri, position);
  return list.items.map((item) => item.label.label ?? item.label);
}

async function actions(document, position) {
  const range = new vscode.Range(position, position);
  return vscode.commands.executeCommand("vscode.executeCodeActionProvider", document.uri, range);
}

/** Waits until a code action with a matching title is offered: those that need the server come later. */
async function action(document, position, title) {
  const matching = (offered) => offered.find((one) => title.test(one.title));
  return until(`code action ${title}`, async () => matching(await actions(document, position)));
}

/** Applies a code action as the editor does: its edit, then its command. */
async function perform(action) {
  if (action.edit) assert.ok(await vscode.workspace.applyEdit(action.edit));
  if (action.command) await vscode.commands.executeCommand(action.command.command, ...(action.command.arguments ?? []));
}

const onDisk = (name) => (fs.existsSync(file(name).fsPath) ? fs.readFileSync(file(name).fsPath, "utf8") : null);
const write = (name, text) => vscode.workspace.fs.writeFile(file(name), Buffer.from(text));

/** Creates the function `run` that VS Code calls; the first step that fails ends it. */
const scenario = (steps) => async () => {
  const extension = vscode.extensions.getExtension("configvars.configvars");
  console.log(`VS Code ${vscode.version}, trusted: ${vscode.workspace.isTrusted}`);
  await until("activation", () => extension.isActive);
  const context = {};
  for (const [name, step] of Object.entries(steps)) {
    const begin = Date.now();
    try {
      await step(context);
    } catch (error) {
      console.log(`not ok - ${name}: ${error.stack}`);
      throw error;
    }
    console.log(`ok - ${name} (${Date.now() - begin} ms)`);
  }
};

module.exports = { vscode, assert, fs, file, folder, until, open, say, ours, codeOf, findings, found, after, hover, completions, action, actions, perform, onDisk, write, scenario };
