//! The record service: create, read, change, delete, make one record from another (netsuite.md §2, §3).

use domain::ExternalId;
use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::{Map, Value};
use wire::{Call, Method, Misread, Quota, Request, Response};

use crate::json::decimal;
use crate::write::{RecordId, RecordType, Target, Write};

const ROOT: &str = "/services/rest/record/v1";

impl RecordType {
    /// The name in addresses.
    pub fn rest_name(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::SalesOrder => "salesOrder",
            Self::ItemFulfillment => "itemFulfillment",
            Self::Invoice => "invoice",
            Self::CashSale => "cashSale",
            Self::CustomerPayment => "customerPayment",
            Self::CreditMemo => "creditMemo",
            Self::CustomerRefund => "customerRefund",
            Self::CashRefund => "cashRefund",
            Self::JournalEntry => "journalEntry",
        }
    }

    /// The code in the column `transaction.type` (netsuite.md §5); a customer has none.
    pub fn transaction_code(self) -> Option<&'static str> {
        match self {
            Self::Customer => None,
            Self::SalesOrder => Some("SalesOrd"),
            Self::ItemFulfillment => Some("ItemShip"),
            Self::Invoice => Some("CustInvc"),
            Self::CashSale => Some("CashSale"),
            Self::CustomerPayment => Some("CustPymt"),
            Self::CreditMemo => Some("CustCred"),
            Self::CustomerRefund => Some("CustRfnd"),
            Self::CashRefund => Some("CashRfnd"),
            Self::JournalEntry => Some("Journal"),
        }
    }

    /// The record type behind a `transaction.type` code, if it is one of ours.
    pub fn of_transaction_code(code: &str) -> Option<Self> {
        Self::TRANSACTIONS
            .into_iter()
            .find(|kind| kind.transaction_code() == Some(code))
    }

    /// Every type but the customer.
    pub const TRANSACTIONS: [Self; 9] = [
        Self::SalesOrder,
        Self::ItemFulfillment,
        Self::Invoice,
        Self::CashSale,
        Self::CustomerPayment,
        Self::CreditMemo,
        Self::CustomerRefund,
        Self::CashRefund,
        Self::JournalEntry,
    ];
}

/// Which record to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Which {
    /// By NetSuite's id.
    Id(RecordId),
    /// By our name for it (`eid:`).
    Named(ExternalId),
}

/// Reads one record. A record that is not there fails with 404; [`crate::absent`] tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    /// Its type.
    pub record: RecordType,
    /// Which one.
    pub which: Which,
    /// Whether its lines are wanted too.
    pub with_lines: bool,
}

impl Read {
    /// The read that tells whether a record with this name exists.
    pub fn named(record: RecordType, external_id: ExternalId) -> Self {
        Self {
            record,
            which: Which::Named(external_id),
            with_lines: false,
        }
    }

    /// One record by NetSuite's id, lines included.
    pub fn id(record: RecordType, id: RecordId) -> Self {
        Self {
            record,
            which: Which::Id(id),
            with_lines: true,
        }
    }
}

impl Call for Read {
    type Output = Record;
    const QUOTA: Quota = Quota::unmetered("record");

    fn request(&self) -> Request {
        let which = match &self.which {
            Which::Id(id) => id.0.clone(),
            Which::Named(name) => format!("eid:{name}"),
        };
        let request = Request::new(Method::Get, format!("{ROOT}/{}/{which}", self.record.rest_name()));
        if self.with_lines {
            request.query("expandSubResources", "true")
        } else {
            request
        }
    }

    fn read(&self, response: &Response) -> Result<Record, Misread> {
        let body: Map<String, Value> = serde_json::from_slice(&response.body)
            .map_err(|_| Misread::new(format!("a {}: not the expected JSON", self.record.rest_name())))?;
        let id = match body.get("id") {
            Some(Value::String(id)) => id.clone(),
            Some(Value::Number(id)) => id.to_string(),
            _ => return Err(Misread::new(format!("a {} without an id", self.record.rest_name()))),
        };
        Ok(Record {
            record: self.record,
            id: RecordId(id),
            body,
        })
    }
}

/// A record as NetSuite answered it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its type.
    pub record: RecordType,
    /// NetSuite's id.
    pub id: RecordId,
    /// All fields, by their REST names.
    pub body: Map<String, Value>,
}

impl Record {
    /// A text field.
    pub fn text(&self, field: &str) -> Option<&str> {
        self.body.get(field).and_then(Value::as_str)
    }

    /// A number, with exactly its digits.
    pub fn number(&self, field: &str) -> Option<Decimal> {
        self.body.get(field).and_then(decimal)
    }

    /// The id that a reference or an enumeration holds.
    pub fn reference(&self, field: &str) -> Option<RecordId> {
        id_of(self.body.get(field)?)
    }

    /// The name of a reference, as a person reads it.
    pub fn reference_name(&self, field: &str) -> Option<&str> {
        self.body.get(field)?.get("refName").and_then(Value::as_str)
    }

    /// Our name for it.
    pub fn external_id(&self) -> Option<&str> {
        self.text("externalId")
    }

    /// The status letter (netsuite.md §5).
    pub fn status(&self) -> Option<String> {
        self.reference("status").map(|id| id.0)
    }

    /// The transaction's total in its own currency (ORD-08); for a journal the sum of its debits.
    pub fn total(&self) -> Option<Decimal> {
        match self.record {
            RecordType::CustomerPayment => self.number("payment").or_else(|| self.number("total")),
            RecordType::JournalEntry => self.number("total").or_else(|| {
                let lines = self.lines("line");
                (!lines.is_empty()).then(|| {
                    lines
                        .iter()
                        .filter_map(|line| line.get("debit").and_then(decimal))
                        .sum()
                })
            }),
            _ => self.number("total"),
        }
    }

    /// The lines of a sublist, when they were asked for.
    pub fn lines(&self, sublist: &str) -> &[Value] {
        let items = self
            .body
            .get(sublist)
            .and_then(|list| list.get("items"))
            .and_then(Value::as_array);
        items.map_or(&[], Vec::as_slice)
    }
}

fn id_of(value: &Value) -> Option<RecordId> {
    match value {
        Value::Object(reference) => id_of(reference.get("id")?),
        Value::String(id) => Some(RecordId(id.clone())),
        Value::Number(id) => Some(RecordId(id.to_string())),
        _ => None,
    }
}

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
