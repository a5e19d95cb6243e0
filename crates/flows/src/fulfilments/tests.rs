//! Decisions about shipments, as text. Each test is named by the rule or the scenario of flows.md that it proves.

use super::story::{check, check_cancelled, story};
use crate::flow::{Flow, Remedy};
use crate::fulfilments::shipments::Shipments;

const WHOLE: &str = "order 2 × MUG
    ships 77 by DHL Paket with A1: 2 × MUG";

#[test]
fn f1_ful_02_a_whole_order_is_one_confirmation() {
    check(WHOLE, "confirm 7701 DHL DHL A1 at 2026-11-13T11:00: 2 of 1");
}

#[test]
fn f1_ful_09_accepted_is_sent_and_done_only_when_amazon_shows_it() {
    let still = "confirm 7701 DHL DHL A1 at 2026-11-13T11:00: 2 of 1";
    check(&format!("{WHOLE}\ntold 5 minutes ago"), still);
    check(
        &format!("{WHOLE}\ntold\nhas 7701 with A1: 2 × MUG"),
        "skip reason-confirmed",
    );
    check(&format!("{WHOLE}\ntold 40 minutes ago"), "ask SHIPMENT_NOT_TAKEN:DHL");
}

#[test]
fn f2_ful_04_each_fulfilment_confirms_its_own_units() {
    check(
        "order 3 × MUG, 1 × LAMP
        ships 77 by DHL with A1: 2 × MUG
        told
        has 7701 with A1: 2 × MUG
        ships 78 by DHL with B2: 1 × MUG, 1 × LAMP",
        "confirm 7701 DHL DHL A1 at 2026-11-13T11:00: 2 of 1
        confirm 7801 DHL DHL B2 at 2026-11-13T11:00: 1 of 1, 1 of 2",
    );
}

#[test]
fn f3_ful_03_two_parcels_are_two_confirmations_with_references_of_their_own() {
    check(
        "order 3 × MUG
        ships 77 by UPS Ground with A1 B2: 3 × MUG",
        "confirm 7701 UPS UPS A1 at 2026-11-13T11:00: 2 of 1
        confirm 7702 UPS UPS B2 at 2026-11-13T11:00: 1 of 1",
    );
    check(
        "order 3 × MUG
        set fulfil.multi_package = first_only
        ships 77 by UPS Ground with A1 B2: 3 × MUG",
        "confirm 7701 UPS UPS A1 at 2026-11-13T11:00: 3 of 1",
    );
}

#[test]
fn ful_03_numbers_without_units_left_for_them_are_listed() {
    let story = story(
        "order 1 × MUG
        ships 77 by DHL with A1 B2: 1 × MUG",
    );
    let facts = Shipments::facts(&story.seen, &story.rules);
    let surplus = facts.iter().find(|fact| fact.name == "surplus_tracking").unwrap();
    assert_eq!(surplus.value, domain::text::Arg::Text("B2".into()));
}

#[test]
fn f4_ful_05_components_become_kits_and_a_broken_kit_waits() {
    let kit = "order 2 × SET
        kit SET of 2 × CUP, 1 × POT";
    check(
        &format!("{kit}\nships 77 by DHL with A1: 4 × CUP, 2 × POT"),
        "confirm 7701 DHL DHL A1 at 2026-11-13T11:00: 2 of 1",
    );
    check(
        &format!("{kit}\nships 77 by DHL with A1: 4 × CUP, 1 × POT"),
        "confirm 7701 DHL DHL A1 at 2026-11-13T11:00: 1 of 1",
    );
    check(
        "order 1 × PACK
        link PACK = MUG × 2
        ships 77 by DHL with A1: 1 × MUG",
        "wait reason-kit-incomplete",
    );
    check(
        "order 1 × PACK
        link PACK = MUG × 2
        ships 77 by DHL with A1: 1 × MUG
        ships 78 by DHL with B2: 1 × MUG",
        "confirm 7801 DHL DHL B2 at 2026-11-13T11:00: 1 of 1",
    );
}

#[test]
fn o7_ful_04_one_sku_on_two_lines_goes_to_the_right_order_items() {
    check(
        "order 1 × MUG, 2 × MUG
        ships 77 by DHL with A1: 1 × MUG",
        "confirm 7701 DHL DHL A1 at 2026-11-13T11:00: 1 of 1",
    );
}

