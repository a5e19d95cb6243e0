//! R1-8: what left is billed once, and never more than the order.

use rust_decimal::Decimal;
use serde_json::Value;
use store::decisions::State;

use super::{FRESH, Scene, decimal, id_of, is_asked, lines_of, text};

/// The bills that were made from a sales order.
fn bills<'a>(scene: &'a Scene<'_>, document: &Value) -> Vec<&'a Value> {
    let made = ["invoice", "cashSale"]
        .into_iter()
        .flat_map(|kind| scene.books.of_kind(kind));
    made.filter(|bill| id_of(&bill["createdFrom"]) == text(&document["id"]))
        .collect()
}

/// The sales orders that stand for Amazon's orders: the order's number and the record.
fn documents<'a>(scene: &'a Scene<'_>) -> Vec<(String, &'a Value)> {
    let mut all = Vec::new();
    for order in scene.orders() {
        let records = scene.books.of_order(&order.id).into_iter();
        all.extend(
            records
                .filter(|(kind, _)| *kind == "salesOrder")
                .map(|(_, record)| (order.id.clone(), record)),
        );
    }
    all
}

/// No order is billed beyond its lines and its total. What a person made of an order that was billed in advance is theirs.
pub(super) fn are_within_their_orders(scene: &Scene<'_>, found: &mut Vec<String>) {
    let ours = |(order, _): &(String, &Value)| !scene.edited.contains(order);
    for (order, document) in documents(scene).into_iter().filter(ours) {
        let billed: Decimal = bills(scene, document).iter().map(|bill| decimal(&bill["total"])).sum();
        let total = decimal(&document["total"]);
        if billed > total {
            found.push(format!("R1-8 {order}: {billed} billed of {total}"));
        }
        // Discounts have no units.
        for line in lines_of(document, "item")
            .iter()
            .filter(|line| !line["quantity"].is_null())
        {
            let (ordered, billed) = (decimal(&line["quantity"]), decimal(&line["quantityBilled"]));
            if billed > ordered {
                found.push(format!(
                    "R1-8 {order}: {billed} of {ordered} billed of {}",
                    line["item"]["refName"]
                ));
            }
        }
    }
}

/// What left is billed, or there is a reason or a question; what is called billed comes to the order's total.
pub(super) fn stand_for_what_left(scene: &Scene<'_>, found: &mut Vec<String>) -> anyhow::Result<()> {
    for (order, document) in documents(scene) {
        let changed: Option<chrono::DateTime<chrono::Utc>> = text(&document["lastModifiedDate"]).parse().ok();
        // An order made by a person that is still asked about is nobody's yet, and neither are its bills (CMN-13).
        let ours = !text(&document["externalId"]).is_empty();
        let taken = scene
            .said_of_order(&order)?
            .is_some_and(|last| last.state != State::Excluded && (ours || !is_asked(last.state)));
        if !taken || changed.is_none_or(|at| scene.now - at < FRESH) || scene.edited.contains(&order) {
            continue;
        }
        let last = scene.said("billing", &order)?;
        let explained = last
            .as_ref()
            .is_some_and(|last| is_asked(last.state) || (last.state != State::Done && last.reason.is_some()));
        let status = id_of(&document["status"]);
        let total = decimal(&document["total"]);
        if matches!(status.as_str(), "E" | "F") && !total.is_zero() && !explained {
            let state = last.map(|last| last.state);
            found.push(format!("R1-8 {order} left and is not billed ({status}, {state:?})"));
        }
        let made = bills(scene, document);
        let billed: Decimal = made.iter().map(|bill| decimal(&bill["total"])).sum();
        if status == "G" && billed != total && !explained {
            found.push(format!(
                "R1-8 {order}: {billed} billed of {total}, and it is called billed"
            ));
        }
    }
    Ok(())
}
