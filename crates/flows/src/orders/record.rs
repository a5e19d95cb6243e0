//! The NetSuite record of an order: its head from the form, its lines from the amounts, its total as a promise.

use amazon::{Order, Sensitive};
use chrono::NaiveDate;
use domain::{Currency, ExternalId, Money, Text};
use netsuite::{Address, CashSale, Invoice, LineTax, RecordId, Sale, SaleLine, SalesOrder};
use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use super::amounts;
use super::customers::{Asked, Customer};
use super::lines::{self, Lines};
use super::questions::{currency_disabled, mismatch, questions, tax_code_missing, too_many_lines, two_currencies};
use super::seen::Seen;
use crate::flow::{Expect, Instead, LinkTo, Problem, Step, Write};
use crate::rules::mapping::{Form, From, field, form};
use crate::rules::{Channel, Profile, Rules, Wanted, option_missing};

/// A transaction of more lines cannot be edited in NetSuite's pages (CMN-38).
const MOST_LINES: usize = 500;

/// The fields that the seller may map; entity, lines, amounts, currency and date are locked (ORD-07, CMN-29).
pub const HEAD: Form = form(
    "order",
    &[
        field(
            "otherRefNum",
            From::FirstOf(&["purchase_order", "order"]),
            "people search by Amazon's number, business buyers by theirs",
        ),
        field(
            "memo",
            From::Prefixed("Amazon ", "order"),
            "the order stays recognisable where only a memo is shown",
        ),
        field(
            "department",
            From::Reference("department"),
            "a dimension of the marketplace",
        ),
        field("class", From::Reference("class"), "a dimension of the marketplace"),
    ],
);

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

/// An order whose every question is answered.
pub struct Draft<'a> {
    order: &'a Order,
    profile: &'a Profile,
    rules: &'a Rules,
    channel: Channel,
    day: NaiveDate,
    currency: Currency,
    currency_id: Option<RecordId>,
    customer: Customer,
    lines: Lines,
    head: Map<String, Value>,
}

/// Drafts the record of an order dated `day`. Looks at everything before it answers.
pub fn draft<'a>(
    seen: &'a Seen,
    channel: Channel,
    day: NaiveDate,
    rules: &'a Rules,
    profile: &'a Profile,
) -> Result<Draft<'a>, Instead> {
    let order = &seen.order;
    let mut problems = Vec::new();
    let currency = order.currency().unwrap_or(profile.currency);
    if seen.currency.is_none() {
        problems.push(currency_disabled(order, currency, &profile.id));
    }
    let wanted: Vec<Wanted<'_>> = order
        .items
        .iter()
        .filter(|item| item.quantity > 0)
        .map(wanted)
        .collect();
    let matches = rules
        .items_for(&profile.id, &wanted, &seen.items)
        .map_err(|instead| collect(&mut problems, instead));
    let asked = Asked {
        channel,
        day,
        currency: seen.currency.as_ref(),
        found: &seen.customers,
    };
    let customer = rules
        .customer_for(order, profile, asked)
        .map_err(|problem| problems.push(*problem));
    let amounts = amounts::of_order(order, rules, profile).map_err(|_| problems.push(two_currencies(order)));
    let mut drawn = None;
    if let (Ok(matches), Ok(amounts)) = (&matches, &amounts) {
        match lines::draw(order, amounts, &spread(order, matches), rules, &profile.id) {
            Ok(lines) => drawn = Some(lines),
            Err(missing) => problems.extend(missing),
        }
    }
    let subject = json!({ "order": order.id, "purchase_order": order.buyer.purchase_order });
    let head = rules
        .fill(&HEAD, &profile.id, &subject)
        .map_err(|missing| problems.extend(missing));
    if let Some(lines) = &drawn {
        problems.extend(disagreement(order, lines, currency, rules, profile));
    }
    match (problems.is_empty(), customer, drawn, head) {
        (true, Ok(customer), Some(lines), Ok(head)) => {
            let currency_id = seen.currency.clone();
            Ok(Draft {
                order,
                profile,
                rules,
                channel,
                day,
                currency,
                currency_id,
                customer,
                lines,
                head,
            })
        }
        _ => Err(questions(order, problems)),
    }
}

fn wanted(item: &amazon::orders::Item) -> Wanted<'_> {
    Wanted {
        sku: item.sku.as_deref().unwrap_or_default(),
        title: item.title.as_deref().unwrap_or_default(),
    }
}

/// Matches were asked for the items that are still ordered; the others get a stand-in that no line uses.
fn spread(order: &Order, matches: &[crate::rules::ItemMatch]) -> Vec<crate::rules::ItemMatch> {
    let unused = crate::rules::ItemMatch {
        item: RecordId(String::new()),
        factor: 1,
        placeholder: false,
    };
    let mut given = matches.iter();
    let next = |item: &amazon::orders::Item| if item.quantity > 0 { given.next().cloned() } else { None };
    order
        .items
        .iter()
        .map(next)
        .map(|found| found.unwrap_or_else(|| unused.clone()))
        .collect()
}

fn collect(problems: &mut Vec<Problem>, instead: Instead) {
    if let Instead::Ask { problems: more } = instead {
        problems.extend(more);
    }
}

