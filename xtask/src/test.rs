//! Every test there is, with plain totals.

use std::process::Command;

use crate::setup;
use crate::shell::{self, Done, cargo, say};
use crate::totals::{self, Rust, Totals};
use crate::{check, rules};

/// Days of trading that the test command draws from seeds.
const STORM_SEEDS: &str = "200";
/// The tests that only run when they are named: those of the real window.
pub const WINDOW_TESTS: [&str; 6] = ["--test", "window", "--test", "habits", "--test", "journeys"];
/// What is built, checked and tested: programs, and whatever has tests. `--all-targets` would compile the libraries that
/// have none inside once more to find that out.
pub const TARGETS: [&str; 2] = ["--bins", "--tests"];
/// Times that the real process is killed at a random instant.
const KILLS: &str = "20";

/// Prepares the machine, builds, runs every suite, prints one line for each and the sum.
///
/// The suites of the screens wait for pages and for the warehouse more than they compute, so they run beside the others,
/// which give way to them.
pub fn run() -> Done {
    setup::prepare(setup::For::Testing)?;
    say("building everything");
    let (build_took, built) = timed(build);
    built?;

    let (mut suites, of_screens) = std::thread::scope(|scope| {
        let screens = scope.spawn(|| {
            [
                suite("desktop window", desktop_window),
                suite("browser tests", browser_tests),
                suite("unit tests of the screens", unit_tests_of_the_screens),
            ]
        });
        let rest = vec![suite("check", check::judge), suite("Rust tests", rust_tests)];
        (rest, screens.join())
    });
    suites.extend(of_screens.map_err(|_| "the suites of the screens broke off".to_owned())?);
    say("rules without a test");
    rules::run();

    let mut sum = Totals::default();
    println!("\nbuilt in {build_took} s");
    for Suite { name, totals, seconds } in &suites {
        println!("{name}: {totals} ({seconds} s)");
        for note in &totals.notes {
            println!("  {note}");
        }
        sum += totals;
    }
    println!("{sum}");
    if sum.failed == 0 {
        Ok(())
    } else {
        Err("not every test passed".to_owned())
    }
}

/// Programs and tests in one go, from one selection of packages: another one would compile the same libraries again with
/// other features.
fn build() -> Done {
    shell::run(cargo(&["build", "--locked", "--workspace"]).args(TARGETS))?;
    shell::run(cargo(&["test", "--locked", "--workspace", "--no-run"]).args(WINDOW_TESTS))
}

/// A suite that has run.
struct Suite {
    name: &'static str,
    totals: Totals,
    seconds: u64,
}

fn suite(name: &'static str, run: impl FnOnce() -> Totals) -> Suite {
    let (seconds, totals) = timed(run);
    Suite { name, totals, seconds }
}

/// What something gave, and the whole seconds that it took.
#[expect(
    clippy::disallowed_methods,
    reason = "how long a suite takes is the machine's own time"
)]
fn timed<T>(work: impl FnOnce() -> T) -> (u64, T) {
    let began = std::time::Instant::now();
    let gave = work();
    (began.elapsed().as_secs(), gave)
}

fn rust_tests() -> Totals {
    say("Rust tests, the storm and the kills included");
    let mut command = shell::giving_way(&["test", "--locked", "--workspace", "--no-fail-fast"]);
    command
        .args(TARGETS)
        .args(["--", "--show-output"])
        .env("PASSERELLE_SEEDS", STORM_SEEDS)
        .env("PASSERELLE_KILLS", KILLS);
    let (mut totals, held) = hear_rust(command.env("PASSERELLE", shell::built("passerelle")));
    demand(&mut totals, &held);
    totals
}

/// The storm and the kills are promised by name: a suite without them is not whole.
fn demand(totals: &mut Totals, held: &[String]) {
    for (name, said) in [
        ("_after_every_storm", "storm"),
        ("_killed_at_random_instants_", "kill -9"),
    ] {
        if held.iter().any(|test| test.contains(name)) {
            continue;
        }
        totals.failed += 1;
        totals
            .notes
            .push(format!("failed: the test of the {said} did not run or did not hold"));
    }
}

/// The totals, and the names of the tests that held.
fn hear_rust(command: &mut Command) -> (Totals, Vec<String>) {
    let mut rust = Rust::default();
    let ended = shell::listen(command, |line| {
        if rust.hear(line) {
            println!("{line}");
        }
    });
    (finish(rust.totals, ended), rust.held)
}

fn unit_tests_of_the_screens() -> Totals {
    say("unit tests of the screens");
    hear_browser(&mut shell::npm(&["exec", "--", "vitest", "run"]))
}

