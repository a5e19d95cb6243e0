//! Dividing whole units by weight, so that nothing is promised twice and no unit is left over for want of rounding.

use std::collections::HashMap;

use rust_decimal::Decimal;

use super::given::Basis;
use super::room::{Ground, Room, cut};

/// One sellable item that draws on a component.
struct Claim {
    /// The sellable item.
    by: usize,
    weight: Decimal,
    /// Where its offers take stock from.
    places: Vec<u32>,
}

/// An item, the number that counts of it, and whether orders that NetSuite does not know are off.
type Asked = (usize, Basis, bool, bool);

/// Who draws on which item, and what each gets at each place ([`crate::stock::Share::Divide`]).
#[derive(Default)]
pub(super) struct Division {
    claims: HashMap<usize, Vec<Claim>>,
    memo: HashMap<Asked, HashMap<(u32, usize), Decimal>>,
}

impl Division {
    /// Notes that a sellable item draws on another (or on itself) at these places.
    pub(super) fn claim(&mut self, on: usize, by: usize, weight: Decimal, places: &[u32]) {
        let claims = self.claims.entry(on).or_default();
        match claims.iter_mut().find(|claim| claim.by == by) {
            Some(claim) => {
                let new = places.iter().filter(|place| !claim.places.contains(place)).copied();
                let new: Vec<u32> = new.collect();
                claim.places.extend(new);
            }
            None => claims.push(Claim {
                by,
                weight: cut(weight).max(Decimal::ZERO),
                places: places.to_vec(),
            }),
        }
    }

    /// Whether more than one draws on the item.
    pub(super) fn divides(&self, on: usize) -> bool {
        self.claims.get(&on).is_some_and(|claims| claims.len() > 1)
    }

    /// The units of an item at a place that a sellable item may promise.
    pub(super) fn units(
        &mut self,
        room: &Room,
        (on, place, by): (usize, u32, usize),
        ground: &Ground,
        after_orders: bool,
    ) -> Decimal {
        let claims = self.claims.get(&on);
        let asked = (on, ground.basis, ground.without_expired, after_orders);
        let parts = self.memo.entry(asked).or_insert_with(|| {
            let claims = claims.map_or(&[][..], Vec::as_slice);
            divided(room, on, claims, ground, after_orders)
        });
        parts.get(&(place, by)).copied().unwrap_or_default()
    }
}

fn divided(
    room: &Room,
    on: usize,
    claims: &[Claim],
    ground: &Ground,
    after_orders: bool,
) -> HashMap<(u32, usize), Decimal> {
    let mut parts = HashMap::new();
    let mut owed = vec![Decimal::ZERO; claims.len()];
    let claimed = |place: u32| claims.iter().any(|claim| claim.places.contains(&place));
    let cells = room.cells(on).iter().filter(|cell| claimed(cell.place));
    let cells: Vec<(u32, Decimal)> = cells
        .map(|cell| (cell.place, cell.units(ground, after_orders)))
        .collect();
    // What one shelf lacks, the others have to give: nobody else would.
    let mut lacking: Decimal = cells.iter().map(|(_, units)| (-*units).max(Decimal::ZERO)).sum();
    for (place, units) in cells {
        let lent = lacking.min(units.max(Decimal::ZERO));
        lacking -= lent;
        let weights = claims.iter().map(|claim| {
            let here = claim.places.contains(&place);
            if here { claim.weight } else { Decimal::ZERO }
        });
        let weights: Vec<Decimal> = weights.collect();
        let given = apportion(units - lent, &weights, &mut owed);
        for (claim, units) in claims.iter().zip(given) {
            parts.insert((place, claim.by), units);
        }
    }
    parts
}

/// The whole units of an amount, divided by weight. The units that rounding leaves over go to those who are owed most,
/// also from earlier divisions: `owed` carries on from place to place.
pub(super) fn apportion(amount: Decimal, weights: &[Decimal], owed: &mut [Decimal]) -> Vec<Decimal> {
    let units = amount.floor().max(Decimal::ZERO);
    let all: Decimal = weights.iter().copied().sum();
    if all <= Decimal::ZERO {
        return vec![Decimal::ZERO; weights.len()];
    }
    let mut given = Vec::with_capacity(weights.len());
    for (weight, owed) in weights.iter().zip(owed.iter_mut()) {
        let exact = units.checked_mul(*weight).unwrap_or(Decimal::ZERO) / all;
        let whole = exact.floor();
        *owed += exact - whole;
        given.push(whole);
    }
    let mut left = units - given.iter().copied().sum::<Decimal>();
    let mut order: Vec<usize> = (0..weights.len()).filter(|at| weights[*at] > Decimal::ZERO).collect();
    order.sort_by_key(|at| std::cmp::Reverse(owed[*at]));
    for at in order {
        if left < Decimal::ONE {
            break;
        }
        given[at] += Decimal::ONE;
        owed[at] -= Decimal::ONE;
        left -= Decimal::ONE;
    }
    given
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(amounts: &[i64], weights: &[i64]) -> Vec<Vec<String>> {
        let weights: Vec<Decimal> = weights.iter().copied().map(Decimal::from).collect();
        let mut owed = vec![Decimal::ZERO; weights.len()];
        let one = |amount: &i64| {
            let given = apportion(Decimal::from(*amount), &weights, &mut owed);
            given.iter().map(|units| units.normalize().to_string()).collect()
        };
        amounts.iter().map(one).collect()
    }

    #[test]
    fn whole_units_are_divided_without_a_rest() {
        assert_eq!(given(&[10], &[1, 1, 1]), [["4", "3", "3"]]);
        assert_eq!(given(&[10], &[0, 0]), [["0", "0"]], "nobody has a weight");
        assert_eq!(given(&[-3], &[1, 1]), [["0", "0"]]);
    }

    #[test]
    fn single_units_at_many_places_reach_everybody_by_weight() {
        assert_eq!(given(&[1, 1, 1], &[2, 1]), [["1", "0"], ["0", "1"], ["1", "0"]]);
    }
}
