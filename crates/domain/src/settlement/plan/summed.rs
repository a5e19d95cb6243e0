//! Settlements posted as totals (`settlement.posting` = `summary`, SET-62, SET-63): sales, shipping, promotions, refunds and
//! tax go to accounts of their own instead of to invoices. An order that was billed all the same keeps its payment, so
//! that its sale is never counted twice (CMN-35).

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::ledger::{Ledger, Month, month_of};
use super::payments::Answer;
use super::tax::{is_goods, parts};
use super::{DocumentKind, Outcome, Status, Tab, To, destinations};
use crate::marketplaces;
use crate::settlement::classify::{Category, Side};
use crate::settlement::group::{Group, Kind, Known};

/// How sales are drawn together in the journal (SET-63).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summing {
    /// What the lines are drawn together by.
    pub by: SumBy,
    /// How many letters of a SKU are its prefix.
    pub prefix: usize,
    /// By SKU, what the seller calls its kind of product.
    pub kinds: BTreeMap<String, String>,
}

/// What the sales of a settlement are drawn together by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SumBy {
    /// One line for each kind of money, over all marketplaces.
    None,
    /// One for each marketplace's country.
    #[default]
    Country,
    /// One for each marketplace and kind of product.
    ProductType,
    /// One for each marketplace and beginning of the SKU.
    SkuPrefix,
}

impl Summing {
    /// What a line is called beside its kind of money; nothing where it needs no name.
    fn name(&self, sku: &str, market: Option<&str>) -> String {
        match self.by {
            SumBy::None => String::new(),
            SumBy::Country => market
                .and_then(marketplaces::by_id)
                .map_or_else(String::new, |market| market.country.to_owned()),
            SumBy::ProductType => self.kinds.get(sku).cloned().unwrap_or_default(),
            SumBy::SkuPrefix => sku.chars().take(self.prefix.max(1)).collect(),
        }
    }
}

/// Whether a group is posted as totals: nothing of its order was billed.
pub(super) fn applies(ledger: &Ledger<'_>, group: &Group) -> bool {
    let found = ledger.found(group);
    let billed = found
        .documents
        .iter()
        .any(|document| matches!(document.kind, DocumentKind::Invoice | DocumentKind::CashSale));
    ledger.input.choices.summing.is_some() && !billed && !found.before_go_live
}

/// A buyer's group: each line of it to the journal, tax per SET-14 as lines of its own.
pub(super) fn decide(ledger: &mut Ledger<'_>, group: &Group) -> Outcome {
    let mode = ledger.input.choices.tax;
    let parts = parts(group, mode);
    for known in group.lines.iter().filter(|known| is_goods(known)) {
        line(ledger, group, known);
    }
    let (day, market) = (ledger.day(group.posted), market(ledger, group.marketplace.as_deref()));
    for (category, key, amount) in [
        (Category::Tax, "acct.tax_collected", parts.customer_tax),
        (Category::WithheldTax, "acct.sales_tax_facilitated", parts.facilitated),
    ] {
        let what = category.key();
        ledger.row(day, what, key, market.as_deref(), what.to_owned(), amount);
    }
    for known in &group.lines {
        if !matches!(known.category.side(), Side::Customer | Side::Withheld) {
            ledger.journal_line(group, known);
        }
    }
    let answer = Answer::new(Status::InJournal, Tab::Matched, "settlement-reason-summed");
    let outcome = Outcome {
        posted: parts.customer,
        ..answer.outcome(group, parts.customer)
    };
    destinations::of_buyer(ledger, group, &outcome, mode);
    outcome
}

/// A buyer's line outside of any order, such as goodwill without an order number.
pub(super) fn stray(ledger: &mut Ledger<'_>, group: &Group, known: &Known) {
    line(ledger, group, known);
    let nought = known.line.ten_thousandths == 0;
    ledger.goes(known, if nought { To::Nothing } else { To::Journal });
}

