//! `passerelle doctor`: what is wrong with the workspace and, on demand, with what NetSuite has of it.

use domain::Text;
use engine::doctor::Finding;
use engine::{Report, RunResult, SyncRequest, Trigger};
use flows::audit::EVERYTHING;
use flows::{Key, Problem};
use serde_json::{Value, json};

use crate::arguments::Common;
use crate::commands::{close, open};
use crate::output::{Outcome, catalogue, sentence};
use crate::sync::watched;

/// Examines the workspace, and with `remote` asks NetSuite the questions of the self-audit. Writes nothing anywhere.
pub async fn run(common: &Common, demo: bool, remote: bool, as_json: bool) -> anyhow::Result<Outcome> {
    let app = open(common, demo.then_some(1), false).await?;
    let findings = engine::doctor::examine(app.engine().store())?;
    let reports = if remote {
        watched(&app, common, everything()).await?
    } else {
        Vec::new()
    };
    close(&app, common).await?;
    let found: Vec<&Problem> = reports
        .iter()
        .filter_map(|report| report.preview.as_ref())
        .flat_map(|preview| preview.items.iter().flat_map(|item| &item.problems))
        .collect();
    let unasked: Vec<&Report> = reports
        .iter()
        .filter(|report| report.result != RunResult::Done)
        .collect();
    let ok = findings.is_empty() && found.is_empty() && unasked.is_empty();
    if as_json {
        let whole = document(common, ok, &findings, remote.then_some((&found, &unasked)));
        println!("{}", serde_json::to_string_pretty(&whole)?);
    } else {
        tell(common, ok, &findings, &found, &unasked);
    }
    Ok(if ok { Outcome::Done } else { Outcome::NeedsYou })
}

fn everything() -> SyncRequest {
    SyncRequest {
        flows: vec!["self-audit".to_owned()],
        keys: Some(vec![Key(EVERYTHING.to_owned())]),
        dry_run: true,
        ..SyncRequest::new(Trigger::Ids)
    }
}

fn document(common: &Common, ok: bool, findings: &[Finding], remote: Option<(&Vec<&Problem>, &Vec<&Report>)>) -> Value {
    let words = catalogue(common);
    let mut whole = json!({ "ok": ok, "findings": findings });
    if let Some((found, unasked)) = remote {
        let one = |problem: &&Problem| {
            json!({
                "code": problem.code, "what": words.say(&problem.what), "why": words.say(&problem.why),
                "about": problem.about, "amount": problem.at_stake,
            })
        };
        whole["remote"] = found.iter().map(one).collect();
        whole["not_asked"] = unasked
            .iter()
            .map(|report| json!({ "account": report.account, "because": report.because.as_ref().map(|why| words.say(why)) }))
            .collect();
    }
    whole
}

fn tell(common: &Common, ok: bool, findings: &[Finding], found: &[&Problem], unasked: &[&Report]) {
    let words = catalogue(common);
    if ok {
        println!("{}", sentence(&words, "doctor-all-well"));
    }
    for finding in findings {
        println!("R1-{}: {}", finding.invariant, finding.what);
    }
    for problem in found {
        println!(
            "{}: {}. {}",
            problem.code,
            words.say(&problem.what),
            words.say(&problem.why)
        );
    }
    for report in unasked {
        let because = report.because.as_ref().map(|why| words.say(why)).unwrap_or_default();
        let said = Text::new("doctor-not-asked")
            .with("account", report.account.as_str())
            .with("because", because.as_str());
        println!("{}", words.say(&said));
    }
}
