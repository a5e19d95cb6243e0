//! What buyers got back becomes credit memos with refunds (SET-28..39).

use rust_decimal::Decimal;

use super::ledger::Ledger;
use super::payments::{Answer, before_go_live, missed, nets_to_zero, tax_mode, total_differs};
use super::refund_lines::{self, Rung, Unmatched};
use super::reversals;
use super::tax::{Parts, parts};
use super::{
    AtAmazon, Cause, DocumentKind, Found, FoundDocument, FoundLine, Outcome, Posting, Refund, RefundForm, RefundLine,
    RefundOf, Status, Tab,
};
use crate::ExternalId;
use crate::settlement::group::Group;

/// Decides one refund group. `event` numbers the refunds of an order in this settlement, from 1 (SET-34).
pub(super) fn decide(ledger: &mut Ledger<'_>, group: &Group, event: u32) -> (Outcome, Parts) {
    let found = ledger.found(group);
    let parts = parts(group, tax_mode(ledger, found));
    let back = -parts.customer;
    let outcome = if found.before_go_live {
        before_go_live(ledger, group, parts.customer)
    } else if back.is_zero() {
        Answer::new(
            Status::NothingToPost,
            Tab::Matched,
            "settlement-reason-no-customer-money",
        )
        .outcome(group, back)
    } else if back.is_sign_negative() {
        reversals::decide(ledger, group, found, parts.customer, event)
    } else {
        give_back(ledger, group, found, parts, event)
    };
    (outcome, parts)
}

fn give_back(ledger: &mut Ledger<'_>, group: &Group, found: &Found, parts: Parts, event: u32) -> Outcome {
    let names = Names::new(ledger, group, found, event);
    if let Some(outcome) = done_before(ledger, group, found, parts, &names) {
        return outcome;
    }
    let of_kind = |kind| found.documents.iter().filter(move |document| document.kind == kind);
    let here = |document: &&FoundDocument| document.currency == ledger.currency;
    let sold: Vec<&FoundDocument> = of_kind(DocumentKind::Invoice)
        .chain(of_kind(DocumentKind::CashSale))
        .filter(here)
        .collect();
    let Some(document) = sold.first().copied() else {
        return without_document(ledger, group, found, parts, &names);
    };
    if found.mismatched {
        return total_differs(ledger, group, parts.customer, document);
    }
    let (lines, rung) = match refund_lines::of(group, parts, &units_left(ledger, group, found, &sold)) {
        Ok(found) => found,
        Err(Unmatched { sku, prices }) => {
            let mut answer = Answer::asks("REFUND_LINE_UNMATCHED", "settlement-reason-refund-line-open");
            let prices: Vec<String> = prices.iter().map(|price| ledger.money(*price).to_string()).collect();
            answer.reason = answer.reason.with("sku", sku).with("prices", prices.join(", "));
            return missed(
                ledger,
                group,
                parts.customer,
                Cause::RefundNotMatched,
                answer.with_document(document),
            );
        }
    };
    let back = -parts.customer;
    let room = creditable(ledger, found, &sold);
    ledger.posted(group, parts.customer);
    let mut postings = Vec::new();
    if back <= room {
        ledger.give(document, back);
        remember_units(ledger, group, &lines);
        postings.push(posting(ledger, group, &names, Some(document), lines));
    } else {
        ledger.give(document, room);
        if !room.is_zero() {
            postings.push(posting(ledger, group, &names, Some(document), vec![amount_only(room)]));
        }
        postings.push(posting(ledger, group, &names.beyond(), None, vec![amount_only(back - room)]).of(document));
    }
    let answer = if back <= room {
        let name = match rung {
            Rung::Code => "settlement-reason-refund",
            Rung::Sku => "settlement-reason-refund-by-sku",
            Rung::OnlyLine => "settlement-reason-refund-by-only-line",
            Rung::Nothing => "settlement-reason-refund-by-amount",
        };
        Answer::new(Status::Applied, Tab::Matched, name)
    } else {
        let reason = Answer::new(Status::Applied, Tab::Different, "settlement-reason-refund-exceeds");
        Answer {
            code: Some("REFUND_EXCEEDS_INVOICE".to_owned()),
            ..reason
        }
    };
    let postings = postings.into_iter().map(Posting::Refund).collect();
    Outcome {
        posted: parts.customer,
        postings,
        ..answer.with_document(document).outcome(group, parts.customer)
    }
}

