//! Every marketplace of flows.md §1.2 takes one order right: currency and decimals, whether prices contain the tax, the
//! business day, the country of the address (CMN-04, CMN-05, CMN-06, CMN-09, TAX-02).

use netsuite::Write as NetSuite;

use crate::flow::Write;
use crate::orders::story::{check, decide};
use crate::rules::Channel::Mfn;

/// Country, ISO country, currency, decimals, whether the price contains the tax, and the business day of 03:30 UTC on
/// 1 November 2026.
const MARKETPLACES: [(&str, &str, &str, u32, bool, &str); 23] = [
    ("US", "US", "USD", 2, false, "2026-10-31"),
    ("CA", "CA", "CAD", 2, false, "2026-10-31"),
    ("MX", "MX", "MXN", 2, true, "2026-10-31"),
    ("BR", "BR", "BRL", 2, true, "2026-11-01"),
    ("UK", "GB", "GBP", 2, true, "2026-11-01"),
    ("DE", "DE", "EUR", 2, true, "2026-11-01"),
    ("FR", "FR", "EUR", 2, true, "2026-11-01"),
    ("IT", "IT", "EUR", 2, true, "2026-11-01"),
    ("ES", "ES", "EUR", 2, true, "2026-11-01"),
    ("NL", "NL", "EUR", 2, true, "2026-11-01"),
    ("BE", "BE", "EUR", 2, true, "2026-11-01"),
    ("IE", "IE", "EUR", 2, true, "2026-11-01"),
    ("SE", "SE", "SEK", 2, true, "2026-11-01"),
    ("PL", "PL", "PLN", 2, true, "2026-11-01"),
    ("TR", "TR", "TRY", 2, true, "2026-11-01"),
    ("AE", "AE", "AED", 2, true, "2026-11-01"),
    ("SA", "SA", "SAR", 2, true, "2026-11-01"),
    ("EG", "EG", "EGP", 2, true, "2026-11-01"),
    ("ZA", "ZA", "ZAR", 2, true, "2026-11-01"),
    ("IN", "IN", "INR", 2, true, "2026-11-01"),
    ("JP", "JP", "JPY", 0, true, "2026-11-01"),
    ("AU", "AU", "AUD", 2, true, "2026-11-01"),
    ("SG", "SG", "SGD", 2, true, "2026-11-01"),
];

#[test]
fn cmn_05_cmn_09_tax_02_every_marketplace_takes_one_order_right() {
    for (country, iso, currency, decimals, inclusive, day) in MARKETPLACES {
        let (gross, net, tax) = if decimals == 0 {
            ("110", "100", "10")
        } else {
            ("110.00", "100.00", "10.00")
        };
        let price = if inclusive { gross } else { net };
        let tolerance = if decimals == 0 { "0" } else { "0.02" };
        let given = format!(
            "order 028-1 unshipped {country}
            bought 2026-11-01T03:30:00Z
            address Jane Doe|1 High St|Town||
            1 × LAMP {price}, tax {tax} by seller
            set tax.liability_default = seller
            set tax.mode = line_item
            netsuite item LAMP"
        );
        let expect = format!(
            "create salesOrder AZN-SO-028-1
            entity 88
            tranDate {day}
            otherRefNum 028-1
            orderStatus B
            shipMethod post
            1 × lamp {net}
            1 × tax {tax}
            total {gross} {currency} ± {tolerance}"
        );
        check(Mfn, &given, &expect);
        let steps = decide(Mfn, &given).unwrap();
        let Write::NetSuite(NetSuite::Create { body, .. }) = &steps[0].write else {
            panic!("not a create")
        };
        assert_eq!(
            body["shippingAddress"]["country"]["id"], iso,
            "{country}: an address without a country"
        );
    }
}

#[test]
fn cmn_05_the_table_has_every_marketplace_and_cmn_04_china_is_none() {
    let known: Vec<&str> = amazon::marketplaces::ALL
        .iter()
        .filter(|one| one.is_supported())
        .map(|one| one.country)
        .collect();
    let expected: Vec<&str> = MARKETPLACES.iter().map(|row| row.0).collect();
    assert_eq!(known, expected);
    assert!(
        amazon::marketplaces::ALL
            .iter()
            .any(|one| one.country == "CN" && !one.is_supported())
    );
}

#[test]
fn cmn_05_a_marketplace_that_nobody_set_up_is_asked_about() {
    let given = "order 028-1 unshipped US\nmarketplace A0NEW\n1 × LAMP 20.00\nnetsuite item LAMP";
    check(Mfn, given, "ask MARKETPLACE_UNKNOWN:A0NEW");
}
