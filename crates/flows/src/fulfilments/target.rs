//! What rows may fill of a parcel as Amazon is told of it, and read of it (FUL-02, FUL-06, FUL-08).

use ::mapping::{Fault, Given, Place, Why, fields, plain};
use amazon::Order;
use amazon::shipping::Carrier;
use chrono::NaiveDate;
use netsuite::Shipped;
use serde_json::{Value, json};

use super::said::by_itself;
use super::sample;
use crate::rules::{Profile, Rules};
use crate::targets::order::{self, kept as kept_order};
use crate::targets::{BuiltIn, Kept, Part, Target};

/// Parcels as Amazon is told of them.
pub static SHIPMENTS: Target = Target {
    form: "shipments",
    title: "flow-shipments",
    flows: &["shipments"],
    records: &["shipmentConfirmation", "feed"],
    fact: "mapping:shipments",
    fields: &fields::CONFIRMATION,
    built_in: &[
        (Place::Body, "carrierCode", BuiltIn::Field("parcel.carrier_code")),
        (Place::Body, "carrierName", BuiltIn::Field("parcel.carrier_name")),
        (Place::Body, "shippingMethod", BuiltIn::Field("fulfilment.ship_method")),
        (Place::Body, "shipDate", BuiltIn::Field("fulfilment.date")),
    ],
    paths,
    kept,
    fit: Some(fit),
};

/// The code under which a carrier goes that Amazon's list does not have.
const OTHER: &str = "Other";

/// The plain values of a fulfilment's parcel; the first has index 0. `carrier` is what the product would say by itself.
pub fn source(order: &Order, shipped: &Shipped, index: usize, carrier: Option<&Carrier>, profile: &Profile) -> Value {
    let name = match carrier {
        Some(Carrier::Other { name }) => Some(name.as_str()),
        Some(Carrier::Known { .. }) | None => None,
    };
    json!({
        "order": order::of(order, order::channel(order), shipped.date, profile),
        "fulfilment": {
            "number": shipped.number,
            "ship_method": shipped.method,
            "date": shipped.date.to_string(),
            "location": shipped.location.as_ref().map(|(id, _)| id.0.as_str()),
            "location_title": shipped.location.as_ref().map(|(_, name)| name.as_str()),
        },
        "parcel": {
            "tracking": shipped.tracking.get(index),
            "number": index + 1,
            "of": shipped.tracking.len().max(1),
            "carrier_code": carrier.map(Carrier::code),
            "carrier_name": name,
        },
    })
}

fn paths() -> Value {
    let seen = sample::shipping();
    let profile = order::typical_profile(&seen.order);
    let first = seen.shipped.first();
    let carrier = first.and_then(|shipped| Carrier::recognised(shipped.method.as_deref()?));
    let values = first.map(|shipped| source(&seen.order, shipped, 0, carrier.as_ref(), &profile));
    values.unwrap_or_default()
}

/// The parcels of what left.
fn kept(evidence: &Value, rules: &Rules) -> Option<Kept> {
    let (order, profile) = kept_order(evidence, rules)?;
    let shipped: Vec<Shipped> = serde_json::from_value(evidence.get("shipped")?.clone()).ok()?;
    let mut parts = Vec::new();
    for shipped in shipped.iter().filter(|one| one.has_left()) {
        let carrier = by_itself(shipped, rules, profile);
        parts.extend((0..shipped.tracking.len().max(1)).map(|index| Part {
            place: Place::Body,
            label: Some(shipped.tracking.get(index).unwrap_or(&shipped.number).clone()),
            source: source(&order, shipped, index, carrier.as_ref(), profile),
        }));
    }
    (!parts.is_empty()).then(|| Kept {
        marketplace: profile.id.clone(),
        parts,
    })
}

/// Amazon takes a code of its list letter for letter, and any other carrier as *Other* with a name (FUL-06); a day is a
/// day.
fn fit(source: &Value, mut given: Given) -> Result<Given, Vec<Fault>> {
    let text = |field: &str| given.get(field).and_then(Option::as_ref).map(plain);
    let mut wrong = Vec::new();
    if let Some(day) = text("shipDate").filter(|day| day.parse::<NaiveDate>().is_err()) {
        let shape = "date".to_owned();
        wrong.push(fault("shipDate", Why::NotA { shape, value: day }));
    }
    let (code, name) = (text("carrierCode"), text("carrierName"));
    let as_other = |name: String| (OTHER.to_owned(), Some(name));
    let carrier = match (code, name) {
        (None, None) => None,
        (None, Some(name)) => Some(as_other(name)),
        (Some(code), name) => match (Carrier::coded(&code), name) {
            (Some(known), _) => Some((known.code().to_owned(), None)),
            (None, Some(name)) => Some(as_other(name)),
            (None, None) if !code.eq_ignore_ascii_case(OTHER) => Some(as_other(code)),
            (None, None) => {
                let called = ["/parcel/carrier_name", "/fulfilment/ship_method"];
                let called = called.iter().find_map(|path| source.pointer(path)?.as_str());
                if called.is_none() {
                    wrong.push(fault("carrierName", Why::Needed));
                }
                called.map(|name| as_other(name.to_owned()))
            }
        },
    };
    if !wrong.is_empty() {
        return Err(wrong);
    }
    // The name alone cannot be left out: it goes with its code.
    given.remove("carrierName");
    if let Some((code, name)) = carrier {
        given.insert("carrierCode".to_owned(), Some(code.into()));
        given.insert("carrierName".to_owned(), name.map(Value::from));
    }
    Ok(given)
}

fn fault(field: &str, why: Why) -> Fault {
    Fault {
        place: Place::Body,
        field: field.to_owned(),
        why,
    }
}
