//! Settlements: the list, the review, the lines, the undo (ux.md §5.8).
//!
//! Everything comes from the summary that the flow keeps with each settlement, so that no screen waits for NetSuite.

mod acts;
mod bank;
mod evidence;
mod group;
mod history;
mod lines;
mod proofs;
mod reissue;
mod review;
mod undo;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use domain::settlement::Posted;
use domain::{Currency, Money};
use flows::local::Stage;
use flows::settlements::Summary;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::Deserialize;
use store::settlement_choices::{self, Choice};
use store::settlements::{self, Settlement};
use store::{Reader, Store, postings, problems};

pub(crate) use acts::missing;
pub(crate) use evidence::evidence;
pub(crate) use group::group;
pub(super) use history::Scale;
pub use history::history;
pub use lines::lines;
pub(crate) use proofs::categories as balancing_categories;
pub use reissue::difference as reissue_difference;
pub(crate) use reissue::preview as reissue_preview;
pub(crate) use review::Names;
pub use review::view;
pub(crate) use undo::undo_preview;

use super::documents::Pages;
use super::small;
use crate::contract::{
    Document, NotReady, Refusal, SettlementRow, SettlementsPage, SettlementsRequest, State, ViewCount,
};

/// What a list needs of a summary.
#[derive(Deserialize)]
struct Brief {
    marketplaces: Vec<String>,
    amazon_says: Money,
    netsuite_has: Money,
    difference: Money,
    numbers: Numbers,
    accounts_ready: bool,
    tax_ready: bool,
    orders_ready: bool,
    posted: Vec<(String, String)>,
    /// What of an accepted difference was matched since (SET-58).
    #[serde(default)]
    late: Option<Money>,
}

#[derive(Deserialize)]
struct Numbers {
    coverage_percent: u32,
    #[serde(default)]
    statuses: BTreeMap<String, u32>,
    #[serde(default)]
    sales: Decimal,
    #[serde(default)]
    fees: BTreeMap<String, Decimal>,
    #[serde(default)]
    balances: BTreeMap<String, Decimal>,
}

/// A settlement, the short part of its summary, and where its posting stands.
struct Known {
    stored: Settlement,
    brief: Option<Brief>,
    posting: Option<postings::Posting>,
    stage: Stage,
    /// What a person chose about it.
    choices: Vec<Choice>,
    /// Whether its transfer is in the bank, as a person said and, where needed, a journal says.
    banked: bool,
}

impl Known {
    fn all(db: &Reader<'_>) -> store::Result<Vec<Self>> {
        settlements::briefs(db)?
            .into_iter()
            .map(|stored| Self::of(db, stored))
            .collect()
    }

    fn one(store: &Store, id: &str) -> Result<Self, Refusal> {
        let known = store.read(|db| settlements::get(db, id)?.map(|stored| Self::of(db, stored)).transpose())?;
        known.ok_or_else(|| Refusal::not_found(id))
    }

    /// One without the long parts of its summary.
    fn short(store: &Store, id: &str) -> Result<Self, Refusal> {
        let known = store.read(|db| {
            settlements::brief(db, id)?
                .map(|stored| Self::of(db, stored))
                .transpose()
        })?;
        known.ok_or_else(|| Refusal::not_found(id))
    }

    /// The marketplace that most of its lines belong to.
    fn main_marketplace(&self) -> Option<&str> {
        self.brief.as_ref()?.marketplaces.first().map(String::as_str)
    }

    fn of(db: &Reader<'_>, stored: Settlement) -> store::Result<Self> {
        let id = stored.header.id.as_str();
        let brief = stored
            .summary
            .as_ref()
            .and_then(|summary| Brief::deserialize(summary).ok());
        let posting = postings::newest(db, id)?;
        let choices = settlement_choices::all(db, id)?;
        Ok(Self {
            banked: engine::is_banked(db, &choices)? == Some(true),
            stage: engine::stage_of(posting.as_ref(), &choices),
            posting,
            choices,
            brief,
            stored,
        })
    }

    /// The whole summary, of a settlement that was read by itself.
    fn summary(&self) -> Option<Summary> {
        Summary::deserialize(self.stored.summary.as_ref()?).ok()
    }

    fn currency(&self) -> Currency {
        self.stored.header.currency
    }

    /// Where the posting stands now; the summary may be older than a person's click.
    fn stage(&self) -> Stage {
        self.stage
    }

    /// Whether the app approved what stands.
    fn by_app(&self) -> bool {
        let is_apps = |posting: &postings::Posting| posting.who == engine::APP;
        matches!(self.stage, Stage::Approved | Stage::Posted) && self.posting.as_ref().is_some_and(is_apps)
    }

