//! What the books must show of a settlement: its journals as NetSuite keeps them, what it paid and gave back, and what is
//! left on the clearing account.

use anyhow::Context;
use rust_decimal::Decimal;
use serde_json::Value;

use super::shown::is;
use crate::invariants::settlements::movements;
use crate::invariants::{Books, Scene, decimal, lines_of, text};
use crate::world::World;

fn scene(world: &World) -> Scene<'_> {
    Scene::of(
        &world.simulator,
        &world.store,
        wire::Clock::now(&*world.clock),
        world.edited.clone(),
    )
}

/// The journals of a settlement or of one revision of it, line by line, each as `2026-10-31 debit Bank USD 25.41`.
/// Journals that take others back are not among them.
pub(super) fn journal(world: &World, id: &str, wanted: &[String]) -> anyhow::Result<()> {
    is(
        sorted(wanted.to_vec()),
        sorted(journal_lines(world, id)),
        "as journal lines",
    )
}

fn sorted(mut lines: Vec<String>) -> Vec<String> {
    lines.sort_unstable();
    lines
}

fn journal_lines(world: &World, id: &str) -> Vec<String> {
    let books = Books::of(&world.books());
    let base = format!("AZN-JE-{id}");
    let mut found = Vec::new();
    for journal in books.of_kind("journalEntry") {
        let name = text(&journal["externalId"]);
        // Behind the settlement's id stands at most the month, as digits.
        let of_it = name
            .strip_prefix(&base)
            .is_some_and(|tail| tail.chars().all(|sign| sign == '-' || sign.is_ascii_digit()))
            && (name == base || name[base.len()..].starts_with('-'));
        if !of_it {
            continue;
        }
        for line in lines_of(journal, "line") {
            for side in ["debit", "credit"] {
                let amount = decimal(&line[side]);
                if !amount.is_zero() {
                    found.push(format!(
                        "{} {side} {} {}",
                        text(&journal["tranDate"]),
                        account_name(world, line),
                        shown(amount)
                    ));
                }
            }
        }
    }
    found
}

fn account_name(world: &World, line: &Value) -> String {
    let id = text(&line["account"]["id"]);
    let accounts = &world.simulator.opening_books().accounts;
    let known = accounts.iter().find(|account| account.id.to_string() == id);
    known.map_or(id, |account| account.name.clone())
}

/// `25.4` is `25.40`; yen stay whole.
fn shown(amount: Decimal) -> String {
    let amount = amount.normalize();
    if amount.scale() == 0 {
        amount.to_string()
    } else {
        format!("{amount:.2}")
    }
}

/// What the settlement's records, the cash sales and the payments by hand that it counts, leave on the clearing account.
pub(super) fn cleared(world: &World, id: &str, wanted: &str) -> anyhow::Result<()> {
    let moved = movements(&scene(world), id)?;
    anyhow::ensure!(!moved.is_empty(), "nothing of it is on the clearing account");
    let left: Decimal = moved.iter().map(|one| one.amount).sum();
    is(
        wanted.parse()?,
        left.normalize(),
        &format!("in clearing after {moved:?}"),
    )
}

/// What an account of the books holds, opening balances left out: the role that it plays, and the amount.
pub(super) fn balance(world: &World, role: &str, wanted: &str) -> anyhow::Result<()> {
    let books = world.simulator.opening_books();
    let id = books.role(role).context("no such role")?.to_string();
    let found: Decimal = Books::of(&world.books())
        .postings()
        .iter()
        .filter(|posting| text(&posting["account"]) == id)
        .map(|posting| decimal(&posting["foreignamount"]))
        .sum();
    is(wanted.parse()?, found.normalize(), "on the account")
}

/// What the buyers of an order paid by settlements or by hand, each as `18 of 2026-10-16`, the oldest first.
pub(super) fn payments(world: &World, order: &str, wanted: &[String]) -> anyhow::Result<()> {
    let books = Books::of(&world.books());
    let bills = bills_of(&books, order);
    let pays = |payment: &&Value| {
        let of_order = text(&payment["externalId"]).contains(&format!("-{}", order.to_uppercase()));
        let applied = lines_of(payment, "apply");
        of_order || applied.iter().any(|line| bills.contains(&text(&line["doc"]["id"])))
    };
    let found: Vec<String> = books
        .of_kind("customerPayment")
        .iter()
        .filter(pays)
        .map(dated)
        .collect();
    is(wanted.to_vec(), found, "as payments")
}

