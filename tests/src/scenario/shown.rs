//! What both sides must show: the books of Amazon and NetSuite, and the application's own screens.

use anyhow::{Context, bail, ensure};
use app::contract::{OrdersRequest, ProblemsRequest, RemedyView, SettlementsRequest};
use app::views;
use serde_json::Value;
use store::decisions::{self, Filter};
use store::{problems, runs};

use super::{Step, Told, held, money};
use crate::invariants::{Books, decimal, text};
use crate::world::World;

/// Sees whether it is so.
pub(super) fn step(step: &Step, told: &Told) -> anyhow::Result<()> {
    let world = &told.world;
    match step {
        Step::Agrees(order) => {
            let wanted = decimal(&amazon_book(world, order)?["for_the_books"]);
            is(wanted, decimal(&record(world, order)?["total"]), "in NetSuite")
        }
        Step::Says(order, pointer, wanted) => says(&record(world, order)?, pointer, wanted),
        Step::CustomerSays(order, pointer, wanted) => says(&customer(world, order)?, pointer, wanted),
        Step::FulfilmentSays(order, pointer, wanted) => says(&fulfilment(world, order)?, pointer, wanted),
        Step::Lines(order, lines) => is(lines.clone(), lines_of(world, &record(world, order)?), "as lines"),
        Step::Records(order, wanted) => is(wanted.clone(), records(world, order), "as records"),
        Step::Bills(order, wanted) => is(
            wanted.clone(),
            bills(world, order).iter().map(bill).collect(),
            "as bills",
        ),
        Step::BillSays(order, pointer, wanted) => {
            let bills = bills(world, order);
            says(&bills.last().context("there is no bill")?.1, pointer, wanted)
        }
        Step::InNetsuite(order, times) => is(*times, Books::of(&world.books()).of_order(order).len(), "records of it"),
        Step::Made(kind, count) => {
            let books = Books::of(&world.books());
            let ours = |record: &&Value| text(&record["externalId"]).starts_with("AZN-");
            is(
                *count,
                books.of_kind(kind).iter().filter(ours).count(),
                "records made by us",
            )
        }
        Step::AtAmazon(order, status) => is(
            status.as_str(),
            amazon_book(world, order)?["status"].as_str().unwrap_or_default(),
            "at Amazon",
        ),
        Step::Parcels(order, wanted) => is(wanted.clone(), parcels(world, order)?, "as parcels"),
        Step::CarriedBy(order, wanted) => is(wanted.clone(), carriers(world, order)?, "as carriers"),
        Step::WroteNothing => {
            let wrote = world.trace.written().split_off(told.writes);
            ensure!(wrote.is_empty(), "wrote {wrote:#?}");
            Ok(())
        }
        Step::WroteAtLeast(least) => {
            let wrote = world.trace.writes() - told.writes;
            ensure!(
                wrote >= *least && *least > 0,
                "wrote {wrote} times, expected at least {least}"
            );
            Ok(())
        }
        Step::Ran(flow, times) => ran(told, flow, *times),
        _ => in_the_books(step, world),
    }
}

/// What the books show of settlements.
fn in_the_books(step: &Step, world: &World) -> anyhow::Result<()> {
    match step {
        Step::Journal(id, wanted) => money::journal(world, id, wanted),
        Step::Cleared(id, wanted) => money::cleared(world, id, wanted),
        Step::Balance(role, wanted) => money::balance(world, role, wanted),
        Step::Payments(order, wanted) => money::payments(world, order, wanted),
        Step::Refunds(order, wanted) => money::refunds(world, order, wanted),
        Step::RefundLines(order, wanted) => money::refund_lines(world, order, wanted),
        Step::RecordSays(name, pointer, wanted) => {
            says(money::named(&Books::of(&world.books()), name)?, pointer, wanted)
        }
        Step::LinkedTo(name, field, other) => money::linked(world, name, field, other),
        Step::NoRecord(name) => {
            let books = Books::of(&world.books());
            ensure!(money::named(&books, name).is_err(), "{name} is in NetSuite");
            Ok(())
        }
        Step::Unexplained(id, wanted) => money::unexplained(world, id, wanted),
        Step::Lacks(id, amount, likely) => money::lacks(world, id, amount, likely),
        Step::Chain(id, wanted) => money::chain(world, id, wanted),
        Step::Unusual(id, wanted) => money::unusual(world, id, wanted),
        Step::Reissue(id, wanted) => money::reissue(world, id, wanted),
        Step::Rows(id, order, wanted) => money::rows(world, id, order, wanted),
        Step::CanApprove(id, wanted) => {
            let view = views::settlements::view(&world.store, id).map_err(|refusal| anyhow::anyhow!("{refusal:?}"))?;
            ensure!(
                view.can_approve == *wanted,
                "can be approved: {}, because {:?}",
                view.can_approve,
                view.why_not
            );
            Ok(())
        }
        _ => on_screen(step, world),
    }
}

