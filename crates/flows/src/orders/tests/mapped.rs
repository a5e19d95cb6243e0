//! Rows of the seller's own about customers and fulfilments that come with an order (CMN-28 to CMN-31).

use serde_json::Value;

use crate::flow::{Decision, Instead, Remedy, Write};
use crate::orders::story::{check, decide};
use crate::rules::Channel::{Fba, Mfn};

const SHARED: &str = "order 028-1 unshipped US
    set customer.mfn.default = nothing
    1 × LAMP 20.00
    netsuite item LAMP";

const BUYER: &str = "order 028-1 unshipped US
    set customer.mfn.mode = per_buyer
    buyer x1@marketplace.amazon.com Mary Ann Smith
    1 × LAMP 20.00
    netsuite item LAMP";

/// The fields of the write of a step.
fn body(decision: &Decision, step: usize) -> Value {
    match &decision.as_ref().unwrap()[step].write {
        Write::NetSuite(netsuite::Write::Create { body, .. } | netsuite::Write::Transform { body, .. }) => body.clone(),
        other => panic!("makes nothing: {other:?}"),
    }
}

#[test]
fn cmn_28_cus_02_rows_fill_the_shared_customer_that_an_order_needs() {
    let given = format!(
        "{SHARED}
        map mfn-customers comments = field order.id, customer.shared_name
        map mfn-customers category = record 5
        map mfn-customers custentity_country = text {{customer.country}} {{customer.kind}}"
    );
    let expect = "create customer AZN-CUST-AMAZON-US-2026
        companyName Amazon US 2026
        comments Amazon US 2026
        category 5
        custentity_country \"US shared\"
        create salesOrder AZN-SO-028-1
        entity AZN-CUST-AMAZON-US-2026
        tranDate 2026-11-14
        otherRefNum 028-1
        orderStatus B
        shipMethod post
        1 × lamp 20.00
        needs AZN-CUST-AMAZON-US-2026
        total 20.00 USD ± 0.02";
    check(Mfn, &given, expect);
}

#[test]
fn cmn_28_a_buyer_s_customer_reads_the_order_and_never_the_person() {
    let mapped = format!(
        "{BUYER}
        map mfn-customers comments = text {{order.id}} {{customer.is_company}}"
    );
    let decision = decide(Mfn, &mapped);
    assert_eq!(body(&decision, 0)["comments"], "028-1 false");
    assert_eq!(body(&decision, 0)["lastName"], "Smith");
    let company = format!("{mapped}\ncompany Smith & Co");
    assert_eq!(body(&decide(Mfn, &company), 0)["comments"], "028-1 true");
    check(
        Mfn,
        &format!("{BUYER}\nmap mfn-customers comments = field customer.name"),
        "ask MAPPING_FAILED:mfn-customers:body:comments",
    );
}

#[test]
fn cmn_29_cus_03_rows_reach_neither_who_it_is_nor_a_customer_that_is_there() {
    let rows = [
        "externalId",
        "entityId",
        "firstName",
        "email",
        "currency",
        "emailTransactions",
        "isInactive",
    ];
    let attack = rows
        .map(|field| format!("map mfn-customers {field} = constant 9"))
        .join("\n");
    let plain = body(&decide(Mfn, BUYER), 0);
    assert_eq!(body(&decide(Mfn, &format!("{BUYER}\n{attack}")), 0), plain);
    let there = format!(
        "{BUYER}
        netsuite customer 700 x1@marketplace.amazon.com
        map mfn-customers comments = constant ours"
    );
    assert_eq!(decide(Mfn, &there).unwrap().len(), 1, "it is never overwritten");
}

