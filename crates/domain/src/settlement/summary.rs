//! The numbers of a settlement that a person sees first (SET-43).

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::classify::{Category, Side, Sign};
use super::group::{Group, Kind};
use super::plan::{Plan, Status, Tab};
use super::waterfall::{Bar, bar_of};

/// The summary: amounts in the settlement's currency, from the seller's side.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Summary {
    /// The price of goods sold: the bar of product sales, which fees are a share of.
    #[serde(default)]
    pub sales: Decimal,
    /// What buyers paid, tax per SET-14.
    pub orders: Decimal,
    /// How much of `orders` is posted or planned.
    pub orders_posted: Decimal,
    /// What buyers got back (negative).
    pub refunds: Decimal,
    /// How much of `refunds` is posted or planned (negative).
    pub refunds_posted: Decimal,
    /// Fees by category's key.
    pub fees: BTreeMap<String, Decimal>,
    /// Reimbursements and everything else that is neither fee nor balance.
    pub other: Decimal,
    /// Balances by category's key; reserves as `reserve-released` and `reserve-held`.
    pub balances: BTreeMap<String, Decimal>,
    /// Groups by status.
    pub statuses: BTreeMap<String, u32>,
    /// Groups and their net by tab.
    pub tabs: BTreeMap<Tab, (u32, Decimal)>,
    /// Lines that are explained, in whole percent of all lines.
    pub coverage_percent: u32,
    /// Lines whose money stands somewhere in NetSuite or will after posting. A line without an account is not one of
    /// them, whichever tab it is listed in.
    #[serde(default)]
    pub explained: usize,
    /// Lines in all.
    pub lines: usize,
    /// Groups in all (SET-20).
    pub groups: usize,
    /// Lines whose money goes the other way than is usual for what they are, by category's key: their number and sum. A
    /// warning that stops nothing (SET-13).
    #[serde(default)]
    pub unusual: BTreeMap<String, (u32, Decimal)>,
}

/// Sums a plan up.
pub fn summary(groups: &[Group], plan: &Plan) -> Summary {
    let mut summary = Summary {
        groups: groups.len(),
        ..Summary::default()
    };
    for (group, outcome) in groups.iter().zip(&plan.outcomes) {
        match group.kind {
            Kind::Payment => {
                summary.orders += outcome.customer;
                summary.orders_posted += outcome.posted;
            }
            Kind::Refund => {
                summary.refunds += outcome.customer;
                summary.refunds_posted += outcome.posted;
            }
            Kind::Other | Kind::Balance => {}
        }
        for known in &group.lines {
            let amount = known.line.amount();
            let usual = known.category.usual(group.kind);
            if usual.is_some() && Sign::of(known.line.ten_thousandths).is_some_and(|sign| Some(sign) != usual) {
                let unusual = summary.unusual.entry(known.category.key().to_owned()).or_default();
                unusual.0 += 1;
                unusual.1 += amount;
            }
            if bar_of(group.kind, known.category, known.line.ten_thousandths > 0) == Bar::ProductSales {
                summary.sales += amount;
            }
            match known.category.side() {
                Side::Fee => *summary.fees.entry(known.category.key().to_owned()).or_default() += amount,
                Side::Balance => {
                    let name = match known.category {
                        Category::Reserve if known.line.ten_thousandths > 0 => "reserve-released",
                        Category::Reserve => "reserve-held",
                        other => other.key(),
                    };
                    *summary.balances.entry(name.to_owned()).or_default() += amount;
                }
                Side::Reimbursement | Side::Other => summary.other += amount,
                Side::Customer | Side::Withheld => {}
            }
        }
        *summary
            .statuses
            .entry(status_key(outcome.status).to_owned())
            .or_default() += 1;
        let tab = summary.tabs.entry(outcome.tab).or_default();
        tab.0 += 1;
        tab.1 += group.net();
        summary.lines += group.lines.len();
        let open = matches!(
            outcome.status,
            Status::Waiting | Status::NeedsYou | Status::PartlyApplied | Status::Excluded
        );
        summary.explained += if open { 0 } else { group.lines.len() };
    }
    summary.coverage_percent = match summary.lines {
        0 => 100,
        all => u32::try_from(summary.explained * 100 / all).unwrap_or(100),
    };
    summary
}

fn status_key(status: Status) -> &'static str {
    match status {
        Status::Waiting => "waiting",
        Status::Applied => "applied",
        Status::PartlyApplied => "partly_applied",
        Status::InJournal => "in_journal",
        Status::NothingToPost => "nothing_to_post",
        Status::NeedsYou => "needs_you",
        Status::Excluded => "excluded",
        Status::PreGoLive => "pre_go_live",
    }
}
