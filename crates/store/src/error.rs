//! What can go wrong with a repository, each with the way out.

use std::{
    io,
    path::{Path, PathBuf},
    time::Duration,
};

/// Why the repository could not do what was asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// No repository there, or anywhere above.
    #[error("{} is not a Viite repository, nor is any folder above it; make one with 'viite init DIR', or name one with -C DIR", .0.display())]
    NotFound(PathBuf),
    /// The folder of a repository without its log.
    #[error("{} has lost its revision log, .viite/log.sqlite: restore it from a copy", .0.display())]
    NoLog(PathBuf),
    /// Images tell of revisions that the log does not have any more.
    #[error(
        "revisions after {last} were lost from the log: there is an image of a state that none leads to. Restore .viite/log.sqlite and .viite/log.sqlite-wal from a copy; or, to go on from revision {last}, delete .viite/snapshots"
    )]
    Lost {
        /// The newest revision that is there.
        last: u64,
    },
    /// `init` on something that is one already.
    #[error("{} is a Viite repository already; nothing was changed", .0.display())]
    AlreadyThere(PathBuf),
    /// Written by a later version of the program.
    #[error("{} has format version {found}, and this program reads up to {supported}; use a newer viite to open it", path.display())]
    NewerFormat {
        /// The repository.
        path: PathBuf,
        /// The version that it says.
        found: String,
        /// The newest that this program knows.
        supported: u32,
    },
    /// `viite.toml` cannot be used.
    #[error("{}: {reason}", path.display())]
    Config {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// Another process writes.
    #[error("the repository is being written by {holder}; waited {:.1} s. Try again when it has ended, or wait longer with --wait SECONDS", waited.as_secs_f32())]
    Locked {
        /// Process, program and start, as far as it told.
        holder: String,
        /// How long this process waited.
        waited: Duration,
    },
    /// A revision does not match its own hash, or its chain.
    #[error(
        "revision {number} of the log was altered: {what}. Nothing after it can be trusted; 'viite verify' lists every fault, and a copy of .viite/log.sqlite from before the alteration mends it"
    )]
    Altered {
        /// Which one.
        number: u64,
        /// What does not match.
        what: String,
    },
    /// Asked for a revision that does not exist.
    #[error("there is no revision {asked}: the log goes from 1 to {last}")]
    NoSuchRevision {
        /// What was asked for.
        asked: String,
        /// The number of the newest one, 0 when there is none.
        last: u64,
    },
    /// An archived source file does not exist.
    #[error("no archived file has the digest {0}")]
    NoSuchSource(String),
    /// Input for a bulk load that is not N-Quads.
    #[error("line {line}, column {column}: {reason}")]
    Syntax {
        /// Counted from 1.
        line: u64,
        /// Counted from 1, in characters.
        column: u64,
        /// What the parser expected.
        reason: String,
    },
    /// More than the snapshot's 32-bit numbers can count.
    #[error("the repository would hold more than {0}, the most that one snapshot can number")]
    TooLarge(&'static str),
    /// The file system said no.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What it said.
        source: io::Error,
    },
    /// SQLite said no.
    #[error("the revision log .viite/log.sqlite cannot be used: {0}. If it was damaged, restore it from a copy")]
    Sqlite(#[from] rusqlite::Error),
}

impl StoreError {
    pub(crate) fn io(path: &Path, source: io::Error) -> Self {
        Self::Io { path: path.to_owned(), source }
    }
}
