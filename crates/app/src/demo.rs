//! The Demo company's set-up: what a seller would have chosen in the first-run steps, written into a fresh workspace.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use amazon::marketplaces;
use chrono::{DateTime, Days, Utc};
use domain::Text;
use serde_json::{Value, json};
use simulator::{Company, Latency, Options, Simulator};
use store::accounts::{Account, AccountState, Service};
use store::lookups::Lookup;
use store::marketplaces::Marketplace;
use store::options::{Level, OptionRow};
use store::{Store, Writer, accounts, lookups, options, settings};
use wire::Clock;

use crate::application::Inner;
use crate::contract::{Done, Refusal};

/// What stands in the simulated NetSuite under a role such as `acct.clearing.EUR`: its internal id.
pub type Roles = BTreeMap<String, i64>;

/// The marketplaces that the company sells in.
const MARKETPLACES: [&str; 4] = ["US", "UK", "DE", "JP"];

/// Days before the first opening that the books begin.
const GO_LIVE_DAYS: u64 = 45;

/// Options for the whole company: option key and role.
const WORKSPACE: &[(&str, &str)] = &[
    ("subsidiary", "subsidiary"),
    ("location.mfn", "location.own"),
    ("location.fba", "location.fba"),
    ("orders.item_discount_item", "item.item_discount"),
    ("orders.shipping_item", "item.shipping"),
    ("orders.shipping_discount_item", "item.shipping_discount"),
    ("orders.giftwrap_item", "item.gift_wrap"),
    ("orders.other_charge_item", "item.other_charge"),
    ("tax.item", "item.tax"),
    ("refund.amount_item", "item.refund_amount"),
    ("refund.restocking_item", "item.restocking"),
    ("refund.tax_item", "item.tax"),
    ("payment.ar_account", "acct.receivable"),
    ("settlement.vendor", "vendor.amazon"),
    ("acct.reserve", "acct.reserve"),
    ("acct.in_transit", "acct.in_transit"),
    ("acct.carried_forward", "acct.carried_forward"),
    ("acct.bank_fees", "acct.bank_fees"),
    ("acct.exchange_difference", "acct.fx"),
    ("acct.due_to_amazon", "acct.due_to_amazon"),
    ("acct.charge_card", "acct.charge_card"),
    ("acct.accrued_fees", "acct.accrued_fees"),
    ("acct.deferred_receivable", "acct.deferred_receivable"),
    ("acct.variance", "acct.variance"),
    ("acct.rounding", "acct.rounding"),
    ("acct.pre_golive", "acct.pre_golive"),
    ("acct.sales_tax_facilitated", "acct.sales_tax_facilitated"),
    ("acct.refund_reversals", "acct.refunds"),
    ("acct.referral_fees", "acct.fees.referral"),
    ("acct.refund_fees", "acct.fees.refund_admin"),
    ("acct.fulfilment_fees", "acct.fees.fulfilment"),
    ("acct.selling_fees", "acct.fees.other"),
    ("acct.other_fees", "acct.fees.other"),
    ("acct.advertising", "acct.fees.advertising"),
    ("acct.storage", "acct.fees.storage"),
    ("acct.long_term_storage", "acct.fees.storage"),
    ("acct.subscription", "acct.fees.subscription"),
    ("acct.inbound_freight", "acct.fees.inbound"),
    ("acct.removal_fees", "acct.fees.removal"),
    ("acct.postage", "acct.fees.postage"),
    ("acct.promotion_costs", "acct.fees.promotion"),
    ("acct.reimbursements", "acct.fees.reimbursement"),
    ("acct.liquidation_income", "acct.fees.adjustment"),
    ("acct.liquidation_fees", "acct.fees.adjustment"),
    ("acct.sales", "acct.sales"),
    ("acct.shipping_income", "acct.shipping_income"),
    ("acct.gift_wrap_income", "acct.gift_wrap_income"),
    ("acct.promotions", "acct.discounts"),
    ("acct.refunds", "acct.refunds"),
    ("acct.tax_collected", "acct.vat_collected"),
    ("acct.cogs", "acct.cogs"),
    ("acct.inventory", "acct.inventory"),
];

/// Writes the set-up once; a workspace that has it already is left as it is.
pub fn prepare(store: &Store, roles: &Roles, seller: &str, netsuite: &str, now: DateTime<Utc>) -> Result<(), Refusal> {
    let done = store.read(|db| settings::get(db, "demo.prepared"))?.is_some();
    if done {
        return Ok(());
    }
    store.write(|db| {
        put_account(db, "netsuite", netsuite, Service::NetSuite, "", now)?;
        for region in ["na", "eu", "fe"] {
            put_account(db, region, seller, Service::Amazon, region, now)?;
        }
        for (option, role) in WORKSPACE {
            set(db, option, Level::Workspace, "", roles.get(*role))?;
        }
        for country in MARKETPLACES {
            let Some(known) = marketplaces::by_country(country) else {
                continue;
            };
            put_marketplace(db, known, seller, roles, now)?;
        }
        for (role, id) in roles
            .iter()
            .filter_map(|(role, id)| Some((role.strip_prefix("ship.")?, id)))
        {
            let row = Lookup {
                name: "ship-methods".to_owned(),
                marketplace: String::new(),
                source: role.to_owned(),
                target: json!(id.to_string()),
                set_at: now,
            };
            lookups::set(db, &row)?;
        }
        settings::set(db, "demo.prepared", &json!(now.to_rfc3339()))
    })?;
    Ok(())
}

