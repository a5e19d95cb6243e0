//! Project chores, written in Rust so that they run on every system the app runs on.
//!
//! What is this for: the two commands of the README (`demo`, `test`) and the everyday chores behind them.
//! What is deliberately not here: dependencies (it is the first thing a newcomer runs), knowledge of the business,
//! and a second list of what the pipeline runs: `.ci/run` calls `test`, and `test` is all there is.
//! Open `test.rs` first; `setup.rs` is what makes a fresh machine ready.

mod check;
mod chores;
mod demo;
mod icons;
mod notices;
mod platforms;
mod rooms;
mod rules;
mod setup;
mod shell;
mod test;
mod totals;
mod workflows;

use std::process::ExitCode;

const HELP: &str = "\
cargo xtask <chore>

  demo [--once] [--seed N]   install what is missing, build, run the Demo company, open the window
  test                       install what is missing and run every test
  check                      formatting, lints, room table, generated files, the screens' own checks
  rules                      rules and scenarios of the specification that no test names
  storm [--seed N | --seeds N]  random days of trading; a seed replays one
  scenario NAME              run one story and print what each step did
  bench [NAME]               the figures, beside their peers, as JSON lines
  generate                   TypeScript types, flow pages, pages of problems
  notices                    what others wrote and under which licence, for /third-party.txt
  icons                      every icon size from the SVG sources
  pictures                   photographs of the real window for the README
  web                        the same screens in a browser, reloading while one edits
  platforms                  type-check the whole app for Windows and macOS from Debian
  package                    installers for this system
";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let (chore, rest) = words
        .split_first()
        .map_or(("help", &[][..]), |(chore, rest)| (chore.as_str(), rest));
    let ended = match chore {
        "demo" => demo::run(rest),
        "test" => test::run(),
        "check" => check::run(),
        "rules" => {
            rules::run();
            Ok(())
        }
        "storm" => chores::storm(rest),
        "scenario" => chores::scenario(rest),
        "bench" => chores::bench(rest),
        "generate" => chores::generate(),
        "notices" => notices::run(),
        "icons" => icons::run(),
        "pictures" => chores::pictures(),
        "web" => chores::web(),
        "platforms" => platforms::run(),
        "package" => chores::package(),
        "help" | "--help" | "-h" => {
            print!("{HELP}");
            Ok(())
        }
        unknown => Err(format!("there is no chore called {unknown}\n\n{HELP}")),
    };
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}
