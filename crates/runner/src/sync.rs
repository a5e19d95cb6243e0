//! `passerelle sync`: flows now, and what they did.

use std::time::Duration;

use app::App;
use app::words::Catalogue;
use domain::Text;
use engine::{Counts, Event, Report, RunResult, SyncRequest, Trigger};
use flows::Key;
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::{Value, json};

use crate::arguments::{Common, Sync};
use crate::commands::{close, open};
use crate::output::{Outcome, catalogue, sentence};

/// Runs the flows that were named, or all, and prints what each did.
pub async fn run(common: &Common, asked: &Sync) -> anyhow::Result<Outcome> {
    for flow in &asked.flows {
        let known = flows::catalogue().iter().any(|entry| entry.card.id == flow);
        let unknown = || catalogue(common).say(&Text::new("sync-no-such-flow").with("flow", flow.as_str()));
        anyhow::ensure!(known, unknown());
    }
    let app = open(common, asked.demo.then_some(asked.seed), false).await?;
    let keys: Vec<Key> = asked.ids.iter().cloned().map(Key).collect();
    let trigger = if keys.is_empty() { Trigger::Person } else { Trigger::Ids };
    let request = SyncRequest {
        flows: asked.flows.clone(),
        marketplace: asked.marketplace.clone(),
        keys: (!keys.is_empty()).then_some(keys),
        dry_run: asked.dry_run,
        ..SyncRequest::new(trigger)
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
    let request = SyncRequest::new(Trigger::Person);
    watched(app, common, request).await
}

/// The settlement flows, after files were imported by hand.
pub async fn settlements(app: &App, common: &Common) -> anyhow::Result<Vec<Report>> {
    let request = SyncRequest::of(flows::Group::Settlements, Trigger::Person);
    watched(app, common, request).await
}

/// Runs a request while a line on standard error tells how far it is.
pub async fn watched(app: &App, common: &Common, request: SyncRequest) -> anyhow::Result<Vec<Report>> {
    let told = Told::new(common)?;
    let mut events = app.engine().events();
    // A task of its own: while it reads a large file, somebody has to hear Ctrl-C.
    let engine = app.engine().clone();
    let mut running = tokio::spawn(async move { engine.sync(request).await });
    let reports = loop {
        tokio::select! {
            reports = &mut running => break reports??,
            Ok(event) = events.recv() => told.tell(&event),
            // The record in hand is finished; the rest waits for next time (CMN-22).
            Ok(()) = tokio::signal::ctrl_c() => app.engine().cancel_all(),
        }
    };
    // What was told after the last run ended still counts.
    while let Ok(event) = events.try_recv() {
        told.tell(&event);
    }
    told.end();
    Ok(reports)
}

/// What is told of progress: nothing when asked to be quiet.
struct Told {
    bar: Option<ProgressBar>,
    words: Catalogue,
}

impl Told {
    fn new(common: &Common) -> anyhow::Result<Self> {
        let bar = (!common.quiet).then(ProgressBar::new_spinner);
        if let Some(bar) = &bar {
            bar.set_style(ProgressStyle::with_template("{spinner} {msg}")?);
            bar.enable_steady_tick(Duration::from_millis(120));
        }
        Ok(Self {
            bar,
            words: catalogue(common),
        })
    }

    fn tell(&self, event: &Event) {
        let Some(bar) = &self.bar else { return };
        let words = &self.words;
        match event {
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
                let line = line(words, flow, *counts);
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

    fn end(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

/// What a run did, on one line.
fn line(words: &Catalogue, flow: &str, counts: Counts) -> String {
    let told = [
        ("fact-read", counts.read, 4),
        ("fact-created", counts.created, 4),
        ("fact-adopted", counts.adopted, 3),
        ("fact-waiting", counts.waiting, 3),
        ("fact-needs-you", counts.needs_you, 3),
    ]
    .map(|(id, count, width)| format!("{} {count:>width$}", sentence(words, id).to_lowercase()));
    format!("{:<34} {}", title(words, flow), told.join("  "))
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
    for line in rows(reports, words) {
        println!("{line}");
    }
}

/// The table's lines: what each run did, under heads in the person's language.
fn rows(reports: &[Report], words: &Catalogue) -> Vec<String> {
    const HEADS: [&str; 9] = [
        "fact-read",
        "fact-created",
        "fact-updated",
        "fact-adopted",
        "fact-unchanged",
        "fact-ignored",
        "fact-waiting",
        "fact-needs-you",
        "sync-errors",
    ];
    let heads = HEADS.map(|id| sentence(words, id));
    let row = |title: String, account: &str, cells: [String; 9]| {
        let cells = cells.iter().zip(&heads);
        let cells = cells.map(|(cell, head)| format!("  {cell:>width$}", width = head.chars().count().max(4)));
        format!("{title:<36}{account:<8}{}", cells.collect::<String>())
    };
    let mut lines = vec![row(
        sentence(words, "sync-flow"),
        &sentence(words, "sync-account"),
        heads.clone(),
    )];
    for report in reports {
        let counts = report.counts;
        let account = report.account.split(':').next().unwrap_or_default();
        let cells = [
            counts.read,
            counts.created,
            counts.updated,
            counts.adopted,
            counts.unchanged,
            counts.ignored,
            counts.waiting,
            counts.needs_you,
            counts.errors,
        ];
        lines.push(row(
            title(words, &report.flow),
            account,
            cells.map(|count| count.to_string()),
        ));
        lines.extend(
            report
                .because
                .as_ref()
                .map(|because| format!("  {}", words.say(because))),
        );
    }
    lines
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

#[cfg(test)]
mod tests {
    use app::words::Language;

    use super::*;

    #[test]
    fn what_a_sync_did_is_told_in_the_language_that_was_asked_for() {
        let report = Report {
            run: "r1".into(),
            flow: "mfn-orders".into(),
            account: "eu:A1".into(),
            result: RunResult::Done,
            because: None,
            counts: Counts {
                read: 12,
                created: 3,
                ..Counts::default()
            },
            preview: None,
        };
        for (language, heads) in [
            (Language::English, ["Flow", "Looked at", "Needs you", "Errors"]),
            (Language::French, ["Flux", "Examinés", "À traiter", "Erreurs"]),
        ] {
            let words = Catalogue::load(language);
            let lines = rows(std::slice::from_ref(&report), &words);
            for head in heads {
                assert!(lines[0].contains(head), "{head}: {}", lines[0]);
            }
            assert_eq!(lines[0].chars().count(), lines[1].chars().count(), "{lines:?}");
            let told = line(&words, "mfn-orders", report.counts);
            assert!(told.contains(&format!("{}   12", heads[1].to_lowercase())), "{told}");
        }
    }
}
