//! What NetSuite knows about a page of orders: each question is asked once for all of them.

use std::collections::{BTreeMap, BTreeSet};

use amazon::Order;
use chrono::NaiveDate;
use domain::{Currency, ExternalId};
use netsuite::queries::{self, ItemKey, Known, KnownCustomer, KnownItem, KnownLine, Period};
use netsuite::{RecordId, RecordType, suiteql};
use wire::Failure;

use super::customers::{CustomerFound, buyer_external_id, email_hash, per_buyer, shared_external_id, shared_name};
use super::fba_orders;
use super::seen::{ClosedPeriod, KnownRecord, Seen, Subject};
use crate::flow::Reads;
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
    let (records, items, customers, currencies, periods) = futures::try_join!(
        records(reads, &orders),
        items(reads, &orders, rules),
        customers_of(reads, &orders, rules, channel),
        currencies(reads),
        closed_periods(reads, channel),
    )?;
    let around_one = |order: Order| {
        let day = business_day(&order, rules, channel);
        Subject::Order(Seen {
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

fn business_day(order: &Order, rules: &Rules, channel: Channel) -> Option<NaiveDate> {
    let profile = rules.marketplaces.get(order.marketplace_id.as_deref()?)?;
    Some(match channel {
        Channel::Mfn => profile.day(order.created),
        Channel::Fba => fba_orders::shipped_on(order, profile),
    })
}

/// Transactions under our names or under Amazon's numbers, by order.
async fn records(reads: &Reads<'_>, orders: &[Order]) -> Result<BTreeMap<String, Vec<KnownRecord>>, Failure> {
    let mut order_of: BTreeMap<String, String> = BTreeMap::new();
    let mut names = Vec::new();
    for order in orders {
        let id = order.id.as_str();
        for name in [
            ExternalId::sales_order(id),
            ExternalId::invoice(id, None),
            ExternalId::cash_sale(id, None),
        ] {
            order_of.insert(name.as_str().to_owned(), order.id.clone());
            names.push(name);
        }
    }
    let numbers: Vec<String> = orders.iter().map(|order| order.id.clone()).collect();
    let mut known = suiteql::all(&reads.netsuite, queries::by_external_id(&names)).await?;
    known.extend(suiteql::all(&reads.netsuite, queries::by_order_number(&numbers)).await?);
    let to_close: Vec<RecordId> = known
        .iter()
        .filter(|one| is_open_order(one))
        .map(|one| one.id.clone())
        .collect();
    let cancelled = orders
        .iter()
        .any(|order| order.status == amazon::OrderStatus::Cancelled);
    let lines = if cancelled {
        suiteql::all(&reads.netsuite, queries::lines_of(&to_close)).await?
    } else {
        Vec::new()
    };
    let mut found: BTreeMap<String, Vec<KnownRecord>> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for one in known {
        let ours = one.external_id.as_ref().and_then(|name| order_of.get(name)).cloned();
        let (Some(record), Some(order)) = (one.record, ours.or_else(|| one.other_ref_num.clone())) else {
            continue;
        };
        if seen.insert(one.id.clone()) {
            found.entry(order).or_default().push(known_record(one, record, &lines));
        }
    }
    Ok(found)
}

fn is_open_order(known: &Known) -> bool {
    known.record == Some(RecordType::SalesOrder) && matches!(known.status.as_str(), "A" | "B")
}

fn known_record(known: Known, record: RecordType, lines: &[KnownLine]) -> KnownRecord {
    KnownRecord {
        record,
        lines: lines
            .iter()
            .filter(|line| line.transaction == known.id)
            .map(|line| line.line)
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

/// Items under the SKUs of the orders, and the items that a person linked to them.
async fn items(reads: &Reads<'_>, orders: &[Order], rules: &Rules) -> Result<Vec<ItemFound>, Failure> {
    let mut by_field: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let mut linked = BTreeSet::new();
    for order in orders {
        let marketplace = order.marketplace_id.as_deref().unwrap_or_default();
        let field = rules.option(marketplace, "match.field").unwrap_or_default();
        for sku in order.items.iter().filter_map(|item| item.sku.as_ref()) {
            by_field.entry(field).or_default().insert(sku.clone());
            linked.extend(
                rules
                    .item_links
                    .iter()
                    .filter(|link| link.sku == *sku)
                    .map(|link| link.item.clone()),
            );
        }
    }
    let mut found: BTreeMap<RecordId, ItemFound> = BTreeMap::new();
    for (field, skus) in by_field {
        let key = match field {
            "upccode" => ItemKey::Upc,
            "externalid" => ItemKey::ExternalId,
            _ => ItemKey::Name,
        };
        let skus: Vec<String> = skus.into_iter().collect();
        for item in suiteql::all(&reads.netsuite, queries::items(key, &skus)).await? {
            found.insert(item.id.clone(), item_found(item, key));
        }
    }
    let linked: Vec<RecordId> = linked.into_iter().filter(|id| !found.contains_key(id)).collect();
    for item in suiteql::all(&reads.netsuite, queries::items_by_id(&linked)).await? {
        found.insert(item.id.clone(), item_found(item, ItemKey::Name));
    }
    Ok(found.into_values().collect())
}

fn item_found(item: KnownItem, key: ItemKey) -> ItemFound {
    let name = match key {
        ItemKey::Name => Some(item.name.clone()),
        ItemKey::Upc => item.upc.clone(),
        ItemKey::ExternalId => item.external_id.clone(),
    };
    ItemFound {
        id: item.id,
        name: name.unwrap_or(item.name),
        kind: item.kind,
        inactive: item.inactive,
        parent: false,
    }
}

/// An order keeps as evidence only the items that its own SKUs could be.
fn could_be(order: &Order, items: &[ItemFound], rules: &Rules) -> Vec<ItemFound> {
    let skus: Vec<&str> = order.items.iter().filter_map(|item| item.sku.as_deref()).collect();
    let linked = |item: &ItemFound| {
        rules
            .item_links
            .iter()
            .any(|link| link.item == item.id && skus.contains(&link.sku.as_str()))
    };
    items
        .iter()
        .filter(|item| linked(item) || skus.iter().any(|sku| item.may_be(sku)))
        .cloned()
        .collect()
}

async fn customers_of(
    reads: &Reads<'_>,
    orders: &[Order],
    rules: &Rules,
    channel: Channel,
) -> Result<Vec<CustomerFound>, Failure> {
    let (mut names, mut externals, mut addresses) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for order in orders {
        let marketplace = order.marketplace_id.as_deref().unwrap_or_default();
        let (Some(profile), Some(day)) = (rules.marketplaces.get(marketplace), business_day(order, rules, channel))
        else {
            continue;
        };
        let shared = shared_name(rules, profile, day);
        externals.insert(shared_external_id(&shared));
        names.insert(shared);
        if per_buyer(rules, profile, channel) {
            externals.extend(buyer_external_id(order));
            addresses.extend(order.buyer.email.as_ref().map(|email| email.reveal().clone()));
        }
    }
    let list = |set: BTreeSet<String>| set.into_iter().collect::<Vec<_>>();
    let externals: Vec<ExternalId> = externals.into_iter().collect();
    customers(reads, &externals, &list(names), &list(addresses)).await
}

/// Customers by our names for them, by the names of shared ones, and by mail address.
pub async fn customers(
    reads: &Reads<'_>,
    externals: &[ExternalId],
    shared: &[String],
    addresses: &[String],
) -> Result<Vec<CustomerFound>, Failure> {
    let mut found = suiteql::all(&reads.netsuite, queries::customers_by_external_id(externals)).await?;
    found.extend(suiteql::all(&reads.netsuite, queries::customers_by_name(shared)).await?);
    found.extend(suiteql::all(&reads.netsuite, queries::customers_by_email(addresses)).await?);
    let mut by_id: BTreeMap<RecordId, CustomerFound> = BTreeMap::new();
    for one in found {
        by_id.insert(one.id.clone(), customer_found(one, shared));
    }
    Ok(by_id.into_values().collect())
}

fn customer_found(known: KnownCustomer, shared: &[String]) -> CustomerFound {
    CustomerFound {
        id: known.id,
        external_id: known.external_id,
        shared_name: Some(known.name).filter(|name| shared.contains(name)),
        email_hash: known.email.as_deref().map(email_hash),
        inactive: known.inactive,
    }
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
