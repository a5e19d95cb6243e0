//! How the workspace file can fail, each in a way that a screen can explain.

use std::path::PathBuf;

use rusqlite::ErrorCode;

/// What went wrong with the workspace file. Nothing is half-written in any of these cases.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another Passerelle has this workspace open.
    #[error("the workspace {path} is open in another Passerelle")]
    InUse {
        /// The workspace file.
        path: PathBuf,
    },
    /// The file was written by a newer Passerelle; it was not touched.
    #[error("the workspace was made by a newer Passerelle (schema {found}, this one knows {known})")]
    Newer {
        /// The schema number in the file.
        found: usize,
        /// The newest schema number that this program knows.
        known: usize,
    },
    /// The file is damaged or is no workspace; it was not touched.
    #[error("the workspace {path} is damaged: {found}")]
    Corrupt {
        /// The workspace file.
        path: PathBuf,
        /// What the integrity check said.
        found: String,
        /// The newest backup beside it, if there is one.
        backup: Option<PathBuf>,
    },
    /// There is no room left on the disk; the transaction was rolled back.
    #[error("the disk is full")]
    DiskFull,
    /// The operating system could not read or write the file; the transaction was rolled back.
    #[error("the workspace could not be read or written: {said}")]
    Io {
        /// The system's words.
        said: String,
    },
    /// Somebody else (a backup, a virus scanner) held the file for too long; nothing was written.
    #[error("the workspace is busy")]
    Busy,
    /// The bytes that were to be kept could not be read from where they come from; nothing was written.
    #[error("a document could not be read: {said}")]
    Unreadable {
        /// The system's words.
        said: String,
    },
    /// A person stopped it before its end; nothing was written.
    #[error("it was stopped before its end")]
    Stopped,
    /// A stored value that this program does not understand, or a value that cannot be stored.
    #[error("a stored value does not make sense: {what}")]
    Nonsense {
        /// Where and what, without buyer data.
        what: String,
    },
    /// A query failed in a way that is our own mistake.
    #[error("a query failed")]
    Query(#[source] rusqlite::Error),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        let code = match &error {
            rusqlite::Error::SqliteFailure(failure, _) => Some(failure.code),
            _ => None,
        };
        match code {
            Some(ErrorCode::DiskFull) => Self::DiskFull,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(
                ErrorCode::SystemIoFailure | ErrorCode::CannotOpen | ErrorCode::ReadOnly | ErrorCode::PermissionDenied,
            ) => Self::Io {
                said: error.to_string(),
            },
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Corrupt {
                path: PathBuf::new(),
                found: error.to_string(),
                backup: None,
            },
            _ => match error {
                rusqlite::Error::FromSqlConversionFailure(_, _, source)
                | rusqlite::Error::ToSqlConversionFailure(source) => Self::Nonsense {
                    what: source.to_string(),
                },
                other => Self::Query(other),
            },
        }
    }
}

impl From<rusqlite_migration::Error> for StoreError {
    fn from(error: rusqlite_migration::Error) -> Self {
        match error {
            rusqlite_migration::Error::RusqliteError { err, .. } => Self::from(err),
            other => Self::Nonsense {
                what: other.to_string(),
            },
        }
    }
}

impl From<serde_json::Error> for StoreError {
    fn from(error: serde_json::Error) -> Self {
        Self::Nonsense {
            what: error.to_string(),
        }
    }
}

impl From<domain::money::DoesNotFit> for StoreError {
    fn from(error: domain::money::DoesNotFit) -> Self {
        Self::Nonsense {
            what: error.to_string(),
        }
    }
}
