//! What a plan is made from: the settlement, what NetSuite has for its orders, and what the seller chose.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::money::Currency;
use crate::settlement::{Category, Group, Header, Side};

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
    /// A person still has to settle its total (`TOTAL_MISMATCH`): nothing is posted on its documents (ORD-08).
    #[serde(default)]
    pub mismatched: bool,
    /// Whether Amazon knows it (SET-25, SET-35).
    #[serde(default)]
    pub amazon: AtAmazon,
    /// External ids of the records that were written for it in this settlement and have not been taken back. One that is
    /// not among `documents` was deleted in NetSuite (SET-44).
    #[serde(default)]
    pub written: BTreeSet<String>,
}

impl Found {
    /// The document that stands under that external id.
    pub fn named(&self, name: &str) -> Option<&FoundDocument> {
        let mut documents = self.documents.iter();
        documents.find(|document| document.external_id.as_deref() == Some(name))
    }

    /// Whether a record of this settlement stands under that name, or stood until somebody deleted it in NetSuite.
    pub fn stands(&self, name: &str) -> bool {
        self.written.contains(name) || self.named(name).is_some()
    }

    /// Whether it was written, and NetSuite does not have it any more.
    pub fn has_lost(&self, name: &str) -> bool {
        self.written.contains(name) && self.named(name).is_none()
    }
}

/// Whether Amazon knows an order that NetSuite may not have yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AtAmazon {
    /// Nobody has asked yet: nothing is concluded from it.
    #[default]
    NotAsked,
    /// It does.
    Known,
    /// It does not, or not any more.
    Unknown,
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
    /// The invoice of a refund that Amazon took back: no sale (SET-37).
    Reversal,
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
    /// The account that took its money, as an internal id, for payments and cash sales. Nothing counts as clearing.
    #[serde(default)]
    pub account: Option<String>,
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
    /// Units billed, or, on a credit, given back.
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
    /// `payment.granularity` = `per_customer`: so many invoices at most are paid by one payment for all orders of a
    /// customer; nothing where each order has its own (SET-26, CMN-38).
    pub per_customer: Option<usize>,
    /// `refund.standalone` (SET-35).
    pub standalone_refunds: bool,
    /// `refund.reversal` = `invoice`: a refund that Amazon took back is invoiced anew and paid (SET-37).
    pub reversal_invoices: bool,
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
    /// How the journals are drawn beside their amounts (SET-50, SET-54, SET-55, CMN-38).
    pub journal: super::Entries,
    /// `settlement.vendor_bill`: fees are a bill that clearing pays (SET-41).
    pub vendor_bill: bool,
    /// `settlement.posting = summary`: sales are posted as totals, unless their order was billed (SET-62).
    pub summing: Option<super::Summing>,
    /// What units cost, where the cost of what was sold is posted too (SET-63).
    pub cost: Option<super::Cost>,
    /// The variance that a person accepted with a reason (SET-58).
    pub accepted_variance: Option<Decimal>,
    /// Groups that were open when the settlement was posted with an accepted difference, by [`Group::id`] (SET-58).
    pub late: BTreeSet<String>,
    /// The line by hand that a person added to a file that does not add up (SET-09).
    pub balancing: Option<Balancing>,
    /// Groups that a person left out, by [`Group::id`].
    pub excluded: BTreeSet<String>,
    /// What a person decided about single groups.
    pub rows: super::RowChoices,
    /// How often the settlement was posted before, plus one (SET-59).
    pub revision: u32,
    /// Journals that were written for it and have not been taken back, by external id: they keep their names (SET-61).
    pub journals: BTreeSet<String>,
}

impl Default for Choices {
    fn default() -> Self {
        Self {
            time_zone: "UTC".to_owned(),
            accounts: Accounts::default(),
            tax: TaxMode::ExcludeCollected,
            payment_tolerance: None,
            keep_unapplied: false,
            per_customer: None,
            standalone_refunds: false,
            reversal_invoices: false,
            unmapped_to_other_fees: false,
            combine_same_account: true,
            split_months: true,
            bank_in_transit: false,
            max_variance: Decimal::ZERO,
            detail: Detail::Category,
            journal: super::Entries::default(),
            vendor_bill: false,
            summing: None,
            cost: None,
            accepted_variance: None,
            late: BTreeSet::new(),
            balancing: None,
            excluded: BTreeSet::new(),
            rows: super::RowChoices::default(),
            revision: 1,
            journals: BTreeSet::new(),
        }
    }
}

/// A line by hand that makes a file come to its total (SET-09). It counts as long as the file lacks that very amount.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Balancing {
    /// What is missing: the declared total less the sum of the lines, in the settlement's currency.
    pub amount: Decimal,
    /// What the missing line is.
    pub category: Category,
    /// NetSuite's internal id of the account it goes to, where the category has none of its own.
    #[serde(default)]
    pub account: Option<String>,
    /// Why.
    pub reason: String,
}

impl Balancing {
    /// Whether such a line may be of a category: one that is posted, and no part of an order.
    pub fn may_be(category: Category) -> bool {
        let of_orders = matches!(category.side(), Side::Customer | Side::Withheld) || category.is_order_linked();
        !of_orders && category != Category::Unmapped
    }

    /// The key of its account; nothing while none is chosen.
    pub fn key(&self) -> Option<String> {
        let own = Some(self.category.account()).filter(|key| !key.is_empty());
        let chosen = self.account.as_deref().map(Accounts::outright);
        own.map(str::to_owned).or(chosen)
    }
}

const OUTRIGHT: &str = "account:";

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
    /// The key of one account by its internal id: for money that is taken from where it stands.
    pub fn outright(account: &str) -> String {
        format!("{OUTRIGHT}{account}")
    }

    /// The account for a key, the marketplace's own first (CMN-02).
    pub fn get<'a>(&'a self, marketplace: Option<&str>, key: &'a str) -> Option<&'a str> {
        if let Some(account) = key.strip_prefix(OUTRIGHT) {
            return Some(account);
        }
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
