//! What the order flows look at: one Amazon order, and everything that NetSuite knows about it.

use amazon::Order;
use chrono::NaiveDate;
use domain::{Currency, Money};
use netsuite::{RecordId, RecordType};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::customers::CustomerFound;
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
    /// The numbers of its item lines.
    pub lines: Vec<u32>,
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
            .and_then(|id| sales().find(|one| one.id == *id))
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

    /// Whether a NetSuite total can be this order's: with or without the tax that Amazon collects.
    pub fn total_fits(&self, total: Decimal, tolerance: Decimal) -> bool {
        self.possible_totals()
            .iter()
            .any(|possible| (possible - total).abs() <= tolerance)
    }

    /// What the buyer pays, and the same without tax.
    fn possible_totals(&self) -> Vec<Decimal> {
        let Some(whole) = self.order.grand_total else {
            return Vec::new();
        };
        let zero = Money::zero(whole.currency);
        let tax = |remitted: bool| -> Decimal {
            let items = self
                .order
                .items
                .iter()
                .filter(|item| !remitted || item.amazon_remits_tax() != Some(false));
            items
                .filter_map(|item| item.tax().ok().flatten())
                .fold(zero.amount, |sum, tax| sum + tax.amount)
        };
        vec![whole.amount, whole.amount - tax(true), whole.amount - tax(false)]
    }
}

fn is_ours(record: &KnownRecord) -> bool {
    record.external_id.as_deref().is_some_and(|id| {
        ["AZN-SO-", "AZN-IV-", "AZN-CS-"]
            .iter()
            .any(|ours| id.starts_with(ours))
    })
}
