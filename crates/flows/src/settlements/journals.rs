//! Journals: the rest of a settlement, balanced, as one entry (or one for each month that it touches).
//!
//! The journal goes last: it leans on every payment and refund of the settlement, and none is offered while a line has
//! no account or a cent is not explained. Nothing is sent before a person approves the settlement.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::settlement::plan::{
    Cause, Dimensions, Entries, Held, Journal, JournalDraft, Plan, Posting, RefundForm, Status, VarianceLine,
};
use domain::{ExternalId, Money, Text};
use netsuite::queries::Known;
use netsuite::{JournalEntry, JournalLine, RecordId, Target};
use serde::Serialize;
use wire::Failure;

use super::gather::{Settled, Which, settle};
use super::posting::{day, hold};
use super::questions::{account_missing, counted_twice, divided_otherwise, held_by, unbalanced_journal};
use super::sample;
use super::summary::difference;
use crate::flow::{
    Card, Decision, Fact, Flow, Group, Instead, Key, LinkTo, Look, Problem, Reads, Route, Step, Window, Write, ask,
    skip, wait,
};
use crate::orders::closed_on;
use crate::orders::seen::ClosedPeriod;
use crate::rules::{Profile, Rules};

/// The status of a journal that nobody has approved (netsuite.md §5).
const PENDING_APPROVAL: &str = "A";

/// Journals.
pub struct Journals;

/// A settlement whose journals are to be written.
#[derive(Debug, Clone, Serialize)]
pub struct ToJournal {
    /// The settlement.
    pub settlement: String,
    /// The marketplace whose settings count.
    pub marketplace: String,
    /// NetSuite's id of its currency.
    pub currency: Option<RecordId>,
    /// NetSuite's id of the currency that the books count in, for a journal of costs.
    pub books: Option<RecordId>,
    /// What goes to the bank.
    pub deposit: Money,
    /// The balanced journals, once nothing holds them.
    pub journals: Vec<Dated>,
    /// Why they are held.
    pub held: Vec<Held>,
    /// Account keys that have no account yet.
    pub accounts_missing: Vec<String>,
    /// What Amazon pays less what NetSuite will have.
    pub difference: Money,
    /// The named parts of it.
    pub variance_lines: Vec<VarianceLine>,
    /// Payments and refunds that must be in the books first.
    pub leans_on: Vec<ExternalId>,
    /// Journals that NetSuite has already, by external id, with their numbers.
    pub posted: Vec<(String, String)>,
    /// The numbers of those among them that somebody must approve in NetSuite before they count (SET-50).
    pub unapproved: Vec<String>,
    /// The numbers of journals of this posting that today's settings would not make.
    pub divided: Vec<String>,
    /// Nothing but bills that are not made yet stands between the settlement and its journal.
    pub only_waits: bool,
}

/// A journal and the closed period that it falls into.
#[derive(Debug, Clone, Serialize)]
pub struct Dated {
    /// The journal.
    pub journal: Journal,
    /// The closed period of its date.
    pub closed: Option<ClosedPeriod>,
}

impl Flow for Journals {
    type Subject = ToJournal;

