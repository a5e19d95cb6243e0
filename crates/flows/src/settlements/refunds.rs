//! Refunds: what buyers got back, as a settlement says, as credit memos paid out of clearing.
//!
//! A credit is paid out in full, even while its invoice is open: the payment comes with a later settlement, and each
//! settlement must leave clearing at zero by itself (SET-48). A cash sale gets one cash refund. Goods do not come back into stock here unless the seller says so (SET-31).

use chrono::NaiveDate;
use domain::settlement::group::Kind;
use domain::settlement::plan::{Posting, Refund, RefundForm, RefundLine, RefundOf};
use domain::{ExternalId, Text};
use netsuite::{Apply, CashRefund, CreditMemo, CustomerRefund, RecordId, Sale, SaleLine, Target};
use wire::Failure;

use super::posting::{self, ToPost, hold, to_write};
use super::reversals;
use super::sample;
use crate::flow::{
    Card, Decision, Fact, Flow, Group, Instead, Key, LinkTo, Look, Problem, Reads, Route, Step, Window, Write,
};
use crate::rules::{Rules, option_missing};

/// Refunds.
pub struct Refunds;

impl Flow for Refunds {
    type Subject = ToPost;

    const CARD: Card = Card {
        id: "settlement-refunds",
        title: "flow-settlement-refunds",
        promise: "flow-settlement-refunds-promise",
        route: Route::AmazonToNetSuite,
        group: Group::Settlements,
        every_minutes: 360,
        needs: &[
            "netsuite:Credit Memo",
            "netsuite:Customer Refund",
            "netsuite:Cash Sale Refund",
        ],
        after: &["settlement-payments"],
        options: &[
            "acct.clearing",
            "refund.amount_item",
            "refund.restocking_item",
            "refund.tax_item",
            "refund.atoz_item",
            "refund.chargeback_item",
            "orders.shipping_discount_item",
            "refund.stock",
            "refund.location",
            "refund.standalone",
            "refund.reversal",
            "refund.merge_per_order",
            "payment.method",
            "payment.ar_account",
            "je.mode",
        ],
    };

    async fn look(reads: &Reads<'_>, window: &Window, rules: &Rules) -> Result<Look<ToPost>, Failure> {
        posting::look(reads, window, rules, Kind::Refund).await
    }

    fn key(seen: &ToPost) -> Key {
        posting::key(seen)
    }

    fn decide(seen: &ToPost, rules: &Rules) -> Decision {
        let to_write = to_write(seen, rules)?;
        let mut steps = Vec::new();
        for posting in &to_write.postings {
            match posting {
                Posting::Refund(refund) => {
                    steps.extend(
                        Giving {
                            refund,
                            day: to_write.day.unwrap_or(refund.date),
                            seen,
                            rules,
                        }
                        .back()?,
                    );
                }
                Posting::Reversal(reversal) => {
                    let day = to_write.day.unwrap_or(reversal.date);
                    steps.extend(reversals::steps(reversal, day, seen, rules)?);
                }
                Posting::Payment(_) => (),
            }
        }
        to_write.with(steps)
    }

    fn facts(seen: &ToPost, _rules: &Rules) -> Vec<Fact> {
        posting::facts(seen)
    }

    fn sample() -> ToPost {
        sample::refund()
    }
}

struct Giving<'a> {
    refund: &'a Refund,
    day: NaiveDate,
    seen: &'a ToPost,
    rules: &'a Rules,
}

