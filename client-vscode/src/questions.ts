// The questions of the server. VS Code hides a notification after some seconds, so the status bar shows that one is open.

import * as vscode from "vscode";
import { MessageType, ShowMessageRequest, type LanguageClient, type MessageActionItem, type ShowMessageRequestParams } from "vscode-languageclient/node";
import type { Overviews } from "./overviews";
import type { Server } from "./server";
import { Waiting } from "./waiting";

export class Questions implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly subscription: vscode.Disposable;
  private readonly waiting = new Waiting(() => this.changed.fire());
  readonly onDidChange = this.changed.event;

  constructor(server: Server, overviews: Overviews) {
    this.subscription = vscode.Disposable.from(
      server.onDidChangeState((state) => {
        this.waiting.clear();
        if (state.kind === "running") {
          this.listen(state.client);
        }
      }),
      overviews.onDidChange(() => void this.waiting.look()),
    );
  }

  /** The number of questions that wait for an answer. */
  get open(): number {
    return this.waiting.count;
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }

  /** Replaces the client's own handler, which exists as soon as the client has started. */
  private listen(client: LanguageClient): void {
    client.onRequest(ShowMessageRequest.type, async (params) => (await this.waiting.answer(params.message, () => ask(params))) ?? null);
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
