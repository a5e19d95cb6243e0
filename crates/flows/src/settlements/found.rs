//! What NetSuite has for the orders of a settlement, many orders with each question.

use std::collections::{BTreeMap, BTreeSet};

use domain::settlement::plan::{AtAmazon, DocumentKind, Found, FoundDocument, FoundLine, FoundSalesOrder};
use domain::settlement::{Group, group::Kind};
use domain::{ExternalId, Money};
use netsuite::queries::{self, Known, KnownLine};
use netsuite::{RecordId, RecordType, suiteql};
use rust_decimal::Decimal;
use wire::Failure;

use super::orders::{Whereabouts, whereabouts};
use super::together::shares;
use crate::flow::Reads;
use crate::local::StoredSettlement;
use crate::orders::shipment::Shipment;
use crate::orders::{names_of, numbered};
use crate::rules::{Profile, Rules};

/// Records that were written for the settlement before, by their external ids.
pub struct Written {
    /// Journals.
    pub journals: Vec<Known>,
    /// Payments, credit memos, refunds, fee bills and what pays them.
    pub others: Vec<Known>,
    /// What each order was paid by payments that several orders share, as it is kept here, by the payment's name.
    pub together: BTreeMap<String, BTreeMap<String, Decimal>>,
}

/// Asks which records already carry this settlement's names.
pub async fn written(reads: &Reads<'_>, settlement: &str) -> Result<Written, Failure> {
    let prefixes: Vec<String> = ["JE", "PY", "CM", "CR", "RF", "RI", "RP", "VB", "VP"]
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
            // What the bank got is a journal of its own, beside the settlement's (SET-53).
            && !one.external_id.as_deref().is_some_and(|id| ExternalId::is_of_bank(settlement, id))
    };
    let (journals, others) = known
        .into_iter()
        .filter(this)
        .partition(|one| one.record == Some(RecordType::JournalEntry));
    Ok(Written {
        journals,
        others,
        together: BTreeMap::new(),
    })
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
    let mut by_order = documents(reads, &orders, &shipments, &stored.header.id).await?;
    for order in &orders {
        let own = written
            .others
            .iter()
            .filter(|one| written_for(one, &stored.header.id, order));
        by_order.entry(order.clone()).or_default().extend(own.cloned());
    }
    let shares = shares(reads, &stored.header.id, &written.others, &written.together, &by_order).await?;
    for (order, share) in shares {
        by_order.entry(order).or_default().push(share);
    }
    let by_people = payments_by_people(reads, &by_order).await?;
    let all: Vec<&Known> = by_order.values().chain(by_people.values()).flatten().collect();
    let contents = contents(reads, rules, &all).await?;
    let bought = bought(reads, groups).await?;
    let early = early(groups, rules, profile);
    let seen = whereabouts(reads, &orders).await?;
    let billed: Vec<String> = by_order
        .iter()
        .filter(|(_, known)| known.iter().any(is_bill))
        .map(|(order, _)| order.clone())
        .collect();
    let mismatched = reads.local.mismatched(&billed).await?;
    let mut found = BTreeMap::new();
    for order in orders {
        let mut known = by_order.remove(&order).unwrap_or_default();
        // A payment that cannot be told where it went is nothing to count on: then a person is asked.
        let told = |one: &&Known| contents.accounts.contains_key(&one.id);
        known.extend(by_people.get(&order).into_iter().flatten().filter(told).cloned());
        let marketplace = groups
            .iter()
            .find(|group| group.order.as_deref() == Some(&order))
            .and_then(|group| group.marketplace.as_deref());
        let here = marketplace.and_then(|id| rules.marketplaces.get(id)).or(profile);
        let around = Around {
            contents: &contents,
            rules,
            profile: here,
            order: &order,
            groups,
        };
        let mut of_order = around.found(known, seen.get(&order));
        if let Some(order) = bought.get(&order) {
            tell_order_items(&mut of_order, order);
        }
        tell_shipments(&mut of_order, shipments.get(&order).map_or(&[], Vec::as_slice), &order);
        of_order.before_go_live |= early.contains(&order);
        of_order.mismatched = mismatched.contains(&order);
        found.insert(order, of_order);
    }
    Ok(found)
}

