//! Opening the workspace, and the two handles through which everything goes: readers cannot write.

use std::fs::{File, TryLockError};
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};
use rusqlite_migration::SchemaVersion;

use crate::{Result, StoreError, left, migrations};

/// Marks a SQLite file as a workspace ("Psrl").
const APPLICATION_ID: i32 = 0x5073_726C;
/// Readers kept open between questions.
const READERS: usize = 4;

/// Where a workspace lives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A file. Its folder exists.
    File(PathBuf),
    /// Nowhere: for tests, storms and previews.
    Memory,
}

/// One workspace: the books' memory of one company. Cheap to clone; all clones share the one writer.
#[derive(Clone)]
pub struct Store(Arc<Inner>);

struct Inner {
    place: Place,
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
    /// Questions and transactions so far.
    calls: AtomicU64,
    /// Which of them is to fail; 0 is none.
    fails_at: AtomicU64,
    /// Held for as long as the workspace is open, so that a second process is told (quality-bars R3 #34).
    lock: Option<File>,
}

/// Reads one consistent state of the workspace.
pub struct Reader<'c>(&'c Connection);

/// Reads and writes inside one transaction.
pub struct Writer<'c>(Reader<'c>);

impl<'c> Reader<'c> {
    pub(crate) fn sql(&self) -> &'c Connection {
        self.0
    }
}

impl<'c> Deref for Writer<'c> {
    type Target = Reader<'c>;
    fn deref(&self) -> &Reader<'c> {
        &self.0
    }
}

impl Store {
    /// Opens a workspace and brings its schema up to date; makes it when it does not exist.
    ///
    /// Refuses, without touching anything: a file that another process has open, one that a newer program made, one
    /// that is damaged. Before an older schema is changed a copy is put beside the file.
    pub fn open(place: Place) -> Result<Self> {
        let lock = match &place {
            Place::File(path) => Some(lock(path)?),
            Place::Memory => None,
        };
        // Asked before SQLite touches anything.
        let as_left = match (&place, &lock) {
            (Place::File(path), Some(beside)) => left::is_so(path, beside),
            _ => false,
        };
        let mut writer = match &place {
            Place::File(path) => Connection::open(path)?,
            Place::Memory => Connection::open_in_memory()?,
        };
        prepare(&mut writer, &place, as_left).map_err(|error| at_place(error, &place))?;
        Ok(Self(Arc::new(Inner {
            place,
            writer: Mutex::new(writer),
            readers: Mutex::new(Vec::new()),
            calls: AtomicU64::new(0),
            fails_at: AtomicU64::new(0),
            lock,
        })))
    }

    /// A workspace that is forgotten when dropped.
    pub fn memory() -> Result<Self> {
        Self::open(Place::Memory)
    }

    /// Where this workspace lives.
    pub fn place(&self) -> &Place {
        &self.0.place
    }

