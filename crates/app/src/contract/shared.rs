//! Shapes that several screens share.

use std::collections::BTreeMap;

use domain::text::{Arg, Text};
use domain::{Currency, Money};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// An exact amount: decimal text and an ISO 4217 code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Amount {
    /// Decimal text with at least the currency's decimals, such as `-12.40`.
    pub amount: String,
    /// ISO 4217 code.
    pub currency: String,
}

impl From<Money> for Amount {
    fn from(money: Money) -> Self {
        Self::of(money.amount, money.currency)
    }
}

impl Amount {
    /// A decimal in a currency.
    pub fn of(amount: Decimal, currency: Currency) -> Self {
        Self {
            amount: domain::money::plain(amount, currency),
            currency: currency.code().to_owned(),
        }
    }
}

/// A sentence by its message id, with variables; the screen's catalogue has the words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Words {
    /// The Fluent message id.
    pub id: String,
    /// Its variables.
    pub args: BTreeMap<String, Value>,
}

/// A variable of a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", content = "value", rename_all = "snake_case")]
pub enum Value {
    /// Verbatim text.
    Text(String),
    /// A whole number that decides the plural form.
    Count(i32),
    /// An amount.
    Money(Amount),
    /// A calendar day, ISO 8601.
    Day(String),
    /// An instant, ISO 8601 in UTC.
    Instant(String),
}

impl From<Text> for Words {
    fn from(text: Text) -> Self {
        Self {
            id: text.id,
            args: text.args.into_iter().map(|(name, arg)| (name, arg.into())).collect(),
        }
    }
}

impl From<Arg> for Value {
    fn from(arg: Arg) -> Self {
        match arg {
            Arg::Text(text) => Self::Text(text),
            Arg::Count(count) => Self::Count(i32::try_from(count).unwrap_or(i32::MAX)),
            Arg::Money(money) => Self::Money(money.into()),
            Arg::Day(day) => Self::Day(day.to_string()),
            Arg::Instant(instant) => Self::Instant(instant.to_rfc3339()),
        }
    }
}

/// The two-word states of the glossary; the screen adds glyph and word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the states of ux.md §3.3")]
pub enum State {
    Done,
    Running,
    Queued,
    Retrying,
    NeedsYou,
    Check,
    Skipped,
    Paused,
    Approved,
    Posted,
    Undone,
}

/// A record in NetSuite.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Document {
    /// The record's REST type, such as `salesOrder`.
    pub record: String,
    /// NetSuite's internal id; empty where only the number is known.
    pub id: String,
    /// The number that people see, such as `SO1042`.
    pub number: String,
    /// Its page in NetSuite; nothing in the Demo company.
    pub address: Option<String>,
}

/// No request at all.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct Nothing {}

/// A request about one thing.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ById {
    /// The thing's id.
    pub id: String,
}

/// A request narrowed to a marketplace.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct InScope {
    /// Amazon's marketplace id, or nothing for all.
    #[serde(default)]
    #[ts(optional)]
    pub marketplace: Option<String>,
}

/// It was done; what to tell.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Done {
    /// The sentence of the toast.
    pub said: Words,
}

/// Work was started in the background.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Started {
    /// The runs that were opened; the rest of a chain follows by event.
    pub runs: Vec<String>,
}

/// What went wrong with a command; the screen matches on the code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Refusal {
    /// A stable code: `not_found`, `bad_request`, `busy`, `not_ready`, `store`, `offline`, `fault`.
    pub code: String,
    /// What happened, why, and what to do.
    pub said: Words,
    /// Technical detail for *Copy details*; never a secret, never buyer data.
    pub detail: Option<String>,
}

/// A marketplace as the screen names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Marketplace {
    /// Amazon's id.
    pub id: String,
    /// ISO country code as shown: `US`, `UK`, `DE`, `JP`.
    pub country: String,
    /// ISO 4217 code.
    pub currency: String,
    /// IANA zone of its business day.
    pub zone: String,
    /// The first business day that the books know (CMN-32), ISO 8601; nothing while it is not chosen.
    pub go_live: Option<String>,
}

/// Events that the shell forwards to the screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// A run began.
    RunOpened {
        /// Its id.
        run: String,
        /// Its flow.
        flow: String,
    },
    /// A run went on; read it again (at most a few times a second).
    RunProgress {
        /// Its id.
        run: String,
    },
    /// A run ended.
    RunEnded {
        /// Its id.
        run: String,
        /// Its flow.
        flow: String,
        /// How.
        state: State,
    },
    /// The list of problems changed.
    ProblemsChanged,
    /// What a person had looked at again is through.
    Retried {
        /// Records that are in order now.
        worked: u32,
        /// Records that still fail.
        still: u32,
    },
    /// A settlement changed.
    SettlementChanged {
        /// Its id.
        settlement: String,
    },
    /// The status line changed.
    StatusChanged,
    /// Something new needs a person: one notice.
    Notice {
        /// The title.
        title: Words,
        /// The body.
        body: Words,
        /// The screen it opens.
        route: String,
    },
}

/// The status line, the tray and the bottom bar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Status {
    /// Whether this is the Demo company.
    pub demo: bool,
    /// The company's name.
    pub company: String,
    /// The Home sentence.
    pub sentence: Words,
    /// What the tray shows by shape.
    pub state: StatusState,
    /// Open groups of problems.
    pub needs_you: u32,
    /// Settlements to review.
    pub to_review: u32,
    /// What runs now.
    pub running: Vec<Running>,
    /// When a flow last looked to the end of what there was, ISO 8601.
    pub last_sync: Option<String>,
    /// When the next one is due, ISO 8601.
    pub next_sync: Option<String>,
    /// When paused schedules go on by themselves, ISO 8601; nothing while they run or wait for the person.
    pub paused_until: Option<String>,
    /// The application's version.
    pub version: String,
    /// The marketplaces of the company.
    pub marketplaces: Vec<Marketplace>,
}

/// The tray's shapes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "ux.md §7")]
pub enum StatusState {
    InSync,
    Syncing,
    NeedsYou,
    Paused,
    Offline,
}

/// A run in the bottom bar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Running {
    /// The run.
    pub run: String,
    /// The message id of its flow's title.
    pub title: String,
    /// What it is doing.
    pub doing: Option<Words>,
    /// Finished units.
    pub done: u32,
    /// All units, once known.
    pub total: Option<u32>,
}
