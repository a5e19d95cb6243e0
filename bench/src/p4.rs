//! P4: a settlement of 100 MB, read, proved and imported, beside DuckDB in the same run (interleaved, medians).

pub mod generate;

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, anyhow, ensure};
use chrono::DateTime;
use domain::settlement::read::{Nothing, Options, Source, read};
use engine::{SyncRequest, Trigger};
use store::settlements::Outcome;
use store::{Place, Store, settlements};

use crate::line::{Line, figure, skipped};

/// The steps with the most that each may take: against DuckDB, or in seconds where nothing does the same.
const STEPS: [(&str, &str, f64); 3] = [
    ("proof", "parse and proof", 1.0),
    ("import", "whole import", 1.3),
    (COMMAND, "`settlement import`: proof, archive, records", 3.0),
];
/// What the command does for one file in a workspace that is open: it proves it, keeps it, and reads it out of the archive
/// into settlement records.
const COMMAND: &str = "command";

const DUCKDB: &str = include_str!("p4/duckdb.py");

struct OnDisk<'a>(&'a Path);

impl Source for OnDisk<'_> {
    fn open(&self) -> io::Result<Box<dyn Read + '_>> {
        Ok(Box::new(File::open(self.0)?))
    }
}

/// One step done once in a process of its own.
struct Measured {
    seconds: f64,
    /// Peak memory above what the process had before it began.
    megabytes: f64,
}

/// Our two steps, and DuckDB's, one after the other, `repeats` times.
pub fn run(megabytes: u64, repeats: usize) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("settlement.txt");
    generate::write(&file, megabytes, 1)?;
    let first = duckdb("proof", &file);
    let peer = first.is_ok();
    if let Err(why) = first {
        skipped(
            "P4",
            &format!("no DuckDB to compare with (pip install duckdb), only our own figures follow: {why:#}"),
        );
    }
    for (step, name, bound) in STEPS {
        let (mut ours, mut theirs, mut memory) = (Vec::new(), Vec::new(), 0.0_f64);
        for _ in 0..repeats {
            let measured = ourselves(step, &file)?;
            ours.push(measured.seconds);
            memory = memory.max(measured.megabytes);
            if peer && step != COMMAND {
                theirs.push(duckdb(step, &file)?);
            }
        }
        let value = median(&mut ours);
        let against = (!theirs.is_empty()).then(|| ("DuckDB, 2 threads", median(&mut theirs)));
        let bound = if against.is_some() || step == COMMAND {
            bound
        } else {
            f64::INFINITY
        };
        Line {
            bar: "P4",
            step: name,
            unit: "s",
            value,
            peer: against,
            bound,
        }
        .print();
        let step = format!("{name}, memory above idle");
        figure("P4", &step, "MB", memory, 80.0);
    }
    Ok(())
}

/// Writes a settlement of a size, to look at or to profile with.
pub fn generate(file: &Path, megabytes: &str) -> anyhow::Result<()> {
    Ok(generate::write(
        file,
        megabytes.parse().context("a number of megabytes")?,
        1,
    )?)
}

/// Ten times the file: at most twelve times the time, and 20 MB more memory.
pub fn large() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let (small, large) = (folder.path().join("100.txt"), folder.path().join("1000.txt"));
    generate::write(&small, 100, 1)?;
    generate::write(&large, 1_000, 1)?;
    for (step, name, _) in STEPS {
        let name = format!("{name}, 1 GB");
        let (first, ten) = (ourselves(step, &small)?, ourselves(step, &large)?);
        let peer = Some(("100 MB", first.seconds));
        Line {
            bar: "P4",
            step: &name,
            unit: "s",
            value: ten.seconds,
            peer,
            bound: 12.0,
        }
        .print();
        let more = ten.megabytes - first.megabytes;
        let step = format!("{name}, memory more than at 100 MB");
        figure("P4", &step, "MB", more, 20.0);
    }
    Ok(())
}

/// Runs one step in a process of its own, so that its peak memory is its own.
fn ourselves(step: &str, file: &Path) -> anyhow::Result<Measured> {
    let output = Command::new(std::env::current_exe()?)
        .args(["inner", step])
        .arg(file)
        .output()?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout)?;
    let (seconds, megabytes) = text.trim().split_once(' ').context("two numbers expected")?;
    Ok(Measured {
        seconds: seconds.parse()?,
        megabytes: megabytes.parse()?,
    })
}

/// The command's own path, through the application.
fn command(file: &Path, measured: impl FnOnce() -> Clocked) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let opening = app::Opening {
            backing: app::Backing::Demo { seed: 1 },
            folder: folder.path().to_owned(),
            record: None,
            schedules: false,
        };
        let app = app::App::open(opening)
            .await
            .map_err(|refusal| anyhow!("{refusal:?}"))?;
        let clocked = measured();
        let reading = read(&OnDisk(file), &Options::default(), &mut Nothing);
        ensure!(reading.is_proved(), "not proved");
        app.archive_settlement("settlement.txt", &OnDisk(file), &reading)
            .map_err(|refusal| anyhow!("{refusal:?}"))?;
        let request = SyncRequest {
            flows: vec!["settlement-records".to_owned()],
            ..SyncRequest::new(Trigger::Person)
        };
        let reports = app.engine().sync(request).await?;
        ensure!(
            reports.iter().map(|report| report.counts.created).sum::<u64>() == 1,
            "not imported: {reports:?}"
        );
        clocked.tell();
        Ok(())
    })
}

/// A time and a memory that a step is measured from.
struct Clocked {
    began: Instant,
    idle: f64,
}

impl Clocked {
    fn tell(&self) {
        println!(
            "{} {}",
            self.began.elapsed().as_secs_f64(),
            peak_megabytes() - self.idle
        );
    }
}

/// Inside that process.
#[allow(clippy::disallowed_methods, reason = "measuring time is what a bench is for")]
pub fn inner(step: &str, file: &Path) -> anyhow::Result<()> {
    let now = || Clocked {
        idle: peak_megabytes(),
        began: Instant::now(),
    };
    if step == COMMAND {
        return command(file, now);
    }
    let folder = tempfile::tempdir()?;
    let store = Store::open(Place::File(folder.path().join("workspace.db")))?;
    let clocked = now();
    if step == "proof" {
        ensure!(
            read(&OnDisk(file), &Options::default(), &mut Nothing).is_proved(),
            "not proved"
        );
    } else {
        let import = store.write_bulk(|db| {
            let go_on = &mut |_| Ok(());
            settlements::import(
                db,
                "bench",
                &OnDisk(file),
                &Options::default(),
                DateTime::UNIX_EPOCH,
                go_on,
            )
        })?;
        ensure!(
            import.outcome == Outcome::Imported && import.reading.is_proved(),
            "not imported"
        );
    }
    clocked.tell();
    Ok(())
}

/// The most memory that this process had at any time, where the system tells.
fn peak_megabytes() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches("kB").trim().parse::<f64>().ok());
    kilobytes.unwrap_or_default() / 1_024.0
}

/// The same step by DuckDB; it measures itself, so that starting Python does not count.
fn duckdb(step: &str, file: &Path) -> anyhow::Result<f64> {
    let folder = tempfile::tempdir()?;
    let database: PathBuf = folder.path().join("peer.db");
    let output = Command::new("python3")
        .args(["-c", DUCKDB, step])
        .arg(file)
        .arg(database)
        .output()?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(String::from_utf8(output.stdout)?.trim().parse()?)
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}
