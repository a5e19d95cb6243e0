//! Tax (flows.md §3.4).

use crate::flow::{Instead, Remedy};
use crate::orders::story::{check, decide, facts};
use crate::rules::Channel::{Fba, Mfn};

#[test]
fn o20_tax_02_a_seller_s_vat_inside_the_price_gets_a_line_of_its_own() {
    let given = "order 701-1 unshipped MX
        1 × LAMP 116.00, tax 16.00 by seller
        netsuite item LAMP";
    let expect = "create salesOrder AZN-SO-701-1
        entity 88
        tranDate 2026-11-14
        otherRefNum 701-1
        orderStatus B
        shipMethod post
        1 × lamp 100.00
        1 × tax 16.00
        total 116.00 MXN ± 0.02";
    check(Mfn, given, expect);
}

#[test]
fn o21_tax_01_vat_that_amazon_remits_is_left_off() {
    let given = "order 028-1 unshipped DE
        1 × LAMP 119.00, shipping 5.95, tax 19.00 by amazon, shipping-tax 0.95
        netsuite item LAMP";
    let expect = "create salesOrder AZN-SO-028-1
        entity 88
        tranDate 2026-11-14
        otherRefNum 028-1
        orderStatus B
        shipMethod post
        1 × lamp 100.00
        1 × shipping 5.00
        total 105.00 EUR ± 0.02";
    check(Mfn, given, expect);
}

#[test]
fn tax_04_amazon_s_one_tax_number_is_written_once_as_a_line() {
    let given = "order 028-1 unshipped US
        set tax.mode = line_item
        1 × LAMP 100.00, tax 12.00 by amazon
        netsuite item LAMP";
    let expect = "create salesOrder AZN-SO-028-1
        entity 88
        tranDate 2026-11-14
        otherRefNum 028-1
        orderStatus B
        shipMethod post
        1 × lamp 100.00
        1 × tax 12.00
        total 112.00 USD ± 0.02";
    check(Mfn, given, expect);
}

#[test]
fn tax_03_overwriting_the_tax_needs_a_code() {
    let given = "order 028-1 unshipped US
        set tax.mode = overwrite
        1 × LAMP 100.00, tax 8.00 by amazon
        netsuite item LAMP";
    check(Mfn, given, "ask TAX_CODE_MISSING:ATVPDKIKX0DER");
    let options = |given: &str| -> Vec<String> {
        let Err(Instead::Ask { problems }) = decide(Mfn, given) else {
            panic!("it asks")
        };
        let option = |remedy: &Remedy| match remedy {
            Remedy::SetOption { option, .. } => Some(option.clone()),
            _ => None,
        };
        problems[0].remedies.iter().filter_map(option).collect()
    };
    assert_eq!(options(given), ["tax.default_code", "tax.type", "tax.mode"]);
    let without_type = format!("{given}\nset tax.default_code = amazon-tax");
    assert_eq!(
        options(&without_type),
        ["tax.type", "tax.mode"],
        "what is missing is asked for"
    );
    let with_code = format!("{given}\nset tax.default_code = amazon-tax\nset tax.type = sales-tax");
    let expect = "create salesOrder AZN-SO-028-1
        entity 88
        tranDate 2026-11-14
        otherRefNum 028-1
        orderStatus B
        shipMethod post
        1 × lamp 100.00
        tax amazon-tax on 100.00 = 8.00
        total 108.00 USD ± 0.02";
    check(Mfn, &with_code, expect);
}

#[test]
fn whether_tax_is_inside_is_read_from_the_order_itself() {
    // Amazon's own total says that the tax comes on top, whatever the marketplace usually does.
    let given = "order 028-1 unshipped DE
        tax outside
        1 × LAMP 100.00, tax 19.00 by amazon
        netsuite item LAMP";
    let expect = "create salesOrder AZN-SO-028-1
        entity 88
        tranDate 2026-11-14
        otherRefNum 028-1
        orderStatus B
        shipMethod post
        1 × lamp 100.00
        total 100.00 EUR ± 0.02";
    check(Mfn, given, expect);
}

const HEAD: &str = "create salesOrder AZN-SO-028-1
    entity 88
    tranDate 2026-11-14
    otherRefNum 028-1
    orderStatus B
    shipMethod post";

