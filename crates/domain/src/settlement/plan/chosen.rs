//! What a person decided about single groups (ux.md §5.8): a few cents written off, an amount split over accounts, other
//! documents than the order's, a credit memo of its own. A choice that does not fit any more, because the amounts are
//! others now, counts for nothing, and the group asks again.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::ledger::Ledger;
use super::payments::Answer;
use super::{Accounts, Found, Outcome, Status, Tab, To};
use crate::Text;
use crate::settlement::Group;

/// The choices about single groups, each by [`Group::id`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RowChoices {
    /// What is not explained of a buyer's group goes to an account.
    pub written_off: BTreeMap<String, WriteOff>,
    /// The amount of a group that belongs to no order, on accounts that a person named.
    pub splits: BTreeMap<String, Vec<Part>>,
    /// What a group belongs to, in place of what NetSuite has for its order.
    pub documents: BTreeMap<String, Found>,
    /// Refunds that a credit memo of its own gives back (SET-35).
    pub standalone: BTreeSet<String>,
}

/// A part of a group that is written off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WriteOff {
    /// What Amazon paid beyond what NetSuite has, in the settlement's currency; negative where it paid less.
    pub amount: Decimal,
    /// NetSuite's internal id of the account.
    pub account: String,
    /// Its name, for people.
    pub name: String,
}

/// A part of a group that is split.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// NetSuite's internal id of the account.
    pub account: String,
    /// Its amount, from the seller's side, in the settlement's currency.
    pub amount: Decimal,
}

/// Puts what is not explained of a buyer's group on the account that a person named, as long as it is what was written
/// off. `known` are the parts of the variance that were there before the group was decided.
pub(super) fn write_off(ledger: &mut Ledger<'_>, group: &Group, outcome: &mut Outcome, known: usize) {
    let Some(choice) = ledger.input.choices.rows.written_off.get(&group.id) else {
        return;
    };
    let parts = ledger.variance.get(known..).unwrap_or_default();
    let open: Decimal = parts.iter().map(|part| -part.amount.amount).sum();
    if open.is_zero() || open != choice.amount {
        return;
    }
    ledger.variance.truncate(known);
    let (day, market) = (ledger.day(group.posted), group.marketplace.as_deref());
    let memo = format!("write-off · {}", group.order.as_deref().unwrap_or_default());
    ledger.row(
        day,
        "write-off",
        &Accounts::outright(&choice.account),
        market,
        memo,
        open,
    );
    outcome.status = if outcome.posted.is_zero() {
        Status::InJournal
    } else {
        Status::Applied
    };
    outcome.tab = Tab::Different;
    outcome.code = None;
    outcome.reason = Text::new("settlement-reason-written-off")
        .with("amount", ledger.money(open))
        .with("account", choice.name.as_str());
}

/// The accounts that a person named for a group, as long as they come to its amount.
pub(super) fn split_of<'a>(ledger: &Ledger<'a>, group: &Group) -> Option<&'a [Part]> {
    let parts = ledger.input.choices.rows.splits.get(&group.id)?;
    let sum: Decimal = parts.iter().map(|part| part.amount).sum();
    (sum == group.net() && !parts.is_empty()).then_some(parts.as_slice())
}

/// A group on the accounts that a person named.
pub(super) fn split(ledger: &mut Ledger<'_>, group: &Group, parts: &[Part], tab: Tab) -> Outcome {
    let (day, market) = (ledger.day(group.posted), group.marketplace.as_deref());
    let what = group.lines.first().map_or("split", |known| known.category.key());
    for part in parts {
        let key = Accounts::outright(&part.account);
        ledger.row(day, what, &key, market, what.to_owned(), part.amount);
    }
    for known in &group.lines {
        let to = if known.line.ten_thousandths == 0 {
            To::Nothing
        } else {
            To::Journal
        };
        ledger.goes(known, to);
    }
    let mut answer = Answer::new(Status::InJournal, tab, "settlement-reason-split");
    answer.reason = answer.reason.with("count", parts.len());
    answer.outcome(group, Decimal::ZERO)
}
