import type { Amount as Money } from "../api/generated/contract";
import { plainSpaces, region } from "./region.svelte";

export type { Amount as Money } from "../api/generated/contract";

/** How the currency is named: by its sign, or by its ISO code where several currencies are in view. */
export type CurrencyStyle = "sign" | "code" | "none";

/** One piece of a formatted amount, so that a screen may draw the code smaller than the digits. */
export interface MoneyPart {
  kind: "currency" | "digits";
  text: string;
}

export interface MoneyOptions {
  style?: CurrencyStyle;
  /** Writes `+` before positive amounts, for terms of an equation and bars of a chart. */
  signed?: boolean;
}

const MINUS = "\u2212";
const formats = new Map<string, Intl.NumberFormat>();

function format(currency: string, style: CurrencyStyle, signed: boolean, digits: number): Intl.NumberFormat {
  const key = [region(), currency, style, signed, digits].join();
  let found = formats.get(key);
  if (!found) {
    const standard = decimalsOf(currency);
    found = new Intl.NumberFormat(region(), {
      style: style === "none" ? "decimal" : "currency",
      ...(style === "none" ? {} : { currency, currencyDisplay: "narrowSymbol" }),
      signDisplay: signed ? "exceptZero" : "negative",
      minimumFractionDigits: standard,
      maximumFractionDigits: Math.max(standard, digits),
    });
    formats.set(key, found);
  }
  return found;
}

/** Digits after the decimal mark that people write for a currency: 0 for JPY, 2 for most. */
export function decimalsOf(currency: string): number {
  try {
    return new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    return 2;
  }
}

/** Digits that carry value after the mark, so that a thousandth of a cent is shown rather than rounded away. */
function digitsUsed(amount: string): number {
  return (amount.split(".")[1] ?? "").replace(/0+$/, "").length;
}

/** The amount in pieces, for display only. A code stands beside the whole number, sign included: `EUR −12.40`. */
export function moneyParts(money: Money, options: MoneyOptions = {}): MoneyPart[] {
  const style = options.style ?? "sign";
  const shown = style === "code" ? "none" : style;
  const formatter = format(money.currency, shown, options.signed ?? false, digitsUsed(money.amount));
  // `Intl` takes the decimal text itself and keeps every digit; the library types only know numbers.
  const pieces = formatter.formatToParts(money.amount as unknown as number);
  const text = pieces.map((piece) => (piece.type === "minusSign" ? MINUS : plainSpaces(piece.value))).join("");
  if (style !== "code") return [{ kind: "digits", text }];
  const code: MoneyPart = { kind: "currency", text: money.currency };
  return codeFirst() ? [code, { kind: "digits", text }] : [{ kind: "digits", text }, code];
}

/** Whether the region writes the currency before the number. */
function codeFirst(): boolean {
  const pieces = format("EUR", "sign", false, 0).formatToParts(1);
  return pieces[0]?.type === "currency";
}

/** The amount as one text, for sentences and labels. */
export function moneyText(money: Money, options: MoneyOptions = {}): string {
  return moneyParts(money, options)
    .map((part) => part.text)
    .join("\u00A0");
}

/** Whether a decimal text is zero, below, or above, without computing with it. */
export function signOf(amount: string): -1 | 0 | 1 {
  if (!/[1-9]/.test(amount)) return 0;
  return amount.trim().startsWith("-") ? -1 : 1;
}

/** The amount without its sign. */
export function withoutSign(money: Money): Money {
  return { ...money, amount: money.amount.trim().replace(/^[-+]/, "") };
}
