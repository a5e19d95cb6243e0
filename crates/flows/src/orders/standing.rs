//! Where an order stands on both sides, for both channels: left out, waiting, known to NetSuite already, or new.

use amazon::orders::Channel as Source;
use amazon::{Order, OrderStatus};
use chrono::NaiveDate;
use domain::{Currency, ExternalId, Money, Text};
use netsuite::RecordType;
use rust_decimal::Decimal;

use super::accepted::{accept, is_accepted};
use super::amounts;
use super::apart::Part;
use super::changes::after_import;
use super::questions::mismatch;
use super::record::Becomes;
use super::seen::{Existing, KnownRecord, Seen};
use super::tax;
use super::verdicts::{by_hand, cancelled, several_by_hand};
use crate::flow::{Decision, Instead, ask, skip, wait};
use crate::rules::{Channel, Profile, Rules, option_missing};

/// An order, and under which choices it is decided about.
#[derive(Clone, Copy)]
pub struct Case<'a> {
    /// The order with its surroundings.
    pub seen: &'a Seen,
    /// How it leaves.
    pub channel: Channel,
    /// Its business day: of the purchase, or of the shipment when Amazon ships (ORD-07).
    pub day: NaiveDate,
    /// The seller's choices.
    pub rules: &'a Rules,
    /// Its marketplace.
    pub profile: &'a Profile,
    /// The shipment that is decided about, where each has a record of its own.
    pub part: Option<Part<'a>>,
}

impl Case<'_> {
    /// The order's currency, else its marketplace's.
    pub fn currency(&self) -> Currency {
        self.seen.order.currency().unwrap_or(self.profile.currency)
    }

    /// The day by which its shared customer is called.
    pub fn customer_day(&self) -> NaiveDate {
        self.part.map_or(self.day, |part| part.first_day)
    }

    /// The external id of its record.
    pub fn named(&self, becomes: Becomes) -> ExternalId {
        let order = self.seen.order.id.as_str();
        let number = self.part.map(|part| part.number);
        match becomes {
            Becomes::SalesOrder => ExternalId::sales_order(order),
            Becomes::Invoice => ExternalId::invoice(order, number),
            Becomes::CashSale => ExternalId::cash_sale(order, number),
        }
    }

    /// How far a NetSuite total may be off.
    pub fn tolerance(&self) -> Decimal {
        self.rules.total_tolerance(&self.profile.id, self.currency())
    }

    /// Whether a NetSuite total can be this order's: what the buyer pays, or the same without the tax that Amazon
    /// remits. The seller's own tax is never missing (CMN-13).
    pub fn total_fits(&self, total: Decimal) -> bool {
        let order = &self.seen.order;
        let Some(whole) = order.grand_total else {
            return false;
        };
        let remitted = tax::remitted(order, self.rules, self.profile);
        let near = |possible: Decimal| (possible - total).abs() <= self.tolerance();
        near(whole.amount) || near(whole.amount - remitted)
    }

    /// Whether a record's lines can be this order's where NetSuite computes the tax: they are compared without it. Where
    /// prices contain it, NetSuite has taken it out of them, and there is nothing to compare.
    pub fn net_fits(&self, record: &KnownRecord) -> bool {
        let (order, marketplace) = (&self.seen.order, &self.profile.id);
        if record.lines.is_empty() || self.rules.is_on(marketplace, "tax.prices_include") {
            return true;
        }
        let Ok(amounts) = amounts::of_order(order, self.rules, self.profile) else {
            return true;
        };
        let ordered = order.items.iter().zip(&amounts).filter(|(item, _)| item.quantity > 0);
        let (net, shipping) = ordered.fold((Decimal::ZERO, Decimal::ZERO), |(net, shipping), (_, money)| {
            (net + money.net(), shipping + money.shipping.net)
        });
        let net = net + amounts::tip(order) + amounts::beyond_worth(order, &amounts);
        let in_header = self.rules.says(marketplace, "orders.shipping_mode", "header");
        let expected = if in_header { net - shipping } else { net };
        let lines: Decimal = record.lines.iter().map(|line| line.amount).sum();
        (expected - lines).abs() <= self.tolerance()
    }
}

