//! What left for an order: an item fulfilment as it stands, with its parcels (netsuite.md §4.2).
//!
//! It is read from the record itself and not by a query, because parcels of integrated carriers stand in sublists of
//! their own, each with its own names, and no table is known to hold them all.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use wire::Misread;

use crate::json::decimal;
use crate::records::{Record, id_of};
use crate::write::RecordId;

/// An item fulfilment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shipped {
    /// NetSuite's id.
    pub id: RecordId,
    /// The sales order that it was made from.
    pub order: Option<RecordId>,
    /// The document number, for people.
    pub number: String,
    /// `A` picked, `B` packed, `C` shipped: only then have the goods left.
    pub status: String,
    /// The business day on which they left.
    pub date: NaiveDate,
    /// The shipping method's name.
    pub method: Option<String>,
    /// Where it left from: the location of its first line, id and name.
    pub location: Option<(RecordId, String)>,
    /// What left.
    pub lines: Vec<ShippedLine>,
    /// Tracking numbers, in the order of the parcels; each once.
    pub tracking: Vec<String>,
    /// What [`CONFIRMATION`] says, where the setup package made that field.
    pub confirmation: Option<String>,
}

/// The field of the setup package that says when Amazon showed a fulfilment's parcels.
pub const CONFIRMATION: &str = "custbody_azn_confirm_status";

/// A line of an item fulfilment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShippedLine {
    /// The line of the sales order.
    pub order_line: Option<u32>,
    /// The item.
    pub item: RecordId,
    /// Units.
    pub quantity: Decimal,
    /// The order line of the kit that this component belongs to.
    pub kit: Option<u32>,
}

/// Where tracking numbers stand: the plain list, and one for each integrated carrier.
const PARCELS: [&str; 5] = [
    "package",
    "packageUps",
    "packageFedex",
    "packageUsps",
    "shipmentPackage",
];

impl Shipped {
    /// Reads a fulfilment that was asked for with its lines.
    pub fn of(record: &Record) -> Result<Self, Misread> {
        let day = record.text("shippedDate").or_else(|| record.text("tranDate"));
        let date = day
            .and_then(|day| day.get(..10)?.parse().ok())
            .ok_or_else(|| Misread::new("a fulfilment without a date"))?;
        let status = record.reference("shipStatus").or_else(|| record.reference("status"));
        let lines = record.lines("item").iter();
        let mut tracking: Vec<String> = Vec::new();
        let parcels = PARCELS.iter().flat_map(|list| record.lines(list));
        for number in parcels.filter_map(tracking_number) {
            if !tracking.contains(&number) {
                tracking.push(number);
            }
        }
        Ok(Self {
            id: record.id.clone(),
            order: record.reference("createdFrom"),
            number: record.text("tranId").unwrap_or(&record.id.0).to_owned(),
            status: status.map(|status| status.0).unwrap_or_default(),
            date,
            method: record.reference_name("shipMethod").map(str::to_owned),
            location: record.lines("item").iter().find_map(location),
            lines: lines.filter_map(line).collect(),
            tracking,
            confirmation: record.text(CONFIRMATION).map(str::to_owned),
        })
    }

    /// Whether the goods have left.
    pub fn has_left(&self) -> bool {
        self.status == "C"
    }
}

fn line(row: &Value) -> Option<ShippedLine> {
    if row.get("itemReceive").and_then(Value::as_bool) == Some(false) {
        return None;
    }
    let whole = |name: &str| row.get(name).and_then(decimal)?.to_string().parse::<u32>().ok();
    Some(ShippedLine {
        order_line: whole("orderLine"),
        item: id_of(row.get("item")?)?,
        quantity: row.get("quantity").and_then(decimal).unwrap_or_default(),
        kit: whole("kitMemberOf"),
    })
}

/// Where a line's goods left from. A location without a name goes by its id.
fn location(row: &Value) -> Option<(RecordId, String)> {
    let location = row.get("location")?;
    let id = id_of(location)?;
    let name = location.get("refName").and_then(Value::as_str).unwrap_or(&id.0);
    let name = name.to_owned();
    Some((id, name))
}

/// The field's name ends in the carrier's where the carrier is integrated: `packageTrackingNumberUps`.
fn tracking_number(row: &Value) -> Option<String> {
    let fields = row.as_object()?;
    let named = |name: &str| {
        let name = name.to_ascii_lowercase();
        (name.starts_with("packagetrackingnumber") || name.starts_with("trackingnumber")) && !name.contains("return")
    };
    let (_, value) = fields.iter().find(|(name, _)| named(name))?;
    let number = value.as_str()?.trim();
    (!number.is_empty()).then(|| number.to_owned())
}