    /// Whether its file adds up, by itself or with a line that a person added.
    fn adds_up(&self) -> bool {
        engine::adds_up(&self.stored, &self.choices)
    }

    /// A choice of a person, by its word.
    fn choice(&self, word: &str) -> Option<&Choice> {
        self.choices.iter().find(|one| one.choice == word)
    }

    /// Whether another tool has posted it.
    fn is_elsewhere(&self) -> bool {
        let closed = self.choice(settlement_choices::CLOSED);
        closed.is_some_and(|closed| closed.value["elsewhere"] == true)
    }

    /// The word of the list (ux.md §5.8) and its glyph.
    fn state(&self) -> (&'static str, State) {
        let Some(brief) = &self.brief else {
            return if self.is_elsewhere() {
                ("in_books", State::Posted)
            } else if self.adds_up() {
                ("imported", State::Queued)
            } else {
                ("inconsistent", State::NeedsYou)
            };
        };
        match self.stage() {
            Stage::Closed if self.is_elsewhere() => ("in_books", State::Posted),
            Stage::Closed => ("closed", State::Approved),
            Stage::Approved => ("posting", State::Running),
            Stage::Undoing => ("undoing", State::Running),
            Stage::Posted if self.banked => ("in_the_bank", State::Done),
            Stage::Posted => ("posted", State::Posted),
            Stage::Undone => ("undone", State::Undone),
            Stage::Open if !self.adds_up() => ("inconsistent", State::NeedsYou),
            Stage::Open if !brief.accounts_ready || !brief.tax_ready => ("needs_you", State::NeedsYou),
            Stage::Open if brief.orders_ready && !brief.difference.is_zero() => ("variance", State::Check),
            Stage::Open => ("to_review", State::Check),
        }
    }

    fn row(&self, db: &Reader<'_>, pages: &Pages) -> store::Result<SettlementRow> {
        let header = &self.stored.header;
        let (word, glyph) = self.state();
        let declared = Money::new(header.declared_total.unwrap_or(self.stored.sum.amount), self.currency());
        let brief = self.brief.as_ref();
        Ok(SettlementRow {
            id: header.id.clone(),
            marketplaces: brief.map(|brief| brief.marketplaces.clone()).unwrap_or_default(),
            start: day(header.start).unwrap_or_default(),
            end: day(header.end).unwrap_or_default(),
            deposit_date: day(header.deposit),
            amazon_says: brief.map_or(declared, |brief| brief.amazon_says).into(),
            netsuite_has: brief
                .map_or(Money::zero(self.currency()), |brief| brief.netsuite_has)
                .into(),
            difference: brief.map_or(declared, |brief| brief.difference).into(),
            coverage_percent: brief.map_or(0, |brief| brief.numbers.coverage_percent),
            stage: word.to_owned(),
            state: glyph,
            accounts_ready: brief.is_some_and(|brief| brief.accounts_ready),
            tax_ready: brief.is_some_and(|brief| brief.tax_ready),
            orders_ready: brief.is_some_and(|brief| brief.orders_ready),
            open: match brief {
                Some(brief) => not_ready(brief, &problems::open_within(db, &header.id)?),
                None => NotReady::default(),
            },
            journal: self.journal(db, pages)?,
            by_app: self.by_app(),
        })
    }

    /// The newest journal that was posted.
    fn journal(&self, db: &Reader<'_>, pages: &Pages) -> store::Result<Option<Document>> {
        match self.brief.as_ref().and_then(|brief| brief.posted.last()) {
            Some((external_id, number)) => journal(db, pages, external_id, number),
            None => Ok(None),
        }
    }

    fn is_in(&self, marketplace: Option<&str>) -> bool {
        let marketplaces = self
            .brief
            .as_ref()
            .map(|brief| brief.marketplaces.as_slice())
            .unwrap_or_default();
        marketplace.is_none_or(|wanted| marketplaces.iter().any(|id| id == wanted))
    }

    /// Whether it is posted, and something of its accepted difference waits for a word since (SET-58).
    fn has_late(&self) -> bool {
        let late = self.brief.as_ref().and_then(|brief| brief.late);
        self.stage() == Stage::Posted && late.is_some()
    }

    /// Whether a view of the list shows it.
    fn is_shown_in(&self, view: &str) -> bool {
        match view {
            "to_review" => self.has_late() || matches!(self.state().0, "to_review" | "variance" | "imported"),
            "needs_you" => matches!(self.state().0, "needs_you" | "inconsistent"),
            "posted" => matches!(self.stage(), Stage::Posted | Stage::Approved | Stage::Closed),
            "by_app" => self.by_app(),
            "undone" => self.stage() == Stage::Undone,
            _ => true,
        }
    }
}

