//! An order as Orders 2026-01-01 writes it: money as text, datasets only when asked for, personal data only with a role.

use chrono::{DateTime, TimeDelta, Utc};
use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use crate::chance::rounded;
use crate::market::Market;
use crate::time::instant_millis as instant;
use crate::world::order::{Channel, Line, Order, Status};

use super::orders::{channel_word, status_word};

/// Which restricted roles the application was granted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Roles {
    /// Direct-to-Consumer Delivery and Tax Invoicing: names, addresses, relay mail.
    pub buyers: bool,
    /// Finance and Accounting: settlements and finances.
    pub finance: bool,
}

/// The order with the datasets asked for, as it stands at that instant.
pub fn write(order: &Order, now: DateTime<Utc>, datasets: &[String], roles: Roles) -> Value {
    let wants = |dataset: &str| datasets.iter().any(|wanted| wanted == dataset);
    let status = order.status(now);
    let priced = status != Status::Pending;
    let mut body = Map::new();
    body.insert("orderId".into(), json!(order.id));
    if let Some(number) = &order.seller_number {
        body.insert(
            "orderAliases".into(),
            json!([{ "aliasId": number, "aliasType": "SELLER_ORDER_ID" }]),
        );
    }
    body.insert("createdTime".into(), json!(instant(order.created)));
    body.insert("lastUpdatedTime".into(), json!(instant(order.updated(now))));
    if !order.programs.is_empty() {
        body.insert("programs".into(), json!(order.programs));
    }
    if let Some(original) = &order.replaces {
        let kind = if order.exchange {
            "EXCHANGE_ORIGINAL_ID"
        } else {
            "REPLACEMENT_ORIGINAL_ID"
        };
        let association = json!([{ "orderId": original, "associationType": kind }]);
        body.insert("associatedOrders".into(), association);
    }
    body.insert("salesChannel".into(), channel(order));
    if wants("BUYER") && priced && roles.buyers && !order.outside {
        body.insert("buyer".into(), buyer(order));
    }
    if wants("RECIPIENT") && priced {
        body.insert(
            "recipient".into(),
            json!({ "deliveryAddress": address(order, now, roles) }),
        );
    }
    if wants("PROCEEDS") && priced && !order.outside {
        let totals = breakdowns(order.market, &order.lines.iter().collect::<Vec<_>>());
        let totals: Vec<Value> = totals
            .into_iter()
            .map(|(kind, amount, _)| json!({ "type": kind, "subtotal": money(order.market, amount) }))
            .collect();
        body.insert(
            "proceeds".into(),
            json!({ "grandTotal": money(order.market, order.total()), "breakdowns": totals }),
        );
    }
    if wants("PAYMENT") && priced && !order.outside && order.total() > Decimal::ZERO {
        let method = if order.lines.iter().any(|line| !line.cod_fee.is_zero()) {
            "CashOnDelivery"
        } else if order.market.code == "JP" && order.pending_until - order.created > TimeDelta::days(1) {
            "ConvenienceStore"
        } else {
            "CreditCard"
        };
        let execution = json!({ "paymentMethod": method, "paymentAmount": money(order.market, order.total()) });
        body.insert("payment".into(), json!({ "paymentExecutions": [execution] }));
    }
    if wants("TAX")
        && let Some(number) = &order.buyer.vat_number
    {
        let registration = json!({
            "entityType": "BUYER",
            "legalName": order.buyer.company,
            "taxRegistrationType": "VAT",
            "taxRegistrationNumber": number,
        });
        body.insert("tax".into(), json!({ "taxRegistrations": [registration] }));
    }
    if wants("FULFILLMENT") {
        body.insert("fulfillment".into(), fulfillment(order, status));
    }
    let items: Vec<Value> = order
        .lines
        .iter()
        .map(|line| item(order, line, now, &wants, roles))
        .collect();
    body.insert("orderItems".into(), json!(items));
    if wants("PACKAGES") && order.channel == Channel::Merchant {
        body.insert("packages".into(), packages(order, now));
    }
    Value::Object(body)
}

