//! What the seller chose, as the plan of a settlement takes it: settings, accounts, and the vocabulary of lines.

use std::collections::BTreeMap;

use domain::Currency;
use domain::settlement::Category;
use domain::settlement::classify::{UserRow, Vocabulary};
use domain::settlement::plan::{APPLICATIONS, Accounts, Choices, Cost, Detail, Entries, SumBy, Summing, TaxMode};
use rust_decimal::prelude::ToPrimitive;

use super::items::Items;
use crate::local::StoredSettlement;
use crate::rules::{LineAccount, Profile, Rules, choices};

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
pub(super) fn chosen(
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

/// NetSuite's ids of the accounts: those of the settlement's marketplace, and those of each.
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

/// The same choices with what is known of the items: their classes, kinds, and costs where these are booked.
pub(super) fn with_items(
    rules: &Rules,
    marketplace: &str,
    items: Items,
    costs_in: Option<Currency>,
    choices: Choices,
) -> Choices {
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
