//! Lines that form one payment, one refund or one kind of fee (SET-20).

use std::collections::HashMap;

use chrono::Datelike;
use chrono_tz::Tz;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::classify::{Category, Side, Vocabulary};
use super::marketplace::{Attribution, is_from_elsewhere};
use super::{Header, Line, Posted};

/// A line that is understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// The line as read.
    pub line: Line,
    /// What it is.
    pub category: Category,
    /// The account key it goes to; empty for buyers' money and while unmapped.
    pub account: String,
    /// Amazon's marketplace id, if found (SET-15..18).
    pub marketplace: Option<String>,
}

/// What a group is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// What the buyer of one shipment paid, and the fees on it.
    Payment,
    /// What the buyer got back in one event.
    Refund,
    /// Fees, reimbursements and other rows of one kind and month.
    Other,
    /// Movements between balances.
    Balance,
}

/// Lines that are posted and shown together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Lasting name inside the settlement: the number of its first line.
    pub id: String,
    /// What it is.
    pub kind: Kind,
    /// `transaction-type` of its lines.
    pub transaction_type: String,
    /// Amazon's order number (or the seller's own, for orders from elsewhere), when the lines belong to an order.
    pub order: Option<String>,
    /// Shipment or adjustment id, when given.
    pub event: Option<String>,
    /// Amazon's marketplace id.
    pub marketplace: Option<String>,
    /// An order from another channel that Amazon shipped: only fees are expected (MCF-08).
    pub from_elsewhere: bool,
    /// The last posting of its lines.
    pub posted: Option<Posted>,
    /// Its lines in the order of the file.
    pub lines: Vec<Known>,
}

impl Group {
    /// The sum of its lines.
    pub fn net(&self) -> Decimal {
        self.lines.iter().map(|known| known.line.amount()).sum()
    }

    /// The SKUs of its lines, each once, in order.
    pub fn skus(&self) -> Vec<&str> {
        let mut skus: Vec<&str> = self.lines.iter().map(|known| known.line.sku.as_str()).collect();
        skus.retain(|sku| !sku.is_empty());
        skus.sort_unstable();
        skus.dedup();
        skus
    }
}

/// Sorts the lines of one settlement into groups, in the order of their first line. Every line is in exactly one.
pub fn group(
    header: &Header,
    lines: Vec<Line>,
    vocabulary: &mut Vocabulary,
    attribution: &Attribution<'_>,
    zone: Tz,
) -> Vec<Group> {
    group_as(header, lines, vocabulary, attribution, (zone, Refunds::ByEvent))
}

/// What of an order's refunds is one credit memo (SET-34).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Refunds {
    /// Each event of its own.
    #[default]
    ByEvent,
    /// All of one kind in a settlement together (`refund.merge_per_order`).
    ByOrder,
}

/// The same, with refunds by event or by order.
pub fn group_as(
    header: &Header,
    lines: Vec<Line>,
    vocabulary: &mut Vocabulary,
    attribution: &Attribution<'_>,
    (zone, refunds): (Tz, Refunds),
) -> Vec<Group> {
    let mut places: HashMap<[String; 5], usize> = HashMap::new();
    let mut groups: Vec<Group> = Vec::new();
    for line in lines {
        let found = vocabulary.line(&line);
        let marketplace = if found.category.side() == Side::Balance {
            None
        } else {
            attribution.of(&line)
        };
        let kind = kind(&line, found.category);
        let mut key = key(&line, kind, marketplace.as_deref(), header, zone);
        if let (Kind::Refund, Refunds::ByOrder, [_, _, event, ..]) = (kind, refunds, &mut key) {
            event.clear();
        }
        let known = Known {
            category: found.category,
            account: found.account,
            marketplace,
            line,
        };
        let place = *places.entry(key).or_insert_with(|| {
            groups.push(opened(&known, kind));
            groups.len() - 1
        });
        if let Some(group) = groups.get_mut(place) {
            group.posted = later(group.posted, known.line.posted, zone);
            group.lines.push(known);
        }
    }
    groups
}

fn kind(line: &Line, category: Category) -> Kind {
    if category.side() == Side::Balance {
        return Kind::Balance;
    }
    let has_order = line.order().is_some();
    match line.transaction_type.trim().to_ascii_lowercase().as_str() {
        "order" if has_order => Kind::Payment,
        "refund"
        | "chargeback refund"
        | "a-to-z guarantee refund"
        | "guarantee refund"
        | "a-to-z guarantee recovery"
            if has_order =>
        {
            Kind::Refund
        }
        _ => Kind::Other,
    }
}

fn key(line: &Line, kind: Kind, marketplace: Option<&str>, header: &Header, zone: Tz) -> [String; 5] {
    let lower = |text: &str| text.trim().to_ascii_lowercase();
    let marketplace = marketplace.unwrap_or_default().to_owned();
    match kind {
        Kind::Payment => [
            "payment".into(),
            line.order().unwrap_or_default().into(),
            line.shipment_id.clone(),
            marketplace,
            String::new(),
        ],
        Kind::Refund => {
            // Without an adjustment id the posting time tells two refunds of one order apart (SET-34).
            let event = [&line.adjustment_id, &line.shipment_id]
                .into_iter()
                .find(|id| !id.is_empty())
                .cloned();
            let event = event.or_else(|| line.posted.map(Posted::iso)).unwrap_or_default();
            [
                lower(&line.transaction_type),
                line.order().unwrap_or_default().into(),
                event,
                marketplace,
                String::new(),
            ]
        }
        Kind::Other if keeps_order(line) => [
            lower(&line.transaction_type),
            line.order().unwrap_or_default().into(),
            [&line.adjustment_id, &line.shipment_id]
                .into_iter()
                .find(|id| !id.is_empty())
                .cloned()
                .unwrap_or_default(),
            marketplace,
            String::new(),
        ],
        Kind::Other | Kind::Balance => {
            let day = line.posted.or(header.deposit).map(|posted| posted.business_date(zone));
            let month = day
                .map(|day| format!("{:04}{:02}", day.year(), day.month()))
                .unwrap_or_default();
            [
                lower(&line.transaction_type),
                lower(&line.amount_type),
                lower(&line.amount_description),
                marketplace,
                month,
            ]
        }
    }
}

/// Later corrections of an order's tax stay with their order, although they are no payment and no refund (SET-20).
fn keeps_order(line: &Line) -> bool {
    line.order().is_some()
        && line
            .transaction_type
            .trim()
            .to_ascii_lowercase()
            .ends_with("_retrocharge")
}

fn opened(first: &Known, kind: Kind) -> Group {
    let line = &first.line;
    let event = [&line.adjustment_id, &line.shipment_id]
        .into_iter()
        .find(|id| !id.is_empty())
        .cloned();
    let ordered = matches!(kind, Kind::Payment | Kind::Refund) || keeps_order(line);
    Group {
        id: format!("{}.{}", line.number, line.part),
        kind,
        transaction_type: line.transaction_type.clone(),
        order: line.order().filter(|_| ordered).map(str::to_owned),
        event: event.filter(|_| ordered),
        marketplace: first.marketplace.clone(),
        from_elsewhere: is_from_elsewhere(&line.marketplace_name),
        posted: None,
        lines: Vec::new(),
    }
}

fn later(one: Option<Posted>, other: Option<Posted>, zone: Tz) -> Option<Posted> {
    match (one, other) {
        (Some(a), Some(b)) => Some(if b.business_date(zone) > a.business_date(zone) {
            b
        } else {
            a
        }),
        (a, b) => a.or(b),
    }
}