#[test]
fn f5_ful_06_an_unknown_carrier_goes_as_other_or_asks() {
    check(
        "order 1 × MUG
        ships 77 by Our van with A1: 1 × MUG",
        "confirm 7701 Other Our van A1 at 2026-11-13T11:00: 1 of 1",
    );
    check(
        "order 1 × MUG
        set fulfil.carrier_other = off
        ships 77 by Our van with A1: 1 × MUG",
        "ask CARRIER_UNMAPPED:Our van",
    );
    check(
        "order 1 × MUG
        ships 77 with A1: 1 × MUG",
        "ask CARRIER_UNMAPPED:",
    );
}

#[test]
fn ful_06_the_sellers_own_table_comes_first() {
    let mut story = story(
        "order 1 × MUG
        ships 77 by Our van with A1: 1 × MUG",
    );
    let table = [("our van".to_owned(), "royal mail".to_owned())].into();
    story.rules.tables.insert("carriers".into(), table);
    let decided = super::story::shown(&Shipments::decide(&story.seen, &story.rules));
    assert_eq!(
        decided,
        "confirm 7701 Royal Mail Royal Mail A1 at 2026-11-13T11:00: 1 of 1"
    );
}

#[test]
fn f6_ful_07_without_a_number_it_asks_or_goes_by_feed() {
    let given = "order 1 × MUG
        ships 77 by DHL: 1 × MUG";
    check(given, "ask TRACKING_MISSING:028-1");
    let allowed = format!("{given}\nset fulfil.allow_untracked = on");
    check(&allowed, "feed for A1SELLER: 7700 left by DHL: 1 of 1");
    check(&format!("{allowed}\ntold\nfeed taken"), "skip reason-confirmed");
    check(
        &format!("{allowed}\ntold\nfeed working"),
        "feed for A1SELLER: 7700 left by DHL: 1 of 1",
    );
    check(
        &format!("{allowed}\ntold\nfeed refused No such order."),
        "ask FEED_REJECTED:028-1",
    );
}

#[test]
fn f6_ful_07_the_question_offers_the_switch_and_looks_again_by_itself() {
    let story = story(
        "order 1 × MUG
        ships 77 by DHL: 1 × MUG",
    );
    let Err(crate::flow::Instead::Ask { problems }) = Shipments::decide(&story.seen, &story.rules) else {
        panic!("it must ask");
    };
    let switch = Remedy::SetOption {
        option: "fulfil.allow_untracked".into(),
        marketplace: Some("A1PA6795UKMFR9".into()),
    };
    assert!(problems[0].remedies.contains(&switch) && problems[0].remedies.contains(&Remedy::Retry));
}

#[test]
fn f7_ful_09_what_was_shipped_at_amazon_by_other_means_is_done() {
    check(
        &format!("{WHOLE}\nhas 1 with X9: 2 × MUG"),
        "skip reason-parcels-known-to-amazon",
    );
    check(
        &format!("{WHOLE}\namazon SHIPPED"),
        "skip reason-parcels-known-to-amazon",
    );
    check(&format!("{WHOLE}\nhas 1 with a 1: 2 × MUG"), "skip reason-confirmed");
}

#[test]
fn f8_ful_10_a_corrected_number_edits_the_same_parcel() {
    let given = "order 2 × MUG
        ships 77 by DHL Paket with A1: 2 × MUG
        told
        has 7701 with A1: 2 × MUG";
    let mut story = story(given);
    story.seen.shipped[0].tracking = vec!["A2".into()];
    let shown = super::story::shown(&Shipments::decide(&story.seen, &story.rules));
    assert_eq!(shown, "confirm 7701 DHL DHL A2 at 2026-11-13T11:00: 2 of 1");
    story.rules.options.set("", "fulfil.send_updates", "off");
    let shown = super::story::shown(&Shipments::decide(&story.seen, &story.rules));
    assert_eq!(shown, "skip reason-tracking-updates-off");
}

