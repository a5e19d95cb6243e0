//! A request, taken apart.

use chrono::{DateTime, Utc};
use percent_encoding::percent_decode_str;
use serde_json::Value;
use wire::{Message, Method};

use crate::faults::Fault;
use crate::market::{self, Region};
use crate::time::read_instant;

use super::answer::{Answer, Outcome, refuse};

/// A request as the operations read it.
pub struct Asked {
    /// Method.
    pub method: Method,
    /// Path segments, decoded.
    pub path: Vec<String>,
    /// The raw path, for restricted tokens.
    pub raw_path: String,
    /// Query parameters, decoded.
    pub query: Vec<(String, String)>,
    /// Headers.
    pub headers: Vec<(String, String)>,
    /// Body.
    pub body: Vec<u8>,
    /// The region whose host was called.
    pub region: Region,
    /// Where documents are fetched from, when not from the vendors' host names.
    pub document_root: Option<String>,
    /// What goes wrong within this answer.
    pub fault: Option<Fault>,
    /// The instant at which the request arrived.
    pub now: DateTime<Utc>,
}

impl Asked {
    /// Takes a message apart.
    pub fn new(message: &Message, region: Region, now: DateTime<Utc>) -> Self {
        let (raw_path, query) = split(&message.url);
        Self {
            method: message.method,
            path: raw_path
                .split('/')
                .filter(|part| !part.is_empty())
                .map(decoded)
                .collect(),
            raw_path,
            query,
            headers: message.headers.clone(),
            body: message.body.clone(),
            region,
            document_root: None,
            fault: None,
            now,
        }
    }

    /// The first header of that name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// A query parameter that is given once; an empty one counts as not given.
    pub fn one(&self, name: &str) -> Option<&str> {
        self.query
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
            .filter(|value| !value.is_empty())
    }

    /// A list parameter: repeated, or with commas.
    pub fn many(&self, name: &str) -> Vec<String> {
        let values = self.query.iter().filter(|(key, _)| key == name);
        values
            .flat_map(|(_, value)| value.split(','))
            .filter(|value| !value.is_empty())
            .map(str::to_owned)
            .collect()
    }

    /// A list parameter of which each value must be known.
    pub fn known(&self, name: &str, values: &[&str]) -> Outcome<Vec<String>> {
        let given = self.many(name);
        match given.iter().find(|value| !values.contains(&value.as_str())) {
            Some(wrong) => refuse(Answer::invalid(&format!("Invalid value '{wrong}' for {name}"))),
            None => Ok(given),
        }
    }

    /// A whole number between two bounds.
    pub fn number(&self, name: &str, low: usize, high: usize, default: usize) -> Outcome<usize> {
        let Some(text) = self.one(name) else { return Ok(default) };
        match text.parse() {
            Ok(number) if (low..=high).contains(&number) => Ok(number),
            _ => refuse(Answer::invalid(&format!("{name} must be between {low} and {high}"))),
        }
    }

    /// An instant in ISO 8601.
    pub fn instant(&self, name: &str) -> Outcome<Option<DateTime<Utc>>> {
        let Some(text) = self.one(name) else { return Ok(None) };
        match read_instant(text) {
            Some(at) => Ok(Some(at)),
            None => refuse(Answer::invalid(&format!("{name} is not in ISO 8601 format"))),
        }
    }

    /// `marketplaceIds` of a JSON body: 1 to 25 of this region.
    pub fn markets(&self, body: &Value) -> Outcome<Vec<String>> {
        let ids = body["marketplaceIds"].as_array().into_iter().flatten();
        let markets: Vec<String> = ids.filter_map(|id| id.as_str().map(str::to_owned)).collect();
        let here = |id: &String| market::by_id(id).is_some_and(|known| known.region == self.region);
        if (1..=25).contains(&markets.len()) && markets.iter().all(here) {
            return Ok(markets);
        }
        refuse(Answer::invalid(
            "marketplaceIds must name 1 to 25 marketplaces of this region",
        ))
    }

    /// The JSON body.
    pub fn json(&self) -> Outcome<Value> {
        serde_json::from_slice(&self.body).or_else(|_| refuse(Answer::invalid("The request body is not valid JSON")))
    }
}

/// Path and decoded query of an address.
pub fn split(url: &str) -> (String, Vec<(String, String)>) {
    match url::Url::parse(url) {
        Ok(parsed) => {
            let query = parsed
                .query_pairs()
                .map(|(name, value)| (name.into_owned(), value.into_owned()))
                .collect();
            (parsed.path().to_owned(), query)
        }
        Err(_) => (String::new(), Vec::new()),
    }
}

fn decoded(part: &str) -> String {
    percent_decode_str(part).decode_utf8_lossy().into_owned()
}