/// The errors behind the ticks that are red.
fn not_ready(brief: &Brief, open: &[problems::Problem]) -> NotReady {
    let is_tax = |one: &problems::Problem| one.code.starts_with("TAX_") || one.cause.contains("sales_tax");
    let is_account = |one: &problems::Problem| matches!(one.code.as_str(), "LINE_UNMAPPED" | "ACCOUNT_MISSING");
    let is_order = |one: &problems::Problem| one.key.contains('/');
    let first = |ready: bool, of: &dyn Fn(&problems::Problem) -> bool| {
        let found = open.iter().find(|one| !ready && of(one));
        found.map(|one| one.cause.clone())
    };
    let kinds = open
        .iter()
        .filter(|one| !brief.accounts_ready && is_account(one) && !is_tax(one));
    let kinds: BTreeSet<&str> = kinds.map(|one| one.cause.as_str()).collect();
    let of_status = |status: &str| brief.numbers.statuses.get(status).copied().unwrap_or_default();
    NotReady {
        accounts_count: small(kinds.len()),
        orders_count: if brief.orders_ready {
            0
        } else {
            ["waiting", "needs_you", "partly_applied"].map(of_status).iter().sum()
        },
        accounts: first(brief.accounts_ready, &|one| is_account(one) && !is_tax(one)),
        tax: first(brief.tax_ready, &is_tax),
        orders: first(brief.orders_ready, &|one| {
            is_order(one) && !is_account(one) && !is_tax(one)
        }),
    }
}

/// A journal in NetSuite: as it was linked, else as NetSuite was asked about it.
fn journal(db: &Reader<'_>, pages: &Pages, external_id: &str, number: &str) -> store::Result<Option<Document>> {
    let linked = pages.named(db, external_id)?;
    let asked = || Document {
        record: "journalEntry".to_owned(),
        id: String::new(),
        number: number.to_owned(),
        address: None,
    };
    Ok(linked.or_else(|| (!number.is_empty()).then(asked)))
}

/// Where a value lies between two ends of an axis, in ten-thousandths; at the beginning where the ends are one.
fn place(value: Decimal, low: Decimal, high: Decimal) -> i32 {
    let span = high - low;
    if span.is_zero() {
        return 0;
    }
    ((value - low) * Decimal::from(10_000) / span)
        .round()
        .to_i32()
        .unwrap_or(0)
}

fn day(posted: Option<Posted>) -> Option<String> {
    posted.map(|posted| posted.iso().chars().take(10).collect())
}

/// What a settlement pays, and when.
pub(super) struct Paid {
    /// The marketplace that most of its lines belong to.
    pub(super) marketplace: String,
    /// Its last day.
    pub(super) end: Option<NaiveDate>,
    /// The day of the deposit.
    pub(super) deposit: Option<NaiveDate>,
    /// What Amazon pays.
    pub(super) pays: Money,
}

/// What the settlements pay whose marketplace is known.
pub(super) fn paid(db: &Reader<'_>) -> store::Result<Vec<Paid>> {
    let date = |posted: Option<Posted>| day(posted)?.parse().ok();
    let told = |known: &Known| {
        let header = &known.stored.header;
        Some(Paid {
            marketplace: known.main_marketplace()?.to_owned(),
            end: date(header.end),
            deposit: date(header.deposit),
            pays: Money::new(
                header.declared_total.unwrap_or(known.stored.sum.amount),
                header.currency,
            ),
        })
    };
    Ok(Known::all(db)?.iter().filter_map(told).collect())
}

/// How many settlements wait for a person's review. One that was only imported has not been matched yet: its view lists
/// it, and nobody is called for it.
pub fn to_review(store: &Store) -> Result<usize, Refusal> {
    let all = store.read(Known::all)?;
    Ok(all
        .iter()
        .filter(|known| matches!(known.state().0, "to_review" | "variance"))
        .count())
}

/// The settlements of a view, newest first.
pub fn page(store: &Store, request: &SettlementsRequest) -> Result<SettlementsPage, Refusal> {
    let view = request.view.as_deref().unwrap_or("all");
    let page = store.read(|db| {
        let pages = Pages::of(db)?;
        let mut all = Known::all(db)?;
        all.reverse();
        all.retain(|known| known.is_in(request.marketplace.as_deref()));
        let views = ["to_review", "needs_you", "posted", "by_app", "undone", "all"].map(|id| ViewCount {
            id: id.to_owned(),
            count: small(all.iter().filter(|known| known.is_shown_in(id)).count()),
        });
        Ok(SettlementsPage {
            settlements: all
                .iter()
                .filter(|known| known.is_shown_in(view))
                .map(|known| known.row(db, &pages))
                .collect::<store::Result<_>>()?,
            views: views.to_vec(),
        })
    })?;
    Ok(page)
}
