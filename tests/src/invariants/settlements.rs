//! R1-5, R1-6, R1-7, SET-48, §19 ii and iv: each line of a settlement once and in one place, added up to the deposit, posted
//! once, nothing left in clearing.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use serde_json::Value;
use store::tables;

use super::{Scene, decimal, text};

/// R1-7, SET-59: a settlement's journal stands once for each of its revisions, whatever was repeated, and each that was
/// taken back has its reversal at most once.
pub(super) fn are_posted_once(scene: &Scene<'_>, found: &mut Vec<String>) {
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    for journal in scene.books.of_kind("journalEntry") {
        *times.entry(text(&journal["externalId"])).or_default() += 1;
    }
    for (name, times) in times
        .iter()
        .filter(|(name, times)| name.starts_with("AZN-JE-") && **times > 1)
    {
        found.push(format!("R1-7 {name} stands {times} times"));
    }
    for name in times.keys().filter(|name| name.ends_with("-REV")) {
        if !times.contains_key(name.trim_end_matches("-REV")) {
            found.push(format!("SET-59 {name} reverses nothing"));
        }
    }
}

/// R1-5, R1-6: each line once; the lines add up to the deposit or nothing is posted.
pub(super) fn add_up(scene: &Scene<'_>, found: &mut Vec<String>) -> anyhow::Result<()> {
    // What was issued again may be kept as it was first, until a person takes the other.
    let known: Vec<(String, u64, Decimal)> = {
        let state = scene.simulator.amazon().state();
        let written = state.world.settlements.iter();
        written
            .map(|one| (one.id.clone(), one.rows.len() as u64, one.total()))
            .collect()
    };
    for stored in scene.store.read(store::settlements::all)? {
        let written: Vec<(u64, Decimal)> = known
            .iter()
            .filter(|(id, ..)| *id == stored.header.id)
            .map(|(_, rows, total)| (*rows, *total))
            .collect();
        let is_one = written
            .iter()
            .any(|(rows, total)| stored.lines == *rows && stored.sum.amount == *total);
        if !written.is_empty() && !is_one {
            found.push(format!(
                "R1-5, R1-6 settlement {}: {} lines of {} stored, {written:?} written",
                stored.header.id, stored.lines, stored.sum
            ));
        }
    }
    Ok(())
}

/// R1-7, SET-48: what a posted settlement moved through clearing sums to nothing, in each month where its journal is split
/// (SET-51), and its journal stands once.
pub(super) fn clear(scene: &Scene<'_>, found: &mut Vec<String>) -> anyhow::Result<()> {
    for stored in scene.store.read(store::settlements::all)? {
        let id = &stored.header.id;
        if !is_in_the_books(scene, id)? {
            continue;
        }
        let moved = movements(scene, id)?;
        let mut months: BTreeMap<&str, Decimal> = BTreeMap::new();
        // A sale for cash and a payment by hand are in clearing from their own day, whatever month Amazon pays in.
        let by_month = moved.iter().all(|one| one.journals_are_split && one.is_ours);
        for one in &moved {
            let month = if by_month { one.month.as_str() } else { "" };
            *months.entry(month).or_default() += one.amount;
        }
        // What a person changed in NetSuite afterwards is missing, and the settlement says so (SET-56).
        let edited = edited_since(scene, id)?;
        if !by_month || !edited.is_zero() {
            let all = std::mem::take(&mut months).into_values().sum::<Decimal>();
            months.insert("", all + edited);
        }
        for (month, left) in months.into_iter().filter(|(_, left)| !left.is_zero()) {
            let mut by_kind: BTreeMap<&str, Decimal> = BTreeMap::new();
            for one in &moved {
                *by_kind.entry(one.name.get(..6).unwrap_or(&one.name)).or_default() += one.amount;
            }
            found.push(format!(
                "SET-48 settlement {id} leaves {left} in clearing {month}: {by_kind:?}"
            ));
        }
    }
    Ok(())
}

