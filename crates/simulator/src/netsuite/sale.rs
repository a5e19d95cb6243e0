//! Orders, invoices, cash sales, credit memos and cash refunds: what NetSuite computes by itself.

use rust_decimal::{Decimal, RoundingStrategy};
use serde_json::{Map, Value, json};

use super::envelope::{Outcome, Refused};
use super::kind::Kind;
use super::record::{Fields as _, choice, number};
use super::store::{Record, Store};

type Line = Map<String, Value>;

/// Amounts are rounded to what the currency can hold.
pub(super) fn round(amount: Decimal, decimals: u32) -> Decimal {
    amount.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero)
}

/// Decimals of the record's currency.
pub(super) fn precision(store: &Store, record: &Record) -> Outcome<u32> {
    let Some(currency) = record.id_of("currency") else {
        return Ok(2);
    };
    let currency = store.need("currency", currency)?;
    Ok(currency
        .whole("currencyPrecision")
        .and_then(|digits| u32::try_from(digits).ok())
        .unwrap_or(2))
}

/// Numbers the lines, prices them, adds up.
pub(super) fn compute(store: &Store, record: &mut Record, fresh: bool) -> Outcome<()> {
    let decimals = precision(store, record)?;
    let mut lines = record.lines("item");
    if lines.is_empty() {
        return Err(Refused::user("You must enter at least one line item for this transaction.").at("item"));
    }
    number_lines(&mut lines, record.id);
    let rate_of_exchange = record.decimal("exchangeRate").unwrap_or(Decimal::ONE);
    for (position, line) in lines.iter_mut().enumerate() {
        price(store, line, rate_of_exchange, decimals, fresh).map_err(|refused| prefixed(refused, position))?;
    }
    if fresh {
        automatic_discount(store, record, &mut lines, decimals)?;
    }
    for (mandatory, field) in [
        ("DEPTMANDATORY", "department"),
        ("CLASSMANDATORY", "class"),
        ("LOCMANDATORY", "location"),
    ] {
        let given = record.id_of(field).is_some() || lines.iter().all(|line| line.id_of(field).is_some());
        if !given && store.preference(mandatory)? == "T" {
            return Err(Refused::missing(field));
        }
    }
    let subtotal: Decimal = lines.iter().filter_map(|line| line.decimal("amount")).sum();
    let tax = tax(store, record, &mut lines, decimals)?;
    let shipping = round(record.decimal("shippingCost").unwrap_or_default(), decimals);
    let total = subtotal + tax + shipping;
    if total < Decimal::ZERO {
        return Err(Refused::user("The transaction total may not be negative."));
    }
    record.put_lines("item", lines);
    record.put("subtotal", number(subtotal));
    record.put("taxTotal", number(tax));
    record.put("total", number(total));
    Ok(())
}

/// New lines get the numbers after the highest one there is.
fn number_lines(lines: &mut [Line], record: i64) {
    let mut last = lines.iter().filter_map(|line| line.whole("line")).max().unwrap_or(0);
    for line in lines {
        if line.whole("line").is_none() {
            last += 1;
            line.put("line", json!(last));
        }
        let key = format!("{record}{:04}", line.whole("line").unwrap_or_default());
        line.put("lineUniqueKey", json!(key));
    }
}

fn price(store: &Store, line: &mut Line, rate_of_exchange: Decimal, decimals: u32, fresh: bool) -> Outcome<()> {
    let id = line.id_of("item").ok_or_else(|| Refused::missing("Item"))?;
    let item = store.need("item", id)?;
    if item.flag("$matrixParent") == Some(true) {
        return Err(Refused::invalid_field(&id.to_string(), "item", "item"));
    }
    if fresh && item.flag("isInactive") == Some(true) {
        return Err(Refused::invalid_field(&id.to_string(), "item", "item"));
    }
    line.put("itemType", choice(item.kind.item_type().unwrap_or_default()));
    if item.kind == Kind::DiscountItem {
        line.remove("quantity");
        let amount = line
            .decimal("amount")
            .or_else(|| line.decimal("rate"))
            .ok_or_else(|| Refused::missing("Amount"))?;
        line.put("amount", number(round(amount, decimals)));
        return Ok(());
    }
    let quantity = line.decimal("quantity").unwrap_or(Decimal::ONE);
    line.put("quantity", number(quantity));
    let level = line.choice_of("price").unwrap_or("-1").to_owned();
    let named = line.decimal("rate").is_some() || line.decimal("amount").is_some();
    if level != "-1" || !named {
        // A price level other than "custom" makes NetSuite price the line itself, whatever the request said.
        let base = item.decimal("basePrice").unwrap_or_default();
        let rate = if rate_of_exchange.is_zero() {
            base
        } else {
            base / rate_of_exchange
        };
        line.put("price", choice(if level == "-1" { "1" } else { &level }));
        line.put("rate", number(round(rate, decimals)));
        line.remove("amount");
    } else {
        line.put("price", choice("-1"));
    }
    match (line.decimal("amount"), line.decimal("rate")) {
        (None, rate) => line.put("amount", number(round(rate.unwrap_or_default() * quantity, decimals))),
        (Some(amount), None) if !quantity.is_zero() => {
            line.put("amount", number(round(amount, decimals)));
            line.put("rate", number((amount / quantity).round_dp(8)));
        }
        (Some(amount), _) => line.put("amount", number(round(amount, decimals))),
    }
    Ok(())
}

