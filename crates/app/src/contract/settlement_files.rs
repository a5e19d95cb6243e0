//! Settlement files given by hand (SET-04).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Words;

/// A piece of a file that comes in several.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct UploadPiece {
    /// The upload that it continues; nothing for the first piece.
    #[serde(default)]
    #[ts(optional)]
    pub upload: Option<String>,
    /// Its bytes, base64.
    pub content: String,
}

/// A file that is coming.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Uploading {
    /// The name that its next piece comes under.
    pub upload: String,
}

/// A settlement file given by hand.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ImportSettlement {
    /// The file's name.
    pub name: String,
    /// The upload that brought its first pieces; nothing for a file in one piece.
    #[serde(default)]
    #[ts(optional)]
    pub upload: Option<String>,
    /// Its bytes or the last piece of them, base64; gzip allowed.
    pub content: String,
}

/// What a file held.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Imported {
    /// Settlements that were new.
    pub settlements: Vec<String>,
    /// What to tell.
    pub said: Words,
}
