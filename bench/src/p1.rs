//! P1 and P2: how long an order sync takes against what the services' limits allow, in virtual time, and what it asks.
//!
//! `floor(N) = max( wait(ceil(N/100), 0.0056/s, 20), N·w·L/C ) + first page + last write` (quality-bars P1), with w = 1
//! write an order, L = 2 s a write, C = 5 at once. The floor is the same when things go wrong: what a fault costs is
//! ours to bear.

use chrono::TimeDelta;
use passerelle_tests::world::{Making, World};
use simulator::{Company, Fault, Faults, Latency, Rule};

use crate::line::{Line, figure};

/// Seconds that one search token takes to come back.
const SEARCH_REFILL: f64 = 1.0 / 0.0056;
const SEARCH_BURST: f64 = 20.0;
const AT_ONCE: f64 = 5.0;

/// The order flows, each order exactly one write.
const FLOWS: [&str; 4] = ["mfn-customers", "mfn-orders", "fba-customers", "fba-orders"];
/// Days of faults that are tried; the worst of them is what is told.
const BAD_DAYS: u64 = 5;

/// One sync of a company with so many orders.
struct Sync {
    world: World,
    orders: f64,
    /// Virtual seconds.
    took: f64,
}

/// Measures both bars at some sizes.
pub fn run(sizes: &[u32]) -> anyhow::Result<()> {
    for orders in sizes {
        let sync = paused()?.block_on(Sync::of(*orders, Faults::none()))?;
        sync.against_floor("nothing wrong", 0.95);
        sync.slowed_down("answers that told us to slow down, self-made", 0.0)?;
        if *orders >= 1_000 {
            sync.calls()?;
        }
    }
    for orders in sizes.iter().filter(|orders| **orders >= 2_000) {
        let mut worst: Option<Sync> = None;
        for seed in 1..=BAD_DAYS {
            let sync = paused()?.block_on(Sync::of(*orders, transient(seed)))?;
            if worst.as_ref().is_none_or(|worst| sync.took > worst.took) {
                worst = Some(sync);
            }
        }
        if let Some(worst) = worst {
            worst.against_floor("5 % transient faults, the worst of five seeds", 0.85);
        }
        let sync = paused()?.block_on(Sync::of(*orders, lowered()))?;
        let share = "share of calls that told us to slow down, limits lowered and raised in mid-run";
        sync.slowed_down(share, 0.005)?;
    }
    Ok(())
}

fn paused() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
}

/// Five in a hundred exchanges: not answered, not executed, or told to slow down.
fn transient(seed: u64) -> Faults {
    let kinds = [
        Fault::ServerError,
        Fault::Unavailable,
        Fault::NeverSent,
        Fault::Throttled,
        Fault::TimeoutAfterCommit,
    ];
    let rule = |fault| Rule {
        fault,
        touching: String::new(),
        after: 0,
        times: None,
        per_thousand: 10,
    };
    Faults::planned(seed, kinds.map(rule).to_vec())
}

/// Amazon halves its limit for the order search after some pages, and gives it back later.
fn lowered() -> Faults {
    let moved = |after| Rule {
        after,
        ..Rule::once(Fault::LimitMoved, "/orders/")
    };
    Faults::planned(5, vec![moved(5), moved(12)])
}

impl Sync {
    async fn of(orders: u32, faults: Faults) -> anyhow::Result<Self> {
        let world = World::open(Making {
            company: Company::Large,
            orders: Some(orders),
            faults,
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
        Ok(Self {
            world,
            orders: f64::from(orders),
            took,
        })
    }

    /// Prints how long it took; `least` is the share of it that the floor must fill.
    fn against_floor(&self, with: &str, least: f64) {
        let pages = (self.orders / 100.0).ceil();
        let write = Latency::BENCH.netsuite.as_secs_f64();
        let page = Latency::BENCH.amazon.as_secs_f64();
        let waiting = (pages - SEARCH_BURST).max(0.0) * SEARCH_REFILL;
        let floor = waiting.max(self.orders * write / AT_ONCE) + page + write;
        Line {
            bar: "P1",
            step: &format!("{} orders in virtual time, {with}", self.orders),
            unit: "s",
            value: self.took,
            peer: Some(("the floor that both services' limits allow", floor)),
            bound: 1.0 / least,
        }
        .print();
    }

    /// Prints the answers 429: how many there were if none may be, else their share of all.
    fn slowed_down(&self, step: &str, bound: f64) -> anyhow::Result<()> {
        let refused = number(self.world.trace.count(" 429"))?;
        let all = number(self.world.trace.lines().len())?;
        let counted = bound == 0.0;
        self.line(
            "P1",
            step,
            if counted { "429s" } else { "share" },
            if counted { refused } else { refused / all },
            bound,
        );
        Ok(())
    }

    /// Prints what it asked of both services.
    fn calls(&self) -> anyhow::Result<()> {
        let calls = number(self.world.trace.count("sellingpartnerapi"))? / self.orders;
        self.line("P2", "Amazon calls for each order", "calls", calls, 0.012);
        let writes = number(self.world.trace.writes())? / self.orders;
        self.line("P2", "NetSuite writes for each order", "writes", writes, 1.02);
        Ok(())
    }

    fn line(&self, bar: &str, step: &str, unit: &str, value: f64, bound: f64) {
        figure(bar, &format!("{step}, {} orders", self.orders), unit, value, bound);
    }
}

fn number(count: usize) -> anyhow::Result<f64> {
    Ok(f64::from(u32::try_from(count)?))
}

fn seconds(span: TimeDelta) -> f64 {
    span.to_std().unwrap_or_default().as_secs_f64()
}
