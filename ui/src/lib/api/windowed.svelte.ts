import { failureFrom, type CallFailure } from "../host/host";

/** Some rows of a list from an index on, and how many there are in all. */
export interface Part<Row> {
  rows: Row[];
  total: number;
}

const SKELETON_AFTER = 200;
/** Pages kept: a list of any length takes no more memory than these. */
const KEPT = 12;

/** A long list of which only the pages around the view are here: asked by index, so that its end is as near as its start. */
export class Windowed<Row> {
  total = $state(0);
  known = $state(false);
  slow = $state(false);
  failure = $state.raw<CallFailure | null>(null);
  #pages = $state.raw(new Map<number, Row[]>());
  readonly #read: (at: number, limit: number) => Promise<Part<Row>>;
  readonly #size: number;
  #turn = 0;
  #asked = new Set<number>();
  #wanted: [number, number] = [0, 0];

  constructor(size: number, read: (at: number, limit: number) => Promise<Part<Row>>) {
    this.#size = size;
    this.#read = read;
  }

  /** A row by its index; nothing while it is being read. */
  row(index: number): Row | null {
    return this.#pages.get(Math.floor(index / this.#size))?.[index % this.#size] ?? null;
  }

  /** Reads the list from its start: it is another one. What is shown stays until the answer is there. */
  async start(): Promise<void> {
    await this.#begin([0]);
  }

  /** Reads what is in view once more: something in it changed. */
  async again(): Promise<void> {
    const [first, last] = this.#wanted;
    await this.#begin(this.#pagesOf(first, last));
  }

  /** Says which rows are in view; those that are missing are read. */
  need(first: number, last: number): void {
    this.#wanted = [first, last];
    for (const page of this.#pagesOf(first, last)) {
      if (!this.#pages.has(page) && !this.#asked.has(page) && page * this.#size < this.total) void this.#fetch(page);
    }
  }

  #pagesOf(first: number, last: number): number[] {
    const from = Math.floor(first / this.#size);
    const to = Math.floor(Math.max(first, last - 1) / this.#size);
    return Array.from({ length: to - from + 1 }, (_, index) => from + index);
  }

  async #begin(pages: number[]): Promise<void> {
    const turn = ++this.#turn;
    this.#asked = new Set(pages);
    const timer = setTimeout(() => (this.slow = turn === this.#turn && !this.known), SKELETON_AFTER);
    try {
      const parts = await Promise.all(pages.map((page) => this.#read(page * this.#size, this.#size)));
      if (turn !== this.#turn) return;
      this.#pages = new Map(pages.map((page, index) => [page, parts[index]?.rows ?? []]));
      this.total = parts[0]?.total ?? 0;
      [this.known, this.failure] = [true, null];
    } catch (thrown) {
      if (turn === this.#turn) this.failure = failureFrom(thrown);
    } finally {
      clearTimeout(timer);
      if (turn === this.#turn) {
        this.slow = false;
        this.#asked.clear();
      }
    }
  }

  async #fetch(page: number): Promise<void> {
    const turn = this.#turn;
    this.#asked.add(page);
    try {
      const part = await this.#read(page * this.#size, this.#size);
      if (turn !== this.#turn) return;
      const pages = new Map(this.#pages).set(page, part.rows);
      // The page that is farthest from the view goes first.
      const near = Math.floor(this.#wanted[0] / this.#size);
      const farthest = [...pages.keys()].sort((one, other) => Math.abs(other - near) - Math.abs(one - near));
      for (const far of farthest.slice(0, Math.max(0, pages.size - KEPT))) pages.delete(far);
      this.#pages = pages;
      this.total = part.total;
    } catch (thrown) {
      if (turn === this.#turn) this.failure = failureFrom(thrown);
    } finally {
      if (turn === this.#turn) this.#asked.delete(page);
    }
  }
}
