//! Amazon's side and NetSuite's of an order whose record does not agree (ORD-08, CMN-13, CMN-37; ux.md §5.4).

use std::collections::BTreeMap;

use domain::text::Arg;
use domain::{Money, Text};
use rust_decimal::Decimal;
use serde_json::Value as Json;
use store::problems::Problem;

use crate::contract::{Side, Value, Words};

/// The codes that are about two sides.
const TWO_SIDED: [&str; 3] = ["TOTAL_MISMATCH", "ADOPTION_CONFLICT", "NETSUITE_EDITED"];

/// Both sides, line by line; nothing where the error is not about two sides.
pub(super) fn sides(problem: &Problem, evidence: Option<&Json>) -> Vec<Side> {
    if !TWO_SIDED.contains(&problem.code.as_str()) {
        return Vec::new();
    }
    let said = |names: [&str; 2]| {
        let args = names.iter().find_map(|name| {
            let in_what = problem.what.args.get(*name);
            in_what.or_else(|| problem.why.args.get(*name))
        });
        args.cloned()
    };
    let (amazon, netsuite) = (said(["amazon", "ours"]), said(["netsuite", "theirs"]));
    let mut sides = Vec::new();
    if amazon.is_some() || netsuite.is_some() {
        let differs = plain(amazon.as_ref()) != plain(netsuite.as_ref());
        sides.push(Side {
            what: words("side-total"),
            amazon: amazon.map(Value::from),
            netsuite: netsuite.map(Value::from),
            differs,
        });
    }
    let record = evidence.and_then(|evidence| record(problem, evidence));
    if let (Some(evidence), Some(record)) = (evidence, record) {
        sides.extend(currency(evidence, record));
        sides.extend(lines(evidence, record));
        sides.extend(customer(problem, evidence, record, &sides));
    }
    sides
}

/// An amount as both sides may write it: `29.90 EUR`.
fn plain(arg: Option<&Arg>) -> String {
    match arg {
        Some(Arg::Money(money)) => money.to_string(),
        Some(Arg::Text(text)) => text.clone(),
        _ => String::new(),
    }
}

fn words(id: &str) -> Words {
    Text::new(id).into()
}

/// The record that the error is about: the one whose number it names, else the only one.
fn record<'a>(problem: &Problem, evidence: &'a Json) -> Option<&'a Json> {
    let records = evidence["records"].as_array()?;
    let number = plain(problem.what.args.get("document"));
    let named = records.iter().find(|record| record["number"] == number.as_str());
    named.or_else(|| records.first().filter(|_| records.len() == 1))
}

fn currency(evidence: &Json, record: &Json) -> Option<Side> {
    let amazon = evidence["order"]["grand_total"]["currency"].as_str()?;
    let netsuite = record["currency"].as_str()?;
    Some(side("side-currency", amazon, netsuite))
}

fn side(what: &str, amazon: &str, netsuite: &str) -> Side {
    let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty()).map(Value::Text);
    Side {
        what: words(what),
        amazon: text(amazon),
        netsuite: text(netsuite),
        differs: amazon != netsuite,
    }
}

/// The lines as we left them and as they stand now; where nothing of ours was written, how many units there are.
fn lines(evidence: &Json, record: &Json) -> Vec<Side> {
    let theirs = by_item(&record["lines"]);
    let ours = by_item(&evidence["written"]["last"]["lines"]);
    if theirs.is_empty() {
        return Vec::new();
    }
    if ours.is_empty() {
        let items = evidence["order"]["items"].as_array().into_iter().flatten();
        let ordered: u64 = items.filter_map(|item| item["quantity"].as_u64()).sum();
        let there: Decimal = theirs.values().map(|line| line.0).sum();
        return vec![side("side-units", &ordered.to_string(), &there.normalize().to_string())];
    }
    let names = names(evidence);
    let currency = evidence["order"]["grand_total"]["currency"]
        .as_str()
        .unwrap_or_default();
    let mut items: Vec<&String> = ours.keys().chain(theirs.keys()).collect();
    items.sort_unstable();
    items.dedup();
    let nothing = (Decimal::ZERO, Decimal::ZERO);
    let mut sides = Vec::new();
    for item in items {
        let (mine, there) = (ours.get(item), theirs.get(item));
        // What costs nothing on one side and is not there on the other is a kit's component, not a difference.
        if mine.is_none() && there.is_some_and(|line| line.1.is_zero()) {
            continue;
        }
        let name = names.get(item).cloned().unwrap_or_else(|| format!("#{item}"));
        let money = |line: &(Decimal, Decimal)| {
            currency.parse().map_or_else(
                |_| Value::Text(line.1.to_string()),
                |currency| Value::Money(Money::new(line.1, currency).into()),
            )
        };
        sides.push(Side {
            what: Text::new("side-line").with("item", name.as_str()).into(),
            amazon: mine.map(money),
            netsuite: there.map(money),
            differs: mine.map(|line| line.1) != there.map(|line| line.1),
        });
        let (mine, there) = (mine.unwrap_or(&nothing).0, there.unwrap_or(&nothing).0);
        if mine != there {
            let units = |units: Decimal| units.normalize().to_string();
            sides.push(Side {
                what: Text::new("side-line-units").with("item", name.as_str()).into(),
                ..side("side-line-units", &units(mine), &units(there))
            });
        }
    }
    sides
}

/// Units and amount of each item, over all its lines.
fn by_item(lines: &Json) -> BTreeMap<String, (Decimal, Decimal)> {
    let mut sums: BTreeMap<String, (Decimal, Decimal)> = BTreeMap::new();
    for line in lines.as_array().into_iter().flatten() {
        let Some(item) = line["item"].as_str() else { continue };
        let number = |name: &str| match &line[name] {
            Json::String(text) => text.parse().unwrap_or_default(),
            Json::Number(number) => number.to_string().parse().unwrap_or_default(),
            _ => Decimal::ZERO,
        };
        let sum = sums.entry(item.to_owned()).or_default();
        sum.0 += number("quantity");
        sum.1 += number("amount");
    }
    sums
}

/// What people call the items.
fn names(evidence: &Json) -> BTreeMap<String, String> {
    let items = evidence["items"].as_array().into_iter().flatten();
    items
        .filter_map(|item| Some((item["id"].as_str()?.to_owned(), item["name"].as_str()?.to_owned())))
        .collect()
}

/// A record made by hand belongs to somebody: where total and currency agree it is the customer that does not.
fn customer(problem: &Problem, evidence: &Json, record: &Json, so_far: &[Side]) -> Option<Side> {
    let id = record["customer"]
        .as_str()
        .filter(|_| problem.code == "ADOPTION_CONFLICT")?;
    let known = evidence["customers"].as_array().into_iter().flatten();
    let name = known
        .filter(|one| one["id"] == id)
        .find_map(|one| one["shared_name"].as_str())
        .map_or_else(|| format!("#{id}"), str::to_owned);
    let agrees = |one: &&Side| one.what.id != "side-units" && one.differs;
    Some(Side {
        differs: !so_far.iter().any(|one| agrees(&one)),
        ..side("side-customer", "", &name)
    })
}
