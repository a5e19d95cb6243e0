//! The month-end entry for what Amazon holds back: a draft for review, taken back by NetSuite on the first of the next
//! month.
//!
//! An order is booked when it leaves, while Amazon's fees come only with the settlement that pays it, up to weeks later.
//! At the end of a month the fees of all that Amazon held back then are put into it; where settlements are posted as
//! summaries, so are the sales, their tax and, where it is switched on, the cost of the goods.
//! The draft is computed anew with each look until a person posts it; what changes afterwards is shown beside it.

use std::collections::BTreeMap;

use domain::finances::accrual::{Draft, Line, Month, Scope, Unknown, draw, drift};
use domain::{Currency, ExternalId, Money, Text};
use netsuite::{JournalEntry, JournalLine, RecordId};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use wire::Failure;

use super::{month_ends, transactions};
use crate::flow::{
    Card, Decision, Fact, Flow, Group, Instead, Key, LinkTo, Look, Problem, Reads, Remedy, Route, Step, Window, Write,
    ask, skip,
};
use crate::orders::seen::ClosedPeriod;
use crate::rules::Rules;

/// The flow's id: what an entry was made from is read back from its decisions.
pub(super) const ID: &str = "accruals";

/// Month-end entries.
pub struct Accruals;

/// A month of a marketplace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonthEnd {
    /// Amazon's id of the marketplace.
    pub marketplace: String,
    /// The month.
    pub month: Month,
    /// The currency of every amount.
    pub currency: Currency,
    /// NetSuite's id of it.
    pub currency_id: Option<RecordId>,
    /// What is late.
    pub scope: Scope,
    /// The entry as it would be made now.
    pub draft: Draft,
    /// NetSuite's ids of the accounts in it, by key.
    pub accounts: BTreeMap<String, RecordId>,
    /// The closed period that its day falls into.
    #[serde(skip_deserializing)]
    pub closed: Option<ClosedPeriod>,
    /// Whether Finances was read for long enough before the end of the month.
    pub is_covered: bool,
    /// The entry that stands in NetSuite.
    pub posted: Option<Entered>,
}

/// An entry that was posted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entered {
    /// Its number in NetSuite.
    pub number: String,
    /// What it was made from; nothing where another computer made it.
    pub lines: Vec<Line>,
}

impl MonthEnd {
    /// The name of the entry, of the group that it is approved as, and of this subject.
    pub fn name(&self) -> ExternalId {
        ExternalId::accrual(&self.marketplace, self.month.number())
    }

    /// What has changed since the entry was posted (DEF-04).
    pub fn drift(&self) -> Vec<Line> {
        match &self.posted {
            Some(posted) if !posted.lines.is_empty() => drift(&posted.lines, &self.draft.lines),
            _ => Vec::new(),
        }
    }

    fn money(&self, amount: Decimal) -> Money {
        Money::new(amount, self.currency)
    }
}

impl Flow for Accruals {
    type Subject = MonthEnd;

    const CARD: Card = Card {
        id: ID,
        title: "flow-accruals",
        promise: "flow-accruals-promise",
        route: Route::AmazonToNetSuite,
        group: Group::Settlements,
        every_minutes: 1_440,
        needs: &["netsuite:Make Journal Entry"],
        after: &["finances", "settlement-records"],
        options: &[
            "acct.accrued_fees",
            "acct.deferred_receivable",
            "settlement.cogs",
            "acct.cogs",
            "acct.inventory",
            "subsidiary",
            "je.approved",
            "je.split_months",
        ],
    };

    async fn look(reads: &Reads<'_>, window: &Window, rules: &Rules) -> Result<Look<MonthEnd>, Failure> {
        Ok(Look::Seen {
            subjects: month_ends::gather(reads, window, rules).await?,
            next: None,
            read_until: window.read_until(),
        })
    }

    fn key(seen: &MonthEnd) -> Key {
        Key(seen.name().as_str().to_owned())
    }