#[test]
fn f9_ful_04_more_than_was_ordered_asks_before_anything_is_sent() {
    check(
        "order 1 × MUG, 1 × LAMP
        ships 77 by DHL with A1: 2 × MUG",
        "ask SHIPPED_TOO_MANY:028-1",
    );
    check(
        "order 2 × MUG, 1 × LAMP
        has 5 with Z9: 1 × MUG
        ships 77 by DHL with A1: 2 × MUG",
        "ask SHIPPED_TOO_MANY:028-1",
    );
}

#[test]
fn ful_04_what_left_although_all_of_its_line_was_cancelled_asks() {
    check(
        "order 1 × MUG, 0 × LAMP
        ships 77 by DHL with A1: 1 × MUG, 2 × LAMP",
        "ask SHIPPED_TOO_MANY:028-1",
    );
    check(
        "order 1 × MUG, 0 × LAMP
        ships 77 by DHL with A1: 1 × MUG",
        "confirm 7701 DHL DHL A1 at 2026-11-13T11:00: 1 of 1",
    );
}

#[test]
fn ful_08_the_day_is_sent_as_noon_never_in_the_future_never_before_the_purchase() {
    check(
        "order 1 × MUG
        ships 77 on 2026-11-20 by DHL with A1: 1 × MUG",
        "confirm 7701 DHL DHL A1 at 2026-11-14T12:00: 1 of 1",
    );
    check(
        "order 1 × MUG
        ships 77 on 2026-11-01 by DHL with A1: 1 × MUG",
        "confirm 7701 DHL DHL A1 at 2026-11-12T12:00: 1 of 1",
    );
}

#[test]
fn ful_08_passing_time_alone_corrects_nothing() {
    let mut story = story(
        "order 1 × MUG
        ships 77 on 2026-11-14 by DHL with A1: 1 × MUG
        told",
    );
    let before = Shipments::decide(&story.seen, &story.rules).unwrap();
    story.rules.now += chrono::Duration::minutes(20);
    assert_eq!(Shipments::decide(&story.seen, &story.rules).unwrap(), before);
}

#[test]
fn ful_01_only_what_has_left_is_told() {
    check(&format!("{WHOLE}\nstatus 77 B"), "wait reason-not-shipped-yet");
    check(&format!("{WHOLE}\nstatus 77 A"), "wait reason-not-shipped-yet");
    check(
        &format!("{WHOLE}\namazon PENDING"),
        "wait reason-payment-being-verified",
    );
    check(&format!("{WHOLE}\namazon CANCELLED"), "skip reason-cancelled-at-amazon");
}

#[test]
fn ful_10a_a_label_of_amazons_needs_no_confirmation() {
    check(&format!("{WHOLE}\nprogram FBM_SHIP_PLUS"), "skip reason-amazon-label");
    check(
        &format!("{WHOLE}\nprogram AMAZON_EASY_SHIP"),
        "skip reason-amazon-label",
    );
}

#[test]
fn ful_12_a_fulfilment_taken_back_after_the_confirmation_is_shown() {
    check(
        &format!("{WHOLE}\ntold\nstatus 77 B"),
        "ask NETSUITE_EDITED:028-1:shipment",
    );
}

#[test]
fn fulfil_cancel_out_is_off_until_somebody_wants_it() {
    let given = "order 2 × MUG
        closed";
    check_cancelled(given, "skip reason-cancel-out-off");
    check_cancelled(
        &format!("{given}\nset fulfil.cancel_out = on"),
        "feed for A1SELLER: cancel 1",
    );
    check_cancelled(
        &format!("{given}\nset fulfil.cancel_out = on\namazon SHIPPED"),
        "skip reason-too-late-to-cancel",
    );
}

