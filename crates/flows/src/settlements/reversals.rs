//! Refunds that Amazon took back, as an invoice that clearing is paid from (`refund.reversal` = `invoice`, SET-37): it stands
//! against the credit memo, and the refunded account is as if nothing had been given back.
//!
//! The invoice names its order in the memo alone: whatever carries the number in its reference counts as the order's sale.

use chrono::NaiveDate;
use domain::settlement::plan::Reversal;
use domain::{ExternalId, Text};
use netsuite::{Apply, CustomerPayment, Invoice, RecordId, Sale, SaleLine, Target};
use rust_decimal::Decimal;

use super::journals::dated_memo;
use super::posting::{ToPost, hold};
use super::refunds::goods_item;
use crate::flow::{Decision, Expect, Instead, LinkTo, Step, Write};
use crate::rules::{Rules, option_missing};

/// The invoice and its payment, as far as NetSuite does not have them.
pub(super) fn steps(reversal: &Reversal, day: NaiveDate, seen: &ToPost, rules: &Rules) -> Decision {
    let marketplace = seen.marketplace.as_str();
    let mut problems = Vec::new();
    let item = rules.must(marketplace, goods_item(seen, rules));
    let item = item.map_err(|problem| problems.push(*problem)).ok();
    let clearing = reversal.account.clone().map(RecordId);
    let clearing = clearing.or_else(|| rules.record(marketplace, "acct.clearing"));
    if clearing.is_none() {
        problems.push(option_missing(marketplace, "acct.clearing"));
    }
    let shared = || rules.record(marketplace, "customer.mfn.default");
    let customer = reversal.customer.clone().map(RecordId).or_else(shared).map(Target::Id);
    if customer.is_none() {
        problems.push(option_missing(marketplace, "customer.mfn.default"));
    }
    let (Some(item), Some(account), Some(customer), true) = (item, clearing, customer, problems.is_empty()) else {
        return Err(Instead::Ask { problems });
    };
    let memo = dated_memo(&reversal.memo, reversal.date, day);
    let mut steps = Vec::new();
    if reversal.exists.is_none() {
        let mut line = SaleLine::new(item, Decimal::ONE, reversal.amount.amount);
        line.taxable = Some(false);
        let line = if reversal.sku.is_empty() {
            line
        } else {
            line.described(reversal.sku.clone())
        };
        let invoice = Invoice {
            sale: Sale {
                currency: seen.currency_id.clone(),
                memo: memo.clone(),
                lines: vec![line],
                ..Sale::new(reversal.external_id.clone(), customer.clone(), day)
            },
            due: Some(day),
            account: rules.record(marketplace, "payment.ar_account"),
        };
        let write = Write::NetSuite(invoice.create());
        let name = &reversal.external_id;
        steps.push(Step {
            expect: Some(Expect::Total {
                total: reversal.amount,
                tolerance: Decimal::ZERO,
            }),
            ..step((name, "step-create-reversal-invoice"), "refund", write, reversal, seen)
        });
    }
    if !reversal.paid {
        let payment = CustomerPayment {
            external_id: reversal.payment.clone(),
            customer,
            date: day,
            currency: seen.currency_id.clone(),
            subsidiary: None,
            account,
            receivable: rules.record(marketplace, "payment.ar_account"),
            method: rules.record(marketplace, "payment.method"),
            amount: reversal.amount.amount,
            apply: vec![Apply {
                document: Target::Named(reversal.external_id.clone()),
                amount: reversal.amount.amount,
            }],
            memo,
            more: Vec::new(),
        };
        let write = Write::NetSuite(payment.create());
        let name = &reversal.payment;
        let paid = step((name, "step-pay-reversal-invoice"), "payment", write, reversal, seen);
        steps.push(Step {
            needs: vec![reversal.external_id.clone()],
            ..paid
        });
    }
    Ok(steps)
}

fn step((name, title): (&ExternalId, &str), kind: &str, write: Write, reversal: &Reversal, seen: &ToPost) -> Step {
    Step {
        name: name.as_str().to_owned(),
        title: Text::new(title)
            .with("order", reversal.order.as_str())
            .with("amount", reversal.amount),
        write,
        needs: Vec::new(),
        expect: None,
        hold: hold(&seen.settlement),
        link: Some(LinkTo {
            kind: kind.to_owned(),
            key: reversal.order.clone(),
        }),
    }
}
