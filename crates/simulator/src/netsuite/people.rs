//! What people do in NetSuite's pages: ship, bill and enter orders, switch features, close months.
//!
//! Each act goes through the same business rules as a request, without sign-in, slot or waiting.

use rusqlite::OptionalExtension as _;
use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use wire::{Method, Response};

use super::kind::Kind;
use super::record::Fields as _;
use super::store::{Record, Store};
use super::{Account, transform};

/// Why a person could not do it, in NetSuite's words.
pub type Done<T = String> = Result<T, String>;

/// Somebody ships an order.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Shipping {
    /// The order: internal id, document number, PO number or external id.
    pub order: String,
    /// Item name and units. Empty: all that is open.
    pub lines: Vec<(String, Decimal)>,
    /// Parcels.
    pub packages: Vec<Package>,
    /// `A` picked, `B` packed, `C` shipped. Default: shipped.
    pub status: Option<String>,
    /// Business date, `YYYY-MM-DD`. Default: today.
    pub date: Option<String>,
    /// Internal id of the location. Default: the order's, or the first.
    pub location: Option<i64>,
    /// Name of the shipping method, other than the order's.
    pub ship_method: Option<String>,
    /// Memo.
    pub memo: Option<String>,
    /// `Ups`, `Fedex` or `Usps`: the parcels come from an integrated carrier, whose fields have names of their own.
    pub integrated: Option<String>,
}

/// A parcel as it was packed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Package {
    /// Tracking number.
    pub tracking: Option<String>,
    /// Weight in the company's unit.
    pub weight: Option<Decimal>,
    /// What stands on the box.
    pub description: Option<String>,
}

/// Somebody bills an order.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Billing {
    /// The order, named as in [`Shipping`].
    pub order: String,
    /// Item name and units. Empty: all that can be billed.
    pub lines: Vec<(String, Decimal)>,
    /// Business date. Default: today.
    pub date: Option<String>,
    /// Memo.
    pub memo: Option<String>,
}

/// Somebody enters an order by hand.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Entry {
    /// What is written into the PO number, such as the Amazon order number.
    pub number: Option<String>,
    /// Name of the customer.
    pub customer: String,
    /// Products.
    pub lines: Vec<EntryLine>,
    /// Business date. Default: today.
    pub date: Option<String>,
    /// Memo.
    pub memo: Option<String>,
    /// `A` pending approval or `B` pending fulfilment. Default: `B`.
    pub status: Option<String>,
}

/// A line of it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct EntryLine {
    /// Name of the item.
    pub item: String,
    /// Units. Default: 1.
    pub quantity: Option<Decimal>,
    /// The line's amount in the customer's currency. Default: the item's price.
    pub amount: Option<Decimal>,
}

impl Account {
    /// Somebody ships an order; the fulfilment's internal id.
    pub fn ship(&self, act: &Shipping) -> Done {
        let order = self.order(&act.order)?;
        let location = act.location.or_else(|| order.id_of("location")).unwrap_or(1);
        let mut body = Map::new();
        body.insert("inventoryLocation".into(), json!({ "id": location.to_string() }));
        body.insert(
            "shipStatus".into(),
            json!({ "id": act.status.as_deref().unwrap_or("C") }),
        );
        if let Some(date) = &act.date {
            body.insert("tranDate".into(), json!(date));
            body.insert("shippedDate".into(), json!(date));
        }
        if let Some(memo) = &act.memo {
            body.insert("memo".into(), json!(memo));
        }
        if let Some(name) = &act.ship_method {
            let id = self.found("SELECT id FROM shipitem WHERE itemid = ?1", name)?;
            body.insert("shipMethod".into(), json!({ "id": id.to_string() }));
        }
        if !act.lines.is_empty() {
            let skip = json!({ "itemReceive": false });
            let lines = self.chosen(&order, &act.lines, &skip)?;
            body.insert("item".into(), json!({ "items": lines }));
        }
        let carrier = act.integrated.as_deref().unwrap_or_default();
        let parcels: Vec<Value> = act.packages.iter().map(|parcel| parcel.body(carrier)).collect();
        if !parcels.is_empty() {
            body.insert(format!("package{carrier}"), json!({ "items": parcels }));
        }
        self.transformed(&order, Kind::ItemFulfillment, body)
    }

