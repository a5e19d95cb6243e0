//! What people do between two lives of the product: they buy, pack, bill, cancel and change their minds, in both services.
//!
//! A seed decides who does what. Whatever cannot be done at that moment is not done, as in life.

use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use rust_decimal::Decimal;
use serde_json::{Value, json};
use simulator::control;
use simulator::netsuite::{Billing, Package, Shipping};
use simulator::world::order::{Channel, Order, Status};
use wire::Method;

use crate::World;
use crate::invariants::text;

/// Acts between two lives, at most.
const ACTS: u32 = 7;
/// Buyers who come again: their orders have one customer.
const REGULARS: u32 = 3;

/// A few acts, drawn from the seed.
pub fn act(world: &mut World, chance: &mut ChaCha8Rng) {
    let desk = Desk::of(world);
    for _ in 0..chance.random_range(0..=ACTS) {
        match chance.random_range(0..12) {
            0 | 1 => buy(world, chance),
            2..=4 => ship(world, &desk, chance),
            5 => bill(world, &desk, chance),
            6 => close(world, &desk, chance),
            7 => cancel(world, chance),
            8 => change(world, chance),
            9 => edit(world, &desk, chance),
            10 => correct(world, &desk, chance),
            _ => take_back(world, &desk, chance),
        }
    }
}

/// Tells a service; whether it could be done.
fn tell(world: &World, path: &str, body: &Value) -> bool {
    control::answer(&world.simulator, Method::Post, path, body).0 < 300
}

fn one_of<'a, T>(all: &'a [T], chance: &mut ChaCha8Rng) -> Option<&'a T> {
    (!all.is_empty()).then(|| &all[chance.random_range(0..all.len())])
}

/// Somebody who has bought before buys again.
fn buy(world: &World, chance: &mut ChaCha8Rng) {
    let marketplace = ["US", "DE", "UK", "JP"][chance.random_range(0..4)];
    let regular = chance.random_range(0..REGULARS);
    let channel = if chance.random_range(0..4) == 0 {
        "AMAZON"
    } else {
        "MERCHANT"
    };
    let sku = ["CANDLE-FIG-220", "LAMP-RED", "GIFTSET-EVENING", "TEALIGHT-12"][chance.random_range(0..4)];
    let quantity = chance.random_range(1..=3);
    let discount = chance.random_range(0..2);
    let line = json!({ "sku": sku, "quantity": quantity, "shipping": "5", "item_discount": discount.to_string() });
    let status = if channel == "AMAZON" { "SHIPPED" } else { "UNSHIPPED" };
    let order = json!({
        "marketplace": marketplace, "channel": channel, "lines": [line, { "sku": "BULB-E27-WARM" }], "status": status,
        "buyer": { "email": format!("regular{regular}@marketplace.amazon.{}", marketplace.to_lowercase()) },
    });
    tell(world, "/orders", &order);
}

/// What people see in NetSuite when they begin.
struct Desk {
    /// The sales orders of ours: number and record.
    orders: Vec<(String, Value)>,
    /// Their fulfilments: id and the order's number.
    left: Vec<(String, String)>,
}

impl Desk {
    fn of(world: &World) -> Self {
        let books = world.simulator.netsuite().books();
        let records = |kind: &str| books["records"][kind].as_array().cloned().unwrap_or_default();
        let orders: Vec<(String, Value)> = records("salesOrder")
            .into_iter()
            .filter_map(|record| Some((text(&record["externalId"]).strip_prefix("AZN-SO-")?.to_owned(), record)))
            .collect();
        let source = |record: &Value| {
            let id = text(&record["createdFrom"]["id"]);
            orders.iter().find(|(_, order)| text(&order["id"]) == id)
        };
        let left = records("itemFulfillment")
            .iter()
            .filter_map(|record| Some((text(&record["id"]), source(record)?.0.clone())))
            .collect();
        Self { orders, left }
    }

    /// Those with one of these letters as their status.
    fn standing(&self, letters: &[&str]) -> Vec<&(String, Value)> {
        let fits = |(_, record): &&(String, Value)| letters.contains(&text(&record["status"]["id"]).as_str());
        self.orders.iter().filter(fits).collect()
    }
}

