//! The first command of the README: from a fresh checkout to orders in the books and a window to look at them.

use std::process::Command;

use crate::setup;
use crate::shell::{self, Done, cargo, say};

/// Installs, builds, runs the main flows on the Demo company, then shows it.
pub fn run(words: &[String]) -> Done {
    let wishes = Wishes::read(words)?;
    setup::prepare(setup::For::Running)?;
    say("building the app (some minutes the first time)");
    shell::run(&mut cargo(&[
        "build",
        "--locked",
        "-p",
        "runner",
        "-p",
        "passerelle-desktop",
    ]))?;

    say("one day of trading: Amazon orders become NetSuite records, settlements become journals");
    shell::run(&mut wishes.passerelle(&["demo", "--once"]))
        .map_err(|why| format!("{why}\nthe Demo company could not be synchronised"))?;
    if wishes.once {
        return Ok(());
    }
    if has_display() {
        say("opening the window");
        return shell::run(wishes.with_seed(Command::new(shell::built("passerelle-desktop")).arg("--demo")));
    }
    say("there is no display here, so the same screens are served at this address (Ctrl+C ends it)");
    shell::run(&mut wishes.passerelle(&["demo", "--no-open"]))
}

fn has_display() -> bool {
    if !cfg!(target_os = "linux") {
        return true;
    }
    ["DISPLAY", "WAYLAND_DISPLAY"]
        .iter()
        .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}

#[derive(Debug, Default, PartialEq, Eq)]
struct Wishes {
    once: bool,
    seed: Option<String>,
}

impl Wishes {
    fn read(words: &[String]) -> Done<Self> {
        let mut wishes = Self::default();
        let mut words = words.iter();
        while let Some(word) = words.next() {
            match word.as_str() {
                "--once" => wishes.once = true,
                "--" => {}
                "--seed" => wishes.seed = Some(words.next().ok_or("--seed needs a number")?.clone()),
                number if number.parse::<u64>().is_ok() => wishes.seed = Some(number.to_owned()),
                unknown => return Err(format!("demo does not know {unknown}; it knows --once and --seed N")),
            }
        }
        Ok(wishes)
    }

    fn passerelle(&self, words: &[&str]) -> Command {
        let mut command = shell::command(&shell::built("passerelle").to_string_lossy(), ".");
        self.with_seed(command.args(words));
        command
    }

    fn with_seed<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        if let Some(seed) = &self.seed {
            command.args(["--seed", seed]);
        }
        command
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &[&str]) -> Done<Wishes> {
        Wishes::read(&words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn a_seed_may_be_named_or_follow_two_dashes() {
        let seven = Wishes {
            once: true,
            seed: Some("7".to_owned()),
        };
        assert_eq!(
            read(&["--once", "--seed", "7"]),
            Ok(Wishes {
                once: true,
                seed: seven.seed.clone()
            })
        );
        assert_eq!(read(&["--once", "--", "7"]), Ok(seven));
        assert!(read(&["--sead"]).is_err());
    }
}
