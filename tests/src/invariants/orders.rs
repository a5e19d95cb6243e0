//! R1-1, R1-2, R1-3, R1-10: one record an order, line by line as Amazon has it, with the buyer's customer; or a reason, or
//! a question.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::ExternalId;
use rust_decimal::Decimal;
use serde_json::Value;
use simulator::world::order::{Channel, Order};
use simulator::world::shipments;
use store::decisions::State;
use store::problems;

use super::{FRESH, Scene, decimal, id_of, is_asked, lines_of, text};

/// Units and amount by item.
type Goods = BTreeMap<String, (Decimal, Decimal)>;

/// The names of an order's records where each shipment of Amazon's has one: `-1`, `-2` … (CMN-11).
fn of_shipments(order: &Order, now: DateTime<Utc>) -> Vec<String> {
    let several = order.channel == Channel::Amazon && shipments::of(order, now).len() > 1;
    let numbers = (1..).zip(shipments::of(order, now)).map(|(number, _)| number);
    let names = numbers.filter(|_| several).flat_map(|number| {
        [
            ExternalId::invoice(&order.id, Some(number)),
            ExternalId::cash_sale(&order.id, Some(number)),
        ]
    });
    names.map(|name| name.as_str().to_owned()).collect()
}

/// R1-1: no order and no shipment stands in NetSuite twice, and no record of ours stands for an order that does not
/// exist.
pub(super) fn stand_once(scene: &Scene<'_>, found: &mut Vec<String>) {
    let orders = scene.orders();
    for order in &orders {
        let records = scene.books.of_order(&order.id);
        let parts = of_shipments(order, scene.now);
        let is_part = |record: &Value| parts.contains(&text(&record["externalId"]));
        let apart = records.len() <= parts.len() && records.iter().all(|(_, record)| is_part(record));
        if records.len() > 1 && !apart {
            found.push(format!("R1-1 {} stands in NetSuite {} times", order.id, records.len()));
        }
    }
    let names: Vec<String> = orders
        .iter()
        .flat_map(|order| {
            let whole = [
                ExternalId::sales_order(&order.id),
                ExternalId::invoice(&order.id, None),
                ExternalId::cash_sale(&order.id, None),
            ];
            let whole = whole.map(|name| name.as_str().to_owned());
            whole.into_iter().chain(of_shipments(order, scene.now))
        })
        .collect();
    for kind in ["salesOrder", "invoice", "cashSale"] {
        for record in scene.books.of_kind(kind) {
            let name = text(&record["externalId"]);
            let ours = name.starts_with("AZN-") && !name.starts_with("AZN-RI-");
            let direct = record["createdFrom"].is_null() && ours;
            if direct && !names.contains(&name) {
                found.push(format!("R1-1 {name} is in NetSuite and no order of Amazon"));
            }
        }
    }
}

/// R1-1, R1-2, R1-10, R1-13: each order is in the books as Amazon has it, or there is a reason or a question.
pub(super) fn are_in_the_books(scene: &Scene<'_>, found: &mut Vec<String>) -> anyhow::Result<()> {
    for order in scene.orders() {
        let id = &order.id;
        let records = scene.books.of_order(id);
        let Some(last) = scene.said_of_order(id)? else {
            // What was placed a moment ago is not in Amazon's lists yet; what was bought before go-live is nobody's (SET-38).
            if scene.now - order.created > FRESH && !is_before_go_live(scene, &order)? {
                found.push(format!("R1-10 {id} was never seen ({:?})", order.status(scene.now)));
            }
            continue;
        };
        match last.state {
            State::Done if records.is_empty() => found.push(format!("R1-1 {id} is called done and is not in NetSuite")),
            State::Done => {}
            // A write that was refused, or a total that was read back, asks by its problem.
            State::NeedsYou | State::Error => {
                let open = scene
                    .store
                    .read(|db| problems::open_about(db, &last.flow, &last.account, id))?;
                if open.is_empty() && last.state == State::NeedsYou {
                    found.push(format!("R1-13 {id} asks nothing and waits for an answer"));
                }
            }
            _ if last.reason.is_none() => found.push(format!("R1-13 {id} is {:?} without a reason", last.state)),
            _ => {}
        }
        let ours: Vec<_> = records
            .iter()
            .filter(|(_, record)| text(&record["externalId"]).starts_with("AZN-"))
            .collect();
        let is_fresh = scene.now - order.updated(scene.now) < FRESH;
        if ours.is_empty() || is_asked(last.state) || is_fresh || scene.edited.contains(id) {
            continue;
        }
        if order.cancelled.is_some_and(|at| at <= scene.now) {
            let is_over = |record: &Value| matches!(id_of(&record["status"]).as_str(), "C" | "H");
            let ended = ours
                .iter()
                .all(|(kind, record)| *kind != "salesOrder" || is_over(record));
            if !ended {
                found.push(format!("R1-2 {id} is cancelled at Amazon and open in NetSuite"));
            }
            continue;
        }
        let totals = ours.iter().map(|(_, record)| decimal(&record["total"]));
        let (has, for_the_books) = (totals.sum::<Decimal>(), order.for_the_books());
        let wanted = if has_all_tax(scene)? {
            order.total()
        } else {
            for_the_books
        };
        if has != wanted {
            found.push(format!("R1-2 {id}: NetSuite has {has}, Amazon says {wanted}"));
        }
        let mut has = Goods::new();
        for (_, record) in &ours {
            for (item, (units, amount)) in in_netsuite(record) {
                add(&mut has, item, units, amount);
            }
        }
        let wanted = at_amazon(scene, &order)?;
        if let Some(wanted) = wanted.filter(|wanted| *wanted != has) {
            found.push(format!("R1-2 {id}: NetSuite has {has:?}, Amazon says {wanted:?}"));
        }
    }
    Ok(())
}

