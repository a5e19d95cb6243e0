//! The shelves: stock by item and location, found by number instead of by name.

use std::collections::HashMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::given::{Basis, Input, Item, Rules};

/// The place of what a field states for an item as a whole.
const STATED: u32 = 0;

/// Numbers beyond it are cut: no published quantity comes near, and no sum of them overflows.
const MOST: Decimal = Decimal::from_parts(3_567_587_328, 232, 0, false, 0);

/// One item at one place.
pub(super) struct Cell {
    pub(super) place: u32,
    available: Decimal,
    on_hand: Decimal,
    expired: Decimal,
    /// Units in orders that NetSuite does not know yet.
    taken: Decimal,
}

/// Where an offer's stock comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ground {
    /// Places, each once.
    pub(super) places: Vec<u32>,
    pub(super) basis: Basis,
    pub(super) without_expired: bool,
}

impl Ground {
    /// Whether both draw on a place.
    pub(super) fn overlaps(&self, other: &Self) -> bool {
        self.places.iter().any(|place| other.places.contains(place))
    }
}

/// All shelves.
pub(super) struct Room<'a> {
    pub(super) items: &'a [Item],
    by_id: HashMap<&'a str, usize>,
    places: Vec<Arc<str>>,
    cells: Vec<Vec<Cell>>,
}

impl<'a> Room<'a> {
    pub(super) fn new(input: &Input<'a>) -> Self {
        let by_id = input.items.iter().enumerate().map(|(at, item)| (item.id.as_str(), at));
        let mut room = Self {
            items: input.items,
            by_id: by_id.collect(),
            places: vec![Arc::from("")],
            cells: input.items.iter().map(|_| Vec::new()).collect(),
        };
        let mut places: HashMap<&str, u32> = HashMap::new();
        let mut last: Option<(&str, usize)> = None;
        for level in input.levels {
            // Rows of one item usually stand together.
            let known = last.filter(|(id, _)| *id == level.item).map(|(_, at)| at);
            let Some(item) = known.or_else(|| room.position(&level.item)) else {
                continue;
            };
            last = Some((&level.item, item));
            let place = *places.entry(&level.location).or_insert_with(|| {
                room.places.push(Arc::from(level.location.as_str()));
                u32::try_from(room.places.len() - 1).unwrap_or(u32::MAX)
            });
            let cell = Cell {
                place,
                available: cut(level.available),
                on_hand: cut(level.on_hand),
                expired: cut(level.expired).max(Decimal::ZERO),
                taken: Decimal::ZERO,
            };
            match room.cells[item].iter_mut().find(|known| known.place == place) {
                Some(known) => *known = cell,
                None => room.cells[item].push(cell),
            }
        }
        for (item, cells) in room.items.iter().zip(&mut room.cells) {
            if let Some(stated) = item.stated.map(cut) {
                cells.push(Cell {
                    place: STATED,
                    available: stated,
                    on_hand: stated,
                    expired: Decimal::ZERO,
                    taken: Decimal::ZERO,
                });
            }
            cells.sort_by_key(|cell| cell.place);
        }
        room
    }

    /// An item's position.
    pub(super) fn position(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// A place's name, where it has one.
    pub(super) fn name(&self, place: u32) -> Option<Arc<str>> {
        let at = usize::try_from(place).unwrap_or(usize::MAX);
        self.places.get(at).filter(|_| place != STATED).cloned()
    }

    /// Where these rules take stock from. Locations without any stock are left out: they add nothing.
    pub(super) fn ground(&self, rules: &Rules) -> Ground {
        let mut places = Vec::new();
        if rules.basis == Basis::Stated {
            places.push(STATED);
        } else {
            for location in &rules.locations {
                let known = self.places.iter().skip(1).position(|name| **name == **location);
                if let Some(place) = known.and_then(|at| u32::try_from(at + 1).ok())
                    && !places.contains(&place)
                {
                    places.push(place);
                }
            }
        }
        Ground {
            places,
            basis: rules.basis,
            without_expired: rules.exclude_expired,
        }
    }

    /// An item's shelves.
    pub(super) fn cells(&self, item: usize) -> &[Cell] {
        &self.cells[item]
    }

    /// The shelf of an item at a place.
    pub(super) fn cell(&self, item: usize, place: u32) -> Option<&Cell> {
        self.cells[item].iter().find(|cell| cell.place == place)
    }

    /// Whether orders that NetSuite does not know take some of the item.
    pub(super) fn is_taken(&self, item: usize) -> bool {
        self.cells[item].iter().any(|cell| !cell.taken.is_zero())
    }

    /// Takes units of an item off its shelves: from the fullest first, as NetSuite does not say yet where an order will be
    /// served. What is nowhere is owed by the first shelf.
    pub(super) fn take(&mut self, item: usize, units: Decimal, ground: &Ground) {
        let mut cells: Vec<&mut Cell> = self.cells[item]
            .iter_mut()
            .filter(|cell| ground.places.contains(&cell.place))
            .collect();
        cells.sort_by_key(|cell| std::cmp::Reverse(cell.units(ground, true)));
        let mut left = cut(units);
        for cell in &mut cells {
            let part = left.min(cell.units(ground, true)).max(Decimal::ZERO);
            cell.taken += part;
            left -= part;
        }
        if let Some(first) = cells.first_mut() {
            first.taken += left;
        }
    }
}

impl Cell {
    /// Units on this shelf, after orders that NetSuite does not know (`after_orders`) or before.
    pub(super) fn units(&self, ground: &Ground, after_orders: bool) -> Decimal {
        let told = match ground.basis {
            Basis::Available | Basis::Stated => self.available,
            Basis::OnHand => self.on_hand,
        };
        // Expired goods at one place take nothing from another.
        let good = if ground.without_expired && told > Decimal::ZERO {
            (told - self.expired).max(Decimal::ZERO)
        } else {
            told
        };
        if after_orders { good - self.taken } else { good }
    }
}

/// A number within ± [`MOST`].
pub(super) fn cut(number: Decimal) -> Decimal {
    number.clamp(-MOST, MOST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limit_is_a_million_millions() {
        assert_eq!(MOST, "1000000000000".parse().unwrap());
        assert_eq!(cut(Decimal::MAX), MOST);
        assert_eq!(cut(Decimal::MIN), -MOST);
    }
}
