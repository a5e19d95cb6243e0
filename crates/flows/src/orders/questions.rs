//! Questions about one order: what a person is asked, with the order and its money beside it.

use amazon::Order;
use domain::{Currency, Money, Text};
use netsuite::RecordId;

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
        vec![Remedy::Retry, Remedy::Exclude],
    )
}

/// The price contains the seller's own tax, and nobody said how much (TAX-02).
pub fn tax_rate_missing(order: &Order, marketplace: &str, code: Option<&RecordId>) -> Problem {
    let choose = |option: &str| Remedy::SetOption {
        option: option.into(),
        marketplace: Some(marketplace.into()),
    };
    let remedies = vec![choose("tax.rate"), choose("tax.liability_default"), Remedy::Retry];
    let what = Text::new("problem-tax-rate-missing").with("order", order.id.as_str());
    let mut problem = order_problem(
        "TAX_CODE_MISSING",
        order,
        what,
        "problem-tax-rate-missing-why",
        remedies,
    );
    problem.cause = format!("TAX_CODE_MISSING:{marketplace}:rate");
    if let Some(code) = code {
        problem.why = Text::new("problem-tax-rate-missing-code-why").with("code", code.0.as_str());
        problem.cause = format!("{}:{}", problem.cause, code.0);
    }
    problem
}

/// Tax is to be written on the lines, and nobody said under which code or tax type (TAX-03): what is missing is asked
/// for, or another way with tax.
pub fn tax_code_missing(order: &Order, marketplace: &str, options: [(&str, bool); 2]) -> Problem {
    let what = Text::new("problem-tax-code-missing").with("order", order.id.as_str());
    let missing = options.into_iter().filter(|(_, missing)| *missing).map(|(key, _)| key);
    let remedies = missing
        .chain(["tax.mode"])
        .map(|option| Remedy::SetOption {
            option: option.into(),
            marketplace: Some(marketplace.into()),
        })
        .collect();
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