fn bills_of(books: &Books, order: &str) -> Vec<String> {
    let of_order = books.of_order(order);
    let ids: Vec<String> = of_order.iter().map(|(_, record)| text(&record["id"])).collect();
    let billed = books.of_kind("invoice").iter().chain(books.of_kind("cashSale"));
    let from = billed.filter(|bill| ids.contains(&text(&bill["createdFrom"]["id"])));
    let from: Vec<String> = from.map(|bill| text(&bill["id"])).collect();
    ids.into_iter().chain(from).collect()
}

fn dated(record: &Value) -> String {
    let amount = decimal(&record["total"]).normalize();
    format!("{amount} of {}", text(&record["tranDate"]))
}

/// What the buyer of an order got back, each as `creditMemo 30 of 2026-10-16, open 0`.
pub(super) fn refunds(world: &World, order: &str, wanted: &[String]) -> anyhow::Result<()> {
    let books = Books::of(&world.books());
    let mut found = Vec::new();
    for kind in ["creditMemo", "customerRefund", "cashRefund"] {
        let named = format!("-{}", order.to_uppercase());
        for record in books.of_kind(kind) {
            if !text(&record["externalId"]).contains(&named) && text(&record["otherRefNum"]) != order {
                continue;
            }
            let open = match kind {
                "creditMemo" => format!(", open {}", open(&books, record).normalize()),
                _ => String::new(),
            };
            found.push(format!("{kind} {}{open}", dated(record)));
        }
    }
    is(wanted.to_vec(), found, "as refunds")
}

/// What of a credit memo is neither refunded nor put on an invoice.
fn open(books: &Books, memo: &Value) -> Decimal {
    let id = text(&memo["id"]);
    let used: Decimal = books
        .applications()
        .iter()
        .filter(|one| text(&one["doc"]) == id || text(&one["applying"]) == id)
        .map(|one| decimal(&one["amount"]))
        .sum();
    decimal(&memo["total"]) - used
}

/// The lines of what an order's buyer got back, each as `1 × Amazon Refund Amount = 7.50`, over all credit memos and cash
/// refunds.
pub(super) fn refund_lines(world: &World, order: &str, wanted: &[String]) -> anyhow::Result<()> {
    let books = Books::of(&world.books());
    let named = format!("-{}", order.to_uppercase());
    let records = books.of_kind("creditMemo").iter().chain(books.of_kind("cashRefund"));
    let of_order = records.filter(|record| text(&record["externalId"]).contains(&named));
    let found: Vec<String> = of_order
        .flat_map(|record| super::shown::lines_of(world, record))
        .collect();
    is(wanted.to_vec(), found, "as lines")
}

/// What a record of ours says: its external id, JSON pointer, text.
pub(super) fn named<'a>(books: &'a Books, external_id: &str) -> anyhow::Result<&'a Value> {
    let mut all = books.all();
    let found = all.find(|record| text(&record["externalId"]) == external_id);
    found.with_context(|| format!("{external_id} is not in NetSuite"))
}

/// Which record of ours a field of another one names.
pub(super) fn linked(world: &World, name: &str, field: &str, other: &str) -> anyhow::Result<()> {
    let books = Books::of(&world.books());
    let wanted = match other {
        "" => String::new(),
        other => text(&named(&books, other)?["id"]),
    };
    is(wanted, text(&named(&books, name)?[field]["id"]), field)
}

fn summary(world: &World, id: &str) -> anyhow::Result<Value> {
    let stored = world.store.read(|db| store::settlements::get(db, id))?;
    let stored = stored.context("no such settlement")?;
    stored.summary.context("it has no summary yet")
}

