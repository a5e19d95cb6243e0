//! The circuit breaker of order imports (CMN-36): when too many orders of one look do not add up, none is written.

use domain::Text;

use crate::entry::Judged;
use crate::flow::{Instead, Problem, Remedy, Write};
use crate::rules::Rules;

/// A handful of orders proves nothing.
const FEWEST: usize = 10;

/// Holds back every write of a look in which more than `orders.guard_mismatch_percent` of the orders differ.
pub fn guard(judged: &mut [Judged], rules: &Rules) {
    let differ = judged.iter().filter(|one| differs(one)).count();
    let total = differ + judged.iter().filter(|one| writes(one)).count();
    let Some(percent) = rules.number("", "orders.guard_mismatch_percent") else {
        return;
    };
    if total < FEWEST || rust_decimal::Decimal::from(differ * 100) <= percent * rust_decimal::Decimal::from(total) {
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
