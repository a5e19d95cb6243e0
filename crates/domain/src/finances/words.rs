//! What the parts of a transaction are, in the words of settlement files: a part that is held back today is a line of a
//! settlement later, and goes to the same account (SET-11).
//!
//! Amazon publishes no list of its breakdowns; these names are those that its answers were seen to carry. What is not
//! among them keeps its own name and is asked about like any new kind of line (SET-12).

use super::Part;
use crate::settlement::classify::{Classified, Vocabulary};

/// Families of what Amazon charges.
const FEES: [&str; 4] = ["amazonfees", "fbafees", "expenses", "refundedexpenses"];

/// Transaction kinds and the `transaction-type` that settlements write for them.
const TRANSACTIONS: &[(&str, &str)] = &[
    ("shipment", "Order"),
    ("refund", "Refund"),
    ("guaranteeclaim", "A-to-z Guarantee Refund"),
    ("chargeback", "Chargeback Refund"),
    ("removalshipment", "Liquidations"),
];

/// Parts, and `amount-type` with `amount-description` as settlements write them.
const PARTS: &[(&str, &str, &str)] = &[
    ("ourpriceprincipal", "ItemPrice", "Principal"),
    ("productcharges", "ItemPrice", "Principal"),
    ("principal", "ItemPrice", "Principal"),
    ("principle", "ItemPrice", "Principal"),
    ("recommerceliquidation", "ItemPrice", "Principal"),
    ("shippingprincipal", "ItemPrice", "Shipping"),
    ("shipping", "ItemPrice", "Shipping"),
    ("giftwrapprincipal", "ItemPrice", "GiftWrap"),
    ("giftwrap", "ItemPrice", "GiftWrap"),
    ("goodwillprincipal", "ItemPrice", "Goodwill"),
    ("restockingdeductionprincipal", "ItemPrice", "RestockingFee"),
    ("ourpricetax", "ItemPrice", "Tax"),
    ("shippingtax", "ItemPrice", "ShippingTax"),
    ("giftwraptax", "ItemPrice", "GiftWrapTax"),
    ("restockingdeductiontax", "ItemPrice", "Tax"),
    ("tax", "ItemPrice", "Tax"),
    ("ourpricediscount", "Promotion", "Principal"),
    ("shippingdiscount", "Promotion", "Shipping"),
    ("promorebates", "Promotion", "Principal"),
    ("promo", "Promotion", "Principal"),
    ("ourpricetaxdiscount", "Promotion", "TaxDiscount"),
    ("shippingtaxdiscount", "Promotion", "TaxDiscount"),
];

/// Charges that settlements write in other words.
const CHARGES: &[(&str, &str, &str)] = &[
    ("subscription", "other-transaction", "Subscription Fee"),
    ("advertisingfee", "Cost of Advertising", "TransactionTotalAmount"),
    ("fbastoragefee", "other-transaction", "Storage Fee"),
    ("fbalongtermstoragefee", "other-transaction", "StorageRenewalBilling"),
    (
        "fbainboundtransportationfee",
        "other-transaction",
        "Inbound Transportation Fee",
    ),
    ("fbaremovalfee", "other-transaction", "RemovalComplete"),
    ("fbadisposalfee", "other-transaction", "DisposalComplete"),
];

/// The settlement line that a part becomes: transaction-type, amount-type, amount-description.
pub fn as_line(kind: &str, part: &Part) -> [String; 3] {
    let plain = |text: &str| text.replace([' ', '_'], "").to_lowercase();
    let known = |of: &[(&str, &str, &str)], word: &str| {
        let found = of.iter().find(|(name, ..)| *name == word);
        found.map(|(_, amount, description)| ((*amount).to_owned(), (*description).to_owned()))
    };
    let transaction = TRANSACTIONS.iter().find(|(name, _)| *name == plain(kind));
    let transaction = transaction.map_or(kind, |(_, name)| name).to_owned();
    let (family, word) = (plain(&part.family), plain(&part.kind));
    let is_withheld = word.starts_with("marketplacefacilitator") || word.starts_with("lowvaluegoodstax");
    let (amount, description) = if is_withheld {
        ("ItemWithheldTax".to_owned(), part.kind.clone())
    } else if let Some(charge) = known(CHARGES, &word) {
        charge
    } else if FEES.contains(&family.as_str()) {
        ("ItemFees".to_owned(), part.kind.clone())
    } else {
        known(PARTS, &word).unwrap_or_else(|| (part.family.clone(), part.kind.clone()))
    };
    [transaction, amount, description]
}

/// What a part is and where it goes.
pub fn classified(vocabulary: &mut Vocabulary, kind: &str, part: &Part) -> Classified {
    let [transaction, amount, description] = as_line(kind, part);
    vocabulary.triple(&transaction, &amount, &description)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settlement::Category;

    fn category(kind: &str, family: &str, word: &str) -> Category {
        let part = Part {
            family: family.into(),
            kind: word.into(),
            amount: rust_decimal::Decimal::ONE,
        };
        classified(&mut Vocabulary::default(), kind, &part).category
    }

    #[test]
    fn def_03_parts_of_a_sale_are_what_their_settlement_lines_will_be() {
        for (family, word, wanted) in [
            ("ProductCharges", "OurPricePrincipal", Category::Principal),
            ("Shipping", "ShippingPrincipal", Category::Shipping),
            ("Tax", "OurPriceTax", Category::Tax),
            (
                "TaxWithheld",
                "MarketplaceFacilitatorTax-Principal",
                Category::WithheldTax,
            ),
            ("PromoRebates", "ShippingDiscount", Category::Promotion),
            ("AmazonFees", "Commission", Category::ReferralFee),
            ("AmazonFees", "FBAPerUnitFulfillmentFee", Category::FulfilmentFee),
            ("AmazonFees", "ShippingChargeback", Category::SellingFee),
            ("AmazonFees", "Moon Landing Fee", Category::Unmapped),
        ] {
            assert_eq!(category("Shipment", family, word), wanted, "{family} {word}");
        }
        assert_eq!(
            category("Refund", "AmazonFees", "RefundCommission"),
            Category::RefundFee
        );
        assert_eq!(
            category("ServiceFee", "Expenses", "Subscription"),
            Category::Subscription
        );
        assert_eq!(
            category("RemovalShipment", "Expenses", "AmazonFees"),
            Category::LiquidationFee
        );
    }
}
