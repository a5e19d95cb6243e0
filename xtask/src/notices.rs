//! What others wrote and under which licence: every library that an installer for this system carries, with the texts
//! that came with it (decision 31). Written where the screens are built from, so that both hosts serve it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::shell::{self, Done, cargo};

/// Beside the page, as `/third-party.txt`.
const FILE: &str = "ui/public/third-party.txt";
/// What the screens are made of; whatever else npm installs only builds them.
const SCREENS: &[&str] = &[
    "svelte",
    "@fluent/bundle",
    "@fontsource-variable/inter",
    "@tauri-apps/api",
];
/// How the files begin that hold a licence or name who wrote something.
const TEXTS: &[&str] = &["licen", "copying", "notice", "unlicense", "authors"];

/// Between two texts.
const RULE: &str = "--------------------------------------------------------------------------------";

/// Writes the file.
pub fn run() -> Done {
    let tree = [
        "-p",
        "passerelle-desktop",
        "-p",
        "runner",
        "--edges",
        "normal",
        "--prefix",
        "none",
    ];
    let mut command = cargo(&["tree", "--locked"]);
    let told = shell::answer(command.args(tree).args(["--format", "{p}|{l}"]))?;
    let mut works = Vec::new();
    let mut without = Vec::new();
    for (name, version, licence) in libraries(&told) {
        let texts = registry(&format!("{name}-{version}"))
            .map(|folder| texts(&folder))
            .unwrap_or_default();
        if texts.is_empty() {
            without.push(name.clone());
        }
        works.push((format!("{name} {version} ({licence})"), texts));
    }
    for name in SCREENS {
        let folder = shell::root().join("ui/node_modules").join(name);
        let package = std::fs::read_to_string(folder.join("package.json"))
            .map_err(|error| format!("{name}: {error}; run `npm ci` in ui first"))?;
        let texts = texts(&folder);
        if texts.is_empty() {
            without.push((*name).to_owned());
        }
        let [version, licence] = ["version", "license"].map(|field| field_of(&package, field));
        works.push((format!("{name} {version} ({licence})"), texts));
    }
    let path = shell::root().join(FILE);
    std::fs::write(&path, written(&works)).map_err(|error| format!("{}: {error}", path.display()))?;
    println!(
        "{FILE}: {} works; only the name of the licence came with: {}",
        works.len(),
        without.join(", ")
    );
    Ok(())
}

/// The libraries of others in what `cargo tree` tells, each once: name, version, licence.
fn libraries(told: &str) -> BTreeSet<(String, String, String)> {
    told.lines()
        .filter_map(|line| {
            let (package, licence) = line.trim_end_matches(" (*)").split_once('|')?;
            let (name, version) = package.trim_end_matches(" (proc-macro)").split_once(" v")?;
            // Our own rooms have a folder behind their version.
            (!version.contains(' ')).then(|| (name.to_owned(), version.to_owned(), licence.to_owned()))
        })
        .collect()
}

/// A text field of a `package.json`.
fn field_of<'a>(package: &'a str, name: &str) -> &'a str {
    let after = package
        .split_once(&format!("\"{name}\""))
        .map_or("", |(_, after)| after);
    after.split('"').nth(1).unwrap_or_default()
}

/// Where cargo unpacked a library.
fn registry(name: &str) -> Option<PathBuf> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| std::env::home_dir().map(|home| home.join(".cargo")))?;
    let registries = std::fs::read_dir(home.join("registry/src")).ok()?;
    registries
        .flatten()
        .map(|entry| entry.path().join(name))
        .find(|path| path.is_dir())
}

fn texts(folder: &Path) -> BTreeSet<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .filter(|entry| {
            let name = entry.file_name().to_string_lossy().to_lowercase();
            TEXTS.iter().any(|start| name.starts_with(start)) && entry.path().is_file()
        })
        .filter_map(|entry| std::fs::read_to_string(entry.path()).ok())
        .map(|text| text.replace("\r\n", "\n").trim().to_owned())
        .collect()
}

/// All works by name, then each text once with those that it came with.
fn written(works: &[(String, BTreeSet<String>)]) -> String {
    let mut of_text: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (work, texts) in works {
        for text in texts {
            of_text.entry(text).or_default().push(work);
        }
    }
    let mut file = "Passerelle contains the work of others, with thanks.\n\n".to_owned();
    for (work, _) in works {
        file.push_str(work);
        file.push('\n');
    }
    for (text, works) in of_text {
        let works = works.join(", ");
        file.extend(["\n", RULE, "\n", &works, "\n\n", text, "\n"]);
    }
    file
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_library_of_others_is_named_once_with_its_licence() {
        let told = "passerelle-desktop v0.1.0 (/home/me/src-tauri)|MIT OR Apache-2.0\n\nserde v1.0.228|MIT OR Apache-2.0\n\
                    serde_derive v1.0.228 (proc-macro)|MIT OR Apache-2.0\nserde v1.0.228|MIT OR Apache-2.0 (*)\nring v0.17.14|Apache-2.0 AND ISC\n";
        let names: Vec<String> = libraries(told)
            .into_iter()
            .map(|one| format!("{} {} {}", one.0, one.1, one.2))
            .collect();
        assert_eq!(
            names,
            [
                "ring 0.17.14 Apache-2.0 AND ISC",
                "serde 1.0.228 MIT OR Apache-2.0",
                "serde_derive 1.0.228 MIT OR Apache-2.0"
            ]
        );
    }

    #[test]
    fn a_package_of_the_screens_says_its_version_and_licence() {
        let package = "{\n \"name\": \"a\",\n \"version\": \"0.19.1\",\n \"license\": \"Apache-2.0\"\n}";
        assert_eq!(field_of(package, "version"), "0.19.1");
        assert_eq!(field_of(package, "license"), "Apache-2.0");
        assert_eq!(field_of(package, "funding"), "");
    }

    #[test]
    fn a_text_that_came_with_several_works_stands_once() {
        let one = |name: &str, text: &str| (name.to_owned(), BTreeSet::from([text.to_owned()]));
        let file = written(&[
            one("a 1 (MIT)", "Copyright A"),
            one("b 2 (MIT)", "The text"),
            one("c 3 (MIT)", "The text"),
        ]);
        assert_eq!(file.matches("The text").count(), 1);
        assert!(
            file.contains("b 2 (MIT), c 3 (MIT)\n\nThe text") && file.contains("a 1 (MIT)\n\nCopyright A"),
            "{file}"
        );
    }
}
