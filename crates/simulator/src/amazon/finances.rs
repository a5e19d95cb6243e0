//! Finances 2024-06-19: a second telling of what the settlements say.

use chrono::{DateTime, TimeDelta, Utc};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::chance::name_of;
use crate::market;
use crate::time::instant_millis as instant;
use crate::world::World;
use crate::world::deferral::Held;
use crate::world::rows;
use crate::world::settlement::{Row, Settlement};

use super::answer::{Answer, Outcome, refuse};
use super::asked::Asked;

const PAGE: usize = 500;
const BALANCES: [&str; 5] = ["AVAILABLE", "RESERVED", "ACCOUNT_LEVEL_RESERVE", "DEFERRED", "TOTAL"];

/// Rows that were posted together: one transaction.
type Together<'a> = (&'a Settlement, Vec<&'a Row>);

/// `GET /finances/2024-06-19/transactions`. The token goes with the same arguments.
pub fn transactions(asked: &Asked, world: &World, seller: &str) -> Outcome {
    let name = asked.one("relatedIdentifierName");
    let value = asked.one("relatedIdentifierValue");
    let after = asked.instant("postedAfter")?;
    let before = asked.instant("postedBefore")?.unwrap_or(asked.now);
    match (name, value, after) {
        (Some("FINANCIAL_EVENT_GROUP_ID" | "ORDER_ID"), Some(_), _) | (None, None, Some(_)) => {}
        _ => {
            return refuse(Answer::invalid(
                "postedAfter, or relatedIdentifierName with its value, is required.",
            ));
        }
    }
    if after.is_some_and(|after| before - after > TimeDelta::days(180)) {
        return refuse(Answer::invalid("The window must be at most 180 days."));
    }
    let chosen: Vec<Together<'_>> = settlements(asked, world)
        .flat_map(together)
        .filter(|(settlement, rows)| {
            let posted = rows[0].posted;
            let named = match name {
                Some("ORDER_ID") => value == Some(rows[0].order.as_str()),
                Some(_) => value == Some(group_id(settlement).as_str()),
                None => true,
            };
            let market = asked.one("marketplaceId").is_none_or(|id| id == settlement.market.id);
            named && market && posted <= before && after.is_none_or(|after| posted >= after)
        })
        .collect();
    let at: usize = asked
        .one("nextToken")
        .and_then(|token| token.rsplit('-').next()?.parse().ok())
        .unwrap_or(0);
    let status = asked.one("transactionStatus");
    if status.is_some_and(|status| !["DEFERRED", "RELEASED", "DEFERRED_RELEASED"].contains(&status)) {
        return refuse(Answer::invalid("transactionStatus is not one of the allowed values."));
    }
    let wants = |wanted: &str| status.is_none_or(|status| status == wanted);
    let mut all: Vec<Value> = Vec::new();
    if wants("RELEASED") {
        all.extend(
            chosen
                .iter()
                .map(|(settlement, rows)| transaction(settlement, rows, seller)),
        );
    }
    if name != Some("FINANCIAL_EVENT_GROUP_ID") {
        for held in held(asked, world) {
            let here = asked.one("marketplaceId").is_none_or(|id| id == held.order.market.id);
            let named = value.is_none_or(|id| id == held.order.id);
            let within = |at: DateTime<Utc>| at <= before && after.is_none_or(|after| at >= after);
            if !here || !named {
                continue;
            }
            let stands = if held.is_deferred(asked.now) {
                "DEFERRED"
            } else {
                "DEFERRED_RELEASED"
            };
            if wants(stands) && within(held.shipment.at) {
                all.push(money_of(&held, stands, seller));
            }
            // Released, and not in a settlement that is out yet.
            let open = !held.settled && held.release <= asked.now;
            if open && wants("RELEASED") && within(held.release) {
                all.push(money_of(&held, "RELEASED", seller));
            }
        }
    }
    let list = &all[at.min(all.len())..all.len().min(at + PAGE)];
    let mut payload = json!({ "transactions": list });
    if at + PAGE < all.len() {
        payload["nextToken"] = json!(format!("{}-{}", name_of(&["finances"]), at + PAGE));
    }
    Ok(Answer::json(200, &json!({ "payload": payload })))
}

