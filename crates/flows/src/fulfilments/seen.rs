//! What the fulfilment flows look at: one Amazon order, what NetSuite shipped for it, and what Amazon was told.

use std::collections::BTreeMap;

use amazon::Order;
use amazon::orders::{Item, OrderStatus, Package, PackageStatus};
use netsuite::queries::{Member, OrderLine};
use netsuite::{RecordId, Shipped};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::local::{Sent, Told};

/// An order with everything that its decision needs.
#[derive(Debug, Clone, Serialize)]
pub struct Shipping {
    /// Amazon's side, as it was last read. Buyer data masks itself.
    pub order: Order,
    /// The sales orders that carry its number.
    pub documents: Vec<Document>,
    /// Their item fulfilments, by ascending id.
    pub shipped: Vec<Shipped>,
    /// Components of the kits among their items.
    pub members: Vec<Member>,
    /// What Amazon was told about it.
    pub told: Vec<Told>,
    /// How far the feeds are that told it, by their ids.
    pub feeds: BTreeMap<String, Fate>,
    /// Whether Amazon was told something after its side was last read: nothing counts as lost before it is read again.
    pub unread: bool,
}

/// A sales order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Document {
    /// NetSuite's id.
    pub id: RecordId,
    /// The number that people see.
    pub number: String,
    /// The status letter (netsuite.md §5).
    pub status: String,
    /// Its lines.
    pub lines: Vec<OrderLine>,
    /// The lines as this computer wrote them, in order; none of an order that somebody entered.
    pub written: Vec<WrittenLine>,
}

/// A line of a sales order as it was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WrittenLine {
    /// NetSuite's id of the item.
    pub item: RecordId,
    /// Units; discounts have none.
    pub quantity: Option<Decimal>,
    /// The order item that it is, where the product's own fields say so.
    pub order_item: Option<String>,
}

impl WrittenLine {
    /// The lines of what was sent, with the units of the last change.
    pub fn all(sent: &Sent) -> Vec<Self> {
        let changes = sent.change["item"]["items"].as_array();
        let quantity = |line: &serde_json::Value| line["quantity"].as_number()?.to_string().parse().ok();
        let line = |(index, line): (usize, &serde_json::Value)| Self {
            item: RecordId(line["item"]["id"].as_str().unwrap_or_default().to_owned()),
            quantity: changes
                .and_then(|all| quantity(all.get(index)?))
                .or_else(|| quantity(line)),
            order_item: line["custcol_azn_order_item_id"].as_str().map(str::to_owned),
        };
        let made = sent.create["item"]["items"].as_array().into_iter().flatten();
        made.enumerate().map(line).collect()
    }
}

/// Units that Amazon expects in all: ordered less cancelled, and of a cancelled order only what had left.
pub fn expected(item: &Item) -> u32 {
    let counted = item.quantity_fulfilled + item.quantity_unfulfilled;
    if counted == 0 && item.cancelled_by.is_none() {
        item.quantity
    } else {
        counted.min(item.quantity)
    }
}

/// How far a feed is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// Amazon is still working on it.
    Working,
    /// All of it was taken.
    Taken,
    /// It was not, in Amazon's words.
    Refused(String),
    /// Amazon does not know it any more: results live for four weeks.
    Forgotten,
}

impl Shipping {
    /// Fulfilments whose goods have left (FUL-01: *Shipped*, never *Packed*).
    pub fn left(&self) -> impl Iterator<Item = &Shipped> {
        self.shipped.iter().filter(|one| one.has_left())
    }

    /// What Amazon was told under this name.
    pub fn told(&self, name: &str) -> Option<&Told> {
        self.told.iter().find(|told| told.name == name)
    }

    /// Items that are still ordered.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.order.items.iter().filter(|item| item.quantity > 0)
    }

    /// Items that are not ordered any more.
    pub fn cancelled(&self) -> impl Iterator<Item = &Item> {
        self.order.items.iter().filter(|item| item.quantity == 0)
    }

    /// Whether everything has left, by Amazon's count.
    pub fn all_shipped(&self) -> bool {
        let mut wanted = self.items().filter(|item| expected(item) > 0).peekable();
        let any = wanted.peek().is_some();
        let counted = wanted.all(|item| item.quantity_fulfilled >= expected(item));
        self.order.status == OrderStatus::Shipped || (counted && any)
    }

    /// Parcels that Amazon has of the order.
    pub fn parcels(&self) -> impl Iterator<Item = &Package> {
        let gone = |package: &&Package| package.status != Some(PackageStatus::Cancelled);
        self.order.packages.iter().filter(gone)
    }
}
