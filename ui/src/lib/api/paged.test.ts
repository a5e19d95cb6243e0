import { describe, expect, it } from "vitest";
import { Paged, type PageOf } from "./paged.svelte";

interface Row {
  id: string;
}

/** A list of so many rows, given by at most 200 at once, as the core does. */
function core(rows: () => string[]) {
  return (after: string | null, limit: number): Promise<PageOf<Row>> => {
    const all = rows();
    const from = after === null ? 0 : Number(after);
    const until = Math.min(all.length, from + Math.min(200, limit));
    return Promise.resolve({
      rows: all.slice(from, until).map((id) => ({ id })),
      after: until < all.length ? String(until) : null,
      total: all.length,
    });
  };
}

const numbered = (count: number) => Array.from({ length: count }, (_, index) => `order ${index}`);

describe("a list read page by page", () => {
  it("keeps as many rows as were shown when it is read again, however many that is", async () => {
    const list = new Paged<Row>(
      100,
      core(() => numbered(450)),
    );
    await list.start();
    while (list.more) await list.next();
    expect(list.rows.length).toBe(450);
    await list.start(true);
    expect(list.rows.length).toBe(450);
    expect(list.more).toBe(false);
  });

  it("shows an answer that takes longer than the next wish to read again, and reads once more after it", async () => {
    const waiting: (() => void)[] = [];
    const read = core(() => numbered(3));
    const list = new Paged<Row>(100, async (after, limit) => {
      await new Promise<void>((go) => waiting.push(go));
      return read(after, limit);
    });
    const first = list.start();
    await list.start(true);
    await list.start(true);
    expect(waiting.length).toBe(1);
    waiting[0]?.();
    await first;
    expect(list.rows.length).toBe(3);
    expect(waiting.length).toBe(2);
  });

  it("shows a row once that moved to another page while pages were read", async () => {
    let rows = numbered(150);
    const list = new Paged<Row>(
      100,
      core(() => rows),
    );
    await list.start();
    rows = ["a new one", ...rows];
    await list.next();
    expect(new Set(list.rows.map((row) => row.id)).size).toBe(list.rows.length);
    expect(list.rows.at(-1)?.id).toBe("order 149");
  });
});
