//! From shelves to published quantities: INV-02, INV-03, INV-06…11, INV-14.

use std::collections::{BTreeMap, HashMap};

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::formula::{Exposure, Formula, Place, PoolShare, Published, Withheld, Zero};
use super::given::{Basis, Channel, Input, ItemKind, Offer, Pool, Rules, Share};
use super::kits::{Parts, parts, whole};
use super::room::{Ground, Room, cut};
use super::shares::{Division, apportion};

/// One quantity to calculate: an offer, or the offers of one SKU in a region with unified stock.
struct Sale<'a> {
    at: usize,
    also: Vec<usize>,
    offer: &'a Offer,
    rules: &'a Rules,
    item: usize,
    ground: &'a Ground,
    /// The components of a kit, or what an assembly can be built from.
    parts: Option<Parts>,
    places: Vec<Place>,
    stock: Decimal,
    unimported: Decimal,
    divided: bool,
    share: Option<PoolShare>,
    base: Decimal,
}

/// The published quantity of each offer, or why there is none, in the order of the offers. Offers of one SKU that a
/// unified stock serves come once.
///
/// The same input always gives the same answer.
pub fn publish(input: &Input) -> Vec<Published> {
    let mut room = Room::new(input);
    let grounds: Vec<Ground> = input.rules.iter().map(|rules| room.ground(rules)).collect();
    let mut published = Vec::with_capacity(input.offers.len());
    let mut sales = Vec::with_capacity(input.offers.len());
    for group in groups(input.offers) {
        let offer = group.main;
        match sale(input, &room, &grounds, group) {
            Ok(sale) => sales.push(sale),
            Err((why, also)) => published.push(Published {
                offer,
                also,
                result: Err(why),
            }),
        }
    }
    let owed = subtract_orders(input, &mut room, &grounds);
    let mut division = division(input, &room, &sales);
    for sale in &mut sales {
        count(&room, &mut division, sale);
    }
    let mut by_item: Vec<(usize, usize)> = sales.iter().enumerate().map(|(at, sale)| (sale.item, at)).collect();
    by_item.sort_unstable();
    for together in by_item.chunk_by(|one, other| one.0 == other.0) {
        let together: Vec<usize> = together.iter().map(|(_, at)| *at).collect();
        share_out(&mut sales, &together, &owed);
    }
    published.extend(sales.into_iter().map(|mut sale| Published {
        offer: sale.at,
        also: std::mem::take(&mut sale.also),
        result: formula(&room, sale),
    }));
    published.sort_by_key(|one| one.offer);
    published
}

/// Offers that one quantity serves (INV-10).
struct Group {
    /// The one whose rules hold: the first that the seller ships, else the first.
    main: usize,
    others: Vec<usize>,
}

fn groups(offers: &[Offer]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::with_capacity(offers.len());
    let mut unified: HashMap<_, usize> = HashMap::new();
    for (at, offer) in offers.iter().enumerate() {
        let key = offer
            .unified
            .map(|region| (offer.account.as_str(), region, offer.sku.as_str()));
        let known = key.and_then(|key| unified.get(&key).copied());
        if let Some(group) = known.and_then(|known| groups.get_mut(known)) {
            let ships = |at: usize| offers[at].channel == Channel::Merchant;
            if ships(at) && !ships(group.main) {
                group.others.push(std::mem::replace(&mut group.main, at));
            } else {
                group.others.push(at);
            }
            continue;
        }
        if let Some(key) = key {
            unified.insert(key, groups.len());
        }
        groups.push(Group {
            main: at,
            others: Vec::new(),
        });
    }
    groups
}

/// Whether and from where a quantity can be calculated.
fn sale<'a>(
    input: &Input<'a>,
    room: &Room<'a>,
    grounds: &'a [Ground],
    group: Group,
) -> Result<Sale<'a>, (Withheld, Vec<usize>)> {
    let Group { main, mut others } = group;
    let offer = &input.offers[main];
    match source(input, room, offer, &others) {
        Err(why) => Err((why, others)),
        Ok((rules, item, parts)) => {
            others.retain(|at| input.offers[*at].channel == Channel::Merchant);
            Ok(Sale {
                at: main,
                also: others,
                offer,
                rules,
                item,
                ground: &grounds[offer.rules],
                parts,
                places: Vec::new(),
                stock: Decimal::ZERO,
                unimported: Decimal::ZERO,
                divided: false,
                share: None,
                base: Decimal::ZERO,
            })
        }
    }
}

