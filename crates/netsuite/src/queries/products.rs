//! What the seller's catalogue says: items with the fields that the seller chose, their prices at each level, and their stock
//! by location (netsuite.md §4.9, §6.1).
//!
//! Whole catalogues are read in spans of ids: what a query asks for is bounded by the ids at its ends, so that no answer
//! comes near NetSuite's reach of 100,000 rows and no page shifts because an item was made meanwhile.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};
use domain::Currency;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use wire::Misread;

use super::{ItemField, currency, ids, in_lists};
use crate::item::ItemRecord;
use crate::suiteql::{PAGE, Query, Row};
use crate::write::RecordId;

/// Items between the ends of one span.
const SPAN: usize = 2_000;

/// An item as the catalogue needs it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Product {
    /// NetSuite's id.
    pub id: RecordId,
    /// Its name, usually the SKU; `parent : child` for a matrix child.
    pub name: String,
    /// Its external id.
    pub external_id: Option<String>,
    /// What customers see.
    pub display_name: Option<String>,
    /// Its UPC code, which may hold any barcode.
    pub upc: Option<String>,
    /// `InvtPart`, `Assembly`, `Kit`, `NonInvtPart`, `Service` or `OthCharge` (netsuite.md §4.9).
    pub kind: String,
    /// Whether it may no longer be sold.
    pub inactive: bool,
    /// Its place among variations, if it has one.
    pub matrix: Option<Matrix>,
    /// The item that it is a variation or a part of.
    pub parent: Option<RecordId>,
    /// Its class.
    pub class: Option<RecordId>,
    /// When it was changed last, in the account's zone. Stock and prices do not touch it (§6.2).
    pub modified: NaiveDateTime,
    /// What stands in the custom fields that were asked for, by the field's id.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<String, String>,
}

/// A place among variations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Matrix {
    /// Nobody can buy it.
    Parent,
    /// One variation.
    Child,
}

/// Which items to read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ProductsAsked<'a> {
    /// Custom fields to read. One that the account does not have refuses the whole question.
    pub fields: &'a [ItemField],
    /// Only items with this checkbox set (PRD-01).
    pub flag: Option<&'a ItemField>,
    /// Only items that changed at or after this instant in the account's zone.
    pub since: Option<NaiveDateTime>,
    /// Only items behind this one: the last of the page before.
    pub after: Option<&'a RecordId>,
}

/// A page of goods and services by ascending id, at most [`PAGE`]; a full page may have another behind it.
pub fn products(asked: &ProductsAsked) -> Query<Product> {
    let more = asked
        .fields
        .iter()
        .fold(String::new(), |more, field| more + ", i." + field.as_str());
    let mut params = vec![asked.after.map_or_else(|| "0".to_owned(), |id| id.0.clone())];
    let mut narrower = asked
        .flag
        .map_or_else(String::new, |flag| format!(" AND i.{} = 'T'", flag.as_str()));
    if let Some(since) = asked.since {
        narrower += " AND i.lastmodifieddate >= TO_DATE(?, 'YYYY-MM-DD HH24:MI:SS')";
        params.push(since.format("%Y-%m-%d %H:%M:%S").to_string());
    }
    let query = format!(
        "SELECT i.id, i.itemid, i.externalid, i.displayname, i.upccode, i.itemtype, i.isinactive, i.matrixtype, i.parent, \
         i.class, TO_CHAR(i.lastmodifieddate, 'YYYY-MM-DD\"T\"HH24:MI:SS') AS modified{more} FROM item i \
         WHERE i.itemtype IN ('InvtPart', 'Assembly', 'Kit', 'NonInvtPart', 'Service', 'OthCharge') AND i.id > ?{narrower} \
         ORDER BY i.id FETCH FIRST {PAGE} ROWS ONLY"
    );
    Query::new(query, params, product)
}

