//! Finances 2024-06-19: a second telling of what the settlements say.

use chrono::{DateTime, TimeDelta, Utc};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::chance::name_of;
use crate::market::{self, Market, Region};
use crate::time::instant_millis as instant;
use crate::world::World;
use crate::world::deferral::Held;
use crate::world::rows;
use crate::world::settlement::Settlement;

use super::answer::{Answer, Outcome, refuse};
use super::asked::Asked;
use super::postings::{self, Posting};

const PAGE: usize = 100;
const BALANCES: [&str; 5] = ["AVAILABLE", "RESERVED", "ACCOUNT_LEVEL_RESERVE", "DEFERRED", "TOTAL"];

/// `GET /finances/2024-06-19/transactions`. The token goes with the same arguments; a page before the last one is empty
/// now and then, as Amazon says that it may be.
pub fn transactions(asked: &Asked, world: &World, seller: &str) -> Outcome {
    let name = asked.one("relatedIdentifierName");
    let value = asked.one("relatedIdentifierValue");
    let after = asked.instant("postedAfter")?;
    let youngest = asked.now - TimeDelta::minutes(2);
    let before = asked.instant("postedBefore")?.unwrap_or(youngest);
    match (name, value, after) {
        (Some("FINANCIAL_EVENT_GROUP_ID" | "ORDER_ID"), Some(_), _) | (None, None, Some(_)) => {}
        _ => {
            return refuse(Answer::invalid(
                "postedAfter, or relatedIdentifierName with its value, is required.",
            ));
        }
    }
    if before > youngest || after.is_some_and(|after| after >= before) {
        return refuse(Answer::invalid(
            "postedBefore must be later than postedAfter and more than two minutes before the request.",
        ));
    }
    let status = asked.one("transactionStatus");
    if status.is_some_and(|status| !["DEFERRED", "RELEASED", "DEFERRED_RELEASED"].contains(&status)) {
        return refuse(Answer::invalid("transactionStatus is not one of the allowed values."));
    }
    let wanted = |one: &&Posting| {
        let named = match name {
            Some("ORDER_ID") => value == one.order.as_deref(),
            Some(_) => value == one.group.as_deref(),
            None => true,
        };
        named
            && asked.one("marketplaceId").is_none_or(|id| id == one.market.id)
            && status.is_none_or(|status| status == one.status)
            && one.posted < before
            && after.is_none_or(|after| one.posted >= after)
    };
    let mut all = postings::all(asked.region, world, asked.now);
    // Of a span that is too long Amazon answers nothing.
    if after.is_some_and(|after| before - after > TimeDelta::days(180)) {
        all.clear();
    }
    all.sort_by(|one, other| (one.posted, &one.id).cmp(&(other.posted, &other.id)));
    let chosen: Vec<Value> = all.iter().filter(wanted).map(|one| one.told(seller)).collect();
    Ok(page(asked, &chosen))
}

fn page(asked: &Asked, all: &[Value]) -> Answer {
    let token = asked.one("nextToken").unwrap_or_default();
    let at: usize = token.rsplit('-').next().and_then(|at| at.parse().ok()).unwrap_or(0);
    let passes = token.contains("-empty-");
    let list = if passes {
        &[]
    } else {
        &all[at.min(all.len())..all.len().min(at + PAGE)]
    };
    let mut payload = json!({ "transactions": list });
    let rest = if passes { at } else { at + PAGE };
    if rest < all.len() {
        let is_last = all.len() - rest <= PAGE;
        let word = if is_last && !passes { "empty" } else { "at" };
        payload["nextToken"] = json!(format!("{}-{word}-{rest}", name_of(&["finances"])));
    }
    Answer::json(200, &json!({ "payload": payload }))
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
        let none = Decimal::new(0, market.decimals);
        let deferred: Decimal = none + here.filter(|one| one.is_deferred(as_of)).map(net).sum::<Decimal>();
        let open = world.open_settlements(as_of);
        let open = open.iter().filter(|known| known.market.id == market.id);
        let kept = none + kept_back(asked, world, market);
        // What the last settlement kept back opens the next one; it is the seller's, and not available.
        let free = none
            + open
                .flat_map(|known| &known.rows)
                .map(|row| row.amount)
                .sum::<Decimal>()
            - kept;
        let of = |kind: &str, value| json!({ "balanceType": kind, "amount": amount(market.currency, value) });
        let available = of("AVAILABLE", free);
        let mut reserved = of("RESERVED", deferred + kept);
        reserved["balances"] = json!([of("DEFERRED", deferred), of("ACCOUNT_LEVEL_RESERVE", kept)]);
        let mut total = of("TOTAL", deferred + free + kept);
        total["balances"] = json!([available, reserved]);
        let mut balance = match asked.one("balanceType") {
            None | Some("TOTAL") => total,
            Some("AVAILABLE") => available,
            Some("RESERVED") => reserved,
            Some(other) => of(other, if other == "DEFERRED" { deferred } else { kept }),
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

/// What the marketplace's last settlement kept back as a reserve.
fn kept_back(asked: &Asked, world: &World, market: &Market) -> Decimal {
    let last = settlements(asked, world)
        .filter(|known| known.market.id == market.id)
        .last();
    let rows = last.into_iter().flat_map(|known| &known.rows);
    let kept = rows.filter(|row| row.description == "Current Reserve Amount");
    -kept.map(|row| row.amount).sum::<Decimal>()
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
    issued_last(world, asked.region, asked.now)
}

/// The same of a region at an instant.
pub fn issued_last(world: &World, region: Region, now: DateTime<Utc>) -> impl Iterator<Item = &Settlement> {
    world
        .settlements
        .iter()
        .filter(move |known| known.market.region == region && known.ready <= now)
        .filter(move |known| {
            let later = |other: &&Settlement| other.id == known.id && other.issue > known.issue && other.ready <= now;
            !world.settlements.iter().any(|other| later(&other))
        })
}

/// The settlement's id as event group.
pub fn group_id(settlement: &Settlement) -> String {
    name_of(&["event group", &settlement.id])[..40].to_owned()
}

pub(super) fn breakdown(currency: &str, kind: &str, value: Decimal) -> Value {
    json!({ "breakdownType": kind, "breakdownAmount": amount(currency, value) })
}

/// Money as this API writes it: a JSON number with the digits that it has.
pub fn amount(currency: &str, value: Decimal) -> Value {
    let number: Value = serde_json::from_str(&value.normalize().to_string()).unwrap_or(json!(0));
    json!({ "currencyCode": currency, "currencyAmount": number })
}
