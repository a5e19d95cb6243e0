//! What NetSuite has for the orders of a settlement, many orders with each question.

use std::collections::{BTreeMap, BTreeSet};

use domain::Money;
use domain::settlement::plan::{DocumentKind, Found, FoundDocument, FoundLine, FoundSalesOrder};
use domain::settlement::{Group, group::Kind};
use netsuite::queries::{self, Known, KnownLine};
use netsuite::{RecordId, RecordType, suiteql};
use rust_decimal::Decimal;
use wire::Failure;

use crate::flow::Reads;
use crate::local::{OrderSeen, StoredSettlement};
use crate::orders::shipment::Shipment;
use crate::orders::{names_of, numbered};
use crate::rules::{Profile, Rules};

/// Orders that nobody knows are asked for at Amazon one by one, at most so many in one look.
const ASKED_AT_ONCE: usize = 20;

/// Records that were written for the settlement before, by their external ids.
pub struct Written {
    /// Journals.
    pub journals: Vec<Known>,
    /// Payments, credit memos and refunds.
    pub others: Vec<Known>,
}

/// Asks which records already carry this settlement's names.
pub async fn written(reads: &Reads<'_>, settlement: &str) -> Result<Written, Failure> {
    let prefixes: Vec<String> = ["JE", "PY", "CM", "CR", "RF"]
        .iter()
        .map(|kind| format!("AZN-{kind}-{settlement}"))
        .collect();
    let known = suiteql::all(&reads.netsuite, queries::by_external_prefix(&prefixes)).await?;
    // The name of settlement 900 is also how the name of settlement 9001 begins.
    let this = |one: &Known| {
        let tail = one
            .external_id
            .as_deref()
            .and_then(|id| id.get("AZN-XX-".len() + settlement.len()..));
        tail.is_some_and(|tail| tail.is_empty() || tail.starts_with('-'))
    };
    let (journals, others) = known
        .into_iter()
        .filter(this)
        .partition(|one| one.record == Some(RecordType::JournalEntry));
    Ok(Written { journals, others })
}

/// What NetSuite has for each order of the groups.
pub async fn around(
    reads: &Reads<'_>,
    rules: &Rules,
    stored: &StoredSettlement,
    profile: Option<&Profile>,
    groups: &[Group],
    written: &Written,
) -> Result<BTreeMap<String, Found>, Failure> {
    let orders: BTreeSet<String> = groups
        .iter()
        .filter(|group| !group.from_elsewhere)
        .filter_map(|group| group.order.clone())
        .collect();
    let orders: Vec<String> = orders.into_iter().collect();
    let shipments = reads.local.fba_shipments(&orders).await?;
    let mut by_order = documents(reads, &orders, &shipments).await?;
    let bills: Vec<RecordId> = by_order
        .values()
        .flatten()
        .filter(|one| is_bill(one))
        .map(|one| one.id.clone())
        .collect();
    let lines = suiteql::all(&reads.netsuite, queries::lines_of(&bills)).await?;
    let payments = payments_by_people(reads, &by_order).await?;
    let early = early(groups, rules, profile);
    let later: Vec<String> = orders.iter().filter(|order| !early.contains(*order)).cloned().collect();
    let seen = placed(reads, &later, &by_order).await?;
    let billed: Vec<String> = by_order
        .iter()
        .filter(|(_, known)| known.iter().any(is_bill))
        .map(|(order, _)| order.clone())
        .collect();
    let mismatched = reads.local.mismatched(&billed).await?;
    let mut found = BTreeMap::new();
    for order in orders {
        let mut known = by_order.remove(&order).unwrap_or_default();
        known.extend(payments.get(&order).into_iter().flatten().cloned());
        known.extend(
            written
                .others
                .iter()
                .filter(|one| written_for(one, &stored.header.id, &order))
                .cloned(),
        );
        let marketplace = groups
            .iter()
            .find(|group| group.order.as_deref() == Some(&order))
            .and_then(|group| group.marketplace.as_deref());
        let here = marketplace.and_then(|id| rules.marketplaces.get(id)).or(profile);
        let mut of_order = of_order(known, &lines, rules, here, &order, groups, seen.get(&order));
        tell_shipments(&mut of_order, shipments.get(&order).map_or(&[], Vec::as_slice), &order);
        of_order.before_go_live |= early.contains(&order);
        of_order.mismatched = mismatched.contains(&order);
        found.insert(order, of_order);
    }
    Ok(found)
}