    fn decide(seen: &MonthEnd, rules: &Rules) -> Decision {
        if let Some(posted) = &seen.posted {
            let id = if seen.drift().is_empty() {
                "reason-accrual-posted"
            } else {
                "reason-accrual-drift"
            };
            return skip(Text::new(id).with("document", posted.number.as_str()));
        }
        if !seen.is_covered {
            return skip(Text::new("reason-accrual-not-covered"));
        }
        if seen.draft.is_empty() {
            return skip(Text::new("reason-nothing-held"));
        }
        if !seen.accounts.contains_key(seen.scope.contra()) {
            return skip(Text::new("reason-accrual-account").with("account", seen.scope.contra()));
        }
        if let Some(closed) = &seen.closed {
            return skip(Text::new("reason-accrual-closed").with("period", closed.name.as_str()));
        }
        let unknown = seen.draft.unknown.iter().map(|one| line_unmapped(one, seen));
        let missing = seen
            .draft
            .lines
            .iter()
            .filter(|line| !seen.accounts.contains_key(&line.key));
        let problems: Vec<Problem> = unknown
            .chain(missing.map(|line| account_missing(&line.key, seen)))
            .chain(seen.draft.costless.first().map(|_| cost_missing(seen)))
            .collect();
        if problems.is_empty() {
            enter(seen, rules)
        } else {
            ask(problems)
        }
    }

    fn facts(seen: &MonthEnd, _rules: &Rules) -> Vec<Fact> {
        let fact = |name: &str, value: domain::text::Arg| Fact {
            name: name.into(),
            value,
        };
        let mut facts = vec![
            fact("marketplace", seen.marketplace.as_str().into()),
            fact("date", seen.month.last().into()),
            fact("total", seen.money(seen.draft.total()).into()),
        ];
        facts.extend(
            seen.posted
                .iter()
                .map(|posted| fact("document", posted.number.as_str().into())),
        );
        facts
    }

    fn sample() -> MonthEnd {
        let held = transactions::sample();
        let id = |id: &str| RecordId(id.to_owned());
        MonthEnd {
            marketplace: "A1PA6795UKMFR9".into(),
            month: Month::of(held.posted.date_naive()),
            currency: Currency::EUR,
            currency_id: Some(id("2")),
            scope: Scope::Fees,
            draft: draw(
                &[&held],
                Scope::Fees,
                None,
                &mut domain::settlement::classify::Vocabulary::default(),
            ),
            accounts: BTreeMap::from([
                ("acct.referral_fees".into(), id("261")),
                ("acct.accrued_fees".into(), id("232")),
            ]),
            closed: None,
            is_covered: true,
            posted: None,
        }
    }
}

fn enter(seen: &MonthEnd, rules: &Rules) -> Decision {
    let country = rules
        .marketplaces
        .get(&seen.marketplace)
        .map_or("", |profile| profile.country.as_str());
    let month = seen.month.first().format("%Y-%m");
    let lines = seen.draft.lines.iter().filter_map(|line| {
        let account = seen.accounts.get(&line.key)?.clone();
        let memo = format!("{} · {country}", line.what);
        Some(JournalLine {
            memo: Some(memo),
            ..JournalLine::new(account, -line.credit)
        })
    });
    let record = JournalEntry {
        external_id: seen.name(),
        date: seen.month.last(),
        currency: seen.currency_id.clone(),
        exchange_rate: None,
        subsidiary: rules.record(&seen.marketplace, "subsidiary"),
        memo: Some(format!("Amazon held back {month} {country}")),
        approved: Some(rules.is_on(&seen.marketplace, "je.approved")),
        reversal_date: Some(seen.month.next_first()),
        lines: lines.collect(),
        more: Vec::new(),
    };
    // An entry that does not balance is a defect of ours, never a question for a person (SET-48): it is not sent.
    let write = record.create().map_err(|unbalanced| Instead::Ask {
        problems: vec![unbalanced_entry(seen, unbalanced.0)],
    })?;
    let name = seen.name().as_str().to_owned();
    Ok(vec![Step {
        title: Text::new("step-create-accrual")
            .with("day", seen.month.last())
            .with("total", seen.money(seen.draft.total())),
        write: Write::NetSuite(write),
        needs: Vec::new(),
        expect: None,
        hold: Some(name.clone()),
        link: Some(LinkTo {
            kind: "accrual".into(),
            key: name.clone(),
        }),
        name,
    }])
}

