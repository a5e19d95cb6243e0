import { ask } from "../api/api";
import type { FlowSwitch, QuietHours, Rhythm, ScheduleRow, SchedulesView } from "../api/generated/contract";
import { Resource } from "../api/resource.svelte";
import { countryName } from "../format/country.svelte";
import { instantText, sameDay, timeText } from "../format/dates.svelte";
import { attempt, session } from "../session/session.svelte";
import { toasts } from "../session/toasts.svelte";
import { t, tell, word } from "../text/text.svelte";

/** `14:05` today, `23 Nov, 14:05` on any other day. */
export const when = (at: string): string => (sameDay(at, new Date()) ? timeText(at) : instantText(at));

/** All schedules as the core has them, and what a person changes about them. */
export class ScheduleBook {
  readonly resource = new Resource("schedules");
  /** The row whose rhythm is being changed. */
  changing = $state.raw<ScheduleRow | null>(null);

  get view(): SchedulesView | null {
    return this.resource.answer;
  }

  /** Reads them and follows what happens; returns the end of it, for an effect to call. */
  follow(): () => void {
    void this.resource.load({});
    return this.resource.follow("run_opened", "run_ended", "status_changed");
  }

  /** Keeps a rhythm for all marketplaces of an account, or for one; nothing: what comes before it counts again. */
  async set(row: ScheduleRow, marketplace: string | null, rhythm: Rhythm | null): Promise<void> {
    this.changing = null;
    const { flow, account } = row;
    const narrow = marketplace === null ? {} : { marketplace };
    if (!(await this.#ask(() => ask("set_schedule", { flow, account, rhythm, ...narrow })))) return;
    const now = this.view?.rows.find((one) => one.flow === flow && one.account === account);
    if (!now) return;
    const own = now.own.find((one) => one.marketplace === marketplace);
    const title = marketplace === null ? word(now.title) : `${word(now.title)}, ${this.#country(marketplace)}`;
    toasts.say(t("schedule-saved", { flow: title, says: tell(own?.says ?? now.says) }));
  }

  async setQuiet(hours: QuietHours | null): Promise<void> {
    if (!(await this.#ask(() => ask("set_quiet_hours", { hours })))) return;
    toasts.say(hours === null ? t("quiet-cleared") : t("quiet-saved", { ...hours }));
  }

  async setOn(flow: FlowSwitch, marketplace: string, on: boolean): Promise<void> {
    if (!(await this.#ask(() => ask("set_flow_on", { flow: flow.flow, marketplace, on }))))
      return this.resource.again();
    const country = this.#country(marketplace);
    toasts.say(t(on ? "switched-on" : "switched-off", { flow: word(flow.title), country }));
  }

  async setZone(account: string, zone: string | null): Promise<void> {
    if (!(await this.#ask(() => ask("set_zone", { account, zone })))) return;
    const now = this.view?.zones.find((one) => one.account === account);
    if (now) toasts.say(t("zone-saved", { zone: now.zone }));
  }

  /** Flows of one interval share their request to Amazon: the more frequent of the two is kept. */
  async together(): Promise<void> {
    for (const account of this.view?.crowded ?? []) {
      const both = this.view?.rows.filter((row) => row.account === account && row.flow.endsWith("-orders")) ?? [];
      const minutes = Math.min(...both.flatMap((row) => (row.rhythm.kind === "every" ? [row.rhythm.minutes] : [])));
      for (const row of both) {
        for (const own of row.own) await this.set(row, own.marketplace, null);
        await this.set(row, null, { kind: "every", minutes });
      }
    }
  }

  #country(marketplace: string): string {
    return countryName(session.marketplaceOf(marketplace)?.country ?? marketplace);
  }

  async #ask(what: () => Promise<SchedulesView>): Promise<boolean> {
    const answer = await attempt(what);
    if (answer !== null) this.resource.put(answer);
    return answer !== null;
  }
}
