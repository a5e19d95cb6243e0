import type { MessageId } from "../text/ids";

/** What each check is called. */
const CHECKS: Record<string, MessageId> = {
  refund_commission: "check-refund-commission",
  not_returned: "check-not-returned",
  reimbursement_taken: "check-reimbursement-taken",
  fee_change: "check-fee-change",
  duplicate_charge: "check-duplicate-charge",
  never_settled: "check-never-settled",
  unused_marketplace: "check-unused-marketplace",
};

/** What became of a finding. */
const MARKS: Record<string, MessageId> = {
  open: "check-mark-open",
  filed: "check-mark-filed",
  won: "check-mark-won",
  lost: "check-mark-lost",
};

/** How a finding is marked, and which marks make sense from which. */
export const ACTS = [
  { mark: "filed", label: "check-mark-as-filed", from: ["open"] },
  { mark: "won", label: "check-mark-as-won", from: ["open", "filed"] },
  { mark: "lost", label: "check-mark-as-lost", from: ["open", "filed"] },
  { mark: "open", label: "check-mark-as-open", from: ["filed", "won", "lost"] },
] as const satisfies { mark: string; label: MessageId; from: readonly string[] }[];

export const TABS = { open: "checks-open", filed: "checks-filed", closed: "checks-closed" } as const satisfies Record<
  string,
  MessageId
>;

export type Tab = keyof typeof TABS;

export function isTab(text: string): text is Tab {
  return text in TABS;
}

/** The message of a check; one that is newer than this page shows as nothing known. */
export function checkName(check: string): MessageId {
  return CHECKS[check] ?? "checks-kind";
}

export function markName(mark: string): MessageId {
  return MARKS[mark] ?? "check-mark-open";
}