fn browser_tests() -> Totals {
    say("browser tests");
    let has_own_folder = shell::root().join("tests/screens/package.json").exists();
    let mut command = shell::npm(&["exec", "--", "playwright", "test"]);
    if has_own_folder {
        command.current_dir(shell::root().join("tests/screens"));
    }
    command.env("PASSERELLE", shell::built("passerelle"));
    if let Some(chromium) = chromium() {
        command.env("CHROMIUM", chromium);
    }
    hear_browser(&mut command)
}

/// The system's browser: Playwright's own download needs the open internet.
fn chromium() -> Option<String> {
    std::env::var("CHROMIUM").ok().or_else(|| {
        ["chromium", "chromium-browser", "google-chrome"]
            .into_iter()
            .find(|name| shell::exists(name))
            .and_then(|name| {
                let mut which = Command::new("which");
                shell::answer(which.arg(name)).ok().map(|path| path.trim().to_owned())
            })
    })
}

fn hear_browser(command: &mut Command) -> Totals {
    command.env("NO_COLOR", "1").env_remove("FORCE_COLOR").env("CI", "true");
    let mut totals = Totals::default();
    let ended = shell::listen(command, |line| {
        println!("{line}");
        totals::hear_browser(&mut totals, line);
    });
    finish(totals, ended)
}

/// The real window, on a display without a screen.
fn desktop_window() -> Totals {
    say("the real window");
    if !cfg!(target_os = "linux") {
        let notes = vec!["skipped: the real window is driven on Linux only".to_owned()];
        return Totals {
            skipped: 1,
            notes,
            ..Totals::default()
        };
    }
    let mut command = session(&["cargo", "test", "--locked", "--workspace", "--no-fail-fast"]);
    command.args(WINDOW_TESTS);
    command.args(["--", "--show-output", "--test-threads=1"]);
    command.env("PASSERELLE_DESKTOP", shell::built("passerelle-desktop"));
    hear_rust(&mut command).0
}

/// A command in a private session: its own display, bus, keyring and home.
pub fn session(words: &[&str]) -> Command {
    let mut command = shell::command("bash", ".");
    command.arg("tests/session.sh").args(words);
    command
}

/// A suite that ended badly without a failed test, or that ran no test, could not run: that is a failure too.
fn finish(mut totals: Totals, ended: Done<bool>) -> Totals {
    let counted = totals.passed + totals.failed + totals.skipped;
    match ended {
        Ok(true) if counted > 0 => {}
        Ok(false) if totals.failed > 0 => {}
        Ok(_) => {
            totals.failed += 1;
            totals.notes.push("failed: the suite could not run".to_owned());
        }
        Err(why) => {
            totals.failed += 1;
            totals.notes.push(format!("failed: {why}"));
        }
    }
    totals
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_suite_that_ran_nothing_is_a_failure() {
        assert_eq!(finish(Totals::default(), Ok(true)).failed, 1);
        assert_eq!(
            finish(
                Totals {
                    passed: 3,
                    ..Totals::default()
                },
                Ok(false)
            )
            .failed,
            1
        );
        assert_eq!(
            finish(
                Totals {
                    passed: 3,
                    ..Totals::default()
                },
                Ok(true)
            )
            .failed,
            0
        );
    }

    #[test]
    fn a_suite_without_the_promised_tests_is_not_whole() {
        let mut totals = Totals {
            passed: 1,
            ..Totals::default()
        };
        demand(&mut totals, &["r1_the_promises_hold_after_every_storm".to_owned()]);
        assert_eq!(totals.failed, 1);
        assert!(totals.notes[0].contains("kill -9"));
    }

    #[test]
    fn a_promised_test_that_says_skipped_did_not_hold() {
        let mut rust = Rust::default();
        for line in
            "test r1_promises_after_every_storm ... ok\ntest r5_it_is_killed_at_random_instants_and_goes_on ... ok\n\
                     successes:\n---- r5_it_is_killed_at_random_instants_and_goes_on stdout ----\n\
                     skipped: passerelle is not built\ntest result: ok. 2 passed; 0 failed; 0 ignored"
                .lines()
        {
            rust.hear(line);
        }
        assert_eq!(rust.totals.to_string(), "1 passed, 0 failed, 1 skipped");
        let mut totals = Totals::default();
        demand(&mut totals, &rust.held);
        assert_eq!(totals.failed, 1, "{totals:?}");
        assert!(totals.notes[0].contains("kill -9"));
    }
}
