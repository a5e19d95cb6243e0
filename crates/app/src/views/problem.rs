//! One error in full: what was sent, what came back, and which fields a person may change before trying again
//! (CMN-24, CMN-26).

use mapping::{Fields, Place, fields as kinds};
use serde_json::{Map, Value, json};
use store::problems::{self, Problem};
use store::steps::{self, Step, StepState};
use store::{Store, attempts, decisions};

use super::documents::Pages;
use super::problems::row;
use super::runs::step_state;
use super::sides::sides;
use crate::contract::{Attempt, EditableField, EditedField, ProblemView, Refusal};

/// What people see in place of buyer data.
const MASK: &str = "•••";

/// One error in full.
pub fn view(store: &Store, id: &str) -> Result<ProblemView, Refusal> {
    let number: i64 = id.parse().map_err(|_| Refusal::bad_request("id", id))?;
    let view = store.read(|db| {
        let Some(problem) = problems::get(db, number)? else {
            return Ok(None);
        };
        let step = steps::get(db, problem.step.as_deref().unwrap_or_default())?;
        let attempts = match &step {
            Some(step) => attempts::of_step(db, &step.name)?,
            None => Vec::new(),
        };
        let pages = Pages::of(db)?;
        let decision = decisions::current(db, &problem.flow, &problem.account, &problem.key)?;
        let document = store::links::of_key(db, Some("order"), &problem.key)?
            .iter()
            .find_map(|link| pages.document(link));
        Ok(Some(ProblemView {
            row: row(&problem, &pages),
            document,
            sides: sides(&problem, decision.as_ref().map(|decision| &decision.evidence)),
            fields: step.as_ref().map(fields).unwrap_or_default(),
            technical: technical(&problem, step.as_ref()),
            attempts: attempts.iter().rev().map(attempt).collect(),
        }))
    })?;
    view.ok_or_else(|| Refusal::not_found(id))
}

fn attempt(attempt: &attempts::Attempt) -> Attempt {
    Attempt {
        at: attempt.started_at.to_rfc3339(),
        kind: attempt.kind.word().to_owned(),
        answer: attempt
            .outcome
            .as_ref()
            .and_then(|outcome| serde_json::to_string_pretty(outcome).ok()),
    }
}

/// Everything that support needs, buyer data masked.
fn technical(problem: &Problem, step: Option<&Step>) -> String {
    let request = step.map(|step| json!({"name": step.name, "state": step_state(step), "write": step.body}));
    let answer = step.and_then(|step| step.failure.clone());
    let all = json!({
        "code": problem.code, "cause": problem.cause, "flow": problem.flow, "account": problem.account,
        "about": problem.about, "request": request, "answer": answer,
    });
    serde_json::to_string_pretty(&all).unwrap_or_default()
}

/// The fields of the record that a write makes or changes.
pub(crate) fn body(step: &Step) -> Map<String, Value> {
    let body = step.body.pointer("/write/body").and_then(Value::as_object);
    body.cloned().unwrap_or_default()
}

/// What rows may fill of such a record.
fn kind(step: &Step) -> &'static Fields {
    match serde_json::from_value(step.body.clone()) {
        Ok(flows::Write::NetSuite(write)) => flows::targets::fields_of(&write),
        _ => &kinds::SALE,
    }
}

