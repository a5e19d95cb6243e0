//! In the bank: what a person says that the bank has of a posted settlement's transfer, as a small journal of its own.
//!
//! A transfer to a bank account in another currency, or to one that you chose to wait for, stands in transit until then.
//! The journal moves it to the bank on the bank's own day; what the bank took and what the exchange changed get a line each.
//! Of a transfer that stands on the bank account already only the bank's fee is booked.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::settlement::plan::bank::{Receipt, Stands, journal};
use domain::settlement::plan::{Accounts, Journal};
use domain::{Currency, ExternalId, Money, Text};
use netsuite::queries::{self, Period};
use netsuite::{JournalEntry, JournalLine, RecordId, suiteql};
use rust_decimal::Decimal;
use serde::Serialize;
use wire::Failure;

use super::chosen::accounts;
use super::journals::dated_memo;
use super::posting::day;
use super::questions::account_missing;
use super::whose::{belongs, home};
use super::worth::Books;
use crate::flow::{
    Card, Decision, Fact, Flow, Group, Instead, Key, LinkTo, Look, Problem, Reads, Route, Step, Window, Write, skip,
    wait,
};
use crate::local::{BankReceipt, Stage, StoredSettlement};
use crate::orders::closed_on;
use crate::orders::seen::ClosedPeriod;
use crate::rules::Rules;

/// The flow's id.
pub const ID: &str = "settlement-bank";

/// Bank receipts.
pub struct Bank;

/// A transfer that a person found in the bank.
#[derive(Debug, Clone, Serialize)]
pub struct Banked {
    /// The settlement.
    pub settlement: String,
    /// The marketplace whose settings count.
    pub marketplace: String,
    /// What Amazon transferred.
    pub transfer: Money,
    /// Where the settlement's journal has put it.
    pub stands: Stands,
    /// What the bank says.
    pub receipt: Receipt,
    /// Which entry of it this is: one more after each that was taken back.
    pub revision: u32,
    /// Whether the books tell at which rate the transfer was posted.
    pub rated: bool,
    /// NetSuite's id of the bank's currency.
    pub currency: Option<RecordId>,
    /// What one unit of it is worth in the books' own currency, where it is another one.
    pub worth: Option<Decimal>,
    /// The accounts that are chosen.
    pub accounts: Accounts,
    /// The closed period that the bank's day falls into.
    pub closed: Option<ClosedPeriod>,
}

impl Flow for Bank {
    type Subject = Banked;

    const CARD: Card = Card {
        id: ID,
        title: "flow-settlement-bank",
        promise: "flow-settlement-bank-promise",
        route: Route::WithinNetSuite,
        group: Group::Settlements,
        every_minutes: 360,
        needs: &["netsuite:Make Journal Entry"],
        after: &["settlement-journals"],
        options: &[
            "acct.bank",
            "acct.in_transit",
            "acct.bank_fees",
            "acct.exchange_difference",
            "je.bank_line",
            "je.approved",
            "subsidiary",
            "closed_period",
        ],
    };

    async fn look(reads: &Reads<'_>, window: &Window, rules: &Rules) -> Result<Look<Banked>, Failure> {
        let account = reads.scope.account();
        let receipts = reads.local.bank_receipts().await?.into_iter();
        let receipts: BTreeMap<String, BankReceipt> =
            receipts.map(|receipt| (receipt.settlement.clone(), receipt)).collect();
        let mut subjects = Vec::new();
        for stored in reads.local.settlements().await? {
            let Some(receipt) = receipts.get(&stored.header.id) else {
                continue;
            };
            if stored.stage == Stage::Posted && belongs(&stored, &account, rules) && is_wanted(receipt, window) {
                subjects.extend(gathered(reads, rules, &stored, receipt).await?);
            }
        }
        Ok(Look::Seen {
            subjects,
            next: None,
            read_until: window.read_until(),
        })
    }