/// A standing rule of the customer that changes totals behind the integration's back (flows.md O24).
fn automatic_discount(store: &Store, record: &Record, lines: &mut Vec<Line>, decimals: u32) -> Outcome<()> {
    let Some(customer) = record.id_of("entity") else {
        return Ok(());
    };
    let customer = store.need("entity", customer)?;
    let (Some(item), Some(percent)) = (customer.id_of("$discountItem"), customer.decimal("$discountPercent")) else {
        return Ok(());
    };
    let subtotal: Decimal = lines.iter().filter_map(|line| line.decimal("amount")).sum();
    let mut line = Line::new();
    line.put("item", super::record::reference(item));
    line.put(
        "amount",
        number(-round(subtotal * percent / Decimal::ONE_HUNDRED, decimals)),
    );
    lines.push(line);
    number_lines(lines, record.id);
    let last = lines.len() - 1;
    price(store, &mut lines[last], Decimal::ONE, decimals, false)
}

/// SuiteTax takes overridden details; in a legacy account NetSuite adds its own tax where an item is taxable.
fn tax(store: &Store, record: &Record, lines: &mut [Line], decimals: u32) -> Outcome<Decimal> {
    if store.has("SUITETAX") {
        let details = record.lines("taxDetails");
        let amounts = details.iter().filter_map(|line| line.decimal("taxAmount"));
        return Ok(if record.flag("taxDetailsOverride") == Some(true) {
            round(amounts.sum(), decimals)
        } else {
            Decimal::ZERO
        });
    }
    let mut sum = Decimal::ZERO;
    for line in lines.iter_mut() {
        let Some(item) = line.id_of("item") else { continue };
        let taxable = store.need("item", item)?.flag("isTaxable") == Some(true);
        if !taxable || line.flag("isTaxable") == Some(false) || record.flag("isTaxable") == Some(false) {
            continue;
        }
        let default = store.preference("DEFAULTTAXCODE")?.parse().ok();
        let Some(code) = line.id_of("taxCode").or_else(|| record.id_of("taxItem")).or(default) else {
            continue;
        };
        let percent = store.need("salesTaxItem", code)?.decimal("rate").unwrap_or_default();
        let amount = line.decimal("amount").unwrap_or_default() * percent / Decimal::ONE_HUNDRED;
        let amount = round(amount, decimals);
        line.put("tax1Amt", number(amount));
        sum += amount;
    }
    Ok(sum)
}

/// How far a sales order has come (netsuite.md §5). Items without stock are billed but never shipped.
pub(super) fn order_status(store: &Store, order: &Record) -> Outcome<&'static str> {
    if let Some(letter) = order.choice_of("orderStatus") {
        if letter == "A" {
            return Ok("A");
        }
        if letter == "C" {
            return Ok("C");
        }
    }
    let lines = order.lines("item");
    if lines.iter().all(|line| line.flag("isClosed") == Some(true)) {
        return Ok("H");
    }
    let (mut shippable, mut shipped, mut all_shipped, mut all_billed, mut unbilled_shipped) =
        (false, false, true, true, false);
    for line in lines.iter().filter(|line| line.flag("isClosed") != Some(true)) {
        let ordered = line.decimal("quantity").unwrap_or(Decimal::ONE);
        let billed = quantity_done(store, order.id, line, "OrdBill")?;
        all_billed &= billed >= ordered;
        if is_shippable(line) {
            let fulfilled = quantity_shipped(store, order.id, line)?;
            shippable = true;
            shipped |= fulfilled > Decimal::ZERO;
            all_shipped &= fulfilled >= ordered;
            unbilled_shipped |= fulfilled > billed;
        }
    }
    Ok(match () {
        // Billed in advance, it still waits for its goods.
        () if all_billed && (all_shipped || !shippable) => "G",
        () if all_shipped && shippable => "F",
        () if shipped && unbilled_shipped => "E",
        () if shipped => "D",
        () => "B",
    })
}

/// Whether a line can be fulfilled.
pub(super) fn is_shippable(line: &Line) -> bool {
    matches!(line.choice_of("itemType"), Some("InvtPart" | "Assembly" | "Kit"))
}

/// What of an order's line was fulfilled (`ShipRcpt`) or billed (`OrdBill`), before these books and since.
pub(super) fn quantity_done(store: &Store, order: i64, line: &Line, kind: &str) -> Outcome<Decimal> {
    let before = line
        .decimal(if kind == "ShipRcpt" { "$fulfilled" } else { "$billed" })
        .unwrap_or_default();
    Ok(before + store.linked(order, line.whole("line").unwrap_or_default(), kind)?)
}

/// What of an order's line has left the house: picked and packed goods have not.
pub(super) fn quantity_shipped(store: &Store, order: i64, line: &Line) -> Outcome<Decimal> {
    let before = line.decimal("$fulfilled").unwrap_or_default();
    Ok(before + store.shipped(order, line.whole("line").unwrap_or_default())?)
}

fn prefixed(mut refused: Refused, position: usize) -> Refused {
    for detail in &mut refused.details {
        detail.path = format!("item.items[{position}].{}", detail.path.to_lowercase());
    }
    refused
}
