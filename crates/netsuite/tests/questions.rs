//! SuiteQL: what is asked and how rows are read.
#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

use domain::ExternalId;
use netsuite::queries::{self, ItemAsk, ItemColumn, ItemField, ItemKey};
use netsuite::{AmazonSettlement, AmazonSettlementLine, Query, RecordId, RecordType, Rows, Target};
use rust_decimal::Decimal;
use wire::{Call, Method, Request, Response};

fn answer(body: &str) -> Response {
    Response {
        status: 200,
        headers: Vec::new(),
        body: body.into(),
    }
}

#[test]
fn a_query_is_a_transient_post_with_its_values_beside_it() {
    let query = queries::postings(&RecordId("221".into()), "Amazon settlement 9'0");
    let request = query.request();
    assert_eq!(
        (request.method, request.path.as_str()),
        (Method::Post, "/services/rest/query/v1/suiteql")
    );
    assert_eq!(
        request.query,
        [("limit".into(), "1000".into()), ("offset".into(), "0".into())]
    );
    assert!(request.headers.contains(&("prefer".into(), "transient".into())));
    let body: serde_json::Value = serde_json::from_slice(&request.body).unwrap();
    assert_eq!(body["params"], serde_json::json!(["221", "Amazon settlement 9'0"]));
    assert_eq!(body["q"].as_str().unwrap().matches('?').count(), 2);
}

#[test]
fn p2_many_things_are_asked_for_at_once() {
    let orders: Vec<String> = (0..450).map(|number| format!("028-{number}")).collect();
    let asked = queries::by_order_number(&orders);
    assert_eq!(
        asked.iter().map(|query| query.params.len()).collect::<Vec<_>>(),
        [200, 200, 50]
    );
    assert!(
        asked
            .iter()
            .all(|query| query.q.matches('?').count() == query.params.len())
    );
    assert!(queries::by_external_id(&[]).is_empty(), "nothing to ask, nothing asked");
    let skus = queries::items(&ItemKey::Name, &[" lamp-red ".into()]);
    assert_eq!(skus[0].params, ["LAMP-RED"]);
}

#[test]
fn itm_01_only_the_id_of_a_custom_item_field_can_stand_in_a_query() {
    let field = ItemField::named("custitem_amazon_sku").unwrap();
    let query = &queries::items(&ItemKey::Field(field.clone()), &["a".into()])[0];
    assert!(
        query.q.contains("WHERE UPPER(i.custitem_amazon_sku) IN (?)"),
        "{}",
        query.q
    );
    let lines = &queries::order_lines(&[RecordId("4711".into())], &[field])[0];
    assert!(lines.q.contains(" i.custitem_amazon_sku, l.quantity"), "{}", lines.q);
    let long = format!("custitem_{}", "x".repeat(40));
    for wrong in [
        "itemid",
        "custitem",
        "custbody_sku",
        "custitem_x FROM item --",
        "custitem_X",
        "custitem_é",
        &long,
    ] {
        assert_eq!(ItemField::named(wrong), None, "{wrong}");
    }
}

#[test]
fn set_24_an_invoice_is_read_with_its_open_amount() {
    let query = &queries::by_external_id(&[ExternalId::invoice("028-1", None)])[0];
    let page = query
        .read(&answer(
            r#"{"links":[],"count":2,"hasMore":false,"offset":0,"totalResults":2,"items":[
            {"links":[],"id":"5120","type":"CustInvc","tranid":"INV7","externalid":"AZN-IV-028-1","status":"CustInvc:A",
             "entity":"88","customerinactive":"F","currency":"EUR","foreigntotal":"29.90","foreignamountunpaid":"12.40",
             "trandate":"2026-11-20"},
            {"links":[],"id":"7","type":"Estimate","status":"A","trandate":"2026-11-20","foreigntotal":"-1"}]}"#,
        ))
        .unwrap();
    let invoice = &page.rows[0];
    assert_eq!(invoice.record, Some(RecordType::Invoice));
    assert_eq!(
        (invoice.status.as_str(), invoice.open.to_string().as_str()),
        ("A", "12.40")
    );
    assert_eq!(
        (invoice.total, invoice.currency),
        (Decimal::new(2990, 2), Some(domain::Currency::EUR))
    );
    assert_eq!((page.rows[1].record, page.rows[1].total), (None, Decimal::ONE));
}