fn product(row: &Row) -> Result<Product, Misread> {
    let matrix = match row.maybe("matrixtype").map(|kind| kind.to_uppercase()).as_deref() {
        Some("PARENT") => Some(Matrix::Parent),
        Some("CHILD") => Some(Matrix::Child),
        _ => None,
    };
    Ok(Product {
        id: row.id("id")?,
        name: row.text("itemid")?,
        external_id: row.maybe("externalid"),
        display_name: row.maybe("displayname"),
        upc: row.maybe("upccode"),
        kind: row.maybe("itemtype").unwrap_or_default(),
        inactive: row.flag("isinactive"),
        matrix,
        parent: row.maybe_id("parent"),
        class: row.maybe_id("class"),
        modified: row.local_instant("modified")?,
        fields: row.beginning("custitem"),
    })
}

/// What these items are called in addresses of the record service: asked only of items that are about to be written.
///
/// That `item` shows `islotitem`, `isserialitem` and `subtype` (`Sale`, `Resale`, `Purchase`) is not proven on a live
/// account; where one of them is missing the question is refused by name.
pub fn item_records(items: &[RecordId]) -> Vec<Query<(RecordId, Option<ItemRecord>)>> {
    let query = |list: &str| {
        format!(
            "SELECT i.id, i.itemtype, i.islotitem, i.isserialitem, i.subtype FROM item i WHERE i.id IN ({list}) ORDER BY i.id"
        )
    };
    in_lists(&ids(items), query, |row| {
        let kind = row.maybe("itemtype").unwrap_or_default();
        let subtype = row.maybe("subtype").unwrap_or_default();
        let record = ItemRecord::of(&kind, row.flag("islotitem"), row.flag("isserialitem"), &subtype);
        Ok((row.id("id")?, record))
    })
}

/// A price of an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriceRow {
    /// The item.
    pub item: RecordId,
    /// The price level.
    pub level: RecordId,
    /// The currency; nothing where its symbol is no ISO code.
    pub currency: Option<Currency>,
    /// The quantity from which it holds.
    pub from: Decimal,
    /// The price of one unit; nothing where it is blank.
    pub price: Option<Decimal>,
}

/// The prices at these levels of these items, and of whatever else lies between them.
///
/// The names of `pricing.pricelevel` and `pricing.currency` are not proven on a live account, nor that the table has one
/// row for each price: where an account keeps several versions, the same price comes twice with different amounts, and
/// whoever reads them must not choose in silence.
pub fn prices(levels: &[RecordId], items: &[RecordId]) -> Vec<Query<PriceRow>> {
    let query = |list: &str| {
        format!(
            "SELECT p.item, p.pricelevel, c.symbol AS currency, p.quantity, p.unitprice FROM pricing p \
             JOIN currency c ON c.id = p.currency WHERE p.pricelevel IN ({list}) AND p.item BETWEEN ? AND ? \
             ORDER BY p.item, p.pricelevel, p.currency, p.quantity"
        )
    };
    in_spans(levels, items, &[], query, |row| {
        Ok(PriceRow {
            item: row.id("item")?,
            level: row.id("pricelevel")?,
            currency: currency(row, "currency"),
            from: row.maybe_number("quantity")?.unwrap_or_default(),
            price: row.maybe_number("unitprice")?,
        })
    })
}

/// The stock of an item at a location, in units of the item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StockRow {
    /// The item.
    pub item: RecordId,
    /// The location.
    pub location: RecordId,
    /// *Available*: on hand less what is committed.
    pub available: Decimal,
    /// *On hand*.
    pub on_hand: Decimal,
}

/// The stock at these locations of these items, and of whatever else lies between them. What has no row has no stock there.
pub fn stock(locations: &[RecordId], items: &[RecordId]) -> Vec<Query<StockRow>> {
    let query = |list: &str| {
        format!(
            "SELECT l.item, l.location, l.quantityavailable, l.quantityonhand FROM inventoryitemlocations l \
             WHERE l.location IN ({list}) AND l.item BETWEEN ? AND ? ORDER BY l.item, l.location"
        )
    };
    in_spans(locations, items, &[], query, |row| {
        Ok(StockRow {
            item: row.id("item")?,
            location: row.id("location")?,
            available: row.maybe_number("quantityavailable")?.unwrap_or_default(),
            on_hand: row.maybe_number("quantityonhand")?.unwrap_or_default(),
        })
    })
}

