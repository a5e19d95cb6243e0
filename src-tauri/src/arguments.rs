//! What the desktop binary may be told when it is started.

use std::path::PathBuf;

/// The words after the program's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arguments {
    /// The Demo company's seed.
    pub seed: u64,
    /// The description of a simulator in another process: the line that `passerelle simulator` prints.
    pub services: Option<PathBuf>,
    /// Start in the tray, without a window: how the computer starts it at login.
    pub hidden: bool,
    /// The folder of the workspace instead of the usual one.
    pub workspace: Option<PathBuf>,
    /// The screen to open, such as `/errors`.
    pub route: Option<String>,
}

impl Arguments {
    /// Reads them. `--demo` needs no mention while the Demo company is all there is; what nobody knows is ignored, so
    /// that a desktop's own additions never keep the app from starting.
    pub fn read(words: impl IntoIterator<Item = String>) -> Self {
        let mut arguments = Self {
            seed: 1,
            services: None,
            hidden: false,
            workspace: None,
            route: None,
        };
        let mut words = words.into_iter().skip(1);
        while let Some(word) = words.next() {
            match word.as_str() {
                "--hidden" => arguments.hidden = true,
                "--seed" => arguments.seed = words.next().and_then(|seed| seed.parse().ok()).unwrap_or(1),
                "--services" => arguments.services = words.next().map(PathBuf::from),
                "--workspace" => arguments.workspace = words.next().map(PathBuf::from),
                "--open" => arguments.route = words.next(),
                _ => {}
            }
        }
        arguments
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_words_are_read_and_others_ignored() {
        let words = [
            "passerelle-desktop",
            "--demo",
            "--seed",
            "7",
            "--gtk-thing",
            "--workspace",
            "/x y",
            "--hidden",
        ];
        let read = Arguments::read(words.map(str::to_owned));
        let wanted = Arguments {
            seed: 7,
            services: None,
            hidden: true,
            workspace: Some(PathBuf::from("/x y")),
            route: None,
        };
        assert_eq!(read, wanted);
    }
}
