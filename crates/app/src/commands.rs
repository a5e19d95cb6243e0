//! The one table of commands, answered.

use base64::Engine as _;
use domain::Text;
use engine::{SyncRequest, Trigger};
use flows::Key;
use serde::Serialize;
use serde_json::{Value, json};
use store::audit;
use store::fee_accounts::FeeAccount;
use store::lookups::{self, Lookup};
use store::options::{Level, OptionRow};
use store::problems;
use store::{fee_accounts, options};

use crate::application::{Inner, read};
use crate::contract::{
    Adopt, ById, Done, Exclude, ImportSettlement, Imported, LinkItem, MapLine, Refusal, Retry, SetOption, SetSetting,
    StartRun, Started,
};
use crate::{choices, status, views};

/// Answers a command by its name.
pub(crate) async fn answer(app: &Inner, name: &str, request: Value) -> Result<Value, Refusal> {
    let store = app.engine.store();
    let now = app.clock.now();
    match name {
        "status" => json(status::status(app)?),
        "home" => {
            let scope: crate::contract::InScope = read(request)?;
            json(views::home::home(
                store,
                scope.marketplace,
                app.engine.status()?.running.len(),
                now,
            )?)
        }
        "flows" => json(status::flows(app)?),
        "start_run" => json(start_run(app, read(request)?)?),
        "cancel_run" => json(cancel(app, &read::<ById>(request)?.id)),
        "runs" => json(views::runs::page(store, &read(request)?)?),
        "run" => json(status::run(app, &read::<ById>(request)?.id)?),
        "orders" => json(views::orders::page(store, &read(request)?, now.date_naive())?),
        "order" => json(views::orders::view(store, &read::<ById>(request)?.id)?),
        "problem_groups" => json(views::problems::groups(store, &read(request)?)?),
        "problem_group" => json(views::problems::group(
            store,
            &read::<crate::contract::ByCause>(request)?.cause,
        )?),
        "retry" => json(retry(app, &read(request)?)?),
        "exclude" => json(exclude(app, &read(request)?)?),
        "link_item" => json(link_item(app, &read(request)?)?),
        "map_line" => json(map_line(app, &read(request)?)?),
        "adopt" => json(adopt(app, &read(request)?)?),
        "set_option" => json(set_option(app, &read(request)?)?),
        "choices" => json(choices::choices(app, &read(request)?).await?),
        "settlements" => json(views::settlements::page(store, &read(request)?)?),
        "settlement" => json(views::settlements::view(store, &read::<ById>(request)?.id)?),
        "settlement_lines" => json(views::settlements::lines(store, &read(request)?)?),
        "approve_settlement" => json(approve(app, &read::<ById>(request)?.id)?),
        "undo_preview" => json(views::settlements::undo_preview(app, &read::<ById>(request)?.id)?),
        "undo_settlement" => json(undo(app, &read::<ById>(request)?.id)),
        "import_settlement" => json(import(app, &read(request)?)?),
        "settings" => json(views::settings::all(store, app.demo, &app.folder)?),
        "set_setting" => {
            let change: SetSetting = read(request)?;
            views::settings::set(store, &change)?;
            json(views::settings::all(store, app.demo, &app.folder)?)
        }
        "reset_demo" => json(crate::demo::reset(app)?),
        _ => Err(Refusal::new(
            "not_found",
            Text::new("error-no-such-command").with("name", name),
        )),
    }
}

fn json(answer: impl Serialize) -> Result<Value, Refusal> {
    serde_json::to_value(answer).map_err(|error| Refusal::new("fault", Text::new("error-fault")).because(&error))
}

fn done(said: Text) -> Done {
    Done { said: said.into() }
}

/// Starts flows in the background, in the order of their chains.
fn start_run(app: &Inner, asked: StartRun) -> Result<Started, Refusal> {
    if let Some(flow) = &asked.flow
        && !flows::catalogue().iter().any(|entry| entry.card.id == flow)
    {
        return Err(Refusal::not_found(flow));
    }
    let keys = asked.keys.map(|keys| keys.into_iter().map(Key).collect::<Vec<_>>());
    sync(
        app,
        SyncRequest {
            flows: asked.flow.into_iter().collect(),
            marketplace: asked.marketplace,
            trigger: if keys.is_some() { Trigger::Ids } else { Trigger::Person },
            keys,
            dry_run: asked.dry_run,
        },
    )
}

/// Runs a request in the background; what opens is told by events, and the first run comes back if it opened at once.
pub(crate) fn sync(app: &Inner, request: SyncRequest) -> Result<Started, Refusal> {
    let engine = app.engine.clone();
    let previews = std::sync::Arc::clone(&app.previews);
    let before: Vec<String> = engine
        .status()?
        .running
        .into_iter()
        .map(|running| running.run)
        .collect();
    tokio::spawn(async move {
        match engine.sync(request).await {
            Ok(reports) => reports
                .into_iter()
                .filter(|report| report.preview.is_some())
                .for_each(|report| previews.put(report)),
            Err(error) => tracing::warn!(%error, "a run could not be started"),
        }
    });
    Ok(Started { runs: before })
}

fn cancel(app: &Inner, run: &str) -> Done {
    done(Text::new(if app.engine.cancel(run) {
        "said-run-cancelled"
    } else {
        "said-run-over"
    }))
}

