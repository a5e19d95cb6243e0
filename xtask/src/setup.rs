//! Makes a fresh machine ready; every step is skipped when it is already done.

use std::path::Path;
use std::process::Command;
use std::time::SystemTime;

use crate::shell::{self, Done, say};

/// What a machine is being made ready for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum For {
    /// Building and running the app.
    Running,
    /// Running every test as well: a display without a screen, a browser, a driver for the real window.
    Testing,
}

const BUILDING: &[&str] = &[
    "build-essential",
    "pkg-config",
    "libwebkit2gtk-4.1-dev",
    "libayatana-appindicator3-dev",
];
const HEADLESS: &[&str] = &[
    "xvfb",
    "xauth",
    "dbus",
    "gnome-keyring",
    "libsecret-tools",
    "at-spi2-core",
    "fonts-dejavu-core",
    "fonts-noto-cjk",
    "webkit2gtk-driver",
    "chromium",
];

/// System packages, Node, the screens' packages, the built screens.
pub fn prepare(purpose: For) -> Done {
    system_packages(purpose)?;
    node()?;
    screens_packages(Path::new("ui"))?;
    if shell::root().join("tests/screens/package.json").exists() {
        screens_packages(Path::new("tests/screens"))?;
    }
    screens()
}

fn system_packages(purpose: For) -> Done {
    let wanted: Vec<&str> = match purpose {
        For::Running => BUILDING.to_vec(),
        For::Testing => BUILDING.iter().chain(HEADLESS).copied().collect(),
    };
    if shell::exists("dpkg-query") && shell::exists("apt-get") {
        return with_apt(&wanted);
    }
    if cfg!(target_os = "linux") && !shell::succeeds(Command::new("pkg-config").args(["--exists", "webkit2gtk-4.1"])) {
        return Err("The development files of WebKitGTK 4.1 are missing. Install them, then run this again:\n  \
             Fedora:  sudo dnf install gcc gcc-c++ pkgconf webkit2gtk4.1-devel libayatana-appindicator-gtk3-devel\n  \
             Arch:    sudo pacman -S --needed base-devel webkit2gtk-4.1 libayatana-appindicator\n  \
             openSUSE: sudo zypper install -t pattern devel_basis && sudo zypper install webkit2gtk3-devel libayatana-appindicator3-devel"
            .to_owned());
    }
    if cfg!(target_os = "macos") && !shell::succeeds(Command::new("xcode-select").arg("-p")) {
        return Err("The C compiler is missing. Run this first: xcode-select --install".to_owned());
    }
    Ok(())
}

/// Installs what is missing of these Debian packages, or says how a person can.
pub fn with_apt(wanted: &[&str]) -> Done {
    let missing: Vec<&str> = wanted
        .iter()
        .copied()
        .filter(|package| !is_installed(package))
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let by_hand = format!(
        "sudo apt-get update && sudo apt-get install -y --no-install-recommends {}",
        missing.join(" ")
    );
    let is_root = shell::answer(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    let prefix: &[&str] = if is_root {
        &[]
    } else if shell::succeeds(Command::new("sudo").args(["-n", "true"])) {
        &["sudo", "-n"]
    } else {
        return Err(format!(
            "These system packages are missing and only an administrator can install them. Run:\n  {by_hand}"
        ));
    };
    say(&format!("installing {}", missing.join(" ")));
    let apt = |arguments: &[&str]| {
        let words: Vec<&str> = prefix
            .iter()
            .copied()
            .chain(["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q"])
            .collect();
        shell::run(Command::new(words[0]).args(&words[1..]).args(arguments))
    };
    apt(&["update"])
        .and_then(|()| apt(&[&["install", "-y", "--no-install-recommends"][..], missing.as_slice()].concat()))
        .map_err(|why| format!("{why}\nThe system packages could not be installed. Try by hand:\n  {by_hand}"))
}

fn is_installed(package: &str) -> bool {
    shell::answer(Command::new("dpkg-query").args(["-W", "-f=${Status}", package]))
        .is_ok_and(|status| status.contains("install ok installed"))
}

/// The screens need Node 20.19 or newer to be built; the app itself does not need Node.
fn node() -> Done {
    const ADVICE: &str =
        "The screens are built with Node 20.19 or newer (https://nodejs.org, or your system's packages).";
    let version =
        shell::answer(Command::new("node").arg("--version")).map_err(|_| format!("Node is missing. {ADVICE}"))?;
    let mut numbers = version
        .trim()
        .trim_start_matches('v')
        .split('.')
        .filter_map(|part| part.parse::<u32>().ok());
    let found = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
    if found >= (20, 19) {
        Ok(())
    } else {
        Err(format!("This is Node {}, which is too old. {ADVICE}", version.trim()))
    }
}

/// `npm ci`, when the lock file is not the one that was installed last.
fn screens_packages(folder: &Path) -> Done {
    let folder = shell::root().join(folder);
    let lock =
        std::fs::read(folder.join("package-lock.json")).map_err(|error| format!("ui/package-lock.json: {error}"))?;
    let stamp = folder.join("node_modules/.installed-from");
    if std::fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    say("installing the screens' packages");
    let mut command = shell::npm(&["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
    shell::run(command.current_dir(&folder))
        .map_err(|why| format!("{why}\nnpm could not install the screens' packages; it needs a package registry."))?;
    std::fs::write(stamp, lock).map_err(|error| error.to_string())
}

/// `vite build`, when a source is newer than what was built.
pub fn screens() -> Done {
    let ui = shell::root().join("ui");
    let built = modified(&ui.join("dist/index.html"));
    // A placeholder page, which the shell's build makes so that it compiles alone, is not the screens.
    let is_real = ui.join("dist/assets").is_dir();
    let mut sources = shell::files(&ui.join("src"), &[""]);
    sources.extend(shell::files(&ui.join("locales"), &[".ftl"]));
    sources.extend(["index.html", "package-lock.json", "vite.config.ts"].map(|name| ui.join(name)));
    let newest = sources.iter().filter_map(|path| modified(path)).max();
    if is_real && built.is_some() && built >= newest {
        return Ok(());
    }
    say("building the screens");
    shell::run(&mut shell::npm(&["run", "build"]))
}

fn modified(path: &Path) -> Option<SystemTime> {
    std::fs::metadata(path).and_then(|facts| facts.modified()).ok()
}
