import { ask } from "../api/api";
import type { Done, RemedyView } from "../api/generated/contract";
import type { Place } from "../router/router.svelte";
import { t, word } from "../text/text.svelte";

/** What a remedy can be given in this window: a choice from NetSuite, or a value for an option. */
export type Choosing = Extract<RemedyView, { remedy: "link_item" | "use_placeholder" | "map_line" | "set_option" }>;

/** The message of each remedy's button; the core's catalogue has the words. */
const BUTTON: Record<RemedyView["remedy"], string> = {
  link_item: "remedy-link-item",
  use_placeholder: "remedy-use-placeholder",
  map_line: "remedy-map-line",
  set_option: "remedy-set-option",
  fix_mapping: "remedy-fix-mapping",
  retry: "remedy-retry",
  exclude: "problem-exclude",
  adopt: "remedy-adopt",
  accept_variance: "remedy-accept-variance",
  pick_marketplace: "remedy-pick-marketplace",
  compare_reissue: "remedy-compare-reissue",
  accept_gap: "remedy-accept-gap",
  add_balancing_line: "remedy-add-balancing-line",
  put_back: "remedy-put-back",
  make_again: "remedy-make-again",
  add_marketplace: "remedy-add-marketplace",
  reconnect: "remedy-reconnect",
};

/** The words on a remedy's button: of two of a kind each says what it is about. */
export function remedyText(remedy: RemedyView): string {
  if (remedy.remedy === "set_option") return t("remedy-set-option-of", { option: word(remedy.title) });
  if (remedy.remedy === "adopt" && remedy.number !== "") return t("remedy-adopt-named", { document: remedy.number });
  return word(BUTTON[remedy.remedy]);
}

/** The answers that have a button of their own; looking again and leaving out are always offered. */
export const answersOf = (remedies: RemedyView[]): RemedyView[] =>
  remedies.filter((one) => one.remedy !== "retry" && one.remedy !== "exclude");

/** The best answer, where the core puts one before looking again. */
export function mainOf(remedies: RemedyView[]): RemedyView | null {
  const first = remedies[0];
  return first && answersOf([first]).length > 0 ? first : null;
}

/** What a remedy does that needs nothing but its button, or nothing for another one. */
export function pressed(remedy: RemedyView, cause: string): (() => Promise<Done>) | null {
  switch (remedy.remedy) {
    case "adopt":
      return () => ask("adopt", { cause, id: remedy.id });
    case "put_back":
      return () => ask("put_back", { cause, state: remedy.state });
    case "make_again":
      return () => ask("make_again", { cause, step: remedy.step });
    case "add_marketplace":
      return () => ask("add_marketplace", { cause, marketplace: remedy.marketplace });
    default:
      return null;
  }
}

/** Where a row of a field mapping is mended or a settlement is decided about, or nothing for another remedy. */
export function mappingPlace(remedy: RemedyView | null): Place | null {
  if (
    remedy?.remedy === "accept_variance" ||
    remedy?.remedy === "pick_marketplace" ||
    remedy?.remedy === "compare_reissue" ||
    remedy?.remedy === "accept_gap" ||
    remedy?.remedy === "add_balancing_line"
  )
    return { screen: "settlement", id: remedy.settlement, tab: null, category: null };
  if (remedy?.remedy !== "fix_mapping") return null;
  const { form, scope, place, field } = remedy;
  return { screen: "mappings", form, scope, field: `${place}.${field}` };
}

export function isChoosing(remedy: RemedyView): remedy is Choosing {
  return ["link_item", "use_placeholder", "map_line", "set_option"].includes(remedy.remedy);
}

/** The list that a remedy chooses from, or nothing where the value is not a record. */
export function kindOf(remedy: Choosing): string | null {
  if (remedy.remedy === "link_item" || remedy.remedy === "use_placeholder") return "item";
  if (remedy.remedy === "map_line") return "account";
  return remedy.kind === "record" ? (remedy.words[0] ?? null) : null;
}
