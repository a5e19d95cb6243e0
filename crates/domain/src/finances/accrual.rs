//! The month-end entry for what Amazon holds back (DEF-02, DEF-03): drawn at the last day of a month, taken back by
//! NetSuite on the next.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Months, NaiveDate};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{Transaction, words};
use crate::money::{Currency, Money};
use crate::settlement::Category;
use crate::settlement::classify::{Side, Vocabulary};

/// What of the held-back transactions is not in the books yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// The sale was booked by its invoice when it left; only Amazon's fees are late (DEF-02).
    Fees,
    /// Nothing is booked before the settlement: sales, tax and fees are late (DEF-03).
    Everything,
}

impl Scope {
    /// The account that takes the other side.
    pub fn contra(self) -> &'static str {
        match self {
            Self::Fees => "acct.accrued_fees",
            Self::Everything => "acct.deferred_receivable",
        }
    }
}

/// A month, as `202610`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Month(u32);

impl Month {
    /// The month that a day lies in.
    pub fn of(day: NaiveDate) -> Self {
        Self(u32::try_from(day.year()).unwrap_or_default() * 100 + day.month())
    }

    /// The month before the one that a day lies in.
    pub fn before(day: NaiveDate) -> Self {
        let first = day.with_day(1).unwrap_or(day);
        Self::of(first.pred_opt().unwrap_or(first))
    }

    /// Its first day.
    pub fn first(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(i32::try_from(self.0 / 100).unwrap_or_default(), self.0 % 100, 1).unwrap_or_default()
    }

    /// The first day of the next month: the day on which the entry is taken back.
    pub fn next_first(self) -> NaiveDate {
        self.first() + Months::new(1)
    }

    /// Its last day: the day of the entry.
    pub fn last(self) -> NaiveDate {
        self.next_first().pred_opt().unwrap_or_default()
    }

    /// `202610`.
    pub fn number(self) -> u32 {
        self.0
    }
}

/// One line of the entry, signed from the seller's side: positive credits, negative debits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Line {
    /// The account's key; the account named outright where the seller mapped a kind of line.
    pub key: String,
    /// The category's key, or `held` for the other side.
    pub what: String,
    /// The amount.
    pub credit: Decimal,
}

/// A kind of line that nobody has given an account, with what it comes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unknown {
    /// transaction-type, amount-type, amount-description.
    pub triple: [String; 3],
    /// Its sum.
    pub amount: Decimal,
}

/// The entry as it would be made now.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Draft {
    /// Its lines; they sum to nothing.
    pub lines: Vec<Line>,
    /// What has no account; the entry is not offered before it has.
    pub unknown: Vec<Unknown>,
    /// SKUs whose cost or units nobody knows, where costs are asked for; the entry is not offered before they are known.
    #[serde(default)]
    pub costless: Vec<String>,
    /// Held-back transactions behind it.
    pub transactions: u32,
}

impl Draft {
    /// The total of either side.
    pub fn total(&self) -> Decimal {
        let credits = self.lines.iter().filter(|line| line.credit > Decimal::ZERO);
        credits.map(|line| line.credit).sum()
    }

    /// Nothing was late.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty() && self.unknown.is_empty() && self.costless.is_empty()
    }
}

/// What one unit of each SKU costs, in the currency of the entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cost {
    /// The currency.
    pub currency: Currency,
    /// By SKU, the cost of one of its units.
    pub of_unit: BTreeMap<String, Decimal>,
}

