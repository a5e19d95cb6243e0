import { ask } from "../api/api";
import { router } from "../router/router.svelte";
import { attempt, attemptAndTell, session } from "../session/session.svelte";
import { toasts } from "../session/toasts.svelte";
import { t } from "../text/text.svelte";

/** Runs everything that is on, in the scope of the window. */
export async function syncNow(): Promise<void> {
  const started = await attempt(() => ask("start_run", { dry_run: false, ...session.scope }));
  if (started?.runs.length === 0) toasts.say(t("sync-nothing-to-start"));
  await session.readStatus();
}

/** Runs one flow, or all of them, and opens the run to be watched. */
export async function runAndWatch(flow: string | null, dryRun: boolean): Promise<void> {
  const request = { dry_run: dryRun, ...session.scope, ...(flow !== null && { flow }) };
  const started = await attempt(() => ask("start_run", request));
  const first = started?.runs[0];
  if (first !== undefined) router.go({ screen: "run", id: first });
  else if (started) toasts.say(t("sync-nothing-to-start"));
}

/** Stops a run after the record in hand. */
export async function cancelRun(run: string): Promise<void> {
  await attemptAndTell(() => ask("cancel_run", { id: run }));
}

/** Why a button that needs the core is off, or nothing while the core is there. */
export function offline(): string | null {
  return session.lostSince === null ? null : t("off-because-lost");
}
