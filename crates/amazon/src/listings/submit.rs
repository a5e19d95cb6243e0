//! The two writes, and their preview.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use wire::{Call, Method, Misread, Quota, Request, Response};

use super::attributes::Operation;
use super::calls::ROOT;
use super::item::{Issue, Severity};
use crate::orders::parse;
use crate::service::path_value;
use crate::vocabulary::vocabulary;

/// What a listing is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Requirements {
    /// Product facts and sales terms.
    Listing,
    /// Product facts alone.
    ListingProductOnly,
    /// Sales terms alone: an offer for a product that Amazon already has (PRD-02).
    ListingOfferOnly,
}

impl Requirements {
    /// The word as Amazon writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Listing => "LISTING",
            Self::ListingProductOnly => "LISTING_PRODUCT_ONLY",
            Self::ListingOfferOnly => "LISTING_OFFER_ONLY",
        }
    }
}

/// `putListingsItem`: makes a listing, or replaces all that the seller said of it. Sent again it says the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Put {
    /// The seller's id.
    pub seller_id: String,
    /// The SKU.
    pub sku: String,
    /// The one marketplace.
    pub marketplace_id: String,
    /// The product type.
    pub product_type: String,
    /// What the attributes say.
    pub requirements: Requirements,
    /// All attributes by name, each a list of values.
    pub attributes: Map<String, Value>,
    /// The language of issues.
    pub issue_locale: Option<String>,
}

/// `patchListingsItem`: changes whole attributes and leaves the others (PRD-05). Sent again it changes nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Patch {
    /// The seller's id.
    pub seller_id: String,
    /// The SKU.
    pub sku: String,
    /// The marketplace.
    pub marketplace_id: String,
    /// The product type. Offer attributes alone may go under [`Patch::ANY_PRODUCT`].
    pub product_type: String,
    /// What changes, at least one thing.
    pub patches: Vec<Operation>,
    /// The language of issues.
    pub issue_locale: Option<String>,
}

impl Patch {
    /// The product type that stands for any where only the offer changes (amazon-sp-api.md §9).
    pub const ANY_PRODUCT: &str = "PRODUCT";
}

/// The same request in `VALIDATION_PREVIEW`: Amazon judges it and writes nothing (PRD-04).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview<T>(pub T);

vocabulary! {
    /// What Amazon says of a submission at once.
    SubmissionStatus {
        Accepted = "ACCEPTED",
        Invalid = "INVALID",
        Valid = "VALID",
    }
}

/// What Amazon says of a submission at once. Accepted is not live (PRD-04).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Submission {
    /// The SKU.
    pub sku: String,
    /// What Amazon says.
    pub status: SubmissionStatus,
    /// Amazon's number of the submission.
    pub submission_id: String,
    /// What it objects to.
    #[serde(default)]
    pub issues: Vec<Issue>,
    /// The products that it was matched with; a preview says so.
    #[serde(default)]
    pub identifiers: Vec<Matched>,
}

/// A product that a submission was matched with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Matched {
    /// The marketplace.
    pub marketplace_id: Option<String>,
    /// The ASIN.
    pub asin: Option<String>,
}

impl Submission {
    /// Whether Amazon takes it: warnings pass, errors do not.
    pub fn passes(&self) -> bool {
        let taken = matches!(self.status, SubmissionStatus::Accepted | SubmissionStatus::Valid);
        taken && self.errors().next().is_none()
    }

    /// The issues that keep it from being processed.
    pub fn errors(&self) -> impl Iterator<Item = &Issue> {
        self.issues.iter().filter(|issue| issue.severity == Severity::Error)
    }
}

fn address(method: Method, seller_id: &str, sku: &str, marketplace_id: &str, locale: Option<&str>) -> Request {
    let path = format!("{ROOT}/{}/{}", path_value(seller_id), path_value(sku));
    let request = Request::new(method, path)
        .query("marketplaceIds", marketplace_id)
        .query("includedData", "issues");
    match locale {
        Some(locale) => request.query("issueLocale", locale),
        None => request,
    }
}

/// The same request as a preview. Which product it was matched with is told only there.
fn previewed(mut request: Request) -> Request {
    for (name, value) in &mut request.query {
        if name == "includedData" {
            "identifiers,issues".clone_into(value);
        }
    }
    request.query("mode", "VALIDATION_PREVIEW")
}

impl Call for Put {
    type Output = Submission;
    // The model says a burst of 10, the page on limits 5 (§4).
    const QUOTA: Quota = Quota::every_ms("putListingsItem", 200, 5);
    const WRITES: bool = true;

    fn request(&self) -> Request {
        let body = json!({
            "productType": self.product_type,
            "requirements": self.requirements,
            "attributes": self.attributes,
        });
        let locale = self.issue_locale.as_deref();
        address(Method::Put, &self.seller_id, &self.sku, &self.marketplace_id, locale).json(&body)
    }

    fn read(&self, response: &Response) -> Result<Submission, Misread> {
        parse(&response.body, "putListingsItem")
    }
}

impl Call for Patch {
    type Output = Submission;
    const QUOTA: Quota = Quota::every_ms("patchListingsItem", 200, 5);
    const WRITES: bool = true;

    fn request(&self) -> Request {
        let body = json!({ "productType": self.product_type, "patches": self.patches });
        let locale = self.issue_locale.as_deref();
        address(Method::Patch, &self.seller_id, &self.sku, &self.marketplace_id, locale).json(&body)
    }

    fn read(&self, response: &Response) -> Result<Submission, Misread> {
        parse(&response.body, "patchListingsItem")
    }
}

impl<T: Call<Output = Submission>> Call for Preview<T> {
    type Output = Submission;
    const QUOTA: Quota = T::QUOTA;

    fn request(&self) -> Request {
        previewed(self.0.request())
    }

    fn read(&self, response: &Response) -> Result<Submission, Misread> {
        self.0.read(response)
    }
}
