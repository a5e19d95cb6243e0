import { ask } from "../api/api";
import type { IconName } from "../kit/icons";
import { instantText, sameDay, timeText } from "../format/dates.svelte";
import { attemptAndTell, session } from "../session/session.svelte";
import { t } from "../text/text.svelte";

/** One thing a person can do about the schedules, for menus and the palette. */
export interface Pausing {
  id: string;
  label: string;
  icon: IconName;
  run: () => void;
}

/** Minutes until tomorrow begins on this computer's clock. */
export function untilTomorrow(now: Date): number {
  const midnight = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1);
  return Math.ceil((midnight.getTime() - now.getTime()) / 60_000);
}

async function pause(request: { paused: boolean; minutes?: number }): Promise<void> {
  await attemptAndTell(() => ask("pause", request));
  await session.readStatus();
}

/** Lets the schedules go on. */
export const resume = (): void => void pause({ paused: false });

/** Lets the schedules rest until an instant of a person's choice. */
export const pauseUntil = (until: Date): void =>
  void pause({ paused: true, minutes: Math.max(1, Math.ceil((until.getTime() - Date.now()) / 60_000)) });

export const isPaused = (): boolean => session.status?.state === "paused";

/** What can be done now: pausing for a while, or letting go on. */
export function pausings(): Pausing[] {
  if (isPaused()) return [{ id: "resume", label: t("resume"), icon: "play", run: resume }];
  const rest = (id: string, label: string, minutes: () => number | null): Pausing => ({
    id: `pause-${id}`,
    label,
    icon: "pause",
    run: () => {
      const lasts = minutes();
      void pause({ paused: true, ...(lasts !== null && { minutes: lasts }) });
    },
  });
  return [
    rest("hour", t("pause-hour"), () => 60),
    rest("tomorrow", t("pause-tomorrow"), () => untilTomorrow(new Date())),
    rest("open", t("pause-open"), () => null),
  ];
}

/** `Schedules are paused until 14:05`, with the day when it is not today. */
export function pausedText(now: Date): string {
  const until = session.status?.paused_until ?? null;
  if (until === null) return t("statusbar-paused");
  return t("statusbar-paused-until", { when: sameDay(until, now) ? timeText(until) : instantText(until) });
}
