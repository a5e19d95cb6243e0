//! The circuit breaker of order imports (CMN-36): when too many orders of one look do not add up, none is written; when
//! too many of those that were written have another total in NetSuite, no more are.

use domain::Text;
use rust_decimal::Decimal;

use crate::entry::Judged;
use crate::flow::{Instead, Problem, Remedy, Write};
use crate::rules::Rules;

/// A handful of orders proves nothing.
pub const FEWEST: usize = 10;

/// The part of the orders that may differ, in percent.
pub fn mismatch_percent(rules: &Rules) -> Option<Decimal> {
    rules.number("", "orders.guard_mismatch_percent")
}

/// Whether so many of so many are too many.
pub fn too_many(differ: usize, total: usize, percent: Decimal) -> bool {
    total >= FEWEST && Decimal::from(differ * 100) > percent * Decimal::from(total)
}

/// Holds back every write of a look in which more than `orders.guard_mismatch_percent` of the orders differ.
pub fn guard(judged: &mut [Judged], rules: &Rules) {
    let differ = judged.iter().filter(|one| differs(one)).count();
    let total = differ + judged.iter().filter(|one| writes(one)).count();
    if !mismatch_percent(rules).is_some_and(|percent| too_many(differ, total, percent)) {
        return;
    }
    for one in judged.iter_mut().filter(|one| writes(one)) {
        let problems = vec![held_back(&one.key.0, differ, total)];
        one.decision = Err(Instead::Ask { problems });
    }
}

fn differs(one: &Judged) -> bool {
    let Err(Instead::Ask { problems }) = &one.decision else {
        return false;
    };
    problems.iter().any(|problem| problem.code == "TOTAL_MISMATCH")
}

fn writes(one: &Judged) -> bool {
    let to_netsuite =
        |steps: &Vec<crate::flow::Step>| steps.iter().any(|step| matches!(step.write, Write::NetSuite(_)));
    one.decision.as_ref().is_ok_and(to_netsuite)
}

fn held_back(order: &str, differ: usize, total: usize) -> Problem {
    Problem {
        code: "TOTAL_MISMATCH".into(),
        cause: "TOTAL_MISMATCH:guard".into(),
        what: Text::new("problem-orders-guard")
            .with("count", differ)
            .with("total", total),
        why: Text::new("problem-orders-guard-why"),
        about: vec![("order".into(), order.to_owned())],
        at_stake: None,
        remedies: vec![
            Remedy::Retry,
            Remedy::SetOption {
                option: "orders.guard_mismatch_percent".into(),
                marketplace: None,
            },
            Remedy::Exclude,
        ],
    }
}
