import type { Counts, FlowCard, State } from "../api/generated/contract";
import { timeText } from "../format/dates.svelte";
import type { MessageId } from "../text/ids";
import { t, word } from "../text/text.svelte";

export const flowTitle = (card: FlowCard): string => word(card.title);

/** What a run is called: its flow's title, or what a person started about one settlement (`approval:18204117642`). */
export function runTitle(title: string): string {
  const [kind, id] = title.split(":", 2);
  if (id !== undefined && kind === "approval") return t("run-approval", { id });
  if (id !== undefined && kind === "undo") return t("run-undo", { id });
  return word(title);
}

/** How a flow stands: what it does now, else what needs a person, else how its last run ended. */
export function flowState(card: FlowCard): State {
  if (card.running !== null) return "running";
  if (card.problems > 0) return "needs_you";
  if (!card.on) return "paused";
  return card.last_run?.state ?? "queued";
}

/** The word beside it, where it can say more than the state's own. */
export function flowWord(card: FlowCard): string | undefined {
  if (card.running === null && card.problems > 0) return t("count-need-you", { count: card.problems });
  if (card.running === null && !card.on) return t("flow-off");
  return undefined;
}

/** What a run did, in a few words: only what there was. */
export function countsText(counts: Counts, dryRun: boolean, most = 3): string {
  const parts: [number, MessageId][] = [
    [counts.created, dryRun ? "count-would-create" : "count-created"],
    [counts.updated, dryRun ? "count-would-update" : "count-updated"],
    [counts.adopted, "count-adopted"],
    [counts.waiting, "count-waiting"],
    [counts.ignored, "count-ignored"],
    [counts.needs_you, "count-need-you"],
  ];
  const said = parts.filter(([count]) => count > 0).map(([count, id]) => t(id, { count }));
  return said.length === 0 ? t("count-nothing") : said.slice(0, most).join(", ");
}

/** When the flow runs by itself. */
export function rhythm(card: FlowCard): string {
  const minutes = card.every_minutes;
  const every = minutes % 60 === 0 ? t("every-hours", { count: minutes / 60 }) : t("every-minutes", { count: minutes });
  return card.next_run === null ? every : t("flow-next", { time: timeText(card.next_run) });
}

const TRIGGERS: Record<string, MessageId> = {
  schedule: "trigger-schedule",
  you: "trigger-you",
  retry: "trigger-retry",
  chain: "trigger-chain",
  start: "trigger-start",
};

export function triggerText(trigger: string): string {
  return t(TRIGGERS[trigger] ?? "trigger-you");
}
