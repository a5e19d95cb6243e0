import { untrack } from "svelte";
import type { IconName } from "../kit/icons";
import { router } from "../router/router.svelte";
import { session } from "../session/session.svelte";
import { t } from "../text/text.svelte";
import { cancelRun, runAndWatch, syncNow } from "./actions";
import { pausings } from "./pause";
import { ENTRIES } from "./screens";

/** Something the palette can do. */
export interface Command {
  id: string;
  label: string;
  icon: IconName;
  key?: string;
  run: () => void;
}

let ofPage = $state.raw<(() => Command[])[]>([]);

/** Offers a page's own commands in the palette until the returned function is called. */
export function useCommands(list: () => Command[]): () => void {
  untrack(() => (ofPage = [list, ...ofPage]));
  return () => untrack(() => (ofPage = ofPage.filter((one) => one !== list)));
}

/** Every command of the page in view, then those of the window. */
export function commands(): Command[] {
  return [...ofPage.flatMap((one) => one()), ...going(), ...doing()];
}

function going(): Command[] {
  return ENTRIES.map((entry) => ({
    id: `go-${entry.screen}`,
    label: t("palette-go", { screen: t(entry.name) }),
    icon: entry.icon,
    ...(entry.key !== null && { key: entry.key }),
    run: () => router.go(entry.place),
  }));
}

function doing(): Command[] {
  const list: Command[] = [
    { id: "sync", label: t("sync-now"), icon: "sync", key: "mod+r", run: () => void syncNow() },
    { id: "dry-run", label: t("dry-run-all"), icon: "play", run: () => void runAndWatch(null, true) },
    ...pausings(),
    { id: "runs", label: t("runs-title"), icon: "list", run: () => router.go({ screen: "runs" }) },
    { id: "theme", label: t("palette-theme"), icon: "eye", run: switchTheme },
    {
      id: "language",
      label: t("palette-language"),
      icon: "note",
      run: () => void session.set("language", document.documentElement.lang === "fr" ? "en" : "fr"),
    },
  ];
  const running = session.status?.running[0];
  if (running) {
    list.unshift({
      id: "cancel",
      label: t("run-cancel"),
      icon: "close",
      key: "mod+.",
      run: () => void cancelRun(running.run),
    });
  }
  return list;
}

function switchTheme(): void {
  void session.set("theme", document.documentElement.dataset["theme"] === "dark" ? "light" : "dark");
}
