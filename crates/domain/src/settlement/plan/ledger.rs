//! Where every cent of the settlement is put while a plan is made: buyers' money, journal rows, or a named variance.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use chrono_tz::Tz;
use rust_decimal::Decimal;

use super::late::Brought;
use super::together::LastPayments;
use super::{AtAmazon, Cause, Destination, Detail, Found, FoundDocument, Held, Input, To, VarianceLine};
use crate::Text;
use crate::marketplaces;
use crate::money::{Currency, Money};
use crate::settlement::classify::{Category, Side};
use crate::settlement::group::{Group, Known};
use crate::settlement::marketplace::is_from_elsewhere;
use crate::settlement::{Line, Posted};

/// A month as `202610`.
pub(super) type Month = u32;

pub(super) fn month_of(day: NaiveDate) -> Month {
    day.year().unsigned_abs() * 100 + day.month()
}

/// One amount on its way to the journal; rows with the same name, account and marketplace are drawn together.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct RowKey {
    pub month: Month,
    /// Rows that must stand alone carry their line's name, others are empty.
    pub alone: String,
    pub what: String,
    pub key: String,
    pub marketplace: Option<String>,
    pub memo: String,
    /// The class of its item, where the seller files by it (SET-55).
    pub class: Option<String>,
}

pub(super) struct Ledger<'a> {
    pub input: &'a Input,
    pub zone: Tz,
    pub currency: Currency,
    /// The day of the deposit, or the last day known.
    pub deposit_day: NaiveDate,
    /// Buyers' money by month and marketplace.
    pub order_money: BTreeMap<(Month, Option<String>), Decimal>,
    pub rows: BTreeMap<RowKey, Decimal>,
    /// Fees that are to stand on a bill (SET-41).
    pub fees: BTreeMap<RowKey, Decimal>,
    /// The order in which rows came, so that journals read like the file.
    pub row_order: Vec<RowKey>,
    pub variance: Vec<VarianceLine>,
    pub held: Vec<Held>,
    /// Where each line's money went.
    pub destinations: Vec<Destination>,
    /// What is still open of each document, by its id, after what this plan takes.
    open: BTreeMap<String, Decimal>,
    /// Payments of people that were linked already.
    pub linked: BTreeSet<String>,
    /// Cash sales and payments of people whose money stands in clearing, by their ids.
    pub in_clearing: BTreeSet<String>,
    /// What groups have taken of payments that several orders share, by order and name (SET-26).
    pub shared: BTreeMap<(String, String), Decimal>,
    /// What groups bring that were open when their settlement was posted, by their lasting name (SET-58).
    pub late: BTreeMap<String, Brought>,
    /// The last payment group of each order and month.
    pub last_payments: LastPayments<'a>,
    /// Shared payments that are not in NetSuite any more, once a group has asked about them.
    pub gone: BTreeSet<String>,
    /// Units that this plan gives back, by order, SKU and price of one.
    pub units_given: BTreeMap<(String, String, Decimal), Decimal>,
    unmapped: BTreeMap<[String; 3], Decimal>,
    /// What this plan gives back of each document.
    given: BTreeMap<String, Decimal>,
}

static NOTHING_FOUND: Found = Found {
    documents: Vec::new(),
    sales_order: None,
    before_go_live: false,
    mismatched: false,
    amazon: AtAmazon::NotAsked,
    written: BTreeSet::new(),
};

impl<'a> Ledger<'a> {
    pub(super) fn new(input: &'a Input) -> Self {
        let zone = input.choices.time_zone.parse().unwrap_or(Tz::UTC);
        let header = &input.settlement;
        let of_lines = input
            .groups
            .iter()
            .filter_map(|group| group.posted)
            .map(|posted| posted.business_date(zone))
            .max();
        let of_header = header
            .deposit
            .or(header.end)
            .map(|posted: Posted| posted.business_date(zone));
        let open = input
            .found
            .values()
            .chain(input.choices.rows.documents.values())
            .flat_map(|found| &found.documents)
            .map(|document| (document.id.clone(), document.open));
        Self {
            input,
            zone,
            currency: header.currency,
            deposit_day: of_header.or(of_lines).unwrap_or_default(),
            order_money: BTreeMap::new(),
            rows: BTreeMap::new(),
            fees: BTreeMap::new(),
            row_order: Vec::new(),
            variance: Vec::new(),
            held: Vec::new(),
            destinations: Vec::new(),
            open: open.collect(),
            linked: BTreeSet::new(),
            in_clearing: BTreeSet::new(),
            shared: BTreeMap::new(),
            late: BTreeMap::new(),
            last_payments: LastPayments::new(),
            gone: BTreeSet::new(),
            units_given: BTreeMap::new(),
            unmapped: BTreeMap::new(),
            given: BTreeMap::new(),
        }
    }

