//! What a person decides about a settlement as a whole; each act is followed by a new look at it.

use domain::{Currency, Text};
use engine::NotChosen;
use store::settlement_choices::{ACCEPT_VARIANCE, BALANCING_LINE};
use store::{decisions, settlement_rows};

use crate::application::Inner;
use crate::commands::done;
use crate::contract::{
    AcceptGap, AcceptVariance, AddBalancingLine, CloseSettlement, Done, ExcludeGroup, KeepPosted, LeftOut,
    PickMarketplace, Refusal,
};
use crate::option_values;
use crate::remedies::YOU;
use crate::views::settlements::balancing_categories;

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

/// Adds the line that a file lacks, with what it is and why (SET-09).
pub(crate) fn add_balancing_line(app: &Inner, asked: &AddBalancingLine) -> Result<Done, Refusal> {
    let reason = reason(&asked.reason)?;
    let category = balancing_categories()
        .find(|one| one.key() == asked.category)
        .ok_or_else(|| Refusal::bad_request("category", &asked.category))?;
    let account = match (&asked.account, category.account().is_empty()) {
        (Some(account), true) => Some(option_values::record("account", account)?),
        (None, true) => return Err(Refusal::bad_request("account", "an account is needed")),
        (_, false) => None,
    };
    let added = app
        .engine
        .add_balancing_line(&asked.settlement, (category, account), reason, YOU)?;
    let amount = added.map_err(|why| match why {
        NotChosen::Nothing => Refusal::new("not_ready", Text::new("error-nothing-missing")),
        other => refused(other, &asked.settlement),
    })?;
    look_again(app, &asked.settlement);
    let said = Text::new("said-balancing-line-added").with("amount", amount);
    Ok(done(said))
}

/// Takes the line by hand back, as long as the settlement is not posted.
pub(crate) fn withdraw_balancing_line(app: &Inner, id: &str) -> Result<Done, Refusal> {
    if !app.engine.take_choice_back(id, BALANCING_LINE, YOU)? {
        return Err(Refusal::new("not_ready", Text::new("error-nothing-to-take-back")));
    }
    look_again(app, id);
    Ok(done(Text::new("said-balancing-line-withdrawn")))
}

/// Waits no more for the settlement that is missing before this one (SET-10).
pub(crate) fn accept_gap(app: &Inner, asked: &AcceptGap) -> Result<Done, Refusal> {
    let accepted = app.engine.accept_gap(&asked.settlement, reason(&asked.reason)?, YOU)?;
    accepted.map_err(|why| match why {
        NotChosen::Nothing => Refusal::new("not_ready", Text::new("error-no-gap")),
        other => refused(other, &asked.settlement),
    })?;
    look_again(app, &asked.settlement);
    Ok(done(Text::new("said-gap-accepted")))
}

/// Takes Amazon's new file of a settlement in the place of the first one, in the background (SET-61).
pub(crate) async fn accept_reissue(app: &Inner, id: &str) -> Result<Done, Refusal> {
    // Whatever stands in the way is told at once.
    if !crate::views::settlements::reissue_preview(app, id).await?.can {
        return Err(Refusal::new("not_ready", Text::new("error-undo-in-closed-period")));
    }
    let (engine, settlement) = (app.engine.clone(), id.to_owned());
    tokio::spawn(async move {
        if let Err(error) = engine.accept_reissue(&settlement, YOU).await {
            tracing::warn!(%error, "a settlement's new file could not be taken whole");
        }
    });
    Ok(done(Text::new("said-reissue-accepted")))
}

/// Keeps what is posted, with a reason.
pub(crate) fn keep_posted(app: &Inner, asked: &KeepPosted) -> Result<Done, Refusal> {
    let kept = app.engine.keep_posted(&asked.settlement, reason(&asked.reason)?, YOU)?;
    kept.map_err(|why| refused(why, &asked.settlement))?;
    Ok(done(Text::new("said-posted-kept")))
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
