//! A settlement with everything around it, planned: what all four posting flows look at.

use std::collections::{BTreeMap, BTreeSet};

use domain::settlement::classify::{UserRow, Vocabulary};
use domain::settlement::marketplace::{Attribution, Known as Around};
use domain::settlement::plan::{Accounts, Choices, Detail, Input, Plan, RowChoices, TaxMode, plan};
use domain::settlement::{Category, Group, Line, group};
use domain::{Money, Text};
use netsuite::queries::{self, Known, Period};
use netsuite::{RecordId, suiteql};
use wire::Failure;

use super::found;
use super::linked::linked;
use super::suggested::{Suggestion, suggested};
use crate::flow::{Progress, Reads, Window};
use crate::local::{Stage, StoredSettlement};
use crate::rules::{LineAccount, Profile, Rules, choices};

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
    /// Those that are not posted yet, and those of whose records somebody changed or deleted one since.
    Unposted,
    /// All: a summary is right for any age (SET-44).
    All,
}

/// The settlements of this account that a window asks for, each gathered and planned.
pub async fn settle(reads: &Reads<'_>, window: &Window, rules: &Rules, which: Which) -> Result<Vec<Settled>, Failure> {
    let account = format!("{}:{}", reads.scope.region, reads.scope.seller_id);
    let mut wanted = reads.local.settlements().await?;
    wanted.retain(|stored| belongs(stored, &account, rules) && asked_for(stored, window));
    wanted.retain(|stored| which == Which::All || is_open(stored));
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let currencies = crate::orders::currencies(reads).await?;
    let periods = suiteql::all(&reads.netsuite, vec![queries::periods()]).await?;
    let total = u64::try_from(wanted.len()).ok();
    let mut settled = Vec::new();
    for (read, stored) in (0_u64..).zip(wanted) {
        (reads.progress)(Progress {
            doing: Text::new("progress-matching-settlements"),
            read,
            total,
        })?;
        let currency = currencies.get(&stored.header.currency).cloned();
        settled.push(one(reads, rules, stored, currency, &periods).await?);
    }
    Ok(settled)
}

/// Something of it may still be written.
pub(super) fn is_open(stored: &StoredSettlement) -> bool {
    match stored.stage {
        Stage::Open | Stage::Approved | Stage::Undone => true,
        Stage::Posted => stored.edited,
        Stage::Undoing | Stage::Closed => false,
    }
}

/// A settlement of a file given by hand belongs to the account with its currency, else to the first account.
pub(super) fn belongs(stored: &StoredSettlement, account: &str, rules: &Rules) -> bool {
    if !stored.account.is_empty() {
        return stored.account == account;
    }
    let with_currency = rules
        .marketplaces
        .values()
        .find(|profile| profile.currency == stored.header.currency);
    with_currency
        .or_else(|| rules.marketplaces.values().next())
        .is_none_or(|profile| profile.account == account)
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
    currency: Option<RecordId>,
    periods: &[Period],
) -> Result<Settled, Failure> {
    let lines = reads.local.settlement_lines(&stored.header.id).await?;
    let around = around(reads, rules, &stored, &lines).await?;
    let attribution = Attribution::new(&stored.header, &lines, &around);
    let profile = most_lines(rules, &stored, lines.iter().filter_map(|line| attribution.of(line)));
    let zone = profile.map_or(chrono_tz::Tz::UTC, |profile| profile.zone);
    let mut vocabulary = vocabulary(rules);
    let groups = group(&stored.header, lines, &mut vocabulary, &attribution, zone);
    // Before NetSuite is asked: what is written in between is then found there, and never taken for deleted.
    let made = made(reads, &stored, &groups).await?;
    let written = found::written(reads, &stored.header.id).await?;
    let mut found = found::around(reads, rules, &stored, profile, &groups, &written).await?;
    for (order, names) in made.of_orders {
        if let Some(found) = found.get_mut(&order) {
            found.written = names;
        }
    }
    let rows = reads.local.row_choices(&stored.header.id).await?;
    let documents = linked(reads, rules, profile, (&groups, &found), &rows.documents).await?;
    let choices = Choices {
        rows: RowChoices {
            documents,
            ..rows.choices
        },
        accepted_variance: reads.local.accepted_variance(&stored.header.id).await?,
        excluded: reads.local.excluded_groups(&stored.header.id).await?,
        ..chosen(rules, &stored, profile)
    };
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
    let stands = |name: &String| {
        let mut names = written.journals.iter().filter_map(|known| known.external_id.as_ref());
        names.any(|known| known == name)
    };
    Ok(Settled {
        journals_gone: made.journals.into_iter().filter(|name| !stands(name)).collect(),
        plan,
        input,
        currency,
        clearing,
        suggested,
        journals: written.journals,
        periods: periods.to_vec(),
        profile: profile.cloned(),
        stored,
    })
}

/// What was written for a settlement by its own flows and has not been taken back.
struct Made {
    /// Names of payments and refunds, by order.
    of_orders: BTreeMap<String, BTreeSet<String>>,
    /// Names of journals.
    journals: Vec<String>,
}

async fn made(reads: &Reads<'_>, stored: &StoredSettlement, groups: &[Group]) -> Result<Made, Failure> {
    let settlement = stored.header.id.as_str();
    let mut subjects: BTreeMap<&String, Vec<String>> = BTreeMap::new();
    for group in groups {
        if let Some(order) = &group.order {
            let of_order = subjects.entry(order).or_default();
            of_order.push(format!("{settlement}/{}", group.id));
        }
    }
    let mut of_orders = BTreeMap::new();
    for (order, subjects) in subjects {
        of_orders.insert(order.clone(), reads.local.written(&subjects).await?);
    }
    let of_settlement = reads.local.written(&[settlement.to_owned()]).await?;
    let journals = of_settlement.into_iter().filter(|name| name.starts_with("AZN-JE-"));
    Ok(Made {
        of_orders,
        journals: journals.collect(),
    })
}

