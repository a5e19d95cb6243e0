//! What buyers paid becomes payments on their invoices (SET-23..27).

use rust_decimal::Decimal;

use super::ledger::Ledger;
use super::tax::{Parts, parts};
use super::together;
use super::{
    Accounts, Application, AtAmazon, Cause, DocumentKind, Found, FoundDocument, Outcome, Payment, Posting, Status, Tab,
    TaxMode,
};
use crate::settlement::group::Group;
use crate::{ExternalId, Text};

/// The tax is where the invoice has it, whatever the setting says today (SET-14).
pub(super) fn tax_mode(ledger: &Ledger<'_>, found: &Found) -> TaxMode {
    let sold = |document: &&FoundDocument| matches!(document.kind, DocumentKind::Invoice | DocumentKind::CashSale);
    match found.documents.iter().find(sold) {
        None => ledger.input.choices.tax,
        Some(document) if document.tax_included => TaxMode::OnInvoice,
        Some(_) => TaxMode::ExcludeCollected,
    }
}

/// Decides one payment group. `part` numbers the payments of an order that has several in this settlement.
pub(super) fn decide(ledger: &mut Ledger<'_>, group: &Group, part: Option<u32>) -> (Outcome, Parts) {
    let found = ledger.found(group);
    let parts = parts(group, tax_mode(ledger, found));
    let amount = parts.customer;
    let outcome = if found.before_go_live {
        before_go_live(ledger, group, amount)
    } else if amount.is_zero() {
        let name = if group.from_elsewhere {
            "settlement-reason-from-elsewhere"
        } else {
            "settlement-reason-no-customer-money"
        };
        Answer::new(Status::NothingToPost, Tab::Matched, name).outcome(group, amount)
    } else if amount.is_sign_negative() {
        missed(
            ledger,
            group,
            amount,
            Cause::Underpayment,
            Answer::asks("TOTAL_MISMATCH", "settlement-reason-negative-order"),
        )
    } else {
        pay(ledger, group, found, amount, part)
    };
    (outcome, parts)
}

fn pay(ledger: &mut Ledger<'_>, group: &Group, found: &Found, amount: Decimal, part: Option<u32>) -> Outcome {
    let order = group.order.clone().unwrap_or_default();
    let own = ExternalId::payment(&ledger.input.settlement.id, &order, part)
        .standing(ledger.input.choices.revision, |name| found.stands(name));
    let of_kind = |kind| found.documents.iter().filter(move |document| document.kind == kind);
    let done = found.named(own.as_str());
    if let Some(done) = done.filter(|document| document.kind == DocumentKind::Payment) {
        return paid_before(ledger, group, found, amount, (done, done.total), own);
    }
    if let Some((done, name, share)) = together::share(ledger, group, found, amount) {
        return paid_before(ledger, group, found, amount, (done, share), name);
    }
    if found.written.contains(own.as_str()) {
        let answer = Answer::gone(own.as_str());
        return missed(ledger, group, amount, Cause::Edited, answer);
    }
    if let Some(answer) = together::gone(ledger, found) {
        return missed(ledger, group, amount, Cause::Edited, answer);
    }
    let sales = choose(ledger, of_kind(DocumentKind::CashSale), group, amount);
    let fresh = |sale: &&&FoundDocument| !ledger.linked.contains(&sale.id);
    if let Some(sale) = sales.iter().find(fresh).or(sales.first()).copied() {
        return cash_sale(ledger, group, amount, sale);
    }
    let invoices = choose(ledger, of_kind(DocumentKind::Invoice), group, amount);
    let Some(first) = invoices
        .iter()
        .find(|invoice| invoice.currency == ledger.currency)
        .copied()
    else {
        return match (invoices.first(), &found.sales_order) {
            (Some(other), _) => {
                let answer = Answer::asks("CURRENCY_MISMATCH", "settlement-reason-other-currency");
                missed(ledger, group, amount, Cause::WaitingOrder, answer.with_document(other))
            }
            (None, Some(order)) if !order.shipped && nets_to_zero(ledger, group) => {
                ledger.posted(group, amount);
                let answer = Answer::new(
                    Status::NothingToPost,
                    Tab::Matched,
                    "settlement-reason-cancelled-after-charge",
                );
                Outcome {
                    posted: amount,
                    ..answer.outcome(group, amount)
                }
            }
            (None, Some(_)) => {
                let answer = Answer::waits("INVOICE_NOT_FOUND", "settlement-reason-not-billed");
                missed(ledger, group, amount, Cause::WaitingOrder, answer)
            }
            (None, None) => {
                let answer = if found.amazon == AtAmazon::Unknown {
                    Answer::asks("SO_NOT_FOUND", "settlement-reason-order-nowhere")
                } else {
                    Answer::waits("SO_NOT_FOUND", "settlement-reason-no-order")
                };
                missed(ledger, group, amount, Cause::MissingOrder, answer)
            }
        };
    };
    if found.mismatched {
        return total_differs(ledger, group, amount, first);
    }
    if first.customer_inactive {
        let answer = Answer::asks("CUSTOMER_INACTIVE", "settlement-reason-customer-inactive").with_document(first);
        return missed(ledger, group, amount, Cause::WaitingOrder, answer);
    }
    let same = |invoice: &&&FoundDocument| invoice.customer == first.customer && invoice.currency == first.currency;
    let payable: Vec<&FoundDocument> = invoices.iter().filter(same).copied().collect();
    if payable.iter().all(|invoice| ledger.open(invoice).is_zero()) {
        return nothing_open(ledger, group, found, amount, first);
    }
    apply(ledger, group, found, amount, own, &payable)
}