/// The two books must agree before anything is sent: the lines must come to what Amazon says, less the tax that is left off.
fn disagreement(order: &Order, lines: &Lines, currency: Currency, rules: &Rules, profile: &Profile) -> Option<Problem> {
    if lines.lines.len() > MOST_LINES {
        return Some(too_many_lines(order, lines.lines.len()));
    }
    let stated = order.grand_total?.amount;
    let expected = stated - lines.tax_left_off;
    let off = (lines.total() - expected - lines.capped.min(Decimal::ZERO)).abs();
    let capped_to_nothing = !lines.capped.is_zero() && expected <= Decimal::ZERO;
    if off <= rules.total_tolerance(&profile.id, currency) || capped_to_nothing {
        return None;
    }
    Some(mismatch(
        order,
        Money::new(lines.total(), currency),
        Money::new(expected, currency),
    ))
}

impl Draft<'_> {
    /// The steps that put the order into NetSuite.
    pub fn steps(&self, becomes: Becomes) -> Result<Vec<Step>, Instead> {
        let marketplace = &self.profile.id;
        let mut problems = Vec::new();
        let mut sale = Sale::new(self.named(becomes), self.customer.target.clone(), self.day);
        sale.currency.clone_from(&self.currency_id);
        sale.location = self
            .rules
            .record(marketplace, &format!("location.{}", self.channel.as_str()));
        if sale.location.is_none() && self.channel == Channel::Fba {
            problems.push(option_missing(marketplace, "location.fba"));
        }
        sale.shipping_cost = self
            .lines
            .header_shipping
            .map(|cost| Money::new(cost, self.currency).rounded().amount);
        sale.more = self.head.clone().into_iter().collect();
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
            name: self.named(becomes).as_str().to_owned(),
            title: self.title(becomes),
            needs: self.customer.needs(),
            expect: self.expect(),
            hold: None,
            link: Some(LinkTo {
                kind: "order".into(),
                key: self.order.id.clone(),
            }),
            write: Write::NetSuite(write),
        };
        Ok(self.customer.create.clone().into_iter().chain([order]).collect())
    }

    fn named(&self, becomes: Becomes) -> ExternalId {
        let order = self.order.id.as_str();
        match becomes {
            Becomes::SalesOrder => ExternalId::sales_order(order),
            Becomes::Invoice => ExternalId::invoice(order, None),
            Becomes::CashSale => ExternalId::cash_sale(order, None),
        }
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
        match self
            .rules
            .ship_method_for(&self.profile.id, self.order.service_level.as_deref())
        {
            Ok(method) => sale.ship_method = method,
            Err(problem) => problems.push(*problem),
        }
        sale.ship_to = self.address();
    }

    fn sale_lines(&self, problems: &mut Vec<Problem>) -> Vec<SaleLine> {
        let marketplace = &self.profile.id;
        let overwrite = !self.lines.tax_on_lines.is_zero();
        let codes = self
            .rules
            .record(marketplace, "tax.type")
            .zip(self.rules.record(marketplace, "tax.default_code"));
        if overwrite && codes.is_none() {
            problems.push(tax_code_missing(self.order, marketplace));
        }
        let drawn = self.lines.lines.iter().map(|line| {
            let mut sale = line.to_sale(self.currency);
            // Amazon's tax is on the line, on a line of its own, or left off: NetSuite must add none (TAX-05).
            sale.taxable = (!overwrite && !self.by_netsuite()).then_some(false);
            let taxed = codes.clone().filter(|_| overwrite && !line.tax.is_zero());
            sale.tax = taxed.map(|(tax_type, code)| self.line_tax(line, tax_type, code));
            sale
        });
        drawn.collect()
    }

    /// SuiteTax accounts take Amazon's own tax per line (netsuite.md §8).
    fn line_tax(&self, line: &lines::Line, tax_type: RecordId, code: RecordId) -> LineTax {
        let rate = (line.tax * Decimal::ONE_HUNDRED)
            .checked_div(line.amount)
            .unwrap_or_default();
        LineTax {
            tax_type,
            code,
            basis: line.amount,
            rate: rate.round_dp(4).normalize(),
            amount: Money::new(line.tax, self.currency).rounded().amount,
        }
    }

    /// A one-off address on the order, never the customer's own (ORD-07). Without a country the marketplace's stands in.
    fn address(&self) -> Option<Address> {
        let address = self.order.address.as_ref()?;
        let plain = |hidden: &Option<Sensitive<String>>| hidden.as_ref().map(|text| text.reveal().clone());
        Some(Address {
            addressee: plain(&address.name),
            attention: plain(&address.company),
            lines: address.lines.iter().map(|line| line.reveal().clone()).collect(),
            city: address.city.clone(),
            state: address.state.clone(),
            zip: plain(&address.postal_code),
            country: Some(
                address
                    .country
                    .clone()
                    .unwrap_or_else(|| iso_country(&self.profile.country).to_owned()),
            ),
            phone: plain(&address.phone),
        })
    }
}

/// Sellers say `UK`, NetSuite and ISO say `GB`.
fn iso_country(country: &str) -> &str {
    if country == "UK" { "GB" } else { country }
}
