//! The Checks screen: what Amazon may owe, by the lines of settlements and the orders that left (flows.md §17.4).

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::checks::{At, Check, Checks, Finding, day, never_settled};
use domain::settlement::classify::Vocabulary;
use domain::{Currency, Money, Text, marketplaces};
use rust_decimal::Decimal;
use store::checks::{self as kept, Mark, State};
use store::{Reader, Store, settings, settlement_lines, settlements};

use crate::application::Inner;
use crate::commands::done;
use crate::contract::{CheckCount, CheckRow, ChecksRequest, ChecksView, Done, MarkCheck, Refusal, TabCount};
use crate::remedies::YOU;
use crate::views::small;

/// Lines older than this say nothing that Amazon would still pay for, and fees of that age are no history any more.
const LOOKED_AT: TimeDelta = TimeDelta::days(400);
/// Lines read at once.
const AT_ONCE: usize = 5_000;
/// Rows of an answer.
const MOST: usize = 500;
/// A deadline that near is urgent.
const URGENT: TimeDelta = TimeDelta::days(14);

/// What the lines came to when they were last read: made anew when settlements came or a day has passed.
#[derive(Default)]
pub(crate) struct Found(Mutex<Option<(Stamp, Arc<OfLines>)>>);

type Stamp = ((i64, i64), NaiveDate);

struct OfLines {
    findings: Vec<Finding>,
    /// The days that the lines cover.
    covered: Option<(NaiveDate, NaiveDate)>,
}

/// A finding and what became of it.
pub(crate) struct Row {
    pub(crate) finding: Finding,
    pub(crate) mark: Option<(State, DateTime<Utc>)>,
}

impl Row {
    pub(crate) fn tab(&self) -> &'static str {
        match self.mark {
            None => "open",
            Some((State::Filed, _)) => "filed",
            Some((State::Won | State::Lost, _)) => "closed",
        }
    }

    pub(crate) fn word(&self) -> &'static str {
        self.mark.map_or("open", |(state, _)| state.word())
    }
}

/// Every finding with its mark. What is marked stays as it was marked.
pub(crate) fn all(store: &Store, cache: Option<&Found>, now: DateTime<Utc>) -> Result<Vec<Row>, Refusal> {
    let today = now.date_naive();
    let of_lines = match cache {
        Some(cache) => cache.of(store, today)?,
        None => Arc::new(of_lines(store, today)?),
    };
    let (shipped, marks) = store.read(|db| {
        let shipped = kept::never_settled(db, &flows::orders::FLOWS, now - LOOKED_AT)?;
        Ok((shipped, kept::marks(db)?))
    })?;
    let mut marks: BTreeMap<String, Mark> = marks.into_iter().map(|one| (one.finding.key.clone(), one)).collect();
    let late = of_lines
        .covered
        .map(|(first, last)| never_settled(&shipped, first, last, today));
    let found = of_lines.findings.iter().cloned().chain(late.into_iter().flatten());
    let mut rows: Vec<Row> = found
        .map(|finding| Row {
            mark: marks.remove(&finding.key).map(|mark| (mark.state, mark.at)),
            finding,
        })
        .collect();
    rows.extend(marks.into_values().map(|mark| Row {
        mark: Some((mark.state, mark.at)),
        finding: mark.finding,
    }));
    rows.sort_by(|one, other| order(&one.finding).cmp(&order(&other.finding)));
    Ok(rows)
}

/// The nearest deadline first, then the most money.
fn order(finding: &Finding) -> (NaiveDate, std::cmp::Reverse<Decimal>, &str) {
    let deadline = finding.deadline.unwrap_or(NaiveDate::MAX);
    (deadline, std::cmp::Reverse(finding.amount.amount), &finding.key)
}

impl Found {
    fn of(&self, store: &Store, today: NaiveDate) -> Result<Arc<OfLines>, Refusal> {
        let stamp = (store.read(kept::stamp)?, today);
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, found)) = kept.as_ref().filter(|(of, _)| *of == stamp) {
            return Ok(Arc::clone(found));
        }
        let found = Arc::new(of_lines(store, today)?);
        *kept = Some((stamp, Arc::clone(&found)));
        Ok(found)
    }
}

fn of_lines(store: &Store, today: NaiveDate) -> Result<OfLines, Refusal> {
    let since = today - LOOKED_AT;
    let mut checks = Checks::default();
    let known = store.read(settlements::all)?;
    let mut vocabulary = Vocabulary::default();
    for settlement in known {
        let header = settlement.header;
        let end = header.end.or(header.deposit).or(header.start);
        let day = end.map_or(today, day);
        if day < since {
            continue;
        }
        let at = At {
            settlement: &header.id,
            currency: header.currency,
            day,
        };
        let mut filter = settlement_lines::Filter {
            limit: AT_ONCE,
            ..settlement_lines::Filter::default()
        };
        loop {
            let page = store.read(|db| settlement_lines::page(db, &header.id, &filter))?;
            filter.after = page.last().map(|line| (line.number, line.part));
            for line in &page {
                let category = vocabulary.line(line).category;
                checks.take(at, line, category);
            }
            if page.len() < AT_ONCE {
                break;
            }
        }
    }
    Ok(OfLines {
        findings: checks.findings(&[], today),
        covered: checks.covered(),
    })
}