#[test]
fn ful_09_a_corrected_number_is_done_only_when_amazon_shows_it() {
    let corrected = "order 2 × MUG
        ships 77 by DHL Paket with A1: 2 × MUG
        told
        has 7701 with A1: 2 × MUG
        amazon SHIPPED
        tracks 77 with A2";
    check(corrected, "confirm 7701 DHL DHL A2 at 2026-11-13T11:00: 2 of 1");
    let mut story = story(&format!("{corrected}\nset fulfil.send_updates = on"));
    let Ok(steps) = Shipments::decide(&story.seen, &story.rules) else {
        panic!("it is told")
    };
    let crate::flow::Write::Amazon(write) = steps[0].write.clone() else {
        panic!("to Amazon")
    };
    story.seen.told[0].write = write;
    story.seen.told[0].at = story.rules.now - chrono::Duration::minutes(5);
    let decided = |story: &super::story::Story| super::story::shown(&Shipments::decide(&story.seen, &story.rules));
    assert_eq!(
        decided(&story),
        "confirm 7701 DHL DHL A2 at 2026-11-13T11:00: 2 of 1",
        "sent, and not shown yet"
    );
    story.seen.told[0].at = story.rules.now - chrono::Duration::minutes(40);
    assert_eq!(decided(&story), "ask SHIPMENT_NOT_TAKEN:028-1", "FUL-10");
    let Err(crate::flow::Instead::Ask { problems }) = Shipments::decide(&story.seen, &story.rules) else {
        panic!("it must ask")
    };
    assert_eq!(problems[0].what.id, "problem-tracking-not-corrected");
    story.seen.order.packages[0].tracking = Some("A2".into());
    assert_eq!(decided(&story), "skip reason-confirmed");
}

#[test]
fn ful_10_a_corrected_carrier_alone_is_told_too() {
    let given = "order 2 × MUG
        ships 77 by DHL Paket with A1: 2 × MUG
        told
        has 7701 with A1: 2 × MUG
        sends 77 by UPS Ground";
    check(given, "confirm 7701 UPS UPS A1 at 2026-11-13T11:00: 2 of 1");
}

#[test]
fn ful_07_ful_10_a_number_that_comes_later_belongs_to_the_parcel_told_without_one() {
    let untracked = "order 3 × MUG
        set fulfil.allow_untracked = on
        ships 77 by DHL: 2 × MUG
        told
        feed taken
        has 1 with nothing: 2 × MUG";
    check(untracked, "skip reason-confirmed");
    check(
        &format!("{untracked}\ntracks 77 with A1"),
        "confirm 1 DHL DHL A1 at 2026-11-13T11:00: 2 of 1",
    );
    check(
        &format!("{untracked}\namazon SHIPPED\ntracks 77 with A1"),
        "confirm 1 DHL DHL A1 at 2026-11-13T11:00: 2 of 1",
    );
    check(
        "order 3 × MUG
        set fulfil.allow_untracked = on
        ships 77 by DHL: 2 × MUG
        told
        feed working
        tracks 77 with A1",
        "feed for A1SELLER: 7700 left by DHL: 2 of 1",
    );
}

#[test]
fn ful_06_ful_07_a_question_about_one_parcel_holds_up_no_other() {
    check(
        "order 2 × MUG, 1 × LAMP
        ships 77 by DHL: 2 × MUG
        ships 78 by DHL with B2: 1 × LAMP",
        "confirm 7801 DHL DHL B2 at 2026-11-13T11:00: 1 of 2
        ask TRACKING_MISSING:028-1",
    );
    check(
        "order 2 × MUG, 1 × LAMP
        ships 77 by DHL with A1: 2 × MUG
        told 40 minutes ago
        ships 78 by DHL with B2: 1 × LAMP",
        "confirm 7801 DHL DHL B2 at 2026-11-13T11:00: 1 of 2
        ask SHIPMENT_NOT_TAKEN:DHL",
    );
}

#[test]
fn ful_10_corrections_stay_off_when_a_new_parcel_goes() {
    check(
        "order 2 × MUG, 1 × LAMP
        set fulfil.send_updates = off
        ships 77 by DHL with A1: 2 × MUG
        told
        has 7701 with A1: 2 × MUG
        tracks 77 with A2
        ships 78 by DHL with B2: 1 × LAMP",
        "confirm 7801 DHL DHL B2 at 2026-11-13T11:00: 1 of 2",
    );
}

#[test]
fn ful_09_cmn_26_a_person_who_tries_again_sends_again() {
    let lost = format!("{WHOLE}\ntold 40 minutes ago\nagain");
    check(&lost, "confirm 7701 DHL DHL A1 at 2026-11-13T11:00: 2 of 1");
    check(
        "order 1 × MUG
        set fulfil.allow_untracked = on
        ships 77 by DHL: 1 × MUG
        told
        feed refused No such order.
        again",
        "feed for A1SELLER: 7700 left by DHL: 1 of 1",
    );
    check(
        "order 2 × MUG, 1 × LAMP
        ships 77 by DHL with A1: 2 × MUG
        told 40 minutes ago
        has 7701 with A1: 2 × MUG
        ships 78 by DHL with B2: 1 × LAMP
        again",
        "confirm 7801 DHL DHL B2 at 2026-11-13T11:00: 1 of 2",
    );
}

