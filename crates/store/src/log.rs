//! The revision log: the system of record, in one SQLite file.
//!
//! Each revision's id is the hash of everything that it says, its predecessor's id included, so
//! that no record can be altered, taken out or put in without the chain showing it.

use crate::{Digest, StoreError, patch::Part};
use rusqlite::{Connection, OpenFlags, OptionalExtension, Row, params};
use serde::Serialize;
use std::{ops::RangeInclusive, path::Path};

/// The format of the repository; a program refuses those with a higher number.
pub(crate) const FORMAT: u32 = 1;

const SCHEMA: &str = "
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE revision (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    prev TEXT,
    state TEXT NOT NULL,
    patch TEXT NOT NULL,
    added INTEGER NOT NULL,
    removed INTEGER NOT NULL,
    time TEXT NOT NULL,
    author TEXT NOT NULL,
    message TEXT NOT NULL
) STRICT;
CREATE TABLE patch_part (
    revision INTEGER NOT NULL REFERENCES revision (number),
    part INTEGER NOT NULL,
    adds INTEGER NOT NULL,
    content BLOB NOT NULL,
    UNIQUE (revision, part)
) STRICT;
CREATE TABLE source (
    revision INTEGER NOT NULL REFERENCES revision (number),
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    digest TEXT NOT NULL REFERENCES file (digest),
    PRIMARY KEY (revision, position)
) STRICT;
CREATE TABLE file (digest TEXT PRIMARY KEY, bytes INTEGER NOT NULL) STRICT;
CREATE TABLE file_part (
    digest TEXT NOT NULL REFERENCES file (digest),
    part INTEGER NOT NULL,
    content BLOB NOT NULL,
    UNIQUE (digest, part)
) STRICT;
";

/// The largest number that SQLite holds.
const LAST: u64 = i64::MAX as u64;

/// One revision of a repository.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Revision {
    /// 1 for the first.
    pub number: u64,
    /// The hash of the record.
    pub id: Digest,
    /// The id of the one before.
    pub prev: Option<Digest>,
    /// The hash of the state that it leads to.
    pub state: Digest,
    /// The hash of its patch.
    #[serde(skip)]
    pub(crate) patch: Digest,
    /// When it was made, in RFC 3339.
    pub time: String,
    /// Who made it.
    pub author: String,
    /// Why.
    pub message: String,
    /// How many quads it added.
    pub added: u64,
    /// How many quads it removed.
    pub removed: u64,
    /// The files that it came from, archived byte for byte.
    pub sources: Vec<SourceFile>,
}

/// An archived file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SourceFile {
    /// As it was called.
    pub name: String,
    /// BLAKE3 of its bytes.
    pub digest: Digest,
    /// Its length.
    pub bytes: u64,
}

impl Revision {
    /// The hash of what the record says.
    pub(crate) fn compute_id(&self) -> Digest {
        let mut hasher = blake3::Hasher::new();
        let mut field = |bytes: &[u8]| {
            hasher.update(&(bytes.len() as u64).to_le_bytes());
            hasher.update(bytes);
        };
        field(b"viite revision 1");
        field(&self.number.to_le_bytes());
        field(self.prev.as_ref().map_or(&[][..], |prev| &prev.0));
        field(&self.state.0);
        field(&self.patch.0);
        field(&self.added.to_le_bytes());
        field(&self.removed.to_le_bytes());
        field(self.time.as_bytes());
        field(self.author.as_bytes());
        field(self.message.as_bytes());
        for source in &self.sources {
            field(source.name.as_bytes());
            field(&source.digest.0);
        }
        Digest(*hasher.finalize().as_bytes())
    }

    fn check(&self) -> Result<(), StoreError> {
        if self.compute_id() == self.id {
            return Ok(());
        }
        Err(altered(self.number, "its record does not have the hash that it was given"))
    }
}

pub(crate) fn altered(number: u64, what: impl Into<String>) -> StoreError {
    StoreError::Altered { number, what: what.into() }
}

/// The open SQLite file.
pub(crate) struct Log {
    connection: Connection,
}

impl Log {
    /// Makes an empty log.
    pub(crate) fn create(path: &Path) -> Result<(), StoreError> {
        let connection = Connection::open(path)?;
        connection.pragma_update(None, "page_size", 8192)?;
        configure(&connection)?;
        connection.execute_batch(SCHEMA)?;
        connection.execute("INSERT INTO meta VALUES ('format', ?1)", [FORMAT.to_string()])?;
        // No write-ahead file must be left behind: the folder is about to be moved to its place.
        connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        connection.close().map_err(|(_, error)| error)?;
        Ok(())
    }

    /// Opens a log that exists.
    pub(crate) fn open(path: &Path, root: &Path) -> Result<Self, StoreError> {
        let connection = open_writable(path).or_else(|error| open_read_only(path).map_err(|_| error))?;
        let format: String =
            connection.query_row("SELECT value FROM meta WHERE key = 'format'", [], |row| row.get(0))?;
        if format.parse::<u32>().is_ok_and(|format| format <= FORMAT) {
            Ok(Self { connection })
        } else {
            Err(StoreError::NewerFormat { path: root.to_owned(), found: format, supported: FORMAT })
        }
    }