/// The verdict on an order that is not imported now, or nothing when it is new and ready.
pub fn settled(of: &Case<'_>) -> Option<Decision> {
    use OrderStatus::{
        Cancelled, InvoiceUnconfirmed, Other, PartiallyShipped, Pending, PendingAvailability, Shipped, Unfulfillable,
        Unshipped,
    };
    let order = &of.seen.order;
    let existing = of.seen.existing(of.rules);
    // Records of others from before go-live are nobody's business, whatever happens to their orders (CMN-32).
    if let Existing::ByHand(_) | Existing::Several(_) = &existing
        && let Err(early) = since_go_live(order, of.profile)
    {
        return Some(Err(early));
    }
    Some(match (&order.status, existing) {
        (Cancelled, existing) => cancelled(of, &existing),
        (_, Existing::Ours(record)) => after_import(of, record),
        (_, Existing::ByHand(record)) => by_hand(of, record),
        (_, Existing::Several(records)) => several_by_hand(of, &records),
        (Pending, Existing::Nothing) => wait(Text::new("reason-payment-being-verified")),
        (PendingAvailability, Existing::Nothing) => wait(Text::new("reason-not-released-yet")),
        (InvoiceUnconfirmed, Existing::Nothing) => wait(Text::new("reason-invoice-unconfirmed")),
        (Unfulfillable, Existing::Nothing) => skip(Text::new("reason-unfulfillable")),
        (Other(word), Existing::Nothing) => wait(Text::new("reason-unknown-status").with("status", word.as_str())),
        (Unshipped | PartiallyShipped, Existing::Nothing) if of.channel == Channel::Fba => {
            wait(Text::new("reason-amazon-ships-yet"))
        }
        (Unshipped | PartiallyShipped | Shipped, Existing::Nothing) => return None,
    })
}

/// The marketplace of an order that may be imported at all, or why it may not.
pub fn importable<'a>(order: &Order, rules: &'a Rules) -> Result<&'a Profile, Instead> {
    // Orders from other channels that Amazon ships come back as they went out, never through here (§3.5).
    if order.channel == Source::NonAmazon || order.id.starts_with("S01-") {
        return Err(Instead::Skip {
            reason: Text::new("reason-not-an-amazon-order"),
        });
    }
    rules.marketplace(order.marketplace_id.as_deref().unwrap_or_default())
}

/// An order before go-live, or without anything in it, is left out (CMN-32, ORD-05).
pub fn worth_importing(order: &Order, profile: &Profile) -> Result<(), Instead> {
    if order.items.iter().all(|item| item.quantity == 0) {
        return Err(Instead::Skip {
            reason: Text::new("reason-nothing-ordered"),
        });
    }
    since_go_live(order, profile)
}

/// Orders that were placed before go-live are left alone (CMN-32).
pub(super) fn since_go_live(order: &Order, profile: &Profile) -> Result<(), Instead> {
    let Some(go_live) = profile.go_live else {
        return Err(Instead::Ask {
            problems: vec![option_missing(&profile.id, "go_live")],
        });
    };
    let placed = profile.day(order.created);
    if placed < go_live {
        return Err(Instead::Skip {
            reason: Text::new("reason-before-go-live")
                .with("day", placed)
                .with("go_live", go_live),
        });
    }
    Ok(())
}

/// The order is in NetSuite: nothing to do while both totals agree (ORD-04, ORD-08).
pub fn already_there(of: &Case<'_>, record: &KnownRecord) -> Decision {
    let order = &of.seen.order;
    let there = || skip(Text::new("reason-already-there").with("document", record.number.as_str()));
    let closed = record.record == RecordType::SalesOrder && matches!(record.status.as_str(), "C" | "H");
    let computed_by_netsuite = of.rules.says(&of.profile.id, "tax.mode", "netsuite");
    let Some(amazon) = order.grand_total else {
        return there();
    };
    let fits = || {
        if computed_by_netsuite {
            of.net_fits(record)
        } else {
            of.total_fits(record.total)
        }
    };
    if closed || is_accepted(of, record) || fits() {
        return there();
    }
    let mut problem = mismatch(order, Money::new(record.total, of.currency()), amazon);
    problem.remedies.insert(0, accept(of, record));
    ask(vec![problem])
}
