import type { IconName } from "../kit/icons";
import type { Place, Screen } from "../router/router.svelte";
import type { MessageId } from "../text/ids";

/** One entry of the navigation. */
export interface Entry {
  screen: Screen;
  place: Place;
  name: MessageId;
  icon: IconName;
  /** The key that goes there; the numbers stay when screens are added between. */
  key: string | null;
  /** `G` and then this letter. */
  letter: string | null;
}

/** The navigation, in groups as a seller thinks of them (ux.md §3.1). */
export const GROUPS: { name: MessageId | null; entries: Entry[] }[] = [
  { name: null, entries: [entry({ screen: "home" }, "nav-home", "home", "mod+1", "h")] },
  {
    name: "nav-money",
    entries: [
      entry({ screen: "settlements", view: "all" }, "nav-settlements", "settlements", "mod+2", "s"),
      entry({ screen: "money" }, "nav-money-on-the-way", "money", null, "w"),
      entry({ screen: "checks", tab: "open", check: "" }, "nav-checks", "tick", null, "k"),
    ],
  },
  {
    name: "nav-shop",
    entries: [entry({ screen: "orders", view: "all", search: "", order: null }, "nav-orders", "orders", "mod+3", "o")],
  },
  {
    name: "nav-sync",
    entries: [
      entry({ screen: "flows" }, "nav-flows", "flows", "mod+6", "f"),
      entry({ screen: "errors", tab: "needs_you", cause: null }, "nav-errors", "errors", "mod+7", "e"),
    ],
  },
  {
    name: "nav-set-up",
    entries: [
      entry({ screen: "schedules" }, "nav-schedules", "clock", null, "c"),
      entry({ screen: "mappings", form: null, scope: "", field: null }, "nav-mappings", "table", null, "m"),
    ],
  },
];

/** At the foot of the navigation. */
export const FOOT: Entry[] = [
  entry({ screen: "settings" }, "nav-settings", "settings", "mod+,", null),
  entry({ screen: "help", search: "" }, "nav-help", "help", "f1", null),
];

export const ENTRIES: Entry[] = [...GROUPS.flatMap((group) => group.entries), ...FOOT];

/** The entry that a screen stands under. */
export function homeOf(screen: Screen): Screen {
  if (screen === "settlement") return "settlements";
  if (screen === "flow" || screen === "run" || screen === "runs") return "flows";
  return screen;
}

function entry(place: Place, name: MessageId, icon: IconName, key: string | null, letter: string | null): Entry {
  return { screen: place.screen, place, name, icon, key, letter };
}