#[test]
fn ful_09_nothing_is_lost_before_amazons_side_was_read_again() {
    check(
        &format!("{WHOLE}\ntold 40 minutes ago\nunread"),
        "confirm 7701 DHL DHL A1 at 2026-11-13T11:00: 2 of 1",
    );
}

#[test]
fn ful_09_a_feed_that_amazon_forgot_is_its_orders_matter() {
    let given = "order 1 × MUG
        set fulfil.allow_untracked = on
        ships 77 by DHL: 1 × MUG
        told 40 minutes ago
        feed forgotten";
    check(given, "ask SHIPMENT_NOT_TAKEN:");
    check(&format!("{given}\namazon SHIPPED"), "skip reason-confirmed");
}

#[test]
fn itm_01_ful_04_lines_are_known_as_they_were_written() {
    // The SKU is matched by a field of the item that no order line shows.
    let given = "order 1 × MUG, 2 × LAMP
        renames MUG to NS-1
        renames LAMP to NS-2
        set orders.shipping_item = 900
        ships 77 by DHL with A1: 2 × NS-2";
    check(given, "ask ITEM_NOT_FOUND:MUG\n        ask ITEM_NOT_FOUND:LAMP");
    let confirmed = "confirm 7701 DHL DHL A1 at 2026-11-13T11:00: 2 of 2";
    check(&format!("{given}\nwrote 1 × MUG, 2 × LAMP, 1 × 900"), confirmed);
    check(&format!("{given}\nwrote 1 × MUG for 1, 2 × LAMP for 2"), confirmed);
    check(
        "order 1 × PACK
        link PACK = MUG × 2
        wrote 2 × MUG
        relink PACK = LAMP
        ships 77 by DHL with A1: 2 × MUG",
        "confirm 7701 DHL DHL A1 at 2026-11-13T11:00: 1 of 1",
    );
}

#[test]
fn ful_09_a_fulfilment_that_amazon_shows_is_marked_once_where_the_fields_are_on() {
    let given = format!("{WHOLE}\ntold\nhas 7701 with A1: 2 × MUG\nset orders.custom_fields = on");
    check(
        &given,
        r#"change {"custbody_azn_confirm_status":"confirmed 2026-11-14T11:59:00Z"}"#,
    );
    let mut story = story(&given);
    story.seen.shipped[0].confirmation = Some("confirmed 2026-11-14T11:59:00Z".into());
    let shown = super::story::shown(&Shipments::decide(&story.seen, &story.rules));
    assert_eq!(shown, "skip reason-confirmed");
}

#[test]
fn cmn_28_ful_06_a_row_says_who_carries_a_parcel() {
    let say = |row: &str, carrier: &str| {
        check(
            &format!("{WHOLE}\nmap shipments {row}"),
            &format!("confirm 7701 {carrier} A1 at 2026-11-13T11:00: 2 of 1"),
        );
    };
    say("carrierCode = table fulfilment.ship_method: DHL Paket → GLS", "GLS GLS");
    say("carrierCode = constant royal mail", "Royal Mail Royal Mail");
    // A code that Amazon does not have would vanish without a word: it goes as a name.
    say("carrierCode = constant Spedition Nord", "Other Spedition Nord");
    say("carrierName = constant Our van", "Other Our van");
    say("carrierCode = constant other", "Other DHL Paket");
    say(
        "carrierCode = expression if parcel.carrier_code == \"DHL\" { \"DHL Global Mail\" } else { \"\" }",
        "DHL Global Mail DHL Global Mail",
    );
    check(
        "order 3 × MUG
        ships 77 by Nord with A1 B2: 3 × MUG
        map shipments carrierCode = table parcel.tracking: A1 → DHL, B2 → GLS",
        "confirm 7701 DHL DHL A1 at 2026-11-13T11:00: 2 of 1
        confirm 7702 GLS GLS B2 at 2026-11-13T11:00: 1 of 1",
    );
}