/// What may be changed of a refused write: what a mapping could fill, with its present value or none.
fn fields(step: &Step) -> Vec<EditableField> {
    if step.state != StepState::Refused || step.body.pointer("/write/body").is_none() {
        return Vec::new();
    }
    let (body, kind) = (body(step), kind(step));
    let mut names: Vec<&str> = kind.open_at(Place::Body).collect();
    names.extend(
        body.keys()
            .map(String::as_str)
            .filter(|name| kind.may_map(Place::Body, name)),
    );
    names.sort_unstable_by_key(|name| (!body.contains_key(*name), *name));
    names.dedup();
    names
        .into_iter()
        .filter(|name| body.get(*name).is_none_or(|value| value != MASK))
        .map(|name| EditableField {
            field: name.to_owned(),
            value: body.get(name).map(text).unwrap_or_default(),
            reference: is_reference(name, body.get(name)),
        })
        .collect()
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Object(reference) => reference.get("id").map(text).unwrap_or_default(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

/// Whether a field names another record by its id.
fn is_reference(name: &str, value: Option<&Value>) -> bool {
    match value {
        Some(value) => value.is_object(),
        None => !matches!(name, "memo" | "message" | "comments") && !name.starts_with("cust"),
    }
}

/// The value that a person typed, in the form of the field; nothing for a field that no mapping could fill.
pub(crate) fn edited(step: &Step, field: &EditedField) -> Option<Value> {
    let body = body(step);
    if step.state != StepState::Refused || !kind(step).may_map(Place::Body, &field.field) {
        return None;
    }
    let typed = field.value.trim();
    let before = body.get(&field.field);
    Some(match before {
        _ if typed.is_empty() => Value::Null,
        Some(Value::Bool(_)) => Value::Bool(typed == "true"),
        before if is_reference(&field.field, before) => json!({"id": typed}),
        _ => Value::from(typed),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(state: StepState) -> Step {
        let at = "2026-11-23T08:00:00Z".parse().unwrap();
        Step {
            name: "AZN-SO-1".into(),
            decision: 1,
            flow: "mfn-orders".into(),
            account: "eu:A1".into(),
            key: "028-1".into(),
            title: domain::Text::new("step-create"),
            body: json!({"to": "net_suite", "write": {"do": "create", "record": "salesOrder", "body": {
                "entity": {"id": "7"}, "location": {"id": "2"}, "memo": "a", "custbody_gift": true,
                "custbody_buyer": "•••", "tranDate": "2026-11-23",
            }}}),
            sealed: None,
            body_hash: "h".into(),
            needs: Vec::new(),
            expect: None,
            hold: None,
            link: None,
            state,
            outcome: None,
            record: None,
            record_id: None,
            confirmed: false,
            tries: 1,
            next_at: None,
            failure: None,
            planned_at: at,
            changed_at: at,
        }
    }

    fn typed(field: &str, value: &str) -> EditedField {
        EditedField {
            field: field.into(),
            value: value.into(),
        }
    }

    #[test]
    fn cmn_26_only_what_a_mapping_could_fill_is_edited_and_keeps_its_form() {
        let refused = step(StepState::Refused);
        assert_eq!(edited(&refused, &typed("location", "5")), Some(json!({"id": "5"})));
        assert_eq!(edited(&refused, &typed("department", "9")), Some(json!({"id": "9"})));
        assert_eq!(edited(&refused, &typed("memo", " b ")), Some(json!("b")));
        assert_eq!(edited(&refused, &typed("custbody_gift", "false")), Some(json!(false)));
        assert_eq!(edited(&refused, &typed("memo", "")), Some(Value::Null));
        for locked in ["entity", "tranDate", "item", "total", "externalId", "exchangeRate"] {
            assert_eq!(edited(&refused, &typed(locked, "1")), None, "{locked}");
        }
        assert_eq!(edited(&step(StepState::Done), &typed("memo", "b")), None);
    }

    #[test]
    fn cmn_26_a_customer_or_bill_is_edited_in_its_own_fields() {
        let of = |write: Value| {
            let mut step = step(StepState::Refused);
            step.body = json!({"to": "net_suite", "write": write});
            step
        };
        let customer = of(
            json!({"do": "create", "record": "customer", "external_id": "AZN-CUST-1", "body": {
                "isPerson": false, "companyName": "Amazon DE 2026", "category": {"id": "3"},
            }}),
        );
        assert_eq!(edited(&customer, &typed("category", "5")), Some(json!({"id": "5"})));
        assert_eq!(edited(&customer, &typed("comments", "b")), Some(json!("b")));
        assert_eq!(edited(&customer, &typed("custentity_route", "b")), Some(json!("b")));
        for locked in ["companyName", "email", "memo", "location"] {
            assert_eq!(edited(&customer, &typed(locked, "1")), None, "{locked}");
        }
        let bill = of(
            json!({"do": "transform", "from": "salesOrder", "source": {"id": "7"}, "to": "invoice",
            "external_id": "AZN-BIV-1", "body": {"memo": "a", "tranDate": "2026-11-23"}}),
        );
        assert_eq!(edited(&bill, &typed("class", "5")), Some(json!({"id": "5"})));
        for locked in ["tranDate", "dueDate", "subsidiary", "shipMethod"] {
            assert_eq!(edited(&bill, &typed(locked, "1")), None, "{locked}");
        }
    }

    #[test]
    fn cmn_40_masked_fields_are_not_offered() {
        let offered = fields(&step(StepState::Refused));
        let names: Vec<&str> = offered.iter().map(|field| field.field.as_str()).collect();
        assert_eq!(&names[..3], ["custbody_gift", "location", "memo"]);
        assert!(!names.contains(&"custbody_buyer"), "{names:?}");
        assert!(fields(&step(StepState::Done)).is_empty());
    }
}
