import type { MessageId } from "../text/ids";
import { t } from "../text/text.svelte";

/** The saved views of the Orders screen, in the order of the tabs. */
export const VIEWS = {
  all: "view-all",
  today: "view-today",
  to_ship: "view-to-ship",
  late: "view-late",
  not_in_netsuite: "view-not-in-netsuite",
  needs_you: "state-needs-you",
  refunded: "view-refunded",
  cancelled: "view-cancelled",
} as const satisfies Record<string, MessageId>;

export type View = keyof typeof VIEWS;

export const isView = (text: string): text is View => text in VIEWS;

const CHANNELS: Record<string, MessageId> = { mfn: "channel-mfn", fba: "channel-fba", mcf: "channel-mcf" };

/** How the order reaches the buyer. */
export const channelWord = (channel: string): MessageId => CHANNELS[channel] ?? "channel-mfn";

const STATUSES: Record<string, MessageId> = {
  PENDING: "amazon-pending",
  PENDING_AVAILABILITY: "amazon-pending",
  UNSHIPPED: "amazon-unshipped",
  PARTIALLY_SHIPPED: "amazon-partly-shipped",
  SHIPPED: "amazon-shipped",
  CANCELLED: "amazon-cancelled",
  CANCELED: "amazon-cancelled",
  UNFULFILLABLE: "amazon-unfulfillable",
};

/** Amazon's status in words, or nothing for one that nobody has seen yet. */
export function amazonWord(status: string): MessageId | null {
  return STATUSES[status.replace(/([a-z])([A-Z])/g, "$1_$2").toUpperCase()] ?? null;
}

const SHIPPING: Record<string, MessageId> = {
  not_imported: "shipping-not-imported",
  not_fulfilled: "shipping-not-fulfilled",
  not_confirmed: "shipping-not-confirmed",
  fulfilled_not_confirmed: "shipping-not-confirmed",
  confirmed: "shipping-confirmed",
};

/** How far a shipment is (FUL-11). */
export function shippingText(state: string): string {
  const id = SHIPPING[state];
  return id ? t(id) : state;
}
