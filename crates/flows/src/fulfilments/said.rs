//! What Amazon is told of a parcel beside its number and contents: who carries it, by which service, and the day it left
//! (FUL-02, FUL-06). A row of the seller's own counts before what the product finds by itself.

use ::mapping::{Given, plain};
use amazon::shipping::Carrier;
use chrono::NaiveDate;
use netsuite::Shipped;

use super::questions::carrier_unmapped;
use super::seen::Shipping;
use super::target::{SHIPMENTS, source};
use crate::flow::Problem;
use crate::rules::{Profile, Rules};

/// What Amazon is told.
pub struct Said {
    /// Who carries it.
    pub carrier: Carrier,
    /// The carrier's service.
    pub method: Option<String>,
    /// The day on which it left.
    pub day: NaiveDate,
    /// Amazon's id of the place that it left from; nothing unless a row tells it.
    pub supply_source: Option<String>,
}

/// What Amazon is told of a fulfilment's parcel, or the questions about it; the first has index 0.
pub fn of(
    seen: &Shipping,
    shipped: &Shipped,
    index: usize,
    rules: &Rules,
    profile: &Profile,
) -> Result<Said, Vec<Problem>> {
    let found = by_itself(shipped, rules, profile);
    let given = SHIPMENTS.body(rules, profile, || {
        source(&seen.order, shipped, index, found.as_ref(), profile)
    })?;
    let carrier = mapped_carrier(&given).or(found);
    let method = given.get("shippingMethod");
    let day = text(&given, "shipDate").and_then(|day| day.parse().ok());
    Ok(Said {
        carrier: carrier.ok_or_else(|| vec![carrier_unmapped(&seen.order, shipped, &profile.id)])?,
        method: method.map_or_else(|| shipped.method.clone(), |method| method.as_ref().map(plain)),
        day: day.unwrap_or(shipped.date),
        supply_source: text(&given, "shipFromSupplySourceId"),
    })
}

fn text(given: &Given, field: &str) -> Option<String> {
    given.get(field)?.as_ref().map(plain)
}

fn mapped_carrier(given: &Given) -> Option<Carrier> {
    let code = text(given, "carrierCode")?;
    let other = || text(given, "carrierName").map(|name| Carrier::Other { name });
    Carrier::coded(&code).or_else(other)
}

/// Who carries it when no row says so (FUL-06): the seller's table first, then what the method's name or the number says,
/// then *Other*.
pub fn by_itself(shipped: &Shipped, rules: &Rules, profile: &Profile) -> Option<Carrier> {
    let method = shipped.method.as_deref().map(str::trim).filter(|name| !name.is_empty());
    let mapped = method.and_then(|method| {
        let table = rules.tables.get("carriers")?;
        let (_, carrier) = table.iter().find(|(from, _)| from.eq_ignore_ascii_case(method))?;
        let other = || Carrier::Other { name: carrier.clone() };
        Some(Carrier::coded(carrier).unwrap_or_else(other))
    });
    let auto = rules.is_on(&profile.id, "fulfil.carrier_auto");
    let recognised = || {
        let by_number = || shipped.tracking.first().and_then(|number| Carrier::of_tracking(number));
        method.and_then(Carrier::recognised).or_else(by_number).filter(|_| auto)
    };
    let other = || {
        let name = method?.to_owned();
        let allowed = rules.is_on(&profile.id, "fulfil.carrier_other");
        allowed.then_some(Carrier::Other { name })
    };
    mapped.or_else(recognised).or_else(other)
}
