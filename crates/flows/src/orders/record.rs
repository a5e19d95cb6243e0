//! The NetSuite record of a drafted order: its head from the form, its lines from the amounts, its total as a promise.

use amazon::{Order, Sensitive};
use domain::{Money, Text};
use netsuite::{Address, CashSale, Invoice, LineTax, RecordId, Sale, SaleLine, SalesOrder};
use rust_decimal::Decimal;
use serde_json::{Map, Value};

use super::customers::Asked;
use super::draft::Draft;
use super::questions::{questions, tax_code_missing};
use super::{fields, lines};
use crate::flow::{Expect, Instead, LinkTo, Problem, Step, Write};
use crate::rules::{Channel, Profile, option_missing};

/// What an order becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Becomes {
    /// An order to be shipped.
    SalesOrder,
    /// An open invoice that the settlement pays.
    Invoice,
    /// A sale and its money in one record.
    CashSale,
}

impl Draft<'_> {
    /// The steps that put the order into NetSuite.
    pub fn steps(&self, becomes: Becomes) -> Result<Vec<Step>, Instead> {
        let marketplace = &self.profile.id;
        let mut problems = Vec::new();
        let mut sale = Sale::new(self.of.named(becomes), self.customer.target.clone(), self.day);
        sale.currency.clone_from(&self.of.seen.currency);
        // Without this NetSuite books in the customer's primary subsidiary (netsuite.md §9).
        sale.subsidiary = self.rules.record(marketplace, "subsidiary");
        sale.location = self
            .rules
            .record(marketplace, &format!("location.{}", self.channel.as_str()));
        if sale.location.is_none() && self.channel == Channel::Fba && !self.mapped.fills("location") {
            problems.push(option_missing(marketplace, "location.fba"));
        }
        sale.shipping_cost = self
            .lines
            .header_shipping
            .map(|cost| Money::new(cost, self.currency).rounded().amount);
        sale.more = self.head().into_iter().collect();
        sale.lines = self.sale_lines(&mut problems);
        let write = match becomes {
            Becomes::SalesOrder => {
                self.for_shipping(&mut sale, &mut problems);
                SalesOrder {
                    sale,
                    status: self.status(),
                }
                .create()
            }
            Becomes::Invoice => Invoice {
                sale,
                due: None,
                account: None,
            }
            .create(),
            // With cash sales the money account must be the clearing account (BIL-09).
            Becomes::CashSale => match self.rules.must(marketplace, "acct.clearing") {
                Ok(account) => CashSale { sale, account }.create(),
                Err(problem) => return Err(questions(self.order, vec![*problem])),
            },
        };
        if !problems.is_empty() {
            return Err(questions(self.order, problems));
        }
        let order = Step {
            name: self.of.named(becomes).as_str().to_owned(),
            title: self.title(becomes),
            needs: self.customer.needs(),
            expect: self.expect(),
            hold: None,
            link: Some(LinkTo {
                kind: "order".into(),
                key: self.order.id.clone(),
            }),
            write: Write::NetSuite(self.mapped.onto(write)),
        };
        let first = self.customer.first.clone().or_else(|| self.new_address());
        Ok(first.into_iter().chain([order]).collect())
    }

    fn new_address(&self) -> Option<Step> {
        let asked = Asked {
            channel: self.channel,
            day: self.of.customer_day(),
            currency: self.of.seen.currency.as_ref(),
            found: &self.of.seen.customers,
        };
        let id = self.customer.id()?;
        self.rules.new_address(self.order, self.profile, asked, id)
    }

    /// The seller's fields, the day that a closed period moved it from, and the product's own fields.
    fn head(&self) -> Map<String, Value> {
        let mut head = self.head.clone();
        if let (true, Some(memo)) = (self.day != self.of.day, head.get("memo").and_then(Value::as_str)) {
            let memo = format!("{memo} ({})", self.of.day);
            head.insert("memo".into(), memo.into());
        }
        if self.own_fields() {
            head.extend(fields::of_order(&self.of));
            if self.day != self.of.day {
                head.insert(fields::ORIGINAL_DATE.into(), self.of.day.to_string().into());
            }
        }
        head
    }

    fn own_fields(&self) -> bool {
        self.rules.is_on(&self.profile.id, "orders.custom_fields")
    }

    fn title(&self, becomes: Becomes) -> Text {
        let id = match becomes {
            Becomes::SalesOrder => "step-create-sales-order",
            Becomes::Invoice => "step-create-invoice",
            Becomes::CashSale => "step-create-cash-sale",
        };
        Text::new(id)
            .with("order", self.order.id.as_str())
            .with("total", Money::new(self.lines.total(), self.currency))
    }

    /// Read back after writing (ORD-08). Where NetSuite computes the tax itself there is nothing to promise.
    fn expect(&self) -> Option<Expect> {
        let tolerance = self.rules.total_tolerance(&self.profile.id, self.currency);
        let total = Money::new(self.lines.total(), self.currency).rounded();
        (!self.by_netsuite()).then_some(Expect::Total { total, tolerance })
    }

    fn by_netsuite(&self) -> bool {
        self.rules.says(&self.profile.id, "tax.mode", "netsuite")
    }

    fn status(&self) -> netsuite::sale::OrderStatus {
        let approval = self
            .rules
            .says(&self.profile.id, "orders.mfn.status", "pending_approval");
        if approval && self.channel == Channel::Mfn {
            netsuite::sale::OrderStatus::PendingApproval
        } else {
            netsuite::sale::OrderStatus::PendingFulfilment
        }
    }

    /// What the warehouse needs. An order that Amazon ships needs none of it, and never carries an address.
    fn for_shipping(&self, sale: &mut Sale, problems: &mut Vec<Problem>) {
        if self.channel == Channel::Fba {
            return;
        }
        let level = self.order.service_level.as_deref();
        match self.rules.ship_method_for(&self.profile.id, level) {
            Ok(method) => sale.ship_method = method,
            // A row of the seller's own says it.
            Err(_) if self.mapped.fills("shipMethod") => (),
            Err(problem) => problems.push(*problem),
        }
        sale.ship_to = address(self.order, self.profile);
    }

    fn sale_lines(&self, problems: &mut Vec<Problem>) -> Vec<SaleLine> {
        let marketplace = &self.profile.id;
        let tax_type = self.rules.record(marketplace, "tax.type");
        let told = |line: &lines::Line| {
            let code = self.codes.told(line.of, line.tax)?.code.clone();
            Some(self.line_tax(line, tax_type.clone()?, code))
        };
        let taxes: Vec<Option<LineTax>> = self.lines.lines.iter().map(told).collect();
        let lost = |(line, tax): (&lines::Line, &Option<LineTax>)| tax.is_none() && !line.tax.is_zero();
        if self.lines.lines.iter().zip(&taxes).any(lost) {
            let uncoded = |line: &lines::Line| !line.tax.is_zero() && self.codes.told(line.of, line.tax).is_none();
            let missing = [
                ("tax.default_code", self.lines.lines.iter().any(uncoded)),
                ("tax.type", tax_type.is_none()),
            ];
            problems.push(tax_code_missing(self.order, marketplace, missing));
        }
        let overwrite = taxes.iter().any(Option::is_some);
        let drawn = self.lines.lines.iter().zip(taxes).map(|(line, tax)| {
            let mut sale = line.to_sale(self.currency);
            // Amazon's tax is on the line, on a line of its own, or left off: NetSuite must add none (TAX-05).
            sale.taxable = (!overwrite && !self.by_netsuite()).then_some(false);
            sale.tax = tax;
            let item = line.of.filter(|_| self.own_fields() && line.kind == "item");
            if let Some(item) = item.and_then(|index| self.order.items.get(index)) {
                sale.more = fields::of_line(item);
            }
            sale
        });
        drawn.collect()
    }

    /// SuiteTax accounts take Amazon's own tax per line (netsuite.md §8).
    fn line_tax(&self, line: &lines::Line, tax_type: RecordId, code: RecordId) -> LineTax {
        // No tax on a discount is no tax, not less than none.
        let tax = if line.tax.is_zero() { Decimal::ZERO } else { line.tax };
        let rate = (tax * Decimal::ONE_HUNDRED)
            .checked_div(line.amount)
            .unwrap_or_default();
        LineTax {
            tax_type,
            code,
            basis: line.amount,
            rate: rate.round_dp(4).normalize(),
            amount: Money::new(tax, self.currency).rounded().amount,
        }
    }
}

/// A one-off address on the order, never the customer's own (ORD-07). Without a country the marketplace's stands in.
pub(super) fn address(order: &Order, profile: &Profile) -> Option<Address> {
    let address = order.address.as_ref()?;
    let plain = |hidden: &Option<Sensitive<String>>| hidden.as_ref().map(|text| text.reveal().clone());
    let country = address.country.clone();
    Some(Address {
        addressee: plain(&address.name),
        attention: plain(&address.company),
        lines: address.lines.iter().map(|line| line.reveal().clone()).collect(),
        city: address.city.clone(),
        state: address.state.clone(),
        zip: plain(&address.postal_code),
        country: Some(country.unwrap_or_else(|| iso_country(&profile.country).to_owned())),
        phone: plain(&address.phone),
    })
}

/// Sellers say `UK`, NetSuite and ISO say `GB`.
pub(super) fn iso_country(country: &str) -> &str {
    if country == "UK" { "GB" } else { country }
}
