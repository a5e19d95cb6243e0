//! Finances 2024-06-19: a second telling of what the settlements say.

use chrono::{DateTime, TimeDelta, Utc};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::chance::name_of;
use crate::market;
use crate::time::instant_millis as instant;
use crate::world::World;
use crate::world::settlement::{Row, Settlement};

use super::answer::{Answer, Outcome, refuse};
use super::asked::Asked;

const PAGE: usize = 500;

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
    let list: Vec<Value> = chosen
        .iter()
        .skip(at)
        .take(PAGE)
        .map(|(settlement, rows)| transaction(settlement, rows, seller))
        .collect();
    let mut payload = json!({ "transactions": list });
    if at + PAGE < chosen.len() {
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

fn settlements<'a>(asked: &Asked, world: &'a World) -> impl Iterator<Item = &'a Settlement> {
    let (region, now): (_, DateTime<Utc>) = (asked.region, asked.now);
    world
        .settlements
        .iter()
        .filter(move |known| known.market.region == region && known.ready <= now)
}

fn together(settlement: &Settlement) -> Vec<Together<'_>> {
    let mut all: Vec<Together<'_>> = Vec::new();
    for row in &settlement.rows {
        match all.last_mut() {
            Some((_, rows))
                if !row.order.is_empty() && rows[0].order == row.order && rows[0].transaction == row.transaction =>
            {
                rows.push(row);
            }
            _ => all.push((settlement, vec![row])),
        }
    }
    all
}

fn group_id(settlement: &Settlement) -> String {
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
    let parts: Vec<Value> = rows
        .iter()
        .map(|row| breakdown(currency, &format!("{} {}", row.kind, row.description), row.amount))
        .collect();
    json!({
        "sellingPartnerMetadata": { "sellingPartnerId": seller, "accountType": "Standard Orders", "marketplaceId": settlement.market.id },
        "relatedIdentifiers": related,
        "transactionType": kind,
        "transactionId": name_of(&[&settlement.id, &first.order, &first.transaction, &first.description, &first.posted.to_string()])[..32],
        "transactionStatus": "RELEASED",
        "description": if first.order.is_empty() { first.description.as_str() } else { "Order payment" },
        "postedDate": instant(first.posted),
        "totalAmount": amount(currency, rows.iter().map(|row| row.amount).sum()),
        "marketplaceDetails": { "marketplaceId": settlement.market.id, "marketplaceName": market::by_id(settlement.market.id).map_or("", |known| known.name) },
        "breakdowns": parts,
    })
}

fn breakdown(currency: &str, kind: &str, value: Decimal) -> Value {
    json!({ "breakdownType": kind, "breakdownAmount": amount(currency, value) })
}

/// Money as this API writes it: a JSON number with the digits that it has.
fn amount(currency: &str, value: Decimal) -> Value {
    let number: Value = serde_json::from_str(&value.normalize().to_string()).unwrap_or(json!(0));
    json!({ "currencyCode": currency, "currencyAmount": number })
}
