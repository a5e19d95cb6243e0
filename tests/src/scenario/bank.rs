//! A bank's file as a person gives it to the screen: what is proposed from it, and what is accepted.

use anyhow::Context;
use app::contract::{BankDeposit, BankFile};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use super::Told;
use super::shown::is;

async fn look(told: &Told, content: &str) -> anyhow::Result<Vec<BankDeposit>> {
    let request = json!({ "name": "bank.csv", "content": STANDARD.encode(content) });
    let answer = told.world.app()?.call("read_bank_file", request).await;
    let answer = answer.map_err(|refusal| anyhow::anyhow!("{refusal:?}"))?;
    let file: BankFile = serde_json::from_value(answer)?;
    is(Vec::<String>::new(), file.asks, "asked about the file")?;
    Ok(file.deposits)
}

/// Each transfer that is looked for, as `90026 line 2 of 2026-10-19`, or with the name of the reason why none is proposed.
pub(super) async fn found(told: &Told, content: &str, wanted: &[String]) -> anyhow::Result<()> {
    let deposits = look(told, content).await?;
    let lines = deposits.iter().map(|one| match (&one.found, &one.why) {
        (Some(entry), _) => format!("{} line {} of {}", one.settlement, entry.line, entry.date),
        (None, why) => {
            let why = why.as_ref().map_or("", |why| why.id.as_str());
            format!("{} {why}", one.settlement)
        }
    });
    is(wanted.to_vec(), lines.collect(), "in the bank's file")
}

/// A person accepts everything that is proposed.
pub(super) async fn accept(told: &mut Told, content: &str) -> anyhow::Result<()> {
    for one in look(told, content).await? {
        let Some(entry) = one.found else { continue };
        let request = json!({
            "settlement": one.settlement,
            "date": entry.date,
            "amount": entry.amount.amount,
            "currency": entry.amount.currency,
        });
        let pressed = told.world.press("enter_receipt", request).await;
        pressed.with_context(|| format!("accepting {}", one.settlement))?;
    }
    Ok(())
}
