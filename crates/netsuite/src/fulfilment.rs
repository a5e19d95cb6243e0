//! Item fulfilment: always made from its sales order (netsuite.md §3, §4.2).

use chrono::NaiveDate;
use domain::ExternalId;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::json::{Body, number};
use crate::write::{RecordId, RecordType, Target, Write};

/// Goods that left, from one sales order and one location.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemFulfilment {
    /// The name that makes it happen once.
    pub external_id: ExternalId,
    /// The sales order.
    pub order: Target,
    /// Where the goods left from. NetSuite insists on it.
    pub location: RecordId,
    /// The business date of shipping.
    pub date: NaiveDate,
    /// What left; empty means everything that is open.
    pub lines: Vec<FulfilledLine>,
    /// The parcels.
    pub packages: Vec<Parcel>,
    /// A remark.
    pub memo: Option<String>,
    /// Fields that the seller mapped.
    pub more: Vec<(String, Value)>,
}

/// A line of the sales order, and how much of it left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FulfilledLine {
    /// The order's line number.
    pub order_line: u32,
    /// Units; zero leaves the line out.
    pub quantity: Decimal,
}

/// A parcel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parcel {
    /// The tracking number.
    pub tracking: String,
    /// What to call it.
    pub description: Option<String>,
}

impl ItemFulfilment {
    /// The write that makes it from its order, shipped.
    pub fn transform(&self) -> Write {
        let location = json!({ "id": self.location.0 });
        let lines = self.lines.iter().map(|line| {
            if line.quantity.is_zero() {
                json!({ "orderLine": line.order_line, "itemReceive": false })
            } else {
                json!({ "orderLine": line.order_line, "location": location, "quantity": number(line.quantity),
                    "itemReceive": true })
            }
        });
        let parcels = self.packages.iter().map(|parcel| {
            Body::default()
                .text("packageTrackingNumber", Some(&parcel.tracking))
                .text("packageDescr", parcel.description.as_deref())
                .finish()
        });
        let body = Body::default()
            .set("inventoryLocation", location.clone())
            .day("tranDate", Some(self.date))
            .set("shipStatus", json!({ "id": "C" }))
            .text("memo", self.memo.as_deref())
            .items("item", lines.collect())
            .items("package", parcels.collect())
            .more(&self.more)
            .finish();
        Write::Transform {
            from: RecordType::SalesOrder,
            source: self.order.clone(),
            to: RecordType::ItemFulfillment,
            external_id: self.external_id.clone(),
            body,
        }
    }
}
