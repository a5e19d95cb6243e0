//! Questions about shipments: what a person is asked, with the order and the fulfilment beside it.

use amazon::Order;
use domain::Text;
use netsuite::Shipped;

use crate::flow::{Problem, Remedy};

fn problem(code: &str, cause: String, order: &Order, what: Text, why: Text, remedies: Vec<Remedy>) -> Problem {
    let mut about = vec![("order".to_owned(), order.id.clone())];
    about.extend(order.marketplace_id.clone().map(|id| ("marketplace".to_owned(), id)));
    Problem {
        code: code.to_owned(),
        cause,
        what: what.with("order", order.id.as_str()),
        why,
        about,
        at_stake: order.grand_total,
        remedies,
    }
}

fn option(key: &str, marketplace: &str) -> Remedy {
    Remedy::SetOption {
        option: key.to_owned(),
        marketplace: Some(marketplace.to_owned()),
    }
}

/// Nobody knows which carrier a shipping method is (FUL-06).
pub fn carrier_unmapped(order: &Order, shipped: &Shipped, marketplace: &str) -> Problem {
    let method = shipped.method.as_deref().unwrap_or_default();
    let what = Text::new("problem-carrier-unmapped")
        .with("document", shipped.number.as_str())
        .with("method", method);
    let why = Text::new("problem-carrier-unmapped-why");
    let remedies = vec![
        option("fulfil.carrier_other", marketplace),
        Remedy::Retry,
        Remedy::Exclude,
    ];
    problem(
        "CARRIER_UNMAPPED",
        format!("CARRIER_UNMAPPED:{method}"),
        order,
        what,
        why,
        remedies,
    )
}

/// The goods left and nobody wrote down the tracking number (FUL-07).
pub fn tracking_missing(order: &Order, shipped: &Shipped, marketplace: &str) -> Problem {
    let what = Text::new("problem-tracking-missing").with("document", shipped.number.as_str());
    let why = Text::new("problem-tracking-missing-why");
    let remedies = vec![
        Remedy::Retry,
        option("fulfil.allow_untracked", marketplace),
        Remedy::Exclude,
    ];
    problem(
        "TRACKING_MISSING",
        format!("TRACKING_MISSING:{}", order.id),
        order,
        what,
        why,
        remedies,
    )
}

/// More left than was ordered and not cancelled (FUL-04).
pub fn too_many(order: &Order, sku: &str, shipped: u32, ordered: u32) -> Problem {
    let what = Text::new("problem-shipped-too-many")
        .with("sku", sku)
        .with("shipped", i64::from(shipped))
        .with("ordered", i64::from(ordered));
    let why = Text::new("problem-shipped-too-many-why");
    problem(
        "SHIPPED_TOO_MANY",
        format!("SHIPPED_TOO_MANY:{}", order.id),
        order,
        what,
        why,
        vec![Remedy::Retry, Remedy::Exclude],
    )
}

/// Amazon took the confirmation with 204 and does not show it (FUL-09, SP-API issue 5232).
pub fn not_taken(order: &Order, tracking: &str, carrier: &str) -> Problem {
    let what = Text::new("problem-shipment-not-taken").with("tracking", tracking);
    let why = Text::new("problem-shipment-not-taken-why").with("carrier", carrier);
    problem(
        "SHIPMENT_NOT_TAKEN",
        format!("SHIPMENT_NOT_TAKEN:{carrier}"),
        order,
        what,
        why,
        vec![Remedy::Retry, Remedy::Exclude],
    )
}

/// Amazon has the parcel under another number and keeps it (FUL-10).
pub fn not_corrected(order: &Order, tracking: &str) -> Problem {
    let what = Text::new("problem-tracking-not-corrected").with("tracking", tracking);
    let why = Text::new("problem-tracking-not-corrected-why");
    problem(
        "SHIPMENT_NOT_TAKEN",
        format!("SHIPMENT_NOT_TAKEN:{}", order.id),
        order,
        what,
        why,
        vec![Remedy::Retry, Remedy::Exclude],
    )
}

/// A feed's processing report has an error for its message.
pub fn feed_rejected(order: &Order, said: &str) -> Problem {
    let what = Text::new("problem-feed-rejected");
    let why = Text::new("problem-feed-rejected-why").with("said", said);
    problem(
        "FEED_REJECTED",
        format!("FEED_REJECTED:{}", order.id),
        order,
        what,
        why,
        vec![Remedy::Retry, Remedy::Exclude],
    )
}

/// A fulfilment that Amazon was told about is gone or open again: nothing can be taken back at Amazon (FUL-12).
pub fn taken_back(order: &Order, document: &str) -> Problem {
    let what = Text::new("problem-fulfilment-taken-back").with("document", document);
    let why = Text::new("problem-fulfilment-taken-back-why");
    problem(
        "NETSUITE_EDITED",
        format!("NETSUITE_EDITED:{}:shipment", order.id),
        order,
        what,
        why,
        vec![Remedy::Retry, Remedy::Exclude],
    )
}
