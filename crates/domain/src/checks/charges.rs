//! Charges: made twice, made where nothing is sold, and reimbursements that were taken back.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Duration, NaiveDate};

use super::{At, Check, Checks, Finding, Item, ItemKey, money, some};
use crate::settlement::classify::Side;
use crate::settlement::{Category, Line, Posted};
use crate::{Currency, Text};

/// Days within which Amazon pays again what it took back by mistake, and within which one may ask for it.
const CLAIM: i64 = 60;
/// A marketplace counts as used so many days before and after a sale.
const USED: i64 = 60;

/// A charge or reimbursement of the account.
#[derive(Debug, Clone)]
struct Charge {
    settlement: String,
    line: u64,
    currency: Currency,
    marketplace: String,
    name: String,
    sku: String,
    order: String,
    category: Category,
    amount: i64,
    on: NaiveDate,
    /// The instant, where the file gives one: two charges of one instant are one.
    at: Option<i64>,
}

/// What the lines beside sales and refunds say.
#[derive(Debug, Clone, Default)]
pub(super) struct Charges(Vec<Charge>);

impl Charges {
    pub(super) fn take<S: AsRef<str>>(&mut self, at: At<'_>, line: &Line<S>, category: Category, on: NaiveDate) {
        if !matches!(category.side(), Side::Fee | Side::Reimbursement) || line.ten_thousandths == 0 {
            return;
        }
        let named = [&line.amount_description, &line.amount_type, &line.transaction_type];
        let name = named.into_iter().map(AsRef::as_ref).find(|name| !name.is_empty());
        self.0.push(Charge {
            settlement: at.settlement.to_owned(),
            line: line.number,
            currency: at.currency,
            marketplace: line.marketplace_name.as_ref().to_owned(),
            name: name.unwrap_or_default().to_owned(),
            sku: line.sku.as_ref().to_owned(),
            order: line.order().unwrap_or_default().to_owned(),
            category,
            amount: line.ten_thousandths,
            on,
            at: line.posted.and_then(|posted| match posted {
                Posted::At(instant) => Some(instant.timestamp()),
                Posted::On(_) => None,
            }),
        });
    }

    fn debits(&self) -> impl Iterator<Item = &Charge> {
        self.0.iter().filter(|charge| charge.amount < 0)
    }

    /// Reimbursements that were taken back within the last sixty days, without another one for the SKU since.
    pub(super) fn taken_back(&self, today: NaiveDate) -> Vec<Finding> {
        let of_goods = |charge: &&Charge| charge.category == Category::Reimbursement && !charge.sku.is_empty();
        let paid: Vec<&Charge> = self.0.iter().filter(of_goods).filter(|one| one.amount > 0).collect();
        let mut found = Vec::new();
        for taken in self.debits().filter(of_goods) {
            let deadline = taken.on + Duration::days(CLAIM);
            let paid_again = paid
                .iter()
                .any(|paid| paid.sku == taken.sku && paid.on >= taken.on && paid.on <= deadline);
            if !paid_again && today <= deadline {
                let evidence = Text::new("check-evidence-reimbursement-taken")
                    .with("name", taken.name.as_str())
                    .with("taken", taken.on);
                found.push(Finding {
                    deadline: Some(deadline),
                    ..taken.finding(Check::ReimbursementTaken, evidence)
                });
            }
        }
        found
    }

    /// Account charges that stand there again: of the same instant, name and amount; of a subscription, in one month.
    pub(super) fn twice(&self) -> Vec<Finding> {
        let mut seen: BTreeSet<(String, String, String, i64)> = BTreeSet::new();
        let mut found = Vec::new();
        for charge in self.debits().filter(|one| one.category.side() == Side::Fee) {
            let when = match (charge.category, charge.at) {
                (Category::Subscription, _) => format!("{}-{}", charge.on.year(), charge.on.month()),
                (_, Some(at)) => at.to_string(),
                (_, None) => continue,
            };
            let place = format!("{}/{}/{}/{}", charge.place(), charge.order, charge.sku, charge.name);
            let amount = if charge.category == Category::Subscription {
                0
            } else {
                charge.amount
            };
            if seen.insert((place, when, charge.currency.code().to_owned(), amount)) {
                continue;
            }
            let evidence = Text::new("check-evidence-charged-twice")
                .with("name", charge.name.as_str())
                .with("charged", charge.on);
            found.push(charge.finding(Check::DuplicateCharge, evidence));
        }
        found
    }

    /// Storage and subscriptions of places where nothing was sold for two months around.
    pub(super) fn where_nothing_is_sold(&self, sales: &BTreeMap<ItemKey, Item>) -> Vec<Finding> {
        let mut sold: BTreeMap<&str, BTreeSet<NaiveDate>> = BTreeMap::new();
        for item in sales.values() {
            sold.entry(item.marketplace.as_str()).or_default().insert(item.on);
            // What names no marketplace belongs to any of its currency.
            sold.entry(item.currency.code()).or_default().insert(item.on);
        }
        let standing = [Category::Storage, Category::LongTermStorage, Category::Subscription];
        let mut found = Vec::new();
        for charge in self.debits().filter(|one| standing.contains(&one.category)) {
            let around = (charge.on - Duration::days(USED))..=(charge.on + Duration::days(USED));
            let is_used = sold
                .get(charge.place())
                .is_some_and(|days| days.range(around).next().is_some());
            if !is_used {
                let evidence = Text::new("check-evidence-unused-marketplace")
                    .with("name", charge.name.as_str())
                    .with("place", charge.place());
                found.push(charge.finding(Check::UnusedMarketplace, evidence));
            }
        }
        found
    }
}

impl Charge {
    /// Where it was charged: its marketplace, else its currency.
    fn place(&self) -> &str {
        if self.marketplace.is_empty() {
            self.currency.code()
        } else {
            &self.marketplace
        }
    }

    fn finding(&self, check: Check, evidence: Text) -> Finding {
        Finding {
            key: format!("{}/{}/{}", check.key(), self.settlement, self.line),
            check,
            amount: money(-self.amount, self.currency),
            on: self.on,
            deadline: None,
            marketplace: self.marketplace.clone(),
            order: some(&self.order),
            sku: some(&self.sku),
            settlement: Some(self.settlement.clone()),
            evidence,
        }
    }
}

/// Fees on the item of an order that stand there more often than its price does.
pub(super) fn twice_on_items(checks: &Checks) -> Vec<Finding> {
    let mut found = Vec::new();
    for (key, item) in checks.sales.iter().filter(|(_, item)| item.prices > 0) {
        for ((name, amount), count) in item.fees.iter().filter(|((_, amount), _)| *amount < 0) {
            let more = i64::from(count.saturating_sub(item.prices));
            if more == 0 {
                continue;
            }
            let evidence = Text::new("check-evidence-charged-twice")
                .with("name", name.as_str())
                .with("charged", item.on);
            found.push(Finding {
                key: format!("duplicate_charge/{}/{}/{name}/{amount}", key.order, key.item),
                check: Check::DuplicateCharge,
                amount: money(-amount * more, item.currency),
                on: item.on,
                deadline: None,
                marketplace: item.marketplace.clone(),
                order: Some(key.order.clone()),
                sku: some(&item.sku),
                settlement: Some(item.settlement.clone()),
                evidence,
            });
        }
    }
    found
}