/// The rules, the item and its components behind a quantity, or why there can be none.
fn source<'a>(
    input: &Input<'a>,
    room: &Room<'a>,
    offer: &Offer,
    others: &[usize],
) -> Result<(&'a Rules, usize, Option<Parts>), Withheld> {
    // One FBA offer among those that a quantity would serve is enough to turn it into one that the seller ships.
    if others.iter().any(|at| input.offers[*at].channel == Channel::Amazon) {
        return Err(Withheld::ChannelGuard);
    }
    match offer.channel {
        Channel::Amazon => return Err(Withheld::ChannelGuard),
        Channel::NotListed => return Err(Withheld::NotListed),
        Channel::Unknown => return Err(Withheld::ChannelUnknown),
        Channel::Merchant => {}
    }
    let rules = input.rules.get(offer.rules).ok_or(Withheld::NoRules)?;
    if offer.factor <= Decimal::ZERO {
        return Err(Withheld::WrongFactor);
    }
    let item = room.position(&offer.item).ok_or(Withheld::UnknownItem)?;
    let parts = components(room, item, rules)?;
    if rules.basis == Basis::Stated {
        let needs = parts.iter().flat_map(|parts| &parts.limiting).map(|(part, _)| *part);
        let own = (room.items[item].kind != ItemKind::Kit).then_some(item);
        if needs.chain(own).any(|item| room.items[item].stated.is_none()) {
            return Err(Withheld::NothingStated);
        }
    } else if rules.locations.is_empty() {
        return Err(Withheld::NoLocations);
    }
    Ok((rules, item, parts))
}

/// The components of a kit, or of an assembly that may be built; nothing for an item with its own stock alone.
fn components(room: &Room, item: usize, rules: &Rules) -> Result<Option<Parts>, Withheld> {
    match room.items[item].kind {
        ItemKind::NonInventory | ItemKind::Service | ItemKind::MatrixParent => Err(Withheld::HoldsNoStock),
        ItemKind::Kit => {
            let parts = parts(room, item)?;
            if parts.limiting.is_empty() && parts.inactive.is_none() {
                return Err(Withheld::NothingLimits);
            }
            Ok(Some(parts))
        }
        ItemKind::Assembly if rules.assembly_buildable => {
            // One that cannot be built for want of a known, active part still has its own stock.
            let buildable = parts(room, item).ok().filter(|parts| parts.inactive.is_none());
            Ok(buildable.filter(|parts| !parts.limiting.is_empty()))
        }
        ItemKind::Inventory | ItemKind::Assembly => Ok(None),
    }
}

/// Takes orders that NetSuite does not know off the shelves (INV-11). Answers units of the sellable item for each offer.
fn subtract_orders(input: &Input, room: &mut Room, grounds: &[Ground]) -> Vec<Decimal> {
    let mut owed = vec![Decimal::ZERO; input.offers.len()];
    // All orders of an item under the same rules at once, so that the order of the offers changes nothing.
    let mut taken: BTreeMap<(usize, usize), Decimal> = BTreeMap::new();
    let mut take = |item: usize, rules: usize, units: Decimal| {
        let sum = taken.entry((item, rules)).or_default();
        *sum = cut(*sum + cut(units));
    };
    for (at, offer) in input.offers.iter().enumerate() {
        let counts = offer.unimported > 0 && offer.channel != Channel::Amazon;
        let rules = input
            .rules
            .get(offer.rules)
            .filter(|rules| counts && rules.subtract_unimported);
        let (Some(_), Some(item)) = (rules, room.position(&offer.item)) else {
            continue;
        };
        owed[at] = cut(cut(offer.factor).max(Decimal::ZERO) * Decimal::from(offer.unimported));
        if room.items[item].kind == ItemKind::Kit {
            for (part, quantity) in parts(room, item).unwrap_or_default().limiting {
                take(
                    part,
                    offer.rules,
                    quantity.checked_mul(owed[at]).unwrap_or(Decimal::MAX),
                );
            }
        } else {
            take(item, offer.rules, owed[at]);
        }
    }
    for ((item, rules), units) in taken {
        room.take(item, units, &grounds[rules]);
    }
    owed
}