    /// What NetSuite has for a group: what a person said, else what it has for the order.
    pub(super) fn found(&self, group: &Group) -> &'a Found {
        if let Some(found) = self.input.choices.rows.documents.get(&group.id) {
            return found;
        }
        let order = group.order.as_deref().unwrap_or_default();
        self.input.found.get(order).unwrap_or(&NOTHING_FOUND)
    }

    pub(super) fn money(&self, amount: Decimal) -> Money {
        Money::new(amount, self.currency)
    }

    /// The largest difference that is rounding and not a question: 0.02, or 1 where there are no decimals (SET-25).
    pub(super) fn tolerance(&self) -> Decimal {
        let usual = if self.currency.decimals() == 0 {
            Decimal::ONE
        } else {
            Decimal::new(2, 2)
        };
        self.input.choices.payment_tolerance.unwrap_or(usual)
    }

    pub(super) fn open(&self, document: &FoundDocument) -> Decimal {
        self.open.get(&document.id).copied().unwrap_or_default()
    }

    /// Takes from what is open; answers how much was there.
    pub(super) fn take(&mut self, document: &FoundDocument, wanted: Decimal) -> Decimal {
        let open = self.open.entry(document.id.clone()).or_default();
        let taken = wanted.min(*open).max(Decimal::ZERO);
        *open -= taken;
        taken
    }

    /// Remembers what is credited against a document.
    pub(super) fn give(&mut self, document: &FoundDocument, amount: Decimal) {
        *self.given.entry(document.id.clone()).or_default() += amount;
    }

    pub(super) fn given(&self, document: &FoundDocument) -> Decimal {
        self.given.get(&document.id).copied().unwrap_or_default()
    }

    pub(super) fn day(&self, posted: Option<Posted>) -> NaiveDate {
        posted.map_or(self.deposit_day, |posted| posted.business_date(self.zone))
    }

    /// The day a group's records are dated: with its rows, or with the deposit when months are not split (SET-26).
    pub(super) fn posting_day(&self, group: &Group) -> NaiveDate {
        if self.input.choices.split_months {
            self.day(group.posted)
        } else {
            self.deposit_day
        }
    }

    pub(super) fn clearing(&self) -> Option<String> {
        self.input
            .choices
            .accounts
            .get(None, "acct.clearing")
            .map(str::to_owned)
    }

    /// Remembers where a line's money goes.
    pub(super) fn goes(&mut self, known: &Known, to: To) {
        let (number, part) = (known.line.number, known.line.part);
        self.destinations.push(Destination { number, part, to });
    }

    /// Buyers' money that stands in clearing.
    pub(super) fn posted(&mut self, group: &Group, amount: Decimal) {
        let month = month_of(self.day(group.posted));
        let market = group.marketplace.clone();
        *self.order_money.entry((month, market)).or_default() += amount;
    }

    pub(super) fn row(
        &mut self,
        day: NaiveDate,
        what: &str,
        key: &str,
        market: Option<&str>,
        memo: String,
        amount: Decimal,
    ) {
        self.add(
            RowKey {
                month: month_of(day),
                alone: String::new(),
                what: what.to_owned(),
                key: key.to_owned(),
                marketplace: market.map(str::to_owned),
                memo,
                class: None,
            },
            amount,
        );
    }

    /// A row with a class of its own beside its memo.
    pub(super) fn classed(
        &mut self,
        day: NaiveDate,
        (what, key): (&str, &str),
        market: Option<&str>,
        (memo, class): (String, Option<String>),
        amount: Decimal,
    ) {
        let row = RowKey {
            month: month_of(day),
            alone: String::new(),
            what: what.to_owned(),
            key: key.to_owned(),
            marketplace: market.map(str::to_owned),
            memo,
            class,
        };
        self.add(row, amount);
    }

    pub(super) fn add(&mut self, key: RowKey, amount: Decimal) {
        if amount.is_zero() {
            return;
        }
        if !self.rows.contains_key(&key) {
            self.row_order.push(key.clone());
        }
        *self.rows.entry(key).or_default() += amount;
    }

    /// The part of a group's money that is not posted, named.
    pub(super) fn vary(&mut self, group: &Group, cause: Cause, amount: Decimal, reason: Text) {
        if amount.is_zero() {
            return;
        }
        let amount = self.money(amount);
        let order = group.order.clone();
        self.variance.push(VarianceLine {
            cause,
            amount,
            reason,
            group: Some(group.id.clone()),
            order,
        });
    }

    /// A line that is not the buyer's money goes to its account (SET-40), or is asked for (SET-12).
    pub(super) fn journal_line(&mut self, group: &Group, known: &Known) {
        let line = &known.line;
        if line.ten_thousandths == 0 {
            return self.goes(known, To::Nothing);
        }
        let unknown = known.category == Category::Unmapped && known.account.is_empty();
        let key = match known.account.as_str() {
            "" if unknown && self.input.choices.unmapped_to_other_fees => "acct.other_fees",
            "" => {
                self.goes(known, To::Variance);
                return self.ask(group, line);
            }
            mapped => self.of_elsewhere(group, known).unwrap_or(mapped),
        };
        self.goes(known, To::Journal);
        let balance = known.category.side() == Side::Balance;
        let market = known.marketplace.as_deref().filter(|_| !balance);
        let row = RowKey {
            month: month_of(self.day(line.posted.or(group.posted))),
            alone: if known.category.aggregatable() {
                String::new()
            } else {
                format!("{}.{}", line.number, line.part)
            },
            what: known.category.key().to_owned(),
            key: key.to_owned(),
            marketplace: market.map(str::to_owned),
            memo: self.memo(known, market),
            class: self.input.choices.journal.classes.get(&line.sku).cloned(),
        };
        if self.input.choices.vendor_bill && known.category.side() == Side::Fee {
            *self.fees.entry(row).or_default() += line.amount();
        } else {
            self.add(row, line.amount());
        }
    }

    /// Fees on orders from elsewhere that Amazon shipped have an account of their own, once one is chosen (MCF-08). What
    /// the seller has said about a kind of line goes first.
    fn of_elsewhere(&self, group: &Group, known: &Known) -> Option<&'static str> {
        let key = "acct.mcf_fees";
        let from_elsewhere = group.from_elsewhere || is_from_elsewhere(&known.line.marketplace_name);
        let usual = known.category.side() == Side::Fee && known.account == known.category.account();
        let is_chosen = || {
            let accounts = &self.input.choices.accounts;
            accounts.get(known.marketplace.as_deref(), key).is_some()
        };
        (from_elsewhere && usual && is_chosen()).then_some(key)
    }

    fn ask(&mut self, group: &Group, line: &Line) {
        let triple = [
            line.transaction_type.clone(),
            line.amount_type.clone(),
            line.amount_description.clone(),
        ];
        *self.unmapped.entry(triple.clone()).or_default() += line.amount();
        let reason = Text::new("settlement-variance-unmapped").with("kind", kind(&triple));
        self.vary(group, Cause::Unmapped, -line.amount(), reason);
    }

    /// Category and marketplace; finer when the seller wants finer lines (SET-40, SET-50).
    fn memo(&self, known: &Known, market: Option<&str>) -> String {
        let detail = match self.input.choices.detail {
            Detail::Category => "",
            Detail::Description => known.line.amount_description.as_str(),
            Detail::Sku => known.line.sku.as_str(),
        };
        let place = market
            .and_then(marketplaces::by_id)
            .map_or("", |market| market.settlement_name);
        let value = |part: &str| match part {
            "{category}" => known.category.key().to_owned(),
            "{detail}" => detail.to_owned(),
            "{marketplace}" => place.to_owned(),
            words => words.to_owned(),
        };
        let parts: Vec<String> = known.category.template().split(" · ").map(value).collect();
        let told = parts.iter().map(String::as_str).filter(|part| !part.is_empty());
        told.collect::<Vec<_>>().join(" · ")
    }

    /// One question per kind of line, with its amount (SET-12).
    pub(super) fn hold_unmapped(&mut self) {
        for (triple, amount) in std::mem::take(&mut self.unmapped) {
            self.held.push(Held {
                code: "LINE_UNMAPPED".to_owned(),
                reason: Text::new("settlement-held-unmapped").with("kind", kind(&triple)),
                triple: Some(triple),
                at_stake: Some(self.money(amount)),
            });
        }
    }
}

fn kind(triple: &[String; 3]) -> String {
    triple
        .iter()
        .filter(|part| !part.is_empty())
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join(" · ")
}
