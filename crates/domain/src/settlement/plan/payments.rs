//! What buyers paid becomes payments on their invoices (SET-23..27).

use rust_decimal::Decimal;

use super::ledger::Ledger;
use super::tax::{Parts, parts};
use super::{Application, Cause, DocumentKind, Found, FoundDocument, Outcome, Payment, Posting, Status, Tab, TaxMode};
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
    let own = ExternalId::payment(&ledger.input.settlement.id, &order, part).revised(ledger.input.choices.revision);
    let of_kind = |kind| found.documents.iter().filter(move |document| document.kind == kind);
    if let Some(done) =
        of_kind(DocumentKind::Payment).find(|document| document.external_id.as_deref() == Some(own.as_str()))
    {
        return paid_before(ledger, group, found, amount, done, own);
    }
    if let Some(sale) = choose(ledger, of_kind(DocumentKind::CashSale), group, amount).first() {
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
                let answer = Answer::waits("SO_NOT_FOUND", "settlement-reason-no-order");
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
    apply(ledger, group, amount, own, &payable)
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
    let mut answer = Answer::new(Status::Applied, Tab::Matched, name);
    let mut unapplied = Decimal::ZERO;
    if left > Decimal::ZERO && left <= ledger.tolerance() {
        let day = ledger.day(group.posted);
        ledger.row(
            day,
            "rounding",
            "acct.rounding",
            group.marketplace.as_deref(),
            "rounding".to_owned(),
            left,
        );
        answer = Answer::new(Status::Applied, Tab::Different, "settlement-reason-rounding");
    } else if left > Decimal::ZERO && ledger.input.choices.keep_unapplied {
        unapplied = left;
        answer = Answer::new(Status::Applied, Tab::Different, "settlement-reason-kept-unapplied");
    } else if left > Decimal::ZERO {
        let reason = Text::new("settlement-variance-overpayment");
        ledger.vary(group, Cause::Overpayment, -left, reason);
        answer = Answer {
            status: Status::PartlyApplied,
            ..Answer::asks("OVERPAYMENT", "settlement-reason-overpayment")
        };
        answer.tab = Tab::Different;
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
        posted: paid,
        postings: vec![Posting::Payment(payment)],
        ..answer.outcome(group, amount)
    }
}

/// The payment is there already: a repeated run finds instead of creating (CMN-11).
fn paid_before(
    ledger: &mut Ledger<'_>,
    group: &Group,
    found: &Found,
    amount: Decimal,
    done: &FoundDocument,
    own: ExternalId,
) -> Outcome {
    ledger.posted(group, done.total);
    let payment = Payment {
        external_id: own,
        exists: Some(done.id.clone()),
        order: group.order.clone().unwrap_or_default(),
        customer: done.customer.clone(),
        date: done.date,
        amount: ledger.money(done.total),
        applications: Vec::new(),
        unapplied: Decimal::ZERO,
        account: ledger.clearing(),
        memo: format!("Amazon settlement {}", ledger.input.settlement.id),
    };
    let off = done.total - amount;
    let known_rest = off.is_sign_negative() && -off <= ledger.tolerance();
    let invoices = found
        .documents
        .iter()
        .filter(|document| document.kind == DocumentKind::Invoice);
    let all_closed = invoices.map(|invoice| ledger.open(invoice)).sum::<Decimal>().is_zero();
    let answer = if off.is_zero() {
        Answer::new(Status::Applied, Tab::Matched, "settlement-reason-posted")
    } else if known_rest {
        let day = ledger.day(group.posted);
        ledger.row(
            day,
            "rounding",
            "acct.rounding",
            group.marketplace.as_deref(),
            "rounding".to_owned(),
            -off,
        );
        Answer::new(Status::Applied, Tab::Different, "settlement-reason-rounding")
    } else if off.is_sign_negative() && all_closed {
        ledger.vary(
            group,
            Cause::Overpayment,
            off,
            Text::new("settlement-variance-overpayment"),
        );
        Answer {
            status: Status::PartlyApplied,
            tab: Tab::Different,
            ..Answer::asks("OVERPAYMENT", "settlement-reason-overpayment")
        }
    } else {
        ledger.vary(group, Cause::Edited, off, Text::new("settlement-variance-edited"));
        Answer {
            status: Status::PartlyApplied,
            tab: Tab::Different,
            ..Answer::asks("NETSUITE_EDITED", "settlement-reason-edited")
        }
    };
    Outcome {
        posted: done.total,
        postings: vec![Posting::Payment(payment)],
        ..answer.with_document(done).outcome(group, amount)
    }
}

/// A cash sale has the money already; it is compared, never paid again (SET-25).
fn cash_sale(ledger: &mut Ledger<'_>, group: &Group, amount: Decimal, sale: &FoundDocument) -> Outcome {
    ledger.posted(group, sale.total);
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
    let own = |document: &FoundDocument| document.external_id.as_deref().is_some_and(|id| id.starts_with("AZN-"));
    let day = ledger.day(group.posted);
    let fits = |document: &&FoundDocument| {
        document.kind == DocumentKind::Payment
            && !own(document)
            && document.total == amount
            && (document.date - day).num_days().abs() <= 31
    };
    let by_hand = found
        .documents
        .iter()
        .filter(fits)
        .find(|document| !ledger.linked.contains(&document.id));
    if let Some(payment) = by_hand {
        ledger.linked.insert(payment.id.clone());
        ledger.posted(group, amount);
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
