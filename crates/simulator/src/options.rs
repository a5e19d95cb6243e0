//! How a simulated company is opened.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};

use crate::faults::Faults;

/// Which company stands in the simulator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Company {
    /// Atelier Lumen: four marketplaces, about 400 orders of all kinds, three settlements, three kinds of errors.
    #[default]
    Demo,
    /// Credentials work; there are items and accounts, and not one order.
    Empty,
    /// Like Empty, in all 23 marketplaces: with their currencies, customers and accounts in NetSuite. Orders are placed
    /// by control.
    Everywhere,
    /// As many plain US orders as asked for, all of which can be imported.
    Large,
}

/// How long the services take to answer, through the clock that was handed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Latency {
    /// Every Amazon answer.
    pub amazon: Duration,
    /// Every NetSuite answer that writes one record. Reads take a quarter.
    pub netsuite: Duration,
    /// Up to this share of the latency is added or taken off, in percent.
    pub jitter: u32,
}

impl Latency {
    /// Answers at once.
    pub const NONE: Self = Self {
        amazon: Duration::ZERO,
        netsuite: Duration::ZERO,
        jitter: 0,
    };
    /// What the demo company uses: quick, but a run can be watched.
    pub const DEMO: Self = Self {
        amazon: Duration::from_millis(120),
        netsuite: Duration::from_millis(40),
        jitter: 30,
    };
    /// What the figures are measured with: two seconds for a NetSuite record (quality-bars §1).
    pub const BENCH: Self = Self {
        amazon: Duration::from_millis(500),
        netsuite: Duration::from_secs(2),
        jitter: 20,
    };
}

/// Everything that decides what the simulator does. The same options give the same answers.
#[derive(Clone)]
pub struct Options {
    /// Decides every draw.
    pub seed: u64,
    /// Which company.
    pub company: Company,
    /// Where time comes from.
    pub clock: Arc<dyn wire::Clock>,
    /// The end of the ready-made history. Default: the last midnight (UTC) before the clock's time.
    pub epoch: Option<DateTime<Utc>>,
    /// A folder in which both books outlive the process. Default: memory.
    pub store: Option<PathBuf>,
    /// How many plain orders: all of Large's; Demo's beside its special cases. Default: 1,000 and about 340.
    pub orders: Option<u32>,
    /// How long answers take.
    pub latency: Latency,
    /// What goes wrong. Default: nothing.
    pub faults: Faults,
    /// How long Amazon works on a requested report.
    pub processing: Duration,
    /// How long it takes until Amazon shows a parcel that was confirmed. Default: a minute.
    pub confirming: Duration,
    /// Whether people in the warehouse pack orders in NetSuite while the story goes on, and the seller's recent orders
    /// wait for them on Amazon. Default: no, so that nothing happens that a test did not ask for.
    pub warehouse: bool,
    /// NetSuite features that are on or off otherwise than in the company's books, such as `SUITETAX` → on.
    pub features: Vec<(String, bool)>,
    /// Custom fields that a setup package installed in NetSuite, such as `custbody_azn_order_id`. Default: none.
    pub custom_fields: Vec<String>,
    /// How many NetSuite requests may be open at once.
    pub concurrency: usize,
    /// How many plain items more stand in NetSuite, each with a listing in the United States: for figures over a large
    /// catalogue. Default: none.
    pub plain_items: u32,
}

impl Options {
    /// A company with nothing wrong and no waiting.
    pub fn new(seed: u64, company: Company, clock: Arc<dyn wire::Clock>) -> Self {
        Self {
            seed,
            company,
            clock,
            epoch: None,
            store: None,
            orders: None,
            latency: Latency::NONE,
            faults: Faults::none(),
            processing: Duration::from_secs(3),
            confirming: Duration::from_mins(1),
            warehouse: false,
            features: Vec::new(),
            custom_fields: Vec::new(),
            concurrency: 5,
            plain_items: 0,
        }
    }
}