#[test]
fn cmn_25_cmn_28_a_row_of_the_customer_that_fails_holds_up_its_order_and_says_where_it_stands() {
    let given = format!(
        "{BUYER}
        map mfn-customers@eu:A1 category = table order.service_level: NEXT_DAY → 5"
    );
    let Err(Instead::Ask { problems }) = decide(Mfn, &given) else {
        panic!("nobody was asked")
    };
    assert_eq!(problems[0].cause, "MAPPING_FAILED:mfn-customers:body:category");
    let mend = Remedy::FixMapping {
        form: "mfn-customers".into(),
        place: "body".into(),
        field: "category".into(),
        scope: "eu:A1".into(),
    };
    assert_eq!(problems[0].remedies[0], mend);
}

#[test]
fn cmn_28_rows_fill_the_fulfilment_of_what_amazon_shipped() {
    let given = "order 028-1 shipped DE
        set orders.fba.import_as = sales_order
        package UPS 1Z999 on 2026-11-13T10:00:00Z
        1 × LAMP 20.00
        netsuite item LAMP";
    let plain = body(&decide(Fba, given), 1);
    assert_eq!(plain["memo"], "Amazon 028-1");
    let mapped = format!(
        "{given}
        map fulfilments memo = omit
        map fulfilments shipMethod = record 31
        map fulfilments custbody_route = text {{order.channel}} {{fulfilment.carriers}} {{fulfilment.date}}
        map fulfilments inventoryLocation = record 9
        map fulfilments tranDate = constant 2020-01-01"
    );
    let mapped = body(&decide(Fba, &mapped), 1);
    assert_eq!(mapped.get("memo"), None);
    assert_eq!(mapped["shipMethod"]["id"], "31");
    assert_eq!(mapped["custbody_route"], "fba UPS 2026-11-13");
    for field in ["inventoryLocation", "tranDate", "shipStatus", "item", "package"] {
        assert_eq!(mapped[field], plain[field], "{field}");
    }
    check(
        Fba,
        &format!("{given}\nmap fulfilments shipMethod = table order.service_level: NEXT_DAY → 5"),
        "ask MAPPING_FAILED:fulfilments:body:shipMethod",
    );
}

#[test]
fn cmn_28_rows_fill_the_lines_of_the_fulfilment_of_what_amazon_shipped() {
    let given = "order 028-1 shipped DE
        set orders.fba.import_as = sales_order
        package UPS 1Z999 on 2026-11-13T10:00:00Z
        2 × LAMP 20.00, shipping 4.90
        netsuite item LAMP";
    let plain = body(&decide(Fba, given), 1);
    let mapped = format!(
        "{given}
        map fulfilments/line custcol_route = text {{line.sku}} by {{fulfilment.carriers}}
        map fulfilments/line quantity = constant 9
        map fulfilments/line location = record 9"
    );
    let mapped = body(&decide(Fba, &mapped), 1);
    let lines = mapped["item"]["items"].as_array().unwrap();
    assert_eq!(lines.len(), 1, "shipping does not leave in a parcel: {lines:?}");
    assert_eq!(lines[0]["orderLine"], 1);
    assert_eq!(lines[0]["custcol_route"], "LAMP by UPS");
    assert_eq!(lines[0]["quantity"], 2);
    assert_eq!(lines[0]["location"], plain["inventoryLocation"]);
    check(
        Fba,
        &format!("{given}\nmap fulfilments/line description = table line.sku: OTHER → x"),
        "ask MAPPING_FAILED:fulfilments:line:description",
    );
}

#[test]
fn cmn_28_a_line_below_a_kit_is_asked_about_because_nobody_knows_its_number_yet() {
    let given = "order 028-1 shipped DE
        set orders.fba.import_as = sales_order
        package UPS 1Z999 on 2026-11-13T10:00:00Z
        1 × SET 50.00
        1 × LAMP 20.00
        netsuite item SET kit
        netsuite item LAMP";
    let of_all = format!("{given}\nmap fulfilments/line description = text {{line.sku}}");
    check(Fba, &of_all, "ask MAPPING_FAILED:fulfilments:line:description");
}
