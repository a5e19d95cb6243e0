//! A settlement with everything around it, planned: what all four posting flows look at.

use std::collections::BTreeMap;

use domain::settlement::marketplace::Attribution;
use domain::settlement::plan::{Choices, Found, Input, JournalDraft, Plan, RowChoices, plan};
use domain::settlement::{Group, Refunds, group_as};
use domain::{Currency, Money, Text};
use netsuite::queries::{self, Known, Period};
use netsuite::{RecordId, suiteql};
use wire::Failure;

use super::chosen::{chosen, vocabulary, with_items};
use super::found;
use super::linked::linked;
use super::suggested::{Suggestion, suggested};
use super::whose::{around, belongs, most_lines};
use super::worth::{Books, bank_currency, banks};
use crate::flow::{Progress, Reads, Window};
use crate::local::{Stage, StoredSettlement};
use crate::rules::{Profile, Rules};

/// A settlement, what NetSuite has for it, and what is to be written.
#[derive(Debug, Clone)]
pub struct Settled {
    /// The settlement.
    pub stored: StoredSettlement,
    /// The marketplace that most of its lines belong to.
    pub profile: Option<Profile>,
    /// What the plan was made from.
    pub input: Input,
    /// The plan.
    pub plan: Plan,
    /// NetSuite's id of its currency.
    pub currency: Option<RecordId>,
    /// The journals that it has in NetSuite.
    pub journals: Vec<Known>,
    /// What it has put on the clearing account so far.
    pub clearing: Option<Money>,
    /// NetSuite's ids of what was written for its orders and fees, by external id.
    pub written: BTreeMap<String, RecordId>,
    /// NetSuite's id of the currency that the books count in, where a journal needs it (SET-63).
    pub books: Option<RecordId>,
    /// What its bank account counts in, where NetSuite tells.
    pub bank_currency: Option<Currency>,
    /// Invoices that groups without a document may belong to, by the group's lasting name.
    pub suggested: BTreeMap<String, Suggestion>,
    /// NetSuite's periods.
    pub periods: Vec<Period>,
    /// Journals that were written for it and that NetSuite does not have any more, by external id (SET-44).
    pub journals_gone: Vec<String>,
}

/// Which settlements a look is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// Those that are not posted yet, those of whose records somebody changed or deleted one since, and those that were
    /// posted with an accepted difference (SET-58).
    Unposted,
    /// All: a summary is right for any age (SET-44).
    All,
}

/// The settlements of this account that a window asks for, each gathered and planned.
pub async fn settle(reads: &Reads<'_>, window: &Window, rules: &Rules, which: Which) -> Result<Vec<Settled>, Failure> {
    let account = reads.scope.account();
    let mut wanted = reads.local.settlements().await?;
    wanted.retain(|stored| belongs(stored, &account, rules) && asked_for(stored, window));
    wanted.retain(|stored| which == Which::All || is_open(stored));
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let currencies = crate::orders::currencies(reads).await?;
    let everywhere = Everywhere {
        periods: suiteql::all(&reads.netsuite, vec![queries::periods()]).await?,
        banks: banks(reads, rules, currencies.len()).await?,
        currencies,
    };
    let total = u64::try_from(wanted.len()).ok();
    let mut settled = Vec::new();
    for (read, stored) in (0_u64..).zip(wanted) {
        (reads.progress)(Progress {
            doing: Text::new("progress-matching-settlements"),
            read,
            total,
        })?;
        settled.push(one(reads, rules, stored, &everywhere).await?);
    }
    Ok(settled)
}

/// What NetSuite says once for all settlements of a look.
struct Everywhere {
    /// Its currencies by ISO code.
    currencies: BTreeMap<Currency, RecordId>,
    periods: Vec<Period>,
    /// What bank accounts count in, by account.
    banks: BTreeMap<RecordId, Currency>,
}

/// Something of it may still be written.
pub(super) fn is_open(stored: &StoredSettlement) -> bool {
    match stored.stage {
        Stage::Open | Stage::Approved | Stage::Undone => true,
        Stage::Posted => stored.edited || stored.late_open,
        Stage::Undoing | Stage::Closed => false,
    }
}

/// Keys name a settlement, or one of its groups after a slash.
fn asked_for(stored: &StoredSettlement, window: &Window) -> bool {
    match window {
        Window::Span { .. } => true,
        Window::Keys(keys) => keys
            .iter()
            .any(|key| key.0.split('/').next() == Some(stored.header.id.as_str())),
    }
}

