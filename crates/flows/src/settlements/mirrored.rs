//! What the custom records of a settlement say: its header and its groups, field by field (SET-22, SET-43).
//!
//! Words are English, as memos are: they stand in NetSuite, where each user has a language of his own.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use chrono_tz::Tz;
use domain::ExternalId;
use domain::money::plain;
use domain::settlement::classify::{Category, Side};
use domain::settlement::plan::{JournalDraft, Outcome, Posting, RefundForm, Status};
use domain::settlement::summary::summary;
use domain::settlement::{Group, Posted};
use netsuite::queries::Known;
use netsuite::{AmazonSettlement, AmazonSettlementLine, CustomRecord, RecordId, Target};
use rust_decimal::Decimal;

use super::gather::Settled;
use super::row::title;
use super::summary::marketplaces;
use crate::local::Stage;
use crate::rules::Rules;

/// The record of the settlement itself.
pub fn header(settled: &Settled, rules: &Rules) -> CustomRecord {
    let (groups, plan, header) = (&settled.input.groups, &settled.plan, &settled.stored.header);
    let numbers = summary(groups, plan);
    let zone = zone(settled);
    let day = |posted: Option<Posted>| posted.map(|posted| posted.business_date(zone));
    let balance = |name: &str| numbers.balances.get(name).copied().unwrap_or_default();
    let countries = marketplaces(groups)
        .into_iter()
        .map(|id| match rules.marketplaces.get(&id) {
            Some(profile) => profile.country.clone(),
            None => id,
        });
    let journals = standing(settled);
    let numbered: Vec<&str> = journals.iter().map(|(_, known)| known.number.as_str()).collect();
    let last = journals.iter().rev().max_by_key(|(draft, _)| draft.date);
    AmazonSettlement {
        external_id: ExternalId::settlement_record(&header.id),
        settlement: header.id.clone(),
        account: settled.stored.account.clone(),
        marketplaces: countries.collect::<Vec<_>>().join(", "),
        currency: header.currency.code().to_owned(),
        start: day(header.start),
        end: day(header.end),
        deposit_date: day(header.deposit),
        deposit: plan.deposit.amount,
        reserve_before: balance("reserve-released"),
        reserve_after: balance("reserve-held"),
        orders: numbers.orders,
        refunds: numbers.refunds,
        other: numbers.other,
        fees: numbers.fees.values().sum(),
        fee_totals: told(&numbers.fees, |amount| plain(*amount, header.currency)),
        reconciled: plan.reconciled.amount,
        variance: plan.variance.amount,
        counts: told(&numbers.statuses, u32::to_string),
        state: state(settled).to_owned(),
        journal: last.map(|(_, known)| known.id.clone()),
        journals: numbered.join(", "),
        file_hash: settled.stored.file_hash.clone(),
    }
    .record()
}

/// The record of each group, by the group's lasting name.
pub fn lines(settled: &Settled, parent: &Target) -> Vec<(String, CustomRecord)> {
    let journals = standing(settled);
    let groups = settled.input.groups.iter().zip(&settled.plan.outcomes);
    let record = |(group, outcome): (&Group, &Outcome)| {
        let record = line(settled, group, outcome, parent, &journals);
        (group.id.clone(), record)
    };
    groups.map(record).collect()
}

/// The record of a group that is not one any more, since its lines stand in others now: it holds no money.
pub fn superseded(external_id: ExternalId, parent: &Target) -> CustomRecord {
    let none = Decimal::ZERO;
    AmazonSettlementLine {
        external_id,
        parent: parent.clone(),
        kind: String::new(),
        description: String::new(),
        order: String::new(),
        skus: String::new(),
        date: None,
        customer: none,
        tax: none,
        fees: none,
        net: none,
        state: "Superseded".to_owned(),
        payment: None,
        credit_memo: None,
        refund: None,
        journal: None,
        error: String::new(),
    }
    .record()
}