#[test]
fn cmn_28_ful_06_a_row_answers_the_question_who_carries_it() {
    let nobody = "order 1 × MUG
        set fulfil.carrier_other = off
        ships 77 by Nord with A1: 1 × MUG";
    check(nobody, "ask CARRIER_UNMAPPED:Nord");
    check(
        &format!("{nobody}\nmap shipments carrierName = field fulfilment.ship_method"),
        "confirm 7701 Other Nord A1 at 2026-11-13T11:00: 1 of 1",
    );
}

#[test]
fn cmn_28_ful_08_a_row_gives_the_day_and_the_rules_of_the_day_stay() {
    let day = |row: &str, at: &str| {
        check(
            &format!("{WHOLE}\nmap shipments shipDate = {row}"),
            &format!("confirm 7701 DHL DHL A1 at {at}: 2 of 1"),
        );
    };
    day("constant 2026-11-14", "2026-11-14T11:00");
    day("constant 2026-12-24", "2026-11-14T12:00");
    day("constant 2026-01-01", "2026-11-12T12:00");
}

#[test]
fn cmn_25_cmn_28_a_row_about_a_parcel_that_cannot_be_applied_asks() {
    for (row, field) in [
        ("carrierCode = table fulfilment.ship_method: UPS → UPS", "carrierCode"),
        ("carrierCode = omit", "carrierCode"),
        ("shipDate = constant tomorrow", "shipDate"),
    ] {
        check(
            &format!("{WHOLE}\nmap shipments {row}"),
            &format!("ask MAPPING_FAILED:shipments:body:{field}"),
        );
    }
}

#[test]
fn cmn_29_no_row_reaches_what_is_in_a_parcel_or_its_numbers() {
    let rows = [
        "packageReferenceId",
        "trackingNumber",
        "orderItems",
        "quantity",
        "marketplaceId",
    ];
    let attacked = rows
        .map(|field| format!("map shipments {field} = constant 9"))
        .join("\n");
    check(
        &format!("{WHOLE}\n{attacked}"),
        "confirm 7701 DHL DHL A1 at 2026-11-13T11:00: 2 of 1",
    );
}

#[test]
fn ful_10_a_carrier_that_a_row_corrects_is_told_again_and_a_service_is_not() {
    let shown = format!("{WHOLE}\ntold 40 minutes ago\nhas 7701 with A1: 2 × MUG");
    check(
        &format!("{shown}\nmap shipments carrierCode = constant GLS"),
        "confirm 7701 GLS GLS A1 at 2026-11-13T11:00: 2 of 1",
    );
    check(
        &format!("{shown}\nmap shipments shippingMethod = constant Express"),
        "skip reason-confirmed",
    );
}

/// The parcel that Amazon is told first.
fn told(given: &str) -> amazon::shipping::Parcel {
    let story = story(given);
    let steps = Shipments::decide(&story.seen, &story.rules).unwrap();
    let crate::flow::Write::Amazon(amazon::Write::Confirm(told)) = &steps[0].write else {
        panic!("no confirmation")
    };
    told.parcel.clone()
}

#[test]
fn ful_02_where_a_parcel_left_from_is_told_as_the_seller_registered_it() {
    let source = |row: &str| {
        told(&format!(
            "order 1 × MUG\nships 77 by DHL from Lyon with A1: 1 × MUG\n{row}"
        ))
        .supply_source
    };
    assert_eq!(source(""), None, "only the seller knows Amazon's ids of his places");
    let row = "map shipments shipFromSupplySourceId = table fulfilment.location_title: Lyon → 8f1e, Berlin → 2c77";
    assert_eq!(source(row).as_deref(), Some("8f1e"));
}

#[test]
fn cmn_28_the_service_of_a_parcel_is_mapped_or_left_out() {
    let method = |row: &str| told(&format!("{WHOLE}\n{row}")).method;
    assert_eq!(method("").as_deref(), Some("DHL Paket"));
    assert_eq!(
        method("map shipments shippingMethod = text {fulfilment.ship_method} {order.country}").as_deref(),
        Some("DHL Paket DE")
    );
    assert_eq!(method("map shipments shippingMethod = omit"), None);
}
