//! NetSuite's open bills of Amazon orders, by where their money is (DEF-01).

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::Currency;
use domain::finances::Status;
use flows::rules::{Profile, Rules};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use store::open_bills::OpenBill;

use crate::contract::{Amount, BillsIn};
use crate::views::small;

/// Where the money of a bill is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Where {
    /// Amazon holds it back.
    Held,
    /// Released, and in the settlement that is still open.
    Open,
    /// In a settlement that is not posted yet.
    Settled,
    /// Amazon has told nothing of it, and may still do so.
    Untold,
    /// Amazon has told nothing of it for too long.
    Missing,
}

const ALL: [(Where, &str); 5] = [
    (Where::Held, "held"),
    (Where::Open, "open"),
    (Where::Settled, "settled"),
    (Where::Untold, "untold"),
    (Where::Missing, "missing"),
];

/// How long Amazon may tell nothing of a bill.
#[derive(Debug, Clone, Copy)]
pub(super) struct Days {
    usual: i64,
    business: i64,
}

impl Days {
    pub(super) fn of(rules: &Rules, profile: &Profile) -> Self {
        let days = |key: &str| rules.number(&profile.id, key).and_then(|days| days.to_i64());
        let usual = days("money.missing_days").unwrap_or(35);
        Self {
            usual,
            business: days("money.missing_days_b2b").unwrap_or(60).max(usual),
        }
    }
}

/// The day that a bill counts from.
pub(super) fn day_of(bill: &OpenBill, today: NaiveDate) -> NaiveDate {
    bill.day.unwrap_or_else(|| bill.linked_at.date_naive()).min(today)
}

/// Where the money of a bill is. `days`: nothing as long as Finances was not read, for then nothing is missing.
pub(super) fn place(bill: &OpenBill, told: Option<&BTreeSet<Status>>, days: Option<Days>, today: NaiveDate) -> Where {
    let is = |status: &Status| told.is_some_and(|told| told.contains(status));
    let age = (today - day_of(bill, today)).num_days();
    let patience = days.map(|days| if bill.is_business { days.business } else { days.usual });
    match patience {
        _ if bill.in_settlement => Where::Settled,
        _ if is(&Status::Deferred) => Where::Held,
        _ if is(&Status::Released) => Where::Open,
        Some(patience) if age > patience => Where::Missing,
        _ => Where::Untold,
    }
}

/// The bills of each place, and their sum.
pub(super) fn sums(bills: &[(&OpenBill, Where)], currency: Currency) -> Vec<BillsIn> {
    let counted = |state: &str, of: &dyn Fn(Where) -> bool| {
        let here: Vec<&OpenBill> = bills
            .iter()
            .filter(|(_, place)| of(*place))
            .map(|(bill, _)| *bill)
            .collect();
        let totals = here
            .iter()
            .filter_map(|bill| bill.total.filter(|total| total.currency == currency));
        let sum: Decimal = totals.map(|total| total.amount).sum();
        BillsIn {
            state: state.to_owned(),
            bills: small(here.len()),
            amount: Amount::of(sum, currency),
        }
    };
    let each = ALL
        .iter()
        .map(|(place, state)| counted(state, &|other| other == *place));
    each.chain([counted("all", &|_| true)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bill(day: &str) -> OpenBill {
        OpenBill {
            order: "028-1".into(),
            document: None,
            total: None,
            marketplace: None,
            day: day.parse().ok(),
            linked_at: "2026-11-23T08:00:00Z".parse().unwrap(),
            is_business: false,
            in_settlement: false,
        }
    }

    #[test]
    fn def_01_a_bill_is_missing_only_when_nobody_told_of_it_for_longer_than_the_patience() {
        let today = "2026-11-23".parse().unwrap();
        let days = Some(Days {
            usual: 35,
            business: 60,
        });
        let told = |status: Status| BTreeSet::from([status]);
        let old = bill("2026-10-18");
        assert_eq!(place(&old, None, days, today), Where::Missing);
        assert_eq!(place(&bill("2026-10-19"), None, days, today), Where::Untold);
        assert_eq!(place(&old, Some(&told(Status::Deferred)), days, today), Where::Held);
        assert_eq!(place(&old, Some(&told(Status::Released)), days, today), Where::Open);
        assert_eq!(
            place(&old, None, None, today),
            Where::Untold,
            "before Finances was read"
        );
        let business = OpenBill {
            is_business: true,
            ..bill("2026-10-18")
        };
        assert_eq!(place(&business, None, days, today), Where::Untold);
        let settled = OpenBill {
            in_settlement: true,
            ..old
        };
        assert_eq!(place(&settled, None, days, today), Where::Settled);
    }
}
