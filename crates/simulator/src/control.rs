//! What a test or a person may do to the simulated company: move time, make things go wrong, look into both books.

use serde_json::{Value, json};
use wire::Clock as _;

use crate::simulator::Simulator;
use crate::time::instant;
use crate::world::order::{Channel, Order};

/// Amazon's book: every order so far and every settlement, amounts as text.
pub fn amazon_books(simulator: &Simulator) -> Value {
    let parts = simulator.parts();
    let now = parts.time.now();
    let state = parts.amazon.state();
    let orders: Vec<Value> = state.world.orders.iter().filter(|order| order.created <= now).map(|order| book_entry(order, now)).collect();
    let settlements: Vec<Value> = state
        .world
        .settlements
        .iter()
        .map(|settlement| {
            json!({
                "settlement_id": settlement.id,
                "marketplace": settlement.market.code,
                "currency": settlement.market.currency,
                "start": instant(settlement.start),
                "end": instant(settlement.end),
                "deposit_date": instant(settlement.deposit),
                "ready": settlement.ready <= now,
                "total": settlement.total().to_string(),
                "rows": settlement.rows.len(),
            })
        })
        .collect();
    json!({ "orders": orders, "settlements": settlements, "calls": state.calls() })
}

fn book_entry(order: &Order, now: chrono::DateTime<chrono::Utc>) -> Value {
    let lines: Vec<Value> = order
        .lines
        .iter()
        .map(|line| {
            json!({
                "order_item_id": line.id,
                "sku": line.sku,
                "quantity": line.wanted(),
                "charged": line.charged().to_string(),
                "tax": line.tax().to_string(),
            })
        })
        .collect();
    json!({
        "order_id": order.id,
        "marketplace": order.market.code,
        "currency": order.market.currency,
        "channel": if order.channel == Channel::Amazon { "AFN" } else { "MFN" },
        "outside": order.outside,
        "status": crate::amazon::status_word(order.status(now)),
        "created": instant(order.created),
        "updated": instant(order.updated(now)),
        "buyer_pays": order.total().to_string(),
        "for_the_books": order.for_the_books().to_string(),
        "lines": lines,
    })
}
