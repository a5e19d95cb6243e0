//! The marketplaces that the simulated seller takes part in, and the three regions.
//!
//! Written from Amazon's list of marketplaces and endpoints (amazon-sp-api.md §3.2, §3.3), on its own account: nothing
//! is shared with the connector.

use chrono_tz::Tz;
use rust_decimal::Decimal;

/// A region of the Selling Partner API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
    /// Percent of VAT that prices contain; zero where prices are without tax.
    pub included_tax: u32,
    /// First three digits of order numbers.
    pub prefixes: &'static [&'static str],
    /// The zone whose days its business counts in.
    pub zone: Tz,
}

impl Market {
    /// Whether prices contain tax.
    pub fn tax_included(&self) -> bool {
        self.included_tax > 0
    }

    /// The tax that stands in a price which contains it.
    pub fn tax_within(&self, gross: Decimal) -> Decimal {
        let net = gross * Decimal::ONE_HUNDRED / Decimal::from(100 + self.included_tax);
        gross - crate::chance::rounded(net, self.decimals)
    }

    /// The tax that comes on top of a price: eight percent where prices are without tax.
    pub fn tax_on_top(&self, net: Decimal) -> Decimal {
        crate::chance::rounded(net * Decimal::new(8, 2), self.decimals)
    }
}

/// United States.
pub static US: Market = Market {
    code: "US",
    id: "ATVPDKIKX0DER",
    region: Region::Na,
    country: "US",
    currency: "USD",
    decimals: 2,
    name: "Amazon.com",
    language: "en_US",
    included_tax: 0,
    prefixes: &["111", "112", "113", "114"],
    zone: Tz::America__Los_Angeles,
};

/// United Kingdom.
pub static UK: Market = Market {
    code: "UK",
    id: "A1F83G8C2ARO7P",
    region: Region::Eu,
    country: "GB",
    currency: "GBP",
    decimals: 2,
    name: "Amazon.co.uk",
    language: "en_GB",
    included_tax: 20,
    prefixes: &["202", "203", "204", "206"],
    zone: Tz::Europe__London,
};

/// Germany.
pub static DE: Market = Market {
    code: "DE",
    id: "A1PA6795UKMFR9",
    region: Region::Eu,
    country: "DE",
    currency: "EUR",
    decimals: 2,
    name: "Amazon.de",
    language: "de_DE",
    included_tax: 19,
    prefixes: &["302", "303", "304", "305"],
    zone: Tz::Europe__Berlin,
};

/// Japan.
pub static JP: Market = Market {
    code: "JP",
    id: "A1VC38T7YXB528",
    region: Region::Fe,
    country: "JP",
    currency: "JPY",
    decimals: 0,
    name: "Amazon.co.jp",
    language: "ja_JP",
    included_tax: 10,
    prefixes: &["249", "250", "503"],
    zone: Tz::Asia__Tokyo,
};

/// The seller's marketplaces.
pub static ALL: [&Market; 4] = [&US, &UK, &DE, &JP];

/// The marketplace with that id.
pub fn by_id(id: &str) -> Option<&'static Market> {
    ALL.into_iter().find(|market| market.id == id)
}
