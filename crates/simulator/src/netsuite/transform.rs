//! Documents made from documents (netsuite.md §3): what the new one holds before it is saved like any other.

use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use super::envelope::{Outcome, Refused};
use super::kind::Kind;
use super::record::{Fields as _, choice, lines_of, number, reference};
use super::sale::{is_shippable, order_status, precision, quantity_done, quantity_shipped, round};
use super::standing::refresh;
use super::store::{Link, Record, Store};
use super::{fulfil, opening};

type Body = Map<String, Value>;

/// The fields of the new record and what it takes from the source's lines.
pub(super) fn draft(
    store: &Store,
    source: &Record,
    target: Kind,
    body: &Body,
    id: i64,
    replace: &[String],
) -> Outcome<(Body, Vec<Link>)> {
    match (source.kind, target) {
        (Kind::SalesOrder, Kind::ItemFulfillment) => fulfil::draft(store, source, body, id),
        (Kind::SalesOrder, Kind::Invoice | Kind::CashSale) => bill(store, source, target, body, id),
        (Kind::Invoice, Kind::CreditMemo) | (Kind::CashSale, Kind::CashRefund) => {
            take_back(store, source, target, body, id, replace)
        }
        (Kind::Invoice, Kind::CustomerPayment) | (Kind::CreditMemo | Kind::CustomerPayment, Kind::CustomerRefund) => {
            pay(store, source, body)
        }
        _ => Err(Refused::user(format!(
            "The record {} cannot be transformed to {}.",
            source.kind.name(),
            target.name()
        ))),
    }
}

/// Which kind of bill an order gets is decided when the order is made: by its form or its payment method.
pub(super) fn bills_as_cash(order: &Record) -> bool {
    let cash_form = order.id_of("customForm") == Some(opening::CASH_SALE_FORM);
    cash_form || order.id_of("paymentMethod").is_some()
}

fn bill(store: &Store, order: &Record, target: Kind, body: &Body, id: i64) -> Outcome<(Body, Vec<Link>)> {
    let status = order_status(store, order)?;
    if matches!(status, "A" | "C" | "G" | "H") {
        return Err(Refused::user(
            "The sales order cannot be billed: it is not approved or has no open lines.",
        ));
    }
    if bills_as_cash(order) != (target == Kind::CashSale) {
        return Err(Refused::user(format!(
            "The form of the sales order does not allow the record {}.",
            target.name()
        )));
    }
    let in_advance = store.preference("INVOICEINADVANCE")? == "T";
    if !in_advance && status == "B" {
        return Err(Refused::user(
            "Nothing of this sales order has been fulfilled, so there is nothing to bill.",
        ));
    }
    let asked = lines_of(body.get("item"));
    let decimals = precision(store, order)?;
    let mut lines = Vec::new();
    let mut taken = Vec::new();
    for line in order
        .lines("item")
        .iter()
        .filter(|line| line.flag("isClosed") != Some(true))
    {
        let order_line = line.whole("line").unwrap_or_default();
        let ordered = line.decimal("quantity").unwrap_or(Decimal::ONE);
        let billed = quantity_done(store, order.id, line, "OrdBill")?;
        let ready = if is_shippable(line) && !in_advance {
            quantity_shipped(store, order.id, line)?
        } else {
            ordered
        };
        let open = ready - billed;
        let asked = asked.iter().find(|one| one.whole("orderLine") == Some(order_line));
        // A line without units is billed in part by its amount.
        let whole = line.decimal("amount").filter(|whole| !whole.is_zero());
        let part = asked.and_then(|one| one.decimal("amount"));
        let by_amount = part.zip(whole).filter(|_| line.decimal("quantity").is_none());
        let units = asked.and_then(|one| one.decimal("quantity")).unwrap_or(open);
        let quantity = by_amount.map_or(units, |(part, whole)| part / whole);
        if quantity <= Decimal::ZERO {
            continue;
        }
        if quantity > open {
            return Err(Refused::user(format!(
                "You cannot bill more than is open on line {order_line}: {open}."
            ))
            .at("item"));
        }
        let mut row = line.clone();
        row.retain(|name, _| !name.starts_with('$') && !name.starts_with("quantity"));
        row.put("orderLine", json!(order_line));
        if line.decimal("quantity").is_some() {
            row.put("quantity", number(quantity));
        }
        let amount = line.decimal("amount").unwrap_or_default();
        row.put(
            "amount",
            number(match part {
                Some(part) => part,
                None if quantity == ordered => amount,
                None => round(amount * quantity / ordered, decimals),
            }),
        );
        // What a line says beside its amounts is taken over from the order, or told anew.
        let told = asked.into_iter().flat_map(Body::iter);
        row.extend(
            told.filter(|(name, _)| fulfil::may_differ(name))
                .map(|(name, value)| (name.clone(), value.clone())),
        );
        taken.push(link(order, order_line, id, quantity, "OrdBill"));
        lines.push(row);
    }
    if lines.is_empty() {
        return Err(Refused::user("There are no open lines to bill on the sales order.").at("item"));
    }
    let mut draft = inherited(order);
    let billed_before = store.made_from(order.id)?.into_iter().any(|made| {
        store
            .load("transaction", made)
            .ok()
            .flatten()
            .is_some_and(|made| matches!(made.kind, Kind::Invoice | Kind::CashSale))
    });
    if billed_before {
        draft.remove("shippingCost");
    }
    finish(&mut draft, order, body, lines);
    Ok((draft, taken))
}

