import { display } from "../session/display.svelte";

/** The locale whose number and date habits are used: the chosen language, in the system's own region if it has one. */
export function region(): string {
  if (display.region !== null) return display.region;
  const language = display.language;
  const own = navigator.languages.find((tag) => tag.split("-")[0] === language && tag.includes("-"));
  return own ?? (language === "fr" ? "fr-FR" : "en-GB");
}

/** The narrow no-break space is not in the bundled font; the ordinary no-break space is. */
export function plainSpaces(text: string): string {
  return text.replaceAll("\u202F", "\u00A0");
}