/// What the settlement says was edited or deleted in NetSuite since it was posted.
fn edited_since(scene: &Scene<'_>, id: &str) -> anyhow::Result<Decimal> {
    let stored = scene.store.read(|db| store::settlements::get(db, id))?;
    let summary = stored.and_then(|stored| stored.summary).unwrap_or_default();
    let parts = summary["unexplained"].as_array().map(Vec::as_slice).unwrap_or_default();
    let edited = parts.iter().filter(|part| text(&part["cause"]) == "edited");
    Ok(edited.map(|part| decimal(&part["amount"]["amount"])).sum())
}

/// Whether a settlement is posted, by a click or by itself: its journal stands, and nothing of it is on its way or being
/// taken back.
fn is_in_the_books(scene: &Scene<'_>, id: &str) -> anyhow::Result<bool> {
    let posting = scene.store.read(|db| tables::postings::newest(db, id))?;
    match posting.map(|posting| posting.state) {
        Some(tables::postings::PostingState::Posted) => return Ok(true),
        Some(_) => return Ok(false),
        None => {}
    }
    let named = format!("AZN-JE-{id}");
    let mut journals = scene.books.of_kind("journalEntry").iter();
    Ok(journals.any(|journal| {
        let name = text(&journal["externalId"]);
        name == named || name.starts_with(&format!("{named}-"))
    }))
}

/// What one record moved on a clearing account.
#[derive(Debug, Clone)]
pub struct Movement {
    /// Its external id, or that of the payment by hand.
    pub name: String,
    /// The month of its date, such as `2026-10`.
    pub month: String,
    /// Into clearing.
    pub amount: Decimal,
    /// Whether the settlement has a journal for each month.
    pub journals_are_split: bool,
    /// Whether the settlement made the record, rather than the sale or a person.
    pub is_ours: bool,
}

/// What a settlement's records, the sales for cash that it counts, and the payments by hand that it counts, moved on the
/// clearing account.
pub fn movements(scene: &Scene<'_>, id: &str) -> anyhow::Result<Vec<Movement>> {
    let lines = scene.store.read(|db| tables::settlement_lines::all(db, id))?;
    let paid: BTreeSet<String> = lines
        .iter()
        .filter(|line| line.transaction_type.eq_ignore_ascii_case("order"))
        .filter_map(|line| line.order())
        .map(str::to_uppercase)
        .collect();
    let by_hand = payments_by_hand(scene, id, &paid);
    let journals: BTreeSet<String> = scene
        .books
        .of_kind("journalEntry")
        .iter()
        .map(|one| text(&one["externalId"]))
        .collect();
    let monthly = format!("AZN-JE-{id}-20");
    let journals_are_split = journals.iter().any(|name| name.starts_with(&monthly));
    let tag = format!("-{id}");
    let ours = |name: &str| {
        let Some(at) = name.find(&tag).filter(|_| name.starts_with("AZN-")) else {
            return false;
        };
        let tail = &name[at + tag.len()..];
        at == "AZN-XX".len() && (tail.is_empty() || tail.starts_with('-'))
    };
    let sold_for_cash = |name: &str| {
        let order = name.strip_prefix("AZN-CS-").or_else(|| name.strip_prefix("AZN-BCS-"));
        // A shipment's own sale has its number behind the order's.
        let of = |order: &str| {
            let whole = order.rsplit_once('-').filter(|(_, number)| number.len() < 3);
            paid.contains(order) || whole.is_some_and(|(whole, _)| paid.contains(whole))
        };
        order.is_some_and(of)
    };
    let mut moved = Vec::new();
    for posting in &scene.books.postings {
        let name = text(&posting["externalid"]);
        let transaction = text(&posting["transaction"]);
        let is_ours = ours(&name);
        let counts = is_ours || sold_for_cash(&name) || by_hand.contains(&transaction);
        if counts && text(&posting["accountname"]).contains("Amazon Clearing") {
            moved.push(Movement {
                name: if name.is_empty() {
                    format!("by hand {transaction}")
                } else {
                    name
                },
                month: text(&posting["trandate"]).get(..7).unwrap_or_default().to_owned(),
                amount: decimal(&posting["foreignamount"]),
                journals_are_split,
                is_ours,
            });
        }
    }
    Ok(moved)
}