    fn key(seen: &Banked) -> Key {
        Key(subject(&seen.settlement))
    }

    fn decide(seen: &Banked, rules: &Rules) -> Decision {
        if !seen.rated {
            return wait(Text::new("reason-bank-rate-unknown"));
        }
        if seen.currency.is_none() {
            let currency = seen.receipt.received.currency;
            return wait(Text::new("problem-currency-disabled").with("currency", currency.code()));
        }
        let name = ExternalId::bank_journal(&seen.settlement).revised(seen.revision);
        let drawn = journal(
            name,
            &seen.settlement,
            seen.transfer,
            seen.stands,
            seen.receipt,
            &seen.accounts,
        );
        match drawn {
            Ok(Some(journal)) => Ok(vec![enter(&journal, seen, rules)?]),
            Ok(None) => skip(Text::new("reason-bank-nothing-to-book")),
            // The screen takes no such entry; one that was made before its settlement changed has to be entered anew.
            Err(_) => skip(Text::new("reason-bank-entry-does-not-fit")),
        }
    }

    fn facts(seen: &Banked, _rules: &Rules) -> Vec<Fact> {
        vec![
            Fact {
                name: "settlement".into(),
                value: seen.settlement.as_str().into(),
            },
            Fact {
                name: "marketplace".into(),
                value: seen.marketplace.as_str().into(),
            },
            Fact {
                name: "date".into(),
                value: seen.receipt.date.into(),
            },
            Fact {
                name: "total".into(),
                value: seen.receipt.received.into(),
            },
        ]
    }

    fn sample() -> Banked {
        let keys = [
            "acct.bank",
            "acct.in_transit",
            "acct.bank_fees",
            "acct.exchange_difference",
        ];
        let ids = keys
            .iter()
            .zip(220..)
            .map(|(key, id)| ((*key).to_owned(), id.to_string()));
        Banked {
            settlement: "90001".into(),
            marketplace: "ATVPDKIKX0DER".into(),
            transfer: Money::new(Decimal::new(100_000, 2), Currency::USD),
            stands: Stands::InTransit,
            receipt: Receipt {
                received: Money::new(Decimal::new(91_500, 2), Currency::EUR),
                fee: Money::new(Decimal::new(250, 2), Currency::EUR),
                date: NaiveDate::from_ymd_opt(2026, 10, 19).unwrap_or_default(),
                rate: Decimal::new(92, 2),
            },
            revision: 1,
            rated: true,
            currency: Some(RecordId("1".into())),
            worth: None,
            accounts: Accounts {
                by_key: ids.collect(),
                ..Accounts::default()
            },
            closed: None,
        }
    }
}

/// What a settlement's transfer goes by, as a subject of this flow and as a group that can be taken back.
pub fn subject(settlement: &str) -> String {
    format!("{settlement}/bank")
}

/// The settlement behind such a name.
pub fn settlement_of(subject: &str) -> Option<&str> {
    subject.strip_suffix("/bank")
}

/// Where the account of a settlement's transfer line stands: in transit if any marketplace says so.
pub fn stands(rules: &Rules, account: &RecordId) -> Stands {
    let in_transit = |id: &String| rules.record(id, "acct.in_transit").as_ref() == Some(account);
    if rules.marketplaces.keys().any(in_transit) {
        Stands::InTransit
    } else {
        Stands::OnBank
    }
}

/// Without a name, only what is not in the books yet.
fn is_wanted(receipt: &BankReceipt, window: &Window) -> bool {
    match window {
        Window::Span { .. } => !receipt.booked,
        Window::Keys(keys) => keys
            .iter()
            .any(|key| key.0 == receipt.settlement || key.0 == subject(&receipt.settlement)),
    }
}