/// Sales orders, bills and credits of the orders: under our names, under Amazon's numbers, and made from the order.
async fn documents(
    reads: &Reads<'_>,
    orders: &[String],
    shipments: &BTreeMap<String, Vec<Shipment>>,
) -> Result<BTreeMap<String, Vec<Known>>, Failure> {
    let mut order_of: BTreeMap<String, String> = BTreeMap::new();
    let mut names = Vec::new();
    for order in orders {
        for name in names_of(order, shipments.get(order).map_or(0, Vec::len)) {
            order_of.insert(name.as_str().to_owned(), order.clone());
            names.push(name);
        }
    }
    let mut known = suiteql::all(&reads.netsuite, queries::by_external_id(&names)).await?;
    known.extend(suiteql::all(&reads.netsuite, queries::by_order_number(orders)).await?);
    let mut by_order: BTreeMap<String, Vec<Known>> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for one in known {
        let ours = one.external_id.as_ref().and_then(|name| order_of.get(name)).cloned();
        let settled = one
            .external_id
            .as_deref()
            .is_some_and(|id| id.starts_with("AZN-CM-") || id.starts_with("AZN-CR-"));
        if let Some(order) = ours.or_else(|| one.other_ref_num.clone())
            && !settled
            && seen.insert(one.id.clone())
        {
            by_order.entry(order).or_default().push(one);
        }
    }
    let unbilled: BTreeMap<RecordId, String> = by_order
        .iter()
        .filter(|(_, known)| !known.iter().any(is_bill))
        .flat_map(|(order, known)| known.iter().map(move |one| (one, order)))
        .filter(|(one, _)| one.record == Some(RecordType::SalesOrder))
        .map(|(one, order)| (one.id.clone(), order.clone()))
        .collect();
    let sources: Vec<RecordId> = unbilled.keys().cloned().collect();
    for (source, bill) in suiteql::all(&reads.netsuite, queries::made_from(&sources)).await? {
        if let Some(order) = unbilled.get(&source)
            && is_bill(&bill)
            && seen.insert(bill.id.clone())
        {
            by_order.entry(order.clone()).or_default().push(bill);
        }
    }
    Ok(by_order)
}

fn is_bill(known: &Known) -> bool {
    matches!(known.record, Some(RecordType::Invoice | RecordType::CashSale))
}

/// Payments that stand on fully paid invoices: a person may have entered them (SET-25).
async fn payments_by_people(
    reads: &Reads<'_>,
    by_order: &BTreeMap<String, Vec<Known>>,
) -> Result<BTreeMap<String, Vec<Known>>, Failure> {
    let paid: BTreeMap<RecordId, String> = by_order
        .iter()
        .flat_map(|(order, known)| known.iter().map(move |one| (one, order)))
        .filter(|(one, _)| one.record == Some(RecordType::Invoice) && one.open.is_zero())
        .map(|(one, order)| (one.id.clone(), order.clone()))
        .collect();
    let invoices: Vec<RecordId> = paid.keys().cloned().collect();
    let mut payments: BTreeMap<String, Vec<Known>> = BTreeMap::new();
    for (invoice, payment) in suiteql::all(&reads.netsuite, queries::made_from(&invoices)).await? {
        let by_a_person = payment.external_id.as_deref().is_none_or(|id| !id.starts_with("AZN-"));
        if let Some(order) = paid.get(&invoice)
            && by_a_person
            && payment.record == Some(RecordType::CustomerPayment)
        {
            payments.entry(order.clone()).or_default().push(payment);
        }
    }
    Ok(payments)
}

/// Orders that were settled before the go-live day: they were bought before it too, and nobody needs to be asked
/// (SET-38). A marketplace that is not in the workspace counts from the earliest go-live day there is.
fn early(groups: &[Group], rules: &Rules, profile: Option<&Profile>) -> BTreeSet<String> {
    let earliest = rules.marketplaces.values().filter_map(|known| known.go_live).min();
    let is_early = |group: &&Group| {
        let here = group
            .marketplace
            .as_deref()
            .and_then(|id| rules.marketplaces.get(id))
            .or(profile);
        let go_live = here.map_or(earliest, |profile| profile.go_live);
        let zone = here.map_or(chrono_tz::Tz::UTC, |profile| profile.zone);
        group
            .posted
            .zip(go_live)
            .is_some_and(|(posted, go_live)| posted.business_date(zone) < go_live)
    };
    groups
        .iter()
        .filter(is_early)
        .filter_map(|group| group.order.clone())
        .collect()
}

