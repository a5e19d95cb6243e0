//! Document storage: addresses that are signed for five minutes, plain and compressed bytes, and storage's own errors.

use std::io::Write as _;

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use flate2::Compression;
use flate2::write::GzEncoder;
use wire::Message;

use crate::chance::name_of;
use crate::faults::Fault;

use super::answer::Answer;
use super::asked::{Asked, split};

/// How long an address is valid.
const LIFE: TimeDelta = TimeDelta::minutes(5);

/// A stored document.
pub struct Document {
    /// The text's bytes.
    pub bytes: Vec<u8>,
    /// Whether storage keeps it compressed.
    pub gzip: bool,
    /// What storage says about it.
    pub content_type: &'static str,
}

/// How long the address of a product type's schema is valid.
const LONG_LIFE: TimeDelta = TimeDelta::days(7);

/// An address at which the document can be fetched from now on for five minutes.
pub fn address(seed: u64, asked: &Asked, id: &str) -> String {
    signed(seed, asked, id, LIFE)
}

/// An address at which a schema can be fetched from now on for seven days.
pub fn lasting_address(seed: u64, asked: &Asked, id: &str) -> String {
    signed(seed, asked, id, LONG_LIFE)
}

fn signed(seed: u64, asked: &Asked, id: &str, life: TimeDelta) -> String {
    let root = asked
        .document_root
        .clone()
        .unwrap_or_else(|| format!("https://{}", asked.region.storage_host()));
    let date = asked.now.format("%Y%m%dT%H%M%SZ").to_string();
    let seconds = life.num_seconds();
    let signature = signature(seed, id, &date, &seconds.to_string());
    format!(
        "{root}/documents/{id}?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date={date}&X-Amz-Expires={seconds}&X-Amz-SignedHeaders=host&X-Amz-Signature={signature}"
    )
}

fn signature(seed: u64, id: &str, date: &str, seconds: &str) -> String {
    name_of(&["address", &seed.to_string(), id, date, seconds])
}

/// Whether the message may have the document that its address names; otherwise storage's refusal.
pub fn admitted(seed: u64, message: &Message, now: DateTime<Utc>, fault: Option<Fault>) -> Result<String, Answer> {
    let (path, query) = split(&message.url);
    let one = |name: &str| {
        query
            .iter()
            .find(|(key, _)| key == name)
            .map_or("", |(_, value)| value.as_str())
    };
    let id = path.rsplit('/').next().unwrap_or_default().to_owned();
    // Reports are fetched, feeds are put.
    if !matches!(message.method, wire::Method::Get | wire::Method::Put) {
        return Err(refusal(
            405,
            "MethodNotAllowed",
            "The specified method is not allowed against this resource.",
        ));
    }
    if message.header("authorization").is_some() {
        return Err(refusal(400, "InvalidArgument", "Only one auth mechanism allowed"));
    }
    if message
        .headers
        .iter()
        .any(|(name, _)| name.to_ascii_lowercase().starts_with("x-amz-"))
    {
        return Err(refusal(
            403,
            "AccessDenied",
            "There were headers present in the request which were not signed",
        ));
    }
    let (date, seconds) = (one("X-Amz-Date"), one("X-Amz-Expires"));
    if one("X-Amz-Signature") != signature(seed, &id, date, seconds) {
        return Err(refusal(
            403,
            "SignatureDoesNotMatch",
            "The request signature we calculated does not match the signature you provided.",
        ));
    }
    let signed = NaiveDateTime::parse_from_str(date, "%Y%m%dT%H%M%SZ")
        .map(|at| at.and_utc())
        .unwrap_or_default();
    let life = seconds.parse().ok().and_then(TimeDelta::try_seconds).unwrap_or(LIFE);
    if now - signed > life || fault == Some(Fault::ExpiredDocument) {
        return Err(refusal(403, "AccessDenied", "Request has expired"));
    }
    Ok(id)
}

/// The document's bytes as storage sends them.
pub fn send(document: &Document, fault: Option<Fault>) -> Answer {
    let mut body = if document.gzip {
        compressed(&document.bytes)
    } else {
        document.bytes.clone()
    };
    if fault == Some(Fault::TruncatedDocument) {
        body.truncate(body.len() / 2);
    }
    Answer {
        status: 200,
        headers: vec![("content-type".to_owned(), document.content_type.to_owned())],
        body,
    }
}

fn compressed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    // Writing to memory does not fail.
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}

/// An error in storage's own form, which is XML.
pub fn refusal(status: u16, code: &str, message: &str) -> Answer {
    let body = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{code}</Code><Message>{message}</Message></Error>"
    );
    Answer {
        status,
        headers: vec![("content-type".to_owned(), "application/xml".to_owned())],
        body: body.into_bytes(),
    }
}
