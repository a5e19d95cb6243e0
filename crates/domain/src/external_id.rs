//! Names before writes: the external id of every record that we create (CMN-11, decisions 2 and 3).

use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// A NetSuite external id in the `AZN-…` name space: upper-case letters, digits, `-` and `_` only.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ExternalId(String);

/// Which of a settlement's journals one is; without any of these it is the only one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct JournalPiece {
    /// The marketplace's country, such as `DE`.
    pub country: Option<String>,
    /// The month, such as `202610`.
    pub month: Option<u32>,
    /// Which part of a journal with too many lines, from 1.
    pub part: Option<u32>,
    /// The lasting name of a group that was matched after the settlement was posted without it (SET-58).
    pub late: Option<String>,
}

impl ExternalId {
    /// `AZN-CUST-<buyer key>`.
    pub fn customer(buyer: &str) -> Self {
        Self::of("CUST", &[buyer])
    }
    /// `AZN-SO-<amazonOrderId>`.
    pub fn sales_order(order: &str) -> Self {
        Self::of("SO", &[order])
    }
    /// `AZN-IV-<amazonOrderId>[-<shipment ordinal>]`: an invoice imported directly (FBA).
    pub fn invoice(order: &str, shipment: Option<u32>) -> Self {
        Self::numbered("IV", order, shipment)
    }
    /// `AZN-CS-<amazonOrderId>[-<shipment ordinal>]`: a cash sale imported directly (FBA).
    pub fn cash_sale(order: &str, shipment: Option<u32>) -> Self {
        Self::numbered("CS", order, shipment)
    }
    /// `AZN-BIV-<amazonOrderId>[-<fulfilment id>]`: an invoice made by billing a sales order.
    pub fn billed_invoice(order: &str, fulfilment: Option<&str>) -> Self {
        Self::in_part("BIV", order, fulfilment)
    }
    /// `AZN-BCS-<amazonOrderId>[-<fulfilment id>]`: a cash sale made by billing a sales order.
    pub fn billed_cash_sale(order: &str, fulfilment: Option<&str>) -> Self {
        Self::in_part("BCS", order, fulfilment)
    }
    /// `AZN-IF-<orderId>-<shipment or package ordinal>`.
    pub fn fulfilment(order: &str, shipment: u32) -> Self {
        Self::numbered("IF", order, Some(shipment))
    }
    /// `AZN-PY-<settlementId>-<orderId>[-<part>]`.
    pub fn payment(settlement: &str, order: &str, part: Option<u32>) -> Self {
        Self::numbered("PY", &format!("{settlement}-{order}"), part)
    }
    /// `AZN-PY-<settlementId>-CUST-<customer>[-<yyyymm>][-P<n>]`: one payment for what a customer's orders were paid in a
    /// settlement (SET-26). The customer is NetSuite's internal id.
    pub fn payment_of_customer(settlement: &str, customer: &str, month: Option<u32>, part: Option<u32>) -> Self {
        let month = month.map(|month| month.to_string());
        let part = part.map(|part| format!("P{part}"));
        let mut parts = vec![settlement, "CUST", customer];
        parts.extend(month.as_deref());
        parts.extend(part.as_deref());
        Self::of("PY", &parts)
    }
    /// Whether a name is that of such a payment of a settlement, whatever its revision.
    pub fn is_payment_of_customer(settlement: &str, name: &str) -> bool {
        Self::known_payment_of_customer(settlement, name).is_some()
    }
    /// The name of such a payment that NetSuite has.
    pub fn known_payment_of_customer(settlement: &str, name: &str) -> Option<Self> {
        let begins = Self::of("PY", &[settlement, "CUST-"]);
        name.starts_with(begins.as_str()).then(|| Self(name.to_owned()))
    }
    /// `AZN-CM-<settlementId>-<orderId>-<refund event ordinal>`.
    pub fn credit_memo(settlement: &str, order: &str, event: u32) -> Self {
        Self::numbered("CM", &format!("{settlement}-{order}"), Some(event))
    }
    /// `AZN-CR-<settlementId>-<orderId>-<refund event ordinal>`: the refund of a cash sale.
    pub fn cash_refund(settlement: &str, order: &str, event: u32) -> Self {
        Self::numbered("CR", &format!("{settlement}-{order}"), Some(event))
    }
    /// `AZN-RF-<same tail as its credit memo>`.
    pub fn customer_refund(settlement: &str, order: &str, event: u32) -> Self {
        Self::numbered("RF", &format!("{settlement}-{order}"), Some(event))
    }
    /// `AZN-RI-<settlementId>-<orderId>-<refund event ordinal>`: the invoice of a refund that Amazon took back (SET-37).
    pub fn reversal_invoice(settlement: &str, order: &str, event: u32) -> Self {
        Self::numbered("RI", &format!("{settlement}-{order}"), Some(event))
    }
    /// `AZN-RP-<same tail as its invoice>`: what pays it.
    pub fn reversal_payment(settlement: &str, order: &str, event: u32) -> Self {
        Self::numbered("RP", &format!("{settlement}-{order}"), Some(event))
    }
    /// `AZN-VB-<settlementId>[-<yyyymm>]`: the bill of a settlement's fees (SET-41).
    pub fn fee_bill(settlement: &str, month: Option<u32>) -> Self {
        Self::numbered("VB", settlement, month)
    }
    /// `AZN-VP-<same tail as its bill>`: what pays it.
    pub fn fee_payment(settlement: &str, month: Option<u32>) -> Self {
        Self::numbered("VP", settlement, month)
    }
    /// `AZN-JE-<settlementId>[-<yyyymm>]`.
    pub fn journal(settlement: &str, month: Option<u32>) -> Self {
        Self::numbered("JE", settlement, month)
    }
    /// `AZN-JE-<settlementId>[-<country>][-<yyyymm>][-P<n>]`: one journal of several (SET-51, SET-54, CMN-38); or
    /// `AZN-JE-<settlementId>-V<line>`, which takes a difference back that was matched later (SET-58).
    pub fn journal_piece(settlement: &str, piece: &JournalPiece) -> Self {
        let month = piece.month.map(|month| month.to_string());
        let part = piece.part.map(|part| format!("P{part}"));
        let mut parts = vec![settlement];
        parts.extend(piece.country.as_deref());
        parts.extend(month.as_deref());
        parts.extend(part.as_deref());
        let late = piece
            .late
            .as_deref()
            .map(|group| format!("V{}", group.replace('.', "_")));
        parts.extend(late.as_deref());
        Self::of("JE", &parts)
    }
    /// Whether a journal of a settlement takes a difference back that was matched later, whatever its revision.
    pub fn is_late_journal(settlement: &str, name: &str) -> bool {
        let begins = Self::of("JE", &[settlement, "V"]);
        name.starts_with(begins.as_str()) && !name.ends_with("-REV")
    }
    /// `AZN-JE-<settlementId>-B`: what moves a transfer to a bank account in another currency (SET-53).
    pub fn bank_journal(settlement: &str) -> Self {
        Self::of("JE", &[settlement, "B"])
    }
    /// Whether a journal's name is that of a settlement's bank, whatever its revision, or of what takes one back.
    pub fn is_of_bank(settlement: &str, name: &str) -> bool {
        let rest = name.strip_prefix(Self::bank_journal(settlement).as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    }
    /// `AZN-STL-<settlementId>`: a settlement as a record of its own (SET-22).
    pub fn settlement_record(settlement: &str) -> Self {
        Self::of("STL", &[settlement])
    }
    /// `AZN-STL-<settlementId>-<line>[-<part>]`: a group of a settlement by its first line, such as `17.0`.
    pub fn settlement_line_record(settlement: &str, group: &str) -> Self {
        let (line, part) = group.split_once('.').unwrap_or((group, "0"));
        let line = format!("{line:0>6}");
        match part {
            "0" => Self::of("STL", &[settlement, &line]),
            part => Self::of("STL", &[settlement, &line, part]),
        }
    }
    /// The name of such a record of a settlement that NetSuite has.
    pub fn known_settlement_line_record(settlement: &str, name: &str) -> Option<Self> {
        let begins = format!("{}-", Self::settlement_record(settlement));
        name.starts_with(&begins).then(|| Self(name.to_owned()))
    }
    /// `AZN-ACC-<marketplaceId>-<yyyymm>`: the month-end entry for what Amazon holds back (§11).
    pub fn accrual(marketplace: &str, month: u32) -> Self {
        Self::numbered("ACC", marketplace, Some(month))
    }
    /// The same name with a revision, for a settlement that was undone and is posted again (SET-59): `-R2`, `-R3` …
    #[must_use]
    pub fn revised(self, revision: u32) -> Self {
        if revision < 2 {
            self
        } else {
            Self(format!("{}-R{revision}", self.0))
        }
    }
    /// The name that a record of a settlement goes by: the newest revision under which it stands in the books, else the
    /// present one. So a settlement that was posted anew in part keeps the names of what was not touched (SET-61).
    #[must_use]
    pub fn standing(self, revision: u32, stands: impl Fn(&str) -> bool) -> Self {
        let earlier = (1..=revision).rev().map(|number| self.clone().revised(number));
        let known = earlier.into_iter().find(|name| stands(name.as_str()));
        known.unwrap_or_else(|| self.revised(revision))
    }
    /// The text that NetSuite keeps.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn numbered(kind: &str, key: &str, ordinal: Option<u32>) -> Self {
        match ordinal {
            None => Self::of(kind, &[key]),
            Some(number) => Self::of(kind, &[key, &number.to_string()]),
        }
    }