    const CARD: Card = Card {
        id: "settlement-journals",
        title: "flow-settlement-journals",
        promise: "flow-settlement-journals-promise",
        route: Route::AmazonToNetSuite,
        group: Group::Settlements,
        every_minutes: 360,
        needs: &["netsuite:Make Journal Entry"],
        after: &["settlement-summaries", "settlement-fees"],
        options: &[
            "acct.bank",
            "acct.clearing",
            "acct.reserve",
            "acct.due_to_amazon",
            "acct.in_transit",
            "acct.charge_card",
            "acct.carried_forward",
            "acct.variance",
            "acct.rounding",
            "acct.pre_golive",
            "acct.sales_tax_facilitated",
            "acct.tax_at_source",
            "acct.refund_reversals",
            "acct.referral_fees",
            "acct.refund_fees",
            "acct.fulfilment_fees",
            "acct.selling_fees",
            "acct.advertising",
            "acct.storage",
            "acct.long_term_storage",
            "acct.subscription",
            "acct.inbound_freight",
            "acct.removal_fees",
            "acct.postage",
            "acct.promotion_costs",
            "acct.other_fees",
            "acct.reimbursements",
            "acct.liquidation_income",
            "acct.liquidation_fees",
            "acct.mcf_fees",
            "subsidiary",
            "department",
            "class",
            "je.location",
            "je.line_entity",
            "closed_period",
            "je.mode",
            "je.bank_line",
            "je.max_variance",
            "je.combine_same_account",
            "je.split_months",
            "je.per_marketplace",
            "je.approved",
            "settlement.unmapped",
            "settlement.detail",
            "settlement.posting",
            "settlement.summary_by",
            "settlement.product_field",
            "settlement.sku_prefix",
            "settlement.cogs",
            "je.class_field",
            "acct.sales",
            "acct.shipping_income",
            "acct.gift_wrap_income",
            "acct.promotions",
            "acct.refunds",
            "acct.tax_collected",
            "acct.cogs",
            "acct.inventory",
        ],
    };

    async fn look(reads: &Reads<'_>, window: &Window, rules: &Rules) -> Result<Look<ToJournal>, Failure> {
        let settled = settle(reads, window, rules, Which::Unposted).await?;
        Ok(Look::Seen {
            subjects: settled.iter().map(of).collect(),
            next: None,
            read_until: window.read_until(),
        })
    }

    fn key(seen: &ToJournal) -> Key {
        Key(seen.settlement.clone())
    }

    fn decide(seen: &ToJournal, rules: &Rules) -> Decision {
        let missing: Vec<&Dated> = seen
            .journals
            .iter()
            .filter(|dated| !seen.has(dated.journal.external_id()))
            .collect();
        if let ([_, ..], []) = (seen.posted.as_slice(), missing.as_slice()) {
            if !seen.unapproved.is_empty() {
                return wait(Text::new("reason-journal-unapproved").with("document", seen.unapproved.join(", ")));
            }
            let numbers: Vec<&str> = seen.posted.iter().map(|(_, number)| number.as_str()).collect();
            return skip(Text::new("reason-journal-posted").with("document", numbers.join(", ")));
        }
        let billers = rules.billers(&seen.marketplace);
        if rules.sums(&seen.marketplace) && !billers.is_empty() {
            return ask(vec![counted_twice(seen, &billers)]);
        }
        if seen.only_waits {
            return wait(Text::new("reason-orders-not-billed-yet").with("amount", seen.difference));
        }
        let held = seen.held.iter().filter(|held| held.code != "ACCOUNT_MISSING");
        let mut problems: Vec<Problem> = held.map(|held| held_by(held, seen)).collect();
        problems.extend(
            seen.accounts_missing
                .iter()
                .map(|key| account_missing(key, seen.place(), seen.deposit)),
        );
        if !problems.is_empty() {
            return ask(problems);
        }
        if missing.is_empty() {
            return skip(Text::new("reason-nothing-to-journal"));
        }
        if !seen.divided.is_empty() {
            return ask(vec![divided_otherwise(seen)]);
        }
        missing.into_iter().map(|dated| enter(dated, seen, rules)).collect()
    }

    fn facts(seen: &ToJournal, _rules: &Rules) -> Vec<Fact> {
        let mut facts = vec![
            Fact {
                name: "settlement".into(),
                value: seen.settlement.as_str().into(),
            },
            Fact {
                name: "marketplace".into(),
                value: seen.marketplace.as_str().into(),
            },
            Fact {
                name: "total".into(),
                value: seen.deposit.into(),
            },
            Fact {
                name: "difference".into(),
                value: seen.difference.into(),
            },
        ];
        facts.extend(seen.posted.first().map(|(_, number)| Fact {
            name: "document".into(),
            value: number.as_str().into(),
        }));
        facts
    }

    fn sample() -> ToJournal {
        of(&sample::settled())
    }
}

