//! What happens in a story: time, faults, people at Amazon and in NetSuite, and a person at the screen, who presses the
//! application's own commands.

use std::time::Duration;

use anyhow::{Context, bail, ensure};
use app::contract::RemedyView;
use chrono::TimeDelta;
use flows::Key;
use serde_json::{Value, json};
use simulator::{Rule, control};
use tokio_util::sync::CancellationToken;

use super::rows::{self, Decision};
use super::{Step, Told, bank, shown};
use crate::invariants;

/// Lets a step happen; nothing when the step only says what must be so.
pub(super) async fn step(step: &Step, told: &mut Told) -> Option<anyhow::Result<()>> {
    Some(match step {
        Step::Sync(_) | Step::Look(..) | Step::LosePower(_) => run(step, told).await,
        Step::Wait(minutes) => {
            told.world.wait(TimeDelta::minutes(*minutes)).await;
            Ok(())
        }
        Step::Schedules | Step::Asleep(_) | Step::ComputerClock(_) => time(step, told),
        Step::GoesWrong(fault, touching) => {
            told.world.simulator.faults().add(Rule::once(*fault, touching));
            Ok(())
        }
        Step::BackUp => told.world.back_up(),
        Step::Restore => told.world.restore(),
        Step::Tell(path, body) => tell(told, path, body),
        Step::Settle(wanted) => settle(told, wanted),
        Step::Find(kind) => find(told, kind),
        Step::Refused(command, settlement, wanted) => refused(told, command, settlement, wanted).await,
        Step::Decide(command, settlement, row, rest) => {
            let decision = Decision {
                command,
                settlement,
                row,
                rest,
            };
            rows::decide(told, &decision).await
        }
        Step::Refuses(command, settlement, row, rest, sentence) => {
            let decision = Decision {
                command,
                settlement,
                row,
                rest,
            };
            rows::refuse(told, &decision, sentence).await
        }
        Step::BankFile(content, wanted) => bank::found(told, content, wanted).await,
        Step::AcceptFound(content) => bank::accept(told, content).await,
        _ => return pressed(step, told).await,
    })
}

async fn run(step: &Step, told: &mut Told) -> anyhow::Result<()> {
    told.writes = told.world.trace.writes();
    told.since = told.world.clock.now();
    let world = &mut told.world;
    match step {
        Step::Sync(flows) => {
            let flows: Vec<&str> = flows.iter().map(String::as_str).collect();
            world.run(&flows, None).await?;
        }
        Step::Look(flow, key) => {
            world.run(&[flow.as_str()], Some(vec![Key(key.clone())])).await?;
        }
        Step::LosePower(after) => {
            let cut = tokio::time::timeout(Duration::from_millis(*after), world.sync()).await;
            ensure!(cut.is_err(), "the sync was over before the power failed");
            world.crash();
            world.start()?;
        }
        other => bail!("{other:?} is not a run"),
    }
    Ok(())
}

fn time(step: &Step, told: &mut Told) -> anyhow::Result<()> {
    match step {
        Step::Schedules => {
            let until = CancellationToken::new();
            engine::schedule::keep(told.world.engine()?.clone(), until.clone());
            told.schedules = Some(until);
        }
        Step::Asleep(minutes) => {
            told.world.asleep(TimeDelta::minutes(*minutes));
            told.since = told.world.clock.now();
            told.writes = told.world.trace.writes();
        }
        Step::ComputerClock(minutes) => told.world.computer_jumps(TimeDelta::minutes(*minutes)),
        other => bail!("{other:?} is not about time"),
    }
    Ok(())
}

fn tell(told: &mut Told, path: &str, body: &toml::Value) -> anyhow::Result<()> {
    let mut body = serde_json::to_string(body)?.replace("$id", &told.id);
    let path = path.replace("$id", &told.id);
    for kind in ["invoice", "customerPayment"] {
        let word = format!("${kind}");
        if body.contains(&word) {
            body = body.replace(&word, &newest(told, kind)?);
        }
    }
    let (status, answer) = control::answer(
        &told.world.simulator,
        wire::Method::Post,
        &path,
        &serde_json::from_str(&body)?,
    );
    ensure!(status < 300, "{answer}");
    if let Some(id) = answer["id"].as_str() {
        id.clone_into(&mut told.id);
    }
    Ok(())
}

