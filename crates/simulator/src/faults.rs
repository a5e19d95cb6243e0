//! Things that go wrong on purpose (quality-bars R3): decided per request from a seed, counted, on both services.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use crate::chance::Chance;

/// One way in which an exchange can go wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// 429, as published.
    Throttled,
    /// 429 with a `Retry-After` header, which Amazon does not document and proxies add.
    ThrottledWithRetryAfter,
    /// 500.
    ServerError,
    /// 503.
    Unavailable,
    /// Sent and lost before the service acted: nothing changed, no answer.
    TimeoutBeforeCommit,
    /// The service acted, and its answer was lost.
    TimeoutAfterCommit,
    /// The connection was never made.
    NeverSent,
    /// The connection was reset while the answer came in; the service acted.
    ResetInBody,
    /// A document arrives cut in half, with a good status.
    TruncatedDocument,
    /// A document's address is no longer valid.
    ExpiredDocument,
    /// The access token is refused although it is young.
    TokenRefused,
    /// The refresh token or assertion is refused.
    SignInRefused,
    /// A page of a list brings orders of the page before again.
    DuplicatedPage,
    /// A page of a list comes in another order.
    ReorderedPage,
    /// The next-page token is the one that was sent.
    RepeatedNextToken,
    /// The first order of a page is missing, although it can be read by its id.
    AbsentFromList,
    /// A hotel's sign-in page: HTML with 200.
    CaptivePortal,
    /// A proxy asks for credentials: 407.
    Proxy,
    /// A request that worked a minute ago is called invalid, as happened for hours in August 2026 (SP-API issue 5365).
    InvalidOutage,
    /// The operation's limit falls to half, or comes back if it had fallen.
    LimitMoved,
    /// A confirmed parcel is answered 204 and forgotten (SP-API issue 5232).
    ConfirmationIgnored,
    /// NetSuite says that the record was changed meanwhile, and writes nothing (netsuite.md §12).
    RecordChanged,
    /// Both services' clock is a quarter of an hour off, or right again if it was off.
    ClockSkew,
    /// A feed is worked off eight hours later than others.
    FeedLate,
    /// Every third message of a listings feed is refused for no reason of its own.
    FeedPartlyRefused,
    /// A listing's change, or a whole listings feed, is accepted and forgotten.
    SubmissionIgnored,
}

impl Fault {
    /// Every fault.
    pub const ALL: [Self; 26] = [
        Self::Throttled,
        Self::ThrottledWithRetryAfter,
        Self::ServerError,
        Self::Unavailable,
        Self::TimeoutBeforeCommit,
        Self::TimeoutAfterCommit,
        Self::NeverSent,
        Self::ResetInBody,
        Self::TruncatedDocument,
        Self::ExpiredDocument,
        Self::TokenRefused,
        Self::SignInRefused,
        Self::DuplicatedPage,
        Self::ReorderedPage,
        Self::RepeatedNextToken,
        Self::AbsentFromList,
        Self::CaptivePortal,
        Self::Proxy,
        Self::InvalidOutage,
        Self::LimitMoved,
        Self::ConfirmationIgnored,
        Self::RecordChanged,
        Self::ClockSkew,
        Self::FeedLate,
        Self::FeedPartlyRefused,
        Self::SubmissionIgnored,
    ];

    /// Whether the fault can happen on an exchange of that kind at all.
    fn fits(self, kind: Kind) -> bool {
        match self {
            Self::TruncatedDocument | Self::ExpiredDocument => kind == Kind::Document,
            Self::SignInRefused => kind == Kind::SignIn,
            Self::DuplicatedPage
            | Self::ReorderedPage
            | Self::RepeatedNextToken
            | Self::AbsentFromList
            | Self::InvalidOutage
            | Self::ConfirmationIgnored
            | Self::FeedLate
            | Self::FeedPartlyRefused
            | Self::SubmissionIgnored
            | Self::LimitMoved => kind == Kind::AmazonCall,
            Self::RecordChanged => kind == Kind::NetSuiteCall,
            Self::TokenRefused | Self::Throttled | Self::ThrottledWithRetryAfter => {
                kind == Kind::AmazonCall || kind == Kind::NetSuiteCall
            }
            _ => true,
        }
    }
}

