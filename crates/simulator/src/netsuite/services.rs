//! What stands where below `/services/rest`.

use serde_json::{Map, Value, json};
use wire::{Method, Response};

use super::custom;
use super::envelope::{Outcome, Refused, json_response, no_content, typed};
use super::filter::Filter;
use super::jobs;
use super::kind::Kind;
use super::records::{self, Asker, Written};
use super::request::Request;
use super::show::View;
use super::store::Store;
use super::suiteql;

/// Answers one request that was let in. The caller holds the database transaction.
pub(super) fn answer(store: &Store, request: &Request, person: bool) -> Outcome<Response> {
    let segments = request.segments();
    if segments.first() == Some(&"record") && jobs::is_asynchronous(request) {
        return jobs::submit(store, request);
    }
    match segments.as_slice() {
        ["async", "v1", "job", rest @ ..] if request.method == Method::Get => jobs::answer(store, request, rest),
        ["record", "v1", "metadata-catalog", rest @ ..] => metadata(store, request, rest),
        ["record", "v1", rest @ ..] => record(store, request, rest, person),
        ["query", "v1", "suiteql"] => query(store, request),
        ["system", "v1", "serverTime"] if request.method == Method::Get => Ok(json_response(
            200,
            &json!({ "serverTime": store.now.format("%Y-%m-%dT%H:%M:%SZ").to_string() }),
        )),
        _ => Err(unknown_address()),
    }
}

fn unknown_address() -> Refused {
    Refused::new(404, "NOT_FOUND", "The requested resource does not exist.")
}

fn record(store: &Store, request: &Request, rest: &[&str], person: bool) -> Outcome<Response> {
    let replace: Vec<String> = request
        .parameter("replace")
        .map(|names| names.split(',').map(|name| name.trim().to_owned()).collect())
        .unwrap_or_default();
    let strict = request
        .header("x-netsuite-propertynamevalidation")
        .is_some_and(|value| value.eq_ignore_ascii_case("error"));
    let asker = Asker {
        person,
        strict,
        replace: &replace,
    };
    if request.method == Method::Get {
        return read(store, request, rest);
    }
    let written = match (request.method, rest) {
        (Method::Post, [name]) => {
            let kind = kind_named(store, name)?;
            (kind, records::create(store, kind, &request.object()?, asker)?)
        }
        (Method::Patch, [name, id]) => {
            let kind = kind_named(store, name)?;
            let id = records::address(store, kind, id)?;
            (kind, records::update(store, kind, id, &request.object()?, asker)?)
        }
        (Method::Put, [name, id]) => {
            let (kind, words) = (
                kind_named(store, name)?,
                "A PUT request must address the record by its external ID.",
            );
            let external = id
                .strip_prefix("eid:")
                .ok_or_else(|| Refused::new(400, "INVALID_PARAMETER", words))?;
            (kind, records::upsert(store, kind, external, &request.object()?, asker)?)
        }
        (Method::Delete, [name, id]) => {
            let kind = kind_named(store, name)?;
            records::delete(store, kind, records::address(store, kind, id)?, asker)?;
            return Ok(no_content(None));
        }
        (Method::Post, [name, id, "!transform", target]) => {
            let (from, to) = (kind_named(store, name)?, kind_named(store, target)?);
            let id = records::address(store, from, id)?;
            let body = request.object()?;
            if request.is_preview() {
                return preview(store, request, from, id, to, &body, asker);
            }
            (to, records::transform(store, from, id, to, &body, asker)?)
        }
        _ => return Err(not_allowed()),
    };
    Ok(location(&request.origin, written.0, &written.1))
}

/// A list, a record, a sublist, or one line of it.
fn read(store: &Store, request: &Request, rest: &[&str]) -> Outcome<Response> {
    let (name, id, below) = match rest {
        [name] => return list(store, request, kind_named(store, name)?),
        [name, id, below @ ..] => (name, id, below),
        [] => return Err(unknown_address()),
    };
    let kind = kind_named(store, name)?;
    let found = records::existing(store, kind, records::address(store, kind, id)?)?;
    let view = view(request);
    let shown = match below {
        [] => Some(view.record(store, &found)?),
        [sublist] => view.sublist(store, &found, sublist)?,
        [sublist, line] => view.line(store, &found, sublist, line)?,
        _ => None,
    };
    Ok(json_response(200, &shown.ok_or_else(unknown_address)?))
}

fn kind_named(store: &Store, name: &str) -> Outcome<Kind> {
    let words = || {
        Refused::new(
            404,
            "NONEXISTENT_RECORD_TYPE",
            format!("Record type '{name}' does not exist."),
        )
    };
    let kind = Kind::named(name).ok_or_else(words)?;
    if custom::knows(store, kind)? {
        Ok(kind)
    } else {
        Err(words())
    }
}

fn not_allowed() -> Refused {
    Refused::new(
        405,
        "METHOD_NOT_ALLOWED",
        "The method is not allowed for this resource.",
    )
}

/// What a transform would hold, without saving: a dry run (netsuite.md §1).
fn preview(
    store: &Store,
    request: &Request,
    from: Kind,
    id: i64,
    to: Kind,
    body: &Map<String, Value>,
    asker: Asker,
) -> Outcome<Response> {
    let source = records::existing(store, from, id)?;
    let mut reading = super::check::Reading::new(store, asker.strict);
    let body = reading.record(to, body)?;
    let (mut draft, _) = records::drafted(store, &source, to, &body, asker)?;
    super::rules::settle(store, &mut draft, true)?;
    draft.id = 0;
    Ok(json_response(200, &view(request).record(store, &draft)?))
}

