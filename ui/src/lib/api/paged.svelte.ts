import { failureFrom, type CallFailure } from "../host/host";

/** One page of a list: its rows, where the next page begins, and how many rows there are in all. */
export interface PageOf<Row> {
  rows: Row[];
  after: string | null;
  total: number;
}

const SKELETON_AFTER = 200;

/** A list read page by page, by key, so that it stays right while rows are added above. */
export class Paged<Row extends { id: string }> {
  rows = $state.raw<Row[]>([]);
  total = $state(0);
  known = $state(false);
  slow = $state(false);
  failure = $state.raw<CallFailure | null>(null);
  readonly #read: (after: string | null, limit: number) => Promise<PageOf<Row>>;
  readonly #size: number;
  #after: string | null = null;
  #turn = 0;
  #busy = false;

  constructor(size: number, read: (after: string | null, limit: number) => Promise<PageOf<Row>>) {
    this.#size = size;
    this.#read = read;
  }

  get more(): boolean {
    return this.#after !== null;
  }

  /** Reads from the start; what is shown stays until the answer is there. As many rows as were shown are read again. */
  async start(keep = false): Promise<void> {
    const turn = ++this.#turn;
    const limit = keep ? Math.min(200, Math.max(this.#size, this.rows.length)) : this.#size;
    const timer = setTimeout(() => (this.slow = turn === this.#turn && !this.known), SKELETON_AFTER);
    try {
      const page = await this.#read(null, limit);
      if (turn !== this.#turn) return;
      this.#take(page.rows, page);
      this.failure = null;
    } catch (thrown) {
      if (turn === this.#turn) this.failure = failureFrom(thrown);
    } finally {
      clearTimeout(timer);
      if (turn === this.#turn) this.slow = false;
    }
  }

  /** Reads the next page, once at a time. */
  async next(): Promise<void> {
    if (this.#busy || this.#after === null) return;
    this.#busy = true;
    const turn = this.#turn;
    try {
      const page = await this.#read(this.#after, this.#size);
      if (turn !== this.#turn) return;
      const seen = new Set(this.rows.map((row) => row.id));
      this.#take([...this.rows, ...page.rows.filter((row) => !seen.has(row.id))], page);
    } catch (thrown) {
      if (turn === this.#turn) this.failure = failureFrom(thrown);
    } finally {
      this.#busy = false;
    }
  }

  #take(rows: Row[], page: PageOf<Row>): void {
    this.rows = rows;
    this.total = page.total;
    this.#after = page.after;
    this.known = true;
  }
}
