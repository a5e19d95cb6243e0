import { ask } from "../../api/api";
import type { MatchRow, RowDone, RuleOffer } from "../../api/generated/contract";
import { attempt, attemptUndoably } from "../../session/session.svelte";
import { toasts } from "../../session/toasts.svelte";
import { tell } from "../../text/text.svelte";
import { actsOf, type ActId } from "./acts";

/** What a dialog is open about. */
export interface Doing {
  act: ActId;
  row: MatchRow;
}

/** Where rows of one settlement are decided about: what needs no question is done at once, the rest opens a dialog. */
export class Desk {
  doing = $state.raw<Doing | null>(null);
  offer = $state.raw<RuleOffer | null>(null);
  readonly #settlement: () => string;
  readonly #answer: (row: MatchRow) => void;

  /** `answer` opens what an unmapped line is mapped with. */
  constructor(settlement: () => string, answer: (row: MatchRow) => void) {
    this.#settlement = settlement;
    this.#answer = answer;
  }

  /** Does an act, or asks first; whether it was one of the row's. */
  take(act: ActId, row: MatchRow): boolean {
    if (!actsOf(row).some((one) => one.id === act)) return false;
    const of = { settlement: this.#settlement(), group: row.id };
    if (act === "accept") void this.say(() => ask("accept_row", of));
    else if (act === "later") void this.say(() => ask("put_row_off", { ...of, later: !row.later }));
    else if (act === "clear") void this.say(() => ask("clear_row", { ...of, choice: row.acts.chosen ?? "" }));
    else if (act !== "create") this.doing = { act, row };
    else if (row.acts.create === "expense") this.#answer(row);
    else void this.say(() => ask("create_for_row", { ...of, what: row.acts.create ?? "" }));
    return true;
  }

  /** Accepts everything that matches exactly. */
  async acceptExact(): Promise<void> {
    await this.say(() => ask("accept_exact", { id: this.#settlement() }));
  }

  /** Does something and says so, with a button that takes it back where it can be. */
  async say(what: () => Promise<RowDone>): Promise<boolean> {
    const done = await attempt(what);
    if (done === null) return false;
    this.offer = done.offer;
    const act = done.act;
    const settlement = this.#settlement();
    const undo = act === null ? {} : { undo: () => void attempt(() => this.#undo(settlement, act)) };
    toasts.say(tell(done.said), { tone: "done", ...undo });
    return true;
  }

  /** Leaves a row out of the settlement, with a reason. */
  async exclude(row: MatchRow, reason: string): Promise<boolean> {
    const request = { settlement: this.#settlement(), group: row.id, reason };
    return attemptUndoably(
      () => ask("exclude_group", request),
      ({ act }) => ask("undo_exclude", { id: act }),
    );
  }

  /** Takes back what was done last, also before this window was opened. */
  async undoLast(): Promise<void> {
    if (toasts.undo()) return;
    await attempt(() => this.#undo(this.#settlement()));
  }

  async #undo(settlement: string, act?: string): Promise<void> {
    const done = await ask("undo_row_act", { settlement, ...(act !== undefined && { act }) });
    toasts.say(tell(done.said), { tone: "done" });
  }
}
