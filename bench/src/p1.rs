//! P1 and P2: how long an order sync takes against what the services' limits allow, in virtual time, and what it asks.
//!
//! `floor(N) = max( wait(ceil(N/100), 0.0056/s, 20), N·w·L/C ) + first page + last write` (quality-bars P1), with w = 1
//! write an order, L = 2 s a write, C = 5 at once.

use chrono::TimeDelta;
use passerelle_tests::world::{Making, World};
use simulator::{Company, Latency};

use crate::line::Line;

/// Seconds that one search token takes to come back.
const SEARCH_REFILL: f64 = 1.0 / 0.0056;
const SEARCH_BURST: f64 = 20.0;
const AT_ONCE: f64 = 5.0;

/// The order flows, each order exactly one write.
const FLOWS: [&str; 4] = ["mfn-customers", "mfn-orders", "fba-customers", "fba-orders"];

/// Measures both bars at some sizes.
pub fn run(sizes: &[u32]) -> anyhow::Result<()> {
    for orders in sizes {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .start_paused(true)
            .build()?;
        runtime.block_on(one(*orders))?;
    }
    Ok(())
}

async fn one(orders: u32) -> anyhow::Result<()> {
    let world = World::open(Making {
        company: Company::Large,
        orders: Some(orders),
        latency: Latency {
            jitter: 0,
            ..Latency::BENCH
        },
        ..Making::demo(1)
    })?;
    let began = world.clock.now();
    let reports = world.run(&FLOWS, None).await?;
    let took = seconds(world.clock.now() - began);
    let created: u64 = reports.iter().map(|report| report.counts.created).sum();
    anyhow::ensure!(
        created == u64::from(orders),
        "{created} of {orders} orders were created"
    );
    let count = f64::from(orders);
    let pages = (count / 100.0).ceil();
    let write = Latency::BENCH.netsuite.as_secs_f64();
    let page = Latency::BENCH.amazon.as_secs_f64();
    let floor = ((pages - SEARCH_BURST).max(0.0) * SEARCH_REFILL).max(count * write / AT_ONCE) + page + write;
    Line {
        bar: "P1",
        step: &format!("{orders} orders in virtual time; the bound is 1 / 0.90 of the floor"),
        unit: "s",
        value: took,
        peer: Some(("the floor that both services' limits allow", floor)),
        bound: 1.0 / 0.90,
    }
    .print();
    let line = |bar, step: &str, unit, value, bound| {
        Line {
            bar,
            step,
            unit,
            value,
            peer: None,
            bound,
        }
        .print();
    };
    line(
        "P1",
        "answers that told us to slow down, self-made",
        "429s",
        number(world.trace.count(" 429"))?,
        0.0,
    );
    if orders >= 1_000 {
        let calls = number(world.trace.count("sellingpartnerapi"))? / count;
        line(
            "P2",
            &format!("Amazon calls for each of {orders} orders"),
            "calls",
            calls,
            0.012,
        );
        let writes = number(world.trace.writes())? / count;
        line(
            "P2",
            &format!("NetSuite writes for each of {orders} orders"),
            "writes",
            writes,
            1.02,
        );
    }
    Ok(())
}

fn number(count: usize) -> anyhow::Result<f64> {
    Ok(f64::from(u32::try_from(count)?))
}

fn seconds(span: TimeDelta) -> f64 {
    span.to_std().unwrap_or_default().as_secs_f64()
}