    /// Does `work` in one transaction that is on the disk when this returns. An error rolls everything back.
    pub fn write<T>(&self, work: impl FnOnce(&Writer<'_>) -> Result<T>) -> Result<T> {
        let mut connection = whole(&self.0.writer);
        transact(&mut connection, |db| self.strike_after(work(db)?)).map_err(|error| at_place(error, &self.0.place))
    }

    /// The same for bulk imports that can be done again from their source: all or nothing, yet after a power loss the
    /// whole transaction may be missing.
    pub fn write_bulk<T>(&self, work: impl FnOnce(&Writer<'_>) -> Result<T>) -> Result<T> {
        let mut connection = whole(&self.0.writer);
        connection.pragma_update(None, "synchronous", "NORMAL")?;
        let outcome = transact(&mut connection, |db| self.strike_after(work(db)?));
        connection.pragma_update(None, "synchronous", "FULL")?;
        outcome.map_err(|error| at_place(error, &self.0.place))
    }

    /// Answers a question from one consistent state. Must not be called from inside `write`.
    pub fn read<T>(&self, work: impl FnOnce(&Reader<'_>) -> Result<T>) -> Result<T> {
        self.strike_after(())?;
        let Place::File(path) = &self.0.place else {
            return work(&Reader(&whole(&self.0.writer)));
        };
        let kept = whole(&self.0.readers).pop();
        let mut connection = match kept {
            Some(connection) => connection,
            None => reader(path)?,
        };
        let answer = (|| {
            let transaction = connection.transaction()?;
            work(&Reader(&transaction))
        })();
        let mut readers = whole(&self.0.readers);
        if readers.len() < READERS {
            readers.push(connection);
        }
        answer.map_err(|error| at_place(error, &self.0.place))
    }

    /// Copies the workspace, while it is in use, to a new file.
    pub fn back_up(&self, to: &Path) -> Result<()> {
        copy(&whole(&self.0.writer), to)
    }

    /// Brings everything from the write-ahead log into the file and empties the log, so that what was deleted is gone
    /// from both.
    pub fn empty_log(&self) -> Result<()> {
        let writer = whole(&self.0.writer);
        Ok(writer.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?)
    }

    /// How many pages the file has.
    pub fn pages(&self) -> Result<u32> {
        Ok(whole(&self.0.writer).query_row("PRAGMA page_count", [], |row| row.get(0))?)
    }

    /// Lets the file grow to this many pages and no further: a seller's limit, and how tests fill a disk.
    pub fn limit_pages(&self, pages: u32) -> Result<()> {
        let writer = whole(&self.0.writer);
        Ok(writer.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(()))?)
    }

    /// Lets the `nth` question or transaction from now on fail once (1 is the next), as when the disk can no longer be read
    /// or what was written cannot be synced: how tests wear out a disk (quality-bars R3 #28, R5). 0 takes it back.
    pub fn fail_at(&self, nth: u64) {
        let calls = self.0.calls.load(Ordering::SeqCst);
        let at = if nth == 0 { 0 } else { calls + nth };
        self.0.fails_at.store(at, Ordering::SeqCst);
    }

    /// How many questions and transactions there were since the workspace was opened.
    pub fn calls(&self) -> u64 {
        self.0.calls.load(Ordering::SeqCst)
    }

    /// Counts a call, and fails the one that is to fail: a transaction after its work and before its commit.
    fn strike_after<T>(&self, done: T) -> Result<T> {
        let call = self.0.calls.fetch_add(1, Ordering::SeqCst) + 1;
        if self.0.fails_at.load(Ordering::SeqCst) == call {
            return Err(StoreError::Io {
                said: "disk I/O error".to_owned(),
            });
        }
        Ok(done)
    }

    /// Brings the log into the file and notes beside it how the file was left: the next start then need not read all of it
    /// to know that it is whole. What is written afterwards makes the note worthless.
    pub fn rest(&self) -> Result<()> {
        let (Place::File(path), Some(beside)) = (&self.0.place, &self.0.lock) else {
            return Ok(());
        };
        self.empty_log()?;
        left::note(path, beside)
    }

    /// The full integrity check: what SQLite finds wrong, nothing when all is well.
    pub fn check(&self) -> Result<Vec<String>> {
        findings(&whole(&self.0.writer), "integrity_check")
    }
}

fn transact<T>(connection: &mut Connection, work: impl FnOnce(&Writer<'_>) -> Result<T>) -> Result<T> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let value = work(&Writer(Reader(&transaction)))?;
    transaction.commit()?;
    Ok(value)
}

/// A thread that panicked inside a transaction rolled it back, so the connection is as good as before.
fn whole<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn lock(path: &Path) -> Result<File> {
    let io = |error: std::io::Error| StoreError::Io {
        said: error.to_string(),
    };
    let beside = suffixed(path, ".lock");
    let file = File::options()
        .create(true)
        .truncate(false)
        .read(true)
        .write(true)
        .open(beside)
        .map_err(io)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(StoreError::InUse { path: path.to_owned() }),
        Err(TryLockError::Error(error)) => Err(io(error)),
    }
}

fn prepare(connection: &mut Connection, place: &Place, as_left: bool) -> Result<()> {
    settle(connection)?;
    let fresh: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if fresh > 0 {
        refuse_foreign(connection, place, as_left)?;
    }
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "fullfsync", true)?;
    connection.pragma_update(None, "checkpoint_fullfsync", true)?;
    connection.pragma_update(None, "secure_delete", true)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    let migrations = migrations::all();
    if let (SchemaVersion::Inside(found), Place::File(path)) = (migrations.current_version(connection)?, place)
        && found.get() < migrations::NEWEST
    {
        copy(
            connection,
            &suffixed(path, &format!(".before-{}.backup", migrations::NEWEST)),
        )?;
    }
    migrations.to_latest(connection)?;
    // Said once: saying it again would write to a file that nothing has happened to.
    if application_id(connection)? != APPLICATION_ID {
        connection.pragma_update(None, "application_id", APPLICATION_ID)?;
    }
    Ok(())
}

fn application_id(connection: &Connection) -> Result<i32> {
    Ok(connection.query_row("PRAGMA application_id", [], |row| row.get(0))?)
}

/// A file that stands as this program left it was whole then; any other one is read from end to end.
fn refuse_foreign(connection: &Connection, place: &Place, as_left: bool) -> Result<()> {
    let found = match migrations::all().current_version(connection)? {
        SchemaVersion::Outside(found) => {
            return Err(StoreError::Newer {
                found: found.get(),
                known: migrations::NEWEST,
            });
        }
        SchemaVersion::NoneSet | SchemaVersion::Inside(_) if as_left => Vec::new(),
        SchemaVersion::NoneSet | SchemaVersion::Inside(_) => findings(connection, "quick_check")?,
    };
    let id = application_id(connection)?;
    let path = match place {
        Place::File(path) => path.clone(),
        Place::Memory => PathBuf::new(),
    };
    if let Some(first) = found.into_iter().next() {
        return Err(StoreError::Corrupt {
            backup: newest_backup(&path),
            path,
            found: first,
        });
    }
    if id != APPLICATION_ID {
        return Err(StoreError::Corrupt {
            path,
            found: "it is not a Passerelle workspace".to_owned(),
            backup: None,
        });
    }
    Ok(())
}

fn findings(connection: &Connection, check: &str) -> Result<Vec<String>> {
    let mut found = Vec::new();
    connection.pragma_query(None, check, |row| {
        let line: String = row.get(0)?;
        if line != "ok" {
            found.push(line);
        }
        Ok(())
    })?;
    Ok(found)
}

fn reader(path: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    settle(&connection)?;
    Ok(connection)
}

/// What every connection is set to.
fn settle(connection: &Connection) -> Result<()> {
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.set_prepared_statement_cache_capacity(128);
    // A kept statement is planned once, not again for each value that a LIMIT is given.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(())
}

fn copy(from: &Connection, to: &Path) -> Result<()> {
    let mut target = Connection::open(to)?;
    let backup = rusqlite::backup::Backup::new(from, &mut target)?;
    backup.run_to_completion(1_000, Duration::ZERO, None)?;
    Ok(())
}

/// An error that SQLite reports without a path learns which file it is about, and where its backup is.
fn at_place(error: StoreError, place: &Place) -> StoreError {
    match (error, place) {
        (
            StoreError::Corrupt {
                found, backup: None, ..
            },
            Place::File(path),
        ) => StoreError::Corrupt {
            path: path.clone(),
            found,
            backup: newest_backup(path),
        },
        (other, _) => other,
    }
}

fn newest_backup(path: &Path) -> Option<PathBuf> {
    let stem = path.file_name()?.to_str()?.to_owned();
    let entries = std::fs::read_dir(path.parent()?).ok()?;
    entries
        .filter_map(std::result::Result::ok)
        .filter(|entry| {
            entry
                .file_name()
                .to_str()
                .is_some_and(|name| name.starts_with(&stem) && name.ends_with(".backup"))
        })
        .max_by_key(|entry| entry.metadata().and_then(|meta| meta.modified()).ok())
        .map(|entry| entry.path())
}

pub(crate) fn suffixed(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}
