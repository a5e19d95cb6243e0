//! `passerelle sync`: flows now, and what they did.

use std::time::Duration;

use app::App;
use app::words::Catalogue;
use domain::Text;
use engine::{Event, Report, RunResult, SyncRequest, Trigger};
use flows::Key;
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::{Value, json};

use crate::arguments::{Common, Sync};
use crate::commands::{close, open};
use crate::output::{Outcome, catalogue, sentence};

/// Runs the flows that were named, or all, and prints what each did.
pub async fn run(common: &Common, asked: &Sync) -> anyhow::Result<Outcome> {
    for flow in &asked.flows {
        anyhow::ensure!(
            flows::catalogue().iter().any(|entry| entry.card.id == flow),
            "there is no flow “{flow}”: see `passerelle flows`"
        );
    }
    let app = open(common, asked.demo.then_some(asked.seed), false).await?;
    let keys: Vec<Key> = asked.ids.iter().cloned().map(Key).collect();
    let request = SyncRequest {
        flows: asked.flows.clone(),
        marketplace: asked.marketplace.clone(),
        trigger: if keys.is_empty() { Trigger::Person } else { Trigger::Ids },
        keys: (!keys.is_empty()).then_some(keys),
        dry_run: asked.dry_run,
    };
    let reports = watched(&app, common, request).await?;
    let words = catalogue(common);
    if asked.json {
        println!(
            "{}",
            serde_json::to_string_pretty(&json!({"runs": reports.iter().map(report).collect::<Vec<_>>()}))?
        );
    } else {
        table(&reports, &words);
    }
    close(&app, common).await?;
    let clean = reports.iter().all(|report| report.result == RunResult::Done);
    Ok(if clean { Outcome::Done } else { Outcome::NeedsYou })
}

/// All flows, with visible progress.
pub async fn all(app: &App, common: &Common) -> anyhow::Result<Vec<Report>> {
    let request = SyncRequest {
        flows: Vec::new(),
        marketplace: None,
        keys: None,
        trigger: Trigger::Person,
        dry_run: false,
    };
    watched(app, common, request).await
}

/// The settlement flows, after files were imported by hand.
pub async fn settlements(app: &App, common: &Common) -> anyhow::Result<Vec<Report>> {
    let flows = flows::catalogue()
        .iter()
        .filter(|entry| entry.card.group == flows::Group::Settlements);
    let request = SyncRequest {
        flows: flows.map(|entry| entry.card.id.to_owned()).collect(),
        marketplace: None,
        keys: None,
        trigger: Trigger::Person,
        dry_run: false,
    };
    watched(app, common, request).await
}

/// Runs a request while a line on standard error tells how far it is.
async fn watched(app: &App, common: &Common, request: SyncRequest) -> anyhow::Result<Vec<Report>> {
    let bar = if common.quiet {
        ProgressBar::hidden()
    } else {
        ProgressBar::new_spinner()
    };
    bar.set_style(ProgressStyle::with_template("{spinner} {msg}")?);
    bar.enable_steady_tick(Duration::from_millis(120));
    let words = catalogue(common);
    let mut events = app.engine().events();
    let running = app.engine().sync(request);
    tokio::pin!(running);
    let reports = loop {
        tokio::select! {
            reports = &mut running => break reports?,
            Ok(event) = events.recv() => tell(&bar, &words, &event, common.quiet),
            // The record in hand is finished; the rest waits for next time (CMN-22).
            Ok(()) = tokio::signal::ctrl_c() => app.engine().cancel_all(),
        }
    };
    // What was told after the last run ended still counts.
    while let Ok(event) = events.try_recv() {
        tell(&bar, &words, &event, common.quiet);
    }
    bar.finish_and_clear();
    Ok(reports)
}

