//! The one table of commands, answered.

use chrono::NaiveDate;
use domain::Text;
use engine::{StartError, SyncRequest, Trigger};
use flows::Key;
use serde::Serialize;
use serde_json::Value;

use crate::application::{Inner, read};
use crate::contract::{
    ById, Done, EvidenceRequest, ExportList, ExportedList, ImportSettlement, Imported, InScope, Nothing, Refusal,
    SetSetting, StartRun, Started, UploadPiece, Uploading,
};
use crate::export::{self, Form, List};
use crate::words::{Catalogue, Language};
use crate::{
    bank, bank_file, choices, option_values, orders, pause, remedies, rows, set_aside, settlements, status, views,
};

/// Answers a command by its name.
pub(crate) async fn answer(app: &Inner, name: &str, request: Value) -> Result<Value, Refusal> {
    let store = app.engine.store();
    let now = app.clock.now();
    match name {
        "status" => json(nothing(request).and_then(|()| status::status(app))?),
        "home" => {
            let scope: InScope = read(request)?;
            json(views::home::home(&app.engine, scope.marketplace, now)?)
        }
        "flows" => json(read::<InScope>(request).and_then(|_| status::flows(app))?),
        "flow_days" => json(views::flow_days::view(store, &read(request)?, now)?),
        "start_run" => json(start_run(app, read(request)?)?),
        "cancel_run" => json(cancel(app, &read::<ById>(request)?.id)),
        "runs" => json(views::runs::page(store, &read(request)?)?),
        "run" => json(status::run(app, &read::<ById>(request)?.id)?),
        "orders" => json(views::orders::page(store, &read(request)?, now)?),
        "order" => json(views::order::view(store, &read::<ById>(request)?.id)?),
        "resend_shipment" => json(orders::resend(app, &read(request)?)?),
        "bill_order" => json(orders::bill(app, &read::<ById>(request)?.id)?),
        "handled_elsewhere" => json(orders::elsewhere(app, &read(request)?)?),
        "take_order_back" => json(orders::take_back(app, &read::<ById>(request)?.id)?),
        "help" => json(nothing(request).map(|()| views::help::help())?),
        "reveal_buyer" => json(views::order::buyer(app, &read::<ById>(request)?.id)?),
        "export_list" => json(list_as_file(app, &read(request)?)?),
        "choices" => json(choices::choices(app, &read(request)?).await?),
        "checks" => json(views::checks::view(app, &read(request)?)?),
        "mark_check" => json(views::checks::mark(app, &read(request)?)?),
        "upload" => json(upload(app, &read(request)?)?),
        "import_settlement" => json(import(app, read(request)?).await?),
        "settings" => json(nothing(request).and_then(|()| views::settings::all(store, app.demo, &app.folder))?),
        "set_setting" => {
            let change: SetSetting = read(request)?;
            views::settings::set(store, &change)?;
            json(views::settings::all(store, app.demo, &app.folder)?)
        }
        "pause" => json(pause::set(app, &read(request)?)?),
        "schedules" => json(nothing(request).and_then(|()| views::schedules::view(&app.engine, now))?),
        "set_schedule" => {
            views::schedules::set(&app.engine, &read(request)?, now)?;
            json(views::schedules::view(&app.engine, now)?)
        }
        "set_flow_on" => {
            views::schedules::set_on(&app.engine, &read(request)?, now)?;
            json(views::schedules::view(&app.engine, now)?)
        }
        "set_zone" => {
            views::zones::set(&app.engine, &read(request)?, now)?;
            json(views::schedules::view(&app.engine, now)?)
        }
        "set_quiet_hours" => {
            views::schedules::set_quiet(&app.engine, &read(request)?, now)?;
            json(views::schedules::view(&app.engine, now)?)
        }
        "try_schedule" => json(views::schedules::means(&app.engine, &read(request)?, now)?),
        "mapping" => json(views::mappings::view(app, &read(request)?)?),
        "try_mapping" => json(views::mappings::trial(app, &read(request)?)?),
        "test_mapping" => json(views::mappings::test(app, &read(request)?)?),
        "save_mapping" => json(views::mappings::save(app, &read(request)?)?),
        "restore_mapping" => json(views::mappings::restore(app, &read(request)?)?),
        "flow_options" => json(views::options::view(app, &read(request)?)?),
        "set_flow_option" => json(views::options::set(app, &read(request)?)?),
        "clone_profile" => json(views::clone::clone(app, &read(request)?)?),
        "lookup_tables" => json(nothing(request).and_then(|()| views::tables::view(store))?),
        "set_table_row" => json(views::tables::set(app, &read(request)?)?),
        "reset_demo" => json(nothing(request).and_then(|()| crate::demo::reset(app))?),
        _ => about_settlements(app, name, request).await,
    }
}

