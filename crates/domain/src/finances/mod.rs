//! What Amazon has posted to the seller's account, transaction by transaction: paid out, ready to be paid out, or still
//! held back (flows.md §11).
//!
//! **For:** the second telling of Amazon's money beside the settlement files: [`Transaction`] is one posting,
//! [`words`] says what its parts are, [`witness`] compares a settlement with it, [`accrual`] draws the entry for what
//! is held back at the end of a month.
//!
//! **Deliberately not here:** Amazon's JSON, the database, NetSuite's field names.
//!
//! **Open first:** [`Transaction`].

pub mod accrual;
pub mod witness;
pub mod words;

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::money::Money;

/// Whether the money of a transaction is held back.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum Status {
    /// Amazon holds it back.
    Deferred,
    /// It is the seller's: in a settlement, or in the one that is still open.
    Released,
    /// It was held back once; its release is another transaction, which alone counts as money.
    DeferredReleased,
    /// A word that Amazon added since: kept, and counted nowhere.
    Other(String),
}

impl Status {
    /// The word as Amazon writes it.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Deferred => "DEFERRED",
            Self::Released => "RELEASED",
            Self::DeferredReleased => "DEFERRED_RELEASED",
            Self::Other(word) => word,
        }
    }
}

impl From<String> for Status {
    fn from(word: String) -> Self {
        [Self::Deferred, Self::Released, Self::DeferredReleased]
            .into_iter()
            .find(|known| known.as_str().eq_ignore_ascii_case(&word))
            .unwrap_or(Self::Other(word))
    }
}

impl From<Status> for String {
    fn from(status: Status) -> Self {
        status.as_str().to_owned()
    }
}

/// One posting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transaction {
    /// Amazon's id of it.
    pub id: String,
    /// `Shipment`, `Refund`, `ServiceFee` and others that Amazon adds to.
    pub kind: String,
    /// Whether its money is held back.
    pub status: Status,
    /// When Amazon posted it, UTC.
    pub posted: DateTime<Utc>,
    /// What it comes to for the seller.
    pub total: Money,
    /// Amazon's id of the marketplace.
    pub marketplace: Option<String>,
    /// The order.
    pub order: Option<String>,
    /// The settlement that it stands in, once Amazon says so.
    pub settlement: Option<String>,
    /// Amazon's group of postings that are paid out together.
    pub group: Option<String>,
    /// The other of a held-back transaction and its release.
    pub twin: Option<String>,
    /// Why it is or was held back: `DD7`, `B2B` and others that Amazon adds to.
    pub reason: Option<String>,
    /// When Amazon expects to release it.
    pub matures: Option<DateTime<Utc>>,
    /// The products in it.
    #[serde(alias = "skus")]
    pub goods: Vec<Goods>,
    /// What its total is made of; the parts sum to it.
    pub parts: Vec<Part>,
}

/// A product of a transaction.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "ToldGoods")]
pub struct Goods {
    /// Its SKU.
    pub sku: String,
    /// How many units of it, where Amazon says so.
    pub units: Option<Decimal>,
}

/// What was kept before units were read is the SKU alone.
#[derive(Deserialize)]
#[serde(untagged)]
enum ToldGoods {
    Sku(String),
    Counted { sku: String, units: Option<Decimal> },
}

impl From<ToldGoods> for Goods {
    fn from(told: ToldGoods) -> Self {
        match told {
            ToldGoods::Sku(sku) => Self { sku, units: None },
            ToldGoods::Counted { sku, units } => Self { sku, units },
        }
    }
}

/// One part of a transaction's total.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Part {
    /// What it belongs to, as Amazon says it: `ProductCharges`, `Tax`, `AmazonFees` …
    pub family: String,
    /// What it is: `OurPricePrincipal`, `Commission` …
    pub kind: String,
    /// Its amount, from the seller's side, in the transaction's currency.
    pub amount: Decimal,
}

/// The kind of a payout: the money leaves Amazon, so that it is no part of what a settlement is made of.
const PAYOUT: &str = "Transfer";

impl Transaction {
    /// Whether it counts as money of a settlement: released, and no payout.
    pub fn counts(&self) -> bool {
        self.status == Status::Released && !self.kind.eq_ignore_ascii_case(PAYOUT)
    }

    /// Whether Amazon holds it back.
    pub fn is_held(&self) -> bool {
        self.status == Status::Deferred
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::money::Currency;

    /// A shipment of 200.00 with 30.00 of fees.
    pub(crate) fn shipment(id: &str, status: Status, posted: &str) -> Transaction {
        let part = |family: &str, kind: &str, amount: &str| Part {
            family: family.into(),
            kind: kind.into(),
            amount: amount.parse().unwrap(),
        };
        Transaction {
            id: id.into(),
            kind: "Shipment".into(),
            status,
            posted: posted.parse().unwrap(),
            total: Money::new("170.00".parse().unwrap(), Currency::EUR),
            marketplace: Some("A1PA6795UKMFR9".into()),
            order: Some("028-1".into()),
            settlement: None,
            group: None,
            twin: None,
            reason: Some("DD7".into()),
            matures: None,
            goods: vec![Goods {
                sku: "LAMP".into(),
                units: Some(Decimal::TWO),
            }],
            parts: vec![
                part("ProductCharges", "OurPricePrincipal", "200.00"),
                part("AmazonFees", "Commission", "-30.00"),
            ],
        }
    }

    #[test]
    fn def_01_the_words_of_amazon_are_read_in_any_case_and_new_ones_are_kept() {
        assert_eq!(Status::from("Released".to_owned()), Status::Released);
        assert_eq!(Status::from("DEFERRED_RELEASED".to_owned()), Status::DeferredReleased);
        assert_eq!(Status::from("PONDERED".to_owned()).as_str(), "PONDERED");
    }

    #[test]
    fn def_03_goods_that_were_kept_before_their_units_were_read_have_none() {
        let read = |json: &str| serde_json::from_str::<Vec<Goods>>(json).unwrap();
        let goods = |units| Goods {
            sku: "LAMP".into(),
            units,
        };
        assert_eq!(read(r#"["LAMP"]"#), [goods(None)]);
        let counted = vec![goods(Some(Decimal::TWO)), goods(None)];
        assert_eq!(read(&serde_json::to_string(&counted).unwrap()), counted);
    }

    #[test]
    fn def_01_a_release_alone_counts_as_money_and_a_payout_never() {
        let held = shipment("D", Status::Deferred, "2026-10-20T10:00:00Z");
        let freed = shipment("D", Status::DeferredReleased, "2026-10-20T10:00:00Z");
        let release = shipment("R", Status::Released, "2026-10-30T10:00:00Z");
        let payout = Transaction {
            kind: "Transfer".into(),
            ..release.clone()
        };
        let counted: Vec<bool> = [held, freed, release, payout].iter().map(Transaction::counts).collect();
        assert_eq!(counted, [false, false, true, false]);
    }
}
