//! A person tells what the bank has of a settlement's transfer, or takes that back (SET-53).

use domain::settlement::plan::bank::NotBanked;
use domain::settlement::read::typed;
use domain::{Currency, Money, Text};
use engine::{Entered, NotEntered};
use rust_decimal::Decimal;
use store::settlement_choices::{self, BANK};

use crate::application::Inner;
use crate::commands::done;
use crate::contract::{Done, EnterReceipt, Refusal};
use crate::option_values;
use crate::remedies::YOU;

/// Keeps the bank's day and amount, and books them.
pub(crate) fn enter(app: &Inner, asked: &EnterReceipt) -> Result<Done, Refusal> {
    let currency: Currency = asked
        .currency
        .parse()
        .map_err(|_| Refusal::bad_request("currency", &asked.currency))?;
    let received = Money::new(amount("amount", &asked.amount, currency)?, currency);
    let fee = asked.fee.as_deref().map(str::trim).filter(|fee| !fee.is_empty());
    let entered = Entered {
        date: option_values::day(Some(&asked.date))?,
        received,
        fee: match fee {
            Some(fee) => amount("fee", fee, currency)?,
            None => Decimal::ZERO,
        },
    };
    let kept = app.engine.enter_receipt(&asked.settlement, entered, YOU)?;
    kept.map_err(|why| refused(why, &asked.settlement))?;
    let (engine, id) = (app.engine.clone(), asked.settlement.clone());
    tokio::spawn(async move {
        if let Err(error) = engine.book_receipt(&id).await {
            tracing::warn!(%error, "what the bank has could not be booked yet");
        }
    });
    Ok(done(
        Text::new("said-receipt-entered")
            .with("amount", received)
            .with("day", entered.date),
    ))
}

/// Takes the entry back, with the journal that it made.
pub(crate) fn take_back(app: &Inner, id: &str) -> Result<Done, Refusal> {
    let entry = app.engine.store().read(|db| settlement_choices::get(db, id, BANK))?;
    if entry.is_none() {
        return Err(Refusal::new("not_ready", Text::new("error-nothing-to-take-back")));
    }
    let (engine, id) = (app.engine.clone(), id.to_owned());
    tokio::spawn(async move {
        if let Err(error) = engine.take_receipt_back(&id, YOU).await {
            tracing::warn!(%error, "what the bank has could not be taken back yet");
        }
    });
    Ok(done(Text::new("said-receipt-taken-back")))
}

/// An amount as it was typed, with no more decimals than its currency has.
fn amount(field: &str, text: &str, currency: Currency) -> Result<Decimal, Refusal> {
    let read = typed(text, currency).filter(|amount| !amount.is_sign_negative());
    read.ok_or_else(|| {
        let said = Text::new("error-receipt-amount")
            .with("value", text)
            .with("currency", currency.code());
        Refusal::new("bad_request", said).about(field, "an amount of that currency is wanted")
    })
}

fn refused(why: NotEntered, settlement: &str) -> Refusal {
    let said = match why {
        NotEntered::Unknown => return Refusal::not_found(settlement),
        NotEntered::NotPosted => "error-receipt-not-posted",
        NotEntered::There => "error-receipt-there",
        NotEntered::Day => "error-receipt-day",
        NotEntered::NothingTransferred | NotEntered::Amounts(NotBanked::NothingTransferred) => "error-receipt-nothing",
        NotEntered::Amounts(NotBanked::OtherCurrency) => "error-receipt-other-currency",
        NotEntered::Amounts(NotBanked::DoesNotAddUp) => "error-receipt-more",
        NotEntered::Amounts(NotBanked::NotPositive | NotBanked::FeeInOtherCurrency) => "error-receipt-zero",
    };
    Refusal::new("not_ready", Text::new(said))
}