/// Somebody packs an order, or one line of it, in one parcel or two, and sometimes forgets the number.
fn ship(world: &World, desk: &Desk, chance: &mut ChaCha8Rng) {
    let open = desk.standing(&["B", "D", "E"]);
    let Some((_, record)) = one_of(&open, chance) else {
        return;
    };
    let parcels = chance.random_range(1..=2);
    let tracked = chance.random_range(0..8) > 0;
    let stamp = chance.random_range(100_000..1_000_000);
    let packages = (0..parcels).map(|number| Package {
        tracking: tracked.then(|| format!("1Z{stamp}{number}")),
        ..Package::default()
    });
    let only_first = chance.random_range(0..3) == 0;
    let first = record["item"]["items"][0].clone();
    let name = text(&first["item"]["refName"]);
    let lines = if only_first {
        vec![(name, Decimal::ONE)]
    } else {
        Vec::new()
    };
    let act = Shipping {
        order: text(&record["id"]),
        lines,
        packages: packages.collect(),
        ship_method: Some("DHL Paket".to_owned()),
        ..Shipping::default()
    };
    drop(world.simulator.netsuite().ship(&act));
}

/// Somebody bills by hand what waits for it.
fn bill(world: &World, desk: &Desk, chance: &mut ChaCha8Rng) {
    let waiting = desk.standing(&["E", "F"]);
    let Some((_, record)) = one_of(&waiting, chance) else {
        return;
    };
    let act = Billing {
        order: text(&record["id"]),
        ..Billing::default()
    };
    drop(world.simulator.netsuite().bill(&act));
}

/// Somebody closes an order that cannot be delivered.
fn close(world: &mut World, desk: &Desk, chance: &mut ChaCha8Rng) {
    let open = desk.standing(&["B"]);
    let Some((order, record)) = one_of(&open, chance) else {
        return;
    };
    if tell(world, "/netsuite/close", &json!({ "order": text(&record["id"]) })) {
        world.edited.insert(order.clone());
    }
}

/// The seller's own orders that wait at Amazon.
fn waiting(world: &World) -> Vec<Order> {
    let now = world.clock.now();
    let state = world.simulator.amazon().state();
    let all = state.world.orders().iter();
    all.filter(|order| order.channel == Channel::Merchant && order.created <= now)
        .filter(|order| order.status(now) == Status::Unshipped)
        .cloned()
        .collect()
}

/// A buyer changes his mind, about all of it or about one thing.
fn cancel(world: &World, chance: &mut ChaCha8Rng) {
    let open = waiting(world);
    let Some(order) = one_of(&open, chance) else { return };
    let path = format!("/orders/{}", order.id);
    let befalls = if order.lines.len() > 1 && chance.random_range(0..2) == 0 {
        json!({ "cancel_line": { "line": order.lines[1].id } })
    } else {
        json!({ "cancel": {} })
    };
    tell(world, &path, &befalls);
}

/// A price, an address or a promise changes.
fn change(world: &World, chance: &mut ChaCha8Rng) {
    let open = waiting(world);
    let Some(order) = one_of(&open, chance) else { return };
    let befalls = match chance.random_range(0..3) {
        0 => json!({ "price": { "line": order.lines[0].id, "shipping": "7" } }),
        1 => json!({ "address": { "city": "Anderswo" } }),
        _ => json!({ "buyer_requests_cancel": "found it cheaper" }),
    };
    tell(world, &format!("/orders/{}", order.id), &befalls);
}

/// Somebody types another amount into an order in NetSuite.
fn edit(world: &mut World, desk: &Desk, chance: &mut ChaCha8Rng) {
    let open = desk.standing(&["B"]);
    let Some((order, record)) = one_of(&open, chance) else {
        return;
    };
    let line = json!({ "line": record["item"]["items"][0]["line"], "rate": 2, "amount": 2 });
    let edit = json!({
        "method": "PATCH", "path": format!("salesOrder/{}", text(&record["id"])), "body": { "item": { "items": [line] } },
    });
    if tell(world, "/netsuite/edit", &edit) {
        world.edited.insert(order.clone());
    }
}

/// Somebody corrects a tracking number.
fn correct(world: &World, desk: &Desk, chance: &mut ChaCha8Rng) {
    let Some((id, _)) = one_of(&desk.left, chance) else {
        return;
    };
    let number = format!("1Y{}", chance.random_range(100_000..1_000_000));
    let edit = json!({
        "method": "PATCH", "path": format!("itemFulfillment/{id}?replace=package"),
        "body": { "package": { "items": [{ "packageTrackingNumber": number }] } },
    });
    tell(world, "/netsuite/edit", &edit);
}

/// Somebody takes a fulfilment back.
fn take_back(world: &mut World, desk: &Desk, chance: &mut ChaCha8Rng) {
    if chance.random_range(0..3) > 0 {
        return;
    }
    let Some((id, order)) = one_of(&desk.left, chance) else {
        return;
    };
    let edit = json!({ "method": "DELETE", "path": format!("itemFulfillment/{id}"), "body": null });
    if tell(world, "/netsuite/edit", &edit) {
        world.edited.insert(order.clone());
    }
}
