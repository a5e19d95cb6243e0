//! The picture of docs/architecture.md as a table: which room may lean on which, and which libraries live where.

use std::collections::BTreeSet;

use crate::shell::{self, Done};

/// A room and the rooms it may lean on. Arrows point down only.
const ROOMS: &[(&str, &str, &[&str])] = &[
    ("domain", "crates/domain", &[]),
    ("wire", "crates/wire", &["domain"]),
    ("amazon", "crates/amazon", &["domain", "wire"]),
    ("netsuite", "crates/netsuite", &["domain", "wire"]),
    ("mapping", "crates/mapping", &["domain"]),
    (
        "flows",
        "crates/flows",
        &["domain", "wire", "amazon", "netsuite", "mapping"],
    ),
    ("store", "crates/store", &["domain"]),
    ("vault", "crates/vault", &["domain"]),
    (
        "engine",
        "crates/engine",
        &[
            "domain", "wire", "amazon", "netsuite", "mapping", "flows", "store", "vault",
        ],
    ),
    // Independent of both connectors, so that a mistake in one cannot hide in a mirror (decision 12).
    ("simulator", "crates/simulator", &["domain", "wire"]),
    (
        "app",
        "crates/app",
        &[
            "domain",
            "wire",
            "amazon",
            "netsuite",
            "mapping",
            "flows",
            "store",
            "vault",
            "engine",
            "simulator",
        ],
    ),
    (
        "runner",
        "crates/runner",
        &["domain", "wire", "flows", "store", "engine", "simulator", "app"],
    ),
    ("passerelle-desktop", "src-tauri", &["app", "domain"]),
    ("xtask", "xtask", &[]),
];

/// A library and the rooms that may name it.
const LIBRARIES: &[(&str, &[&str])] = &[
    ("reqwest", &["wire"]),
    // The simulator answers SuiteQL with a real SQL engine (decision 20).
    ("rusqlite", &["store", "simulator"]),
    ("rusqlite_migration", &["store"]),
    ("keyring", &["vault"]),
    ("csv", &["domain"]),
    ("tokio", &["engine", "runner", "passerelle-desktop", "simulator", "app"]),
    ("axum", &["runner", "simulator"]),
    // One sandbox for what a person writes (decision 8).
    ("rhai", &["mapping"]),
    ("tauri", &["passerelle-desktop"]),
    ("tauri-plugin-notification", &["passerelle-desktop"]),
];

/// Compares the manifests with the table; everything that differs is told at once.
pub fn check() -> Done {
    let mut wrong = Vec::new();
    for (room, folder, may) in ROOMS {
        let manifest = shell::root().join(folder).join("Cargo.toml");
        let text = std::fs::read_to_string(&manifest).map_err(|error| format!("{}: {error}", manifest.display()))?;
        wrong.extend(differences(room, may, &dependencies(&text)));
    }
    wrong.extend(unlisted()?);
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(wrong.join("\n"))
    }
}

fn differences(room: &str, may: &[&str], leans_on: &BTreeSet<String>) -> Vec<String> {
    let mut wrong = Vec::new();
    for name in leans_on {
        let is_room = ROOMS.iter().any(|(other, ..)| other == name);
        if is_room && !may.contains(&name.as_str()) {
            wrong.push(format!("{room} may not lean on {name} (docs/architecture.md, rooms)"));
        }
        if let Some((_, homes)) = LIBRARIES.iter().find(|(library, _)| library == name)
            && !homes.contains(&room)
        {
            wrong.push(format!("{name} lives in {}, not in {room}", homes.join(" and ")));
        }
    }
    wrong
}

/// A crate that the table does not know is a room that nobody drew.
fn unlisted() -> Done<Vec<String>> {
    let crates = shell::root().join("crates");
    let entries = std::fs::read_dir(&crates).map_err(|error| error.to_string())?;
    Ok(entries
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| crates.join(name).join("Cargo.toml").exists())
        .filter(|name| !ROOMS.iter().any(|(room, ..)| room == name))
        .map(|name| format!("crates/{name} is not in the table of rooms (xtask/src/rooms.rs)"))
        .collect())
}

/// The names under `[dependencies]`, also of single targets; what tests need may point anywhere.
fn dependencies(manifest: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut inside = false;
    for line in manifest.lines().map(str::trim) {
        if let Some(section) = line.strip_prefix('[') {
            let section = section.trim_end_matches(']');
            inside = section == "dependencies" || section.ends_with(".dependencies");
            if let Some((_, name)) = section.split_once("dependencies.")
                && !section.contains("dev-")
                && !section.contains("build-")
            {
                names.insert(name.to_owned());
            }
        } else if inside && !line.starts_with('#') {
            let name: String = line
                .chars()
                .take_while(|letter| letter.is_alphanumeric() || matches!(letter, '-' | '_'))
                .collect();
            if !name.is_empty() {
                names.insert(name);
            }
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manifests_agree_with_the_drawing() {
        assert_eq!(check(), Ok(()));
    }

    #[test]
    fn an_arrow_that_points_up_and_a_library_away_from_home_are_both_told() {
        let manifest = "[package]\nname = \"domain\"\n[dependencies]\nserde.workspace = true\nengine.workspace = true\n\
                        [dependencies.reqwest]\nversion = \"1\"\n[dev-dependencies]\nsimulator.workspace = true\n";
        let told = differences("domain", &[], &dependencies(manifest));
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(told[0].contains("engine") && told[1].contains("reqwest"), "{told:?}");
    }
}