    /// Whether some revision leads to this state.
    pub(crate) fn leads_to(&self, state: Digest) -> Result<bool, StoreError> {
        let mut statement = self.connection.prepare_cached("SELECT 1 FROM revision WHERE state = ?1")?;
        Ok(statement.exists([state.to_string()])?)
    }

    /// The newest revision, checked against its own hash and the note that the log keeps of it.
    pub(crate) fn head(&self) -> Result<Option<Revision>, StoreError> {
        let transaction = self.connection.unchecked_transaction()?; // one state for both questions
        let number: Option<u64> = transaction.query_row("SELECT max(number) FROM revision", [], |row| row.get(0))?;
        let noted = self.noted_head()?;
        let revision = number.map(|number| self.revision(number)).transpose()?.flatten();
        match (&revision, noted) {
            (Some(revision), Some(noted)) if revision.id.to_string() == noted => Ok(()),
            (None, None) => Ok(()),
            (revision, _) => Err(altered(
                revision.as_ref().map_or(0, |revision| revision.number),
                "it is not the newest one that was committed: revisions were taken out or put in",
            )),
        }?;
        Ok(revision)
    }

    fn noted_head(&self) -> Result<Option<String>, StoreError> {
        let noted = self.connection.query_row("SELECT value FROM meta WHERE key = 'head'", [], |row| row.get(0));
        Ok(noted.optional()?)
    }

    /// One revision, checked against its own hash.
    pub(crate) fn revision(&self, number: u64) -> Result<Option<Revision>, StoreError> {
        let revision = self.unchecked_revision(number)?;
        revision.iter().try_for_each(Revision::check)?;
        Ok(revision)
    }

    pub(crate) fn unchecked_revision(&self, number: u64) -> Result<Option<Revision>, StoreError> {
        let mut revisions = self.read(number..=number)?;
        Ok(revisions.pop())
    }

    /// All revisions, oldest first, the chain checked.
    pub(crate) fn revisions(&self) -> Result<Vec<Revision>, StoreError> {
        let transaction = self.connection.unchecked_transaction()?;
        let revisions = self.unchecked_revisions()?;
        transaction.finish()?;
        let mut previous = None;
        for (number, revision) in (1..).zip(&revisions) {
            revision.check()?;
            if revision.number != number || revision.prev != previous {
                return Err(altered(revision.number, "it does not follow on the revision before it"));
            }
            previous = Some(revision.id);
        }
        Ok(revisions)
    }

    pub(crate) fn unchecked_revisions(&self) -> Result<Vec<Revision>, StoreError> {
        self.read(0..=LAST)
    }

    /// The revisions of these numbers, as far as there are any.
    fn read(&self, numbers: RangeInclusive<u64>) -> Result<Vec<Revision>, StoreError> {
        let ends = [*numbers.start(), *numbers.end()];
        let mut statement = self.connection.prepare_cached(
            "SELECT number, id, prev, state, patch, time, author, message, added, removed
             FROM revision WHERE number BETWEEN ?1 AND ?2 ORDER BY number",
        )?;
        let mut revisions = statement.query_map(ends, read_revision)?.collect::<Result<Vec<_>, rusqlite::Error>>()?;
        let mut statement = self.connection.prepare_cached(
            "SELECT revision, name, digest, bytes FROM source JOIN file USING (digest)
             WHERE revision BETWEEN ?1 AND ?2 ORDER BY revision, position",
        )?;
        let mut rows = statement.query(ends)?;
        while let Some(row) = rows.next()? {
            let source = SourceFile { name: row.get(1)?, digest: digest(row, 2)?, bytes: row.get(3)? };
            let number = row.get(0)?;
            if let Ok(place) = revisions.binary_search_by_key(&number, |revision| revision.number) {
                revisions[place].sources.push(source);
            }
        }
        Ok(revisions)
    }

    /// A revision's patch, checked against the hash that its record gives.
    pub(crate) fn parts(&self, revision: &Revision) -> Result<Vec<Part>, StoreError> {
        let mut statement =
            self.connection.prepare_cached("SELECT adds, content FROM patch_part WHERE revision = ?1 ORDER BY part")?;
        let parts = statement
            .query_map([revision.number], |row| Ok(Part { adds: row.get(0)?, content: row.get(1)? }))?
            .collect::<Result<Vec<_>, _>>()?;
        if Part::digest(&parts) == revision.patch {
            Ok(parts)
        } else {
            Err(altered(revision.number, "its patch does not have the hash that its record gives"))
        }
    }

