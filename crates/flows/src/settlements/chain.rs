//! Whether the settlements of an account follow each other without a gap (SET-10): shown with each settlement's summary,
//! and in nobody's way.

use domain::settlement::chain::{Finding, Link, findings};
use domain::settlement::classify::Vocabulary;
use domain::settlement::group;
use domain::settlement::marketplace::{Attribution, Known};
use wire::Failure;

use super::gather::Settled;
use super::whose::belongs;
use crate::flow::Reads;
use crate::local::StoredSettlement;
use crate::rules::Rules;

/// What does not fit between each of these settlements and the one before it; in the order of `settled`. A settlement
/// before it that is not among them is read from this computer, so that looking at one alone says the same.
pub(super) async fn around(
    reads: &Reads<'_>,
    rules: &Rules,
    settled: &[Settled],
) -> Result<Vec<Vec<Finding>>, Failure> {
    let account = reads.scope.account();
    let mut known = reads.local.settlements().await?;
    // A file given by hand closes a gap of the account that it belongs to.
    known.retain(|stored| belongs(stored, &account, rules));
    let mut all = Vec::new();
    for this in settled {
        let own = Link::of(&account, &this.stored.header, &this.input.groups);
        let (Some(own), Some(before)) = (own, before(&known, &this.stored)) else {
            all.push(Vec::new());
            continue;
        };
        let there = settled.iter().find(|other| other.id() == before.header.id);
        let previous = match there {
            Some(other) => Link::of(&account, &other.stored.header, &other.input.groups),
            None => read(reads, &account, before).await?,
        };
        all.push(previous.map_or_else(Vec::new, |previous| findings(&[previous, own])));
    }
    Ok(all)
}

/// The settlement that begins last before this one, in its currency; those without a period are in no chain.
fn before<'k>(known: &'k [StoredSettlement], this: &StoredSettlement) -> Option<&'k StoredSettlement> {
    let place = |stored: &StoredSettlement| {
        let at = stored.header.start.zip(stored.header.end)?;
        Some((at.0.iso(), at.1.iso(), stored.header.id.clone()))
    };
    let own = place(this)?;
    let earlier = known
        .iter()
        .filter(|other| other.header.currency == this.header.currency)
        .filter_map(|other| Some((place(other)?, other)))
        .filter(|(at, _)| *at < own);
    earlier
        .max_by(|(one, _), (other, _)| one.cmp(other))
        .map(|(_, other)| other)
}

/// Only its balances matter, which need neither marketplace nor accounts.
async fn read(reads: &Reads<'_>, account: &str, stored: &StoredSettlement) -> Result<Option<Link>, Failure> {
    let lines = reads.local.settlement_lines(&stored.header.id).await?;
    let known = Known::default();
    let attribution = Attribution::new(&stored.header, &lines, &known);
    let groups = group(
        &stored.header,
        lines,
        &mut Vocabulary::default(),
        &attribution,
        chrono_tz::Tz::UTC,
    );
    Ok(Link::of(account, &stored.header, &groups))
}

#[cfg(test)]
mod tests {
    use domain::settlement::Posted;

    use super::super::sample;
    use super::*;

    fn stored(id: &str, start: &str, end: &str) -> StoredSettlement {
        let mut stored = sample::settled().stored;
        let at = |text: &str| format!("2026-{text}T07:00:00Z").parse().ok().map(Posted::At);
        (stored.header.id, stored.header.start, stored.header.end) = (id.into(), at(start), at(end));
        stored
    }

    #[test]
    fn set_10_the_settlement_before_is_the_last_that_began_earlier_in_the_currency() {
        let all = [
            stored("3", "10-29", "11-12"),
            stored("1", "10-01", "10-15"),
            stored("2", "10-15", "10-29"),
        ];
        let id =
            |this: &StoredSettlement, known: &[StoredSettlement]| before(known, this).map(|one| one.header.id.clone());
        assert_eq!(id(&all[0], &all), Some("2".to_owned()));
        assert_eq!(id(&all[2], &all), Some("1".to_owned()));
        assert_eq!(id(&all[1], &all), None, "the first that is known is not judged");
        assert_eq!(id(&all[0], &all[..2]), Some("1".to_owned()), "a file is missing");
        let mut euros = all.clone();
        euros[2].header.currency = domain::Currency::EUR;
        assert_eq!(id(&all[0], &euros), Some("1".to_owned()));
        euros[1].header.start = None;
        assert_eq!(id(&all[0], &euros), None);
    }
}
