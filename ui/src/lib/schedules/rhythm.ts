import type { Rhythm } from "../api/generated/contract";
import type { MessageId } from "../text/ids";

/** The kinds of rhythm in the order in which they are offered (ux.md §5.11). */
export const KINDS: { id: Rhythm["kind"]; label: MessageId }[] = [
  { id: "every", label: "schedule-kind-every" },
  { id: "daily", label: "schedule-kind-daily" },
  { id: "weekdays", label: "schedule-kind-weekdays" },
  { id: "by_hand", label: "schedule-kind-by-hand" },
  { id: "cron", label: "schedule-kind-cron" },
];

/** The intervals that are offered, in minutes; one that was chosen otherwise stands among them. */
export function intervals(current: number): number[] {
  const usual = [5, 15, 30, 60, 120, 360, 720, 1440];
  return [...new Set([...usual, current])].sort((one, other) => one - other);
}

/** What the fields of the dialog say. */
export interface Draft {
  kind: Rhythm["kind"];
  minutes: number;
  at: string;
  text: string;
}

/** The fields as they begin, from what is in force. */
export function draftOf(rhythm: Rhythm): Draft {
  return {
    kind: rhythm.kind,
    minutes: rhythm.kind === "every" ? rhythm.minutes : 15,
    at: rhythm.kind === "daily" || rhythm.kind === "weekdays" ? rhythm.at : "06:00",
    text: rhythm.kind === "cron" ? rhythm.text : "0 6 * * 1-5",
  };
}

/** What the fields mean. */
export function rhythmOf(draft: Draft): Rhythm {
  switch (draft.kind) {
    case "by_hand":
      return { kind: "by_hand" };
    case "every":
      return { kind: "every", minutes: draft.minutes };
    case "cron":
      return { kind: "cron", text: draft.text };
    default:
      return { kind: draft.kind, at: draft.at };
  }
}
