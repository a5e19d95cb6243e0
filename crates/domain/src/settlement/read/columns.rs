//! Which column is which (SET-05): titles are matched without regard to case, spaces, hyphens and underscores.

use super::refusal::{Refusal, Wrong};
use super::rows::Row;

/// The two layouts (decision 19).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// Flat File V1: a row may hold several amounts, each in a column of its own.
    V1,
    /// Flat File V2: one amount per row.
    V2,
}

impl Layout {
    /// `v1` or `v2`.
    pub fn name(self) -> &'static str {
        match self {
            Self::V1 => "v1",
            Self::V2 => "v2",
        }
    }
}

/// A row of titles in the middle of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Again {
    /// The columns stay as they were.
    Same,
    /// From here on the columns are others.
    Others,
}

/// Where a column stands; a missing optional one stands nowhere and reads as empty.
pub(super) const NOWHERE: usize = usize::MAX;

/// One amount of a row: where it stands, where its description stands, and the name of its type if the column gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct AmountColumn {
    pub amount: usize,
    pub description: usize,
    pub title: &'static str,
    /// V1: what the column is called in V2's words. Empty in V2, where a column of its own says it.
    pub amount_type: &'static str,
}

macro_rules! columns {
    ($($name:ident = $title:literal,)*) => {
        /// Where each known column stands.
        #[derive(Debug, Clone)]
        pub(super) struct Columns {
            pub layout: Layout,
            $(pub $name: usize,)*
            pub amounts: Vec<AmountColumn>,
            /// Columns that are kept but not understood, with their titles.
            pub extra: Vec<(usize, String)>,
            pub count: usize,
            /// All titles, for naming a column in an error.
            pub titles: Vec<String>,
        }

        impl Columns {
            fn known(titles: Vec<String>, layout: Layout, amounts: Vec<AmountColumn>) -> Self {
                let at = |title: &str| titles.iter().position(|own| plain(own) == plain(title)).unwrap_or(NOWHERE);
                let extra = titles.iter().enumerate();
                let taken = [$(at($title)),*];
                let extra = extra
                    .filter(|(index, title)| {
                        let of_amount = amounts.iter().any(|one| one.amount == *index || one.description == *index);
                        !taken.contains(index) && !of_amount && !title.is_empty()
                    })
                    .map(|(index, title)| (index, title.clone()))
                    .collect();
                Self { layout, $($name: at($title),)* amounts, extra, count: titles.len(), titles }
            }
        }
    };
}

columns! {
    settlement_id = "settlement-id",
    start = "settlement-start-date",
    end = "settlement-end-date",
    deposit = "deposit-date",
    total = "total-amount",
    currency = "currency",
    transaction_type = "transaction-type",
    order_id = "order-id",
    merchant_order_id = "merchant-order-id",
    adjustment_id = "adjustment-id",
    shipment_id = "shipment-id",
    marketplace_name = "marketplace-name",
    amount_type = "amount-type",
    fulfillment_id = "fulfillment-id",
    posted_day = "posted-date",
    posted_time = "posted-date-time",
    order_item_code = "order-item-code",
    sku = "sku",
    quantity = "quantity-purchased",
    promotion_id = "promotion-id",
}

/// V1's amount columns, their description columns, and their names in V2's words (decisions.md, The command line).
const V1_AMOUNTS: &[(&str, &str, &str)] = &[
    ("price-amount", "price-type", "ItemPrice"),
    ("item-related-fee-amount", "item-related-fee-type", "ItemFees"),
    ("shipment-fee-amount", "shipment-fee-type", "ShipmentFees"),
    ("order-fee-amount", "order-fee-type", "OrderFees"),
    ("promotion-amount", "promotion-type", "Promotion"),
    ("direct-payment-amount", "direct-payment-type", "DirectPayment"),
    ("misc-fee-amount", "", "MiscFee"),
    ("other-fee-amount", "other-fee-reason-description", "OtherFee"),
    ("other-amount", "", "other-transaction"),
];

/// Amazon's own columns that are kept and that nothing uses.
const UNUSED: &[&str] = &["merchant-order-item-id", "merchant-adjustment-item-id"];

/// Without what a mail program or spreadsheet may have changed in a title.
fn plain(title: &str) -> String {
    title
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|letter| letter.to_ascii_lowercase())
        .collect()
}

impl Columns {
    /// Titles that are not Amazon's.
    pub(super) fn strange(&self) -> Vec<&str> {
        let titles = self.extra.iter().map(|(_, title)| title.as_str());
        titles
            .filter(|title| !UNUSED.iter().any(|unused| plain(unused) == plain(title)))
            .collect()
    }

    /// Whether a row is a row of titles again, as files have that were joined end to end: the same ones, or others.
    pub(super) fn again(&self, row: Row<'_>) -> Option<Again> {
        let id = row.cell(self.settlement_id);
        // Amazon's ids are digits, so that nearly every row ends here.
        if id.as_bytes().first().is_none_or(u8::is_ascii_digit) || plain(id) != plain("settlement-id") {
            return None;
        }
        let same = row.count() == self.count
            && (0..row.count()).all(|index| {
                self.titles
                    .get(index)
                    .is_some_and(|own| plain(own) == plain(row.cell(index)))
            });
        Some(if same { Again::Same } else { Again::Others })
    }

    /// Reads the row of titles.
    pub(super) fn of(row: Row<'_>, line: u64) -> Result<Self, Refusal> {
        let titles: Vec<String> = (0..row.count())
            .map(|index| row.cell(index).trim_matches(['\u{feff}', '"', ' ']).to_owned())
            .collect();
        let at = |title: &str| {
            titles
                .iter()
                .position(|own| plain(own) == plain(title))
                .unwrap_or(NOWHERE)
        };
        let has = |title: &str| at(title) != NOWHERE;
        let v1: Vec<AmountColumn> = V1_AMOUNTS
            .iter()
            .filter(|(amount, ..)| has(amount))
            .map(|&(title, description, amount_type)| AmountColumn {
                amount: at(title),
                description: if description.is_empty() {
                    NOWHERE
                } else {
                    at(description)
                },
                title,
                amount_type,
            })
            .collect();
        if !["settlement-id", "total-amount", "transaction-type", "amount-type"]
            .into_iter()
            .any(has)
        {
            return Err(Refusal::at(line, None, Wrong::NotASettlement));
        }
        let layout = if v1.is_empty() || (has("amount-type") && has("amount")) {
            Layout::V2
        } else {
            Layout::V1
        };
        let mandatory: &[&'static str] = match layout {
            Layout::V1 => &["settlement-id", "transaction-type"],
            Layout::V2 => &[
                "settlement-id",
                "transaction-type",
                "amount-type",
                "amount-description",
                "amount",
            ],
        };
        if let Some(missing) = mandatory.iter().copied().find(|title| !has(title)) {
            return Err(Refusal::at(line, Some(missing), Wrong::ColumnMissing));
        }
        if let Some(twice) = mandatory
            .iter()
            .copied()
            .find(|title| titles.iter().filter(|own| plain(own) == plain(title)).count() > 1)
        {
            return Err(Refusal::at(line, Some(twice), Wrong::ColumnTwice));
        }
        let amounts = match layout {
            Layout::V1 => v1,
            Layout::V2 => vec![AmountColumn {
                amount: at("amount"),
                description: at("amount-description"),
                title: "amount",
                amount_type: "",
            }],
        };
        Ok(Self::known(titles, layout, amounts))
    }
}
