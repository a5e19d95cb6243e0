//! Finances v0: event groups and events, a third telling of what the settlements say.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::chance::name_of;
use crate::time::instant;
use crate::world::World;
use crate::world::settlement::{Row, Settlement};

use super::answer::{Answer, Outcome, refuse};
use super::asked::Asked;
use super::finances::{amount, group_id, settlements};

/// What is asked of the events.
enum Which<'a> {
    All,
    Group(&'a str),
    Order(&'a str),
}

/// `GET /finances/v0/financialEventGroups`.
pub fn groups(asked: &Asked, world: &World) -> Outcome {
    let size = asked.number("MaxResultsPerPage", 1, 100, 10)?;
    let after = asked.instant("FinancialEventGroupStartedAfter")?;
    let before = asked.instant("FinancialEventGroupStartedBefore")?;
    if after.zip(before).is_some_and(|(after, before)| after > before) {
        return refuse(Answer::invalid("The window must begin before it ends."));
    }
    let found: Vec<Value> = settlements(asked, world)
        .filter(|known| after.is_none_or(|at| known.start >= at) && before.is_none_or(|at| known.start <= at))
        .map(group)
        .collect();
    Ok(page(asked, size, &found, "FinancialEventGroupList"))
}

fn group(settlement: &Settlement) -> Value {
    let currency = settlement.market.currency;
    let begun: Decimal = settlement
        .rows
        .iter()
        .filter(|row| row.description == "Previous Reserve Amount Balance")
        .map(|row| row.amount)
        .sum();
    json!({
        "FinancialEventGroupId": group_id(settlement),
        "ProcessingStatus": "Closed",
        "FundTransferStatus": "Succeeded",
        "OriginalTotal": money(currency, settlement.total()),
        "FundTransferDate": instant(settlement.deposit),
        "TraceId": name_of(&["trace", &settlement.id])[..15].to_uppercase(),
        "AccountTail": "4417",
        "BeginningBalance": money(currency, begun),
        "FinancialEventGroupStart": instant(settlement.start),
        "FinancialEventGroupEnd": instant(settlement.end),
    })
}

fn money(currency: &str, value: Decimal) -> Value {
    let known = amount(currency, value);
    json!({ "CurrencyCode": known["currencyCode"], "CurrencyAmount": known["currencyAmount"] })
}

/// `GET /finances/v0/financialEvents`.
pub fn events(asked: &Asked, world: &World) -> Outcome {
    list(asked, world, &Which::All)
}

/// `GET /finances/v0/financialEventGroups/{eventGroupId}/financialEvents`.
pub fn events_of_group(asked: &Asked, world: &World, id: &str) -> Outcome {
    list(asked, world, &Which::Group(id))
}

/// `GET /finances/v0/orders/{orderId}/financialEvents`.
pub fn events_of_order(asked: &Asked, world: &World, id: &str) -> Outcome {
    list(asked, world, &Which::Order(id))
}

fn list(asked: &Asked, world: &World, which: &Which<'_>) -> Outcome {
    let size = asked.number("MaxResultsPerPage", 1, 100, 100)?;
    let (after, before) = (asked.instant("PostedAfter")?, asked.instant("PostedBefore")?);
    let begin = after.or_else(|| matches!(which, Which::All).then(|| asked.now - TimeDelta::days(180)));
    let mut events: Vec<(&str, Value)> = Vec::new();
    for settlement in settlements(asked, world) {
        if matches!(which, Which::Group(id) if *id != group_id(settlement)) {
            continue;
        }
        let rows = settlement.rows.iter().filter(|row| {
            begin.is_none_or(|at| row.posted >= at)
                && before.is_none_or(|at| row.posted <= at)
                && !matches!(which, Which::Order(id) if *id != row.order)
        });
        events.extend(told(settlement, rows));
    }
    let start = start(asked);
    let end = events.len().min(start + size);
    let mut lists: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
    for (list, event) in &events[start.min(end)..end] {
        lists.entry(list).or_default().push(event.clone());
    }
    let mut payload = json!({ "FinancialEvents": lists });
    if end < events.len() {
        payload["NextToken"] = json!(token(end));
    }
    Ok(Answer::json(200, &json!({ "payload": payload })))
}

/// One event for each order and kind of transaction, and one for each charge.
fn told<'a>(settlement: &Settlement, rows: impl Iterator<Item = &'a Row>) -> Vec<(&'static str, Value)> {
    let mut orders: Vec<(&str, &str, Vec<&Row>)> = Vec::new();
    let mut events = Vec::new();
    for row in rows {
        let of_order = !row.order.is_empty() && matches!(row.transaction.as_str(), "Order" | "Refund");
        if !of_order {
            events.push(charge(settlement, row));
            continue;
        }
        let known = orders
            .iter_mut()
            .find(|(order, kind, _)| *order == row.order && *kind == row.transaction);
        match known {
            Some((_, _, rows)) => rows.push(row),
            None => orders.push((&row.order, &row.transaction, vec![row])),
        }
    }
    let shipments = orders
        .into_iter()
        .map(|(_, kind, rows)| shipment(settlement, kind == "Refund", &rows));
    shipments.chain(events).collect()
}

