//! Scenarios: small stories as text, played by the real engine in the simulated company.
//!
//! A story is a list of steps: what happens, and what both sides must show afterwards. The promises of
//! [`crate::invariants`] are checked at the end of each.

use std::time::Duration;

use anyhow::{Context, bail, ensure};
use app::contract::{ProblemsRequest, SettlementsRequest};
use app::views;
use chrono::TimeDelta;
use serde::Deserialize;
use serde_json::json;
use simulator::{Fault, Latency, Rule};
use store::decisions::{self, Filter};
use store::fee_accounts::FeeAccount;
use store::lookups::{self, Lookup};

use crate::invariants;
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
    /// Options of the flows, for the whole company.
    #[serde(default)]
    pub options: std::collections::BTreeMap<String, String>,
    /// What happens.
    pub step: Vec<Step>,
}

fn one() -> u64 {
    1
}

/// One thing that happens, or that must be so.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Step {
    /// All flows run, or some of them.
    Sync(Vec<String>),
    /// Time passes, in minutes.
    Wait(i64),
    /// The computer loses power after so many milliseconds of a sync, and starts again.
    LosePower(u64),
    /// The next exchange whose method and address contain the text goes wrong: fault and text.
    GoesWrong(Fault, String),
    /// A person says which item a SKU is: SKU and NetSuite's item name.
    LinkItem(String, String),
    /// A person gives a kind of line an account: transaction-type, amount-type, amount-description, account role.
    MapLine(String, String, String, String),
    /// A person presses *Approve and post*.
    Approve(String),
    /// A person undoes a posting.
    Undo(String),
    /// A person retries a cause.
    Retry(String),
    /// A cause is open with so many records; 0: it is not.
    Problem(String, u64),
    /// So many orders of a flow are in a state.
    Orders(String, String, u64),
    /// A settlement stands at a stage with a difference.
    Settlement(String, String, String),
    /// An order stands in NetSuite so many times.
    InNetsuite(String, usize),
    /// So many records of a kind were made by us.
    Made(String, usize),
    /// Nothing was written since the last sync began.
    WroteNothing,
    /// Writes since the last sync began are at least so many.
    WroteAtLeast(usize),
}

/// Plays a story on a runtime of its own whose time is virtual.
pub fn play(text: &str) -> anyhow::Result<String> {
    let story: Story = toml::from_str(text)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()?;
    let name = story.name.clone();
    runtime.block_on(played(story)).with_context(|| name.clone())?;
    Ok(name)
}

async fn played(story: Story) -> anyhow::Result<()> {
    ensure!(!story.proves.is_empty(), "a story names the rules that it proves");
    let mut world = World::open(Making {
        latency: Latency {
            amazon: Duration::from_millis(200),
            netsuite: Duration::from_millis(400),
            jitter: 0,
        },
        options: story.options.into_iter().collect(),
        ..Making::demo(story.seed)
    })?;
    let mut writes_before = 0;
    for (number, step) in story.step.iter().enumerate() {
        if matches!(step, Step::Sync(_) | Step::LosePower(_)) {
            writes_before = world.trace.writes();
        }
        one_step(&mut world, step, writes_before)
            .await
            .with_context(|| format!("step {}: {step:?}", number + 1))?;
    }
    let broken = invariants::broken(&world)?;
    ensure!(broken.is_empty(), "promises that do not hold: {broken:#?}");
    Ok(())
}

