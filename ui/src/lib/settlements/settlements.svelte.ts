import type { SettlementRow } from "../api/generated/contract";
import { countryName } from "../format/country.svelte";
import { periodText } from "../format/dates.svelte";
import type { MessageId } from "../text/ids";
import { t } from "../text/text.svelte";
import { session } from "../session/session.svelte";

/** How people name a settlement: its marketplace and its days. */
export function settlementName(row: Pick<SettlementRow, "marketplaces" | "start" | "end">, withYear = true): string {
  const country = session.marketplaceOf(row.marketplaces[0] ?? "")?.country;
  const period = periodText(row.start, row.end, withYear);
  return country === undefined ? period : `${countryName(country)}, ${period}`;
}

const STAGES: Record<string, MessageId> = {
  imported: "stage-imported",
  to_review: "stage-to-review",
  needs_you: "state-needs-you",
  approved: "stage-approved",
  posting: "stage-posting",
  posted: "stage-posted",
  in_the_bank: "stage-in-the-bank",
  undoing: "stage-undoing",
  undone: "stage-undone",
  closed: "stage-closed",
  in_books: "stage-in-books",
  variance: "stage-variance",
  inconsistent: "stage-inconsistent",
};

/** Where a settlement stands, in words. */
export function stageText(stage: string): string {
  const id = STAGES[stage];
  return id === undefined ? stage : t(id);
}

/** People are called by their name, the two that have none by a word. */
export const nameOf = (who: string) => (who === "you" ? t("who-you") : who === "app" ? t("who-app") : who);