impl Giving<'_> {
    fn back(&self) -> Decision {
        let mut problems = Vec::new();
        let lines = self.lines(&mut problems);
        let marketplace = self.seen.marketplace.as_str();
        let clearing = self
            .refund
            .account
            .clone()
            .map(RecordId)
            .or_else(|| self.rules.record(marketplace, "acct.clearing"));
        if clearing.is_none() {
            problems.push(option_missing(marketplace, "acct.clearing"));
        }
        let (Some(account), Some(customer), true) = (clearing, self.customer(), problems.is_empty()) else {
            return Err(Instead::Ask { problems });
        };
        Ok(match &self.refund.form {
            // A posting stopped between the two: the credit memo stands, its money is still in clearing.
            RefundForm::CreditMemo { external_id, refund } if self.refund.exists.is_some() => {
                vec![self.paid_out(refund, external_id, customer, account)]
            }
            RefundForm::CreditMemo { external_id, refund } => vec![
                self.credit_memo(external_id, customer.clone(), lines),
                self.paid_out(refund, external_id, customer, account),
            ],
            RefundForm::CashRefund { external_id } => vec![self.cash_refund(external_id, customer, account, lines)],
        })
    }

    /// The shared customer stands in where nobody knows whose order it was.
    fn customer(&self) -> Option<Target> {
        let chosen = || self.rules.record(&self.seen.marketplace, "customer.mfn.default");
        self.refund
            .customer
            .clone()
            .map(RecordId)
            .or_else(chosen)
            .map(Target::Id)
    }

    fn given_back(&self, name: &ExternalId, customer: Target, lines: Vec<SaleLine>) -> Sale {
        Sale {
            currency: self.seen.currency_id.clone(),
            location: self.location(),
            other_ref_num: Some(self.refund.order.clone()),
            memo: super::journals::dated_memo(&self.refund.memo, self.refund.date, self.day),
            lines,
            ..Sale::new(name.clone(), customer, self.day)
        }
    }

    fn credit_memo(&self, name: &ExternalId, customer: Target, lines: Vec<SaleLine>) -> Step {
        let record = CreditMemo {
            sale: self.given_back(name, customer, lines),
            apply: Vec::new(),
        };
        self.step(
            name,
            "step-create-credit-memo",
            Write::NetSuite(record.create()),
            Vec::new(),
        )
    }

    fn paid_out(&self, name: &ExternalId, memo: &ExternalId, customer: Target, account: RecordId) -> Step {
        let record = CustomerRefund {
            external_id: name.clone(),
            customer,
            date: self.day,
            currency: self.seen.currency_id.clone(),
            subsidiary: None,
            account,
            method: self.rules.record(&self.seen.marketplace, "payment.method"),
            apply: vec![Apply {
                document: Target::Named(memo.clone()),
                amount: self.refund.amount.amount,
            }],
            memo: super::journals::dated_memo(&self.refund.memo, self.refund.date, self.day),
            more: Vec::new(),
        };
        self.step(
            name,
            "step-create-customer-refund",
            Write::NetSuite(record.create()),
            vec![memo.clone()],
        )
    }

    fn cash_refund(&self, name: &ExternalId, customer: Target, account: RecordId, lines: Vec<SaleLine>) -> Step {
        let record = CashRefund {
            sale: self.given_back(name, customer, lines),
            account,
            method: self.rules.record(&self.seen.marketplace, "payment.method"),
        };
        self.step(
            name,
            "step-create-cash-refund",
            Write::NetSuite(record.create()),
            Vec::new(),
        )
    }

    fn step(&self, name: &ExternalId, title: &str, write: Write, needs: Vec<ExternalId>) -> Step {
        Step {
            name: name.as_str().to_owned(),
            title: Text::new(title)
                .with("order", self.refund.order.as_str())
                .with("amount", self.refund.amount),
            write,
            needs,
            expect: None,
            hold: hold(&self.seen.settlement),
            link: Some(LinkTo {
                kind: "refund".into(),
                key: self.refund.order.clone(),
            }),
        }
    }

    fn restocks(&self) -> bool {
        self.rules.says(&self.seen.marketplace, "refund.stock", "restock")
    }

    fn location(&self) -> Option<RecordId> {
        self.rules
            .record(&self.seen.marketplace, "refund.location")
            .filter(|_| self.restocks())
    }

    fn lines(&self, problems: &mut Vec<Problem>) -> Vec<SaleLine> {
        let mut drawn = Vec::new();
        for line in &self.refund.lines {
            match self.item(line) {
                Ok(item) => drawn.push(sale_line(item, line)),
                Err(problem) if problems.iter().any(|known: &Problem| known.cause == problem.cause) => (),
                Err(problem) => problems.push(*problem),
            }
        }
        drawn
    }

    /// Units go back on their own item only when they go back into stock; else a stand-in without stock carries them.
    fn item(&self, line: &RefundLine) -> Result<RecordId, Box<Problem>> {
        let option = match &line.what {
            RefundOf::Units { item, .. } if self.restocks() => return Ok(RecordId(item.clone())),
            RefundOf::Units { .. } | RefundOf::AmountOnly { .. } | RefundOf::Other => goods_item(self.seen, self.rules),
            RefundOf::Shipping => "orders.shipping_item",
            RefundOf::GiftWrap => "orders.giftwrap_item",
            RefundOf::Promotion => "orders.item_discount_item",
            RefundOf::ShippingPromotion => "orders.shipping_discount_item",
            RefundOf::Restocking => "refund.restocking_item",
            RefundOf::Tax => "refund.tax_item",
        };
        self.rules.must(&self.seen.marketplace, option)
    }
}

/// A guarantee claim or a chargeback may have an item of its own, and with it an account of its own (SET-37).
pub(super) fn goods_item(seen: &ToPost, rules: &Rules) -> &'static str {
    let transaction = seen.transaction.to_ascii_lowercase();
    let own = if transaction.contains("guarantee") {
        "refund.atoz_item"
    } else if transaction.contains("chargeback") {
        "refund.chargeback_item"
    } else {
        return "refund.amount_item";
    };
    let is_chosen = rules.record(&seen.marketplace, own).is_some();
    if is_chosen { own } else { "refund.amount_item" }
}

fn sale_line(item: RecordId, line: &RefundLine) -> SaleLine {
    let mut drawn = match &line.what {
        RefundOf::Promotion | RefundOf::ShippingPromotion => SaleLine::amount_only(item, line.amount),
        _ => SaleLine::new(item, line.quantity, line.amount),
    };
    drawn.taxable = Some(false);
    match &line.what {
        RefundOf::Units { sku, .. } | RefundOf::AmountOnly { sku } if !sku.is_empty() => drawn.described(sku.clone()),
        _ => drawn,
    }
}