fn view(request: &Request) -> View {
    let on = |name: &str| {
        request
            .parameter(name)
            .is_some_and(|value| value.eq_ignore_ascii_case("true"))
    };
    View {
        origin: request.origin.clone(),
        expand: on("expandSubResources"),
        fields: request
            .parameter("fields")
            .map(|names| names.split(',').map(|name| name.trim().to_owned()).collect())
            .unwrap_or_default(),
        simple_enums: on("simpleEnumFormat"),
    }
}

fn location(origin: &str, kind: Kind, written: &Written) -> Response {
    let mut answer = no_content(Some(format!(
        "{origin}/services/rest/record/v1/{}/{}",
        kind.name(),
        written.id
    )));
    if !written.dropped.is_empty() {
        let names = written.dropped.join(", ");
        answer.headers.push((
            "warning".to_owned(),
            format!("299 - \"Unknown properties were ignored: {names}\""),
        ));
    }
    answer
}

fn list(store: &Store, request: &Request, kind: Kind) -> Outcome<Response> {
    let (limit, offset) = suiteql::paging(request.parameter("limit"), request.parameter("offset"))?;
    let mut ids = store.ids(kind)?;
    if let Some(text) = request.parameter("q") {
        let filter = Filter::read(kind, text)?;
        let mut fitting = Vec::new();
        for id in ids {
            if filter.fits(&store.need(kind.space(), id)?)? {
                fitting.push(id);
            }
        }
        ids = fitting;
    }
    let here = format!("{}/services/rest/record/v1/{}", request.origin, kind.name());
    let items: Vec<Value> = ids
        .iter()
        .skip(offset)
        .take(limit)
        .map(|id| json!({ "links": [{ "rel": "self", "href": format!("{here}/{id}") }], "id": id.to_string() }))
        .collect();
    let more = offset + items.len() < ids.len();
    let body = json!({
        "links": page_links(&here, limit, offset, more), "count": items.len(), "hasMore": more, "offset": offset,
        "totalResults": ids.len(), "items": items,
    });
    Ok(collection(&body))
}

fn query(store: &Store, request: &Request) -> Outcome<Response> {
    if request.method != Method::Post {
        return Err(not_allowed());
    }
    if !request.prefers("transient") {
        return Err(Refused::new(
            400,
            "INVALID_HEADER",
            "Required header Prefer with the value transient is missing.",
        ));
    }
    let body = request.object()?;
    let text = body
        .get("q")
        .and_then(Value::as_str)
        .ok_or_else(|| Refused::content("Invalid content in the request body. The property q is required."))?;
    let parameters = body
        .get("params")
        .and_then(Value::as_array)
        .cloned()
        .unwrap_or_default();
    let (limit, offset) = suiteql::paging(request.parameter("limit"), request.parameter("offset"))?;
    let page = suiteql::run(store, text, &parameters, limit, offset)?;
    let here = format!("{}/services/rest/query/v1/suiteql", request.origin);
    let body = json!({
        "links": page_links(&here, limit, page.offset, page.more), "count": page.items.len(), "hasMore": page.more,
        "items": page.items, "offset": page.offset, "totalResults": page.total,
    });
    Ok(collection(&body))
}

fn page_links(here: &str, limit: usize, offset: usize, more: bool) -> Value {
    let link =
        |rel: &str, offset: usize| json!({ "rel": rel, "href": format!("{here}?limit={limit}&offset={offset}") });
    let mut links = vec![link("self", offset)];
    if more {
        links.push(link("next", offset + limit));
    }
    if offset > 0 {
        links.push(link("previous", offset.saturating_sub(limit)));
    }
    Value::Array(links)
}

fn collection(body: &Value) -> Response {
    typed(200, "application/vnd.oracle.resource+json; type=collection", body)
}

/// Which record types there are, and the properties of one as a JSON schema (netsuite.md §7).
fn metadata(store: &Store, request: &Request, rest: &[&str]) -> Outcome<Response> {
    let here = format!("{}/services/rest/record/v1/metadata-catalog", request.origin);
    if let [name] = rest {
        let kind = kind_named(store, name).map_err(|_| unknown_address())?;
        let mut properties = Map::new();
        for field in kind.fields(store.has("SUITETAX")) {
            properties.insert(
                field.name.to_owned(),
                json!({ "type": field.shape.json_type(), "readOnly": field.read_only }),
            );
        }
        for custom in &store.custom_fields {
            if custom.starts_with(custom_prefix(kind)) {
                properties.insert(custom.clone(), json!({ "type": "string", "x-ns-custom-field": true }));
            }
        }
        return Ok(json_response(
            200,
            &json!({ "type": "object", "properties": properties }),
        ));
    }
    let wanted = request
        .parameter("select")
        .map(|names| names.split(',').map(str::to_lowercase).collect::<Vec<_>>());
    let package = custom::knows(store, Kind::AmazonSettlement)?;
    let items: Vec<Value> = Kind::ALL
        .into_iter()
        .filter(|kind| package || !kind.is_custom())
        .filter(|kind| wanted.as_ref().is_none_or(|names| names.contains(&kind.name().to_lowercase())))
        .map(|kind| json!({ "name": kind.name(), "links": [{ "rel": "canonical", "href": format!("{here}/{}", kind.name()) }] }))
        .collect();
    Ok(json_response(
        200,
        &json!({ "links": [{ "rel": "self", "href": here }], "items": items }),
    ))
}

fn custom_prefix(kind: Kind) -> &'static str {
    match kind {
        Kind::Customer => "custentity",
        kind if kind.is_transaction() => "custbody",
        _ => "custitem",
    }
}