#[test]
fn tax_05_suite_tax_accounts_get_the_seller_s_tax_on_the_line_and_legacy_accounts_on_a_line_of_its_own() {
    let given = "order 028-1 unshipped DE
        1 × LAMP 119.00, tax 19.00 by seller
        set tax.liability_default = seller
        netsuite item LAMP";
    let legacy = "1 × lamp 100.00\n1 × tax 19.00\ntotal 119.00 EUR ± 0.02";
    check(Mfn, given, &format!("{HEAD}\n{legacy}"));
    let suite = format!("{given}\nset tax.type = vat\nset tax.default_code = DE19");
    let on_the_line = "1 × lamp 100.00\ntax DE19 on 100.00 = 19.00\ntotal 119.00 EUR ± 0.02";
    check(Mfn, &suite, &format!("{HEAD}\n{on_the_line}"));
}

#[test]
fn tax_01_who_is_liable_is_told_item_by_item() {
    let given = "order 028-1 unshipped DE
        set tax.liability_default = seller
        1 × LAMP 119.00, tax 19.00 by amazon
        1 × BULB 11.90, tax 1.90 by seller
        netsuite item LAMP
        netsuite item BULB";
    let lines = "1 × lamp 100.00\n1 × bulb 10.00\n1 × tax 1.90\ntotal 111.90 EUR ± 0.02";
    check(Mfn, given, &format!("{HEAD}\n{lines}"));
}

#[test]
fn tax_01_without_a_word_amazon_is_liable_in_the_us_and_the_seller_elsewhere() {
    let us = "order 028-1 unshipped US\n1 × LAMP 20.00, tax 1.60\nnetsuite item LAMP";
    check(Mfn, us, &format!("{HEAD}\n1 × lamp 20.00\ntotal 20.00 USD ± 0.02"));
    let ca = "order 028-1 unshipped CA\n1 × LAMP 20.00, tax 2.60\nnetsuite item LAMP";
    check(
        Mfn,
        ca,
        &format!("{HEAD}\n1 × lamp 20.00\n1 × tax 2.60\ntotal 22.60 CAD ± 0.02"),
    );
}

const TABLE: &str = "set tax.mode = overwrite
    set tax.type = vat
    set tax.default_code = unknown
    set tax.liability_default = seller
    tax-code DE;DE;seller;* = domestic
    tax-code DE;*;seller;consumer = oss
    tax-code DE;FR;seller;consumer = oss-fr
    tax-code DE;*;seller;business = reverse-charge
    tax-code DE;*;amazon;* = facilitator
    tax-code DE;US;seller;* = export
    netsuite item LAMP";

#[test]
fn o21_tax_03_the_code_is_looked_up_by_where_from_where_to_who_is_liable_and_who_buys() {
    let order = |country: &str, by: &str| {
        format!(
            "order 028-1 unshipped DE
            address Jane Doe|1 High St|Town||{country}
            1 × LAMP 119.00, tax 19.00 by {by}
            {TABLE}"
        )
    };
    for (country, by, code) in [
        ("DE", "seller", "domestic"),
        ("IT", "seller", "oss"),
        ("FR", "seller", "oss-fr"),
        ("IT", "amazon", "facilitator"),
    ] {
        let lines = format!("1 × lamp 100.00\ntax {code} on 100.00 = 19.00\ntotal 119.00 EUR ± 0.02");
        check(Mfn, &order(country, by), &format!("{HEAD}\n{lines}"));
    }
    let lines = "1 × lamp 100.00\ntax unknown on 100.00 = 19.00\ntotal 119.00 EUR ± 0.02";
    let from_elsewhere = format!("{}\nset tax.ship_from = PL", order("DE", "seller"));
    check(Mfn, &from_elsewhere, &format!("{HEAD}\n{lines}"));
    let parcel = format!(
        "{}\npackage DHL 1 on 2026-11-13T10:00:00Z from PL",
        order("DE", "seller")
    );
    check(Mfn, &parcel, &format!("{HEAD}\n{lines}"));
}

