//! The marketplaces of Amazon and the three regions.
//!
//! Written from Amazon's list of marketplaces and endpoints (amazon-sp-api.md §3.2, §3.3; price bases and zones from
//! flows.md §1.2), on its own account: nothing is shared with the connector.

use chrono_tz::Tz;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// A region of the Selling Partner API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Region {
    /// North America.
    Na,
    /// Europe, India included.
    Eu,
    /// Far East.
    Fe,
}

impl Region {
    /// All three.
    pub const ALL: [Self; 3] = [Self::Na, Self::Eu, Self::Fe];

    /// `na`, `eu`, `fe`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Na => "na",
            Self::Eu => "eu",
            Self::Fe => "fe",
        }
    }

    /// The host that serves the region.
    pub fn host(self) -> String {
        format!("sellingpartnerapi-{}.amazon.com", self.code())
    }

    /// The host that keeps the region's documents.
    pub fn storage_host(self) -> String {
        format!("tortuga-prod-{}.s3.amazonaws.com", self.code())
    }
}

/// A marketplace.
#[derive(Debug, PartialEq, Eq)]
pub struct Market {
    /// Two letters, as sellers say it: `UK`, not `GB`.
    pub code: &'static str,
    /// Amazon's id.
    pub id: &'static str,
    /// Its region.
    pub region: Region,
    /// ISO country code.
    pub country: &'static str,
    /// Its currency.
    pub currency: &'static str,
    /// Decimals of the currency.
    pub decimals: u32,
    /// Its name on orders and settlement rows.
    pub name: &'static str,
    /// `en_US`.
    pub language: &'static str,
    /// How tax and prices stand to each other.
    pub tax: Tax,
    /// First three digits of order numbers.
    pub prefixes: &'static [&'static str],
    /// The zone whose days its business counts in.
    pub zone: Tz,
    /// Units of its currency for one euro, by which prices are made where the catalogue has none.
    pub per_euro: i64,
}

/// How tax and prices stand to each other, in percent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tax {
    /// Prices contain tax.
    Within(u32),
    /// Tax comes on top of prices.
    OnTop(u32),
}

impl Market {
    /// Whether prices contain tax.
    pub fn tax_included(&self) -> bool {
        matches!(self.tax, Tax::Within(_))
    }

    /// The tax on a price: within it or on top, as the marketplace has it.
    pub fn tax_on(&self, price: Decimal) -> Decimal {
        match self.tax {
            Tax::Within(percent) => {
                let net = price * Decimal::ONE_HUNDRED / Decimal::from(100 + percent);
                price - crate::chance::rounded(net, self.decimals)
            }
            Tax::OnTop(percent) => crate::chance::rounded(price * Decimal::new(i64::from(percent), 2), self.decimals),
        }
    }
}

/// Who and where: code, id, region, country, name, language.
type Who = (
    &'static str,
    &'static str,
    Region,
    &'static str,
    &'static str,
    &'static str,
);
/// How it counts: currency, decimals, tax, units for one euro.
type Counts = (&'static str, u32, Tax, i64);

const fn market(who: Who, counts: Counts, prefixes: &'static [&'static str], zone: Tz) -> Market {
    let (code, id, region, country, name, language) = who;
    let (currency, decimals, tax, per_euro) = counts;
    Market {
        code,
        id,
        region,
        country,
        currency,
        decimals,
        name,
        language,
        tax,
        prefixes,
        zone,
        per_euro,
    }
}

use Region::{Eu, Fe, Na};
use Tax::{OnTop, Within};

/// United States.
#[rustfmt::skip]
pub static US: Market = market(("US", "ATVPDKIKX0DER", Na, "US", "Amazon.com", "en_US"), ("USD", 2, OnTop(8), 1), &["111", "112", "113", "114"], Tz::America__Los_Angeles);
/// United Kingdom.
#[rustfmt::skip]
pub static UK: Market = market(("UK", "A1F83G8C2ARO7P", Eu, "GB", "Amazon.co.uk", "en_GB"), ("GBP", 2, Within(20), 1), &["202", "203", "204", "206"], Tz::Europe__London);
/// Germany.
#[rustfmt::skip]
pub static DE: Market = market(("DE", "A1PA6795UKMFR9", Eu, "DE", "Amazon.de", "de_DE"), ("EUR", 2, Within(19), 1), &["302", "303", "304", "305"], Tz::Europe__Berlin);
/// Japan.
#[rustfmt::skip]
pub static JP: Market = market(("JP", "A1VC38T7YXB528", Fe, "JP", "Amazon.co.jp", "ja_JP"), ("JPY", 0, Within(10), 160), &["249", "250", "503"], Tz::Asia__Tokyo);

/// Those that the seller sells in from the beginning.
pub static ALL: [&Market; 4] = [&US, &UK, &DE, &JP];

const EUROPEAN: &[&str] = &["402", "403", "404", "405"];

