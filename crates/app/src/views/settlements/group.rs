//! One row in full: the lines of Amazon's file in it, and what NetSuite has for it (SET-43: drillable to rows).

use std::collections::BTreeMap;

use domain::settlement::classify::Vocabulary;
use domain::settlement::marketplace::named;
use domain::settlement::{Line, Posted};
use domain::{Currency, Money, Text};
use flows::settlements::Row;
use flows::settlements::chosen::{accounts_of, vocabulary};
use rust_decimal::Decimal;
use store::steps::{self, Step, StepState};
use store::{Reader, settings, settlement_lines};

use super::review::Names;
use super::{Known, journal, lines};
use crate::application::Inner;
use crate::contract::{FileLine, GroupRecord, Refusal, SettlementGroup, SettlementGroupRequest, State};
use crate::directory::ACCOUNTS;
use crate::views::documents::Pages;
use crate::views::runs::step_state;
use crate::views::small;

/// Lines of the file at once.
const PAGE: usize = 200;

/// A row with everything behind it.
pub(crate) fn group(app: &Inner, request: &SettlementGroupRequest) -> Result<SettlementGroup, Refusal> {
    let (id, at) = (request.settlement.as_str(), request.at.unwrap_or(0));
    let rules = app.engine.rules()?;
    let store = app.engine.store();
    let known = Known::short(store, id)?;
    let found = store.read(|db| {
        let Some((row, shown)) = lines::one(db, id, &request.group)? else {
            return Ok(None);
        };
        let lines = of_file(db, id, &row)?;
        let net: Decimal = lines.iter().map(Line::amount).sum();
        let mut accounts = Accounts::new(&rules, Names::of(settings::get(db, ACCOUNTS)?.as_ref()), &known);
        let page = lines.iter().skip(at as usize).take(PAGE);
        let currency = known.currency();
        Ok(Some(SettlementGroup {
            lines: page.map(|line| accounts.line(line, currency)).collect(),
            at,
            total: small(lines.len()),
            net: Money::new(net, currency).into(),
            records: records(db, id, &row, &known)?,
            row: shown,
        }))
    })?;
    found.ok_or_else(|| Refusal::not_found(&request.group))
}

/// The lines of the file in a row. One that was matched before rows told their lines knows at least its order.
pub(super) fn of_file(db: &Reader<'_>, settlement: &str, row: &Row) -> store::Result<Vec<Line>> {
    match (&row.order, row.places.is_empty()) {
        (_, false) => {
            let runs = row.places.iter();
            let runs = runs.map(|[from, to]| settlement_lines::between(db, settlement, *from, *to));
            Ok(runs.collect::<store::Result<Vec<_>>>()?.concat())
        }
        (Some(order), true) => settlement_lines::of_order(db, settlement, order),
        (None, true) => Ok(Vec::new()),
    }
}

/// What lines are and where they go.
pub(super) struct Accounts<'a> {
    rules: &'a flows::Rules,
    vocabulary: Vocabulary,
    names: Names,
    /// The marketplace of lines that name none.
    main: String,
    by_marketplace: BTreeMap<String, BTreeMap<String, String>>,
}

impl<'a> Accounts<'a> {
    pub(super) fn new(rules: &'a flows::Rules, names: Names, known: &Known) -> Self {
        Self {
            vocabulary: vocabulary(rules),
            rules,
            names,
            main: known.main_marketplace().unwrap_or_default().to_owned(),
            by_marketplace: BTreeMap::new(),
        }
    }

    pub(super) fn line(&mut self, line: &Line, currency: Currency) -> FileLine {
        let found = self.vocabulary.line(line);
        let marketplace = named(&line.marketplace_name).map_or(self.main.as_str(), |market| market.id);
        let rules = self.rules;
        let accounts = self
            .by_marketplace
            .entry(marketplace.to_owned())
            .or_insert_with(|| accounts_of(rules, marketplace));
        let account = accounts.get(&found.account).and_then(|id| self.names.get(id));
        let (account_number, account_name) = account.unwrap_or_default();
        FileLine {
            number: small(line.number),
            part: line.part.into(),
            posted: line.posted.map(Posted::iso),
            transaction_type: line.transaction_type.clone(),
            amount_type: line.amount_type.clone(),
            description: line.amount_description.clone(),
            amount: Money::new(line.amount(), currency).into(),
            category: Text::new(format!("category-{}", found.category.key())).into(),
            account_number,
            account_name,
            sku: line.sku.clone(),
            quantity: line.quantity.map(|quantity| quantity.to_string()),
        }
    }
}

/// What was planned for the row and not taken back; money that only the journal carries leads to the journal.
fn records(db: &Reader<'_>, settlement: &str, row: &Row, known: &Known) -> store::Result<Vec<GroupRecord>> {
    let pages = Pages::of(db)?;
    let planned = steps::about(db, &format!("{settlement}/{}", row.id))?;
    let is_current = |step: &&Step| !matches!(step.state, StepState::Withdrawn);
    let mut records = Vec::new();
    for step in planned.iter().filter(is_current) {
        records.push(GroupRecord {
            title: step.title.clone().into(),
            state: step_state(step),
            at: (step.state == StepState::Done).then(|| step.changed_at.to_rfc3339()),
            document: pages.named(db, &step.name)?,
        });
    }
    if records.is_empty() && matches!(row.status, domain::settlement::plan::Status::InJournal) {
        let posted = known
            .brief
            .as_ref()
            .map(|brief| brief.posted.as_slice())
            .unwrap_or_default();
        for (external_id, number) in posted {
            let document = journal(db, &pages, external_id, number)?;
            records.push(GroupRecord {
                title: Text::new("group-in-journal").into(),
                state: State::Posted,
                at: None,
                document,
            });
        }
        if posted.is_empty() {
            records.push(GroupRecord {
                title: Text::new("group-in-journal").into(),
                state: State::Queued,
                at: None,
                document: None,
            });
        }
    }
    Ok(records)
}
