//! What a person sees of a settlement, as one value (ux.md §5.8): worked out from the plan, and kept as it was shown.

use std::collections::BTreeSet;

use domain::finances::witness::Witness;
use domain::settlement::chain::Finding;
use domain::settlement::plan::{Cause, FeeBill, Held, JournalDraft, Plan, Posting, RefundForm, Status, likely_missing};
use domain::settlement::summary::{Summary as Numbers, summary};
use domain::settlement::waterfall::{Standing, waterfall};
use domain::settlement::{Category, Group};
use domain::{Currency, ExternalId, Money, Text};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::gather::Settled;
use super::row::{Row, row};
use crate::local::Stage;

/// Everything that the review shows of a settlement (ux.md §5.8).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// The settlement.
    pub settlement: String,
    /// The currency of every plain number in here.
    pub currency: Currency,
    /// Marketplaces in it (Amazon's ids), most lines first.
    pub marketplaces: Vec<String>,
    /// What Amazon pays.
    pub amazon_says: Money,
    /// What NetSuite has, or will have after posting.
    pub netsuite_has: Money,
    /// The first minus the second.
    pub difference: Money,
    /// Numbers by side, tab and status.
    pub numbers: Numbers,
    /// Every kind of line has an account.
    pub accounts_ready: bool,
    /// Tax can be posted.
    pub tax_ready: bool,
    /// Every order is in NetSuite and billed.
    pub orders_ready: bool,
    /// The bars of the waterfall; the last ends at the deposit.
    pub bars: Vec<Standing>,
    /// One row for each group, in the order of the file. Kept one by one, apart from the rest.
    #[serde(default)]
    pub rows: Vec<Row>,
    /// The named parts of the difference; they sum to it.
    pub unexplained: Vec<Unexplained>,
    /// The journals as NetSuite will show them.
    pub journals: Vec<JournalDraft>,
    /// The journals that NetSuite has already, by external id, with their numbers.
    pub posted: Vec<(String, String)>,
    /// What posting will write: `fee_bills`, `fee_payments`, `payments`, `credit_memos`, `refunds`, `journals`.
    pub will_write: Vec<(String, u32)>,
    /// Why posting is off; empty when it is on.
    pub why_not: Vec<Text>,
    /// Journals that NetSuite does not have any more, by external id (SET-44).
    #[serde(default)]
    pub gone: Vec<String>,
    /// What it has put on the clearing account so far: zero once everything is posted (SET-48).
    pub clearing: Option<Money>,
    /// What its bank account counts in, where NetSuite tells (SET-53).
    #[serde(default)]
    pub bank_currency: Option<Currency>,
    /// What Finances says of it; nothing where it told of none of its transactions.
    #[serde(default)]
    pub witness: Option<Witness>,
    /// What does not fit between it and the settlement before it: shown, and in nobody's way (SET-10).
    #[serde(default)]
    pub chain: Vec<Finding>,
    /// The settlement before it after which a person waits for no other.
    #[serde(default)]
    pub gap_accepted: Option<String>,
    /// Which line is likely missing, where the file does not add up (SET-09), and what it would be.
    #[serde(default)]
    pub likely: Option<(Text, Category)>,
    /// What of an accepted difference was matched since the posting, and waits for a person's word (SET-58).
    #[serde(default)]
    pub late: Option<Money>,
    /// How far its posting is.
    pub stage: Stage,
}

/// A named part of the difference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unexplained {
    /// What it is.
    pub what: Text,
    /// Its kind.
    pub cause: Cause,
    /// Its amount, signed as the difference.
    pub amount: Money,
    /// The order.
    pub order: Option<String>,
}

