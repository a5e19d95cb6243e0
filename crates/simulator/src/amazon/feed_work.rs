//! Working a feed off: each message is done or refused by itself, and the report says which.

use chrono::{DateTime, Utc};

use crate::time::read_instant;
use crate::world::World;
use crate::world::acts::{Act, Cancelling, Change, Confirmed};
use crate::world::order::Order;

use super::feed_report::{Answered, report};
use super::feeds::{self, Feed, Processed};
use super::xml::Element;
use super::{carriers, listings_feed, shipment};

/// What one message asks for.
struct Message {
    /// Its number, or the number of its row.
    id: String,
    order: String,
    wish: Result<Wish, String>,
}

enum Wish {
    Ship {
        shipped: DateTime<Utc>,
        carrier: String,
        method: Option<String>,
        tracking: String,
        /// Order item id and units; empty: the whole order.
        items: Vec<(String, u32)>,
    },
    Cancel {
        items: Vec<String>,
        reason: String,
    },
    /// The seller has seen the order.
    Nothing,
}

/// Does what the feed says, message by message.
pub fn work(world: &mut World, feed: &Feed, seller: &str) -> Processed {
    if feed.kind == feeds::LISTINGS {
        return listings_feed::work(world, feed, seller);
    }
    let messages = if feed.fatal {
        Err("We encountered an internal error.".to_owned())
    } else {
        read(feed)
    };
    let messages = match messages {
        Ok(messages) => messages,
        Err(why) => {
            let results = [("0".to_owned(), String::new(), Some(why))];
            return Processed {
                feed: feed.id.clone(),
                fatal: true,
                report: report(feed, seller, &results),
                acts: Vec::new(),
            };
        }
    };
    let mut acts = Vec::new();
    let mut results: Vec<Answered> = Vec::new();
    for message in messages {
        let refused = message
            .wish
            .and_then(|wish| grant(world, &message.order, wish, feed.done))
            .map(|granted| acts.extend(granted))
            .err();
        results.push((message.id, message.order, refused));
    }
    Processed {
        feed: feed.id.clone(),
        fatal: false,
        report: report(feed, seller, &results),
        acts,
    }
}

/// Lets it happen in the world; what happened.
fn grant(world: &mut World, id: &str, wish: Wish, now: DateTime<Utc>) -> Result<Vec<Act>, String> {
    let order = world.order(id).filter(|order| order.created <= now);
    let order = order.ok_or_else(|| format!("The order {id} does not belong to the merchant."))?;
    let acts = match wish {
        Wish::Nothing => Vec::new(),
        Wish::Ship {
            shipped,
            carrier,
            method,
            tracking,
            items,
        } => {
            let parcel = Confirmed {
                reference: next_reference(order),
                seen: now,
                shipped,
                carrier,
                service: method,
                tracking,
                content: content(order, items, now)?,
            };
            shipment::takes(order, &parcel, now)?;
            vec![Act::Confirm(id.to_owned(), parcel)]
        }
        Wish::Cancel { items, reason } => {
            let how = |line: String| Cancelling {
                line,
                quantity: None,
                by: Some("MERCHANT".to_owned()),
                reason: Some(reason.clone()),
            };
            let change = |change| Act::Change(id.to_owned(), change);
            if order.shipped.is_some_and(|at| at <= now) {
                return Err("The order was shipped already.".to_owned());
            }
            if items.is_empty() {
                vec![change(Change::Cancel(how(String::new())))]
            } else {
                items
                    .into_iter()
                    .map(|line| change(Change::CancelLine(how(line))))
                    .collect()
            }
        }
    };
    for act in &acts {
        world.act(act, now)?;
    }
    Ok(acts)
}

fn next_reference(order: &Order) -> String {
    let numbers = order
        .parcels
        .iter()
        .filter_map(|parcel| parcel.reference.parse::<u64>().ok());
    (numbers.max().unwrap_or(0) + 1).to_string()
}

/// No item named means all that is left.
fn content(order: &Order, items: Vec<(String, u32)>, now: DateTime<Utc>) -> Result<Vec<(String, u32)>, String> {
    if let Some((id, _)) = items
        .iter()
        .find(|(id, _)| !order.lines.iter().any(|line| line.id == *id))
    {
        return Err(format!("The order item {id} does not belong to the order."));
    }
    if !items.is_empty() {
        return Ok(items);
    }
    let left = order.lines.iter().map(|line| {
        (
            line.id.clone(),
            line.wanted().saturating_sub(order.taken(&line.id, now, "")),
        )
    });
    let left: Vec<(String, u32)> = left.filter(|(_, units)| *units > 0).collect();
    if left.is_empty() {
        return Err("Nothing of the order is left to ship.".to_owned());
    }
    Ok(left)
}

fn read(feed: &Feed) -> Result<Vec<Message>, String> {
    match feed.kind.as_str() {
        feeds::FLAT_FULFILMENT | feeds::FLAT_ACKNOWLEDGEMENT => rows(feed),
        _ => envelope(feed),
    }
}

