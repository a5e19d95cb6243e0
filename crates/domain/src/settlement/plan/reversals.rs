//! Refunds that Amazon took back: a row of the journal, or by choice an invoice of their own that clearing pays (SET-37).

use rust_decimal::Decimal;

use super::ledger::Ledger;
use super::payments::{Answer, missed};
use super::{Cause, DocumentKind, Found, FoundDocument, Outcome, Posting, Reversal, Status, Tab};
use crate::settlement::group::Group;
use crate::{ExternalId, Text};

/// Decides one: `amount` is what the seller has back, `event` numbers the refunds of an order in this settlement.
pub(super) fn decide(ledger: &mut Ledger<'_>, group: &Group, found: &Found, amount: Decimal, event: u32) -> Outcome {
    let names = Names::new(ledger, group, found, event);
    if let Some(invoice) = found.named(names.invoice.as_str()) {
        return done_before(ledger, group, found, amount, (names, invoice));
    }
    if found.written.contains(names.invoice.as_str()) {
        let answer = Answer::gone(names.invoice.as_str());
        return missed(ledger, group, amount, Cause::Edited, answer);
    }
    if !ledger.input.choices.reversal_invoices {
        return in_journal(ledger, group, amount);
    }
    ledger.posted(group, amount);
    let reversal = reversal(ledger, group, found, names, amount);
    let answer = Answer::new(
        Status::Applied,
        Tab::Matched,
        "settlement-reason-refund-reversal-invoice",
    );
    Outcome {
        posted: amount,
        postings: vec![Posting::Reversal(reversal)],
        ..answer.outcome(group, amount)
    }
}

fn in_journal(ledger: &mut Ledger<'_>, group: &Group, amount: Decimal) -> Outcome {
    let day = ledger.day(group.posted);
    let market = group.marketplace.as_deref();
    let what = "refund-reversal";
    ledger.row(day, what, "acct.refund_reversals", market, what.to_owned(), amount);
    let answer = Answer::new(Status::InJournal, Tab::Matched, "settlement-reason-refund-reversal");
    Outcome {
        posted: amount,
        ..answer.outcome(group, amount)
    }
}

/// The names of one reversal's records.
struct Names {
    invoice: ExternalId,
    payment: ExternalId,
}

impl Names {
    fn new(ledger: &Ledger<'_>, group: &Group, found: &Found, event: u32) -> Self {
        let (settlement, revision) = (&ledger.input.settlement.id, ledger.input.choices.revision);
        let order = group.order.as_deref().unwrap_or_default();
        let standing = |name: ExternalId| name.standing(revision, |name| found.stands(name));
        Self {
            invoice: standing(ExternalId::reversal_invoice(settlement, order, event)),
            payment: standing(ExternalId::reversal_payment(settlement, order, event)),
        }
    }
}

fn reversal(ledger: &Ledger<'_>, group: &Group, found: &Found, names: Names, amount: Decimal) -> Reversal {
    let sold = |document: &&FoundDocument| {
        let is_sale = matches!(document.kind, DocumentKind::Invoice | DocumentKind::CashSale);
        is_sale && document.currency == ledger.currency
    };
    let order = group.order.clone().unwrap_or_default();
    let settlement = &ledger.input.settlement.id;
    Reversal {
        external_id: names.invoice,
        payment: names.payment,
        exists: None,
        paid: false,
        customer: found.documents.iter().find(sold).map(|sale| sale.customer.clone()),
        sku: group
            .lines
            .iter()
            .map(|known| known.line.sku.clone())
            .find(|sku| !sku.is_empty())
            .unwrap_or_default(),
        date: ledger.posting_day(group),
        amount: ledger.money(amount),
        account: ledger.clearing(),
        memo: format!("{} · {order} · Amazon settlement {settlement}", group.transaction_type),
        order,
    }
}

/// Its invoice is there already. A payment that is not written yet comes with the same posting; one that was deleted has
/// brought nothing.
fn done_before(
    ledger: &mut Ledger<'_>,
    group: &Group,
    found: &Found,
    amount: Decimal,
    (names, invoice): (Names, &FoundDocument),
) -> Outcome {
    let payment = found.named(names.payment.as_str());
    let gone = found.has_lost(names.payment.as_str());
    let brought = match payment {
        Some(payment) => payment.total,
        None if gone => Decimal::ZERO,
        None => invoice.total,
    };
    ledger.posted(group, brought);
    let off = brought - amount;
    let answer = if gone {
        Answer::gone(names.payment.as_str())
    } else if off.is_zero() {
        Answer::new(Status::Applied, Tab::Matched, "settlement-reason-posted").with_document(invoice)
    } else {
        let edited = Answer::asks("NETSUITE_EDITED", "settlement-reason-edited").with_document(invoice);
        Answer {
            status: Status::PartlyApplied,
            tab: Tab::Different,
            ..edited
        }
    };
    ledger.vary(group, Cause::Edited, off, Text::new("settlement-variance-edited"));
    let posting = Reversal {
        exists: Some(invoice.id.clone()),
        paid: payment.is_some() || gone,
        customer: Some(invoice.customer.clone()),
        amount: ledger.money(invoice.total),
        ..reversal(ledger, group, found, names, amount)
    };
    Outcome {
        posted: brought,
        postings: vec![Posting::Reversal(posting)],
        ..answer.outcome(group, amount)
    }
}
