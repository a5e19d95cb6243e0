import type { RemedyView } from "../api/generated/contract";
import { word } from "../text/text.svelte";

/** What a remedy can be given in this window: a choice from NetSuite, a new look, or a reason to leave it out. */
export type Choosing = Extract<RemedyView, { remedy: "link_item" | "map_line" | "set_option" }>;

/** The message of each remedy's button; the core's catalogue has the words. */
const BUTTON: Record<RemedyView["remedy"], string> = {
  link_item: "remedy-link-item",
  map_line: "remedy-map-line",
  set_option: "remedy-set-option",
  retry: "remedy-retry",
  exclude: "problem-exclude",
  adopt: "remedy-adopt",
  reconnect: "remedy-reconnect",
};

/** The words on a remedy's button. */
export const remedyText = (remedy: RemedyView): string => word(BUTTON[remedy.remedy]);

export function isChoosing(remedy: RemedyView): remedy is Choosing {
  return remedy.remedy === "link_item" || remedy.remedy === "map_line" || remedy.remedy === "set_option";
}

/** The list that a remedy chooses from, or nothing where the value is typed. */
export function kindOf(remedy: Choosing): string | null {
  if (remedy.remedy === "link_item") return "item";
  if (remedy.remedy === "map_line") return "account";
  const kinds = ["customer", "location", "ship_method", "account", "item"];
  return kinds.find((kind) => remedy.option.includes(kind)) ?? null;
}