/// Sales orders, bills and credits of the orders: under our names, under Amazon's numbers, and made from the order. Credits
/// of other settlements count, for what they gave back is not there any more (SET-33); voided records do not.
async fn documents(
    reads: &Reads<'_>,
    orders: &[String],
    shipments: &BTreeMap<String, Vec<Shipment>>,
    settlement: &str,
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
        if let Some(order) = ours.or_else(|| one.other_ref_num.clone())
            && !is_of_settlement(&one, settlement)
            && !is_voided(&one)
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

/// The records of this settlement are read by their names, whatever else they carry.
fn is_of_settlement(known: &Known, settlement: &str) -> bool {
    let name = known.external_id.as_deref().unwrap_or_default();
    ["CM", "CR"]
        .iter()
        .any(|kind| name.starts_with(&format!("AZN-{kind}-{settlement}-")))
}

pub(super) fn is_voided(known: &Known) -> bool {
    let has_it = matches!(
        known.record,
        Some(RecordType::Invoice | RecordType::CashSale | RecordType::CreditMemo | RecordType::CashRefund)
    );
    has_it && known.status == "V"
}

fn is_credit(known: &Known) -> bool {
    matches!(known.record, Some(RecordType::CreditMemo | RecordType::CashRefund))
}

/// What stands in bills and credits, and where money was put.
pub(super) struct Contents {
    lines: BTreeMap<RecordId, Vec<KnownLine>>,
    /// Amazon's order item ids by transaction and line, where the setup package keeps them.
    order_items: BTreeMap<(RecordId, u32), String>,
    /// Bills with tax of their own on them.
    taxed: BTreeSet<RecordId>,
    /// The account that each payment or cash sale went to.
    accounts: BTreeMap<RecordId, String>,
}

pub(super) async fn contents(reads: &Reads<'_>, rules: &Rules, known: &[&Known]) -> Result<Contents, Failure> {
    let ids = |wanted: fn(&Known) -> bool| -> Vec<RecordId> {
        let wanted = known.iter().filter(|one| wanted(one));
        wanted.map(|one| one.id.clone()).collect()
    };
    let bills = ids(is_bill);
    let sold_or_given = ids(|one| is_bill(one) || is_credit(one));
    let took_money = ids(|one| {
        let by_a_person = one.external_id.as_deref().is_none_or(|id| !id.starts_with("AZN-"));
        match one.record {
            Some(RecordType::CashSale) => true,
            Some(RecordType::CustomerPayment) => by_a_person,
            _ => false,
        }
    });
    let has_fields = rules
        .marketplaces
        .keys()
        .any(|id| rules.is_on(id, "orders.custom_fields"));
    let coded = if has_fields { bills.as_slice() } else { &[] };
    let (all_lines, taxes, accounts, order_items) = futures::try_join!(
        suiteql::all(&reads.netsuite, queries::lines_of(&sold_or_given)),
        suiteql::all(&reads.netsuite, queries::taxes_of(&bills)),
        suiteql::all(&reads.netsuite, queries::money_accounts(&took_money)),
        suiteql::all(&reads.netsuite, queries::order_items_of(coded)),
    )?;
    let mut lines: BTreeMap<RecordId, Vec<KnownLine>> = BTreeMap::new();
    for line in all_lines {
        lines.entry(line.transaction.clone()).or_default().push(line);
    }
    Ok(Contents {
        lines,
        order_items: order_items
            .into_iter()
            .map(|(id, line, code)| ((id, line), code))
            .collect(),
        taxed: taxes
            .into_iter()
            .filter(|(_, tax)| !tax.is_zero())
            .map(|(id, _)| id)
            .collect(),
        accounts: accounts.into_iter().map(|(id, account)| (id, account.0)).collect(),
    })
}

/// The orders of refunds as Amazon told of them: they name the item that is given back (SET-29).
async fn bought(reads: &Reads<'_>, groups: &[Group]) -> Result<BTreeMap<String, amazon::Order>, Failure> {
    let refunds = groups.iter().filter(|group| group.kind == Kind::Refund);
    let orders: BTreeSet<String> = refunds.filter_map(|group| group.order.clone()).collect();
    reads.local.amazon_orders(&orders.into_iter().collect::<Vec<_>>()).await
}

/// Amazon's order item of each line that does not carry it: by the SKU and the price, else by the SKU where it stands once.
fn tell_order_items(found: &mut Found, order: &amazon::Order) {
    let mut free: Vec<&amazon::orders::Item> = order.items.iter().collect();
    let bills = found.documents.iter_mut().filter(|document| {
        let sold = matches!(document.kind, DocumentKind::Invoice | DocumentKind::CashSale);
        sold && !document.lines.is_empty()
    });
    for line in bills.flat_map(|bill| &mut bill.lines) {
        let same_sku = |item: &&amazon::orders::Item| item.sku.as_deref() == Some(line.sku.as_str());
        let same_price =
            |item: &&amazon::orders::Item| item.unit_price.is_some_and(|price| price.amount == line.unit_price);
        let alone = order.items.iter().filter(same_sku).count() == 1;
        let place = free
            .iter()
            .position(|item| same_sku(item) && (alone || same_price(item)));
        if let (None, Some(place)) = (&line.order_item_code, place) {
            line.order_item_code = Some(free[place].id.clone());
            // One item on several bills is the same item on each.
            if !alone {
                free.remove(place);
            }
        }
    }
}

fn is_bill(known: &Known) -> bool {
    matches!(known.record, Some(RecordType::Invoice | RecordType::CashSale))
}

/// Payments that stand on invoices of which something is paid: a person may have entered them (SET-25).
async fn payments_by_people(
    reads: &Reads<'_>,
    by_order: &BTreeMap<String, Vec<Known>>,
) -> Result<BTreeMap<String, Vec<Known>>, Failure> {
    let paid: BTreeMap<RecordId, String> = by_order
        .iter()
        .flat_map(|(order, known)| known.iter().map(move |one| (one, order)))
        .filter(|(one, _)| one.record == Some(RecordType::Invoice) && one.open < one.total)
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

/// What one order's documents are looked at with.
pub(super) struct Around<'a> {
    pub(super) contents: &'a Contents,
    pub(super) rules: &'a Rules,
    pub(super) profile: Option<&'a Profile>,
    pub(super) order: &'a str,
    pub(super) groups: &'a [Group],
}

impl Around<'_> {
    pub(super) fn found(&self, known: Vec<Known>, seen: Option<&Whereabouts>) -> Found {
        let sales_order = known
            .iter()
            .find(|one| one.record == Some(RecordType::SalesOrder))
            .map(|one| FoundSalesOrder {
                id: one.id.0.clone(),
                shipped: matches!(one.status.as_str(), "D" | "E" | "F" | "G"),
                closed: matches!(one.status.as_str(), "C" | "H"),
            });
        let placed = seen.and_then(|seen| seen.placed);
        Found {
            documents: known.into_iter().filter_map(|one| self.document(one)).collect(),
            sales_order,
            before_go_live: super::orders::is_before_go_live(placed, self.profile),
            amazon: seen.map_or(AtAmazon::NotAsked, |seen| seen.amazon),
            ..Found::default()
        }
    }

    fn marketplace(&self) -> &str {
        self.profile.map_or("", |profile| profile.id.as_str())
    }

    fn document(&self, known: Known) -> Option<FoundDocument> {
        let is_reversal = known.external_id.as_deref().is_some_and(|id| id.starts_with("AZN-RI-"));
        let kind = match known.record? {
            RecordType::Invoice if is_reversal => DocumentKind::Reversal,
            RecordType::Invoice => DocumentKind::Invoice,
            RecordType::CashSale => DocumentKind::CashSale,
            RecordType::CreditMemo => DocumentKind::CreditMemo,
            RecordType::CustomerRefund => DocumentKind::CustomerRefund,
            RecordType::CashRefund => DocumentKind::CashRefund,
            RecordType::CustomerPayment => DocumentKind::Payment,
            RecordType::Customer
            | RecordType::SalesOrder
            | RecordType::ItemFulfillment
            | RecordType::JournalEntry
            | RecordType::VendorBill
            | RecordType::VendorPayment
            | RecordType::AmazonSettlement
            | RecordType::AmazonSettlementLine => return None,
        };
        let own: &[KnownLine] = self.contents.lines.get(&known.id).map_or(&[], Vec::as_slice);
        Some(FoundDocument {
            kind,
            tax_included: self.tax_included(&known, own),
            lines: own.iter().filter_map(|line| self.goods(line)).collect(),
            account: self.contents.accounts.get(&known.id).cloned(),
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

    /// Whether a bill contains the tax that Amazon collects (SET-14), as the bill itself says: it has tax of NetSuite's own,
    /// or our tax line, or it comes to what the buyer paid with tax and not to what he paid without.
    fn tax_included(&self, known: &Known, lines: &[KnownLine]) -> bool {
        let tax_item = self.rules.record(self.marketplace(), "tax.item");
        let has_line = |item| lines.iter().any(|line| line.item == item && !line.amount.is_zero());
        self.contents.taxed.contains(&known.id) || tax_item.is_some_and(has_line) || self.comes_to_tax(known)
    }

    fn comes_to_tax(&self, known: &Known) -> bool {
        let paid = self
            .groups
            .iter()
            .filter(|group| group.kind == Kind::Payment && group.order.as_deref() == Some(self.order));
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

    /// A line of goods, in Amazon's SKU and units. Charges, discounts and tax are not goods; goods given back may stand
    /// on the item for refunded amounts, which names the SKU beside it (SET-31).
    fn goods(&self, line: &KnownLine) -> Option<FoundLine> {
        const NOT_GOODS: &[&str] = &[
            "orders.item_discount_item",
            "orders.shipping_item",
            "orders.shipping_discount_item",
            "orders.giftwrap_item",
            "orders.other_charge_item",
            "refund.restocking_item",
            "refund.tax_item",
            "tax.item",
        ];
        const STAND_INS: &[&str] = &["refund.amount_item", "refund.atoz_item", "refund.chargeback_item"];
        let marketplace = self.marketplace();
        let is_one = |option: &&str| self.rules.record(marketplace, option).as_ref() == Some(&line.item);
        if line.quantity <= Decimal::ZERO || NOT_GOODS.iter().any(is_one) {
            return None;
        }
        let here = |of: &Option<String>| of.as_deref().is_none_or(|id| id == marketplace);
        let alias = self
            .rules
            .item_links
            .iter()
            .find(|link| link.item == line.item && here(&link.marketplace));
        let stands_in = STAND_INS.iter().any(is_one);
        let factor = Decimal::from(alias.filter(|_| !stands_in).map_or(1, |alias| alias.factor.max(1)));
        let quantity = line.quantity / factor;
        let sku = match (stands_in, alias) {
            (true, _) => line.description.clone().unwrap_or_default(),
            (false, Some(alias)) => alias.sku.clone(),
            (false, None) => line.item_name.clone(),
        };
        let place = (line.transaction.clone(), line.line);
        Some(FoundLine {
            order_item_code: self.contents.order_items.get(&place).cloned(),
            sku,
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
}

/// Which shipment each document bills, where each shipment has one (SET-24).
fn tell_shipments(found: &mut Found, shipments: &[Shipment], order: &str) {
    for document in &mut found.documents {
        let number = document.external_id.as_deref().and_then(|name| numbered(order, name));
        let index = number.and_then(|number| usize::try_from(number).ok()?.checked_sub(1));
        document.shipment = index.and_then(|index| shipments.get(index)).map(|one| one.id.clone());
    }
}

/// What a settlement's records, and the cash sales and payments by people that it takes out again (`in_clearing`), have put
/// on its clearing account, debit minus credit: zero once everything is posted (SET-48).
pub async fn clearing(
    reads: &Reads<'_>,
    account: &RecordId,
    stored: &StoredSettlement,
    written: &Written,
    in_clearing: &BTreeSet<String>,
) -> Result<Money, Failure> {
    let own = written.journals.iter().chain(&written.others).map(|one| one.id.clone());
    let records: BTreeSet<RecordId> = own.chain(in_clearing.iter().cloned().map(RecordId)).collect();
    let records: Vec<RecordId> = records.into_iter().collect();
    let moved = suiteql::all(&reads.netsuite, queries::movements(account, &records)).await?;
    Ok(Money::new(
        moved.into_iter().map(|(_, amount)| amount).sum(),
        stored.header.currency,
    ))
}
