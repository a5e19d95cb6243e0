import { FluentBundle, FluentResource } from "@fluent/bundle";
import type { Language } from "../session/display.svelte";

const files = import.meta.glob<string>("../../../locales/*/*.ftl", { query: "?raw", import: "default", eager: true });

function bundle(language: Language): FluentBundle {
  const made = new FluentBundle(language, { useIsolating: false });
  for (const [path, source] of Object.entries(files)) {
    if (path.includes(`/locales/${language}/`)) made.addResource(new FluentResource(source));
  }
  return made;
}

/** Every message of the window in both languages; the tray, notifications and exports read the same files. */
export const catalogue: Record<Language, FluentBundle> = { en: bundle("en"), fr: bundle("fr") };