    /// Somebody bills an order, as an invoice or a cash sale as the order's form says; the bill's internal id.
    pub fn bill(&self, act: &Billing) -> Done {
        let order = self.order(&act.order)?;
        let kind = if transform::bills_as_cash(&order) {
            Kind::CashSale
        } else {
            Kind::Invoice
        };
        let mut body = Map::new();
        for (field, text) in [("tranDate", &act.date), ("memo", &act.memo)] {
            if let Some(text) = text {
                body.insert(field.into(), json!(text));
            }
        }
        if !act.lines.is_empty() {
            let lines = self.chosen(&order, &act.lines, &json!({ "quantity": 0 }))?;
            body.insert("item".into(), json!({ "items": lines }));
        }
        self.transformed(&order, kind, body)
    }

    /// Somebody enters an order; its internal id.
    pub fn enter(&self, act: &Entry) -> Done {
        let customer = self.found("SELECT id FROM customer WHERE entityid = ?1", &act.customer)?;
        let mut lines = Vec::new();
        for line in &act.lines {
            let item = self.found("SELECT id FROM item WHERE itemid = ?1", &line.item)?;
            let mut body = json!({ "item": { "id": item.to_string() } });
            body["quantity"] = super::record::number(line.quantity.unwrap_or(Decimal::ONE));
            if let Some(amount) = line.amount {
                body["amount"] = super::record::number(amount);
            }
            lines.push(body);
        }
        let mut body = json!({
            "entity": { "id": customer.to_string() }, "orderStatus": { "id": act.status.as_deref().unwrap_or("B") },
            "item": { "items": lines },
        });
        for (field, text) in [
            ("otherRefNum", &act.number),
            ("tranDate", &act.date),
            ("memo", &act.memo),
        ] {
            if let Some(text) = text {
                body[field] = json!(text);
            }
        }
        made(&self.edit(Method::Post, "salesOrder", &body))
    }

    /// Somebody closes an order: nothing more of it will be shipped or billed.
    pub fn close(&self, order: &str) -> Done<()> {
        let order = self.order(order)?;
        let lines: Vec<Value> = order
            .lines("item")
            .iter()
            .map(|line| json!({ "line": line["line"], "isClosed": true }))
            .collect();
        let body = json!({ "item": { "items": lines } });
        let answer = self.edit(Method::Patch, &format!("salesOrder/{}", order.id), &body);
        made(&answer).map(drop)
    }

    /// Closes or opens the month of a day.
    pub fn close_month(&self, day: &str, closed: bool) -> Done<()> {
        let month = "SELECT id FROM accountingperiod WHERE startdate <= char(1) || ?1 || ' 00:00:00' \
                     AND enddate >= char(1) || ?1 || ' 00:00:00'";
        let id = self.found(month, day)?;
        let body = json!({ "closed": closed, "arLocked": closed, "allLocked": closed });
        let answer = self.edit(Method::Patch, &format!("accountingPeriod/{id}"), &body);
        made(&answer).map(drop)
    }

    /// Gives a customer a standing discount, which NetSuite takes off every new order by itself (flows.md O24).
    pub fn set_standing_discount(&self, customer: &str, item: &str, percent: Decimal) -> Done<()> {
        let customer = self.found("SELECT id FROM customer WHERE entityid = ?1", customer)?;
        let item = self.found("SELECT id FROM item WHERE itemid = ?1", item)?;
        let store = &self.state().store;
        let mut record = store
            .need("entity", customer)
            .map_err(|_| format!("there is no customer {customer}"))?;
        record.put("$discountItem", super::record::reference(item));
        record.put("$discountPercent", super::record::number(percent));
        store.save(&record).map_err(|refused| format!("{refused:?}"))
    }

