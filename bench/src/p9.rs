//! P9: how long a start takes with 100,000 orders, beside an empty Tauri app in the same run (interleaved, medians).

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, ensure};
use store::{Place, Store};

use crate::desktop::screen::seconds_to_picture;
use crate::desktop::{Peers, Which, in_session};
use crate::line::{Line, skipped};

const REPEATS: usize = 5;

/// Measures the bar.
pub fn run() -> anyhow::Result<()> {
    if in_session("p9")? {
        return Ok(());
    }
    let peers = Peers::build()?;
    let mut opened = Vec::new();
    for _ in 0..REPEATS {
        opened.push(opening(peers.workspace.path())?);
    }
    Line {
        bar: "P9",
        step: "the workspace with 100,000 orders is open, in a process of its own",
        unit: "ms",
        value: median(&mut opened) * 1_000.0,
        peer: None,
        bound: 150.0,
    }
    .print();
    for (name, bound, cold) in [("warm", 1.0, false), ("cold", 2.0, true)] {
        let (ours, empty) = starts(&peers, cold)?;
        let step = format!("from the start to the whole first picture, {name}");
        let line = |value, peer, bound| {
            Line {
                bar: "P9",
                step: &step,
                unit: "s",
                value,
                peer,
                bound,
            }
            .print();
        };
        line(ours, None, bound);
        line(ours, Some(("an empty Tauri app", empty)), 1.5);
    }
    skipped(
        "P9",
        "beside Electron: its program is not to be had without the open internet",
    );
    Ok(())
}

/// The medians of both, one after the other.
fn starts(peers: &Peers, cold: bool) -> anyhow::Result<(f64, f64)> {
    let (mut ours, mut empty) = (Vec::new(), Vec::new());
    for round in 0..=REPEATS {
        for (which, times) in [(Which::Ours, &mut ours), (Which::Empty, &mut empty)] {
            if cold {
                forget(peers, which)?;
            }
            let (seconds, started) = seconds_to_picture(|| peers.start(which))?;
            drop(started);
            // It was killed: the next start shall find a workspace that was closed, not one to be read through.
            Store::open(Place::File(peers.workspace.path().join("demo.passerelle")))?.rest()?;
            // The first start of each only warms up.
            if round > 0 {
                times.push(seconds);
            }
        }
    }
    Ok((median(&mut ours), median(&mut empty)))
}

/// Has the system drop what it keeps in memory of a program, its libraries and its workspace.
fn forget(peers: &Peers, which: Which) -> anyhow::Result<()> {
    let binary = peers.binary(which);
    let listed = Command::new("ldd")
        .arg(binary)
        .output()
        .context("ldd lists the libraries")?;
    let mut files: Vec<PathBuf> = String::from_utf8_lossy(&listed.stdout)
        .split_whitespace()
        .filter(|word| word.starts_with('/'))
        .map(PathBuf::from)
        .collect();
    files.push(binary.to_path_buf());
    for folder in [
        Path::new("/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1"),
        peers.workspace.path(),
    ] {
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        files.extend(entries.map(|entry| entry.path()).filter(|path| path.is_file()));
    }
    for file in files {
        let mut input = std::ffi::OsString::from("if=");
        input.push(&file);
        let status = Command::new("dd")
            .arg(input)
            .args(["iflag=nocache", "count=0", "status=none"])
            .status()?;
        ensure!(status.success(), "{} could not be dropped from memory", file.display());
    }
    Ok(())
}

/// Opens the workspace in a process of its own.
fn opening(folder: &Path) -> anyhow::Result<f64> {
    let output = Command::new(std::env::current_exe()?)
        .arg("open")
        .arg(folder)
        .output()?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(String::from_utf8(output.stdout)?.trim().parse()?)
}

/// Inside that process.
#[allow(clippy::disallowed_methods, reason = "measuring time is what a bench is for")]
pub fn open(folder: &Path) -> anyhow::Result<()> {
    let began = Instant::now();
    let store = Store::open(Place::File(folder.join("demo.passerelle")))?;
    store.read(store::settings::all)?;
    println!("{}", began.elapsed().as_secs_f64());
    Ok(())
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
