import { t, word } from "../text/text.svelte";

/** An option as the core describes it: its name and what its value looks like. */
export interface Described {
  title: string;
  kind: string;
  words: string[];
}

/** What a value of an option is called. */
export function valueText(option: Described, value: string): string {
  if (option.kind === "switch") return t(value === "on" ? "value-yes" : "value-no");
  if (option.kind === "one_of" || (option.kind === "item_field" && option.words.includes(value)))
    return word(`${option.title}-is-${value.replaceAll("_", "-")}`);
  return value;
}

/** The values that there are, where they can be counted. */
export const valuesOf = (option: Described): { id: string; label: string }[] =>
  option.words.map((id) => ({ id, label: valueText(option, id) }));

/** Why a typed value cannot be kept, or nothing. The core has the last word. */
export function wrongValue(kind: string, value: string): string | null {
  if (kind === "number" && !/^\d+(\.\d+)?$/.test(value)) return t("value-number-needed");
  if (kind === "item_field" && !/^custitem[a-z0-9_]{1,32}$/.test(value)) return t("value-item-field-needed");
  if (kind === "text" && !/^[A-Z]{2}$/.test(value)) return t("value-country-needed");
  if (kind === "date" && !/^\d{4}-\d\d-\d\d$/.test(value)) return t("value-day-needed");
  return null;
}
