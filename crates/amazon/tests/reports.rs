//! Reports and documents: requests, published samples, gunzip and character sets.
#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

mod common;

use std::io::{Read, Write};

use amazon::document::{Guard, Gunzip, decode};
use amazon::reports::{Create, Document, Download, Get, List, Location, Processing, Raw, SETTLEMENT_V2};
use amazon::sellers::Participations;
use amazon::{Region, marketplaces};
use chrono::{DateTime, Utc};
use common::{answer, sandbox, shown};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::json;
use wire::{Call, Response};

const MODEL: &str = "reports-api-model/reports_2021-06-30.json";

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

#[test]
fn settlement_reports_are_found_and_the_next_page_is_asked_for_by_its_token_alone() {
    assert_eq!(
        shown(&List::settlements(Some(at("2026-09-01T00:00:00Z"))).request()),
        "GET /reports/2021-06-30/reports
reportTypes=GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2
pageSize=100
processingStatuses=DONE
createdSince=2026-09-01T00:00:00Z"
    );
    assert_eq!(
        shown(&List::Next("x y".into()).request()),
        "GET /reports/2021-06-30/reports\nnextToken=x y"
    );
}

#[test]
fn the_other_report_calls() {
    assert_eq!(
        shown(
            &Get {
                report_id: "ID 1".into()
            }
            .request()
        ),
        "GET /reports/2021-06-30/reports/ID%201"
    );
    let document = Document {
        document_id: "amzn1.spdoc.1/2".into(),
    };
    assert_eq!(
        shown(&document.request()),
        "GET /reports/2021-06-30/documents/amzn1.spdoc.1%2F2"
    );
    let create = Create {
        report_type: "GET_FLAT_FILE_ALL_ORDERS_DATA_BY_LAST_UPDATE_GENERAL".into(),
        marketplaces: vec!["A1PA6795UKMFR9".into()],
        from: Some(at("2026-11-01T00:00:00Z")),
        until: None,
        options: Vec::new(),
    };
    assert_eq!(
        shown(&create.request()),
        "POST /reports/2021-06-30/reports\n{\"reportType\":\"GET_FLAT_FILE_ALL_ORDERS_DATA_BY_LAST_UPDATE_GENERAL\",\
         \"marketplaceIds\":[\"A1PA6795UKMFR9\"],\"dataStartTime\":\"2026-11-01T00:00:00Z\"}"
    );
    assert_eq!(
        shown(&Participations.request()),
        "GET /sellers/v1/marketplaceParticipations"
    );
}

#[test]
fn published_report_answers_are_read() {
    if let Some(samples) = sandbox(MODEL, "/reports/2021-06-30/reports", "get") {
        let list = List::settlements(None);
        let pages: Vec<_> = samples
            .iter()
            .map(|sample| list.read(&answer(sample)).unwrap())
            .collect();
        assert!(pages.iter().any(|page| !page.reports.is_empty()));
    }
    if let Some(samples) = sandbox(MODEL, "/reports/2021-06-30/reports/{reportId}", "get") {
        let report = Get {
            report_id: String::new(),
        }
        .read(&answer(&samples[0]))
        .unwrap();
        assert!(!report.report_id.is_empty());
    }
    if let Some(samples) = sandbox(MODEL, "/reports/2021-06-30/reports", "post") {
        let create = Create {
            report_type: String::new(),
            marketplaces: vec![],
            from: None,
            until: None,
            options: vec![],
        };
        assert!(!create.read(&answer(&samples[0])).unwrap().is_empty());
    }
    if let Some(samples) = sandbox(MODEL, "/reports/2021-06-30/documents/{reportDocumentId}", "get") {
        let document = Document {
            document_id: String::new(),
        };
        assert!(document.read(&answer(&samples[0])).unwrap().url.starts_with("https://"));
    }
}

#[test]
fn published_participations_are_read() {
    let path = "/sellers/v1/marketplaceParticipations";
    let Some(samples) = sandbox("sellers-api-model/sellers.json", path, "get") else {
        return;
    };
    let all = Participations.read(&answer(&samples[0])).unwrap();
    assert!(
        all.iter()
            .all(|one| one.marketplace_id.starts_with('A') && one.currency.len() == 3)
    );
    assert!(!all.is_empty());
}

#[test]
fn an_unknown_processing_state_or_compression_is_told() {
    let report = json!({"reportId": "1", "reportType": SETTLEMENT_V2, "createdTime": "2026-11-01T00:00:00Z",
        "processingStatus": "PONDERING"});
    let report = Get { report_id: "1".into() }.read(&answer(&report)).unwrap();
    assert_eq!(report.processing_status, Processing::Other("PONDERING".into()));
    let document = json!({"reportDocumentId": "d", "url": "https://x.amazonaws.com/", "compressionAlgorithm": "ZSTD"});
    assert!(
        Document {
            document_id: "d".into()
        }
        .read(&answer(&document))
        .is_err()
    );
}

