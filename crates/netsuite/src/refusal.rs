//! What NetSuite means when it refuses: `USER_ERROR` is the code of nearly everything, so the words decide, read
//! loosely and in any case (netsuite.md §12).

use wire::Failure;

/// A refusal as the flows and the engine see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Refusal {
    /// A record with this external id exists: adopt it.
    AlreadyExists,
    /// A customer of that name exists.
    EntityExists,
    /// No such record.
    NotFound,
    /// A reference to something that is not there, is inactive or belongs to another subsidiary.
    BadReference,
    /// A field that must be filled.
    MissingField,
    /// A field that NetSuite does not know.
    UnknownField,
    /// The role may not do it.
    Permission,
    /// The period is closed or locked.
    PeriodClosed,
    /// Debits and credits differ.
    Unbalanced,
    /// Somebody saved it in between: read again and repeat.
    ChangedMeanwhile,
    /// A workflow locked it.
    Locked,
    /// The source has nothing open, or more was asked than is open.
    NothingOpen,
    /// The location does not have that many.
    NotInStock,
    /// More is applied than is owed.
    OverApplied,
    /// The currency is not the customer's or not on.
    Currency,
    /// The query is not understood.
    BadQuery,
    /// Something else; the words are shown.
    Other,
}

/// What stands in the words, the more special first.
const WORDS: &[(&str, Refusal)] = &[
    ("this record already exists", Refusal::AlreadyExists),
    ("already exists", Refusal::EntityExists),
    ("duplicate", Refusal::EntityExists),
    ("invalid search", Refusal::BadQuery),
    ("unknown identifier", Refusal::BadQuery),
    ("does not exist", Refusal::NotFound),
    ("permission", Refusal::Permission),
    ("locked by", Refusal::Locked),
    ("has been changed", Refusal::ChangedMeanwhile),
    ("period", Refusal::PeriodClosed),
    ("unbalanced", Refusal::Unbalanced),
    ("not balance", Refusal::Unbalanced),
    ("out of balance", Refusal::Unbalanced),
    ("please enter value", Refusal::MissingField),
    ("please enter a value", Refusal::MissingField),
    ("must enter a value", Refusal::MissingField),
    ("must enter at least", Refusal::MissingField),
    ("required field", Refusal::MissingField),
    ("unknown field", Refusal::UnknownField),
    ("unknown property", Refusal::UnknownField),
    ("property is not known", Refusal::UnknownField),
    ("currency", Refusal::Currency),
    ("quantity available", Refusal::NotInStock),
    ("open lines", Refusal::NothingOpen),
    ("open quantity", Refusal::NothingOpen),
    ("nothing to", Refusal::NothingOpen),
    ("no items", Refusal::NothingOpen),
    ("amount remaining", Refusal::OverApplied),
    ("amount applied", Refusal::OverApplied),
    ("invalid field value", Refusal::BadReference),
    ("invalid reference", Refusal::BadReference),
    ("inactive", Refusal::BadReference),
    ("error while accessing a resource", Refusal::BadReference),
];

/// What a failure means, if NetSuite refused at all.
pub fn refusal(failure: &Failure) -> Option<Refusal> {
    let Failure::Refused { code, status, said } = failure else {
        return None;
    };
    let by_code = match code.as_str() {
        "NONEXISTENT_ID" | "RCRD_DSNT_EXIST" => Some(Refusal::NotFound),
        "INSUFFICIENT_PERMISSION" => Some(Refusal::Permission),
        "RCRD_HAS_BEEN_CHANGED" => Some(Refusal::ChangedMeanwhile),
        "DUP_RCRD" | "IDEMPOTENCY_ERROR" => Some(Refusal::AlreadyExists),
        "TRAN_PERIOD_CLOSED" | "TRAN_PRD_CLOSED" => Some(Refusal::PeriodClosed),
        code if code.starts_with("TRANS_UNBALNCD") => Some(Refusal::Unbalanced),
        _ => None,
    };
    let words = said.to_lowercase();
    let by_words = || {
        WORDS
            .iter()
            .find(|(part, _)| words.contains(part))
            .map(|(_, meaning)| *meaning)
    };
    let by_status = || match status {
        403 => Some(Refusal::Permission),
        404 => Some(Refusal::NotFound),
        _ => None,
    };
    Some(by_code.or_else(by_words).or_else(by_status).unwrap_or(Refusal::Other))
}

/// Whether a query or an address names a record type that NetSuite does not have, or does not let the role see: it says the
/// same of both (SET-22).
pub fn unknown_record_type(failure: &Failure) -> bool {
    let Failure::Refused { code, said, .. } = failure else {
        return false;
    };
    let words = said.to_lowercase();
    let in_a_query = words.contains("record '") && words.contains("was not found");
    code == "NONEXISTENT_RECORD_TYPE" || in_a_query
}

/// Whether the record that was read is simply not there.
pub fn absent(failure: &Failure) -> bool {
    matches!(failure, Failure::Refused { status: 404, .. }) || refusal(failure) == Some(Refusal::NotFound)
}
