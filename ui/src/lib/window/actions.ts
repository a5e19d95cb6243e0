import { ask, hear } from "../api/api";
import type { StartRun } from "../api/generated/contract";
import { router } from "../router/router.svelte";
import { attempt, attemptAndTell, session } from "../session/session.svelte";
import { toasts } from "../session/toasts.svelte";
import { t } from "../text/text.svelte";

/** How long to wait for the core to open a run that it has accepted. */
const OPENS_WITHIN = 5000;

/** Runs everything that is on, in the scope of the window. */
export async function syncNow(): Promise<void> {
  await attempt(() => ask("start_run", { dry_run: false, ...session.scope }));
  await session.readStatus();
}

/** Runs one flow, or all of them, and opens the run to be watched. */
export async function runAndWatch(flow: string | null, dryRun: boolean): Promise<void> {
  await startAndWatch({ dry_run: dryRun, ...session.scope, ...(flow !== null && { flow }) }, flow);
}

/** Runs one flow over days or things that a person names, and opens the run to be watched. */
export async function runNamed(
  flow: string,
  what: { keys: string[] } | { from: string; to: string },
  dryRun: boolean,
): Promise<void> {
  await startAndWatch({ flow, dry_run: dryRun, ...session.scope, ...what }, flow);
}

/** Looks at one order again, where it was sold and nowhere else, and opens the run to be watched. */
export async function lookAgain(order: string): Promise<void> {
  const known = await ask("order", { id: order }).catch(() => null);
  const marketplace = known?.order.marketplace ?? "";
  await startAndWatch({ dry_run: false, keys: [order], ...(marketplace !== "" && { marketplace }) }, null);
}

/** What is named is looked at after the run that has its place. */
const isNamed = (request: StartRun) => request.keys != null || request.from != null;

/** The first run that the core opens is the one to watch: named in the answer, or by the event that follows it. */
async function startAndWatch(request: StartRun, flow: string | null): Promise<void> {
  let stop = () => {};
  const opened = new Promise<string | null>((resolve) => {
    stop = hear(
      (event) => event.event === "run_opened" && (flow === null || event.flow === flow) && resolve(event.run),
    );
    setTimeout(() => resolve(null), OPENS_WITHIN);
  });
  const started = await attempt(() => ask("start_run", request));
  const run = started ? (started.runs[0] ?? (await opened)) : null;
  stop();
  if (run !== null) router.go({ screen: "run", id: run });
  else if (started) toasts.say(t(isNamed(request) ? "sync-has-its-turn" : "sync-nothing-to-start"));
}

/** Stops a run after the record in hand. */
export async function cancelRun(run: string): Promise<void> {
  await attemptAndTell(() => ask("cancel_run", { id: run }));
}

/** The same for whatever runs, by key: between two short runs it says that nothing does. */
export async function cancelRunning(): Promise<void> {
  const run = session.status?.running[0];
  if (run) await cancelRun(run.run);
  else toasts.say(t("statusbar-nothing"));
}

/** Why a button that needs the core is off, or nothing while the core is there. */
export function offline(): string | null {
  return session.lostSince === null ? null : t("off-because-lost");
}