#[test]
fn a_sales_lines_are_turned_to_the_side_that_the_document_prints() {
    let query = &queries::lines_of(&[RecordId("1".into())])[0];
    let row = |kind: &str| {
        let body = format!(
            r#"{{"hasMore":false,"items":[{{"transaction":"1","linesequencenumber":"2","item":"501","itemid":"LAMP",
            "quantity":"-3","rate":"3.33333333","foreignamount":"-10.00","type":"{kind}"}}]}}"#
        );
        query.read(&answer(&body)).unwrap().rows.remove(0)
    };
    let sold = row("CustInvc");
    assert_eq!(
        (sold.quantity, sold.amount.to_string().as_str(), sold.line),
        (Decimal::from(3), "10.00", 2)
    );
    assert_eq!(row("CustCred").quantity, Decimal::from(-3));
}

#[test]
fn pages_follow_each_other_up_to_netsuites_reach() {
    let query: Query<String> = Query::new("SELECT id FROM item", Vec::new(), |row| row.text("id"));
    let page = Rows {
        rows: Vec::new(),
        has_more: true,
        total: None,
    };
    let next = query.after(&page).unwrap();
    assert_eq!((next.offset, next.limit), (1_000, 1_000));
    assert!(
        Query {
            offset: 99_000,
            ..query.clone()
        }
        .after(&page)
        .is_none()
    );
    assert!(
        query
            .after(&Rows {
                has_more: false,
                ..page
            })
            .is_none()
    );
}

#[test]
fn a_row_that_is_not_what_was_asked_for_is_a_misreading() {
    let query = &queries::by_external_id(&[ExternalId::journal("1", None)])[0];
    let bad = [
        "",
        "<html>",
        r#"{"items":[]}"#,
        r#"{"hasMore":false,"items":[{"id":"1"}]}"#,
        r#"{"hasMore":false,"items":[{"id":"1","trandate":"11/20/2026"}]}"#,
        r#"{"hasMore":false,"items":[{"id":"1","trandate":"2026-11-20","foreigntotal":"1,00"}]}"#,
    ];
    for body in bad {
        assert!(query.read(&answer(body)).is_err(), "{body}");
    }
}

#[test]
fn the_servers_time_is_asked_for_by_a_plain_read() {
    let asked = netsuite::system::ServerTime.request();
    assert_eq!(asked, Request::new(Method::Get, "/services/rest/system/v1/serverTime"));
    const { assert!(!netsuite::system::ServerTime::WRITES) };
}

