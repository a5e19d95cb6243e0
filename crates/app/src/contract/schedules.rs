//! The Schedules screen (ux.md §5.11).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{State, Words};

/// Every schedule.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SchedulesView {
    /// One row for each flow in each account, in the order of the chains.
    pub rows: Vec<ScheduleRow>,
    /// What runs next, the soonest first, at most ten.
    pub upcoming: Vec<Upcoming>,
    /// Hours in which nothing begins by itself.
    pub quiet: Option<QuietHours>,
    /// Whether a person paused all schedules.
    pub paused: bool,
    /// Accounts whose flows together would ask Amazon for orders more often than it allows.
    pub crowded: Vec<String>,
    /// Which flow is on for which marketplace.
    pub switches: Vec<FlowSwitch>,
    /// The zone of each account's hours.
    pub zones: Vec<AccountZone>,
}

/// The zone in which an account's hours are read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AccountZone {
    /// The account.
    pub account: String,
    /// Its marketplaces, by Amazon's ids.
    pub marketplaces: Vec<String>,
    /// The zone, such as `Europe/Paris`.
    pub zone: String,
    /// Whether a person chose it; otherwise it is that of the first marketplace.
    pub chosen: bool,
}

/// Chooses the zone of an account's hours.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SetZone {
    /// The account.
    pub account: String,
    /// The zone, such as `Europe/Paris`; nothing: that of the first marketplace.
    pub zone: Option<String>,
}

/// For which marketplaces a flow is on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FlowSwitch {
    /// The flow.
    pub flow: String,
    /// The message id of its title.
    pub title: String,
    /// The marketplaces that it is on for, by Amazon's ids.
    pub on: Vec<String>,
}

/// Turns a flow on or off.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SetFlowOn {
    /// The flow.
    pub flow: String,
    /// Amazon's marketplace id.
    pub marketplace: String,
    /// Whether it runs from now on.
    pub on: bool,
}

/// One flow in one account: one run looks at all its marketplaces at once.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ScheduleRow {
    /// The flow.
    pub flow: String,
    /// The message id of its title.
    pub title: String,
    /// The group it is shown in.
    pub group: String,
    /// The account.
    pub account: String,
    /// The account's marketplaces, by Amazon's ids.
    pub marketplaces: Vec<String>,
    /// The zone of its hours, such as `Europe/Paris`.
    pub zone: String,
    /// How often it runs.
    pub rhythm: Rhythm,
    /// The same as a sentence.
    pub says: Words,
    /// Whether a person chose it; otherwise it is the default.
    pub chosen: bool,
    /// What the account's marketplaces share, whatever single ones chose.
    pub shared: Rhythm,
    /// Marketplaces with a schedule of their own. All are looked at in one go: the soonest of these wishes counts.
    pub own: Vec<OwnRhythm>,
    /// When it last began, ISO 8601.
    pub last: Option<String>,
    /// When it begins next, ISO 8601.
    pub next: Option<String>,
    /// Runs of the last seven days, the oldest first.
    pub week: Vec<RunMark>,
}

/// A marketplace with a schedule of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OwnRhythm {
    /// Amazon's marketplace id.
    pub marketplace: String,
    /// How often.
    pub rhythm: Rhythm,
    /// The same as a sentence.
    pub says: Words,
}

/// A run on the week's strip.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RunMark {
    /// When it began, ISO 8601.
    pub at: String,
    /// How it ended.
    pub state: State,
}

/// How often a flow runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Rhythm {
    /// Only when a person asks.
    ByHand,
    /// Every so many minutes, at least five.
    Every {
        /// The minutes.
        minutes: u32,
    },
    /// Every day at a time.
    Daily {
        /// `06:00`, in the account's zone.
        at: String,
    },
    /// From Monday to Friday at a time.
    Weekdays {
        /// `06:00`, in the account's zone.
        at: String,
    },
    /// By a cron text of five fields.
    Cron {
        /// The text, such as `0 6 * * 1-5`.
        text: String,
    },
}

/// Hours in which nothing begins by itself, in each account's zone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct QuietHours {
    /// `22:00`.
    pub from: String,
    /// `06:00`.
    pub to: String,
}

/// One run to come.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Upcoming {
    /// When, ISO 8601.
    pub at: String,
    /// The flow.
    pub flow: String,
    /// The message id of its title.
    pub title: String,
    /// The account's marketplaces.
    pub marketplaces: Vec<String>,
}

/// Changes a flow's schedule.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SetSchedule {
    /// The flow.
    pub flow: String,
    /// The account.
    pub account: String,
    /// One of its marketplaces; nothing for what all of them share.
    #[serde(default)]
    #[ts(optional)]
    pub marketplace: Option<String>,
    /// How often from now on; nothing: as shared, or for all as the flow itself would.
    pub rhythm: Option<Rhythm>,
}

/// Changes the quiet hours.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SetQuietHours {
    /// The hours; nothing: none.
    pub hours: Option<QuietHours>,
}

/// What a rhythm would mean, before it is kept.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TryRhythm {
    /// The account, for its zone.
    pub account: String,
    /// The rhythm.
    pub rhythm: Rhythm,
}

/// The meaning of a rhythm.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RhythmMeans {
    /// As a sentence.
    pub says: Words,
    /// The next three times, ISO 8601.
    pub next: Vec<String>,
}