/// `GET /finances/2024-06-19/summary`.
pub fn summary(asked: &Asked, world: &World, seller: &str) -> Outcome {
    if asked.one("relatedIdentifierName") != Some("SETTLEMENT_ID") {
        return refuse(Answer::invalid(
            "relatedIdentifierName SETTLEMENT_ID with its value is required.",
        ));
    }
    let wanted = asked.one("relatedIdentifierValue").unwrap_or_default();
    let list: Vec<Value> = settlements(asked, world)
        .filter(|settlement| settlement.id == wanted)
        .map(|settlement| {
            let side = |positive: bool| settlement.rows.iter().map(|row| row.amount).filter(|amount| amount.is_sign_positive() == positive).sum();
            json!({
                "partnerMetadata": { "partnerId": seller, "accountType": "Standard Orders", "marketplaceId": settlement.market.id },
                "netProceeds": amount(settlement.market.currency, settlement.total()),
                "relatedIdentifiers": [{ "relatedIdentifierName": "SETTLEMENT_ID", "relatedIdentifierValue": settlement.id }],
                "breakdowns": [
                    breakdown(settlement.market.currency, "Sales", side(true)),
                    breakdown(settlement.market.currency, "Expenses", side(false)),
                ],
                "periodStart": instant(settlement.start),
                "periodEnd": instant(settlement.end),
            })
        })
        .collect();
    Ok(Answer::json(200, &json!({ "summaries": list })))
}

/// `GET /finances/2024-06-19/balances`: what was shipped waits until it is released, and what is released for the next
/// settlement.
pub fn balances(asked: &Asked, world: &World, seller: &str) -> Outcome {
    let wanted = asked.many("marketplaceIds");
    asked.known("balanceType", &BALANCES)?;
    let as_of = asked.instant("asOfDate")?.unwrap_or(asked.now);
    let held = held(asked, world);
    let mut list = Vec::new();
    for market in market::everywhere().filter(|market| market.region == asked.region && world.sells_in(market)) {
        if !wanted.is_empty() && !wanted.iter().any(|id| id == market.id) {
            continue;
        }
        let here = held
            .iter()
            .filter(|one| one.order.market.id == market.id && one.shipment.at <= as_of);
        let (mut deferred, mut free) = (Decimal::new(0, market.decimals), Decimal::new(0, market.decimals));
        for one in here.filter(|one| !one.settled) {
            let place = if one.is_deferred(as_of) {
                &mut deferred
            } else {
                &mut free
            };
            *place += net(one);
        }
        let none = Decimal::new(0, market.decimals);
        let of = |kind: &str, value| json!({ "balanceType": kind, "amount": amount(market.currency, value) });
        let available = of("AVAILABLE", free);
        let mut reserved = of("RESERVED", deferred);
        reserved["balances"] = json!([of("DEFERRED", deferred), of("ACCOUNT_LEVEL_RESERVE", none)]);
        let mut total = of("TOTAL", deferred + free);
        total["balances"] = json!([available, reserved]);
        let mut balance = match asked.one("balanceType") {
            None | Some("TOTAL") => total,
            Some("AVAILABLE") => available,
            Some("RESERVED") => reserved,
            Some(other) => of(other, if other == "DEFERRED" { deferred } else { none }),
        };
        balance["partnerMetadata"] =
            json!({ "partnerId": seller, "accountType": "Standard Orders", "marketplaceId": market.id });
        if asked.one("asOfDate").is_some() {
            balance["asOfDate"] = json!(instant(as_of));
        } else {
            balance["lastUpdatedTime"] = json!(as_of.with_timezone(&market.zone).to_rfc3339());
        }
        list.push(balance);
    }
    Ok(Answer::json(200, &json!({ "balances": list })))
}

/// Money of the region that was held back, or still is.
fn held<'a>(asked: &Asked, world: &'a World) -> Vec<Held<'a>> {
    let mut held = world.held(asked.now);
    held.retain(|one| one.order.market.region == asked.region);
    held
}

/// What of a shipment comes to the seller.
fn net(held: &Held<'_>) -> Decimal {
    rows::of_shipment(held.order, &held.shipment, held.release)
        .iter()
        .map(|row| row.amount)
        .sum()
}

/// Settlements of the region that are closed, each as it was issued last.
pub fn settlements<'a>(asked: &Asked, world: &'a World) -> impl Iterator<Item = &'a Settlement> {
    let (region, now): (_, DateTime<Utc>) = (asked.region, asked.now);
    world
        .settlements
        .iter()
        .filter(move |known| known.market.region == region && known.ready <= now)
        .filter(move |known| {
            let later = |other: &&Settlement| other.id == known.id && other.issue > known.issue && other.ready <= now;
            !world.settlements.iter().any(|other| later(&other))
        })
}

fn together(settlement: &Settlement) -> Vec<Together<'_>> {
    let mut all: Vec<Together<'_>> = Vec::new();
    for row in &settlement.rows {
        match all.last_mut() {
            Some((_, rows))
                if !row.order.is_empty()
                    && rows[0].order == row.order
                    && rows[0].transaction == row.transaction
                    && rows[0].shipment == row.shipment =>
            {
                rows.push(row);
            }
            _ => all.push((settlement, vec![row])),
        }
    }
    all
}