    /// An archived file's bytes; none when there is no such file.
    pub(crate) fn file(&self, wanted: Digest) -> Result<Option<Vec<u8>>, StoreError> {
        let known =
            self.connection.query_row("SELECT bytes FROM file WHERE digest = ?1", [wanted.to_string()], |row| {
                row.get::<_, u64>(0)
            });
        if known.optional()?.is_none() {
            return Ok(None);
        }
        let mut statement =
            self.connection.prepare_cached("SELECT content FROM file_part WHERE digest = ?1 ORDER BY part")?;
        let mut bytes = Vec::new();
        let mut rows = statement.query([wanted.to_string()])?;
        while let Some(row) = rows.next()? {
            let part: Vec<u8> = row.get(0)?;
            zstd::stream::copy_decode(&part[..], &mut bytes)
                .map_err(|error| StoreError::io(Path::new("archived file"), error))?;
        }
        Ok(Some(bytes))
    }

    /// Digests of all archived files.
    pub(crate) fn files(&self) -> Result<Vec<Digest>, StoreError> {
        let mut statement = self.connection.prepare("SELECT digest FROM file ORDER BY digest")?;
        Ok(statement.query_map([], |row| digest(row, 0))?.collect::<Result<_, _>>()?)
    }

    /// What SQLite itself says of its file; empty when it is sound.
    pub(crate) fn integrity(&self) -> Result<Vec<String>, StoreError> {
        let mut statement = self.connection.prepare("PRAGMA integrity_check(20)")?;
        let lines = statement.query_map([], |row| row.get(0))?.collect::<Result<Vec<String>, _>>()?;
        Ok(lines.into_iter().filter(|line| line != "ok").collect())
    }

    /// Adds a revision; when this returns, it is on the disk, whole.
    pub(crate) fn append(
        &mut self,
        revision: &Revision,
        parts: &[Part],
        files: &[(SourceFile, Vec<Vec<u8>>)],
    ) -> Result<(), StoreError> {
        let transaction = self.connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        transaction.execute(
            "INSERT INTO revision (number, id, prev, state, patch, added, removed, time, author, message)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            params![
                revision.number,
                revision.id.to_string(),
                revision.prev.map(|prev| prev.to_string()),
                revision.state.to_string(),
                revision.patch.to_string(),
                revision.added,
                revision.removed,
                revision.time,
                revision.author,
                revision.message
            ],
        )?;
        for (number, part) in (0_u64..).zip(parts) {
            transaction.prepare_cached("INSERT INTO patch_part VALUES (?1, ?2, ?3, ?4)")?.execute(params![
                revision.number,
                number,
                part.adds,
                part.content
            ])?;
        }
        for (position, (file, contents)) in (0_u64..).zip(files) {
            let name = file.digest.to_string();
            let new = transaction.execute("INSERT OR IGNORE INTO file VALUES (?1, ?2)", params![name, file.bytes])?;
            for (number, content) in (0_u64..).zip(contents).filter(|_| new == 1) {
                transaction
                    .prepare_cached("INSERT INTO file_part VALUES (?1, ?2, ?3)")?
                    .execute(params![name, number, content])?;
            }
            transaction.execute(
                "INSERT INTO source VALUES (?1, ?2, ?3, ?4)",
                params![revision.number, position, file.name, name],
            )?;
        }
        transaction.execute("INSERT OR REPLACE INTO meta VALUES ('head', ?1)", [revision.id.to_string()])?;
        transaction.commit()?;
        Ok(())
    }
}

fn open_writable(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    configure(&connection)?;
    // Only asking tells whether a file that could be opened can be read with what lies beside it.
    connection.query_row("SELECT count(*) FROM meta", [], |_| Ok(()))?;
    Ok(connection)
}

/// For somebody who may read the repository, but not write it. Without a write-ahead file the log
/// stands still, and SQLite is told so: else it would want to make one.
fn open_read_only(path: &Path) -> Result<Connection, StoreError> {
    let wal = path.with_extension("sqlite-wal");
    let still = std::fs::metadata(&wal).map_or(true, |data| data.len() == 0);
    let mut uri = "file:".to_owned();
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' => uri.push(char::from(*byte)),
            other => uri.push_str(&format!("%{other:02X}")),
        }
    }
    uri.push_str(if still { "?mode=ro&immutable=1" } else { "?mode=ro" });
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    let connection = Connection::open_with_flags(uri, flags)?;
    connection.busy_timeout(std::time::Duration::from_secs(10))?;
    Ok(connection)
}

fn configure(connection: &Connection) -> Result<(), StoreError> {
    connection.busy_timeout(std::time::Duration::from_secs(10))?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    Ok(())
}

fn read_revision(row: &Row<'_>) -> Result<Revision, rusqlite::Error> {
    let prev: Option<String> = row.get(2)?;
    Ok(Revision {
        number: row.get(0)?,
        id: digest(row, 1)?,
        prev: prev.is_some().then(|| digest(row, 2)).transpose()?,
        state: digest(row, 3)?,
        patch: digest(row, 4)?,
        time: row.get(5)?,
        author: row.get(6)?,
        message: row.get(7)?,
        added: row.get(8)?,
        removed: row.get(9)?,
        sources: Vec::new(),
    })
}

/// What cannot be read as a digest was altered: it becomes one that nothing has.
fn digest(row: &Row<'_>, column: usize) -> Result<Digest, rusqlite::Error> {
    Ok(row.get::<_, String>(column)?.parse().unwrap_or_default())
}