/// Who draws on which item, where components are divided.
fn division(input: &Input, room: &Room, sales: &[Sale]) -> Division {
    let mut division = Division::default();
    if input.share == Share::None {
        return division;
    }
    for sale in sales.iter().filter(|sale| !is_zero(room, sale)) {
        let weight = room.items[sale.item].weight;
        if room.items[sale.item].kind != ItemKind::Kit {
            division.claim(sale.item, sale.item, weight, &sale.ground.places);
        }
        for (part, _) in sale.parts.iter().flat_map(|parts| &parts.limiting) {
            division.claim(*part, sale.item, weight, &sale.ground.places);
        }
    }
    division
}

/// Whether the sale is published as nought whatever lies on the shelves.
fn is_zero(room: &Room, sale: &Sale) -> bool {
    room.items[sale.item].inactive || sale.parts.as_ref().is_some_and(|parts| parts.inactive.is_some())
}

/// Counts what a sale can serve, before and after orders that NetSuite does not know.
fn count(room: &Room, division: &mut Division, sale: &mut Sale) {
    let draws_on = sale
        .parts
        .iter()
        .flat_map(|parts| &parts.limiting)
        .map(|(part, _)| *part);
    let (mut divided, mut taken) = (false, false);
    for on in draws_on.chain([sale.item]) {
        divided |= division.divides(on);
        taken |= room.is_taken(on);
    }
    sale.divided = divided;
    sale.places = places(room, division, sale, false);
    sale.stock = sale.places.iter().map(|place| place.units).sum();
    sale.base = if taken {
        let left: Decimal = places(room, division, sale, true).iter().map(|place| place.units).sum();
        // Dividing less can give one claim a unit more; orders never add to what there was.
        left.min(sale.stock)
    } else {
        sale.stock
    };
    sale.unimported = sale.stock - sale.base;
}

fn places(room: &Room, division: &mut Division, sale: &Sale, after_orders: bool) -> Vec<Place> {
    let mut units = |item: usize, place: u32| {
        if division.divides(item) {
            return division.units(room, (item, place, sale.item), sale.ground, after_orders);
        }
        let cell = room.cell(item, place);
        cell.map_or(Decimal::ZERO, |cell| cell.units(sale.ground, after_orders))
    };
    let one = |place: Option<u32>, units: Decimal, limited_by: Option<usize>| Place {
        location: place.and_then(|place| room.name(place)),
        units,
        limited_by: limited_by.map(|part| room.items[part].id.clone()),
    };
    let at = &sale.ground.places;
    let is_kit = room.items[sale.item].kind == ItemKind::Kit;
    match &sale.parts {
        Some(parts) if is_kit && !sale.rules.kit_per_location => {
            let amounts = parts.limiting.iter().map(|(part, quantity)| {
                let all = at.iter().map(|place| units(*part, *place)).sum();
                (*part, all, *quantity)
            });
            let (kits, limited_by) = whole(amounts);
            vec![one(None, kits, limited_by)]
        }
        Some(parts) => {
            let mut places = Vec::with_capacity(at.len());
            for place in at {
                let own = if is_kit {
                    Decimal::ZERO
                } else {
                    units(sale.item, *place)
                };
                let amounts = parts
                    .limiting
                    .iter()
                    .map(|(part, quantity)| (*part, units(*part, *place), *quantity));
                let (kits, limited_by) = whole(amounts);
                places.push(one(Some(*place), own + kits, limited_by.filter(|_| is_kit)));
            }
            places
        }
        None => at
            .iter()
            .map(|place| one(Some(*place), units(sale.item, *place), None))
            .collect(),
    }
}

