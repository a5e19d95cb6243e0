//! The catalogue: what is asked of items, prices and stock, and how an item's fields are written.
#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

use chrono::{NaiveDate, NaiveDateTime};
use netsuite::queries::{self, ItemField, Matrix, ProductsAsked};
use netsuite::{ItemRecord, ItemUpdate, Query, RecordId};
use rust_decimal::Decimal;
use wire::{Call, Method, Response};

fn answer(items: &str) -> Response {
    Response {
        status: 200,
        headers: Vec::new(),
        body: format!(r#"{{"links":[],"hasMore":false,"items":[{items}]}}"#).into(),
    }
}

fn ids(numbers: &[u32]) -> Vec<RecordId> {
    numbers.iter().map(|number| RecordId(number.to_string())).collect()
}

fn at(text: &str) -> NaiveDateTime {
    text.parse().unwrap()
}

fn first<T: Send>(query: &Query<T>, items: &str) -> T {
    query.read(&answer(items)).unwrap().rows.remove(0)
}

/// Each `?` has its value.
fn is_complete<T>(query: &Query<T>) -> bool {
    query.q.matches('?').count() == query.params.len()
}

#[test]
fn prd_01_items_are_read_page_by_page_with_the_fields_that_the_seller_chose() {
    let (flag, field) = (ItemField::named("custitem_on_amazon").unwrap(), ItemField::own_asin());
    let fields = [field];
    let after = RecordId("310".into());
    let query = queries::products(&ProductsAsked {
        fields: &fields,
        flag: Some(&flag),
        since: Some(at("2026-11-20T08:30:00")),
        after: Some(&after),
    });
    assert_eq!(query.params, ["310", "2026-11-20 08:30:00"]);
    assert!(is_complete(&query));
    assert!(
        query.q.contains(" AS modified, i.custitem_azn_asin FROM item i "),
        "{}",
        query.q
    );
    assert!(
        query.q.ends_with(
            "AND i.id > ? AND i.custitem_on_amazon = 'T' AND i.lastmodifieddate >= \
             TO_DATE(?, 'YYYY-MM-DD HH24:MI:SS') ORDER BY i.id FETCH FIRST 1000 ROWS ONLY"
        ),
        "{}",
        query.q
    );
    let whole = queries::products(&ProductsAsked::default());
    assert_eq!(whole.params, ["0"]);
    assert!(is_complete(&whole) && !whole.q.contains("custitem"), "{}", whole.q);
    let product = first(
        &query,
        r#"{"id":"311","itemid":"SHIRT : SHIRT-RED","itemtype":"InvtPart","isinactive":"F","matrixtype":"CHILD",
            "parent":"300","upccode":"4006381333931","modified":"2026-11-20T09:00:00","custitem_azn_asin":"B000000001"}"#,
    );
    assert_eq!(
        (product.matrix, product.parent),
        (Some(Matrix::Child), Some(RecordId("300".into())))
    );
    assert_eq!(product.fields["custitem_azn_asin"], "B000000001");
    assert_eq!((product.inactive, product.class), (false, None));
}

