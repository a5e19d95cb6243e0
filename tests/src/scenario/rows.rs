//! What a person decides about single rows of a settlement, by the screen's own commands.

use anyhow::{Context, ensure};
use serde_json::{Value, json};

use super::Told;
use super::happens::newest;

/// A person's decision about a row: the command, the settlement, the row's order or name, and the rest of the request.
pub(super) struct Decision<'a> {
    pub(super) command: &'a str,
    pub(super) settlement: &'a str,
    pub(super) row: &'a str,
    pub(super) rest: &'a toml::Table,
}

/// The decision is taken.
pub(super) async fn decide(told: &Told, decision: &Decision<'_>) -> anyhow::Result<()> {
    let request = request(told, decision)?;
    told.world.press(decision.command, request).await.map(drop)
}

/// The decision is refused with this sentence.
pub(super) async fn refuse(told: &Told, decision: &Decision<'_>, sentence: &str) -> anyhow::Result<()> {
    let request = request(told, decision)?;
    let answer = told.world.app()?.call(decision.command, request).await;
    let refusal = answer.err().context("nothing was refused")?;
    ensure!(refusal.said.id == sentence, "refused with {:?}", refusal.said);
    Ok(())
}

fn request(told: &Told, decision: &Decision<'_>) -> anyhow::Result<Value> {
    let group = named(told, decision.settlement, decision.row)?;
    let mut request = json!({"settlement": decision.settlement, "group": group});
    for (field, value) in decision.rest {
        request[field] = resolved(told, serde_json::to_value(value)?)?;
    }
    Ok(request)
}

/// `@role` is an account of the company's books, `$invoice` NetSuite's newest of them.
fn resolved(told: &Told, value: Value) -> anyhow::Result<Value> {
    Ok(match value {
        Value::String(text) => match (text.strip_prefix('@'), text.strip_prefix('$')) {
            (Some(role), _) => {
                let id = told.world.simulator.opening_books().role(role);
                json!(id.with_context(|| format!("no role {role}"))?.to_string())
            }
            (None, Some(kind)) => json!(newest(told, kind)?),
            (None, None) => Value::String(text),
        },
        Value::Array(all) => Value::Array(
            all.into_iter()
                .map(|one| resolved(told, one))
                .collect::<anyhow::Result<_>>()?,
        ),
        Value::Object(fields) => Value::Object(
            fields
                .into_iter()
                .map(|(name, one)| Ok((name, resolved(told, one)?)))
                .collect::<anyhow::Result<_>>()?,
        ),
        other => other,
    })
}

/// The lasting name of a row, by its order or by what Amazon calls it.
fn named(told: &Told, settlement: &str, row: &str) -> anyhow::Result<String> {
    let rows = told
        .world
        .store
        .read(|db| store::settlement_rows::all(db, settlement))?;
    let is_it = |one: &&Value| one["order"] == row || one["title"] == row;
    let found = rows.iter().find(is_it).with_context(|| format!("no row {row}"))?;
    Ok(found["id"].as_str().unwrap_or_default().to_owned())
}
