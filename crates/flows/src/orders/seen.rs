//! What the order flows look at: one Amazon order, and everything that NetSuite knows about it.

use amazon::Order;
use chrono::{DateTime, NaiveDate, Utc};
use domain::Currency;
use netsuite::{RecordId, RecordType};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::customers::CustomerFound;
use super::shipment::Shipment;
use super::written::Written;
use crate::rules::{ItemFound, Rules};

/// What a page of orders holds: orders, and answers that could not be read as one.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "seen", rename_all = "snake_case")]
#[allow(clippy::large_enum_variant, reason = "nearly all are orders")]
pub enum Subject {
    /// An order with its surroundings.
    Order(Seen),
    /// Amazon's answer about this order is not understood (`PARSE`): the others go on.
    Unreadable {
        /// The order's number, as far as it could be read.
        order: String,
        /// What was expected and what stood there, without buyer data.
        what: String,
    },
}

/// An order with everything that its decision needs.
#[derive(Debug, Clone, Serialize)]
pub struct Seen {
    /// Amazon's side. Buyer data masks itself when this is kept as evidence.
    pub order: Order,
    /// Transactions that carry our external id for this order, or its number as `otherRefNum`.
    pub records: Vec<KnownRecord>,
    /// Items that its SKUs could be.
    pub items: Vec<ItemFound>,
    /// NetSuite's id of its currency; nothing when NetSuite does not have it.
    pub currency: Option<RecordId>,
    /// Customers that it could belong to.
    pub customers: Vec<CustomerFound>,
    /// The closed period that its posting date falls into.
    pub closed: Option<ClosedPeriod>,
    /// What this computer wrote for it last.
    pub written: Option<Written>,
    /// When Amazon said first that it had been shipped.
    pub shipped: Option<DateTime<Utc>>,
    /// What Amazon's report of shipments tells of it, the earliest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sent: Vec<SentByAmazon>,
    /// Since when a settlement that pays some of it is here, while a part of it has not left.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub settled: Option<DateTime<Utc>>,
    /// What Amazon kept back.
    #[serde(skip_serializing_if = "Withheld::is_nothing")]
    pub withheld: Withheld,
}

/// A shipment of an order that Amazon ships.
#[derive(Debug, Clone, Serialize)]
pub struct SentByAmazon {
    /// What left.
    pub shipment: Shipment,
    /// The closed period that its day falls into.
    pub closed: Option<ClosedPeriod>,
    /// What this computer wrote for it, where it has a record of its own.
    pub written: Option<Written>,
}

/// Parts of an order that Amazon keeps back because the app lacks a role (CMN-41).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Withheld {
    /// Buyer and address.
    pub buyer: bool,
    /// Who collects the tax, and the buyer's registrations.
    pub tax: bool,
}

impl Withheld {
    #[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
    fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

/// A transaction that NetSuite has already.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownRecord {
    /// Its type.
    pub record: RecordType,
    /// Its internal id.
    pub id: RecordId,
    /// The number that people see.
    pub number: String,
    /// `externalid`.
    pub external_id: Option<String>,
    /// The status letter (netsuite.md §5).
    pub status: String,
    /// Its customer.
    pub customer: Option<RecordId>,
    /// Its currency.
    pub currency: Option<Currency>,
    /// Its total in its own currency.
    pub total: Decimal,
    /// Its item lines; nothing of an order that is closed.
    pub lines: Vec<RecordLine>,
}

/// An item line of a transaction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordLine {
    /// Its number in the transaction.
    pub line: u32,
    /// The item.
    pub item: RecordId,
    /// Units; nought for discounts.
    #[serde(default)]
    pub quantity: Decimal,
    /// Its amount in the transaction's currency.
    #[serde(default)]
    pub amount: Decimal,
    /// Units of it that left.
    #[serde(default)]
    pub shipped: Decimal,
    /// Units of it that were billed.
    #[serde(default)]
    pub billed: Decimal,
}

/// A period that takes no postings (CMN-34).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClosedPeriod {
    /// Its name in NetSuite, such as `Sep 2026`.
    pub name: String,
    /// The first day of the first open period after it.
    pub first_open: Option<NaiveDate>,
}

/// What NetSuite has for an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Existing<'a> {
    /// Nothing.
    Nothing,
    /// The record that we made.
    Ours(&'a KnownRecord),
    /// A record that a person made (CMN-13).
    ByHand(&'a KnownRecord),
    /// Several that a person made: which one is meant?
    Several(Vec<&'a KnownRecord>),
}

impl Seen {
    /// What left of it, by Amazon's report.
    pub fn shipments(&self) -> impl Iterator<Item = &Shipment> {
        self.sent.iter().map(|one| &one.shipment)
    }

    /// When its first shipment left, by Amazon's report.
    pub fn reported(&self) -> Option<DateTime<Utc>> {
        self.shipments().map(|one| one.at).min()
    }

    /// What NetSuite has: ours first, then what a person accepted, then what carries the order's number.
    pub fn existing(&self, rules: &Rules) -> Existing<'_> {
        let sales = || {
            let kinds = [RecordType::SalesOrder, RecordType::Invoice, RecordType::CashSale];
            kinds
                .into_iter()
                .flat_map(|kind| self.records.iter().filter(move |one| one.record == kind))
        };
        if let Some(ours) = sales().find(|one| is_ours(one)) {
            return Existing::Ours(ours);
        }
        if let Some(accepted) = rules
            .adopted
            .get(&self.order.id)
            .and_then(|accepted| sales().find(|one| one.id == accepted.id))
        {
            return Existing::Ours(accepted);
        }
        // An invoice that a clerk made from the order's sales order is the same sale: the order stands for both.
        let Some(first) = sales().next() else {
            return Existing::Nothing;
        };
        let same: Vec<_> = sales().filter(|one| one.record == first.record).collect();
        if same.len() == 1 {
            Existing::ByHand(first)
        } else {
            Existing::Several(same)
        }
    }
}

/// What the buyer of an order pays, and the same without the tax that Amazon keeps or may keep.
pub fn possible_totals(order: &Order) -> Vec<Decimal> {
    let Some(whole) = order.grand_total else {
        return Vec::new();
    };
    let remitted = order
        .items
        .iter()
        .filter(|item| item.amazon_remits_tax() != Some(false));
    let tax: Decimal = remitted
        .filter_map(|item| item.tax().ok().flatten())
        .map(|tax| tax.amount)
        .sum();
    vec![whole.amount, whole.amount - tax]
}

fn is_ours(record: &KnownRecord) -> bool {
    record.external_id.as_deref().is_some_and(|id| {
        ["AZN-SO-", "AZN-IV-", "AZN-CS-"]
            .iter()
            .any(|ours| id.starts_with(ours))
    })
}
