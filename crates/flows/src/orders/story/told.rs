//! A decision as readable text.

use netsuite::RecordType;
use rust_decimal::Decimal;
use serde_json::Value;

use crate::flow::{Decision, Instead, Step, Write};

/// A decision as readable text.
pub(super) fn tell(decision: &Decision) -> String {
    match decision {
        Err(Instead::Skip { reason }) => format!("skip {}", reason.id),
        Err(Instead::Wait { reason }) => format!("wait {}", reason.id),
        Err(Instead::Ask { problems } | Instead::Partly { problems, .. }) => {
            let mut lines: Vec<String> = problems
                .iter()
                .map(|problem| format!("ask {}", problem.cause))
                .collect();
            lines.sort();
            lines.join("\n")
        }
        Ok(steps) => steps.iter().map(tell_step).collect::<Vec<_>>().join("\n"),
    }
}

fn tell_step(step: &Step) -> String {
    let mut told = match &step.write {
        Write::Local(write) => {
            return format!(
                "keep {}",
                serde_json::to_value(write).unwrap()["keep"].as_str().unwrap()
            );
        }
        Write::Amazon(write) => return format!("to Amazon: {write:?}"),
        Write::NetSuite(netsuite::Write::Create {
            record,
            external_id,
            body,
        }) => {
            format!("create {} {external_id}\n{}", word(*record), tell_body(body))
        }
        Write::NetSuite(netsuite::Write::Transform {
            to, external_id, body, ..
        }) => {
            format!("transform into {} {external_id}\n{}", word(*to), tell_body(body))
        }
        Write::NetSuite(netsuite::Write::Update { record, body, .. }) => format!("update {}\n{body}", word(*record)),
        Write::NetSuite(netsuite::Write::Delete { record, .. }) => format!("delete {}", word(*record)),
    };
    for need in &step.needs {
        told = format!("{told}\nneeds {need}");
    }
    if let Some(crate::flow::Expect::Total { total, tolerance }) = &step.expect {
        told = format!("{told}\ntotal {total} ± {tolerance}");
    }
    told
}

fn word(record: RecordType) -> String {
    serde_json::to_value(record).unwrap().as_str().unwrap().to_owned()
}

fn tell_body(body: &Value) -> String {
    let mut lines = Vec::new();
    for field in [
        "entity",
        "tranDate",
        "otherRefNum",
        "orderStatus",
        "shipMethod",
        "account",
        "shippingCost",
        "companyName",
        "lastName",
        "comments",
        "category",
    ] {
        match &body[field] {
            Value::Null => (),
            Value::Object(reference) => lines.push(format!(
                "{field} {}",
                reference.values().next().unwrap().as_str().unwrap()
            )),
            Value::String(text) => lines.push(format!("{field} {text}")),
            other => lines.push(format!("{field} {other}")),
        }
    }
    for (name, value) in body.as_object().into_iter().flatten() {
        if ["custbody_", "custentity_"]
            .iter()
            .any(|custom| name.starts_with(custom))
        {
            lines.push(format!("{name} {value}"));
        }
    }
    for parcel in body["package"]["items"].as_array().into_iter().flatten() {
        lines.push(format!("parcel {}", parcel["packageTrackingNumber"].as_str().unwrap()));
    }
    for line in body["item"]["items"].as_array().into_iter().flatten() {
        lines.push(tell_line(line));
    }
    for tax in body["taxDetails"]["items"].as_array().into_iter().flatten() {
        lines.push(format!(
            "tax {} on {} = {}",
            tax["taxCode"]["id"].as_str().unwrap(),
            tax["taxBasis"],
            tax["taxAmount"]
        ));
    }
    lines.join("\n")
}

fn tell_line(line: &Value) -> String {
    if let Some(number) = line["orderLine"].as_u64() {
        return match line["quantity"].as_number() {
            Some(units) => format!("line {number}: {units}"),
            None => format!("line {number}: none"),
        };
    }
    let item = line["item"]["id"].as_str().unwrap();
    let amount = line["amount"].to_string();
    let Some(quantity) = line["quantity"].as_number() else {
        return format!("{item} {amount}");
    };
    let (units, rate): (Decimal, Decimal) = (
        quantity.to_string().parse().unwrap(),
        line["rate"].to_string().parse().unwrap(),
    );
    let exact: Decimal = amount.parse().unwrap();
    let at = if units * rate == exact {
        String::new()
    } else {
        format!(" at {rate}")
    };
    format!("{units} × {item} {amount}{at}")
}