/// The same shipment first, then the exact open amount, then the oldest (SET-24).
fn choose<'f>(
    ledger: &Ledger<'_>,
    documents: impl Iterator<Item = &'f FoundDocument>,
    group: &Group,
    amount: Decimal,
) -> Vec<&'f FoundDocument> {
    let mut chosen: Vec<&FoundDocument> = documents.collect();
    chosen.sort_by_key(|document| {
        let same_shipment = document.shipment.is_some() && document.shipment == group.event;
        (
            !same_shipment,
            ledger.open(document) != amount,
            document.date,
            document.id.clone(),
        )
    });
    chosen
}

fn apply(
    ledger: &mut Ledger<'_>,
    group: &Group,
    found: &Found,
    amount: Decimal,
    own: ExternalId,
    invoices: &[&FoundDocument],
) -> Outcome {
    let mut left = amount;
    let mut applications = Vec::new();
    for invoice in invoices {
        // A cent over what one invoice has open is rounding, and no part of another's.
        if !applications.is_empty() && left <= ledger.tolerance() {
            break;
        }
        let taken = ledger.take(invoice, left);
        left -= taken;
        if !taken.is_zero() {
            applications.push(Application {
                invoice: invoice.id.clone(),
                amount: taken,
            });
        }
    }
    // What other shipments' invoices have open is not this payment's.
    let paid = |invoice: &&&FoundDocument| applications.iter().any(|one| one.invoice == invoice.id);
    let rest_open: Decimal = invoices.iter().filter(paid).map(|invoice| ledger.open(invoice)).sum();
    let first = invoices.iter().find(paid);
    let name = if rest_open.is_zero() {
        "settlement-reason-exact"
    } else {
        "settlement-reason-part-paid"
    };
    let (mut answer, mut unapplied, mut handed) = (
        Answer::new(Status::Applied, Tab::Matched, name),
        Decimal::ZERO,
        Decimal::ZERO,
    );
    if left > Decimal::ZERO {
        let beyond = beyond(ledger, group, found, left, ledger.input.choices.keep_unapplied);
        (answer, unapplied, handed) = (beyond.answer, beyond.kept, beyond.handed);
    }
    let paid = applications.iter().map(|one| one.amount).sum::<Decimal>() + unapplied;
    ledger.posted(group, paid);
    let payment = Payment {
        external_id: own,
        exists: None,
        order: group.order.clone().unwrap_or_default(),
        customer: invoices
            .first()
            .map(|invoice| invoice.customer.clone())
            .unwrap_or_default(),
        date: ledger.posting_day(group),
        amount: ledger.money(paid),
        applications,
        unapplied,
        account: ledger.clearing(),
        memo: format!("Amazon settlement {}", ledger.input.settlement.id),
    };
    if let Some(invoice) = first {
        answer = answer.with_document(invoice);
    }
    let left = ledger.money(left);
    answer.reason = answer.reason.with("amount", left);
    Outcome {
        posted: paid + handed,
        postings: vec![Posting::Payment(payment)],
        ..answer.outcome(group, amount)
    }
}

