//! What may have to be settled before a settlement's journals can be written: every question names what is missing and
//! offers the cure.

use domain::settlement::plan::Held;
use domain::{Money, Text};

use super::journals::ToJournal;
use super::summary::why_held;
use crate::flow::{Problem, Remedy};

/// What holds the journals up.
pub(super) fn held_by(held: &Held, seen: &ToJournal) -> Problem {
    let kind = held.triple.as_ref().map(|triple| triple.join(" / "));
    let cause = kind.clone().unwrap_or_else(|| seen.settlement.clone());
    let mut about = place(seen);
    about.extend(kind.map(|kind| ("line".to_owned(), kind)));
    let map = held.triple.clone().map(|triple| Remedy::MapLine { triple });
    // The list shows the amount beside the sentence that names it: both are Amazon's side minus NetSuite's.
    let at_stake = match held.code.as_str() {
        "VARIANCE" => Some(seen.difference),
        _ => held.at_stake.or(Some(seen.deposit)),
    };
    Problem {
        code: held.code.clone(),
        cause: format!("{}:{cause}", held.code),
        what: why_held(held, seen.difference),
        why: Text::new(why(&held.code)).with("settlement", seen.settlement.as_str()),
        about,
        at_stake,
        remedies: map
            .into_iter()
            .chain(choice(held, seen))
            .chain([Remedy::Retry])
            .collect(),
    }
}

/// What the question is about.
fn place(seen: &ToJournal) -> Vec<(String, String)> {
    vec![
        ("settlement".into(), seen.settlement.clone()),
        ("marketplace".into(), seen.marketplace.clone()),
    ]
}

/// What a person may say about the settlement as a whole.
fn choice(held: &Held, seen: &ToJournal) -> Option<Remedy> {
    let settlement = seen.settlement.clone();
    match held.code.as_str() {
        "VARIANCE" => Some(Remedy::AcceptVariance { settlement }),
        // A file without a total cannot be completed.
        "SETTLEMENT_INCONSISTENT" if held.reason.id == "settlement-held-inconsistent" => {
            Some(Remedy::AddBalancingLine { settlement })
        }
        "MARKETPLACE_UNKNOWN" => Some(Remedy::PickMarketplace {
            settlement,
            currency: seen.deposit.currency.code().to_owned(),
        }),
        _ => None,
    }
}

fn why(code: &str) -> &'static str {
    match code {
        "LINE_UNMAPPED" => "problem-line-unmapped-why",
        "SETTLEMENT_INCONSISTENT" => "problem-settlement-inconsistent-why",
        "MARKETPLACE_UNKNOWN" => "problem-settlement-marketplace-why",
        "ITEM_NOT_FOUND" => "problem-settlement-cost-why",
        _ => "problem-variance-why",
    }
}

/// One question for each account, whatever the number of settlements that wait for it.
pub(super) fn account_missing(key: &str, (settlement, marketplace): (&str, &str), at_stake: Money) -> Problem {
    Problem {
        code: "ACCOUNT_MISSING".into(),
        cause: format!("ACCOUNT_MISSING:{key}:{marketplace}"),
        what: Text::new("problem-account-missing").with("account", key),
        why: Text::new("problem-account-missing-why"),
        about: vec![
            ("settlement".into(), settlement.into()),
            ("account".into(), key.into()),
            ("marketplace".into(), marketplace.into()),
        ],
        at_stake: Some(at_stake),
        remedies: vec![
            Remedy::SetOption {
                option: key.into(),
                marketplace: Some(marketplace.into()),
            },
            Remedy::Retry,
        ],
    }
}

/// Totals beside bills would record every sale twice (CMN-35).
pub(super) fn counted_twice(seen: &ToJournal, billers: &[&str]) -> Problem {
    Problem {
        code: "DOUBLE_COUNT_GUARD".into(),
        cause: format!("DOUBLE_COUNT_GUARD:{}", seen.marketplace),
        what: Text::new("problem-totals-and-bills").with("settlement", seen.settlement.as_str()),
        why: Text::new(match billers {
            ["billing"] => "problem-totals-and-billing-why",
            _ => "problem-totals-and-bills-why",
        }),
        about: place(seen),
        at_stake: Some(seen.deposit),
        remedies: vec![
            Remedy::SetOption {
                option: "settlement.posting".into(),
                marketplace: Some(seen.marketplace.clone()),
            },
            Remedy::Retry,
        ],
    }
}

/// Months or marketplaces were divided otherwise when the first journals were written.
pub(super) fn divided_otherwise(seen: &ToJournal) -> Problem {
    let documents = seen.divided.join(", ");
    Problem {
        code: "ADOPTION_CONFLICT".into(),
        cause: format!("ADOPTION_CONFLICT:{}", seen.settlement),
        what: Text::new("problem-journals-divided")
            .with("settlement", seen.settlement.as_str())
            .with("document", documents),
        why: Text::new("problem-journals-divided-why"),
        about: place(seen),
        at_stake: Some(seen.deposit),
        remedies: vec![
            Remedy::SetOption {
                option: "je.split_months".into(),
                marketplace: Some(seen.marketplace.clone()),
            },
            Remedy::SetOption {
                option: "je.per_marketplace".into(),
                marketplace: Some(seen.marketplace.clone()),
            },
            Remedy::Retry,
        ],
    }
}

/// A journal that does not balance is a defect of ours.
pub(super) fn unbalanced_journal(seen: &ToJournal, unbalanced: &netsuite::journal::Unbalanced) -> Problem {
    Problem {
        code: "JE_UNBALANCED".into(),
        cause: format!("JE_UNBALANCED:{}", seen.settlement),
        what: Text::new("problem-journal-unbalanced")
            .with("settlement", seen.settlement.as_str())
            .with("amount", Money::new(unbalanced.0, seen.deposit.currency)),
        why: Text::new("problem-journal-unbalanced-why"),
        about: vec![("settlement".into(), seen.settlement.clone())],
        at_stake: Some(seen.deposit),
        remedies: vec![Remedy::Retry],
    }
}
