//! The pipelines: what they use is pinned to a commit, and they may do no more than they say.

use crate::shell::{self, Done};

/// Judges every workflow file; everything that is wrong is told at once.
pub fn check() -> Done {
    let files = shell::files(&shell::root().join(".github/workflows"), &[".yml", ".yaml"]);
    let mut wrong = Vec::new();
    for path in &files {
        let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        wrong.extend(judge(&text).into_iter().map(|what| format!("{name}: {what}")));
    }
    if wrong.is_empty() && !files.is_empty() {
        Ok(())
    } else {
        Err(format!("{} workflows\n{}", files.len(), wrong.join("\n")))
    }
}

fn judge(text: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    let lines = || {
        text.lines()
            .map(|line| (line.len() - line.trim_start().len(), line.trim()))
    };
    if !lines().any(|(indent, line)| indent == 0 && line == "permissions: {}") {
        wrong.push("grants rights to every job: say `permissions: {}` at its top".to_owned());
    }
    let jobs: Vec<&str> = text
        .split_inclusive('\n')
        .skip_while(|line| line.trim_end() != "jobs:")
        .collect();
    let is_job = |line: &&str| line.starts_with("  ") && !line[2..].starts_with([' ', '#']) && !line.trim().is_empty();
    for (at, name) in jobs.iter().enumerate().filter(|(_, line)| is_job(line)) {
        let body: Vec<&str> = jobs
            .iter()
            .skip(at + 1)
            .take_while(|line| !is_job(line))
            .copied()
            .collect();
        for needed in ["    permissions:\n", "    timeout-minutes: ", "    runs-on: "] {
            if !body.iter().any(|line| line.starts_with(needed)) {
                wrong.push(format!("job {} lacks `{}`", name.trim(), needed.trim()));
            }
        }
    }
    for (_, line) in lines() {
        let line = line.trim_start_matches("- ");
        if let Some(action) = line.strip_prefix("uses: ")
            && !is_pinned(action)
        {
            wrong.push(format!(
                "`{action}` is not pinned to a commit with its version beside it"
            ));
        }
        if ["write-all", "pull_request_target", "-latest"]
            .iter()
            .any(|bad| line.contains(bad))
        {
            wrong.push(format!("`{line}` is never used here"));
        }
    }
    wrong
}

/// `owner/action@<40 hexadecimal digits> # v1.2.3`, or an action of our own.
fn is_pinned(action: &str) -> bool {
    let Some((_, version)) = action.split_once('@') else {
        return action.starts_with("./");
    };
    version.split_once(" # v").is_some_and(|(commit, _)| {
        commit.len() == 40 && commit.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pipelines_pin_what_they_use_and_may_do_no_more_than_they_say() {
        assert_eq!(check(), Ok(()));
    }

    #[test]
    fn everything_that_is_loose_is_told() {
        let loose = "on: push\npermissions: write-all\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n\
                     \x20     - uses: actions/checkout@v6\n      - uses: ./ours\n";
        let told = judge(loose).join("\n");
        for part in [
            "permissions: {}",
            "test: lacks `permissions:`",
            "timeout",
            "write-all",
            "-latest",
            "checkout@v6",
        ] {
            assert!(told.contains(part), "{part} in\n{told}");
        }
        assert!(!told.contains("./ours") && !told.contains("runs-on:`"), "{told}");
    }
}
