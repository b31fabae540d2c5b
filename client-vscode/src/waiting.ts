// The questions of the server that wait for an answer. VS Code cannot close a notification: the question how to create the first
// `.env` may still be there when somebody has created one, but it no longer waits then.

import * as vscode from "vscode";
import { exists } from "./needed";

/** The question about the first `.env`, in the words of the server; a test compares them. */
const ABOUT_FIRST = /^(.+) needs \d+ variables? and has no \.env\. Create it\?$/;
const NOT_NOW = "Not now";
const REPORT = 8000; // milliseconds in the status bar

interface Question {
  /** The file that it offers to create. */
  file: vscode.Uri | undefined;
  isThere: boolean;
}

export class Waiting {
  private readonly questions = new Set<Question>();

  constructor(private readonly changed: () => void) {}

  /** The number of questions that wait for an answer. */
  get count(): number {
    return [...this.questions].filter(({ isThere }) => !isThere).length;
  }

  /** The answer to a question; none if it is to create a file that is there now, which is opened instead. */
  async answer<T extends { title: string }>(text: string, ask: () => Promise<T | undefined>): Promise<T | undefined> {
    const question: Question = { file: fileToCreate(text), isThere: false };
    this.questions.add(question);
    this.changed();
    try {
      const answer = await ask();
      const { file } = question;
      if (file && answer && answer.title !== NOT_NOW && (await exists(file))) {
        vscode.window.setStatusBarMessage("There is a .env now.", REPORT);
        await vscode.window.showTextDocument(file);
        return undefined;
      }
      return answer;
    } finally {
      this.questions.delete(question);
      this.changed();
    }
  }

  /** Looks which files are there now. */
  async look(): Promise<void> {
    for (const question of this.questions) {
      question.isThere = question.file !== undefined && (await exists(question.file));
    }
    this.changed();
  }

  /** Forgets the questions of a server that does not run any more. */
  clear(): void {
    this.questions.clear();
  }
}

/** The file that a question offers to create; undefined if it is another question, or its folder is not certain. */
function fileToCreate(text: string): vscode.Uri | undefined {
  const name = ABOUT_FIRST.exec(text)?.[1];
  const [folder, another] = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.path.split("/").pop() === name);
  return folder && !another ? vscode.Uri.joinPath(folder.uri, ".env") : undefined;
}
