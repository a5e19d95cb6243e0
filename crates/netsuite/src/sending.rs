//! From a [`Write`] to the call that performs it, and to the read that tells whether it happened (netsuite.md §2, §13).

use domain::ExternalId;
use serde::Deserialize;
use serde_json::{Map, Value};
use wire::{Call, Method, Misread, Quota, Request, Response};

use crate::records::{ROOT, Read, Which};
use crate::write::{RecordId, RecordType, Target, Write};

/// A write needs a record whose id is not known yet: the step waits (decision 28).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0} is not there yet")]
pub struct Missing(pub ExternalId);

/// A write, ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WriteCall {
    request: Request,
    about: Option<RecordId>,
}

/// What a write produced or changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// NetSuite's id of the record.
    pub id: RecordId,
}

impl Call for WriteCall {
    type Output = Written;
    const QUOTA: Quota = Quota::unmetered("record");
    const WRITES: bool = true;

    fn request(&self) -> Request {
        self.request.clone()
    }

    /// A new record's id stands at the end of `Location`.
    fn read(&self, response: &Response) -> Result<Written, Misread> {
        let told = response
            .header("location")
            .and_then(|address| address.trim_end_matches('/').rsplit('/').next());
        let told = told.filter(|id| !id.is_empty()).map(|id| RecordId(id.to_owned()));
        match self.about.clone().or(told) {
            Some(id) => Ok(Written { id }),
            None => Err(Misread::new(
                "a record was written, but the answer does not say which one it became",
            )),
        }
    }
}

/// How to find out whether a write happened whose answer was lost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Probe {
    /// It happened if this record exists; then adopt it.
    Exists(Read),
    /// It happened if this record is gone.
    Gone(Read),
    /// Sending it again changes nothing that it did not change before.
    Repeat,
    /// Sending it again would add the same once more, and what stands there tells nobody who wrote it: the flow looks
    /// again, and decides anew.
    LookAgain,
}

/// Looks up NetSuite's id of a record that we named.
pub type Names<'a> = &'a dyn Fn(&ExternalId) -> Option<RecordId>;

impl Write {
    /// The call that performs it, with the ids of earlier records put in.
    pub fn call(&self, names: Names<'_>) -> Result<WriteCall, Missing> {
        let (method, path, body, about) = match self {
            Self::Create {
                record,
                external_id,
                body,
            } => (
                Method::Post,
                record.rest_name().to_owned(),
                Some(named(body, external_id)),
                None,
            ),
            Self::Transform {
                from,
                source,
                to,
                external_id,
                body,
            } => {
                let source = resolve(source, names)?.0;
                let path = format!("{}/{source}/!transform/{}", from.rest_name(), to.rest_name());
                (Method::Post, path, Some(named(body, external_id)), None)
            }
            Self::Update { record, target, body } => {
                let id = resolve(target, names)?;
                (
                    Method::Patch,
                    format!("{}/{}", record.rest_name(), id.0),
                    Some(body.clone()),
                    Some(id),
                )
            }
            Self::Delete { record, target } => {
                let id = resolve(target, names)?;
                (
                    Method::Delete,
                    format!("{}/{}", record.rest_name(), id.0),
                    None,
                    Some(id),
                )
            }
        };
        let request = Request::new(method, format!("{ROOT}/{path}"));
        let request = match body {
            // Without this header a misspelt field would be dropped in silence (netsuite.md §1).
            Some(body) => request
                .json(&filled(&body, names)?)
                .header("x-netsuite-propertynamevalidation", "Error"),
            None => request,
        };
        Ok(WriteCall { request, about })
    }

    /// How to find out whether it happened (netsuite.md §13).
    pub fn probe(&self, names: Names<'_>) -> Result<Probe, Missing> {
        Ok(match self {
            Self::Create {
                record, external_id, ..
            }
            | Self::Transform {
                to: record,
                external_id,
                ..
            } => Probe::Exists(Read::named(*record, external_id.clone())),
            // An address book has no keys: a repeated address is a second one (netsuite.md §2.1).
            Self::Update { body, .. } if body.get("addressBook").is_some() => Probe::LookAgain,
            Self::Update { .. } => Probe::Repeat,
            Self::Delete { record, target } => {
                let which = Which::Id(resolve(target, names)?);
                Probe::Gone(Read {
                    record: *record,
                    which,
                    with_lines: false,
                })
            }
        })
    }

    /// The name of the record that it creates, if it creates one.
    pub fn creates(&self) -> Option<(RecordType, &ExternalId)> {
        match self {
            Self::Create {
                record, external_id, ..
            }
            | Self::Transform {
                to: record,
                external_id,
                ..
            } => Some((*record, external_id)),
            Self::Update { .. } | Self::Delete { .. } => None,
        }
    }
}

fn named(body: &Value, external_id: &ExternalId) -> Value {
    let mut fields = Map::new();
    fields.insert("externalId".to_owned(), external_id.as_str().into());
    if let Value::Object(rest) = body {
        fields.extend(rest.clone());
    }
    Value::Object(fields)
}

fn resolve(target: &Target, names: Names<'_>) -> Result<RecordId, Missing> {
    match target {
        Target::Id(id) => Ok(id.clone()),
        Target::Named(name) => names(name).ok_or_else(|| Missing(name.clone())),
    }
}

/// The body with every `{"$named": …}` turned into `{"id": …}`.
fn filled(body: &Value, names: Names<'_>) -> Result<Value, Missing> {
    match body {
        Value::Object(fields) => {
            let wanted = fields.get("$named").and_then(|name| ExternalId::deserialize(name).ok());
            if let Some(name) = wanted {
                let id = names(&name).ok_or(Missing(name))?;
                return Ok(serde_json::json!({ "id": id.0 }));
            }
            let filled = fields
                .iter()
                .map(|(key, value)| Ok((key.clone(), filled(value, names)?)));
            Ok(Value::Object(filled.collect::<Result<_, Missing>>()?))
        }
        Value::Array(values) => Ok(Value::Array(
            values
                .iter()
                .map(|value| filled(value, names))
                .collect::<Result<_, _>>()?,
        )),
        plain => Ok(plain.clone()),
    }
}
