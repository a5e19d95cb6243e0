//! From understood lines to the records that put them into the books. Pure: the same input, the same plan.
//!
//! Every cent of a settlement goes to exactly one place: to buyers' money in clearing, to a journal row, or to a named
//! variance. So the journal balances by construction, and the variance explains itself.

pub mod bank;
pub mod chosen;
mod cogs;
pub mod destinations;
mod drafts;
pub mod entry;
mod fees;
pub mod given;
pub mod journal;
mod late;
mod ledger;
mod payments;
mod refund_lines;
mod refunds;
mod reversals;
pub mod said;
mod summed;
mod tax;
mod together;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rust_decimal::Decimal;

pub use chosen::{Part, RowChoices, WriteOff};
pub use cogs::Cost;
pub use destinations::{Destination, To};
pub use entry::{Dimensions, Entries};
pub use fees::{FeeBill, FeeLine};
pub use given::*;
pub use journal::{Journal, JournalLine, Unbalanced};
pub use said::*;
pub use summed::{SumBy, Summing};
pub use together::APPLICATIONS;

use self::ledger::Ledger;
use self::payments::Answer;
use self::tax::Parts;
use super::classify::{Category, Side};
use super::group::{Group, Kind};
use crate::Text;
use crate::money::Money;

/// Plans a settlement. Payments are decided before refunds, so that money given back in the same settlement finds its
/// invoice paid (§10.15, E8).
pub fn plan(input: &Input) -> Plan {
    let mut ledger = Ledger::new(input);
    ledger.last_payments = together::last(&ledger);
    let ordinals = ordinals(input);
    let mut outcomes: BTreeMap<usize, Outcome> = BTreeMap::new();
    for kind in [Kind::Payment, Kind::Refund, Kind::Other, Kind::Balance] {
        for (place, group) in input.groups.iter().enumerate().filter(|(_, group)| group.kind == kind) {
            let ordinal = ordinals.get(group.id.as_str()).copied().unwrap_or(Ordinal {
                number: 1,
                has_others: false,
            });
            outcomes.insert(place, decide(&mut ledger, group, ordinal));
        }
    }
    together::draw(&ledger, &mut outcomes);
    finish(ledger, outcomes.into_values().collect())
}

fn decide(ledger: &mut Ledger<'_>, group: &Group, ordinal: Ordinal) -> Outcome {
    if ledger.input.choices.excluded.contains(&group.id) {
        ledger.vary(
            group,
            Cause::Excluded,
            -group.net(),
            Text::new("settlement-variance-excluded"),
        );
        for known in &group.lines {
            ledger.goes(known, To::Variance);
        }
        return Answer::new(Status::Excluded, Tab::Different, "settlement-reason-excluded")
            .outcome(group, Decimal::ZERO);
    }
    if matches!(group.kind, Kind::Payment | Kind::Refund) && summed::applies(ledger, group) {
        return summed::decide(ledger, group);
    }
    if matches!(group.kind, Kind::Other | Kind::Balance) {
        return journalled(ledger, group);
    }
    let known = ledger.variance.len();
    let buyers = |ledger: &mut Ledger<'_>| {
        let (mut outcome, parts) = if group.kind == Kind::Payment {
            payments::decide(ledger, group, ordinal.has_others.then_some(ordinal.number))
        } else {
            refunds::decide(ledger, group, ordinal.number)
        };
        chosen::write_off(ledger, group, &mut outcome, known);
        (outcome, parts)
    };
    let (outcome, parts) = if late::is_late(ledger, group) {
        late::apart(ledger, group, buyers)
    } else {
        buyers(ledger)
    };
    rest(ledger, group, parts);
    let mode = payments::tax_mode(ledger, ledger.found(group));
    destinations::of_buyer(ledger, group, &outcome, mode);
    outcome
}

/// What of a buyer's group is not the buyer's: fees, and tax that Amazon remits.
fn rest(ledger: &mut Ledger<'_>, group: &Group, parts: Parts) {
    let day = ledger.day(group.posted);
    let market = group.marketplace.as_deref();
    let key = "acct.sales_tax_facilitated";
    ledger.row(
        day,
        Category::WithheldTax.key(),
        key,
        market,
        Category::WithheldTax.key().to_owned(),
        parts.facilitated,
    );
    for known in &group.lines {
        if !matches!(known.category.side(), Side::Customer | Side::Withheld) {
            ledger.journal_line(group, known);
        }
    }
}

