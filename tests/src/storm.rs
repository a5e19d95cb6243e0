//! A storm: a seed decides the traffic, what goes wrong and when the computer dies; afterwards the promises must hold.

use std::collections::BTreeMap;
use std::time::Duration;

use chrono::TimeDelta;
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use simulator::{Company, Fault, Faults, Latency, Rule};
use store::problems::{self, Tab};

use crate::world::{Making, World};
use crate::{invariants, people};

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
    /// What people were asked at the end: codes and how often.
    pub asked: Vec<(String, u64)>,
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
    let per_thousand = chance.random_range(0..=16);
    let faults = Faults::storm(seed, per_thousand);
    lasting(&faults, per_thousand);
    let mut world = World::open(Making {
        orders: Some(chance.random_range(3..12)),
        faults: faults.clone(),
        latency: Latency {
            amazon: Duration::from_millis(300),
            netsuite: Duration::from_millis(800),
            jitter: 40,
        },
        company: Company::Demo,
        options: options(&mut chance),
        warehouse: chance.random_range(0..2) == 0,
        custom_fields: Vec::new(),
        seed,
    })?;
    // NetSuite bills in advance only where it is allowed to (BIL-01).
    world.simulator.netsuite().set_preference("INVOICEINADVANCE", "T");
    let lives: u32 = chance.random_range(1..=3);
    let mut crashes = 0;
    for _ in 0..lives {
        if one_life(&mut world, &mut chance).await? {
            crashes += 1;
        }
        world.wait(TimeDelta::minutes(chance.random_range(1..600))).await;
        people::act(&mut world, &mut chance);
    }
    faults.clear();
    world.simulator.netsuite().set_other_tenants(false);
    // Time for the comparison of the day to come round once more.
    world.wait(TimeDelta::hours(25)).await;
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
        asked: asked(&world)?,
        broken,
    })
}

/// What is open at the end, by code.
fn asked(world: &World) -> anyhow::Result<Vec<(String, u64)>> {
    let mut codes: BTreeMap<String, u64> = BTreeMap::new();
    for tab in [Tab::NeedsYou, Tab::Retrying] {
        for group in world.store.read(|db| problems::groups(db, tab))? {
            *codes.entry(group.example.code).or_default() += group.count;
        }
    }
    Ok(codes.into_iter().collect())
}

/// What does not pass by itself, or is not mended by reading a list once more. Each of them has a way of its own back.
fn lasting(faults: &Faults, per_thousand: u32) {
    let rule = |fault, touching: &str, per_thousand| Rule {
        fault,
        touching: touching.to_owned(),
        after: 0,
        times: None,
        per_thousand,
    };
    for one in [
        // The comparison of the day must find the order (R3-16, R1-10).
        rule(Fault::AbsentFromList, "/orders/", per_thousand * 10),
        // What Amazon lost is found out, and told once more by a person (FUL-09).
        rule(Fault::ConfirmationIgnored, "/shipmentConfirmation", per_thousand * 5),
        rule(Fault::RecordChanged, "PATCH ", per_thousand * 30),
        rule(Fault::InvalidOutage, "/orders/", per_thousand),
        rule(Fault::LimitMoved, "", per_thousand),
        rule(Fault::ClockSkew, "/orders/", per_thousand / 4),
    ] {
        faults.add(one);
    }
}

/// Orders come in as one kind of record or another, and the rest of the set-up differs too.
fn options(chance: &mut ChaCha8Rng) -> Vec<(String, String)> {
    let mut one = |key: &str, values: &[&str]| {
        let value = values[chance.random_range(0..values.len())];
        (key.to_owned(), value.to_owned())
    };
    vec![
        one("orders.fba.import_as", &["invoice", "cash_sale", "sales_order"]),
        one("customer.mfn.mode", &["default", "default", "per_buyer"]),
        one("billing.kind", &["invoice", "by_payment_method"]),
        one(
            "billing.when",
            &[
                "pending_billing",
                "pending_billing",
                "pending_billing",
                "pending_fulfillment",
            ],
        ),
        one("fulfil.cancel_out", &["off", "on"]),
        one("fulfil.allow_untracked", &["off", "on"]),
        one("fulfil.multi_package", &["distribute", "distribute", "first_only"]),
    ]
}

/// Works until it is done or until the power fails; whether it failed.
async fn one_life(world: &mut World, chance: &mut ChaCha8Rng) -> anyhow::Result<bool> {
    let power_lasts = Duration::from_millis(chance.random_range(500..240_000));
    let approves = chance.next_u32().is_multiple_of(2);
    let takes_back = chance.random_range(0..4) == 0;
    world
        .simulator
        .netsuite()
        .set_other_tenants(chance.random_range(0..4) == 0);
    let work = async {
        world.sync().await?;
        if approves {
            world.approve_ready().await?;
        }
        if takes_back {
            world.undo_posted().await?;
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
        // And once more, each flow by itself (flows.md §19 (v)).
        for entry in flows::catalogue() {
            world.run(&[entry.card.id], None).await?;
        }
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
