//! What a person does about an error (CMN-25, CMN-26): each act is kept in the trail, noted with the errors it is about,
//! and followed by a new look at everything that waited for it.

use domain::Text;
use engine::{SyncRequest, Trigger};
use flows::Key;
use serde_json::{Value, json};
use store::cause_notes::{self, CauseNote};
use store::edits::{self, Edit};
use store::fee_accounts::{self, FeeAccount};
use store::lookups::{self, Lookup};
use store::options::{self, Level, OptionRow};
use store::problems::{self, Problem, Tab};
use store::steps;
use store::{Writer, audit, marketplaces};

use crate::application::Inner;
use crate::commands::done;
use crate::contract::{
    Adopt, ByCause, Done, EditAndRetry, Event, Exclude, LinkItem, MakeAgain, MapLine, NoteCause, PutBack, Refusal,
    Retry, SetOption, Started, UsePlaceholder,
};
use crate::option_values::{self, GO_LIVE};
use crate::views;

/// The person at the screen.
const YOU: &str = "you";
/// Members of a cause that one act is about.
const MANY: u32 = 10_000;

/// Looks again at a cause, or at single subjects.
pub(crate) fn retry(app: &Inner, asked: &Retry) -> Result<Started, Refusal> {
    let ids = numbers(&asked.problems)?;
    let causes: Vec<String> = asked
        .cause
        .iter()
        .chain(asked.causes.iter().flatten())
        .cloned()
        .collect();
    let store = app.engine.store();
    let members = store.write(|db| {
        problems::cured(db, "", &ids, "retry", YOU)?;
        let mut members = ids.clone();
        for cause in causes.iter().filter(|_| ids.is_empty()) {
            problems::cured(db, cause, &[], "retry", YOU)?;
            for tab in [Tab::NeedsYou, Tab::Retrying] {
                let found = problems::members(db, tab, cause, 0, MANY)?;
                members.extend(found.into_iter().map(|member| member.id));
            }
        }
        Ok(members)
    })?;
    let (engine, events) = (app.engine.clone(), app.events.clone());
    tokio::spawn(async move {
        let mut groups: Vec<Option<String>> = causes.into_iter().map(Some).collect();
        if !ids.is_empty() || groups.is_empty() {
            groups = vec![None];
        }
        for cause in groups {
            if let Err(error) = engine.retry(cause.as_deref(), &ids).await {
                tracing::warn!(%error, "could not look again");
            }
        }
        let _ = events.send(result(&engine, &members));
    });
    Ok(Started { runs: Vec::new() })
}

/// How many of some problems are settled by now (ux.md §5.4).
fn result(engine: &engine::Engine, members: &[i64]) -> Event {
    let count = engine.store().read(|db| {
        let mut open = 0;
        for id in members {
            open += usize::from(problems::get(db, *id)?.is_some_and(|one| one.is_open()));
        }
        Ok(open)
    });
    let still = count.unwrap_or(members.len());
    Event::Retried {
        worked: views::small(members.len() - still),
        still: views::small(still),
    }
}

/// Looks again at what waited for an answer, in the background.
pub(crate) fn look_again(app: &Inner, cause: Option<&str>, problems: &[i64]) {
    let engine = app.engine.clone();
    let (cause, problems) = (cause.map(str::to_owned), problems.to_vec());
    tokio::spawn(async move {
        let settles = is_about_settlements(&engine, cause.as_deref(), &problems);
        if let Err(error) = engine.retry(cause.as_deref(), &problems).await {
            tracing::warn!(%error, "could not look again");
        }
        // What a review shows is its summary, which has no question of its own.
        if settles && let Err(error) = engine.sync(summaries()).await {
            tracing::warn!(%error, "could not sum up again");
        }
    });
}

fn summaries() -> SyncRequest {
    SyncRequest {
        flows: vec!["settlement-summaries".to_owned()],
        marketplace: None,
        trigger: Trigger::Retry,
        keys: None,
        dry_run: false,
        days: None,
    }
}