/// Fees, reimbursements, balances: in the journal, unless a kind of line must be mapped first (SET-40, SET-12).
fn journalled(ledger: &mut Ledger<'_>, group: &Group) -> Outcome {
    let tab = match group.lines.first().map(|known| known.category) {
        Some(category) if category.side() == Side::Balance => Tab::Reserve,
        _ => Tab::Fees,
    };
    if let Some(parts) = chosen::split_of(ledger, group) {
        return chosen::split(ledger, group, parts, tab);
    }
    let asked_before = ledger.variance.len();
    for known in &group.lines {
        if known.category.side() == Side::Customer && known.account.is_empty() && ledger.input.choices.summing.is_some()
        {
            summed::stray(ledger, group, known);
        } else if known.category.side() == Side::Customer && known.account.is_empty() {
            let reason = Text::new("settlement-variance-buyer-without-order");
            ledger.vary(group, Cause::MissingOrder, -known.line.amount(), reason);
            ledger.goes(known, To::Variance);
        } else {
            ledger.journal_line(group, known);
        }
    }
    let answer = if ledger.variance.len() > asked_before {
        Answer {
            tab,
            ..Answer::asks("LINE_UNMAPPED", "settlement-reason-unmapped")
        }
    } else if group.net().is_zero() && group.lines.iter().all(|known| known.line.ten_thousandths == 0) {
        Answer::new(Status::NothingToPost, tab, "settlement-reason-nothing")
    } else if ledger.input.choices.vendor_bill && tab == Tab::Fees && is_fees(group) {
        Answer::new(Status::InJournal, tab, "settlement-reason-on-fee-bill")
    } else {
        Answer::new(Status::InJournal, tab, "settlement-reason-in-journal")
    };
    answer.outcome(group, Decimal::ZERO)
}

fn is_fees(group: &Group) -> bool {
    group.lines.iter().all(|known| known.category.side() == Side::Fee)
}

/// Which of an order's groups of one kind a group is.
#[derive(Clone, Copy)]
struct Ordinal {
    number: u32,
    has_others: bool,
}

fn ordinals(input: &Input) -> HashMap<&str, Ordinal> {
    let mut counts: HashMap<(Kind, Option<&str>), u32> = HashMap::new();
    let mut numbers = Vec::new();
    for group in &input.groups {
        let count = counts.entry((group.kind, group.order.as_deref())).or_default();
        *count += 1;
        numbers.push((group, *count));
    }
    let has_others = |group: &Group| {
        counts
            .get(&(group.kind, group.order.as_deref()))
            .is_some_and(|count| *count > 1)
    };
    numbers
        .iter()
        .map(|(group, number)| {
            (
                group.id.as_str(),
                Ordinal {
                    number: *number,
                    has_others: has_others(group),
                },
            )
        })
        .collect()
}

fn finish(mut ledger: Ledger<'_>, outcomes: Vec<Outcome>) -> Plan {
    let input = ledger.input;
    let sum: Decimal = input.groups.iter().map(Group::net).sum();
    let deposit = input.settlement.declared_total.unwrap_or(sum);
    integrity(&mut ledger, sum, deposit);
    ledger.hold_unmapped();
    let bills = fees::bills(&mut ledger);
    marketplaces(&mut ledger);
    let late = late::sum(&ledger);
    let reconciled = ledger.order_money.values().sum::<Decimal>() + ledger.rows.values().sum::<Decimal>() + late;
    let variance = reconciled - deposit;
    // What was accepted stands in the journals that were posted without what was matched later (SET-58).
    let accepted =
        input.choices.accepted_variance == Some(variance - late) || named(&ledger) <= input.choices.max_variance;
    if !accepted {
        let (reason, at_stake) = if variance.is_zero() {
            let parts = ledger.money(named(&ledger));
            (Text::new("settlement-held-open-parts").with("parts", parts), parts)
        } else {
            let amount = ledger.money(variance);
            (Text::new("settlement-held-variance").with("amount", amount), amount)
        };
        ledger.held.push(Held {
            code: "VARIANCE".to_owned(),
            reason,
            triple: None,
            at_stake: Some(at_stake),
        });
    }
    let (booked, open) = if accepted {
        (variance - late, Decimal::ZERO)
    } else {
        (Decimal::ZERO, variance - late)
    };
    let months = drafts::months(&ledger);
    let mut journals = drafts::of(&ledger, &months, deposit, booked, open);
    journals.extend(cogs::of(&mut ledger, &months));
    journals.extend(late::journals(&ledger));
    let accounts_missing = accounts_missing(&journals, &outcomes, &bills);
    if !accounts_missing.is_empty() {
        let keys = accounts_missing.iter().cloned().collect::<Vec<_>>().join(", ");
        let reason = Text::new("settlement-held-accounts").with("keys", keys);
        ledger.held.push(Held {
            code: "ACCOUNT_MISSING".to_owned(),
            reason,
            triple: None,
            at_stake: None,
        });
    }
    let money = |amount| Money::new(amount, ledger.currency);
    Plan {
        outcomes,
        bills,
        journals,
        held: ledger.held,
        deposit: money(deposit),
        reconciled: money(reconciled),
        variance: money(variance),
        variance_lines: ledger.variance,
        destinations: ledger.destinations,
        accounts_missing,
        in_clearing: ledger.in_clearing,
    }
}