async fn one_step(world: &mut World, step: &Step, writes_before: usize) -> anyhow::Result<()> {
    let wrote = world.trace.writes() - writes_before;
    match step {
        Step::Sync(flows) => {
            let flows: Vec<&str> = flows.iter().map(String::as_str).collect();
            world.run(&flows, None).await?;
        }
        Step::Wait(minutes) => world.wait(TimeDelta::minutes(*minutes)).await,
        Step::LosePower(after) => {
            let cut = tokio::time::timeout(Duration::from_millis(*after), world.sync()).await;
            ensure!(cut.is_err(), "the sync was over before the power failed");
            world.crash();
            world.start()?;
        }
        Step::GoesWrong(fault, touching) => world.simulator.faults().add(Rule::once(*fault, touching)),
        Step::LinkItem(sku, item) => link_item(world, sku, item)?,
        Step::MapLine(transaction, kind, description, role) => map_line(world, [transaction, kind, description], role)?,
        Step::Approve(settlement) => {
            let view =
                views::settlements::view(&world.store, settlement).map_err(|refusal| anyhow::anyhow!("{refusal:?}"))?;
            ensure!(view.can_approve, "the button is off: {:?}", view.why_not);
            world.engine()?.approve(settlement, "a person").await?;
        }
        Step::Undo(settlement) => {
            world.engine()?.undo(settlement, "a person").await?;
        }
        Step::Retry(cause) => {
            world.engine()?.retry(Some(cause), &[]).await?;
        }
        Step::Problem(cause, count) => is(*count, problems(world, cause)?, "records with that cause")?,
        Step::Orders(flow, state, count) => is(*count, orders(world, flow, state)?, "orders")?,
        Step::Settlement(id, stage, difference) => settlement(world, id, stage, difference)?,
        Step::InNetsuite(order, times) => {
            is(
                *times,
                invariants::Books::of(&world.books()).of_order(order).len(),
                "records of the order",
            )?;
        }
        Step::Made(kind, count) => {
            let books = invariants::Books::of(&world.books());
            let ours = books
                .of_kind(kind)
                .iter()
                .filter(|record| invariants::text(&record["externalId"]).starts_with("AZN-"));
            is(*count, ours.count(), "records made by us")?;
        }
        Step::WroteNothing => is(0, wrote, "writes")?,
        Step::WroteAtLeast(least) => ensure!(wrote >= *least, "wrote {wrote} times, expected at least {least}"),
    }
    Ok(())
}

fn is<T: PartialEq + std::fmt::Debug>(wanted: T, found: T, what: &str) -> anyhow::Result<()> {
    ensure!(wanted == found, "expected {wanted:?} {what}, found {found:?}");
    Ok(())
}

fn problems(world: &World, cause: &str) -> anyhow::Result<u64> {
    let groups = views::problems::groups(&world.store, &ProblemsRequest::default())
        .map_err(|refusal| anyhow::anyhow!("{refusal:?}"))?;
    Ok(groups
        .groups
        .iter()
        .filter(|group| group.cause.starts_with(cause))
        .map(|group| u64::from(group.count))
        .sum())
}

fn orders(world: &World, flow: &str, state: &str) -> anyhow::Result<u64> {
    let state = match state {
        "done" => decisions::State::Done,
        "waiting" => decisions::State::Waiting,
        "needs-you" => decisions::State::NeedsYou,
        "ignored" => decisions::State::Ignored,
        other => bail!("no state {other}"),
    };
    let filter = Filter {
        flows: vec![flow.to_owned()],
        states: vec![state],
        ..Filter::default()
    };
    Ok(world.store.read(|db| decisions::count(db, &filter))?)
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

fn link_item(world: &World, sku: &str, item: &str) -> anyhow::Result<()> {
    let known = world
        .simulator
        .opening_books()
        .items
        .iter()
        .find(|known| known.name == item)
        .context("no such item")?;
    let row = Lookup {
        name: lookups::ITEMS.to_owned(),
        marketplace: String::new(),
        source: sku.to_owned(),
        target: json!({"item": known.id.to_string(), "factor": 1}),
        set_at: world.clock.now(),
    };
    world.store.write(|db| lookups::set(db, &row))?;
    Ok(())
}

fn map_line(world: &World, triple: [&str; 3], role: &str) -> anyhow::Result<()> {
    let account = world.simulator.opening_books().role(role).context("no such account")?;
    let row = FeeAccount {
        transaction_type: triple[0].to_owned(),
        amount_type: triple[1].to_owned(),
        amount_description: triple[2].to_owned(),
        marketplace: String::new(),
        category: "other-fee".to_owned(),
        account_key: "acct.other_fees".to_owned(),
        account_id: Some(account.to_string()),
    };
    world.store.write(|db| store::fee_accounts::set(db, &row))?;
    Ok(())
}
