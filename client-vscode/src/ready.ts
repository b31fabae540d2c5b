// A command runs only if what it needs is available.

import type { Outcome } from "./protocol";

/** The outcome if the user has closed a question; it has the words of the server for this. */
export const CANCELLED: Outcome = { ok: false, message: "Cancelled: nothing was changed.", dismissed: true };

/** Runs a command; if it is not ready, because the user has chosen no app, it is cancelled. */
export async function ifReady(ready: boolean, run: () => unknown): Promise<unknown> {
  return ready ? await run() : CANCELLED;
}