/// The named parts of the variance, whichever way they go. A payment and a refund that both wait for their bill come to
/// nothing together, and are still not in the books: the journal waits for them (SET-46).
fn named(ledger: &Ledger<'_>) -> Decimal {
    ledger.variance.iter().map(|line| line.amount.amount.abs()).sum()
}

/// The file itself must add up; a gap is a variance of its own and nothing is posted, unless a person named the line that
/// is missing (SET-09).
fn integrity(ledger: &mut Ledger<'_>, sum: Decimal, deposit: Decimal) {
    let declared = ledger.input.settlement.declared_total.is_some();
    if declared && sum == deposit {
        return;
    }
    let by_hand = ledger.input.choices.balancing.as_ref();
    let fits = by_hand.filter(|line| declared && line.amount == deposit - sum);
    if let Some((line, key)) = fits.and_then(|line| Some((line, line.key()?))) {
        let (what, day) = (line.category.key(), ledger.deposit_day);
        return ledger.row(day, what, &key, None, format!("{what} · {}", line.reason), line.amount);
    }
    let gap = ledger.money(sum - deposit);
    let reason = if declared {
        Text::new("settlement-held-inconsistent").with("amount", gap)
    } else {
        Text::new("settlement-held-no-total")
    };
    if !gap.is_zero() {
        let line = VarianceLine {
            cause: Cause::IntegrityGap,
            amount: gap,
            reason: reason.clone(),
            group: None,
            order: None,
        };
        ledger.variance.push(line);
    }
    ledger.held.push(Held {
        code: "SETTLEMENT_INCONSISTENT".to_owned(),
        reason,
        triple: None,
        at_stake: Some(gap),
    });
}

/// Which line is likely missing from a file that does not add up, by what is missing and what is there: reserves first, then
/// loans (SET-09). A message id, and the category that it speaks for.
pub fn likely_missing(missing: Decimal, groups: &[Group]) -> Option<(&'static str, Category)> {
    let has = |words: &str| {
        let mut lines = groups.iter().flat_map(|group| &group.lines);
        lines.any(|known| {
            let line = &known.line;
            format!("{} {}", line.transaction_type, line.amount_description)
                .to_ascii_lowercase()
                .contains(words)
        })
    };
    match (missing.is_zero(), missing.is_sign_negative()) {
        (true, _) => None,
        (false, true) if !has("current reserve") => Some(("settlement-likely-reserve-held", Category::Reserve)),
        (false, false) if !has("previous reserve") => Some(("settlement-likely-reserve-released", Category::Reserve)),
        (false, true) => Some(("settlement-likely-loan-repayment", Category::BalanceMovement)),
        (false, false) => Some(("settlement-likely-loan-advance", Category::BalanceMovement)),
    }
}

/// A line without a marketplace has no accounts to go to; balances need none (SET-16, SET-18).
fn marketplaces(ledger: &mut Ledger<'_>) {
    let lines = ledger
        .input
        .groups
        .iter()
        .filter(|group| group.kind != Kind::Balance)
        .flat_map(|group| &group.lines);
    let unknown = lines.filter(|known| known.marketplace.is_none()).count();
    if unknown > 0 {
        let reason = Text::new("settlement-held-marketplace").with("count", unknown);
        ledger.held.push(Held {
            code: "MARKETPLACE_UNKNOWN".to_owned(),
            reason,
            triple: None,
            at_stake: None,
        });
    }
}

fn accounts_missing(journals: &[JournalDraft], outcomes: &[Outcome], bills: &[FeeBill]) -> BTreeSet<String> {
    let lines = journals
        .iter()
        .flat_map(|draft| &draft.lines)
        .filter(|line| line.account.is_none() && !line.open);
    let clearing = outcomes
        .iter()
        .flat_map(|outcome| &outcome.postings)
        .any(|posting| match posting {
            Posting::Payment(payment) => payment.account.is_none(),
            Posting::Refund(refund) => refund.account.is_none(),
            Posting::Reversal(reversal) => reversal.account.is_none(),
        });
    let fees = bills.iter().flat_map(|bill| &bill.lines);
    let fees = fees.filter(|line| line.account.is_none()).map(|line| line.key.clone());
    let clearing = clearing || bills.iter().any(|bill| bill.account.is_none());
    lines
        .map(|line| line.key.clone())
        .chain(fees)
        .chain(clearing.then(|| "acct.clearing".to_owned()))
        .collect()
}