/// What may still be credited against the order's bills: their total less what was credited before (SET-33).
fn creditable(ledger: &Ledger<'_>, found: &Found, bills: &[&FoundDocument]) -> Decimal {
    // What an earlier refund gave beyond the bills stands beside them and takes nothing of them.
    let of_bills = |credit: &&&FoundDocument| !is_beyond(credit);
    let before: Decimal = credits(found).iter().filter(of_bills).map(|credit| credit.total).sum();
    let left = |bill: &&FoundDocument| bill.total - ledger.given(bill);
    (bills.iter().map(left).sum::<Decimal>() - before).max(Decimal::ZERO)
}

/// What was given back for the order before, in whichever settlement.
fn credits(found: &Found) -> Vec<&FoundDocument> {
    let is_credit = |other: &&FoundDocument| matches!(other.kind, DocumentKind::CreditMemo | DocumentKind::CashRefund);
    found.documents.iter().filter(is_credit).collect()
}

/// A credit memo of ours for what went beyond the bills: `AZN-CM-<settlement>-<order>-X-<event>`.
fn is_beyond(credit: &FoundDocument) -> bool {
    let name = credit.external_id.as_deref().unwrap_or_default();
    name.starts_with("AZN-CM-") && name.contains("-X-")
}

/// The goods of the order's bills that may still be given back by the unit.
fn units_left(ledger: &Ledger<'_>, group: &Group, found: &Found, bills: &[&FoundDocument]) -> Vec<FoundLine> {
    let order = group.order.clone().unwrap_or_default();
    refund_lines::less_given(refund_lines::sold_on(bills), &credits(found), |line| {
        let key = (order.clone(), line.sku.clone(), line.unit_price);
        ledger.units_given.get(&key).copied().unwrap_or_default()
    })
}

fn remember_units(ledger: &mut Ledger<'_>, group: &Group, lines: &[RefundLine]) {
    let order = group.order.clone().unwrap_or_default();
    for line in lines {
        if let RefundOf::Units { sku, .. } = &line.what {
            let price = line.amount.checked_div(line.quantity).unwrap_or_default();
            let key = (order.clone(), sku.clone(), price.normalize());
            *ledger.units_given.entry(key).or_default() += line.quantity;
        }
    }
}

fn amount_only(amount: Decimal) -> RefundLine {
    RefundLine {
        what: RefundOf::AmountOnly { sku: String::new() },
        quantity: Decimal::ONE,
        amount,
    }
}

/// The names of one refund event's records.
struct Names<'f> {
    settlement: String,
    order: String,
    event: u32,
    revision: u32,
    found: &'f Found,
}

impl<'f> Names<'f> {
    fn new(ledger: &Ledger<'_>, group: &Group, found: &'f Found, event: u32) -> Self {
        let settlement = ledger.input.settlement.id.clone();
        Self {
            settlement,
            order: group.order.clone().unwrap_or_default(),
            event,
            revision: ledger.input.choices.revision,
            found,
        }
    }

    fn standing(&self, name: ExternalId) -> ExternalId {
        name.standing(self.revision, |name| self.found.stands(name))
    }

    /// For the part beyond the invoice's total: a record of its own.
    fn beyond(&self) -> Self {
        let order = format!("{}-X", self.order);
        Self {
            order,
            settlement: self.settlement.clone(),
            event: self.event,
            revision: self.revision,
            found: self.found,
        }
    }

    fn credit_memo(&self) -> ExternalId {
        self.standing(ExternalId::credit_memo(&self.settlement, &self.order, self.event))
    }

    fn customer_refund(&self) -> ExternalId {
        self.standing(ExternalId::customer_refund(&self.settlement, &self.order, self.event))
    }

    fn cash_refund(&self) -> ExternalId {
        self.standing(ExternalId::cash_refund(&self.settlement, &self.order, self.event))
    }

    fn includes(&self, document: &FoundDocument) -> bool {
        let own = [self.credit_memo(), self.cash_refund()];
        document
            .external_id
            .as_deref()
            .is_some_and(|id| own.iter().any(|name| name.as_str() == id))
    }
}

