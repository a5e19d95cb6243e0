import type { FlowDay } from "../api/generated/contract";
import type { MessageId } from "../text/ids";

/** How a record of a flow may stand, from the ground of the column up. */
export const OUTCOMES: { id: Exclude<keyof FlowDay, "day">; name: MessageId }[] = [
  { id: "done", name: "state-done" },
  { id: "skipped", name: "state-skipped" },
  { id: "waiting", name: "state-queued" },
  { id: "errors", name: "state-retrying" },
  { id: "needs_you", name: "state-needs-you" },
];

/** All records of a day. */
export const totalOf = (day: FlowDay): number => OUTCOMES.reduce((sum, one) => sum + day[one.id], 0);