#[test]
fn the_servers_time_is_found_whatever_its_field_is_called() {
    let read = |body: &str| netsuite::system::ServerTime.read(&answer(body));
    assert_eq!(
        read(r#"{"serverTime":"2026-11-23T09:00:00Z"}"#).unwrap().timestamp(),
        1_795_424_400
    );
    assert!(read(r#"{"time":"soon"}"#).is_err());
}

/// SET-55, SET-63: of items only what a setting needs is asked, for a column that an account does not have would refuse the
/// whole question.
#[test]
fn set_55_set_63_one_column_of_an_item_is_asked_at_a_time() {
    let items = [RecordId("310".into())];
    let asked = |ask: ItemAsk| queries::items_say(&ask, &items)[0].q.clone();
    let select = |column: &str| format!("SELECT i.id, {column} FROM item i WHERE i.id IN (?) ORDER BY i.id");
    let class = || ItemColumn::named("class").unwrap();
    assert_eq!(asked(ItemAsk::Id(class())), select("i.class AS said"));
    assert_eq!(asked(ItemAsk::Text(class())), select("BUILTIN.DF(i.class) AS said"));
    let brand = ItemColumn::named("custitem_brand").unwrap();
    assert_eq!(asked(ItemAsk::Id(brand)), select("i.custitem_brand AS said"));
    assert_eq!(asked(ItemAsk::AverageCost), select("i.averagecost AS cost"));
    assert_eq!(ItemColumn::named("cost; --"), None);
}

/// SET-22: the record types of the setup package.
#[test]
fn set_22_every_field_that_is_written_is_asked_for() {
    let line = AmazonSettlementLine {
        external_id: ExternalId::settlement_line_record("900", "17.0"),
        parent: Target::Id(RecordId("12".into())),
        kind: String::new(),
        description: String::new(),
        order: String::new(),
        skus: String::new(),
        date: None,
        customer: Decimal::ZERO,
        tax: Decimal::ZERO,
        fees: Decimal::ZERO,
        net: Decimal::ZERO,
        state: String::new(),
        payment: None,
        credit_memo: None,
        refund: None,
        journal: None,
        error: String::new(),
    };
    let header = AmazonSettlement {
        external_id: ExternalId::settlement_record("900"),
        settlement: "900".into(),
        account: String::new(),
        marketplaces: String::new(),
        currency: String::new(),
        start: None,
        end: None,
        deposit_date: None,
        deposit: Decimal::ZERO,
        reserve_before: Decimal::ZERO,
        reserve_after: Decimal::ZERO,
        orders: Decimal::ZERO,
        refunds: Decimal::ZERO,
        other: Decimal::ZERO,
        fees: Decimal::ZERO,
        fee_totals: String::new(),
        reconciled: Decimal::ZERO,
        variance: Decimal::ZERO,
        counts: String::new(),
        state: String::new(),
        journal: None,
        journals: String::new(),
        file_hash: String::new(),
    };
    let of_headers = queries::settlement_records(&[ExternalId::settlement_record("900")]);
    let of_lines = queries::settlement_line_records(&[RecordId("12".into())]);
    for (record, query) in [(header.record(), &of_headers[0]), (line.record(), &of_lines[0])] {
        let written: Vec<&str> = record.fields.iter().map(|(field, _)| *field).collect();
        assert_eq!(in_package(record.record.rest_name()), written);
        for (field, _) in &record.fields {
            assert!(field.len() <= 40, "{field}");
            let mut words = query
                .q
                .split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
            assert!(words.any(|word| word == *field), "{field} is not asked for");
        }
        assert_eq!(
            query.q.matches("custrecord_").count(),
            record.fields.len() + extra(&query.q)
        );
    }
    assert_eq!(of_headers[0].params, ["AZN-STL-900"]);
}

/// The fields of a record type of the setup package, in its order.
fn in_package(record: &str) -> Vec<String> {
    let file = format!("{}/../../netsuite/src/Objects/{record}.xml", env!("CARGO_MANIFEST_DIR"));
    let xml = std::fs::read_to_string(file).unwrap();
    let named = xml.split("<customrecordcustomfield scriptid=\"").skip(1);
    named.map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

/// A day's column stands twice, and the column that narrows the question down once more.
fn extra(q: &str) -> usize {
    q.matches("TO_CHAR(").count() + q.matches("WHERE r.custrecord_").count()
}

#[test]
fn set_22_a_record_type_that_is_not_there_is_told_from_other_refusals() {
    let refused = |status, code: &str, said: &str| wire::Failure::Refused {
        code: code.into(),
        status,
        said: said.into(),
    };
    let in_a_query = "Invalid search query. Detailed unprocessed description follows. Search error occurred: Record \
                      'customrecord_azn_settlement' was not found.";
    assert!(netsuite::unknown_record_type(&refused(
        400,
        "INVALID_PARAMETER",
        in_a_query
    )));
    let other = "Search error occurred: Unknown identifier 'custrecord_x'. Field 'custrecord_x' not found.";
    assert!(!netsuite::unknown_record_type(&refused(
        400,
        "INVALID_PARAMETER",
        other
    )));
    let gone = "The record instance does not exist. Record does not exist.";
    assert!(!netsuite::unknown_record_type(&refused(404, "NONEXISTENT_ID", gone)));
}
