//! Which records of a settlement its new file makes wrong (SET-61): those of orders whose buyers' money changed, and the
//! journals of the months in which anything changed. Everything else that was posted stands.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use chrono_tz::Tz;
use domain::settlement::group::Known;
use domain::settlement::marketplace::Attribution;
use domain::settlement::{Group, Header, Line, Side, group};
use wire::Failure;

use super::chosen::vocabulary;
use super::whose::{around, most_lines};
use crate::local::{Local, StoredSettlement};
use crate::rules::Rules;

/// What a new file changes of what was posted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Changed {
    /// Orders whose payments and refunds are not right any more.
    orders: BTreeSet<String>,
    /// Months (`202610`) whose journals are not.
    months: BTreeSet<u32>,
    /// No journal is right any more: the settlement touches other months now.
    all_journals: bool,
    /// Groups that the new file does not have, by their lasting names.
    pub gone: BTreeSet<String>,
}

/// One telling of a settlement.
#[derive(Debug, Clone, Copy)]
pub struct Telling<'a> {
    /// Its summary row.
    pub header: &'a Header,
    /// Its rows.
    pub lines: &'a [Line],
}

/// Compares what two files of a settlement come to in the books.
///
/// # Errors
///
/// When this computer's own facts cannot be read.
pub async fn changed(
    local: &dyn Local,
    rules: &Rules,
    stored: &StoredSettlement,
    before: Telling<'_>,
    after: Telling<'_>,
) -> Result<Changed, Failure> {
    let before = Counted::of(local, rules, stored, before).await?;
    let after = Counted::of(local, rules, stored, after).await?;
    Ok(differ(&before, &after))
}

fn differ(before: &Counted, after: &Counted) -> Changed {
    let mut changed = Changed {
        orders: other(&before.orders, &after.orders),
        months: other(&before.months, &after.months),
        all_journals: false,
        gone: before.groups.difference(&after.groups).cloned().collect(),
    };
    if changed.months.is_empty() && before.paid == after.paid {
        return changed;
    }
    // What earlier months carry forward, and the transfer, stand in the last one.
    let names = |counted: &Counted| counted.months.keys().copied().collect::<Vec<_>>();
    changed.all_journals = names(before) != names(after);
    changed.months.extend(after.months.keys().next_back());
    changed
}

/// The names whose content is not the same on both sides.
fn other<K: Ord + Clone, V: PartialEq>(before: &BTreeMap<K, V>, after: &BTreeMap<K, V>) -> BTreeSet<K> {
    let names = before.keys().chain(after.keys());
    names
        .filter(|name| before.get(*name) != after.get(*name))
        .cloned()
        .collect()
}

/// How often each content stands there.
type Counts = BTreeMap<Vec<String>, u64>;

/// What a telling comes to: by order what was paid and given back, by month everything that journals are drawn from.
struct Counted {
    orders: BTreeMap<String, Counts>,
    months: BTreeMap<u32, Counts>,
    /// The transfer: its amount and day.
    paid: (String, NaiveDate),
    groups: BTreeSet<String>,
}

impl Counted {
    async fn of(
        local: &dyn Local,
        rules: &Rules,
        stored: &StoredSettlement,
        telling: Telling<'_>,
    ) -> Result<Self, Failure> {
        let Telling { header, lines } = telling;
        let around = around(local, rules, &stored.header, &stored.account, lines).await?;
        let attribution = Attribution::new(header, lines, &around);
        let profile = most_lines(rules, stored, lines.iter().filter_map(|line| attribution.of(line)));
        let zone = profile.map_or(Tz::UTC, |profile| profile.zone);
        let marketplace = profile.map_or("", |profile| profile.id.as_str());
        let split = rules.is_on(marketplace, "je.split_months");
        let groups = group(header, lines.to_vec(), &mut vocabulary(rules), &attribution, zone);
        Ok(Self::from(header, &groups, zone, split))
    }

    fn from(header: &Header, groups: &[Group], zone: Tz, split: bool) -> Self {
        let posted = groups.iter().filter_map(|group| group.posted);
        let last = posted.map(|posted| posted.business_date(zone)).max();
        let paid_on = header.deposit.or(header.end).map(|posted| posted.business_date(zone));
        let paid_on = paid_on.or(last).unwrap_or_default();
        let month = |day: NaiveDate| {
            if split {
                day.year().unsigned_abs() * 100 + day.month()
            } else {
                0
            }
        };
        let mut counted = Self {
            orders: BTreeMap::new(),
            // The journal of the transfer stands, whatever its month has beside it.
            months: BTreeMap::from([(month(paid_on), Counts::new())]),
            paid: (
                header.declared_total.unwrap_or_default().normalize().to_string(),
                paid_on,
            ),
            groups: groups.iter().map(|group| group.id.clone()).collect(),
        };
        for group in groups {
            let day = group.posted.map_or(paid_on, |posted| posted.business_date(zone));
            for known in group.lines.iter().filter(|known| known.line.ten_thousandths != 0) {
                let of_buyer = matches!(known.category.side(), Side::Customer | Side::Withheld);
                let own = known.line.posted.map_or(day, |posted| posted.business_date(zone));
                let content = content(group, known, of_buyer);
                if let (true, Some(order)) = (of_buyer, &group.order) {
                    let of_order = counted.orders.entry(order.clone()).or_default();
                    // Payments and refunds are dated with their rows.
                    let dated = content.iter().cloned().chain([day.to_string()]);
                    *of_order.entry(dated.collect()).or_default() += 1;
                }
                let of_month = counted
                    .months
                    .entry(month(if of_buyer { day } else { own }))
                    .or_default();
                *of_month.entry(content).or_default() += 1;
            }
        }
        counted
    }
}

