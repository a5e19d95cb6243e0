//! The small everyday chores.

use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};

use crate::notices;
use crate::setup;
use crate::shell::{self, Done, cargo, say};
use crate::test;

/// Random days of trading; `--seed N` replays one, `--seeds N` draws that many.
pub fn storm(words: &[String]) -> Done {
    let mut command = cargo(&["test", "--locked", "--workspace", "--test", "storms"]);
    command.args(["--", "--nocapture"]);
    match words {
        [] => command.env("PASSERELLE_SEEDS", "200"),
        [flag, number] if flag == "--seeds" => command.env("PASSERELLE_SEEDS", number),
        [flag, number] if flag == "--seed" => command.env("PASSERELLE_SEED", number).env("PASSERELLE_SEEDS", "1"),
        _ => return Err("storm knows --seed N (replay one) and --seeds N (draw that many)".to_owned()),
    };
    shell::run(&mut command)
}

/// Runs one story of `tests/scenarios` and prints what each step did.
pub fn scenario(words: &[String]) -> Done {
    let [name] = words else {
        let stories = shell::files(&shell::root().join("tests/scenarios"), &[".toml"]);
        let names: Vec<_> = stories
            .iter()
            .filter_map(|path| path.file_stem())
            .map(|name| name.to_string_lossy())
            .collect();
        return Err(format!("scenario needs one name; there are: {}", names.join(", ")));
    };
    let mut command = cargo(&["test", "--locked", "--workspace", "--test", "scenarios"]);
    shell::run(command.args(["--", "--nocapture"]).env("PASSERELLE_SCENARIO", name))
}

/// The figures, in a release build, as JSON lines on standard output.
pub fn bench(words: &[String]) -> Done {
    let mut command = cargo(&[
        "run",
        "--locked",
        "--release",
        "--quiet",
        "-p",
        "passerelle-bench",
        "--",
    ]);
    shell::run(command.args(words))
}

/// Writes the TypeScript types from the contract, the flow pages from the cards, and the pages of problems.
pub fn generate() -> Done {
    shell::run(generated_files().env("PASSERELLE_GENERATE", "1"))
}

/// The tests that compare generated files with what is committed; told to, they write them first.
pub fn generated_files() -> Command {
    // The selection of the test command: another one would compile the same libraries again with other features.
    let mut command = cargo(&["test", "--locked", "--quiet", "--workspace"]);
    command.args([
        "--test",
        "contract",
        "--test",
        "pages",
        "--test",
        "faults",
        "--",
        "generated",
    ]);
    command
}

/// Photographs of the real window.
pub fn pictures() -> Done {
    setup::prepare(setup::For::Testing)?;
    shell::run(&mut cargo(&["build", "--locked", "--workspace"]))?;
    let photographer = shell::built("pictures");
    let mut command = test::session(&[&photographer.to_string_lossy(), "docs/pictures"]);
    shell::run(command.env("PASSERELLE_DESKTOP", shell::built("passerelle-desktop")))
}

/// The screens in a browser with reloading, in front of a local host that runs the Demo company.
pub fn web() -> Done {
    setup::prepare(setup::For::Running)?;
    shell::run(&mut cargo(&["build", "--locked", "-p", "runner"]))?;
    let mut host = shell::command(&shell::built("passerelle").to_string_lossy(), ".");
    let mut host = host
        .args(["demo", "--no-open"])
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| error.to_string())?;
    let ended = match host.stdout.take().and_then(address) {
        Some((origin, token)) => {
            say(&format!("open http://localhost:5173/?token={token}"));
            let mut vite = shell::npm(&[
                "exec",
                "--",
                "vite",
                "--config",
                "../xtask/web/vite.config.ts",
                "--strictPort",
            ]);
            shell::run(vite.env("PASSERELLE_HOST", origin))
        }
        None => Err("the local host ended without saying its address".to_owned()),
    };
    host.kill()
        .and_then(|()| host.wait())
        .map_err(|error| error.to_string())?;
    ended
}

/// Origin and token of the first address that the host prints.
fn address(printed: impl Read) -> Option<(String, String)> {
    BufReader::new(printed).lines().map_while(Result::ok).find_map(|line| {
        line.split_once("/?token=")
            .map(|(origin, token)| (origin.to_owned(), token.to_owned()))
    })
}

/// Installers for this system.
pub fn package() -> Done {
    setup::prepare(setup::For::Running)?;
    notices::run()?;
    // The command line of Tauri is a development package of the screens; it needs no download of its own.
    let mut command = shell::command("node", "src-tauri");
    command.args(["../ui/node_modules/@tauri-apps/cli/tauri.js", "build"]);
    if cfg!(target_os = "linux") {
        command.args(["--bundles", "deb,rpm"]);
    }
    command.args(["--", "--locked"]);
    shell::run(&mut command)?;
    println!(
        "installers are under {}",
        shell::target().join("release/bundle").display()
    );
    Ok(())
}
