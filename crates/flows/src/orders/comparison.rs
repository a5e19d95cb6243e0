//! Amazon's own report of all orders, compared with what is here: the daily proof that nothing is missing (quality-bars
//! R1-10, R3-16).
//!
//! Amazon's list of changed orders can leave out an order that is there when it is asked for by its number. Once a day
//! the report of every order that changed is fetched. An order that is not known here, or that has changed since it was
//! last seen, is then looked at by its number.

use std::collections::BTreeMap;

use amazon::reports::{ORDERS_BY_UPDATE, Raw, Report};
use chrono::{DateTime, Duration, SubsecRound, Utc};
use domain::Text;
use serde::Serialize;
use wire::Failure;

use crate::flow::{Card, Decision, Fact, Flow, Group, Key, LocalWrite, Look, Reads, Route, Step, Window, Write};
use crate::local::OrderSeen;
use crate::report::{Prepared, Wanted, cells, instant, not_yet, prepared};
use crate::rules::{Channel, Rules};

/// A look within this time of the last one asks nothing: the comparison is made once a day, whoever starts it.
const DAILY: Duration = Duration::hours(20);
/// Order reports may be this far behind (amazon-sp-api.md §7).
const BEHIND: Duration = Duration::minutes(30);
/// Each order is compared on two days, so that what a report shows late is still found.
const AGAIN: Duration = Duration::days(1);
/// The longest span of an order report (amazon-sp-api.md §7).
const LONGEST: Duration = Duration::days(30);
/// The comparison of orders.
pub struct Comparison;

/// An order in Amazon's report that must be looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Missed {
    /// Amazon's order number.
    pub order: String,
    /// Who ships it.
    pub channel: Channel,
    /// Amazon's id of its marketplace, where the report's name of it is known.
    pub marketplace: Option<String>,
    /// When it last changed, by the report.
    pub updated: DateTime<Utc>,
    /// As it was last seen here; nothing: never.
    pub seen: Option<DateTime<Utc>>,
}

impl Flow for Comparison {
    type Subject = Missed;

    const CARD: Card = Card {
        id: "order-comparison",
        title: "flow-order-comparison",
        promise: "flow-order-comparison-promise",
        route: Route::AmazonToNetSuite,
        group: Group::Orders,
        every_minutes: 1440,
        needs: &["amazon:Inventory and Order Tracking"],
        after: &["mfn-orders", "fba-orders"],
        options: &[],
    };

    async fn look(reads: &Reads<'_>, window: &Window, rules: &Rules) -> Result<Look<Missed>, Failure> {
        match window {
            Window::Span { from, until, .. } if *until - *from >= DAILY && !reads.scope.marketplaces.is_empty() => {
                compare(reads, *from, *until, rules).await
            }
            Window::Span { .. } | Window::Keys(_) => Ok(seen(Vec::new(), None)),
        }
    }

    fn key(seen: &Missed) -> Key {
        Key(seen.order.clone())
    }

    fn decide(seen: &Missed, _rules: &Rules) -> Decision {
        Ok(vec![Step {
            // One look for each change: what stays different would otherwise be looked at for ever.
            name: format!("LOOK-{}-{}", seen.order, seen.updated.timestamp()),
            title: Text::new("step-look-at-order").with("order", seen.order.as_str()),
            write: Write::Local(LocalWrite::LookAtOrder {
                order_id: seen.order.clone(),
                channel: seen.channel,
            }),
            needs: Vec::new(),
            expect: None,
            hold: None,
            link: None,
        }])
    }

    fn facts(seen: &Missed, _rules: &Rules) -> Vec<Fact> {
        let marketplace = seen.marketplace.as_deref().map(|id| Fact {
            name: "marketplace".into(),
            value: id.into(),
        });
        let channel = Fact {
            name: "channel".into(),
            value: seen.channel.as_str().into(),
        };
        marketplace.into_iter().chain([channel]).collect()
    }

    fn sample() -> Missed {
        Missed {
            order: "028-1234567-1234567".into(),
            channel: Channel::Mfn,
            marketplace: Some("A1PA6795UKMFR9".into()),
            updated: DateTime::UNIX_EPOCH,
            seen: None,
        }
    }
}

fn seen(subjects: Vec<Missed>, read_until: Option<DateTime<Utc>>) -> Look<Missed> {
    Look::Seen {
        subjects,
        next: None,
        read_until,
    }
}

async fn compare(
    reads: &Reads<'_>,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
    rules: &Rules,
) -> Result<Look<Missed>, Failure> {
    let to = (until - BEHIND).trunc_subsecs(0);
    let start = (from - AGAIN).max(to - LONGEST).trunc_subsecs(0);
    let wanted = Wanted {
        kind: ORDERS_BY_UPDATE,
        from: start,
        until: to,
        since: start.max(from - BEHIND),
        // The report of the last comparison ends where this one begins, and helps no more.
        serves: &move |report| goes_on(report, from, start),
    };
    match prepared(reads, &wanted, rules.now).await? {
        Prepared::Ready(raw, end) => {
            let missed = missed(reads, rows(&raw)?, rules).await?;
            // A report that an earlier run asked for ends earlier; the next one takes up what came after it.
            let compared = end.map_or(until, |end| until.min(end + BEHIND));
            Ok(seen(missed, Some(compared)))
        }
        // Nothing changed in the whole span.
        Prepared::Nothing => Ok(seen(Vec::new(), Some(until))),
        Prepared::NotYet(again_in) => Ok(not_yet(again_in, "progress-report-of-orders")),
    }
}

