// A debugger with the type of the Python extension's. It starts nothing, and only reports what it should launch.
const { vscode } = require("./harness");

let asked;
let factory;

class Adapter {
  constructor() {
    this.messages = new vscode.EventEmitter();
    this.onDidSendMessage = this.messages.event;
  }

  handleMessage({ seq, command, arguments: argument }) {
    this.messages.fire({ type: "response", request_seq: seq, seq: 0, success: true, command, body: {} });
    if (command === "launch") {
      this.messages.fire({ type: "event", seq: 0, event: "terminated" });
      asked(argument);
    }
  }

  dispose() {}
}

/** Starts a debug configuration and returns it as the debugger gets it. */
async function launched(configuration) {
  factory ??= vscode.debug.registerDebugAdapterDescriptorFactory("debugpy", {
    createDebugAdapterDescriptor: () => new vscode.DebugAdapterInlineImplementation(new Adapter()),
  });
  const answer = new Promise((resolve) => (asked = resolve));
  await vscode.debug.startDebugging(vscode.workspace.workspaceFolders[0], configuration);
  return answer;
}

module.exports = { launched, activate: () => undefined };
