//! What a plan is made from and what it says: the types that the flows and the screens share.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::journal::{Journal, JournalLine};
use crate::money::{Currency, Money};
use crate::settlement::{Group, Header};
use crate::{ExternalId, Text};

/// Everything a settlement's plan depends on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Input {
    /// The settlement.
    pub settlement: Header,
    /// Its groups ([`crate::settlement::group()`]).
    pub groups: Vec<Group>,
    /// What NetSuite has for each order, by [`Group::order`]; an order that was not found has an empty `Found`.
    pub found: BTreeMap<String, Found>,
    /// The seller's choices.
    pub choices: Choices,
}

/// What NetSuite has for one order.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Found {
    /// Its documents, in any order.
    pub documents: Vec<FoundDocument>,
    /// Its sales order.
    pub sales_order: Option<FoundSalesOrder>,
    /// Bought before the marketplace's go-live date (SET-38).
    pub before_go_live: bool,
}

/// A sales order as far as a settlement needs it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundSalesOrder {
    /// NetSuite's internal id.
    pub id: String,
    /// Anything of it has been shipped.
    pub shipped: bool,
    /// Closed or cancelled.
    pub closed: bool,
}

/// A kind of document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// An invoice.
    Invoice,
    /// A cash sale: money and sale in one record.
    CashSale,
    /// A credit memo.
    CreditMemo,
    /// A customer refund.
    CustomerRefund,
    /// A cash refund.
    CashRefund,
    /// A customer payment.
    Payment,
}

/// A NetSuite document of one order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundDocument {
    /// What it is.
    pub kind: DocumentKind,
    /// NetSuite's internal id.
    pub id: String,
    /// NetSuite's document number, for people.
    pub number: String,
    /// Its external id, when it has one.
    pub external_id: Option<String>,
    /// Its currency.
    pub currency: Currency,
    /// Its total, positive.
    pub total: Decimal,
    /// What is still open of it, positive.
    pub open: Decimal,
    /// Amazon's shipment id, when it bills one shipment.
    pub shipment: Option<String>,
    /// NetSuite's internal id of the customer.
    pub customer: String,
    /// The customer is inactive.
    pub customer_inactive: bool,
    /// Its date.
    pub date: NaiveDate,
    /// Its total contains the tax that Amazon collects (SET-14): remembered per invoice.
    pub tax_included: bool,
    /// Its lines, as far as a refund needs them.
    pub lines: Vec<FoundLine>,
}

/// A line of an invoice or cash sale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundLine {
    /// Amazon's order item id, when it was kept.
    pub order_item_code: Option<String>,
    /// The SKU.
    pub sku: String,
    /// NetSuite's internal id of the item.
    pub item: String,
    /// Units billed and not refunded yet.
    pub quantity: Decimal,
    /// Price of one unit.
    pub unit_price: Decimal,
}

/// What the seller chose (flows.md §10, settings).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[allow(clippy::struct_excessive_bools, reason = "each is one switch on the settings page")]
pub struct Choices {
    /// The business's IANA time zone, such as `Europe/Berlin`: decides days and months (CMN-09).
    pub time_zone: String,
    /// Which account each key goes to.
    pub accounts: Accounts,
    /// Who has the tax of orders whose invoice is not known yet (SET-14).
    pub tax: TaxMode,
    /// `payment.tolerance`, in the settlement's currency; nothing means 0.02, or 1 for a currency without decimals.
    pub payment_tolerance: Option<Decimal>,
    /// `payment.keep_unapplied`: an overpayment stays as the customer's credit (SET-25).
    pub keep_unapplied: bool,
    /// `refund.standalone` (SET-35).
    pub standalone_refunds: bool,
    /// `settlement.unmapped = post_to_other_fees` (SET-12).
    pub unmapped_to_other_fees: bool,
    /// `je.combine_same_account` (SET-49).
    pub combine_same_account: bool,
    /// `je.split_months` (SET-51).
    pub split_months: bool,
    /// `je.bank_line = in_transit` (§10.1).
    pub bank_in_transit: bool,
    /// `je.max_variance`: the journal is offered up to it (SET-46).
    pub max_variance: Decimal,
    /// `settlement.detail` (SET-40).
    pub detail: Detail,
    /// The variance that a person accepted with a reason (SET-58).
    pub accepted_variance: Option<Decimal>,
    /// Groups that a person left out, by [`Group::id`].
    pub excluded: BTreeSet<String>,
    /// How often the settlement was posted before, plus one (SET-59).
    pub revision: u32,
}

impl Default for Choices {
    fn default() -> Self {
        Self {
            time_zone: "UTC".to_owned(),
            accounts: Accounts::default(),
            tax: TaxMode::ExcludeCollected,
            payment_tolerance: None,
            keep_unapplied: false,
            standalone_refunds: false,
            unmapped_to_other_fees: false,
            combine_same_account: true,
            split_months: true,
            bank_in_transit: false,
            max_variance: Decimal::ZERO,
            detail: Detail::Category,
            accepted_variance: None,
            excluded: BTreeSet::new(),
            revision: 1,
        }
    }
}

/// Accounts by key (`acct.clearing`, `acct.referral_fees` …), with exceptions per marketplace.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Accounts {
    /// Key to NetSuite's internal account id.
    pub by_key: BTreeMap<String, String>,
    /// Amazon's marketplace id to key to account id: wins over `by_key`.
    pub by_marketplace: BTreeMap<String, BTreeMap<String, String>>,
}

impl Accounts {
    /// The account for a key, the marketplace's own first (CMN-02).
    pub fn get(&self, marketplace: Option<&str>, key: &str) -> Option<&str> {
        marketplace
            .and_then(|id| self.by_marketplace.get(id)?.get(key))
            .or_else(|| self.by_key.get(key))
            .map(String::as_str)
    }
}

/// Where the tax that Amazon collects is (SET-14).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaxMode {
    /// Left off the invoice: collected and withheld cancel out and are not posted.
    #[default]
    ExcludeCollected,
    /// On the invoice: paid with it, and the withheld part clears the liability in the journal.
    OnInvoice,
}

/// How finely the journal's fee lines are drawn (SET-40).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Detail {
    /// One line per category, account and marketplace.
    #[default]
    Category,
    /// One line per amount-description.
    Description,
    /// One line per SKU and category.
    Sku,
}

/// What to write, and what is left over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// One outcome per group, in the order of the groups.
    pub outcomes: Vec<Outcome>,
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
    /// Account keys that have no account yet.
    pub accounts_missing: BTreeSet<String>,
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