async fn gathered(
    reads: &Reads<'_>,
    rules: &Rules,
    stored: &StoredSettlement,
    receipt: &BankReceipt,
) -> Result<Option<Banked>, Failure> {
    let Some(put) = &receipt.put else { return Ok(None) };
    let Some(total) = stored.header.declared_total else {
        return Ok(None);
    };
    let profile = home(reads, rules, stored).await?;
    let marketplace = profile.map_or("", |profile| profile.id.as_str());
    let stands = stands(rules, &put.account);
    let mut accounts = accounts(rules, marketplace);
    // The transfer is fetched from where it was put, whatever the settings say today.
    let place = match stands {
        Stands::InTransit => "acct.in_transit",
        Stands::OnBank => "acct.bank",
    };
    accounts.by_key.insert(place.to_owned(), put.account.0.clone());
    let transfer = Money::new(total, stored.header.currency);
    let (books, bank) = (Books::of(reads, rules, marketplace).await?, receipt.received.currency);
    let rate = if receipt.received.currency == transfer.currency {
        Some(Decimal::ONE)
    } else {
        let posted = suiteql::all(&reads.netsuite, queries::rates_of(std::slice::from_ref(&put.journal))).await?;
        let posted = posted.into_iter().find_map(|(_, rate)| rate);
        posted
            .zip(books.rate(bank))
            .and_then(|(posted, bank)| posted.checked_div(bank))
            .filter(|rate| *rate > Decimal::ZERO)
    };
    let periods: Vec<Period> = suiteql::all(&reads.netsuite, vec![queries::periods()]).await?;
    Ok(Some(Banked {
        settlement: receipt.settlement.clone(),
        marketplace: marketplace.to_owned(),
        transfer,
        stands,
        receipt: Receipt {
            received: receipt.received,
            fee: Money::new(receipt.fee, receipt.received.currency),
            date: receipt.date,
            rate: rate.unwrap_or(Decimal::ONE),
        },
        revision: receipt.revision,
        rated: rate.is_some(),
        currency: books.id(bank),
        worth: books.rate(bank).filter(|_| !books.is_base(bank)),
        accounts,
        closed: closed_on(&periods, receipt.date),
    }))
}

fn enter(journal: &Journal, seen: &Banked, rules: &Rules) -> Result<Step, Instead> {
    let mut problems: Vec<Problem> = Vec::new();
    let mut lines = Vec::new();
    for line in journal.lines() {
        match &line.account {
            Some(account) => {
                let mut entry = JournalLine::new(RecordId(account.clone()), -line.credit);
                entry.memo = Some(line.memo.clone());
                lines.push(entry);
            }
            None => problems.push(account_missing(
                &line.key,
                (&seen.settlement, &seen.marketplace),
                seen.transfer,
            )),
        }
    }
    if !problems.is_empty() {
        return Err(Instead::Ask { problems });
    }
    let place = (seen.settlement.as_str(), seen.marketplace.as_str());
    let date = day(journal.date(), seen.closed.as_ref(), place, seen.transfer, rules)?;
    let record = JournalEntry {
        external_id: journal.external_id().clone(),
        date,
        currency: seen.currency.clone(),
        exchange_rate: seen.worth,
        subsidiary: rules.record(&seen.marketplace, "subsidiary"),
        memo: dated_memo(journal.memo(), journal.date(), date),
        approved: Some(rules.is_on(&seen.marketplace, "je.approved")),
        reversal_date: None,
        lines,
        more: Vec::new(),
    };
    let write = record.create().map_err(|_| Instead::Skip {
        reason: Text::new("reason-bank-entry-does-not-fit"),
    })?;
    Ok(Step {
        name: journal.external_id().as_str().to_owned(),
        title: Text::new("step-bank-journal")
            .with("settlement", seen.settlement.as_str())
            .with("total", seen.receipt.received),
        write: Write::NetSuite(write),
        needs: Vec::new(),
        expect: None,
        // A person has entered it, which is the word that it waits for.
        hold: None,
        link: Some(LinkTo {
            kind: "bank".into(),
            key: seen.settlement.clone(),
        }),
    })
}