fn shipment(settlement: &Settlement, refund: bool, rows: &[&Row]) -> (&'static str, Value) {
    let currency = settlement.market.currency;
    let word = |name: &str| {
        if refund {
            name.replace("List", "AdjustmentList")
        } else {
            name.to_owned()
        }
    };
    let mut items: Vec<Value> = Vec::new();
    for row in rows {
        let place = items
            .iter()
            .position(|item| item["OrderItemId"] == row.item_code.as_str());
        let place = place.unwrap_or_else(|| {
            items.push(json!({ "SellerSKU": row.sku, "OrderItemId": row.item_code, "QuantityShipped": row.quantity.unwrap_or(1) }));
            items.len() - 1
        });
        let item = &mut items[place];
        if row.kind.contains("Withheld") {
            let tax = json!({ "ChargeType": row.description, "ChargeAmount": money(currency, row.amount) });
            let list = json!([{ "TaxCollectionModel": "MarketplaceFacilitator", "TaxesWithheld": [] }]);
            if item["ItemTaxWithheldList"].is_null() {
                item["ItemTaxWithheldList"] = list;
            }
            push(&mut item["ItemTaxWithheldList"][0]["TaxesWithheld"], tax);
        } else if row.kind.contains("Fee") {
            let fee = json!({ "FeeType": row.description, "FeeAmount": money(currency, row.amount) });
            push(&mut item[word("ItemFeeList")], fee);
        } else if row.kind == "Promotion" {
            let promotion = json!({
                "PromotionType": row.description, "PromotionId": row.promotion, "PromotionAmount": money(currency, row.amount),
            });
            push(
                &mut item[if refund {
                    "PromotionAdjustmentList"
                } else {
                    "PromotionList"
                }],
                promotion,
            );
        } else {
            let charge = json!({ "ChargeType": row.description, "ChargeAmount": money(currency, row.amount) });
            push(&mut item[word("ItemChargeList")], charge);
        }
    }
    let first = rows[0];
    let event = json!({
        "AmazonOrderId": first.order,
        "SellerOrderId": first.merchant_order,
        "MarketplaceName": first.marketplace,
        "PostedDate": instant(first.posted),
        word("ShipmentItemList"): items,
    });
    (if refund { "RefundEventList" } else { "ShipmentEventList" }, event)
}

fn push(list: &mut Value, entry: Value) {
    match list {
        Value::Array(list) => list.push(entry),
        other => *other = json!([entry]),
    }
}

fn charge(settlement: &Settlement, row: &Row) -> (&'static str, Value) {
    let money = money(settlement.market.currency, row.amount);
    if row.kind.contains("Reimbursement") || row.description.contains("Reserve") {
        let event =
            json!({ "AdjustmentType": row.description, "PostedDate": instant(row.posted), "AdjustmentAmount": money });
        return ("AdjustmentEventList", event);
    }
    let fee = json!({ "FeeType": row.description, "FeeAmount": money });
    (
        "ServiceFeeEventList",
        json!({ "FeeReason": row.kind, "FeeList": [fee], "FeeDescription": row.description }),
    )
}

fn start(asked: &Asked) -> usize {
    asked
        .one("NextToken")
        .and_then(|token| token.rsplit('-').next()?.parse().ok())
        .unwrap_or(0)
}

fn token(at: usize) -> String {
    format!("{}-{at}", &name_of(&["finances v0"])[..24])
}

fn page(asked: &Asked, size: usize, found: &[Value], list: &str) -> Answer {
    let start = start(asked).min(found.len());
    let end = found.len().min(start + size);
    let mut payload = json!({ list: found[start..end] });
    if end < found.len() {
        payload["NextToken"] = json!(token(end));
    }
    Answer::json(200, &json!({ "payload": payload }))
}