/// Everything of a row that payments, refunds and journals are drawn from.
fn content(group: &Group, known: &Known, of_buyer: bool) -> Vec<String> {
    let line = &known.line;
    let mut content = vec![
        known.category.key().to_owned(),
        known.account.clone(),
        known.marketplace.clone().unwrap_or_default(),
        line.sku.clone(),
        line.amount_description.clone(),
        line.ten_thousandths.to_string(),
    ];
    if of_buyer {
        let words = [
            group.transaction_type.clone(),
            group.order.clone().unwrap_or_default(),
            group.event.clone().unwrap_or_default(),
            line.order_item_code.clone(),
            line.quantity.map(|quantity| quantity.to_string()).unwrap_or_default(),
        ];
        content.extend(words);
    }
    content
}

impl Changed {
    /// Whether the books stay as they are.
    pub fn is_empty(&self) -> bool {
        self.orders.is_empty() && self.months.is_empty()
    }

    /// Whether a payment that orders share is taken back: any of them has other money now (SET-26).
    pub fn takes_back_shared<'o>(&self, mut orders: impl Iterator<Item = &'o String>) -> bool {
        orders.any(|order| self.orders.contains(order))
    }

    /// Whether a record is taken back: by its external id, and the order that it belongs to if it is no journal.
    pub fn takes_back(&self, settlement: &str, name: &str, order: &str) -> bool {
        let Some(rest) = name.strip_prefix(&format!("AZN-JE-{settlement}")) else {
            return self.orders.contains(order);
        };
        let month = rest
            .split('-')
            .find_map(|part| part.parse::<u32>().ok().filter(|_| part.len() == 6));
        // A journal without a month is the only one.
        let touched = month.map_or(!self.months.is_empty(), |month| self.months.contains(&month));
        self.all_journals || touched
    }
}

#[cfg(test)]
mod tests {
    use domain::settlement::classify::Vocabulary;
    use domain::settlement::{Posted, marketplace};

    use super::super::sample;
    use super::*;

    fn counted(rows: &[(&str, &str, i64, &str)]) -> Counted {
        let mut header = sample::settled().stored.header;
        let day = |text: &str| Posted::On(text.parse().unwrap());
        header.deposit = Some(day("2026-10-16"));
        let lines: Vec<Line> = (3..)
            .zip(rows)
            .map(|(number, (order, description, cents, on))| Line {
                posted: Some(day(on)),
                ..sample::line(number, "Order", "ItemPrice", description, order, cents * 100)
            })
            .map(|line| Line {
                amount_type: if line.amount_description == "Commission" {
                    "ItemFees"
                } else {
                    "ItemPrice"
                }
                .into(),
                ..line
            })
            .collect();
        header.declared_total = Some(lines.iter().map(Line::amount).sum());
        let known = marketplace::Known::default();
        let attribution = Attribution::new(&header, &lines, &known);
        let groups = group(&header, lines, &mut Vocabulary::default(), &attribution, Tz::UTC);
        Counted::from(&header, &groups, Tz::UTC, true)
    }

    const FIRST: [(&str, &str, i64, &str); 4] = [
        ("111-1", "Principal", 2000, "2026-09-26"),
        ("111-1", "Commission", -300, "2026-09-26"),
        ("111-2", "Principal", 1000, "2026-10-03"),
        ("111-2", "Commission", -150, "2026-10-03"),
    ];

    #[test]
    fn set_61_only_what_the_new_file_changes_is_taken_back() {
        let with = |place: usize, cents: i64| {
            let mut rows = FIRST;
            rows[place].2 = cents;
            let changed = differ(&counted(&FIRST), &counted(&rows));
            let names = [
                ("AZN-PY-9-111-1", "111-1"),
                ("AZN-PY-9-111-2", "111-2"),
                ("AZN-JE-9-202609", "9"),
                ("AZN-JE-9-DE-202610-P2-R3", "9"),
            ];
            names.map(|(name, of)| changed.takes_back("9", name, of))
        };
        assert_eq!(with(0, 2000), [false; 4], "the same file again changes nothing");
        assert_eq!(with(2, 1100), [false, true, false, true]);
        assert_eq!(
            with(3, -160),
            [false, false, false, true],
            "a fee stands in the journal alone"
        );
        assert_eq!(
            with(1, -310),
            [false, false, true, true],
            "the last month takes what is carried forward"
        );
    }

    #[test]
    fn set_61_other_months_make_other_journals() {
        let changed = differ(&counted(&FIRST), &counted(&FIRST[2..]));
        assert!(changed.takes_back("9", "AZN-JE-9-202610", "9"));
        assert!(changed.takes_back("9", "AZN-PY-9-111-1", "111-1"));
        assert!(!changed.takes_back("9", "AZN-PY-9-111-2", "111-2"));
        let single = Changed {
            months: BTreeSet::from([0]),
            ..Changed::default()
        };
        assert!(single.takes_back("9", "AZN-JE-9", "9"));
    }
}