fn channel(order: &Order) -> Value {
    let market = order.market;
    if order.outside {
        return json!({ "channelName": "NON_AMAZON", "marketplaceId": market.id, "marketplaceName": "Non-Amazon" });
    }
    json!({ "channelName": "AMAZON", "marketplaceId": market.id, "marketplaceName": market.name })
}

fn buyer(order: &Order) -> Value {
    let mut buyer = Map::new();
    let known = &order.buyer;
    if order.channel == Channel::Merchant {
        buyer.insert("buyerName".into(), json!(known.name));
        buyer.insert("buyerEmail".into(), json!(known.email));
    }
    if let Some(company) = &known.company {
        buyer.insert("buyerCompanyName".into(), json!(company));
    }
    if let Some(number) = &known.purchase_order {
        buyer.insert("buyerPurchaseOrderNumber".into(), json!(number));
    }
    Value::Object(buyer)
}

/// Names and streets only for orders that the seller ships, and only with the role; the telephone no longer once the
/// parcel must have arrived.
fn address(order: &Order, now: DateTime<Utc>, roles: Roles) -> Value {
    let known = &order.buyer;
    let mut address = Map::new();
    if roles.buyers && order.channel == Channel::Merchant {
        address.insert("name".into(), json!(known.name));
        if let Some(company) = &known.company {
            address.insert("companyName".into(), json!(company));
        }
        address.insert("addressLine1".into(), json!(known.street));
        let arrived = order.shipped.is_some_and(|at| at <= now) && deliver_by(order) < now;
        if !arrived {
            address.insert("phone".into(), json!(known.phone));
        }
    }
    address.insert("city".into(), json!(known.city));
    if let Some(state) = &known.state {
        address.insert("stateOrRegion".into(), json!(state));
    }
    address.insert("postalCode".into(), json!(known.postal_code));
    address.insert("countryCode".into(), json!(known.country));
    address.insert(
        "addressType".into(),
        json!(if known.company.is_some() {
            "COMMERCIAL"
        } else {
            "RESIDENTIAL"
        }),
    );
    Value::Object(address)
}

/// The last promised moment of shipping.
pub fn ship_by(order: &Order) -> DateTime<Utc> {
    let promised = if order.service == "STANDARD" { 47 } else { 23 };
    order.ship_by.unwrap_or(order.created + TimeDelta::hours(promised))
}

/// The last promised moment of delivery.
pub fn deliver_by(order: &Order) -> DateTime<Utc> {
    ship_by(order) + TimeDelta::days(if order.service == "STANDARD" { 5 } else { 2 })
}

fn fulfillment(order: &Order, status: Status) -> Value {
    json!({
        "fulfillmentStatus": status_word(status),
        "fulfilledBy": channel_word(order.channel),
        "fulfillmentServiceLevel": order.service,
        "shipByWindow": { "earliestDateTime": instant(order.created), "latestDateTime": instant(ship_by(order)) },
        "deliverByWindow": {
            "earliestDateTime": instant(ship_by(order) + TimeDelta::days(1)),
            "latestDateTime": instant(deliver_by(order)),
        },
    })
}

