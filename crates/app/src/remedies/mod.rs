//! What a person does about an error (CMN-25, CMN-26): each act is kept in the trail, noted with the errors it is about,
//! and followed by a new look at everything that waited for it.

mod again;
mod rules;

pub(crate) use again::{look_again, retry};
pub(crate) use rules::{link_item, map_line, mappable, proposed, set_option};

use domain::Text;
use flows::Key;
use serde_json::{Value, json};
use store::cause_notes::{self, CauseNote};
use store::edits::{self, Edit};
use store::lookups::{self, Lookup};
use store::marketplaces::{self, Marketplace};
use store::problems::{self, Problem, Tab};
use store::{audit, steps};

use crate::application::Inner;
use crate::commands::done;
use crate::contract::{
    AddMarketplace, Adopt, Done, EditAndRetry, MakeAgain, NoteCause, PutBack, Refusal, UsePlaceholder,
};
use crate::{option_values, views};

/// The person at the screen.
pub(crate) const YOU: &str = "you";
/// Members of a cause that one act is about.
pub(crate) const MANY: u32 = 10_000;

pub(crate) fn numbers(ids: &[String]) -> Result<Vec<i64>, Refusal> {
    ids.iter()
        .map(|id| id.parse().map_err(|_| Refusal::bad_request("problems", id)))
        .collect()
}

/// A stand-in item takes the place of what is not known, on these orders and no other (ITM-05).
pub(crate) fn use_placeholder(app: &Inner, asked: &UsePlaceholder) -> Result<Done, Refusal> {
    let item = option_values::checked("orders.placeholder_item", Some(&asked.item))?
        .ok_or_else(|| Refusal::bad_request("item", "an item is needed"))?;
    let ids = numbers(&asked.problems)?;
    let cured = agree(app, (&asked.cause, &ids), "use_placeholder", |_| {
        Ok(("placeholders", json!(item)))
    })?;
    look_again(app, None, &cured);
    Ok(done(Text::new("said-placeholder").with("count", cured.len())))
}

/// The records behind a cause are the one that a person made: linked, and never written (CMN-13).
pub(crate) fn adopt(app: &Inner, asked: &Adopt) -> Result<Done, Refusal> {
    agree(app, (&asked.cause, &[]), "adopt", |member| {
        let offered = offered(member, &asked.id).ok_or_else(|| Refusal::bad_request("id", &asked.id))?;
        let record = offered["record"].as_str().unwrap_or_default();
        let target = json!({ "id": asked.id, "state": offered["state"] });
        Ok((engine::accepted_in(&member.flow, record), target))
    })?;
    look_again(app, Some(&asked.cause), &[]);
    Ok(done(Text::new("said-adopted")))
}

/// What a person made of a record in NetSuite is taken back, as it looked when the person was asked (CMN-37).
pub(crate) fn put_back(app: &Inner, asked: &PutBack) -> Result<Done, Refusal> {
    let members = agree(app, (&asked.cause, &[]), "put_back", |_| {
        Ok(("put-back", json!(asked.state)))
    })?;
    // Once ours is back, what Amazon changed meanwhile follows: nothing else would look at the order again.
    let groups = vec![(Some(asked.cause.clone()), Vec::new()), (None, members)];
    again::at_each(app, groups, |_| ());
    Ok(done(Text::new("said-put-back")))
}

/// A record that a person deleted in NetSuite is made again, under the same name (CMN-37).
pub(crate) fn make_again(app: &Inner, asked: &MakeAgain) -> Result<Done, Refusal> {
    if !app.engine.make_again(&asked.step, YOU)? {
        return Err(Refusal::not_found(&asked.step));
    }
    app.engine
        .store()
        .write(|db| problems::cured(db, &asked.cause, &[], "make_again", YOU, app.clock.now()))?;
    look_again(app, Some(&asked.cause), &[]);
    Ok(done(Text::new("said-make-again")))
}

/// A marketplace that the books do not know is taken in with what the account itself says of it (CMN-05). Its first day
/// and its accounts are asked for by the orders that need them (CMN-32).
pub(crate) async fn add_marketplace(app: &Inner, asked: &AddMarketplace) -> Result<Done, Refusal> {
    let store = app.engine.store();
    let members = store.read(|db| problems::members(db, Tab::NeedsYou, &asked.cause, 0, 1))?;
    let member = members.first().ok_or_else(|| Refusal::not_found(&asked.cause))?;
    let told = app.engine.participations(&member.account).await?;
    let told = told
        .into_iter()
        .find(|one| one.marketplace_id == asked.marketplace && one.participates);
    let Some(told) = told else {
        let said = Text::new("error-marketplace-not-sold").with("marketplace", asked.marketplace.as_str());
        return Err(Refusal::new("not_found", said));
    };
    // Sellers say `UK`; for what our table does not have, Amazon's own word counts.
    let known = amazon::marketplaces::by_id(&told.marketplace_id);
    let row = Marketplace {
        id: told.marketplace_id,
        account: member.account.clone(),
        country: known.map_or(told.country, |known| known.country.to_owned()),
        currency: told.currency,
        enabled: true,
        go_live: None,
        settings: Value::Null,
    };
    store.write(|db| {
        marketplaces::put(db, &row)?;
        problems::cured(db, &asked.cause, &[], "add_marketplace", YOU, app.clock.now())?;
        let detail = json!({"account": row.account, "country": row.country, "currency": row.currency});
        audit::add(db, app.clock.now(), YOU, "add-marketplace", &row.id, &detail)
    })?;
    look_again(app, Some(&asked.cause), &[]);
    Ok(done(Text::new("said-marketplace-added").with("country", row.country)))
}

