//! What a person decides about single rows of a settlement (ux.md §5.8): accepted, put off, a note, other documents, a
//! split, a few cents written off, a credit memo of its own. Each is in the trail, and the last one can be taken back.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::settlement::plan::{Part, RowChoices, Status, Tab, WriteOff};
use domain::{Currency, Money};
use flows::local::{ChosenRows, Stage};
use flows::rules::Rules;
use flows::settlements::Row;
use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::{Value, json};
use store::row_choices::{self, ACCEPTED, DOCUMENTS, RowChoice, SPLIT, STANDALONE, WRITTEN_OFF};
use store::{Reader, StoreError, Writer, audit, settlement_rows, settlements};

use crate::choices::NotChosen;
use crate::engine::Engine;

/// The tab whose rows match exactly.
const EXACT: &str = "matched";

/// What a person decided at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowChosen {
    /// The name under which it is taken back.
    pub act: String,
    /// How many rows it is about.
    pub count: usize,
    /// Whether the settlement must be matched and planned anew.
    pub replans: bool,
}

/// Why a row is not written off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unwritable {
    /// As for every other choice.
    Not(NotChosen),
    /// It is more than what may be written off.
    TooMuch {
        /// What is open of the row.
        open: Money,
        /// The most that may be written off.
        limit: Money,
    },
}

/// An account in NetSuite that a person named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Named<'a> {
    /// NetSuite's internal id.
    pub id: &'a str,
    /// Number and name, for people.
    pub name: &'a str,
}

impl Engine {
    /// Chooses something about one row, in the choice's own shape; null takes it away. What changes the plan is possible
    /// until the settlement is posted or closed.
    pub fn choose_for_row(
        &self,
        (settlement, name): (&str, &str),
        word: &str,
        value: &Value,
        who: &str,
    ) -> Result<Result<RowChosen, NotChosen>, StoreError> {
        let now = self.0.now();
        let act = self.0.time_ordered_id(now);
        let chosen = self.store().write(|db| {
            if row(db, settlement, name)?.is_none() {
                return Ok(Err(NotChosen::Unknown));
            }
            if changes_plan(word) && !is_open(db, settlement)? {
                return Ok(Err(NotChosen::TooLate));
            }
            let place = Place { settlement, name };
            place.choose(db, word, value, (who, now, &act))?;
            Ok(Ok(RowChosen {
                act,
                count: 1,
                replans: changes_plan(word),
            }))
        })?;
        self.settlement_changed(settlement);
        Ok(chosen)
    }

    /// Accepts a row's match as it stands.
    pub fn accept_row(
        &self,
        (settlement, name): (&str, &str),
        who: &str,
    ) -> Result<Result<RowChosen, NotChosen>, StoreError> {
        let known = self.store().read(|db| row(db, settlement, name))?;
        let Some(known) = known else {
            return Ok(Err(NotChosen::Unknown));
        };
        if !is_matched(&known) {
            return Ok(Err(NotChosen::Nothing));
        }
        let stands = serde_json::to_value(known.netsuite)?;
        let value = json!({"document": known.document, "amount": stands["amount"]});
        self.choose_for_row((settlement, name), ACCEPTED, &value, who)
    }

    /// Accepts every row that matches exactly and that nobody has accepted yet.
    pub fn accept_exact(&self, settlement: &str, who: &str) -> Result<Result<RowChosen, NotChosen>, StoreError> {
        let now = self.0.now();
        let act = self.0.time_ordered_id(now);
        let accepted = self.store().write(|db| {
            if settlements::brief(db, settlement)?.is_none() {
                return Ok(Err(NotChosen::Unknown));
            }
            let count = row_choices::accept_tab(db, settlement, EXACT, who, now, &act)?;
            if count == 0 {
                return Ok(Err(NotChosen::Nothing));
            }
            audit::add(db, now, who, "accept-exact", settlement, &json!({ "count": count }))?;
            Ok(Ok(RowChosen {
                act,
                count,
                replans: false,
            }))
        })?;
        self.settlement_changed(settlement);
        Ok(accepted)
    }

    /// Writes what is open of a row off to an account, up to the tolerance ([`write_off_limit`]).
    pub fn write_off(
        &self,
        (settlement, name): (&str, &str),
        account: Named<'_>,
        reason: &str,
        who: &str,
    ) -> Result<Result<RowChosen, Unwritable>, StoreError> {
        let rules = self.rules()?;
        let known = self.store().read(|db| {
            let marketplace = main_marketplace(db, settlement)?;
            Ok(row(db, settlement, name)?.map(|row| (row, marketplace)))
        })?;
        let Some((known, marketplace)) = known else {
            return Ok(Err(Unwritable::Not(NotChosen::Unknown)));
        };
        let open = open_of(&known);
        if open.is_zero() {
            return Ok(Err(Unwritable::Not(NotChosen::Nothing)));
        }
        let limit = write_off_limit(&rules, &marketplace, open.currency);
        if open.amount.abs() > limit {
            let limit = Money::new(limit, open.currency);
            return Ok(Err(Unwritable::TooMuch { open, limit }));
        }
        let value = json!({
            "amount": open.amount.to_string(), "account": account.id, "name": account.name, "reason": reason,
        });
        let chosen = self.choose_for_row((settlement, name), WRITTEN_OFF, &value, who)?;
        Ok(chosen.map_err(Unwritable::Not))
    }