/// The payment is there already: a repeated run finds instead of creating (CMN-11). `share` is the group's part of it.
fn paid_before(
    ledger: &mut Ledger<'_>,
    group: &Group,
    found: &Found,
    amount: Decimal,
    (done, share): (&FoundDocument, Decimal),
    own: ExternalId,
) -> Outcome {
    ledger.posted(group, share);
    let payment = Payment {
        external_id: own,
        exists: Some(done.id.clone()),
        order: group.order.clone().unwrap_or_default(),
        customer: done.customer.clone(),
        date: done.date,
        amount: ledger.money(share),
        applications: Vec::new(),
        unapplied: Decimal::ZERO,
        account: ledger.clearing(),
        memo: format!("Amazon settlement {}", ledger.input.settlement.id),
    };
    let off = share - amount;
    let invoices = found
        .documents
        .iter()
        .filter(|document| document.kind == DocumentKind::Invoice);
    let all_closed = invoices.map(|invoice| ledger.open(invoice)).sum::<Decimal>().is_zero();
    let mut handed = Decimal::ZERO;
    let mut answer = if off.is_zero() {
        Answer::new(Status::Applied, Tab::Matched, "settlement-reason-posted")
    } else if off.is_sign_negative() && (all_closed || -off <= ledger.tolerance()) {
        // What was posted cannot become more: a credit would be a second payment.
        let beyond = beyond(ledger, group, found, -off, false);
        handed = beyond.handed;
        beyond.answer
    } else {
        ledger.vary(group, Cause::Edited, off, Text::new("settlement-variance-edited"));
        Answer {
            status: Status::PartlyApplied,
            tab: Tab::Different,
            ..Answer::asks("NETSUITE_EDITED", "settlement-reason-edited")
        }
    };
    answer.reason = answer.reason.with("amount", ledger.money(off.abs()));
    Outcome {
        posted: share + handed,
        postings: vec![Posting::Payment(payment)],
        ..answer.with_document(done).outcome(group, amount)
    }
}

/// What of a buyer's money his invoices have no room for (SET-25).
struct Beyond {
    answer: Answer,
    /// What stays as the customer's credit.
    kept: Decimal,
    /// What a payment made by hand has taken.
    handed: Decimal,
}

/// A few cents are rounding; the rest may be what a person paid by hand, or the customer's credit by choice; else
/// somebody must say.
fn beyond(ledger: &mut Ledger<'_>, group: &Group, found: &Found, left: Decimal, keep: bool) -> Beyond {
    let said = |answer| Beyond {
        answer,
        kept: Decimal::ZERO,
        handed: Decimal::ZERO,
    };
    let different = |name: &str| Answer::new(Status::Applied, Tab::Different, name);
    let partly = |code: &str, name: &str| Answer {
        status: Status::PartlyApplied,
        tab: Tab::Different,
        ..Answer::asks(code, name)
    };
    if left <= ledger.tolerance() {
        let (day, market) = (ledger.day(group.posted), group.marketplace.as_deref());
        ledger.row(day, "rounding", "acct.rounding", market, "rounding".to_owned(), left);
        return said(different("settlement-reason-rounding"));
    }
    if let Some(payment) = by_hand(ledger, group, found, left) {
        taken(ledger, group, payment, left);
        return Beyond {
            handed: left,
            ..said(different("settlement-reason-part-by-hand"))
        };
    }
    if found.documents.iter().any(is_by_hand) {
        let reason = Text::new("settlement-variance-paid-elsewhere");
        ledger.vary(group, Cause::PaidElsewhere, -left, reason);
        return said(partly("INVOICE_ALREADY_PAID", "settlement-reason-part-paid-elsewhere"));
    }
    if keep {
        return Beyond {
            kept: left,
            ..said(different("settlement-reason-kept-unapplied"))
        };
    }
    let reason = Text::new("settlement-variance-overpayment");
    ledger.vary(group, Cause::Overpayment, -left, reason);
    said(partly("OVERPAYMENT", "settlement-reason-overpayment"))
}