fn posting(
    ledger: &Ledger<'_>,
    group: &Group,
    names: &Names<'_>,
    document: Option<&FoundDocument>,
    lines: Vec<RefundLine>,
) -> Refund {
    let form = if document.is_some_and(|document| document.kind == DocumentKind::CashSale) {
        RefundForm::CashRefund {
            external_id: names.cash_refund(),
        }
    } else {
        RefundForm::CreditMemo {
            external_id: names.credit_memo(),
            refund: names.customer_refund(),
        }
    };
    Refund {
        form,
        exists: None,
        paid_out: false,
        order: group.order.clone().unwrap_or_default(),
        customer: document.map(|document| document.customer.clone()),
        document: document.map(|document| document.id.clone()),
        date: ledger.posting_day(group),
        amount: ledger.money(lines.iter().map(|line| line.amount).sum()),
        lines,
        account: ledger.clearing(),
        memo: format!(
            "{} · Amazon settlement {}",
            group.transaction_type, ledger.input.settlement.id
        ),
    }
}

impl Refund {
    /// The same, for the customer of a document that it does not credit.
    fn of(self, document: &FoundDocument) -> Self {
        Self {
            customer: Some(document.customer.clone()),
            ..self
        }
    }
}

/// The records of this event are there already.
fn done_before(
    ledger: &mut Ledger<'_>,
    group: &Group,
    found: &Found,
    parts: Parts,
    names: &Names<'_>,
) -> Option<Outcome> {
    let beyond = names.beyond();
    let own = |document: &&FoundDocument| names.includes(document) || beyond.includes(document);
    let done: Vec<&FoundDocument> = found.documents.iter().filter(own).collect();
    let Some(first) = done.first().copied() else {
        let written = [names.credit_memo(), names.cash_refund()];
        let gone = written.iter().find(|name| found.written.contains(name.as_str()))?;
        let answer = Answer::gone(gone.as_str());
        return Some(missed(ledger, group, parts.customer, Cause::Edited, answer));
    };
    let of = |document: &FoundDocument| if names.includes(document) { names } else { &beyond };
    let there: Decimal = done
        .iter()
        .map(|document| paid_out(found, document, of(document)))
        .sum();
    // A refund that somebody deleted leaves its credit memo: what was credited needs no second one.
    let credited: Decimal = done.iter().map(|document| document.total).sum();
    let rest = unfinished(ledger, group, found, names, &done, -parts.customer - credited);
    let total = there + rest.as_ref().map_or(Decimal::ZERO, |refund| refund.amount.amount);
    ledger.posted(group, -total);
    let mut postings = Vec::new();
    for document in done {
        let names = of(document);
        let mut refund = posting(ledger, group, names, None, Vec::new()).of(document);
        if document.kind == DocumentKind::CashRefund {
            refund.form = RefundForm::CashRefund {
                external_id: names.cash_refund(),
            };
        }
        refund.amount = ledger.money(document.total);
        refund.exists = Some(document.id.clone());
        let refunded = names.customer_refund();
        refund.paid_out = document.kind == DocumentKind::CashRefund || found.stands(refunded.as_str());
        postings.push(Posting::Refund(refund));
    }
    postings.extend(rest.map(Posting::Refund));
    let off = -total - parts.customer;
    let answer = if off.is_zero() {
        Answer::new(Status::Applied, Tab::Matched, "settlement-reason-posted")
    } else {
        ledger.vary(
            group,
            Cause::Edited,
            off,
            crate::Text::new("settlement-variance-edited"),
        );
        let refunds = [names.customer_refund(), beyond.customer_refund()];
        if let Some(gone) = refunds.iter().find(|name| found.has_lost(name.as_str())) {
            let answer = Answer {
                status: Status::PartlyApplied,
                ..Answer::gone(gone.as_str())
            };
            return Some(Outcome {
                posted: Decimal::ZERO - total,
                postings,
                ..answer.outcome(group, parts.customer)
            });
        }
        Answer {
            status: Status::PartlyApplied,
            tab: Tab::Different,
            ..Answer::asks("NETSUITE_EDITED", "settlement-reason-edited")
        }
    };
    Some(Outcome {
        posted: Decimal::ZERO - total,
        postings,
        ..answer.with_document(first).outcome(group, parts.customer)
    })
}

