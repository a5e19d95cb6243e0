//! What is matched after a settlement was posted with a difference that a person accepted (SET-58). Its payment or refund
//! is made then, and a small journal takes the amount back from the account of differences: nothing is posted twice.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::drafts::{draft, plain};
use super::journal::debits_first;
use super::ledger::{Ledger, Month, RowKey};
use super::{JournalDraft, JournalLine};
use crate::external_id::JournalPiece;
use crate::settlement::group::Group;

/// What a group brings now that it did not bring when its settlement was posted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Brought {
    money: BTreeMap<(Month, Option<String>), Decimal>,
    rows: BTreeMap<RowKey, Decimal>,
}

impl Brought {
    fn sum(&self) -> Decimal {
        self.money.values().sum::<Decimal>() + self.rows.values().sum::<Decimal>()
    }
}

/// Whether a group was open when its settlement was posted.
pub(super) fn is_late(ledger: &Ledger<'_>, group: &Group) -> bool {
    ledger.input.choices.late.contains(&group.id)
}

/// What `decide` puts into the ledger for a group stays out of the journals that were posted without it.
pub(super) fn apart<T>(ledger: &mut Ledger<'_>, group: &Group, decide: impl FnOnce(&mut Ledger<'_>) -> T) -> T {
    let (money, rows) = (
        std::mem::take(&mut ledger.order_money),
        std::mem::take(&mut ledger.rows),
    );
    let order = ledger.row_order.len();
    let decided = decide(ledger);
    let brought = Brought {
        money: std::mem::replace(&mut ledger.order_money, money),
        rows: std::mem::replace(&mut ledger.rows, rows),
    };
    ledger.row_order.truncate(order);
    if !brought.sum().is_zero() {
        ledger.late.insert(group.id.clone(), brought);
    }
    decided
}

/// What late groups bring in all.
pub(super) fn sum(ledger: &Ledger<'_>) -> Decimal {
    ledger.late.values().map(Brought::sum).sum()
}

/// A journal for each late group: its money out of clearing, and out of the account of differences.
pub(super) fn journals(ledger: &Ledger<'_>) -> Vec<JournalDraft> {
    let groups = ledger.input.groups.iter();
    let late = groups.filter_map(|group| Some((group, ledger.late.get(&group.id)?)));
    late.map(|(group, brought)| journal(ledger, group, brought)).collect()
}

fn journal(ledger: &Ledger<'_>, group: &Group, brought: &Brought) -> JournalDraft {
    let mut lines: Vec<JournalLine> = vec![plain(ledger, "variance", "acct.variance", None, -brought.sum())];
    let money = brought.money.iter();
    lines.extend(
        money.map(|((_, market), amount)| plain(ledger, "order-money", "acct.clearing", market.as_deref(), *amount)),
    );
    let rows = brought.rows.iter();
    lines.extend(rows.map(|(row, amount)| plain(ledger, &row.what, &row.key, row.marketplace.as_deref(), *amount)));
    lines.retain(|line| !line.credit.is_zero());
    let lines = debits_first(lines);
    let piece = JournalPiece {
        late: Some(group.id.clone()),
        ..JournalPiece::default()
    };
    draft(ledger, &piece, ledger.posting_day(group), ledger.currency, lines)
}
