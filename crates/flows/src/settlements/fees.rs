//! Fee bills: by choice, what Amazon charges in a settlement becomes a bill of its vendor, paid out of clearing.
//!
//! One bill for each month that the settlement's journal has, with one line for each kind of fee. Bill and payment are held
//! with the rest of the settlement until a person approves the whole, and the journal leans on them.

use chrono::NaiveDate;
use domain::settlement::plan::{FeeBill, FeeLine};
use domain::{Money, Text};
use netsuite::{Apply, Expense, RecordId, Target, VendorBill, VendorPayment};
use rust_decimal::Decimal;
use serde::Serialize;
use wire::Failure;

use super::gather::{Settled, Which, settle};
use super::journals::dated_memo;
use super::posting::{day, hold};
use super::questions::account_missing;
use super::sample;
use crate::flow::{
    Card, Decision, Expect, Fact, Flow, Group, Instead, Key, LinkTo, Look, Problem, Reads, Route, Step, Window, Write,
    skip,
};
use crate::orders::closed_on;
use crate::orders::seen::ClosedPeriod;
use crate::rules::Rules;

/// Fee bills.
pub struct Fees;

/// The bills of a settlement.
#[derive(Debug, Clone, Serialize)]
pub struct ToBill {
    /// The settlement.
    pub settlement: String,
    /// The marketplace whose settings count.
    pub marketplace: String,
    /// NetSuite's id of its currency.
    pub currency: Option<RecordId>,
    /// What all bills come to.
    pub total: Money,
    /// The bills, each with the closed period that it falls into.
    pub bills: Vec<(FeeBill, Option<ClosedPeriod>)>,
}

impl Flow for Fees {
    type Subject = ToBill;

    const CARD: Card = Card {
        id: "settlement-fees",
        title: "flow-settlement-fees",
        promise: "flow-settlement-fees-promise",
        route: Route::AmazonToNetSuite,
        group: Group::Settlements,
        every_minutes: 360,
        needs: &["netsuite:Bills", "netsuite:Pay Bills"],
        after: &["settlement-refunds"],
        options: &[
            "settlement.vendor_bill",
            "settlement.vendor",
            "settlement.vendor_tax_code",
            "acct.payable",
            "acct.clearing",
            "subsidiary",
            "closed_period",
        ],
    };

    async fn look(reads: &Reads<'_>, window: &Window, rules: &Rules) -> Result<Look<ToBill>, Failure> {
        let settled = settle(reads, window, rules, Which::Unposted).await?;
        Ok(Look::Seen {
            subjects: settled.iter().map(of).collect(),
            next: None,
            read_until: window.read_until(),
        })
    }

    fn key(seen: &ToBill) -> Key {
        Key(seen.settlement.clone())
    }

    fn decide(seen: &ToBill, rules: &Rules) -> Decision {
        if seen.bills.is_empty() {
            return skip(Text::new("reason-fees-in-journal"));
        }
        let vendor = rules.must(&seen.marketplace, "settlement.vendor");
        let mut problems: Vec<Problem> = vendor.as_ref().err().map(|one| (**one).clone()).into_iter().collect();
        problems.extend(missing(seen));
        let Some(vendor) = vendor.ok().filter(|_| problems.is_empty()) else {
            return Err(Instead::Ask { problems });
        };
        let mut steps = Vec::new();
        for (bill, closed) in &seen.bills {
            let place = (seen.settlement.as_str(), seen.marketplace.as_str());
            let date = day(bill.date, closed.as_ref(), place, bill.amount, rules)?;
            steps.push(entered(bill, date, &vendor, seen, rules));
            steps.push(paid(bill, date, &vendor, seen, rules)?);
        }
        Ok(steps)
    }

    fn facts(seen: &ToBill, _rules: &Rules) -> Vec<Fact> {
        vec![
            Fact {
                name: "settlement".into(),
                value: seen.settlement.as_str().into(),
            },
            Fact {
                name: "marketplace".into(),
                value: seen.marketplace.as_str().into(),
            },
            Fact {
                name: "total".into(),
                value: seen.total.into(),
            },
        ]
    }

    fn sample() -> ToBill {
        let mut settled = sample::settled();
        settled.input.choices.vendor_bill = true;
        settled.plan = domain::settlement::plan(&settled.input);
        of(&settled)
    }
}

