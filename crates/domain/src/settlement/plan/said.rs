//! What a plan says: the writes, the journals, and where each cent of a difference belongs.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::journal::{Journal, JournalLine};
use crate::money::{Currency, Money};
use crate::{ExternalId, Text};

/// What to write, and what is left over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// One outcome per group, in the order of the groups.
    pub outcomes: Vec<Outcome>,
    /// Fees as bills, where the seller wants them so (SET-41).
    #[serde(default)]
    pub bills: Vec<super::FeeBill>,
    /// The journals, by month; shown even when they may not be posted.
    pub journals: Vec<JournalDraft>,
    /// Why the journals may not be posted; empty when they may.
    pub held: Vec<Held>,
    /// What goes to the bank: the declared total.
    pub deposit: Money,
    /// Applied payments − refunds + journal rows (SET-43).
    pub reconciled: Money,
    /// `reconciled` − `deposit`.
    pub variance: Money,
    /// Every cent of `variance`, named; they sum to it exactly (SET-56).
    pub variance_lines: Vec<VarianceLine>,
    /// Where each line's money goes, each line once.
    pub destinations: Vec<super::Destination>,
    /// Account keys that have no account yet.
    pub accounts_missing: BTreeSet<String>,
    /// NetSuite's ids of cash sales and of payments by people that have put money of these orders into clearing, beside
    /// the records that are written: the journal takes it out again (SET-48).
    #[serde(default)]
    pub in_clearing: BTreeSet<String>,
}

impl Plan {
    /// The journals to write; empty while anything holds them.
    pub fn journals_to_post(&self) -> Vec<&Journal> {
        if self.held.is_empty() {
            self.journals
                .iter()
                .filter_map(|draft| draft.balanced.as_ref())
                .collect()
        } else {
            Vec::new()
        }
    }
}

/// Why the journals are held: a stable code of flows.md §1.7 and a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// `SETTLEMENT_INCONSISTENT`, `LINE_UNMAPPED`, `VARIANCE`, `MARKETPLACE_UNKNOWN`, `ACCOUNT_MISSING`.
    pub code: String,
    /// The sentence.
    pub reason: Text,
    /// transaction-type, amount-type, amount-description, when it is about a kind of line.
    pub triple: Option<[String; 3]>,
    /// Money that waits.
    pub at_stake: Option<Money>,
}

/// A journal as NetSuite will show it. While a difference is open it stands as one extra line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JournalDraft {
    /// The external id.
    pub external_id: ExternalId,
    /// The day it is dated.
    pub date: NaiveDate,
    /// The currency.
    pub currency: Currency,
    /// The memo: `Amazon settlement <id> <start>–<end>`.
    pub memo: String,
    /// The lines, debits first; the last one is the open difference when `balanced` is nothing.
    pub lines: Vec<JournalLine>,
    /// The journal, if it balances without help.
    pub balanced: Option<Journal>,
}

/// Where a group stands (SET-21).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Looked at again later.
    Waiting,
    /// Its posting is planned or done, in full.
    Applied,
    /// A part of it could be posted.
    PartlyApplied,
    /// In the journal.
    InJournal,
    /// Nothing to post.
    NothingToPost,
    /// A person must choose.
    NeedsYou,
    /// A person left it out.
    Excluded,
    /// Of an order from before go-live: in the journal.
    PreGoLive,
}

/// The tab of the review that a group is listed in (ux.md §5.8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names are the tabs'")]
pub enum Tab {
    Matched,
    Unmatched,
    Different,
    Fees,
    Reserve,
}

/// What becomes of one group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// [`Group::id`].
    pub group: String,
    /// Where it stands.
    pub status: Status,
    /// Its tab.
    pub tab: Tab,
    /// What the buyer paid (positive) or got back (negative), tax per SET-14.
    pub customer: Decimal,
    /// How much of `customer` NetSuite has or will have.
    pub posted: Decimal,
    /// The records to write for it.
    pub postings: Vec<Posting>,
    /// The NetSuite document it was matched with.
    pub document: Option<String>,
    /// Why it belongs together, or why not.
    pub reason: Text,
    /// The problem's code (flows.md §1.7), when there is one.
    pub code: Option<String>,
}

/// A record to write, or that was written before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "post", rename_all = "snake_case")]
pub enum Posting {
    /// A customer payment.
    Payment(Payment),
    /// A credit memo with its refund.
    Refund(Refund),
    /// An invoice with its payment.
    Reversal(Reversal),
}

/// A customer payment on one or more invoices (SET-23..27).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payment {
    /// `AZN-PY-…`.
    pub external_id: ExternalId,
    /// NetSuite's id, when it is there already.
    pub exists: Option<String>,
    /// The order.
    pub order: String,
    /// The customer's internal id.
    pub customer: String,
    /// Its date.
    pub date: NaiveDate,
    /// What is paid in all: the applications, plus what stays unapplied.
    pub amount: Money,
    /// Which invoice gets how much.
    pub applications: Vec<Application>,
    /// What stays as the customer's credit (`payment.keep_unapplied`).
    pub unapplied: Decimal,
    /// `acct.clearing` resolved, when chosen.
    pub account: Option<String>,
    /// `Amazon settlement <id>`.
    pub memo: String,
}

