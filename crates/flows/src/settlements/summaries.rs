//! Summaries: what a person sees of a settlement, worked out anew whenever anything around it changes (SET-43, SET-44).

use domain::Text;
use domain::finances::witness::Witness;
use domain::settlement::chain::Finding;
use wire::Failure;

use super::gather::{Which, settle};
use super::sample;
use super::summary::{Summary, of};
use crate::flow::{
    Card, Decision, Fact, Flow, Group as Shelf, Instead, Key, LocalWrite, Look, Problem, Reads, Remedy, Route, Step,
    Window, Write,
};
use crate::rules::Rules;

/// Summaries.
pub struct Summaries;

impl Flow for Summaries {
    type Subject = Summary;

    const CARD: Card = Card {
        id: "settlement-summaries",
        title: "flow-settlement-summaries",
        promise: "flow-settlement-summaries-promise",
        route: Route::WithinNetSuite,
        group: Shelf::Settlements,
        every_minutes: 360,
        needs: &[],
        after: &["settlement-refunds", "settlement-fees"],
        options: &[
            "acct.clearing",
            "je.max_variance",
            "variance.ignore",
            "variance.material",
            "variance.material_percent",
            "reverse.mode",
        ],
    };

    async fn look(reads: &Reads<'_>, window: &Window, rules: &Rules) -> Result<Look<Summary>, Failure> {
        let settled = settle(reads, window, rules, Which::All).await?;
        let mut subjects: Vec<Summary> = settled.iter().map(of).collect();
        for (summary, findings) in subjects
            .iter_mut()
            .zip(super::chain::around(reads, rules, &settled).await?)
        {
            summary.chain = findings;
            summary.witness = witness(reads, summary).await?;
        }
        Ok(Look::Seen {
            subjects,
            next: None,
            read_until: window.read_until(),
        })
    }

    fn key(seen: &Summary) -> Key {
        Key(seen.settlement.clone())
    }

    fn decide(seen: &Summary, _rules: &Rules) -> Decision {
        let steps = vec![Step {
            name: format!("SUMMARY-{}", seen.settlement),
            title: Text::new("step-summarise").with("settlement", seen.settlement.as_str()),
            write: Write::Local(LocalWrite::Summarise {
                settlement_id: seen.settlement.clone(),
                summary: serde_json::to_value(seen).unwrap_or_default(),
            }),
            needs: Vec::new(),
            expect: None,
            hold: None,
            link: None,
        }];
        let mut problems: Vec<Problem> = seen.gone.iter().map(|name| journal_gone(name, seen)).collect();
        problems.extend(seen.chain.iter().filter_map(|finding| incomplete_chain(finding, seen)));
        if problems.is_empty() {
            return Ok(steps);
        }
        Err(Instead::Partly { steps, problems })
    }

    fn facts(seen: &Summary, _rules: &Rules) -> Vec<Fact> {
        vec![
            Fact {
                name: "settlement".into(),
                value: seen.settlement.as_str().into(),
            },
            Fact {
                name: "marketplace".into(),
                value: seen.marketplaces.first().map_or("", String::as_str).into(),
            },
            Fact {
                name: "total".into(),
                value: seen.amazon_says.into(),
            },
            Fact {
                name: "difference".into(),
                value: seen.difference.into(),
            },
        ]
    }

    fn sample() -> Summary {
        of(&sample::settled())
    }
}

/// What Finances told of a settlement beside what it pays: once Amazon has named its transactions.
async fn witness(reads: &Reads<'_>, seen: &Summary) -> Result<Option<Witness>, Failure> {
    let told = reads.local.finances_of(&seen.settlement, seen.currency).await?;
    Ok((told.count > 0).then(|| Witness::new(told.total, told.count, seen.amazon_says)))
}

/// A settlement is missing before this one: it is asked for, and nothing waits for it (SET-10).
fn incomplete_chain(finding: &Finding, seen: &Summary) -> Option<Problem> {
    let code = finding.code.clone()?;
    if seen.gap_accepted.as_ref() == Some(&finding.previous) {
        return None;
    }
    let settlement = seen.settlement.clone();
    Some(Problem {
        cause: format!("{code}:{settlement}"),
        code,
        what: finding.what.clone(),
        why: Text::new("problem-settlement-chain-why"),
        about: vec![("settlement".into(), settlement.clone())],
        at_stake: None,
        remedies: vec![Remedy::AcceptGap { settlement }, Remedy::Retry],
    })
}

/// A journal that was posted is not there any more: made again or let be, as a person says.
fn journal_gone(name: &str, seen: &Summary) -> Problem {
    Problem {
        code: "NETSUITE_EDITED".into(),
        cause: format!("NETSUITE_EDITED:gone:{name}"),
        what: Text::new("problem-record-gone-what").with("record", name),
        why: Text::new("problem-record-gone-why"),
        about: vec![("settlement".into(), seen.settlement.clone())],
        at_stake: Some(seen.amazon_says),
        remedies: vec![
            Remedy::MakeAgain { step: name.to_owned() },
            Remedy::Retry,
            Remedy::Exclude,
        ],
    }
}