/// What the offers of one item take from each other: orders that NetSuite does not know, and parts of a pool.
fn share_out(sales: &mut [Sale], together: &[usize], owed: &[Decimal]) {
    let ordered = |sale: &Sale| {
        sale.also
            .iter()
            .chain([&sale.at])
            .any(|offer| owed[*offer] > Decimal::ZERO)
    };
    if together.iter().any(|at| ordered(&sales[*at])) {
        let orders: Vec<Decimal> = together
            .iter()
            .map(|at| own_orders(sales, together, owed, *at))
            .collect();
        for (at, orders) in together.iter().zip(orders) {
            take_own_orders(&mut sales[*at], orders);
        }
    }
    if together.len() > 1 {
        split_pools(sales, together);
    }
}

/// Units of the item in orders of its own offers that draw on the same places.
fn own_orders(sales: &[Sale], together: &[usize], owed: &[Decimal], at: usize) -> Decimal {
    let near = together
        .iter()
        .filter(|other| sales[**other].ground.overlaps(sales[at].ground));
    near.map(|other| {
        let sale = &sales[*other];
        sale.also
            .iter()
            .chain([&sale.at])
            .map(|offer| owed[*offer])
            .sum::<Decimal>()
    })
    .sum()
}

/// An order for a kit takes a whole kit, also where the shelves that its components were taken from would not miss it.
fn take_own_orders(sale: &mut Sale, owed: Decimal) {
    if owed > Decimal::ZERO && sale.rules.subtract_unimported {
        sale.base = sale.base.min(sale.stock - owed);
        sale.unimported = sale.stock - sale.base;
    }
}

/// Splits what offers of one item draw on together (INV-09), among those whose places overlap.
fn split_pools(sales: &mut [Sale], together: &[usize]) {
    let mut left: Vec<usize> = together
        .iter()
        .copied()
        .filter(|at| sales[*at].rules.pool == Pool::Split)
        .collect();
    while let Some(first) = left.pop() {
        let mut pool = vec![first];
        let mut next = 0;
        while next < pool.len() {
            let (near, far): (Vec<usize>, Vec<usize>) = left
                .iter()
                .partition(|other| sales[**other].ground.overlaps(sales[pool[next]].ground));
            pool.extend(near);
            left = far;
            next += 1;
        }
        pool.sort_unstable();
        split_pool(sales, &pool);
    }
}

fn split_pool(sales: &mut [Sale], pool: &[usize]) {
    if pool.len() < 2 {
        return;
    }
    let weight = |at: &usize| cut(sales[*at].offer.weight).max(Decimal::ZERO);
    let weights: Vec<Decimal> = pool.iter().map(weight).collect();
    let of: Decimal = weights.iter().copied().sum();
    let base = sales[pool[0]].base;
    let alike = |at: &usize| sales[*at].ground == sales[pool[0]].ground && sales[*at].base == base;
    // Where all draw on the same amount, the units that rounding leaves over find somebody; elsewhere they stay, since
    // a fixed fraction of each shelf is all that is certainly nobody else's.
    let given = if pool.iter().all(alike) {
        apportion(base, &weights, &mut vec![Decimal::ZERO; pool.len()])
    } else {
        let part = |(at, weight): (&usize, &Decimal)| {
            let part = sales[*at].base.max(Decimal::ZERO).checked_mul(*weight);
            part.and_then(|part| part.checked_div(of)).unwrap_or_default().floor()
        };
        pool.iter().zip(&weights).map(part).collect()
    };
    for ((at, weight), units) in pool.iter().zip(weights).zip(given) {
        let sale = &mut sales[*at];
        let pool = sale.base;
        sale.base = units.min(pool);
        sale.share = Some(PoolShare { weight, of, pool });
    }
}