/// When orders were placed: from what the order flows saw, and, for orders that are nowhere, from Amazon itself.
async fn placed(
    reads: &Reads<'_>,
    orders: &[String],
    by_order: &BTreeMap<String, Vec<Known>>,
) -> Result<BTreeMap<String, OrderSeen>, Failure> {
    let mut seen = reads.local.orders(orders).await?;
    let nowhere = orders
        .iter()
        .filter(|order| !by_order.contains_key(*order) && !seen.contains_key(*order));
    let nowhere: Vec<String> = nowhere.take(ASKED_AT_ONCE).cloned().collect();
    for order_id in nowhere {
        let get = amazon::orders::Get {
            order_id: order_id.clone(),
            include: amazon::orders::Include::WithoutRestricted,
        };
        match reads.amazon.call(&get).await {
            Ok(order) => {
                seen.insert(
                    order_id,
                    OrderSeen {
                        marketplace: order.marketplace_id,
                        ordered: Some(order.created),
                        updated: None,
                        shipped: None,
                    },
                );
            }
            // Amazon forgets orders after two years: such an order stays unknown, and is named as missing.
            Err(Failure::Refused { .. } | Failure::Misread { .. }) => (),
            Err(failure) => return Err(failure),
        }
    }
    Ok(seen)
}

