//! Starting the program, and a workspace that it may fill.

use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

/// What a start of the program left.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Ran {
    /// The one JSON document on standard output.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|wrong| panic!("{wrong}\n{}\n{}", self.out, self.err))
    }
}

/// The program on a workspace, nobody's language or settings around it.
pub fn command(workspace: &Path, words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_passerelle"));
    command.arg("--workspace").arg(workspace).args(words);
    command.env_clear().stdin(Stdio::null());
    command
}

/// Runs it to its end.
pub fn passerelle(workspace: &Path, words: &[&str]) -> Ran {
    let output = command(workspace, words).output().unwrap();
    Ran {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}
