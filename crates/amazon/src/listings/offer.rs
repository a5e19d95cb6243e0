//! The values of `purchasable_offer`: standard price, sale, floor and ceiling for everybody, price and tiers for businesses.
//!
//! One entry for each marketplace and audience. A change touches the numbers that it is about and leaves everything else
//! of the offer where it is: sales and quantity discounts that somebody made at Amazon, entries of other marketplaces and
//! audiences, fields that Amazon added since.

use domain::Money;
use domain::price::{Business, Price, Sale};
use serde_json::{Map, Value, json};

use super::attributes::{LIST_PRICE, Operation, PURCHASABLE_OFFER, decimal, is_of, list_price, number};

/// What becomes of one part of an offer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Set<T> {
    /// It stays as Amazon has it.
    Keep,
    /// It becomes this.
    To(T),
    /// It is taken away.
    Remove,
}

/// What becomes of an offer's parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changes {
    /// The standard price. An offer cannot be without.
    pub regular: Set<Money>,
    /// The sale.
    pub sale: Set<Sale>,
    /// The floor.
    pub minimum: Set<Money>,
    /// The ceiling.
    pub maximum: Set<Money>,
    /// The business price with its tiers.
    pub business: Set<Business>,
    /// The list price, which is an attribute of its own.
    pub list: Set<Money>,
}

impl Changes {
    /// What changes from the price that Amazon accepted last to this one. What was never ours is never taken away.
    pub fn between(accepted: Option<&Price>, price: &Price) -> Self {
        Self {
            regular: Set::To(price.regular),
            sale: part(
                accepted.and_then(|accepted| accepted.sale.as_ref()),
                price.sale.as_ref(),
            ),
            minimum: part(
                accepted.and_then(|accepted| accepted.minimum.as_ref()),
                price.minimum.as_ref(),
            ),
            maximum: part(
                accepted.and_then(|accepted| accepted.maximum.as_ref()),
                price.maximum.as_ref(),
            ),
            business: part(
                accepted.and_then(|accepted| accepted.business.as_ref()),
                price.business.as_ref(),
            ),
            list: part(
                accepted.and_then(|accepted| accepted.list.as_ref()),
                price.list.as_ref(),
            ),
        }
    }

    /// The operations that make these changes: one for the offer, one for the list price where it changes. `offer` and
    /// `list` are what the two attributes hold now.
    pub fn operations(&self, offer: &[Value], list: &[Value], marketplace_id: &str) -> Vec<Operation> {
        let values = self.offer(offer, marketplace_id);
        let mut operations = Vec::new();
        if values != offer {
            operations.push(Operation::replace(PURCHASABLE_OFFER, values));
        }
        match &self.list {
            Set::Keep => {}
            Set::To(price) => {
                operations.push(Operation::replace(LIST_PRICE, list_price(list, marketplace_id, *price)));
            }
            Set::Remove => {
                let gone = list
                    .iter()
                    .filter(|entry| is_of(entry, marketplace_id))
                    .cloned()
                    .collect();
                operations.push(Operation::delete(LIST_PRICE, gone));
            }
        }
        operations
    }

    /// The values of `purchasable_offer` after these changes.
    pub fn offer(&self, present: &[Value], marketplace_id: &str) -> Vec<Value> {
        let mut values = present.to_vec();
        if let Some(currency) = self.currency() {
            let entry = entry(&mut values, marketplace_id, "ALL", currency.code());
            set(entry, "our_price", &self.regular, |price, now| with_price(now, *price));
            set(entry, "discounted_price", &self.sale, |sale, _| sale_value(sale));
            set(entry, "minimum_seller_allowed_price", &self.minimum, |price, now| {
                with_price(now, *price)
            });
            set(entry, "maximum_seller_allowed_price", &self.maximum, |price, now| {
                with_price(now, *price)
            });
        }
        match &self.business {
            Set::Keep => {}
            Set::Remove => values.retain(|entry| !(is_of(entry, marketplace_id) && audience(entry) == "B2B")),
            Set::To(business) => {
                let entry = entry(&mut values, marketplace_id, "B2B", business.price.currency.code());
                let now = entry.get("our_price").cloned();
                entry.insert("our_price".to_owned(), with_price(now, business.price));
                if business.tiers.is_empty() {
                    entry.remove("quantity_discount_plan");
                } else {
                    entry.insert("quantity_discount_plan".to_owned(), tiers_value(business));
                }
            }
        }
        values
    }