/// Payments that a person made on invoices of these orders, where the settlement made none.
fn payments_by_hand(scene: &Scene<'_>, id: &str, orders: &BTreeSet<String>) -> BTreeSet<String> {
    let payments = scene.books.of_kind("customerPayment");
    let paid_by_us: BTreeSet<String> = payments.iter().map(|one| text(&one["externalId"])).collect();
    let shared = put_by_shared(scene, id);
    let mut bills = BTreeSet::new();
    for order in orders {
        let ours = format!("AZN-PY-{id}-{order}");
        let of_order = bills_of(scene, order);
        let is_shared = of_order.iter().any(|bill| shared.contains_key(bill));
        if is_shared || paid_by_us.iter().any(|name| name.starts_with(&ours)) {
            continue;
        }
        bills.extend(of_order);
    }
    let by_a_person = payments
        .iter()
        .filter(|one| !text(&one["externalId"]).starts_with("AZN-"));
    let pays = |payment: &&Value| {
        super::lines_of(payment, "apply")
            .iter()
            .any(|line| bills.contains(&super::id_of(&line["doc"])))
    };
    by_a_person.filter(pays).map(|payment| text(&payment["id"])).collect()
}

/// The records of an order, and the invoices made from them.
fn bills_of(scene: &Scene<'_>, order: &str) -> BTreeSet<String> {
    let records = scene.books.of_order(order);
    let ids: BTreeSet<String> = records.iter().map(|(_, record)| text(&record["id"])).collect();
    let invoices = scene.books.of_kind("invoice").iter();
    let made = invoices.filter(|invoice| ids.contains(&super::id_of(&invoice["createdFrom"])));
    let made: Vec<String> = made.map(|invoice| text(&invoice["id"])).collect();
    ids.into_iter().chain(made).collect()
}

/// SET-26: what payments that the orders of a customer share have put on each invoice.
fn put_by_shared(scene: &Scene<'_>, id: &str) -> BTreeMap<String, Decimal> {
    let named = format!("AZN-PY-{id}-CUST-");
    let payments = scene.books.of_kind("customerPayment").iter();
    let shared = payments.filter(|payment| text(&payment["externalId"]).starts_with(&named));
    let mut put: BTreeMap<String, Decimal> = BTreeMap::new();
    for line in shared.flat_map(|payment| super::lines_of(payment, "apply")) {
        *put.entry(super::id_of(&line["doc"])).or_default() += decimal(&line["amount"]);
    }
    put
}

/// §19 ii: each row of a posted settlement is in exactly one place. The review lists every line of the file once; and what
/// the buyers paid and got back by its rows is, order by order, what the records say: all of it or, in the journal, nothing.
pub(super) fn put_each_row_in_one_place(scene: &Scene<'_>, found: &mut Vec<String>) -> anyhow::Result<()> {
    for brief in scene.store.read(store::settlements::all)? {
        let id = &brief.header.id;
        let Some(stored) = scene.store.read(|db| store::settlements::whole(db, id))? else {
            continue;
        };
        let Some(summary) = &stored.summary else { continue };
        let rows = summary["rows"].as_array().map(Vec::as_slice).unwrap_or_default();
        let listed: u64 = rows.iter().filter_map(|row| row["lines"].as_u64()).sum();
        if listed != stored.lines {
            found.push(format!(
                "§19 ii settlement {id}: {listed} lines are listed, {} stored",
                stored.lines
            ));
        }
        let names: BTreeSet<String> = rows.iter().map(|row| text(&row["id"])).collect();
        if names.len() != rows.len() {
            found.push(format!("§19 ii settlement {id} lists a group twice"));
        }
        if is_in_the_books(scene, id)? {
            orders_have_what_the_rows_say(scene, id, found)?;
        }
    }
    Ok(())
}

