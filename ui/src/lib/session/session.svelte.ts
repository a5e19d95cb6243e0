import { ask, hear, refusalOf } from "../api/api";
import type { Marketplace, Settings, Status, Words } from "../api/generated/contract";
import { failureFrom, UNREACHABLE } from "../host/host";
import { t, tell } from "../text/text.svelte";
import { display, systemLanguage, type Density, type Language, type Theme } from "./display.svelte";
import { toasts } from "./toasts.svelte";

/** What the whole window knows: the status line, the settings, the scope, and whether the core is there. */
class Session {
  status = $state.raw<Status | null>(null);
  settings = $state.raw<Settings | null>(null);
  /** The marketplace that every list and count obeys, or nothing for all. */
  marketplace = $state<string | null>(null);
  /** Since when the core does not answer; nothing while it does. */
  lostSince = $state<string | null>(null);

  /** Reads settings and status, then follows the core's events. */
  async start(): Promise<void> {
    await Promise.all([this.readSettings(), this.readStatus()]);
    hear((event) => {
      if (event.event !== "settlement_changed" && event.event !== "notice") void this.readStatus();
      if (event.event === "retried") {
        const { worked, still } = event;
        const text = still === 0 ? t("retry-all-worked", { worked }) : t("retry-result", { worked, still });
        toasts.say(text, { tone: still === 0 ? "done" : "needs" });
      }
      if (event.event === "notice") {
        toasts.say(`${tell(event.title)} ${tell(event.body)}`, { tone: "needs", route: event.route });
      }
    });
  }

  async readStatus(): Promise<void> {
    try {
      this.status = await ask("status", {});
      this.lostSince = null;
    } catch (thrown) {
      if (failureFrom(thrown).code === UNREACHABLE) this.lost();
    }
  }

  /** The line to the core went down. */
  lost(): void {
    this.lostSince ??= new Date().toISOString();
  }

  async readSettings(): Promise<void> {
    try {
      this.settle(await ask("settings", {}));
    } catch {
      display.language = systemLanguage();
    }
  }

  /** Changes one setting at once; the answer is what is now in force. */
  async set(name: keyof Settings, value: string): Promise<void> {
    await attempt(async () => this.settle(await ask("set_setting", { name, value })));
  }

  settle(settings: Settings): void {
    this.settings = settings;
    display.language = settings.language === "system" ? systemLanguage() : (settings.language as Language);
    display.theme = settings.theme as Theme;
    display.density = settings.density as Density;
    display.region = settings.region === "system" ? null : settings.region;
  }

  /** The marketplace with this id, as the company has it. */
  marketplaceOf(id: string): Marketplace | null {
    return this.status?.marketplaces.find((one) => one.id === id) ?? null;
  }

  /** Whether amounts in more than one currency may stand in one view. */
  get mixed(): boolean {
    if (this.marketplace !== null) return false;
    return new Set(this.status?.marketplaces.map((one) => one.currency)).size > 1;
  }

  /** The narrowing that requests carry. */
  get scope(): { marketplace?: string } {
    return this.marketplace === null ? {} : { marketplace: this.marketplace };
  }
}

/** Does something that the core may refuse, and says why when it does. */
export async function attempt<T>(what: () => Promise<T>): Promise<T | null> {
  try {
    return await what();
  } catch (thrown) {
    const failure = failureFrom(thrown);
    const refusal = refusalOf(failure);
    toasts.say(refusal ? tell(refusal.said) : t("fault-unreachable"), { tone: "needs" });
    return null;
  }
}

/** Does something and shows the sentence that the core answers with. */
export async function attemptAndTell(what: () => Promise<{ said: Words }>): Promise<boolean> {
  const done = await attempt(what);
  if (done) toasts.say(tell(done.said), { tone: "done" });
  return done !== null;
}

/** The same, with a button that takes it back. */
export async function attemptUndoably<T extends { said: Words }>(
  what: () => Promise<T>,
  undo: (done: T) => Promise<{ said: Words }>,
): Promise<boolean> {
  const done = await attempt(what);
  if (done) toasts.say(tell(done.said), { tone: "done", undo: () => void attemptAndTell(() => undo(done)) });
  return done !== null;
}

export const session = new Session();
