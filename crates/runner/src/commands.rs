//! Each command of the command line.

use std::path::{Path, PathBuf};

use anyhow::Context;
use app::{App, Backing, Opening};
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use crate::arguments::{Arguments, Command, Common};
use crate::host::Host;
use crate::output::{Outcome, catalogue, refused, sentence};
use crate::{doctor, export, settlement, simulated, sync};

/// Runs one command to its end.
pub async fn run(arguments: Arguments) -> anyhow::Result<Outcome> {
    let common = arguments.common;
    match arguments.command {
        Command::Demo { seed, no_open, once } => demo(&common, seed, !no_open, once).await,
        Command::Flows { json } => flows(&common, json),
        Command::Sync(asked) => sync::run(&common, &asked).await,
        Command::Settlement(asked) => settlement::run(&common, asked).await,
        Command::Doctor { demo, remote, json } => doctor::run(&common, demo, remote, json).await,
        Command::Simulator {
            listen,
            seed,
            company,
            processing,
        } => simulated::serve(listen, seed, company, processing).await,
        Command::Serve { port, demo } => serve(&common, port, demo).await,
        Command::Backup { file, demo } => backup(&common, &file, demo).await,
        Command::Restore { file, demo } => restore(&common, &file, demo),
        Command::Export(asked) => export::run(&common, &asked).await,
    }
}

/// The folder of the workspace: as told, or the system's place for application data.
pub fn folder(common: &Common) -> anyhow::Result<PathBuf> {
    common
        .workspace
        .clone()
        .or_else(app::default_folder)
        .context("no folder for the workspace: name one with --workspace")
}

/// Opens the workspace that the options mean.
pub async fn open(common: &Common, demo: Option<u64>, schedules: bool) -> anyhow::Result<App> {
    let backing = match (&common.services, demo) {
        (Some(file), _) => Backing::Services {
            described: described(file)?,
        },
        (None, Some(seed)) => Backing::Demo { seed },
        (None, None) => Backing::Live,
    };
    let opening = Opening {
        backing,
        folder: folder(common)?,
        record: common.record.clone(),
        schedules,
    };
    App::open(opening)
        .await
        .map_err(|refusal| refused(refusal, &catalogue(common)))
}

fn described(file: &Path) -> anyhow::Result<Value> {
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    serde_json::from_str(&text).with_context(|| format!("{} does not describe a simulator", file.display()))
}

/// Finishes what is in hand and closes the workspace.
pub async fn close(app: &App, common: &Common) -> anyhow::Result<()> {
    app.close()
        .await
        .map_err(|refusal| refused(refusal, &catalogue(common)))
}

async fn demo(common: &Common, seed: u64, browser: bool, once: bool) -> anyhow::Result<Outcome> {
    let app = open(common, Some(seed), !once).await?;
    let ran = app.engine().status()?.last_check_at.is_some();
    if once || !ran {
        sync::all(&app, common).await?;
    }
    if once {
        sync::story(&app, common).await?;
        close(&app, common).await?;
        return Ok(Outcome::Done);
    }
    screens(&app, common, 0, browser).await
}

async fn serve(common: &Common, port: u16, demo: bool) -> anyhow::Result<Outcome> {
    let app = open(common, demo.then_some(1), true).await?;
    screens(&app, common, port, false).await
}

/// Serves the screens until interrupted.
async fn screens(app: &App, common: &Common, port: u16, browser: bool) -> anyhow::Result<Outcome> {
    let host = Host::bind(app.clone(), port).await?;
    println!("{}", host.address);
    if browser {
        show(&host.address);
    }
    let stop = CancellationToken::new();
    let interrupted = stop.clone();
    tokio::spawn(async move {
        let _ = tokio::signal::ctrl_c().await;
        interrupted.cancel();
    });
    host.serve(stop).await?;
    close(app, common).await?;
    Ok(Outcome::Done)
}

/// Opens the system's browser; where there is none, the printed address is enough.
fn show(address: &str) {
    let (program, first) = if cfg!(target_os = "macos") {
        ("open", None)
    } else if cfg!(windows) {
        ("rundll32", Some("url.dll,FileProtocolHandler"))
    } else {
        ("xdg-open", None)
    };
    let _ = std::process::Command::new(program)
        .args(first)
        .arg(address)
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn();
}

fn flows(common: &Common, as_json: bool) -> anyhow::Result<Outcome> {
    let words = catalogue(common);
    let cards: Vec<Value> = flows::catalogue()
        .iter()
        .map(|entry| {
            let card = entry.card;
            json!({
                "id": card.id, "title": sentence(&words, card.title), "promise": sentence(&words, card.promise),
                "direction": card.route, "group": card.group,
                "default_schedule": format!("every {} minutes", card.every_minutes), "every_minutes": card.every_minutes,
            })
        })
        .collect();
    if as_json {
        println!("{}", serde_json::to_string_pretty(&json!({"flows": cards}))?);
        return Ok(Outcome::Done);
    }
    for card in cards {
        println!(
            "{:<22} {}",
            card["id"].as_str().unwrap_or_default(),
            card["title"].as_str().unwrap_or_default()
        );
        println!("{:<22} {}", "", card["promise"].as_str().unwrap_or_default());
    }
    Ok(Outcome::Done)
}

async fn backup(common: &Common, file: &Path, demo: bool) -> anyhow::Result<Outcome> {
    let app = open(common, demo.then_some(1), false).await?;
    let stored = app.engine().store().back_up(file);
    close(&app, common).await?;
    stored.map_err(|error| refused(error.into(), &catalogue(common)))?;
    println!("{}", file.display());
    Ok(Outcome::Done)
}

fn restore(common: &Common, file: &Path, demo: bool) -> anyhow::Result<Outcome> {
    let to = app::workspace_file(&folder(common)?, demo);
    app::restore(file, &to).map_err(|refusal| refused(refusal, &catalogue(common)))?;
    println!("{}", to.display());
    Ok(Outcome::Done)
}
