// One result as one JSON line, in the form of all benches.

const rounded = (value) => Math.round(value * 1_000) / 1_000;

/** Prints a figure; judged by its ratio to the peer if there is one, else by itself. Smaller is better. */
export function line(step, unit, value, bound, peer) {
  const ratio = peer === undefined ? null : rounded(value / peer.value);
  const told = {
    bar: "P12",
    step,
    unit,
    value: rounded(value),
    peer_name: peer?.name ?? null,
    peer: peer === undefined ? null : rounded(peer.value),
    ratio,
    bound,
    pass: (ratio ?? rounded(value)) <= bound,
  };
  console.log(JSON.stringify(told));
}

/** What helps to understand the figures, beside them. */
export const note = (text) => console.error(text);

/** The value that this share of all values does not exceed. */
export function quantile(values, share) {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}

export const median = (values) => quantile(values, 0.5);