/// A payment that somebody else entered.
fn is_by_hand(document: &FoundDocument) -> bool {
    let ours = document.external_id.as_deref().is_some_and(|id| id.starts_with("AZN-"));
    document.kind == DocumentKind::Payment && !ours
}

/// The payment of a person that this money is: the same amount within a month, not linked to other money already.
fn by_hand<'f>(ledger: &Ledger<'_>, group: &Group, found: &'f Found, amount: Decimal) -> Option<&'f FoundDocument> {
    let day = ledger.day(group.posted);
    found
        .documents
        .iter()
        .filter(|document| is_by_hand(document) && document.total == amount)
        .filter(|document| (document.date - day).num_days().abs() <= 31)
        .find(|document| !ledger.linked.contains(&document.id))
}

/// A buyer's money that another record has put on an account already. From clearing the journal takes it with the rest;
/// where it stands elsewhere, say in a bank, the journal takes it from there, for Amazon's transfer brings it but once.
fn taken(ledger: &mut Ledger<'_>, group: &Group, by: &FoundDocument, amount: Decimal) {
    ledger.linked.insert(by.id.clone());
    let clearing = ledger.clearing();
    match by
        .account
        .as_deref()
        .filter(|account| clearing.as_deref() != Some(*account))
    {
        None => {
            ledger.in_clearing.insert(by.id.clone());
            ledger.posted(group, amount);
        }
        Some(account) => {
            let (day, market) = (ledger.day(group.posted), group.marketplace.as_deref());
            let key = Accounts::outright(account);
            ledger.row(
                day,
                "paid-elsewhere",
                &key,
                market,
                format!("paid-elsewhere · {}", by.number),
                amount,
            );
        }
    }
}

/// A cash sale has the money already; it is compared, never paid again (SET-25).
fn cash_sale(ledger: &mut Ledger<'_>, group: &Group, amount: Decimal, sale: &FoundDocument) -> Outcome {
    taken(ledger, group, sale, sale.total);
    let off = sale.total - amount;
    let answer = if off.is_zero() {
        Answer::new(Status::Applied, Tab::Matched, "settlement-reason-cash-sale")
    } else {
        ledger.vary(
            group,
            Cause::Underpayment,
            off,
            Text::new("settlement-variance-cash-sale"),
        );
        Answer {
            tab: Tab::Different,
            ..Answer::asks("VARIANCE", "settlement-reason-cash-sale-differs")
        }
    };
    Outcome {
        posted: sale.total,
        ..answer.with_document(sale).outcome(group, amount)
    }
}

/// Somebody paid it: that payment is linked if amount and date fit, else asked about.
fn nothing_open(
    ledger: &mut Ledger<'_>,
    group: &Group,
    found: &Found,
    amount: Decimal,
    invoice: &FoundDocument,
) -> Outcome {
    if let Some(payment) = by_hand(ledger, group, found, amount) {
        taken(ledger, group, payment, amount);
        let answer =
            Answer::new(Status::Applied, Tab::Matched, "settlement-reason-paid-by-hand").with_document(payment);
        return Outcome {
            posted: amount,
            ..answer.outcome(group, amount)
        };
    }
    let answer = Answer {
        tab: Tab::Different,
        ..Answer::asks("INVOICE_ALREADY_PAID", "settlement-reason-already-paid")
    };
    missed(
        ledger,
        group,
        amount,
        Cause::PaidElsewhere,
        answer.with_document(invoice),
    )
}

