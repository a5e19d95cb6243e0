//! P8: what the engine costs the processor: for each order through the whole path, and while nothing is to be done.
//!
//! Measured in this process, with both simulated services in it: what is told is a little more than the engine's own.

use std::fs;
use std::time::{Duration, Instant};

use anyhow::Context;
use passerelle_tests::world::{Making, World};
use simulator::{Company, Latency};

use crate::line::figure;

const ORDERS: u32 = 10_000;
const FLOWS: [&str; 4] = ["mfn-customers", "mfn-orders", "fba-customers", "fba-orders"];
/// Clock ticks in a second, as Linux tells processor time.
const TICKS: f64 = 100.0;
/// The virtual hours that are watched while nothing happens on either side.
const IDLE: Duration = Duration::from_hours(6);

/// Measures the bar.
pub fn run() -> anyhow::Result<()> {
    tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()?
        .block_on(measure())
}

#[allow(clippy::disallowed_methods, reason = "measuring time is what a bench is for")]
async fn measure() -> anyhow::Result<()> {
    let world = World::open(Making {
        company: Company::Large,
        orders: Some(ORDERS),
        latency: Latency::BENCH,
        ..Making::demo(1)
    })?;
    let (began, used) = (Instant::now(), processor_seconds()?);
    let reports = world.run(&FLOWS, None).await?;
    let (wall, processor) = (began.elapsed().as_secs_f64(), processor_seconds()? - used);
    let created: u64 = reports.iter().map(|report| report.counts.created).sum();
    anyhow::ensure!(
        created == u64::from(ORDERS),
        "{created} of {ORDERS} orders were created"
    );
    let line = |step: &str, unit, value, bound| figure("P8", step, unit, value, bound);
    line(
        "processor for each of 10,000 orders through the whole path",
        "ms",
        processor / f64::from(ORDERS) * 1_000.0,
        1.5,
    );
    line("10,000 orders simulated, by the clock on the wall", "s", wall, 15.0);

    // Everything due at the start has been done once; from here on nobody buys anything.
    let stop = tokio_util::sync::CancellationToken::new();
    engine::schedule::keep(world.engine()?.clone(), stop.clone());
    world.clock.sleep(Duration::from_hours(1)).await;
    let metrics = tokio::runtime::Handle::current().metrics();
    let before = metrics.worker_park_count(0);
    world.clock.sleep(IDLE).await;
    let wakes = u32::try_from(metrics.worker_park_count(0) - before)?;
    stop.cancel();
    line(
        "wakes in a second over six virtual hours of schedules with nothing new",
        "wakes",
        f64::from(wakes) / IDLE.as_secs_f64(),
        1.0,
    );
    Ok(())
}

/// Processor time of this process so far.
fn processor_seconds() -> anyhow::Result<f64> {
    let facts = fs::read_to_string("/proc/self/stat")?;
    // `number (name) state parent …`: user and system time are the 12th and 13th after the name.
    let (_, after) = facts.rsplit_once(')').context("the process tells its name")?;
    let ticks = after.split_whitespace().skip(11).take(2);
    let ticks = ticks.map(str::parse::<f64>).sum::<Result<f64, _>>()?;
    Ok(ticks / TICKS)
}
