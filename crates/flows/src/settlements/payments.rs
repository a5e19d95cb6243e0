//! Payments: what buyers paid, as a settlement says, put on the invoices of their orders.
//!
//! Invoices are paid in full, with what the buyer paid; Amazon's fees are not taken off here but stand in the journal,
//! so that receivables close and fees show gross (SET-27). Nothing is sent before a person approves the settlement.

use chrono::NaiveDate;
use domain::Text;
use domain::settlement::group::Kind;
use domain::settlement::plan::{Payment, Posting};
use netsuite::{Apply, CustomerPayment, RecordId, Target};
use wire::Failure;

use super::posting::{self, ToPost, hold, to_write};
use super::sample;
use super::together::{Shared, Together};
use crate::flow::{Card, Decision, Fact, Flow, Group, Instead, Key, LinkTo, Look, Reads, Route, Step, Window, Write};
use crate::rules::{Rules, option_missing};

/// Payments.
pub struct Payments;

impl Flow for Payments {
    type Subject = ToPost;

    const CARD: Card = Card {
        id: "settlement-payments",
        title: "flow-settlement-payments",
        promise: "flow-settlement-payments-promise",
        route: Route::AmazonToNetSuite,
        group: Group::Settlements,
        every_minutes: 360,
        needs: &["netsuite:Customer Payment", "netsuite:Invoice"],
        after: &["settlement-orders", "finances", "mfn-orders", "fba-orders", "billing"],
        options: &[
            "acct.clearing",
            "payment.tolerance",
            "payment.keep_unapplied",
            "payment.granularity",
            "payment.method",
            "payment.ar_account",
            "je.mode",
        ],
    };

    async fn look(reads: &Reads<'_>, window: &Window, rules: &Rules) -> Result<Look<ToPost>, Failure> {
        posting::look(reads, window, rules, Kind::Payment).await
    }

    fn key(seen: &ToPost) -> Key {
        posting::key(seen)
    }

    fn decide(seen: &ToPost, rules: &Rules) -> Decision {
        let to_write = to_write(seen, rules)?;
        let day = |payment: &Payment| to_write.day.unwrap_or(payment.date);
        if let Some(Together::Leads(shared)) = &seen.together {
            let step = pay_together(shared, day(&shared.payment), seen, rules)?;
            return to_write.with(vec![step]);
        }
        let payments = to_write.postings.iter().filter_map(|posting| match posting {
            Posting::Payment(payment) => Some(payment),
            Posting::Refund(_) | Posting::Reversal(_) => None,
        });
        let steps: Vec<Step> = payments
            .map(|payment| pay(payment, day(payment), seen, rules))
            .collect::<Result<_, _>>()?;
        to_write.with(steps)
    }

    fn facts(seen: &ToPost, _rules: &Rules) -> Vec<Fact> {
        posting::facts(seen)
    }

    fn sample() -> ToPost {
        sample::payment()
    }
}

/// One payment for the orders of a customer: it belongs to the settlement (SET-26).
fn pay_together(shared: &Shared, day: NaiveDate, seen: &ToPost, rules: &Rules) -> Result<Step, Instead> {
    let payment = &shared.payment;
    let step = pay(payment, day, seen, rules)?;
    Ok(Step {
        title: Text::new("step-create-shared-payment")
            .with("count", shared.orders.len())
            .with("settlement", seen.settlement.as_str())
            .with("amount", payment.amount),
        link: Some(LinkTo {
            kind: "payment".into(),
            key: seen.settlement.clone(),
        }),
        ..step
    })
}

fn pay(payment: &Payment, day: NaiveDate, seen: &ToPost, rules: &Rules) -> Result<Step, Instead> {
    let clearing = payment
        .account
        .clone()
        .map(RecordId)
        .or_else(|| rules.record(&seen.marketplace, "acct.clearing"));
    let Some(account) = clearing else {
        return Err(Instead::Ask {
            problems: vec![option_missing(&seen.marketplace, "acct.clearing")],
        });
    };
    let apply = payment.applications.iter().map(|one| Apply {
        document: Target::Id(RecordId(one.invoice.clone())),
        amount: one.amount,
    });
    let record = CustomerPayment {
        external_id: payment.external_id.clone(),
        customer: Target::Id(RecordId(payment.customer.clone())),
        date: day,
        currency: seen.currency_id.clone(),
        subsidiary: None,
        account,
        receivable: rules.record(&seen.marketplace, "payment.ar_account"),
        method: rules.record(&seen.marketplace, "payment.method"),
        amount: payment.amount.amount,
        apply: apply.collect(),
        memo: super::journals::dated_memo(&payment.memo, payment.date, day),
        more: Vec::new(),
    };
    Ok(Step {
        name: payment.external_id.as_str().to_owned(),
        title: Text::new("step-create-payment")
            .with("order", payment.order.as_str())
            .with("amount", payment.amount),
        write: Write::NetSuite(record.create()),
        needs: Vec::new(),
        expect: None,
        hold: hold(&seen.settlement),
        link: Some(LinkTo {
            kind: "payment".into(),
            key: payment.order.clone(),
        }),
    })
}
