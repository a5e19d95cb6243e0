//! Sales orders that came from Amazon: which of them changed, what is on their lines, and how far each line is.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use wire::Misread;

use super::transactions::{KNOWN, Known, known};
use super::{ItemField, ids, in_lists};
use crate::suiteql::{Query, Row};
use crate::write::RecordId;

/// Sales orders of one page of [`amazon_orders_changed`].
const AT_ONCE: u32 = 100;

/// A page of sales orders with an Amazon number of which they themselves or a document made from them changed at or
/// after an instant in the account's zone, by ascending id from the one after `after`.
pub fn amazon_orders_changed(since: NaiveDateTime, after: Option<&RecordId>) -> Query<Known> {
    let since = since.format("%Y-%m-%d %H:%M:%S").to_string();
    let query = format!(
        "{KNOWN} WHERE t.type = 'SalesOrd' \
         AND (t.externalid LIKE 'AZN-SO-%' OR t.otherrefnum LIKE '___-_______-_______') AND t.id > ? \
         AND (t.lastmodifieddate >= TO_DATE(?, 'YYYY-MM-DD HH24:MI:SS') OR t.id IN (\
         SELECT n.previousdoc FROM nexttransactionlinelink n JOIN transaction d ON d.id = n.nextdoc \
         WHERE d.lastmodifieddate >= TO_DATE(?, 'YYYY-MM-DD HH24:MI:SS'))) \
         ORDER BY t.id FETCH FIRST {AT_ONCE} ROWS ONLY"
    );
    let after = after.map_or_else(|| "0".to_owned(), |id| id.0.clone());
    Query::new(query, vec![after, since.clone(), since], known)
}

/// Whether a page of [`amazon_orders_changed`] may have another behind it.
pub fn may_have_more(rows: usize) -> bool {
    u32::try_from(rows).is_ok_and(|rows| rows >= AT_ONCE)
}

/// A line of a sales order, and how far it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderLine {
    /// The sales order.
    pub order: RecordId,
    /// The line's number, which a transform calls `orderLine`.
    pub line: u32,
    /// The item.
    pub item: RecordId,
    /// The item's name, usually the SKU.
    pub name: String,
    /// The item's external id.
    pub external_id: Option<String>,
    /// The item's UPC code.
    pub upc: Option<String>,
    /// What stands in the custom fields of the item that were asked for, by the field's id.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<String, String>,
    /// `InvtPart`, `Kit`, `Discount` … (netsuite.md §4.9).
    pub kind: String,
    /// Units ordered; nothing on a line without units.
    pub quantity: Option<Decimal>,
    /// The line's amount in the order's currency, as printed: a discount is negative.
    pub amount: Decimal,
    /// Units that left.
    pub shipped: Decimal,
    /// Units billed.
    pub billed: Decimal,
    /// Whether a person or a cancellation closed it.
    pub closed: bool,
}

/// The lines of these sales orders, without the components of kits; `fields` are custom fields of their items.
pub fn order_lines(orders: &[RecordId], fields: &[ItemField]) -> Vec<Query<Option<OrderLine>>> {
    let more = fields
        .iter()
        .fold(String::new(), |more, field| more + "i." + field.as_str() + ", ");
    let query = |list: &str| {
        format!(
            "SELECT l.transaction, l.linesequencenumber, l.item, i.itemid, i.externalid, i.upccode, i.itemtype, {more}\
             l.quantity, l.foreignamount, l.quantityshiprecv, l.quantitybilled, l.isclosed, l.kitcomponent \
             FROM transactionline l JOIN item i ON i.id = l.item WHERE l.transaction IN ({list}) \
             AND l.mainline = 'F' AND l.taxline = 'F' AND l.iscogs = 'F' ORDER BY l.transaction, l.linesequencenumber"
        )
    };
    in_lists(&ids(orders), query, order_line)
}

fn order_line(row: &Row) -> Result<Option<OrderLine>, Misread> {
    // Shipping and tax of the order's head have rows of their own, which no transform calls a line.
    let kind = row.maybe("itemtype").unwrap_or_default();
    if row.flag("kitcomponent") || matches!(kind.as_str(), "ShipItem" | "TaxItem" | "TaxGroup") {
        return Ok(None);
    }
    let line = row.text("linesequencenumber")?;
    let units = |column: &str| Ok::<_, Misread>(row.maybe_number(column)?.unwrap_or_default().abs());
    Ok(Some(OrderLine {
        order: row.id("transaction")?,
        line: line
            .parse()
            .map_err(|_| Misread::new("a line number that is not a number"))?,
        item: row.id("item")?,
        name: row.maybe("itemid").unwrap_or_default(),
        external_id: row.maybe("externalid"),
        upc: row.maybe("upccode"),
        fields: row.beginning("custitem"),
        kind,
        quantity: row.maybe_number("quantity")?.map(|quantity| quantity.abs()),
        amount: -row.maybe_number("foreignamount")?.unwrap_or_default(),
        shipped: units("quantityshiprecv")?,
        billed: units("quantitybilled")?,
        closed: row.flag("isclosed"),
    }))
}

/// A component of a kit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// The kit.
    pub kit: RecordId,
    /// The component.
    pub item: RecordId,
    /// Units of it in one kit.
    pub quantity: Decimal,
}

/// The components of these kits.
pub fn kit_members(kits: &[RecordId]) -> Vec<Query<Member>> {
    let query = |list: &str| {
        format!(
            "SELECT m.parentitem, m.item, m.quantity FROM itemmember m WHERE m.parentitem IN ({list}) \
             ORDER BY m.parentitem, m.item"
        )
    };
    in_lists(&ids(kits), query, |row| {
        Ok(Member {
            kit: row.id("parentitem")?,
            item: row.id("item")?,
            quantity: row.number("quantity")?,
        })
    })
}

/// What a person chose when an order or a bill was made: the payment method of each of these sales orders.
pub fn payment_methods(orders: &[RecordId]) -> Vec<Query<(RecordId, Option<RecordId>)>> {
    let query =
        |list: &str| format!("SELECT t.id, t.paymentmethod FROM transaction t WHERE t.id IN ({list}) ORDER BY t.id");
    in_lists(&ids(orders), query, |row| {
        Ok((row.id("id")?, row.maybe_id("paymentmethod")))
    })
}