#[test]
fn o21_tax_03_reverse_charge_export_and_what_amazon_remits_have_a_code_and_no_tax() {
    let order = |country: &str, more: &str, item: &str| {
        format!(
            "order 028-1 unshipped DE
            address Jane Doe|1 High St|Town||{country}
            {more}
            1 × LAMP {item}
            {TABLE}"
        )
    };
    let business = order("AT", "vat-id ATU12345678", "100.00, tax 0.00 by seller");
    let told = |code: &str| format!("{HEAD}\n1 × lamp 100.00\ntax {code} on 100.00 = 0\ntotal 100.00 EUR ± 0.02");
    check(Mfn, &business, &told("reverse-charge"));
    check(Mfn, &order("US", "", "100.00, tax 0.00 by seller"), &told("export"));
    let left_off = order("IT", "", "119.00, tax 19.00 by amazon").replace("overwrite", "exclude_collected");
    check(Mfn, &left_off, &told("facilitator"));
    // The code of all other sales says nothing about one without tax.
    let unknown = order("DE", "", "100.00, tax 0.00 by seller").replace("tax-code DE;DE", "tax-code PL;PL");
    let bare = unknown.replace("tax-code DE;*;seller;consumer = oss", "");
    check(Mfn, &bare, &format!("{HEAD}\n1 × lamp 100.00\ntotal 100.00 EUR ± 0.02"));
}

#[test]
fn tax_03_an_order_that_amazon_ships_abroad_gets_the_code_of_where_it_goes() {
    let given = format!(
        "order 028-1 shipped DE
        address ||||FR
        1 × LAMP 120.00, tax 20.00 by seller
        {TABLE}"
    );
    let expect = "create invoice AZN-IV-028-1
        entity 88
        tranDate 2026-11-14
        otherRefNum 028-1
        1 × lamp 100.00
        tax oss-fr on 100.00 = 20.00
        total 120.00 EUR ± 0.02";
    check(Fba, &given, expect);
    let nowhere = given.replace("address ||||FR", "");
    check(Fba, &nowhere, &expect.replace("oss-fr", "domestic"));
    let told = facts(Fba, &nowhere);
    assert!(
        told.iter().any(|fact| fact.name == "notice-country-assumed"),
        "and says that the country is assumed"
    );
}

#[test]
fn tax_01_lines_that_amazon_and_the_seller_owe_have_codes_of_their_own() {
    let given = format!(
        "order 028-1 unshipped DE
        address Jane Doe|1 High St|Town||IT
        1 × LAMP 119.00, shipping 5.95, tax 19.00 by amazon, shipping-tax 0.95
        1 × BULB 11.90, shipping 2.38, off 1.19, tax 1.71 by seller, shipping-tax 0.38
        netsuite item BULB
        {TABLE}"
    );
    let lines = "1 × lamp 100.00
        1 × shipping 5.00
        1 × bulb 10.19
        discount -1.19
        1 × shipping 2.00
        tax facilitator on 100.00 = 19.00
        tax facilitator on 5.00 = 0.95
        tax oss on 10.19 = 1.71
        tax oss on -1.19 = 0
        tax oss on 2.00 = 0.38
        total 138.04 EUR ± 0.02";
    check(Mfn, &given, &format!("{HEAD}\n{lines}"));
}

#[test]
fn tax_05_taxed_shipping_has_a_line_because_the_header_takes_no_tax() {
    let given = format!(
        "order 028-1 unshipped DE
        set orders.shipping_mode = header
        1 × LAMP 119.00, shipping 5.95, tax 19.00 by seller, shipping-tax 0.95
        {TABLE}"
    );
    let lines = "1 × lamp 100.00
        1 × shipping 5.00
        tax domestic on 100.00 = 19.00
        tax domestic on 5.00 = 0.95
        total 124.95 EUR ± 0.02";
    check(Mfn, &given, &format!("{HEAD}\n{lines}"));
    let legacy = given.replace("set tax.mode = overwrite", "set tax.mode = line_item");
    let lines = "shippingCost 5.00
        1 × lamp 100.00
        1 × tax 19.95
        total 124.95 EUR ± 0.02";
    check(Mfn, &legacy, &format!("{HEAD}\n{lines}"));
}

#[test]
fn o22_tax_04_a_province_has_a_code_of_its_own_and_its_tax_is_written_once() {
    let given = "order 028-1 unshipped CA
        address Jane Doe|1 Main St|Vancouver|BC|CA
        1 × LAMP 100.00, tax 12.00 by seller
        set tax.mode = overwrite
        set tax.type = gst
        tax-code CA;CA;seller;* = gst
        tax-code CA;CA-BC;seller;* = gst-pst
        netsuite item LAMP";
    let lines = "1 × lamp 100.00\ntax gst-pst on 100.00 = 12.00\ntotal 112.00 CAD ± 0.02";
    check(Mfn, given, &format!("{HEAD}\n{lines}"));
}