/// Answers what is asked and done about settlements, and what Amazon holds.
async fn about_settlements(app: &Inner, name: &str, request: Value) -> Result<Value, Refusal> {
    let store = app.engine.store();
    match name {
        "settlements" => json(views::settlements::page(store, &read(request)?)?),
        "settlement" => json(views::settlements::view(store, &read::<ById>(request)?.id)?),
        "settlement_lines" => json(views::settlements::lines(store, &read(request)?)?),
        "settlement_group" => json(views::settlements::group(app, &read(request)?)?),
        "settlement_history" => json(views::settlements::history(store, &read(request)?)?),
        "evidence" => json(evidence(app, &read(request)?)?),
        "approve_settlement" => json(approve(app, &read::<ById>(request)?.id)?),
        "undo_preview" => json(views::settlements::undo_preview(app, &read::<ById>(request)?.id).await?),
        "undo_settlement" => json(undo(app, &read::<ById>(request)?.id).await?),
        "accept_variance" => json(settlements::accept_variance(app, &read(request)?)?),
        "withdraw_variance" => json(settlements::withdraw_variance(app, &read::<ById>(request)?.id)?),
        "pick_marketplace" => json(settlements::pick_marketplace(app, &read(request)?)?),
        "add_balancing_line" => json(settlements::add_balancing_line(app, &read(request)?)?),
        "withdraw_balancing_line" => json(settlements::withdraw_balancing_line(app, &read::<ById>(request)?.id)?),
        "accept_gap" => json(settlements::accept_gap(app, &read(request)?)?),
        "settlement_reissue" => json(views::settlements::reissue_difference(
            store,
            &read::<ById>(request)?.id,
        )?),
        "reissue_preview" => json(views::settlements::reissue_preview(app, &read::<ById>(request)?.id).await?),
        "accept_reissue" => json(settlements::accept_reissue(app, &read::<ById>(request)?.id).await?),
        "keep_posted" => json(settlements::keep_posted(app, &read(request)?)?),
        "close_settlement" => json(settlements::close(app, &read(request)?)?),
        "reopen_settlement" => json(settlements::reopen(app, &read::<ById>(request)?.id)?),
        "enter_receipt" => json(bank::enter(app, &read(request)?)?),
        "take_receipt_back" => json(bank::take_back(app, &read::<ById>(request)?.id)?),
        "read_bank_file" => json(bank_file::look(app, read(request)?).await?),
        "exclude_group" => json(settlements::exclude_group(app, &read(request)?)?),
        "money" => json(views::money::view(
            &app.engine,
            read::<InScope>(request)?.marketplace.as_deref(),
            app.clock.now(),
        )?),
        "post_accrual" => json(post_accrual(app, &read::<ById>(request)?.id)?),
        _ => about_rows(app, name, request).await,
    }
}

/// Answers what a person does about single rows of a settlement.
async fn about_rows(app: &Inner, name: &str, request: Value) -> Result<Value, Refusal> {
    match name {
        "note_row" => json(rows::note(app, &read(request)?)?),
        "put_row_off" => json(rows::put_off(app, &read(request)?)?),
        "accept_row" => json(rows::accept(app, &read(request)?)?),
        "accept_exact" => json(rows::accept_exact(app, &read::<ById>(request)?.id)?),
        "undo_row_act" => json(rows::undo(app, &read(request)?)?),
        "write_off_terms" => json(rows::terms(app, &read(request)?)?),
        "write_off_row" => json(rows::write_off(app, &read(request)?)?),
        "find_documents" => json(rows::find(app, &read(request)?).await?),
        "row_remainder" => json(rows::remainder(app, &read(request)?)?),
        "link_documents" => json(rows::link(app, &read(request)?).await?),
        "split_row" => json(rows::split(app, &read(request)?)?),
        "create_for_row" => json(rows::create(app, &read(request)?)?),
        "clear_row" => json(rows::clear(app, &read(request)?)?),
        "answer_rule" => json(rows::answer(app, &read(request)?)?),
        _ => about_errors(app, name, request).await,
    }
}