    fn in_part(kind: &str, key: &str, part: Option<&str>) -> Self {
        match part {
            None => Self::of(kind, &[key]),
            Some(part) => Self::of(kind, &[key, part]),
        }
    }

    fn of(kind: &str, parts: &[&str]) -> Self {
        let tail: Vec<String> = parts.iter().map(|part| safe(part)).collect();
        Self(format!("AZN-{kind}-{}", tail.join("-")))
    }
}

impl fmt::Display for ExternalId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A key that NetSuite's alphabet cannot hold is replaced by its hash (CMN-11).
fn safe(key: &str) -> String {
    let upper = key.to_ascii_uppercase();
    if !upper.is_empty()
        && upper
            .bytes()
            .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-' || b == b'_')
    {
        return upper;
    }
    let hash = Sha256::digest(key.as_bytes());
    hash.iter()
        .take(12)
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|half| char::from_digit(half.into(), 16))
        .collect::<String>()
        .to_ascii_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cmn_11_names_are_computed_from_the_source() {
        assert_eq!(
            ExternalId::sales_order("028-1234567-1234567").as_str(),
            "AZN-SO-028-1234567-1234567"
        );
        assert_eq!(
            ExternalId::payment("90001", "028-1", None).as_str(),
            "AZN-PY-90001-028-1"
        );
        assert_eq!(
            ExternalId::credit_memo("90001", "028-1", 2).revised(3).as_str(),
            "AZN-CM-90001-028-1-2-R3"
        );
    }

    #[test]
    fn set_26_a_customer_s_payment_is_told_from_that_of_an_order() {
        let name = ExternalId::payment_of_customer("90001", "88", Some(202_610), Some(2));
        assert_eq!(name.as_str(), "AZN-PY-90001-CUST-88-202610-P2");
        let is_one = |name: &str| ExternalId::is_payment_of_customer("90001", name);
        assert!(is_one(name.revised(3).as_str()));
        assert!(!is_one("AZN-PY-90001-111-0000000-0000001"));
        assert!(!is_one("AZN-PY-900011-CUST-88"));
    }

    #[test]
    fn set_22_a_group_of_a_settlement_goes_by_its_first_line() {
        let name = |group: &str| ExternalId::settlement_line_record("90001", group).as_str().to_owned();
        assert_eq!(ExternalId::settlement_record("90001").as_str(), "AZN-STL-90001");
        assert_eq!(name("17.0"), "AZN-STL-90001-000017");
        assert_eq!(name("17.2"), "AZN-STL-90001-000017-2");
    }

    #[test]
    fn set_61_what_stands_keeps_its_name_and_what_is_new_gets_the_present_revision() {
        let name = |stands: &[&str]| {
            let found = ExternalId::journal("90001", None).standing(3, |name| stands.contains(&name));
            found.as_str().to_owned()
        };
        assert_eq!(name(&[]), "AZN-JE-90001-R3");
        assert_eq!(name(&["AZN-JE-90001"]), "AZN-JE-90001");
        assert_eq!(name(&["AZN-JE-90001", "AZN-JE-90001-R2"]), "AZN-JE-90001-R2");
    }

    #[test]
    fn cmn_11_a_key_outside_the_alphabet_becomes_its_hash() {
        let id = ExternalId::customer("böyer|1@marketplace.amazon.de");
        assert!(id.as_str().starts_with("AZN-CUST-"));
        assert_eq!(id, ExternalId::customer("böyer|1@marketplace.amazon.de"));
        assert!(
            id.as_str()
                .bytes()
                .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-')
        );
    }
}