/// All of the order's money in this settlement cancels out: charged, then given back (SET-35).
pub(super) fn nets_to_zero(ledger: &Ledger<'_>, group: &Group) -> bool {
    let of_order = ledger
        .input
        .groups
        .iter()
        .filter(|other| other.order.is_some() && other.order == group.order);
    let mode = ledger.input.choices.tax;
    of_order
        .map(|other| parts(other, mode).customer)
        .sum::<Decimal>()
        .is_zero()
}

/// Buyers' money of an order from before go-live goes to its own account (SET-38).
pub(super) fn before_go_live(ledger: &mut Ledger<'_>, group: &Group, amount: Decimal) -> Outcome {
    let day = ledger.day(group.posted);
    ledger.row(
        day,
        "pre-go-live",
        "acct.pre_golive",
        group.marketplace.as_deref(),
        "pre-go-live".to_owned(),
        amount,
    );
    Outcome {
        posted: amount,
        ..Answer::new(Status::PreGoLive, Tab::Matched, "settlement-reason-before-go-live").outcome(group, amount)
    }
}

/// A document whose total is not Amazon's waits for a person: what is posted on it would only hide the difference
/// (ORD-08).
pub(super) fn total_differs(
    ledger: &mut Ledger<'_>,
    group: &Group,
    amount: Decimal,
    document: &FoundDocument,
) -> Outcome {
    let answer = Answer::waits("TOTAL_MISMATCH", "settlement-reason-total-differs").with_document(document);
    missed(ledger, group, amount, Cause::WaitingOrder, answer)
}

/// None of the buyer's money could be posted.
pub(super) fn missed(ledger: &mut Ledger<'_>, group: &Group, amount: Decimal, cause: Cause, answer: Answer) -> Outcome {
    ledger.vary(group, cause, -amount, answer.reason.clone());
    answer.outcome(group, amount)
}

/// The parts of an outcome that a rule decides.
pub(super) struct Answer {
    pub status: Status,
    pub tab: Tab,
    pub reason: Text,
    pub code: Option<String>,
    pub document: Option<String>,
}

impl Answer {
    pub(super) fn new(status: Status, tab: Tab, reason: &str) -> Self {
        Self {
            status,
            tab,
            reason: Text::new(reason),
            code: None,
            document: None,
        }
    }

    pub(super) fn waits(code: &str, reason: &str) -> Self {
        Self {
            code: Some(code.to_owned()),
            ..Self::new(Status::Waiting, Tab::Unmatched, reason)
        }
    }

    pub(super) fn asks(code: &str, reason: &str) -> Self {
        Self {
            code: Some(code.to_owned()),
            ..Self::new(Status::NeedsYou, Tab::Unmatched, reason)
        }
    }

    /// A record of ours that NetSuite does not have any more (SET-44).
    pub(super) fn gone(name: &str) -> Self {
        let mut answer = Self {
            tab: Tab::Different,
            document: Some(name.to_owned()),
            ..Self::asks("NETSUITE_EDITED", "settlement-reason-deleted")
        };
        answer.reason = answer.reason.with("document", name);
        answer
    }

    pub(super) fn with_document(mut self, document: &FoundDocument) -> Self {
        self.document = Some(document.number.clone());
        self.reason = self.reason.with("document", document.number.as_str());
        self
    }

    /// Nothing posted, nothing to write.
    pub(super) fn outcome(self, group: &Group, customer: Decimal) -> Outcome {
        Outcome {
            group: group.id.clone(),
            status: self.status,
            tab: self.tab,
            customer,
            posted: Decimal::ZERO,
            postings: Vec::new(),
            document: self.document,
            reason: self.reason.with("order", group.order.clone().unwrap_or_default()),
            code: self.code,
        }
    }
}
