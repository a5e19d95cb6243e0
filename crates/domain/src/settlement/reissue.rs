//! A settlement that Amazon issued again: what its new file says otherwise, row by row (SET-61).
//!
//! Rows are compared by what they say and not by where they stand: a row that moved within its file is the same row, and
//! of rows that are the same in every cell as many are the same as both files have (SET-07).

use std::collections::{BTreeMap, HashMap, VecDeque};

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Line, Posted};

/// What became of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// The new file alone has it.
    Added,
    /// The first file alone has it.
    Removed,
    /// Both have it, with another amount, quantity or time.
    Changed,
}

/// A row that differs; `before` or `after` is nothing where a file does not have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What became of it.
    pub fate: Fate,
    /// As the first file has it.
    pub before: Option<Line>,
    /// As the new file has it.
    pub after: Option<Line>,
}

impl Row {
    /// The row as it stands last.
    pub fn line(&self) -> Option<&Line> {
        self.after.as_ref().or(self.before.as_ref())
    }

    /// By how much it moves the total.
    pub fn off(&self) -> Decimal {
        let amount = |line: &Option<Line>| line.as_ref().map_or(Decimal::ZERO, Line::amount);
        amount(&self.after) - amount(&self.before)
    }
}

/// The rows that differ, and how many are the same.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Difference {
    /// In the order of the new file; rows that it does not have stand where the first one had them.
    pub rows: Vec<Row>,
    /// Rows that say the same in both.
    pub same: usize,
    /// The lines of the new file as they are kept: a row that both files have keeps its number, so that what was decided
    /// and written about it stays its own; rows that are new are numbered behind all others.
    pub kept: Vec<Line>,
}

impl Difference {
    /// How many rows met a fate.
    pub fn count(&self, fate: Fate) -> usize {
        self.rows.iter().filter(|row| row.fate == fate).count()
    }

    /// The rows of each order, and of each kind of row without one, in the order of the first of them.
    pub fn groups(&self) -> Vec<(Owner, Vec<&Row>)> {
        let mut places: BTreeMap<Owner, usize> = BTreeMap::new();
        let mut groups: Vec<(Owner, Vec<&Row>)> = Vec::new();
        for row in &self.rows {
            let Some(line) = row.line() else { continue };
            let owner = Owner::of(line);
            let place = *places.entry(owner.clone()).or_insert_with(|| {
                groups.push((owner, Vec::new()));
                groups.len() - 1
            });
            if let Some((_, rows)) = groups.get_mut(place) {
                rows.push(row);
            }
        }
        groups
    }
}

/// What a row belongs to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Owner {
    /// An order.
    Order(String),
    /// Rows of one transaction type and description that name no order.
    Kind(String),
}

impl Owner {
    fn of(line: &Line) -> Self {
        match line.order() {
            Some(order) => Self::Order(order.to_owned()),
            None if line.amount_description.is_empty() => Self::Kind(line.transaction_type.clone()),
            None => Self::Kind(line.amount_description.clone()),
        }
    }
}

/// Compares two files of one settlement.
pub fn compare(before: &[Line], after: Vec<Line>) -> Difference {
    let mut left: Vec<Option<&Line>> = before.iter().map(Some).collect();
    let mut partner: Vec<Option<&Line>> = vec![None; after.len()];
    let same = pair(&mut left, &after, &mut partner, content);
    pair(&mut left, &after, &mut partner, identity);
    let behind = before.iter().map(|line| line.number).max().unwrap_or_default();
    let mut difference = Difference {
        same,
        ..Difference::default()
    };
    let mut rows: Vec<(u64, u8, Row)> = Vec::new();
    for (line, partner) in after.into_iter().zip(partner) {
        let mut kept = line;
        match partner {
            Some(known) => (kept.number, kept.part) = (known.number, known.part),
            None => kept.number += behind,
        }
        if partner.is_none_or(|known| content(known) != content(&kept)) {
            let row = Row {
                fate: if partner.is_some() { Fate::Changed } else { Fate::Added },
                before: partner.cloned(),
                after: Some(kept.clone()),
            };
            rows.push((kept.number, kept.part, row));
        }
        difference.kept.push(kept);
    }
    for line in left.into_iter().flatten() {
        let row = Row {
            fate: Fate::Removed,
            before: Some(line.clone()),
            after: None,
        };
        rows.push((line.number, line.part, row));
    }
    rows.sort_by_key(|(number, part, _)| (*number, *part));
    difference.kept.sort_by_key(|line| (line.number, line.part));
    difference.rows = rows.into_iter().map(|(_, _, row)| row).collect();
    difference
}