fn retry(app: &Inner, asked: &Retry) -> Result<Started, Refusal> {
    let problems = numbers(&asked.problems)?;
    Ok(look_again(app, asked.cause.as_deref(), &problems))
}

/// Looks again at what waited for an answer.
fn look_again(app: &Inner, cause: Option<&str>, problems: &[i64]) -> Started {
    let engine = app.engine.clone();
    let (cause, problems) = (cause.map(str::to_owned), problems.to_vec());
    tokio::spawn(async move {
        if let Err(error) = engine.retry(cause.as_deref(), &problems).await {
            tracing::warn!(%error, "could not look again");
        }
    });
    Started { runs: Vec::new() }
}

fn numbers(ids: &[String]) -> Result<Vec<i64>, Refusal> {
    ids.iter()
        .map(|id| id.parse().map_err(|_| Refusal::bad_request(id)))
        .collect()
}

fn exclude(app: &Inner, asked: &Exclude) -> Result<Done, Refusal> {
    let count = app
        .engine
        .exclude(&asked.cause, &numbers(&asked.problems)?, &asked.reason)?;
    Ok(done(Text::new("said-excluded").with("count", count)))
}

fn link_item(app: &Inner, asked: &LinkItem) -> Result<Done, Refusal> {
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
    app.engine.store().write(|db| {
        lookups::set(db, &row)?;
        audit::add(db, row.set_at, "you", "link-item", &row.source, &row.target)
    })?;
    look_again(app, Some(&format!("ITEM_NOT_FOUND:{}", asked.sku)), &[]);
    Ok(done(Text::new("said-item-linked").with("sku", asked.sku.as_str())))
}

fn map_line(app: &Inner, asked: &MapLine) -> Result<Done, Refusal> {
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
    app.engine.store().write(|db| {
        fee_accounts::set(db, &row)?;
        audit::add(
            db,
            app.clock.now(),
            "you",
            "map-line",
            &kind,
            &json!({"triple": asked.triple, "account": asked.account}),
        )
    })?;
    look_again(app, Some(&format!("LINE_UNMAPPED:{}", asked.triple.join("|"))), &[]);
    Ok(done(Text::new("said-line-mapped").with("kind", kind)))
}

/// The records behind a cause are the one that a person made: linked, and never written (CMN-13).
fn adopt(app: &Inner, asked: &Adopt) -> Result<Done, Refusal> {
    let now = app.clock.now();
    let members = app
        .engine
        .store()
        .read(|db| problems::members(db, problems::Tab::NeedsYou, &asked.cause, 0, 500))?;
    if members.is_empty() {
        return Err(Refusal::not_found(&asked.cause));
    }
    app.engine.store().write(|db| {
        for member in &members {
            let row = Lookup {
                name: "adopted".to_owned(),
                marketplace: String::new(),
                source: member.key.clone(),
                target: json!(asked.id),
                set_at: now,
            };
            lookups::set(db, &row)?;
            audit::add(db, now, "you", "adopt", &member.key, &row.target)?;
        }
        Ok(())
    })?;
    look_again(app, Some(&asked.cause), &[]);
    Ok(done(Text::new("said-adopted")))
}

fn set_option(app: &Inner, asked: &SetOption) -> Result<Done, Refusal> {
    if flows::rules::choice(&asked.option).is_none() {
        return Err(Refusal::not_found(&asked.option));
    }
    let level = if asked.marketplace.is_some() {
        Level::Marketplace
    } else {
        Level::Workspace
    };
    let scope = asked.marketplace.clone().unwrap_or_default();
    app.engine.store().write(|db| {
        match &asked.value {
            Some(value) => {
                let row = OptionRow {
                    key: asked.option.clone(),
                    level,
                    scope_id: scope.clone(),
                    value: json!(value),
                };
                options::set(db, &row)?;
            }
            None => options::clear(db, &asked.option, level, &scope)?,
        }
        audit::add(
            db,
            app.clock.now(),
            "you",
            "set-option",
            &asked.option,
            &json!({"scope": scope, "value": asked.value}),
        )
    })?;
    look_again(app, None, &[]);
    Ok(done(Text::new("said-option-set")))
}

fn approve(app: &Inner, settlement: &str) -> Result<Started, Refusal> {
    let view = views::settlements::view(app.engine.store(), settlement)?;
    if !view.can_approve {
        return Err(Refusal::new("not_ready", Text::new("error-cannot-approve")));
    }
    let engine = app.engine.clone();
    let settlement = settlement.to_owned();
    tokio::spawn(async move {
        if let Err(error) = engine.approve(&settlement, "you").await {
            tracing::warn!(%error, "a settlement could not be posted");
        }
    });
    Ok(Started { runs: Vec::new() })
}

fn undo(app: &Inner, settlement: &str) -> Started {
    let engine = app.engine.clone();
    let settlement = settlement.to_owned();
    tokio::spawn(async move {
        if let Err(error) = engine.undo(&settlement, "you").await {
            tracing::warn!(%error, "a posting could not be undone");
        }
    });
    Started { runs: Vec::new() }
}

fn import(app: &Inner, asked: &ImportSettlement) -> Result<Imported, Refusal> {
    let bytes = base64::engine::general_purpose::STANDARD
        .decode(&asked.content)
        .map_err(Refusal::bad_request)?;
    crate::import::start(app, &asked.name, &bytes)
}
