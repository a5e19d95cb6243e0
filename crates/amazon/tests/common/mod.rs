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

/// A published model as JSON Schema for one of its definitions.
fn schema_of(model: &Value, definition: &str) -> jsonschema::Validator {
    let mut schema = model["definitions"][definition].clone();
    assert!(schema.is_object(), "{definition} is not defined");
    schema["definitions"] = model["definitions"].clone();
    schema["$schema"] = "http://json-schema.org/draft-04/schema#".into();
    jsonschema::validator_for(&schema).unwrap()
}

/// Fails with everything in a value that a schema does not allow.
pub fn valid(validator: &jsonschema::Validator, value: &Value) {
    let wrong: Vec<String> = validator.iter_errors(value).map(|error| error.to_string()).collect();
    assert!(wrong.is_empty(), "{wrong:?} in {value}");
}

/// Fails where a request has a parameter, a word, a count or a body that the published model does not allow, or lacks one
/// that it requires. Says nothing where the models are not at hand.
pub fn fits_model(file: &str, path: &str, request: &Request) {
    let Some(model) = reference(&format!("sp-api-models/models/{file}")) else {
        return;
    };
    let method = request.method.as_str().to_lowercase();
    let parameters = model["paths"][path][&method]["parameters"].as_array().unwrap();
    let of = |place: &str| {
        parameters
            .iter()
            .filter(move |one| one["in"] == *place)
            .collect::<Vec<_>>()
    };
    for (name, value) in &request.query {
        let known = of("query").into_iter().find(|one| one["name"] == **name);
        let known = known.unwrap_or_else(|| panic!("{path} has no {name}"));
        allowed(known, name, value);
    }
    for needed in of("query").into_iter().filter(|one| one["required"] == true) {
        assert!(
            request.query.iter().any(|(name, _)| needed["name"] == **name),
            "{path} needs {needed}"
        );
    }
    match of("body").first() {
        Some(body) => {
            let definition = body["schema"]["$ref"].as_str().unwrap().rsplit('/').next().unwrap();
            let sent = serde_json::from_slice(&request.body).unwrap();
            valid(&schema_of(&model, definition), &sent);
        }
        None => assert!(request.body.is_empty(), "{path} takes no body"),
    }
    let parts = |path: &str| path.matches('/').count();
    assert_eq!(parts(path), parts(&request.path), "{}", request.path);
}

fn allowed(known: &Value, name: &str, value: &str) {
    let is_list = known["type"] == "array";
    let values: Vec<&str> = if is_list {
        value.split(',').collect()
    } else {
        vec![value]
    };
    if let Some(most) = known["maxItems"].as_u64() {
        assert!(values.len() as u64 <= most, "{name} takes at most {most}");
    }
    let words = if is_list {
        &known["items"]["enum"]
    } else {
        &known["enum"]
    };
    for value in values {
        if let Some(words) = words.as_array() {
            assert!(words.iter().any(|word| word == value), "{name} may not be {value}");
        }
        if let Some(most) = known["maximum"].as_u64() {
            assert!(value.parse::<u64>().unwrap() <= most, "{name} may not be {value}");
        }
    }
}
