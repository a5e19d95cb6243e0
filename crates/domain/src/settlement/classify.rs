//! What each line is: one category by (transaction-type, amount-type, amount-description) (SET-11..13).

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::Line;
use super::group::Kind;
use super::vocabulary::BUILT_IN;

/// Which side of the settlement a category stands on (§10.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Part of what the buyer paid or got back.
    Customer,
    /// An Amazon fee or cost.
    Fee,
    /// Tax that Amazon withheld.
    Withheld,
    /// Money that moves between balances: neither income nor cost.
    Balance,
    /// A reimbursement.
    Reimbursement,
    /// Anything else that is posted to an account of its own.
    Other,
}

/// A direction of money, from the seller's side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sign {
    /// To the seller.
    Credit,
    /// From the seller.
    Debit,
}

impl Sign {
    /// The other direction.
    #[must_use]
    pub fn opposite(self) -> Self {
        match self {
            Self::Credit => Self::Debit,
            Self::Debit => Self::Credit,
        }
    }

    /// The direction of an amount in whole ten-thousandths; nothing for nought.
    pub fn of(ten_thousandths: i64) -> Option<Self> {
        match ten_thousandths {
            0 => None,
            amount if amount > 0 => Some(Self::Credit),
            _ => Some(Self::Debit),
        }
    }
}

