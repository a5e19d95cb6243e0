//! What a person accepted about an order's record: as both sides looked then, so that whatever changes later is asked
//! about again (CMN-13, CMN-37).

use amazon::Order;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::apart;
use super::seen::{KnownRecord, RecordLine};
use super::standing::Case;
use crate::flow::Remedy;

/// Whether a person accepted the record as both sides look now.
pub fn is_accepted(of: &Case<'_>, record: &KnownRecord) -> bool {
    let accepted = of.rules.adopted.get(&of.seen.order.id);
    let (first, state) = as_they_stand(of, record);
    accepted.is_some_and(|accepted| accepted.id == first.id && accepted.state == state)
}

/// The button that accepts the record as it stands.
pub fn accept(of: &Case<'_>, record: &KnownRecord) -> Remedy {
    let (first, state) = as_they_stand(of, record);
    Remedy::Adopt {
        record: first.record,
        id: first.id.clone(),
        number: first.number.clone(),
        state,
    }
}

/// Where an order's shipments have records of their own, all of them are accepted together, under the first.
fn as_they_stand<'a>(of: &Case<'a>, record: &'a KnownRecord) -> (&'a KnownRecord, String) {
    let Some(part) = of.part else {
        return (record, state(&of.seen.order, record));
    };
    let all = apart::records(part.whole);
    let states: String = all.iter().map(|one| state(&part.whole.order, one)).collect();
    (all.first().copied().unwrap_or(record), digest(&states))
}

/// What the order costs at Amazon and what stands in the record: Amazon's own words, whatever the settings make of them.
pub(super) fn state(order: &Order, record: &KnownRecord) -> String {
    let items = order.items.iter();
    let items: Vec<_> = items
        .map(|item| json!([item.id, item.sku, item.quantity, item.breakdowns]))
        .collect();
    let amazon = json!([items, order.breakdowns, order.grand_total]);
    digest(&format!("{}{} {amazon}", lines_of(record), record.total.normalize()))
}

/// What the record's lines look like.
pub fn state_of_lines(record: &KnownRecord) -> String {
    digest(&lines_of(record))
}

fn lines_of(record: &KnownRecord) -> String {
    let told = |line: &RecordLine| {
        let (units, amount) = (line.quantity.normalize(), line.amount.normalize());
        format!("{} {} {units} {amount}\n", line.line, line.item.0)
    };
    record.lines.iter().map(told).collect()
}

fn digest(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    let first = digest.iter().take(8);
    first.fold(String::new(), |text, byte| text + format!("{byte:02x}").as_str())
}
