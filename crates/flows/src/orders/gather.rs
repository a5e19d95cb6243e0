//! What NetSuite knows about a page of orders: each question is asked once for all of them.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use amazon::{Order, OrderStatus};
use chrono::{DateTime, NaiveDate, Utc};
use domain::{Currency, ExternalId};
use netsuite::queries::{self, ItemField, ItemKey, Known, KnownItem, KnownLine, Period};
use netsuite::{RecordId, RecordType, suiteql};
use wire::Failure;

use super::apart::numbered;
use super::fba_orders;
use super::gather_customers::customers_of;
use super::seen::{ClosedPeriod, KnownRecord, RecordLine, Seen, SentByAmazon, Subject, Withheld};
use super::shipment::Shipment;
use super::written::Written;
use crate::flow::Reads;
use crate::local::{Sent, SentOf};
use crate::rules::{Channel, ItemFound, Rules};

/// Surrounds orders with everything that their decisions need.
pub async fn around(
    reads: &Reads<'_>,
    orders: Vec<Order>,
    rules: &Rules,
    channel: Channel,
) -> Result<Vec<Subject>, Failure> {
    if orders.is_empty() {
        return Ok(Vec::new());
    }
    let numbers: Vec<String> = orders.iter().map(|order| order.id.clone()).collect();
    let shipped = shipped_since(reads, &orders, &numbers, channel).await?;
    let (records, items, customers, currencies, periods, sent) = futures::try_join!(
        records(reads, &orders, &shipped, rules),
        items(reads, &orders, rules),
        customers_of(reads, &orders, &shipped, rules, channel),
        currencies(reads),
        closed_periods(reads, channel),
        reads.local.sent(&numbers),
    )?;
    let around_one = |order: Order| {
        let left = shipped.get(&order.id);
        let day = business_day(&order, left, rules, channel);
        Subject::Order(Seen {
            shipped: left.and_then(|left| left.told),
            sent: left
                .map(|left| {
                    sent_of(
                        &order,
                        left,
                        sent.get(&order.id).map(|sent| &sent.apart),
                        &periods,
                        rules,
                    )
                })
                .unwrap_or_default(),
            records: records.get(&order.id).cloned().unwrap_or_default(),
            items: could_be(&order, &items, rules),
            currency: order
                .currency()
                .or_else(|| marketplace_currency(&order, rules))
                .and_then(|code| currencies.get(&code).cloned()),
            customers: customers
                .iter()
                .filter(|customer| customer.may_be(&order))
                .cloned()
                .collect(),
            closed: day.and_then(|day| closed_on(&periods, day)),
            written: SentOf::whole(&sent, &order.id).map(Written::of),
            settled: left.and_then(|left| left.settled),
            withheld: Withheld::default(),
            order,
        })
    };
    Ok(orders.into_iter().map(around_one).collect())
}

fn marketplace_currency(order: &Order, rules: &Rules) -> Option<Currency> {
    rules
        .marketplaces
        .get(order.marketplace_id.as_deref()?)
        .map(|profile| profile.currency)
}

/// When an order left, by what this computer knows beside the order itself (ORD-06).
#[derive(Default)]
pub struct Left {
    /// When Amazon said first that it had been shipped.
    told: Option<DateTime<Utc>>,
    /// Its shipments, by Amazon's report.
    reported: Vec<Shipment>,
    /// Since when a settlement that pays some of it is here.
    settled: Option<DateTime<Utc>>,
}

/// When each of these orders left, where that decides about its date.
async fn shipped_since(
    reads: &Reads<'_>,
    orders: &[Order],
    numbers: &[String],
    channel: Channel,
) -> Result<BTreeMap<String, Left>, Failure> {
    let mut left: BTreeMap<String, Left> = BTreeMap::new();
    if channel == Channel::Mfn {
        return Ok(left);
    }
    for (order, seen) in reads.local.orders(numbers).await? {
        left.entry(order).or_default().told = seen.shipped;
    }
    for (order, shipments) in reads.local.fba_shipments(numbers).await? {
        left.entry(order).or_default().reported = shipments;
    }
    let partly = orders
        .iter()
        .filter(|order| order.status == OrderStatus::PartiallyShipped);
    let partly: Vec<String> = partly.map(|order| order.id.clone()).collect();
    for (order, since) in reads.local.settled_orders(&partly).await? {
        left.entry(order).or_default().settled = Some(since);
    }
    Ok(left)
}

/// The order's shipments with what there is around a record of each.
fn sent_of(
    order: &Order,
    left: &Left,
    written: Option<&BTreeMap<String, Sent>>,
    periods: &[Period],
    rules: &Rules,
) -> Vec<SentByAmazon> {
    let profile = order.marketplace_id.as_ref().and_then(|id| rules.marketplaces.get(id));
    let one = |(number, shipment): (u32, &Shipment)| SentByAmazon {
        closed: profile.and_then(|profile| closed_on(periods, profile.day(shipment.at))),
        written: written
            .into_iter()
            .flatten()
            .find(|(name, _)| numbered(&order.id, name) == Some(number))
            .map(|(_, sent)| Written::of(sent)),
        shipment: shipment.clone(),
    };
    (1..).zip(&left.reported).map(one).collect()
}