/// What an exchange is, as far as faults care.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A token is asked for.
    SignIn,
    /// A Selling Partner operation.
    AmazonCall,
    /// A document is fetched from storage.
    Document,
    /// A NetSuite call.
    NetSuiteCall,
}

/// One rule: which exchanges it touches, and how often.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// What happens.
    pub fault: Fault,
    /// Part of the method and address that must occur, such as `POST ` or `/orders/`. Empty: all.
    #[serde(default)]
    pub touching: String,
    /// How many fitting exchanges pass before the rule wakes.
    #[serde(default)]
    pub after: u32,
    /// How many times it happens at most; none: for ever.
    #[serde(default)]
    pub times: Option<u32>,
    /// How likely it is for each fitting exchange, out of a thousand.
    #[serde(default = "always")]
    pub per_thousand: u32,
}

fn always() -> u32 {
    1000
}

impl Rule {
    /// The fault happens to the next exchange whose method and address contain `touching`.
    pub fn once(fault: Fault, touching: &str) -> Self {
        Self {
            fault,
            touching: touching.to_owned(),
            after: 0,
            times: Some(1),
            per_thousand: 1000,
        }
    }
}

/// The plan of what goes wrong. Shared: control and tests change it while the simulator runs.
#[derive(Clone)]
pub struct Faults(Arc<Mutex<Plan>>);

struct Plan {
    chance: Chance,
    rules: Vec<(Rule, u32)>,
    fired: BTreeMap<Fault, u64>,
}

impl Faults {
    /// Nothing goes wrong.
    pub fn none() -> Self {
        Self::planned(0, Vec::new())
    }

    /// These rules, drawn from that seed.
    pub fn planned(seed: u64, rules: Vec<Rule>) -> Self {
        let rules = rules.into_iter().map(|rule| (rule, 0)).collect();
        Self(Arc::new(Mutex::new(Plan {
            chance: Chance::new(seed, "faults"),
            rules,
            fired: BTreeMap::new(),
        })))
    }

    /// Everything that passes does happen, each as often as `per_thousand` exchanges say, drawn from the seed.
    ///
    /// Left out is what does not pass by itself or what nothing that only reads lists could ever mend: an order absent
    /// from its list, a parcel or a submission forgotten, a feed that is hours late or refused in part, a record changed
    /// meanwhile, an outage that says 400, moved limits and a wrong clock. Those have rules of their own.
    pub fn storm(seed: u64, per_thousand: u32) -> Self {
        let lasting = [
            Fault::AbsentFromList,
            Fault::InvalidOutage,
            Fault::LimitMoved,
            Fault::ConfirmationIgnored,
            Fault::RecordChanged,
            Fault::ClockSkew,
            Fault::FeedLate,
            Fault::FeedPartlyRefused,
            Fault::SubmissionIgnored,
        ];
        let passing = Fault::ALL.into_iter().filter(|fault| !lasting.contains(fault));
        let rule = |fault| Rule {
            fault,
            touching: String::new(),
            after: 0,
            times: None,
            per_thousand,
        };
        Self::planned(seed, passing.map(rule).collect())
    }

    /// Adds a rule.
    pub fn add(&self, rule: Rule) {
        self.plan().rules.push((rule, 0));
    }

    /// Takes all rules away.
    pub fn clear(&self) {
        self.plan().rules.clear();
    }

    /// How often each fault happened.
    pub fn fired(&self) -> BTreeMap<Fault, u64> {
        self.plan().fired.clone()
    }

    /// What happens to this exchange. The first rule that fits and hits wins.
    pub fn decide(&self, kind: Kind, what: &str) -> Option<Fault> {
        let mut guard = self.plan();
        let plan = &mut *guard;
        let mut happens = None;
        for (rule, seen) in &mut plan.rules {
            if !rule.fault.fits(kind) || !what.contains(&rule.touching) || rule.times == Some(0) {
                continue;
            }
            *seen += 1;
            if *seen <= rule.after || (rule.per_thousand < 1000 && !plan.chance.hits(rule.per_thousand)) {
                continue;
            }
            rule.times = rule.times.map(|times| times - 1);
            happens = Some(rule.fault);
            break;
        }
        if let Some(fault) = happens {
            *plan.fired.entry(fault).or_default() += 1;
        }
        happens
    }

    fn plan(&self) -> std::sync::MutexGuard<'_, Plan> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
