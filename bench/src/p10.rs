//! P10: what the program costs while nothing happens, with its window and without, beside an empty Tauri app.

use crate::desktop::screen::{close, pause};
use crate::desktop::{Peers, Which, in_session, processes};
use crate::line::{Line, figure};

/// Settling, then the sample.
const SETTLE: u64 = 20_000;
const SAMPLE: u64 = 60_000;

/// Measures the bar.
pub fn run() -> anyhow::Result<()> {
    if in_session("p10")? {
        return Ok(());
    }
    let peers = Peers::build()?;
    let line = |step: &str, unit, value, bound| figure("P10", step, unit, value, bound);

    let started = peers.start(Which::Empty)?;
    let (_, empty) = sample(&started.mark);
    drop(started);

    let started = peers.start(Which::Ours)?;
    let (processor, memory) = sample(&started.mark);
    line(
        "processor with the window open and nothing to do",
        "% of a core",
        processor,
        0.5,
    );
    line(
        "memory with the window open (PSS of all processes)",
        "MB",
        memory,
        250.0,
    );
    Line {
        bar: "P10",
        step: "memory with the window open; the bound is 1.15 × the empty app and 60 MB",
        unit: "MB",
        value: memory,
        peer: Some(("an empty Tauri app", empty)),
        bound: 1.15 + 60.0 / empty,
    }
    .print();

    // It asks on its page what closing shall mean; pressing again while it asks means the tray, but not as fast as a
    // double click.
    close("Passerelle")?;
    pause(1_500);
    close("Passerelle")?;
    let (processor, memory) = sample(&started.mark);
    line("processor in the tray", "% of a core", processor, 0.5);
    line("memory in the tray (PSS of all processes)", "MB", memory, 80.0);
    Ok(())
}

/// Percent of a core over the sample, and megabytes at its end.
#[allow(clippy::cast_precision_loss, reason = "a minute in milliseconds")]
fn sample(mark: &str) -> (f64, f64) {
    pause(SETTLE);
    let before = processes::processor_seconds(mark);
    pause(SAMPLE);
    let used = processes::processor_seconds(mark) - before;
    (used / (SAMPLE as f64 / 1_000.0) * 100.0, processes::megabytes(mark))
}
