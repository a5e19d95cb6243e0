import { percentText } from "../format/numbers.svelte";
import type { MessageId } from "../text/ids";

const NAMES: Record<string, MessageId> = {
  referral: "family-referral",
  fulfilment: "family-fulfilment",
  storage: "family-storage",
  advertising: "family-advertising",
  subscription: "family-subscription",
  inbound: "family-inbound",
  returns: "family-returns",
  selling: "family-selling",
  promotions: "family-promotions",
};

/** The message that names a family of fees. */
export function familyName(id: string): MessageId {
  return NAMES[id] ?? "family-other";
}

/** A colour and a pattern for each place in a stack: colour alone says nothing. */
export const PATTERNS = ["p-1", "p-2", "p-3", "p-4", "p-5", "p-6", "p-7"] as const;

/** A percentage that the core wrote as text, as people read it. */
export function percentOf(text: string): string {
  return percentText(Number(text) / 100);
}
