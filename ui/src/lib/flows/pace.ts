/** How fast a run goes and how long it may still take; nothing until that can be said honestly (ux.md §5.3). */
export interface Pace {
  perMinute: number | null;
  /** Minutes left, rounded up, or nothing before 10 seconds and 10 percent. */
  minutesLeft: number | null;
}

export function paceOf(done: number, total: number | null, milliseconds: number): Pace {
  const perMinute = milliseconds >= 2000 && done > 0 ? Math.round((done * 60_000) / milliseconds) : null;
  const sayable = total !== null && total > 0 && milliseconds >= 10_000 && done / total >= 0.1 && done < total;
  const minutesLeft = sayable ? Math.ceil(((milliseconds / done) * (total - done)) / 60_000) : null;
  return { perMinute, minutesLeft };
}

/** The quarter that a run has passed, to be announced once each: 0, 25, 50, 75 or 100. */
export function quarterOf(done: number, total: number | null): number {
  return total === null || total === 0 ? 0 : Math.floor((done / total) * 4) * 25;
}
