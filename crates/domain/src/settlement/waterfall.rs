//! From gross sales to the deposit: bars that add up to it exactly (ux.md §5.8).

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::classify::{Category, Side};
use super::group::{Group, Kind, Known};

macro_rules! bars {
    ($($(#[$doc:meta])* $name:ident = $id:literal;)*) => {
        /// A bar, in the order in which they stand.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Bar {
            $($(#[$doc])* #[serde(rename = $id)] $name,)*
        }

        impl Bar {
            /// Every bar, from left to right.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The stable id.
            pub fn id(self) -> &'static str {
                match self { $(Self::$name => $id,)* }
            }
        }
    };
}

bars! {
    /// Reserves of the settlement before, released.
    PreviousReserve = "previous_reserve";
    /// The price of goods.
    ProductSales = "product_sales";
    /// Shipping, gift wrap and other charges to buyers.
    ShippingGiftWrap = "shipping_gift_wrap";
    /// Tax that buyers paid.
    TaxCollected = "tax_collected";
    /// Tax that Amazon keeps and remits.
    TaxKept = "tax_kept";
    /// Discounts.
    Promotions = "promotions";
    /// What buyers got back, with its tax.
    Refunds = "refunds";
    /// Commission.
    ReferralFees = "referral_fees";
    /// Picking, packing and shipping by Amazon.
    FulfilmentFees = "fulfilment_fees";
    /// Storage of all kinds.
    Storage = "storage";
    /// Advertising.
    Advertising = "advertising";
    /// All other fees.
    OtherFees = "other_fees";
    /// Reimbursements.
    Reimbursements = "reimbursements";
    /// Everything else, opening debts and their settlement included.
    Adjustments = "adjustments";
    /// Reserves held until the next settlement.
    ReserveHeld = "reserve_held";
}

/// The bar that a line is part of.
pub fn bar_of(kind: Kind, category: Category, is_credit: bool) -> Bar {
    let refund = kind == Kind::Refund;
    match (category.side(), category) {
        (Side::Balance, Category::Reserve) if is_credit => Bar::PreviousReserve,
        (Side::Balance, Category::Reserve) => Bar::ReserveHeld,
        (Side::Customer | Side::Withheld, _) if refund => Bar::Refunds,
        (Side::Withheld, _) => Bar::TaxKept,
        (Side::Customer, Category::Tax) => Bar::TaxCollected,
        (Side::Customer, Category::Promotion) => Bar::Promotions,
        (Side::Customer, Category::Principal) => Bar::ProductSales,
        (Side::Customer, _) => Bar::ShippingGiftWrap,
        (Side::Fee, Category::ReferralFee) => Bar::ReferralFees,
        (Side::Fee, Category::FulfilmentFee) => Bar::FulfilmentFees,
        (Side::Fee, Category::Storage | Category::LongTermStorage) => Bar::Storage,
        (Side::Fee, Category::Advertising) => Bar::Advertising,
        (Side::Fee, _) => Bar::OtherFees,
        (Side::Reimbursement, _) => Bar::Reimbursements,
        (Side::Balance | Side::Other, _) => Bar::Adjustments,
    }
}

/// One bar with its amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// The bar.
    pub bar: Bar,
    /// Its amount, from the seller's side.
    pub amount: Decimal,
    /// Lines in it.
    pub lines: usize,
    /// The running total before it.
    pub from: Decimal,
    /// The running total after it; of the last bar, the deposit.
    pub to: Decimal,
}

/// The bars that hold lines, in order. The last one ends at the sum of all lines.
pub fn waterfall(groups: &[Group]) -> Vec<Standing> {
    let lines = || {
        groups
            .iter()
            .flat_map(|group| group.lines.iter().map(|known| (group.kind, known)))
    };
    let mut total = Decimal::ZERO;
    let mut standings = Vec::new();
    for bar in Bar::ALL {
        let of_bar =
            |(kind, known): &(Kind, &Known)| bar_of(*kind, known.category, known.line.ten_thousandths > 0) == *bar;
        let amounts: Vec<Decimal> = lines().filter(of_bar).map(|(_, known)| known.line.amount()).collect();
        if amounts.is_empty() {
            continue;
        }
        let amount: Decimal = amounts.iter().sum();
        standings.push(Standing {
            bar: *bar,
            amount,
            lines: amounts.len(),
            from: total,
            to: total + amount,
        });
        total += amount;
    }
    standings
}
