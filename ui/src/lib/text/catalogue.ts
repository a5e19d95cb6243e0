import { FluentBundle, FluentResource } from "@fluent/bundle";
import type { Language } from "../session/display.svelte";

const files = import.meta.glob<string>("../../../locales/*/*.ftl", { query: "?raw", import: "default", eager: true });

function bundle(language: Language): FluentBundle {
  const messages = new FluentBundle(language, { useIsolating: false });
  for (const [path, source] of Object.entries(files)) {
    if (path.includes(`/locales/${language}/`)) messages.addResource(new FluentResource(source));
  }
  return messages;
}

const made: Partial<Record<Language, FluentBundle>> = {};

/**
 * Every message of the window in a language, read when it is first asked for; the tray, notifications and exports read
 * the same files.
 */
export function catalogue(language: Language): FluentBundle {
  return (made[language] ??= bundle(language));
}