async fn one(
    reads: &Reads<'_>,
    rules: &Rules,
    stored: StoredSettlement,
    everywhere: &Everywhere,
) -> Result<Settled, Failure> {
    let Everywhere {
        currencies,
        periods,
        banks,
    } = everywhere;
    let currency = currencies.get(&stored.header.currency).cloned();
    let lines = reads.local.settlement_lines(&stored.header.id).await?;
    let account = reads.scope.account();
    let around = around(reads.local, rules, &stored.header, &account, &lines).await?;
    let attribution = Attribution::new(&stored.header, &lines, &around);
    let profile = most_lines(rules, &stored, lines.iter().filter_map(|line| attribution.of(line)));
    let bank_currency = bank_currency(rules, profile, banks);
    let zone = profile.map_or(chrono_tz::Tz::UTC, |profile| profile.zone);
    let mut vocabulary = vocabulary(rules);
    let marketplace = profile.map_or("", |profile| profile.id.as_str());
    let refunds = if rules.is_on(marketplace, "refund.merge_per_order") {
        Refunds::ByOrder
    } else {
        Refunds::ByEvent
    };
    let groups = group_as(&stored.header, lines, &mut vocabulary, &attribution, (zone, refunds));
    // Before NetSuite is asked: what is written in between is then found there, and never taken for deleted.
    let mut made = reads.local.written(&stored.header.id).await?;
    let mut journals = made.remove(&stored.header.id).unwrap_or_default();
    journals.retain(|name| name.starts_with("AZN-JE-"));
    let together = reads.local.paid_together(&stored.header.id).await?;
    for (name, orders) in &together {
        for order in orders.keys() {
            made.entry(order.clone()).or_default().insert(name.clone());
        }
    }
    let mut written = found::written(reads, &stored.header.id).await?;
    written.together = together;
    let mut found = found::around(reads, rules, &stored, profile, &groups, &written).await?;
    for (order, names) in made {
        if let Some(found) = found.get_mut(&order) {
            found.written = names;
        }
    }
    let items = super::items::items(reads, rules, marketplace, &groups).await?;
    let books = if rules.sums(marketplace) && rules.is_on(marketplace, "settlement.cogs") {
        Books::of(reads, rules, marketplace).await?.base()
    } else {
        None
    };
    let choices = Choices {
        journals: journals.clone(),
        ..chosen(rules, &stored, profile, bank_currency)
    };
    let costs_in = books.as_ref().map(|(currency, _)| *currency);
    let choices = with_items(rules, marketplace, items, costs_in, choices);
    let choices = by_people(reads, rules, (&stored, profile), (&groups, &found), choices).await?;
    let input = Input {
        settlement: stored.header.clone(),
        groups,
        found,
        choices,
    };
    let plan = plan(&input);
    let suggested = suggested(reads, &input, &plan).await?;
    let clearing_account = profile.and_then(|profile| rules.record(&profile.id, "acct.clearing"));
    let clearing = match (&clearing_account, written.journals.is_empty()) {
        (Some(account), false) => Some(found::clearing(reads, account, &stored, &written, &plan.in_clearing).await?),
        _ => None,
    };
    let with_id = |known: &Known| Some((known.external_id.clone()?, known.id.clone()));
    let ids = written.others.iter().filter_map(with_id).collect();
    let stands = |name: &String| {
        let mut names = written.journals.iter().filter_map(|known| known.external_id.as_ref());
        names.any(|known| known == name)
    };
    Ok(Settled {
        journals_gone: journals.into_iter().filter(|name| !stands(name)).collect(),
        plan,
        input,
        currency,
        clearing,
        suggested,
        journals: written.journals,
        bank_currency,
        written: ids,
        books: books.map(|(_, id)| id),
        periods: periods.clone(),
        profile: profile.cloned(),
        stored,
    })
}

/// What people decided about this settlement and its rows, beside the settings.
async fn by_people(
    reads: &Reads<'_>,
    rules: &Rules,
    (stored, profile): (&StoredSettlement, Option<&Profile>),
    (groups, found): (&[Group], &BTreeMap<String, Found>),
    choices: Choices,
) -> Result<Choices, Failure> {
    let id = &stored.header.id;
    let rows = reads.local.row_choices(id).await?;
    let documents = linked(reads, rules, profile, (groups, found), &rows.documents).await?;
    Ok(Choices {
        rows: RowChoices {
            documents,
            ..rows.choices
        },
        accepted_variance: reads.local.accepted_variance(id).await?,
        balancing: reads.local.balancing_line(id).await?,
        excluded: reads.local.excluded_groups(id).await?,
        ..choices
    })
}

impl Settled {
    /// The settlement's id.
    pub fn id(&self) -> &str {
        &self.stored.header.id
    }

    /// The marketplace whose settings count for the settlement as a whole; empty when none is known.
    pub fn marketplace(&self) -> &str {
        self.profile.as_ref().map_or("", |profile| profile.id.as_str())
    }

    /// The journal that stands in NetSuite for one of the plan.
    pub fn journal_of(&self, draft: &JournalDraft) -> Option<&Known> {
        let mut known = self.journals.iter();
        known.find(|known| known.external_id.as_deref() == Some(draft.external_id.as_str()))
    }

    /// A group by its id.
    pub fn group(&self, id: &str) -> Option<&Group> {
        self.input.groups.iter().find(|group| group.id == id)
    }
}
