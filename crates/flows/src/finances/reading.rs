//! How Finances is read: what is new, what was held back, what a settlement brought, the balances.

use std::collections::{BTreeMap, BTreeSet};

use amazon::finances::{Balances, List, Unreadable, Wanted};
use chrono::{DateTime, Days, Duration, NaiveDate, NaiveTime, Utc};
use domain::Text;
use domain::finances::{Status, Transaction};
use domain::settlement::Posted;
use serde::{Deserialize, Serialize};
use wire::Failure;

use super::transactions::{Day, Told};
use crate::flow::{Key, Look, Progress, Reads, Window};

/// Amazon may tell what was posted two days late (M: finances_2024-06-19); the last days are read again with each look.
const LATE: Duration = Duration::days(3);
/// How far the first look reaches back: as far as settlement reports do (SET-01), whose lines are looked up here.
const FIRST: Duration = Duration::days(90);
/// The longest span that Amazon answers.
const LONGEST: Duration = Duration::days(180);
/// Nothing younger may be asked for: Amazon wants two minutes.
const MOMENT: Duration = Duration::minutes(3);
/// Pages of one look; what they brought is kept before the next are asked for.
const PAGES_AT_ONCE: usize = 10;
/// Settlements of one look whose transactions are read once more.
const GROUPS_AT_ONCE: usize = 5;

/// Where a reading of several looks goes on.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Place {
    /// Where the reading began.
    since: DateTime<Utc>,
    /// The span that is being read.
    from: DateTime<Utc>,
    /// Its end.
    until: DateTime<Utc>,
    /// Amazon's token of the next page in it.
    token: Option<String>,
}

/// Everything that was posted in a span, and what has changed of what was held back before it.
pub(super) async fn span(
    reads: &Reads<'_>,
    now: DateTime<Utc>,
    (from, until): (DateTime<Utc>, DateTime<Utc>),
    page: Option<&str>,
) -> Result<Look<Told>, Failure> {
    let account = reads.scope.account();
    let reach = reads.local.finances_since(&account).await?;
    let last = until.min(now - MOMENT);
    let first = if reach.is_some() {
        from - LATE
    } else {
        from.min(now - FIRST)
    };
    let begun = page.and_then(|text| serde_json::from_str(text).ok());
    let place: Place = begun.unwrap_or_else(|| Place {
        since: first,
        from: first,
        until: last.min(first + LONGEST),
        token: None,
    });
    if place.from >= place.until {
        return Ok(seen(Vec::new(), None, None));
    }
    let mut asked = List::posted(place.from, place.until);
    asked.page.clone_from(&place.token);
    let mut found = Found::new(&account);
    let token = found.pages(reads, asked, PAGES_AT_ONCE).await?;
    if let Some(next) = after(&place, token, last) {
        let page = serde_json::to_string(&next).ok();
        let rest = Window::Span { from, until, page };
        return Ok(seen(found.changed(reads).await?, Some(rest), None));
    }
    found.held_before(reads, place.since).await?;
    found.settled(reads, now).await?;
    let mut told = found.changed(reads).await?;
    told.extend(balances(reads, &account).await?);
    told.extend(reach.is_none().then_some(Told::Reach {
        account,
        since: place.since,
    }));
    Ok(seen(told, None, Some(last)))
}

/// What of a reading is left.
fn after(place: &Place, token: Option<String>, last: DateTime<Utc>) -> Option<Place> {
    match token {
        Some(token) => Some(Place {
            token: Some(token),
            ..place.clone()
        }),
        None => (place.until < last).then(|| Place {
            from: place.until,
            until: last.min(place.until + LONGEST),
            token: None,
            ..place.clone()
        }),
    }
}

/// Days and balances by their names, whatever is kept of them.
pub(super) async fn named(reads: &Reads<'_>, now: DateTime<Utc>, keys: &[Key]) -> Result<Look<Told>, Failure> {
    let account = reads.scope.account();
    let day_of = |key: &Key| {
        let text = key.0.strip_prefix("unreadable/").unwrap_or(&key.0);
        text.get(..10)?.parse::<NaiveDate>().ok()
    };
    let wanted: BTreeSet<NaiveDate> = keys.iter().filter_map(day_of).collect();
    let mut found = Found::new(&account);
    for day in wanted {
        let begins = day.and_time(NaiveTime::MIN).and_utc();
        let ends = (begins + Days::new(1)).min(now - MOMENT);
        if begins < ends {
            found.pages(reads, List::posted(begins, ends), usize::MAX).await?;
        }
    }
    let unreadable: BTreeSet<String> = found.unreadable.iter().map(key_of).collect();
    let mut told = found.days();
    for key in keys.iter().filter(|key| day_of(key).is_some()) {
        if key.0.starts_with("unreadable/") && !unreadable.contains(&key.0) {
            told.push(Told::ReadNow { key: key.0.clone() });
        }
    }
    if keys.iter().any(|key| key.0.starts_with("balance/")) {
        told.extend(balances(reads, &account).await?);
    }
    told.retain(|one| keys.contains(&super::transactions::key(one)));
    Ok(seen(told, None, None))
}

/// The lasting name of a transaction that cannot be read.
pub(super) fn key_of(one: &Unreadable) -> String {
    let day = one.day.map_or("-".to_owned(), |day| day.to_string());
    format!("unreadable/{day}/{}", one.id)
}

fn seen(subjects: Vec<Told>, next: Option<Window>, read_until: Option<DateTime<Utc>>) -> Look<Told> {
    Look::Seen {
        subjects,
        next,
        read_until,
    }
}

