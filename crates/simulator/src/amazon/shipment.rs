//! `confirmShipment` of Orders v0, which has no successor in Orders 2026-01-01 (amazon-sp-api.md §6.5).

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;

use crate::faults::Fault;
use crate::time::read_instant;
use crate::world::World;
use crate::world::acts::{Act, Confirmed};
use crate::world::order::{Channel, Line, Order, Status};

use super::answer::{Answer, Outcome, refuse};
use super::asked::Asked;
use super::carriers;
use super::orders::seen;

/// A clock that is a little fast is forgiven.
const FORGIVEN: TimeDelta = TimeDelta::minutes(5);

/// `POST /orders/v0/orders/{orderId}/shipmentConfirmation`: 204, which is not proof that it took. What happens by it, if
/// anything does.
pub fn confirm(asked: &Asked, world: &World, lag: TimeDelta, id: &str) -> Outcome<Option<Act>> {
    let Some(order) = seen(asked, world, id) else {
        return refuse(Answer::not_found(&format!("No order {id}")));
    };
    let body = asked.json()?;
    let package = &body["packageDetail"];
    if body["marketplaceId"].as_str() != Some(order.market.id) {
        return invalid("MarketplaceId: is invalid for the order.");
    }
    let method = &body["codCollectionMethod"];
    if !method.is_null() && (method != "DirectPayment" || order.market.code != "JP") {
        return invalid("CodCollectionMethod: is invalid.");
    }
    let parcel = read(package, order, asked.now, lag)?;
    takes(order, &parcel, asked.now).or_else(|why| invalid(&why))?;
    if asked.fault == Some(Fault::ConfirmationIgnored) {
        return Ok(None);
    }
    let code = text(package, "carrierCode").unwrap_or_default();
    Ok(carriers::known(code, text(package, "carrierName"))
        .map(str::to_owned)
        .map(|carrier| Act::Confirm(id.to_owned(), Confirmed { carrier, ..parcel })))
}

fn invalid<T>(message: &str) -> Outcome<T> {
    refuse(Answer::error(400, "InvalidInput", message, ""))
}

fn text<'a>(package: &'a Value, name: &str) -> Option<&'a str> {
    package[name].as_str().filter(|text| !text.trim().is_empty())
}

/// The parcel that the body describes.
fn read(package: &Value, order: &Order, now: DateTime<Utc>, lag: TimeDelta) -> Outcome<Confirmed> {
    // A JSON number is refused as well (SP-API issue 5094).
    let reference = text(package, "packageReferenceId").filter(|reference| is_reference(reference));
    let Some(reference) = reference else {
        return invalid("PackageReferenceId: is invalid, must be a positive numeric value.");
    };
    if text(package, "carrierCode").is_none() {
        return invalid("CarrierCode: is required.");
    }
    if text(package, "carrierCode") == Some("Other") && text(package, "carrierName").is_none() {
        return invalid("CarrierName: is required when CarrierCode is Other.");
    }
    let Some(tracking) = text(package, "trackingNumber").filter(|number| number.len() <= 100) else {
        return invalid("TrackingNumber: is required.");
    };
    let Some(shipped) = text(package, "shipDate").and_then(date_time) else {
        return invalid("ShipDate: is not in ISO 8601 date/time format.");
    };
    if shipped > now + FORGIVEN || shipped < order.created {
        return invalid("ShipDate: must lie between the purchase and now.");
    }
    Ok(Confirmed {
        reference: reference.to_owned(),
        seen: now + lag,
        shipped,
        carrier: String::new(),
        service: text(package, "shippingMethod").map(str::to_owned),
        tracking: tracking.to_owned(),
        content: content(&package["orderItems"], order)?,
    })
}

fn is_reference(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit()) && text.bytes().any(|byte| byte != b'0')
}

/// A moment, not a bare date.
fn date_time(text: &str) -> Option<DateTime<Utc>> {
    text.contains('T').then(|| read_instant(text))?
}

fn content(items: &Value, order: &Order) -> Outcome<Vec<(String, u32)>> {
    let Some(items) = items.as_array().filter(|items| !items.is_empty()) else {
        return invalid("OrderItems: is required.");
    };
    let mut content: Vec<(String, u32)> = Vec::new();
    for item in items {
        let id = item["orderItemId"].as_str().unwrap_or_default();
        if !order.lines.iter().any(|line| line.id == id) || content.iter().any(|(known, _)| known == id) {
            return invalid(&format!(
                "OrderItemId: {id} does not belong to the order, or is given twice."
            ));
        }
        let units = item["quantity"].as_u64().and_then(|units| u32::try_from(units).ok());
        match units {
            Some(units) if units > 0 => content.push((id.to_owned(), units)),
            _ => return invalid("Quantity: must be a positive whole number."),
        }
    }
    Ok(content)
}

/// Whether the order can take that parcel; otherwise why not, in Amazon's words.
pub fn takes(order: &Order, parcel: &Confirmed, now: DateTime<Utc>) -> Result<(), String> {
    if order.channel == Channel::Amazon {
        return Err("The order is fulfilled by Amazon and cannot be confirmed by the seller.".to_owned());
    }
    if order.has("FBM_SHIP_PLUS") {
        return Err("The shipment of a Ship+ order is confirmed by Amazon.".to_owned());
    }
    match order.status(now) {
        Status::Pending => return Err("The order is pending and cannot be confirmed.".to_owned()),
        Status::Cancelled => return Err("The order is cancelled and cannot be confirmed.".to_owned()),
        Status::Unshipped | Status::PartiallyShipped | Status::Shipped => {}
    }
    let known = order
        .parcels
        .iter()
        .any(|one| one.accepted <= now && one.reference == parcel.reference);
    if !known && order.shipped.is_some_and(|at| at <= now) {
        let words = "Failed to create package due to not finding a matching package or order already fulfilled. \
             ErrorMessage(errorCode=GeneralError, errorDescription=Unable to find package to update for order (), \
             errorMetric=PackageToUpdateNotFound, packageIndex=null)";
        return Err(words.to_owned());
    }
    for (id, units) in &parcel.content {
        let wanted = order.lines.iter().find(|line| line.id == *id).map_or(0, Line::wanted);
        if units + order.taken(id, now, &parcel.reference) > wanted {
            return Err(format!("Quantity: of order item {id} is more than is left to ship."));
        }
    }
    Ok(())
}