#[test]
fn prc_02_prices_are_asked_for_levels_in_spans_of_items() {
    let items: Vec<RecordId> = ids(&(9_000..13_500).collect::<Vec<_>>());
    let asked = queries::prices(&ids(&[1, 5]), &items);
    let ends: Vec<&[String]> = asked.iter().map(|query| &query.params[2..]).collect();
    assert_eq!(
        ends,
        [["9000", "10999"], ["11000", "12999"], ["13000", "13499"]],
        "by number, not by text"
    );
    assert!(asked.iter().all(is_complete));
    assert_eq!(asked[0].params[..2], ["1", "5"]);
    assert!(asked[0].q.contains("p.pricelevel IN (?, ?) AND p.item BETWEEN ? AND ?"));
    let row = |text: &str| first(&asked[0], text);
    let price = row(r#"{"item":"9001","pricelevel":"5","currency":"EUR","quantity":"10","unitprice":"12.50"}"#);
    assert_eq!(
        (price.from, price.price.unwrap().to_string(), price.currency),
        (Decimal::TEN, "12.50".to_owned(), Some(domain::Currency::EUR))
    );
    let blank = row(r#"{"item":"9001","pricelevel":"5","currency":"EURO"}"#);
    assert_eq!((blank.price, blank.from, blank.currency), (None, Decimal::ZERO, None));
    let wrong = answer(r#"{"item":"9001","pricelevel":"5","currency":"EUR","unitprice":"12,50"}"#);
    assert!(asked[0].read(&wrong).is_err(), "never read as nought");
    assert!(queries::prices(&[], &items).is_empty() && queries::prices(&ids(&[1]), &[]).is_empty());
}

#[test]
fn inv_02_stock_is_asked_by_location_without_a_column_that_is_not_sure() {
    let asked = queries::stock(&ids(&[6, 7]), &ids(&[310, 42]));
    assert_eq!(asked.len(), 1);
    assert_eq!(asked[0].params, ["6", "7", "42", "310"]);
    assert!(is_complete(&asked[0]) && !asked[0].q.contains("lastquantityavailablechange"));
    let row = first(
        &asked[0],
        r#"{"item":"42","location":"6","quantityavailable":"-1.5","quantityonhand":"3"}"#,
    );
    assert_eq!(
        (row.available.to_string().as_str(), row.on_hand),
        ("-1.5", Decimal::from(3))
    );
    let empty = first(&asked[0], r#"{"item":"42","location":"7"}"#);
    assert_eq!(
        (empty.available, empty.on_hand),
        (Decimal::ZERO, Decimal::ZERO),
        "null is no stock"
    );
}

#[test]
fn inv_05_what_changed_is_asked_by_the_last_change_of_what_is_available() {
    let query = queries::stock_changed(&ids(&[6, 7]), at("2026-11-20T08:30:00"), None);
    assert_eq!(query.params, ["6", "7", "2026-11-20 08:30:00", "0"]);
    assert!(is_complete(&query));
    assert!(
        query
            .q
            .contains("l.lastquantityavailablechange >= TO_DATE(?, 'YYYY-MM-DD HH24:MI:SS') AND l.item > ?")
    );
    assert_eq!(first(&query, r#"{"item":"42"}"#), RecordId("42".into()));
    let next = queries::stock_changed(&ids(&[6]), at("2026-11-20T08:30:00"), Some(&RecordId("42".into())));
    assert_eq!(next.params.last().unwrap(), "42");
}

#[test]
fn inv_14_expired_lots_are_asked_for_a_day() {
    let today: NaiveDate = "2026-11-23".parse().unwrap();
    let asked = queries::expired_stock(&ids(&[6]), today, &ids(&[42]));
    assert_eq!(asked[0].params, ["6", "42", "42", "2026-11-23"]);
    assert!(is_complete(&asked[0]) && asked[0].q.contains("n.expirationdate < TO_DATE(?, 'YYYY-MM-DD')"));
    let row = first(&asked[0], r#"{"item":"42","location":"6","units":"4"}"#);
    assert_eq!(row.units, Decimal::from(4));
}

#[test]
fn prd_08_asin_and_fnsku_go_to_the_path_of_the_items_kind() {
    let update = ItemUpdate::new(ItemRecord::LotNumberedInventoryItem, RecordId("42".into()));
    assert!(update.is_empty());
    let update = update
        .set(&ItemField::own_asin(), Some("B000000001"))
        .set(&ItemField::own_fnsku(), None);
    let request = update.request();
    assert_eq!(
        (request.method, request.path.as_str()),
        (Method::Patch, "/services/rest/record/v1/lotNumberedInventoryItem/42")
    );
    assert_eq!(
        String::from_utf8(request.body).unwrap(),
        r#"{"custitem_azn_asin":"B000000001","custitem_azn_fnsku":null}"#
    );
    let header = ("x-netsuite-propertynamevalidation".to_owned(), "Error".to_owned());
    assert!(request.headers.contains(&header));
    const { assert!(ItemUpdate::WRITES) };
    assert_eq!(update.read(&answer("")).unwrap().id, RecordId("42".into()));
    let kept = serde_json::to_string(&update).unwrap();
    assert_eq!(
        serde_json::from_str::<ItemUpdate>(&kept).unwrap(),
        update,
        "the journal can keep it"
    );
}

#[test]
fn prd_08_every_kind_of_item_has_its_own_path() {
    let asked = queries::item_records(&ids(&[42]));
    let path = |kind: &str, flags: &str, subtype: &str| {
        let (lots, serials) = (flags == "lot", flags == "serial");
        let flag = |on: bool| if on { "T" } else { "F" };
        let row = format!(
            r#"{{"id":"42","itemtype":"{kind}","islotitem":"{}","isserialitem":"{}","subtype":"{subtype}"}}"#,
            flag(lots),
            flag(serials)
        );
        first(&asked[0], &row).1.map(ItemRecord::rest_name)
    };
    for (kind, flags, subtype, wanted) in [
        ("InvtPart", "", "", Some("inventoryItem")),
        ("InvtPart", "lot", "", Some("lotNumberedInventoryItem")),
        ("InvtPart", "serial", "", Some("serializedInventoryItem")),
        ("Assembly", "", "", Some("assemblyItem")),
        ("Assembly", "lot", "", Some("lotNumberedAssemblyItem")),
        ("Assembly", "serial", "", Some("serializedAssemblyItem")),
        ("Kit", "", "", Some("kitItem")),
        ("Group", "", "", Some("itemGroup")),
        ("NonInvtPart", "", "Sale", Some("nonInventorySaleItem")),
        ("NonInvtPart", "", "Resale", Some("nonInventoryResaleItem")),
        ("NonInvtPart", "", "Purchase", Some("nonInventoryPurchaseItem")),
        ("Service", "", "Sale", Some("serviceSaleItem")),
        ("Service", "", "Resale", Some("serviceResaleItem")),
        ("Service", "", "Purchase", Some("servicePurchaseItem")),
        ("OthCharge", "", "Sale", Some("otherChargeSaleItem")),
        ("OthCharge", "", "Resale", Some("otherChargeResaleItem")),
        ("OthCharge", "", "Purchase", Some("otherChargePurchaseItem")),
        ("NonInvtPart", "", "", None),
        ("Discount", "", "", None),
    ] {
        assert_eq!(path(kind, flags, subtype), wanted, "{kind} {flags} {subtype}");
    }
}