    /// The currency of the entry for everybody, if anything in it changes.
    fn currency(&self) -> Option<domain::Currency> {
        let money = |part: &Set<Money>| match part {
            Set::To(money) => Some(money.currency),
            Set::Keep | Set::Remove => None,
        };
        let sale = match &self.sale {
            Set::To(sale) => Some(sale.price.currency),
            Set::Keep | Set::Remove => None,
        };
        money(&self.regular)
            .or(sale)
            .or(money(&self.minimum))
            .or(money(&self.maximum))
    }
}

fn part<T: Clone + PartialEq>(accepted: Option<&T>, now: Option<&T>) -> Set<T> {
    match (accepted, now) {
        (None, None) => Set::Keep,
        (Some(accepted), Some(now)) if accepted == now => Set::Keep,
        (_, Some(now)) => Set::To(now.clone()),
        (Some(_), None) => Set::Remove,
    }
}

fn audience(entry: &Value) -> &str {
    entry.get("audience").and_then(Value::as_str).unwrap_or("ALL")
}

/// The entry of a marketplace and an audience, made where there is none.
fn entry<'a>(
    values: &'a mut Vec<Value>,
    marketplace_id: &str,
    wanted: &str,
    currency: &str,
) -> &'a mut Map<String, Value> {
    let found = values
        .iter()
        .position(|entry| entry.is_object() && is_of(entry, marketplace_id) && audience(entry) == wanted);
    let at = found.unwrap_or_else(|| {
        values.push(json!({ "marketplace_id": marketplace_id, "currency": currency, "audience": wanted }));
        values.len() - 1
    });
    match &mut values[at] {
        Value::Object(entry) => entry,
        _ => unreachable!("only objects are looked for and made"),
    }
}

fn set<T>(entry: &mut Map<String, Value>, name: &str, change: &Set<T>, value: impl Fn(&T, Option<Value>) -> Value) {
    match change {
        Set::Keep => {}
        Set::To(part) => {
            let now = entry.get(name).cloned();
            entry.insert(name.to_owned(), value(part, now));
        }
        Set::Remove => {
            entry.remove(name);
        }
    }
}

/// A price in its list of schedules: the number of the first one changes, whatever else stands there stays.
fn with_price(now: Option<Value>, price: Money) -> Value {
    let mut now = now.unwrap_or(Value::Null);
    match now.pointer_mut("/0/schedule/0") {
        Some(Value::Object(schedule)) => {
            schedule.insert("value_with_tax".to_owned(), number(price.amount));
            now
        }
        _ => json!([{ "schedule": [{ "value_with_tax": number(price.amount) }] }]),
    }
}

fn sale_value(sale: &Sale) -> Value {
    json!([{ "schedule": [{
        "start_at": sale.from.format("%Y-%m-%d").to_string(),
        "end_at": sale.to.format("%Y-%m-%d").to_string(),
        "value_with_tax": number(sale.price.amount),
    }] }])
}

fn tiers_value(business: &Business) -> Value {
    let levels = business.tiers.iter();
    let levels: Vec<Value> = levels
        .map(|tier| json!({ "lower_bound": tier.from, "value": number(tier.price.amount) }))
        .collect();
    json!([{ "schedule": [{ "discount_type": "fixed", "levels": levels }] }])
}

/// The standard price that an offer holds for everybody in a marketplace: what PRC-06 compares.
pub fn standard_price(present: &[Value], marketplace_id: &str) -> Option<Money> {
    let here = |entry: &&Value| is_of(entry, marketplace_id) && audience(entry) == "ALL";
    let entry = present.iter().find(here)?;
    let amount = decimal(entry.pointer("/our_price/0/schedule/0/value_with_tax")?)?;
    let currency = entry.get("currency")?.as_str()?.parse().ok()?;
    Some(Money::new(amount, currency))
}
