//! What a record must say now: as it was left, with what Amazon changed since (ORD-04). A setting that was changed since
//! changes no record: the order is drawn twice under today's settings, as Amazon has it and as Amazon had it, and only
//! where the two differ is there a change.

use std::collections::BTreeMap;

use amazon::Order;
use domain::Money;
use netsuite::RecordType;
use rust_decimal::Decimal;
use serde_json::Value;

use super::draft::draft;
use super::fields;
use super::record::Becomes;
use super::relined::carried;
use super::seen::{KnownRecord, Seen};
use super::standing::Case;
use super::written::{Content, Written, WrittenLine};
use crate::flow::{Expect, Write};

/// What the record must say.
pub struct Wanted {
    /// Its lines, without those that are gone.
    pub lines: Vec<WrittenLine>,
    /// Shipping in the header.
    pub shipping: Option<Decimal>,
    /// The product's own fields.
    pub fields: BTreeMap<String, Value>,
    /// What tells the address from another, and the address.
    pub address: Option<(String, Value)>,
    /// The tax of each line, where it is written.
    pub tax: Option<Value>,
    /// The total that it must come to, and how far it may be off; nothing where NetSuite computes the tax.
    pub total: Option<(Money, Decimal)>,
    /// Amazon changed the order, and under the settings of today it cannot be told what that changes of its lines.
    pub is_unclear: bool,
}

/// An order as it would be written today.
struct Drawn {
    body: Value,
    content: Content,
    total: Option<(Money, Decimal)>,
}

/// What the record must say; nothing when the order cannot be drawn.
pub fn wanted(of: &Case<'_>, record: &KnownRecord, written: &Written) -> Option<Wanted> {
    let now = drawn(of, record)?;
    let last = &written.last;
    let address = now
        .content
        .address
        .clone()
        .zip(now.body.get("shippingAddress").cloned());
    let mut wanted = Wanted {
        lines: last.lines.clone(),
        shipping: last.shipping,
        fields: last.fields.clone(),
        address,
        tax: now.body.get("taxDetails").cloned(),
        total: written.total,
        is_unclear: false,
    };
    // What NetSuite's own tax makes of the total follows the record, and not a setting.
    let variance = now.content.fields.get_key_value(fields::TAX_VARIANCE);
    if let (Some((name, value)), None) = (variance, &written.total) {
        wanted.fields.insert(name.clone(), value.clone());
    }
    let as_left = |content: &Content| content.lines == last.lines && content.shipping == last.shipping;
    if as_left(&now.content) && now.content.fields == last.fields {
        return Some(wanted);
    }
    // Nobody knows any more what Amazon said then: only totals can be compared.
    let Some(before) = drawn_before(of, record, written) else {
        return Some(wanted);
    };
    let changed = now.content.fields.iter();
    let changed = changed.filter(|(name, value)| before.content.fields.get(*name) != Some(value));
    wanted
        .fields
        .extend(changed.map(|(name, value)| (name.clone(), value.clone())));
    let (then, today) = (&before.content, &now.content);
    if then.lines == today.lines && then.shipping == today.shipping {
        return Some(wanted);
    }
    if as_left(then) {
        wanted.lines.clone_from(&today.lines);
        wanted.shipping = today.shipping;
        wanted.total = now.total;
    } else {
        carry(&mut wanted, last, then, today);
    }
    Some(wanted)
}

/// The change of Amazon's alone, on lines that were written under other settings.
fn carry(wanted: &mut Wanted, last: &Content, then: &Content, today: &Content) {
    let lines = carried(&last.lines, &then.lines, &today.lines).filter(|_| then.shipping == today.shipping);
    let Some(lines) = lines else {
        wanted.is_unclear = true;
        return;
    };
    let sum = |lines: &[WrittenLine]| lines.iter().map(|line| line.amount).sum::<Decimal>();
    if let Some((total, _)) = &mut wanted.total {
        total.amount += sum(&lines) - sum(&last.lines);
    }
    wanted.lines = lines;
    wanted.tax = None;
}

/// The order as Amazon had it when it was written last, under today's settings. Buyers are not kept, and change nothing
/// of the lines.
fn drawn_before(of: &Case<'_>, record: &KnownRecord, written: &Written) -> Option<Drawn> {
    let order = &of.seen.order;
    let then = Order {
        buyer: order.buyer.clone(),
        address: order.address.clone(),
        ..written.amazon.clone()?
    };
    let seen = Seen {
        order: then,
        ..of.seen.clone()
    };
    drawn(&Case { seen: &seen, ..*of }, record)
}

fn drawn(of: &Case<'_>, record: &KnownRecord) -> Option<Drawn> {
    let becomes = match record.record {
        RecordType::Invoice => Becomes::Invoice,
        RecordType::CashSale => Becomes::CashSale,
        _ => Becomes::SalesOrder,
    };
    let mut steps = draft(of, of.day).ok()?.steps(becomes).ok()?;
    let step = steps.pop()?;
    let Write::NetSuite(netsuite::Write::Create { body, .. }) = step.write else {
        return None;
    };
    let promised = |Expect::Total { total, tolerance }| (total, tolerance);
    Some(Drawn {
        content: Content::of(&body),
        total: step.expect.map(promised),
        body,
    })
}
