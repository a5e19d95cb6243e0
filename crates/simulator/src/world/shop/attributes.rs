//! The attributes that a seller contributes to a listing: arrays of instances, told apart by their selectors.
//!
//! A patch works on instances, not on places in the array: `add` and `replace` put the given instances in the place of
//! those with the same selectors and leave all others (SP-API issues 910 and 2061), `merge` changes only the properties
//! that are named, `delete` takes the instances away that its value selects (SP-API issue 5383).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::market::Market;

/// Contributions by name. An empty list: taken away.
pub type Attributes = BTreeMap<String, Vec<Value>>;

/// What a patch does to one attribute.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Patch {
    /// The kind of change.
    pub op: Op,
    /// The attribute.
    pub attribute: String,
    /// Its instances, or selectors of them for [`Op::Delete`].
    pub value: Vec<Value>,
}

/// The operations of a patch (Listings Items 2021-08-01, `PatchOperation`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Op {
    /// Adds or replaces.
    Add,
    /// Adds or replaces.
    Replace,
    /// Changes only what is named.
    Merge,
    /// Takes away.
    Delete,
}

/// The properties by which the instances of an attribute are told apart (`selectors` of its schema).
pub fn selectors(attribute: &str) -> &'static [&'static str] {
    match attribute {
        "fulfillment_availability" => &["fulfillment_channel_code"],
        "purchasable_offer" => &["marketplace_id", "currency", "audience"],
        "externally_assigned_product_identifier" => &["marketplace_id", "type"],
        "child_parent_sku_relationship" => &["marketplace_id", "child_relationship_type"],
        "item_name"
        | "brand"
        | "manufacturer"
        | "product_description"
        | "bullet_point"
        | "color"
        | "size"
        | "material"
        | "scent" => &["marketplace_id", "language_tag"],
        "list_price" => &["marketplace_id", "currency"],
        "variation_theme" => &[],
        _ => &["marketplace_id"],
    }
}

/// What an instance says about a selector, or what stands for it when it says nothing.
fn selected(instance: &Value, selector: &str, market: &Market) -> String {
    if let Some(said) = instance[selector].as_str() {
        return said.to_owned();
    }
    match selector {
        "marketplace_id" => market.id,
        "currency" => market.currency,
        "audience" => "ALL",
        "language_tag" => market.language,
        _ => "",
    }
    .to_owned()
}

/// Whether an instance speaks of this marketplace.
pub fn is_here(instance: &Value, market: &Market) -> bool {
    instance["marketplace_id"].as_str().is_none_or(|id| id == market.id)
}

/// Changes the instances that stand.
pub fn patched(standing: Vec<Value>, patch: &Patch, market: &Market) -> Vec<Value> {
    let keys = selectors(&patch.attribute);
    let same = |left: &Value, right: &Value| {
        keys.iter()
            .all(|key| selected(left, key, market) == selected(right, key, market))
    };
    let given = patch.value.iter().filter(|instance| is_here(instance, market));
    let mut standing = standing;
    match patch.op {
        Op::Add | Op::Replace => {
            let given: Vec<Value> = given.cloned().collect();
            standing.retain(|old| !given.iter().any(|new| same(old, new)));
            standing.extend(given);
        }
        Op::Merge => {
            for new in given {
                match standing.iter_mut().find(|old| same(old, new)) {
                    Some(old) => merge(old, new),
                    None => standing.push(new.clone()),
                }
            }
        }
        Op::Delete => {
            let given: Vec<&Value> = given.collect();
            let chosen = |old: &Value, wanted: &Value| {
                let named = keys.iter().filter(|key| wanted[**key].is_string());
                named
                    .into_iter()
                    .all(|key| wanted[*key] == json!(selected(old, key, market)))
            };
            standing.retain(|old| !given.iter().any(|wanted| chosen(old, wanted)));
        }
    }
    standing
}

/// What is named takes the place of what stood; nothing at all (`null` or an empty list) takes it away.
fn merge(old: &mut Value, new: &Value) {
    let (Some(old), Some(new)) = (old.as_object_mut(), new.as_object()) else {
        return;
    };
    for (name, value) in new {
        if value.is_null() || value.as_array().is_some_and(Vec::is_empty) {
            old.remove(name);
        } else {
            old.insert(name.clone(), value.clone());
        }
    }
}

/// What the first instance says under `value`.
pub fn said<'a>(instances: &'a [Value], market: &Market) -> Option<&'a str> {
    let here = instances.iter().find(|instance| is_here(instance, market))?;
    here["value"].as_str()
}
