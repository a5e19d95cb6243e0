//! The days on which money was or should be released, placed for the chart.

use chrono::{Duration, NaiveDate};
use domain::Currency;
use domain::finances::Transaction;
use flows::rules::Profile;
use rust_decimal::Decimal;

use super::market::{orders, sum};
use crate::contract::{Amount, Axis, ExpectedMoney, ReleaseDay};
use crate::views::settlements::Scale;

/// Days before today.
pub(super) const BEFORE: i64 = 7;
/// Days after it.
const AFTER: i64 = 20;

/// One day's releases.
struct Day<'a> {
    day: NaiveDate,
    of_day: Vec<&'a Transaction>,
}

/// A week back and three weeks ahead.
pub(super) struct Calendar<'a> {
    today: NaiveDate,
    days: Vec<Day<'a>>,
    /// What is held back beyond the last day, or without a day.
    pub(super) beyond: Decimal,
}

impl<'a> Calendar<'a> {
    pub(super) fn of(
        profile: &Profile,
        today: NaiveDate,
        held: &[&'a Transaction],
        freed: impl Iterator<Item = &'a Transaction>,
    ) -> Self {
        let mut days: Vec<Day<'_>> = (-BEFORE..=AFTER)
            .map(|offset| Day {
                day: today + Duration::days(offset),
                of_day: Vec::new(),
            })
            .collect();
        let mut beyond = Decimal::ZERO;
        let last = today + Duration::days(AFTER);
        for one in held {
            match one.matures.map(|at| profile.day(at)) {
                // What is overdue has a list of its own.
                Some(due) if due < today => (),
                Some(due) if due <= last => put(&mut days, due, one),
                _ => beyond += one.total.amount,
            }
        }
        for one in freed {
            put(&mut days, profile.day(one.posted), one);
        }
        Self { today, days, beyond }
    }

    fn scale(&self) -> Scale {
        Scale::of(self.days.iter().map(|day| sum(day.of_day.iter().copied())))
    }

    pub(super) fn axis(&self) -> Axis {
        self.scale().axis()
    }

    pub(super) fn days(&self, currency: Currency) -> Vec<ReleaseDay> {
        let scale = self.scale();
        let drawn = self.days.iter().map(|day| {
            let amount = sum(day.of_day.iter().copied());
            ReleaseDay {
                day: day.day.to_string(),
                amount: Amount::of(amount, currency),
                orders: orders(day.of_day.iter().copied()),
                at: scale.at(amount),
                is_past: day.day < self.today,
                is_today: day.day == self.today,
            }
        });
        drawn.collect()
    }

    /// What the days from today on bring, and the last of them that brings anything.
    pub(super) fn expected(&self, currency: Currency) -> Option<ExpectedMoney> {
        let ahead = || {
            self.days
                .iter()
                .filter(|day| day.day >= self.today && !day.of_day.is_empty())
        };
        let last = ahead().next_back()?.day;
        let amount: Decimal = ahead().map(|day| sum(day.of_day.iter().copied())).sum();
        Some(ExpectedMoney {
            day: last.to_string(),
            amount: Amount::of(amount, currency),
        })
    }
}

fn put<'a>(days: &mut [Day<'a>], due: NaiveDate, one: &'a Transaction) {
    if let Some(day) = days.iter_mut().find(|day| day.day == due) {
        day.of_day.push(one);
    }
}