/// Gives each line that has none yet the first one left with the same key; how many found theirs.
fn pair<'b, K: std::hash::Hash + Eq>(
    left: &mut [Option<&'b Line>],
    after: &[Line],
    partner: &mut [Option<&'b Line>],
    key: impl Fn(&Line) -> K,
) -> usize {
    let mut free: HashMap<K, VecDeque<usize>> = HashMap::new();
    for (place, line) in left.iter().enumerate() {
        if let Some(line) = line {
            free.entry(key(line)).or_default().push_back(place);
        }
    }
    let mut found = 0;
    for (line, partner) in after.iter().zip(partner).filter(|(_, partner)| partner.is_none()) {
        let place = free.get_mut(&key(line)).and_then(VecDeque::pop_front);
        if let Some(known) = place.and_then(|place| left.get_mut(place)) {
            *partner = known.take();
            found += 1;
        }
    }
    found
}

/// Which row it is, whatever it comes to.
type Identity = [String; 11];

fn identity(line: &Line) -> Identity {
    identity_of(line).map(str::to_owned)
}

/// Everything that the posting of a row depends on. Columns that nothing uses do not make another row.
type Content = (Identity, i64, Option<Posted>, Option<i64>);

fn content(line: &Line) -> Content {
    (identity(line), line.ten_thousandths, line.posted, line.quantity)
}

fn identity_of<S: AsRef<str>>(line: &Line<S>) -> [&str; 11] {
    [
        &line.transaction_type,
        &line.amount_type,
        &line.amount_description,
        &line.order_id,
        &line.merchant_order_id,
        &line.adjustment_id,
        &line.shipment_id,
        &line.marketplace_name,
        &line.order_item_code,
        &line.sku,
        &line.promotion_id,
    ]
    .map(AsRef::as_ref)
}

/// What the rows of a settlement say, whatever their order: equal for files that say the same. Taken while a file is
/// read, so that none is held in memory for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Fingerprint {
    sum: u128,
    rows: u64,
}

impl Fingerprint {
    /// Counts a row in.
    pub fn add<S: AsRef<str>>(&mut self, line: &Line<S>) {
        let mut hash = Sha256::new();
        for text in identity_of(line) {
            hash.update(text.len().to_le_bytes());
            hash.update(text);
        }
        hash.update(line.ten_thousandths.to_le_bytes());
        hash.update(line.posted.map(Posted::iso).unwrap_or_default());
        hash.update(line.quantity.map(i64::to_le_bytes).unwrap_or_default());
        let mut half = [0; 16];
        half.copy_from_slice(&hash.finalize()[..16]);
        self.sum = self.sum.wrapping_add(u128::from_le_bytes(half));
        self.rows += 1;
    }

    /// As text, to be kept.
    pub fn text(&self) -> String {
        format!("{:032x}-{}", self.sum, self.rows)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(number: u64, order: &str, description: &str, cents: i64) -> Line {
        Line {
            number,
            transaction_type: "Order".into(),
            amount_type: "ItemPrice".into(),
            amount_description: description.into(),
            order_id: order.into(),
            ten_thousandths: cents * 100,
            ..Line::default()
        }
    }

    fn told(difference: &Difference) -> Vec<(Fate, u64, String)> {
        let row = |row: &Row| {
            (
                row.fate,
                row.line().map_or(0, |line| line.number),
                row.off().to_string(),
            )
        };
        difference.rows.iter().map(row).collect()
    }

    #[test]
    fn set_61_rows_are_compared_by_what_they_say_and_changed_ones_keep_their_number() {
        let before = [
            line(3, "111-1", "Principal", 2000),
            line(4, "111-1", "Shipping", 400),
            line(5, "111-2", "Principal", 1000),
            line(6, "111-3", "Principal", 500),
        ];
        let after = vec![
            line(3, "111-4", "Principal", 700),
            line(4, "111-2", "Principal", 1200),
            line(5, "111-1", "Principal", 2000),
            line(6, "111-1", "Shipping", 400),
        ];
        let difference = compare(&before, after);
        assert_eq!(difference.same, 2);
        assert_eq!(
            told(&difference),
            [
                (Fate::Changed, 5, "2".to_owned()),
                (Fate::Removed, 6, "-5".to_owned()),
                (Fate::Added, 9, "7".to_owned()),
            ]
        );
        let kept: Vec<u64> = difference.kept.iter().map(|line| line.number).collect();
        assert_eq!(kept, [3, 4, 5, 9]);
        let owners: Vec<Owner> = difference.groups().into_iter().map(|(owner, _)| owner).collect();
        assert_eq!(owners, ["111-2", "111-3", "111-4"].map(|id| Owner::Order(id.into())));
    }

    #[test]
    fn set_61_set_07_of_rows_that_are_the_same_in_every_cell_each_counts() {
        let twice = [line(3, "111-1", "Principal", 1000), line(4, "111-1", "Principal", 1000)];
        let once = compare(&twice, vec![line(3, "111-1", "Principal", 1000)]);
        assert_eq!(
            (once.same, told(&once)),
            (1, vec![(Fate::Removed, 4, "-10".to_owned())])
        );
        let thrice = compare(&twice[..1], twice.to_vec());
        assert_eq!((thrice.same, thrice.count(Fate::Added)), (1, 1));
    }

    #[test]
    fn set_61_a_fingerprint_tells_other_content_and_not_another_order() {
        let print = |lines: &[Line]| {
            let mut print = Fingerprint::default();
            for line in lines {
                print.add(line);
            }
            print.text()
        };
        let (one, other) = (line(3, "111-1", "Principal", 1000), line(4, "111-2", "Principal", 1000));
        assert_eq!(
            print(&[one.clone(), other.clone()]),
            print(&[other.clone(), one.clone()])
        );
        // The same sum and count, for other orders.
        let moved = line(4, "111-3", "Principal", 1000);
        assert_ne!(print(&[one.clone(), other.clone()]), print(&[one.clone(), moved]));
        assert_ne!(print(&[one.clone(), one.clone()]), print(&[one, other]));
    }
}
