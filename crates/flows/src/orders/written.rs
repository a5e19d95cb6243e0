//! An order as it was last written, without buyer data: what tells a change at Amazon from a change by a person
//! (flows.md §3.6, CMN-37).

use std::collections::BTreeMap;

use amazon::Order;
use chrono::{DateTime, Utc};
use domain::Money;
use netsuite::RecordId;
use rust_decimal::Decimal;
use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::seen::KnownRecord;
use crate::local::Sent;

/// What was written for an order: the record as it was made, and as it was left by the last change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Written {
    /// The step that made it or linked it: what a person has done once more when the record is gone.
    #[serde(skip)]
    pub name: String,
    /// The promised total and its tolerance; nothing where NetSuite computes the tax itself.
    pub total: Option<(Money, Decimal)>,
    /// Whether NetSuite's total agreed when it was read back.
    pub confirmed: bool,
    /// As it was made.
    pub made: Content,
    /// As it was left: without the lines that were taken back.
    pub last: Content,
    /// NetSuite's id of the record.
    pub record: Option<RecordId>,
    /// Whether it is a record that a person had made, so that nothing was written (CMN-13).
    pub adopted: bool,
    /// When it was made or linked.
    pub at: Option<DateTime<Utc>>,
    /// The order as Amazon had it then, without buyer data. It is kept with the decision that wrote it.
    #[serde(skip)]
    pub amazon: Option<Order>,
}

/// What a body says, without buyer data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Content {
    /// The lines in order.
    pub lines: Vec<WrittenLine>,
    /// SHA-256 of the address: enough to see that it changed. Nothing when none was sent or its key was destroyed.
    pub address: Option<String>,
    /// Shipping in the header.
    pub shipping: Option<Decimal>,
    /// The product's own fields, `custbody_azn_…`.
    pub fields: BTreeMap<String, Value>,
}

/// One line of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WrittenLine {
    /// NetSuite's id of the item.
    pub item: String,
    /// Units; discounts have none.
    pub quantity: Option<Decimal>,
    /// The exact amount.
    pub amount: Decimal,
}

impl Written {
    /// What was sent: the record as made, and its last change over it.
    pub fn of(sent: &Sent) -> Self {
        let made = Content::of(&sent.create);
        let mut last = made.clone();
        let changes = items(&sent.change);
        for (line, change) in last.lines.iter_mut().zip(changes) {
            line.quantity = decimal(&change["quantity"]).or(line.quantity);
            line.amount = decimal(&change["amount"]).unwrap_or(line.amount);
        }
        let mut taken_back = changes.iter().map(is_taken_back);
        last.lines.retain(|_| !taken_back.next().unwrap_or(false));
        last.address = address(&sent.change).or(last.address);
        if sent.change.get("shippingCost").is_some() {
            last.shipping = shipping(&sent.change);
        }
        last.fields.extend(fields(&sent.change));
        Self {
            name: sent.name.clone(),
            total: sent.total,
            confirmed: sent.confirmed,
            made,
            last,
            record: sent.record.clone(),
            adopted: sent.adopted,
            at: sent.at,
            amazon: sent.amazon.clone(),
        }
    }

    /// Whether it tells of this record, and the record was made here.
    pub fn is_of(&self, record: &KnownRecord) -> bool {
        !self.adopted && self.record.as_ref().is_none_or(|id| *id == record.id)
    }

    /// Whether this record was linked already, as a person had made it.
    pub fn is_linked_to(&self, record: &KnownRecord) -> bool {
        self.adopted && self.record.as_ref() == Some(&record.id)
    }
}

/// A line of a change that leaves nothing of the line.
fn is_taken_back(change: &Value) -> bool {
    let nothing = decimal(&change["amount"]).is_some_and(|amount| amount.is_zero());
    change["isClosed"] == true || (change["quantity"].is_null() && nothing)
}

impl Content {
    /// What a body says.
    pub fn of(body: &Value) -> Self {
        let line = |line: &Value| WrittenLine {
            item: line["item"]["id"].as_str().unwrap_or_default().to_owned(),
            quantity: decimal(&line["quantity"]),
            amount: decimal(&line["amount"]).unwrap_or_default(),
        };
        Self {
            lines: items(body).iter().map(line).collect(),
            address: address(body),
            shipping: shipping(body),
            fields: fields(body),
        }
    }
}

fn items(body: &Value) -> &[Value] {
    body["item"]["items"].as_array().map_or(&[], Vec::as_slice)
}

fn shipping(body: &Value) -> Option<Decimal> {
    decimal(&body["shippingCost"]).filter(|cost| !cost.is_zero())
}

fn decimal(value: &Value) -> Option<Decimal> {
    value.as_number()?.to_string().parse().ok()
}

/// A masked address is none: its key was destroyed. Neither is one without a street: Amazon keeps it to itself then.
fn address(body: &Value) -> Option<String> {
    let address = body.get("shippingAddress")?.as_object()?;
    address.get("addr1")?;
    let digest = Sha256::digest(Value::Object(address.clone()).to_string().as_bytes());
    Some(
        digest
            .iter()
            .fold(String::new(), |text, byte| text + format!("{byte:02x}").as_str()),
    )
}

fn fields(body: &Value) -> BTreeMap<String, Value> {
    let own = |(name, _): &(&String, &Value)| name.starts_with("custbody_azn_");
    let all = body.as_object().into_iter().flatten().filter(own);
    all.map(|(name, value)| (name.clone(), value.clone())).collect()
}