/// INV-03: clamp( floor( (base − buffer) × percent ÷ factor ), 0, max ), and nought below the least quantity.
fn formula(room: &Room, sale: Sale) -> Result<Formula, Withheld> {
    let (rules, own) = (sale.rules, sale.offer.own);
    let buffer = own.buffer.unwrap_or(rules.buffer);
    let percent = own.percent.unwrap_or(rules.percent);
    let max = own.max.or(rules.max);
    let min_to_publish = own.min_to_publish.unwrap_or(rules.min_to_publish);
    let counted = counted(sale.base - cut(buffer), percent, sale.offer.factor)?;
    let least = counted.max(Decimal::ZERO).to_u32().unwrap_or(u32::MAX);
    let within = max.map_or(least, |max| least.min(max));
    let inactive = sale.parts.as_ref().and_then(|parts| parts.inactive);
    let zero = if room.items[sale.item].inactive {
        Some(Zero::Inactive)
    } else if let Some(member) = inactive {
        Some(Zero::InactiveMember(room.items[member].id.clone()))
    } else {
        (within > 0 && within < min_to_publish).then_some(Zero::BelowMinimum)
    };
    Ok(Formula {
        places: sale.places,
        stock: sale.stock,
        divided: sale.divided,
        unimported: sale.unimported,
        share: sale.share,
        base: sale.base,
        buffer,
        percent,
        factor: sale.offer.factor,
        counted,
        max,
        min_to_publish,
        quantity: if zero.is_some() { 0 } else { within },
        zero,
    })
}

/// Units of the SKU in this many units of the item.
fn counted(units: Decimal, percent: Decimal, factor: Decimal) -> Result<Decimal, Withheld> {
    if percent == Decimal::ONE_HUNDRED && factor == Decimal::ONE {
        return Ok(units.floor());
    }
    let part = units.checked_mul(percent).ok_or(Withheld::OutOfRange)?;
    let whole = factor.checked_mul(Decimal::ONE_HUNDRED).ok_or(Withheld::OutOfRange)?;
    part.checked_div(whole)
        .map(|counted| counted.floor())
        .ok_or(Withheld::OutOfRange)
}

/// Items of which more is promised than lies on the shelves of the offers that promise it: pools that each offer may
/// empty, and components that kits have in common (INV-09). The most exposed first, then by item.
pub fn exposures(input: &Input, published: &[Published]) -> Vec<Exposure> {
    let mut room = Room::new(input);
    let grounds: Vec<Ground> = input.rules.iter().map(|rules| room.ground(rules)).collect();
    subtract_orders(input, &mut room, &grounds);
    let mut promised: HashMap<usize, (Decimal, Vec<u32>, Ground)> = HashMap::new();
    for one in published {
        let offer = &input.offers[one.offer];
        let (Some(quantity), Some(item), Some(rules)) =
            (one.quantity(), room.position(&offer.item), input.rules.get(offer.rules))
        else {
            continue;
        };
        let units = cut(Decimal::from(quantity) * cut(offer.factor));
        let ground = &grounds[offer.rules];
        let drawn = match room.items[item].kind {
            ItemKind::Kit => parts(&room, item).unwrap_or_default().limiting,
            // What would have to be built first is no promise of the shelf.
            ItemKind::Assembly if rules.assembly_buildable => Vec::new(),
            _ => vec![(item, Decimal::ONE)],
        };
        for (on, each) in drawn {
            let (sum, places, _) = promised
                .entry(on)
                .or_insert_with(|| (Decimal::ZERO, Vec::new(), ground.clone()));
            *sum += cut(units.checked_mul(each).unwrap_or(Decimal::MAX));
            places.extend(ground.places.iter().copied());
        }
    }
    let exposed = promised.into_iter().filter_map(|(on, (promised, places, ground))| {
        let here = room.cells(on).iter().filter(|cell| places.contains(&cell.place));
        let stock: Decimal = here.map(|cell| cell.units(&ground, true)).sum();
        (promised > stock.max(Decimal::ZERO)).then(|| Exposure {
            item: room.items[on].id.clone(),
            stock,
            promised,
        })
    });
    let mut exposed: Vec<Exposure> = exposed.collect();
    exposed.sort_by(|a, b| (b.promised - b.stock, &a.item).cmp(&(a.promised - a.stock, &b.item)));
    exposed
}