/// The named parts of a settlement's difference, each as `waiting_order 100 111-…`.
pub(super) fn unexplained(world: &World, id: &str, wanted: &[String]) -> anyhow::Result<()> {
    let summary = summary(world, id)?;
    let told = |part: &Value| {
        let (cause, amount) = (text(&part["cause"]), decimal(&part["amount"]["amount"]).normalize());
        format!("{cause} {amount} {}", text(&part["order"]))
            .trim_end()
            .to_owned()
    };
    let parts = summary["unexplained"].as_array().map(Vec::as_slice).unwrap_or_default();
    is(wanted.to_vec(), parts.iter().map(told).collect(), "as the difference")
}

/// Where the rows of an order in a settlement stand, each as `Order 20 applied` or `Refund -9 needs_you REFUND_…`.
pub(super) fn rows(world: &World, id: &str, order: &str, wanted: &[String]) -> anyhow::Result<()> {
    let mut rows = world.store.read(|db| store::settlement_rows::all(db, id))?;
    // A group goes by its first line in the file.
    rows.sort_by_key(|row| {
        let digits: String = text(&row["id"]).chars().filter(char::is_ascii_digit).collect();
        digits.parse::<u64>().unwrap_or(u64::MAX)
    });
    let of_order = rows.iter().filter(|row| text(&row["order"]) == order);
    let told = |row: &Value| {
        let amount = decimal(&row["amazon"]["amount"]).normalize();
        let line = format!(
            "{} {amount} {} {}",
            text(&row["title"]),
            text(&row["status"]),
            text(&row["code"])
        );
        line.trim_end().to_owned()
    };
    is(wanted.to_vec(), of_order.map(told).collect(), "as its rows")
}

/// What Amazon's new file of a settlement says otherwise, as its page tells it.
pub(super) fn reissue(world: &World, id: &str, wanted: &[String]) -> anyhow::Result<()> {
    let found = app::views::settlements::reissue_difference(&world.store, id)
        .map_err(|refusal| anyhow::anyhow!("{refusal:?}"))?;
    let rows = found.groups.into_iter().flat_map(|group| group.rows);
    let told = rows.map(|row| {
        let amounts = [row.before, row.after].into_iter().flatten();
        let amounts: Vec<String> = amounts
            .map(|amount| decimal(&Value::from(amount.amount)).normalize().to_string())
            .collect();
        format!("{} {} {}", row.fate, amounts.join(" "), row.what)
    });
    is(sorted(wanted.to_vec()), sorted(told.collect()), "as what changed")
}

fn proofs(world: &World, id: &str) -> anyhow::Result<app::contract::ProofsView> {
    let view = app::views::settlements::view(&world.store, id).map_err(|refusal| anyhow::anyhow!("{refusal:?}"))?;
    Ok(view.proofs)
}

/// What a settlement's file lacks, and what its page says is most likely missing.
pub(super) fn lacks(world: &World, id: &str, amount: &str, likely: &str) -> anyhow::Result<()> {
    let missing = proofs(world, id)?.missing.context("nothing is missing")?;
    is(
        amount.parse()?,
        decimal(&Value::from(missing.amount.amount)).normalize(),
        "as what is missing",
    )?;
    is(likely, &missing.likely.context("nothing is likely")?.id, "as likely")
}

/// What a settlement's page says does not fit the one before it.
pub(super) fn chain(world: &World, id: &str, wanted: &[String]) -> anyhow::Result<()> {
    let found = proofs(world, id)?.chain.into_iter().map(|one| match one.off {
        Some(off) => format!("{} {}", one.kind, decimal(&Value::from(off.amount)).normalize()),
        None => one.kind,
    });
    is(wanted.to_vec(), found.collect(), "in its chain")
}

/// What a settlement's page says goes the other way than usual.
pub(super) fn unusual(world: &World, id: &str, wanted: &[String]) -> anyhow::Result<()> {
    let found = proofs(world, id)?.unusual.into_iter().map(|one| {
        let category = one.category.trim_start_matches("line-category-").to_owned();
        format!(
            "{category} {} {}",
            one.count,
            decimal(&Value::from(one.amount.amount)).normalize()
        )
    });
    is(wanted.to_vec(), found.collect(), "as unusual")
}
