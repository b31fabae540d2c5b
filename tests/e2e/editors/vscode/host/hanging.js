const { vscode, assert, open, found, scenario } = require("./harness");

exports.run = scenario({
  "the other extension is there"() {
    assert.ok(vscode.extensions.all.some(({ id }) => id.startsWith("ms-python.")));
  },
  async "the server starts all the same"() {
    await open("app.py");
    await found("app.py", ["4:31 missing-variable"]);
  },
});