fn item(order: &Order, line: &Line, now: DateTime<Utc>, wants: &dyn Fn(&str) -> bool, roles: Roles) -> Value {
    let status = order.status(now);
    let priced = status != Status::Pending && !order.outside;
    let market = order.market;
    let mut product = Map::new();
    product.insert("asin".into(), json!(line.asin));
    product.insert("title".into(), json!(line.title));
    product.insert("sellerSku".into(), json!(line.sku));
    product.insert(
        "condition".into(),
        json!({ "conditionType": "NEW", "conditionSubtype": "NEW" }),
    );
    if priced && line.quantity > 0 {
        let unit = rounded(line.item / Decimal::from(line.quantity), market.decimals);
        let mut price = json!({ "unitPrice": money(market, unit) });
        if order.has("AMAZON_BUSINESS") {
            price["priceDesignation"] = json!("BUSINESS_PRICE");
        }
        product.insert("price".into(), price);
    }
    let mut body = Map::new();
    body.insert("orderItemId".into(), json!(line.id));
    let told = if order.garbled.is_some() {
        json!(-1)
    } else {
        json!(line.quantity)
    };
    body.insert("quantityOrdered".into(), told);
    body.insert("product".into(), Value::Object(product));
    if wants("PROCEEDS") && priced {
        body.insert("proceeds".into(), proceeds(market, line));
    }
    if wants("EXPENSE") && line.points > 0 {
        let worth = money(market, Decimal::from(line.points));
        let points = json!({ "pointsGranted": { "pointsNumber": line.points, "pointsMonetaryValue": worth } });
        body.insert("expense".into(), json!({ "pointsCost": points }));
    }
    if wants("PROMOTION") && !line.promotions.is_empty() && priced {
        let ids: Vec<Value> = line.promotions.iter().map(|id| json!({ "promotionId": id })).collect();
        body.insert("promotion".into(), json!({ "breakdowns": ids }));
    }
    let cancelled =
        status == Status::Cancelled || (line.cancelled > 0 && order.touched.first().is_some_and(|at| *at <= now));
    let mut cancellation = Map::new();
    if let Some((_, reason)) = order.cancel_request.as_ref().filter(|(since, _)| *since <= now) {
        let request = json!({ "requester": "BUYER", "cancelReason": reason });
        cancellation.insert("cancellationRequest".into(), request);
    }
    if cancelled {
        let known = order.cancellation.as_ref();
        let by = known.map_or("BUYER", |known| known.by.as_str());
        let reason = known.map_or("Ordered by mistake", |known| known.reason.as_str());
        cancellation.insert(
            "cancellationExecution".into(),
            json!({ "cancelledBy": by, "cancelReason": reason }),
        );
    }
    if wants("CANCELLATION") && !cancellation.is_empty() {
        body.insert("cancellation".into(), Value::Object(cancellation));
    }
    if wants("FULFILLMENT") {
        body.insert("fulfillment".into(), progress(order, line, now, roles));
    }
    let mut tax = Map::new();
    if order.facilitated {
        let collection = json!([{ "model": "MARKETPLACE_FACILITATOR", "responsibleParty": responsible(market) }]);
        tax.insert("taxCollections".into(), collection);
    }
    if let Some(scheme) = &order.tax_scheme {
        tax.insert(
            "taxCalculationBreakdowns".into(),
            json!([{ "reportingScheme": scheme }]),
        );
    }
    if wants("TAX") && priced && !tax.is_empty() {
        body.insert("tax".into(), Value::Object(tax));
    }
    Value::Object(body)
}

fn responsible(market: &Market) -> &'static str {
    if market.code == "US" {
        "Amazon Services, Inc."
    } else {
        "Amazon Services Europe S.a.r.l."
    }
}

fn progress(order: &Order, line: &Line, now: DateTime<Utc>, roles: Roles) -> Value {
    let done = units_done(order, line, now);
    let open = if order.status(now) == Status::Cancelled {
        0
    } else {
        line.wanted().saturating_sub(done)
    };
    let mut body = json!({ "quantityFulfilled": done, "quantityUnfulfilled": open });
    if !line.gift_wrap.is_zero() {
        let mut gift = json!({ "giftWrapLevel": "Classic" });
        if roles.buyers
            && let Some(message) = &line.gift_message
        {
            gift["giftMessage"] = json!(message);
        }
        body["packing"] = json!({ "giftOption": gift });
    }
    body
}