/// Money for one invoice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Application {
    /// The invoice's internal id.
    pub invoice: String,
    /// How much.
    pub amount: Decimal,
}

/// What the buyer got back (SET-28..37).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refund {
    /// How it is written.
    pub form: RefundForm,
    /// NetSuite's id of the credit memo or cash refund, when it is there already.
    pub exists: Option<String>,
    /// Whether the money has left clearing already; a posting may have stopped before its customer refund.
    #[serde(default)]
    pub paid_out: bool,
    /// The order.
    pub order: String,
    /// The customer's internal id; nothing for a stand-alone credit memo without a known customer.
    pub customer: Option<String>,
    /// The invoice or cash sale that it gives back.
    pub document: Option<String>,
    /// Its date.
    pub date: NaiveDate,
    /// The total of the lines.
    pub amount: Money,
    /// The lines; they sum to `amount` exactly.
    pub lines: Vec<RefundLine>,
    /// `acct.clearing` resolved, when chosen.
    pub account: Option<String>,
    /// Reason and settlement.
    pub memo: String,
}

/// A credit memo, or a cash refund.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "form", rename_all = "snake_case")]
pub enum RefundForm {
    /// A credit memo with a customer refund of the same amount from clearing. It is paid out even while the invoice is
    /// open: the payment comes in a later settlement, and each settlement's clearing must be zero by itself (SET-48).
    CreditMemo {
        /// `AZN-CM-…`.
        external_id: ExternalId,
        /// `AZN-RF-…`.
        refund: ExternalId,
    },
    /// A cash refund of a cash sale.
    CashRefund {
        /// `AZN-CR-…`.
        external_id: ExternalId,
    },
}

/// A refund that Amazon took back, as an invoice that is paid into clearing (SET-37).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reversal {
    /// `AZN-RI-…`: the invoice.
    pub external_id: ExternalId,
    /// `AZN-RP-…`: its payment.
    pub payment: ExternalId,
    /// NetSuite's id of the invoice, when it is there already.
    pub exists: Option<String>,
    /// Whether the money has come into clearing already; a posting may have stopped before the payment.
    pub paid: bool,
    /// The order.
    pub order: String,
    /// The customer's internal id; nothing for an order without a known sale.
    pub customer: Option<String>,
    /// The SKU, when known.
    pub sku: String,
    /// Its date.
    pub date: NaiveDate,
    /// What the seller has back.
    pub amount: Money,
    /// `acct.clearing` resolved, when chosen.
    pub account: Option<String>,
    /// Reason, order and settlement.
    pub memo: String,
}

/// One line of a credit memo or cash refund.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundLine {
    /// What it gives back.
    pub what: RefundOf,
    /// Units; 1 for an amount-only line.
    pub quantity: Decimal,
    /// The line's exact amount; negative for what reduces the refund.
    pub amount: Decimal,
}

/// What a refund line gives back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "snake_case")]
pub enum RefundOf {
    /// Whole units of an item that was sold.
    Units {
        /// The SKU.
        sku: String,
        /// NetSuite's internal id of the item.
        item: String,
    },
    /// Money only, on `refund.amount_item` (SET-30).
    AmountOnly {
        /// The SKU, when known.
        sku: String,
    },
    /// Shipping.
    Shipping,
    /// Gift wrap.
    GiftWrap,
    /// A promotion taken back.
    Promotion,
    /// A promotion on shipping taken back.
    ShippingPromotion,
    /// The restocking fee kept, on `refund.restocking_item`.
    Restocking,
    /// Tax, on `refund.tax_item` (SET-32).
    Tax,
    /// Anything else the buyer got.
    Other,
}

/// A named part of the variance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VarianceLine {
    /// What kind of part.
    pub cause: Cause,
    /// Its amount, signed as the variance.
    pub amount: Money,
    /// The sentence.
    pub reason: Text,
    /// The group.
    pub group: Option<String>,
    /// The order.
    pub order: Option<String>,
}

/// Where a cent of variance belongs (SET-56).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// The order is there, its invoice not yet.
    WaitingOrder,
    /// The order is not in NetSuite.
    MissingOrder,
    /// Amazon paid more than is open.
    Overpayment,
    /// NetSuite took less or more than Amazon paid.
    Underpayment,
    /// The invoice was paid by somebody else.
    PaidElsewhere,
    /// A refund that found nothing to give back.
    RefundNotMatched,
    /// Left out by a person.
    Excluded,
    /// Edited or deleted in NetSuite after posting.
    Edited,
    /// A kind of line that nobody has mapped yet.
    Unmapped,
    /// The file's lines do not add up to its total.
    IntegrityGap,
}
