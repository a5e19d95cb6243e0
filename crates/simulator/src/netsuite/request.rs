//! One incoming message taken apart.

use serde_json::{Map, Value};
use url::Url;
use wire::{Message, Method};

use super::envelope::{Outcome, Refused};

/// A request as the services look at it.
pub(super) struct Request {
    pub method: Method,
    /// Scheme, host and port by which the client reached us: links and locations start with it.
    pub origin: String,
    /// The address without its query, as an OAuth 1.0a signature covers it.
    pub address: String,
    /// Decoded segments below `/services/rest`.
    pub path: Vec<String>,
    pub query: Vec<(String, String)>,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Request {
    /// `None` when the address is not below `/services/rest`.
    pub fn read(message: &Message) -> Option<Self> {
        let url = Url::parse(&message.url).ok()?;
        let mut path: Vec<String> = url
            .path_segments()?
            .map(|part| {
                percent_encoding::percent_decode_str(part)
                    .decode_utf8_lossy()
                    .into_owned()
            })
            .filter(|part| !part.is_empty())
            .collect();
        if path.len() < 2 || path[0] != "services" || path[1] != "rest" {
            return None;
        }
        path.drain(..2);
        Some(Self {
            method: message.method,
            origin: url.origin().ascii_serialization(),
            address: url[..url::Position::AfterPath].to_owned(),
            path,
            query: url.query_pairs().into_owned().collect(),
            headers: message.headers.clone(),
            body: message.body.clone(),
        })
    }

    pub fn segments(&self) -> Vec<&str> {
        self.path.iter().map(String::as_str).collect()
    }

    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.query
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// Whether a `Prefer` header names this preference.
    pub fn prefers(&self, what: &str) -> bool {
        self.headers
            .iter()
            .filter(|(key, _)| key.eq_ignore_ascii_case("prefer"))
            .flat_map(|(_, value)| value.split([',', ';']))
            .any(|one| one.trim().eq_ignore_ascii_case(what))
    }

    /// The body as a JSON object; an empty body counts as `{}`.
    pub fn object(&self) -> Outcome<Map<String, Value>> {
        if self.body.iter().all(u8::is_ascii_whitespace) {
            return Ok(Map::new());
        }
        match serde_json::from_slice(&self.body) {
            Ok(Value::Object(fields)) => Ok(fields),
            Ok(_) => Err(Refused::content(
                "Invalid content in the request body. A JSON object is expected.",
            )),
            Err(error) => Err(Refused::content(format!(
                "Invalid content in the request body. {error}"
            ))),
        }
    }

    /// Changes something, so it waits as long as a write takes.
    pub fn writes(&self) -> bool {
        self.path.first().is_some_and(|service| service == "record") && self.method != Method::Get
    }
}

impl Request {
    /// A transform that is only looked at, not saved.
    pub fn is_preview(&self) -> bool {
        self.header("accept")
            .is_some_and(|accept| accept.contains("type=create-form"))
    }
}