fn about(seen: &MonthEnd) -> Vec<(String, String)> {
    vec![("marketplace".into(), seen.marketplace.clone())]
}

/// The same question that the lines of a settlement ask: one answer serves both.
fn line_unmapped(one: &Unknown, seen: &MonthEnd) -> Problem {
    let kind = one.triple.join(" / ");
    Problem {
        code: "LINE_UNMAPPED".into(),
        cause: format!("LINE_UNMAPPED:{kind}"),
        what: Text::new("problem-accrual-line-unmapped").with("line", kind.as_str()),
        why: Text::new("problem-line-unmapped-why"),
        about: about(seen),
        at_stake: Some(seen.money(one.amount)),
        remedies: vec![
            Remedy::MapLine {
                triple: one.triple.clone(),
            },
            Remedy::Retry,
        ],
    }
}

fn account_missing(key: &str, seen: &MonthEnd) -> Problem {
    Problem {
        code: "ACCOUNT_MISSING".into(),
        cause: format!("ACCOUNT_MISSING:{key}:{}", seen.marketplace),
        what: Text::new("problem-account-missing").with("account", key),
        why: Text::new("problem-account-missing-why"),
        about: about(seen),
        at_stake: Some(seen.money(seen.draft.total())),
        remedies: vec![
            Remedy::SetOption {
                option: key.to_owned(),
                marketplace: Some(seen.marketplace.clone()),
            },
            Remedy::Retry,
        ],
    }
}

/// Costs are asked for, and some are not known: one question for the entry, as for the journal of a settlement's costs.
fn cost_missing(seen: &MonthEnd) -> Problem {
    let skus = seen.draft.costless.join(", ");
    Problem {
        code: "ITEM_NOT_FOUND".into(),
        cause: format!("ITEM_NOT_FOUND:cost:{}", seen.name()),
        what: Text::new("settlement-held-cost").with("sku", skus),
        why: Text::new("problem-accrual-cost-why"),
        about: about(seen),
        at_stake: Some(seen.money(seen.draft.total())),
        remedies: vec![Remedy::Retry],
    }
}

