//! One money amount of a settlement, and the settlement's own facts.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::money::{Currency, Money};

/// What the summary row says (SET-05).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// Amazon's settlement id.
    pub id: String,
    /// When the period starts.
    pub start: Option<Posted>,
    /// When the period ends.
    pub end: Option<Posted>,
    /// When Amazon sends the money, or charges it.
    pub deposit: Option<Posted>,
    /// The currency of every amount in it.
    pub currency: Currency,
    /// `total-amount`: what goes to the bank. Nothing where the file has none.
    pub declared_total: Option<Decimal>,
}

/// An instant, or only a day where the file gives no time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Posted {
    /// An instant, UTC.
    At(DateTime<Utc>),
    /// A day as the file writes it, in the business's own zone.
    On(NaiveDate),
}

impl Posted {
    /// The day in the business's time zone (CMN-09).
    pub fn business_date(self, zone: Tz) -> NaiveDate {
        match self {
            Self::At(instant) => instant.with_timezone(&zone).date_naive(),
            Self::On(day) => day,
        }
    }

    /// ISO 8601: `2026-10-14T20:05:04Z` or `2026-10-14`.
    pub fn iso(self) -> String {
        match self {
            Self::At(instant) => instant.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
            Self::On(day) => day.to_string(),
        }
    }
}

/// One money amount, with what the file says about it. `S` is `&str` while streaming, `String` once kept.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Line<S = String> {
    /// The physical line in the file, from 1: with the settlement id the line's lasting name (SET-07).
    pub number: u64,
    /// Which amount of the row, from 0: a V1 row may hold several.
    pub part: u8,
    /// The amount in whole ten-thousandths of the settlement's currency, credit positive.
    pub ten_thousandths: i64,
    /// `transaction-type`, verbatim.
    pub transaction_type: S,
    /// `amount-type`, verbatim; in V1 the name of the column (decisions.md, The command line).
    pub amount_type: S,
    /// `amount-description`, verbatim.
    pub amount_description: S,
    /// `order-id`.
    pub order_id: S,
    /// `merchant-order-id`.
    pub merchant_order_id: S,
    /// `adjustment-id`: groups the rows of one refund.
    pub adjustment_id: S,
    /// `shipment-id`: groups the rows of one shipment.
    pub shipment_id: S,
    /// `marketplace-name`, verbatim; empty on account-level rows.
    pub marketplace_name: S,
    /// `fulfillment-id`: `AFN` or `MFN`.
    pub fulfillment_id: S,
    /// When Amazon posted it.
    pub posted: Option<Posted>,
    /// `order-item-code`.
    pub order_item_code: S,
    /// `sku`.
    pub sku: S,
    /// `quantity-purchased`, on the Principal row.
    pub quantity: Option<i64>,
    /// `promotion-id`.
    pub promotion_id: S,
    /// Columns that we do not know, and known ones that nothing uses, as title and value; empty values are left out.
    pub extra: Vec<(S, S)>,
}

impl<S: AsRef<str>> Line<S> {
    /// The amount as a decimal.
    pub fn amount(&self) -> Decimal {
        Decimal::new(self.ten_thousandths, 4).normalize()
    }

    /// The amount with the settlement's currency.
    pub fn money(&self, currency: Currency) -> Money {
        Money::new(self.amount(), currency)
    }

    /// Amazon's order number, or the seller's own for orders from elsewhere.
    pub fn order(&self) -> Option<&str> {
        [&self.order_id, &self.merchant_order_id]
            .into_iter()
            .map(AsRef::as_ref)
            .find(|id| !id.is_empty())
    }

    /// A copy that outlives the row it was read from.
    pub fn to_kept(&self) -> Line<String> {
        let keep = |text: &S| text.as_ref().to_owned();
        Line {
            number: self.number,
            part: self.part,
            ten_thousandths: self.ten_thousandths,
            transaction_type: keep(&self.transaction_type),
            amount_type: keep(&self.amount_type),
            amount_description: keep(&self.amount_description),
            order_id: keep(&self.order_id),
            merchant_order_id: keep(&self.merchant_order_id),
            adjustment_id: keep(&self.adjustment_id),
            shipment_id: keep(&self.shipment_id),
            marketplace_name: keep(&self.marketplace_name),
            fulfillment_id: keep(&self.fulfillment_id),
            posted: self.posted,
            order_item_code: keep(&self.order_item_code),
            sku: keep(&self.sku),
            quantity: self.quantity,
            promotion_id: keep(&self.promotion_id),
            extra: self
                .extra
                .iter()
                .map(|(title, value)| (keep(title), keep(value)))
                .collect(),
        }
    }
}

impl Line {
    /// The same line, borrowed: as readers hand it over.
    pub fn as_read(&self) -> Line<&str> {
        Line {
            number: self.number,
            part: self.part,
            ten_thousandths: self.ten_thousandths,
            transaction_type: &self.transaction_type,
            amount_type: &self.amount_type,
            amount_description: &self.amount_description,
            order_id: &self.order_id,
            merchant_order_id: &self.merchant_order_id,
            adjustment_id: &self.adjustment_id,
            shipment_id: &self.shipment_id,
            marketplace_name: &self.marketplace_name,
            fulfillment_id: &self.fulfillment_id,
            posted: self.posted,
            order_item_code: &self.order_item_code,
            sku: &self.sku,
            quantity: self.quantity,
            promotion_id: &self.promotion_id,
            extra: self
                .extra
                .iter()
                .map(|(title, value)| (title.as_str(), value.as_str()))
                .collect(),
        }
    }
}