macro_rules! categories {
    ($($(#[$doc:meta])* $name:ident = $key:literal, $side:ident, $account:literal;)*) => {
        /// What a line is. The keys are stable: files, tables and the screen use them.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Category {
            $($(#[$doc])* #[serde(rename = $key)] $name,)*
        }

        impl Category {
            /// Every category.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The stable key.
            pub fn key(self) -> &'static str {
                match self { $(Self::$name => $key,)* }
            }

            /// The side it stands on.
            pub fn side(self) -> Side {
                match self { $(Self::$name => Side::$side,)* }
            }

            /// The account key it goes to unless the seller says otherwise; empty for money that goes to an invoice.
            pub fn account(self) -> &'static str {
                match self { $(Self::$name => $account,)* }
            }
        }
    };
}

categories! {
    /// The price of goods.
    Principal = "principal", Customer, "";
    /// Shipping that the buyer paid.
    Shipping = "shipping", Customer, "";
    /// Gift wrap that the buyer paid.
    GiftWrap = "gift-wrap", Customer, "";
    /// Other money from or to the buyer: cash on delivery, export charge, goodwill.
    CustomerOther = "customer-other", Customer, "";
    /// The seller keeps a part of a refund.
    Restocking = "restocking-fee", Customer, "";
    /// Discounts that the seller pays.
    Promotion = "promotion", Customer, "";
    /// Tax that the buyer paid or got back.
    Tax = "tax", Customer, "acct.sales_tax_facilitated";
    /// Tax that Amazon keeps and remits.
    WithheldTax = "withheld-tax", Withheld, "acct.sales_tax_facilitated";
    /// Tax that Amazon withholds from the seller's own income and pays in his name (India's TCS and TDS): no buyer paid it.
    TaxAtSource = "tax-at-source", Other, "acct.tax_at_source";
    /// Later corrections of tax (retrocharges).
    TaxAdjustment = "tax-adjustment", Other, "acct.sales_tax_facilitated";
    /// Commission.
    ReferralFee = "referral-fee", Fee, "acct.referral_fees";
    /// What Amazon keeps of the commission when it is given back.
    RefundFee = "refund-administration-fee", Fee, "acct.refund_fees";
    /// Picking, packing and shipping by Amazon.
    FulfilmentFee = "fulfilment-fee", Fee, "acct.fulfilment_fees";
    /// Other fees on a sale.
    SellingFee = "other-selling-fee", Fee, "acct.selling_fees";
    /// Advertising.
    Advertising = "advertising", Fee, "acct.advertising";
    /// Storage.
    Storage = "storage", Fee, "acct.storage";
    /// Long-term storage.
    LongTermStorage = "long-term-storage", Fee, "acct.long_term_storage";
    /// The subscription.
    Subscription = "subscription", Fee, "acct.subscription";
    /// Freight into Amazon's warehouses.
    InboundFreight = "inbound-freight", Fee, "acct.inbound_freight";
    /// Removal and disposal.
    Removal = "removal", Fee, "acct.removal_fees";
    /// Postage that Amazon sold.
    Postage = "postage", Fee, "acct.postage";
    /// Coupons, deals, Vine.
    PromotionCost = "promotion-cost", Fee, "acct.promotion_costs";
    /// Other fees of the account.
    OtherFee = "other-fee", Fee, "acct.other_fees";
    /// Reimbursements and their reversals.
    Reimbursement = "reimbursement", Reimbursement, "acct.reimbursements";
    /// Liquidation income.
    Liquidation = "liquidation", Other, "acct.liquidation_income";
    /// Liquidation, grading and reselling fees.
    LiquidationFee = "liquidation-fee", Fee, "acct.liquidation_fees";
    /// Tax on the business itself: commingling VAT, income tax charged.
    BusinessTax = "business-tax", Other, "";
    /// Reserves held and released.
    Reserve = "reserve", Balance, "acct.reserve";
    /// The opening debt.
    PayableToAmazon = "payable-to-amazon", Balance, "acct.due_to_amazon";
    /// Amazon charged the card for a debt.
    SuccessfulCharge = "successful-charge", Balance, "acct.charge_card";
    /// A payout that came back.
    FailedTransfer = "failed-transfer", Balance, "acct.in_transit";
    /// Loans and other balance movements, to be mapped once.
    BalanceMovement = "balance-movement", Balance, "";
    /// Nobody has said yet what it is (SET-12).
    Unmapped = "unmapped", Other, "";
}

impl Category {
    /// The category of a stable key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|category| category.key() == key)
    }

    /// Whether a person must say where it goes before anything is posted.
    pub fn needs_mapping(self) -> bool {
        self.side() != Side::Customer && self.account().is_empty()
    }

    /// What a person may choose from when a kind of line is new (SET-12): all but the question itself.
    pub fn choosable() -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(|category| *category != Self::Unmapped)
    }

    /// Whether its lines belong to an order, so that they name one (SET-13).
    pub fn is_order_linked(self) -> bool {
        match self.side() {
            Side::Customer | Side::Withheld => true,
            Side::Fee => matches!(
                self,
                Self::ReferralFee | Self::RefundFee | Self::FulfilmentFee | Self::SellingFee
            ),
            Side::Other => self == Self::TaxAdjustment,
            Side::Balance | Side::Reimbursement => false,
        }
    }

    /// Which way its money usually goes, for the seller; nothing where both ways are usual. Another sign is a warning and
    /// never stops anything: what the file says counts (SET-13).
    pub fn usual(self, kind: Kind) -> Option<Sign> {
        let sale = match kind {
            Kind::Payment => Sign::Credit,
            Kind::Refund => Sign::Debit,
            Kind::Other | Kind::Balance => return self.usual_beside_orders(),
        };
        match self {
            Self::Principal | Self::Shipping | Self::GiftWrap | Self::Tax => Some(sale),
            Self::Promotion | Self::WithheldTax | Self::ReferralFee => Some(sale.opposite()),
            Self::RefundFee => Some(Sign::Debit),
            Self::Restocking => Some(Sign::Credit),
            Self::FulfilmentFee if kind == Kind::Payment => Some(Sign::Debit),
            _ => None,
        }
    }

    fn usual_beside_orders(self) -> Option<Sign> {
        match self {
            Self::Subscription | Self::PayableToAmazon | Self::PromotionCost => Some(Sign::Debit),
            Self::SuccessfulCharge | Self::FailedTransfer | Self::Liquidation => Some(Sign::Credit),
            _ => None,
        }
    }

    /// How its lines are described in the journal (SET-13, SET-50): `{category}`, `{detail}` as fine as the seller wants
    /// it, `{marketplace}` where it has one. Parts that are empty go.
    pub fn template(self) -> &'static str {
        match self.side() {
            Side::Balance => "{category}",
            _ => "{category} · {detail} · {marketplace}",
        }
    }

    /// Whether journal lines of it may be drawn together; balance movements stand alone (SET-47).
    pub fn aggregatable(self) -> bool {
        self.side() != Side::Balance
    }
}

