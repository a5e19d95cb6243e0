//! The three things the engine does to NetSuite: send a write, ask whether it happened, read back what it became.

use std::collections::BTreeMap;

use domain::{ExternalId, Money};
use netsuite::records::Probe;
use netsuite::{Missing, RecordId, RecordType, Write, queries, suiteql};
use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::Value;
use store::steps::Step;
use wire::{Exchange, Failure, ReadLine};

/// The ids of earlier records that a write refers to, looked up when it is sent (decision 28).
pub(crate) type Names = BTreeMap<String, String>;

/// Our name for a record, as text from the store.
pub(crate) fn external_id(text: &str) -> Option<ExternalId> {
    ExternalId::deserialize(Value::from(text)).ok()
}

/// Every name that a write refers to: its target and the `$named` references in its body.
pub(crate) fn names_in(write: &Write) -> Vec<String> {
    let mut names = Vec::new();
    let (target, body) = match write {
        Write::Create { body, .. } => (None, Some(body)),
        Write::Transform { source, body, .. } => (Some(source), Some(body)),
        Write::Update { target, body, .. } => (Some(target), Some(body)),
        Write::Delete { target, .. } => (Some(target), None),
    };
    if let Some(netsuite::Target::Named(name)) = target {
        names.push(name.as_str().to_owned());
    }
    if let Some(body) = body {
        collect(body, &mut names);
    }
    names
}

fn collect(value: &Value, names: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            if let Some(Value::String(name)) = fields.get("$named") {
                names.push(name.clone());
            }
            fields.values().for_each(|value| collect(value, names));
        }
        Value::Array(values) => values.iter().for_each(|value| collect(value, names)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => (),
    }
}

/// A write could not be made into a call, or the call failed.
pub(crate) enum NotSent {
    /// A record that it needs is not linked yet.
    Missing(Missing),
    /// The call failed.
    Failed(Failure),
}

/// Sends a write; the id of the record that it made or changed.
pub(crate) async fn send(line: &dyn Exchange, write: &Write, names: &Names) -> Result<RecordId, NotSent> {
    let call = write.call(&|name| lookup(names, name)).map_err(NotSent::Missing)?;
    wire::perform(line, &call)
        .await
        .map(|written| written.id)
        .map_err(NotSent::Failed)
}

/// What a probe found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It happened: this is the record.
    Happened {
        /// NetSuite's id.
        id: RecordId,
        /// The document number, once known.
        document: Option<String>,
        /// The record's total in its own currency, where it has one.
        total: Option<Decimal>,
    },
    /// It did not happen, or sending it again changes nothing.
    SendAgain,
    /// Only the flow can tell, by what it sees.
    LookAgain,
}

/// Asks whether a write happened (netsuite.md §13).
pub(crate) async fn probe(line: &dyn Exchange, write: &Write, names: &Names) -> Result<Fate, NotSent> {
    let reads = ReadLine::new(line);
    match write.probe(&|name| lookup(names, name)).map_err(NotSent::Missing)? {
        Probe::Repeat => Ok(Fate::SendAgain),
        Probe::LookAgain => Ok(Fate::LookAgain),
        Probe::Exists(read) => match reads.call(&read).await {
            Ok(record) => Ok(Fate::Happened {
                document: record.text("tranId").map(str::to_owned),
                total: record.total(),
                id: record.id,
            }),
            Err(failure) if netsuite::absent(&failure) => Ok(Fate::SendAgain),
            Err(failure) => Err(NotSent::Failed(failure)),
        },
        Probe::Gone(read) => match reads.call(&read).await {
            Ok(_) => Ok(Fate::SendAgain),
            Err(failure) if netsuite::absent(&failure) => {
                let netsuite::Which::Id(id) = read.which else {
                    return Ok(Fate::SendAgain);
                };
                Ok(Fate::Happened {
                    id,
                    document: None,
                    total: None,
                })
            }
            Err(failure) => Err(NotSent::Failed(failure)),
        },
    }
}

fn lookup(names: &Names, name: &ExternalId) -> Option<RecordId> {
    names.get(name.as_str()).cloned().map(RecordId)
}

/// A transaction as it was read back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ReadBack {
    pub(crate) id: RecordId,
    pub(crate) record: Option<RecordType>,
    pub(crate) document: String,
    pub(crate) total: Option<Money>,
}

/// Reads many of our transactions back at once, by their names.
pub(crate) async fn read_back(
    line: &dyn Exchange,
    names: &[ExternalId],
) -> Result<BTreeMap<String, ReadBack>, Failure> {
    let known = suiteql::all(&ReadLine::new(line), queries::by_external_id(names)).await?;
    let rows = known.into_iter().filter_map(|known| {
        let total = known.currency.map(|currency| Money::new(known.total, currency));
        let back = ReadBack {
            id: known.id,
            record: known.record,
            document: known.number,
            total,
        };
        Some((known.external_id?, back))
    });
    Ok(rows.collect())
}

/// The type of the transaction that a finished step left, if it left one.
pub(crate) fn transaction(step: &Step) -> Option<RecordType> {
    RecordType::TRANSACTIONS
        .into_iter()
        .find(|record| step.record.as_deref() == Some(record.rest_name()))
}

/// Reads one of our transactions back by its name. Nothing: it is not there.
pub(crate) async fn read_one(line: &dyn Exchange, step: &Step) -> Result<Option<ReadBack>, Failure> {
    let (Some(record), Some(name)) = (transaction(step), external_id(&step.name)) else {
        return Ok(None);
    };
    match ReadLine::new(line).call(&netsuite::Read::named(record, name)).await {
        Ok(found) => {
            let currency = found.reference_name("currency").and_then(|code| code.parse().ok());
            let expected = crate::confirm::expected(step).map(|flows::Expect::Total { total, .. }| total.currency);
            let total = found.total().zip(currency.or(expected));
            Ok(Some(ReadBack {
                document: found.text("tranId").unwrap_or_default().to_owned(),
                total: total.map(|(amount, currency)| Money::new(amount, currency)),
                record: Some(record),
                id: found.id,
            }))
        }
        Err(failure) if netsuite::absent(&failure) => Ok(None),
        Err(failure) => Err(failure),
    }
}