fn is_about_settlements(engine: &engine::Engine, cause: Option<&str>, ids: &[i64]) -> bool {
    let found = engine.store().read(|db| {
        let mut members = problems::members(db, Tab::NeedsYou, cause.unwrap_or_default(), 0, 1)?;
        for id in ids.iter().take(1) {
            members.extend(problems::get(db, *id)?);
        }
        Ok(members.iter().any(|member| member.flow.starts_with("settlement-")))
    });
    found.unwrap_or(false)
}

fn numbers(ids: &[String]) -> Result<Vec<i64>, Refusal> {
    ids.iter()
        .map(|id| id.parse().map_err(|_| Refusal::bad_request(id)))
        .collect()
}

/// Leaves subjects out, with a reason.
pub(crate) fn exclude(app: &Inner, asked: &Exclude) -> Result<Done, Refusal> {
    let reason = asked.reason.trim();
    if reason.is_empty() {
        return Err(Refusal::bad_request("a reason"));
    }
    let count = app.engine.exclude(&asked.cause, &numbers(&asked.problems)?, reason)?;
    Ok(done(Text::new("said-excluded").with("count", count)))
}

/// Takes the subjects of a cause in again that a person had left out, and looks at them.
pub(crate) fn include(app: &Inner, asked: &ByCause) -> Result<Done, Refusal> {
    let store = app.engine.store();
    let members = store.read(|db| problems::members(db, Tab::Ignored, &asked.cause, 0, MANY))?;
    if members.is_empty() {
        return Err(Refusal::not_found(&asked.cause));
    }
    store.write(|db| problems::taken_back(db, &asked.cause, YOU))?;
    let count = members.len();
    let engine = app.engine.clone();
    tokio::spawn(async move {
        for member in members {
            if let Err(error) = include_one(&engine, &member).await {
                tracing::warn!(%error, "a subject could not be taken in again");
            }
        }
    });
    Ok(done(Text::new("said-included").with("count", count)))
}

async fn include_one(engine: &engine::Engine, member: &Problem) -> Result<(), engine::StartError> {
    let scopes = engine.scopes(&member.flow, None)?;
    let scope = scopes
        .into_iter()
        .find(|scope| engine::account_of(scope) == member.account);
    if let Some(scope) = scope {
        engine.include(&member.flow, scope, &member.key, YOU).await?;
    }
    Ok(())
}

/// This SKU is that item: every order that waited for it is looked at again, in all flows.
pub(crate) fn link_item(app: &Inner, asked: &LinkItem) -> Result<Done, Refusal> {
    if asked.factor == 0 || asked.item.is_empty() || asked.sku.is_empty() {
        return Err(Refusal::bad_request("sku, item and a factor of at least 1"));
    }
    let row = Lookup {
        name: lookups::ITEMS.to_owned(),
        marketplace: asked.marketplace.clone().unwrap_or_default(),
        source: asked.sku.clone(),
        target: json!({"item": asked.item, "factor": asked.factor}),
        set_at: app.clock.now(),
    };
    let cause = asked
        .cause
        .clone()
        .unwrap_or_else(|| format!("ITEM_NOT_FOUND:{}", asked.sku));
    app.engine.store().write(|db| {
        lookups::set(db, &row)?;
        problems::cured(db, &cause, &[], "link_item", YOU)?;
        audit::add(db, row.set_at, YOU, "link-item", &row.source, &row.target)
    })?;
    look_again(app, Some(&cause), &[]);
    Ok(done(Text::new("said-item-linked").with("sku", asked.sku.as_str())))
}