/// What the application itself says.
fn on_screen(step: &Step, world: &World) -> anyhow::Result<()> {
    match step {
        Step::Stands(flow, key, state) => {
            let found = world.store.read(|db| decisions::about(db, key))?;
            let last = found
                .iter()
                .rfind(|decision| decision.flow == *flow)
                .context("never looked at")?;
            is(stands(state)?, last.state, "as its state")
        }
        Step::Problem(cause, count) => {
            let all = causes(world)?;
            let found = all.iter().filter(|(known, _)| known.starts_with(cause.as_str()));
            let found: u64 = found.map(|(_, count)| count).sum();
            ensure!(
                *count == found,
                "expected {count} records with that cause, found {all:?}"
            );
            Ok(())
        }
        Step::Notice(cause, times) => {
            let told = world
                .store
                .read(|db| problems::members(db, problems::Tab::Resolved, cause, 0, 100))?;
            is(*times, told.len(), "notices")
        }
        Step::Asked(wanted) => {
            let mut found: Vec<String> = causes(world)?.into_iter().map(|(cause, _)| cause).collect();
            found.sort_unstable();
            is(wanted.clone(), found, "as open causes")
        }
        Step::Orders(flow, state, count) => {
            let filter = Filter {
                flows: vec![flow.clone()],
                states: vec![stands(state)?],
                ..Filter::default()
            };
            is(*count, world.store.read(|db| decisions::count(db, &filter))?, "orders")
        }
        Step::Late(wanted) => {
            let request = OrdersRequest {
                view: Some("late".to_owned()),
                ..OrdersRequest::default()
            };
            let page = views::orders::page(&world.store, &request, world.clock.now());
            let page = page.map_err(|refusal| anyhow::anyhow!("{refusal:?}"))?;
            let ids: Vec<String> = page.orders.into_iter().map(|row| row.id).collect();
            is(wanted.clone(), ids, "as late")
        }
        Step::Money(marketplace, wanted) => held::money(world, marketplace, wanted),
        Step::Accrual(id, wanted) => held::accrual(world, id, wanted),
        Step::Witness(id, total, difference) => held::witness(world, id, total, difference),
        Step::Settlement(id, stage, difference) => settlement(world, id, stage, difference),
        other => bail!("{other:?} says nothing"),
    }
}

pub(super) fn is<T: PartialEq + std::fmt::Debug>(wanted: T, found: T, what: &str) -> anyhow::Result<()> {
    ensure!(wanted == found, "expected {wanted:?} {what}, found {found:?}");
    Ok(())
}

fn says(record: &Value, pointer: &str, wanted: &str) -> anyhow::Result<()> {
    let found = record
        .pointer(pointer)
        .with_context(|| format!("nothing there in {record}"))?;
    // Amounts are compared as amounts: `42` is `42.00`.
    match (wanted.parse::<rust_decimal::Decimal>(), found) {
        (Ok(amount), Value::Number(_)) => is(amount, decimal(found), pointer),
        _ => is(wanted, text(found).as_str(), pointer),
    }
}

fn causes(world: &World) -> anyhow::Result<Vec<(String, u64)>> {
    let mut found = Vec::new();
    for tab in ["needs_you", "trying_again"] {
        let request = ProblemsRequest {
            tab: Some(tab.to_owned()),
            ..ProblemsRequest::default()
        };
        let groups = views::problems::groups(&world.store, &request, world.clock.now())
            .map_err(|refusal| anyhow::anyhow!("{refusal:?}"))?;
        found.extend(
            groups
                .groups
                .into_iter()
                .map(|group| (group.cause, u64::from(group.count))),
        );
    }
    Ok(found)
}

/// What can be pressed about a cause.
pub(super) fn remedies(world: &World, cause: &str) -> anyhow::Result<Vec<RemedyView>> {
    let view = views::problems::group(&world.store, cause, world.clock.now())
        .map_err(|refusal| anyhow::anyhow!("{refusal:?}"))?;
    Ok(view.group.remedies)
}

fn stands(state: &str) -> anyhow::Result<decisions::State> {
    Ok(match state {
        "done" => decisions::State::Done,
        "sent" => decisions::State::Sent,
        "waiting" => decisions::State::Waiting,
        "needs-you" => decisions::State::NeedsYou,
        "ignored" => decisions::State::Ignored,
        "excluded" => decisions::State::Excluded,
        other => bail!("no state {other}"),
    })
}

