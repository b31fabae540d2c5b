// The lifecycle of the one server of this window.

import * as path from "node:path";
import { isDeepStrictEqual } from "node:util";
import * as vscode from "vscode";
import { LanguageClient } from "vscode-languageclient/node";
import { showOutcome, type Repeat } from "./outcome";
import { listed, reachable, type Hides } from "./hiddenPlaces";
import { linked } from "./hover";
import { DidChangeTrust, OutcomeTold, type Outcome } from "./protocol";
import { findServer, type Found } from "./python";
import { saving } from "./saved";
import { NOTEBOOK_CELLS, SELECTOR } from "./selector";
import { Commands } from "./serverCommands";
import { chosenSettings } from "./settings";
import { besides } from "./silence";

type Command = Extract<Found, { command: string }>;
export type State = { kind: "idle" } | { kind: "starting" } | { kind: "running"; client: LanguageClient } | { kind: "failed"; problem: string };

export class Server implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<State>();
  private readonly started = new vscode.EventEmitter<LanguageClient>();
  private running: { client: LanguageClient; command: Command } | undefined;
  private last: Promise<void> = Promise.resolve();

  /** The commands of the server that run, the latest one last. */
  private readonly commands = new Set<Repeat>();

  state: State = { kind: "idle" };
  readonly onDidChangeState = this.changed.event;
  /** Fires with each new client before it starts, so that no notification is missed. */
  readonly onWillStart = this.started.event;

  constructor(
    private readonly extension: vscode.ExtensionContext,
    private readonly log: vscode.LogOutputChannel,
    private readonly hides: Hides,
  ) {}

  get client(): LanguageClient | undefined {
    return this.state.kind === "running" ? this.state.client : undefined;
  }

  /** How to repeat the command that was started last and still runs. */
  get command(): Repeat | undefined {
    return [...this.commands].at(-1);
  }

  /** Starts the server if nothing has needed it before; done when it runs or has failed. */
  need(): Promise<void> {
    if (this.state.kind === "starting") {
      return this.last;
    }
    if (this.state.kind !== "idle") {
      return Promise.resolve();
    }
    this.set({ kind: "starting" });
    return this.restart();
  }

  /**
   * Restarts the server if its command has changed, or always with `force`. One restart at a time. Without `force`, a server
   * that nothing has needed is not started.
   */
  restart(force = false): Promise<void> {
    if (this.state.kind === "idle" && !force) {
      return this.last;
    }
    this.last = this.last.then(
      () => this.restartNow(force),
      () => this.restartNow(force),
    );
    return this.last;
  }

  /** Tells the server that the workspace is trusted; from now on another Python may run it. */
  async trust(): Promise<void> {
    await this.client?.sendNotification(DidChangeTrust, { trusted: true });
    await this.restart();
  }

  /** When the last start or restart is over. */
  settled(): Promise<void> {
    return this.last;
  }

  async stop(): Promise<void> {
    const running = this.running;
    this.running = undefined;
    await running?.client.dispose();
  }

  dispose(): void {
    this.changed.dispose();
    this.started.dispose();
  }

  private async restartNow(force: boolean): Promise<void> {
    if (force) {
      this.set({ kind: "starting" }); // so that a problem is shown again
    }
    const start = path.join(this.extension.extensionPath, "bundled", "start.py");
    const found = await findServer(start, this.log);
    if (!force && this.running && isDeepStrictEqual(this.running.command, found)) {
      return;
    }
    await this.stop();
    if ("problem" in found) {
      this.fail(found.problem);
    } else {
      await this.start(found);
    }
  }

  private async start(command: Command): Promise<void> {
    this.set({ kind: "starting" });
    this.log.info(`Starting the server with ${command.command} (from ${command.origin})`);
    const client = newClient(command, path.join(this.extension.extensionPath, "bundled"), this.log, this.commands, this.hides);
    client.onNotification(OutcomeTold, (outcome) => void showOutcome(outcome, { again: createEnvFile, withChosenApp: createEnvFile }));
    this.started.fire(client);
    this.running = { client, command };
    try {
      await client.start();
      this.set({ kind: "running", client });
    } catch {
      this.running = undefined;
      this.fail(`The server did not start with ${command.command}.`);
    }
  }

  private fail(problem: string): void {
    this.log.error(problem);
    this.set({ kind: "failed", problem });
  }

  private set(state: State): void {
    this.state = state;
    this.changed.fire(state);
  }
}

const createEnvFile = (): unknown => vscode.commands.executeCommand("configvars.ui.createEnvFile");

/** Commands whose outcome is shown in another way. */
const QUIET = new Set<string>([Commands.explain, Commands.rule, Commands.show]);

/** Commands after which nothing is left to do if the user chooses an app. */
const ABOUT_CHOICE = new Set<string>([Commands.chooseApp, Commands.refresh]);

/** How to repeat a command of the server. */
function repeatOf(name: string, argument: object): Repeat {
  const again = (): unknown => vscode.commands.executeCommand(name, argument);
  const withChosenApp = (): unknown => vscode.commands.executeCommand(name, { ...argument, app: undefined });
  return ABOUT_CHOICE.has(name) ? { again } : { again, withChosenApp };
}

function newClient(command: Command, cwd: string, log: vscode.LogOutputChannel, running: Set<Repeat>, hides: Hides): LanguageClient {
  const run = { command: command.command, args: command.args, options: { cwd } };
  return new LanguageClient("configvars", "Config Vars", run, {
    documentSelector: [...SELECTOR, NOTEBOOK_CELLS],
    outputChannel: log,
    initializationOptions: { trusted: vscode.workspace.isTrusted, status: true, showReferences: true, cursor: true, commandLinks: true, pickApp: true },
    middleware: {
      workspace: {
        configuration: (params) => params.items.map((item) => (item.section === "configvars" ? chosenSettings(item.scopeUri) : null)),
        handleApplyEdit: (params, next) => saving(() => next(params, new vscode.CancellationTokenSource().token)),
      },
      executeCommand: async (name, args, next) => {
        const [argument, repeat = repeatOf(name, argument)] = args as [object, Repeat?];
        running.add(repeat);
        try {
          const outcome = (await next(name, [argument])) as Outcome | undefined;
          if (!QUIET.has(name) || !outcome?.ok) {
            void showOutcome(outcome, repeat);
          }
          return outcome;
        } finally {
          running.delete(repeat);
        }
      },
      provideCodeActions: async (document, range, context, token, next) => [
        ...((await next(document, range, context, token)) ?? []),
        ...besides(context),
      ],
      provideHover: async (document, position, token, next) => linked(await next(document, position, token)),
      provideReferences: async (document, position, options, token, next) => listed((await next(document, position, options, token)) ?? [], hides),
      provideDefinition: async (document, position, token, next) => reachable(await next(document, position, token), hides),
    },
  });
}
