//! One parcel for each tracking number (FUL-02, FUL-03): which units are in it, who carries it, when it left.

use amazon::shipping::messages::Message;
use amazon::shipping::{Confirmation, Parcel};
use chrono::{DateTime, NaiveDate, NaiveTime, TimeZone, Utc};
use netsuite::{RecordId, Shipped};

use super::questions::tracking_missing;
use super::said::{self, Said};
use super::seen::{Fate, Shipping};
use crate::flow::Problem;
use crate::local::Told;
use crate::rules::{Described, Profile, Rules};

/// Parcels of one fulfilment: so many can be told apart by their references.
const MOST: usize = 99;

/// Something that Amazon is to be told about a fulfilment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The fulfilment that it left with.
    pub fulfilment: RecordId,
    /// The step's name: Amazon's order number and the parcel's reference.
    pub name: String,
    /// The tracking number; nothing when it goes by feed.
    pub tracking: Option<String>,
    /// The parcel's reference.
    pub reference: String,
    /// Order item id and units.
    pub contents: Vec<(String, u32)>,
    /// Whether Amazon was told of it by feed, without a number: it gave the parcel a reference of its own.
    pub by_feed: bool,
    /// When a person asked to tell it again.
    pub resent: Option<DateTime<Utc>>,
    /// The write.
    pub write: amazon::Write,
}

impl Wanted {
    /// The parcel as a person describes it, as long as NetSuite says what it said then (FUL-10).
    #[must_use]
    pub fn as_resent(mut self, rules: &Rules) -> Self {
        let Some(resend) = rules.resent.get(&self.name) else {
            return self;
        };
        if let amazon::Write::Confirm(told) = &mut self.write
            && Described::of(&told.parcel) == resend.instead_of
        {
            resend.says.describe(&mut told.parcel);
            self.tracking = Some(resend.says.tracking.clone());
            self.resent = Some(resend.at);
        }
        self
    }
}

/// What Amazon is to be told about a fulfilment that completes these units, and the tracking numbers that there are no
/// units left for; or the questions about it.
pub fn of_fulfilment(
    seen: &Shipping,
    shipped: &Shipped,
    units: &[(String, u32)],
    rules: &Rules,
    profile: &Profile,
) -> Result<(Vec<Wanted>, Vec<String>), Vec<Problem>> {
    if units.is_empty() {
        return Ok((Vec::new(), Vec::new()));
    }
    let tracking: Vec<&String> = shipped.tracking.iter().take(MOST).collect();
    let said = said::of(seen, shipped, 0, rules, profile)?;
    let first = reference(shipped, 0);
    let before = seen.told(&name(seen, &first));
    let by_feed = before.is_some_and(|told| matches!(told.write, amazon::Write::Feed { .. }));
    if by_feed && before.is_some_and(|told| seen.feeds.get(&told.answer) == Some(&Fate::Working)) {
        // A number that comes meanwhile is told once Amazon has made the parcel that it belongs to.
        return Ok((said_by_feed(seen, shipped, before), Vec::new()));
    }
    if tracking.is_empty() {
        if !rules.is_on(&profile.id, "fulfil.allow_untracked") {
            return Err(vec![tracking_missing(&seen.order, shipped, &profile.id)]);
        }
        return Ok((vec![untracked(seen, shipped, units, said, profile, rules)], Vec::new()));
    }
    let first_only = rules.says(&profile.id, "fulfil.multi_package", "first_only");
    let spread = spread(units, if first_only { 1 } else { tracking.len() });
    let surplus = tracking.iter().skip(spread.len()).map(|number| (*number).clone());
    let surplus = if first_only { Vec::new() } else { surplus.collect() };
    let mut wanted = Vec::new();
    for (index, (contents, number)) in spread.into_iter().zip(&tracking).enumerate() {
        let said = said::of(seen, shipped, index, rules, profile)?;
        // What went without a number at first is the same parcel when the number comes.
        let own = if index == 0 && before.is_some() {
            first.clone()
        } else {
            reference(shipped, index + 1)
        };
        let name = name(seen, &own);
        let told = seen.told(&name).map(|told| &told.write);
        let by_feed = by_feed && index == 0;
        let reference = match told {
            Some(amazon::Write::Confirm(told)) => told.parcel.reference.clone(),
            Some(amazon::Write::Feed { .. }) => untracked_at_amazon(seen, &contents).unwrap_or(own),
            None => own,
        };
        let before = told.and_then(told_to_have_left);
        let confirmation = Confirmation {
            order_id: seen.order.id.clone(),
            marketplace_id: profile.id.clone(),
            cash_on_delivery: profile.country == "JP" && pays_on_delivery(seen),
            parcel: Parcel {
                reference: reference.clone(),
                carrier: said.carrier,
                method: said.method,
                tracking: (*number).clone(),
                shipped: left_at(seen, said.day, before, rules.now, profile),
                supply_source: said.supply_source,
                contents: contents.clone(),
            },
        };
        wanted.push(Wanted {
            fulfilment: shipped.id.clone(),
            name,
            tracking: Some((*number).clone()),
            reference,
            contents,
            by_feed,
            resent: None,
            write: amazon::Write::Confirm(confirmation),
        });
    }
    Ok((wanted, surplus))
}