/// What a gathered settlement says about its journals.
pub fn of(settled: &Settled) -> ToJournal {
    let plan = &settled.plan;
    ToJournal {
        settlement: settled.id().to_owned(),
        marketplace: settled.marketplace().to_owned(),
        currency: settled.currency.clone(),
        books: settled.books.clone(),
        deposit: plan.deposit,
        journals: plan
            .journals_to_post()
            .into_iter()
            .map(|journal| Dated {
                closed: closed_on(&settled.periods, journal.date()),
                journal: journal.clone(),
            })
            .collect(),
        held: plan.held.clone(),
        accounts_missing: plan.accounts_missing.iter().cloned().collect(),
        difference: difference(plan),
        variance_lines: plan.variance_lines.clone(),
        leans_on: postings(plan),
        posted: settled
            .journals
            .iter()
            .filter_map(|known| Some((known.external_id.clone()?, known.number.clone())))
            .collect(),
        unapproved: unapproved(&settled.journals),
        divided: divided(settled),
        only_waits: only_waits(plan),
    }
}

/// The numbers of journals that wait for approval in NetSuite: they are there, and post nothing yet (SET-50).
pub(super) fn unapproved(journals: &[Known]) -> Vec<String> {
    let waits = journals.iter().filter(|known| known.status == PENDING_APPROVAL);
    waits.map(|known| known.number.clone()).collect()
}

/// Journals that stand in NetSuite for this posting under names that the plan does not have: months or marketplaces were
/// divided otherwise when they were written. What is missing beside them would be booked twice.
fn divided(settled: &Settled) -> Vec<String> {
    let ours = |name: &str| {
        let of_plan = |draft: &JournalDraft| draft.external_id.as_str() == name;
        settled.plan.journals.iter().any(of_plan)
    };
    let of_posting = |name: &str| {
        let revision = name.rsplit_once("-R").and_then(|(_, number)| number.parse().ok());
        revision.unwrap_or(1) == settled.stored.revision
    };
    let known = settled.journals.iter();
    let strange = known.filter(|known| {
        let name = known.external_id.as_deref();
        name.is_some_and(|name| of_posting(name) && !ours(name))
    });
    strange.map(|known| known.number.clone()).collect()
}

/// How the journals of a marketplace's settlements are drawn (SET-50, SET-54).
pub(super) fn entries(rules: &Rules, main: &str) -> Entries {
    let of = |profile: &Profile, key: &str| rules.record(&profile.id, key).map(|id| id.0);
    let filed = |profile: &Profile| Dimensions {
        department: of(profile, "department"),
        class: of(profile, "class"),
        location: of(profile, "je.location"),
    };
    let marketplaces = || rules.marketplaces.values();
    let entity = |profile: &Profile| Some((profile.id.clone(), of(profile, "je.line_entity")?));
    Entries {
        main: main.to_owned(),
        dimensions: marketplaces()
            .map(|profile| (profile.id.clone(), filed(profile)))
            .collect(),
        entities: marketplaces().filter_map(entity).collect(),
        per_marketplace: rules.is_on(main, "je.per_marketplace"),
        ..Entries::default()
    }
}

/// A memo that keeps the day that a record had before a closed period moved it (CMN-34, SET-52).
pub(super) fn dated_memo(memo: &str, own: NaiveDate, day: NaiveDate) -> Option<String> {
    let kept = if own == day {
        memo.to_owned()
    } else {
        format!("{memo} ({own})")
    };
    Some(kept).filter(|kept| !kept.is_empty())
}

