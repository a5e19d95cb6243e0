//! Settlements: the list, the review, the lines, the undo (ux.md §5.8).
//!
//! Everything comes from the summary that the flow keeps with each settlement, so that no screen waits for NetSuite.

mod lines;
mod review;
mod undo;

use domain::Money;
use domain::settlement::Posted;
use flows::local::Stage;
use flows::settlements::Summary;
use store::settlements::{self, Settlement};
use store::{Store, postings};

pub use lines::lines;
pub use review::view;
pub(crate) use undo::undo_preview;

use crate::contract::{Document, Refusal, SettlementRow, SettlementsPage, SettlementsRequest, State, ViewCount};

/// A settlement with its summary and where its posting stands.
struct Known {
    stored: Settlement,
    summary: Option<Summary>,
    posting: Option<postings::Posting>,
}

impl Known {
    fn all(store: &Store) -> Result<Vec<Self>, Refusal> {
        let found = store.read(|db| {
            settlements::all(db)?
                .into_iter()
                .map(|stored| Ok((postings::newest(db, &stored.header.id)?, stored)))
                .collect::<store::Result<Vec<_>>>()
        })?;
        Ok(found
            .into_iter()
            .map(|(posting, stored)| Self::of(stored, posting))
            .collect())
    }

    fn one(store: &Store, id: &str) -> Result<Self, Refusal> {
        let (stored, posting) = store.read(|db| Ok((settlements::get(db, id)?, postings::newest(db, id)?)))?;
        stored
            .map(|stored| Self::of(stored, posting))
            .ok_or_else(|| Refusal::not_found(id))
    }

    fn of(stored: Settlement, posting: Option<postings::Posting>) -> Self {
        let summary = stored
            .summary
            .clone()
            .and_then(|summary| serde_json::from_value(summary).ok());
        Self {
            stored,
            summary,
            posting,
        }
    }

    /// Where the posting stands now; the summary may be older than a person's click.
    fn stage(&self) -> Stage {
        use postings::PostingState::{Approved, Posted, Undoing, Undone};
        match self.posting.as_ref().map(|posting| posting.state) {
            None => Stage::Open,
            Some(Approved) => Stage::Approved,
            Some(Posted) => Stage::Posted,
            Some(Undoing) => Stage::Undoing,
            Some(Undone) => Stage::Undone,
        }
    }

    /// The word of the list (ux.md §5.8) and its glyph.
    fn state(&self) -> (&'static str, State) {
        let Some(summary) = &self.summary else {
            return if self.stored.balanced {
                ("imported", State::Queued)
            } else {
                ("inconsistent", State::NeedsYou)
            };
        };
        match self.stage() {
            Stage::Approved | Stage::Undoing => ("posting", State::Running),
            Stage::Posted => ("posted", State::Posted),
            Stage::Undone => ("undone", State::Undone),
            Stage::Open if !self.stored.balanced => ("inconsistent", State::NeedsYou),
            Stage::Open if !summary.accounts_ready || !summary.tax_ready => ("needs_you", State::NeedsYou),
            Stage::Open => ("to_review", State::Check),
        }
    }

    /// Whether the button is on.
    fn can_approve(&self) -> bool {
        let ready = |summary: &Summary| summary.why_not.is_empty() && summary.difference.is_zero();
        self.stored.balanced
            && matches!(self.stage(), Stage::Open | Stage::Undone)
            && self.summary.as_ref().is_some_and(ready)
    }

    fn row(&self) -> SettlementRow {
        let header = &self.stored.header;
        let (word, glyph) = self.state();
        let declared = Money::new(header.declared_total.unwrap_or(self.stored.sum.amount), header.currency);
        let summary = self.summary.as_ref();
        SettlementRow {
            id: header.id.clone(),
            marketplaces: summary.map(|summary| summary.marketplaces.clone()).unwrap_or_default(),
            start: day(header.start).unwrap_or_default(),
            end: day(header.end).unwrap_or_default(),
            deposit_date: day(header.deposit),
            amazon_says: summary.map_or(declared, |summary| summary.amazon_says).into(),
            netsuite_has: summary
                .map_or(Money::zero(header.currency), |summary| summary.netsuite_has)
                .into(),
            difference: summary.map_or(declared, |summary| summary.difference).into(),
            coverage_percent: summary.map_or(0, |summary| summary.numbers.coverage_percent),
            stage: word.to_owned(),
            state: glyph,
            accounts_ready: summary.is_some_and(|summary| summary.accounts_ready),
            tax_ready: summary.is_some_and(|summary| summary.tax_ready),
            orders_ready: summary.is_some_and(|summary| summary.orders_ready),
            journal: self.journal(),
        }
    }

    /// The newest journal that was posted.
    fn journal(&self) -> Option<Document> {
        let (external_id, number) = self.summary.as_ref()?.posted.last()?;
        Some(Document {
            record: "journalEntry".to_owned(),
            id: external_id.clone(),
            number: if number.is_empty() {
                external_id.clone()
            } else {
                number.clone()
            },
            address: None,
        })
    }

    fn is_in(&self, marketplace: Option<&str>) -> bool {
        let marketplaces = self
            .summary
            .as_ref()
            .map(|summary| summary.marketplaces.as_slice())
            .unwrap_or_default();
        marketplace.is_none_or(|wanted| marketplaces.iter().any(|id| id == wanted))
    }
}

fn day(posted: Option<Posted>) -> Option<String> {
    posted.map(|posted| posted.iso().chars().take(10).collect())
}

/// How many settlements wait for a person's review.
pub fn to_review(store: &Store) -> Result<usize, Refusal> {
    Ok(Known::all(store)?
        .iter()
        .filter(|known| known.state().0 == "to_review")
        .count())
}

/// The settlements of a view, newest first.
pub fn page(store: &Store, request: &SettlementsRequest) -> Result<SettlementsPage, Refusal> {
    let mut all = Known::all(store)?;
    all.reverse();
    all.retain(|known| known.is_in(request.marketplace.as_deref()));
    let shows = |view: &str, known: &Known| match view {
        "to_review" => matches!(known.state().0, "to_review" | "needs_you" | "inconsistent" | "imported"),
        "posted" => matches!(known.stage(), Stage::Posted | Stage::Approved),
        "undone" => known.stage() == Stage::Undone,
        _ => true,
    };
    let views = ["to_review", "posted", "undone", "all"].map(|id| ViewCount {
        id: id.to_owned(),
        count: u32::try_from(all.iter().filter(|known| shows(id, known)).count()).unwrap_or(u32::MAX),
    });
    let view = request.view.as_deref().unwrap_or("all");
    Ok(SettlementsPage {
        settlements: all.iter().filter(|known| shows(view, known)).map(Known::row).collect(),
        views: views.to_vec(),
    })
}
