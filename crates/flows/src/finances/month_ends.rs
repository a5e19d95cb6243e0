//! What the month-end entries are drawn from: what Amazon held back at the end of a month, what it had released and no
//! settlement had paid, and what stands in NetSuite already.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Duration, NaiveDate, NaiveTime, TimeZone, Utc};
use domain::finances::Transaction;
use domain::finances::accrual::{Cost, Month, Scope, draw};
use domain::settlement::Posted;
use domain::{Currency, ExternalId};
use netsuite::queries::{self, Known, Period};
use netsuite::{RecordId, suiteql};
use wire::Failure;

use super::accruals::{Entered, ID, MonthEnd};
use crate::flow::{Reads, Window};
use crate::local::StoredSettlement;
use crate::orders::closed_on;
use crate::rules::{Profile, Rules};
use crate::settlements::chosen::{accounts_of, vocabulary};
use crate::settlements::items::average_costs;
use crate::settlements::whose::belongs;
use crate::settlements::worth::Books;

/// Business orders are held back for up to 45 days: an account that was read for less cannot tell a month's end.
const ENOUGH: Duration = Duration::days(45);

/// What a look needs for every month of it.
struct Around {
    account: String,
    since: Option<DateTime<Utc>>,
    settlements: Vec<StoredSettlement>,
    currencies: BTreeMap<Currency, RecordId>,
    periods: Vec<Period>,
}

/// The months of a look: the last one of each marketplace, and the one before it where it stands in NetSuite.
pub(super) async fn gather(reads: &Reads<'_>, window: &Window, rules: &Rules) -> Result<Vec<MonthEnd>, Failure> {
    let account = reads.scope.account();
    let here = reads
        .scope
        .marketplaces
        .iter()
        .filter_map(|id| rules.marketplaces.get(id));
    let mut wanted: Vec<(&Profile, Month)> = Vec::new();
    for profile in here {
        let last = Month::before(profile.day(rules.now));
        // The month before it is only followed: what was posted for it may have changed.
        wanted.extend([Month::before(last.first()), last].map(|month| (profile, month)));
    }
    let name = |(profile, month): &(&Profile, Month)| ExternalId::accrual(&profile.id, month.number());
    if let Window::Keys(keys) = window {
        wanted.retain(|one| keys.iter().any(|key| key.0 == name(one).as_str()));
    }
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let names: Vec<ExternalId> = wanted.iter().map(name).collect();
    let texts: Vec<String> = names.iter().map(|name| name.as_str().to_owned()).collect();
    let known = suiteql::all(&reads.netsuite, queries::by_external_id(&names)).await?;
    let mut before = reads.local.seen_before(ID, &texts).await?;
    let mut settlements = reads.local.settlements().await?;
    settlements.retain(|stored| belongs(stored, &account, rules));
    let around = Around {
        since: reads.local.finances_since(&account).await?,
        currencies: crate::orders::currencies(reads).await?,
        periods: suiteql::all(&reads.netsuite, vec![queries::periods()]).await?,
        settlements,
        account,
    };
    let mut all = Vec::new();
    for ((profile, month), name) in wanted.into_iter().zip(texts) {
        // What cannot be read back is a decision of an earlier form.
        let earlier = before
            .remove(&name)
            .and_then(|seen| serde_json::from_value::<MonthEnd>(seen).ok());
        let stands = known
            .iter()
            .find(|known| known.external_id.as_deref() == Some(name.as_str()));
        let is_last = month == Month::before(profile.day(rules.now));
        if is_last || stands.is_some() || matches!(window, Window::Keys(_)) {
            all.push(month_end(reads, rules, &around, (profile, month), entered(stands, earlier)).await?);
        }
    }
    Ok(all)
}

/// The entry in NetSuite, with what it was made from: the draft that stood when it was sent.
fn entered(stands: Option<&Known>, earlier: Option<MonthEnd>) -> Option<Entered> {
    let number = stands?.number.clone();
    let lines = earlier.map(|seen| seen.posted.map_or(seen.draft.lines, |posted| posted.lines));
    Some(Entered {
        number,
        lines: lines.unwrap_or_default(),
    })
}