/// What the screen shows.
pub(crate) fn view(app: &Inner, asked: &ChecksRequest) -> Result<ChecksView, Refusal> {
    let tab = asked.tab.as_deref().unwrap_or("open");
    if !TABS.contains(&tab) {
        return Err(Refusal::bad_request("tab", tab));
    }
    let check = asked.check.as_deref().map(named).transpose()?;
    let now = app.clock.now();
    let store = app.engine.store();
    let mut rows = all(store, Some(&app.checks), now)?;
    if let Some(wanted) = &asked.marketplace {
        rows.retain(|row| marketplace(&row.finding).is_none_or(|id| id == wanted));
    }
    let count = |id: &str| small(rows.iter().filter(|row| row.tab() == id).count());
    let tabs = TABS.map(|id| TabCount {
        id: id.to_owned(),
        count: count(id),
    });
    rows.retain(|row| row.tab() == tab);
    let checks = Check::ALL.map(|check| CheckCount {
        check: check.key().to_owned(),
        count: small(rows.iter().filter(|row| row.finding.check == check).count()),
    });
    rows.retain(|row| check.is_none_or(|check| row.finding.check == check));
    let places = store.read(Places::of)?;
    Ok(ChecksView {
        tabs: tabs.to_vec(),
        checks: checks.to_vec(),
        totals: totals(&rows).into_iter().map(Into::into).collect(),
        total: small(rows.len()),
        rows: rows
            .iter()
            .take(MOST)
            .map(|row| shown(row, &places, now.date_naive()))
            .collect(),
    })
}

const TABS: [&str; 3] = ["open", "filed", "closed"];

fn named(check: &str) -> Result<Check, Refusal> {
    Check::named(check).ok_or_else(|| Refusal::bad_request("check", check))
}

fn totals(rows: &[Row]) -> Vec<Money> {
    let mut sums: HashMap<Currency, Decimal> = HashMap::new();
    for row in rows {
        *sums.entry(row.finding.amount.currency).or_default() += row.finding.amount.amount;
    }
    let mut sums: Vec<Money> = sums
        .into_iter()
        .map(|(currency, amount)| Money::new(amount, currency))
        .collect();
    sums.sort_by(|one, other| one.currency.code().cmp(other.currency.code()));
    sums
}

/// Amazon's id of the marketplace that a finding names.
pub(crate) fn marketplace(finding: &Finding) -> Option<&'static str> {
    let name = &finding.marketplace;
    marketplaces::by_id(name)
        .or_else(|| marketplaces::by_settlement_name(name))
        .map(|known| known.id)
}

/// Where cases are opened.
struct Places {
    /// Nothing here has a page outside.
    simulated: bool,
    /// Marketplaces of the company, by currency, for findings that name none.
    by_currency: HashMap<String, String>,
}

impl Places {
    fn of(db: &Reader<'_>) -> store::Result<Self> {
        let rows = store::marketplaces::all(db)?;
        Ok(Self {
            simulated: settings::get(db, "demo.prepared")?.is_some(),
            by_currency: rows.into_iter().rev().map(|row| (row.currency, row.id)).collect(),
        })
    }

    fn case(&self, finding: &Finding) -> Option<String> {
        if self.simulated {
            return None;
        }
        let of_currency = || self.by_currency.get(finding.amount.currency.code()).map(String::as_str);
        let known = marketplaces::by_id(marketplace(finding).or_else(of_currency)?)?;
        let name = known.settlement_name.to_lowercase();
        Some(format!("https://sellercentral.{name}/help/hub/support"))
    }
}

fn shown(row: &Row, places: &Places, today: NaiveDate) -> CheckRow {
    let finding = &row.finding;
    let is_open = matches!(row.mark, None | Some((State::Filed, _)));
    CheckRow {
        key: finding.key.clone(),
        check: finding.check.key().to_owned(),
        amount: finding.amount.into(),
        on: finding.on.to_string(),
        deadline: finding.deadline.map(|day| day.to_string()),
        urgent: row.mark.is_none() && finding.deadline.is_some_and(|day| day - today < URGENT),
        marketplace: marketplace(finding).map(str::to_owned),
        order: finding.order.clone(),
        sku: finding.sku.clone(),
        settlement: finding.settlement.clone(),
        evidence: finding.evidence.clone().into(),
        mark: row.word().to_owned(),
        marked: row.mark.map(|(_, at)| at.to_rfc3339()),
        case: if is_open { places.case(finding) } else { None },
    }
}

/// Says what became of a finding, or takes that back.
pub(crate) fn mark(app: &Inner, asked: &MarkCheck) -> Result<Done, Refusal> {
    let now = app.clock.now();
    let store = app.engine.store();
    let state = match asked.mark.as_str() {
        "open" => None,
        word => {
            let known = State::ALL.iter().copied().find(|state| state.word() == word);
            Some(known.ok_or_else(|| Refusal::bad_request("mark", word))?)
        }
    };
    let known = all(store, Some(&app.checks), now)?;
    let found = known.into_iter().find(|row| row.finding.key == asked.key);
    let finding = found
        .map(|row| row.finding)
        .ok_or_else(|| Refusal::not_found(&asked.key))?;
    store.write(|db| {
        match state {
            None => {
                kept::unmark(db, &asked.key)?;
            }
            Some(state) => kept::mark(
                db,
                &Mark {
                    state,
                    finding: finding.clone(),
                    who: YOU.to_owned(),
                    at: now,
                },
            )?,
        }
        let detail = serde_json::json!({ "mark": asked.mark, "amount": finding.amount });
        store::audit::add(db, now, YOU, "mark-check", &asked.key, &detail)
    })?;
    Ok(done(Text::new(format!("said-check-{}", asked.mark))))
}