/// Answers what a screen asks and a person does about errors.
async fn about_errors(app: &Inner, name: &str, request: Value) -> Result<Value, Refusal> {
    let store = app.engine.store();
    let now = app.clock.now();
    match name {
        "problem_groups" => json(views::problems::groups(store, &read(request)?, now)?),
        "problem_group" => json(views::problems::group(
            store,
            &read::<crate::contract::ByCause>(request)?.cause,
            now,
        )?),
        "problem" => json(views::problem::view(store, &read::<ById>(request)?.id)?),
        "retry" => json(remedies::retry(app, &read(request)?)?),
        "exclude" => json(set_aside::exclude(app, &read(request)?)?),
        "undo_exclude" => json(set_aside::undo_exclude(app, &read(request)?)?),
        "include" => json(set_aside::include(app, &read(request)?)?),
        "snooze" => json(set_aside::snooze(app, &read(request)?)?),
        "wake" => json(set_aside::wake(app, &read(request)?)?),
        "use_placeholder" => json(remedies::use_placeholder(app, &read(request)?)?),
        "link_item" => json(remedies::link_item(app, &read(request)?)?),
        "map_line" => json(remedies::map_line(app, &read(request)?)?),
        "adopt" => json(remedies::adopt(app, &read(request)?)?),
        "make_again" => json(remedies::make_again(app, &read(request)?)?),
        "put_back" => json(remedies::put_back(app, &read(request)?)?),
        "add_marketplace" => json(remedies::add_marketplace(app, &read(request)?).await?),
        "set_option" => json(remedies::set_option(app, &read(request)?)?),
        "edit_and_retry" => json(remedies::edit_and_retry(app, &read(request)?)?),
        "note_cause" => json(remedies::note(app, &read(request)?)?),
        _ => Err(Refusal::new(
            "not_found",
            Text::new("error-no-such-command").with("name", name),
        )),
    }
}

/// A request that has no fields.
fn nothing(request: Value) -> Result<(), Refusal> {
    read::<Nothing>(request).map(drop)
}

fn json(answer: impl Serialize) -> Result<Value, Refusal> {
    serde_json::to_value(answer).map_err(|error| Refusal::new("fault", Text::new("error-fault")).because(&error))
}

pub(crate) fn done(said: Text) -> Done {
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
    let days = days(asked.from.as_deref(), asked.to.as_deref())?;
    let named = keys.is_some() || days.is_some();
    sync(
        app,
        SyncRequest {
            flows: asked.flow.into_iter().collect(),
            marketplace: asked.marketplace,
            trigger: if named { Trigger::Ids } else { Trigger::Person },
            keys,
            dry_run: asked.dry_run,
            days,
        },
    )
}

/// The days that a run is asked for, in their order.
fn days(from: Option<&str>, to: Option<&str>) -> Result<Option<(NaiveDate, NaiveDate)>, Refusal> {
    let day = |text: &str| option_values::day(Some(text));
    match (from, to) {
        (None, None) => Ok(None),
        (Some(from), Some(to)) => {
            let days = (day(from)?, day(to)?);
            if days.0 > days.1 {
                let refusal = Refusal::new("bad_request", Text::new("error-days-backwards"));
                return Err(refusal.about("to", "before the first day"));
            }
            Ok(Some(days))
        }
        (Some(_), None) => Err(Refusal::bad_request("to", "both days or none")),
        (None, Some(_)) => Err(Refusal::bad_request("from", "both days or none")),
    }
}

/// Runs a request in the background; the runs that opened at once come back.
pub(crate) fn sync(app: &Inner, request: SyncRequest) -> Result<Started, Refusal> {
    let previews = std::sync::Arc::clone(&app.previews);
    let begun = app.engine.begin(request)?;
    tokio::spawn(async move {
        match begun.work.await {
            Ok(reports) => reports
                .into_iter()
                .filter(|report| report.preview.is_some())
                .for_each(|report| previews.put(report)),
            Err(error) => tracing::warn!(%error, "a run could not be started"),
        }
    });
    Ok(Started { runs: begun.runs })
}

fn cancel(app: &Inner, run: &str) -> Done {
    done(Text::new(if app.engine.cancel(run) {
        "said-run-cancelled"
    } else {
        "said-run-over"
    }))
}

fn approve(app: &Inner, settlement: &str) -> Result<Started, Refusal> {
    let view = views::settlements::view(app.engine.store(), settlement)?;
    if !view.can_approve {
        return Err(Refusal::new("not_ready", Text::new("error-cannot-approve")));
    }
    Ok(post(app, settlement))
}