/// The day that an order belongs to: of the purchase, or of the shipment when Amazon ships.
pub fn business_day(order: &Order, left: Option<&Left>, rules: &Rules, channel: Channel) -> Option<NaiveDate> {
    let profile = rules.marketplaces.get(order.marketplace_id.as_deref()?)?;
    Some(match channel {
        Channel::Mfn => profile.day(order.created),
        Channel::Fba => {
            let reported = left.and_then(|left| left.reported.iter().map(|one| one.at).min());
            fba_orders::shipped_on(order, reported, left.and_then(|left| left.told), profile)
        }
    })
}

/// Transactions under our names or under Amazon's numbers, by order.
async fn records(
    reads: &Reads<'_>,
    orders: &[Order],
    shipped: &BTreeMap<String, Left>,
    rules: &Rules,
) -> Result<BTreeMap<String, Vec<KnownRecord>>, Failure> {
    let mut order_of: BTreeMap<String, String> = BTreeMap::new();
    let mut names = Vec::new();
    for order in orders {
        let shipments = shipped.get(&order.id).map_or(0, |left| left.reported.len());
        for name in names_of(&order.id, shipments) {
            order_of.insert(name.as_str().to_owned(), order.id.clone());
            names.push(name);
        }
    }
    let numbers: Vec<String> = orders.iter().map(|order| order.id.clone()).collect();
    // The field is there where the setup package made it.
    let has_field = |order: &&Order| {
        rules.is_on(
            order.marketplace_id.as_deref().unwrap_or_default(),
            "orders.custom_fields",
        )
    };
    let in_field: Vec<String> = orders.iter().filter(has_field).map(|order| order.id.clone()).collect();
    let (mut known, by_number, by_field) = futures::try_join!(
        suiteql::all(&reads.netsuite, queries::by_external_id(&names)),
        suiteql::all(&reads.netsuite, queries::by_order_number(&numbers)),
        suiteql::all(&reads.netsuite, queries::by_order_field(&in_field)),
    )?;
    known.extend(by_number);
    let field_of: BTreeMap<RecordId, String> = by_field
        .iter()
        .map(|(order, one)| (one.id.clone(), order.clone()))
        .collect();
    known.extend(by_field.into_iter().map(|(_, one)| one));
    let sales: Vec<RecordId> = known
        .iter()
        .filter(|one| may_have_been_edited(one))
        .map(|one| one.id.clone())
        .collect();
    let lines = suiteql::all(&reads.netsuite, queries::lines_of(&sales)).await?;
    let mut found: BTreeMap<String, Vec<KnownRecord>> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for one in known {
        let ours = one.external_id.as_ref().and_then(|name| order_of.get(name)).cloned();
        let by_hand = || field_of.get(&one.id).cloned().or_else(|| one.other_ref_num.clone());
        let (Some(record), Some(order)) = (one.record, ours.or_else(by_hand)) else {
            continue;
        };
        if seen.insert(one.id.clone()) {
            found.entry(order).or_default().push(known_record(one, record, &lines));
        }
    }
    Ok(found)
}

/// The names that records of an order may have: of the whole order and, where it left in several shipments, of each.
pub fn names_of(order: &str, shipments: usize) -> Vec<ExternalId> {
    let mut names = vec![
        ExternalId::sales_order(order),
        ExternalId::invoice(order, None),
        ExternalId::cash_sale(order, None),
    ];
    let several = if shipments > 1 { shipments } else { 0 };
    for (number, _) in (1..).zip(0..several) {
        names.push(ExternalId::invoice(order, Some(number)));
        names.push(ExternalId::cash_sale(order, Some(number)));
    }
    names
}

/// What is closed or cancelled is over (CMN-37).
fn may_have_been_edited(known: &Known) -> bool {
    match known.record {
        Some(RecordType::SalesOrder) => !matches!(known.status.as_str(), "C" | "H"),
        Some(RecordType::Invoice | RecordType::CashSale) => true,
        _ => false,
    }
}

fn known_record(known: Known, record: RecordType, lines: &[KnownLine]) -> KnownRecord {
    KnownRecord {
        record,
        lines: lines
            .iter()
            .filter(|line| line.transaction == known.id)
            .map(|line| RecordLine {
                line: line.line,
                item: line.item.clone(),
                quantity: line.quantity,
                amount: line.amount,
                shipped: line.shipped,
                billed: line.billed,
            })
            .collect(),
        number: if known.number.is_empty() {
            known.id.0.clone()
        } else {
            known.number
        },
        id: known.id,
        external_id: known.external_id,
        status: known.status,
        customer: known.customer,
        currency: known.currency,
        total: known.total,
    }
}

