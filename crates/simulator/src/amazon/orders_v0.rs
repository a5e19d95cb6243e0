//! Orders v0, which other clients still read until it ends in March 2027.

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use crate::market::{self, Market};
use crate::time::instant;
use crate::world::World;
use crate::world::order::{Channel, Line, Order, Status};

use super::answer::{Answer, Outcome, refuse};
use super::asked::Asked;
use super::order_body::{deliver_by, ship_by, units_done};
use super::orders::{SETTLING, Searches, seen};

const STATUSES: [&str; 8] = [
    "Pending",
    "Unshipped",
    "PartiallyShipped",
    "Shipped",
    "Canceled",
    "Unfulfillable",
    "InvoiceUnconfirmed",
    "PendingAvailability",
];

/// Which personal data a restricted token opens; none for an ordinary token.
pub type Elements<'a> = Option<&'a [String]>;

fn opens(elements: Elements<'_>, wanted: &str) -> bool {
    elements.is_some_and(|list| list.is_empty() || list.iter().any(|one| one == wanted))
}

fn status_word(status: Status) -> &'static str {
    match status {
        Status::Pending => "Pending",
        Status::Unshipped => "Unshipped",
        Status::PartiallyShipped => "PartiallyShipped",
        Status::Shipped => "Shipped",
        Status::Cancelled => "Canceled",
    }
}

/// `GET /orders/v0/orders`.
pub fn list(asked: &Asked, world: &World, searches: &mut Searches, elements: Elements<'_>) -> Outcome {
    let size = asked.number("MaxResultsPerPage", 1, 100, 100)?;
    let markets = asked.many("MarketplaceIds");
    if markets.is_empty()
        || markets
            .iter()
            .any(|id| market::by_id(id).is_none_or(|known| known.region != asked.region))
    {
        return refuse(Answer::invalid("MarketplaceIds must name marketplaces of this region."));
    }
    let (found, at, before) = if let Some(token) = asked.one("NextToken") {
        let Some(search) = searches.resume(token, asked.now) else {
            return refuse(Answer::invalid("NextToken is invalid or has expired."));
        };
        search
    } else {
        let (found, before) = find(asked, world, &markets)?;
        (found, 0, before)
    };
    let end = found.len().min(at + size);
    let page = found[at..end].iter().filter_map(|id| seen(asked, world, id));
    let orders: Vec<Value> = page.map(|order| body(order, asked.now, elements)).collect();
    let mut payload = json!({ "Orders": orders, "LastUpdatedBefore": instant(before) });
    if end < found.len() {
        payload["NextToken"] = json!(searches.hold(found, end, before, asked.now));
    }
    Ok(Answer::json(200, &json!({ "payload": payload })))
}

fn find(asked: &Asked, world: &World, markets: &[String]) -> Outcome<(Vec<String>, DateTime<Utc>)> {
    let created = (asked.instant("CreatedAfter")?, asked.instant("CreatedBefore")?);
    let updated = (asked.instant("LastUpdatedAfter")?, asked.instant("LastUpdatedBefore")?);
    let (by_creation, after, before) = match (created, updated) {
        ((Some(after), before), (None, None)) => (true, after, before),
        ((None, None), (Some(after), before)) => (false, after, before),
        _ => {
            return refuse(Answer::invalid(
                "CreatedAfter or LastUpdatedAfter must be given, not both.",
            ));
        }
    };
    let before = before.unwrap_or(asked.now - SETTLING);
    if before > asked.now - SETTLING || after > before {
        return refuse(Answer::invalid(
            "The window must end at least two minutes before the request and after its beginning.",
        ));
    }
    let statuses = asked.known("OrderStatuses", &STATUSES)?;
    let has = |status: &str| statuses.iter().any(|one| one == status);
    if has("Unshipped") != has("PartiallyShipped") {
        return refuse(Answer::invalid("Unshipped and PartiallyShipped must be used together."));
    }
    let channels = asked.known("FulfillmentChannels", &["AFN", "MFN"])?;
    let ids = asked.many("AmazonOrderIds");
    let here = world
        .orders()
        .iter()
        .filter(|order| order.market.region == asked.region && order.created <= asked.now);
    let mut found: Vec<(DateTime<Utc>, &str)> = here
        .map(|order| {
            (
                if by_creation {
                    order.created
                } else {
                    order.updated(asked.now)
                },
                order,
            )
        })
        .filter(|(moment, order)| {
            *moment >= after
                && *moment <= before
                && markets.iter().any(|id| id == order.market.id)
                && (statuses.is_empty() || has(status_word(order.status(asked.now))))
                && (channels.is_empty() || channels.iter().any(|one| one == channel(order)))
                && (ids.is_empty() || ids.contains(&order.id))
        })
        .map(|(moment, order)| (moment, order.id.as_str()))
        .collect();
    found.sort_unstable();
    Ok((found.into_iter().map(|(_, id)| id.to_owned()).collect(), before))
}