/// A page of items whose *available* changed at one of these locations at or after an instant in the account's zone
/// (INV-05), by ascending id from the one after `after`. A full page may have another behind it.
///
/// That `inventoryitemlocations` shows `lastquantityavailablechange` is known from other people's queries only. The whole
/// stock is asked without it, so that a full comparison never leans on it.
pub fn stock_changed(locations: &[RecordId], since: NaiveDateTime, after: Option<&RecordId>) -> Query<RecordId> {
    let marks = vec!["?"; locations.len()].join(", ");
    let mut params = ids(locations);
    params.push(since.format("%Y-%m-%d %H:%M:%S").to_string());
    params.push(after.map_or_else(|| "0".to_owned(), |id| id.0.clone()));
    let query = format!(
        "SELECT DISTINCT l.item FROM inventoryitemlocations l WHERE l.location IN ({marks}) \
         AND l.lastquantityavailablechange >= TO_DATE(?, 'YYYY-MM-DD HH24:MI:SS') AND l.item > ? \
         ORDER BY l.item FETCH FIRST {PAGE} ROWS ONLY"
    );
    Query::new(query, params, |row| row.id("item"))
}

/// How much of an item at a location lies in lots that have expired.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExpiredRow {
    /// The item.
    pub item: RecordId,
    /// The location.
    pub location: RecordId,
    /// Units that are still counted as available.
    pub units: Decimal,
}

/// What lies in lots that had expired before a day, at these locations (INV-14); asked only where `inv.exclude_expired` is
/// on. The tables `inventorynumber` (`item`, `expirationdate`) and `inventorynumberlocation` (`inventorynumber`, `location`,
/// `quantityavailable`) are not proven on a live account; without them the question is refused by name.
pub fn expired_stock(locations: &[RecordId], today: NaiveDate, items: &[RecordId]) -> Vec<Query<ExpiredRow>> {
    let day = today.format("%Y-%m-%d").to_string();
    let query = |list: &str| {
        format!(
            "SELECT n.item, b.location, SUM(b.quantityavailable) AS units FROM inventorynumber n \
             JOIN inventorynumberlocation b ON b.inventorynumber = n.id WHERE b.location IN ({list}) \
             AND n.item BETWEEN ? AND ? AND n.expirationdate < TO_DATE(?, 'YYYY-MM-DD') \
             GROUP BY n.item, b.location ORDER BY n.item, b.location"
        )
    };
    in_spans(locations, items, &[day], query, |row| {
        Ok(ExpiredRow {
            item: row.id("item")?,
            location: row.id("location")?,
            units: row.maybe_number("units")?.unwrap_or_default(),
        })
    })
}

/// A query for each [`SPAN`] items, with a `?` for each value of a list, two for the ends of the span, and one for each further
/// value; none at all where there is no value or no item.
fn in_spans<T>(
    values: &[RecordId],
    items: &[RecordId],
    further: &[String],
    text: impl Fn(&str) -> String,
    row: fn(&Row) -> Result<T, Misread>,
) -> Vec<Query<T>> {
    if values.is_empty() {
        return Vec::new();
    }
    let text = text(&vec!["?"; values.len()].join(", "));
    let mut sorted: Vec<&RecordId> = items.iter().collect();
    // Ids are numbers as text: a longer one is a larger one.
    sorted.sort_by_key(|id| (id.0.len(), id.0.as_str()));
    let one = |span: &[&RecordId]| {
        let ends = [span.first()?, span.last()?].map(|id| id.0.clone());
        let params = ids(values).into_iter().chain(ends).chain(further.iter().cloned());
        Some(Query::new(text.clone(), params.collect(), row))
    };
    sorted.chunks(SPAN).filter_map(one).collect()
}
