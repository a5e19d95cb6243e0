//! The marketplaces (flows.md §1.2, CMN-04, CMN-05): data, not code.
//!
//! A marketplace that is missing here is still accepted when the account's participation call returns it.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::money::Currency;

/// The three groups of marketplaces with one address and one refresh token each (amazon-sp-api.md §3.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Region {
    /// North and South America.
    Na,
    /// Europe, the Middle East, Africa, India.
    Eu,
    /// The Far East and Australia.
    Fe,
}

impl Region {
    /// All regions.
    pub const ALL: [Self; 3] = [Self::Na, Self::Eu, Self::Fe];

    /// `na`, `eu`, `fe`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Na => "na",
            Self::Eu => "eu",
            Self::Fe => "fe",
        }
    }

    /// The region of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|region| region.as_str().eq_ignore_ascii_case(name))
    }
}

/// Whether the prices that buyers see contain the tax.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PriceBasis {
    /// The tax comes on top (US, CA).
    TaxExclusive,
    /// The tax is inside (VAT, GST and others).
    TaxInclusive,
}

/// One Amazon marketplace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Marketplace {
    /// Amazon's id, such as `A1PA6795UKMFR9`; empty for China, which has none.
    pub id: &'static str,
    /// The country code that sellers use: `UK`, not `GB`.
    pub country: &'static str,
    /// The region; nothing for China.
    pub region: Option<Region>,
    /// ISO 4217.
    pub currency: &'static str,
    /// The zone of business dates (CMN-09).
    #[serde(serialize_with = "zone_name")]
    pub zone: Tz,
    /// `marketplace-name` in settlements, such as `Amazon.de`.
    pub settlement_name: &'static str,
    /// Whether prices contain tax.
    pub price_basis: PriceBasis,
}

impl Marketplace {
    /// Whether the Selling Partner API serves it. China is shown greyed (CMN-04).
    pub fn is_supported(&self) -> bool {
        self.region.is_some()
    }

    /// The currency as a value.
    pub fn currency(&self) -> Currency {
        self.currency.parse().unwrap_or(Currency::USD)
    }

    /// The business date of an instant here: an order of 23:30 Pacific on 31 October is an October order (CMN-09).
    pub fn business_date(&self, at: DateTime<Utc>) -> NaiveDate {
        at.with_timezone(&self.zone).date_naive()
    }
}

/// The marketplace with that Amazon id.
pub fn by_id(id: &str) -> Option<&'static Marketplace> {
    ALL.iter().find(|one| one.is_supported() && one.id == id)
}

/// The marketplace with that name in settlements, compared without case.
pub fn by_settlement_name(name: &str) -> Option<&'static Marketplace> {
    ALL.iter()
        .find(|one| one.is_supported() && one.settlement_name.eq_ignore_ascii_case(name.trim()))
}

/// The marketplace of a country, in the seller's codes (`UK`); `GB` is understood too.
pub fn by_country(country: &str) -> Option<&'static Marketplace> {
    let wanted = if country.eq_ignore_ascii_case("GB") {
        "UK"
    } else {
        country
    };
    ALL.iter().find(|one| one.country.eq_ignore_ascii_case(wanted))
}

