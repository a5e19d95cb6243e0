import type { MessageId } from "../text/ids";

/** A title and what it means. */
export type Article = [title: MessageId, text: MessageId];

/** What one wants to do, in the order in which one meets it. */
export const TASKS: Article[] = [
  ["help-task-sync", "help-task-sync-how"],
  ["help-task-dry-run", "help-task-dry-run-how"],
  ["help-task-fix", "help-task-fix-how"],
  ["help-task-snooze", "help-task-snooze-how"],
  ["help-task-ignore", "help-task-ignore-how"],
  ["help-task-review", "help-task-review-how"],
  ["help-task-money", "help-task-money-how"],
  ["help-task-accrual", "help-task-accrual-how"],
  ["help-task-undo-posting", "help-task-undo-posting-how"],
  ["help-task-file", "help-task-file-how"],
  ["help-task-mapping", "help-task-mapping-how"],
  ["help-task-schedule", "help-task-schedule-how"],
  ["help-task-go-live", "help-task-go-live-how"],
  ["help-task-export", "help-task-export-how"],
];

/** The words of the trade, as the window uses them. */
export const TERMS: Article[] = [
  ["help-term-settlement", "help-term-settlement-what"],
  ["help-term-deposit", "help-term-deposit-what"],
  ["help-term-reserve", "help-term-reserve-what"],
  ["help-term-deferred", "help-term-deferred-what"],
  ["help-term-fee", "help-term-fee-what"],
  ["help-term-difference", "help-term-difference-what"],
  ["help-term-matched", "help-term-matched-what"],
  ["help-term-post", "help-term-post-what"],
  ["help-term-flow", "help-term-flow-what"],
  ["help-term-run", "help-term-run-what"],
  ["help-term-dry-run", "help-term-dry-run-what"],
  ["help-term-needs-you", "help-term-needs-you-what"],
  ["help-term-mapping", "help-term-mapping-what"],
  ["help-term-mfn", "help-term-mfn-what"],
  ["help-term-fba", "help-term-fba-what"],
  ["help-term-clearing", "help-term-clearing-what"],
  ["help-term-external-id", "help-term-external-id-what"],
  ["help-term-demo", "help-term-demo-what"],
];