/// The remedy that offered this record, with how both sides looked then: what changes later is asked about again.
fn offered<'a>(member: &'a Problem, record: &str) -> Option<&'a Value> {
    let mut remedies = member.remedies.as_array().into_iter().flatten();
    remedies.find(|remedy| remedy["remedy"] == "adopt" && remedy["id"] == record)
}

/// Keeps a person's answer about the records behind a cause, or some of them: for each the table that it stands in and
/// the answer. The problems that it answers.
fn agree(
    app: &Inner,
    (cause, some): (&str, &[i64]),
    remedy: &str,
    answer: impl Fn(&Problem) -> Result<(&'static str, Value), Refusal>,
) -> Result<Vec<i64>, Refusal> {
    let now = app.clock.now();
    let store = app.engine.store();
    let mut members = store.read(|db| problems::members(db, Tab::NeedsYou, cause, 0, MANY))?;
    members.retain(|member| some.is_empty() || some.contains(&member.id));
    if members.is_empty() {
        return Err(Refusal::not_found(cause));
    }
    let answers = members.iter().map(answer).collect::<Result<Vec<_>, _>>()?;
    store.write(|db| {
        for (member, (table, target)) in members.iter().zip(answers) {
            let row = Lookup {
                name: table.to_owned(),
                marketplace: String::new(),
                source: member.key.clone(),
                target,
                set_at: now,
            };
            lookups::set(db, &row)?;
            audit::add(db, now, YOU, &remedy.replace('_', "-"), &member.key, &row.target)?;
        }
        let whole = if some.is_empty() { cause } else { "" };
        problems::cured(db, whole, some, remedy, YOU, app.clock.now())
    })?;
    Ok(members.iter().map(|member| member.id).collect())
}

/// Changes fields of a refused write and tries it again: only fields that a mapping could fill, only this once.
pub(crate) fn edit_and_retry(app: &Inner, asked: &EditAndRetry) -> Result<Done, Refusal> {
    let now = app.clock.now();
    let id: i64 = asked
        .problem
        .parse()
        .map_err(|_| Refusal::bad_request("problem", &asked.problem))?;
    let store = app.engine.store();
    let (problem, step) = store.read(|db| {
        let problem = problems::get(db, id)?;
        let name = problem.as_ref().and_then(|problem| problem.step.clone());
        Ok((problem, steps::get(db, &name.unwrap_or_default())?))
    })?;
    let (Some(problem), Some(step)) = (problem, step) else {
        return Err(Refusal::not_found(&asked.problem));
    };
    let changes = asked
        .fields
        .iter()
        .map(|field| {
            let value =
                views::problem::edited(&step, field).ok_or_else(|| Refusal::bad_request("fields", &field.field))?;
            Ok(Edit {
                step: step.name.clone(),
                field: field.field.clone(),
                value,
                who: YOU.to_owned(),
                at: now,
            })
        })
        .collect::<Result<Vec<_>, Refusal>>()?;
    store.write(|db| {
        let body = views::problem::body(&step);
        for change in &changes {
            edits::put(db, change)?;
            let before = body.get(&change.field);
            let detail = json!({"step": step.name, "field": change.field, "before": before, "after": change.value});
            audit::add(db, now, YOU, "edit", &problem.key, &detail)?;
        }
        problems::cured(db, "", &[id], "edit", YOU, app.clock.now())
    })?;
    look_again(app, None, &[id]);
    Ok(done(Text::new("said-edited").with("key", Key(problem.key).0)))
}

/// Notes who looks after a cause, and anything else about it.
pub(crate) fn note(app: &Inner, asked: &NoteCause) -> Result<Done, Refusal> {
    let now = app.clock.now();
    let row = CauseNote {
        cause: asked.cause.clone(),
        assigned: asked.assigned.trim().to_owned(),
        note: asked.note.trim().to_owned(),
        who: YOU.to_owned(),
        at: now,
    };
    let detail: Value = json!({"assigned": row.assigned, "note": row.note});
    app.engine.store().write(|db| {
        cause_notes::put(db, &row)?;
        audit::add(db, now, YOU, "note", &row.cause, &detail)
    })?;
    Ok(done(Text::new("said-noted")))
}
