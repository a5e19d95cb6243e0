import { display } from "../session/display.svelte";

/** Amazon says UK where the standard's code is GB. */
const STANDARD: Record<string, string> = { UK: "GB" };

/** The country's name in the language of the window. */
export function countryName(code: string): string {
  return new Intl.DisplayNames([display.language], { type: "region" }).of(STANDARD[code] ?? code) ?? code;
}