/// What was read so far.
struct Found<'a> {
    account: &'a str,
    /// By Amazon's id: told twice, the last time counts.
    all: BTreeMap<String, Transaction>,
    unreadable: Vec<Unreadable>,
}

impl<'a> Found<'a> {
    fn new(account: &'a str) -> Self {
        Self {
            account,
            all: BTreeMap::new(),
            unreadable: Vec::new(),
        }
    }

    /// Reads pages until Amazon has no more, or so many; the token of the next one. Empty pages come up between others; a
    /// token that comes again would go round in circles.
    async fn pages(&mut self, reads: &Reads<'_>, mut list: List, most: usize) -> Result<Option<String>, Failure> {
        let mut tokens: BTreeSet<String> = list.page.iter().cloned().collect();
        let mut read = 0;
        loop {
            let page = reads.amazon.call(&list).await?;
            self.unreadable.extend(page.unreadable);
            self.all
                .extend(page.transactions.into_iter().map(|one| (one.id.clone(), one)));
            (reads.progress)(Progress {
                doing: Text::new("progress-reading-finances"),
                read: u64::try_from(self.all.len()).unwrap_or(u64::MAX),
                total: None,
            })?;
            read += 1;
            match page.next {
                Some(token) if !tokens.insert(token.clone()) => return Ok(None),
                Some(token) if read >= most => return Ok(Some(token)),
                Some(token) => list.page = Some(token),
                None => return Ok(None),
            }
        }
    }

    /// What is kept as held back and was posted before the span that was just read: Amazon changes it where it stands when
    /// it is released, so that no span of later postings shows it.
    async fn held_before(&mut self, reads: &Reads<'_>, since: DateTime<Utc>) -> Result<(), Failure> {
        let kept = reads.local.finances_held(self.account).await?;
        let kept: BTreeMap<&str, DateTime<Utc>> = kept
            .iter()
            .filter(|one| one.posted < since)
            .map(|one| (one.id.as_str(), one.posted))
            .collect();
        let Some(mut from) = kept.values().min().copied() else {
            return Ok(());
        };
        let mut again = Found::new(self.account);
        while from < since {
            let until = since.min(from + LONGEST);
            for status in [Status::Deferred, Status::DeferredReleased] {
                again
                    .pages(reads, List::posted(from, until).only(status), usize::MAX)
                    .await?;
            }
            from = until;
        }
        let known = again.all.into_iter().filter(|(id, _)| kept.contains_key(id.as_str()));
        self.all.extend(known);
        Ok(())
    }

    /// Transactions get their settlement only when it is closed: those of a settlement that does not come to what it pays
    /// yet are read once more, by the group that Amazon pays out with it.
    async fn settled(&mut self, reads: &Reads<'_>, now: DateTime<Utc>) -> Result<(), Failure> {
        let oldest = (now - FIRST).date_naive();
        let mut left = GROUPS_AT_ONCE;
        for stored in reads.local.settlements().await? {
            let ended = stored.header.end.map(|end| match end {
                Posted::At(at) => at.date_naive(),
                Posted::On(day) => day,
            });
            if stored.account != self.account || ended.is_none_or(|day| day < oldest) || left == 0 {
                continue;
            }
            let told = reads
                .local
                .finances_of(&stored.header.id, stored.header.currency)
                .await?;
            let read_now = self
                .all
                .values()
                .find(|one| one.settlement.as_ref() == Some(&stored.header.id));
            let group = told.group.or_else(|| read_now.and_then(|one| one.group.clone()));
            let pays = stored.header.declared_total;
            if let (Some(group), true) = (group, pays.is_some_and(|pays| pays != told.total)) {
                left -= 1;
                let list = List {
                    wanted: Wanted::Group(group),
                    status: None,
                    page: None,
                };
                self.pages(reads, list, usize::MAX).await?;
            }
        }
        Ok(())
    }

    /// What is not kept as it is told now.
    async fn changed(mut self, reads: &Reads<'_>) -> Result<Vec<Told>, Failure> {
        let all = std::mem::take(&mut self.all).into_values().collect();
        let changed = reads.local.finances_changed(self.account, all).await?;
        self.all = changed.into_iter().map(|one| (one.id.clone(), one)).collect();
        Ok(self.days())
    }

    /// By day and marketplace, and what cannot be read.
    fn days(self) -> Vec<Told> {
        let mut days: BTreeMap<(NaiveDate, String), Vec<Transaction>> = BTreeMap::new();
        for one in self.all.into_values() {
            let place = (one.posted.date_naive(), one.marketplace.clone().unwrap_or_default());
            days.entry(place).or_default().push(one);
        }
        let account = self.account;
        let told = days
            .into_iter()
            .map(|((day, marketplace), all)| Told::Day(Day::of(account, day, &marketplace, all)));
        told.chain(self.unreadable.into_iter().map(Told::Unreadable)).collect()
    }
}

/// What Amazon has of the account's money now.
async fn balances(reads: &Reads<'_>, account: &str) -> Result<Vec<Told>, Failure> {
    let mut list = Balances::default();
    let mut told = Vec::new();
    let mut tokens = BTreeSet::new();
    loop {
        let page = reads.amazon.call(&list).await?;
        told.extend(page.balances.into_iter().map(|balance| Told::Balance {
            account: account.to_owned(),
            balance,
        }));
        match page.next {
            Some(token) if tokens.insert(token.clone()) => list.page = Some(token),
            _ => return Ok(told),
        }
    }
}
