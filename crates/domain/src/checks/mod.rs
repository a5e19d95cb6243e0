//! Checks that earn money (flows.md §17.4): what Amazon may owe the seller, by the lines of settlements and the orders
//! that left. Nothing here is ever posted.
//!
//! Lines are taken one by one, so that a year of them is never held at once; what is kept is one entry for each item of
//! an order. All sums are whole ten-thousandths of the line's currency, credit positive, as in the files.
//!
//! Open first: [`Checks`], then a file for each question: `fees`, `refunds`, `charges`, `unsettled`.

mod charges;
mod fees;
mod refunds;
mod unsettled;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::settlement::{Category, Line, Posted};
use crate::{Currency, Money, Text};

pub use unsettled::{Shipped, never_settled};

/// One question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Check {
    /// A fee of a SKU rose by more than a tenth against its own history.
    FeeChange,
    /// A refund whose commission Amazon kept.
    RefundCommission,
    /// A refund of goods that Amazon keeps, without a reimbursement after sixty days.
    NotReturned,
    /// A reimbursement for lost or damaged goods that Amazon took back and did not pay again.
    ReimbursementTaken,
    /// The same charge more than once.
    DuplicateCharge,
    /// An order that left and stands in no settlement.
    NeverSettled,
    /// Storage or a subscription where nothing is sold.
    UnusedMarketplace,
}

impl Check {
    /// Every check, in the order of the screen.
    pub const ALL: [Self; 7] = [
        Self::RefundCommission,
        Self::NotReturned,
        Self::ReimbursementTaken,
        Self::FeeChange,
        Self::DuplicateCharge,
        Self::NeverSettled,
        Self::UnusedMarketplace,
    ];

    /// Its lasting name.
    pub fn key(self) -> &'static str {
        match self {
            Self::FeeChange => "fee_change",
            Self::RefundCommission => "refund_commission",
            Self::NotReturned => "not_returned",
            Self::ReimbursementTaken => "reimbursement_taken",
            Self::DuplicateCharge => "duplicate_charge",
            Self::NeverSettled => "never_settled",
            Self::UnusedMarketplace => "unused_marketplace",
        }
    }

    /// The check of this name.
    pub fn named(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|check| check.key() == key)
    }
}

/// Something that Amazon may owe.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Its lasting name: the same finding has the same name however often it is made.
    pub key: String,
    /// Which question found it.
    pub check: Check,
    /// What there is to get back.
    pub amount: Money,
    /// When it happened.
    pub on: NaiveDate,
    /// The last day on which Amazon takes a claim, where there is one.
    pub deadline: Option<NaiveDate>,
    /// The marketplace as the lines name it, or Amazon's id of it; empty where none is named.
    pub marketplace: String,
    /// The order.
    pub order: Option<String>,
    /// The SKU.
    pub sku: Option<String>,
    /// The settlement that shows it.
    pub settlement: Option<String>,
    /// What it rests on, in one sentence.
    pub evidence: Text,
}

/// Where a line stands.
#[derive(Debug, Clone, Copy)]
pub struct At<'a> {
    /// Its settlement.
    pub settlement: &'a str,
    /// The settlement's currency.
    pub currency: Currency,
    /// The day of lines that name none.
    pub day: NaiveDate,
}

/// The item of an order, in one currency.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct ItemKey {
    order: String,
    /// Amazon's item code, else the SKU.
    item: String,
}

/// What the lines of one item of an order come to.
#[derive(Debug, Clone)]
struct Item {
    settlement: String,
    currency: Currency,
    marketplace: String,
    sku: String,
    on: NaiveDate,
    is_fba: bool,
    units: i64,
    principal: i64,
    /// What the referral fee is taken of: everything of the buyer's but tax.
    base: i64,
    /// The buyer's tax, of which the fee is taken too where prices contain it.
    tax: i64,
    referral: i64,
    fulfilment: i64,
    /// Rows with the price of goods: each may bring its fees once.
    prices: u32,
    /// Fees by their name and amount: how often each stands there.
    fees: BTreeMap<(String, i64), u32>,
}

/// What the checks know of the lines that they were given.
#[derive(Debug, Clone, Default)]
pub struct Checks {
    sales: BTreeMap<ItemKey, Item>,
    /// Refunds by item and adjustment.
    refunds: BTreeMap<(ItemKey, String), Item>,
    /// Orders that a reimbursement was paid for, or whose goods Amazon charged a return for.
    made_good: BTreeSet<String>,
    charges: charges::Charges,
    first: Option<NaiveDate>,
    last: Option<NaiveDate>,
}