/// `GET /orders/v0/orders/{orderId}`.
pub fn get(asked: &Asked, world: &World, id: &str, elements: Elements<'_>) -> Outcome {
    let order = known(asked, world, id)?;
    Ok(Answer::json(
        200,
        &json!({ "payload": body(order, asked.now, elements) }),
    ))
}

/// `GET /orders/v0/orders/{orderId}/address`, only with a restricted token.
pub fn address(asked: &Asked, world: &World, id: &str, elements: Elements<'_>) -> Outcome {
    let order = restricted(asked, world, id, elements)?;
    let mut payload = json!({ "AmazonOrderId": order.id });
    if order.status(asked.now) != Status::Pending {
        payload["ShippingAddress"] = address_body(order, order.channel == Channel::Merchant);
    }
    Ok(Answer::json(200, &json!({ "payload": payload })))
}

/// `GET /orders/v0/orders/{orderId}/buyerInfo`, only with a restricted token.
pub fn buyer_info(asked: &Asked, world: &World, id: &str, elements: Elements<'_>) -> Outcome {
    let order = restricted(asked, world, id, elements)?;
    let mut payload = buyer_body(order);
    payload["AmazonOrderId"] = json!(order.id);
    Ok(Answer::json(200, &json!({ "payload": payload })))
}

/// `GET /orders/v0/orders/{orderId}/orderItems`.
pub fn items(asked: &Asked, world: &World, id: &str, elements: Elements<'_>) -> Outcome {
    let order = known(asked, world, id)?;
    let items: Vec<Value> = order
        .lines
        .iter()
        .map(|line| item(order, line, asked.now, elements))
        .collect();
    Ok(Answer::json(
        200,
        &json!({ "payload": { "AmazonOrderId": order.id, "OrderItems": items } }),
    ))
}

/// `GET /orders/v0/orders/{orderId}/orderItems/buyerInfo`, only with a restricted token.
pub fn items_buyer_info(asked: &Asked, world: &World, id: &str, elements: Elements<'_>) -> Outcome {
    let order = restricted(asked, world, id, elements)?;
    let items: Vec<Value> = order
        .lines
        .iter()
        .map(|line| {
            let mut body = gift(order, line);
            body["OrderItemId"] = json!(line.id);
            body
        })
        .collect();
    Ok(Answer::json(
        200,
        &json!({ "payload": { "AmazonOrderId": order.id, "OrderItems": items } }),
    ))
}

fn known<'a>(asked: &Asked, world: &'a World, id: &str) -> Outcome<&'a Order> {
    seen(asked, world, id).map_or_else(|| refuse(Answer::not_found(&format!("No order {id}"))), Ok)
}

fn restricted<'a>(asked: &Asked, world: &'a World, id: &str, elements: Elements<'_>) -> Outcome<&'a Order> {
    if elements.is_none() {
        return refuse(Answer::unauthorized("A restricted data token is needed."));
    }
    known(asked, world, id)
}

fn channel(order: &Order) -> &'static str {
    if order.channel == Channel::Amazon { "AFN" } else { "MFN" }
}

fn money(market: &Market, amount: Decimal) -> Value {
    json!({ "CurrencyCode": market.currency, "Amount": format!("{:.*}", market.decimals as usize, amount) })
}

fn speed(service: &str) -> &'static str {
    match service {
        "EXPEDITED" => "Expedited",
        "SECOND_DAY" => "SecondDay",
        "NEXT_DAY" => "NextDay",
        "SAME_DAY" => "SameDay",
        "SCHEDULED" => "Scheduled",
        _ => "Standard",
    }
}

