//! Which entry of a statement is the transfer of which settlement (SET-53): proposed where there is one on either side, by
//! currency, by amount to the cent, and by day; otherwise the reason why not. Nothing is decided here: a person accepts.

use chrono::{NaiveDate, TimeDelta};

use super::Entry;
use crate::{Currency, Money};

/// Days before the day that Amazon names on which a transfer may be in the bank: zones, and what Amazon sends early.
pub const EARLY_DAYS: i64 = 3;
/// Days after it: banks take up to five of their own, with a weekend and holidays in between.
pub const LATE_DAYS: i64 = 10;

/// A transfer that nobody has found in the bank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deposit {
    /// The settlement.
    pub settlement: String,
    /// What was transferred.
    pub transfer: Money,
    /// The settlement's first day: nothing of it can be in the bank before.
    pub first: Option<NaiveDate>,
    /// The day that Amazon names for it.
    pub day: NaiveDate,
}

impl Deposit {
    fn fits(&self, entry: &Entry) -> bool {
        let days = TimeDelta::days;
        entry.amount == self.transfer
            && entry.date >= self.day - days(EARLY_DAYS)
            && entry.date <= self.day + days(LATE_DAYS)
            && self.first.is_none_or(|first| entry.date >= first)
    }
}

/// A transfer that somebody found in the bank before: its entry stands for no other one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// Its settlement.
    pub settlement: String,
    /// What came in.
    pub received: Money,
    /// On which day.
    pub date: NaiveDate,
}

/// What a statement has of a transfer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found<'a> {
    /// One entry, which is no other transfer's.
    One(&'a Entry),
    /// Several entries could be it.
    Several(Vec<&'a Entry>),
    /// One entry, which could be another settlement's as well.
    Shared(&'a Entry, String),
    /// The amount came in on a day that is too far away.
    OtherDay(&'a Entry),
    /// The amount went out.
    WentOut(&'a Entry),
    /// The statement counts in another currency, so that amounts tell nothing.
    OtherCurrency(Currency),
    /// Nothing of that amount.
    Nothing,
}

/// Looks for each deposit among the entries. Entries that were accepted before are passed over.
pub fn find<'a>(deposits: &[Deposit], entries: &'a [Entry], taken: &[Taken]) -> Vec<Found<'a>> {
    let mut left: Vec<&Entry> = entries.iter().collect();
    let mut rivals: Vec<Deposit> = Vec::new();
    for one in taken {
        let own = |entry: &&Entry| entry.amount == one.received && entry.date == one.date;
        match left.iter().position(own) {
            Some(at) => drop(left.remove(at)),
            // Entered with another day than the statement's: an entry near it may still be that one.
            None => rivals.push(Deposit {
                settlement: one.settlement.clone(),
                transfer: one.received,
                first: None,
                day: one.date,
            }),
        }
    }
    let all: Vec<&Deposit> = deposits.iter().chain(&rivals).collect();
    deposits.iter().map(|deposit| of(deposit, &all, &left)).collect()
}

fn of<'a>(deposit: &Deposit, all: &[&Deposit], left: &[&'a Entry]) -> Found<'a> {
    let fitting: Vec<&'a Entry> = left.iter().copied().filter(|entry| deposit.fits(entry)).collect();
    let rival = |entry: &Entry| {
        let mut others = all.iter().filter(|other| other.settlement != deposit.settlement);
        others.find(|other| other.fits(entry))
    };
    if let [entry] = fitting.as_slice() {
        return match rival(entry) {
            Some(other) => Found::Shared(entry, other.settlement.clone()),
            None => Found::One(entry),
        };
    }
    if !fitting.is_empty() {
        return Found::Several(fitting);
    }
    let near = |entry: &&&Entry| (entry.date - deposit.day).num_days().abs();
    let same = left
        .iter()
        .filter(|entry| entry.amount == deposit.transfer && rival(entry).is_none());
    let same = same.min_by_key(near);
    if let Some(entry) = same {
        return Found::OtherDay(entry);
    }
    let out = deposit.transfer.negated();
    if let Some(entry) = left.iter().filter(|entry| entry.amount == out).min_by_key(near) {
        return Found::WentOut(entry);
    }
    let has_own = left
        .iter()
        .any(|entry| entry.amount.currency == deposit.transfer.currency);
    match left.first() {
        Some(entry) if !has_own => Found::OtherCurrency(entry.amount.currency),
        _ => Found::Nothing,
    }
}
