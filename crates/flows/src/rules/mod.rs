//! The seller's choices, frozen for one run, answering in the business's words.
//!
//! Open first: [`Rules`]; then [`options`] for the ladder of settings and their defaults, [`items`] for how a SKU finds
//! its item, [`mapping`] for how a field of a record is filled.

pub mod doubled;
pub mod items;
pub mod mapping;
pub mod options;
pub mod said;
pub mod tax;

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use chrono_tz::Tz;
use domain::{Currency, Text};
use netsuite::RecordId;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::flow::{Instead, Problem, Remedy};
pub use items::{ItemFound, ItemLink, ItemMatch, Wanted};
pub use options::{Choice, Kind, Options, choice, choices};
pub use said::{Described, Resend};
pub use tax::{TaxCase, TaxCode};

/// An immutable snapshot: options, product links, tables, accounts, marketplaces, and `now` as a plain value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rules {
    /// The instant that the run was opened.
    pub now: DateTime<Utc>,
    /// What the seller has set, level by level.
    pub options: Options,
    /// The marketplaces of the workspace, by Amazon's id.
    pub marketplaces: BTreeMap<String, Profile>,
    /// Which SKU is which item (ITM-03).
    pub item_links: Vec<ItemLink>,
    /// Lookup tables by name: value from Amazon → value for NetSuite (CMN-28).
    pub tables: BTreeMap<String, BTreeMap<String, String>>,
    /// Accounts that a person gave to kinds of settlement lines (SET-12): transaction type, amount type, description.
    pub line_accounts: Vec<LineAccount>,
    /// Records that a person accepted as the one meant (CMN-13): Amazon's order number → the order's record.
    pub adopted: BTreeMap<String, Accepted>,
    /// Bills that a person accepted (BIL-08): Amazon's order number → the bill.
    #[serde(default)]
    pub adopted_bills: BTreeMap<String, Accepted>,
    /// Customers that a person chose for an order whose buyer several could be (CUS-01): Amazon's order number → customer.
    #[serde(default)]
    pub adopted_customers: BTreeMap<String, RecordId>,
    /// Edits in NetSuite that a person takes back (CMN-37): Amazon key → what the record looked like then.
    #[serde(default)]
    pub put_back: BTreeMap<String, String>,
    /// Items that stand in for the unknown SKUs of single orders (ITM-05): Amazon's order number → item.
    #[serde(default)]
    pub placeholders: BTreeMap<String, RecordId>,
    /// Parcels that a person tells Amazon about again (FUL-10): the step's name → what is said.
    #[serde(default)]
    pub resent: BTreeMap<String, Resend>,
    /// The seller's own field mappings, by flow and scope (CMN-28).
    #[serde(default)]
    pub mappings: ::mapping::Mappings,
}

/// A marketplace as the flows need it (flows.md §1.2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// Amazon's id.
    pub id: String,
    /// ISO country code as sellers say it: `US`, `UK`, `DE`.
    pub country: String,
    /// The account that takes part in it: `eu:A1SELLER`.
    pub account: String,
    /// The currency of its prices.
    pub currency: Currency,
    /// The zone of its business day (CMN-09).
    pub zone: Tz,
    /// `marketplace-name` in settlement files.
    pub settlement_name: String,
    /// Whether prices contain tax (TAX-02).
    pub tax_inclusive: bool,
    /// The first business day of trading that the books know (CMN-32).
    pub go_live: Option<NaiveDate>,
}

/// A kind of settlement line and where a person said that it goes (SET-12).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineAccount {
    /// transaction-type, amount-type, amount-description; `*` stands for anything.
    pub triple: [String; 3],
    /// One marketplace, or nothing for all.
    pub marketplace: Option<String>,
    /// The category that it counts in, by its key.
    pub category: String,
    /// The account's key, such as `acct.other_fees`.
    pub account_key: String,
    /// An account named outright.
    pub account: Option<RecordId>,
}

/// A record that a person accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accepted {
    /// NetSuite's id.
    pub id: RecordId,
    /// How both sides looked then: what changes later is asked about again.
    pub state: String,
}

/// How orders leave: by the seller or by Amazon (flows.md §3.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// Ships from the seller, Prime orders among them.
    Mfn,
    /// Shipped by Amazon.
    Fba,
}

impl Channel {
    /// `mfn` or `fba`, as option keys spell it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Mfn => "mfn",
            Self::Fba => "fba",
        }
    }
}

/// Items that the product itself puts on orders beside the goods.
pub const EXTRAS: [&str; 6] = [
    "orders.shipping_item",
    "orders.giftwrap_item",
    "orders.other_charge_item",
    "orders.item_discount_item",
    "orders.shipping_discount_item",
    "tax.item",
];

impl Rules {
    /// Rules with nothing set: the built-in defaults.
    pub fn new(now: DateTime<Utc>) -> Self {
        Self {
            now,
            options: Options::default(),
            marketplaces: BTreeMap::new(),
            item_links: Vec::new(),
            tables: BTreeMap::new(),
            line_accounts: Vec::new(),
            adopted: BTreeMap::new(),
            adopted_bills: BTreeMap::new(),
            adopted_customers: BTreeMap::new(),
            put_back: BTreeMap::new(),
            placeholders: BTreeMap::new(),
            resent: BTreeMap::new(),
            mappings: ::mapping::Mappings::default(),
        }
    }

    /// The marketplace, or the question what to make of it (CMN-05).
    pub fn marketplace(&self, id: &str) -> Result<&Profile, Instead> {
        self.marketplaces.get(id).ok_or_else(|| Instead::Ask {
            problems: vec![marketplace_unknown(id)],
        })
    }