#[test]
fn tax_02_without_a_split_the_tax_is_taken_out_at_the_code_s_rate() {
    let given = "order 028-1 unshipped DE
        1 × LAMP 10.00, shipping 4.90
        set tax.liability_default = seller
        set tax.rate = 19
        netsuite item LAMP";
    let lines = "1 × lamp 8.40\n1 × shipping 4.12\n1 × tax 2.38\ntotal 14.90 EUR ± 0.02";
    check(Mfn, given, &format!("{HEAD}\n{lines}"));
}

#[test]
fn tax_02_a_price_whose_tax_nobody_knows_is_asked_about_and_never_booked_as_net() {
    let given = "order 028-1 unshipped DE
        1 × LAMP 10.00
        set tax.rate = nothing
        netsuite item LAMP";
    check(Mfn, given, "ask TAX_CODE_MISSING:A1PA6795UKMFR9:rate");
    let none = format!("{given}\nset tax.rate = 0");
    check(Mfn, &none, &format!("{HEAD}\n1 × lamp 10.00\ntotal 10.00 EUR ± 0.02"));
    let by_amazon = format!("{given}\nset tax.liability_default = amazon");
    check(
        Mfn,
        &by_amazon,
        &format!("{HEAD}\n1 × lamp 10.00\ntotal 10.00 EUR ± 0.02"),
    );
    let by_netsuite = format!("{given}\nset tax.mode = netsuite");
    check(Mfn, &by_netsuite, "ask TAX_CODE_MISSING:A1PA6795UKMFR9:rate");
    let inside = format!("{by_netsuite}\nset tax.prices_include = on");
    check(Mfn, &inside, &format!("{HEAD}\n1 × lamp 10.00"));
    // What costs nothing contains nothing, and where prices have the tax on top there is none inside.
    let free = given.replace("LAMP 10.00", "LAMP 0.00");
    check(Mfn, &free, &format!("{HEAD}\n1 × lamp 0\ntotal 0.00 EUR ± 0.02"));
    let ca = given.replace("unshipped DE", "unshipped CA");
    check(Mfn, &ca, &format!("{HEAD}\n1 × lamp 10.00\ntotal 10.00 CAD ± 0.02"));
}

#[test]
fn tax_02_each_tax_code_has_its_own_rate_so_that_a_sale_abroad_gets_the_tax_of_where_it_goes() {
    let order = |country: &str| {
        format!(
            "order 028-1 unshipped DE
            address Jane Doe|1 High St|Town||{country}
            1 × LAMP 120.00
            set tax.rate = 19
            set tax.liability_default = seller
            tax-code DE;DE;seller;* = 7
            tax-code DE;FR;seller;* = 8
            tax-code DE;IT;seller;* = 9
            tax-rate 8 = 20
            netsuite item LAMP"
        )
    };
    let fr = "1 × lamp 100.00\n1 × tax 20.00\ntotal 120.00 EUR ± 0.02";
    check(Mfn, &order("FR"), &format!("{HEAD}\n{fr}"));
    let de = "1 × lamp 100.84\n1 × tax 19.16\ntotal 120.00 EUR ± 0.02";
    check(Mfn, &order("DE"), &format!("{HEAD}\n{de}"));
    check(Mfn, &order("AT"), &format!("{HEAD}\n{de}"));
    check(Mfn, &order("IT"), "ask TAX_CODE_MISSING:A1PA6795UKMFR9:rate:9");
}

#[test]
fn tax_02_netsuite_s_own_tax_gets_the_net_price_or_the_gross_one() {
    let given = "order 028-1 unshipped DE
        1 × LAMP 119.00, tax 19.00 by seller
        set tax.mode = netsuite
        netsuite item LAMP";
    check(Mfn, given, &format!("{HEAD}\n1 × lamp 100.00"));
    let inside = format!("{given}\nset tax.prices_include = on");
    check(Mfn, &inside, &format!("{HEAD}\n1 × lamp 119.00"));
}
