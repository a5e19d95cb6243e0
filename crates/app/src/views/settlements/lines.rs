//! The lines side by side: Amazon on the left, NetSuite on the right.

use domain::Text;
use domain::settlement::Category;
use domain::settlement::group::Kind;
use domain::settlement::plan::Status;
use domain::settlement::waterfall::bar_of;
use flows::settlements::Row;
use store::links::{self, Link};
use store::{Reader, Store};

use super::Known;
use super::review::{is_credit, tab_ids, tab_named};
use crate::contract::{Document, MatchRow, Refusal, SettlementLinesPage, SettlementLinesRequest, State, TabCount};
use crate::views::documents::Pages;
use crate::views::problems::remedy;
use crate::views::small;

/// A page of a tab.
pub fn lines(store: &Store, request: &SettlementLinesRequest) -> Result<SettlementLinesPage, Refusal> {
    let known = Known::one(store, &request.id)?;
    let tab = tab_named(&request.tab).ok_or_else(|| Refusal::bad_request("tab", &request.tab))?;
    let rows = known.summary().map(|summary| summary.rows).unwrap_or_default();
    let found: Vec<&Row> = rows.iter().filter(|row| shows(row, request)).collect();
    let tabs = tab_ids().map(|(id, tab)| TabCount {
        id: id.to_owned(),
        count: small(found.iter().filter(|row| row.tab == tab).count()),
    });
    let of_tab: Vec<&Row> = found.iter().copied().filter(|row| row.tab == tab).collect();
    let limit = request.limit.unwrap_or(200).clamp(1, 500) as usize;
    let from = match &request.after {
        Some(after) => of_tab
            .iter()
            .position(|row| row.id == *after)
            .map_or(of_tab.len(), |place| place + 1),
        None => 0,
    };
    let of_page: Vec<&Row> = of_tab.iter().copied().skip(from).take(limit).collect();
    let page: Vec<MatchRow> = store.read(|db| {
        let documents = Documents::of(db, &of_page)?;
        Ok(of_page.iter().map(|row| match_row(row, &documents)).collect())
    })?;
    let more = from + page.len() < of_tab.len();
    Ok(SettlementLinesPage {
        after: if more {
            page.last().map(|row| row.id.clone())
        } else {
            None
        },
        total: small(of_tab.len()),
        tabs: tabs.collect(),
        rows: page,
    })
}

fn shows(row: &Row, request: &SettlementLinesRequest) -> bool {
    let in_bar = |bar: &String| {
        let of_category = |key: &String| {
            Category::from_key(key)
                .is_some_and(|category| bar_of(row.kind, category, is_credit(row.amazon)).id() == bar)
        };
        bar == "deposit" || row.categories.iter().any(of_category)
    };
    let has = |wanted: &String| {
        let wanted = wanted.trim().to_lowercase();
        let contains = |text: &str| text.to_lowercase().contains(&wanted);
        contains(&row.title)
            || row.order.as_deref().is_some_and(contains)
            || row.document.as_deref().is_some_and(contains)
            || row.skus.iter().any(|sku| contains(sku))
    };
    request.bar.as_ref().is_none_or(in_bar) && request.search.as_ref().is_none_or(has)
}

/// The records that the orders of a page are linked with, so that a row leads to the very one.
struct Documents {
    linked: Vec<Link>,
    pages: Pages,
}

impl Documents {
    fn of(db: &Reader<'_>, rows: &[&Row]) -> store::Result<Self> {
        let orders: Vec<String> = rows.iter().filter_map(|row| row.order.clone()).collect();
        let mut linked = Vec::new();
        for kind in ["order", "bill", "refund"] {
            linked.extend(links::of_keys(db, kind, &orders)?);
        }
        Ok(Self {
            linked,
            pages: Pages::of(db)?,
        })
    }

    /// The linked record of this number, else the number alone.
    fn named(&self, row: &Row, number: &str) -> Document {
        let of_order = |link: &&Link| row.order.as_ref() == Some(&link.key) && link.document.as_deref() == Some(number);
        let linked = self.linked.iter().find(of_order);
        linked
            .and_then(|link| self.pages.document(link))
            .unwrap_or_else(|| Document {
                record: if row.kind == Kind::Refund {
                    "creditMemo"
                } else {
                    "invoice"
                }
                .to_owned(),
                id: String::new(),
                number: number.to_owned(),
                address: None,
            })
    }
}

fn match_row(row: &Row, documents: &Documents) -> MatchRow {
    MatchRow {
        id: row.id.clone(),
        title: title(row).into(),
        order: row.order.clone(),
        posted: row.posted.clone(),
        items: row.skus.join(", "),
        amazon: row.amazon.into(),
        netsuite: Some(side(row).into()),
        netsuite_amount: Some(row.netsuite.into()),
        document: row.document.as_ref().map(|number| documents.named(row, number)),
        reason: row.reason.clone().into(),
        state: state(row.status),
        remedy: row.remedy.as_ref().and_then(remedy),
        rows: small(row.lines),
    }
}

fn title(row: &Row) -> Text {
    match row.kind {
        Kind::Payment => Text::new("match-order"),
        Kind::Refund => Text::new("match-refund"),
        Kind::Other | Kind::Balance => Text::new("match-named").with("name", row.title.as_str()),
    }
}

/// What stands on NetSuite's side.
fn side(row: &Row) -> Text {
    let id = match (row.status, row.kind) {
        (Status::Applied | Status::PartlyApplied, Kind::Refund) => "match-netsuite-refund",
        (Status::Applied | Status::PartlyApplied, _) => "match-netsuite-payment",
        (Status::InJournal | Status::PreGoLive, _) => "match-netsuite-journal",
        (Status::NothingToPost, _) => "match-netsuite-nothing",
        (Status::Waiting, _) => "match-netsuite-waiting",
        (Status::NeedsYou, _) => "match-netsuite-none",
        (Status::Excluded, _) => "match-netsuite-excluded",
    };
    Text::new(id).with("document", row.document.clone().unwrap_or_default())
}

fn state(status: Status) -> State {
    match status {
        Status::Waiting => State::Queued,
        Status::Applied | Status::InJournal | Status::PreGoLive | Status::NothingToPost => State::Done,
        Status::PartlyApplied => State::Check,
        Status::NeedsYou => State::NeedsYou,
        Status::Excluded => State::Skipped,
    }
}
