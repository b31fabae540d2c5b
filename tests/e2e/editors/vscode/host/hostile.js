const { vscode, assert, folder, open, found, after, hover, completions, scenario, until } = require("./harness");

const call = (command, argument = {}) => vscode.commands.executeCommand(command, { folder: folder().toString(), ...argument });

exports.run = scenario({
  async "reading works, whatever the folder contains"() {
    const code = await open("app.py");
    await found("app.py", ["4:31 missing-variable"]);
    assert.match(await hover(code, after(code, 'environ["SECRET')), /SECRET_KEY/);
    assert.ok((await completions(code, after(code, 'environ["'))).includes("GREETING"));
  },
  async "the folder's own settings do not choose the program"() {
    const settings = vscode.workspace.getConfiguration("configvars");
    assert.strictEqual(settings.get("path"), "");
    assert.strictEqual(settings.get("interpreter"), "");
  },
  async "commands that would contact Heroku say why they do not"() {
    await until("the server's commands", async () => (await vscode.commands.getCommands()).includes("configvars.pull"));
    const outcome = await call("configvars.pull", { names: ["MAIL_SERVER"], app: "victim-prod" });
    assert.strictEqual(outcome.ok, false);
    assert.match(outcome.message, vscode.workspace.isTrusted ? /heroku/i : /trust/i);
  },
  async "nothing is started by a second attempt either, and the folder's own settings do not choose the app"() {
    const outcome = await call("configvars.refresh");
    assert.strictEqual(outcome.ok, false);
    assert.match(outcome.message, vscode.workspace.isTrusted ? /No Heroku app is chosen/ : /trust/i);
  },
});
