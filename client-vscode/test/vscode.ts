// The part of VS Code's API that the tested code calls; everything else is tested in the real VS Code.

interface Extension {
  activate(): Promise<unknown>;
}

export const installed = new Map<string, Extension>();
export const extensions = { getExtension: (name: string) => installed.get(name) };

export class Disposable {
  constructor(readonly dispose: () => void) {}

  static from(...all: Disposable[]): Disposable {
    return new Disposable(() => all.forEach((each) => each.dispose()));
  }
}

export class ThemeColor {
  constructor(readonly id: string) {}
}

/** The executed commands, and whether the window is a remote one. */
export const executed: unknown[][] = [];
export const commands = { executeCommand: (...args: unknown[]) => Promise.resolve(void executed.push(args)) };
export const opened: string[] = [];
export const env: { remoteName?: string; shell: string; openExternal: (uri: string) => void } = { shell: "/bin/bash", openExternal: (uri) => void opened.push(uri) };
export const Uri = { parse: (uri: string) => uri, joinPath: ({ path }: { path: string }, name: string) => ({ path: `${path}/${name}` }) };

export class CancellationTokenSource {
  readonly token = {};
  cancel(): void {}
}

export class EventEmitter<T = void> {
  private readonly listeners: ((value: T) => void)[] = [];
  readonly event = (listener: (value: T) => void): Disposable => {
    this.listeners.push(listener);
    return new Disposable(() => void this.listeners.splice(this.listeners.indexOf(listener), 1));
  };

  fire(value: T): void {
    [...this.listeners].forEach((listener) => listener(value));
  }
}

/** A web view, with the messages that it was sent. `send` is a message of its page. */
export interface Panel {
  posted: { busy: boolean; note: string; pulling: string[] }[];
  revealed: number;
  send: (message: unknown) => void;
}

/** The web views that were opened. */
export const panels: Panel[] = [];
export const ViewColumn = { Active: -1 };

/** The user's settings, and the options and commands of the terminals that were opened. */
export const settings = new Map<string, unknown>();
export const closed = new EventEmitter<unknown>();
export const granted = new EventEmitter();
export const terminals: { options: { cwd?: string; env?: { PATH?: string } }; sent: string[] }[] = [];
export const documents: { isDirty: boolean; uri: { scheme: string }; save: () => Promise<unknown> }[] = [];
/** The paths of the folders of the workspace, and of the files on disk. */
export const folders: string[] = [];
export const files = new Set<string>();
export const workspace = {
  get workspaceFolders() {
    return folders.map((path) => ({ uri: { path } }));
  },
  fs: { stat: ({ path }: { path: string }) => (files.has(path) ? Promise.resolve({}) : Promise.reject(new Error("no such file"))) },
  onDidGrantWorkspaceTrust: granted.event,
  textDocuments: documents,
  getConfiguration: (section: string) => ({ get: (name: string, fallback: unknown) => settings.get(`${section}.${name}`) ?? fallback }),
};

/** The error messages that were shown. */
export const errors: string[] = [];

/** The texts in the status bar, the buttons of each message, and which of them the user presses. */
export const reported: string[] = [];
export const offered: string[][] = [];
export const press: { button?: string; once?: boolean } = {};

function answered(buttons: string[]): string | undefined {
  offered.push(buttons);
  const pressed = buttons.find((each) => each === press.button);
  if (press.once) {
    delete press.button;
  }
  return pressed;
}

interface Item {
  label: string;
  description?: string;
}

/** A picker as a user sees it. As in VS Code, the active item of one with check boxes is none until an arrow key is pressed. */
export class Picker {
  busy = false;
  canSelectMany = false;
  title = "";
  value = "";
  items: Item[] = [];
  activeItems: Item[] = [];
  selectedItems: Item[] = [];
  private readonly accepted = new EventEmitter();
  private readonly hidden = new EventEmitter();
  readonly onDidAccept = this.accepted.event;
  readonly onDidHide = this.hidden.event;

  show(): void {
    pickers.push(this);
  }

  dispose(): void {
    this.hidden.fire();
  }

  /** Types text that filters the items. */
  type(text: string): void {
    this.value = text;
    this.activeItems = this.canSelectMany ? [] : this.items.filter(({ label }) => label.includes(text)).slice(0, 1);
  }

  /** Moves to the items and takes them, or ticks exactly these. */
  take(...labels: string[]): void {
    const items = this.items.filter(({ label }) => labels.includes(label));
    this.activeItems = this.canSelectMany ? items.slice(0, 1) : items;
    this.selectedItems = items;
    this.accepted.fire();
  }

  /** Presses the enter key. */
  enter(): void {
    this.selectedItems = this.canSelectMany ? this.selectedItems : this.activeItems;
    this.accepted.fire();
  }
}

/** The pickers that were opened. */
export const pickers: Picker[] = [];

/** The document of the active editor. */
export const active: { uri?: string } = {};

export const window = {
  get activeTextEditor() {
    return active.uri === undefined ? undefined : { document: { uri: active.uri } };
  },
  showErrorMessage: (message: string, ...buttons: string[]) => Promise.resolve(void errors.push(message)).then(() => answered(buttons)),
  showInformationMessage: (_: string, ...buttons: string[]) => Promise.resolve(answered(buttons)),
  setStatusBarMessage: (message: string) => void reported.push(message),
  showTextDocument: (uri: string | { path: string }) => void opened.push(typeof uri === "string" ? uri : uri.path),
  onDidCloseTerminal: closed.event,
  createQuickPick: () => new Picker(),
  createTerminal: (options: (typeof terminals)[number]["options"]): unknown => {
    const terminal = { options, sent: [] as string[] };
    terminals.push(terminal);
    return Object.assign(terminal, { show: () => undefined, sendText: (text: string) => void terminal.sent.push(text) });
  },
  createWebviewPanel: (): unknown => {
    const panel: Panel = { posted: [], revealed: 0, send: () => undefined };
    panels.push(panel);
    return {
      webview: {
        html: "",
        postMessage: (message: Panel["posted"][number]) => Promise.resolve(panel.posted.push(message)),
        onDidReceiveMessage: (listener: Panel["send"]) => void (panel.send = listener),
      },
      onDidDispose: () => undefined,
      reveal: () => void panel.revealed++,
      dispose: () => undefined,
    };
  },
};
