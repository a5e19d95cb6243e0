//! What people do with items in NetSuite's pages: prices, stock, kits, items that come and go.

use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use wire::Method;

use super::kind::Kind;
use super::people::{Done, made};
use super::record::{Fields as _, number};
use super::store::Record;
use super::{Account, movement};

/// Somebody sets a price.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NewPrice {
    /// Name of the item.
    pub item: String,
    /// Name of the price level. Default: the base price.
    pub level: Option<String>,
    /// ISO code. Default: the company's own currency.
    pub currency: Option<String>,
    /// The quantity from which it holds. Default: the first break.
    pub quantity: Option<Decimal>,
    /// The price; none takes it away.
    pub price: Option<Decimal>,
}

/// Somebody receives goods or counts them.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Counted {
    /// Name of the item.
    pub item: String,
    /// Name or internal id of the location. Default: the first.
    pub location: Option<String>,
    /// Units that come in; below nought: that are gone.
    pub received: Option<Decimal>,
    /// Units that are there.
    pub counted: Option<Decimal>,
}

/// Somebody says what a kit is made of.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Members {
    /// Name of the kit.
    pub kit: String,
    /// Names of the members with their quantities; all of them.
    pub members: Vec<(String, Decimal)>,
}

/// Somebody makes an item.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NewItem {
    /// Its name.
    pub item: String,
    /// Record type. Default: `inventoryItem`.
    pub kind: Option<String>,
    /// Its title. Default: its name.
    pub title: Option<String>,
    /// The number on the box.
    pub upc: Option<String>,
    /// Base price in the company's own currency.
    pub base_price: Option<Decimal>,
    /// Members, if it is a kit.
    pub members: Vec<(String, Decimal)>,
    /// Other fields by their names in REST, custom ones among them.
    pub fields: Map<String, Value>,
}

/// What a role may not be allowed to see: stock and prices.
const CLOSABLE: [&str; 4] = [
    "aggregateitemlocation",
    "inventoryitemlocations",
    "itemprice",
    "pricing",
];

impl Account {
    /// Takes the right to see a table away, or gives it back. Without it a query is answered with no rows and no error
    /// (netsuite.md §6).
    pub fn set_hidden(&self, table: &str, hidden: bool) -> Done<()> {
        let table = CLOSABLE.iter().find(|known| **known == table);
        let table = table.ok_or_else(|| format!("one of {} can be hidden", CLOSABLE.join(", ")))?;
        // An empty table of the same name stands before the real one.
        let gone = format!("DROP TABLE IF EXISTS temp.{table};");
        let empty = format!("CREATE TEMP TABLE {table} AS SELECT * FROM main.{table} WHERE 0;");
        let sql = if hidden { gone + &empty } else { gone };
        let done = self.state().store.connection.execute_batch(&sql);
        done.map_err(|error| error.to_string())
    }

    /// Sets or takes away a price of an item at a level.
    pub fn set_price(&self, act: &NewPrice) -> Done<()> {
        let item = self.item(&act.item)?;
        let level = match &act.level {
            Some(name) => self.found("SELECT id FROM pricelevel WHERE name = ?1", name)?,
            None => 1,
        };
        let currency = match &act.currency {
            Some(code) => self.found("SELECT id FROM currency WHERE symbol = ?1", code)?,
            None => self.found("SELECT id FROM currency WHERE isbasecurrency = ?1", "T")?,
        };
        let from = act.quantity.unwrap_or_default();
        let about = |line: &Map<String, Value>| {
            line.id_of("priceLevel") == Some(level)
                && line.id_of("currencyPage") == Some(currency)
                && line.get("quantity").map(|quantity| &quantity["value"]) == Some(&json!(from.normalize().to_string()))
        };
        let mut lines = item.lines("price");
        lines.retain(|line| !about(line));
        if let Some(price) = act.price {
            let line = json!({
                "priceLevel": { "id": level.to_string() }, "currencyPage": { "id": currency.to_string() },
                "quantity": { "value": from.normalize().to_string() }, "price": number(price),
            });
            lines.extend(line.as_object().cloned());
        }
        let mut body = json!({ "price": { "items": lines } });
        if level == 1 && act.currency.is_none() && from.is_zero() {
            body["basePrice"] = act.price.map_or(Value::Null, number);
        }
        self.patched(&item, "?replace=price", &body)
    }

    /// Books goods in, or what a count found.
    pub fn count_stock(&self, act: &Counted) -> Done<()> {
        let item = self.item(&act.item)?;
        if !matches!(item.kind, Kind::InventoryItem | Kind::AssemblyItem) {
            return Err(format!("{} has no stock of its own", act.item));
        }
        let location = match &act.location {
            Some(name) => self.found("SELECT id FROM location WHERE name = ?1 OR CAST(id AS TEXT) = ?1", name)?,
            None => 1,
        };
        let mut state = self.state();
        state.store.now = self.now();
        let store = &state.store;
        let booked = store.change(|| {
            let there = movement::on_hand(store, item.id, location)?;
            let moved = match (act.received, act.counted) {
                (Some(units), None) => units,
                (_, Some(units)) => units - there,
                (None, None) => Decimal::ZERO,
            };
            // The document itself is no record of this company.
            movement::take(store, store.next_id()?, item.id, location, moved)?;
            Ok(((), true))
        });
        booked.map_err(|refused| format!("{refused:?}"))
    }

    /// Says what a kit is made of.
    pub fn set_members(&self, act: &Members) -> Done<()> {
        let kit = self.item(&act.kit)?;
        let body = json!({ "member": { "items": self.members(&act.members)? } });
        self.patched(&kit, "?replace=member", &body)
    }

    /// Takes an item out of use, or back.
    pub fn set_inactive(&self, item: &str, inactive: bool) -> Done<()> {
        let item = self.item(item)?;
        self.patched(&item, "", &json!({ "isInactive": inactive }))
    }

    /// Makes an item; its internal id.
    pub fn make_item(&self, act: &NewItem) -> Done {
        let kind = act.kind.as_deref().unwrap_or("inventoryItem");
        let income = self.found(
            "SELECT id FROM account WHERE accttype = ?1 ORDER BY id LIMIT 1",
            "Income",
        )?;
        let mut body = json!({
            "itemId": act.item, "displayName": act.title.as_deref().unwrap_or(&act.item),
            "incomeAccount": { "id": income.to_string() },
        });
        if let Some(upc) = &act.upc {
            body["upcCode"] = json!(upc);
        }
        if let Some(price) = act.base_price {
            body["basePrice"] = number(price);
        }
        if !act.members.is_empty() {
            body["member"] = json!({ "items": self.members(&act.members)? });
        }
        for (name, value) in &act.fields {
            body[name.as_str()] = value.clone();
        }
        made(&self.edit(Method::Post, kind, &body))
    }

    fn members(&self, named: &[(String, Decimal)]) -> Done<Vec<Value>> {
        let each = named.iter().map(|(name, quantity)| {
            let id = self.item(name)?.id;
            Ok(json!({ "item": { "id": id.to_string() }, "quantity": number(*quantity) }))
        });
        each.collect()
    }

    fn item(&self, name: &str) -> Done<Record> {
        let id = self.found("SELECT id FROM item WHERE itemid = ?1", name)?;
        let loaded = self.state().store.need("item", id);
        loaded.map_err(|_| format!("there is no item {name}"))
    }

    fn patched(&self, item: &Record, parameters: &str, body: &Value) -> Done<()> {
        let path = format!("{}/{}{parameters}", item.kind.name(), item.id);
        made(&self.edit(Method::Patch, &path, body)).map(drop)
    }
}