fn amazon_book(world: &World, order: &str) -> anyhow::Result<Value> {
    let orders = world.books()["amazon"]["orders"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    orders
        .into_iter()
        .find(|known| known["order_id"] == order)
        .context("nobody bought that")
}

fn parcels(world: &World, order: &str) -> anyhow::Result<Vec<String>> {
    let state = world.simulator.amazon().state();
    let order = state.world.order(order).context("nobody bought that")?;
    let shown = order.parcels_at(wire::Clock::now(&world.simulator.clock()));
    Ok(shown
        .map(|parcel| {
            let units: u32 = parcel.content.iter().map(|(_, units)| units).sum();
            format!("{units} × {}", parcel.tracking)
        })
        .collect())
}

fn carriers(world: &World, order: &str) -> anyhow::Result<Vec<String>> {
    let state = world.simulator.amazon().state();
    let order = state.world.order(order).context("nobody bought that")?;
    let shown = order.parcels_at(wire::Clock::now(&world.simulator.clock()));
    let told = shown.map(|parcel| match &parcel.service {
        Some(service) => format!("{} by {service}", parcel.carrier),
        None => parcel.carrier.clone(),
    });
    Ok(told.collect())
}

/// The customer that the record of an order belongs to.
fn customer(world: &World, order: &str) -> anyhow::Result<Value> {
    let id = text(&record(world, order)?["entity"]["id"]);
    let books = Books::of(&world.books());
    let mut customers = books.of_kind("customer").iter();
    let found = customers.find(|one| text(&one["id"]) == id);
    found.cloned().context("the record has no customer")
}

/// The newest fulfilment that was made from the order's record.
fn fulfilment(world: &World, order: &str) -> anyhow::Result<Value> {
    let id = text(&record(world, order)?["id"]);
    let books = Books::of(&world.books());
    let mut made = books.of_kind("itemFulfillment").iter();
    let found = made.rfind(|one| text(&one["createdFrom"]["id"]) == id);
    found.cloned().context("there is no fulfilment")
}

/// The one record that stands for an order.
fn record(world: &World, order: &str) -> anyhow::Result<Value> {
    let books = Books::of(&world.books());
    let found = books.of_order(order);
    is(1, found.len(), "records of the order")?;
    Ok(found.first().map(|(_, record)| (*record).clone()).unwrap_or_default())
}

/// The records that stand for an order, oldest first: kind, total, day, and what is open of it.
fn records(world: &World, order: &str) -> Vec<String> {
    let books = Books::of(&world.books());
    let told = |(kind, record): (&str, &Value)| {
        let amount = |name: &str| decimal(&record[name]).normalize();
        let (total, open) = (amount("total"), amount("amountRemaining"));
        format!("{kind} {total} of {}, open {open}", text(&record["tranDate"]))
    };
    books.of_order(order).into_iter().map(told).collect()
}

/// The bills that were made from the order's record, oldest first: kind and record.
fn bills(world: &World, order: &str) -> Vec<(&'static str, Value)> {
    let books = Books::of(&world.books());
    let of_order = books.of_order(order);
    let orders: Vec<String> = of_order.iter().map(|(_, record)| text(&record["id"])).collect();
    let mut found = Vec::new();
    for kind in ["invoice", "cashSale"] {
        for record in books.of_kind(kind) {
            let from = text(&record["createdFrom"]["id"]);
            if orders.contains(&from) {
                found.push((kind, record.clone()));
            }
        }
    }
    found
}

fn bill((kind, record): &(&str, Value)) -> String {
    format!("{kind} {}", decimal(&record["total"]).normalize())
}

pub(super) fn lines_of(world: &World, record: &Value) -> Vec<String> {
    let lines = record["item"]["items"].as_array().or(record["item"].as_array());
    let items = &world.simulator.opening_books().items;
    let told = |line: &Value| {
        let id = text(&line["item"]["id"]);
        let item = items.iter().find(|item| item.id.to_string() == id);
        let item = item.map_or(id.as_str(), |item| item.name.as_str());
        let amount = decimal(&line["amount"]).normalize();
        let closed = if line["isClosed"] == true { ", closed" } else { "" };
        if line["quantity"].is_null() {
            return format!("{item} = {amount}{closed}");
        }
        format!("{} × {item} = {amount}{closed}", decimal(&line["quantity"]).normalize())
    };
    lines.into_iter().flatten().map(told).collect()
}

fn settlement(world: &World, id: &str, stage: &str, difference: &str) -> anyhow::Result<()> {
    let page = views::settlements::page(&world.store, &SettlementsRequest::default())
        .map_err(|refusal| anyhow::anyhow!("{refusal:?}"))?;
    let row = page
        .settlements
        .iter()
        .find(|row| row.id == id)
        .context("no such settlement")?;
    is(stage, row.stage.as_str(), "stage")?;
    is(
        difference,
        format!("{} {}", row.difference.amount, row.difference.currency).as_str(),
        "difference",
    )
}

/// The most runs of a flow that one account had.
fn ran(told: &Told, flow: &str, times: usize) -> anyhow::Result<()> {
    let filter = runs::Filter {
        flow: Some(flow.to_owned()),
        ..runs::Filter::default()
    };
    let all = told.world.store.read(|db| runs::list(db, &filter, None, 1_000))?;
    let mut by_account = std::collections::BTreeMap::<String, usize>::new();
    for run in all.into_iter().filter(|run| run.opened_at >= told.since) {
        *by_account.entry(run.account).or_default() += 1;
    }
    is(times, by_account.values().copied().max().unwrap_or(0), "runs")
}