    /// What an option says here: marketplace → account → workspace → default (CMN-02). Nothing set is `None`.
    pub fn option(&self, marketplace: &str, key: &str) -> Option<&str> {
        let account = self
            .marketplaces
            .get(marketplace)
            .map_or("", |profile| profile.account.as_str());
        self.options.get(marketplace, account, key).map(|(value, _)| value)
    }

    /// Whether a switch is on.
    pub fn is_on(&self, marketplace: &str, key: &str) -> bool {
        self.option(marketplace, key) == Some("on")
    }

    /// Whether an option has this value.
    pub fn says(&self, marketplace: &str, key: &str, value: &str) -> bool {
        self.option(marketplace, key) == Some(value)
    }

    /// An option that names a NetSuite record.
    pub fn record(&self, marketplace: &str, key: &str) -> Option<RecordId> {
        self.option(marketplace, key).map(|id| RecordId(id.to_owned()))
    }

    /// An option that must name a NetSuite record, or the question which.
    pub fn must(&self, marketplace: &str, key: &str) -> Result<RecordId, Box<Problem>> {
        self.record(marketplace, key)
            .ok_or_else(|| Box::new(option_missing(marketplace, key)))
    }

    /// An option that is a number. A text that is no number counts as not set.
    pub fn number(&self, marketplace: &str, key: &str) -> Option<Decimal> {
        self.option(marketplace, key).and_then(|text| text.parse().ok())
    }

    /// The calendar day of an instant where the business is (CMN-09).
    pub fn business_date(&self, marketplace: &str, at: DateTime<Utc>) -> NaiveDate {
        self.marketplaces
            .get(marketplace)
            .map_or_else(|| at.date_naive(), |profile| profile.day(at))
    }

    /// How far a NetSuite total may be off (`orders.total_tolerance`): a currency without decimals allows nothing.
    pub fn total_tolerance(&self, marketplace: &str, currency: Currency) -> Decimal {
        if currency.decimals() == 0 {
            return Decimal::ZERO;
        }
        self.number(marketplace, "orders.total_tolerance").unwrap_or_default()
    }

    /// The account of a purpose such as `acct.clearing`, or of a line category such as `acct.fee.referral`.
    pub fn account_for(&self, marketplace: &str, key: &str) -> Option<RecordId> {
        self.record(marketplace, key)
    }

    /// The shipping method for a service level, or the question which (`SHIP_METHOD_UNMAPPED`).
    ///
    /// The table `ship-methods` is asked first, `orders.ship_method_default` second; an order without a level needs none.
    pub fn ship_method_for(&self, marketplace: &str, level: Option<&str>) -> Result<Option<RecordId>, Box<Problem>> {
        let Some(level) = level else {
            return Ok(self.record(marketplace, "orders.ship_method_default"));
        };
        let mapped = self.tables.get("ship-methods").and_then(|table| {
            table
                .iter()
                .find(|(from, _)| from.eq_ignore_ascii_case(level))
                .map(|(_, to)| RecordId(to.clone()))
        });
        match mapped.or_else(|| self.record(marketplace, "orders.ship_method_default")) {
            Some(method) => Ok(Some(method)),
            None => Err(Box::new(Problem {
                code: "SHIP_METHOD_UNMAPPED".into(),
                cause: format!("SHIP_METHOD_UNMAPPED:{level}"),
                what: Text::new("problem-ship-method-unmapped").with("level", level),
                why: Text::new("problem-ship-method-unmapped-why"),
                about: vec![
                    ("ship_level".into(), level.into()),
                    ("marketplace".into(), marketplace.into()),
                ],
                at_stake: None,
                remedies: vec![
                    Remedy::SetOption {
                        option: "orders.ship_method_default".into(),
                        marketplace: Some(marketplace.into()),
                    },
                    Remedy::Exclude,
                ],
            })),
        }
    }

    /// The year that names a shared customer (`customer.rotate`, CUS-05), or nothing when names do not rotate.
    pub fn rotation(&self, marketplace: &str, day: NaiveDate) -> Option<String> {
        match self.option(marketplace, "customer.rotate") {
            Some("monthly") => Some(format!("{}-{:02}", day.year(), day.month())),
            Some("yearly") => Some(day.year().to_string()),
            _ => None,
        }
    }
}

impl Profile {
    /// The business day of an instant (CMN-09).
    pub fn day(&self, at: DateTime<Utc>) -> NaiveDate {
        at.with_timezone(&self.zone).date_naive()
    }
}

fn marketplace_unknown(id: &str) -> Problem {
    Problem {
        code: "MARKETPLACE_UNKNOWN".into(),
        cause: format!("MARKETPLACE_UNKNOWN:{id}"),
        what: Text::new("problem-marketplace-unknown").with("marketplace", id),
        why: Text::new("problem-marketplace-unknown-why"),
        about: vec![("marketplace".into(), id.into())],
        at_stake: None,
        remedies: vec![
            Remedy::AddMarketplace { marketplace: id.into() },
            Remedy::Retry,
            Remedy::Exclude,
        ],
    }
}

/// A setting that a record cannot do without has no value yet.
pub fn option_missing(marketplace: &str, key: &str) -> Problem {
    Problem {
        code: "OPTION_MISSING".into(),
        cause: format!("OPTION_MISSING:{key}:{marketplace}"),
        what: Text::new("problem-option-missing").with("option", key),
        why: Text::new("problem-option-missing-why"),
        about: vec![
            ("option".into(), key.into()),
            ("marketplace".into(), marketplace.into()),
        ],
        at_stake: None,
        remedies: vec![Remedy::SetOption {
            option: key.into(),
            marketplace: Some(marketplace.into()),
        }],
    }
}
