//! One payment for the orders of a customer (`payment.granularity` = `per_customer`, SET-26): fewer records in NetSuite,
//! the same money on the same invoices. Each order still has its own outcome; what they share is the payment's name.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rust_decimal::Decimal;

use super::ledger::{Ledger, Month, month_of};
use super::payments::Answer;
use super::{DocumentKind, Found, FoundDocument, Input, Outcome, Payment, Posting, Status};
use crate::ExternalId;
use crate::settlement::group::{Group, Kind};

/// So many invoices are paid by one payment at most (SET-26, CMN-38).
pub const APPLICATIONS: usize = 500;

/// The last group of an order in a month, by its lasting name.
pub(super) type LastPayments<'a> = HashMap<(Option<&'a str>, Month), &'a str>;

/// What is paid together: a customer's money, of a month where months are split.
type Whose = (String, Option<Month>);

/// Draws the payments that are still to be made together. Money that stays as a customer's credit keeps a payment of its
/// own: afterwards nothing in NetSuite would tell whose it is.
pub(super) fn draw(ledger: &Ledger<'_>, outcomes: &mut BTreeMap<usize, Outcome>) {
    let input = ledger.input;
    let Some(most) = input.choices.per_customer else {
        return;
    };
    let mut of: BTreeMap<Whose, Vec<usize>> = BTreeMap::new();
    let apart = apart(ledger, outcomes);
    for (place, outcome) in outcomes.iter_mut() {
        if apart.contains(place) {
            continue;
        }
        if let Some(payment) = new_payment(outcome) {
            let month = input.choices.split_months.then(|| month_of(payment.date));
            of.entry((payment.customer.clone(), month)).or_default().push(*place);
        }
    }
    for (whose, places) in of {
        let mut parts = 1..;
        for some in chunks(outcomes, &places, most.max(1)) {
            let Some(name) = parts.find_map(|part| free(input, &whose, part)) else {
                continue;
            };
            let mut of_part: Vec<&mut Payment> = outcomes
                .iter_mut()
                .filter(|(place, _)| some.contains(place))
                .filter_map(|(_, outcome)| new_payment(outcome))
                .collect();
            let day = of_part.iter().map(|payment| payment.date).max().unwrap_or_default();
            for payment in &mut of_part {
                payment.external_id = name.clone();
                payment.date = day;
            }
        }
    }
}

/// What an order is paid in a month.
#[derive(Default)]
struct Parts {
    places: Vec<usize>,
    some_not_whole: bool,
}

/// Groups of orders that are paid in several parts in a month, unless each of them is paid whole: what of a shared payment
/// is whose could not be told afterwards.
fn apart(ledger: &Ledger<'_>, outcomes: &mut BTreeMap<usize, Outcome>) -> BTreeSet<usize> {
    let mut parts: BTreeMap<(Option<&str>, Month), Parts> = BTreeMap::new();
    for (place, group) in ledger.input.groups.iter().enumerate() {
        let Some(outcome) = outcomes.get_mut(&place).filter(|one| !one.customer.is_zero()) else {
            continue;
        };
        if group.kind == Kind::Payment {
            let customer = outcome.customer;
            let is_whole = new_payment(outcome).is_some_and(|payment| payment.amount.amount == customer);
            let month = month_of(ledger.posting_day(group));
            let part = parts.entry((group.order.as_deref(), month)).or_default();
            part.places.push(place);
            part.some_not_whole |= !is_whole;
        }
    }
    let several = parts
        .into_values()
        .filter(|part| part.places.len() > 1 && part.some_not_whole);
    several.flat_map(|part| part.places).collect()
}

fn new_payment(outcome: &mut Outcome) -> Option<&mut Payment> {
    outcome.postings.iter_mut().find_map(|posting| match posting {
        Posting::Payment(payment) if payment.exists.is_none() && payment.unapplied.is_zero() => Some(payment),
        _ => None,
    })
}

