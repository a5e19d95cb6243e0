//! Pages of orders that were just read, so that the flows of both channels read each page once (quality-bars P2).
//!
//! They live in memory only, for minutes: whoever finds a page here saves a call, whoever does not asks Amazon. Nothing
//! depends on them but the number of calls; each flow's cursor moves with its own stored decisions.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use amazon::orders::Page;
use chrono::{DateTime, Duration, Utc};

/// Pages kept at once: five thousand orders.
const MOST: usize = 50;
/// A flow that runs later than this reads for itself, so that it never lags behind.
const FRESH: Duration = Duration::minutes(15);

/// The pages that were read last.
#[derive(Default)]
pub struct Pages(Mutex<VecDeque<Kept>>);

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
    /// The page, and how far it looks, if it was read a short while before `until`.
    pub fn find(&self, which: &Which, until: DateTime<Utc>) -> Option<(DateTime<Utc>, Arc<Page>)> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let fits = |one: &&Kept| one.which == *which && one.until <= until && until - one.until <= FRESH;
        kept.iter()
            .rev()
            .find(fits)
            .map(|one| (one.until, Arc::clone(&one.page)))
    }

    /// Keeps a page that was just read.
    pub fn keep(&self, which: Which, until: DateTime<Utc>, page: Arc<Page>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
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
            pages.find(&which(None), at(9)).is_none(),
            "it looks further than was asked"
        );
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
