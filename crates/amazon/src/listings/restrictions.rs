//! Listings Restrictions 2021-08-01: whether the seller may offer a product at all.

use serde::{Deserialize, Serialize};
use wire::{Call, Method, Misread, Quota, Request, Response};

use crate::orders::parse;
use crate::vocabulary::vocabulary;

/// `getListingsRestrictions`: what keeps the seller from offering an ASIN; nothing means that it may be offered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// The product.
    pub asin: String,
    /// The seller's id.
    pub seller_id: String,
    /// Amazon's marketplace ids.
    pub marketplaces: Vec<String>,
    /// `new_new`, `used_good` …; nothing asks for all conditions.
    pub condition: Option<String>,
    /// The language of the reasons, such as `fr_FR`.
    pub reason_locale: Option<String>,
}

vocabulary! {
    /// Why a product may not be offered.
    ReasonCode {
        ApprovalRequired = "APPROVAL_REQUIRED",
        AsinNotFound = "ASIN_NOT_FOUND",
        NotEligible = "NOT_ELIGIBLE",
    }
}

/// What keeps the seller from offering a product in one marketplace and condition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Restriction {
    /// The marketplace.
    pub marketplace_id: String,
    /// The condition; nothing means all.
    pub condition_type: Option<String>,
    /// Why.
    #[serde(default)]
    pub reasons: Vec<Reason>,
}

/// Why a product may not be offered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Reason {
    /// Amazon's words.
    pub message: String,
    /// Amazon's code.
    pub reason_code: Option<ReasonCode>,
    /// Where something can be done about it.
    #[serde(default)]
    pub links: Vec<Link>,
}

/// A page of Amazon's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Its address.
    pub resource: String,
    /// Its title.
    pub title: Option<String>,
}

impl Call for Ask {
    type Output = Vec<Restriction>;
    const QUOTA: Quota = Quota::every_ms("getListingsRestrictions", 200, 10);

    fn request(&self) -> Request {
        let mut request = Request::new(Method::Get, "/listings/2021-08-01/restrictions")
            .query("asin", &self.asin)
            .query("sellerId", &self.seller_id)
            .query("marketplaceIds", self.marketplaces.join(","));
        if let Some(condition) = &self.condition {
            request = request.query("conditionType", condition);
        }
        match &self.reason_locale {
            Some(locale) => request.query("reasonLocale", locale),
            None => request,
        }
    }

    fn read(&self, response: &Response) -> Result<Vec<Restriction>, Misread> {
        #[derive(Deserialize)]
        struct Answer {
            restrictions: Vec<Restriction>,
        }
        parse::<Answer>(&response.body, "getListingsRestrictions").map(|answer| answer.restrictions)
    }
}
