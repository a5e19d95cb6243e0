//! Questions about one order: what a person is asked, with the order and its money beside it.

use amazon::Order;
use domain::{Currency, Money, Text};

use crate::flow::{Instead, Problem, Remedy};

/// All questions of an order at once.
pub fn questions(order: &Order, mut problems: Vec<Problem>) -> Instead {
    for problem in &mut problems {
        about_order(problem, order);
    }
    Instead::Ask { problems }
}

/// The order stands beside every problem that it raised.
fn about_order(problem: &mut Problem, order: &Order) {
    if problem.about.iter().all(|(kind, _)| kind != "order") {
        problem.about.insert(0, ("order".into(), order.id.clone()));
    }
    if problem.at_stake.is_none() {
        problem.at_stake = order.grand_total;
    }
}

/// A problem of one order alone.
pub fn order_problem(code: &str, order: &Order, what: Text, why: &str, remedies: Vec<Remedy>) -> Problem {
    let mut about = vec![("order".into(), order.id.clone())];
    about.extend(order.marketplace_id.clone().map(|id| ("marketplace".into(), id)));
    Problem {
        code: code.into(),
        cause: format!("{code}:{}", order.id),
        what,
        why: Text::new(why),
        about,
        at_stake: order.grand_total,
        remedies,
    }
}

/// NetSuite's total or ours is not Amazon's (ORD-08): both sides side by side.
pub fn mismatch(order: &Order, netsuite: Money, amazon: Money) -> Problem {
    let what = Text::new("problem-total-mismatch")
        .with("order", order.id.as_str())
        .with("netsuite", netsuite)
        .with("amazon", amazon);
    order_problem(
        "TOTAL_MISMATCH",
        order,
        what,
        "problem-total-mismatch-why",
        vec![Remedy::Retry, Remedy::Exclude],
    )
}

/// NetSuite does not have the order's currency: nothing is converted.
pub fn currency_disabled(order: &Order, currency: Currency, marketplace: &str) -> Problem {
    Problem {
        code: "CURRENCY_DISABLED".into(),
        cause: format!("CURRENCY_DISABLED:{currency}"),
        what: Text::new("problem-currency-disabled").with("currency", currency.code()),
        why: Text::new("problem-currency-disabled-why"),
        about: vec![
            ("order".into(), order.id.clone()),
            ("marketplace".into(), marketplace.into()),
        ],
        at_stake: order.grand_total,
        remedies: vec![Remedy::Retry, Remedy::Exclude],
    }
}

/// The order's amounts are in two currencies.
pub fn two_currencies(order: &Order) -> Problem {
    let what = Text::new("problem-two-currencies").with("order", order.id.as_str());
    order_problem(
        "PARSE",
        order,
        what,
        "problem-two-currencies-why",
        vec![Remedy::Retry, Remedy::Exclude],
    )
}

/// The order would need more lines than a record can have (CMN-38).
pub fn too_many_lines(order: &Order, count: usize) -> Problem {
    let what = Text::new("problem-limit-lines")
        .with("order", order.id.as_str())
        .with("count", count);
    order_problem(
        "LIMIT_LINES",
        order,
        what,
        "problem-limit-lines-why",
        vec![Remedy::Exclude],
    )
}

/// Tax is to be written on the lines, and nobody said under which code (TAX-03).
pub fn tax_code_missing(order: &Order, marketplace: &str) -> Problem {
    let what = Text::new("problem-tax-code-missing").with("order", order.id.as_str());
    let remedies = vec![
        Remedy::SetOption {
            option: "tax.default_code".into(),
            marketplace: Some(marketplace.into()),
        },
        Remedy::SetOption {
            option: "tax.mode".into(),
            marketplace: Some(marketplace.into()),
        },
    ];
    let mut problem = order_problem(
        "TAX_CODE_MISSING",
        order,
        what,
        "problem-tax-code-missing-why",
        remedies,
    );
    problem.cause = format!("TAX_CODE_MISSING:{marketplace}");
    problem
}