/// Whether a report covers what is to be compared, and leads on from where the last comparison ended as far as one that
/// an earlier run asked for does: at least a day, in the whole seconds of reports.
fn goes_on(report: &Report, from: DateTime<Utc>, start: DateTime<Utc>) -> bool {
    let covers = report.data_start_time.is_some_and(|its| its <= start);
    let leads = |end: DateTime<Utc>| end + BEHIND - from >= DAILY - Duration::seconds(1);
    covers && report.data_end_time.is_some_and(leads)
}

/// One order of the report.
struct Row {
    order: String,
    updated: DateTime<Utc>,
    channel: Channel,
    shop: String,
}

/// The orders of a report, each once. Orders of other shops that Amazon only ships are no orders of Amazon (§16).
fn rows(raw: &Raw) -> Result<Vec<Row>, Failure> {
    let columns = [
        "amazon-order-id",
        "last-updated-date",
        "fulfillment-channel",
        "sales-channel",
    ];
    let mut found: BTreeMap<String, Row> = BTreeMap::new();
    for [order, updated, channel, shop] in cells(raw, columns)? {
        if shop == "Non-Amazon" {
            continue;
        }
        let updated = instant(&updated)?;
        let channel = if channel == "Amazon" {
            Channel::Fba
        } else {
            Channel::Mfn
        };
        let row = Row {
            order: order.clone(),
            updated,
            channel,
            shop,
        };
        found.insert(order, row);
    }
    Ok(found.into_values().collect())
}

async fn missed(reads: &Reads<'_>, rows: Vec<Row>, rules: &Rules) -> Result<Vec<Missed>, Failure> {
    let ids: Vec<String> = rows.iter().map(|row| row.order.clone()).collect();
    let known = reads.local.orders(&ids).await?;
    let shop = |name: &str| {
        let profile = rules
            .marketplaces
            .values()
            .find(|profile| profile.settlement_name == name);
        profile.map(|profile| profile.id.clone())
    };
    let missing = rows
        .into_iter()
        .filter(|row| is_missed(row.updated, known.get(&row.order)));
    Ok(missing
        .map(|row| Missed {
            marketplace: shop(&row.shop),
            seen: known.get(&row.order).and_then(|seen| seen.updated),
            order: row.order,
            channel: row.channel,
            updated: row.updated,
        })
        .collect())
}

/// An order that could not be read has its own problem, and no time of its last change.
fn is_missed(updated: DateTime<Utc>, seen: Option<&OrderSeen>) -> bool {
    match seen {
        None => true,
        Some(seen) => seen
            .updated
            .is_some_and(|seen| seen.trunc_subsecs(0) < updated.trunc_subsecs(0)),
    }
}

#[cfg(test)]
mod tests {
    use amazon::reports::Processing;

    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn report(text: &str) -> Raw {
        Raw {
            bytes: text.as_bytes().to_vec(),
            gzip: false,
            content_type: None,
        }
    }

    const TITLES: &str = "amazon-order-id\tlast-updated-date\tfulfillment-channel\tsales-channel";

    #[test]
    fn r3_16_an_order_that_is_not_here_or_has_changed_is_missed() {
        let now = at("2026-11-23T08:00:00Z");
        let seen = |updated: Option<&str>| OrderSeen {
            marketplace: None,
            ordered: None,
            updated: updated.map(at),
            shipped: None,
        };
        assert!(is_missed(now, None));
        assert!(is_missed(now, Some(&seen(Some("2026-11-23T07:59:59Z")))));
        assert!(!is_missed(now, Some(&seen(Some("2026-11-23T08:00:00Z")))));
        assert!(
            !is_missed(now, Some(&seen(None))),
            "it could not be read, and says so itself"
        );
    }

    #[test]
    fn r1_10_the_report_of_the_last_comparison_does_not_stand_for_the_next_one() {
        let compared = at("2026-11-22T08:00:00Z");
        let (from, start) = (compared - Duration::minutes(10), compared - Duration::days(1));
        let until = |end: &str| Report {
            report_id: "1".into(),
            report_type: ORDERS_BY_UPDATE.into(),
            processing_status: Processing::Done,
            created_time: compared,
            data_start_time: Some(start),
            data_end_time: Some(at(end)),
            marketplace_ids: Vec::new(),
            report_document_id: None,
        };
        assert!(
            !goes_on(&until("2026-11-22T07:30:00Z"), from, start),
            "compared already"
        );
        assert!(goes_on(&until("2026-11-23T07:30:00Z"), from, start), "queued yesterday");
        assert!(!goes_on(
            &until("2026-11-23T07:30:00Z"),
            from,
            start - Duration::hours(1)
        ));
    }

    #[test]
    fn r1_10_each_order_of_the_report_is_read_once_and_other_shops_are_left_out() {
        let text = format!(
            "{TITLES}\n1\t2026-11-23T08:00:00+00:00\tAmazon\tAmazon.de\n1\t2026-11-23T08:00:00Z\tAmazon\tAmazon.de\n\
             2\t2026-11-23T08:00:00Z\tMerchant\tAmazon.com\n3\t2026-11-23T08:00:00Z\tAmazon\tNon-Amazon\n"
        );
        let found: Vec<(String, Channel)> = rows(&report(&text))
            .unwrap()
            .into_iter()
            .map(|row| (row.order, row.channel))
            .collect();
        assert_eq!(found, [("1".to_owned(), Channel::Fba), ("2".to_owned(), Channel::Mfn)]);
    }

    #[test]
    fn a_report_that_changed_its_columns_is_never_taken_for_an_empty_one() {
        assert!(matches!(rows(&report("")), Err(Failure::Misread { .. })));
        assert!(matches!(
            rows(&report("The report could not be made.\n")),
            Err(Failure::Misread { .. })
        ));
        assert!(matches!(
            rows(&report(&format!("{TITLES}\n1\tyesterday\tAmazon\tx\n"))),
            Err(Failure::Misread { .. })
        ));
    }
}
