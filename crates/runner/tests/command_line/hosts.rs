//! The commands that stay: they say where they are, let nobody else in, and end when they are told to.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Stdio};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::layouts::{V2, balanced};
use crate::program::{command, passerelle};

/// A program that stays, ended when the test ends however that is.
struct Staying(Child);

impl Drop for Staying {
    fn drop(&mut self) {
        // One that has ended already needs no ending.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Staying {
    /// Starts it; with its first line of output.
    fn start(workspace: &Path, words: &[&str]) -> (Self, String) {
        let mut command = command(workspace, words);
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        (Self(child), line.trim().to_owned())
    }

    #[cfg(unix)]
    fn interrupted(mut self) -> i32 {
        let id = self.0.id().to_string();
        assert!(
            std::process::Command::new("kill")
                .args(["-INT", &id])
                .status()
                .unwrap()
                .success()
        );
        self.0.wait().unwrap().code().unwrap()
    }
}

/// The status of an answer, and its body.
fn asked(host: &str, method: &str, path: &str, headers: &[(&str, &str)]) -> (u16, String) {
    asked_with(host, method, path, headers, "")
}

fn asked_with(host: &str, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> (u16, String) {
    let mut stream = TcpStream::connect(host).unwrap();
    let size = body.len();
    let mut request = format!("{method} {path} HTTP/1.1\r\nconnection: close\r\ncontent-length: {size}\r\n");
    if !headers.iter().any(|(name, _)| *name == "host") {
        request.push_str(&["host: ", host, "\r\n"].concat());
    }
    for (name, value) in headers {
        request.push_str(&[name, ": ", value, "\r\n"].concat());
    }
    stream.write_all(format!("{request}\r\n{body}").as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let status = answer.split(' ').nth(1).unwrap().parse().unwrap();
    (status, answer.split_once("\r\n\r\n").unwrap().1.to_owned())
}

#[test]
fn decision_14_the_screens_are_served_to_whoever_has_the_token_and_to_nobody_else() {
    let folder = tempfile::tempdir().unwrap();
    let (serving, address) = Staying::start(folder.path(), &["serve", "--demo"]);
    let (host, token) = address
        .strip_prefix("http://")
        .and_then(|rest| rest.split_once("/?token="))
        .unwrap_or_else(|| panic!("no address: {address}"));
    assert!(host.starts_with("127.0.0.1:"));
    let with = ("x-passerelle-token", token);
    let (status, body) = asked(host, "POST", "/call/status", &[with]);
    assert_eq!(status, 200, "{body}");
    assert!(body.contains("\"demo\":true"), "{body}");
    let refusals = [
        (asked(host, "POST", "/call/status", &[]), 401),
        (
            asked(host, "POST", "/call/status", &[("x-passerelle-token", "guessed")]),
            401,
        ),
        (asked(host, "GET", "/events?token=guessed", &[]), 401),
        (
            asked(host, "POST", "/call/status", &[with, ("host", "evil.example")]),
            403,
        ),
        (
            asked(
                host,
                "POST",
                "/call/status",
                &[with, ("origin", "https://evil.example")],
            ),
            403,
        ),
        (asked(host, "POST", "/call/no_such_command", &[with]), 404),
    ];
    for ((status, body), wanted) in refusals {
        assert_eq!(status, wanted, "{body}");
    }

    // R3 #34: a second start is told, in words, and changes nothing.
    let second = passerelle(folder.path(), &["sync", "--demo", "--lang", "en"]);
    assert!(
        second.code == 2 && second.err.contains("open in another Passerelle"),
        "{second:?}"
    );
    let third = passerelle(folder.path(), &["restore", "any", "--demo", "--lang", "en"]);
    assert_eq!(third.code, 2);
    assert_eq!(
        asked(host, "POST", "/call/status", &[with]).0,
        200,
        "the first one goes on"
    );
    #[cfg(unix)]
    assert_eq!(serving.interrupted(), 0, "an interrupt ends it in order");
    assert_eq!(passerelle(folder.path(), &["doctor", "--demo"]).code, 0);
}

/// A settlement of about so many megabytes, proved by its total.
fn large(id: &str, megabytes: usize) -> String {
    let mut text = balanced(id, &V2);
    let row = "ID\t\t\t\t\t\tServiceFee\t\t\t\t\t\tCost of Advertising\tTransactionTotalAmount\t0.00\t\t2026-10-03\t\
               2026-10-03 01:02:03 UTC\t\t\t\t\t\t\n"
        .replacen("ID", id, 1);
    while text.len() < megabytes << 20 {
        text.push_str(&row);
    }
    text
}

/// What the page does: a file of any size goes over in pieces, a small one at once; more than a request may hold is
/// refused in words.
#[test]
fn set_04_a_large_file_is_taken_by_the_local_host_at_once_or_in_pieces() {
    let folder = tempfile::tempdir().unwrap();
    let (_serving, address) = Staying::start(folder.path(), &["serve", "--demo"]);
    let (host, token) = address.strip_prefix("http://").unwrap().split_once("/?token=").unwrap();
    let ask = |command: &str, request: Value| {
        let headers = [("x-passerelle-token", token)];
        let path = format!("/call/{command}");
        let (status, body) = asked_with(host, "POST", &path, &headers, &request.to_string());
        let answer: Value = serde_json::from_str(&body).unwrap_or_else(|wrong| panic!("{wrong}: {body}"));
        (status, answer)
    };
    let content = STANDARD.encode(large("900000001", 5));
    let (status, imported) = ask("import_settlement", json!({"name": "five.txt", "content": content}));
    assert_eq!(
        (status, &imported["settlements"]),
        (200, &json!(["900000001"])),
        "{imported}"
    );

    let file = large("900000002", 5);
    let mut upload = Value::Null;
    for piece in file.as_bytes().chunks(600_000) {
        let (status, answer) = ask("upload", json!({"upload": upload, "content": STANDARD.encode(piece)}));
        assert_eq!(status, 200, "{answer}");
        upload = answer["upload"].clone();
    }
    let last = json!({"name": "pieces.txt", "upload": upload, "content": ""});
    let (status, imported) = ask("import_settlement", last.clone());
    assert_eq!(
        (status, &imported["settlements"]),
        (200, &json!(["900000002"])),
        "{imported}"
    );
    assert_eq!(
        ask("import_settlement", last).1["code"],
        "not_found",
        "an upload is used once"
    );

    let too_much = STANDARD.encode(vec![b' '; 13 << 20]);
    let (status, refused) = ask("import_settlement", json!({"name": "huge.txt", "content": too_much}));
    assert_eq!((status, &refused["code"]), (413, &json!("too_large")));
    assert_eq!(refused["said"]["id"], "error-too-large");
}

#[test]
fn a_workspace_that_is_open_is_never_replaced() {
    let folder = tempfile::tempdir().unwrap();
    passerelle(folder.path(), &["doctor", "--demo"]);
    let copy = folder.path().join("copy.backup");
    passerelle(folder.path(), &["backup", copy.to_str().unwrap(), "--demo"]);
    let (serving, _) = Staying::start(folder.path(), &["serve", "--demo"]);
    let refused = passerelle(
        folder.path(),
        &["restore", copy.to_str().unwrap(), "--demo", "--lang", "en"],
    );
    assert!(
        refused.code == 2 && refused.err.contains("open in another"),
        "{refused:?}"
    );
    drop(serving);
    assert_eq!(
        passerelle(folder.path(), &["restore", copy.to_str().unwrap(), "--demo"]).code,
        0
    );
}

#[test]
fn the_simulator_describes_itself_and_ends_with_its_input() {
    let folder = tempfile::tempdir().unwrap();
    let (mut serving, line) = Staying::start(folder.path(), &["simulator", "--seed", "3", "--company", "empty"]);
    let described: Value = serde_json::from_str(&line).unwrap();
    for pointer in [
        "/amazon/endpoints/na",
        "/amazon/endpoints/eu",
        "/amazon/endpoints/fe",
        "/amazon/lwa_token_url",
        "/amazon/client_id",
        "/amazon/client_secret",
        "/amazon/refresh_tokens/eu",
        "/amazon/seller_id",
        "/netsuite/account",
        "/netsuite/base_url",
        "/netsuite/token_url",
        "/netsuite/oauth2/client_id",
        "/netsuite/oauth2/certificate_id",
        "/netsuite/oauth2/private_key_pem",
        "/netsuite/tba/consumer_key",
        "/netsuite/tba/consumer_secret",
        "/netsuite/tba/token_id",
        "/netsuite/tba/token_secret",
        "/control/url",
    ] {
        let found = described.pointer(pointer).and_then(Value::as_str);
        assert!(found.is_some_and(|text| !text.is_empty()), "{pointer} in {line}");
    }
    assert!(described["amazon"]["marketplaces"].is_array());
    let control = described["control"]["url"].as_str().unwrap();
    let host = control.strip_prefix("http://").unwrap().trim_end_matches('/');
    assert_eq!(asked(host, "GET", "/books", &[]).0, 200);

    // Another program works on it through its line alone.
    let services = folder.path().join("services.json");
    std::fs::write(&services, &line).unwrap();
    let ran = passerelle(
        folder.path(),
        &[
            "sync",
            "mfn-orders",
            "--services",
            services.to_str().unwrap(),
            "--json",
            "--quiet",
        ],
    );
    assert_eq!(ran.code, 0, "{ran:?}");
    drop(serving.0.stdin.take());
    assert_eq!(serving.0.wait().unwrap().code(), Some(0), "its input ended");
}

#[test]
fn the_demo_can_be_told_in_three_sentences() {
    let folder = tempfile::tempdir().unwrap();
    let ran = passerelle(
        folder.path(),
        &["demo", "--once", "--quiet", "--lang", "en", "--seed", "5"],
    );
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.out.lines().count() == 3 && !ran.out.contains("story-"), "{ran:?}");
}