fn body(order: &Order, now: DateTime<Utc>, elements: Elements<'_>) -> Value {
    let status = order.status(now);
    let shipped: u32 = order.lines.iter().map(|line| units_done(order, line, now)).sum();
    let wanted: u32 = if status == Status::Cancelled {
        0
    } else {
        order.lines.iter().map(Line::wanted).sum()
    };
    let program = |name: &str| order.has(name);
    let mut body = json!({
        "AmazonOrderId": order.id,
        "PurchaseDate": instant(order.created),
        "LastUpdateDate": instant(order.updated(now)),
        "OrderStatus": status_word(status),
        "FulfillmentChannel": channel(order),
        "SalesChannel": if order.outside { "Non-Amazon" } else { order.market.name },
        "ShipServiceLevel": format!("{} {}", speed(&order.service), order.market.code),
        "ShipmentServiceLevelCategory": speed(&order.service),
        "NumberOfItemsShipped": shipped,
        "NumberOfItemsUnshipped": wanted.saturating_sub(shipped),
        "MarketplaceId": order.market.id,
        "OrderType": "StandardOrder",
        "EarliestShipDate": instant(order.created),
        "LatestShipDate": instant(ship_by(order)),
        "LatestDeliveryDate": instant(deliver_by(order)),
        "IsBusinessOrder": program("AMAZON_BUSINESS"),
        "IsPrime": program("PRIME"),
        "IsPremiumOrder": false,
        "IsGlobalExpressEnabled": false,
        "IsReplacementOrder": order.is_replacement(),
        "IsSoldByAB": false,
        "IsISPU": false,
        "IsAccessPointOrder": false,
        "HasRegulatedItems": false,
    });
    if let Some(number) = &order.seller_number {
        body["SellerOrderId"] = json!(number);
    }
    if let Some(original) = order.replaces.as_ref().filter(|_| order.is_replacement()) {
        body["ReplacedOrderId"] = json!(original);
    }
    if status == Status::Pending {
        return body;
    }
    if !order.outside {
        body["OrderTotal"] = money(order.market, order.total());
        let cash = order.lines.iter().any(|line| !line.cod_fee.is_zero());
        body["PaymentMethod"] = json!(if cash { "COD" } else { "Other" });
        body["PaymentMethodDetails"] = json!(["Standard"]);
    }
    if opens(elements, "buyerInfo") {
        body["BuyerInfo"] = buyer_body(order);
    }
    body["ShippingAddress"] = address_body(
        order,
        opens(elements, "shippingAddress") && order.channel == Channel::Merchant,
    );
    body
}

fn buyer_body(order: &Order) -> Value {
    let mut body = Map::new();
    if order.channel == Channel::Merchant {
        body.insert("BuyerEmail".into(), json!(order.buyer.email));
        body.insert("BuyerName".into(), json!(order.buyer.name));
    }
    if let Some(number) = &order.buyer.purchase_order {
        body.insert("PurchaseOrderNumber".into(), json!(number));
    }
    if let Some(company) = &order.buyer.company {
        body.insert("BuyerTaxInfo".into(), json!({ "CompanyLegalName": company }));
    }
    Value::Object(body)
}

fn address_body(order: &Order, whole: bool) -> Value {
    let known = &order.buyer;
    let mut body = json!({ "City": known.city, "PostalCode": known.postal_code, "CountryCode": known.country });
    if let Some(state) = &known.state {
        body["StateOrRegion"] = json!(state);
    }
    if whole {
        body["Name"] = json!(known.name);
        body["AddressLine1"] = json!(known.street);
        body["Phone"] = json!(known.phone);
        body["AddressType"] = json!(if known.company.is_some() {
            "Commercial"
        } else {
            "Residential"
        });
    }
    body
}

fn gift(order: &Order, line: &Line) -> Value {
    if line.gift_wrap.is_zero() {
        return json!({});
    }
    json!({
        "GiftWrapPrice": money(order.market, line.gift_wrap),
        "GiftWrapTax": money(order.market, line.gift_wrap_tax),
        "GiftMessageText": line.gift_message.clone().unwrap_or_default(),
        "GiftWrapLevel": "Classic",
    })
}

fn item(order: &Order, line: &Line, now: DateTime<Utc>, elements: Elements<'_>) -> Value {
    let market = order.market;
    let mut body = json!({
        "ASIN": line.asin,
        "SellerSKU": line.sku,
        "OrderItemId": line.id,
        "Title": line.title,
        "QuantityOrdered": line.wanted(),
        "QuantityShipped": units_done(order, line, now),
        "ProductInfo": { "NumberOfItems": "1" },
        "IsGift": (!line.gift_wrap.is_zero()).to_string(),
        "ConditionId": "New",
        "ConditionSubtypeId": "New",
        "IsTransparency": false,
        "SerialNumberRequired": false,
    });
    if order.status(now) == Status::Pending || order.outside {
        return body;
    }
    let amounts = [
        ("ItemPrice", line.item),
        ("ItemTax", line.item_tax),
        ("ShippingPrice", line.shipping),
        ("ShippingTax", line.shipping_tax),
        ("ShippingDiscount", line.shipping_discount),
        ("PromotionDiscount", line.item_discount),
        ("CODFee", line.cod_fee),
    ];
    for (name, amount) in amounts {
        body[name] = money(market, amount);
    }
    if !line.promotions.is_empty() {
        body["PromotionIds"] = json!(line.promotions);
    }
    if let Some((_, reason)) = order.cancel_request.as_ref().filter(|(since, _)| *since <= now) {
        body["BuyerRequestedCancel"] = json!({ "IsBuyerRequestedCancel": "true", "BuyerCancelReason": reason });
    }
    if line.points > 0 {
        body["PointsGranted"] =
            json!({ "PointsNumber": line.points, "PointsMonetaryValue": money(market, Decimal::from(line.points)) });
    }
    if order.facilitated {
        body["TaxCollection"] =
            json!({ "Model": "MarketplaceFacilitator", "ResponsibleParty": "Amazon Services, Inc." });
    }
    if opens(elements, "buyerInfo") {
        body["BuyerInfo"] = gift(order, line);
    }
    body
}
