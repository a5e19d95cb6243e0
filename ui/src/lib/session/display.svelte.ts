/** How the window is shown: language, theme, density. Read by everything, changed only by the settings. */
export type Language = "en" | "fr";
export type Theme = "system" | "light" | "dark";
export type Density = "compact" | "comfortable";

class Display {
  language = $state<Language>("en");
  theme = $state<Theme>("system");
  density = $state<Density>("compact");
  /** Number and date style chosen apart from the language, or nothing for the system's. */
  region = $state<string | null>(null);

  /** Writes the choices where the style sheets and screen readers look for them. */
  apply(root: HTMLElement, systemIsDark: boolean): void {
    const dark = this.theme === "dark" || (this.theme === "system" && systemIsDark);
    root.dataset["theme"] = dark ? "dark" : "light";
    root.dataset["density"] = this.density;
    root.lang = this.language;
  }
}

/** The system's own language when it is one of ours, else English. */
export function systemLanguage(): Language {
  return navigator.language.toLowerCase().startsWith("fr") ? "fr" : "en";
}

export const display = new Display();
