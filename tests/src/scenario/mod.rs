//! Scenarios: small stories as text, played by the real program in the simulated company.
//!
//! A story is a list of steps: what happens, and what both sides must show afterwards. At the end of each the promises
//! of [`crate::invariants`] hold, a further look writes nothing, and the log names no buyer (flows.md §19).

mod bank;
mod happens;
mod held;
mod money;
mod rows;
mod shown;
mod step;

use std::time::Duration;

use anyhow::{Context, bail, ensure};
use chrono::TimeDelta;
use serde::Deserialize;
use simulator::{Company, Latency};
use tokio_util::sync::CancellationToken;

pub use step::Step;

use crate::invariants;
use crate::log::Log;
use crate::world::{Making, World};

/// One story.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Story {
    /// Its name, with the scenario's id.
    pub name: String,
    /// The rules and scenarios that it proves.
    pub proves: Vec<String>,
    /// The company's seed.
    #[serde(default = "one")]
    pub seed: u64,
    /// `demo`, or `empty` for one without orders, `everywhere` for one in every marketplace, or `large` for one with
    /// nothing but plain orders.
    #[serde(default = "demo")]
    pub company: String,
    /// Plain orders that the company has from the beginning, where it has any.
    pub orders: Option<u32>,
    /// Options of the flows, for the whole company.
    #[serde(default)]
    pub options: std::collections::BTreeMap<String, String>,
    /// Whether the setup package's own fields are in NetSuite and filled.
    #[serde(default)]
    pub own_fields: bool,
    /// Custom fields of the seller's own that NetSuite has, such as `custentity_channel`.
    #[serde(default)]
    pub fields: Vec<String>,
    /// What happens.
    pub step: Vec<Step>,
}

fn one() -> u64 {
    1
}

fn demo() -> String {
    "demo".to_owned()
}

/// A story that is being told.
pub(crate) struct Told {
    pub(crate) world: World,
    /// The id that the last act was answered with, or that was looked for: `$id` in what comes after.
    pub(crate) id: String,
    /// Writes before the last sync.
    pub(crate) writes: usize,
    /// When the computer woke, or the last sync began.
    pub(crate) since: chrono::DateTime<chrono::Utc>,
    /// The schedules at work in the background.
    pub(crate) schedules: Option<CancellationToken>,
}

/// Plays a story on a runtime of its own whose time is virtual.
pub fn play(text: &str) -> anyhow::Result<String> {
    let story: Story = toml::from_str(text)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()?;
    let name = story.name.clone();
    let log = Log::default();
    let _catching = tracing::subscriber::set_default(log.clone());
    runtime.block_on(played(story, &log)).with_context(|| name.clone())?;
    Ok(name)
}

async fn played(story: Story, log: &Log) -> anyhow::Result<()> {
    ensure!(!story.proves.is_empty(), "a story names the rules that it proves");
    let company = match story.company.as_str() {
        "demo" => Company::Demo,
        "empty" => Company::Empty,
        "everywhere" => Company::Everywhere,
        "large" => Company::Large,
        other => bail!("no company {other}"),
    };
    let fill = story
        .own_fields
        .then(|| ("orders.custom_fields".to_owned(), "on".to_owned()));
    let mut fields = story.fields;
    if story.own_fields {
        fields.extend(own_fields());
    }
    let world = World::open(Making {
        company,
        orders: story.orders,
        latency: Latency {
            amazon: Duration::from_millis(200),
            netsuite: Duration::from_millis(400),
            jitter: 0,
        },
        options: story.options.into_iter().chain(fill).collect(),
        custom_fields: fields,
        ..Making::demo(story.seed)
    })?;
    let mut told = Told {
        since: world.clock.now(),
        world,
        id: String::new(),
        writes: 0,
        schedules: None,
    };
    for (number, step) in story.step.iter().enumerate() {
        step.take(&mut told)
            .await
            .with_context(|| format!("step {}: {step:?}", number + 1))?;
    }
    if let Some(schedules) = &told.schedules {
        schedules.cancel();
    }
    ends_well(&told.world, log).await
}

/// The fields that the setup package makes (ORD-07).
fn own_fields() -> Vec<String> {
    const BODY: &str = "order_id marketplace channel ship_by deliver_by is_prime is_business is_pickup is_replacement \
                        replaces cancel_requested cancelled promotion_ids tax_variance confirm_status \
                        original_date";
    const LINE: &str = "order_item_id sku asin customisation gift_message";
    let body = BODY.split_whitespace().map(|name| format!("custbody_azn_{name}"));
    let line = LINE.split_whitespace().map(|name| format!("custcol_azn_{name}"));
    body.chain(line).collect()
}

/// What holds after every story (flows.md §19 i to vii).
async fn ends_well(world: &World, log: &Log) -> anyhow::Result<()> {
    promises(world).context("as the story ended")?;
    // What still waits for Amazon's slower answers comes to its end first; then a look at everything writes nothing.
    let mut wrote = Vec::new();
    for _ in 0..4 {
        let writes = world.trace.writes();
        world.wait(TimeDelta::minutes(20)).await;
        world.sync().await?;
        wrote = world.trace.written().split_off(writes);
        if wrote.is_empty() {
            break;
        }
    }
    ensure!(
        wrote.is_empty(),
        "§19 v: one more look at everything still wrote {wrote:?}"
    );
    // What was bought while that look lasted is seen too, before every order must have been.
    world.wait(TimeDelta::minutes(3)).await;
    world.run(&["mfn-customers", "mfn-orders", "fba-orders"], None).await?;
    promises(world).context("after everything was looked at again")?;
    let state = world.simulator.amazon().state();
    for order in state.world.orders() {
        let lines = log.about(&order.buyer);
        ensure!(
            lines.is_empty(),
            "§19 vii: the log names the buyer of {}: {lines:?}",
            order.id
        );
    }
    ensure!(
        !log.lines().is_empty(),
        "nothing was logged, so nothing is proven of the log"
    );
    Ok(())
}

fn promises(world: &World) -> anyhow::Result<()> {
    let broken = invariants::broken(world)?;
    ensure!(broken.is_empty(), "promises that do not hold: {broken:#?}");
    Ok(())
}