fn gzip(plain: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(plain).unwrap();
    encoder.finish().unwrap()
}

fn raw(bytes: Vec<u8>, gzip: bool) -> Raw {
    Raw {
        bytes,
        gzip,
        content_type: None,
    }
}

#[test]
fn a_document_is_downloaded_as_it_is_and_unpacked_by_hand() {
    let download = Download {
        location: Location {
            url: "https://x.amazonaws.com/d?X-Amz-Signature=s".into(),
            gzip: true,
        },
    };
    let request = download.request();
    assert_eq!(
        request.path, "https://x.amazonaws.com/d?X-Amz-Signature=s",
        "no parameter is added to a presigned address"
    );
    let headers = vec![("Content-Type".to_owned(), "text/plain; charset=Cp1252".to_owned())];
    let packed = gzip("settlement-id\t1".as_bytes());
    let raw = download
        .read(&Response {
            status: 200,
            headers,
            body: packed.clone(),
        })
        .unwrap();
    assert_eq!(
        (raw.bytes.as_slice(), raw.content_type.as_deref()),
        (packed.as_slice(), Some("text/plain; charset=Cp1252"))
    );
    assert_eq!(raw.plain().unwrap(), b"settlement-id\t1");
    let torn = Response {
        status: 200,
        headers: Vec::new(),
        body: packed[..packed.len() / 2].to_vec(),
    };
    assert!(download.read(&torn).is_err(), "a torn document is never archived");
}

#[test]
fn s5_a_torn_or_endless_document_is_an_error() {
    let packed = gzip(b"a settlement of some length that does not end here");
    assert!(raw(packed[..packed.len() - 12].to_vec(), true).plain().is_err(), "torn");
    assert!(raw(b"not gzip".to_vec(), true).plain().is_err());
    let bomb = gzip(&vec![0; 1 << 20]);
    let guard = Guard {
        free: 1 << 16,
        ratio: 100,
        most: 1 << 30,
    };
    assert!(
        Gunzip::guarded(bomb.as_slice(), guard)
            .read_to_end(&mut Vec::new())
            .is_err(),
        "bomb"
    );
    let most = Guard {
        free: 1 << 30,
        ratio: 100,
        most: 1 << 16,
    };
    assert!(
        Gunzip::guarded(bomb.as_slice(), most)
            .read_to_end(&mut Vec::new())
            .is_err(),
        "cap"
    );
    assert_eq!(
        Gunzip::new(bomb.as_slice()).read_to_end(&mut Vec::new()).unwrap(),
        1 << 20,
        "small enough to be free"
    );
}

#[test]
fn the_character_set_is_found_by_statement_then_mark_then_strictness_then_habit() {
    let told = decode(b"caf\xe9 \x80", Some("text/plain; charset=Cp1252"), Region::Fe);
    assert_eq!((told.text.as_str(), told.encoding), ("café €", "windows-1252"));
    let japan = decode(b"\x93\xfa\x96\x7b", Some("text/plain;charset=MS932"), Region::Na);
    assert_eq!((japan.text.as_str(), japan.encoding), ("日本", "Shift_JIS"));
    assert_eq!(decode("\u{feff}é".as_bytes(), None, Region::Fe).text, "é");
    assert_eq!(decode("é".as_bytes(), None, Region::Fe).encoding, "UTF-8");
    assert_eq!(decode(b"\x93\xfa", None, Region::Fe).text, "日");
    assert_eq!(decode(b"\xe9", None, Region::Eu).text, "é");
    let broken = decode(b"\xff\xfe\xfa", Some("text/plain; charset=UTF-8"), Region::Eu);
    assert!(broken.text.contains('\u{fffd}') && !told.replaced, "never a failure");
}

#[test]
fn cmn_04_cmn_09_the_marketplaces() {
    assert_eq!(marketplaces::ALL.iter().filter(|one| one.is_supported()).count(), 23);
    let china = marketplaces::by_country("CN").unwrap();
    assert!(!china.is_supported() && marketplaces::by_id("").is_none());
    assert_eq!(marketplaces::by_country("GB").unwrap().settlement_name, "Amazon.co.uk");
    assert_eq!(marketplaces::by_settlement_name("amazon.DE ").unwrap().country, "DE");
    let america = marketplaces::by_id("ATVPDKIKX0DER").unwrap();
    assert_eq!(
        america.business_date(at("2026-11-01T06:30:00Z")).to_string(),
        "2026-10-31"
    );
    assert_eq!(marketplaces::by_country("JP").unwrap().currency().decimals(), 0);
}
