//! R1-4: every parcel that left is confirmed to Amazon once, as it left, and none that did not.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde_json::Value;
use simulator::chance::name_of;
use simulator::world::order::{Channel, Order, Parcel, Status};
use store::decisions::{Decision, State};

use super::{FRESH, Scene, decimal, id_of, is_asked, lines_of, text};

/// A fulfilment that left: its record, and the tracking numbers on its parcels.
struct Left<'a> {
    record: &'a Value,
    tracking: Vec<String>,
}

/// The sales orders that stand for an order.
fn documents<'a>(scene: &'a Scene<'_>, order: &str) -> Vec<&'a Value> {
    let records = scene.books.of_order(order).into_iter();
    records
        .filter(|(kind, _)| *kind == "salesOrder")
        .map(|(_, record)| record)
        .collect()
}

/// What left of an order.
fn left<'a>(scene: &'a Scene<'_>, order: &str) -> Vec<Left<'a>> {
    let sources: Vec<String> = documents(scene, order)
        .iter()
        .map(|record| text(&record["id"]))
        .collect();
    let fulfilments = scene.books.of_kind("itemFulfillment").iter();
    let of_order = fulfilments.filter(|one| sources.contains(&id_of(&one["createdFrom"])));
    of_order
        .filter(|one| id_of(&one["shipStatus"]) == "C")
        .map(|record| Left {
            tracking: ["", "Ups", "Fedex", "Usps"]
                .iter()
                .flat_map(|carrier| {
                    let parcels = lines_of(record, &format!("package{carrier}")).iter();
                    parcels.map(move |parcel| text(&parcel[format!("packageTrackingNumber{carrier}")]))
                })
                .filter(|number| !number.is_empty())
                .collect(),
            record,
        })
        .collect()
}

/// Whether others confirmed the order at Amazon: a parcel that was told is then taken as known (FUL-09).
fn is_known_by_others(order: &Order) -> bool {
    order.parcels.len() > told(order).len() + order.parcels.iter().filter(|parcel| parcel.replaced.is_some()).count()
}

/// The parcels that Amazon was told of by us: not those that belong to the story, nor those that were replaced.
fn told(order: &Order) -> Vec<&Parcel> {
    let story = name_of(&[&order.id, "tracking"])[..12].to_uppercase();
    let parcels = order.parcels.iter().filter(|parcel| parcel.replaced.is_none());
    parcels
        .filter(|parcel| parcel.tracking != story && !parcel.tracking.starts_with("TBA"))
        .collect()
}

/// No parcel is confirmed that did not leave, and none twice.
pub(super) fn are_of_goods_that_left(scene: &Scene<'_>, found: &mut Vec<String>) -> anyhow::Result<()> {
    for order in scene.orders().iter().filter(|order| order.channel == Channel::Merchant) {
        let (left, told) = (left(scene, &order.id), told(order));
        let asked = scene
            .said("shipments", &order.id)?
            .is_some_and(|decision| is_asked(decision.state));
        let untracked = left.iter().filter(|one| one.tracking.is_empty()).count();
        let without = told.iter().filter(|parcel| parcel.tracking.is_empty()).count();
        if without > untracked && !asked {
            found.push(format!(
                "R1-4 {}: {without} parcels told without a number, {untracked} left",
                order.id
            ));
        }
        for (index, parcel) in told
            .iter()
            .enumerate()
            .filter(|(_, parcel)| !parcel.tracking.is_empty())
        {
            let number = &parcel.tracking;
            // A parcel whose fulfilment was taken back, or corrected a moment ago, is a question or on its way.
            let known = left.iter().any(|one| one.tracking.contains(number));
            let moment = scene.now - parcel.accepted < FRESH;
            if !known && !asked && !scene.edited.contains(&order.id) && !moment {
                found.push(format!("R1-4 {}: parcel {number} was told and did not leave", order.id));
            }
            if told[..index].iter().any(|other| other.tracking == *number) {
                found.push(format!("R1-4 {}: parcel {number} was told twice", order.id));
            }
        }
        for line in &order.lines {
            let units: u32 = told
                .iter()
                .flat_map(|parcel| &parcel.content)
                .filter(|(id, _)| *id == line.id)
                .map(|(_, units)| units)
                .sum();
            if units > line.quantity {
                found.push(format!(
                    "R1-4 {}: {units} of {} told of {}",
                    order.id, line.quantity, line.sku
                ));
            }
        }
    }
    Ok(())
}

