//! The rules of one run, built from what the seller has set.

use std::collections::BTreeMap;

use amazon::marketplaces::{self as known, PriceBasis};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use domain::Currency;
use flows::Rules;
use flows::rules::{Accepted, ItemLink, LineAccount, Profile};
use netsuite::RecordId;
use serde_json::Value;
use store::lookups::{self, Lookup};
use store::marketplaces::Marketplace;
use store::options::Level;
use store::{Reader, Result, StoreError, fee_accounts, mappings, marketplaces, options};

use crate::engine::Engine;

/// Lookup tables that mappings may use, by name.
const TABLES: &[&str] = &[
    "ship-methods",
    "carriers",
    flows::rules::tax::TAX_CODES,
    flows::rules::tax::TAX_RATES,
];
/// The lookup table of records that a person accepted (CMN-13): Amazon's order number to `{"id": …, "state": …}`.
const ADOPTED: &str = "adopted";
/// The same of bills, which a sales order may have beside its own.
const ADOPTED_BILLS: &str = "adopted-bills";
/// The lookup table of customers that a person chose for an order (CUS-01).
const ADOPTED_CUSTOMERS: &str = "adopted-customers";
/// The lookup table of edits that a person takes back (CMN-37): Amazon's order number to the record's state then.
const PUT_BACK: &str = "put-back";
/// The lookup table of items that stand in on single orders (ITM-05): Amazon's order number to the item.
const PLACEHOLDERS: &str = "placeholders";

/// The lookup table of parcels that a person tells Amazon about again (FUL-10): the step's name to what is said.
pub const RESENT: &str = "resent-parcels";

impl Engine {
    /// Everything that the seller has set, as a run that began now would have it.
    pub fn rules(&self) -> Result<Rules> {
        self.store().read(|db| snapshot(db, self.0.now()))
    }
}

/// An immutable snapshot of everything that the seller has set.
pub(crate) fn snapshot(db: &Reader<'_>, now: DateTime<Utc>) -> Result<Rules> {
    let mut rules = Rules::new(now);
    for row in options::all(db)? {
        let scope = if row.level == Level::Workspace {
            ""
        } else {
            &row.scope_id
        };
        rules.options.set(scope, &row.key, &plain(&row.value));
    }
    for marketplace in marketplaces::all(db)? {
        rules.marketplaces.insert(marketplace.id.clone(), profile(marketplace));
    }
    rules.item_links = lookups::table(db, lookups::ITEMS)?
        .into_iter()
        .filter_map(item_link)
        .collect();
    for name in TABLES {
        let rows = lookups::table(db, name)?;
        let table: BTreeMap<String, String> = rows.into_iter().map(|row| (row.source, plain(&row.target))).collect();
        rules.tables.insert((*name).to_owned(), table);
    }
    for row in lookups::table(db, ADOPTED)? {
        rules.adopted.insert(row.source, accepted(&row.target));
    }
    for row in lookups::table(db, ADOPTED_BILLS)? {
        rules.adopted_bills.insert(row.source, accepted(&row.target));
    }
    for row in lookups::table(db, ADOPTED_CUSTOMERS)? {
        rules.adopted_customers.insert(row.source, RecordId(plain(&row.target)));
    }
    for row in lookups::table(db, PUT_BACK)? {
        rules.put_back.insert(row.source, plain(&row.target));
    }
    for row in lookups::table(db, PLACEHOLDERS)? {
        rules.placeholders.insert(row.source, RecordId(plain(&row.target)));
    }
    for row in lookups::table(db, RESENT)? {
        let said = serde_json::from_value(row.target).map_err(|error| StoreError::Nonsense {
            what: format!("{RESENT} {}: {error}", row.source),
        })?;
        rules.resent.insert(row.source, said);
    }
    for row in mappings::current(db)? {
        let rows = serde_json::from_value(row.rows).map_err(|error| StoreError::Nonsense {
            what: format!("mapping {}: {error}", row.version),
        })?;
        let version = row.version;
        rules
            .mappings
            .set(&row.form, &row.scope, mapping::Sheet { version, rows });
    }
    rules.line_accounts = fee_accounts::all(db)?.into_iter().map(line_account).collect();
    Ok(rules)
}

/// A marketplace that our table does not have is accepted with what the account itself says (CMN-05).
fn profile(row: Marketplace) -> Profile {
    let known = known::by_id(&row.id);
    let zone = row.settings["zone"].as_str().and_then(|zone| zone.parse::<Tz>().ok());
    Profile {
        country: row.country,
        account: row.account,
        currency: row
            .currency
            .parse()
            .unwrap_or_else(|_| known.map_or(Currency::USD, known::Marketplace::currency)),
        zone: zone.or(known.map(|known| known.zone)).unwrap_or(Tz::UTC),
        settlement_name: known.map(|known| known.settlement_name.to_owned()).unwrap_or_default(),
        tax_inclusive: known.is_none_or(|known| known.price_basis == PriceBasis::TaxInclusive),
        go_live: row.go_live,
        id: row.id,
    }
}

fn accepted(target: &Value) -> Accepted {
    Accepted {
        id: RecordId(plain(target)),
        state: plain(&target["state"]),
    }
}

/// The lookup table that a flow's accepted records of a kind stand in.
pub fn accepted_in(flow: &str, record: &str) -> &'static str {
    match (flow, record) {
        (_, "customer") => ADOPTED_CUSTOMERS,
        ("billing", _) => ADOPTED_BILLS,
        _ => ADOPTED,
    }
}

fn item_link(row: Lookup) -> Option<ItemLink> {
    let factor = plain(&row.target["factor"]);
    Some(ItemLink {
        sku: row.source,
        marketplace: Some(row.marketplace).filter(|id| !id.is_empty()),
        item: RecordId(Some(plain(&row.target["item"])).filter(|id| !id.is_empty())?),
        factor: factor.parse().unwrap_or(1),
    })
}

fn line_account(row: fee_accounts::FeeAccount) -> LineAccount {
    LineAccount {
        triple: [row.transaction_type, row.amount_type, row.amount_description],
        marketplace: Some(row.marketplace).filter(|id| !id.is_empty()),
        category: row.category,
        account_key: row.account_key,
        account: row.account_id.map(RecordId),
    }
}

/// A stored value as the rules read it: switches as `on` and `off`, references by their id.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Bool(true) => "on".to_owned(),
        Value::Bool(false) => "off".to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Object(fields) => fields.get("id").map(plain).unwrap_or_default(),
        Value::Null | Value::Array(_) => String::new(),
    }
}
