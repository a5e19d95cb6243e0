import { moneyText } from "../format/money.svelte";

/** An amount beside an axis: marks are round, so that their decimals say nothing; thousands stay. */
export function mark(amount: string, currency: string): string {
  return moneyText({ amount, currency }, { style: "none" }).replace(/[.,]0{1,2}$/, "");
}