/// The summary of a gathered settlement.
pub fn of(settled: &Settled) -> Summary {
    let plan = &settled.plan;
    let groups = &settled.input.groups;
    let statuses: Vec<Status> = plan.outcomes.iter().map(|outcome| outcome.status).collect();
    let orders_open = plan
        .variance_lines
        .iter()
        .any(|line| matches!(line.cause, Cause::WaitingOrder | Cause::MissingOrder));
    let has_unmapped = plan.held.iter().any(|held| held.code == "LINE_UNMAPPED");
    let tax_account = "acct.sales_tax_facilitated";
    let mut lines = groups.iter().flat_map(|group| &group.lines);
    let whole_rows = lines.all(|known| known.line.part == 0);
    Summary {
        settlement: settled.id().to_owned(),
        currency: settled.stored.header.currency,
        marketplaces: marketplaces(groups),
        amazon_says: plan.deposit,
        netsuite_has: plan.reconciled,
        difference: difference(plan),
        numbers: summary(groups, plan),
        accounts_ready: !has_unmapped && plan.accounts_missing.iter().all(|key| key == tax_account),
        tax_ready: !plan.accounts_missing.contains(tax_account),
        orders_ready: !orders_open && !statuses.contains(&Status::Waiting),
        bars: waterfall(groups),
        rows: groups
            .iter()
            .zip(&plan.outcomes)
            .map(|(group, outcome)| row(group, outcome, settled, whole_rows))
            .collect(),
        unexplained: plan
            .variance_lines
            .iter()
            .map(|line| Unexplained {
                what: line.reason.clone(),
                cause: line.cause,
                amount: line.amount.negated(),
                order: line.order.clone(),
            })
            .collect(),
        journals: plan.journals.clone(),
        posted: settled
            .journals
            .iter()
            .filter_map(|known| Some((known.external_id.clone()?, known.number.clone())))
            .collect(),
        will_write: will_write(settled),
        why_not: why_not(settled),
        gone: settled.journals_gone.clone(),
        clearing: settled.clearing,
        bank_currency: settled.bank_currency,
        witness: None,
        chain: Vec::new(),
        gap_accepted: settled.stored.gap_accepted.clone(),
        likely: likely(settled),
        late: late(settled),
        stage: settled.stored.stage,
    }
}

/// What was matched since a settlement was posted with an accepted difference, as far as it is not in the books (SET-58).
fn late(settled: &Settled) -> Option<Money> {
    let drafts = settled.plan.journals.iter();
    let late = drafts.filter(|draft| ExternalId::is_late_journal(settled.id(), draft.external_id.as_str()));
    let taken_back = |draft: &JournalDraft| {
        let lines = draft.lines.iter().filter(|line| line.what == "variance");
        -lines.map(|line| line.credit).sum::<Decimal>()
    };
    let open: Vec<Decimal> = late
        .filter(|draft| settled.journal_of(draft).is_none())
        .map(taken_back)
        .collect();
    let sum = open.iter().sum();
    (!open.is_empty() && settled.stored.stage == Stage::Posted).then(|| Money::new(sum, settled.stored.header.currency))
}

/// Whether a kept summary says that records of its settlement were changed or deleted in NetSuite (SET-44).
pub fn is_edited(summary: &serde_json::Value) -> bool {
    let any = |list: &str, holds: &dyn Fn(&serde_json::Value) -> bool| {
        summary[list].as_array().is_some_and(|list| list.iter().any(holds))
    };
    any("gone", &|_| true) || any("unexplained", &|part| part["cause"] == "edited")
}

/// Which line is likely missing, as long as nobody named it.
fn likely(settled: &Settled) -> Option<(Text, Category)> {
    let gap = settled
        .plan
        .variance_lines
        .iter()
        .find(|line| line.cause == Cause::IntegrityGap)?;
    let (name, category) = likely_missing(-gap.amount.amount, &settled.input.groups)?;
    Some((Text::new(name), category))
}

/// Amazon's side minus NetSuite's.
pub(super) fn difference(plan: &Plan) -> Money {
    Money::new(plan.deposit.amount - plan.reconciled.amount, plan.deposit.currency)
}

/// Why the journals are held, with the difference as the screen signs it.
pub(super) fn why_held(held: &Held, difference: Money) -> Text {
    if held.code == "VARIANCE" {
        held.reason.clone().with("amount", difference)
    } else {
        held.reason.clone()
    }
}

