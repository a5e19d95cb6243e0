//! The journal survives `kill -9` of the real process at random instants, of a day's flows and of a settlement that is
//! being posted (quality-bars R4, CMN-12): after each kill the workspace and both books are looked at.
//!
//! `PASSERELLE` names the program; `PASSERELLE_KILLS` kills are made (3 unless told otherwise), at instants drawn from
//! `PASSERELLE_SEED`.
#![allow(clippy::unwrap_used, reason = "whatever fails here fails the test")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::sync::Arc;
use std::time::Duration;

use engine::edge::SystemClock;
use passerelle_tests::invariants::{Scene, broken_at_any_time};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};
use store::{Place, Store};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::process::Command;
use tokio::time::{Instant, timeout};
use wire::Clock;

/// The seed of the Demo company.
const COMPANY: u64 = 1;

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

/// Every promise that can be told at any time: by the product's own doctor, and by both books beside the workspace.
/// How many settlements are posted or being posted.
async fn the_promises_hold(workspace: &Path, when: &str) -> usize {
    let ended = passerelle(workspace, &["doctor", "--demo"]).status().await.unwrap();
    assert!(ended.success(), "doctor is not content {when} ({ended})");
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let services = app::demo::simulator(COMPANY, &clock, workspace).unwrap();
    let store = Store::open(Place::File(workspace.join("demo.passerelle"))).unwrap();
    let scene = Scene::of(&services, &store, services.clock().now(), BTreeSet::new());
    let broken = broken_at_any_time(&scene).unwrap();
    assert!(broken.is_empty(), "{when}: {broken:#?}");
    let all = store.read(store::settlements::all).unwrap();
    let posting = |one: &&store::settlements::Settlement| {
        let newest = store.read(|db| store::postings::newest(db, &one.header.id)).unwrap();
        newest.is_some()
    };
    all.iter().filter(posting).count()
}

/// Asks the screens' local host, as the screens do.
async fn ask(address: &str, name: &str, body: &Value) -> Value {
    let (host, token) = address
        .trim()
        .strip_prefix("http://")
        .unwrap()
        .split_once("/?token=")
        .unwrap();
    let mut stream = TcpStream::connect(host).await.unwrap();
    let body = body.to_string();
    let length = body.len();
    let request = format!(
        "POST /call/{name} HTTP/1.1\r\nHost: {host}\r\nX-Passerelle-Token: {token}\r\n\
         Content-Type: application/json\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    let (_, body) = answer.split_once("\r\n\r\n").unwrap();
    serde_json::from_str(body).unwrap_or_default()
}

/// A person approves every settlement that may be posted; while they are posted the process is killed. What came of it,
/// with what the review said.
async fn approve_and_kill(workspace: &Path, patience: Duration) -> Vec<(Value, Value)> {
    let mut command = passerelle(workspace, &["serve", "--demo"]);
    let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let address = lines.next_line().await.unwrap().unwrap();
    let page = ask(&address, "settlements", &json!({})).await;
    let mut answers = Vec::new();
    for row in page["settlements"].as_array().into_iter().flatten() {
        let review = ask(&address, "settlement", &json!({ "id": row["id"] })).await;
        // What may not be posted is refused.
        let answer = ask(&address, "approve_settlement", &json!({ "id": row["id"] })).await;
        answers.push((review["why_not"].clone(), answer));
    }
    let ended = timeout(patience, child.wait()).await;
    assert!(ended.is_err(), "the local host ended by itself: {ended:?}");
    child.kill().await.unwrap();
    answers
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

    let (mut kills, mut posted) = (0, 0);
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
        // A settlement is posted within some seconds.
        let answers = approve_and_kill(workspace.path(), day * chance.random_range(60..300) / 1000).await;
        kills += 1;
        let when = format!("after kill {kills} of seed {seed}, while a settlement was posted");
        let approved = the_promises_hold(workspace.path(), &when).await;
        let accepted = answers.iter().any(|(_, answer)| answer["runs"].is_array());
        assert!(accepted, "nothing could be approved: {answers:?}");
        posted += approved;
        let ended = sync(workspace.path(), Duration::MAX).await.unwrap();
        assert!(matches!(ended.code(), Some(0 | 1)), "the posting goes on ({ended})");
        the_promises_hold(workspace.path(), "at the end").await;
    }
    assert!(posted > 0, "no settlement was ever being posted");
    println!("kills: {kills} at random instants, {posted} settlements approved, nothing lost, nothing doubled");
}