impl Checks {
    /// Takes a line.
    pub fn take<S: AsRef<str>>(&mut self, at: At<'_>, line: &Line<S>, category: Category) {
        let on = line.posted.map_or(at.day, day);
        self.first = Some(self.first.map_or(on, |first| first.min(on)));
        self.last = Some(self.last.map_or(on, |last| last.max(on)));
        let words = line.amount_description.as_ref().to_lowercase();
        let order = line.order().unwrap_or_default();
        let is_made_good = category == Category::Reimbursement && line.ten_thousandths > 0;
        if !order.is_empty() && (is_made_good || words.contains("customerreturn")) {
            self.made_good.insert(order.to_owned());
        }
        match transaction(line.transaction_type.as_ref()) {
            Transaction::Sale if !order.is_empty() => {
                let item = self
                    .sales
                    .entry(key(order, line))
                    .or_insert_with(|| opened(at, line, on));
                item.add(line, category, on);
            }
            Transaction::Refund if !order.is_empty() => {
                let event = line.adjustment_id.as_ref().to_owned();
                let of = (key(order, line), event);
                let item = self.refunds.entry(of).or_insert_with(|| opened(at, line, on));
                item.add(line, category, on);
            }
            Transaction::Sale | Transaction::Refund | Transaction::Other => {
                self.charges.take(at, line, category, on);
            }
        }
    }

    /// The first and the last day of the lines.
    pub fn covered(&self) -> Option<(NaiveDate, NaiveDate)> {
        self.first.zip(self.last)
    }

    /// Everything that is found by today; `shipped` are orders that left and stand in no settlement.
    pub fn findings(&self, shipped: &[Shipped], today: NaiveDate) -> Vec<Finding> {
        let mut found = refunds::commission_kept(self);
        found.extend(refunds::not_returned(self, today));
        found.extend(self.charges.taken_back(today));
        found.extend(fees::risen(self));
        found.extend(charges::twice_on_items(self));
        found.extend(self.charges.twice());
        if let Some((first, last)) = self.covered() {
            found.extend(never_settled(shipped, first, last, today));
        }
        found.extend(self.charges.where_nothing_is_sold(&self.sales));
        found.retain(|finding| finding.amount.amount > Decimal::ZERO);
        found
    }
}

impl Item {
    fn add<S: AsRef<str>>(&mut self, line: &Line<S>, category: Category, on: NaiveDate) {
        let amount = line.ten_thousandths;
        self.on = self.on.min(on);
        if self.sku.is_empty() {
            line.sku.as_ref().clone_into(&mut self.sku);
        }
        match category {
            Category::Principal => {
                self.principal += amount;
                self.base += amount;
                self.units += line.quantity.unwrap_or(1).abs();
                self.prices += 1;
            }
            Category::Shipping | Category::GiftWrap | Category::Promotion | Category::CustomerOther => {
                self.base += amount;
            }
            Category::Tax => self.tax += amount,
            Category::ReferralFee => self.fee(line, |item| item.referral += amount),
            Category::FulfilmentFee => self.fee(line, |item| item.fulfilment += amount),
            Category::SellingFee => self.fee(line, |_| ()),
            _ => (),
        }
    }

    fn fee<S: AsRef<str>>(&mut self, line: &Line<S>, add: impl FnOnce(&mut Self)) {
        add(self);
        let name = line.amount_description.as_ref().to_owned();
        *self.fees.entry((name, line.ten_thousandths)).or_default() += 1;
    }
}

/// What a line is part of.
enum Transaction {
    Sale,
    Refund,
    Other,
}

fn transaction(kind: &str) -> Transaction {
    match kind.trim().to_lowercase().as_str() {
        "order" => Transaction::Sale,
        "refund" | "chargeback refund" | "a-to-z guarantee refund" | "guarantee refund" => Transaction::Refund,
        _ => Transaction::Other,
    }
}

fn key<S: AsRef<str>>(order: &str, line: &Line<S>) -> ItemKey {
    let code = line.order_item_code.as_ref();
    let item = if code.is_empty() { line.sku.as_ref() } else { code };
    ItemKey {
        order: order.to_owned(),
        item: item.to_owned(),
    }
}

fn opened<S: AsRef<str>>(at: At<'_>, line: &Line<S>, on: NaiveDate) -> Item {
    Item {
        settlement: at.settlement.to_owned(),
        currency: at.currency,
        marketplace: line.marketplace_name.as_ref().to_owned(),
        sku: line.sku.as_ref().to_owned(),
        on,
        is_fba: line.fulfillment_id.as_ref().eq_ignore_ascii_case("AFN"),
        units: 0,
        principal: 0,
        base: 0,
        tax: 0,
        referral: 0,
        fulfilment: 0,
        prices: 0,
        fees: BTreeMap::new(),
    }
}

/// The day of a posting in UTC: claims are counted in weeks, and a zone moves them by a day at most.
pub fn day(posted: Posted) -> NaiveDate {
    posted.business_date(chrono_tz::Tz::UTC)
}

fn money(ten_thousandths: i64, currency: Currency) -> Money {
    Money::from_ten_thousandths(ten_thousandths, currency)
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned()).filter(|text| !text.is_empty())
}
