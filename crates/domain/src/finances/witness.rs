//! A settlement beside Amazon's second telling of it (amazon-sp-api.md §8.5).

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::money::Money;

/// What Finances says of a settlement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Witness {
    /// What the settlement's transactions come to.
    pub total: Money,
    /// How many they are.
    pub transactions: u32,
    /// What the settlement pays less what they come to.
    pub difference: Money,
}

impl Witness {
    /// The sum of a settlement's transactions beside what it pays.
    pub fn new(total: Decimal, transactions: u32, pays: Money) -> Self {
        Self {
            total: Money::new(total, pays.currency),
            transactions,
            difference: Money::new(pays.amount - total, pays.currency),
        }
    }
}