/// Items under the SKUs of the orders, the items that a person linked to them, and by choice those with their ASINs.
async fn items(reads: &Reads<'_>, orders: &[Order], rules: &Rules) -> Result<Vec<ItemFound>, Failure> {
    let mut wanted: BTreeMap<&str, (ItemKey, BTreeSet<String>)> = BTreeMap::new();
    let asin = ItemKey::Field(ItemField::own_asin());
    let mut linked = BTreeSet::new();
    for order in orders {
        let marketplace = order.marketplace_id.as_deref().unwrap_or_default();
        let field = rules.option(marketplace, "match.field").unwrap_or_default();
        let key = match field {
            "upccode" => ItemKey::Upc,
            "externalid" => ItemKey::ExternalId,
            id => ItemField::named(id).map_or(ItemKey::Name, ItemKey::Field),
        };
        for sku in order.items.iter().filter_map(|item| item.sku.as_ref()) {
            wanted
                .entry(field)
                .or_insert_with(|| (key.clone(), BTreeSet::new()))
                .1
                .insert(sku.clone());
            let links = rules.item_links.iter().filter(|link| link.sku == *sku);
            linked.extend(links.map(|link| link.item.clone()));
        }
        if rules.is_on(marketplace, "match.by_asin") {
            let asins = order.items.iter().filter_map(|item| item.asin.clone());
            wanted
                .entry("asin")
                .or_insert_with(|| (asin.clone(), BTreeSet::new()))
                .1
                .extend(asins);
        }
    }
    let mut found: BTreeMap<RecordId, ItemFound> = BTreeMap::new();
    for (key, values) in wanted.into_values() {
        let values: Vec<String> = values.into_iter().collect();
        for item in suiteql::all(&reads.netsuite, queries::items(&key, &values)).await? {
            let value = item.key.clone();
            let (known, is_new) = match found.entry(item.id.clone()) {
                Entry::Occupied(known) => (known.into_mut(), false),
                Entry::Vacant(place) => (place.insert(item_found(item)), true),
            };
            match (&key, value) {
                (key, value) if *key == asin => known.asin = value,
                (_, Some(value)) if is_new => known.name = value,
                (_, Some(value)) => known.also.push(value),
                (_, None) => (),
            }
        }
    }
    let linked: Vec<RecordId> = linked.into_iter().filter(|id| !found.contains_key(id)).collect();
    for item in suiteql::all(&reads.netsuite, queries::items_by_id(&linked)).await? {
        found.insert(item.id.clone(), item_found(item));
    }
    Ok(found.into_values().collect())
}

pub(crate) fn item_found(item: KnownItem) -> ItemFound {
    ItemFound {
        id: item.id,
        name: item.name,
        also: Vec::new(),
        kind: item.kind,
        inactive: item.inactive,
        parent: item.parent,
        asin: None,
    }
}

/// An order keeps as evidence only the items that its own SKUs could be.
fn could_be(order: &Order, items: &[ItemFound], rules: &Rules) -> Vec<ItemFound> {
    let skus: Vec<&str> = order.items.iter().filter_map(|item| item.sku.as_deref()).collect();
    let asins: Vec<&str> = order.items.iter().filter_map(|item| item.asin.as_deref()).collect();
    let has_asin = |item: &ItemFound| item.asin.as_deref().is_some_and(|asin| asins.contains(&asin));
    let linked = |item: &ItemFound| {
        rules
            .item_links
            .iter()
            .any(|link| link.item == item.id && skus.contains(&link.sku.as_str()))
    };
    items
        .iter()
        .filter(|item| linked(item) || has_asin(item) || skus.iter().any(|sku| item.may_be(sku)))
        .cloned()
        .collect()
}

/// The account's currencies by ISO code.
pub async fn currencies(reads: &Reads<'_>) -> Result<BTreeMap<Currency, RecordId>, Failure> {
    let all = suiteql::all(&reads.netsuite, vec![queries::currencies()]).await?;
    Ok(all.into_iter().flatten().map(|one| (one.symbol, one.id)).collect())
}

/// Sales orders do not post, so merchant-fulfilled orders need no periods.
async fn closed_periods(reads: &Reads<'_>, channel: Channel) -> Result<Vec<Period>, Failure> {
    match channel {
        Channel::Mfn => Ok(Vec::new()),
        Channel::Fba => suiteql::all(&reads.netsuite, vec![queries::periods()]).await,
    }
}

/// The closed period that a day falls into, with the way out of it (CMN-34).
pub fn closed_on(periods: &[Period], day: NaiveDate) -> Option<ClosedPeriod> {
    let is_closed = |period: &&Period| period.closed || period.receivables_locked;
    let hit = periods
        .iter()
        .filter(is_closed)
        .find(|period| period.start <= day && day <= period.end)?;
    let open = periods
        .iter()
        .find(|period| !is_closed(period) && period.start > hit.end);
    Some(ClosedPeriod {
        name: hit.name.clone(),
        first_open: open.map(|period| period.start),
    })
}
