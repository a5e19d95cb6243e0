//! Bills made from sales orders: invoice or cash sale, whole or in part (netsuite.md §3, §4.3; BIL-02..07).

use chrono::NaiveDate;
use domain::ExternalId;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::json::{Body, number};
use crate::sale::LineTax;
use crate::write::{RecordId, RecordType, Target, Write};

/// A bill of a sales order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bill {
    /// The name that makes it happen once.
    pub external_id: ExternalId,
    /// The sales order.
    pub order: RecordId,
    /// Invoice or cash sale.
    pub kind: BillKind,
    /// The business date.
    pub date: NaiveDate,
    /// The lines of the order to bill; empty means everything that is open.
    pub lines: Vec<BilledLine>,
    /// What stands on the bill beside its lines; nothing: as the order has it.
    pub beside: Option<Beside>,
    /// A remark.
    pub memo: Option<String>,
    /// Fields of the account's own.
    pub more: Vec<(String, Value)>,
}

/// What a sales order is billed as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BillKind {
    /// An open invoice, which the settlement pays, due on a day.
    Invoice {
        /// When it is due.
        due: NaiveDate,
    },
    /// A cash sale to the clearing account, never the bank (BIL-09).
    CashSale {
        /// The marketplace's Amazon clearing account.
        account: RecordId,
    },
}

/// What a bill of a part has beside its lines: NetSuite would take over all of the order's.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Beside {
    /// Shipping in the head; nothing where the order has none there.
    pub shipping: Option<Decimal>,
    /// The part's tax, line by line; nothing where the order's tax was not written.
    pub taxes: Option<Vec<BilledTax>>,
}

/// The tax of one line of a bill, under the reference that the order's line has (netsuite.md §8).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BilledTax {
    /// `LINE3`.
    pub reference: String,
    /// The tax.
    pub tax: LineTax,
}

/// A line of the sales order, and how much of it is billed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BilledLine {
    /// The order's line number.
    pub order_line: u32,
    /// How much.
    pub share: Share,
}

/// How much of a line is billed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Share {
    /// So many units for exactly this amount, in the order's currency.
    Units {
        /// Units.
        quantity: Decimal,
        /// The exact amount.
        amount: Decimal,
    },
    /// A line without units: exactly this amount, in the order's currency.
    Amount(Decimal),
    /// All that is open of it.
    Open,
    /// Nothing.
    Nothing,
}

impl Bill {
    /// The write that makes it from its order.
    pub fn transform(&self) -> Write {
        let lines = self.lines.iter().map(BilledLine::json);
        let body = Body::default()
            .day("tranDate", Some(self.date))
            .text("memo", self.memo.as_deref())
            .set("toBeEmailed", false)
            .items("item", lines.collect())
            .more(&self.more);
        let body = match &self.beside {
            Some(beside) => beside.onto(body),
            None => body,
        };
        let (to, body) = match &self.kind {
            // The customer's own terms would come along and move the due day (BIL-07).
            BillKind::Invoice { due } => (
                RecordType::Invoice,
                body.set("terms", Value::Null).day("dueDate", Some(*due)),
            ),
            BillKind::CashSale { account } => (
                RecordType::CashSale,
                body.set("undepFunds", false).id("account", Some(account)),
            ),
        };
        Write::Transform {
            from: RecordType::SalesOrder,
            source: Target::Id(self.order.clone()),
            to,
            external_id: self.external_id.clone(),
            body: body.finish(),
        }
    }
}

impl Beside {
    fn onto(&self, body: Body) -> Body {
        let body = body.number("shippingCost", self.shipping);
        let Some(taxes) = &self.taxes else { return body };
        let taxes: Vec<Value> = taxes.iter().map(|one| one.tax.under(&one.reference)).collect();
        body.set("taxDetailsOverride", true)
            .set("taxDetails", json!({ "items": taxes }))
    }
}

impl BilledLine {
    fn json(&self) -> Value {
        match &self.share {
            Share::Units { quantity, amount } => json!({
                "orderLine": self.order_line,
                "quantity": number(*quantity),
                "amount": number(*amount),
            }),
            Share::Amount(amount) => json!({ "orderLine": self.order_line, "amount": number(*amount) }),
            Share::Open => json!({ "orderLine": self.order_line }),
            Share::Nothing => json!({ "orderLine": self.order_line, "quantity": 0 }),
        }
    }
}
