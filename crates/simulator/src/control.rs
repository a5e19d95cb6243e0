//! What a test or a person may do to the simulated company: move time, make things go wrong, look into both books.
//!
//! | Request | Does |
//! | --- | --- |
//! | `GET /books` | both books as JSON |
//! | `GET /status` | time, calls per operation, faults that fired |
//! | `POST /clock` `{"advance_seconds": 3600}` or `{"set": "2026-11-24T08:00:00Z"}` | moves the clock of both services |
//! | `POST /faults` with a [`Rule`], `DELETE /faults` | adds a fault, takes all away |
//! | `POST /limits` `{"operation": "searchOrders", "rate": 28, "burst": 5}` | changes a limit; the rate in ten-thousandths per second |
//! | `POST /processing` `{"seconds": 60, "fatal": false}` | how long reports take, and whether they fail |
//! | `POST /orders` with a [`NewOrder`] | somebody buys; answers the order's number and its items |
//! | `POST /orders/{id}` with one or more [`Change`]s, such as `{"status": "SHIPPED"}`, `{"cancel_line": {"line": "LAMP-RED"}}`, `{"buyer_requests_cancel": "found it cheaper"}`, `{"address": {"city": "Lyon"}}`, `{"price": {"line": "LAMP-RED", "item": "50.00"}}`, `{"ship_by": "2026-11-25T08:00:00Z"}`, `{"ship": {"lines": [["LAMP-RED", 1]]}}`, `{"refund": {"line": "LAMP-RED"}}`, `{"withhold": true}`, `{"garbled": true}` | something befalls an order |
//! | `POST /settlements` with a [`NewSettlement`], such as `{"id": "90001", "marketplace": "US", "deposit": "2026-10-16", "rows": ["Order | 111-… | ItemPrice | Principal | 20.00 | posted=2026-10-05"]}` | Amazon issues a settlement, a known one again; answers its id, total and rows |
//! | `POST /confirmations` `{"shown_after_seconds": 0}` | how long it takes until a confirmed parcel is shown |
//! | `POST /access` `{"revoke": "eu"}`, `{"restore": "eu"}`, `{"forget_tokens": true}`, `{"buyers": false, "finance": true}` | consent, tokens, roles |
//! | `POST /listings`, `GET /storefront` and others | what happens to listings, and what buyers see: [`crate::control_listings`] |
//! | `POST /netsuite/…` | what people do in NetSuite: [`crate::control_netsuite`] |

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use wire::{Clock as _, Method};

use crate::amazon::buckets::Limit;
use crate::faults::Rule;
use crate::market::Region;
use crate::simulator::Simulator;
use crate::time::{instant, read_instant};
use crate::world::acts::{Act, Change};
use crate::world::issued::NewSettlement;
use crate::world::order::{Channel, Order};
use crate::world::placed::NewOrder;
use crate::world::settlement::Settlement;

/// Answers one control request: the status and a JSON body.
pub fn answer(simulator: &Simulator, method: Method, path: &str, body: &Value) -> (u16, Value) {
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let done = match (method, parts.as_slice()) {
        (Method::Get, ["books"]) => return (200, simulator.books()),
        (Method::Get, ["status"] | []) => Ok(()),
        (Method::Post, ["clock"]) => clock(simulator, body),
        (Method::Post, ["faults"]) => add_fault(simulator, body),
        (Method::Delete, ["faults"]) => {
            simulator.faults().clear();
            Ok(())
        }
        (Method::Post, ["limits"]) => limits(simulator, body),
        (Method::Post, ["processing"]) => processing(simulator, body),
        (Method::Post, ["orders"]) => return place(simulator, body),
        (Method::Post, ["orders", id]) => befall(simulator, id, body),
        (Method::Post, ["settlements"]) => return settle(simulator, body),
        (Method::Post, ["confirmations"]) => confirmations(simulator, body),
        (Method::Post, ["access"]) => {
            access(simulator, body);
            Ok(())
        }
        (Method::Get, ["storefront", market @ ..]) => {
            return crate::control_listings::storefront(simulator, market.first().copied());
        }
        (Method::Post, ["listings" | "settings" | "showing"]) => {
            crate::control_listings::act(simulator, parts[0], body)
        }
        (Method::Post, ["netsuite", what]) => {
            return crate::control_netsuite::answer(simulator.netsuite(), what, body);
        }
        _ => {
            return (
                404,
                json!({ "error": format!("{} {path} is not a control request", method.as_str()) }),
            );
        }
    };
    match done {
        Ok(()) => (200, status(simulator)),
        Err(wrong) => (400, json!({ "error": wrong })),
    }
}

type Done = Result<(), String>;

fn status(simulator: &Simulator) -> Value {
    let calls = simulator.amazon().state().calls().clone();
    json!({ "time": instant(simulator.clock().now()), "epoch": instant(simulator.epoch()), "calls": calls, "fired": simulator.faults().fired() })
}

fn clock(simulator: &Simulator, body: &Value) -> Done {
    if let Some(seconds) = body["advance_seconds"].as_i64() {
        simulator
            .clock()
            .jump(TimeDelta::try_seconds(seconds).ok_or("advance_seconds is too large")?);
        return Ok(());
    }
    let to = body["set"]
        .as_str()
        .and_then(read_instant)
        .ok_or("advance_seconds or set is needed")?;
    simulator.clock().set(to);
    Ok(())
}