/// All marketplaces, in the order in which sellers are shown them.
pub const ALL: &[Marketplace] = &[
    market(
        "ATVPDKIKX0DER",
        "US",
        Region::Na,
        "USD",
        Tz::America__Los_Angeles,
        "Amazon.com",
        PriceBasis::TaxExclusive,
    ),
    market(
        "A2EUQ1WTGCTBG2",
        "CA",
        Region::Na,
        "CAD",
        Tz::America__Los_Angeles,
        "Amazon.ca",
        PriceBasis::TaxExclusive,
    ),
    inclusive(
        "A1AM78C64UM0Y8",
        "MX",
        Region::Na,
        "MXN",
        Tz::America__Los_Angeles,
        "Amazon.com.mx",
    ),
    inclusive(
        "A2Q3Y263D00KWC",
        "BR",
        Region::Na,
        "BRL",
        Tz::America__Sao_Paulo,
        "Amazon.com.br",
    ),
    inclusive(
        "A1F83G8C2ARO7P",
        "UK",
        Region::Eu,
        "GBP",
        Tz::Europe__London,
        "Amazon.co.uk",
    ),
    inclusive(
        "A1PA6795UKMFR9",
        "DE",
        Region::Eu,
        "EUR",
        Tz::Europe__Berlin,
        "Amazon.de",
    ),
    inclusive(
        "A13V1IB3VIYZZH",
        "FR",
        Region::Eu,
        "EUR",
        Tz::Europe__Paris,
        "Amazon.fr",
    ),
    inclusive("APJ6JRA9NG5V4", "IT", Region::Eu, "EUR", Tz::Europe__Rome, "Amazon.it"),
    inclusive(
        "A1RKKUPIHCS9HS",
        "ES",
        Region::Eu,
        "EUR",
        Tz::Europe__Madrid,
        "Amazon.es",
    ),
    inclusive(
        "A1805IZSGTT6HS",
        "NL",
        Region::Eu,
        "EUR",
        Tz::Europe__Amsterdam,
        "Amazon.nl",
    ),
    inclusive(
        "AMEN7PMS3EDWL",
        "BE",
        Region::Eu,
        "EUR",
        Tz::Europe__Brussels,
        "Amazon.com.be",
    ),
    inclusive(
        "A28R8C7NBKEWEA",
        "IE",
        Region::Eu,
        "EUR",
        Tz::Europe__Dublin,
        "Amazon.ie",
    ),
    inclusive(
        "A2NODRKZP88ZB9",
        "SE",
        Region::Eu,
        "SEK",
        Tz::Europe__Stockholm,
        "Amazon.se",
    ),
    inclusive(
        "A1C3SOZRARQ6R3",
        "PL",
        Region::Eu,
        "PLN",
        Tz::Europe__Warsaw,
        "Amazon.pl",
    ),
    inclusive(
        "A33AVAJ2PDY3EV",
        "TR",
        Region::Eu,
        "TRY",
        Tz::Europe__Istanbul,
        "Amazon.com.tr",
    ),
    inclusive("A2VIGQ35RCS4UG", "AE", Region::Eu, "AED", Tz::Asia__Dubai, "Amazon.ae"),
    inclusive("A17E79C6D8DWNP", "SA", Region::Eu, "SAR", Tz::Asia__Riyadh, "Amazon.sa"),
    inclusive("ARBP9OOSHTCHU", "EG", Region::Eu, "EGP", Tz::Africa__Cairo, "Amazon.eg"),
    inclusive(
        "AE08WJ6YKNBMC",
        "ZA",
        Region::Eu,
        "ZAR",
        Tz::Africa__Johannesburg,
        "Amazon.co.za",
    ),
    inclusive("A21TJRUUN4KGV", "IN", Region::Eu, "INR", Tz::Asia__Kolkata, "Amazon.in"),
    inclusive(
        "A1VC38T7YXB528",
        "JP",
        Region::Fe,
        "JPY",
        Tz::Asia__Tokyo,
        "Amazon.co.jp",
    ),
    inclusive(
        "A39IBJ37TRP1C6",
        "AU",
        Region::Fe,
        "AUD",
        Tz::Australia__Sydney,
        "Amazon.com.au",
    ),
    inclusive(
        "A19VAU5U5O7RUS",
        "SG",
        Region::Fe,
        "SGD",
        Tz::Asia__Singapore,
        "Amazon.sg",
    ),
    Marketplace {
        id: "",
        country: "CN",
        region: None,
        currency: "CNY",
        zone: Tz::Asia__Shanghai,
        settlement_name: "",
        price_basis: PriceBasis::TaxInclusive,
    },
];

const fn inclusive(
    id: &'static str,
    country: &'static str,
    region: Region,
    currency: &'static str,
    zone: Tz,
    settlement_name: &'static str,
) -> Marketplace {
    market(
        id,
        country,
        region,
        currency,
        zone,
        settlement_name,
        PriceBasis::TaxInclusive,
    )
}

const fn market(
    id: &'static str,
    country: &'static str,
    region: Region,
    currency: &'static str,
    zone: Tz,
    settlement_name: &'static str,
    price_basis: PriceBasis,
) -> Marketplace {
    Marketplace {
        id,
        country,
        region: Some(region),
        currency,
        zone,
        settlement_name,
        price_basis,
    }
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde asks for")]
fn zone_name<S: serde::Serializer>(zone: &Tz, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(zone.name())
}
