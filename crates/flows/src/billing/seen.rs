//! What billing looks at: one sales order from Amazon, what left, and what is billed of it already.

use std::collections::BTreeMap;

use amazon::Order;
use chrono::NaiveDate;
use domain::Money;
use netsuite::queries::{Known, Member, OrderLine};
use netsuite::{BilledTax, LineTax, RecordId, Shipped};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::local::{Made, Sent};
use crate::orders::seen::ClosedPeriod;

/// A sales order with everything that its decision needs.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Billable {
    /// Amazon's side, as it was last read. Buyer data masks itself.
    pub order: Order,
    /// The sales order.
    pub document: Known,
    /// Its lines.
    pub lines: Vec<OrderLine>,
    /// Its item fulfilments whose goods left, by ascending id; their lines only where the order is billed in parts.
    pub left: Vec<Shipped>,
    /// Components of the kits among its lines; only where it is billed in parts.
    pub members: Vec<Member>,
    /// Bills made from it, by whomever.
    pub bills: Vec<Known>,
    /// Bills that carry its Amazon number and were not made from it: somebody wrote them by hand (CMN-13).
    pub standalone: Vec<Known>,
    /// Bills that this computer made for it.
    pub made: Vec<Made>,
    /// What the order flow wrote last; nothing for an order that it did not write.
    pub written: Option<Written>,
    /// The payment method on the order.
    pub payment_method: Option<RecordId>,
    /// Days that a bill may be dated on and that fall into a closed period.
    pub closed: BTreeMap<NaiveDate, ClosedPeriod>,
    /// What is open about the order itself, by the codes of its questions: it is not billed before (BIL-06).
    pub open: Vec<String>,
}

/// What the order flow wrote, as far as bills need it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// The total that it decided, and how far NetSuite's may be off; nothing where NetSuite computes the tax itself.
    pub total: Option<(Money, Decimal)>,
    /// Shipping in the order's head, on no line.
    pub shipping: Decimal,
    /// The tax that it wrote on lines, by the order's line numbers.
    pub taxes: BTreeMap<u32, BilledTax>,
}

impl Written {
    /// What was sent, found again on the order's lines.
    pub fn of(sent: &Sent, lines: &[OrderLine]) -> Self {
        let mut theirs = lines.iter();
        let mut number = |item: &Value| {
            let item = item["item"]["id"].as_str()?;
            theirs.find(|line| line.item.0 == item).map(|line| line.line)
        };
        let made: Vec<Option<u32>> = rows(&sent.create, "item").iter().map(&mut number).collect();
        // A change tells the tax of its lines anew, counted over those that it leaves.
        let changed = rows(&sent.change, "taxDetails");
        let (details, numbers) = if changed.is_empty() {
            (rows(&sent.create, "taxDetails"), made)
        } else {
            let left = rows(&sent.change, "item")
                .iter()
                .filter(|line| line["isClosed"] != true);
            let left = left.filter(|line| !(line["quantity"].is_null() && decimal(&line["amount"]).is_zero()));
            let number = |line: &Value| line["line"].as_u64()?.try_into().ok();
            (changed, left.map(number).collect())
        };
        let tax = |detail: &Value| {
            let reference = detail["taxDetailsReference"].as_str()?;
            let ordinal: usize = reference.trim_start_matches(char::is_alphabetic).parse().ok()?;
            let number: u32 = (*numbers.get(ordinal.checked_sub(1)?)?)?;
            Some((
                number,
                BilledTax {
                    reference: reference.to_owned(),
                    tax: line_tax(detail)?,
                },
            ))
        };
        Self {
            total: sent.total,
            shipping: decimal(&sent.create["shippingCost"]),
            taxes: details.iter().filter_map(tax).collect(),
        }
    }

    /// The tax written on one of the order's lines.
    pub fn tax(&self, line: u32) -> Decimal {
        self.taxes.get(&line).map(|one| one.tax.amount).unwrap_or_default()
    }
}

fn rows<'a>(body: &'a Value, list: &str) -> &'a [Value] {
    body[list]["items"].as_array().map_or(&[], Vec::as_slice)
}

fn decimal(value: &Value) -> Decimal {
    let number = value.as_number().and_then(|number| number.to_string().parse().ok());
    number.unwrap_or_default()
}

fn line_tax(detail: &Value) -> Option<LineTax> {
    let id = |name: &str| detail[name]["id"].as_str().map(|id| RecordId(id.to_owned()));
    Some(LineTax {
        tax_type: id("taxType")?,
        code: id("taxCode")?,
        basis: decimal(&detail["taxBasis"]),
        rate: decimal(&detail["taxRate"]),
        amount: decimal(&detail["taxAmount"]),
    })
}

impl Billable {
    /// The sales order's total.
    pub fn total(&self) -> Money {
        self.money(self.document.total)
    }

    /// An amount in the sales order's currency.
    pub fn money(&self, amount: Decimal) -> Money {
        let currency = self.document.currency.or_else(|| self.order.currency());
        Money::new(amount, currency.unwrap_or(domain::Currency::USD))
    }

    /// Bills that carry a name of ours for this order.
    pub fn ours(&self) -> impl Iterator<Item = &Known> {
        self.bills.iter().filter(|bill| is_ours(bill))
    }

    /// Bills that a person made, or a fulfilment by itself.
    pub fn by_others(&self) -> impl Iterator<Item = &Known> {
        let own = self.bills.iter().filter(|bill| !is_ours(bill));
        own.chain(&self.standalone)
    }

    /// What all its bills come to.
    pub fn billed(&self) -> Decimal {
        let all = self.bills.iter().chain(&self.standalone);
        all.map(|bill| bill.total).sum()
    }

    /// What the order has beside the amounts of its lines and what the order flow wrote: nought where everything is
    /// known, so that a part of the order can be promised to the cent.
    pub fn unexplained(&self) -> Decimal {
        let lines: Decimal = self.lines.iter().map(|line| line.amount).sum();
        let written = self.written.as_ref();
        let beside = |written: &Written| {
            let taxes: Decimal = written.taxes.values().map(|one| one.tax.amount).sum();
            taxes + written.shipping
        };
        self.document.total - lines - written.map(beside).unwrap_or_default()
    }
}

fn is_ours(bill: &Known) -> bool {
    let name = bill.external_id.as_deref().unwrap_or_default();
    ["AZN-BIV-", "AZN-BCS-"].iter().any(|ours| name.starts_with(ours))
}