/// Amazon issues a settlement. A row that begins with `600 ×` stands so many times, and `$n` in it counts them.
fn settle(told: &mut Told, wanted: &toml::Table) -> anyhow::Result<()> {
    let mut wanted = wanted.clone();
    let rows = wanted.get("rows").and_then(toml::Value::as_array);
    let rows = rows
        .into_iter()
        .flatten()
        .filter_map(toml::Value::as_str)
        .flat_map(times);
    let rows = rows.map(toml::Value::String).collect();
    wanted.insert("rows".to_owned(), toml::Value::Array(rows));
    tell(told, "/settlements", &toml::Value::Table(wanted))
}

fn times(row: &str) -> Vec<String> {
    let counted = row.split_once(" × ");
    match counted.and_then(|(count, row)| Some((count.parse::<u32>().ok()?, row))) {
        Some((count, row)) => (1..=count).map(|n| row.replace("$n", &n.to_string())).collect(),
        None => vec![row.to_owned()],
    }
}

pub(super) fn newest(told: &Told, kind: &str) -> anyhow::Result<String> {
    let books = invariants::Books::of(&told.world.books());
    let found = books.of_kind(kind).last().with_context(|| format!("no {kind}"))?;
    Ok(invariants::text(&found["id"]))
}

fn find(told: &mut Told, kind: &str) -> anyhow::Result<()> {
    told.id = newest(told, kind)?;
    Ok(())
}

/// A person asks for what is refused, and is told why.
async fn refused(told: &Told, command: &str, settlement: &str, wanted: &str) -> anyhow::Result<()> {
    let answer = told.world.press(command, json!({"id": settlement})).await;
    let said = answer.err().context("it was not refused")?.to_string();
    ensure!(said.contains(wanted), "{said}");
    Ok(())
}

/// What a person presses; nothing when the step is none of these.
async fn pressed(step: &Step, told: &Told) -> Option<anyhow::Result<()>> {
    let asked = match request(step, told) {
        Ok(asked) => asked?,
        Err(wrong) => return Some(Err(wrong)),
    };
    let (command, request) = asked;
    Some(told.world.press(command, request).await.map(drop))
}

/// A row as the editor sends it.
fn mapping_row(said: &toml::Table) -> Value {
    let mut row = json!({"place": "body", "shape": "text", "when": null, "otherwise": {"then": "inherit"}});
    for (name, value) in said {
        row[name] = json!(value);
    }
    row
}