/// Every payment, refund and fee bill of the plan, those that are in NetSuite already among them: what the journal leans on must
/// not change while a posting is under way.
fn postings(plan: &Plan) -> Vec<ExternalId> {
    let postings = plan.outcomes.iter().flat_map(|outcome| &outcome.postings);
    let names = postings.flat_map(|posting| match posting {
        Posting::Payment(payment) => vec![payment.external_id.clone()],
        Posting::Refund(refund) => match &refund.form {
            RefundForm::CreditMemo { external_id, refund } => vec![external_id.clone(), refund.clone()],
            RefundForm::CashRefund { external_id } => vec![external_id.clone()],
        },
        Posting::Reversal(reversal) => vec![reversal.external_id.clone(), reversal.payment.clone()],
    });
    let bills = plan.bills.iter();
    // A payment that several orders share is one record.
    let mut seen = BTreeSet::new();
    names
        .filter(|name| seen.insert(name.clone()))
        .chain(bills.flat_map(|bill| [bill.external_id.clone(), bill.payment.clone()]))
        .collect()
}

impl ToJournal {
    /// The settlement, and the marketplace whose settings count.
    fn place(&self) -> (&str, &str) {
        (&self.settlement, &self.marketplace)
    }

    fn has(&self, name: &ExternalId) -> bool {
        self.posted.iter().any(|(known, _)| known == name.as_str())
    }
}

/// Nothing but orders that are not billed yet stands between the settlement and its journal (E2), refunds of such orders
/// among them: time will tell.
fn only_waits(plan: &Plan) -> bool {
    let waits = |line: &VarianceLine| match line.cause {
        Cause::WaitingOrder => true,
        Cause::RefundNotMatched => plan
            .outcomes
            .iter()
            .any(|outcome| line.group.as_ref() == Some(&outcome.group) && outcome.status == Status::Waiting),
        _ => false,
    };
    !plan.held.is_empty()
        && plan.held.iter().all(|held| held.code == "VARIANCE")
        && !plan.variance_lines.is_empty()
        && plan.variance_lines.iter().all(waits)
}

fn enter(dated: &Dated, seen: &ToJournal, rules: &Rules) -> Result<Step, Instead> {
    let journal = &dated.journal;
    let mut problems = Vec::new();
    let mut lines = Vec::new();
    for line in journal.lines() {
        match &line.account {
            Some(account) => {
                let mut entry = JournalLine::new(RecordId(account.clone()), -line.credit);
                entry.memo = Some(line.memo.clone()).filter(|memo| !memo.is_empty());
                entry.entity = line.entity.clone().map(|id| Target::Id(RecordId(id)));
                entry.department = line.dimensions.department.clone().map(RecordId);
                entry.class = line.dimensions.class.clone().map(RecordId);
                entry.location = line.dimensions.location.clone().map(RecordId);
                lines.push(entry);
            }
            None => problems.push(account_missing(&line.key, seen.place(), seen.deposit)),
        }
    }
    let date = day(journal.date(), dated.closed.as_ref(), seen.place(), seen.deposit, rules)?;
    let record = JournalEntry {
        external_id: journal.external_id().clone(),
        date,
        currency: if journal.currency() == seen.deposit.currency {
            seen.currency.clone()
        } else {
            seen.books.clone()
        },
        exchange_rate: None,
        subsidiary: rules.record(&seen.marketplace, "subsidiary"),
        memo: dated_memo(journal.memo(), journal.date(), date),
        approved: Some(rules.is_on(&seen.marketplace, "je.approved")),
        reversal_date: None,
        lines,
        more: Vec::new(),
    };
    if !problems.is_empty() {
        return Err(Instead::Ask { problems });
    }
    // A journal that does not balance is a defect of ours, never a question for a person (SET-48): it is not sent.
    let write = record.create().map_err(|unbalanced| Instead::Ask {
        problems: vec![unbalanced_journal(seen, &unbalanced)],
    })?;
    let name = journal.external_id().as_str();
    let title = if ExternalId::is_late_journal(&seen.settlement, name) {
        "step-create-late-journal"
    } else {
        "step-create-journal"
    };
    Ok(Step {
        name: name.to_owned(),
        title: Text::new(title)
            .with("settlement", seen.settlement.as_str())
            .with("total", journal.total()),
        write: Write::NetSuite(write),
        needs: seen.leans_on.clone(),
        expect: None,
        hold: hold(&seen.settlement),
        link: Some(LinkTo {
            kind: "journal".into(),
            key: seen.settlement.clone(),
        }),
    })
}