fn add_fault(simulator: &Simulator, body: &Value) -> Done {
    let rule: Rule = serde_json::from_value(body.clone()).map_err(|wrong| wrong.to_string())?;
    simulator.faults().add(rule);
    Ok(())
}

fn limits(simulator: &Simulator, body: &Value) -> Done {
    let operation = body["operation"].as_str().ok_or("operation is needed")?;
    let number = |name: &str| {
        body[name]
            .as_i64()
            .filter(|value| *value > 0)
            .ok_or(format!("{name} must be a positive whole number"))
    };
    let limit = Limit {
        rate: number("rate")?,
        burst: number("burst")?,
    };
    simulator.amazon().state().buckets.change(operation, limit);
    Ok(())
}

fn processing(simulator: &Simulator, body: &Value) -> Done {
    let seconds = body["seconds"]
        .as_i64()
        .and_then(TimeDelta::try_seconds)
        .ok_or("seconds is needed")?;
    simulator
        .amazon()
        .state()
        .process(seconds, body["fatal"] == json!(true));
    Ok(())
}

fn confirmations(simulator: &Simulator, body: &Value) -> Done {
    let seconds = body["shown_after_seconds"]
        .as_i64()
        .and_then(TimeDelta::try_seconds)
        .ok_or("shown_after_seconds is needed")?;
    simulator.amazon().state().show_parcels_after(seconds);
    Ok(())
}

fn place(simulator: &Simulator, body: &Value) -> (u16, Value) {
    let now = simulator.clock().now();
    let mut state = simulator.amazon().state();
    let placed = serde_json::from_value::<NewOrder>(body.clone())
        .map_err(|wrong| wrong.to_string())
        .and_then(|wanted| state.act(&Act::Order(Box::new(wanted)), now));
    match placed {
        Ok(id) => (
            200,
            state
                .world
                .order(&id)
                .map_or(Value::Null, |order| book_entry(order, now)),
        ),
        Err(wrong) => (400, json!({ "error": wrong })),
    }
}

fn settle(simulator: &Simulator, body: &Value) -> (u16, Value) {
    let now = simulator.clock().now();
    let mut state = simulator.amazon().state();
    let issued = serde_json::from_value::<NewSettlement>(body.clone())
        .map_err(|wrong| wrong.to_string())
        .and_then(|wanted| state.act(&Act::Settle(Box::new(wanted)), now));
    match issued {
        Ok(id) => {
            let issued = state.world.settlements.iter().rfind(|known| known.id == id);
            (200, issued.map_or(Value::Null, |issued| settlement_entry(issued, now)))
        }
        Err(wrong) => (400, json!({ "error": wrong })),
    }
}

fn befall(simulator: &Simulator, id: &str, body: &Value) -> Done {
    let now = simulator.clock().now();
    let mut state = simulator.amazon().state();
    let changes = body
        .as_object()
        .filter(|changes| !changes.is_empty())
        .ok_or("a change is needed, such as {\"status\": \"SHIPPED\"}")?;
    for (name, value) in changes {
        let change: Change =
            serde_json::from_value(json!({ name.as_str(): value })).map_err(|wrong| wrong.to_string())?;
        state.act(&Act::Change(id.to_owned(), change), now)?;
    }
    Ok(())
}

fn access(simulator: &Simulator, body: &Value) {
    let region = |name: &str| {
        Region::ALL
            .into_iter()
            .find(|region| body[name] == json!(region.code()))
    };
    let mut state = simulator.amazon().state();
    if let Some(region) = region("revoke") {
        state.sign_in.revoked.push(region);
    }
    if let Some(region) = region("restore") {
        state.sign_in.revoked.retain(|known| *known != region);
    }
    if body["forget_tokens"] == json!(true) {
        state.sign_in.forget();
        simulator.netsuite().revoke_tokens();
    }
    if let (Some(buyers), Some(finance)) = (body["buyers"].as_bool(), body["finance"].as_bool()) {
        state.grant(buyers, finance);
    }
}

/// Amazon's book: every order so far and every settlement, amounts as text.
pub fn amazon_books(simulator: &Simulator) -> Value {
    let now = simulator.clock().now();
    let state = simulator.amazon().state();
    let orders: Vec<Value> = state
        .world
        .orders()
        .iter()
        .filter(|order| order.created <= now)
        .map(|order| book_entry(order, now))
        .collect();
    let settlements: Vec<Value> = state
        .world
        .settlements
        .iter()
        .map(|settlement| settlement_entry(settlement, now))
        .collect();
    json!({ "orders": orders, "settlements": settlements, "calls": state.calls() })
}

fn settlement_entry(settlement: &Settlement, now: DateTime<Utc>) -> Value {
    json!({
        "id": settlement.id,
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
}

fn book_entry(order: &Order, now: DateTime<Utc>) -> Value {
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
        "replaces": order.replaces,
        "status": crate::amazon::status_word(order.status(now)),
        "created": instant(order.created),
        "updated": instant(order.updated(now)),
        "buyer_pays": order.total().to_string(),
        "for_the_books": order.for_the_books().to_string(),
        "lines": lines,
    })
}
