//! P7: how long confirming shipments takes against what Amazon's limit allows, in virtual time.
//!
//! `floor(N) = (N - 10) / 2 s` (quality-bars P7): two confirmations a second, the first ten at once.

use chrono::TimeDelta;
use passerelle_tests::world::{Making, World};
use simulator::netsuite::{Package, Shipping};
use simulator::{Company, Latency};

use crate::line::{Line, figure};

/// Orders of which the seller ships about half himself; all of those are shipped.
const ORDERS: u32 = 2_000;

/// Measures the bar.
pub fn run() -> anyhow::Result<()> {
    tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()?
        .block_on(measure())
}

async fn measure() -> anyhow::Result<()> {
    let world = World::open(Making {
        company: Company::Large,
        orders: Some(ORDERS),
        latency: Latency {
            jitter: 0,
            ..Latency::BENCH
        },
        ..Making::demo(1)
    })?;
    world
        .run(&["mfn-customers", "mfn-orders", "fba-customers", "fba-orders"], None)
        .await?;
    let shipped = ship_everything(&world)?;
    world.wait(TimeDelta::minutes(5)).await;
    let began = world.clock.now();
    world.run(&["shipments"], None).await?;
    let took = seconds(world.clock.now() - began);
    let told = u32::try_from(world.trace.count("/shipmentConfirmation"))?;
    anyhow::ensure!(told == shipped, "{told} of {shipped} shipments were confirmed");
    Line {
        bar: "P7",
        step: &format!("{told} shipments confirmed, in virtual time; the bound is 1 / 0.95 of the floor"),
        unit: "s",
        value: took,
        peer: Some((
            "the floor that Amazon's limit allows",
            (f64::from(told) - 10.0).max(0.0) / 2.0,
        )),
        bound: 1.0 / 0.95,
    }
    .print();
    figure(
        "P7",
        "answers that told us to slow down, self-made",
        "429s",
        f64::from(u32::try_from(world.trace.count(" 429"))?),
        0.0,
    );
    Ok(())
}

/// People ship every sales order that is open; how many there were.
fn ship_everything(world: &World) -> anyhow::Result<u32> {
    let books = world.books();
    let orders = books["netsuite"]["records"]["salesOrder"].as_array().cloned();
    let mut shipped = 0;
    for order in orders.unwrap_or_default() {
        let act = Shipping {
            order: order["externalId"].as_str().unwrap_or_default().to_owned(),
            packages: vec![Package {
                tracking: Some(format!("1Z999AA1{shipped:010}")),
                ..Package::default()
            }],
            ..Shipping::default()
        };
        world
            .simulator
            .netsuite()
            .ship(&act)
            .map_err(|said| anyhow::anyhow!("{said}"))?;
        shipped += 1;
    }
    Ok(shipped)
}

fn seconds(span: TimeDelta) -> f64 {
    span.to_std().unwrap_or_default().as_secs_f64()
}
