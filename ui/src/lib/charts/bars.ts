import type { Bar } from "../api/generated/contract";
import type { MessageId } from "../text/ids";

/** The short name of each bar of the waterfall (ux.md §5.8). */
const NAMES: Record<string, MessageId> = {
  previous_reserve: "bar-previous-reserve",
  product_sales: "bar-product-sales",
  shipping_gift_wrap: "bar-shipping-gift-wrap",
  tax_collected: "bar-tax-collected",
  tax_kept: "bar-tax-kept",
  promotions: "bar-promotions",
  refunds: "bar-refunds",
  referral_fees: "bar-referral-fees",
  fulfilment_fees: "bar-fulfilment-fees",
  storage: "bar-storage",
  advertising: "bar-advertising",
  other_fees: "bar-other-fees",
  reimbursements: "bar-reimbursements",
  adjustments: "bar-adjustments",
  reserve_held: "bar-reserve-held",
  deposit: "bar-deposit",
};

/** The message that names a bar. */
export function barName(bar: Bar): MessageId {
  return NAMES[bar.id] ?? "bar-other";
}

/** One column of the picture, in pixels. */
export interface Column {
  bar: Bar;
  x: number;
  width: number;
  top: number;
  height: number;
  /** Where the running total stands after this bar. */
  level: number;
  label: string;
  name: string[];
  low: boolean;
}

/** About how wide a text of the charts is: tabular figures of 11 px. */
export function textWidth(text: string): number {
  return text.length * 6.4;
}

/** Breaks a name into at most two lines of about this width. */
export function wrap(name: string, width: number): string[] {
  if (textWidth(name) <= width) return [name];
  const words = name.split(" ");
  let best = [name];
  let narrowest = textWidth(name);
  for (let cut = 1; cut < words.length; cut++) {
    const lines = [words.slice(0, cut).join(" "), words.slice(cut).join(" ")];
    const widest = Math.max(...lines.map(textWidth));
    if (widest < narrowest) [best, narrowest] = [lines, widest];
  }
  return best;
}

/** Lays the bars out: columns as wide as their value labels need, so that no two amounts run into each other. */
export function layOut(
  bars: Bar[],
  labels: string[],
  names: string[],
  width: number,
  plot: { top: number; height: number },
  twoLevels: boolean,
): Column[] {
  const wanted = labels.map((label) => Math.max(textWidth(label) + 4, 34));
  const scale = width / wanted.reduce((sum, one) => sum + one, 0);
  const y = (at: number) => plot.top + plot.height * (1 - at / 10_000);
  let x = 0;
  return bars.map((bar, index) => {
    const room = (wanted[index] ?? 0) * scale;
    const thick = Math.min(38, room * 0.72);
    const from = bar.total ? y(bar.zero_at) : y(bar.from_at);
    const top = Math.min(from, y(bar.to_at));
    const column: Column = {
      bar,
      x: x + (room - thick) / 2,
      width: thick,
      top,
      height: Math.max(2, Math.abs(from - y(bar.to_at))),
      level: y(bar.to_at),
      label: labels[index] ?? "",
      name: wrap(names[index] ?? "", twoLevels ? Math.max(room * 1.6, 64) : room),
      low: twoLevels && (bars.length - 1 - index) % 2 === 1,
    };
    x += room;
    return column;
  });
}
