//! P3: how fresh the books are on a day with 300 orders in five marketplaces and a look at Amazon every five minutes,
//! in virtual time.

use std::time::Duration;

use anyhow::Context;
use chrono::{DateTime, TimeDelta, Utc};
use engine::edge::SeededChance;
use passerelle_tests::world::{Making, World};
use serde_json::json;
use simulator::world::acts::Act;
use simulator::world::order::{Channel, Status};
use simulator::world::placed::NewOrder;
use simulator::{Company, Latency};
use store::decisions;
use store::options::{self, Level, OptionRow};
use store::steps::{self, StepState};
use wire::clock::Chance;

use crate::line::figure;

/// The flows that look for orders.
const FLOWS: [&str; 2] = ["mfn-orders", "fba-orders"];
/// Where people buy: three regions, four currencies.
const MARKETPLACES: [&str; 5] = ["US", "UK", "DE", "FR", "JP"];
/// Orders of the day.
const ORDERS: usize = 300;
/// Minutes from an order to its place in the app and in NetSuite, for 95 of 100 (quality-bars P3).
const VISIBLE: f64 = 7.5;
const BOOKED: f64 = 8.5;
/// Seconds between two searches of a region, on average.
const APART: f64 = 179.0;

/// An order, and when it was placed.
type Placed = (String, DateTime<Utc>);

/// Measures a day.
pub fn run() -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()?;
    runtime.block_on(day())
}

async fn day() -> anyhow::Result<()> {
    let world = World::open(Making {
        company: Company::Everywhere,
        orders: Some(0),
        latency: Latency::BENCH,
        ..Making::demo(3)
    })?;
    for flow in FLOWS {
        let row = OptionRow {
            key: engine::schedule::key_of(flow),
            level: Level::Workspace,
            scope_id: String::new(),
            value: json!({"every_minutes": 5}),
        };
        world.store.write(|db| options::set(db, &row))?;
    }
    // What there is to learn about both accounts comes in first; then the day begins.
    world.sync().await?;
    let stop = tokio_util::sync::CancellationToken::new();
    engine::schedule::keep(world.engine()?.clone(), stop.clone());
    let before = world.trace.count("/orders/2026-01-01/orders?");
    let placed = trade(&world).await?;
    let searches = world.trace.count("/orders/2026-01-01/orders?") - before;
    // The last orders of the day take their time too.
    world.wait(TimeDelta::minutes(20)).await;
    stop.cancel();
    let (visible, booked) = waits(&world, &placed)?;
    let line = |step: &str, unit, value, bound| figure("P3", step, unit, value, bound);
    line(
        "order to its place in the app, 95 of 100 of 300 orders in five marketplaces",
        "minutes",
        percentile(visible)?,
        VISIBLE,
    );
    line(
        "order to its record in NetSuite, 95 of 100 of 300 orders in five marketplaces",
        "minutes",
        percentile(booked)?,
        BOOKED,
    );
    let regions = 3.0;
    let apart = 86_400.0 * regions / f64::from(u32::try_from(searches)?);
    line(
        "searches of a region in 179 s, on average",
        "searches",
        APART / apart,
        1.0,
    );
    Ok(())
}

/// People buy all day long, now from the seller's own stock and now from Amazon's; nothing waits for its payment, and
/// what Amazon ships has left at once, so that every order may be imported from its first minute.
async fn trade(world: &World) -> anyhow::Result<Vec<Placed>> {
    let chance = SeededChance::new(3);
    let began = world.clock.now();
    let mut moments: Vec<u64> = (0..ORDERS).map(|_| chance.next() % 86_400).collect();
    moments.sort_unstable();
    let mut placed = Vec::new();
    for (number, second) in moments.into_iter().enumerate() {
        let at = began + TimeDelta::try_seconds(i64::try_from(second)?).unwrap_or_default();
        world.wait(at - world.clock.now()).await;
        let from_amazon = chance.next().is_multiple_of(2);
        let order = NewOrder {
            id: Some(format!("305-2000000-{number:07}")),
            marketplace: Some(MARKETPLACES[number % MARKETPLACES.len()].to_owned()),
            channel: Some(if from_amazon {
                Channel::Amazon
            } else {
                Channel::Merchant
            }),
            status: from_amazon.then_some(Status::Shipped),
            ..NewOrder::default()
        };
        let now = world.clock.now();
        let done = world.simulator.amazon().state().act(&Act::Order(Box::new(order)), now);
        placed.push((done.map_err(|said| anyhow::anyhow!(said))?, now));
    }
    let rest = began + TimeDelta::days(1) - world.clock.now();
    world.clock.sleep(rest.to_std().unwrap_or(Duration::ZERO)).await;
    Ok(placed)
}

/// Minutes from each order to its first decision in the app, and to its record.
fn waits(world: &World, placed: &[Placed]) -> anyhow::Result<(Vec<f64>, Vec<f64>)> {
    let (mut visible, mut booked) = (Vec::new(), Vec::new());
    for (id, created) in placed {
        let about = world.store.read(|db| decisions::about(db, id))?;
        let seen = about.iter().find(|one| FLOWS.contains(&one.flow.as_str()));
        visible.push(minutes(
            seen.with_context(|| format!("{id} was never seen"))?.decided_at - created,
        ));
        let steps = world.store.read(|db| steps::about(db, id))?;
        let done = steps
            .iter()
            .find(|step| step.state == StepState::Done && FLOWS.contains(&step.flow.as_str()) && step.expect.is_some());
        booked.push(minutes(
            done.with_context(|| format!("{id} has no record"))?.changed_at - created,
        ));
    }
    Ok((visible, booked))
}

fn minutes(span: TimeDelta) -> f64 {
    span.to_std().unwrap_or_default().as_secs_f64() / 60.0
}

fn percentile(mut waits: Vec<f64>) -> anyhow::Result<f64> {
    waits.sort_by(f64::total_cmp);
    waits
        .get(waits.len() * 95 / 100)
        .copied()
        .context("nothing was measured")
}
