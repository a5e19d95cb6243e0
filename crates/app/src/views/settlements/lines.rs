//! The lines side by side: Amazon on the left, NetSuite on the right.
//!
//! A page is found by its index and read by itself, however many rows the settlement has (quality-bars P5).

use domain::Text;
use domain::settlement::Category;
use domain::settlement::group::Kind;
use domain::settlement::plan::Status;
use domain::settlement::waterfall::bar_of;
use flows::settlements::Row;
use serde::Deserialize;
use serde_json::Value;
use store::links::{self, Link};
use store::row_choices::{self, LATER};
use store::settlement_rows::{self, Filter};
use store::{Reader, Store, settlements};

use super::acts::Chosen;
use super::review::{tab_ids, tab_named};
use crate::contract::{Document, MatchRow, Refusal, SettlementLinesPage, SettlementLinesRequest, State, TabCount};
use crate::views::documents::Pages;
use crate::views::problems::remedy;
use crate::views::small;

/// Rows of a page when nobody says how many.
const PAGE: u32 = 200;
/// The most rows of a page.
const MOST: u32 = 500;

/// A page of a tab.
pub fn lines(store: &Store, request: &SettlementLinesRequest) -> Result<SettlementLinesPage, Refusal> {
    let id = request.id.as_str();
    tab_named(&request.tab).ok_or_else(|| Refusal::bad_request("tab", &request.tab))?;
    let limit = request.limit.unwrap_or(PAGE).clamp(1, MOST) as usize;
    let at = request.at.unwrap_or(0);
    let page = store.read(|db| {
        if settlements::brief(db, id)?.is_none() {
            return Ok(None);
        }
        let filter = filter(db, request)?;
        let found = settlement_rows::find_in(db, id, &filter, &request.tab, at.into(), limit)?;
        let of_page = rows(settlement_rows::at(db, id, &request.tab, &found.places)?);
        let documents = Documents::of(db, id, &of_page)?;
        let chosen = Chosen::of(db, id, &of_page)?;
        let count = |tab: &str| {
            found
                .tabs
                .iter()
                .find(|(of, _)| of == tab)
                .map_or(0, |(_, count)| *count)
        };
        Ok(Some(SettlementLinesPage {
            at,
            total: small(count(&request.tab)),
            tabs: tab_ids()
                .map(|(id, _)| TabCount {
                    id: id.to_owned(),
                    count: small(count(id)),
                })
                .collect(),
            rows: of_page.iter().map(|row| match_row(row, &documents, &chosen)).collect(),
        }))
    })?;
    page.ok_or_else(|| Refusal::not_found(id))
}

/// Rows as the flow kept them.
fn rows(kept: Vec<Value>) -> Vec<Row> {
    kept.into_iter().filter_map(|row| Row::deserialize(row).ok()).collect()
}

/// One row by its name, with the record that it leads to.
pub(super) fn one(db: &Reader<'_>, settlement: &str, name: &str) -> store::Result<Option<(Row, MatchRow)>> {
    let Some(row) = rows(settlement_rows::named(db, settlement, name)?.into_iter().collect()).pop() else {
        return Ok(None);
    };
    let alone = std::slice::from_ref(&row);
    let shown = match_row(
        &row,
        &Documents::of(db, settlement, alone)?,
        &Chosen::of(db, settlement, alone)?,
    );
    Ok(Some((row, shown)))
}

fn filter(db: &Reader<'_>, request: &SettlementLinesRequest) -> store::Result<Filter> {
    let search = request
        .search
        .as_deref()
        .map(str::trim)
        .filter(|search| !search.is_empty());
    let shapes = match request.bar.as_deref() {
        None | Some("deposit") => None,
        Some(bar) => {
            let mut shapes = settlement_rows::shapes(db, &request.id)?;
            shapes.retain(|shape| is_in(bar, shape));
            Some(shapes)
        }
    };
    let put_off = row_choices::of(db, &request.id, LATER)?;
    let put_off: Vec<String> = put_off.into_iter().map(|one| one.name).collect();
    let (only, without) = match request.later {
        Some(true) => (Some(put_off), Vec::new()),
        Some(false) | None => (None, put_off),
    };
    Ok(Filter {
        search: search.map(typed),
        shapes,
        only,
        without,
    })
}

/// An amount is found however its decimals are written: `12,40` as `12.40`.
fn typed(search: &str) -> String {
    let is_amount = search.contains(',') && search.chars().all(|one| one.is_ascii_digit() || ",-".contains(one));
    if is_amount {
        search.replace(',', ".")
    } else {
        search.to_owned()
    }
}

/// Whether rows of a shape have lines in a bar of the waterfall.
fn is_in(bar: &str, shape: &str) -> bool {
    let Ok((kind, sign, categories)) = serde_json::from_str::<(Kind, String, Vec<String>)>(shape) else {
        return false;
    };
    let mut categories = categories.iter().filter_map(|key| Category::from_key(key));
    categories.any(|category| bar_of(kind, category, sign == "+").id() == bar)
}

/// The records that the orders of a page are linked with, so that a row leads to the very one.
struct Documents {
    linked: Vec<Link>,
    /// Payments of the settlement that several orders share (SET-26).
    shared: Vec<Link>,
    pages: Pages,
}

impl Documents {
    fn of(db: &Reader<'_>, settlement: &str, rows: &[Row]) -> store::Result<Self> {
        let orders: Vec<String> = rows.iter().filter_map(|row| row.order.clone()).collect();
        let mut linked = Vec::new();
        for kind in ["order", "bill", "refund", "payment"] {
            linked.extend(links::of_keys(db, kind, &orders)?);
        }
        Ok(Self {
            linked,
            shared: links::of_key(db, Some("payment"), settlement)?,
            pages: Pages::of(db)?,
        })
    }

    /// The linked record of this number, else the number alone.
    fn named(&self, row: &Row, number: &str) -> Document {
        let of_order = |link: &&Link| row.order.as_ref() == Some(&link.key) && link.document.as_deref() == Some(number);
        let is_shared = |link: &&Link| link.document.as_deref() == Some(number);
        let linked = self.linked.iter().find(of_order);
        let linked = linked.or_else(|| self.shared.iter().find(is_shared));
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

fn match_row(row: &Row, documents: &Documents, chosen: &Chosen) -> MatchRow {
    let (accepted, suggestion) = (chosen.is_accepted(row), chosen.suggestion(row));
    MatchRow {
        id: row.id.clone(),
        title: title(row).into(),
        order: row.order.clone(),
        posted: row.posted.clone(),
        items: row.skus.join(", "),
        amazon: row.amazon.into(),
        netsuite: Some(match suggestion {
            Some(invoice) => Text::new("match-suggested")
                .with("document", invoice.number.as_str())
                .into(),
            None => side(row).into(),
        }),
        netsuite_amount: Some(row.netsuite.into()),
        document: row.document.as_ref().map(|number| documents.named(row, number)),
        reason: match suggestion {
            Some(invoice) => Text::new("match-suggested-why")
                .with("document", invoice.number.as_str())
                .into(),
            None => row.reason.clone().into(),
        },
        state: if accepted { State::Approved } else { state(row.status) },
        remedy: row.remedy.as_ref().and_then(remedy),
        rows: small(row.lines),
        accepted,
        later: chosen.is_later(row),
        note: chosen.note(row),
        acts: chosen.acts(row),
    }
}

/// What Amazon calls it.
pub(super) fn title(row: &Row) -> Text {
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