    /// Takes the last act about a settlement's rows back, or the named one: what it took the place of stands again.
    pub fn undo_row_act(
        &self,
        settlement: &str,
        act: Option<&str>,
        who: &str,
    ) -> Result<Result<RowChosen, NotChosen>, StoreError> {
        let now = self.0.now();
        let undone = self.store().write(|db| {
            let last = match act {
                Some(act) => Some(act.to_owned()),
                None => row_choices::last_act(db, settlement)?,
            };
            let Some(act) = last else {
                return Ok(Err(NotChosen::Nothing));
            };
            let words = row_choices::words_of(db, settlement, &act)?;
            let replans = words.iter().any(|word| changes_plan(word));
            if replans && !is_open(db, settlement)? {
                return Ok(Err(NotChosen::TooLate));
            }
            let count = row_choices::undo(db, settlement, &act)?;
            if count == 0 {
                return Ok(Err(NotChosen::Nothing));
            }
            let detail = json!({"choices": words, "count": count});
            audit::add(db, now, who, "undo-row-act", settlement, &detail)?;
            Ok(Ok(RowChosen { act, count, replans }))
        })?;
        self.settlement_changed(settlement);
        Ok(undone)
    }
}

struct Place<'a> {
    settlement: &'a str,
    name: &'a str,
}

impl Place<'_> {
    fn choose(
        &self,
        db: &Writer<'_>,
        word: &str,
        value: &Value,
        (who, at, act): (&str, DateTime<Utc>, &str),
    ) -> store::Result<()> {
        let key = format!("{}/{}", self.settlement, self.name);
        let detail = json!({"choice": word, "value": value});
        audit::add(db, at, who, "choose-for-row", &key, &detail)?;
        let new = RowChoice {
            settlement: self.settlement.to_owned(),
            name: self.name.to_owned(),
            choice: word.to_owned(),
            value: value.clone(),
            who: who.to_owned(),
            at,
            act: act.to_owned(),
        };
        row_choices::set(db, &new)
    }
}

/// Choices that the flows plan with; the others are a person's own.
fn changes_plan(word: &str) -> bool {
    [WRITTEN_OFF, DOCUMENTS, SPLIT, STANDALONE].contains(&word)
}

fn is_open(db: &Reader<'_>, settlement: &str) -> store::Result<bool> {
    Ok(matches!(
        crate::settlements::stage(db, settlement)?,
        Stage::Open | Stage::Undone
    ))
}

fn row(db: &Reader<'_>, settlement: &str, name: &str) -> store::Result<Option<Row>> {
    let kept = settlement_rows::named(db, settlement, name)?;
    Ok(kept.and_then(|row| Row::deserialize(row).ok()))
}

/// The marketplace whose settings count for a settlement as a whole; empty while it is not known.
pub fn main_marketplace(db: &Reader<'_>, settlement: &str) -> store::Result<String> {
    let stored = settlements::brief(db, settlement)?;
    let summary = stored.and_then(|stored| stored.summary).unwrap_or_default();
    Ok(summary["marketplaces"][0].as_str().unwrap_or_default().to_owned())
}

/// Whether a row's money is matched or stands in the journal, so that there is something to accept.
pub fn is_matched(row: &Row) -> bool {
    match row.status {
        Status::Applied | Status::InJournal | Status::NothingToPost | Status::PreGoLive => true,
        Status::Waiting | Status::PartlyApplied | Status::NeedsYou | Status::Excluded => false,
    }
}

/// What is not explained of a buyer's row: what Amazon paid beyond what NetSuite has or will have. Zero where nothing is
/// open, or where the row is no buyer's.
pub fn open_of(row: &Row) -> Money {
    let is_buyers = matches!(row.tab, Tab::Matched | Tab::Unmatched | Tab::Different);
    let is_open = matches!(row.status, Status::Waiting | Status::PartlyApplied | Status::NeedsYou);
    let open = row.amazon.amount - row.netsuite.amount;
    let open = if is_buyers && is_open { open } else { Decimal::ZERO };
    Money::new(open, row.amazon.currency)
}

/// The most that a person may write off of one row: the tolerance of a payment, or the difference that counts as small,
/// whichever is larger; in the settlement's currency.
pub fn write_off_limit(rules: &Rules, marketplace: &str, currency: Currency) -> Decimal {
    let number = |key: &str| rules.number(marketplace, key).unwrap_or_default();
    let tolerance = if currency.decimals() == 0 {
        Decimal::ONE
    } else {
        number("payment.tolerance")
    };
    tolerance.max(number("variance.ignore"))
}

/// What the flows plan with. A choice that cannot be read counts for nothing.
pub(crate) fn of_settlement(db: &Reader<'_>, settlement: &str) -> store::Result<ChosenRows> {
    let of = |word: &str| row_choices::of(db, settlement, word);
    let parsed = |value: &Value| value.as_str().and_then(|text| text.parse::<Decimal>().ok());
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let written_off = of(WRITTEN_OFF)?.into_iter().filter_map(|one| {
        let amount = parsed(&one.value["amount"])?;
        let (account, name) = (text(&one.value["account"])?, text(&one.value["name"])?);
        Some((one.name, WriteOff { amount, account, name }))
    });
    let part = |part: &Value| {
        Some(Part {
            account: text(&part["account"])?,
            amount: parsed(&part["amount"])?,
        })
    };
    let splits = of(SPLIT)?.into_iter().filter_map(|one| {
        let parts = one.value["parts"].as_array()?;
        let parts: Option<Vec<Part>> = parts.iter().map(part).collect();
        Some((one.name, parts?))
    });
    let documents = of(DOCUMENTS)?.into_iter().map(|one| {
        let chosen = one.value["documents"].as_array().into_iter().flatten();
        let ids = chosen.filter_map(|document| text(&document["id"])).collect();
        (one.name, ids)
    });
    Ok(ChosenRows {
        choices: RowChoices {
            written_off: written_off.collect(),
            splits: splits.collect(),
            documents: BTreeMap::new(),
            standalone: of(STANDALONE)?.into_iter().map(|one| one.name).collect(),
        },
        documents: documents.collect(),
    })
}