/// All others that the Selling Partner API serves. There is none for China (flows.md CMN-04).
#[rustfmt::skip]
static OTHERS: [Market; 19] = [
    market(("CA", "A2EUQ1WTGCTBG2", Na, "CA", "Amazon.ca", "en_CA"), ("CAD", 2, OnTop(12), 2), &["701", "702"], Tz::America__Los_Angeles),
    market(("MX", "A1AM78C64UM0Y8", Na, "MX", "Amazon.com.mx", "es_MX"), ("MXN", 2, Within(16), 21), &["701", "702"], Tz::America__Los_Angeles),
    market(("BR", "A2Q3Y263D00KWC", Na, "BR", "Amazon.com.br", "pt_BR"), ("BRL", 2, Within(17), 6), &["701", "702"], Tz::America__Sao_Paulo),
    market(("FR", "A13V1IB3VIYZZH", Eu, "FR", "Amazon.fr", "fr_FR"), ("EUR", 2, Within(20), 1), &["171", "402", "403"], Tz::Europe__Paris),
    market(("IT", "APJ6JRA9NG5V4", Eu, "IT", "Amazon.it", "it_IT"), ("EUR", 2, Within(22), 1), EUROPEAN, Tz::Europe__Rome),
    market(("ES", "A1RKKUPIHCS9HS", Eu, "ES", "Amazon.es", "es_ES"), ("EUR", 2, Within(21), 1), EUROPEAN, Tz::Europe__Madrid),
    market(("NL", "A1805IZSGTT6HS", Eu, "NL", "Amazon.nl", "nl_NL"), ("EUR", 2, Within(21), 1), EUROPEAN, Tz::Europe__Amsterdam),
    market(("BE", "AMEN7PMS3EDWL", Eu, "BE", "Amazon.com.be", "fr_BE"), ("EUR", 2, Within(21), 1), EUROPEAN, Tz::Europe__Brussels),
    market(("IE", "A28R8C7NBKEWEA", Eu, "IE", "Amazon.ie", "en_IE"), ("EUR", 2, Within(23), 1), EUROPEAN, Tz::Europe__Dublin),
    market(("SE", "A2NODRKZP88ZB9", Eu, "SE", "Amazon.se", "sv_SE"), ("SEK", 2, Within(25), 11), EUROPEAN, Tz::Europe__Stockholm),
    market(("PL", "A1C3SOZRARQ6R3", Eu, "PL", "Amazon.pl", "pl_PL"), ("PLN", 2, Within(23), 4), EUROPEAN, Tz::Europe__Warsaw),
    market(("TR", "A33AVAJ2PDY3EV", Eu, "TR", "Amazon.com.tr", "tr_TR"), ("TRY", 2, Within(20), 48), EUROPEAN, Tz::Europe__Istanbul),
    market(("AE", "A2VIGQ35RCS4UG", Eu, "AE", "Amazon.ae", "en_AE"), ("AED", 2, Within(5), 4), EUROPEAN, Tz::Asia__Dubai),
    market(("SA", "A17E79C6D8DWNP", Eu, "SA", "Amazon.sa", "ar_SA"), ("SAR", 2, Within(15), 4), EUROPEAN, Tz::Asia__Riyadh),
    market(("EG", "ARBP9OOSHTCHU", Eu, "EG", "Amazon.eg", "ar_EG"), ("EGP", 2, Within(14), 55), EUROPEAN, Tz::Africa__Cairo),
    market(("ZA", "AE08WJ6YKNBMC", Eu, "ZA", "Amazon.co.za", "en_ZA"), ("ZAR", 2, Within(15), 20), EUROPEAN, Tz::Africa__Johannesburg),
    market(("IN", "A21TJRUUN4KGV", Eu, "IN", "Amazon.in", "en_IN"), ("INR", 2, Within(18), 100), EUROPEAN, Tz::Asia__Kolkata),
    market(("AU", "A39IBJ37TRP1C6", Fe, "AU", "Amazon.com.au", "en_AU"), ("AUD", 2, Within(10), 2), &["249", "250", "503"], Tz::Australia__Sydney),
    market(("SG", "A19VAU5U5O7RUS", Fe, "SG", "Amazon.sg", "en_SG"), ("SGD", 2, Within(9), 2), &["249", "250", "503"], Tz::Asia__Singapore),
];

/// Every marketplace that the Selling Partner API serves.
pub fn everywhere() -> impl Iterator<Item = &'static Market> {
    ALL.into_iter().chain(&OTHERS)
}

/// The marketplace with that id.
pub fn by_id(id: &str) -> Option<&'static Market> {
    everywhere().find(|market| market.id == id)
}

/// The marketplace that sellers call by those two letters, or by its id.
pub fn named(name: &str) -> Option<&'static Market> {
    everywhere().find(|market| market.code == name || market.id == name)
}
