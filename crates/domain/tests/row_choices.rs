//! What a person decided about single groups, in the plan.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so")]

mod common;

use common::{Story, amount, invoice, planned};
use domain::settlement::plan::{Found, Part, Status, WriteOff};

const ORDER: &str = "111-1000000-0000001";

fn story() -> Story {
    Story::us(
        "90061",
        "10.12",
        "Order | 111-1000000-0000001 | ItemPrice | Principal | 20.12
         other-transaction | | other-transaction | Subscription Fee | -10.00",
    )
}

fn found() -> Vec<(&'static str, Found)> {
    let found = Found {
        documents: vec![invoice("501", "20.00", "20.00")],
        ..Found::default()
    };
    vec![(ORDER, found)]
}

#[test]
fn set_56_what_is_written_off_goes_to_its_account_and_lapses_with_another_amount() {
    let mut input = story().input(found());
    let open = planned(&input);
    assert_eq!(open.outcomes[0].status, Status::PartlyApplied);
    let group = open.outcomes[0].group.clone();
    let written = |amount_: &str| WriteOff {
        amount: amount(amount_),
        account: "999".into(),
        name: "6910 Rounding".into(),
    };
    input.choices.rows.written_off.insert(group.clone(), written("0.12"));
    let plan = planned(&input);
    assert_eq!(
        (plan.outcomes[0].status, &plan.outcomes[0].code),
        (Status::Applied, &None)
    );
    assert_eq!(
        (plan.variance_lines.as_slice(), plan.held.as_slice()),
        (&[][..], &[][..])
    );
    let journal = plan.journals_to_post();
    let line = journal[0]
        .lines()
        .iter()
        .find(|line| line.account.as_deref() == Some("999"));
    assert_eq!(line.unwrap().credit, amount("0.12"));
    // The amount is another one now: the choice counts for nothing.
    input.choices.rows.written_off.insert(group, written("0.11"));
    assert_eq!(planned(&input).variance_lines, open.variance_lines);
}

#[test]
fn set_40_a_split_goes_to_the_named_accounts_as_long_as_it_comes_to_the_amount() {
    let mut input = story().input(found());
    let group = input.groups[1].id.clone();
    let parts = |second: &str| {
        let part = |account: &str, text: &str| Part {
            account: account.into(),
            amount: amount(text),
        };
        vec![part("901", "-4.00"), part("902", second)]
    };
    input.choices.rows.splits.insert(group.clone(), parts("-6.00"));
    let plan = planned(&input);
    let of = |account: &str| -> rust_decimal::Decimal {
        let lines = plan.journals.iter().flat_map(|draft| &draft.lines);
        let own = lines.filter(|line| line.account.as_deref() == Some(account));
        own.map(|line| line.credit).sum()
    };
    assert_eq!(
        (of("901"), of("902"), of("subscription")),
        (amount("-4.00"), amount("-6.00"), amount("0"))
    );
    input.choices.rows.splits.insert(group, parts("-5.00"));
    let usual = planned(&input);
    assert!(
        usual.journals[0]
            .lines
            .iter()
            .all(|line| line.account.as_deref() != Some("901"))
    );
}
