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
export const env: { remoteName?: string } = {};
