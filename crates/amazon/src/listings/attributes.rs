//! Changes of attributes, and the values of those that stock lives in.
//!
//! Only whole attributes can be changed, by their name at the top. So whoever changes one number reads what stands there,
//! changes the number and sends all of it back; what is left out is lost (amazon-sp-api.md §9).

use chrono::NaiveDate;
use domain::money::Money;
use domain::stock::Channel;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Number, Value, json};

use super::item::channel_of;

/// The attribute with the quantities of the seller's own stock.
pub const FULFILLMENT_AVAILABILITY: &str = "fulfillment_availability";
/// The attribute with all prices but the list price.
pub const PURCHASABLE_OFFER: &str = "purchasable_offer";
/// The attribute with the list price (MSRP).
pub const LIST_PRICE: &str = "list_price";

/// One change of a listing, as a JSON Patch operation of Amazon's kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Operation {
    op: Op,
    path: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    value: Vec<Value>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Op {
    Replace,
    Merge,
    Delete,
}

impl Operation {
    /// Puts these values in the place of all that the attribute has.
    pub fn replace(attribute: &str, value: Vec<Value>) -> Self {
        Self::new(Op::Replace, attribute, value)
    }

    /// Changes the entries of these selectors and leaves the others.
    pub fn merge(attribute: &str, value: Vec<Value>) -> Self {
        Self::new(Op::Merge, attribute, value)
    }

    /// Takes the attribute's entries of these selectors away; all of them where no value is given.
    pub fn delete(attribute: &str, value: Vec<Value>) -> Self {
        Self::new(Op::Delete, attribute, value)
    }

    fn new(op: Op, attribute: &str, value: Vec<Value>) -> Self {
        Self {
            op,
            path: format!("/attributes/{attribute}"),
            value,
        }
    }

    /// The attribute that it changes.
    pub fn attribute(&self) -> &str {
        self.path.trim_start_matches("/attributes/")
    }

    /// The values that it gives.
    pub fn value(&self) -> &[Value] {
        &self.value
    }
}

/// How many are for sale of the seller's own stock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quantity {
    /// Units of the SKU.
    pub quantity: u32,
    /// Handling time in days; nothing leaves what Amazon has (INV-04).
    pub lead_time_days: Option<u32>,
    /// When goods come back; nothing leaves what Amazon has.
    pub restock: Option<NaiveDate>,
}

/// A quantity would go to an offer that the seller does not ship (INV-01, `CHANNEL_GUARD`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Guarded {
    /// Amazon ships it; a quantity would turn the offer into one that the seller ships.
    AmazonShips,
    /// Nobody knows who ships it.
    NobodyKnows,
}

impl Quantity {
    /// The change of `fulfillment_availability` for an offer that the seller ships.
    ///
    /// `present` are the attribute's values, where they were read: the entry is sent back with all that it holds, as a
    /// `merge` where there are several. Where they were not read, a `merge` changes only what is said here.
    pub fn change(&self, channel: Channel, present: Option<&[Value]>) -> Result<Operation, Guarded> {
        let codes = present.unwrap_or_default().iter().filter_map(code);
        if channel == Channel::Amazon || channel_of(codes) == Channel::Amazon {
            return Err(Guarded::AmazonShips);
        }
        if channel != Channel::Merchant {
            return Err(Guarded::NobodyKnows);
        }
        let own = |entry: &&Value| code(entry) == Some("DEFAULT");
        let mut entry = match present.unwrap_or_default().iter().find(own) {
            Some(Value::Object(known)) => known.clone(),
            _ => Map::new(),
        };
        self.write(&mut entry);
        let entry = vec![Value::Object(entry)];
        Ok(match present {
            Some(entries) if entries.len() <= 1 => Operation::replace(FULFILLMENT_AVAILABILITY, entry),
            _ => Operation::merge(FULFILLMENT_AVAILABILITY, entry),
        })
    }

    /// The attribute's values for a listing that is being made.
    pub fn values(&self) -> Vec<Value> {
        let mut entry = Map::new();
        self.write(&mut entry);
        vec![Value::Object(entry)]
    }

    fn write(&self, entry: &mut Map<String, Value>) {
        entry.insert("fulfillment_channel_code".to_owned(), "DEFAULT".into());
        entry.insert("quantity".to_owned(), self.quantity.into());
        if let Some(days) = self.lead_time_days {
            entry.insert("lead_time_to_ship_max_days".to_owned(), days.into());
        }
        if let Some(day) = self.restock {
            entry.insert("restock_date".to_owned(), day.format("%Y-%m-%d").to_string().into());
        }
    }
}

fn code(entry: &Value) -> Option<&str> {
    entry.get("fulfillment_channel_code")?.as_str()
}

/// The values of `list_price` with this list price in a marketplace; those of other marketplaces stay.
///
/// Where buyers see prices with tax the number stands in `value_with_tax`, elsewhere in `value`; an entry that is there
/// keeps its own name for it.
pub fn list_price(present: &[Value], marketplace_id: &str, price: Money) -> Vec<Value> {
    let mut values = present.to_vec();
    let entry = values.iter_mut().find(|entry| is_of(entry, marketplace_id));
    if let Some(Value::Object(entry)) = entry {
        let name = if entry.contains_key("value") {
            "value"
        } else {
            "value_with_tax"
        };
        entry.insert(name.to_owned(), number(price.amount));
        entry.insert("currency".to_owned(), price.currency.code().into());
        return values;
    }
    let exclusive = domain::marketplaces::by_id(marketplace_id)
        .is_some_and(|market| market.price_basis == domain::marketplaces::PriceBasis::TaxExclusive);
    let name = if exclusive { "value" } else { "value_with_tax" };
    let currency = price.currency.code();
    values.push(json!({ "currency": currency, name: number(price.amount), "marketplace_id": marketplace_id }));
    values
}

/// Whether an entry is of this marketplace; one that names none is, since a listing is read for one marketplace.
pub(super) fn is_of(entry: &Value, marketplace_id: &str) -> bool {
    let named = entry.get("marketplace_id").and_then(Value::as_str);
    named.is_none_or(|named| named == marketplace_id)
}

/// A decimal as a JSON number with exactly its digits.
pub(super) fn number(decimal: Decimal) -> Value {
    decimal.to_string().parse::<Number>().map_or(Value::Null, Value::Number)
}

/// A number of Amazon's as a decimal with exactly its digits.
pub(super) fn decimal(value: &Value) -> Option<Decimal> {
    let text = match value {
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.trim().to_owned(),
        _ => return None,
    };
    text.parse().ok().or_else(|| Decimal::from_scientific(&text).ok())
}
