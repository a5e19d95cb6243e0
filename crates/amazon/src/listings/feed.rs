//! `JSON_LISTINGS_FEED` version 2: many changes as one document (amazon-sp-api.md §9; Amazon's feed schema).

use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::attributes::Operation;
use super::calls::Data;
use super::submit::Requirements;

/// The feed type.
pub const FEED_TYPE: &str = "JSON_LISTINGS_FEED";
/// Its content type. The upload must state the same, letter for letter.
pub const CONTENT_TYPE: &str = "application/json; charset=UTF-8";
/// Messages in one document, Amazon's maximum.
pub const MOST_MESSAGES: usize = 25_000;
/// Bytes in one document: Amazon advises less than 10 MiB.
pub const MOST_BYTES: usize = 10 << 20;

/// What every document of a seller says first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// The seller's id.
    pub seller_id: String,
    /// The language of issues.
    pub issue_locale: Option<String>,
    /// Parts of each listing that the processing report is to repeat; none is the shortest report.
    pub include: Vec<Data>,
}

/// One change of one SKU.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// The SKU.
    pub sku: String,
    /// The product type.
    pub product_type: String,
    /// What changes.
    pub change: Change,
}

/// What a message changes. Amazon's `DELETE` is deliberately not here (PRD-05).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// Some attributes.
    Patch(Vec<Operation>),
    /// Everything that the seller says of the listing.
    Update {
        /// What the attributes say.
        requirements: Requirements,
        /// All attributes.
        attributes: Map<String, Value>,
    },
}

/// A finished document for one marketplace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The one marketplace that the feed is handed in for.
    pub marketplace_id: String,
    /// The document.
    pub text: String,
    /// The SKUs in it, in the order of the messages: message 1 is the first.
    pub skus: Vec<String>,
}

/// A message that no document can hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TooLarge {
    /// Its SKU.
    pub sku: String,
    /// How long it is.
    pub size_bytes: usize,
}

/// Documents made of messages as they come; only one document is in memory.
pub struct Documents<'a, I> {
    head: String,
    marketplace_id: &'a str,
    messages: I,
    /// A message that did not fit into the last document.
    waiting: Option<Message>,
    most_bytes: usize,
}

/// The documents of one marketplace: at most [`MOST_MESSAGES`] messages and [`MOST_BYTES`] bytes each, every SKU at most
/// once, since Amazon does not say in which order it works.
pub fn documents<'a, I: Iterator<Item = Message>>(
    header: &Header,
    marketplace_id: &'a str,
    messages: I,
) -> Documents<'a, I> {
    documents_within(header, marketplace_id, messages, MOST_BYTES)
}

/// The same with a size of one's own.
pub fn documents_within<'a, I: Iterator<Item = Message>>(
    header: &Header,
    marketplace_id: &'a str,
    messages: I,
    most_bytes: usize,
) -> Documents<'a, I> {
    Documents {
        head: format!("{{\"header\":{},\"messages\":[", header.json()),
        marketplace_id,
        messages,
        waiting: None,
        most_bytes,
    }
}

const FOOT: &str = "]}";

impl<I: Iterator<Item = Message>> Iterator for Documents<'_, I> {
    type Item = Result<Document, TooLarge>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut text = self.head.clone();
        let mut skus = Vec::new();
        let mut seen = HashSet::new();
        while let Some(message) = self.waiting.take().or_else(|| self.messages.next()) {
            let written = message.json(skus.len() + 1);
            let size = text.len() + written.len() + FOOT.len() + 1;
            let fits = size <= self.most_bytes && skus.len() < MOST_MESSAGES && !seen.contains(&message.sku);
            if !fits && skus.is_empty() {
                let (sku, size_bytes) = (message.sku, written.len());
                return Some(Err(TooLarge { sku, size_bytes }));
            }
            if !fits {
                self.waiting = Some(message);
                break;
            }
            if !skus.is_empty() {
                text.push(',');
            }
            text.push_str(&written);
            seen.insert(message.sku.clone());
            skus.push(message.sku);
        }
        if skus.is_empty() {
            return None;
        }
        text.push_str(FOOT);
        Some(Ok(Document {
            marketplace_id: self.marketplace_id.to_owned(),
            text,
            skus,
        }))
    }
}

impl Header {
    fn json(&self) -> Value {
        let mut header = json!({ "sellerId": self.seller_id, "version": "2.0" });
        if let Some(locale) = &self.issue_locale {
            header["issueLocale"] = locale.clone().into();
        }
        if !self.include.is_empty() {
            let parts: Vec<&str> = self.include.iter().map(|part| part.as_str()).collect();
            header["report"] = json!({ "includedData": parts, "apiVersion": "2021-08-01" });
        }
        header
    }
}

impl Message {
    fn json(&self, id: usize) -> String {
        let mut message = json!({ "messageId": id, "sku": self.sku });
        match &self.change {
            Change::Patch(patches) => {
                message["operationType"] = "PATCH".into();
                message["productType"] = self.product_type.clone().into();
                message["patches"] = json!(patches);
            }
            Change::Update {
                requirements,
                attributes,
            } => {
                message["operationType"] = "UPDATE".into();
                message["productType"] = self.product_type.clone().into();
                message["requirements"] = json!(requirements);
                message["attributes"] = json!(attributes);
            }
        }
        message.to_string()
    }
}