/// Whether the tax that Amazon keeps stands on the bills too, as a line of its own.
fn has_all_tax(scene: &Scene<'_>) -> anyhow::Result<bool> {
    scene.chose("tax.mode", "line_item")
}

fn is_before_go_live(scene: &Scene<'_>, order: &Order) -> anyhow::Result<bool> {
    let places = scene.store.read(store::marketplaces::all)?;
    let place = places.iter().find(|place| place.id == order.market.id);
    let day = order.created.with_timezone(&order.market.zone).date_naive();
    Ok(place.and_then(|place| place.go_live).is_some_and(|first| day < first))
}

fn add(goods: &mut Goods, item: String, units: Decimal, amount: Decimal) {
    let entry = goods.entry(item).or_default();
    entry.0 += units;
    entry.1 += amount;
}

/// What the record's lines come to, by item. Units count for goods only: a charge is one, a discount has none.
fn in_netsuite(record: &Value) -> Goods {
    let mut goods = Goods::new();
    for line in lines_of(record, "item") {
        let is_goods = matches!(
            text(&line["itemType"]["id"]).as_str(),
            "InvtPart" | "Assembly" | "Kit" | "NonInvtPart"
        );
        let units = if is_goods {
            decimal(&line["quantity"])
        } else {
            Decimal::ZERO
        };
        add(&mut goods, id_of(&line["item"]), units, decimal(&line["amount"]));
    }
    goods.retain(|_, (units, amount)| !units.is_zero() || !amount.is_zero());
    goods
}

/// What they have to be: prices, discounts, postage, gift wrap and charges without the tax in them, and the seller's own tax
/// on a line of its own. Nothing: a SKU that no item is called by.
fn at_amazon(scene: &Scene<'_>, order: &Order) -> anyhow::Result<Option<Goods>> {
    let mut goods = Goods::new();
    let inside = |tax: Decimal| {
        if order.market.tax_included() {
            tax
        } else {
            Decimal::ZERO
        }
    };
    for line in order.lines.iter().filter(|line| line.wanted() > 0) {
        let Some((item, factor)) = scene.item(&line.sku, order.market.id)? else {
            return Ok(None);
        };
        let units = Decimal::from(line.wanted()) * factor;
        add(&mut goods, item, units, line.item - inside(line.item_tax));
        let kept_by_amazon = order.facilitated && !has_all_tax(scene)?;
        let tax = if kept_by_amazon { Decimal::ZERO } else { line.tax() };
        for (role, amount) in [
            ("item.item_discount", -line.item_discount),
            ("item.gift_wrap", line.gift_wrap - inside(line.gift_wrap_tax)),
            ("item.shipping", line.shipping - inside(line.shipping_tax)),
            ("item.shipping_discount", -line.shipping_discount),
            ("item.other_charge", line.cod_fee),
            ("item.tax", tax),
        ] {
            let Some(role) = scene.role(role) else {
                return Ok(None);
            };
            add(&mut goods, role, Decimal::ZERO, amount);
        }
    }
    goods.retain(|_, (units, amount)| !units.is_zero() || !amount.is_zero());
    Ok(Some(goods))
}

/// R1-3: each buyer has one customer, or all share the marketplace's.
pub(super) fn have_one_customer_each(scene: &Scene<'_>, found: &mut Vec<String>) -> anyhow::Result<()> {
    let per_buyer = scene.chose("customer.mfn.mode", "per_buyer")?;
    let customers = scene.books.of_kind("customer");
    let mut of_email: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for customer in customers.iter().filter(|customer| customer["isInactive"] != true) {
        let email = text(&customer["email"]).to_lowercase();
        if !email.is_empty() {
            of_email.entry(email).or_default().push(text(&customer["id"]));
        }
    }
    for order in scene.orders() {
        let email = order.buyer.email.to_lowercase();
        let own = per_buyer && order.channel == Channel::Merchant && !email.is_empty();
        let wanted = if own {
            of_email.get(&email).cloned().unwrap_or_default()
        } else {
            // A marketplace that was added later has the shared customer that was made for it.
            let name = format!("Amazon {} ", order.market.code);
            let named = customers
                .iter()
                .filter(|one| text(&one["companyName"]).starts_with(&name));
            let shared = scene.role(&format!("customer.{}", order.market.code));
            shared.map_or_else(|| named.map(|one| text(&one["id"])).collect(), |id| vec![id])
        };
        if own && wanted.len() > 1 {
            found.push(format!("R1-3 the buyer of {} is {} customers", order.id, wanted.len()));
        }
        let records = scene.books.of_order(&order.id).into_iter();
        for (_, record) in records.filter(|(_, record)| text(&record["externalId"]).starts_with("AZN-")) {
            if !wanted.contains(&id_of(&record["entity"])) {
                found.push(format!(
                    "R1-3 {} is {}'s, not its buyer's",
                    order.id, record["entity"]["refName"]
                ));
            }
        }
    }
    Ok(())
}