/// Units of the line that were shipped by then.
pub fn units_done(order: &Order, line: &Line, now: DateTime<Utc>) -> u32 {
    match order.status(now) {
        Status::Shipped => line.wanted(),
        // Amazon ships the first line first.
        Status::PartiallyShipped if order.parcels.is_empty() => {
            let first = order.lines.first().is_some_and(|first| first.id == line.id);
            line.wanted() * u32::from(first)
        }
        Status::PartiallyShipped => order.shown(&line.id, now),
        _ => 0,
    }
}

fn proceeds(market: &Market, line: &Line) -> Value {
    let parts: Vec<Value> = breakdowns(market, &[line])
        .into_iter()
        .map(|(kind, subtotal, details)| {
            let mut part = json!({ "type": kind, "subtotal": money(market, subtotal) });
            if !details.is_empty() {
                let details: Vec<Value> = details
                    .into_iter()
                    .map(|(kind, value)| json!({ "subtype": kind, "value": money(market, value) }))
                    .collect();
                part["detailedBreakdowns"] = json!(details);
            }
            part
        })
        .collect();
    let tax_on_top = if market.tax_included() {
        Decimal::ZERO
    } else {
        line.tax()
    };
    json!({ "proceedsTotal": money(market, line.charged() + tax_on_top), "breakdowns": parts })
}

type Details = Vec<(&'static str, Decimal)>;

/// Line totals by kind, zero ones left out; taxes and discounts with their parts.
fn breakdowns(market: &Market, lines: &[&Line]) -> Vec<(&'static str, Decimal, Details)> {
    let sum = |part: fn(&Line) -> Decimal| lines.iter().map(|line| part(line)).sum::<Decimal>();
    let mut all = vec![("ITEM", sum(|line| line.item), Details::new())];
    all.push(("SHIPPING", sum(|line| line.shipping), Details::new()));
    all.push(("GIFT_WRAP", sum(|line| line.gift_wrap), Details::new()));
    all.push(("COD_FEE", sum(|line| line.cod_fee), Details::new()));
    let taxes = vec![
        ("ITEM", sum(|line| line.item_tax)),
        ("SHIPPING", sum(|line| line.shipping_tax)),
        ("GIFT_WRAP", sum(|line| line.gift_wrap_tax)),
    ];
    let discounts = vec![
        ("ITEM", sum(|line| line.item_discount)),
        ("SHIPPING", sum(|line| line.shipping_discount)),
    ];
    for (kind, details) in [("TAX", taxes), ("DISCOUNT", discounts)] {
        let details: Details = details.into_iter().filter(|(_, amount)| !amount.is_zero()).collect();
        let total = details.iter().map(|(_, amount)| *amount).sum::<Decimal>();
        all.push((kind, rounded(total, market.decimals), details));
    }
    all.into_iter()
        .filter(|(kind, amount, _)| *kind == "ITEM" || !amount.is_zero())
        .collect()
}

fn packages(order: &Order, now: DateTime<Utc>) -> Value {
    let list: Vec<Value> = order
        .parcels_at(now)
        .map(|parcel| {
            let arrived = parcel.shipped + TimeDelta::days(3) <= now;
            let content: Vec<Value> = parcel
                .content
                .iter()
                .map(|(id, units)| json!({ "orderItemId": id, "quantity": units }))
                .collect();
            let mut package = json!({
                "packageReferenceId": parcel.reference,
                "createdTime": instant(parcel.confirmed),
                "packageStatus": { "status": if arrived { "DELIVERED" } else { "SHIPPED" } },
                "carrier": parcel.carrier,
                "shipTime": instant(parcel.shipped),
                "packageItems": content,
            });
            if !parcel.tracking.is_empty() {
                package["trackingNumber"] = json!(parcel.tracking);
            }
            if let Some(service) = &parcel.service {
                package["shippingService"] = json!(service);
            }
            package
        })
        .collect();
    json!(list)
}

/// Money as text, with the currency's decimals.
pub fn money(market: &Market, amount: Decimal) -> Value {
    json!({ "amount": format!("{:.*}", market.decimals as usize, amount), "currencyCode": market.currency })
}
