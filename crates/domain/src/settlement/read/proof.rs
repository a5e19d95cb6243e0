//! Running totals of each settlement in a file, and the proof that its lines add up (SET-08, SET-09).

use std::collections::HashMap;
use std::rc::Rc;

use rust_decimal::Decimal;

use super::refusal::{Gap, Refusal, Wrong};
use crate::money::{Currency, plain};
use crate::settlement::classify::{Category, Vocabulary};
use crate::settlement::{Header, Posted};

/// One settlement of a file, proved or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// What its summary row says.
    pub header: Header,
    /// The line of the summary row, or of the first row where there is none.
    pub line: u64,
    /// Data rows, without titles and summary row.
    pub rows: u64,
    /// Money amounts in them.
    pub lines: u64,
    /// The sum of the amounts.
    pub sum: Decimal,
    /// Whether the sum is the declared total, to the last digit, and nothing in the file was refused.
    pub balanced: bool,
    /// Digits that the file writes after the mark.
    pub digits: u32,
    /// Totals by kind of line, in the order of the file.
    pub by_type: Vec<TypeTotal>,
    /// Totals by order, in the order of the file; only when asked for.
    pub by_order: Vec<NamedTotal>,
    /// Totals by `marketplace-name`, in the order of the file; lines without a name stand under the empty one.
    pub by_marketplace: Vec<NamedTotal>,
}

impl Proof {
    /// Sum of lines − declared total; nothing where no total is declared.
    pub fn difference(&self) -> Option<Decimal> {
        self.header.declared_total.map(|declared| self.sum - declared)
    }

    /// Kinds of lines that nobody has mapped yet.
    pub fn unmapped(&self) -> impl Iterator<Item = &TypeTotal> {
        self.by_type.iter().filter(|total| total.category == Category::Unmapped)
    }

    /// An amount as text with the digits that the file uses.
    pub fn text(&self, amount: Decimal) -> String {
        let digits = self.digits.max(amount.normalize().scale()) as usize;
        format!("{:.*}", digits, amount.normalize())
    }
}

/// Lines of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypeTotal {
    /// transaction-type, amount-type, amount-description, verbatim.
    pub triple: [String; 3],
    /// What they are.
    pub category: Category,
    /// How many.
    pub lines: u64,
    /// Their sum.
    pub total: Decimal,
}

/// Lines under one name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedTotal {
    /// The name.
    pub name: String,
    /// How many lines.
    pub lines: u64,
    /// Their sum.
    pub total: Decimal,
}

/// Sums by key in order of first appearance. Lines of one order stand together and repeat the same kinds one after the
/// other, so the last key, and the one that came after it before, are looked at first.
#[derive(Debug, Default)]
struct Sums {
    places: HashMap<Rc<str>, usize>,
    totals: Vec<Sum>,
    last: usize,
}

#[derive(Debug)]
struct Sum {
    key: Rc<str>,
    lines: u64,
    ten_thousandths: i64,
    /// Whose turn it was after this one.
    next: usize,
}

impl Sums {
    fn add(&mut self, key: &str, ten_thousandths: i64) {
        let place = self.place(key);
        if let Some(sum) = self.totals.get_mut(place) {
            sum.lines += 1;
            sum.ten_thousandths = sum.ten_thousandths.saturating_add(ten_thousandths);
        }
    }

    fn place(&mut self, key: &str) -> usize {
        let is_at = |place: usize| self.totals.get(place).is_some_and(|sum| *sum.key == *key);
        if is_at(self.last) {
            return self.last;
        }
        let guess = self.totals.get(self.last).map(|sum| sum.next);
        let guess = guess.filter(|place| is_at(*place));
        let place = guess.or_else(|| self.places.get(key).copied());
        let place = place.unwrap_or_else(|| {
            let key: Rc<str> = key.into();
            self.places.insert(Rc::clone(&key), self.totals.len());
            self.totals.push(Sum {
                key,
                lines: 0,
                ten_thousandths: 0,
                next: 0,
            });
            self.totals.len() - 1
        });
        if let Some(last) = self.totals.get_mut(self.last) {
            last.next = place;
        }
        self.last = place;
        place
    }

    fn into_named(self) -> Vec<NamedTotal> {
        let named = self.totals.into_iter().map(|sum| NamedTotal {
            name: sum.key.as_ref().to_owned(),
            lines: sum.lines,
            total: decimal(sum.ten_thousandths),
        });
        named.collect()
    }
}

fn decimal(ten_thousandths: i64) -> Decimal {
    Decimal::new(ten_thousandths, 4).normalize()
}

/// Between the parts of a triple: no text of a settlement holds it.
const BETWEEN: char = '\u{1f}';