/// What a line is and where it goes.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Classified {
    /// What it is.
    pub category: Category,
    /// The account key; empty while a person must map it.
    pub account: String,
}

/// The seller's own row of the vocabulary: looked at before the built-in ones (SET-11).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserRow {
    /// transaction-type, amount-type, amount-description; `*` stands for any text.
    pub pattern: [String; 3],
    /// What it is.
    pub category: Category,
    /// The account key, if not the category's own.
    pub account: Option<String>,
}

/// One built-in row.
#[derive(Debug, Clone, Copy)]
pub struct BuiltIn {
    /// transaction-type, amount-type, amount-description, in lower case; `|` separates choices, `*` stands for any text.
    pub pattern: [&'static str; 3],
    /// What it is.
    pub category: Category,
}

/// The vocabulary: the seller's rows, then the built-in ones, then `unmapped`. Remembers what it has seen, because a
/// file of a million lines has a few dozen kinds.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    own: Vec<UserRow>,
    seen: HashMap<[String; 3], Classified>,
}

impl Vocabulary {
    /// With the seller's own rows.
    pub fn new(own: Vec<UserRow>) -> Self {
        Self {
            own,
            seen: HashMap::new(),
        }
    }

    /// What a line is.
    pub fn line<S: AsRef<str>>(&mut self, line: &Line<S>) -> Classified {
        self.triple(
            line.transaction_type.as_ref(),
            line.amount_type.as_ref(),
            line.amount_description.as_ref(),
        )
    }

    /// What a kind of line is; compared without regard to case and outer spaces.
    pub fn triple(&mut self, transaction_type: &str, amount_type: &str, amount_description: &str) -> Classified {
        let triple = [transaction_type, amount_type, amount_description].map(|part| part.trim().to_lowercase());
        if let Some(known) = self.seen.get(&triple) {
            return known.clone();
        }
        let found = self.look_up(&triple);
        self.seen.insert(triple, found.clone());
        found
    }

    fn look_up(&self, triple: &[String; 3]) -> Classified {
        let own = self.own.iter().find(|row| {
            row.pattern
                .iter()
                .zip(triple)
                .all(|(pattern, text)| matches(&pattern.trim().to_lowercase(), text))
        });
        if let Some(row) = own {
            let account = row.account.clone().unwrap_or_else(|| row.category.account().to_owned());
            return Classified {
                category: row.category,
                account,
            };
        }
        let category = built_in(triple);
        Classified {
            category,
            account: category.account().to_owned(),
        }
    }
}

/// The built-in rows, from the most to the least particular; V1 has no description for some amounts, there the
/// transaction type names the fee (decision 19).
fn built_in(triple: &[String; 3]) -> Category {
    let [transaction_type, amount_type, amount_description] = triple;
    let description = if amount_description.is_empty() {
        transaction_type
    } else {
        amount_description
    };
    let words = [transaction_type.as_str(), amount_type.as_str(), description.as_str()];
    BUILT_IN
        .iter()
        .find(|row| {
            row.pattern
                .iter()
                .zip(words)
                .all(|(pattern, text)| pattern.split('|').any(|one| matches(one, text)))
        })
        .map_or(Category::Unmapped, |row| row.category)
}

/// `*` stands for any text, also none.
fn matches(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = text.strip_prefix(first) else {
        return false;
    };
    let mut parts = parts.peekable();
    if parts.peek().is_none() {
        return rest.is_empty();
    }
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return rest.ends_with(part);
        }
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    true
}
