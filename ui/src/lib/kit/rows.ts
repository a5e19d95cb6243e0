/** Which rows of a long table are in the document: those in view and a few around them. */
export interface Slice {
  first: number;
  last: number;
  /** Pixels that stand for the rows before and after. */
  before: number;
  after: number;
}

const AROUND = 12;

/** The rows to draw for a scroll position, when all rows are equally high. */
export function sliceOf(rows: number, row: number, scrolled: number, height: number): Slice {
  const first = Math.max(0, Math.min(rows, Math.floor(scrolled / row) - AROUND));
  const last = Math.max(first, Math.min(rows, Math.ceil((scrolled + height) / row) + AROUND));
  return { first, last, before: first * row, after: (rows - last) * row };
}
