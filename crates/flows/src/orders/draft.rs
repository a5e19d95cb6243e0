//! An order with every question answered: who buys, what is bought, what it comes to and what the seller's fields say.
//! Everything is looked at before anything is asked.

use amazon::Order;
use chrono::NaiveDate;
use domain::{Currency, Money};
use netsuite::RecordId;
use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use super::amounts::{self, Unclear};
use super::customers::{Asked, Customer};
use super::lines::{self, Lines};
use super::mapped::{self, Mapped};
use super::questions::{currency_disabled, mismatch, questions, tax_rate_missing, too_many_lines, two_currencies};
use super::standing::Case;
use super::tax;
use crate::flow::{Instead, Problem};
use crate::rules::mapping::{Form, From, field, form};
use crate::rules::{Channel, Profile, Rules, Wanted};

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

/// An order whose every question is answered.
pub struct Draft<'a> {
    pub(super) of: Case<'a>,
    pub(super) order: &'a Order,
    pub(super) profile: &'a Profile,
    pub(super) rules: &'a Rules,
    pub(super) channel: Channel,
    pub(super) day: NaiveDate,
    pub(super) currency: Currency,
    pub(super) customer: Customer,
    pub(super) lines: Lines,
    pub(super) codes: tax::Codes,
    pub(super) head: Map<String, Value>,
    pub(super) mapped: Mapped,
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
        .map_err(|wrong| problems.extend(wrong));
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