/// One line of a buyer's money: its kind and, for refunds, that it is one.
fn line(ledger: &mut Ledger<'_>, group: &Group, known: &Known) {
    let refund = group.kind == Kind::Refund || group.transaction_type.to_ascii_lowercase().contains("refund");
    let what = if refund {
        format!("refund-{}", known.category.key())
    } else {
        known.category.key().to_owned()
    };
    let market = market(ledger, known.marketplace.as_deref());
    let name = ledger
        .input
        .choices
        .summing
        .as_ref()
        .map(|summing| summing.name(&known.line.sku, market.as_deref()));
    let memo = match name.filter(|name| !name.is_empty()) {
        Some(name) => format!("{what} · {name}"),
        None => what.clone(),
    };
    let day = ledger.day(known.line.posted.or(group.posted));
    let key = key(known.category, refund);
    let class = ledger.input.choices.journal.classes.get(&known.line.sku).cloned();
    ledger.classed(
        day,
        (what.as_str(), key),
        market.as_deref(),
        (memo, class),
        known.line.amount(),
    );
}

/// The account of a kind of money.
fn key(category: Category, refund: bool) -> &'static str {
    match category {
        _ if refund => "acct.refunds",
        Category::Shipping => "acct.shipping_income",
        Category::GiftWrap => "acct.gift_wrap_income",
        Category::Promotion => "acct.promotions",
        Category::Tax => "acct.tax_collected",
        _ => "acct.sales",
    }
}

/// The marketplace that a line is filed under: its own, or the main one where all are drawn together.
fn market(ledger: &Ledger<'_>, own: Option<&str>) -> Option<String> {
    let together = ledger
        .input
        .choices
        .summing
        .as_ref()
        .is_some_and(|summing| summing.by == SumBy::None);
    let main = Some(ledger.input.choices.journal.main.as_str()).filter(|main| together && !main.is_empty());
    main.or(own).map(str::to_owned)
}

/// Where units were sold or given back.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub month: Month,
    pub marketplace: Option<String>,
    pub sku: String,
}

/// Units sold less units given back (SET-63); of orders that were billed NetSuite knows the cost itself. Where a refund
/// tells no quantity, its amount tells it: so many times the price that the SKU was sold at in this settlement.
pub(super) fn units(ledger: &Ledger<'_>) -> BTreeMap<Place, Decimal> {
    let is_summed = |group: &&Group| {
        let buyers = matches!(group.kind, Kind::Payment | Kind::Refund);
        buyers && applies(ledger, group) && !ledger.input.choices.excluded.contains(&group.id)
    };
    let of_goods = |group: &'_ Group| {
        let goods = group.lines.iter();
        let goods = goods.filter(|known| known.category == Category::Principal && !known.line.sku.is_empty());
        goods.cloned().collect::<Vec<Known>>()
    };
    let groups: Vec<&Group> = ledger.input.groups.iter().filter(is_summed).collect();
    let mut prices: BTreeMap<String, Decimal> = BTreeMap::new();
    for known in groups
        .iter()
        .filter(|group| group.kind == Kind::Payment)
        .flat_map(|group| of_goods(group))
    {
        let quantity = Decimal::from(known.line.quantity.unwrap_or_default());
        if let Some(price) = known.line.amount().checked_div(quantity) {
            prices.insert(known.line.sku.clone(), price);
        }
    }
    let mut units: BTreeMap<Place, Decimal> = BTreeMap::new();
    for group in groups {
        for known in of_goods(group) {
            let line = &known.line;
            let told = line.quantity.map(Decimal::from);
            let refund = group.kind == Kind::Refund;
            let by_price = || {
                let price = prices.get(&line.sku)?;
                let units = line.amount().abs().checked_div(*price)?;
                Some(units).filter(|units| refund && units.fract().is_zero())
            };
            let quantity = told.or_else(by_price).unwrap_or_default();
            let place = Place {
                month: month_of(ledger.day(line.posted.or(group.posted))),
                marketplace: market(ledger, known.marketplace.as_deref()),
                sku: line.sku.clone(),
            };
            *units.entry(place).or_default() += if refund { -quantity } else { quantity };
        }
    }
    units.retain(|_, units| !units.is_zero());
    units
}