fn request(step: &Step, told: &Told) -> anyhow::Result<Option<(&'static str, Value)>> {
    let books = told.world.simulator.opening_books();
    let link = |sku: &str, item: &str, factor: u32| -> anyhow::Result<Value> {
        let known = books.items.iter().find(|known| known.name == item);
        let id = known.context("no such item")?.id.to_string();
        Ok(json!({"sku": sku, "marketplace": null, "item": id, "factor": factor}))
    };
    let role = |role: &str| books.role(role).map(|id| id.to_string()).context("no such role");
    Ok(Some(match step {
        Step::LinkItem(sku, item) => ("link_item", link(sku, item, 1)?),
        Step::LinkPack(sku, item, factor) => ("link_item", link(sku, item, *factor)?),
        Step::MapLine(transaction, kind, description, account) => {
            let triple = [transaction, kind, description];
            ("map_line", json!({"triple": triple, "account": role(account)?}))
        }
        Step::Choose(option, value) => (
            "set_option",
            json!({"option": option, "marketplace": null, "value": value}),
        ),
        Step::ChooseIn(option, marketplace, value) => {
            let known = amazon::marketplaces::by_country(marketplace).context("no such marketplace")?;
            // An account is named by its role in the company's books.
            let value = role(value).unwrap_or_else(|_| value.clone());
            (
                "set_option",
                json!({"option": option, "marketplace": known.id, "value": value}),
            )
        }
        Step::Switch(flow, marketplace, on) => {
            let known = amazon::marketplaces::by_country(marketplace).context("no such marketplace")?;
            (
                "set_flow_on",
                json!({"flow": flow, "marketplace": known.id, "on": on == "on"}),
            )
        }
        Step::Row(table, from, to) => ("set_table_row", json!({"table": table, "from": from, "to": role(to)?})),
        Step::Map(form, rows) => {
            let rows: Vec<Value> = rows.iter().map(mapping_row).collect();
            (
                "save_mapping",
                json!({"form": form, "scope": "", "rows": rows, "note": ""}),
            )
        }
        Step::Retry(cause) => ("retry", json!({"cause": cause})),
        Step::Exclude(cause, reason) => ("exclude", json!({"cause": cause, "problems": [], "reason": reason})),
        Step::Adopt(cause) => {
            let id = shown::remedies(&told.world, cause)?
                .into_iter()
                .find_map(|one| match one {
                    RemedyView::Adopt { id, .. } => Some(id),
                    _ => None,
                });
            (
                "adopt",
                json!({"cause": cause, "id": id.context("nothing to adopt is offered")?}),
            )
        }
        Step::MakeAgain(cause) => {
            let step = cause.rsplit(':').next().unwrap_or_default();
            ("make_again", json!({"cause": cause, "step": step}))
        }
        Step::PutBack(cause) => {
            let state = shown::remedies(&told.world, cause)?
                .into_iter()
                .find_map(|one| match one {
                    RemedyView::PutBack { state } => Some(state),
                    _ => None,
                });
            let state = state.context("putting ours back is not offered")?;
            ("put_back", json!({"cause": cause, "state": state}))
        }
        _ => return about_a_settlement(step, told),
    }))
}

/// The command of a step that is about a settlement.
fn about_a_settlement(step: &Step, told: &Told) -> anyhow::Result<Option<(&'static str, Value)>> {
    Ok(Some(match step {
        Step::Approve(settlement) => ("approve_settlement", json!({"id": settlement})),
        Step::InTheBank(settlement, date, amount, currency, fee) => (
            "enter_receipt",
            json!({"settlement": settlement, "date": date, "amount": amount, "currency": currency, "fee": fee}),
        ),
        Step::TakeReceiptBack(settlement) => ("take_receipt_back", json!({"id": settlement})),
        Step::Close(settlement, reason) => ("close_settlement", json!({"settlement": settlement, "reason": reason})),
        Step::PostAccrual(entry) => ("post_accrual", json!({"id": entry})),
        Step::Undo(settlement) => ("undo_settlement", json!({"id": settlement})),
        Step::BalanceFile(settlement, category, reason) => (
            "add_balancing_line",
            json!({"settlement": settlement, "category": category, "reason": reason}),
        ),
        Step::AcceptGap(settlement, reason) => ("accept_gap", json!({"settlement": settlement, "reason": reason})),
        Step::PickMarketplace(settlement, country) => {
            let market = amazon::marketplaces::by_country(country).context("no such marketplace")?;
            let picked = json!({"settlement": settlement, "currency": market.currency, "marketplace": market.id});
            ("pick_marketplace", picked)
        }
        Step::LeaveOut(settlement, order, reason) => {
            let rows = told
                .world
                .store
                .read(|db| store::settlement_rows::all(db, settlement))?;
            let row = rows.into_iter().find(|row| row["order"] == json!(order));
            let group = row.context("no such order in it")?["id"].clone();
            (
                "exclude_group",
                json!({"settlement": settlement, "group": group, "reason": reason}),
            )
        }
        Step::AcceptVariance(settlement, reason) => {
            ("accept_variance", json!({"settlement": settlement, "reason": reason}))
        }
        Step::AcceptReissue(settlement) => ("accept_reissue", json!({"id": settlement})),
        Step::KeepPosted(settlement, reason) => ("keep_posted", json!({"settlement": settlement, "reason": reason})),
        _ => return Ok(None),
    }))
}