    /// Switches a feature of the company on or off: `ADVANCEDSHIPPING`, `SUITETAX`, `SUBSIDIARIES`, `MULTICURRENCY` …
    pub fn set_feature(&self, name: &str, on: bool) -> Done<()> {
        let store = &mut self.state().store;
        store.features.retain(|known| known != name);
        if on {
            store.features.push(name.to_owned());
        }
        store
            .set(&format!("feature:{name}"), if on { "T" } else { "F" })
            .map_err(|refused| format!("{refused:?}"))
    }

    fn order(&self, name: &str) -> Done<Record> {
        let state = self.state();
        let store = &state.store;
        let sql = "SELECT id FROM \"transaction\" WHERE type = 'SalesOrd' AND (CAST(id AS TEXT) = ?1 OR tranid = ?1 \
                   OR otherrefnum = ?1 OR externalid = ?1 OR externalid LIKE '%' || ?1) ORDER BY id LIMIT 1";
        let id = one(store, sql, name)?.ok_or_else(|| format!("there is no sales order {name}"))?;
        store
            .need("transaction", id)
            .map_err(|_| format!("there is no sales order {name}"))
    }

    pub(super) fn found(&self, sql: &str, name: &str) -> Done<i64> {
        one(&self.state().store, sql, name)?.ok_or_else(|| format!("there is nothing by the name {name}"))
    }

    /// The lines of the order that are named, with their quantities; `skip` on all others.
    fn chosen(&self, order: &Record, wanted: &[(String, Decimal)], skip: &Value) -> Done<Vec<Value>> {
        let mut left: Vec<(i64, Decimal)> = Vec::new();
        for (name, units) in wanted {
            left.push((self.found("SELECT id FROM item WHERE itemid = ?1", name)?, *units));
        }
        let mut lines = Vec::new();
        for line in order.lines("item") {
            let place = left.iter().position(|(item, _)| line.id_of("item") == Some(*item));
            let mut row = skip.clone();
            if let Some(place) = place {
                row = json!({ "quantity": super::record::number(left.remove(place).1) });
            }
            row["orderLine"] = line["line"].clone();
            lines.push(row);
        }
        match left.first() {
            Some((item, _)) => Err(format!("the order has no line with the item {item}")),
            None => Ok(lines),
        }
    }

    fn transformed(&self, order: &Record, to: Kind, body: Map<String, Value>) -> Done {
        let path = format!("salesOrder/{}/!transform/{}", order.id, to.name());
        made(&self.edit(Method::Post, &path, &Value::Object(body)))
    }
}

/// Features that people switched since the company was made.
pub(super) fn switched(store: &mut Store) -> super::envelope::Outcome<()> {
    for (name, value) in store.settings("feature:")? {
        store.features.retain(|known| *known != name);
        if value == "T" {
            store.features.push(name);
        }
    }
    Ok(())
}

impl Package {
    fn body(&self, carrier: &str) -> Value {
        let mut body = Map::new();
        let name = |field: &str| format!("{field}{carrier}");
        if let Some(tracking) = &self.tracking {
            body.insert(name("packageTrackingNumber"), json!(tracking));
        }
        if let Some(description) = &self.description {
            body.insert(name("packageDescr"), json!(description));
        }
        let weight = self.weight.unwrap_or(Decimal::ONE);
        body.insert(name("packageWeight"), super::record::number(weight));
        Value::Object(body)
    }
}

fn one(store: &Store, sql: &str, name: &str) -> Done<Option<i64>> {
    store
        .connection
        .query_row(sql, [name], |row| row.get(0))
        .optional()
        .map_err(|error| error.to_string())
}

/// The id at the end of the location, or what NetSuite said.
pub(super) fn made(answer: &Response) -> Done {
    if answer.status >= 300 {
        return Err(String::from_utf8_lossy(&answer.body).into_owned());
    }
    let location = answer.header("location").unwrap_or_default();
    Ok(location.rsplit('/').next().unwrap_or_default().to_owned())
}