/// A credit memo or cash refund begins with all lines of the sale.
fn take_back(
    store: &Store,
    source: &Record,
    target: Kind,
    body: &Body,
    id: i64,
    replace: &[String],
) -> Outcome<(Body, Vec<Link>)> {
    let asked = lines_of(body.get("item"));
    let only_asked = replace.iter().any(|one| one.eq_ignore_ascii_case("item"));
    let same_line = |one: &Body, line: &Body| {
        let number = one.whole("orderLine").or_else(|| one.whole("line"));
        number.is_some() && number == line.whole("line")
    };
    let mut lines = Vec::new();
    let mut taken = Vec::new();
    for line in source.lines("item") {
        let asked = asked.iter().find(|one| same_line(one, &line));
        if (only_asked && asked.is_none()) || asked.is_some_and(|one| one.decimal("quantity") == Some(Decimal::ZERO)) {
            continue;
        }
        let mut row = line.clone();
        row.remove("orderLine");
        if let Some(asked) = asked {
            if asked.contains_key("quantity") || asked.contains_key("rate") {
                row.remove("amount");
            }
            if asked.contains_key("amount") {
                row.remove("rate");
            }
            row.extend(
                asked
                    .iter()
                    .filter(|(name, _)| name.as_str() != "orderLine")
                    .map(|(name, value)| (name.clone(), value.clone())),
            );
            row.put("line", line.get("line").cloned().unwrap_or_default());
        }
        let number = line.whole("line").unwrap_or_default();
        taken.push(link(
            source,
            number,
            id,
            row.decimal("quantity").unwrap_or(Decimal::ONE),
            "SaleRet",
        ));
        lines.push(row);
    }
    let standing = source.lines("item");
    lines.extend(
        asked
            .iter()
            .filter(|one| !standing.iter().any(|line| same_line(one, line)))
            .cloned()
            .map(|mut row| {
                row.remove("orderLine");
                row
            }),
    );
    let mut draft = inherited(source);
    if only_asked {
        draft.remove("shippingCost");
    }
    finish(&mut draft, source, body, lines);
    if target == Kind::CashRefund {
        draft.default("account", source.fields.get("account").cloned().unwrap_or_default());
    } else {
        let mut standing = source.clone();
        refresh(store, &mut standing)?;
        let open = standing.decimal("amountRemaining").unwrap_or_default();
        if !body.contains_key("apply") && open > Decimal::ZERO {
            // Left to itself NetSuite puts the credit against the invoice that it was made from.
            draft.put("$applyTo", reference(source.id));
        }
    }
    Ok((draft, taken))
}

/// A payment of an invoice, or a refund of a credit: all that is open unless the body says otherwise.
fn pay(store: &Store, source: &Record, body: &Body) -> Outcome<(Body, Vec<Link>)> {
    let mut standing = source.clone();
    refresh(store, &mut standing)?;
    let open = standing
        .decimal(if source.kind == Kind::Invoice {
            "amountRemaining"
        } else {
            "unapplied"
        })
        .unwrap_or_default();
    if open <= Decimal::ZERO {
        return Err(Refused::user("There is no amount remaining on the transaction."));
    }
    let mut draft = Body::new();
    let customer = source.fields.get("entity").or_else(|| source.fields.get("customer"));
    draft.put("customer", customer.cloned().unwrap_or_default());
    for field in ["currency", "subsidiary", "department", "class", "location"] {
        draft.put(field, source.fields.get(field).cloned().unwrap_or_default());
    }
    let amount = match (source.kind, body.decimal("payment")) {
        (Kind::Invoice, Some(payment)) => payment.min(open),
        _ => open,
    };
    draft.put(
        "apply",
        json!({ "items": [{ "doc": { "id": source.id.to_string() }, "apply": true, "amount": number(amount) }] }),
    );
    for (name, value) in body {
        draft.put(name, value.clone());
    }
    Ok((draft, Vec::new()))
}

fn inherited(source: &Record) -> Body {
    let mut draft = Body::new();
    for field in [
        "entity",
        "currency",
        "exchangeRate",
        "subsidiary",
        "location",
        "department",
        "class",
        "otherRefNum",
        "memo",
        "email",
        "shipMethod",
        "shippingCost",
        "shippingAddress",
        "billingAddress",
        "taxItem",
        "isTaxable",
        "taxDetailsOverride",
        "taxDetails",
    ] {
        draft.put(field, source.fields.get(field).cloned().unwrap_or_default());
    }
    for (name, value) in source.fields.iter().filter(|(name, _)| name.starts_with("custbody")) {
        draft.put(name, value.clone());
    }
    draft
}

fn finish(draft: &mut Body, source: &Record, body: &Body, lines: Vec<Body>) {
    for (name, value) in body.iter().filter(|(name, _)| name.as_str() != "item") {
        draft.put(name, value.clone());
    }
    draft.put("createdFrom", reference(source.id));
    let lines: Vec<Value> = lines
        .into_iter()
        .map(|mut line| {
            line.retain(|name, _| !name.starts_with('$'));
            if line.choice_of("itemType") != Some("Discount") {
                line.put("price", choice("-1"));
            }
            Value::Object(line)
        })
        .collect();
    draft.put("item", json!({ "items": lines }));
}

fn link(source: &Record, line: i64, next: i64, quantity: Decimal, kind: &'static str) -> Link {
    Link {
        previous_doc: source.id,
        previous_line: line,
        next_doc: next,
        next_line: line,
        quantity,
        kind,
    }
}