fn of(settled: &Settled) -> ToBill {
    let bills = &settled.plan.bills;
    let total: Decimal = bills.iter().map(|bill| bill.amount.amount).sum();
    ToBill {
        settlement: settled.id().to_owned(),
        marketplace: settled.marketplace().to_owned(),
        currency: settled.currency.clone(),
        total: Money::new(total, settled.stored.header.currency),
        bills: bills
            .iter()
            .map(|bill| (bill.clone(), closed_on(&settled.periods, bill.date)))
            .collect(),
    }
}

/// Accounts that nobody has chosen yet, each asked for once.
fn missing(seen: &ToBill) -> Vec<Problem> {
    let lines = seen.bills.iter().flat_map(|(bill, _)| &bill.lines);
    let unknown = |line: &&FeeLine| line.account.is_none();
    let mut keys: Vec<&str> = lines.filter(unknown).map(|line| line.key.as_str()).collect();
    if seen.bills.iter().any(|(bill, _)| bill.account.is_none()) {
        keys.push("acct.clearing");
    }
    keys.sort_unstable();
    keys.dedup();
    let place = (seen.settlement.as_str(), seen.marketplace.as_str());
    keys.into_iter()
        .map(|key| account_missing(key, place, seen.total))
        .collect()
}

fn entered(bill: &FeeBill, date: NaiveDate, vendor: &RecordId, seen: &ToBill, rules: &Rules) -> Step {
    let tax_code = rules.record(&seen.marketplace, "settlement.vendor_tax_code");
    let expense = |line: &FeeLine| {
        let account = RecordId(line.account.clone()?);
        Some(Expense {
            account,
            amount: line.amount,
            memo: Some(line.memo.clone()).filter(|memo| !memo.is_empty()),
            tax_code: tax_code.clone(),
            department: line.dimensions.department.clone().map(RecordId),
            class: line.dimensions.class.clone().map(RecordId),
            location: line.dimensions.location.clone().map(RecordId),
        })
    };
    let record = VendorBill {
        external_id: bill.external_id.clone(),
        vendor: vendor.clone(),
        date,
        currency: seen.currency.clone(),
        subsidiary: rules.record(&seen.marketplace, "subsidiary"),
        payable: rules.record(&seen.marketplace, "acct.payable"),
        memo: dated_memo(&bill.memo, bill.date, date),
        expenses: bill.lines.iter().filter_map(expense).collect(),
    };
    Step {
        name: bill.external_id.as_str().to_owned(),
        title: Text::new("step-create-fee-bill")
            .with("settlement", seen.settlement.as_str())
            .with("total", bill.amount),
        write: Write::NetSuite(record.create()),
        needs: Vec::new(),
        // A tax code with a rate would add to it: then somebody must look before it is paid short.
        expect: Some(Expect::Total {
            total: bill.amount,
            tolerance: Decimal::ZERO,
        }),
        hold: hold(&seen.settlement),
        link: Some(LinkTo {
            kind: "fees".into(),
            key: seen.settlement.clone(),
        }),
    }
}

fn paid(bill: &FeeBill, date: NaiveDate, vendor: &RecordId, seen: &ToBill, rules: &Rules) -> Result<Step, Instead> {
    let Some(account) = &bill.account else {
        return Err(Instead::Ask {
            problems: missing(seen),
        });
    };
    let record = VendorPayment {
        external_id: bill.payment.clone(),
        vendor: vendor.clone(),
        date,
        currency: seen.currency.clone(),
        subsidiary: rules.record(&seen.marketplace, "subsidiary"),
        account: RecordId(account.clone()),
        payable: rules.record(&seen.marketplace, "acct.payable"),
        memo: dated_memo(&bill.memo, bill.date, date),
        apply: vec![Apply {
            document: Target::Named(bill.external_id.clone()),
            amount: bill.amount.amount,
        }],
    };
    Ok(Step {
        name: bill.payment.as_str().to_owned(),
        title: Text::new("step-pay-fee-bill")
            .with("settlement", seen.settlement.as_str())
            .with("total", bill.amount),
        write: Write::NetSuite(record.create()),
        needs: vec![bill.external_id.clone()],
        expect: Some(Expect::Total {
            total: bill.amount,
            tolerance: Decimal::ZERO,
        }),
        hold: hold(&seen.settlement),
        link: Some(LinkTo {
            kind: "fee-payment".into(),
            key: seen.settlement.clone(),
        }),
    })
}