async fn month_end(
    reads: &Reads<'_>,
    rules: &Rules,
    around: &Around,
    (profile, month): (&Profile, Month),
    posted: Option<Entered>,
) -> Result<MonthEnd, Failure> {
    let at = begins(profile, month.next_first());
    let mut late = reads.local.finances_held_at(&around.account, at).await?;
    // A settlement that is split by months posts its part of this month into it by itself (SET-51).
    if !rules.is_on(&profile.id, "je.split_months") {
        late.extend(unsettled(reads, around, profile, at).await?);
    }
    let here: Vec<&Transaction> = late
        .iter()
        .filter(|one| one.marketplace.as_deref() == Some(profile.id.as_str()) && one.total.currency == profile.currency)
        .collect();
    let scope = if rules.says(&profile.id, "settlement.posting", "summary") {
        Scope::Everything
    } else {
        Scope::Fees
    };
    let cost = if scope == Scope::Everything && rules.is_on(&profile.id, "settlement.cogs") {
        Some(costs(reads, rules, profile, &here).await?)
    } else {
        None
    };
    let draft = draw(&here, scope, cost.as_ref(), &mut vocabulary(rules));
    let by_key = accounts_of(rules, &profile.id);
    let wanted = draft.lines.iter().map(|line| line.key.as_str()).chain([scope.contra()]);
    Ok(MonthEnd {
        marketplace: profile.id.clone(),
        month,
        currency: profile.currency,
        currency_id: around.currencies.get(&profile.currency).cloned(),
        scope,
        accounts: wanted
            .filter_map(|key| Some((key.to_owned(), RecordId(by_key.get(key)?.clone()))))
            .collect(),
        draft,
        closed: closed_on(&around.periods, month.last()),
        is_covered: around.since.is_some_and(|since| since <= at - ENOUGH),
        posted,
    })
}

/// What one unit of each SKU costs (`settlement.cogs`), at the worth that NetSuite gives the entry's currency in the books:
/// the entry is in one currency, and taken back on the next day.
async fn costs(reads: &Reads<'_>, rules: &Rules, profile: &Profile, held: &[&Transaction]) -> Result<Cost, Failure> {
    let goods = held.iter().flat_map(|one| &one.goods);
    let skus: BTreeSet<String> = goods.map(|goods| goods.sku.clone()).collect();
    let in_books = average_costs(reads, rules, &profile.id, skus).await?;
    let rate = Books::of(reads, rules, &profile.id).await?.rate(profile.currency);
    let of_unit = in_books.into_iter().filter_map(|(sku, cost)| {
        let here = cost.checked_div(rate?)?;
        Some((sku, here))
    });
    Ok(Cost {
        currency: profile.currency,
        of_unit: of_unit.collect(),
    })
}

/// The first instant of a day where the business is.
fn begins(profile: &Profile, day: NaiveDate) -> DateTime<Utc> {
    let midnight = day.and_time(NaiveTime::MIN);
    let mut hours = (0..24).map(|hour| midnight + Duration::hours(hour));
    let first = hours.find_map(|hour| profile.zone.from_local_datetime(&hour).earliest());
    first.map_or_else(|| midnight.and_utc(), |at| at.to_utc())
}

/// What was released before an instant and paid by no settlement that had ended by then.
async fn unsettled(
    reads: &Reads<'_>,
    around: &Around,
    profile: &Profile,
    at: DateTime<Utc>,
) -> Result<Vec<Transaction>, Failure> {
    let ended = |stored: &StoredSettlement| match stored.header.end? {
        Posted::At(end) => Some(end),
        Posted::On(day) => Some(begins(profile, day)),
    };
    let own = || {
        around
            .settlements
            .iter()
            .filter(|stored| stored.header.currency == profile.currency)
    };
    let last = own().filter_map(ended).filter(|end| *end <= at).max();
    let Some(from) = last.or(around.since) else {
        return Ok(Vec::new());
    };
    let mut all = reads.local.finances_posted(&around.account, from, at).await?;
    all.retain(Transaction::counts);
    Ok(all)
}
