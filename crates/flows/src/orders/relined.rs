//! The lines of a record that stands in NetSuite: whether they are the ones that were left there, and what each of them
//! must become.

use netsuite::RecordType;
use netsuite::fulfilment::FulfilledLine;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::seen::{KnownRecord, RecordLine};
use super::written::{Written, WrittenLine};

/// A line of the record: its number, as it was made, and what it becomes; nothing when it goes.
pub struct Relined<'a> {
    number: u32,
    made: &'a WrittenLine,
    after: Option<&'a WrittenLine>,
}

/// Whether a record has these lines and no other line that costs anything: components of kits and lines that were taken
/// back stand there for nothing.
pub fn has_lines(record: &KnownRecord, lines: &[WrittenLine]) -> bool {
    let mut theirs: Vec<_> = record.lines.iter().collect();
    for line in lines {
        let same = |one: &&RecordLine| {
            let units = line.quantity.is_none_or(|units| units == one.quantity);
            one.item.0 == line.item && one.amount == line.amount && units
        };
        match theirs.iter().position(same) {
            Some(index) => theirs.remove(index),
            None => return false,
        };
    }
    theirs.iter().all(|line| line.amount.is_zero())
}

/// What each line becomes, under the numbers that NetSuite gave them; nothing when its lines are not the ones that were
/// sent.
pub fn relined<'a>(record: &KnownRecord, written: &'a Written, now: &'a [WrittenLine]) -> Option<Vec<Relined<'a>>> {
    let made = &written.made.lines;
    let mut theirs = record.lines.iter();
    let mut find = |item: &str| theirs.find(|line| line.item.0 == item).map(|line| line.line);
    let numbers: Vec<u32> = made.iter().map(|line| find(&line.item)).collect::<Option<_>>()?;
    let after = aligned(made, now)?;
    let one = |((number, made), after)| Relined { number, made, after };
    Some(numbers.into_iter().zip(made).zip(after).map(one).collect())
}

/// The lines of a change, in absolute values.
pub fn bodies(lines: &[Relined<'_>]) -> Vec<Value> {
    let body = |line: &Relined<'_>| match (line.after, line.made.quantity) {
        (Some(after), Some(_)) => {
            let units = after.quantity.unwrap_or(Decimal::ONE);
            json!({ "line": line.number, "quantity": exact(units), "rate": exact(rate(after.amount, units)),
                "amount": exact(after.amount) })
        }
        (Some(after), None) => {
            json!({ "line": line.number, "rate": exact(after.amount), "amount": exact(after.amount) })
        }
        (None, Some(_)) => json!({ "line": line.number, "quantity": 0, "rate": 0, "amount": 0, "isClosed": true }),
        (None, None) => json!({ "line": line.number, "rate": 0, "amount": 0 }),
    };
    lines.iter().map(body).collect()
}

/// Whether NetSuite's order is open for these lines: what has left stays ordered, and what is billed stays as it is
/// (flows.md §3.6).
pub fn may_become(record: &KnownRecord, lines: &[Relined<'_>]) -> bool {
    let is_open = |line: &Relined<'_>| {
        let Some(theirs) = record.lines.iter().find(|one| one.line == line.number) else {
            return false;
        };
        let units = line
            .after
            .map_or(Decimal::ZERO, |after| after.quantity.unwrap_or(theirs.quantity));
        let amount = line.after.map_or(Decimal::ZERO, |after| after.amount);
        if units == theirs.quantity && amount == theirs.amount {
            return true;
        }
        // Discounts are billed with the lines that they are on, and nobody counts them.
        let billed = match line.made.quantity {
            Some(_) => theirs.billed,
            None => record.lines.iter().map(|one| one.billed).sum(),
        };
        billed.is_zero() && units >= theirs.shipped
    };
    match record.status.as_str() {
        _ if record.record != RecordType::SalesOrder => false,
        "A" | "B" => true,
        "D" | "E" | "F" => lines.iter().all(is_open),
        _ => false,
    }
}

/// What of the order's goods left: the units that each line becomes, and none of a line that goes.
pub fn left(lines: &[Relined<'_>], is_goods: impl Fn(&str) -> bool) -> Vec<FulfilledLine> {
    let goods = lines.iter().filter(|line| is_goods(&line.made.item));
    let left = goods.map(|line| FulfilledLine {
        order_line: line.number,
        quantity: line
            .after
            .map_or(Decimal::ZERO, |after| after.quantity.unwrap_or(Decimal::ONE)),
    });
    left.collect()
}

/// What was left in NetSuite, with the changes that lead from `before` to `now`, where both were drawn under settings
/// that changed since; nothing where the settings would have made another line of what changed.
pub fn carried(last: &[WrittenLine], before: &[WrittenLine], now: &[WrittenLine]) -> Option<Vec<WrittenLine>> {
    if last.len() != before.len() {
        return None;
    }
    let after = aligned(before, now)?;
    let mut lines = Vec::new();
    for ((last, before), after) in last.iter().zip(before).zip(after) {
        match after {
            None => (),
            Some(after) if after == before => lines.push(last.clone()),
            Some(after) if last.amount == before.amount => lines.push(WrittenLine {
                item: last.item.clone(),
                quantity: match (last.quantity, before.quantity, after.quantity) {
                    // Another number of units of the item stands for one of the SKU.
                    (Some(last), Some(before), Some(after)) => Some((after * last).checked_div(before)?),
                    (None, None, None) => None,
                    _ => return None,
                },
                amount: after.amount,
            }),
            Some(_) => return None,
        }
    }
    Some(lines)
}

/// A number as JSON, digit by digit.
pub fn exact(number: Decimal) -> Value {
    serde_json::from_str(&number.to_string()).unwrap_or(Value::Null)
}

fn rate(amount: Decimal, units: Decimal) -> Decimal {
    amount.checked_div(units).unwrap_or(amount).round_dp(8).normalize()
}

/// Which line each line that was sent has become: nothing for one that is gone. `None` when the order has lines now
/// that it did not have then. The cheapest way to turn one list into the other, so that of two equal SKUs the one that
/// was cancelled goes.
fn aligned<'a>(before: &[WrittenLine], after: &'a [WrittenLine]) -> Option<Vec<Option<&'a WrittenLine>>> {
    const NEVER: usize = usize::MAX / 2;
    let (rows, columns) = (before.len(), after.len());
    let mut cost = vec![vec![NEVER; columns + 1]; rows + 1];
    for row in (0..=rows).rev() {
        for column in (0..=columns).rev() {
            cost[row][column] = match (before.get(row), after.get(column)) {
                (None, None) => 0,
                (None, Some(_)) => NEVER,
                (Some(_), None) => cost[row + 1][column] + 1,
                (Some(old), Some(new)) => {
                    let gone = cost[row + 1][column] + 1;
                    let kept = if old.item == new.item {
                        cost[row + 1][column + 1] + usize::from(old != new)
                    } else {
                        NEVER
                    };
                    gone.min(kept)
                }
            };
        }
    }
    if cost[0][0] >= NEVER {
        return None;
    }
    let mut column = 0;
    let step = |(row, old): (usize, &WrittenLine)| {
        let new = after.get(column)?;
        let kept = old.item == new.item && cost[row][column] == cost[row + 1][column + 1] + usize::from(old != new);
        column += usize::from(kept);
        kept.then_some(new)
    };
    Some(before.iter().enumerate().map(step).collect())
}
