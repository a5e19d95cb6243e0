//! Which marketplace a line belongs to, as far as facts on this computer go (SET-15..18).

use std::collections::{BTreeMap, BTreeSet};

use super::{Header, Line, Posted};
use crate::finances::Transaction;
use crate::marketplaces::{self, Marketplace};
use crate::money::Currency;

/// The marketplace of a `marketplace-name`, whatever its case; `Non-Amazon CA` is Canada's.
pub fn named(name: &str) -> Option<&'static Marketplace> {
    let name = name.trim();
    if is_from_elsewhere(name) {
        let country = name.rsplit([' ', '-']).next().unwrap_or_default();
        return marketplaces::by_country(country).filter(|market| market.is_supported());
    }
    marketplaces::by_settlement_name(name)
}

/// Multi-Channel Fulfilment: an order from elsewhere that Amazon shipped (`Non-Amazon …`).
pub fn is_from_elsewhere(name: &str) -> bool {
    name.trim().to_ascii_lowercase().starts_with("non-amazon")
}

/// What is known beside the settlement itself.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// Marketplaces (Amazon's ids) that the account takes part in.
    pub account: Vec<String>,
    /// Orders, shipments and adjustments on named rows of other settlements, with their marketplace's id.
    pub earlier: BTreeMap<String, String>,
    /// Orders that were imported, with their marketplace's id.
    pub orders: BTreeMap<String, String>,
    /// What Finances told of the time in which lines without a name were posted.
    pub told: Vec<Transaction>,
    /// What a person picked for a currency (SET-16, last step).
    pub picked: BTreeMap<Currency, String>,
}

/// Finds the marketplace of each line of one settlement.
#[derive(Debug)]
pub struct Attribution<'a> {
    known: &'a Known,
    in_this_file: BTreeMap<String, String>,
    /// The only name in the file.
    only: Option<&'static str>,
    /// Transactions in the settlement's currency, by second and amount in ten-thousandths.
    told: BTreeMap<(i64, i64), Vec<&'a Transaction>>,
    by_currency: Option<String>,
}

/// What rows that name no marketplace belong to, where no named row of the same file places them: other settlements may
/// (SET-16).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Nameless {
    /// Orders.
    pub orders: Vec<String>,
    /// Shipments and adjustments of rows without an order.
    pub events: Vec<String>,
}

impl Nameless {
    /// Those of a file.
    pub fn of(lines: &[Line]) -> Self {
        let ids = |line: &Line| {
            [
                line.order_id.clone(),
                line.shipment_id.clone(),
                line.adjustment_id.clone(),
            ]
        };
        let is_named = |line: &&Line| named(&line.marketplace_name).is_some();
        let here: BTreeSet<String> = lines.iter().filter(is_named).flat_map(ids).collect();
        let (mut orders, mut events) = (BTreeSet::new(), BTreeSet::new());
        for line in lines.iter().filter(|line| !is_named(line)) {
            let told: Vec<String> = ids(line).into_iter().filter(|id| !id.is_empty()).collect();
            if told.iter().any(|id| here.contains(id)) {
                continue;
            }
            if line.order_id.is_empty() {
                events.extend(told);
            } else {
                orders.insert(line.order_id.clone());
            }
        }
        Self {
            orders: orders.into_iter().collect(),
            events: events.into_iter().collect(),
        }
    }
}

impl<'a> Attribution<'a> {
    /// Reads the named lines once, to place the others by them.
    pub fn new<'l>(header: &Header, lines: impl IntoIterator<Item = &'l Line>, known: &'a Known) -> Self {
        let mut in_this_file = BTreeMap::new();
        let mut names = BTreeSet::new();
        for line in lines {
            let Some(market) = named(&line.marketplace_name) else {
                continue;
            };
            names.insert(market.id);
            for id in [&line.order_id, &line.shipment_id, &line.adjustment_id] {
                if !id.is_empty() {
                    in_this_file.entry(id.clone()).or_insert_with(|| market.id.to_owned());
                }
            }
        }
        Self {
            in_this_file,
            only: only(names.into_iter()),
            told: told(header, known),
            by_currency: Self::by_currency(header, known),
            known,
        }
    }

    /// The marketplace's Amazon id, or nothing: then a person picks once for the settlement (`MARKETPLACE_UNKNOWN`).
    pub fn of(&self, line: &Line) -> Option<String> {
        if let Some(market) = named(&line.marketplace_name) {
            return Some(market.id.to_owned());
        }
        let ids = [&line.order_id, &line.shipment_id, &line.adjustment_id];
        ids.iter()
            .find_map(|id| self.in_this_file.get(*id))
            .or_else(|| ids.iter().find_map(|id| self.known.earlier.get(*id)))
            .or_else(|| self.known.orders.get(&line.order_id))
            .cloned()
            .or_else(|| self.only.map(str::to_owned))
            .or_else(|| self.by_finances(line).map(str::to_owned))
            .or_else(|| self.by_currency.clone())
    }

    /// The marketplace of the transaction that was posted in the same second with the same amount and SKU; where several
    /// marketplaces have one, none is taken.
    fn by_finances(&self, line: &Line) -> Option<&str> {
        let Some(Posted::At(at)) = line.posted else {
            return None;
        };
        let same = self.told.get(&(at.timestamp(), line.ten_thousandths))?;
        let of_sku = |one: &&&Transaction| {
            let mut goods = one.goods.iter();
            line.sku.is_empty() || one.goods.is_empty() || goods.any(|goods| goods.sku == line.sku)
        };
        let markets = same.iter().filter(of_sku).filter_map(|one| one.marketplace.as_deref());
        let markets: BTreeSet<&str> = markets.collect();
        match markets.first() {
            Some(market) if markets.len() == 1 => Some(market),
            _ => None,
        }
    }

    /// The account's only marketplace with the settlement's currency, else the only one there is.
    fn by_currency(header: &Header, known: &Known) -> Option<String> {
        let currency = header.currency.code();
        let of_account = known
            .account
            .iter()
            .filter_map(|id| marketplaces::by_id(id))
            .filter(|market| market.currency == currency);
        only(of_account.map(|market| market.id))
            .or_else(|| {
                let nobody_asked = known.account.is_empty();
                only(
                    marketplaces::ALL
                        .iter()
                        .filter(|market| nobody_asked && market.is_supported() && market.currency == currency)
                        .map(|market| market.id),
                )
            })
            .map(str::to_owned)
            .or_else(|| known.picked.get(&header.currency).cloned())
    }
}

/// What counts as money of settlements, by second and amount: what is held back stands in none.
fn told<'k>(header: &Header, known: &'k Known) -> BTreeMap<(i64, i64), Vec<&'k Transaction>> {
    let mut told: BTreeMap<(i64, i64), Vec<&Transaction>> = BTreeMap::new();
    let counted = known
        .told
        .iter()
        .filter(|one| one.counts() && one.total.currency == header.currency);
    for one in counted {
        if let Ok(amount) = one.total.ten_thousandths() {
            told.entry((one.posted.timestamp(), amount)).or_default().push(one);
        }
    }
    told
}

fn only(mut ids: impl Iterator<Item = &'static str>) -> Option<&'static str> {
    let first = ids.next()?;
    ids.next().is_none().then_some(first)
}