fn put_account(
    db: &Writer<'_>,
    prefix: &str,
    outside_id: &str,
    service: Service,
    region: &str,
    now: DateTime<Utc>,
) -> store::Result<()> {
    let account = Account {
        id: format!("{prefix}:{outside_id}"),
        service,
        region: region.to_owned(),
        outside_id: outside_id.to_owned(),
        name: "Atelier Lumen".to_owned(),
        state: AccountState::Connected,
        because: None,
        settings: Value::Null,
        connected_at: now,
    };
    accounts::put(db, &account)
}

fn put_marketplace(
    db: &Writer<'_>,
    known: &marketplaces::Marketplace,
    seller: &str,
    roles: &Roles,
    now: DateTime<Utc>,
) -> store::Result<()> {
    let region = known.region.map_or("", marketplaces::Region::as_str);
    let go_live = now.date_naive().checked_sub_days(Days::new(GO_LIVE_DAYS));
    let row = Marketplace {
        id: known.id.to_owned(),
        account: format!("{region}:{seller}"),
        country: known.country.to_owned(),
        currency: known.currency.to_owned(),
        enabled: true,
        go_live,
        settings: Value::Null,
    };
    store::marketplaces::put(db, &row)?;
    let currency = known.currency;
    let customer = roles.get(&format!("customer.{}", known.country));
    for (option, id) in [
        ("acct.bank", roles.get(&format!("acct.bank.{currency}"))),
        ("acct.clearing", roles.get(&format!("acct.clearing.{currency}"))),
        ("customer.mfn.default", customer),
        ("customer.fba.default", customer),
    ] {
        set(db, option, Level::Marketplace, known.id, id)?;
    }
    let go_live = go_live.map(|day| json!(day.to_string())).unwrap_or_default();
    let row = OptionRow {
        key: "go_live".to_owned(),
        level: Level::Marketplace,
        scope_id: known.id.to_owned(),
        value: go_live,
    };
    options::set(db, &row)
}

fn set(db: &Writer<'_>, option: &str, level: Level, scope: &str, id: Option<&i64>) -> store::Result<()> {
    let Some(id) = id else { return Ok(()) };
    let row = OptionRow {
        key: option.to_owned(),
        level,
        scope_id: scope.to_owned(),
        value: json!(id.to_string()),
    };
    options::set(db, &row)
}

/// The simulated services of the Demo company, their books kept beside the workspace.
pub fn simulator(seed: u64, clock: &Arc<dyn Clock>, folder: &Path) -> Result<Simulator, Refusal> {
    let options = Options {
        store: Some(folder.join("demo-services")),
        latency: Latency::DEMO,
        // People pack in the simulated warehouse, so that shipments and bills come up.
        warehouse: true,
        ..Options::new(seed, Company::Demo, Arc::clone(clock))
    };
    Simulator::open(options).map_err(|error| Refusal::new("store", Text::new("error-workspace-io")).because(&error))
}

/// Marks the Demo company to be forgotten when it is opened next: open files are not taken away under a running program.
pub(crate) fn reset(app: &Inner) -> Result<Done, Refusal> {
    if !app.resettable {
        return Err(Refusal::bad_request("workspace", "not the Demo company"));
    }
    std::fs::write(app.folder.join(RESET), "")
        .map_err(|error| Refusal::new("store", Text::new("error-workspace-io")).because(&error))?;
    Ok(Done {
        said: Text::new("said-demo-reset").into(),
    })
}

/// Forgets the Demo company if that was asked for.
pub fn forget_if_asked(folder: &Path) -> std::io::Result<()> {
    let mark = folder.join(RESET);
    // Whoever has it open keeps it: it is forgotten when it is opened next after that.
    let in_use = || {
        let opened = Store::open(store::Place::File(folder.join("demo.passerelle")));
        matches!(opened, Err(store::StoreError::InUse { .. }))
    };
    if !mark.exists() || in_use() {
        return Ok(());
    }
    for name in ["demo.passerelle", "demo.passerelle-wal", "demo.passerelle-shm"] {
        remove(std::fs::remove_file(folder.join(name)))?;
    }
    remove(std::fs::remove_dir_all(folder.join("demo-services")))?;
    std::fs::remove_file(mark)
}

/// What is not there needs no removing.
fn remove(done: std::io::Result<()>) -> std::io::Result<()> {
    match done {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

const RESET: &str = "demo.reset";
