//! A row's amount on accounts that a person names: a few cents written off, or the whole split.

use domain::settlement::group::Kind;
use domain::settlement::read::typed;
use domain::{Money, Text};
use engine::{Named, Unwritable};
use rust_decimal::Decimal;
use serde_json::json;
use store::row_choices::SPLIT;
use store::{settings, settlement_lines};

use super::{choose, refused, row, rules, taken};
use crate::application::Inner;
use crate::contract::{
    Amount, OneRow, Refusal, Remainder, RemainderRequest, RowDone, SplitRow, WriteOffRow, WriteOffTerms,
};
use crate::directory::ACCOUNTS;
use crate::option_values;
use crate::remedies::YOU;
use crate::views::settlements::Names;

/// What a write-off of a row would be, and whether it may be.
pub(crate) fn terms(app: &Inner, asked: &OneRow) -> Result<WriteOffTerms, Refusal> {
    let row = row(app, &asked.settlement, &asked.group)?;
    let rules = app.engine.rules()?;
    let marketplace = app
        .engine
        .store()
        .read(|db| engine::main_marketplace(db, &asked.settlement))?;
    let open = engine::open_of(&row);
    let limit = engine::write_off_limit(&rules, &marketplace, open.currency);
    let limit = Money::new(limit, open.currency);
    let account = rules
        .record(&marketplace, "acct.rounding")
        .or_else(|| rules.record(&marketplace, "acct.variance"))
        .map(|id| id.0);
    let account_name = match &account {
        Some(id) => name_of(app, id)?,
        None => String::new(),
    };
    Ok(WriteOffTerms {
        open: open.into(),
        limit: limit.into(),
        refused: (open.amount.abs() > limit.amount).then(|| too_much(open, limit).into()),
        account,
        account_name,
    })
}

fn too_much(open: Money, limit: Money) -> Text {
    Text::new("error-write-off-too-much")
        .with("open", open)
        .with("limit", limit)
}

/// Writes what is open of a row off to a named account.
pub(crate) fn write_off(app: &Inner, asked: &WriteOffRow) -> Result<RowDone, Refusal> {
    let account = option_values::record("account", &asked.account)?;
    let name = name_of(app, account)?;
    let account = Named {
        id: account,
        name: &name,
    };
    let place = (asked.settlement.as_str(), asked.group.as_str());
    let written = app.engine.write_off(place, account, asked.reason.trim(), YOU)?;
    let chosen = written.map_err(|why| match why {
        Unwritable::Not(why) => refused(why, &asked.group, "error-nothing-open"),
        Unwritable::TooMuch { open, limit } => Refusal::new("not_ready", too_much(open, limit)),
    })?;
    let said = Text::new("said-row-written-off").with("account", name.as_str());
    Ok(taken(app, &asked.settlement, chosen, said))
}

/// Splits a row's amount over accounts. The parts come to the amount, exactly.
pub(crate) fn split(app: &Inner, asked: &SplitRow) -> Result<RowDone, Refusal> {
    let row = row(app, &asked.settlement, &asked.group)?;
    if !matches!(row.kind, Kind::Other | Kind::Balance) {
        return Err(Refusal::new("not_ready", Text::new("error-split-order")));
    }
    let currency = row.amazon.currency;
    let mut parts = Vec::new();
    let mut left = row.amazon.amount;
    for part in &asked.parts {
        let account = option_values::record("account", &part.account)?;
        let amount = typed(&part.amount, currency)
            .filter(|amount| !amount.is_zero())
            .ok_or_else(|| not_an_amount(&part.amount))?;
        left -= amount;
        parts.push(json!({"account": account, "name": name_of(app, account)?, "amount": amount.to_string()}));
    }
    if parts.is_empty() || !left.is_zero() {
        let said = Text::new("error-split-left").with("left", Money::new(left, currency));
        return Err(Refusal::new("bad_request", said).about("parts", "do not come to the amount"));
    }
    let kind = kind_of(app, &asked.settlement, &row)?;
    let value = json!({"parts": parts, "kind": kind});
    let place = (asked.settlement.as_str(), asked.group.as_str());
    let said = Text::new("said-row-split").with("count", parts.len());
    let done = choose(app, place, SPLIT, &value, said)?;
    Ok(RowDone {
        offer: rules::offer(app, &row, kind.as_ref(), &parts)?,
        ..done
    })
}

/// What is left of a row's amount. Nothing is kept.
pub(crate) fn remainder(app: &Inner, asked: &RemainderRequest) -> Result<Remainder, Refusal> {
    let row = row(app, &asked.settlement, &asked.group)?;
    let amount = row.amazon;
    let understood: Vec<Option<Decimal>> = asked.taken.iter().map(|text| typed(text, amount.currency)).collect();
    let taken: Decimal = understood.iter().flatten().sum();
    // Documents are positive, whichever way the money goes.
    let is_back = matches!(row.kind, Kind::Refund);
    let left = if is_back {
        amount.amount + taken
    } else {
        amount.amount - taken
    };
    Ok(Remainder {
        amount: amount.into(),
        understood: understood
            .into_iter()
            .map(|one| one.map(|one| Amount::of(one, amount.currency)))
            .collect(),
        left: Amount::of(left, amount.currency),
    })
}

/// The kind of line that a row is made of, where all of its lines are of one kind.
fn kind_of(app: &Inner, settlement: &str, row: &flows::settlements::Row) -> Result<Option<[String; 3]>, Refusal> {
    let lines = app.engine.store().read(|db| {
        let runs = row.places.iter();
        let runs = runs.map(|[from, to]| settlement_lines::between(db, settlement, *from, *to));
        Ok(runs.collect::<store::Result<Vec<_>>>()?.concat())
    })?;
    let mut kinds = lines
        .into_iter()
        .map(|line| [line.transaction_type, line.amount_type, line.amount_description]);
    let Some(first) = kinds.next() else { return Ok(None) };
    Ok(kinds.all(|kind| kind == first).then_some(first))
}

/// Number and name of an account, as it was last read.
pub(super) fn name_of(app: &Inner, account: &str) -> Result<String, Refusal> {
    let kept = app.engine.store().read(|db| settings::get(db, ACCOUNTS))?;
    let (number, name) = Names::of(kept.as_ref()).get(account).unwrap_or_default();
    let name = format!("{number} {name}").trim().to_owned();
    Ok(if name.is_empty() { account.to_owned() } else { name })
}

fn not_an_amount(text: &str) -> Refusal {
    let said = Text::new("error-not-an-amount").with("text", text);
    Refusal::new("bad_request", said).about("amount", "no amount")
}
