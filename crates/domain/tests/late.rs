//! What is matched after a settlement was posted with an accepted difference (SET-58).
#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so")]

mod common;

use common::{Story, amount, invoice, journal_text, ordered, planned, postings_text, with};
use domain::settlement::plan::{Found, Input};

const ONE: &str = "111-1000000-0000001";
const TWO: &str = "111-1000000-0000002";

fn story() -> Story {
    Story::us(
        "90158",
        "44.50",
        "Order | 111-1000000-0000001 | ItemPrice | Principal | 20.00
         Order | 111-1000000-0000002 | ItemPrice | Principal | 30.00
         Order | 111-1000000-0000002 | ItemFees | Commission | -5.50",
    )
}

/// Posted while the second order had no bill, its amount accepted.
fn posted(second: Found) -> Input {
    let mut input = story().input(vec![
        (ONE, with(vec![invoice("501", "20.00", "20.00")])),
        (TWO, ordered(true)),
    ]);
    let open = planned(&input);
    assert_eq!(open.variance.amount, amount("-30.00"));
    input.choices.accepted_variance = Some(open.variance.amount);
    input.choices.late.insert(open.outcomes[1].group.clone());
    input.found.insert(TWO.to_owned(), second);
    input
}

const AS_POSTED: &str = "2026-10-16 AZN-JE-90158\n  debit bank 44.50\n  debit referral_fees 5.50\n  \
                         credit clearing 20.00\n  credit variance 30.00\n";

#[test]
fn set_58_what_is_matched_later_is_taken_out_of_the_differences_and_posted_once() {
    let plan = planned(&posted(with(vec![invoice("502", "30.00", "30.00")])));
    assert_eq!(
        postings_text(&plan)[1],
        format!("payment AZN-PY-90158-{TWO} 2026-10-05 30.00 USD on 502 30.00")
    );
    let late = "2026-10-05 AZN-JE-90158-V4_0\n  debit variance 30.00\n  credit clearing 30.00\n";
    assert_eq!(journal_text(&plan), format!("{AS_POSTED}{late}"));
    assert!(plan.variance.amount.is_zero() && plan.held.is_empty());
}

#[test]
fn set_58_as_long_as_it_is_not_matched_the_posted_journal_stays_alone() {
    let plan = planned(&posted(ordered(true)));
    assert_eq!(journal_text(&plan), AS_POSTED);
    assert!(plan.held.is_empty(), "what was accepted keeps nothing back");
}

#[test]
fn set_58_set_25_cents_of_it_go_where_cents_go() {
    let plan = planned(&posted(with(vec![invoice("502", "29.99", "29.99")])));
    let late =
        "2026-10-05 AZN-JE-90158-V4_0\n  debit variance 30.00\n  credit clearing 29.99\n  credit rounding 0.01\n";
    assert_eq!(journal_text(&plan), format!("{AS_POSTED}{late}"));
}