fn envelope(feed: &Feed) -> Result<Vec<Message>, String> {
    let root = Element::read(&feed.text).ok_or("The document is not well-formed XML.")?;
    let wanted = if feed.kind == feeds::FULFILMENT {
        "OrderFulfillment"
    } else {
        "OrderAcknowledgement"
    };
    let header = root.child("Header");
    if root.name != "AmazonEnvelope" || header.and_then(|header| header.text_of("MerchantIdentifier")).is_none() {
        return Err("The document must be an AmazonEnvelope with a Header and a MerchantIdentifier.".to_owned());
    }
    if root.text_of("MessageType") != Some(wanted) {
        return Err(format!("The MessageType must be {wanted}."));
    }
    let mut messages = Vec::new();
    for message in root.all("Message") {
        let id = message
            .text_of("MessageID")
            .filter(|id| id.parse::<u64>().is_ok_and(|id| id > 0));
        let id = id.ok_or("Each Message must have a positive MessageID.")?.to_owned();
        let body = message
            .child(wanted)
            .ok_or(format!("Each Message must hold an {wanted}."))?;
        let order = body
            .text_of("AmazonOrderID")
            .or_else(|| body.text_of("MerchantOrderID"))
            .unwrap_or_default()
            .to_owned();
        let wish = if feed.kind == feeds::FULFILMENT {
            fulfilment(body)
        } else {
            acknowledgement(body)
        };
        messages.push(Message { id, order, wish });
    }
    if messages.is_empty() {
        return Err("The document holds no Message.".to_owned());
    }
    Ok(messages)
}

fn fulfilment(body: &Element) -> Result<Wish, String> {
    let shipped = body.text_of("FulfillmentDate").and_then(read_instant);
    let shipped = shipped.ok_or("FulfillmentDate is missing or not in ISO 8601 format.")?;
    let data = body.child("FulfillmentData").ok_or("FulfillmentData is missing.")?;
    let carrier = named_carrier(data.text_of("CarrierCode"), data.text_of("CarrierName"))?;
    let mut items = Vec::new();
    for item in body.all("Item") {
        let id = item
            .text_of("AmazonOrderItemCode")
            .or_else(|| item.text_of("MerchantOrderItemID"))
            .ok_or("An Item has no AmazonOrderItemCode.")?;
        items.push((id.to_owned(), units(item.text_of("Quantity"))?));
    }
    Ok(Wish::Ship {
        shipped,
        carrier,
        method: data.text_of("ShippingMethod").map(str::to_owned),
        tracking: data.text_of("ShipperTrackingNumber").unwrap_or_default().to_owned(),
        items,
    })
}

fn named_carrier(code: Option<&str>, name: Option<&str>) -> Result<String, String> {
    match (code, name) {
        (Some(code), name) => carriers::known(code, name)
            .map(str::to_owned)
            .ok_or_else(|| format!("The CarrierCode {code} is not one of the allowed values.")),
        (None, Some(name)) => Ok(name.to_owned()),
        (None, None) => Err("CarrierCode or CarrierName is required.".to_owned()),
    }
}

fn units(text: Option<&str>) -> Result<u32, String> {
    text.and_then(|text| text.parse().ok())
        .filter(|units| *units > 0)
        .ok_or_else(|| "Quantity must be a positive whole number.".to_owned())
}

fn acknowledgement(body: &Element) -> Result<Wish, String> {
    match body.text_of("StatusCode") {
        Some("Success") => Ok(Wish::Nothing),
        Some("Failure") => {
            let codes = body.all("Item").filter_map(|item| item.text_of("AmazonOrderItemCode"));
            let mut reasons = body.all("Item").filter_map(|item| item.text_of("CancelReason"));
            Ok(Wish::Cancel {
                items: codes.map(str::to_owned).collect(),
                reason: reasons
                    .next()
                    .or(body.text_of("CancelReason"))
                    .unwrap_or("NoInventory")
                    .to_owned(),
            })
        }
        _ => Err("StatusCode must be Success or Failure.".to_owned()),
    }
}

/// A table with a title line, columns in any order.
fn rows(feed: &Feed) -> Result<Vec<Message>, String> {
    let mut lines = feed.text.trim_start_matches('\u{feff}').lines();
    // Templates of cancellations begin with a line that names the template.
    let mut titles = lines.next().unwrap_or_default();
    if titles.starts_with("TemplateType") {
        titles = lines.next().unwrap_or_default();
    }
    let titles: Vec<&str> = titles.split('\t').map(str::trim).collect();
    if !titles.contains(&"order-id") {
        return Err("The title line has no column order-id.".to_owned());
    }
    let mut messages = Vec::new();
    for (number, line) in lines.enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
        let cell = |name: &str| {
            let place = titles.iter().position(|title| *title == name)?;
            cells.get(place).copied().filter(|cell| !cell.is_empty())
        };
        let wish = if feed.kind == feeds::FLAT_FULFILMENT {
            row_shipped(&cell)
        } else {
            Ok(Wish::Cancel {
                items: cell("order-item-id").map(str::to_owned).into_iter().collect(),
                reason: cell("cancellation-reason-code").unwrap_or("NoInventory").to_owned(),
            })
        };
        messages.push(Message {
            id: (number + 1).to_string(),
            order: cell("order-id").unwrap_or_default().to_owned(),
            wish,
        });
    }
    Ok(messages)
}

fn row_shipped<'a>(cell: &dyn Fn(&str) -> Option<&'a str>) -> Result<Wish, String> {
    let shipped = cell("ship-date").and_then(read_instant);
    let item = cell("order-item-id").map(|id| Ok::<_, String>((id.to_owned(), units(cell("quantity"))?)));
    Ok(Wish::Ship {
        shipped: shipped.ok_or("ship-date is missing or not a date.")?,
        carrier: named_carrier(cell("carrier-code"), cell("carrier-name"))?,
        method: cell("ship-method").map(str::to_owned),
        tracking: cell("tracking-number").unwrap_or_default().to_owned(),
        items: item.transpose()?.into_iter().collect(),
    })
}
