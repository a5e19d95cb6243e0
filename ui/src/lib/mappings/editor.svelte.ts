import { ask } from "../api/api";
import type { MappingField, MappingRow, MappingTrial, MappingView } from "../api/generated/contract";
import { failureFrom, type CallFailure } from "../host/host";
import { attemptAndTell } from "../session/session.svelte";

/** Waits for the next letter: the preview follows within 150 ms of the last one. */
const SETTLE = 100;

/** A field of a record: where it stands and what NetSuite calls it. */
export interface Spot {
  place: string;
  field: string;
}

export const same = (one: Spot, other: Spot) => one.place === other.place && one.field === other.field;

/** The rows of one mapping at one scope while somebody works on them. Nothing is saved before *Save*. */
export class Editor {
  view = $state.raw<MappingView | null>(null);
  failure = $state.raw<CallFailure | null>(null);
  rows = $state.raw<MappingRow[]>([]);
  trial = $state.raw<MappingTrial | null>(null);
  record = $state<string | null>(null);
  #saved = $state("[]");
  #timer: ReturnType<typeof setTimeout> | undefined;
  #turn = 0;

  /** Every field; one that only the draft fills stands with the others. */
  readonly fields = $derived.by<MappingField[]>(() => {
    const known = this.view?.fields ?? [];
    const fresh = this.rows.filter((row) => !known.some((field) => same(field, row)));
    const first = fresh.filter((row, at) => fresh.findIndex((other) => same(row, other)) === at);
    const blank = { locked: false, built_in: null, own: [], inherited: [], gap: false };
    return [...known, ...first.map(({ place, field }) => ({ place, field, ...blank }))];
  });

  get dirty(): boolean {
    return JSON.stringify(this.rows) !== this.#saved;
  }

  async load(form: string | null, scope: string): Promise<void> {
    const turn = ++this.#turn;
    try {
      const view = await ask("mapping", { scope, ...(form !== null && { form }) });
      if (turn !== this.#turn) return;
      if (this.view?.form !== view.form || this.view.scope !== view.scope) this.record = null;
      this.failure = null;
      this.view = view;
      this.rows = view.fields.flatMap((one) => one.own);
      this.#saved = JSON.stringify(this.rows);
      await this.preview();
    } catch (thrown) {
      if (turn === this.#turn) this.failure = failureFrom(thrown);
    }
  }

  /** The draft's rows of a field, with their place among all rows. */
  of(spot: Spot): { row: MappingRow; index: number }[] {
    return this.rows.map((row, index) => ({ row, index })).filter((one) => same(one.row, spot));
  }

  add(row: MappingRow): void {
    this.#change([...this.rows, row]);
  }

  put(index: number, row: MappingRow): void {
    this.#change(this.rows.map((old, at) => (at === index ? row : old)));
  }

  remove(index: number): void {
    this.#change(this.rows.filter((_, at) => at !== index));
  }

  /** Takes all rows of a field away, so that the wider scope counts again. */
  reset(spot: Spot): void {
    this.#change(this.rows.filter((row) => !same(row, spot)));
  }

  replace(rows: MappingRow[]): void {
    this.#change(rows);
  }

  #change(rows: MappingRow[]): void {
    this.rows = rows;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.preview(), SETTLE);
  }

  /** Tries the draft on the chosen record. */
  async preview(): Promise<void> {
    const view = this.view;
    if (view === null) return;
    const turn = this.#turn;
    const record = this.record === null ? {} : { record: this.record };
    const rows = this.rows;
    const trial = await ask("try_mapping", { form: view.form, scope: view.scope, rows, ...record }).catch(() => null);
    if (turn === this.#turn && rows === this.rows && trial !== null) this.trial = trial;
  }

  /** Saves the draft as a new version. */
  async save(note: string): Promise<boolean> {
    const view = this.view;
    if (view === null) return false;
    const rows = this.rows;
    const done = await attemptAndTell(() => ask("save_mapping", { form: view.form, scope: view.scope, rows, note }));
    if (done) await this.load(view.form, view.scope);
    return done;
  }
}