/// Marketplaces of the lines, most lines first.
pub(super) fn marketplaces(groups: &[Group]) -> Vec<String> {
    let mut counts: Vec<(String, usize)> = Vec::new();
    for known in groups.iter().flat_map(|group| &group.lines) {
        let Some(id) = &known.marketplace else { continue };
        match counts.iter_mut().find(|(known, _)| known == id) {
            Some((_, count)) => *count += 1,
            None => counts.push((id.clone(), 1)),
        }
    }
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts.into_iter().map(|(id, _)| id).collect()
}

fn will_write(settled: &Settled) -> Vec<(String, u32)> {
    let (mut memos, mut refunds, mut invoices) = (0, 0, 0);
    // One that several orders share is written once (SET-26).
    let mut payments: BTreeSet<&ExternalId> = BTreeSet::new();
    for posting in settled.plan.outcomes.iter().flat_map(|outcome| &outcome.postings) {
        match posting {
            Posting::Payment(payment) if payment.exists.is_some() => (),
            Posting::Payment(payment) => {
                payments.insert(&payment.external_id);
            }
            Posting::Refund(refund) if refund.exists.is_some() => refunds += u32::from(!refund.paid_out),
            Posting::Refund(refund) => match &refund.form {
                RefundForm::CreditMemo { .. } => {
                    memos += 1;
                    refunds += 1;
                }
                RefundForm::CashRefund { .. } => refunds += 1,
            },
            Posting::Reversal(reversal) => {
                invoices += u32::from(reversal.exists.is_none());
                if !reversal.paid {
                    payments.insert(&reversal.payment);
                }
            }
        }
    }
    let drafts = settled.plan.journals.iter();
    let journals = drafts.filter(|draft| settled.journal_of(draft).is_none()).count();
    let of_orders = [
        ("payments", u32::try_from(payments.len()).unwrap_or(u32::MAX)),
        ("credit_memos", memos),
        ("refunds", refunds),
        ("journals", u32::try_from(journals).unwrap_or(u32::MAX)),
    ];
    fee_bills(settled)
        .into_iter()
        .chain((invoices > 0).then_some(("invoices", invoices)))
        .chain(of_orders)
        .map(|(what, count)| (what.to_owned(), count))
        .collect()
}

/// Bills of fees and their payments, where the seller has his fees so (SET-41).
fn fee_bills(settled: &Settled) -> Vec<(&'static str, u32)> {
    let bills = &settled.plan.bills;
    if bills.is_empty() {
        return Vec::new();
    }
    let count = |name: fn(&FeeBill) -> &ExternalId| {
        let new = bills
            .iter()
            .filter(|bill| !settled.written.contains_key(name(bill).as_str()));
        u32::try_from(new.count()).unwrap_or(u32::MAX)
    };
    vec![
        ("fee_bills", count(|bill| &bill.external_id)),
        ("fee_payments", count(|bill| &bill.payment)),
    ]
}

fn why_not(settled: &Settled) -> Vec<Text> {
    let difference = difference(&settled.plan);
    let mut reasons: Vec<Text> = settled
        .plan
        .held
        .iter()
        .map(|held| why_held(held, difference))
        .collect();
    let asking = settled
        .plan
        .outcomes
        .iter()
        .filter(|outcome| outcome.status == Status::NeedsYou)
        .count();
    if asking > 0 && reasons.is_empty() {
        reasons.push(Text::new("settlement-why-not-asking").with("count", asking));
    }
    let unapproved = super::journals::unapproved(&settled.journals);
    if !unapproved.is_empty() {
        reasons.push(Text::new("reason-journal-unapproved").with("document", unapproved.join(", ")));
    }
    if settled.currency.is_none() {
        reasons.push(Text::new("problem-currency-disabled").with("currency", settled.stored.header.currency.code()));
    }
    reasons
}
