import { failureFrom, type CallFailure } from "../host/host";

/** One page of a list: its rows, where the next page begins, and how many rows there are in all. */
export interface PageOf<Row> {
  rows: Row[];
  after: string | null;
  total: number;
}

const SKELETON_AFTER = 200;
/** The most rows that the core gives at once. */
const MOST = 200;

/** A list read page by page, by key, so that it stays right while rows are added above. */
export class Paged<Row extends { id: string }> {
  rows = $state.raw<Row[]>([]);
  total = $state(0);
  known = $state(false);
  slow = $state(false);
  failure = $state.raw<CallFailure | null>(null);
  readonly #read: (after: string | null, limit: number) => Promise<PageOf<Row>>;
  readonly #size: number;
  // What the list shows depends on it: whether there is more to read.
  #after = $state<string | null>(null);
  #turn = 0;
  #starting = false;
  /** Something changed while the list was being read. */
  #stale = false;
  /** The turn in which the next page is being read, so that a list begun anew does not wait for the old one's. */
  #reading = -1;

  constructor(size: number, read: (after: string | null, limit: number) => Promise<PageOf<Row>>) {
    this.#size = size;
    this.#read = read;
  }

  get more(): boolean {
    return this.#after !== null;
  }

  /** Reads from the start; what is shown stays until the answer is there. As many rows as were shown are read again. */
  async start(keep = false): Promise<void> {
    // While runs bring rows the list is read again each second: an answer that takes longer must not be thrown away.
    if (keep && this.#starting) {
      this.#stale = true;
      return;
    }
    const turn = ++this.#turn;
    [this.#starting, this.#stale] = [true, false];
    const wanted = keep ? Math.max(this.#size, this.rows.length) : this.#size;
    const timer = setTimeout(() => (this.slow = turn === this.#turn && !this.known), SKELETON_AFTER);
    try {
      let page = await this.#read(null, Math.min(MOST, wanted));
      const rows = [...page.rows];
      // Fewer rows than before would pull the list away from under whoever has scrolled down.
      while (turn === this.#turn && rows.length < wanted && page.after !== null) {
        page = await this.#read(page.after, Math.min(MOST, wanted - rows.length));
        rows.push(...page.rows);
      }
      if (turn !== this.#turn) return;
      this.#take(rows, page);
      this.failure = null;
    } catch (thrown) {
      if (turn === this.#turn) this.failure = failureFrom(thrown);
    } finally {
      clearTimeout(timer);
      if (turn === this.#turn) {
        [this.slow, this.#starting] = [false, false];
        if (this.#stale) void this.start(true);
      }
    }
  }

  /** Reads the next page, once at a time. */
  async next(): Promise<void> {
    const turn = this.#turn;
    if (this.#reading === turn || this.#after === null) return;
    this.#reading = turn;
    try {
      const page = await this.#read(this.#after, this.#size);
      if (turn !== this.#turn) return;
      this.#take([...this.rows, ...page.rows], page);
    } catch (thrown) {
      if (turn === this.#turn) this.failure = failureFrom(thrown);
    } finally {
      if (this.#reading === turn) this.#reading = -1;
    }
  }

  #take(rows: Row[], page: PageOf<Row>): void {
    // A row that moved while pages were read is in two of them; the list shows it once.
    const seen = new Set<string>();
    this.rows = rows.filter((row) => !seen.has(row.id) && seen.add(row.id));
    this.total = page.total;
    this.#after = page.after;
    this.known = true;
  }
}