/// The groups of each payment: as many orders as their invoices allow, each order whole.
fn chunks(outcomes: &mut BTreeMap<usize, Outcome>, places: &[usize], most: usize) -> Vec<BTreeSet<usize>> {
    let mut orders: Vec<(BTreeSet<usize>, BTreeSet<String>)> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    for place in places {
        let Some(payment) = outcomes.get_mut(place).and_then(new_payment) else {
            continue;
        };
        let at = *known.entry(payment.order.clone()).or_insert(orders.len());
        if at == orders.len() {
            orders.push((BTreeSet::new(), BTreeSet::new()));
        }
        if let Some((groups, invoices)) = orders.get_mut(at) {
            groups.insert(*place);
            invoices.extend(payment.applications.iter().map(|one| one.invoice.clone()));
        }
    }
    let mut chunks: Vec<BTreeSet<usize>> = Vec::new();
    let mut paid: BTreeSet<String> = BTreeSet::new();
    for (groups, invoices) in orders {
        let more = invoices.difference(&paid).count();
        if chunks.is_empty() || paid.len() + more > most {
            chunks.push(BTreeSet::new());
            paid.clear();
        }
        paid.extend(invoices);
        if let Some(chunk) = chunks.last_mut() {
            chunk.extend(groups);
        }
    }
    chunks
}

/// The name of a part, unless a payment stands, or stood, under it already.
fn free(input: &Input, (customer, month): &Whose, part: u32) -> Option<ExternalId> {
    let part = Some(part).filter(|part| *part > 1);
    let name = ExternalId::payment_of_customer(&input.settlement.id, customer, *month, part);
    let revision = input.choices.revision;
    let known = input.found.values().chain(input.choices.rows.documents.values());
    let known: Vec<&Found> = known.collect();
    let stands = |name: &str| known.iter().any(|found| found.stands(name));
    let is_free = (1..=revision).all(|number| !stands(name.clone().revised(number).as_str()));
    is_free.then(|| name.revised(revision))
}

/// The shared payment that has paid a group, its name, and the group's part of it: what it needs, and for the last group of
/// its order all that is left. [`FoundDocument::total`] is the order's part.
pub(super) fn share<'f>(
    ledger: &mut Ledger<'_>,
    group: &Group,
    found: &'f Found,
    amount: Decimal,
) -> Option<(&'f FoundDocument, ExternalId, Decimal)> {
    let order = group.order.clone().unwrap_or_default();
    let month = month_of(ledger.posting_day(group));
    let mut known: Vec<(&FoundDocument, ExternalId, Decimal)> = Vec::new();
    for document in found.documents.iter().filter(|one| one.kind == DocumentKind::Payment) {
        let Some(name) = shared_name(ledger, document) else {
            continue;
        };
        let taken = ledger.shared.get(&(order.clone(), name.as_str().to_owned())).copied();
        let left = document.total - taken.unwrap_or_default();
        // One that a person took away from the order is there, with nothing left in it.
        if left > Decimal::ZERO || document.total.is_zero() {
            known.push((document, name, left));
        }
    }
    // Where months are split, another month's payment is that of other groups.
    let split = ledger.input.choices.split_months;
    known.retain(|(document, ..)| !split || month_of(document.date) == month);
    let (document, name, left) = known.into_iter().next()?;
    let last = ledger.last_payments.get(&(group.order.as_deref(), month)).copied();
    let share = if last == Some(group.id.as_str()) {
        left
    } else {
        left.min(amount)
    };
    *ledger.shared.entry((order, name.as_str().to_owned())).or_default() += share;
    Some((document, name, share))
}

fn shared_name(ledger: &Ledger<'_>, document: &FoundDocument) -> Option<ExternalId> {
    let name = document.external_id.as_deref()?;
    ExternalId::known_payment_of_customer(&ledger.input.settlement.id, name)
}

/// The last payment group of each order and month.
pub(super) fn last<'a>(ledger: &Ledger<'a>) -> LastPayments<'a> {
    let groups = ledger.input.groups.iter().filter(|group| group.kind == Kind::Payment);
    groups
        .map(|group| {
            let month = month_of(ledger.posting_day(group));
            ((group.order.as_deref(), month), group.id.as_str())
        })
        .collect()
}

/// A shared payment that was deleted: the first of its groups asks about it, the others wait for the answer.
pub(super) fn gone(ledger: &mut Ledger<'_>, found: &Found) -> Option<Answer> {
    let settlement = ledger.input.settlement.id.as_str();
    let is_shared = |name: &&String| ExternalId::is_payment_of_customer(settlement, name);
    let name = found
        .written
        .iter()
        .filter(is_shared)
        .find(|name| found.has_lost(name))?;
    let answer = Answer::gone(name);
    if ledger.gone.insert(name.clone()) {
        return Some(answer);
    }
    Some(Answer {
        status: Status::Waiting,
        ..answer
    })
}
