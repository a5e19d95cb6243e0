//! Lists with further pages, whose token goes alone (amazon-sp-api.md §5: reports, feeds).

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use crate::chance::name_of;

use super::answer::{Answer, Outcome, refuse};
use super::asked::Asked;

/// Reports and feeds are kept so long.
const KEPT: TimeDelta = TimeDelta::days(90);

/// Lists of which not all pages were given.
#[derive(Default)]
pub struct Lists {
    open: BTreeMap<String, Rest>,
    made: u64,
}

#[derive(Clone)]
struct Rest {
    rest: Vec<Value>,
    size: usize,
}

/// What a list may be narrowed by, and the names of the fields that are compared.
pub struct Words<'a> {
    /// The list's name in the answer, such as `reports`.
    pub list: &'a str,
    /// The parameter that names kinds, such as `reportTypes`.
    pub kinds: &'a str,
    /// The field that a kind is compared with, such as `reportType`.
    pub kind: &'a str,
    /// All processing statuses.
    pub statuses: &'a [&'a str],
}

impl Lists {
    /// One page. `all` gives every entry with the time of its creation.
    pub fn page(
        &mut self,
        asked: &Asked,
        words: &Words<'_>,
        all: impl FnOnce() -> Vec<(DateTime<Utc>, Value)>,
    ) -> Outcome {
        let Rest { rest: mut page, size } = match asked.one("nextToken") {
            Some(token) if asked.query.len() == 1 => match self.open.get(token) {
                Some(rest) => rest.clone(),
                None => return refuse(Answer::invalid("The nextToken is invalid.")),
            },
            Some(_) => return refuse(Answer::invalid("nextToken cannot be combined with other parameters.")),
            None => begin(asked, words, all)?,
        };
        let rest = page.split_off(page.len().min(size));
        let mut body = json!({ words.list: page });
        if !rest.is_empty() {
            self.made += 1;
            let token = name_of(&[words.list, &self.made.to_string()]);
            self.open.insert(token.clone(), Rest { rest, size });
            body["nextToken"] = json!(token);
        }
        Ok(Answer::json(200, &body))
    }
}

fn begin(asked: &Asked, words: &Words<'_>, all: impl FnOnce() -> Vec<(DateTime<Utc>, Value)>) -> Outcome<Rest> {
    let kinds = asked.many(words.kinds);
    if kinds.is_empty() || kinds.len() > 10 {
        return refuse(Answer::invalid(&format!(
            "One to ten {} or a nextToken must be given.",
            words.kinds
        )));
    }
    let markets = asked.many("marketplaceIds");
    if markets.len() > 10 {
        return refuse(Answer::invalid("At most ten marketplaceIds can be given."));
    }
    let statuses = asked.known("processingStatuses", words.statuses)?;
    let size = asked.number("pageSize", 1, 100, 10)?;
    let oldest = asked.now - KEPT;
    let since = asked.instant("createdSince")?.unwrap_or(oldest).max(oldest);
    let until = asked.instant("createdUntil")?.unwrap_or(asked.now);
    if since > until {
        return refuse(Answer::invalid("createdSince must not be after createdUntil."));
    }
    let named = |list: &[String], value: &Value| list.iter().any(|one| value == one.as_str());
    let mut found = all();
    found.retain(|(created, body)| {
        let here = || {
            let theirs = body["marketplaceIds"].as_array().into_iter().flatten();
            theirs.into_iter().any(|id| named(&markets, id))
        };
        *created >= since
            && *created <= until
            && named(&kinds, &body[words.kind])
            && (markets.is_empty() || here())
            && (statuses.is_empty() || named(&statuses, &body["processingStatus"]))
    });
    found.sort_by_key(|(created, body)| (std::cmp::Reverse(*created), body.to_string()));
    Ok(Rest {
        rest: found.into_iter().map(|(_, body)| body).collect(),
        size,
    })
}
