//! A settlement with everything around it, planned: what all four posting flows look at.

use std::collections::BTreeMap;

use domain::finances::Transaction;
use domain::settlement::classify::{UserRow, Vocabulary};
use domain::settlement::marketplace::{self, Attribution, Known as Around, Nameless};
use domain::settlement::plan::{
    APPLICATIONS, Accounts, Choices, Cost, Detail, Entries, Found, Input, JournalDraft, Plan, RowChoices, SumBy,
    Summing, TaxMode, plan,
};
use domain::settlement::{Category, Group, Header, Line, Posted, Refunds, group_as};
use domain::{Currency, Money, Text};
use netsuite::queries::{self, Known, Period};
use netsuite::{RecordId, suiteql};
use rust_decimal::prelude::ToPrimitive;
use wire::Failure;

use super::found;
use super::items::Items;
use super::linked::linked;
use super::suggested::{Suggestion, suggested};
use super::worth::{Books, bank_currency, banks};
use crate::flow::{Progress, Reads, Window};
use crate::local::{Local, Stage, StoredSettlement};
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

/// The marketplace whose settings count for a settlement as a whole (SET-16).
pub(super) async fn home<'r>(
    reads: &Reads<'_>,
    rules: &'r Rules,
    stored: &StoredSettlement,
) -> Result<Option<&'r Profile>, Failure> {
    let lines = reads.local.settlement_lines(&stored.header.id).await?;
    let account = reads.scope.account();
    let around = around(reads.local, rules, &stored.header, &account, &lines).await?;
    let attribution = Attribution::new(&stored.header, &lines, &around);
    let named = lines.iter().filter_map(|line| attribution.of(line));
    Ok(most_lines(rules, stored, named))
}

/// Something of it may still be written.
pub(super) fn is_open(stored: &StoredSettlement) -> bool {
    match stored.stage {
        Stage::Open | Stage::Approved | Stage::Undone => true,
        Stage::Posted => stored.edited || stored.late_open,
        Stage::Undoing | Stage::Closed => false,
    }
}

/// A settlement of a file given by hand belongs to the account with its currency, else to the first account.
pub(crate) fn belongs(stored: &StoredSettlement, account: &str, rules: &Rules) -> bool {
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

/// The same choices with what is known of the items: their classes, kinds, and costs where these are booked.
fn with_items(rules: &Rules, marketplace: &str, items: Items, costs_in: Option<Currency>, choices: Choices) -> Choices {
    Choices {
        cost: costs_in.map(|currency| Cost {
            currency,
            of_unit: items.costs,
        }),
        summing: rules
            .sums(marketplace)
            .then(|| summing(rules, marketplace, items.kinds)),
        journal: Entries {
            classes: items.classes,
            ..choices.journal
        },
        ..choices
    }
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

pub(super) async fn around(
    local: &dyn Local,
    rules: &Rules,
    header: &Header,
    account: &str,
    lines: &[Line],
) -> Result<Around, Failure> {
    let mut orders: Vec<String> = lines
        .iter()
        .filter_map(|line| line.order())
        .map(str::to_owned)
        .collect();
    orders.sort_unstable();
    orders.dedup();
    let seen = local.orders(&orders).await?;
    let orders = seen
        .into_iter()
        .filter_map(|(order, seen)| Some((order, seen.marketplace?)))
        .collect();
    let elsewhere = local.named_elsewhere(&header.id, &Nameless::of(lines)).await?;
    let market = |(id, name): (String, String)| Some((id, marketplace::named(&name)?.id.to_owned()));
    let own = rules.marketplaces.values().filter(|profile| profile.account == account);
    Ok(Around {
        account: own.map(|profile| profile.id.clone()).collect(),
        earlier: elsewhere.into_iter().filter_map(market).collect(),
        orders,
        told: told(local, account, lines).await?,
        picked: local.picked_marketplaces(&header.id).await?,
    })
}

/// What Finances told of the time in which lines without a marketplace's name were posted (SET-16).
async fn told(local: &dyn Local, account: &str, lines: &[Line]) -> Result<Vec<Transaction>, Failure> {
    let nameless = lines
        .iter()
        .filter(|line| marketplace::named(&line.marketplace_name).is_none());
    let times = nameless.filter_map(|line| match line.posted {
        Some(Posted::At(at)) => Some(at),
        _ => None,
    });
    match (times.clone().min(), times.max()) {
        (Some(first), Some(last)) => {
            let after = last + chrono::Duration::seconds(1);
            local.finances_posted(account, first, after).await
        }
        _ => Ok(Vec::new()),
    }
}

/// The marketplace whose accounts and business day count for the settlement as a whole.
pub(super) fn most_lines<'a>(
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

/// How sales are drawn together in totals (SET-63).
fn summing(rules: &Rules, marketplace: &str, kinds: BTreeMap<String, String>) -> Summing {
    let prefix = rules.number(marketplace, "settlement.sku_prefix").unwrap_or_default();
    Summing {
        by: match rules.option(marketplace, "settlement.summary_by") {
            Some("none") => SumBy::None,
            Some("product_type") => SumBy::ProductType,
            Some("sku_prefix") => SumBy::SkuPrefix,
            _ => SumBy::Country,
        },
        prefix: prefix.to_usize().unwrap_or_default(),
        kinds,
    }
}

/// The settings of flows.md §10 as the plan takes them.
fn chosen(
    rules: &Rules,
    stored: &StoredSettlement,
    profile: Option<&Profile>,
    bank_currency: Option<Currency>,
) -> Choices {
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
        per_customer: says("payment.granularity", "per_customer").then_some(APPLICATIONS),
        standalone_refunds: on("refund.standalone"),
        reversal_invoices: says("refund.reversal", "invoice"),
        unmapped_to_other_fees: says("settlement.unmapped", "post_to_other_fees"),
        combine_same_account: on("je.combine_same_account"),
        split_months: on("je.split_months"),
        // A bank in another currency gets its money from the bank's own journal (SET-53).
        bank_in_transit: says("je.bank_line", "in_transit")
            || bank_currency.is_some_and(|bank| bank != stored.header.currency),
        max_variance: rules.number(marketplace, "je.max_variance").unwrap_or_default(),
        detail: match rules.option(marketplace, "settlement.detail") {
            Some("description") => Detail::Description,
            Some("sku") => Detail::Sku,
            _ => Detail::Category,
        },
        vendor_bill: on("settlement.vendor_bill"),
        journal: super::journals::entries(rules, marketplace),
        revision: stored.revision,
        late: stored.late.clone(),
        ..Choices::default()
    }
}

pub(super) fn accounts(rules: &Rules, main: &str) -> Accounts {
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
