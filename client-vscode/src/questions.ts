// The questions of the server. VS Code hides a notification after some seconds, so the status bar shows that one is open.

import * as vscode from "vscode";
import { MessageType, ShowMessageRequest, type LanguageClient, type MessageActionItem, type ShowMessageRequestParams } from "vscode-languageclient/node";
import type { Server } from "./server";

export class Questions implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly subscription: vscode.Disposable;
  /** The number of questions without an answer. */
  open = 0;
  readonly onDidChange = this.changed.event;

  constructor(server: Server) {
    this.subscription = server.onDidChangeState((state) => {
      this.open = 0;
      if (state.kind === "running") {
        this.listen(state.client);
      }
    });
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }

  /** Replaces the client's own handler, which exists as soon as the client has started. */
  private listen(client: LanguageClient): void {
    client.onRequest(ShowMessageRequest.type, async (params) => {
      this.count(1);
      try {
        return (await ask(params)) ?? null;
      } finally {
        this.count(-1);
      }
    });
  }

  private count(change: number): void {
    this.open = Math.max(0, this.open + change);
    this.changed.fire();
  }
}

const MOST = 4; // buttons in a notification
const CHOOSE = "Choose…";

/** Shows a question; if it has too many answers for buttons, one button opens a picker, so that none opens while the user types. */
async function ask(params: ShowMessageRequestParams): Promise<MessageActionItem | undefined> {
  const { showErrorMessage, showWarningMessage, showInformationMessage } = vscode.window;
  const show = { [MessageType.Error]: showErrorMessage, [MessageType.Warning]: showWarningMessage }[params.type as number] ?? showInformationMessage;
  const actions = params.actions ?? [];
  if (actions.length <= MOST) {
    return show(params.message, ...actions);
  }
  const isWanted = await show(params.message, CHOOSE);
  const items = actions.map((action) => ({ label: action.title, action }));
  return isWanted && (await vscode.window.showQuickPick(items, { title: params.message }))?.action;
}
