//! What a person decides about a settlement as a whole; each act is followed by a new look at it.

use domain::{Currency, Text};
use engine::NotChosen;
use store::settlement_choices::ACCEPT_VARIANCE;
use store::{decisions, settlement_rows};

use crate::application::Inner;
use crate::commands::done;
use crate::contract::{AcceptVariance, CloseSettlement, Done, ExcludeGroup, LeftOut, PickMarketplace, Refusal};
use crate::remedies::YOU;

/// Accepts the variance as it stands, with a reason (SET-58).
pub(crate) fn accept_variance(app: &Inner, asked: &AcceptVariance) -> Result<Done, Refusal> {
    let reason = reason(&asked.reason)?;
    let accepted = app.engine.accept_variance(&asked.settlement, reason, YOU)?;
    accepted.map_err(|why| refused(why, &asked.settlement))?;
    look_again(app, &asked.settlement);
    Ok(done(Text::new("said-variance-accepted")))
}

/// Takes an acceptance back, as long as the settlement is not posted.
pub(crate) fn withdraw_variance(app: &Inner, id: &str) -> Result<Done, Refusal> {
    if !app.engine.take_choice_back(id, ACCEPT_VARIANCE, YOU)? {
        return Err(Refusal::new("not_ready", Text::new("error-nothing-to-take-back")));
    }
    look_again(app, id);
    Ok(done(Text::new("said-variance-withdrawn")))
}

/// Says which marketplace rows without a name belong to (SET-16).
pub(crate) fn pick_marketplace(app: &Inner, asked: &PickMarketplace) -> Result<Done, Refusal> {
    let currency: Currency = asked
        .currency
        .parse()
        .map_err(|_| Refusal::bad_request("currency", &asked.currency))?;
    let known = app.engine.store().read(store::marketplaces::all)?;
    let country = known
        .into_iter()
        .find(|one| one.id == asked.marketplace)
        .map(|one| one.country)
        .ok_or_else(|| Refusal::not_found(&asked.marketplace))?;
    let picked = app
        .engine
        .pick_marketplace(&asked.settlement, currency, &asked.marketplace, YOU)?;
    picked.map_err(|why| refused(why, &asked.settlement))?;
    look_again(app, &asked.settlement);
    Ok(done(Text::new("said-marketplace-picked").with("country", country)))
}

/// Closes a settlement (SET-60), or marks one that another tool posted as being in the books already.
pub(crate) fn close(app: &Inner, asked: &CloseSettlement) -> Result<Done, Refusal> {
    let elsewhere = asked.elsewhere == Some(true);
    let closed = app
        .engine
        .close_settlement(&asked.settlement, reason(&asked.reason)?, elsewhere, YOU)?;
    closed.map_err(|why| refused(why, &asked.settlement))?;
    let said = if elsewhere {
        "said-settlement-in-books"
    } else {
        "said-settlement-closed"
    };
    Ok(done(Text::new(said)))
}

/// Opens a closed settlement again.
pub(crate) fn reopen(app: &Inner, id: &str) -> Result<Done, Refusal> {
    if !app.engine.reopen_settlement(id, YOU)? {
        return Err(Refusal::new("not_ready", Text::new("error-nothing-to-take-back")));
    }
    look_again(app, id);
    Ok(done(Text::new("said-settlement-reopened")))
}

/// Leaves one order or refund of a settlement out, with a reason, whether it asks or only waits (CMN-26).
pub(crate) fn exclude_group(app: &Inner, asked: &ExcludeGroup) -> Result<LeftOut, Refusal> {
    let reason = reason(&asked.reason)?;
    let key = format!("{}/{}", asked.settlement, asked.group);
    let subject = app.engine.store().read(|db| {
        let row = settlement_rows::named(db, &asked.settlement, &asked.group)?;
        // Only what a flow decides about by itself can be left out.
        let about = decisions::about(db, &key)?;
        Ok(row.and(about.into_iter().next()))
    })?;
    let subject = subject.ok_or_else(|| Refusal::not_found(&key))?;
    let left_out = app
        .engine
        .exclude_one((&subject.flow, &subject.account, &key), reason, YOU)?;
    look_again(app, &asked.settlement);
    Ok(LeftOut {
        said: Text::new("said-excluded").with("count", left_out.count).into(),
        act: left_out.act,
    })
}

fn reason(text: &str) -> Result<&str, Refusal> {
    let reason = text.trim();
    if reason.is_empty() {
        Err(Refusal::bad_request("reason", "a reason is needed"))
    } else {
        Ok(reason)
    }
}

fn refused(why: NotChosen, settlement: &str) -> Refusal {
    match why {
        NotChosen::Unknown => Refusal::not_found(settlement),
        NotChosen::TooLate => Refusal::new("not_ready", Text::new("error-settlement-too-late")),
        NotChosen::Nothing => Refusal::new("not_ready", Text::new("error-no-variance")),
    }
}

/// Matches and plans the settlement anew, in the background.
pub(crate) fn look_again(app: &Inner, id: &str) {
    let (engine, id) = (app.engine.clone(), id.to_owned());
    tokio::spawn(async move {
        if let Err(error) = engine.look_at_settlement(&id).await {
            tracing::warn!(%error, "a settlement could not be looked at again");
        }
    });
}
