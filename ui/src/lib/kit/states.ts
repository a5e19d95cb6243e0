import type { State } from "../api/generated/contract";
import type { MessageId } from "../text/ids";

/** The word of each state; the glyph beside it carries the shape (ux.md §3.3). */
export const STATE_WORD: Record<State, MessageId> = {
  done: "state-done",
  running: "state-running",
  queued: "state-queued",
  retrying: "state-retrying",
  needs_you: "state-needs-you",
  check: "state-check",
  skipped: "state-skipped",
  paused: "state-paused",
  approved: "state-approved",
  posted: "state-posted",
  undone: "state-undone",
};

export type Tone = "neutral" | "info" | "success" | "warning" | "danger" | "accent";

/** The colour role that helps each state. */
export const STATE_TONE: Record<State, Tone> = {
  done: "success",
  running: "info",
  queued: "neutral",
  retrying: "info",
  needs_you: "danger",
  check: "warning",
  skipped: "neutral",
  paused: "neutral",
  approved: "accent",
  posted: "success",
  undone: "neutral",
};
