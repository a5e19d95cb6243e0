import { ask } from "../api/api";
import type { ProblemGroup, SnoozeFor } from "../api/generated/contract";
import { attemptAndTell, attemptUndoably } from "../session/session.svelte";
import type { MessageId } from "../text/ids";

/** For how long a cause can be put off, and what the button says. */
export const SNOOZES: [SnoozeFor, MessageId][] = [
  ["hour", "snooze-hour"],
  ["tomorrow", "snooze-tomorrow"],
  ["week", "snooze-week"],
];

/** Puts a cause off. The core's clock says until when; the morning is that of this computer. */
export async function snooze(cause: string, lasts: SnoozeFor): Promise<void> {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  await attemptUndoably(
    () => ask("snooze", { cause, lasts, zone }),
    () => ask("wake", { cause }),
  );
}

/** Lets a cause count again. */
export async function wake(cause: string): Promise<void> {
  await attemptAndTell(() => ask("wake", { cause }));
}

/** Whether a cause still holds something up, asleep or not. */
export const isOpen = (group: ProblemGroup | null): boolean =>
  group !== null && ["needs_you", "check", "retrying", "paused"].includes(group.state);
