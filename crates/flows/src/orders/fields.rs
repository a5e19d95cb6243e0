//! The product's own NetSuite fields (ORD-07): only where the setup package made them and `orders.custom_fields` is on.

use amazon::orders::{Association, Item, Program};
use amazon::{Order, Sensitive};
use serde_json::{Map, Value, json};

use super::standing::Case;

/// The field that keeps what NetSuite's own tax makes the total differ by.
pub const TAX_VARIANCE: &str = "custbody_azn_tax_variance";

/// The field that keeps the day from which a closed period moved a record (CMN-34).
pub const ORIGINAL_DATE: &str = "custbody_azn_original_date";

/// Fields of the record.
pub fn of_order(of: &Case<'_>) -> Map<String, Value> {
    let order = &of.seen.order;
    let day = |at: Option<chrono::DateTime<chrono::Utc>>| at.map(|at| of.profile.day(at).to_string());
    let related = order.associated.iter();
    let related = related.filter(|one| matches!(one.how, Association::ReplacementOf | Association::ExchangeOf));
    let fields = [
        ("order_id", json!(order.id)),
        ("marketplace", json!(of.profile.country)),
        ("channel", json!(of.channel.as_str())),
        ("ship_by", json!(day(order.ship_by.latest))),
        ("deliver_by", json!(day(order.deliver_by.latest))),
        ("is_prime", json!(order.has(&Program::Prime))),
        ("is_business", json!(order.has(&Program::AmazonBusiness))),
        ("is_pickup", json!(order.has(&Program::InStorePickUp))),
        ("is_replacement", json!(order.replaces().is_some())),
        ("replaces", json!(related.map(|one| one.order_id.as_str()).next())),
        ("cancel_requested", json!(cancel_requested(order))),
        ("promotion_ids", json!(super::lines::all_promotions(order))),
        ("tax_variance", tax_variance(of)),
    ];
    let told = |(_, value): &(&str, Value)| !value.is_null() && value != "";
    let named = |(name, value): (&str, Value)| (format!("custbody_azn_{name}"), value);
    fields.into_iter().filter(told).map(named).collect()
}

/// What NetSuite's own tax makes its total differ by (§3.4), once there is a difference or was one.
fn tax_variance(of: &Case<'_>) -> Value {
    let variance = super::tax::variance(of.seen, of.rules, of.profile);
    let written = of.seen.written.as_ref();
    let told = written.is_some_and(|written| written.last.fields.contains_key(TAX_VARIANCE));
    let worth_telling = variance.filter(|variance| told || !variance.is_zero());
    worth_telling.map_or(Value::Null, |variance| {
        serde_json::from_str(&variance.to_string()).unwrap_or_default()
    })
}

/// Whether the buyer asked to cancel some of it.
pub fn cancel_requested(order: &Order) -> bool {
    order.items.iter().any(|item| item.cancel_requested_by.is_some())
}

/// Fields of an item's line: the keys for fulfilments and refunds, and what the packer must know.
pub fn of_line(item: &Item) -> Vec<(String, Value)> {
    let plain = |hidden: &Option<Sensitive<String>>| hidden.as_ref().map(|text| text.reveal().clone());
    let fields = [
        ("order_item_id", Some(item.id.clone())),
        ("sku", item.sku.clone()),
        ("asin", item.asin.clone()),
        ("customisation", plain(&item.customization_url)),
        ("gift_message", plain(&item.gift_message)),
    ];
    let named = |(name, value): (&str, Option<String>)| Some((format!("custcol_azn_{name}"), Value::String(value?)));
    fields.into_iter().filter_map(named).collect()
}
