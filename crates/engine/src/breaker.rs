//! The circuit breaker of a run that writes (CMN-36): when too many of the records that it wrote have another total in
//! NetSuite, it writes no more and asks. Until a person answers, later runs look and read back, and write nothing.

use flows::orders::guard::{FEWEST, too_many};
use rust_decimal::Decimal;
use store::{StoreError, problems};

use crate::confirm::{AT_ONCE, Shown};
use crate::engine::Seat;
use crate::problems::tripped_cause;
use crate::run::{Live, Stop};

/// One run's share of differing totals.
#[derive(Debug, Default)]
pub(crate) struct Breaker {
    percent: Option<Decimal>,
    tripped: bool,
    fresh: usize,
    compared: usize,
    differ: usize,
}

impl Breaker {
    /// The breaker of a run that begins now: it may have tripped earlier.
    pub(crate) fn of(live: &Live<'_>, percent: Option<Decimal>) -> Result<Self, StoreError> {
        let tripped = percent.is_some() && is_asked(live)?;
        Ok(Self {
            percent,
            tripped,
            ..Self::default()
        })
    }

    /// Whether it tripped in an earlier run, and nobody has answered yet.
    pub(crate) fn is_tripped(&self) -> bool {
        self.tripped
    }

    /// So many finished records are read back together: the first few at once, since they tell whether to go on.
    pub(crate) fn enough(&self) -> u64 {
        if self.percent.is_some() && self.fresh == 0 {
            return FEWEST as u64;
        }
        u64::from(AT_ONCE)
    }

    /// Adds what a reading back showed.
    pub(crate) fn add(&mut self, shown: &Shown) -> Result<(), Stop> {
        self.fresh += shown.fresh;
        self.compared += shown.compared;
        self.differ += shown.differ;
        let percent = self.percent.filter(|_| !self.tripped);
        match percent {
            Some(percent) if too_many(self.differ, self.compared, percent) => Err(Stop::Tripped {
                differ: self.differ,
                total: self.compared,
            }),
            _ => Ok(()),
        }
    }
}

/// Whether the question is open and a person has done nothing about it.
fn is_asked(live: &Live<'_>) -> Result<bool, StoreError> {
    let Seat { flow, account, .. } = live.seat;
    let cause = tripped_cause(live.seat);
    let open = live
        .inner
        .store
        .read(|db| problems::open_about(db, flow, account, ""))?;
    Ok(open.iter().any(|one| one.cause == cause && one.cure.is_none()))
}