/// The other one of two records that a refund beyond its bills has, where a posting stopped between them: what the bills
/// have room for, or what goes beyond them. Anything else that is missing was changed by somebody.
fn unfinished(
    ledger: &Ledger<'_>,
    group: &Group,
    found: &Found,
    names: &Names<'_>,
    done: &[&FoundDocument],
    rest: Decimal,
) -> Option<Refund> {
    let beyond = names.beyond();
    let bills: Vec<&FoundDocument> = found
        .documents
        .iter()
        .filter(|document| matches!(document.kind, DocumentKind::Invoice | DocumentKind::CashSale))
        .filter(|document| document.currency == ledger.currency)
        .collect();
    let (bill, room) = (bills.first().copied()?, creditable(ledger, found, &bills));
    let has = |names: &Names<'_>| done.iter().any(|document| names.includes(document));
    let was_written = |names: &Names<'_>| found.written.contains(names.credit_memo().as_str());
    let lines = vec![amount_only(rest)];
    match (has(names), has(&beyond)) {
        _ if rest <= Decimal::ZERO => None,
        (true, false) if room.is_zero() && !was_written(&beyond) => {
            Some(posting(ledger, group, &beyond, None, lines).of(bill))
        }
        (false, true) if room == rest && !was_written(names) => Some(posting(ledger, group, names, Some(bill), lines)),
        _ => None,
    }
}

/// What has left clearing for a credit: the cash refund itself, or the customer refund of the credit memo. One that is not
/// written yet comes with the same posting; one that was deleted has given nothing.
fn paid_out(found: &Found, credit: &FoundDocument, names: &Names<'_>) -> Decimal {
    if credit.kind == DocumentKind::CashRefund {
        return credit.total;
    }
    let refund = names.customer_refund();
    match found.named(refund.as_str()) {
        Some(refund) => refund.total,
        None if found.has_lost(refund.as_str()) => Decimal::ZERO,
        None => credit.total,
    }
}

/// SET-35: no invoice and no cash sale.
fn without_document(ledger: &mut Ledger<'_>, group: &Group, found: &Found, parts: Parts, names: &Names<'_>) -> Outcome {
    let amount = parts.customer;
    let sold = |document: &&FoundDocument| matches!(document.kind, DocumentKind::Invoice | DocumentKind::CashSale);
    if let Some(other) = found.documents.iter().find(sold) {
        let answer = Answer::asks("CURRENCY_MISMATCH", "settlement-reason-other-currency").with_document(other);
        return missed(ledger, group, amount, Cause::RefundNotMatched, answer);
    }
    match &found.sales_order {
        Some(order) if !order.shipped && nets_to_zero(ledger, group) => {
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
        Some(_) => {
            let answer = Answer::waits("INVOICE_NOT_FOUND", "settlement-reason-refund-not-billed");
            missed(ledger, group, amount, Cause::RefundNotMatched, answer)
        }
        None if ledger.input.choices.rows.standalone.contains(&group.id) => standalone(ledger, group, amount, names),
        // Amazon knows it, or has not been asked: it is imported and billed first, and only then is anything given back.
        None if found.amazon != AtAmazon::Unknown => {
            let answer = Answer::waits("SO_NOT_FOUND", "settlement-reason-no-order");
            missed(ledger, group, amount, Cause::RefundNotMatched, answer)
        }
        None if ledger.input.choices.standalone_refunds => standalone(ledger, group, amount, names),
        None => Outcome {
            status: Status::InJournal,
            reason: crate::Text::new("settlement-reason-refund-unknown-order").with("order", names.order.as_str()),
            ..before_go_live(ledger, group, amount)
        },
    }
}

/// A credit memo that gives back nothing that was sold here (SET-35).
fn standalone(ledger: &mut Ledger<'_>, group: &Group, amount: Decimal, names: &Names) -> Outcome {
    ledger.posted(group, amount);
    let refund = posting(ledger, group, names, None, vec![amount_only(-amount)]);
    let answer = Answer::new(Status::Applied, Tab::Matched, "settlement-reason-refund-standalone");
    Outcome {
        posted: amount,
        postings: vec![Posting::Refund(refund)],
        ..answer.outcome(group, amount)
    }
}