fn tell(bar: &ProgressBar, words: &Catalogue, event: &Event, quiet: bool) {
    match event {
        _ if quiet => {}
        Event::RunProgress {
            flow,
            doing,
            read,
            total,
            ..
        } => {
            let of = total.map_or_else(|| read.to_string(), |total| format!("{read}/{total}"));
            bar.set_message(format!("{}: {} {of}", title(words, flow), words.say(doing)));
        }
        Event::RunEnded { flow, counts, .. } if counts.read > 0 => {
            let line = format!(
                "{:<34} read {:>4}  created {:>4}  adopted {:>3}  waiting {:>3}  needs you {:>3}",
                title(words, flow),
                counts.read,
                counts.created,
                counts.adopted,
                counts.waiting,
                counts.needs_you
            );
            // Without a terminal the bar is silent, and the line still wants to be seen.
            if bar.is_hidden() {
                eprintln!("{line}");
            } else {
                bar.println(line);
            }
        }
        _ => {}
    }
}

fn title(words: &Catalogue, flow: &str) -> String {
    flows::catalogue()
        .iter()
        .find(|entry| entry.card.id == flow)
        .map_or_else(|| flow.to_owned(), |entry| sentence(words, entry.card.title))
}

fn report(report: &Report) -> Value {
    let counts = report.counts;
    json!({
        "flow": report.flow, "account": report.account, "run": report.run, "result": report.result,
        "because": report.because, "read": counts.read, "created": counts.created, "updated": counts.updated,
        "adopted": counts.adopted, "unchanged": counts.unchanged, "ignored": counts.ignored, "waiting": counts.waiting,
        "needs_you": counts.needs_you, "errors": counts.errors, "preview": report.preview,
    })
}

fn table(reports: &[Report], words: &Catalogue) {
    println!(
        "{:<36}{:<8}{:>6}{:>9}{:>9}{:>9}{:>11}{:>9}{:>9}{:>11}{:>8}",
        "flow",
        "account",
        "read",
        "created",
        "updated",
        "adopted",
        "unchanged",
        "ignored",
        "waiting",
        "needs-you",
        "errors"
    );
    for report in reports {
        let counts = report.counts;
        let account = report.account.split(':').next().unwrap_or_default();
        println!(
            "{:<36}{:<8}{:>6}{:>9}{:>9}{:>9}{:>11}{:>9}{:>9}{:>11}{:>8}",
            title(words, &report.flow),
            account,
            counts.read,
            counts.created,
            counts.updated,
            counts.adopted,
            counts.unchanged,
            counts.ignored,
            counts.waiting,
            counts.needs_you,
            counts.errors
        );
        if let Some(because) = &report.because {
            println!("  {}", words.say(because));
        }
    }
}

/// A few lines on what the books look like now.
pub async fn story(app: &App, common: &Common) -> anyhow::Result<()> {
    let words = catalogue(common);
    let orders = app.call("orders", json!({"limit": 1})).await.unwrap_or_default();
    let count = |view: &str| {
        orders["views"]
            .as_array()
            .into_iter()
            .flatten()
            .find(|entry| entry["id"] == view)
            .and_then(|entry| entry["count"].as_i64())
            .unwrap_or(0)
    };
    let settlements = app.call("settlements", json!({})).await.unwrap_or_default();
    let stage = |stages: &[&str]| {
        let rows = settlements["settlements"].as_array().into_iter().flatten();
        i64::try_from(
            rows.filter(|row| stages.iter().any(|stage| row["stage"] == *stage))
                .count(),
        )
        .unwrap_or(0)
    };
    let problems = app.call("problem_groups", json!({})).await.unwrap_or_default();
    let groups = problems["groups"].as_array().map_or(0, Vec::len);
    let in_books = count("all") - count("not_in_netsuite");
    for text in [
        Text::new("story-orders")
            .with("count", count("all"))
            .with("booked", in_books),
        Text::new("story-settlements")
            .with("ready", stage(&["to_review"]))
            .with("asking", stage(&["needs_you", "inconsistent"])),
        Text::new("story-problems").with("count", groups),
    ] {
        println!("{}", words.say(&text));
    }
    Ok(())
}