/// Posts in the background. Whatever takes the same records back or looks at them just now is waited for: what a person
/// pressed is never dropped because a moment was busy.
fn post(app: &Inner, group: &str) -> Started {
    let (engine, group) = (app.engine.clone(), group.to_owned());
    tokio::spawn(async move {
        let mut posted = engine.approve(&group, "you").await;
        if let Err(StartError::AlreadyRunning { .. } | StartError::NotWhole(_)) = posted {
            engine.idle().await;
            posted = engine.approve(&group, "you").await;
        }
        if let Err(error) = posted {
            tracing::warn!(%error, "what was approved could not be posted");
        }
    });
    Started { runs: Vec::new() }
}

/// A month-end entry is sent as it was reviewed (DEF-04).
fn post_accrual(app: &Inner, entry: &str) -> Result<Started, Refusal> {
    views::money::must_be_postable(app.engine.store(), entry)?;
    Ok(post(app, entry))
}

async fn undo(app: &Inner, settlement: &str) -> Result<Started, Refusal> {
    if !views::settlements::view(app.engine.store(), settlement)?.can_undo {
        return Err(Refusal::new("not_ready", Text::new("error-cannot-undo")));
    }
    if !views::settlements::undo_preview(app, settlement).await?.can {
        return Err(Refusal::new("not_ready", Text::new("error-undo-in-closed-period")));
    }
    let engine = app.engine.clone();
    let settlement = settlement.to_owned();
    tokio::spawn(async move {
        if let Err(error) = engine.undo(&settlement, "you").await {
            tracing::warn!(%error, "a posting could not be undone");
        }
    });
    Ok(Started { runs: Vec::new() })
}

fn upload(app: &Inner, piece: &UploadPiece) -> Result<Uploading, Refusal> {
    let upload = app.uploads.piece(piece.upload.as_deref(), &piece.content)?;
    Ok(Uploading { upload })
}

async fn import(app: &Inner, asked: ImportSettlement) -> Result<Imported, Refusal> {
    let file = app.uploads.last(asked.upload.as_deref(), &asked.content)?;
    crate::import::start(app, asked.name, file).await
}

/// The sheet that proves a settlement.
fn evidence(app: &Inner, asked: &EvidenceRequest) -> Result<ExportedList, Refusal> {
    let words = Catalogue::load(Language::of(&asked.language));
    let content = views::settlements::evidence(app, &asked.id, &words)?;
    let name = format!("{}-{}.html", words.say(&Text::new("evidence-file-stem")), asked.id);
    export::hand_over(name, content.into_bytes(), asked.save)
}

/// A list for a spreadsheet or a program, in the language of the screen (CMN-26).
fn list_as_file(app: &Inner, asked: &ExportList) -> Result<ExportedList, Refusal> {
    let (list, only) = match (asked.list.as_str(), asked.settlement.as_deref()) {
        ("orders", None) => (List::Orders, None),
        ("settlements", None) => (List::Settlements, None),
        ("errors", None) => (List::Errors, None),
        ("checks", None) => (List::Checks, None),
        ("lines", Some(settlement)) => (List::Lines, Some(settlement)),
        ("late", None) => (List::Late, None),
        ("lines", None) => return Err(Refusal::bad_request("settlement", "the lines of which settlement")),
        ("orders" | "settlements" | "errors" | "checks" | "late", Some(_)) => {
            return Err(Refusal::bad_request("settlement", "only lines are of one settlement"));
        }
        (other, _) => return Err(Refusal::bad_request("list", other)),
    };
    let (form, ending) = match asked.format.as_str() {
        "csv" => (Form::Csv, "csv"),
        "json" => (Form::Json, "json"),
        "xlsx" => (Form::Workbook, "xlsx"),
        other => return Err(Refusal::bad_request("format", other)),
    };
    let words = Catalogue::load(Language::of(&asked.language));
    let mut content = Vec::new();
    let now = app.clock.now();
    if list == List::Late {
        let view = views::money::view(&app.engine, None, now)?;
        export::late(view, form, &words, &mut content)?;
    } else {
        export::export(app.engine.store(), list, only, form, &words, now, &mut content)?;
    }
    let stem = only.map_or_else(
        || asked.list.clone(),
        |settlement| format!("{}-{settlement}", asked.list),
    );
    let name = format!("{stem}-{}.{ending}", now.date_naive());
    export::hand_over(name, content, asked.save)
}
