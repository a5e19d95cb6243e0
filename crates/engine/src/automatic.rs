//! Settlements that post by themselves (`je.mode` = `auto`, SET-46): held like any other, and approved by the app once they
//! are balanced, all mapped and nobody is needed. What was undone once waits for a person (ux.md §5.8).

use domain::settlement::plan::Status;
use domain::{Currency, Text};
use flows::local::Stage;
use flows::rules::Rules;
use flows::settlements::Summary;
use rust_decimal::Decimal;
use serde::Deserialize;
use store::problems::{self, Problem, Tab, Which};
use store::{Reader, StoreError, audit, postings, settlements as stored, steps};

use crate::engine::Engine;
use crate::person::APPROVAL;
use crate::request::StartError;
use crate::settlements::{self, Readiness};

/// Who approved a settlement that was posted by itself.
pub const APP: &str = "app";
/// Of a settlement's value, in percent, so much may be unmatched before nothing is posted by itself (CMN-36).
const UNMATCHED_PERCENT: i64 = 5;

/// How much a variance weighs (SET-57): it decides colours and whether the app goes on by itself, never what is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// There is none.
    None,
    /// At most `variance.ignore`.
    Small,
    /// Between the two.
    Open,
    /// More than `variance.material`, or more than that part of the deposit.
    Material,
}

/// What a difference weighs beside its deposit, in the marketplace that most of the settlement belongs to.
pub fn weight(rules: &Rules, marketplace: &str, difference: Decimal, deposit: Decimal) -> Weight {
    let limit = |key: &str| rules.number(marketplace, key).unwrap_or_default();
    let amount = difference.abs();
    let part = deposit.abs() * limit("variance.material_percent") / Decimal::ONE_HUNDRED;
    if amount.is_zero() {
        Weight::None
    } else if amount <= limit("variance.ignore") {
        Weight::Small
    } else if amount > limit("variance.material") || amount > part {
        Weight::Material
    } else {
        Weight::Open
    }
}

/// The same from what is kept, for a screen.
pub fn weight_kept(
    db: &Reader<'_>,
    marketplace: &str,
    difference: Decimal,
    deposit: Decimal,
) -> Result<Weight, StoreError> {
    if difference.is_zero() {
        return Ok(Weight::None);
    }
    // No rule looks at the clock here.
    let rules = crate::rules::snapshot(db, chrono::DateTime::UNIX_EPOCH)?;
    Ok(weight(&rules, marketplace, difference, deposit))
}

/// How much of a settlement's value is not matched with anything in NetSuite, in percent; without value nothing.
pub fn unmatched_percent(summary: &Summary) -> Decimal {
    let (mut open, mut all) = (Decimal::ZERO, Decimal::ZERO);
    for row in &summary.rows {
        all += row.amazon.amount.abs();
        open += match row.status {
            Status::Waiting | Status::NeedsYou | Status::PartlyApplied | Status::Excluded => {
                (row.amazon.amount - row.netsuite.amount).abs()
            }
            Status::Applied | Status::InJournal | Status::NothingToPost | Status::PreGoLive => Decimal::ZERO,
        };
    }
    if all.is_zero() {
        Decimal::ZERO
    } else {
        open * Decimal::ONE_HUNDRED / all
    }
}

/// What is enough of a summary to know whose settings count.
#[derive(Deserialize)]
struct Brief {
    marketplaces: Vec<String>,
    currency: Currency,
}

/// A settlement that may post by itself as far as its settings go.
struct Candidate {
    id: String,
    marketplace: String,
}

/// What became of a candidate.
enum Verdict {
    Post,
    /// The circuit breaker: so much is unmatched (CMN-36).
    Stop(Decimal),
    Leave,
}

impl Engine {
    /// Approves what posts by itself, one settlement after the other. Nothing of it is begun while a schedule rests.
    pub(crate) async fn post_by_itself(&self) -> Result<(), StartError> {
        let rules = self.rules()?;
        let candidates = self.store().read(|db| candidates(db, &rules))?;
        for candidate in candidates {
            let verdict = self.store().read(|db| judge(db, &rules, &candidate))?;
            match verdict {
                Verdict::Post => match self.approve(&candidate.id, APP).await {
                    Ok(_)
                    | Err(
                        StartError::AlreadyRunning { .. }
                        | StartError::NotWhole(_)
                        | StartError::NotReady { .. }
                        | StartError::NothingHeld(_),
                    ) => (),
                    Err(other) => return Err(other),
                },
                Verdict::Stop(percent) => self.ask_about_unmatched(&candidate, percent)?,
                Verdict::Leave => (),
            }
            if !matches!(verdict, Verdict::Stop(_)) {
                self.unmatched_is_over(&candidate.id)?;
            }
        }
        Ok(())
    }

