const { vscode, assert, open, say, findings, found, after, hover, completions, action, perform, onDisk, write, scenario, until, ours, codeOf, file } = require("./harness");
const { launched } = require("./debugger");

exports.run = scenario({
  async "a variable that nothing sets is reported, after letters that are not ASCII"(context) {
    context.code = await open("app.py");
    await found("app.py", ["4:31 missing-variable"]);
  },
  async "its finding links to its page"() {
    const [finding] = ours(file("app.py"));
    assert.match(finding.code.target.toString(), /missing-variable/);
  },
  async "a variable that no code reads is reported in the env file"(context) {
    context.env = await open(".env");
    await found(".env", ["4:1 unused-variable"]);
  },
  async "hover shows where a variable is set, not its value"(context) {
    const text = await hover(context.code, after(context.code, 'environ["SECRET'));
    assert.match(text, /SECRET_KEY/);
    assert.match(text, /\.env/);
    assert.doesNotMatch(text, /canary/);
  },
  async "completion inside the quotes offers the known names"(context) {
    const names = await completions(context.code, after(context.code, 'environ["'));
    assert.ok(names.includes("GREETING"), names.join());
  },
  async "go to definition opens the env file"(context) {
    const position = after(context.code, 'environ["SECRET');
    const targets = await vscode.commands.executeCommand("vscode.executeDefinitionProvider", context.code.uri, position);
    const uris = targets.map((target) => (target.targetUri ?? target.uri).toString());
    assert.deepStrictEqual([...new Set(uris)], [file(".env").toString()]);
  },
  async "the references of a variable are listed without the env file while its values are hidden"(context) {
    const position = after(context.code, 'environ["SECRET');
    const references = () => vscode.commands.executeCommand("vscode.executeReferenceProvider", context.code.uri, position);
    const files = async () => [...new Set((await references()).map(({ uri }) => uri.toString()))].sort();
    const settings = vscode.workspace.getConfiguration("configvars");
    assert.deepStrictEqual(await files(), [file("app.py").toString()]);
    await settings.update("cloak", false, vscode.ConfigurationTarget.Global);
    assert.deepStrictEqual(await files(), [file(".env").toString(), file("app.py").toString()].sort());
    await settings.update("cloak", undefined, vscode.ConfigurationTarget.Global);
  },
  async "a quick fix adds the missing name and removes the finding"(context) {
    const title = /^Add MAIL_SERVER to \.env/;
    await perform(await action(context.code, after(context.code, 'environ["MAIL'), title));
    await vscode.workspace.saveAll();
    await until(".env on disk", () => /^MAIL_SERVER=$/m.test(onDisk(".env")));
    await found("app.py", []);
  },
  async "typed text counts before it is saved"(context) {
    const edit = new vscode.WorkspaceEdit();
    const end = context.code.lineAt(context.code.lineCount - 1).range.end;
    edit.insert(context.code.uri, end, 'os.environ["TYPED"]\n');
    await vscode.workspace.applyEdit(edit);
    await until("finding", () => ours(context.code.uri).some((finding) => codeOf(finding) === "missing-variable"));
  },
  async "a notebook is synchronized cell by cell; names that other cells import are known"() {
    const cells = ["import os\n", 'key = os.environ["SECRET_KEY"]\nos.environ["NOWHERE"]\n'];
    const code = (source) => ({ cell_type: "code", source, metadata: {}, outputs: [], execution_count: null });
    const text = JSON.stringify({ cells: cells.map(code), metadata: { language_info: { name: "python" } }, nbformat: 4, nbformat_minor: 5 });
    await vscode.workspace.fs.writeFile(file("nb.ipynb"), Buffer.from(text));
    const notebook = await vscode.workspace.openNotebookDocument(file("nb.ipynb"));
    await vscode.window.showNotebookDocument(notebook);
    const second = notebook.cellAt(1).document;
    await until("finding", () => ours(second.uri).map(say).join() === "2:13 missing-variable");
    assert.deepStrictEqual(ours(notebook.cellAt(0).document.uri), []);
    assert.deepStrictEqual(findings("nb.ipynb"), []);
    assert.match(await hover(second, after(second, 'environ["SECRET')), /\.env:1/);
  },
  async "debugging uses the env file that applies to the program, unless the configuration names one"() {
    await write("api/.env", "PORT=1\n");
    await write("api/main.py", 'import os\nport = os.environ["PORT"]\n');
    await open("api/main.py");
    const start = (more) => launched({ type: "debugpy", request: "launch", name: "Shop", ...more });
    const envFile = async (more) => (await start(more)).envFile;
    await until("the files to be read", async () => (await envFile({ program: "${file}" })) === file("api/.env").fsPath);
    assert.strictEqual(await envFile({ program: "${workspaceFolder}/app.py" }), file(".env").fsPath);
    assert.strictEqual(await envFile({ module: "flask", cwd: "${workspaceFolder}/api" }), file("api/.env").fsPath);
    assert.strictEqual(await envFile({ program: "${file}", envFile: "${workspaceFolder}/own.env" }), file("own.env").fsPath);
    const started = await start({ program: "${file}" });
    assert.strictEqual(started.env, undefined);
    assert.doesNotMatch(JSON.stringify(started), /canary/);
  },
  async "an interpreter that cannot run the server is rejected, and another one is used as soon as it is set"() {
    const settings = vscode.workspace.getConfiguration("configvars");
    const runs = async () => (await vscode.commands.getCommands()).includes("configvars.pull");
    await settings.update("interpreter", "/bin/false", vscode.ConfigurationTarget.Global);
    await until("the server to stop", async () => !(await runs()));
    await settings.update("interpreter", undefined, vscode.ConfigurationTarget.Global);
    await until("the server to run again", runs);
  },
});
