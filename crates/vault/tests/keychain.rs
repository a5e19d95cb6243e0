//! The master key in a real Secret Service, each situation in a private session of its own: unlocked, locked with nobody
//! to ask, never set up, not there at all (quality-bars S1, R3 #33; decision 27).
//!
//! The environment of a process cannot be changed safely from inside, so each situation runs this same test program again
//! in its session, with one of the `inside_…` tests. Without a session bus and keyring to start, the tests say `skipped`.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

use std::path::Path;
use std::process::Command;

use vault::{Keychain, Kind, Place, Vault, VaultError};

const TOKEN: Place<'static> = Place {
    account: "eu:A1",
    field: "refresh_token",
};

fn is_there(program: &str) -> bool {
    let paths = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&paths).any(|folder| folder.join(program).exists())
}

/// Plays one of the inner tests in a session whose keyring is prepared by `before`.
fn in_session(home: &Path, before: &str, inner: &str) {
    if !is_there("dbus-run-session") || !is_there("gnome-keyring-daemon") {
        println!("skipped: no session bus or keyring to start");
        return;
    }
    let program = std::env::current_exe().unwrap();
    let script = [
        before,
        "; status=0; \"$@\" || status=$?; kill ${daemon:-} 2>/dev/null; exit $status",
    ]
    .concat();
    let mut command = Command::new("dbus-run-session");
    command.args(["--", "bash", "-c", &script, "_"]).arg(program);
    let folders = [
        ("HOME", "home"),
        ("XDG_DATA_HOME", "data"),
        ("XDG_CONFIG_HOME", "config"),
    ];
    for (name, folder) in folders
        .into_iter()
        .chain([("XDG_CACHE_HOME", "cache"), ("XDG_RUNTIME_DIR", "run")])
    {
        std::fs::create_dir_all(home.join(folder)).unwrap();
        command.env(name, home.join(folder));
    }
    let run = std::os::unix::fs::PermissionsExt::from_mode(0o700);
    std::fs::set_permissions(home.join("run"), run).unwrap();
    play(command, inner);
}

fn play(mut command: Command, inner: &str) {
    let output = command
        .args(["--ignored", "--exact", inner])
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .output()
        .unwrap();
    let (out, err) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    assert!(
        output.status.success() && out.contains("1 passed"),
        "{inner}\n{out}\n{err}"
    );
}

/// Starts the daemon in the foreground, so that it is known by its number and ended with the session.
const UNLOCKED: &str = "mkfifo $HOME/p; gnome-keyring-daemon --foreground --unlock --components=secrets <$HOME/p >/dev/null 2>&1 & \
                        daemon=$!; printf 'test\\n' >$HOME/p; rm $HOME/p; sleep 1";
const LOCKED: &str =
    "gnome-keyring-daemon --foreground --components=secrets </dev/null >/dev/null 2>&1 & daemon=$!; sleep 1";

#[test]
fn s1_the_master_key_stays_in_the_keychain_from_one_start_to_the_next() {
    let home = tempfile::tempdir().unwrap();
    in_session(home.path(), UNLOCKED, "inside_an_unlocked_keychain");
    in_session(home.path(), UNLOCKED, "inside_the_same_keychain_after_a_restart");
}

#[test]
fn r3_33_a_locked_keychain_is_said_and_no_new_key_is_made() {
    let home = tempfile::tempdir().unwrap();
    in_session(home.path(), UNLOCKED, "inside_an_unlocked_keychain");
    in_session(home.path(), LOCKED, "inside_a_locked_keychain");
    in_session(home.path(), UNLOCKED, "inside_the_same_keychain_after_a_restart");
}

#[test]
fn r3_33_a_keychain_that_was_never_set_up_is_said() {
    let home = tempfile::tempdir().unwrap();
    in_session(home.path(), LOCKED, "inside_a_keychain_without_a_keyring");
}

#[test]
fn r3_33_without_a_keychain_that_is_said() {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
    play(command, "inside_no_session_at_all");
}

/// Where the inner tests leave what was sealed for the next start.
fn sealed_file() -> std::path::PathBuf {
    std::path::PathBuf::from(std::env::var_os("XDG_DATA_HOME").unwrap()).join("sealed")
}

#[test]
#[ignore = "played in a session by the tests above"]
fn inside_an_unlocked_keychain() {
    let vault = Keychain::open("company").unwrap();
    assert_eq!(vault.kind(), Kind::Keychain);
    let sealed = vault.seal(&TOKEN, b"Atzr|secret").unwrap();
    let again = Keychain::open("company").unwrap();
    assert_eq!(
        again.open(&TOKEN, &sealed).unwrap().expose(),
        b"Atzr|secret",
        "one key, not two"
    );
    let other = Keychain::open("another company").unwrap();
    assert_eq!(other.open(&TOKEN, &sealed).err(), Some(VaultError::CannotOpen));
    Keychain::forget("another company").unwrap();
    Keychain::forget("another company").unwrap();
    let fresh = Keychain::open("another company").unwrap();
    let old = other.seal(&TOKEN, b"x").unwrap();
    assert!(
        fresh.open(&TOKEN, &old).is_err(),
        "what was forgotten opens nothing any more"
    );
    std::fs::write(sealed_file(), sealed).unwrap();
}

#[test]
#[ignore = "played in a session by the tests above"]
fn inside_the_same_keychain_after_a_restart() {
    let sealed = std::fs::read(sealed_file()).unwrap();
    let vault = Keychain::open("company").unwrap();
    assert_eq!(vault.open(&TOKEN, &sealed).unwrap().expose(), b"Atzr|secret");
}

#[test]
#[ignore = "played in a session by the tests above"]
fn inside_a_locked_keychain() {
    assert_eq!(Keychain::open("company").err(), Some(VaultError::Locked));
}

#[test]
#[ignore = "played in a session by the tests above"]
fn inside_a_keychain_without_a_keyring() {
    assert_eq!(Keychain::open("company").err(), Some(VaultError::KeychainNotSetUp));
}

#[test]
#[ignore = "played in a session by the tests above"]
fn inside_no_session_at_all() {
    assert_eq!(Keychain::open("company").err(), Some(VaultError::NoKeychain));
}
