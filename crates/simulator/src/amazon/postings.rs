//! Finances 2024-06-19: single postings as Amazon tells them. The published model leaves `transactionType` and the words of
//! the breakdowns open; those used here are the ones that sellers' answers were seen to carry.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::chance::name_of;
use crate::market::{self, Market, Region};
use crate::time::instant_millis as instant;
use crate::world::World;
use crate::world::deferral::Held;
use crate::world::rows;
use crate::world::settlement::{Row, Settlement};

use super::finances::{amount, breakdown, group_id, issued_last};

/// One posting.
pub struct Posting {
    /// Amazon's id of it.
    pub id: String,
    /// `DEFERRED`, `RELEASED` or `DEFERRED_RELEASED`.
    pub status: &'static str,
    /// When it was posted.
    pub posted: DateTime<Utc>,
    /// Where.
    pub market: &'static Market,
    /// The order.
    pub order: Option<String>,
    /// The group that is paid out together.
    pub group: Option<String>,
    /// Other identifiers.
    related: Vec<(&'static str, String)>,
    /// Why it was held back, and until when.
    deferral: Option<(&'static str, DateTime<Utc>)>,
    /// The amounts.
    rows: Vec<Row>,
}

/// Every posting of a region until now.
pub fn all(region: Region, world: &World, now: DateTime<Utc>) -> Vec<Posting> {
    let held: Vec<Held<'_>> = world
        .held(now)
        .into_iter()
        .filter(|one| one.order.market.region == region)
        .collect();
    let twins: HashMap<(&str, &str), &Held<'_>> = held
        .iter()
        .map(|one| ((one.order.id.as_str(), one.shipment.id.as_str()), one))
        .collect();
    // A parcel that costs nobody anything, as one of a free sample does, is no posting.
    let held_back = held.iter().map(|one| held_back(one, now));
    let mut all: Vec<Posting> = held_back.filter(|posting| !posting.rows.is_empty()).collect();
    let open = world.open_settlements(now);
    let open = open
        .iter()
        .filter(|known| known.market.region == region)
        .map(|known| (known, false));
    let closed = issued_last(world, region, now).map(|known| (known, true));
    let mut names = Names::default();
    for (settlement, closed) in closed.chain(open) {
        for rows in together(settlement) {
            all.push(released(settlement, closed, rows, &twins, &mut names));
        }
    }
    all
}

/// Rows that were posted together are one posting.
fn together(settlement: &Settlement) -> Vec<Vec<Row>> {
    let mut all: Vec<Vec<Row>> = Vec::new();
    for row in &settlement.rows {
        match all.last_mut() {
            Some(rows)
                if !row.order.is_empty()
                    && rows[0].order == row.order
                    && rows[0].transaction == row.transaction
                    && rows[0].shipment == row.shipment =>
            {
                rows.push(row.clone());
            }
            _ => all.push(vec![row.clone()]),
        }
    }
    all
}

/// Every posting has a name of its own, which it keeps when its settlement is closed.
#[derive(Default)]
struct Names {
    sales: HashSet<String>,
    others: BTreeMap<String, u32>,
}

impl Names {
    fn of(&mut self, settlement: &Settlement, rows: &[Row]) -> String {
        let first = &rows[0];
        let sale = name_of(&["released", &first.order, &first.shipment]);
        if first.transaction == "Order" && !first.order.is_empty() && self.sales.insert(sale.clone()) {
            return sale[..32].to_owned();
        }
        let posted = first.posted.to_string();
        let said = name_of(&[
            &settlement.id,
            &first.order,
            &first.transaction,
            &first.shipment,
            &first.description,
            &posted,
        ]);
        // Two units that broke in one accident are two postings that say the same.
        let times = self.others.entry(said.clone()).or_default();
        *times += 1;
        name_of(&[&said, &times.to_string()])[..32].to_owned()
    }
}

fn number(what: &str, held: &Held<'_>) -> String {
    name_of(&[what, &held.order.id, &held.shipment.id])[..32].to_owned()
}

/// Money that was held back seven days after delivery, or until the invoice of a business order was paid.
fn held_back(held: &Held<'_>, now: DateTime<Utc>) -> Posting {
    let is_held = held.is_deferred(now);
    let mut related = vec![
        ("ORDER_ID", held.order.id.clone()),
        ("SHIPMENT_ID", held.shipment.id.clone()),
    ];
    related.extend((!is_held).then(|| ("RELEASE_TRANSACTION_ID", number("released", held))));
    Posting {
        id: number("deferred", held),
        status: if is_held { "DEFERRED" } else { "DEFERRED_RELEASED" },
        posted: held.shipment.at,
        market: held.order.market,
        order: Some(held.order.id.clone()),
        group: None,
        related,
        deferral: Some((held.reason, held.release)),
        rows: rows::of_shipment(held.order, &held.shipment, held.shipment.at),
    }
}

fn released(
    settlement: &Settlement,
    closed: bool,
    rows: Vec<Row>,
    twins: &HashMap<(&str, &str), &Held<'_>>,
    names: &mut Names,
) -> Posting {
    let first = &rows[0];
    let group = group_id(settlement);
    let mut related = vec![("FINANCIAL_EVENT_GROUP_ID", group.clone())];
    related.extend(closed.then(|| ("SETTLEMENT_ID", settlement.id.clone())));
    related.extend((!first.order.is_empty()).then(|| ("ORDER_ID", first.order.clone())));
    let twin = twins.get(&(first.order.as_str(), first.shipment.as_str()));
    let twin = twin.filter(|_| first.transaction == "Order");
    related.extend(twin.map(|held| ("DEFERRED_TRANSACTION_ID", number("deferred", held))));
    let of_row = market::everywhere().find(|known| known.name.eq_ignore_ascii_case(&first.marketplace));
    Posting {
        id: names.of(settlement, &rows),
        status: "RELEASED",
        posted: first.posted,
        market: first.home.or(of_row).unwrap_or(settlement.market),
        order: Some(first.order.clone()).filter(|order| !order.is_empty()),
        group: Some(group),
        related,
        deferral: None,
        rows,
    }
}

impl Posting {
    /// As Amazon tells it.
    pub fn told(&self, seller: &str) -> Value {
        let currency = self.market.currency;
        let first = &self.rows[0];
        let kind = kind(first);
        let related: Vec<Value> = self
            .related
            .iter()
            .map(|(name, value)| json!({ "relatedIdentifierName": name, "relatedIdentifierValue": value }))
            .collect();
        let contexts: Vec<Value> = self
            .deferral
            .iter()
            .map(|(reason, until)| json!({ "contextType": "DeferredContext", "deferralReason": reason, "maturityDate": instant(*until) }))
            .collect();
        let total: Decimal = self.rows.iter().map(|row| row.amount).sum();
        let mut told = json!({
            "sellingPartnerMetadata": { "sellingPartnerId": seller, "accountType": "Standard Orders", "marketplaceId": self.market.id },
            "relatedIdentifiers": related,
            "transactionType": kind,
            "transactionId": self.id,
            "transactionStatus": self.status,
            "description": description(first, kind),
            "postedDate": instant(self.posted),
            "totalAmount": amount(currency, total),
            "marketplaceDetails": { "marketplaceId": self.market.id, "marketplaceName": self.market.name },
            "contexts": contexts,
            "breakdowns": whole(currency, &self.rows),
        });
        let items = items(currency, &self.rows);
        if !items.is_empty() {
            told["items"] = json!(items);
        }
        told
    }
}

fn kind(row: &Row) -> &'static str {
    match (row.transaction.as_str(), row.kind.as_str()) {
        ("Order", _) => "Shipment",
        ("Refund", _) => "Refund",
        ("A-to-z Guarantee Refund", _) => "GuaranteeClaim",
        ("Chargeback Refund", _) => "Chargeback",
        (_, "Cost of Advertising") => "ProductAdsPayment",
        (_, "FBA Inventory Reimbursement") => "FBAInventoryReimbursement",
        _ if row.description.contains("Reserve Amount") => "Adjustment",
        _ if matches!(row.description.as_str(), "Payable to Amazon" | "Successful charge") => "DebtRecovery",
        _ => "ServiceFee",
    }
}

fn description(row: &Row, kind: &str) -> String {
    match kind {
        "Shipment" => "Order Payment".to_owned(),
        "Refund" => "Refund Order".to_owned(),
        _ => row.description.clone(),
    }
}

/// The side, the family and the name of an amount.
fn word(row: &Row) -> (&'static str, &'static str, String) {
    let own = |text: &str| text.to_owned();
    match (row.kind.as_str(), row.description.as_str()) {
        ("ItemPrice", "Principal") => ("Sales", "ProductCharges", own("OurPricePrincipal")),
        ("ItemPrice", "Tax") => ("Sales", "Tax", own("OurPriceTax")),
        ("ItemPrice", "Shipping") => ("Sales", "Shipping", own("ShippingPrincipal")),
        ("ItemPrice", "ShippingTax") => ("Sales", "Tax", own("ShippingTax")),
        ("ItemPrice", "GiftWrap") => ("Sales", "GiftWrap", own("GiftwrapPrincipal")),
        ("ItemPrice", "GiftWrapTax") => ("Sales", "Tax", own("GiftwrapTax")),
        ("ItemPrice", "Goodwill") => ("Sales", "ProductCharges", own("GoodwillPrincipal")),
        ("ItemPrice", other) => ("Sales", "ProductCharges", own(other)),
        ("Promotion", "Principal") => ("Sales", "PromoRebates", own("OurPriceDiscount")),
        ("Promotion", "Shipping") => ("Sales", "PromoRebates", own("ShippingDiscount")),
        ("Promotion", _) => ("Sales", "PromoRebates", own("OurPriceTaxDiscount")),
        ("ItemWithheldTax", tax) => ("Sales", "TaxWithheld", own(tax)),
        ("ItemFees", fee) => ("Expenses", "AmazonFees", own(fee)),
        ("Cost of Advertising", _) => ("Expenses", "AmazonFees", own("AdvertisingFee")),
        ("FBA Inventory Reimbursement", _) if row.amount.is_sign_negative() => {
            ("Sales", "FBAInventoryReimbursement", own("FBAReversedReimbursement"))
        }
        ("FBA Inventory Reimbursement", _) => ("Sales", "FBAInventoryReimbursement", own("FBAInventoryReimbursement")),
        (_, "Subscription Fee") => ("Expenses", "AmazonFees", own("Subscription")),
        (_, "Storage Fee") => ("Expenses", "AmazonFees", own("FBAStorageFee")),
        (_, "Current Reserve Amount") => ("Sales", "Adjustment", own("ReserveDebit")),
        (_, "Previous Reserve Amount Balance") => ("Sales", "Adjustment", own("ReserveCredit")),
        (kind, "Base fee" | "Tax on fee") => ("Expenses", "AmazonFees", own(kind)),
        (_, other) => ("Sales", "Other", own(other)),
    }
}

type Sums = Vec<(String, Decimal)>;

fn add(sums: &mut Sums, name: &str, amount: Decimal) {
    match sums.iter_mut().find(|(known, _)| known == name) {
        Some((_, sum)) => *sum += amount,
        None => sums.push((name.to_owned(), amount)),
    }
}

fn nodes(currency: &str, sums: &Sums) -> Vec<Value> {
    sums.iter().map(|(name, sum)| breakdown(currency, name, *sum)).collect()
}

/// The whole by side and family.
fn whole(currency: &str, rows: &[Row]) -> Vec<Value> {
    let mut told = Vec::new();
    for side in ["Sales", "Expenses"] {
        let mut families = Sums::new();
        for row in rows {
            let (own, family, _) = word(row);
            if own == side {
                add(&mut families, family, row.amount);
            }
        }
        if !families.is_empty() {
            let sum = families.iter().map(|(_, sum)| *sum).sum();
            let mut node = breakdown(currency, side, sum);
            node["breakdowns"] = json!(nodes(currency, &families));
            told.push(node);
        }
    }
    told
}

/// Each product by family and name. Losses that are paid for tell their product and no parts of its amount.
fn items(currency: &str, rows: &[Row]) -> Vec<Value> {
    let mut products: Vec<(&str, Vec<&Row>)> = Vec::new();
    for row in rows.iter().filter(|row| !row.sku.is_empty()) {
        match products.iter_mut().find(|(item, _)| *item == row.item_code) {
            Some((_, rows)) => rows.push(row),
            None => products.push((&row.item_code, vec![row])),
        }
    }
    let one = |(_, rows): (&str, Vec<&Row>)| {
        let total: Decimal = rows.iter().map(|row| row.amount).sum();
        let units = rows.iter().find_map(|row| row.quantity).unwrap_or(1);
        let mut item = json!({
            "description": rows[0].sku,
            "totalAmount": amount(currency, total),
            "contexts": [{ "contextType": "ProductContext", "sku": rows[0].sku, "quantityShipped": units, "fulfillmentNetwork": rows[0].fulfilment }],
        });
        if rows[0].kind != "FBA Inventory Reimbursement" {
            item["breakdowns"] = json!(details(currency, &rows));
        }
        item
    };
    products.into_iter().map(one).collect()
}

fn details(currency: &str, rows: &[&Row]) -> Vec<Value> {
    let mut families: Vec<(&str, Sums)> = Vec::new();
    for row in rows {
        let (_, family, name) = word(row);
        match families.iter_mut().find(|(known, _)| *known == family) {
            Some((_, sums)) => add(sums, &name, row.amount),
            None => families.push((family, vec![(name, row.amount)])),
        }
    }
    families
        .into_iter()
        .map(|(family, sums)| {
            let sum = sums.iter().map(|(_, sum)| *sum).sum();
            let mut node = breakdown(currency, family, sum);
            node["breakdowns"] = json!(nodes(currency, &sums));
            node
        })
        .collect()
}
