//! A recording of exchanges as HAR 1.2, with secrets and buyer data masked (decisions.md, `--record`).

use std::io::{self, Write};
use std::sync::{Mutex, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::SecondsFormat;
use serde_json::{Value, json};

use crate::mask::{self, MASK};
use crate::record::{Exchanged, Recorder};

/// Keeps all exchanges, masked, in the order in which they ended.
#[derive(Default)]
pub struct Recording(Mutex<Vec<Value>>);

impl Recording {
    /// An empty recording.
    pub fn new() -> Self {
        Self::default()
    }

    /// Writes the archive.
    pub fn write_to(&self, out: impl Write) -> io::Result<()> {
        let entries = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let creator = json!({ "name": "Passerelle", "version": env!("CARGO_PKG_VERSION") });
        let log = json!({ "log": { "version": "1.2", "creator": creator, "entries": entries } });
        serde_json::to_writer_pretty(out, &log).map_err(io::Error::from)
    }
}

impl Recorder for Recording {
    fn record(&self, exchanged: &Exchanged<'_>) {
        let entry = entry(exchanged);
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(entry);
    }
}

/// One exchange as a HAR entry, masked.
pub fn entry(exchanged: &Exchanged<'_>) -> Value {
    let milliseconds = u64::try_from(exchanged.took.as_millis()).unwrap_or(u64::MAX);
    json!({
        "startedDateTime": exchanged.started.to_rfc3339_opts(SecondsFormat::Millis, true),
        "time": milliseconds,
        "request": request(exchanged),
        "response": response(exchanged),
        "cache": {},
        "timings": { "send": 0, "wait": milliseconds, "receive": 0 },
    })
}

fn request(exchanged: &Exchanged<'_>) -> Value {
    let message = exchanged.message;
    let url = mask::url(&message.url, exchanged.private);
    let kind = message.header("content-type").unwrap_or_default();
    let mut request = json!({
        "method": message.method.as_str(),
        "url": url,
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": headers(&message.headers),
        "queryString": query(&url),
        "headersSize": -1,
        "bodySize": message.body.len(),
    });
    if !message.body.is_empty() {
        let (text, _) = body(&message.body, kind, exchanged.private);
        request["postData"] = json!({ "mimeType": kind, "text": text });
    }
    request
}

fn response(exchanged: &Exchanged<'_>) -> Value {
    match exchanged.outcome {
        Ok(response) => {
            let kind = response.header("content-type").unwrap_or_default();
            let (text, encoding) = body(&response.body, kind, exchanged.private);
            let mut content = json!({ "size": response.body.len(), "mimeType": kind, "text": text });
            if let Some(encoding) = encoding {
                content["encoding"] = encoding.into();
            }
            json!({
                "status": response.status,
                "statusText": "",
                "httpVersion": "HTTP/1.1",
                "cookies": [],
                "headers": headers(&response.headers),
                "content": content,
                "redirectURL": "",
                "headersSize": -1,
                "bodySize": response.body.len(),
            })
        }
        Err(broken) => json!({
            "status": 0,
            "statusText": "",
            "httpVersion": "HTTP/1.1",
            "cookies": [],
            "headers": [],
            "content": { "size": 0, "mimeType": "" },
            "redirectURL": "",
            "headersSize": -1,
            "bodySize": -1,
            "comment": broken.to_string(),
        }),
    }
}

fn headers(headers: &[(String, String)]) -> Value {
    let one = |(name, value): &(String, String)| json!({ "name": name, "value": if mask::is_secret_header(name) { MASK } else { value } });
    headers.iter().map(one).collect()
}

fn query(url: &str) -> Value {
    let Some((_, query)) = url.split_once('?') else {
        return json!([]);
    };
    let pairs = url::form_urlencoded::parse(query.as_bytes());
    pairs
        .map(|(name, value)| json!({ "name": name, "value": value }))
        .collect()
}

fn body(bytes: &[u8], kind: &str, private: &[&str]) -> (String, Option<&'static str>) {
    match std::str::from_utf8(bytes) {
        Ok(text) => (mask::body(text, kind, private), None),
        Err(_) => (STANDARD.encode(bytes), Some("base64")),
    }
}