/// What left is told: the same units and numbers, or a reason why not, or a question.
pub(super) fn are_confirmed_once(scene: &Scene<'_>, found: &mut Vec<String>) -> anyhow::Result<()> {
    for order in scene.orders().iter().filter(|order| order.channel == Channel::Merchant) {
        let left = left(scene, &order.id);
        let Some(last_left) = left.iter().map(|one| changed(one.record)).max() else {
            continue;
        };
        if last_left.is_none_or(|at| scene.now - at < FRESH) || scene.edited.contains(&order.id) {
            continue;
        }
        let Some(last) = scene.said("shipments", &order.id)? else {
            // An order that no flow of ours has seen is the history of the company.
            if scene
                .said_of_order(&order.id)?
                .is_some_and(|order| order.state == State::Done)
            {
                found.push(format!("R1-4 {} left, and shipments never looked at it", order.id));
            }
            continue;
        };
        if is_asked(last.state) {
            continue;
        }
        match reason(&last) {
            "reason-parcels-known-to-amazon" if order.status(scene.now) == Status::Shipped => {}
            "reason-cancelled-at-amazon" if order.status(scene.now) == Status::Cancelled => {}
            "reason-before-go-live" | "reason-amazon-label" | "reason-kit-incomplete" => {}
            _ if is_known_by_others(order) && order.status(scene.now) == Status::Shipped => {}
            _ if last.state == State::Done || reason(&last) == "reason-confirmed" => {
                found.extend(differences(scene, order, &left)?);
            }
            other => found.push(format!(
                "R1-4 {} left, and shipments say {:?} {other}",
                order.id, last.state
            )),
        }
    }
    Ok(())
}

fn changed(record: &Value) -> Option<chrono::DateTime<chrono::Utc>> {
    text(&record["lastModifiedDate"]).parse().ok()
}

fn reason(decision: &Decision) -> &str {
    decision.reason.as_ref().map_or("", |reason| reason.id.as_str())
}

/// Where Amazon has something else than what left.
fn differences(scene: &Scene<'_>, order: &Order, left: &[Left<'_>]) -> anyhow::Result<Vec<String>> {
    let mut found = Vec::new();
    let first_only = scene.chose("fulfil.multi_package", "first_only")?;
    let mut shipped: BTreeMap<String, Decimal> = BTreeMap::new();
    for line in left.iter().flat_map(|one| lines_of(one.record, "item")) {
        *shipped.entry(id_of(&line["item"])).or_default() += decimal(&line["quantity"]);
    }
    let items = &scene.simulator.opening_books().items;
    let mut wanted: BTreeMap<String, Decimal> = BTreeMap::new();
    for line in &order.lines {
        let Some((item, factor)) = scene.item(&line.sku, order.market.id)? else {
            return Ok(found);
        };
        let is_kit = |one: &&simulator::books::Item| one.id.to_string() == item;
        if items
            .iter()
            .find(is_kit)
            .is_some_and(|one| one.kind == simulator::books::ItemKind::Kit)
        {
            return Ok(found);
        }
        let told = told(order).into_iter().flat_map(|parcel| &parcel.content);
        let units: u32 = told.filter(|(id, _)| *id == line.id).map(|(_, units)| units).sum();
        *wanted.entry(item).or_default() += Decimal::from(units) * factor;
    }
    shipped.retain(|_, units| !units.is_zero());
    wanted.retain(|_, units| !units.is_zero());
    if shipped != wanted {
        found.push(format!("R1-4 {}: {shipped:?} left, {wanted:?} told", order.id));
    }
    for one in left {
        // Units spread over the numbers in their order; a number that no unit is left for is told to nobody (FUL-03).
        let units: Decimal = lines_of(one.record, "item")
            .iter()
            .map(|line| decimal(&line["quantity"]))
            .sum();
        for (place, number) in (1..).zip(&one.tracking) {
            let times = told(order).iter().filter(|parcel| parcel.tracking == *number).count();
            let has_units = Decimal::from(place) <= units && !(first_only && place > 1);
            if has_units && times != 1 {
                found.push(format!(
                    "R1-4 {}: parcel {number} left and was told {times} times",
                    order.id
                ));
            }
        }
    }
    Ok(found)
}