/// This kind of settlement line goes to that account (SET-12).
pub(crate) fn map_line(app: &Inner, asked: &MapLine) -> Result<Done, Refusal> {
    let [transaction_type, amount_type, amount_description] = asked.triple.clone();
    let row = FeeAccount {
        transaction_type,
        amount_type,
        amount_description,
        marketplace: String::new(),
        category: "other-fee".to_owned(),
        account_key: "acct.other_fees".to_owned(),
        account_id: Some(asked.account.clone()),
    };
    let kind = [&asked.triple[1], &asked.triple[2]]
        .into_iter()
        .filter(|part| !part.is_empty())
        .cloned()
        .collect::<Vec<_>>()
        .join(" · ");
    let cause = asked
        .cause
        .clone()
        .unwrap_or_else(|| format!("LINE_UNMAPPED:{}", asked.triple.join(" / ")));
    app.engine.store().write(|db| {
        fee_accounts::set(db, &row)?;
        problems::cured(db, &cause, &[], "map_line", YOU)?;
        let detail = json!({"triple": asked.triple, "account": asked.account});
        audit::add(db, app.clock.now(), YOU, "map-line", &kind, &detail)
    })?;
    look_again(app, Some(&cause), &[]);
    Ok(done(Text::new("said-line-mapped").with("kind", kind)))
}

/// A stand-in item takes the place of what is not known, on these orders and no other (ITM-05).
pub(crate) fn use_placeholder(app: &Inner, asked: &UsePlaceholder) -> Result<Done, Refusal> {
    let item = option_values::checked("orders.placeholder_item", Some(&asked.item))?
        .ok_or_else(|| Refusal::bad_request("an item"))?;
    let ids = numbers(&asked.problems)?;
    let cured = agree(app, (&asked.cause, &ids), "use_placeholder", |_| {
        ("placeholders", json!(item))
    })?;
    look_again(app, None, &cured);
    Ok(done(Text::new("said-placeholder").with("count", cured.len())))
}

/// The records behind a cause are the one that a person made: linked, and never written (CMN-13).
pub(crate) fn adopt(app: &Inner, asked: &Adopt) -> Result<Done, Refusal> {
    agree(app, (&asked.cause, &[]), "adopt", |member| {
        let offered = offered(member, &asked.id);
        let record = offered["record"].as_str().unwrap_or_default();
        let target = json!({ "id": asked.id, "state": offered["state"] });
        (engine::accepted_in(&member.flow, record), target)
    })?;
    look_again(app, Some(&asked.cause), &[]);
    Ok(done(Text::new("said-adopted")))
}

/// What a person made of a record in NetSuite is taken back, as it looked when the person was asked (CMN-37).
pub(crate) fn put_back(app: &Inner, asked: &PutBack) -> Result<Done, Refusal> {
    let members = agree(app, (&asked.cause, &[]), "put_back", |_| {
        ("put-back", json!(asked.state))
    })?;
    let (engine, cause) = (app.engine.clone(), asked.cause.clone());
    tokio::spawn(async move {
        let mut looked = engine.retry(Some(&cause), &[]).await;
        if looked.is_ok() {
            // Once ours is back, what Amazon changed meanwhile follows: nothing else would look at the order again.
            looked = engine.retry(None, &members).await;
        }
        if let Err(error) = looked {
            tracing::warn!(%error, "could not look again");
        }
    });
    Ok(done(Text::new("said-put-back")))
}

/// A record that a person deleted in NetSuite is made again, under the same name (CMN-37).
pub(crate) fn make_again(app: &Inner, asked: &MakeAgain) -> Result<Done, Refusal> {
    if !app.engine.make_again(&asked.step, YOU)? {
        return Err(Refusal::not_found(&asked.step));
    }
    app.engine
        .store()
        .write(|db| problems::cured(db, &asked.cause, &[], "make_again", YOU))?;
    look_again(app, Some(&asked.cause), &[]);
    Ok(done(Text::new("said-make-again")))
}

/// The remedy that offered this record, with how both sides looked then: what changes later is asked about again.
fn offered(member: &Problem, record: &str) -> Value {
    let mut remedies = member.remedies.as_array().into_iter().flatten();
    let offered = remedies.find(|remedy| remedy["remedy"] == "adopt" && remedy["id"] == record);
    offered.cloned().unwrap_or_default()
}