/// The settlement's id as event group.
pub fn group_id(settlement: &Settlement) -> String {
    name_of(&["event group", &settlement.id])[..40].to_owned()
}

fn transaction(settlement: &Settlement, rows: &[&Row], seller: &str) -> Value {
    let first = rows[0];
    let currency = settlement.market.currency;
    let mut related = vec![
        ("FINANCIAL_EVENT_GROUP_ID", group_id(settlement)),
        ("SETTLEMENT_ID", settlement.id.clone()),
    ];
    if !first.order.is_empty() {
        related.push(("ORDER_ID", first.order.clone()));
    }
    let related: Vec<Value> = related
        .into_iter()
        .map(|(name, value)| json!({ "relatedIdentifierName": name, "relatedIdentifierValue": value }))
        .collect();
    let kind = match first.transaction.as_str() {
        "Order" => "Shipment",
        other => other,
    };
    // What was held back is released under the number that the deferred transaction names.
    let id = if first.transaction == "Order" {
        name_of(&["released", &first.order, &first.shipment])
    } else {
        let posted = first.posted.to_string();
        name_of(&[
            &settlement.id,
            &first.order,
            &first.transaction,
            &first.description,
            &posted,
        ])
    };
    let parts: Vec<Value> = rows
        .iter()
        .map(|row| breakdown(currency, &format!("{} {}", row.kind, row.description), row.amount))
        .collect();
    json!({
        "sellingPartnerMetadata": { "sellingPartnerId": seller, "accountType": "Standard Orders", "marketplaceId": settlement.market.id },
        "relatedIdentifiers": related,
        "transactionType": kind,
        "transactionId": id[..32],
        "transactionStatus": "RELEASED",
        "description": if first.order.is_empty() { first.description.as_str() } else { "Order payment" },
        "postedDate": instant(first.posted),
        "totalAmount": amount(currency, rows.iter().map(|row| row.amount).sum()),
        "marketplaceDetails": { "marketplaceId": settlement.market.id, "marketplaceName": market::by_id(settlement.market.id).map_or("", |known| known.name) },
        "breakdowns": parts,
    })
}

/// Money that was held back seven days after delivery, or until the invoice of a business order was paid: as it was
/// deferred, or as it was released.
fn money_of(held: &Held<'_>, status: &str, seller: &str) -> Value {
    let market = held.order.market;
    let number = |what: &str| name_of(&[what, &held.order.id, &held.shipment.id])[..32].to_owned();
    let (deferred, released) = (number("deferred"), number("released"));
    let (id, posted, other) = match status {
        "RELEASED" => (released, held.release, Some(("DEFERRED_TRANSACTION_ID", deferred))),
        "DEFERRED_RELEASED" => (deferred, held.shipment.at, Some(("RELEASE_TRANSACTION_ID", released))),
        _ => (deferred, held.shipment.at, None),
    };
    let mut related = vec![
        ("ORDER_ID", held.order.id.clone()),
        ("SHIPMENT_ID", held.shipment.id.clone()),
    ];
    related.extend(other);
    let related: Vec<Value> = related
        .into_iter()
        .map(|(name, value)| json!({ "relatedIdentifierName": name, "relatedIdentifierValue": value }))
        .collect();
    let context = json!({
        "contextType": "DeferredContext", "deferralReason": held.reason, "maturityDate": instant(held.release),
    });
    let parts: Vec<Value> = rows::of_shipment(held.order, &held.shipment, posted)
        .iter()
        .map(|row| {
            breakdown(
                market.currency,
                &format!("{} {}", row.kind, row.description),
                row.amount,
            )
        })
        .collect();
    json!({
        "sellingPartnerMetadata": { "sellingPartnerId": seller, "accountType": "Standard Orders", "marketplaceId": market.id },
        "relatedIdentifiers": related,
        "transactionType": "Shipment",
        "transactionId": id,
        "transactionStatus": status,
        "description": "Order payment",
        "postedDate": instant(posted),
        "totalAmount": amount(market.currency, net(held)),
        "marketplaceDetails": { "marketplaceId": market.id, "marketplaceName": market.name },
        "contexts": [context],
        "breakdowns": parts,
    })
}

fn breakdown(currency: &str, kind: &str, value: Decimal) -> Value {
    json!({ "breakdownType": kind, "breakdownAmount": amount(currency, value) })
}

/// Money as this API writes it: a JSON number with the digits that it has.
pub fn amount(currency: &str, value: Decimal) -> Value {
    let number: Value = serde_json::from_str(&value.normalize().to_string()).unwrap_or(json!(0));
    json!({ "currencyCode": currency, "currencyAmount": number })
}
