//! Refunds: whether the commission came back, and whether the goods did.

use chrono::{Duration, NaiveDate};
use rust_decimal::Decimal;

use super::{Check, Checks, Finding, Item, ItemKey, money, some};
use crate::{Money, Text};

/// Goods that a buyer keeps are made good from this many days after the refund on.
const FROM: i64 = 60;
/// And until this many.
const UNTIL: i64 = 120;

/// Refunds whose sale paid a commission of which nothing came back (SET-36).
pub(super) fn commission_kept(checks: &Checks) -> Vec<Finding> {
    let mut found = Vec::new();
    for ((item, event), refund) in &checks.refunds {
        let Some(sale) = checks.sales.get(item) else { continue };
        let came_back = refund.referral > 0;
        if came_back || refund.principal >= 0 || sale.referral >= 0 || sale.principal <= 0 {
            continue;
        }
        let share = Decimal::from(-refund.principal) / Decimal::from(sale.principal);
        let kept = money(-sale.referral, sale.currency).amount * share.min(Decimal::ONE);
        let kept = Money::new(kept, sale.currency).rounded();
        let evidence = Text::new("check-evidence-refund-commission")
            .with("refund", money(-refund.principal, refund.currency))
            .with("commission", money(-sale.referral, sale.currency))
            .with("sold", sale.on);
        found.push(finding(
            Check::RefundCommission,
            item,
            event,
            refund,
            kept,
            None,
            evidence,
        ));
    }
    found
}

/// Refunds of goods that Amazon ships, between sixty and a hundred and twenty days ago, without a reimbursement for the
/// order and without a charge for its return (RET-07). Amazon's report of returns is not read yet: whether the goods
/// came back is not known here, and the evidence says so.
pub(super) fn not_returned(checks: &Checks, today: NaiveDate) -> Vec<Finding> {
    let mut found = Vec::new();
    for ((item, event), refund) in &checks.refunds {
        let age = today.signed_duration_since(refund.on).num_days();
        let is_due = (FROM..=UNTIL).contains(&age);
        if !refund.is_fba || !is_due || refund.principal >= 0 || checks.made_good.contains(&item.order) {
            continue;
        }
        let amount = money(-refund.principal, refund.currency);
        let deadline = Some(refund.on + Duration::days(UNTIL));
        let evidence = Text::new("check-evidence-not-returned").with("refunded", refund.on);
        found.push(finding(
            Check::NotReturned,
            item,
            event,
            refund,
            amount,
            deadline,
            evidence,
        ));
    }
    found
}

fn finding(
    check: Check,
    item: &ItemKey,
    event: &str,
    refund: &Item,
    amount: Money,
    deadline: Option<NaiveDate>,
    evidence: Text,
) -> Finding {
    Finding {
        key: format!("{}/{}/{}/{event}", check.key(), item.order, item.item),
        check,
        amount,
        on: refund.on,
        deadline,
        marketplace: refund.marketplace.clone(),
        order: Some(item.order.clone()),
        sku: some(&refund.sku),
        settlement: Some(refund.settlement.clone()),
        evidence,
    }
}
