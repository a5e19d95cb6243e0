//! The token of the next page, as the services tell it.

use serde::Deserialize;

/// `pagination` of an answer.
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Paging {
    next_token: Option<String>,
}

impl Paging {
    /// The token of the next page; nothing on the last.
    pub(crate) fn next(self) -> Option<String> {
        token(self.next_token)
    }
}

/// A token as it was told: an empty text stands for none.
pub(crate) fn token(told: Option<String>) -> Option<String> {
    told.filter(|token| !token.is_empty())
}
