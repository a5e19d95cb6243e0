//! A typical order to bill: feeds the flow's doc page and its first test.

use std::collections::BTreeMap;

use amazon::Order;
use chrono::NaiveDate;
use domain::Currency;
use netsuite::queries::{Known, OrderLine};
use netsuite::{RecordId, RecordType};
#[cfg(test)]
use netsuite::{Shipped, ShippedLine};
use rust_decimal::Decimal;

use super::seen::Billable;
use crate::flow::Flow;
use crate::fulfilments::shipments::Shipments;

/// Two mugs to Germany, shipped and not billed.
pub fn billable() -> Billable {
    let shipping = Shipments::sample();
    let lines: Vec<OrderLine> = shipping.documents.into_iter().flat_map(|one| one.lines).collect();
    let total = lines.iter().map(|line| line.amount).sum();
    Billable {
        document: known("4711", RecordType::SalesOrder, "SO1042", "F", total),
        order: Order {
            status: amazon::OrderStatus::Shipped,
            ..shipping.order
        },
        lines,
        left: shipping.shipped,
        members: Vec::new(),
        bills: Vec::new(),
        standalone: Vec::new(),
        made: Vec::new(),
        written: None,
        payment_method: None,
        closed: BTreeMap::new(),
        open: Vec::new(),
    }
}

/// A document of the order.
pub fn known(id: &str, record: RecordType, number: &str, status: &str, total: Decimal) -> Known {
    Known {
        id: RecordId(id.to_owned()),
        record: Some(record),
        number: number.to_owned(),
        external_id: None,
        other_ref_num: None,
        status: status.to_owned(),
        customer: Some(RecordId("88".into())),
        customer_inactive: false,
        currency: Some(Currency::EUR),
        total,
        open: Decimal::ZERO,
        date: NaiveDate::from_ymd_opt(2026, 11, 13).unwrap_or_default(),
        memo: None,
    }
}

/// A fulfilment.
#[cfg(test)]
pub fn left(id: &str, day: NaiveDate, lines: Vec<ShippedLine>) -> Shipped {
    Shipped {
        id: RecordId(id.to_owned()),
        order: Some(RecordId("4711".into())),
        number: format!("IF{id}"),
        status: "C".into(),
        date: day,
        method: None,
        location: None,
        lines,
        tracking: Vec::new(),
        confirmation: None,
    }
}
