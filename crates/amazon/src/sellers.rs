//! Sellers v1: which marketplaces the account sells in. The right connection test, at most once a day (§3.3).

use serde::{Deserialize, Serialize};
use wire::{Call, Method, Misread, Quota, Request, Response};

use crate::orders::parse;

/// `getMarketplaceParticipations`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Participations;

/// One marketplace of the account. What it says wins over our own table (CMN-05).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Participation {
    /// Amazon's marketplace id.
    pub marketplace_id: String,
    /// ISO country code.
    pub country: String,
    /// The marketplace's name.
    pub name: String,
    /// ISO 4217.
    pub currency: String,
    /// `www.amazon.de`.
    pub domain: String,
    /// The seller's shop name there.
    pub store: Option<String>,
    /// Whether the account sells there.
    pub participates: bool,
    /// Whether listings are suspended there.
    pub suspended: bool,
}

impl Call for Participations {
    type Output = Vec<Participation>;
    const QUOTA: Quota = Quota::every_ms("getMarketplaceParticipations", 62_500, 15);

    fn request(&self) -> Request {
        Request::new(Method::Get, "/sellers/v1/marketplaceParticipations")
    }

    fn read(&self, response: &Response) -> Result<Vec<Participation>, Misread> {
        let answer: Answer = parse(&response.body, "getMarketplaceParticipations")?;
        Ok(answer.payload.into_iter().map(Entry::into_participation).collect())
    }
}

#[derive(Deserialize)]
struct Answer {
    payload: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    marketplace: EntryMarketplace,
    participation: EntryParticipation,
    store_name: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct EntryMarketplace {
    id: String,
    name: String,
    country_code: String,
    default_currency_code: String,
    domain_name: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct EntryParticipation {
    is_participating: bool,
    has_suspended_listings: bool,
}

impl Entry {
    fn into_participation(self) -> Participation {
        Participation {
            marketplace_id: self.marketplace.id,
            country: self.marketplace.country_code,
            name: self.marketplace.name,
            currency: self.marketplace.default_currency_code,
            domain: self.marketplace.domain_name,
            store: self.store_name,
            participates: self.participation.is_participating,
            suspended: self.participation.has_suspended_listings,
        }
    }
}
