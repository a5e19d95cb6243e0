//! *In the bank*: the transfer of a posted settlement, and what a person said that the bank has of it (SET-53).

use domain::Money;
use domain::settlement::plan::bank::Stands;
use flows::local::Stage;
use flows::settlements::Summary;
use flows::settlements::bank::{ID, subject};
use rust_decimal::Decimal;
use store::settlement_choices::{BANK, Choice};
use store::steps::{self, Step, StepState};
use store::{Reader, marketplaces, problems};

use super::{Known, day};
use crate::contract::{Amount, BankView, ReceivedView, State};
use crate::views::documents::Pages;

/// Nothing for a settlement that is not posted, or that transferred nothing.
pub(super) fn view(
    db: &Reader<'_>,
    pages: &Pages,
    known: &Known,
    summary: Option<&Summary>,
) -> store::Result<Option<BankView>> {
    let header = &known.stored.header;
    let total = header.declared_total.filter(|total| *total > Decimal::ZERO);
    let (Stage::Posted, Some(total)) = (known.stage(), total) else {
        return Ok(None);
    };
    // Where it stands does not depend on the clock.
    let Some(stands) = engine::transfer_stands(db, &header.id, chrono::DateTime::UNIX_EPOCH)? else {
        return Ok(None);
    };
    let own = known.currency().code().to_owned();
    let bank = summary.and_then(|summary| summary.bank_currency);
    let mut currencies = vec![bank.map_or(own.clone(), |bank| bank.code().to_owned())];
    if stands == Stands::InTransit {
        currencies.push(own);
        currencies.extend(marketplaces::all(db)?.into_iter().map(|one| one.currency));
    }
    let mut seen = std::collections::BTreeSet::new();
    currencies.retain(|code| seen.insert(code.clone()));
    Ok(Some(BankView {
        transfer: Money::new(total, known.currency()).into(),
        in_transit: stands == Stands::InTransit,
        currencies,
        first_day: day(header.start).unwrap_or_default(),
        received: match known.choice(BANK) {
            Some(entry) => received(db, pages, entry)?,
            None => None,
        },
    }))
}

fn received(db: &Reader<'_>, pages: &Pages, entry: &Choice) -> store::Result<Option<ReceivedView>> {
    let Some((date, amount, fee)) = engine::read_receipt(entry) else {
        return Ok(None);
    };
    let group = subject(&entry.settlement);
    let of_now = |step: &Step| step.flow == ID && !matches!(step.state, StepState::Withdrawn | StepState::Undone);
    let steps: Vec<Step> = steps::about(db, &group)?.into_iter().filter(of_now).collect();
    let mut cause = None;
    for step in &steps {
        let open = problems::open_about(db, ID, &step.account, &group)?;
        cause = cause.or(open.into_iter().next().map(|problem| problem.cause));
    }
    if cause.is_none() && steps.is_empty() {
        let open = problems::open_within(db, &entry.settlement)?;
        let own = open.into_iter().find(|problem| problem.flow == ID);
        cause = own.map(|problem| problem.cause);
    }
    let done = steps.iter().rfind(|step| step.state == StepState::Done);
    Ok(Some(ReceivedView {
        date: date.to_string(),
        amount: amount.into(),
        fee: (!fee.is_zero()).then(|| Amount::of(fee, amount.currency)),
        who: entry.who.clone(),
        state: match (done.is_some() || entry.value["journal"] == false, &cause) {
            (true, _) => State::Done,
            (false, Some(_)) => State::NeedsYou,
            (false, None) => State::Running,
        },
        document: match done {
            Some(step) => pages.named(db, &step.name)?,
            None => None,
        },
        cause,
    }))
}
