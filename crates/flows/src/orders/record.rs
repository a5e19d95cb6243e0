//! The NetSuite record of an order: its head from the form, its lines from the amounts, its total as a promise.

use amazon::{Order, Sensitive};
use chrono::NaiveDate;
use domain::{Currency, Money, Text};
use netsuite::{Address, CashSale, Invoice, LineTax, RecordId, Sale, SaleLine, SalesOrder};
use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use super::amounts::{self, Unclear};
use super::customers::{Asked, Customer};
use super::lines::{self, Lines};
use super::mapped::{self, Mapped};
use super::questions::{
    currency_disabled, mismatch, questions, tax_code_missing, tax_rate_missing, too_many_lines, two_currencies,
};
use super::standing::Case;
use super::{fields, tax};
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
    of: Case<'a>,
    order: &'a Order,
    profile: &'a Profile,
    rules: &'a Rules,
    channel: Channel,
    day: NaiveDate,
    currency: Currency,
    customer: Customer,
    lines: Lines,
    codes: tax::Codes,
    head: Map<String, Value>,
    mapped: Mapped,
}

/// Drafts the record of an order dated `day`. Looks at everything before it answers.
pub fn draft<'a>(of: &Case<'a>, day: NaiveDate) -> Result<Draft<'a>, Instead> {
    let Case {
        seen,
        channel,
        rules,
        profile,
        ..
    } = *of;
    let order = &seen.order;
    let mut problems = Vec::new();
    let currency = of.currency();
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
        .items_for(&profile.id, &order.id, &wanted, &seen.items)
        .map_err(|instead| collect(&mut problems, instead));
    let asked = Asked {
        channel,
        day: of.customer_day(),
        currency: seen.currency.as_ref(),
        found: &seen.customers,
    };
    let customer = rules
        .customer_for(order, profile, asked)
        .map_err(|problem| problems.push(*problem));
    let amounts = amounts::of_order(order, rules, profile).map_err(|unclear| {
        problems.push(match unclear {
            Unclear::TwoCurrencies => two_currencies(order),
            Unclear::NoRate(code) => tax_rate_missing(order, &profile.id, code.as_ref()),
        });
    });
    let codes = tax::codes(order, rules, profile);
    let mut drawn = None;
    if let (Ok(matches), Ok(amounts)) = (&matches, &amounts) {
        let apart = codes.differ(order);
        match lines::draw(order, amounts, &spread(order, matches), apart, rules, &profile.id) {
            Ok(lines) => drawn = Some(lines),
            Err(missing) => problems.extend(missing),
        }
    }
    let subject = json!({ "order": order.id, "purchase_order": order.buyer.purchase_order });
    let head = rules
        .fill(&HEAD, &profile.id, &subject)
        .map_err(|missing| problems.extend(missing));
    let planned = drawn.as_ref().map_or(&[][..], |lines| &lines.lines);
    let mapped = mapped::map(order, planned, channel, day, rules, profile).map_err(|wrong| problems.extend(wrong));
    if let Some(lines) = &drawn {
        problems.extend(disagreement(order, lines, currency, rules, profile));
    }
    let (true, Ok(customer), Some(lines), Ok(head), Ok(mapped)) = (problems.is_empty(), customer, drawn, head, mapped)
    else {
        return Err(questions(order, problems));
    };
    Ok(Draft {
        of: *of,
        order,
        profile,
        rules,
        channel,
        day,
        currency,
        customer,
        lines,
        codes,
        head,
        mapped,
    })
}

pub(super) fn wanted(item: &amazon::orders::Item) -> Wanted<'_> {
    Wanted {
        sku: item.sku.as_deref().unwrap_or_default(),
        title: item.title.as_deref().unwrap_or_default(),
        asin: item.asin.as_deref(),
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