    fn ask_about_unmatched(&self, candidate: &Candidate, percent: Decimal) -> Result<(), StoreError> {
        let now = self.0.now();
        let id = candidate.id.as_str();
        // The question belongs to no flow: no look at the settlement closes it.
        let problem = Problem {
            key: id.to_owned(),
            marketplace: Some(candidate.marketplace.clone()).filter(|id| !id.is_empty()),
            what: Text::new("problem-settlement-guard")
                .with("settlement", id)
                .with("percent", percent.round_dp(1).to_string()),
            why: Text::new("problem-settlement-guard-why").with("limit", UNMATCHED_PERCENT.to_string()),
            about: serde_json::json!([["settlement", id]]),
            remedies: serde_json::json!([{"remedy": "retry"}]),
            ..Problem::new(APPROVAL, "", "VARIANCE", cause(id), now)
        };
        self.store().write(|db| {
            let known = problems::open_about(db, APPROVAL, "", id)?;
            problems::open(db, &problem)?;
            if known.is_empty() {
                audit::add(
                    db,
                    now,
                    APP,
                    "held-back",
                    id,
                    &serde_json::json!({"unmatched_percent": percent.round_dp(1).to_string()}),
                )?;
            }
            Ok(())
        })?;
        self.0.tell_problems();
        Ok(())
    }

    fn unmatched_is_over(&self, id: &str) -> Result<(), StoreError> {
        let now = self.0.now();
        let asked = self.store().read(|db| problems::open_about(db, APPROVAL, "", id))?;
        if asked.is_empty() {
            return Ok(());
        }
        self.store().write(|db| {
            let which = Which {
                flow: Some(APPROVAL),
                key: Some(id),
                ..Which::default()
            };
            problems::close(db, &which, Tab::Resolved, None, None, now)
        })?;
        self.0.tell_problems();
        Ok(())
    }
}

fn cause(id: &str) -> String {
    format!("VARIANCE:unmatched:{id}")
}

fn candidates(db: &Reader<'_>, rules: &Rules) -> Result<Vec<Candidate>, StoreError> {
    let mut found = Vec::new();
    for settlement in stored::briefs(db)? {
        let brief = settlement
            .summary
            .as_ref()
            .and_then(|summary| Brief::deserialize(summary).ok());
        let Some(brief) = brief else { continue };
        let marketplace = home(rules, &brief);
        let is_open = settlements::stage(db, &settlement.header.id)? == Stage::Open;
        if is_open && rules.says(&marketplace, "je.mode", "auto") {
            found.push(Candidate {
                id: settlement.header.id,
                marketplace,
            });
        }
    }
    Ok(found)
}

/// The marketplace whose settings count: that of most lines, else one with the currency.
fn home(rules: &Rules, brief: &Brief) -> String {
    let most = brief
        .marketplaces
        .first()
        .filter(|id| rules.marketplaces.contains_key(*id));
    let of_currency = || {
        rules
            .marketplaces
            .values()
            .find(|profile| profile.currency == brief.currency)
    };
    most.cloned()
        .or_else(|| of_currency().map(|profile| profile.id.clone()))
        .unwrap_or_default()
}

fn judge(db: &Reader<'_>, rules: &Rules, candidate: &Candidate) -> Result<Verdict, StoreError> {
    // An undo, whenever it was, leaves the settlement to people (SET-59).
    if postings::newest(db, &candidate.id)?.is_some() {
        return Ok(Verdict::Leave);
    }
    let Some(settlement) = stored::whole(db, &candidate.id)? else {
        return Ok(Verdict::Leave);
    };
    let Some(Ok(summary)) = settlement.summary.map(serde_json::from_value::<Summary>) else {
        return Ok(Verdict::Leave);
    };
    let percent = unmatched_percent(&summary);
    if percent > Decimal::from(UNMATCHED_PERCENT) {
        return Ok(Verdict::Stop(percent));
    }
    let needs_somebody = summary.rows.iter().any(|row| row.status == Status::NeedsYou);
    let material = weight(
        rules,
        &candidate.marketplace,
        summary.difference.amount,
        summary.amazon_says.amount,
    );
    let writes_nothing = steps::of_group(db, &candidate.id)?.is_empty();
    // What a person accepted or added, the person posts.
    let choices = store::settlement_choices::all(db, &candidate.id)?;
    let accepted = settlements::accepted(&summary, &choices).is_some() || settlements::balancing(&choices).is_some();
    if needs_somebody || accepted || writes_nothing || material == Weight::Material {
        return Ok(Verdict::Leave);
    }
    Ok(match settlements::readiness(db, &candidate.id)? {
        Readiness::Ready => Verdict::Post,
        Readiness::NotWhole | Readiness::Kept(_) => Verdict::Leave,
    })
}
