//! What P9 and P10 share: the two programs, the workspace with 100,000 orders, a session with a display.

pub mod processes;
pub mod screen;

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::ensure;
use app::{App, Backing, Opening};
use engine::{SyncRequest, Trigger};
use store::decisions::{self, Filter, Sort};
use store::{Place, Store};
use tempfile::TempDir;

/// Orders in the workspace that the window opens (quality-bars P9).
const ORDERS: usize = 100_000;
/// The variable by which every process of a program under test is found, helpers that changed their parent included.
const MARK: &str = "PASSERELLE_BENCH";

/// Both programs, built with the same profile in the same run, and the workspace that ours opens.
pub struct Peers {
    ours: PathBuf,
    empty: PathBuf,
    /// Where the workspace lies.
    pub workspace: TempDir,
    next: std::cell::Cell<u32>,
}

/// One of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// Passerelle, with its workspace.
    Ours,
    /// An empty Tauri app.
    Empty,
}

/// A started program.
pub struct Started {
    child: Child,
    /// The mark that its processes carry.
    pub mark: String,
}

impl Drop for Started {
    fn drop(&mut self) {
        // Gone already is as good.
        let _ = self.child.kill();
        let _ = self.child.wait();
        while !processes::marked(&self.mark).is_empty() {
            screen::pause(20);
        }
    }
}

impl Peers {
    /// Builds what is needed; some minutes the first time.
    pub fn build() -> anyhow::Result<Self> {
        let root = root();
        let target = target();
        // As the installers are built, so that a bench after `cargo xtask package` compiles nothing twice.
        let features = "tauri/custom-protocol";
        cargo(
            &root,
            &[
                "build",
                "--locked",
                "--release",
                "-p",
                "passerelle-desktop",
                "--features",
                features,
            ],
        )?;
        let folder = tempfile::tempdir()?;
        copy(&root.join("bench/empty"), folder.path())?;
        std::fs::create_dir_all(folder.path().join("icons"))?;
        std::fs::copy(root.join("icons/128.png"), folder.path().join("icons/128.png"))?;
        std::fs::copy(root.join("Cargo.lock"), folder.path().join("Cargo.lock"))?;
        cargo(
            folder.path(),
            &["build", "--release", "--offline", "--features", features],
        )?;
        let workspace = tempfile::tempdir()?;
        fill(workspace.path())?;
        Ok(Self {
            ours: target.join("release/passerelle-desktop"),
            empty: target.join("release/empty-app"),
            workspace,
            next: std::cell::Cell::new(0),
        })
    }

    /// The program's file.
    pub fn binary(&self, which: Which) -> &Path {
        match which {
            Which::Ours => &self.ours,
            Which::Empty => &self.empty,
        }
    }

    /// Starts one of them.
    pub fn start(&self, which: Which) -> anyhow::Result<Started> {
        self.next.set(self.next.get() + 1);
        let mark = format!("{}-{}", std::process::id(), self.next.get());
        let mut command = Command::new(self.binary(which));
        if which == Which::Ours {
            command.arg("--demo").arg("--workspace").arg(self.workspace.path());
        }
        let child = command.env(MARK, &mark).stderr(Stdio::null()).spawn()?;
        Ok(Started { child, mark })
    }
}

/// Runs this bench once more inside a private session, when there is no display yet. Answers whether it did.
pub fn in_session(bar: &str) -> anyhow::Result<bool> {
    if std::env::var_os("DISPLAY").is_some() && std::env::var_os("DBUS_SESSION_BUS_ADDRESS").is_some() {
        return Ok(false);
    }
    let status = Command::new("bash")
        .arg(root().join("tests/session.sh"))
        .arg(std::env::current_exe()?)
        .arg(bar)
        .env("CARGO_TARGET_DIR", target())
        .status()?;
    ensure!(status.success(), "the session ended with {status}");
    Ok(true)
}

/// The project's folder.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |folder| root().join(folder))
}

fn cargo(folder: &Path, words: &[&str]) -> anyhow::Result<()> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let status = Command::new(cargo)
        .current_dir(folder)
        .args(words)
        .env("CARGO_TARGET_DIR", target())
        .status()?;
    ensure!(status.success(), "cargo {} ended with {status}", words.join(" "));
    Ok(())
}

fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let place = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &place)?;
        } else {
            std::fs::copy(entry.path(), place)?;
        }
    }
    Ok(())
}

/// A day of trading through the real engine, then the same decisions again and again under other order numbers.
fn fill(folder: &Path) -> anyhow::Result<()> {
    tokio::runtime::Runtime::new()?.block_on(trade(folder))?;
    let store = Store::open(Place::File(folder.join("demo.passerelle")))?;
    let filter = Filter {
        flows: vec!["mfn-orders".to_owned(), "fba-orders".to_owned()],
        ..Filter::default()
    };
    let seen = store.read(|db| decisions::list(db, &filter, Sort::default(), None, 1_000))?;
    ensure!(!seen.is_empty(), "the Demo company has orders");
    store.write(|db| {
        for (index, decision) in seen.iter().cycle().take(ORDERS - seen.len()).enumerate() {
            let mut copy = decision.clone();
            copy.key = format!("700-{index:07}-{:07}", index % 9_999_991);
            decisions::insert(db, &copy)?;
        }
        Ok(())
    })?;
    // As a program leaves it that is closed.
    Ok(store.rest()?)
}

/// One day of trading of the Demo company.
async fn trade(folder: &Path) -> anyhow::Result<()> {
    let refused =
        |refusal: app::contract::Refusal| anyhow::anyhow!("the Demo company was not synchronised: {refusal:?}");
    let opening = Opening {
        backing: Backing::Demo { seed: 1 },
        folder: folder.to_owned(),
        record: None,
        schedules: false,
    };
    let app = App::open(opening).await.map_err(refused)?;
    app.engine().sync(SyncRequest::new(Trigger::Person)).await?;
    app.close().await.map_err(refused)
}