/// A settlement while its file is read.
#[derive(Debug)]
pub(super) struct Running {
    pub id: String,
    pub line: u64,
    pub start: Option<Posted>,
    pub end: Option<Posted>,
    pub deposit: Option<Posted>,
    pub currency: Option<Currency>,
    pub declared: Option<i64>,
    /// A total that stands on detail rows, for files that repeat it there and have no summary row.
    pub repeated_total: Option<i64>,
    pub has_summary: bool,
    /// The line of the row that tells the payout itself, if there is one.
    pub payout: Option<u64>,
    pub rows: u64,
    pub digits: u8,
    lines: u64,
    sum: i128,
    by_type: Sums,
    by_marketplace: Sums,
    by_order: Option<Sums>,
    key: String,
}

impl Running {
    pub(super) fn new(id: &str, line: u64, by_order: bool) -> Self {
        Self {
            id: id.to_owned(),
            line,
            start: None,
            end: None,
            deposit: None,
            currency: None,
            declared: None,
            repeated_total: None,
            has_summary: false,
            payout: None,
            rows: 0,
            digits: 0,
            lines: 0,
            sum: 0,
            by_type: Sums::default(),
            by_marketplace: Sums::default(),
            by_order: by_order.then(Sums::default),
            key: String::new(),
        }
    }

    pub(super) fn add(&mut self, triple: [&str; 3], marketplace: &str, order: &str, ten_thousandths: i64) {
        self.lines += 1;
        self.sum += i128::from(ten_thousandths);
        self.key.clear();
        for part in triple {
            self.key.push_str(part);
            self.key.push(BETWEEN);
        }
        self.by_type.add(&self.key, ten_thousandths);
        self.by_marketplace.add(marketplace, ten_thousandths);
        if let Some(orders) = self.by_order.as_mut().filter(|_| !order.is_empty()) {
            orders.add(order, ten_thousandths);
        }
    }

    /// Whether a row is the payout itself, which some files add as the opposite of the total: no part of what it pays
    /// (amazon-sp-api.md §8.1). Reserves are moved by rows of the same type and are parts.
    pub(super) fn is_payout(&self, transaction_type: &str, description: &str, ten_thousandths: i64) -> bool {
        self.payout.is_none()
            && transaction_type.eq_ignore_ascii_case("transfer")
            && self
                .declared
                .is_some_and(|declared| declared > 0 && ten_thousandths == -declared)
            && !description.to_ascii_lowercase().contains("reserve")
    }

    /// Closes the settlement. `intact` says that nothing in the file was refused.
    pub(super) fn finished(self, intact: bool, vocabulary: &mut Vocabulary) -> (Proof, Vec<Refusal>) {
        let declared = self.declared.or(self.repeated_total);
        let currency = self.currency;
        let mut refusals = Vec::new();
        let refuse = |wrong| Refusal::at(self.line, None, wrong);
        if currency.is_none() {
            refusals.push(refuse(Wrong::NoCurrency {
                settlement: self.id.clone(),
            }));
        }
        let known = currency.unwrap_or(Currency::NONE);
        let (sum, whole) = match i64::try_from(self.sum) {
            Ok(sum) => (decimal(sum), true),
            Err(_) => (Decimal::ZERO, false),
        };
        let difference = declared.map(|declared| sum - decimal(declared));
        match difference {
            None => refusals.push(refuse(Wrong::NoTotal {
                settlement: self.id.clone(),
            })),
            Some(off) if intact && (!off.is_zero() || !whole) => refusals.push(Refusal::at(
                self.line,
                Some("total-amount"),
                Wrong::DoesNotAddUp(Box::new(Gap {
                    settlement: self.id.clone(),
                    declared: plain(decimal(declared.unwrap_or_default()), known),
                    sum: plain(sum, known),
                    difference: plain(off, known),
                })),
            )),
            Some(_) => {}
        }
        let by_type = self
            .by_type
            .into_named()
            .into_iter()
            .map(|total| typed(total, vocabulary))
            .collect();
        let proof = Proof {
            header: Header {
                id: self.id,
                start: self.start,
                end: self.end,
                deposit: self.deposit,
                currency: known,
                declared_total: declared.map(decimal),
            },
            line: self.line,
            rows: self.rows,
            lines: self.lines,
            sum,
            balanced: intact && whole && currency.is_some() && difference.is_some_and(|off| off.is_zero()),
            digits: u32::from(self.digits).max(known.decimals()),
            by_type,
            by_order: self.by_order.map(Sums::into_named).unwrap_or_default(),
            by_marketplace: self.by_marketplace.into_named(),
        };
        (proof, refusals)
    }
}

fn typed(total: NamedTotal, vocabulary: &mut Vocabulary) -> TypeTotal {
    let mut parts = total.name.split(BETWEEN).map(str::to_owned);
    let mut next = || parts.next().unwrap_or_default();
    let triple = [next(), next(), next()];
    let category = vocabulary.triple(&triple[0], &triple[1], &triple[2]).category;
    TypeTotal {
        triple,
        category,
        lines: total.lines,
        total: total.total,
    }
}