/// Draws the entry for transactions of one marketplace and currency; with the cost of goods where it is given, which counts
/// only where nothing is booked before the settlement.
pub fn draw(held: &[&Transaction], scope: Scope, cost: Option<&Cost>, vocabulary: &mut Vocabulary) -> Draft {
    let mut sums: BTreeMap<(Category, String), Decimal> = BTreeMap::new();
    let mut unknown: BTreeMap<[String; 3], Decimal> = BTreeMap::new();
    let parts = held
        .iter()
        .flat_map(|one| one.parts.iter().map(move |part| (one, part)));
    for (one, part) in parts {
        let found = words::classified(vocabulary, &one.kind, part);
        let is_late = scope == Scope::Everything || matches!(found.category.side(), Side::Fee);
        if found.category == Category::Unmapped {
            *unknown.entry(words::as_line(&one.kind, part)).or_default() += part.amount;
        } else if is_late {
            let key = account(found.category, found.account, &one.kind);
            *sums.entry((found.category, key)).or_default() += part.amount;
        }
    }
    let mut lines: Vec<Line> = sums
        .into_iter()
        .filter(|(_, amount)| !amount.is_zero())
        .map(|((category, key), credit)| Line {
            key,
            what: category.key().to_owned(),
            credit,
        })
        .collect();
    let (of_goods, costless) = match cost {
        Some(cost) if scope == Scope::Everything => goods(held, cost),
        _ => (Vec::new(), Vec::new()),
    };
    lines.extend(of_goods);
    let net: Decimal = lines.iter().map(|line| line.credit).sum();
    if !net.is_zero() {
        lines.push(Line {
            key: scope.contra().to_owned(),
            what: "held".to_owned(),
            credit: -net,
        });
    }
    Draft {
        lines,
        unknown: unknown
            .into_iter()
            .filter(|(_, amount)| !amount.is_zero())
            .map(|(triple, amount)| Unknown { triple, amount })
            .collect(),
        costless,
        transactions: u32::try_from(held.len()).unwrap_or(u32::MAX),
    }
}

/// The cost of what was sold less what came back, and the SKUs that keep it from being told.
fn goods(held: &[&Transaction], cost: &Cost) -> (Vec<Line>, Vec<String>) {
    let (mut sum, mut costless) = (Decimal::ZERO, BTreeSet::new());
    for one in held {
        let sign = match one.kind.to_ascii_lowercase().as_str() {
            "shipment" => Decimal::ONE,
            "refund" => Decimal::NEGATIVE_ONE,
            // Fees and reimbursements name products too, and move none.
            _ => continue,
        };
        for goods in &one.goods {
            match goods.units.zip(cost.of_unit.get(&goods.sku)) {
                Some((units, unit)) => sum += sign * units * unit,
                None => drop(costless.insert(goods.sku.clone())),
            }
        }
    }
    let amount = Money::new(sum, cost.currency).rounded().amount;
    let line = |key: &str, credit: Decimal| Line {
        key: key.to_owned(),
        what: "cost-of-goods".to_owned(),
        credit,
    };
    let lines = if amount.is_zero() || !costless.is_empty() {
        Vec::new()
    } else {
        vec![line("acct.cogs", -amount), line("acct.inventory", amount)]
    };
    (lines, costless.into_iter().collect())
}

/// The account of a part: its category's own, or that of the income it belongs to.
fn account(category: Category, own: String, kind: &str) -> String {
    if !own.is_empty() {
        return own;
    }
    let is_refund = !kind.eq_ignore_ascii_case("shipment");
    match category {
        _ if is_refund => "acct.refunds",
        Category::Shipping => "acct.shipping_income",
        Category::GiftWrap => "acct.gift_wrap_income",
        Category::Promotion => "acct.promotions",
        _ => "acct.sales",
    }
    .to_owned()
}

