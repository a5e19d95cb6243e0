//! What to send, and when a person is asked first: the difference (INV-05) and the breakers (INV-12, CMN-36).

use std::collections::{BTreeSet, HashMap};

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::formula::Published;
use super::given::{Accepted, Input, Item, Offer};

/// A quantity that Amazon does not have yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Difference {
    /// The offer, as a position in the input.
    pub offer: usize,
    /// What Amazon accepted last; nothing where it never accepted any.
    pub from: Option<u32>,
    /// What to send.
    pub to: u32,
    /// Whether the offer sells out: these go first (issue 5, a lane of their own).
    pub sells_out: bool,
}

/// Everything that differs from what Amazon accepted last, offers that sell out first, each group in the order of the
/// offers. A quantity that is withheld is no difference.
///
/// Handling time and restock date count only where the offer says some (INV-04).
pub fn differences(input: &Input, published: &[Published]) -> Vec<Difference> {
    let mut found: Vec<Difference> = published
        .iter()
        .filter_map(|one| {
            let to = one.quantity()?;
            let offer = &input.offers[one.offer];
            let accepted = accepted(input, one);
            let same = accepted.is_some_and(|accepted| accepted.quantity == to && terms_stand(offer, &accepted));
            let from = accepted.map(|accepted| accepted.quantity);
            (!same).then(|| Difference {
                offer: one.offer,
                from,
                to,
                sells_out: to == 0 && from != Some(0),
            })
        })
        .collect();
    found.sort_by_key(|one| !one.sells_out);
    found
}

fn terms_stand(offer: &Offer, accepted: &Accepted) -> bool {
    let lead_time = offer.terms.lead_time_days;
    let restock = offer.terms.restock;
    lead_time.is_none_or(|_| lead_time == accepted.terms.lead_time_days)
        && restock.is_none_or(|_| restock == accepted.terms.restock)
}

/// What Amazon accepted last for this quantity: by the offer whose rules hold, else by one that it serves too.
fn accepted(input: &Input, one: &Published) -> Option<Accepted> {
    let mut offers = std::iter::once(&one.offer).chain(&one.also);
    offers.find_map(|offer| input.offers[*offer].accepted)
}

/// How many of these had a quantity above nought at Amazon: the whole that [`mass_zero`] compares with, when everything is
/// calculated. A run over a part of the shop takes the number from the shop.
pub fn positive_before(input: &Input, published: &[Published]) -> usize {
    let had = |one: &&Published| accepted(input, one).is_some_and(|accepted| accepted.quantity > 0);
    published.iter().filter(had).count()
}

/// When a run that sells the shop out asks first (CMN-36).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ZeroLimit {
    /// More than this part, in per cent, of the SKUs that had a quantity.
    pub percent: Decimal,
    /// And at least this many.
    pub least: usize,
}

impl Default for ZeroLimit {
    fn default() -> Self {
        Self {
            percent: Decimal::from(30),
            least: 10,
        }
    }
}

/// A run would sell out too much of the shop; nothing of it may be sent before a person agreed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{zeroed} of {positive} SKUs that are on sale would be set to nought")]
pub struct MassZero {
    /// SKUs that would go from some to nought.
    pub zeroed: usize,
    /// SKUs that had a quantity.
    pub positive: usize,
}

/// Whether these differences would sell out too much (INV-12). `positive` is how many SKUs of the shop had a quantity
/// ([`positive_before`]).
pub fn mass_zero(differences: &[Difference], positive: usize, limit: &ZeroLimit) -> Result<(), MassZero> {
    let zeroed = differences
        .iter()
        .filter(|one| one.to == 0 && one.from.is_some_and(|from| from > 0))
        .count();
    let positive = positive.max(zeroed);
    let part = Decimal::from(zeroed) * Decimal::ONE_HUNDRED;
    if zeroed >= limit.least && zeroed > 0 && part > limit.percent * Decimal::from(positive) {
        return Err(MassZero { zeroed, positive });
    }
    Ok(())
}

/// A search that found rows in the last full run finds none now: a failure, never "all nought" (INV-12).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("the search found nothing, where the last full run found {before} rows")]
pub struct EmptySearch {
    /// Rows of the last full run.
    pub before: usize,
}

/// Whether a search may be believed.
pub fn empty_search(rows: usize, last_full_run: Option<usize>) -> Result<(), EmptySearch> {
    match last_full_run {
        Some(before) if rows == 0 && before > 0 => Err(EmptySearch { before }),
        _ => Ok(()),
    }
}

/// These items, and every kit or assembly that contains one of them, however deep (INV-07). Positions in `items`.
pub fn drawing_on(items: &[Item], changed: &[&str]) -> BTreeSet<usize> {
    let by_id: HashMap<&str, usize> = items
        .iter()
        .enumerate()
        .map(|(at, item)| (item.id.as_str(), at))
        .collect();
    let mut above: HashMap<usize, Vec<usize>> = HashMap::new();
    for (at, item) in items.iter().enumerate() {
        for member in &item.members {
            if let Some(member) = by_id.get(member.item.as_str()) {
                above.entry(*member).or_default().push(at);
            }
        }
    }
    let mut found = BTreeSet::new();
    let mut open: Vec<usize> = changed.iter().filter_map(|id| by_id.get(id).copied()).collect();
    while let Some(at) = open.pop() {
        if found.insert(at) {
            open.extend(above.get(&at).into_iter().flatten());
        }
    }
    found
}
