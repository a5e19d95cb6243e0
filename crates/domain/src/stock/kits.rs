//! What a kit is made of in the end: nested kits opened up, each component once (INV-06, INV-07).

use rust_decimal::Decimal;

use super::formula::Withheld;
use super::given::{ItemKind, Member};
use super::room::{Room, cut};

/// The components that limit a kit, and whether one of all its components may no longer be sold.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Parts {
    /// Components with stock: position and units in one kit.
    pub(super) limiting: Vec<(usize, Decimal)>,
    /// The first component that is inactive.
    pub(super) inactive: Option<usize>,
}

/// The parts behind these members of an item. An assembly inside counts as a component with its own stock.
pub(super) fn parts(room: &Room, item: usize) -> Result<Parts, Withheld> {
    let mut parts = Parts::default();
    collect(room, item, Decimal::ONE, &mut vec![item], &mut parts)?;
    Ok(parts)
}

fn collect(room: &Room, item: usize, times: Decimal, path: &mut Vec<usize>, parts: &mut Parts) -> Result<(), Withheld> {
    for Member { item: id, quantity } in &room.items[item].members {
        let Some(member) = room.position(id) else {
            return Err(Withheld::UnknownMember(id.clone()));
        };
        if *quantity <= Decimal::ZERO {
            return Err(Withheld::WrongMember(id.clone()));
        }
        if room.items[member].inactive && parts.inactive.is_none() {
            parts.inactive = Some(member);
        }
        let units = times.checked_mul(*quantity).ok_or(Withheld::OutOfRange)?;
        match room.items[member].kind {
            ItemKind::MatrixParent => return Err(Withheld::WrongMember(id.clone())),
            ItemKind::NonInventory | ItemKind::Service => {}
            ItemKind::Kit if path.contains(&member) => return Err(Withheld::MembersInCircle(id.clone())),
            ItemKind::Kit => {
                path.push(member);
                collect(room, member, units, path, parts)?;
                path.pop();
            }
            ItemKind::Inventory | ItemKind::Assembly => add(parts, member, cut(units)),
        }
    }
    Ok(())
}

/// A component that stands in several nested kits counts with all its units.
fn add(parts: &mut Parts, member: usize, units: Decimal) {
    match parts.limiting.iter_mut().find(|(known, _)| *known == member) {
        Some((_, known)) => *known += units,
        None => parts.limiting.push((member, units)),
    }
}

/// Whole kits out of these amounts of their components, and the component that limits them.
pub(super) fn whole(amounts: impl Iterator<Item = (usize, Decimal, Decimal)>) -> (Decimal, Option<usize>) {
    let mut fewest: Option<(Decimal, usize)> = None;
    for (part, amount, quantity) in amounts {
        // A quantity that is nearly nought could give more than fits; such a component does not limit.
        let kits = amount
            .checked_div(quantity)
            .unwrap_or(Decimal::MAX)
            .floor()
            .max(Decimal::ZERO);
        if fewest.is_none_or(|(least, _)| kits < least) {
            fewest = Some((kits, part));
        }
    }
    fewest.map_or((Decimal::ZERO, None), |(kits, part)| (cut(kits), Some(part)))
}