fn untracked(
    seen: &Shipping,
    shipped: &Shipped,
    units: &[(String, u32)],
    said: Said,
    profile: &Profile,
    rules: &Rules,
) -> Wanted {
    let reference = reference(shipped, 0);
    let name = name(seen, &reference);
    let before = seen.told(&name).and_then(|told| told_to_have_left(&told.write));
    let merchant = profile.account.split_once(':').map_or("", |(_, seller)| seller);
    Wanted {
        fulfilment: shipped.id.clone(),
        name,
        tracking: None,
        reference: reference.clone(),
        contents: units.to_vec(),
        by_feed: true,
        resent: None,
        write: amazon::Write::Feed {
            merchant: merchant.to_owned(),
            marketplace_id: profile.id.clone(),
            message: Message::Shipped {
                order_id: seen.order.id.clone(),
                reference,
                shipped: left_at(seen, said.day, before, rules.now, profile),
                carrier: said.carrier,
                method: said.method,
                contents: units.to_vec(),
            },
        },
    }
}

/// What Amazon was told by feed, as it was told.
fn said_by_feed(seen: &Shipping, shipped: &Shipped, told: Option<&Told>) -> Vec<Wanted> {
    let wanted = told.and_then(|told| match &told.write {
        amazon::Write::Feed {
            message: Message::Shipped {
                reference, contents, ..
            },
            ..
        } => Some(Wanted {
            fulfilment: shipped.id.clone(),
            name: name(seen, reference),
            tracking: None,
            reference: reference.clone(),
            contents: contents.clone(),
            by_feed: true,
            resent: None,
            write: told.write.clone(),
        }),
        _ => None,
    });
    wanted.into_iter().collect()
}

/// When Amazon was told that it left.
fn told_to_have_left(write: &amazon::Write) -> Option<DateTime<Utc>> {
    match write {
        amazon::Write::Confirm(told) => Some(told.parcel.shipped),
        amazon::Write::Feed {
            message: Message::Shipped { shipped, .. },
            ..
        } => Some(*shipped),
        amazon::Write::Feed { .. } => None,
    }
}

/// The reference that Amazon itself gave a parcel without a number.
fn untracked_at_amazon(seen: &Shipping, contents: &[(String, u32)]) -> Option<String> {
    let mut untracked = seen.parcels().filter(|package| package.tracking.is_none());
    let own = untracked.find(|package| same_contents(&package.contents, contents))?;
    Some(own.reference.clone()).filter(|reference| !reference.is_empty())
}

/// Whether two parcels hold the same.
pub fn same_contents(left: &[(String, u32)], right: &[(String, u32)]) -> bool {
    let sorted = |contents: &[(String, u32)]| {
        let mut sorted = contents.to_vec();
        sorted.sort();
        sorted
    };
    sorted(left) == sorted(right)
}

/// A positive number, unique in the order, that stays the parcel's own whatever happens to other fulfilments.
fn reference(shipped: &Shipped, ordinal: usize) -> String {
    let id: String = shipped.id.0.chars().filter(char::is_ascii_digit).collect();
    format!("{id}{ordinal:02}")
}

fn name(seen: &Shipping, reference: &str) -> String {
    format!("SHIP-{}-{reference}", seen.order.id)
}

fn pays_on_delivery(seen: &Shipping) -> bool {
    seen.order
        .payment_methods
        .iter()
        .any(|method| method.eq_ignore_ascii_case("COD") || method.eq_ignore_ascii_case("CashOnDelivery"))
}

/// Units spread over so many parcels in their order: each holds at least one, and together they hold all (FUL-03).
fn spread(units: &[(String, u32)], parcels: usize) -> Vec<Vec<(String, u32)>> {
    let total: u32 = units.iter().map(|(_, count)| count).sum();
    let parcels = u32::try_from(parcels).unwrap_or(u32::MAX).clamp(1, total.max(1));
    let (each, longer) = (total / parcels, total % parcels);
    let mut rest = units.iter().cloned();
    let mut open: Option<(String, u32)> = None;
    let mut spread = Vec::new();
    for parcel in 0..parcels {
        let mut room = each + u32::from(parcel < longer);
        let mut contents = Vec::new();
        while room > 0 {
            let Some((item, count)) = open.take().or_else(|| rest.next()) else {
                break;
            };
            let taken = count.min(room);
            room -= taken;
            if taken < count {
                open = Some((item.clone(), count - taken));
            }
            contents.push((item, taken));
        }
        spread.push(contents);
    }
    spread
}

/// Noon of the day that NetSuite knows, where the business is; not in the future, not before the purchase (FUL-08). What
/// Amazon was told for the same day stays, so that passing time alone corrects nothing.
fn left_at(
    seen: &Shipping,
    day: NaiveDate,
    before: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
    profile: &Profile,
) -> DateTime<Utc> {
    let noon = day.and_time(NaiveTime::from_hms_opt(12, 0, 0).unwrap_or(NaiveTime::MIN));
    let noon = profile.zone.from_local_datetime(&noon).earliest();
    let at = noon.map_or_else(|| day.and_time(NaiveTime::MIN).and_utc(), |noon| noon.to_utc());
    let clipped = at.min(now).max(seen.order.created);
    match before {
        Some(before) if profile.day(before) == profile.day(clipped) => before,
        _ => clipped,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(counts: &[(&str, u32)]) -> Vec<(String, u32)> {
        counts
            .iter()
            .map(|(item, count)| ((*item).to_owned(), *count))
            .collect()
    }

    #[test]
    fn ful_03_units_are_spread_in_order_with_at_least_one_in_each_parcel() {
        let two = spread(&units(&[("a", 3), ("b", 2)]), 2);
        assert_eq!(two, [units(&[("a", 3)]), units(&[("b", 2)])]);
        let three = spread(&units(&[("a", 3), ("b", 1)]), 3);
        assert_eq!(three, [units(&[("a", 2)]), units(&[("a", 1)]), units(&[("b", 1)])]);
        let surplus = spread(&units(&[("a", 1)]), 3);
        assert_eq!(surplus, [units(&[("a", 1)])], "more numbers than units");
    }
}