/// `AZN-PY-<settlement>-<order>…` belongs to that order; a longer number of which this one is the beginning does not.
fn written_for(known: &Known, settlement: &str, order: &str) -> bool {
    let Some(id) = known.external_id.as_deref() else {
        return false;
    };
    let tail = id.get("AZN-XX-".len() + settlement.len() + 1..).unwrap_or_default();
    let order = order.to_ascii_uppercase();
    tail.strip_prefix(order.as_str())
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

fn of_order(
    known: Vec<Known>,
    lines: &[KnownLine],
    rules: &Rules,
    profile: Option<&Profile>,
    order: &str,
    groups: &[Group],
    seen: Option<&OrderSeen>,
) -> Found {
    let sales_order = known
        .iter()
        .find(|one| one.record == Some(RecordType::SalesOrder))
        .map(|one| FoundSalesOrder {
            id: one.id.0.clone(),
            shipped: matches!(one.status.as_str(), "D" | "E" | "F" | "G"),
            closed: matches!(one.status.as_str(), "C" | "H"),
        });
    let before = profile
        .zip(seen.and_then(|seen| seen.ordered))
        .zip(profile.and_then(|profile| profile.go_live));
    let before_go_live = before.is_some_and(|((profile, ordered), go_live)| profile.day(ordered) < go_live);
    let documents = known
        .into_iter()
        .filter_map(|one| document(one, lines, rules, profile, order, groups))
        .collect();
    Found {
        documents,
        sales_order,
        before_go_live,
        mismatched: false,
    }
}

/// Which shipment each document bills, where each shipment has one (SET-24).
fn tell_shipments(found: &mut Found, shipments: &[Shipment], order: &str) {
    for document in &mut found.documents {
        let number = document.external_id.as_deref().and_then(|name| numbered(order, name));
        let index = number.and_then(|number| usize::try_from(number).ok()?.checked_sub(1));
        document.shipment = index.and_then(|index| shipments.get(index)).map(|one| one.id.clone());
    }
}

fn document(
    known: Known,
    lines: &[KnownLine],
    rules: &Rules,
    profile: Option<&Profile>,
    order: &str,
    groups: &[Group],
) -> Option<FoundDocument> {
    let kind = match known.record? {
        RecordType::Invoice => DocumentKind::Invoice,
        RecordType::CashSale => DocumentKind::CashSale,
        RecordType::CreditMemo => DocumentKind::CreditMemo,
        RecordType::CustomerRefund => DocumentKind::CustomerRefund,
        RecordType::CashRefund => DocumentKind::CashRefund,
        RecordType::CustomerPayment => DocumentKind::Payment,
        RecordType::Customer | RecordType::SalesOrder | RecordType::ItemFulfillment | RecordType::JournalEntry => {
            return None;
        }
    };
    let own: Vec<&KnownLine> = lines.iter().filter(|line| line.transaction == known.id).collect();
    let marketplace = profile.map_or("", |profile| profile.id.as_str());
    Some(FoundDocument {
        kind,
        tax_included: tax_included(&known, &own, rules, marketplace, order, groups),
        lines: own.iter().filter_map(|line| goods(line, rules, marketplace)).collect(),
        id: known.id.0.clone(),
        number: if known.number.is_empty() {
            known.id.0
        } else {
            known.number
        },
        external_id: known.external_id,
        currency: known.currency?,
        total: known.total,
        open: known.open,
        shipment: None,
        customer: known.customer.map(|id| id.0).unwrap_or_default(),
        customer_inactive: known.customer_inactive,
        date: known.date,
    })
}

/// Whether a bill contains the tax that Amazon collects (SET-14): it has our tax line, or, made by hand, it comes to
/// what the buyer paid with tax and not to what he paid without.
fn tax_included(
    known: &Known,
    lines: &[&KnownLine],
    rules: &Rules,
    marketplace: &str,
    order: &str,
    groups: &[Group],
) -> bool {
    let tax_item = rules.record(marketplace, "tax.item");
    if tax_item.is_some_and(|item| lines.iter().any(|line| line.item == item && !line.amount.is_zero())) {
        return true;
    }
    if known.external_id.as_deref().is_some_and(|id| id.starts_with("AZN-")) {
        return rules.says(marketplace, "tax.mode", "overwrite");
    }
    let paid = groups
        .iter()
        .filter(|group| group.kind == Kind::Payment && group.order.as_deref() == Some(order));
    let (mut net, mut tax) = (Decimal::ZERO, Decimal::ZERO);
    for line in paid.flat_map(|group| &group.lines) {
        use domain::settlement::{Category, Side};
        match (line.category, line.category.side()) {
            (Category::Tax, _) => tax += line.line.amount(),
            (_, Side::Customer) => net += line.line.amount(),
            _ => (),
        }
    }
    !tax.is_zero() && known.total == net + tax
}

/// A line of goods, in Amazon's SKU and units. Charges, discounts and tax are not goods.
fn goods(line: &KnownLine, rules: &Rules, marketplace: &str) -> Option<FoundLine> {
    const NOT_GOODS: &[&str] = &[
        "orders.item_discount_item",
        "orders.shipping_item",
        "orders.shipping_discount_item",
        "orders.giftwrap_item",
        "orders.other_charge_item",
        "tax.item",
    ];
    let charge = NOT_GOODS
        .iter()
        .any(|option| rules.record(marketplace, option).as_ref() == Some(&line.item));
    if charge || line.quantity <= Decimal::ZERO {
        return None;
    }
    let here = |of: &Option<String>| of.as_deref().is_none_or(|id| id == marketplace);
    let alias = rules
        .item_links
        .iter()
        .find(|link| link.item == line.item && here(&link.marketplace));
    let factor = Decimal::from(alias.map_or(1, |alias| alias.factor.max(1)));
    let quantity = line.quantity / factor;
    Some(FoundLine {
        order_item_code: None,
        sku: alias.map_or_else(|| line.item_name.clone(), |alias| alias.sku.clone()),
        item: line.item.0.clone(),
        quantity,
        unit_price: line
            .amount
            .checked_div(quantity)
            .unwrap_or_default()
            .round_dp(8)
            .normalize(),
    })
}

/// What a settlement's records have put on its clearing account, debit minus credit: zero once everything is posted
/// (SET-48).
pub async fn clearing(
    reads: &Reads<'_>,
    account: &RecordId,
    stored: &StoredSettlement,
    written: &Written,
) -> Result<Money, Failure> {
    let records: Vec<RecordId> = written
        .journals
        .iter()
        .chain(&written.others)
        .map(|one| one.id.clone())
        .collect();
    let moved = suiteql::all(&reads.netsuite, queries::movements(account, &records)).await?;
    Ok(Money::new(
        moved.into_iter().map(|(_, amount)| amount).sum(),
        stored.header.currency,
    ))
}
