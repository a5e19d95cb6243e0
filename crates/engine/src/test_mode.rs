//! Test mode of a flow (CMN-33): a run writes for a handful of records only; the rest stays where it is until the next
//! one. A run that names its records looks at no others anyway (CMN-18).

use domain::text::Arg;
use flows::flow::steps_of;
use flows::{Judged, Rules, Write};
use rust_decimal::prelude::ToPrimitive;
use store::{Reader, Result};

use crate::planned;

/// How many records a run in test mode writes for, unless a person chose otherwise.
const RECORDS: &str = "flow.test_records";

/// What is left of a run's share.
pub(crate) struct TestMode {
    option: String,
    left: usize,
}

impl TestMode {
    /// The share of a run that begins now.
    pub(crate) fn of(flow: &str, rules: &Rules) -> Self {
        let records = rules.number("", RECORDS).and_then(|number| number.to_usize());
        Self {
            option: format!("flow.{flow}.test"),
            left: records.unwrap_or_default(),
        }
    }

    /// Takes the records that are over the share off a page; how many there were.
    pub(crate) fn hold_back(&mut self, db: &Reader<'_>, rules: &Rules, page: &mut Vec<Judged>) -> Result<u64> {
        let mut held = 0;
        let mut kept = Vec::with_capacity(page.len());
        for judged in page.drain(..) {
            if rules.is_on(marketplace(&judged), &self.option) && writes(db, &judged)? {
                if self.left == 0 {
                    held += 1;
                    continue;
                }
                self.left -= 1;
            }
            kept.push(judged);
        }
        *page = kept;
        Ok(held)
    }
}

fn marketplace(judged: &Judged) -> &str {
    let fact = judged.facts.iter().find(|fact| fact.name == "marketplace");
    match fact.map(|fact| &fact.value) {
        Some(Arg::Text(id)) => id,
        _ => "",
    }
}

/// Whether something would really be sent for it.
fn writes(db: &Reader<'_>, judged: &Judged) -> Result<bool> {
    for step in steps_of(&judged.decision) {
        if matches!(step.write, Write::NetSuite(_) | Write::Amazon(_)) && !planned::is_in_the_books(db, step)? {
            return Ok(true);
        }
    }
    Ok(false)
}
