//! Seeded chance: the same seed and the same label give the same draws, whatever else was drawn before.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rust_decimal::Decimal;
use sha2::{Digest, Sha256};

/// A stream of draws.
pub struct Chance(ChaCha8Rng);

impl Chance {
    /// The stream of `seed` that belongs to `label`.
    pub fn new(seed: u64, label: &str) -> Self {
        let mut hasher = Sha256::new();
        hasher.update(seed.to_be_bytes());
        hasher.update(label.as_bytes());
        Self(ChaCha8Rng::from_seed(hasher.finalize().into()))
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// A whole number in `low..=high`.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = u64::try_from(high.saturating_sub(low)).unwrap_or(0).saturating_add(1);
        low + i64::try_from(self.bits() % span).unwrap_or(0)
    }

    /// True in `per_thousand` of a thousand cases.
    pub fn hits(&mut self, per_thousand: u32) -> bool {
        self.bits() % 1000 < u64::from(per_thousand)
    }

    /// One of the choices; the choices must not be empty.
    pub fn pick<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        let index = usize::try_from(self.bits() % choices.len().max(1) as u64).unwrap_or(0);
        &choices[index]
    }

    /// That many random digits.
    pub fn digits(&mut self, count: usize) -> String {
        (0..count)
            .map(|_| char::from(b'0' + u8::try_from(self.bits() % 10).unwrap_or(0)))
            .collect()
    }

    /// That many random upper-case letters and digits.
    pub fn letters(&mut self, count: usize) -> String {
        const ALPHABET: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
        (0..count).map(|_| char::from(*self.pick(ALPHABET))).collect()
    }
}

/// A short name that is a hash of its parts: for ids and signatures that must be the same on every run.
pub fn name_of(parts: &[&str]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part.as_bytes());
        hasher.update([0]);
    }
    let mut name = String::with_capacity(64);
    for byte in hasher.finalize() {
        name.push(char::from(HEX[usize::from(byte >> 4)]));
        name.push(char::from(HEX[usize::from(byte & 15)]));
    }
    name
}

const HEX: &[u8; 16] = b"0123456789abcdef";

/// A UUID-shaped name, as request ids have.
pub fn uuid_of(parts: &[&str]) -> String {
    let hash = name_of(parts);
    format!(
        "{}-{}-{}-{}-{}",
        &hash[..8],
        &hash[8..12],
        &hash[12..16],
        &hash[16..20],
        &hash[20..32]
    )
}

/// Rounds half away from zero.
pub fn rounded(amount: Decimal, decimals: u32) -> Decimal {
    let mut rounded = amount.round_dp_with_strategy(decimals, rust_decimal::RoundingStrategy::MidpointAwayFromZero);
    rounded.rescale(decimals);
    rounded
}
