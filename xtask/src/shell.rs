//! Running other programs, in the project's folder, with words when one fails.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What a chore ends with: nothing, or the sentence that says why it stopped.
pub type Done<T = ()> = Result<T, String>;

/// The project's folder.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

/// The one target folder that every build shares.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |folder| root().join(folder))
}

/// A program that this project has built.
pub fn built(name: &str) -> PathBuf {
    target()
        .join("debug")
        .join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

/// Where the published models and samples lie, when they are there.
pub fn reference() -> PathBuf {
    std::env::var_os("PASSERELLE_REFERENCE").map_or_else(|| root().join("../shared/reference"), PathBuf::from)
}

/// A command that runs in `folder` of the project.
pub fn command(program: &str, folder: impl AsRef<Path>) -> Command {
    let mut command = Command::new(program);
    command
        .current_dir(root().join(folder))
        .env("PASSERELLE_REFERENCE", reference());
    command
}

/// Cargo, the one that runs this chore.
pub fn cargo(arguments: &[&str]) -> Command {
    let mut command = command(&cargo_itself(), ".");
    command.args(arguments);
    command
}

fn cargo_itself() -> String {
    std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned())
}

/// Cargo, which leaves the processor to whoever else wants it, where the system knows such a thing.
pub fn giving_way(arguments: &[&str]) -> Command {
    if !exists("nice") {
        return cargo(arguments);
    }
    let mut command = command("nice", ".");
    command.args(["-n", "10", &cargo_itself()]).args(arguments);
    command
}

/// npm in the folder of the screens.
pub fn npm(arguments: &[&str]) -> Command {
    let mut command = command(if cfg!(windows) { "npm.cmd" } else { "npm" }, "ui");
    command.args(arguments);
    command
}

/// Says what happens now.
pub fn say(words: &str) {
    eprintln!("» {words}");
}

/// Runs a command to its end; anything but success is an error that names it.
pub fn run(command: &mut Command) -> Done {
    let status = command.status().map_err(|error| cannot_start(command, &error))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("{} ended with {status}", shown(command)))
    }
}

/// Runs a command and gives what it printed; anything but success is an error with what it said.
pub fn answer(command: &mut Command) -> Done<String> {
    let output = command.output().map_err(|error| cannot_start(command, &error))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    Err(format!(
        "{} ended with {}\n{}",
        shown(command),
        output.status,
        String::from_utf8_lossy(&output.stderr)
    ))
}

/// Whether a command can be run and ends well, quietly.
pub fn succeeds(command: &mut Command) -> bool {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// Whether a program is on the path.
pub fn exists(program: &str) -> bool {
    let Some(path) = std::env::var_os("PATH") else {
        return false;
    };
    std::env::split_paths(&path).any(|folder| {
        folder.join(program).is_file()
            || folder
                .join(format!("{program}{}", std::env::consts::EXE_SUFFIX))
                .is_file()
    })
}

/// Runs a command and hands over each line it prints, as it comes. Answers whether it ended well.
pub fn listen(command: &mut Command, mut hear: impl FnMut(&str)) -> Done<bool> {
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| cannot_start(command, &error))?;
    if let Some(printed) = child.stdout.take() {
        let mut lines = BufReader::new(printed);
        let mut line = Vec::new();
        while lines.read_until(b'\n', &mut line).is_ok_and(|bytes| bytes > 0) {
            hear(String::from_utf8_lossy(&line).trim_end());
            line.clear();
        }
    }
    child
        .wait()
        .map(|status| status.success())
        .map_err(|error| error.to_string())
}

/// The command as a person would type it.
pub fn shown(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy().into_owned()];
    words.extend(
        command
            .get_args()
            .map(|argument| argument.to_string_lossy().into_owned()),
    );
    words.join(" ")
}

fn cannot_start(command: &Command, error: &std::io::Error) -> String {
    format!("cannot start {}: {error}", command.get_program().to_string_lossy())
}

/// Every file under `folder` whose name ends in one of `endings`, without build output and installed packages.
pub fn files(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(folder) = open.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else {
            continue;
        };
        for path in entries.flatten().map(|entry| entry.path()) {
            let name = path
                .file_name()
                .map(|name| name.to_string_lossy().into_owned())
                .unwrap_or_default();
            if path.is_dir() {
                if !matches!(name.as_str(), "target" | "node_modules" | "dist" | ".git") {
                    open.push(path);
                }
            } else if endings.iter().any(|ending| name.ends_with(ending)) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}
