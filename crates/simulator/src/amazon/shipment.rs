//! `confirmShipment` of Orders v0, which has no successor in Orders 2026-01-01.

use crate::time::read_instant;
use crate::world::World;
use crate::world::order::{Channel, Parcel, Status};

use super::answer::{Answer, Outcome, refuse};
use super::asked::Asked;
use super::order_body::parcel_units;
use super::orders::seen;

/// Carriers whose codes Amazon knows. Others are answered 204 and never seen again (SP-API issue 5232).
const CARRIERS: [&str; 18] = [
    "USPS",
    "UPS",
    "UPSMI",
    "FedEx",
    "DHL",
    "GLS",
    "DPD",
    "Hermes Logistik Gruppe",
    "Royal Mail",
    "Parcelforce",
    "TNT",
    "Chronopost",
    "La Poste",
    "Deutsche Post",
    "OnTrac",
    "SagawaExpress",
    "YamatoTransport",
    "NipponExpress",
];

/// `POST /orders/v0/orders/{orderId}/shipmentConfirmation`: 204, which is not proof that it took.
pub fn confirm(asked: &Asked, world: &mut World, id: &str) -> Outcome {
    if seen(asked, world, id).is_none() {
        return refuse(Answer::not_found(&format!("No order {id}")));
    }
    let body = asked.json()?;
    let package = &body["packageDetail"];
    let text = |name: &str| package[name].as_str().filter(|text| !text.is_empty());
    let market = body["marketplaceId"].as_str().unwrap_or_default();
    let (Some(reference), Some(carrier), Some(tracking)) =
        (text("packageReferenceId"), text("carrierCode"), text("trackingNumber"))
    else {
        return refuse(Answer::invalid(
            "packageReferenceId, carrierCode and trackingNumber are required.",
        ));
    };
    let Some(shipped) = text("shipDate").and_then(read_instant) else {
        return refuse(Answer::invalid("shipDate is not in ISO 8601 format."));
    };
    if reference.parse::<u32>().is_ok_and(|number| number == 0) || reference.parse::<u32>().is_err() {
        return refuse(Answer::invalid("packageReferenceId must be a positive whole number."));
    }
    let Some(order) = world.order_mut(id) else {
        return refuse(Answer::not_found(&format!("No order {id}")));
    };
    let open = matches!(
        order.status(asked.now),
        Status::Unshipped | Status::PartiallyShipped | Status::Shipped
    );
    if order.market.id != market || order.channel == Channel::Amazon || !open {
        return refuse(Answer::invalid("The order cannot be confirmed."));
    }
    order
        .parcels
        .retain(|parcel| parcel.confirmed <= asked.now && parcel.reference != reference);
    let mut content = Vec::new();
    for wanted in package["orderItems"].as_array().into_iter().flatten() {
        let id = wanted["orderItemId"].as_str().unwrap_or_default();
        let units = wanted["quantity"]
            .as_u64()
            .and_then(|units| u32::try_from(units).ok())
            .unwrap_or(0);
        let Some(line) = order.lines.iter().find(|line| line.id == id) else {
            return refuse(Answer::invalid(&format!(
                "Order item {id} does not belong to the order."
            )));
        };
        if units == 0 || units + parcel_units(order, line, asked.now) > line.wanted() {
            return refuse(Answer::invalid(&format!(
                "The quantity of order item {id} is more than is left to ship."
            )));
        }
        content.push((id.to_owned(), units));
    }
    if content.is_empty() {
        return refuse(Answer::invalid("orderItems is required."));
    }
    let named = carrier == "Other" && text("carrierName").is_some();
    if named || CARRIERS.contains(&carrier) {
        let carrier = if named {
            text("carrierName").unwrap_or(carrier)
        } else {
            carrier
        };
        order.parcels.push(Parcel {
            reference: reference.to_owned(),
            confirmed: asked.now,
            shipped,
            carrier: carrier.to_owned(),
            service: text("shippingMethod").map(str::to_owned),
            tracking: tracking.to_owned(),
            content,
        });
        let whole = order
            .lines
            .iter()
            .all(|line| parcel_units(order, line, asked.now) >= line.wanted());
        order.partly_shipped = order.partly_shipped.or(Some(asked.now));
        order.shipped = whole.then_some(asked.now);
    }
    Ok(Answer::empty(204))
}
