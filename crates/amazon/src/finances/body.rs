//! How Amazon's JSON becomes transactions and balances. Nothing outside this file knows Amazon's names.
//!
//! Its answers were seen to differ from its own model: lists are `null`, a transaction's `breakdowns` stand once more in
//! an object, the status is missing or in another case, some kinds tell their parts only for the whole and some only for
//! each item.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::Money;
use domain::finances::{Goods, Part, Status, Transaction};
use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use wire::Misread;

use super::calls::{Balance, BalancesPage, Page, Unreadable};
use crate::orders::parse;
use crate::paging::token;

/// Parts of one charge: its price without tax, the tax on it, what was taken off.
const SHADES: [&str; 3] = ["Base", "Tax", "Promo"];
/// Families of charges.
const CHARGES: [&str; 4] = ["AmazonFees", "FBAFees", "Expenses", "Refunded Expenses"];

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Raw {
    selling_partner_metadata: Option<Seller>,
    #[serde(default, deserialize_with = "list")]
    related_identifiers: Vec<Related>,
    transaction_type: Option<String>,
    transaction_id: Option<String>,
    transaction_status: Option<String>,
    posted_date: Option<DateTime<Utc>>,
    total_amount: Option<Amount>,
    marketplace_details: Option<Seller>,
    #[serde(default, deserialize_with = "list")]
    items: Vec<Item>,
    #[serde(default, deserialize_with = "list")]
    contexts: Vec<Context>,
    #[serde(default, deserialize_with = "list")]
    breakdowns: Vec<Node>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Seller {
    marketplace_id: Option<String>,
    account_type: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Related {
    related_identifier_name: Option<String>,
    related_identifier_value: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(clippy::struct_field_names, reason = "Amazon's own names")]
struct Amount {
    #[serde(default, deserialize_with = "exact")]
    currency_amount: Option<Decimal>,
    currency_code: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Item {
    #[serde(default, deserialize_with = "list")]
    contexts: Vec<Context>,
    #[serde(default, deserialize_with = "list")]
    breakdowns: Vec<Node>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Context {
    sku: Option<String>,
    #[serde(default, deserialize_with = "exact")]
    quantity_shipped: Option<Decimal>,
    deferral_reason: Option<String>,
    maturity_date: Option<DateTime<Utc>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Node {
    #[serde(default)]
    breakdown_type: String,
    breakdown_amount: Option<Amount>,
    #[serde(default, deserialize_with = "list")]
    breakdowns: Vec<Node>,
}

/// A list that may be `null`, or stand once more in an object under its own name.
fn list<'de, D: Deserializer<'de>, T: serde::de::DeserializeOwned>(from: D) -> Result<Vec<T>, D::Error> {
    let value = match Value::deserialize(from)? {
        Value::Object(mut inside) => inside.remove("breakdowns").unwrap_or_default(),
        other => other,
    };
    let all = Option::<Vec<T>>::deserialize(value).map_err(serde::de::Error::custom)?;
    Ok(all.unwrap_or_default())
}

/// An amount digit by digit, whether it is written as a number or as text.
fn exact<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Decimal>, D::Error> {
    let text = match Value::deserialize(from)? {
        Value::Null => return Ok(None),
        Value::String(text) => text,
        other => other.to_string(),
    };
    let amount = text.parse().or_else(|_| Decimal::from_scientific(&text));
    amount
        .map(Some)
        .map_err(|_| serde::de::Error::custom("an amount that is no number"))
}

pub(super) fn read_page(bytes: &[u8]) -> Result<Page, Misread> {
    #[derive(Deserialize)]
    struct Answer {
        payload: Option<Payload>,
    }
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Payload {
        next_token: Option<String>,
        #[serde(default, deserialize_with = "list")]
        transactions: Vec<Value>,
    }
    let answer: Answer = parse(bytes, "listTransactions")?;
    let Some(payload) = answer.payload else {
        return Err(Misread::new("listTransactions: an answer without a payload"));
    };
    let (mut transactions, mut unreadable) = (Vec::new(), Vec::new());
    for json in payload.transactions {
        match transaction(&json) {
            Ok(one) => transactions.push(one),
            Err(what) => unreadable.push(Unreadable {
                id: json["transactionId"].as_str().unwrap_or_default().to_owned(),
                day: json["postedDate"].as_str().and_then(|at| at.get(..10)?.parse().ok()),
                what,
            }),
        }
    }
    Ok(Page {
        transactions,
        unreadable,
        next: token(payload.next_token),
    })
}

fn transaction(json: &Value) -> Result<Transaction, String> {
    let raw = Raw::deserialize(json).map_err(|error| error.to_string())?;
    let posted = raw.posted_date.ok_or("a transaction without its time")?;
    let total = raw
        .total_amount
        .and_then(Amount::money)
        .ok_or("a transaction without an amount")?;
    let parts = parts(&raw.items, &raw.breakdowns, total.amount);
    let filled = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
    let mut related = Named::default();
    for one in raw.related_identifiers {
        related.take(one);
    }
    let marketplace = [raw.marketplace_details, raw.selling_partner_metadata];
    let deferred = raw
        .contexts
        .iter()
        .chain(raw.items.iter().flat_map(|item| &item.contexts));
    let reason = deferred.clone().find_map(|one| one.deferral_reason.clone());
    let matures = deferred.clone().find_map(|one| one.maturity_date);
    let goods = goods(deferred);
    let kind = filled(raw.transaction_type).unwrap_or_default();
    Ok(Transaction {
        // Without an id of Amazon's own a transaction is told by what it says.
        id: filled(raw.transaction_id).unwrap_or_else(|| named_by(&kind, posted, total, related.order.as_deref())),
        // What was told before there was a status had been released.
        status: raw.transaction_status.map_or(Status::Released, Status::from),
        posted,
        total,
        marketplace: marketplace
            .into_iter()
            .flatten()
            .find_map(|one| filled(one.marketplace_id)),
        order: related.order,
        settlement: related.settlement,
        group: related.group,
        twin: related.twin,
        reason: filled(reason),
        matures,
        goods,
        parts,
        kind,
    })
}

/// The products, each with its units; those of a product that stands in several items are added up.
fn goods<'a>(contexts: impl Iterator<Item = &'a Context>) -> Vec<Goods> {
    let mut found: BTreeMap<&str, Option<Decimal>> = BTreeMap::new();
    for one in contexts {
        let Some(sku) = one.sku.as_deref().filter(|sku| !sku.trim().is_empty()) else {
            continue;
        };
        let units = found.entry(sku).or_default();
        *units = match (*units, one.quantity_shipped) {
            (Some(known), Some(more)) => Some(known + more),
            (known, told) => known.or(told),
        };
    }
    let each = found.into_iter().map(|(sku, units)| Goods {
        sku: sku.to_owned(),
        units,
    });
    each.collect()
}

fn named_by(kind: &str, posted: DateTime<Utc>, total: Money, order: Option<&str>) -> String {
    format!("{kind}|{}|{total}|{}", posted.to_rfc3339(), order.unwrap_or_default())
}

/// The identifiers that the product follows.
#[derive(Default)]
struct Named {
    order: Option<String>,
    settlement: Option<String>,
    group: Option<String>,
    twin: Option<String>,
}

impl Named {
    fn take(&mut self, one: Related) {
        let (Some(name), Some(value)) = (one.related_identifier_name, one.related_identifier_value) else {
            return;
        };
        let place = match name.as_str() {
            "ORDER_ID" => &mut self.order,
            "SETTLEMENT_ID" => &mut self.settlement,
            "FINANCIAL_EVENT_GROUP_ID" => &mut self.group,
            "DEFERRED_TRANSACTION_ID" | "RELEASE_TRANSACTION_ID" => &mut self.twin,
            _ => return,
        };
        *place = Some(value).filter(|value| !value.is_empty());
    }
}

impl Amount {
    fn money(self) -> Option<Money> {
        Some(Money::new(self.currency_amount?, self.currency_code?.parse().ok()?))
    }
}

impl Node {
    fn amount(&self) -> Decimal {
        let amount = self.breakdown_amount.as_ref();
        amount.and_then(|amount| amount.currency_amount).unwrap_or_default()
    }
}

/// What a total is made of: as the items tell it where they come to the total, else as the whole does, else the total
/// itself. Whatever Amazon leaves out, no cent is lost.
fn parts(items: &[Item], whole: &[Node], total: Decimal) -> Vec<Part> {
    let of_items: Vec<&Node> = items.iter().flat_map(|item| &item.breakdowns).collect();
    let of_whole: Vec<&Node> = whole.iter().collect();
    for told in [of_items, of_whole] {
        let sum: Decimal = told.iter().map(|node| node.amount()).sum();
        if !told.is_empty() && sum == total {
            let mut parts = Vec::new();
            for node in told {
                leaves(node, &node.breakdown_type, false, &mut parts);
            }
            return parts;
        }
    }
    let part = Part {
        family: String::new(),
        kind: String::new(),
        amount: total,
    };
    Vec::from_iter((!total.is_zero()).then_some(part))
}

/// The finest parts that still come to their sum; a charge's price and the tax on it stay one.
fn leaves(node: &Node, family: &str, charges: bool, parts: &mut Vec<Part>) {
    let charges = charges || CHARGES.contains(&node.breakdown_type.as_str());
    let sum: Decimal = node.breakdowns.iter().map(Node::amount).sum();
    let shades = charges
        && node
            .breakdowns
            .iter()
            .all(|part| SHADES.contains(&part.breakdown_type.as_str()));
    if !node.breakdowns.is_empty() && sum == node.amount() && !shades {
        for part in &node.breakdowns {
            leaves(part, &node.breakdown_type, charges, parts);
        }
    } else if !node.amount().is_zero() {
        parts.push(Part {
            family: family.to_owned(),
            kind: node.breakdown_type.clone(),
            amount: node.amount(),
        });
    }
}

pub(super) fn read_balances(bytes: &[u8]) -> Result<BalancesPage, Misread> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Answer {
        #[serde(default, deserialize_with = "list")]
        balances: Vec<RawBalance>,
        next_token: Option<String>,
    }
    let answer: Answer = parse(bytes, "listBalances")?;
    let balances = answer.balances.into_iter().filter_map(RawBalance::into_balance);
    Ok(BalancesPage {
        balances: balances.collect(),
        next: token(answer.next_token),
    })
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawBalance {
    partner_metadata: Option<Seller>,
    balance_type: Option<String>,
    amount: Option<Amount>,
    #[serde(default, deserialize_with = "list")]
    balances: Vec<RawBalance>,
}

impl RawBalance {
    fn into_balance(self) -> Option<Balance> {
        let seller = self.partner_metadata.as_ref()?;
        let mut balance = Balance {
            marketplace: seller.marketplace_id.clone()?,
            account_type: seller.account_type.clone().unwrap_or_default(),
            available: None,
            deferred: None,
            reserve: None,
            total: None,
        };
        self.tell(&mut balance);
        Some(balance)
    }

    fn tell(self, balance: &mut Balance) {
        let money = self.amount.and_then(Amount::money);
        match self.balance_type.as_deref() {
            Some("AVAILABLE") => balance.available = money,
            Some("DEFERRED") => balance.deferred = money,
            Some("ACCOUNT_LEVEL_RESERVE") => balance.reserve = money,
            Some("TOTAL") => balance.total = money,
            _ => (),
        }
        for part in self.balances {
            part.tell(balance);
        }
    }
}
