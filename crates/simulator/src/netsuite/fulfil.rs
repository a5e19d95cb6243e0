//! Item fulfilments: goods leaving for a sales order (netsuite.md §3, §4.2).

use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use super::envelope::{Outcome, Refused};
use super::kind::Kind;
use super::movement;
use super::record::{Fields as _, choice, lines_of, number, reference};
use super::sale::{is_shippable, order_status, quantity_done};
use super::store::{Link, Record, Store};

/// What a fulfilment made from this order would hold, after the body had its say, and what it takes from the order.
pub(super) fn draft(
    store: &Store,
    order: &Record,
    body: &Map<String, Value>,
    id: i64,
) -> Outcome<(Map<String, Value>, Vec<Link>)> {
    let status = order_status(store, order)?;
    if !matches!(status, "B" | "D" | "E") {
        return Err(Refused::user(
            "The sales order is not in a status that can be fulfilled: there are no open lines.",
        ));
    }
    if body.id_of("inventoryLocation").is_none() {
        return Err(Refused::missing("inventoryLocation"));
    }
    let asked = lines_of(body.get("item"));
    let mut lines = Vec::new();
    let mut taken = Vec::new();
    for line in order
        .lines("item")
        .iter()
        .filter(|line| is_shippable(line) && line.flag("isClosed") != Some(true))
    {
        let order_line = line.whole("line").unwrap_or_default();
        let done = quantity_done(store, order.id, line, "ShipRcpt")?;
        let open = line.decimal("quantity").unwrap_or(Decimal::ONE) - done;
        let asked = asked.iter().find(|one| one.whole("orderLine") == Some(order_line));
        let wanted = asked.is_none_or(|one| one.flag("itemReceive") != Some(false));
        let quantity = asked.and_then(|one| one.decimal("quantity")).unwrap_or(open);
        if !wanted || quantity.is_zero() || (open <= Decimal::ZERO && asked.is_none()) {
            continue;
        }
        if quantity > open || quantity < Decimal::ZERO {
            return Err(Refused::user(format!(
                "You cannot fulfill more than the open quantity: line {order_line}, open {open}, given {quantity}."
            ))
            .at("item"));
        }
        let mut row = Map::new();
        row.put("line", json!(order_line));
        row.put("orderLine", json!(order_line));
        for field in ["item", "itemType", "description", "location"] {
            if let Some(value) = asked.and_then(|one| one.get(field)).or_else(|| line.get(field)) {
                row.put(field, value.clone());
            }
        }
        for (name, value) in line.iter().filter(|(name, _)| name.starts_with("custcol")) {
            row.put(name, value.clone());
        }
        for (name, value) in asked.into_iter().flat_map(Map::iter) {
            if is_custom(name) {
                row.put(name, value.clone());
            }
        }
        row.put("itemReceive", json!(true));
        row.put("quantity", number(quantity));
        row.put("quantityRemaining", number(open - quantity));
        taken.push(Link {
            previous_doc: order.id,
            previous_line: order_line,
            next_doc: id,
            next_line: order_line,
            quantity,
            kind: "ShipRcpt",
        });
        lines.push(row);
    }
    let unknown = asked.iter().find(|one| {
        let number = one.whole("orderLine");
        !order.lines("item").iter().any(|line| line.whole("line") == number)
    });
    if unknown.is_some() {
        return Err(Refused::user("The order line of an item does not exist on the sales order.").at("item"));
    }
    if lines.is_empty() {
        return Err(
            Refused::user("You must have at least one line item to fulfill: there are no open lines.").at("item"),
        );
    }
    let mut draft = Map::new();
    for field in ["entity", "subsidiary", "currency", "shipMethod", "shippingAddress"] {
        if let Some(value) = order.fields.get(field) {
            draft.put(field, value.clone());
        }
    }
    for (name, value) in body.iter().filter(|(name, _)| name.as_str() != "item") {
        draft.put(name, value.clone());
    }
    draft.put("createdFrom", reference(order.id));
    draft.default("shipStatus", choice("C"));
    let items: Vec<Value> = with_components(store, lines)?.into_iter().map(Value::Object).collect();
    draft.put("item", json!({ "items": items }));
    Ok((draft, taken))
}

fn is_custom(field: &str) -> bool {
    field.starts_with("custcol") || field.starts_with("cseg")
}

/// Whether a line of a bill may say this field otherwise than its order.
pub(super) fn may_differ(field: &str) -> bool {
    is_custom(field) || matches!(field, "description" | "location" | "department" | "class")
}

/// The parcels of a fulfilment, those of integrated carriers among them: tracking number, description, weight.
pub(super) fn parcels(record: &Record) -> Vec<(String, Option<String>, Option<Decimal>)> {
    let mut parcels = Vec::new();
    for carrier in ["", "Ups", "Fedex", "Usps"] {
        for line in record.lines(&format!("package{carrier}")) {
            if let Some(tracking) = line.text(&format!("packageTrackingNumber{carrier}")) {
                parcels.push((
                    tracking.to_owned(),
                    line.text(&format!("packageDescr{carrier}")).map(str::to_owned),
                    line.decimal(&format!("packageWeight{carrier}")),
                ));
            }
        }
    }
    parcels
}

/// A kit's components follow their kit, so that a reader can see what was packed.
fn with_components(store: &Store, lines: Vec<Map<String, Value>>) -> Outcome<Vec<Map<String, Value>>> {
    let mut last = lines.iter().filter_map(|line| line.whole("line")).max().unwrap_or(0);
    let mut all = Vec::new();
    for line in lines {
        let kit = line.id_of("item").filter(|_| line.choice_of("itemType") == Some("Kit"));
        let (number_of_kit, quantity) = (line.whole("line"), line.decimal("quantity").unwrap_or_default());
        let location = line.get("location").cloned();
        all.push(line);
        for (member, each) in kit.map_or_else(|| Ok(Vec::new()), |kit| movement::members(store, kit))? {
            last += 1;
            let mut row = Map::new();
            row.put("line", json!(last));
            row.put("item", reference(member));
            row.put("quantity", number(quantity * each));
            row.put("kitMemberOf", json!(number_of_kit));
            row.put("location", location.clone().unwrap_or_default());
            all.push(row);
        }
    }
    Ok(all)
}

/// A fulfilment stands on an approved order; where the company ships only what it has, stock must suffice.
pub(super) fn check(store: &Store, record: &Record) -> Outcome<()> {
    let Some(order) = record.id_of("createdFrom") else {
        return Err(Refused::user(
            "An item fulfillment must be created from a transaction, by a transformation.",
        ));
    };
    if store.need("transaction", order)?.kind != Kind::SalesOrder {
        return Err(Refused::invalid_field(&order.to_string(), "createdfrom", "createdFrom"));
    }
    if store.preference("FULFILLBASEDONCOMMITMENT")? != "LIMITTOCOMMITTED" {
        return Ok(());
    }
    for line in record.lines("item") {
        let location = line.id_of("location").or_else(|| record.id_of("inventoryLocation"));
        let (Some(item), Some(location), Some(quantity)) = (line.id_of("item"), location, line.decimal("quantity"))
        else {
            continue;
        };
        let stocked = matches!(store.need("item", item)?.kind, Kind::InventoryItem | Kind::AssemblyItem);
        if stocked && movement::on_hand(store, item, location)? < quantity {
            return Err(Refused::user("The quantity exceeds the quantity available at the location.").at("item"));
        }
    }
    Ok(())
}
