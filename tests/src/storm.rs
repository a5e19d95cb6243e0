//! A storm: a seed decides the traffic, what goes wrong and when the computer dies; afterwards the promises must hold.

use std::time::Duration;

use chrono::TimeDelta;
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use simulator::{Company, Faults, Latency};

use crate::invariants;
use crate::world::{Making, World};

/// How a storm went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weather {
    /// The seed.
    pub seed: u64,
    /// A hash of everything that was sent: the same seed, the same hash.
    pub trace: String,
    /// Exchanges in all.
    pub exchanges: usize,
    /// Faults that happened, by name.
    pub faults: Vec<(String, u64)>,
    /// How often the engine was taken away in the middle of something.
    pub crashes: u32,
    /// Promises that did not hold.
    pub broken: Vec<String>,
}

/// Cycles that a world gets to come to rest once nothing goes wrong any more (R1-14 allows two, and rate limits).
const CALM_CYCLES: u32 = 8;
/// Cycles among which one must be quiet.
const QUIET_CYCLES: u32 = 3;

/// Runs one storm, on a runtime of its own whose time is virtual.
pub fn run(seed: u64) -> anyhow::Result<Weather> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()?;
    runtime.block_on(weather(seed))
}

async fn weather(seed: u64) -> anyhow::Result<Weather> {
    let mut chance = ChaCha8Rng::seed_from_u64(seed);
    let faults = Faults::storm(seed, chance.random_range(0..=16));
    let mut world = World::open(Making {
        orders: Some(chance.random_range(10..40)),
        faults: faults.clone(),
        latency: Latency {
            amazon: Duration::from_millis(300),
            netsuite: Duration::from_millis(800),
            jitter: 40,
        },
        company: Company::Demo,
        options: options(&mut chance),
        seed,
    })?;
    let lives: u32 = chance.random_range(1..=4);
    let mut crashes = 0;
    for _ in 0..lives {
        if one_life(&mut world, &mut chance).await? {
            crashes += 1;
        }
        world.wait(TimeDelta::minutes(chance.random_range(1..600))).await;
    }
    faults.clear();
    settle(&mut world).await?;
    let mut broken = invariants::broken(&world)?;
    broken.extend(nothing_more_to_write(&world).await?);
    Ok(Weather {
        seed,
        trace: world.trace.hash(),
        exchanges: world.trace.lines().len(),
        faults: faults
            .fired()
            .into_iter()
            .map(|(fault, times)| (format!("{fault:?}"), times))
            .collect(),
        crashes,
        broken,
    })
}

/// Orders come in as one kind of record or another.
fn options(chance: &mut ChaCha8Rng) -> Vec<(String, String)> {
    let import_as = ["invoice", "cash_sale", "sales_order"][chance.random_range(0..3)];
    vec![("orders.fba.import_as".to_owned(), import_as.to_owned())]
}

/// Works until it is done or until the power fails; whether it failed.
async fn one_life(world: &mut World, chance: &mut ChaCha8Rng) -> anyhow::Result<bool> {
    let power_lasts = Duration::from_millis(chance.random_range(500..240_000));
    let approves = chance.next_u32().is_multiple_of(2);
    let work = async {
        world.sync().await?;
        if approves {
            world.approve_ready().await?;
        }
        anyhow::Ok(())
    };
    let crashed = match tokio::time::timeout(power_lasts, work).await {
        Ok(done) => {
            done?;
            false
        }
        Err(_) => true,
    };
    world.crash();
    world.start()?;
    Ok(crashed)
}

/// Lets the world come to rest, approving what may be posted: as many cycles as it takes, and no more than it may.
async fn settle(world: &mut World) -> anyhow::Result<()> {
    for _ in 0..CALM_CYCLES {
        let before = world.trace.writes();
        world.sync().await?;
        let approved = world.approve_ready().await?;
        if approved == 0 && world.trace.writes() == before {
            break;
        }
        world.wait(TimeDelta::minutes(20)).await;
    }
    Ok(())
}

/// R1-14: with nothing changed, a cycle writes nothing. The company goes on selling meanwhile, so an order that was placed
/// a moment ago may still come in; a product that repeats itself never has a quiet cycle.
async fn nothing_more_to_write(world: &World) -> anyhow::Result<Vec<String>> {
    let mut wrote = Vec::new();
    for _ in 0..QUIET_CYCLES {
        let before = world.trace.writes();
        world.sync().await?;
        let lines = world.trace.lines();
        wrote = lines
            .into_iter()
            .filter(|line| line.starts_with("write "))
            .skip(before)
            .collect();
        if wrote.is_empty() {
            break;
        }
    }
    Ok(wrote
        .into_iter()
        .map(|line| format!("R1-14 a quiet cycle wrote: {line}"))
        .collect())
}