fn unbalanced_entry(seen: &MonthEnd, off: Decimal) -> Problem {
    Problem {
        code: "JE_UNBALANCED".into(),
        cause: format!("JE_UNBALANCED:{}", seen.name()),
        what: Text::new("problem-journal-unbalanced")
            .with("settlement", seen.name().as_str())
            .with("amount", seen.money(off)),
        why: Text::new("problem-journal-unbalanced-why"),
        about: about(seen),
        at_stake: None,
        remedies: vec![Remedy::Retry],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flow::steps_of;
    use crate::settlements::chosen::vocabulary;

    fn rules() -> Rules {
        Rules::new("2026-12-01T06:00:00Z".parse().unwrap())
    }

    fn said(seen: &MonthEnd) -> String {
        match Accruals::decide(seen, &rules()) {
            Ok(steps) => serde_json::to_string(&steps[0].write).unwrap(),
            Err(Instead::Skip { reason } | Instead::Wait { reason }) => reason.id,
            Err(Instead::Ask { problems } | Instead::Partly { problems, .. }) => problems[0].cause.clone(),
        }
    }

    /// The example of flows.md §11: deferred at 31 October: sales 200.00, fees −30.00.
    fn october(scope: Scope) -> MonthEnd {
        let held = transactions::sample();
        let account = |(key, id): (&str, &str)| (key.to_owned(), RecordId(id.to_owned()));
        MonthEnd {
            month: Month::of("2026-10-31".parse().unwrap()),
            scope,
            draft: draw(&[&held], scope, None, &mut vocabulary(&rules())),
            accounts: [
                ("acct.sales", "241"),
                ("acct.referral_fees", "261"),
                ("acct.accrued_fees", "232"),
                ("acct.deferred_receivable", "227"),
            ]
            .map(account)
            .into(),
            ..Accruals::sample()
        }
    }

    #[test]
    fn def_03_the_example_stands_on_the_last_day_and_is_taken_back_on_the_first() {
        let seen = october(Scope::Everything);
        let written = said(&seen);
        for part in [
            "AZN-ACC-A1PA6795UKMFR9-202610",
            r#""tranDate":"2026-10-31""#,
            r#""reversalDate":"2026-11-01""#,
            r#"{"account":{"id":"241"},"credit":200.00"#,
            r#"{"account":{"id":"261"},"debit":30.00"#,
            r#"{"account":{"id":"227"},"debit":170.00"#,
        ] {
            assert!(written.contains(part), "{part} in {written}");
        }
    }

    #[test]
    fn def_02_order_mode_debits_the_fees_and_credits_what_is_accrued() {
        let written = said(&october(Scope::Fees));
        assert!(
            written.contains(r#"{"account":{"id":"261"},"debit":30.00"#),
            "{written}"
        );
        assert!(
            written.contains(r#"{"account":{"id":"232"},"credit":30.00"#),
            "{written}"
        );
        assert!(
            !written.contains("241"),
            "the sale was booked by its invoice: {written}"
        );
    }

    #[test]
    fn def_04_an_entry_is_a_draft_until_a_person_posts_it() {
        let decision = Accruals::decide(&october(Scope::Fees), &rules());
        assert_eq!(
            steps_of(&decision)[0].hold.as_deref(),
            Some("AZN-ACC-A1PA6795UKMFR9-202610")
        );
    }

    #[test]
    fn def_04_what_changes_after_posting_is_drift_and_never_a_second_entry() {
        let mut seen = october(Scope::Fees);
        let lines = seen.draft.lines.clone();
        let number = "JE7".to_owned();
        seen.posted = Some(Entered { number, lines });
        assert_eq!(said(&seen), "reason-accrual-posted");
        seen.draft.lines[0].credit -= Decimal::ONE;
        seen.draft.lines[1].credit += Decimal::ONE;
        assert_eq!(said(&seen), "reason-accrual-drift");
        assert_eq!(seen.drift().len(), 2);
    }

    #[test]
    fn def_02_no_entry_is_offered_without_its_account_its_months_or_a_name_for_each_fee() {
        let mut seen = october(Scope::Fees);
        seen.accounts.remove("acct.accrued_fees");
        assert_eq!(said(&seen), "reason-accrual-account");
        let mut seen = october(Scope::Fees);
        seen.is_covered = false;
        assert_eq!(said(&seen), "reason-accrual-not-covered");
        let mut seen = october(Scope::Fees);
        seen.accounts.remove("acct.referral_fees");
        assert_eq!(said(&seen), "ACCOUNT_MISSING:acct.referral_fees:A1PA6795UKMFR9");
        let mut seen = october(Scope::Fees);
        seen.draft.unknown.push(Unknown {
            triple: ["Order", "ItemFees", "Moon Fee"].map(str::to_owned),
            amount: Decimal::NEGATIVE_ONE,
        });
        assert_eq!(said(&seen), "LINE_UNMAPPED:Order / ItemFees / Moon Fee");
        let mut seen = october(Scope::Everything);
        seen.draft.costless.push("LAMP".to_owned());
        assert_eq!(said(&seen), "ITEM_NOT_FOUND:cost:AZN-ACC-A1PA6795UKMFR9-202610");
        let mut seen = october(Scope::Fees);
        seen.closed = Some(ClosedPeriod {
            name: "Oct 2026".into(),
            first_open: None,
        });
        assert_eq!(said(&seen), "reason-accrual-closed");
        let mut seen = october(Scope::Fees);
        seen.draft = Draft::default();
        assert_eq!(said(&seen), "reason-nothing-held");
    }
}