async fn around(
    reads: &Reads<'_>,
    rules: &Rules,
    stored: &StoredSettlement,
    lines: &[Line],
) -> Result<Around, Failure> {
    let mut orders: Vec<String> = lines
        .iter()
        .filter_map(|line| line.order())
        .map(str::to_owned)
        .collect();
    orders.sort_unstable();
    orders.dedup();
    let seen = reads.local.orders(&orders).await?;
    let earlier = seen
        .into_iter()
        .filter_map(|(order, seen)| Some((order, seen.marketplace?)))
        .collect();
    let account = format!("{}:{}", reads.scope.region, reads.scope.seller_id);
    let own = rules.marketplaces.values().filter(|profile| profile.account == account);
    Ok(Around {
        account: own.map(|profile| profile.id.clone()).collect(),
        earlier,
        picked: reads.local.picked_marketplaces(&stored.header.id).await?,
    })
}

/// The marketplace whose accounts and business day count for the settlement as a whole.
fn most_lines<'a>(
    rules: &'a Rules,
    stored: &StoredSettlement,
    named: impl Iterator<Item = String>,
) -> Option<&'a Profile> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for id in named {
        *counts.entry(id).or_default() += 1;
    }
    let most = counts
        .iter()
        .max_by_key(|(_, count)| **count)
        .and_then(|(id, _)| rules.marketplaces.get(id));
    most.or_else(|| {
        rules
            .marketplaces
            .values()
            .find(|profile| profile.currency == stored.header.currency)
    })
}

/// What lines are: the seller's own rows first, then the built-in ones (SET-11).
pub fn vocabulary(rules: &Rules) -> Vocabulary {
    Vocabulary::new(rules.line_accounts.iter().map(user_row).collect())
}

/// NetSuite's ids of a marketplace's accounts, by the account keys that lines carry.
pub fn accounts_of(rules: &Rules, marketplace: &str) -> BTreeMap<String, String> {
    accounts(rules, marketplace).by_key
}

/// The seller's row of the vocabulary; an account named outright stands under a key of its own.
fn user_row(row: &LineAccount) -> UserRow {
    let account = match &row.account {
        Some(_) => Some(line_key(row)),
        None => Some(row.account_key.clone()).filter(|key| !key.is_empty()),
    };
    UserRow {
        pattern: row.triple.clone(),
        category: Category::from_key(&row.category).unwrap_or(Category::OtherFee),
        account,
    }
}

fn line_key(row: &LineAccount) -> String {
    format!("line:{}", row.triple.join("|").to_lowercase())
}

/// The settings of flows.md §10 as the plan takes them.
fn chosen(rules: &Rules, stored: &StoredSettlement, profile: Option<&Profile>) -> Choices {
    let marketplace = profile.map_or("", |profile| profile.id.as_str());
    let on = |key: &str| rules.is_on(marketplace, key);
    let says = |key: &str, value: &str| rules.says(marketplace, key, value);
    let tolerance = rules.number(marketplace, "payment.tolerance");
    Choices {
        time_zone: profile.map_or("UTC", |profile| profile.zone.name()).to_owned(),
        accounts: accounts(rules, marketplace),
        tax: if says("tax.mode", "exclude_collected") || says("tax.mode", "netsuite") {
            TaxMode::ExcludeCollected
        } else {
            TaxMode::OnInvoice
        },
        payment_tolerance: tolerance.filter(|_| stored.header.currency.decimals() > 0),
        keep_unapplied: on("payment.keep_unapplied"),
        standalone_refunds: on("refund.standalone"),
        unmapped_to_other_fees: says("settlement.unmapped", "post_to_other_fees"),
        combine_same_account: on("je.combine_same_account"),
        split_months: on("je.split_months"),
        bank_in_transit: says("je.bank_line", "in_transit"),
        max_variance: rules.number(marketplace, "je.max_variance").unwrap_or_default(),
        detail: match rules.option(marketplace, "settlement.detail") {
            Some("description") => Detail::Description,
            Some("sku") => Detail::Sku,
            _ => Detail::Category,
        },
        journal: super::journals::entries(rules, marketplace),
        revision: stored.revision,
        ..Choices::default()
    }
}

fn accounts(rules: &Rules, main: &str) -> Accounts {
    let of = |marketplace: &str| -> BTreeMap<String, String> {
        let keys = choices()
            .iter()
            .map(|choice| choice.key)
            .filter(|key| key.starts_with("acct."));
        let chosen = keys.filter_map(|key| Some((key.to_owned(), rules.record(marketplace, key)?.0)));
        let here = |row: &&LineAccount| row.marketplace.as_deref().is_none_or(|id| id == marketplace);
        let outright = rules
            .line_accounts
            .iter()
            .filter(here)
            .filter_map(|row| Some((line_key(row), row.account.clone()?.0)));
        chosen.chain(outright).collect()
    };
    Accounts {
        by_key: of(main),
        by_marketplace: rules.marketplaces.keys().map(|id| (id.clone(), of(id))).collect(),
    }
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

    /// A group by its id.
    pub fn group(&self, id: &str) -> Option<&Group> {
        self.input.groups.iter().find(|group| group.id == id)
    }
}
