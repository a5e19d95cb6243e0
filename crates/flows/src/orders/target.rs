//! What rows may fill of the record of an order, and read of it (ORD-07).

use ::mapping::{Place, fields};
use serde_json::{Value, json};

use super::fba_orders::shipped_on;
use super::sample;
use crate::rules::{Channel, Rules};
use crate::targets::order::{self, kept as kept_order};
use crate::targets::{BuiltIn, Kept, Part, Target};

/// Orders that the seller ships.
pub static MFN: Target = Target {
    form: "mfn-orders",
    title: "flow-mfn-orders",
    flows: &["mfn-orders"],
    records: RECORDS,
    fact: FACT,
    fields: &fields::SALE,
    built_in: &[
        MEMO,
        DEPARTMENT,
        CLASS,
        (Place::Body, "location", BuiltIn::Option("location.mfn")),
        (
            Place::Body,
            "shipMethod",
            BuiltIn::Table {
                table: "ship-methods",
                path: "order.service_level",
                option: "orders.ship_method_default",
            },
        ),
        DESCRIPTION,
    ],
    paths: || paths(Channel::Mfn),
    kept: |evidence, rules| kept(evidence, Channel::Mfn, rules),
    fit: None,
};

/// Orders shipped by Amazon.
pub static FBA: Target = Target {
    form: "fba-orders",
    title: "flow-fba-orders",
    flows: &["fba-orders"],
    records: RECORDS,
    fact: FACT,
    fields: &fields::SALE,
    built_in: &[
        MEMO,
        DEPARTMENT,
        CLASS,
        (Place::Body, "location", BuiltIn::Option("location.fba")),
        DESCRIPTION,
    ],
    paths: || paths(Channel::Fba),
    kept: |evidence, rules| kept(evidence, Channel::Fba, rules),
    fit: None,
};

const RECORDS: &[&str] = &["salesOrder", "invoice", "cashSale"];
/// An order's own record is what its page shows the version of.
const FACT: &str = "mapping";

const MEMO: (Place, &str, BuiltIn) = (Place::Body, "memo", BuiltIn::Text("Amazon {order.id}"));
const DEPARTMENT: (Place, &str, BuiltIn) = (Place::Body, "department", BuiltIn::Option("department"));
const CLASS: (Place, &str, BuiltIn) = (Place::Body, "class", BuiltIn::Option("class"));
const DESCRIPTION: (Place, &str, BuiltIn) = (Place::Line, "description", BuiltIn::Field("line.title"));

/// The target of a channel's orders.
pub fn of(channel: Channel) -> &'static Target {
    match channel {
        Channel::Mfn => &MFN,
        Channel::Fba => &FBA,
    }
}

fn paths(channel: Channel) -> Value {
    let order = sample::order(channel).order;
    let profile = order::typical_profile(&order);
    let day = profile.day(order.created);
    json!({
        "order": order::of(&order, channel, day, &profile),
        "line": order::of_line("item", order.items.first()),
    })
}

/// The record of an order, and the line of each of its items.
fn kept(evidence: &Value, channel: Channel, rules: &Rules) -> Option<Kept> {
    let (order, profile) = kept_order(evidence, rules)?;
    let day = match channel {
        Channel::Mfn => profile.day(order.created),
        Channel::Fba => shipped_on(&order, None, None, profile),
    };
    let head = order::of(&order, channel, day, profile);
    let mut parts = vec![Part {
        place: Place::Body,
        label: None,
        source: json!({ "order": head }),
    }];
    let sold = order.items.iter().filter(|item| item.quantity > 0);
    parts.extend(sold.map(|item| Part {
        place: Place::Line,
        label: Some(item.sku.clone().unwrap_or_default()),
        source: json!({ "order": head, "line": order::of_line("item", Some(item)) }),
    }));
    Some(Kept {
        marketplace: profile.id.clone(),
        parts,
    })
}
