//! A mapping tried on orders that were seen before, without deciding or writing anything (CMN-30).

use ::mapping::{Place, Why, fields, plain};
use amazon::Order;
use serde_json::{Value, json};

use super::fba_orders::shipped_on;
use super::mapped::ladder;
use super::{sample, source};
use crate::rules::{Channel, Profile, Rules};

/// One field of a record as a mapping fills it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tried {
    /// Where the field stands.
    pub place: Place,
    /// The order item of a line, by its SKU.
    pub line: Option<String>,
    /// NetSuite's field.
    pub field: String,
    /// What would be sent, as text; nothing when the field is left out.
    pub value: Option<String>,
    /// Why nothing can be sent.
    pub fault: Option<Why>,
}

/// What the product fills a field with by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BuiltIn {
    /// A text with fields.
    Text(&'static str),
    /// A field of the order or its line.
    Field(&'static str),
    /// The record that an option names.
    Option(&'static str),
    /// A lookup table of its own, then an option.
    Table(&'static str, &'static str),
}

/// The channel of a flow that has a mapping.
pub fn channel(form: &str) -> Option<Channel> {
    [Channel::Mfn, Channel::Fba]
        .into_iter()
        .find(|channel| super::mapped::form(*channel) == form)
}

/// What the product fills a field with when no row does; nothing for a field that it leaves out.
pub fn built_in(channel: Channel, place: Place, field: &str) -> Option<BuiltIn> {
    Some(match (place, field) {
        (Place::Body, "memo") => BuiltIn::Text("Amazon {order.id}"),
        (Place::Body, "department") => BuiltIn::Option("department"),
        (Place::Body, "class") => BuiltIn::Option("class"),
        (Place::Body, "location") if channel == Channel::Fba => BuiltIn::Option("location.fba"),
        (Place::Body, "location") => BuiltIn::Option("location.mfn"),
        (Place::Body, "shipMethod") if channel == Channel::Mfn => {
            BuiltIn::Table("ship-methods", "orders.ship_method_default")
        }
        (Place::Line, "description") => BuiltIn::Field("line.title"),
        _ => return None,
    })
}

/// Every path that a mapping may read, with the values of a typical order.
pub fn paths(channel: Channel) -> Value {
    let order = sample::order(channel).order;
    let profile = Profile {
        id: order.marketplace_id.clone().unwrap_or_default(),
        country: "DE".to_owned(),
        account: String::new(),
        currency: domain::Currency::EUR,
        zone: chrono_tz::Europe::Berlin,
        settlement_name: String::new(),
        tax_inclusive: true,
        go_live: None,
    };
    let day = profile.day(order.created);
    json!({
        "order": source::of_order(&order, channel, day, &profile),
        "line": source::of_line("item", order.items.first()),
    })
}

/// The plain values of an order that was kept as evidence, and of each of its items; nothing when it cannot be read.
pub fn seen(evidence: &Value, channel: Channel, rules: &Rules) -> Option<Value> {
    let (order, profile) = kept(evidence, rules)?;
    Some(values(&order, channel, profile))
}

fn kept<'a>(evidence: &Value, rules: &'a Rules) -> Option<(Order, &'a Profile)> {
    let order: Order = serde_json::from_value(evidence.get("order")?.clone()).ok()?;
    let profile = rules.marketplaces.get(order.marketplace_id.as_deref()?)?;
    Some((order, profile))
}

fn values(order: &Order, channel: Channel, profile: &Profile) -> Value {
    let day = match channel {
        Channel::Mfn => profile.day(order.created),
        Channel::Fba => shipped_on(order, None, None, profile),
    };
    let sold = order.items.iter().filter(|item| item.quantity > 0);
    let lines: Vec<Value> = sold.map(|item| source::of_line("item", Some(item))).collect();
    json!({ "order": source::of_order(order, channel, day, profile), "lines": lines })
}

/// What these rules fill the fields of a kept order's record with: every field that a row or the product fills, on the
/// body and on the line of each item. Nothing when the order cannot be read.
pub fn tried(evidence: &Value, channel: Channel, rules: &Rules) -> Option<Vec<Tried>> {
    let (order, profile) = kept(evidence, rules)?;
    let values = values(&order, channel, profile);
    let mut all = at(
        Place::Body,
        None,
        &json!({ "order": values["order"] }),
        channel,
        rules,
        profile,
    );
    for line in values["lines"].as_array().into_iter().flatten() {
        let source = json!({ "order": values["order"], "line": line });
        let sku = Some(plain(&line["sku"]));
        all.extend(at(Place::Line, sku, &source, channel, rules, profile));
    }
    Some(all)
}

fn at(
    place: Place,
    line: Option<String>,
    source: &Value,
    channel: Channel,
    rules: &Rules,
    profile: &Profile,
) -> Vec<Tried> {
    let ladder = ladder(channel, rules, profile);
    let mut names: Vec<&str> = fields::open(place).collect();
    names.extend(ladder.rows(place).map(|(_, row)| row.field.as_str()));
    names.sort_unstable();
    names.dedup();
    let given = ladder.fill(place, source);
    let one = |field: &str| {
        let (value, fault) = match &given {
            Ok(given) => match given.get(field) {
                Some(value) => (value.as_ref().map(plain), None),
                None => (by_itself(channel, place, field, source, rules, profile), None),
            },
            Err(faults) => {
                let fault = faults.iter().find(|fault| fault.field == field);
                (None, fault.map(|fault| fault.why.clone()))
            }
        };
        Tried {
            place,
            line: line.clone(),
            field: field.to_owned(),
            value,
            fault,
        }
    };
    names.into_iter().map(one).collect()
}

fn by_itself(
    channel: Channel,
    place: Place,
    field: &str,
    source: &Value,
    rules: &Rules,
    profile: &Profile,
) -> Option<String> {
    let option = |key: &str| rules.option(&profile.id, key).map(str::to_owned);
    let text = |value: &Value| Some(plain(value)).filter(|text| !text.is_empty());
    match built_in(channel, place, field)? {
        BuiltIn::Text(template) => Some(template.replace("{order.id}", &plain(&source["order"]["id"]))),
        BuiltIn::Field(path) => path
            .split('.')
            .try_fold(source, |value, part| value.get(part))
            .and_then(text),
        BuiltIn::Option(key) => option(key),
        BuiltIn::Table(..) => {
            let level = text(&source["order"]["service_level"]);
            let method = rules.ship_method_for(&profile.id, level.as_deref()).ok()?;
            method.map(|method| method.0)
        }
    }
}
