//! What the tests of the calls share.
#![allow(
    dead_code,
    clippy::unwrap_used,
    reason = "each test file uses its part, and may fail where it stands"
)]

use std::path::PathBuf;

use serde_json::Value;
use wire::{Request, Response};

/// A request as text: method and path, then a line for each parameter, then the body.
pub fn shown(request: &Request) -> String {
    let mut lines = vec![format!("{} {}", request.method.as_str(), request.path)];
    lines.extend(request.query.iter().map(|(name, value)| format!("{name}={value}")));
    if !request.body.is_empty() {
        lines.push(String::from_utf8(request.body.clone()).unwrap());
    }
    lines.join("\n")
}

/// A good answer with this body.
pub fn answer(body: &Value) -> Response {
    let headers = vec![("content-type".to_owned(), "application/json".to_owned())];
    Response {
        status: 200,
        headers,
        body: body.to_string().into_bytes(),
    }
}

/// A published file as JSON, or nothing when it is not at hand.
pub fn reference(file: &str) -> Option<Value> {
    let default = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/reference");
    let root = std::env::var_os("PASSERELLE_REFERENCE").map_or_else(|| PathBuf::from(default), PathBuf::from);
    let file = root.join(file);
    let Ok(text) = std::fs::read_to_string(&file) else {
        eprintln!("skipped: {} is not there", file.display());
        return None;
    };
    Some(serde_json::from_str(&text).unwrap())
}

/// The published sample answers (2xx) of an operation, or nothing when the models are not at hand.
pub fn sandbox(model: &str, path: &str, method: &str) -> Option<Vec<Value>> {
    let model = reference(&format!("sp-api-models/models/{model}"))?;
    let responses = model["paths"][path][method]["responses"].as_object().unwrap();
    let good = responses.iter().filter(|(status, _)| status.starts_with('2'));
    let samples = good.flat_map(|(_, response)| {
        response["x-amzn-api-sandbox"]["static"]
            .as_array()
            .into_iter()
            .flatten()
    });
    Some(
        samples
            .map(|sample| sample["response"].clone())
            .filter(|response| !response.is_null())
            .collect(),
    )
}
