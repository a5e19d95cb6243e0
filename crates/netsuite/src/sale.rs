//! Sales order, invoice and cash sale: one shape with small differences (netsuite.md §4.1, §4.3).

use chrono::NaiveDate;
use domain::ExternalId;
use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::json::{Body, number};
use crate::write::{RecordId, RecordType, Target, Write};

/// What sales, and the credit memos and cash refunds that take lines back, have in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sale {
    /// The name that makes it happen once.
    pub external_id: ExternalId,
    /// The customer.
    pub customer: Target,
    /// The business date in the marketplace's zone (CMN-09).
    pub date: NaiveDate,
    /// The Amazon order number, or a business buyer's purchase order number (ORD-07).
    pub other_ref_num: Option<String>,
    /// The NetSuite currency.
    pub currency: Option<RecordId>,
    /// The subsidiary, in OneWorld accounts.
    pub subsidiary: Option<RecordId>,
    /// Where the goods leave from.
    pub location: Option<RecordId>,
    /// Department.
    pub department: Option<RecordId>,
    /// Class.
    pub class: Option<RecordId>,
    /// The form, which decides between invoice and cash sale when an order is billed (netsuite.md §3).
    pub custom_form: Option<RecordId>,
    /// How it is shipped.
    pub ship_method: Option<RecordId>,
    /// Shipping in the header instead of on a line, in the sale's currency.
    pub shipping_cost: Option<Decimal>,
    /// `Amazon <order id>`.
    pub memo: Option<String>,
    /// A one-off address; the customer's own is never touched.
    pub ship_to: Option<Address>,
    /// What was sold, in order.
    pub lines: Vec<SaleLine>,
    /// Fields that the seller mapped, by their REST names.
    pub more: Vec<(String, Value)>,
}

/// A line of a sale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaleLine {
    /// The item.
    pub item: RecordId,
    /// Units; nothing on a discount line.
    pub quantity: Option<Decimal>,
    /// The price of one unit in the sale's currency, for NetSuite's own arithmetic.
    pub rate: Option<Decimal>,
    /// The exact amount of the line in the sale's currency (CMN-08).
    pub amount: Decimal,
    /// What the line says.
    pub description: Option<String>,
    /// Where the goods leave from.
    pub location: Option<RecordId>,
    /// Tax that overrides NetSuite's own, in SuiteTax accounts.
    pub tax: Option<LineTax>,
    /// Whether NetSuite may tax the line; nothing leaves it to NetSuite.
    pub taxable: Option<bool>,
    /// Fields that the seller mapped, such as `custcol_azn_order_item_id`.
    pub more: Vec<(String, Value)>,
}

/// The tax of one line as it must stand, in SuiteTax accounts (netsuite.md §8).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineTax {
    /// The tax type.
    pub tax_type: RecordId,
    /// The tax code.
    pub code: RecordId,
    /// What is taxed.
    pub basis: Decimal,
    /// Percent.
    pub rate: Decimal,
    /// The tax.
    pub amount: Decimal,
}

/// A one-off address of a transaction.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Address {
    /// The person.
    pub addressee: Option<String>,
    /// The company, or care of.
    pub attention: Option<String>,
    /// Street lines, at most three.
    pub lines: Vec<String>,
    /// City.
    pub city: Option<String>,
    /// State or region.
    pub state: Option<String>,
    /// Postal code.
    pub zip: Option<String>,
    /// ISO 3166-1 alpha-2: `GB`, never `UK`.
    pub country: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
}

/// Whether a new sales order may be fulfilled at once (`orders.mfn.status`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "NetSuite's own words")]
pub enum OrderStatus {
    PendingApproval,
    PendingFulfilment,
}

/// A sales order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SalesOrder {
    /// What is sold to whom.
    pub sale: Sale,
    /// Its first status.
    pub status: OrderStatus,
}

/// An invoice, paid later by the settlement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invoice {
    /// What is sold to whom.
    pub sale: Sale,
    /// When it is due.
    pub due: Option<NaiveDate>,
    /// The receivable account; nothing means the customer's or the company's.
    pub account: Option<RecordId>,
}

/// A cash sale to the clearing account (BIL-09).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CashSale {
    /// What is sold to whom.
    pub sale: Sale,
    /// The marketplace's Amazon clearing account, never the bank.
    pub account: RecordId,
}

impl SaleLine {
    /// A line of so many units for exactly this amount. The rate carries enough decimals that NetSuite's
    /// multiplication cannot be off by a cent (CMN-08).
    pub fn new(item: RecordId, quantity: Decimal, amount: Decimal) -> Self {
        let rate = amount.checked_div(quantity).map(|rate| {
            rate.round_dp_with_strategy(8, RoundingStrategy::MidpointAwayFromZero)
                .normalize()
        });
        Self {
            quantity: Some(quantity),
            rate,
            ..Self::amount_only(item, amount)
        }
    }

    /// A line without units, such as a discount: `amount` carries its sign.
    pub fn amount_only(item: RecordId, amount: Decimal) -> Self {
        Self {
            item,
            quantity: None,
            rate: Some(amount),
            amount,
            description: None,
            location: None,
            tax: None,
            taxable: None,
            more: Vec::new(),
        }
    }

    /// With a description.
    #[must_use]
    pub fn described(mut self, words: impl Into<String>) -> Self {
        self.description = Some(words.into());
        self
    }