/// What an entry that was posted and the same entry drawn today differ in, account by account (DEF-04).
pub fn drift(posted: &[Line], today: &[Line]) -> Vec<Line> {
    let mut sums: BTreeMap<(&str, &str), Decimal> = BTreeMap::new();
    for line in today {
        *sums.entry((&line.key, &line.what)).or_default() += line.credit;
    }
    for line in posted {
        *sums.entry((&line.key, &line.what)).or_default() -= line.credit;
    }
    let changed = sums.into_iter().filter(|(_, amount)| !amount.is_zero());
    changed
        .map(|((key, what), credit)| Line {
            key: key.to_owned(),
            what: what.to_owned(),
            credit,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::Status;
    use super::super::tests::shipment;
    use super::*;

    fn drawn(scope: Scope) -> Draft {
        let held = shipment("1", Status::Deferred, "2026-10-20T10:00:00Z");
        draw(&[&held], scope, None, &mut Vocabulary::default())
    }

    fn told(draft: &Draft) -> Vec<String> {
        let lines = draft.lines.iter();
        lines.map(|line| format!("{} {}", line.key, line.credit)).collect()
    }

    /// The example of flows.md §11.
    #[test]
    fn def_03_the_example_debits_what_is_receivable_and_the_fees_and_credits_the_sales() {
        let draft = drawn(Scope::Everything);
        assert_eq!(
            told(&draft),
            [
                "acct.sales 200.00",
                "acct.referral_fees -30.00",
                "acct.deferred_receivable -170.00"
            ]
        );
        assert_eq!(draft.total().to_string(), "200.00");
    }

    #[test]
    fn def_03_the_cost_of_what_was_sold_less_what_came_back_is_a_pair_of_lines_or_a_question() {
        let sold = shipment("1", Status::Deferred, "2026-10-20T10:00:00Z");
        let mut back = shipment("2", Status::Deferred, "2026-10-21T10:00:00Z");
        back.kind = "Refund".into();
        back.parts.clear();
        back.goods[0].units = Some(Decimal::ONE);
        let cost = |sku: &str| Cost {
            currency: Currency::EUR,
            of_unit: BTreeMap::from([(sku.to_owned(), Decimal::new(41_005, 3))]),
        };
        let drawn = |scope: Scope, held: &[&Transaction], cost: &Cost| {
            draw(held, scope, Some(cost), &mut Vocabulary::default())
        };
        let draft = drawn(Scope::Everything, &[&sold, &back], &cost("LAMP"));
        assert_eq!(
            told(&draft),
            [
                "acct.sales 200.00",
                "acct.referral_fees -30.00",
                "acct.cogs -41.01",
                "acct.inventory 41.01",
                "acct.deferred_receivable -170.00"
            ]
        );
        let draft = drawn(Scope::Everything, &[&sold], &cost("ANOTHER"));
        assert_eq!(draft.costless, ["LAMP"]);
        assert!(told(&draft).iter().all(|line| !line.starts_with("acct.cogs")));
        let mut uncounted = sold.clone();
        uncounted.goods[0].units = None;
        assert_eq!(
            drawn(Scope::Everything, &[&uncounted], &cost("LAMP")).costless,
            ["LAMP"]
        );
        // The sale's own invoice has booked its cost.
        assert_eq!(drawn(Scope::Fees, &[&sold], &cost("LAMP")).lines.len(), 2);
    }

    #[test]
    fn def_02_order_mode_accrues_the_fees_alone() {
        assert_eq!(
            told(&drawn(Scope::Fees)),
            ["acct.referral_fees -30.00", "acct.accrued_fees 30.00"]
        );
    }

    #[test]
    fn def_02_a_kind_of_fee_that_nobody_knows_is_told_and_never_guessed() {
        let mut held = shipment("1", Status::Deferred, "2026-10-20T10:00:00Z");
        held.parts[1].kind = "Moon Landing Fee".into();
        let draft = draw(&[&held], Scope::Fees, None, &mut Vocabulary::default());
        assert_eq!(told(&draft), Vec::<String>::new());
        assert_eq!(draft.unknown[0].triple, ["Order", "ItemFees", "Moon Landing Fee"]);
        assert!(!draft.is_empty());
    }

    #[test]
    fn def_04_what_changed_since_the_entry_was_posted_is_the_difference_by_account() {
        let line = |key: &str, credit: &str| Line {
            key: key.into(),
            what: "referral-fee".into(),
            credit: credit.parse().unwrap(),
        };
        let posted = [line("acct.referral_fees", "-30"), line("acct.accrued_fees", "30")];
        assert_eq!(drift(&posted, &posted), []);
        let today = [line("acct.referral_fees", "-32.5"), line("acct.accrued_fees", "32.5")];
        assert_eq!(
            drift(&posted, &today),
            [line("acct.accrued_fees", "2.5"), line("acct.referral_fees", "-2.5")]
        );
    }

    #[test]
    fn def_02_an_entry_stands_on_the_last_day_and_is_taken_back_on_the_next() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let month = Month::before(day("2027-01-03"));
        assert_eq!(
            (month.number(), month.last(), month.next_first()),
            (202_612, day("2026-12-31"), day("2027-01-01"))
        );
        assert_eq!(Month::of(day("2026-02-28")).last(), day("2026-02-28"));
    }
}