/// What a person wrote off of the rows of each order.
fn written_off(scene: &Scene<'_>, id: &str) -> anyhow::Result<BTreeMap<String, Decimal>> {
    let mut of_orders: BTreeMap<String, Decimal> = BTreeMap::new();
    let chosen = scene
        .store
        .read(|db| store::row_choices::of(db, id, store::row_choices::WRITTEN_OFF))?;
    for one in chosen {
        let row = scene
            .store
            .read(|db| store::settlement_rows::named(db, id, &one.name))?;
        let order = row.map(|row| text(&row["order"]).to_uppercase()).unwrap_or_default();
        *of_orders.entry(order).or_default() += text(&one.value["amount"]).parse::<Decimal>()?;
    }
    Ok(of_orders)
}

/// What rows of a kind come to for each order, with and without the tax that Amazon keeps.
fn orders_have_what_the_rows_say(scene: &Scene<'_>, id: &str, found: &mut Vec<String>) -> anyhow::Result<()> {
    const CUSTOMER: [&str; 2] = ["itemprice", "promotion"];
    let lines = scene.store.read(|db| tables::settlement_lines::all(db, id))?;
    let mut told: BTreeMap<(String, bool), (Decimal, Decimal)> = BTreeMap::new();
    for line in &lines {
        let Some(order) = line.order() else { continue };
        let kind = line.transaction_type.to_lowercase();
        let refund = kind.ends_with("refund");
        if !refund && kind != "order" {
            continue;
        }
        let (with_tax, without) = told.entry((order.to_uppercase(), refund)).or_default();
        let amount_type = line.amount_type.to_lowercase();
        if CUSTOMER.contains(&amount_type.as_str()) {
            *with_tax += line.amount();
            *without += line.amount();
        } else if amount_type == "itemwithheldtax" {
            *without += line.amount();
        }
    }
    let moved = movements(scene, id)?;
    let stored = scene.store.read(|db| store::settlements::get(db, id))?;
    let Some(stored) = stored else { return Ok(()) };
    let decimals = stored.header.currency.decimals();
    let tolerance = if decimals == 0 {
        Decimal::ONE
    } else {
        Decimal::new(2, 2)
    };
    // A difference that a person accepted is named with its order.
    let summary = stored.summary.unwrap_or_default();
    let named = summary["unexplained"].as_array().map(Vec::as_slice).unwrap_or_default();
    let named: BTreeSet<String> = named.iter().map(|part| text(&part["order"]).to_uppercase()).collect();
    told.retain(|(order, _), _| !named.contains(order));
    let written_off = written_off(scene, id)?;
    let shared = put_by_shared(scene, id);
    for ((order, refund), (with_tax, without)) in told {
        let of_order = |one: &&Movement| {
            let kinds: &[&str] = if refund {
                &["AZN-RF-", "AZN-CR-", "AZN-RP-"]
            } else {
                &["AZN-PY-", "AZN-CS-", "AZN-BCS-"]
            };
            let kind = kinds.iter().find_map(|kind| one.name.strip_prefix(kind));
            kind.is_some_and(|rest| rest.trim_start_matches(&format!("{id}-")).starts_with(&order))
        };
        let through: Vec<&Movement> = moved.iter().filter(of_order).collect();
        let by_order: Decimal = through.iter().map(|one| one.amount).sum();
        let together: Decimal = if refund || shared.is_empty() {
            Decimal::ZERO
        } else {
            let bills = bills_of(scene, &order);
            bills.iter().filter_map(|bill| shared.get(bill)).sum()
        };
        let has = by_order + together;
        // A rest within the tolerance is rounding, and stands in the journal (SET-25), as does what a person wrote off.
        let beyond = written_off.get(&order).copied().unwrap_or_default();
        let near = |wanted: Decimal| (has - (wanted - beyond)).abs() <= tolerance;
        let in_the_journal = has.is_zero();
        if !in_the_journal && !near(with_tax) && !near(without) {
            found.push(format!(
                "§19 ii settlement {id}: order {order} has {has} in NetSuite, its rows say {with_tax} or {without}"
            ));
        }
    }
    Ok(())
}