/// Keeps a person's answer about the records behind a cause, or some of them: for each the table that it stands in and
/// the answer. The problems that it answers.
fn agree(
    app: &Inner,
    (cause, some): (&str, &[i64]),
    remedy: &str,
    answer: impl Fn(&Problem) -> (&'static str, Value),
) -> Result<Vec<i64>, Refusal> {
    let now = app.clock.now();
    let store = app.engine.store();
    let mut members = store.read(|db| problems::members(db, Tab::NeedsYou, cause, 0, MANY))?;
    members.retain(|member| some.is_empty() || some.contains(&member.id));
    if members.is_empty() {
        return Err(Refusal::not_found(cause));
    }
    store.write(|db| {
        for member in &members {
            let (table, target) = answer(member);
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
        problems::cured(db, whole, some, remedy, YOU)
    })?;
    Ok(members.iter().map(|member| member.id).collect())
}

/// Chooses a value for an option, or clears it.
pub(crate) fn set_option(app: &Inner, asked: &SetOption) -> Result<Done, Refusal> {
    if asked.option == GO_LIVE {
        return set_go_live(app, asked);
    }
    let value = option_values::checked(&asked.option, asked.value.as_deref())?;
    app.engine.store().write(|db| {
        keep_option(db, asked, value.as_deref())?;
        if let Some(cause) = &asked.cause {
            problems::cured(db, cause, &[], "set_option", YOU)?;
        }
        let detail = json!({"scope": asked.marketplace, "value": value});
        audit::add(db, app.clock.now(), YOU, "set-option", &asked.option, &detail)
    })?;
    look_again(app, asked.cause.as_deref(), &[]);
    Ok(done(Text::new("said-option-set")))
}

/// The first day of a marketplace's books (CMN-32): chosen for one marketplace, never for all at once.
fn set_go_live(app: &Inner, asked: &SetOption) -> Result<Done, Refusal> {
    let day = option_values::day(asked.value.as_deref())?;
    let id = asked.marketplace.as_deref().unwrap_or_default();
    let store = app.engine.store();
    let all = store.read(marketplaces::all)?;
    let of_it: Vec<_> = all.into_iter().filter(|one| one.id == id).collect();
    if of_it.is_empty() {
        return Err(Refusal::not_found(id));
    }
    store.write(|db| {
        for mut one in of_it {
            one.go_live = Some(day);
            marketplaces::put(db, &one)?;
        }
        if let Some(cause) = &asked.cause {
            problems::cured(db, cause, &[], "set_option", YOU)?;
        }
        let detail = json!({"scope": id, "value": day});
        audit::add(db, app.clock.now(), YOU, "set-option", GO_LIVE, &detail)
    })?;
    look_again(app, asked.cause.as_deref(), &[]);
    Ok(done(Text::new("said-option-set")))
}

fn keep_option(db: &Writer<'_>, asked: &SetOption, value: Option<&str>) -> store::Result<()> {
    let level = if asked.marketplace.is_some() {
        Level::Marketplace
    } else {
        Level::Workspace
    };
    let scope = asked.marketplace.clone().unwrap_or_default();
    let Some(value) = value else {
        return options::clear(db, &asked.option, level, &scope);
    };
    let row = OptionRow {
        key: asked.option.clone(),
        level,
        scope_id: scope,
        value: json!(value),
    };
    options::set(db, &row)
}

/// Changes fields of a refused write and tries it again: only fields that a mapping could fill, only this once.
pub(crate) fn edit_and_retry(app: &Inner, asked: &EditAndRetry) -> Result<Done, Refusal> {
    let now = app.clock.now();
    let id: i64 = asked
        .problem
        .parse()
        .map_err(|_| Refusal::bad_request(&asked.problem))?;
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
            let value = views::problem::edited(&step, field).ok_or_else(|| Refusal::bad_request(&field.field))?;
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
        problems::cured(db, "", &[id], "edit", YOU)
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
