//! Everything that can be judged without running the product: form, lints, rooms, generated files, licences.

use crate::setup;
use crate::shell::{self, Done, cargo, say};
use crate::totals::Totals;
use crate::{chores, rooms, rules, test, workflows};

/// One thing that is judged: its name and how.
type Judgement = (&'static str, fn() -> Done);

const JUDGEMENTS: &[Judgement] = &[
    ("the code is formatted", formatted),
    ("no lint is broken", lints),
    ("rooms lean only downwards", rooms::check),
    ("licences and advisories", licences),
    ("the pipelines are pinned", workflows::check),
    ("the screens' own checks", screens),
];

/// Runs every judgement and fails when one of them does. Stale generated files are found by tests of their own, which
/// `test` runs anyway.
pub fn run() -> Done {
    setup::prepare(setup::For::Running)?;
    let totals = judge();
    say("generated files are fresh");
    shell::run(&mut chores::generated_files())?;
    rules::run();
    println!("{totals}");
    if totals.failed == 0 {
        Ok(())
    } else {
        Err("the check found something to mend".to_owned())
    }
}

/// All judgements, each counted like a test; none stops the others.
pub fn judge() -> Totals {
    let mut totals = Totals::default();
    for (name, judgement) in JUDGEMENTS {
        say(name);
        match judgement() {
            Ok(()) => totals.passed += 1,
            Err(why) if why.starts_with("skipped: ") => {
                totals.skipped += 1;
                totals.notes.push(why);
            }
            Err(why) => {
                totals.failed += 1;
                eprintln!("{why}");
                totals.notes.push(format!("failed: {name}"));
            }
        }
    }
    totals
}

fn formatted() -> Done {
    shell::run(&mut cargo(&["fmt", "--all", "--", "--check"]))
}

fn lints() -> Done {
    let lint = |targets: &[&str]| {
        let mut command = shell::giving_way(&["clippy", "--locked", "--workspace", "--quiet"]);
        shell::run(command.args(targets).args(["--", "-D", "warnings"]))
    };
    lint(&test::TARGETS)?;
    // Not among the targets that are built without being named.
    lint(&test::WINDOW_TESTS)
}

fn licences() -> Done {
    if !shell::exists("cargo-deny") {
        return Err(
            "skipped: cargo-deny is not installed here (cargo install cargo-deny); the pipeline runs it".to_owned(),
        );
    }
    shell::run(&mut cargo(&[
        "deny",
        "--offline",
        "check",
        "licenses",
        "bans",
        "sources",
    ]))
}

fn screens() -> Done {
    shell::run(&mut shell::npm(&["run", "check"]))
}
