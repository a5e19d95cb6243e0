//! Pages of orders that were just read, so that the flows of both channels read each page once (quality-bars P2).
//!
//! They live in memory only, for minutes: whoever finds a page here saves a call, whoever does not asks Amazon, and who
//! comes while a page is on its way waits for it. Nothing depends on them but the number of calls; each flow's cursor
//! moves with its own stored decisions.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use amazon::orders::{Include, Page};
use chrono::{DateTime, Duration, Utc};
use wire::Failure;

/// Pages kept at once: five thousand orders.
const MOST: usize = 50;
/// A flow that runs later than this reads for itself, so that it never lags behind.
const FRESH: Duration = Duration::minutes(15);

/// A role may be granted any day: so long after a refusal everything is asked for again.
const REFUSED: Duration = Duration::days(1);

/// The pages that were read last.
#[derive(Default)]
pub struct Pages {
    kept: Mutex<VecDeque<Kept>>,
    /// What Amazon gives of orders, and since when it refuses more; nothing is refused to most.
    granted: Mutex<BTreeMap<Vec<String>, Granted>>,
    /// One reader at a time for each set of marketplaces: they share a bucket, so nobody is held up by it.
    turns: Mutex<BTreeMap<Vec<String>, Arc<futures::lock::Mutex<()>>>>,
}

/// What Amazon gives, as it was found out at that instant.
#[derive(Clone, Copy)]
struct Granted {
    include: Include,
    since: DateTime<Utc>,
}

/// Which page of which search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Which {
    /// The marketplaces, all of one account.
    pub marketplaces: Vec<String>,
    /// The first instant.
    pub from: DateTime<Utc>,
    /// Amazon's token of the page; nothing for the first one.
    pub token: Option<String>,
}

struct Kept {
    which: Which,
    until: DateTime<Utc>,
    page: Arc<Page>,
}

impl Pages {
    /// The page and how far it looks: as it was just read, or else read now.
    pub async fn find_or_read(
        &self,
        which: Which,
        until: DateTime<Utc>,
        reading: impl Future<Output = Result<Page, Failure>>,
    ) -> Result<(DateTime<Utc>, Arc<Page>), Failure> {
        let turn = self.turn(&which);
        let _mine = turn.lock().await;
        if let Some(found) = self.find(&which, until) {
            return Ok(found);
        }
        let page = Arc::new(reading.await?);
        self.keep(which, until, Arc::clone(&page));
        Ok((until, page))
    }

    /// What Amazon gives to an account without the roles for everything; nothing: everything, as far as is known.
    pub fn granted(&self, marketplaces: &[String], now: DateTime<Utc>) -> Option<Include> {
        let granted = self.granted.lock().unwrap_or_else(PoisonError::into_inner);
        let found = granted.get(marketplaces)?;
        (now - found.since < REFUSED).then_some(found.include)
    }

    /// Amazon gives this and refuses more.
    pub fn refused_more(&self, marketplaces: &[String], include: Include, now: DateTime<Utc>) {
        let mut granted = self.granted.lock().unwrap_or_else(PoisonError::into_inner);
        granted.insert(marketplaces.to_vec(), Granted { include, since: now });
    }

    fn turn(&self, which: &Which) -> Arc<futures::lock::Mutex<()>> {
        let mut turns = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(turns.entry(which.marketplaces.clone()).or_default())
    }

    /// The page, if it was read for about that instant: a moment later or earlier makes no difference to anybody.
    fn find(&self, which: &Which, until: DateTime<Utc>) -> Option<(DateTime<Utc>, Arc<Page>)> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let fits = |one: &&Kept| one.which == *which && (until - one.until).abs() <= FRESH;
        kept.iter()
            .rev()
            .find(fits)
            .map(|one| (one.until, Arc::clone(&one.page)))
    }

    fn keep(&self, which: Which, until: DateTime<Utc>, page: Arc<Page>) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|one| one.which != which && until - one.until <= FRESH);
        kept.push_back(Kept { which, until, page });
        while kept.len() > MOST {
            kept.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minute: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + Duration::minutes(minute)
    }

    fn which(token: Option<&str>) -> Which {
        Which {
            marketplaces: vec!["DE".into()],
            from: at(0),
            token: token.map(str::to_owned),
        }
    }

    fn page(next: &str) -> Arc<Page> {
        Arc::new(Page {
            orders: Vec::new(),
            unreadable: Vec::new(),
            next: Some(next.into()),
            read_until: None,
        })
    }

    #[test]
    fn p2_a_page_is_read_once_while_it_is_fresh() {
        let pages = Pages::default();
        pages.keep(which(None), at(10), page("b"));
        let found = pages.find(&which(None), at(12)).unwrap();
        assert_eq!((found.0, found.1.next.as_deref()), (at(10), Some("b")));
        assert!(pages.find(&which(Some("b")), at(12)).is_none(), "another page");
        assert!(
            pages.find(&which(None), at(26)).is_none(),
            "too old: the flow would lag behind"
        );
        assert!(
            pages.find(&which(None), at(9)).is_some(),
            "the other channel's run began a moment earlier"
        );
    }

    async fn step_aside() {
        let mut stepped = false;
        futures::future::poll_fn(|context| {
            if std::mem::replace(&mut stepped, true) {
                return std::task::Poll::Ready(());
            }
            context.waker().wake_by_ref();
            std::task::Poll::Pending
        })
        .await;
    }

    #[test]
    fn p2_two_flows_that_look_side_by_side_read_a_page_once() {
        let pages = Pages::default();
        let reads = Mutex::new(0);
        let reading = async {
            // The second one comes while the first is still reading.
            step_aside().await;
            *reads.lock().unwrap() += 1;
            Ok(Arc::unwrap_or_clone(page("b")))
        };
        let other = async { panic!("the page is on its way already") };
        let both = futures::future::join(
            pages.find_or_read(which(None), at(10), reading),
            pages.find_or_read(which(None), at(10), other),
        );
        let (first, second) = futures::executor::block_on(both);
        assert_eq!(first.unwrap().1, second.unwrap().1);
        assert_eq!(*reads.lock().unwrap(), 1);
    }

    #[test]
    fn memory_is_bounded() {
        let pages = Pages::default();
        for number in 0..200 {
            pages.keep(which(Some(&number.to_string())), at(10), page("x"));
        }
        assert!(pages.find(&which(Some("0")), at(10)).is_none());
        assert!(pages.find(&which(Some("199")), at(10)).is_some());
    }
}