fn line(
    settled: &Settled,
    group: &Group,
    outcome: &Outcome,
    parent: &Target,
    journals: &[(&JournalDraft, &Known)],
) -> CustomRecord {
    let sum = |counts: fn(Category) -> bool| -> Decimal {
        let counted = group.lines.iter().filter(|known| counts(known.category));
        counted.map(|known| known.line.amount()).sum()
    };
    let date = group.posted.map(|posted| posted.business_date(zone(settled)));
    let id = |name: &ExternalId| settled.written.get(name.as_str()).cloned();
    let (mut payment, mut credit_memo, mut refund) = (None, None, None);
    for posting in &outcome.postings {
        match posting {
            Posting::Payment(one) => payment = payment.or_else(|| id(&one.external_id)),
            Posting::Refund(one) => match &one.form {
                RefundForm::CreditMemo {
                    external_id,
                    refund: paid,
                } => {
                    credit_memo = credit_memo.or_else(|| id(external_id));
                    refund = refund.or_else(|| id(paid));
                }
                RefundForm::CashRefund { external_id } => refund = refund.or_else(|| id(external_id)),
            },
            Posting::Reversal(one) => payment = payment.or_else(|| id(&one.payment)),
        }
    }
    AmazonSettlementLine {
        external_id: ExternalId::settlement_line_record(settled.id(), &group.id),
        parent: parent.clone(),
        kind: group.transaction_type.clone(),
        description: title(group),
        order: group.order.clone().unwrap_or_default(),
        skus: group.skus().join(", "),
        date,
        customer: outcome.customer,
        tax: sum(|category| matches!(category, Category::Tax) || category.side() == Side::Withheld),
        fees: sum(|category| category.side() == Side::Fee),
        net: group.net(),
        state: status(outcome.status).to_owned(),
        payment,
        credit_memo,
        refund,
        journal: journal_of(outcome.status, date, journals),
        error: outcome.code.clone().unwrap_or_default(),
    }
    .record()
}

/// The journal that a group's lines stand in: the first that is not dated before them. Where several share a day, the
/// settlement's own record names them all.
fn journal_of(status: Status, date: Option<NaiveDate>, journals: &[(&JournalDraft, &Known)]) -> Option<RecordId> {
    let is_in_it = match status {
        Status::Applied | Status::PartlyApplied | Status::InJournal | Status::PreGoLive => true,
        Status::Waiting | Status::NothingToPost | Status::NeedsYou | Status::Excluded => false,
    };
    let days = || journals.iter().map(|(draft, _)| draft.date);
    let day = match date {
        Some(date) => days().filter(|day| *day >= date).min().or_else(|| days().max()),
        None => days().max(),
    };
    let mut of_day = journals.iter().filter(|(draft, _)| Some(draft.date) == day);
    match (is_in_it, of_day.next(), of_day.next()) {
        (true, Some((_, known)), None) => Some(known.id.clone()),
        _ => None,
    }
}

/// The settlement's journals that stand in the books.
fn standing(settled: &Settled) -> Vec<(&JournalDraft, &Known)> {
    let drafts = settled.plan.journals.iter();
    drafts
        .filter_map(|draft| Some((draft, settled.journal_of(draft)?)))
        .collect()
}

/// Where a settlement stands (SET-45).
fn state(settled: &Settled) -> &'static str {
    let open = |status: Status| matches!(status, Status::Waiting | Status::NeedsYou | Status::PartlyApplied);
    let held = |code: &str| settled.plan.held.iter().any(|held| held.code == code);
    match settled.stored.stage {
        Stage::Closed => "Closed",
        Stage::Posted => "Journalled",
        Stage::Undone => "Reversed",
        Stage::Undoing => "Reversing",
        Stage::Approved => "Posting",
        Stage::Open if held("SETTLEMENT_INCONSISTENT") => "Inconsistent",
        Stage::Open if held("LINE_UNMAPPED") => "Needs mapping",
        Stage::Open if settled.plan.outcomes.iter().any(|outcome| open(outcome.status)) => "Matching",
        Stage::Open if held("VARIANCE") => "Variance",
        Stage::Open if !settled.plan.held.is_empty() => "Checked",
        Stage::Open => "Ready",
    }
}

/// Where a group stands (SET-21).
fn status(status: Status) -> &'static str {
    match status {
        Status::Waiting => "Waiting",
        Status::Applied => "Applied",
        Status::PartlyApplied => "Partly applied",
        Status::InJournal => "In journal",
        Status::NothingToPost => "Nothing to post",
        Status::NeedsYou => "Needs you",
        Status::Excluded => "Excluded",
        Status::PreGoLive => "Pre-go-live",
    }
}

/// `applied 3, waiting 1`.
fn told<T>(of: &BTreeMap<String, T>, say: impl Fn(&T) -> String) -> String {
    let parts: Vec<String> = of
        .iter()
        .map(|(name, one)| format!("{} {}", name.replace(['_', '-'], " "), say(one)))
        .collect();
    parts.join(", ")
}

fn zone(settled: &Settled) -> Tz {
    settled.profile.as_ref().map_or(Tz::UTC, |profile| profile.zone)
}
