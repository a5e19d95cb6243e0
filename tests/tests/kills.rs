//! The journal survives `kill -9` of the real process at random instants (quality-bars R4, CMN-12).
//!
//! `PASSERELLE` names the program; `PASSERELLE_KILLS` kills are made (3 unless told otherwise), at instants drawn from
//! `PASSERELLE_SEED`.
#![allow(clippy::unwrap_used, reason = "whatever fails here fails the test")]

use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use tokio::process::Command;
use tokio::time::{Instant, timeout};

fn number(name: &str, default: u64) -> u64 {
    std::env::var(name)
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(default)
}

fn program() -> PathBuf {
    let built = || {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let target =
            std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |folder| root.join(folder));
        target
            .join("debug")
            .join(format!("passerelle{}", std::env::consts::EXE_SUFFIX))
    };
    std::env::var_os("PASSERELLE").map_or_else(built, PathBuf::from)
}

fn passerelle(workspace: &Path, words: &[&str]) -> Command {
    let mut command = Command::new(program());
    command.arg("--quiet").arg("--workspace").arg(workspace).args(words);
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::inherit())
        .kill_on_drop(true);
    command
}

/// Runs the flows; after `patience` the process is killed where it stands. `None` is a kill.
async fn sync(workspace: &Path, patience: Duration) -> Option<ExitStatus> {
    let mut child = passerelle(workspace, &["sync", "--demo"]).spawn().unwrap();
    if let Ok(ended) = timeout(patience, child.wait()).await {
        return Some(ended.unwrap());
    }
    child.kill().await.unwrap();
    None
}

/// Every promise that the workspace alone can tell, and the same against the books.
async fn the_promises_hold(workspace: &Path, when: &str) {
    let ended = passerelle(workspace, &["doctor", "--demo"]).status().await.unwrap();
    assert!(ended.success(), "doctor is not content {when} ({ended})");
}

#[tokio::test]
async fn r4_cmn_12_killed_at_random_instants_nothing_is_lost_or_doubled() {
    if !program().exists() {
        println!("skipped: {} is not built", program().display());
        return;
    }
    let (wanted, seed) = (number("PASSERELLE_KILLS", 3), number("PASSERELLE_SEED", 1));
    let mut chance = ChaCha8Rng::seed_from_u64(seed);

    let whole = tempfile::tempdir().unwrap();
    let began = Instant::now();
    let ended = sync(whole.path(), Duration::MAX).await.unwrap();
    assert!(
        matches!(ended.code(), Some(0 | 1)),
        "the undisturbed day ends well ({ended})"
    );
    let day = began.elapsed();

    let mut kills = 0;
    while kills < wanted {
        let workspace = tempfile::tempdir().unwrap();
        loop {
            // A day that is cut short goes on where it was, so every piece of it may be hit.
            // In its first half: a day that goes on is shorter than a whole one.
            let patience = day * chance.random_range(1..500) / 1000;
            match sync(workspace.path(), if kills < wanted { patience } else { Duration::MAX }).await {
                None => {
                    kills += 1;
                    the_promises_hold(workspace.path(), &format!("after kill {kills} of seed {seed}")).await;
                }
                Some(ended) => {
                    assert!(
                        matches!(ended.code(), Some(0 | 1)),
                        "the day goes on after the kills ({ended})"
                    );
                    break;
                }
            }
        }
        the_promises_hold(workspace.path(), "at the end").await;
    }
    println!("kills: {kills} at random instants, nothing lost, nothing doubled");
}