    /// The line as JSON; price level -1 is "custom", so that NetSuite does not reprice (ORD-09).
    pub(crate) fn json(&self, ordinal: usize) -> Value {
        let body = Body::default()
            .id("item", Some(&self.item))
            .number("quantity", self.quantity)
            .set("price", json!({ "id": "-1" }))
            .number("rate", self.rate)
            .number("amount", Some(self.amount))
            .text("description", self.description.as_deref())
            .id("location", self.location.as_ref());
        let body = match self.taxable {
            Some(taxable) => body.set("isTaxable", taxable),
            None => body,
        };
        let body = if self.tax.is_some() {
            body.set("taxDetailsReference", tax_reference(ordinal))
        } else {
            body
        };
        body.more(&self.more).finish()
    }
}

fn tax_reference(ordinal: usize) -> String {
    format!("LINE{}", ordinal + 1)
}

impl LineTax {
    fn json(&self, ordinal: usize) -> Value {
        self.under(&tax_reference(ordinal))
    }

    /// The tax of the line with this reference.
    pub(crate) fn under(&self, reference: &str) -> Value {
        json!({
            "taxDetailsReference": reference,
            "taxType": { "id": self.tax_type.0 },
            "taxCode": { "id": self.code.0 },
            "taxBasis": number(self.basis),
            "taxRate": number(self.rate),
            "taxAmount": number(self.amount),
        })
    }
}

impl Address {
    /// The address as NetSuite's sub-record.
    pub fn json(&self) -> Value {
        let line = |index: usize| self.lines.get(index).map(String::as_str);
        let body = Body::default()
            .text("addressee", self.addressee.as_deref())
            .text("attention", self.attention.as_deref())
            .text("addr1", line(0))
            .text("addr2", line(1))
            .text("addr3", line(2))
            .text("city", self.city.as_deref())
            .text("state", self.state.as_deref())
            .text("zip", self.zip.as_deref())
            .text("addrPhone", self.phone.as_deref());
        let country = self.country.as_deref().filter(|code| !code.is_empty());
        country
            .map_or(body.clone(), |code| body.set("country", json!({ "id": code })))
            .finish()
    }
}

impl Sale {
    /// A sale with only what every sale needs.
    pub fn new(external_id: ExternalId, customer: Target, date: NaiveDate) -> Self {
        Self {
            external_id,
            customer,
            date,
            other_ref_num: None,
            currency: None,
            subsidiary: None,
            location: None,
            department: None,
            class: None,
            custom_form: None,
            ship_method: None,
            shipping_cost: None,
            memo: None,
            ship_to: None,
            lines: Vec::new(),
            more: Vec::new(),
        }
    }

    /// The sum of its lines, in its currency.
    pub fn total(&self) -> Decimal {
        self.lines.iter().map(|line| line.amount).sum()
    }

    /// The fields that all of them have; each adds its own.
    pub(crate) fn body(&self) -> Body {
        let lines = self
            .lines
            .iter()
            .enumerate()
            .map(|(ordinal, line)| line.json(ordinal))
            .collect();
        let taxes: Vec<Value> = self
            .lines
            .iter()
            .enumerate()
            .filter_map(|(n, line)| Some(line.tax.as_ref()?.json(n)))
            .collect();
        let body = Body::default()
            .reference("entity", Some(&self.customer))
            .id("customForm", self.custom_form.as_ref())
            .id("subsidiary", self.subsidiary.as_ref())
            .id("currency", self.currency.as_ref())
            .day("tranDate", Some(self.date))
            .text("otherRefNum", self.other_ref_num.as_deref())
            .text("memo", self.memo.as_deref())
            .id("location", self.location.as_ref())
            .id("department", self.department.as_ref())
            .id("class", self.class.as_ref())
            .id("shipMethod", self.ship_method.as_ref())
            .number("shippingCost", self.shipping_cost)
            .set("toBeEmailed", false)
            .items("item", lines);
        let body = match &self.ship_to {
            Some(address) => body.set("shippingAddress", address.json()),
            None => body,
        };
        if taxes.is_empty() {
            body
        } else {
            body.set("taxDetailsOverride", true).items("taxDetails", taxes)
        }
    }

    pub(crate) fn create(&self, record: RecordType, body: Body) -> Write {
        Write::Create {
            record,
            external_id: self.external_id.clone(),
            body: body.more(&self.more).finish(),
        }
    }
}

impl SalesOrder {
    /// The write that creates it.
    pub fn create(&self) -> Write {
        let status = match self.status {
            OrderStatus::PendingApproval => "A",
            OrderStatus::PendingFulfilment => "B",
        };
        self.sale.create(
            RecordType::SalesOrder,
            self.sale.body().set("orderStatus", json!({ "id": status })),
        )
    }
}

impl Invoice {
    /// The write that creates it.
    pub fn create(&self) -> Write {
        let body = self
            .sale
            .body()
            .day("dueDate", self.due)
            .id("account", self.account.as_ref());
        self.sale.create(RecordType::Invoice, body)
    }
}

impl CashSale {
    /// The write that creates it.
    pub fn create(&self) -> Write {
        let body = self
            .sale
            .body()
            .set("undepFunds", false)
            .id("account", Some(&self.account));
        self.sale.create(RecordType::CashSale, body)
    }
}
