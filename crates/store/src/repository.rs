//! A repository on disk: where things lie, and how they are opened.
//!
//! ```text
//! viite.toml                     settings
//! .viite/log.sqlite              the revision log and the archived files: the system of record
//! .viite/snapshots/*.snapshot    images of states: derived, may be deleted at any time
//! .viite/write.lock              who writes
//! ```

use crate::{
    Changes, Config, Digest, Revision, SourceFile, StoreError, Writer,
    lock::WriteLock,
    log::{Log, altered},
    patch::Part,
    snapshot::{
        Snapshot,
        compose::{Composed, compose},
        file, hash_rows,
        local::Batch,
    },
};
use oxrdf::Quad;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::{
    fs,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

/// An open repository.
pub struct Repository {
    root: PathBuf,
    config: Config,
    log: Mutex<Log>,
    /// The newest revision up to which the chain was checked.
    checked: Mutex<Option<Digest>>,
    /// The last state that was read.
    current: Mutex<Option<Arc<Snapshot>>>,
}

const FOLDER: &str = ".viite";

impl Repository {
    /// Makes an empty repository in a folder, which is made where it does not exist.
    ///
    /// # Errors
    /// There is one already, or the folder cannot be written; then nothing is left behind.
    pub fn init(root: &Path, config: &Config) -> Result<Self, StoreError> {
        config.names()?;
        let folder = root.join(FOLDER);
        if folder.exists() {
            return Err(StoreError::AlreadyThere(root.to_owned()));
        }
        fs::create_dir_all(root).map_err(|error| StoreError::io(root, error))?;
        let unfinished = root.join(format!("{FOLDER}.{}.unfinished", std::process::id()));
        let make = || {
            let snapshots = unfinished.join("snapshots");
            fs::create_dir_all(&snapshots).map_err(|error| StoreError::io(&snapshots, error))?;
            Log::create(&unfinished.join("log.sqlite"))?;
            if !root.join(Config::FILE).exists() {
                config.write(root)?;
            }
            fs::rename(&unfinished, &folder).map_err(|error| StoreError::io(&folder, error))
        };
        if let Err(error) = make() {
            let _ = fs::remove_dir_all(&unfinished); // the first error is the one to tell
            return Err(error);
        }
        Self::open(root)
    }

    /// Opens the repository in this very folder.
    ///
    /// # Errors
    /// There is none, or it is of a newer format, or its settings are wrong.
    pub fn open(root: &Path) -> Result<Self, StoreError> {
        let log = root.join(FOLDER).join("log.sqlite");
        if !log.is_file() {
            let lost = root.join(FOLDER).join("snapshots").is_dir();
            return Err(if lost { StoreError::NoLog(root.to_owned()) } else { StoreError::NotFound(root.to_owned()) });
        }
        let config = Config::read(root)?;
        config.names()?;
        let log = Log::open(&log, root)?;
        Ok(Self {
            root: root.to_owned(),
            config,
            log: Mutex::new(log),
            checked: Mutex::new(None),
            current: Mutex::new(None),
        })
    }

    /// Opens the repository in this folder or the nearest one above.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub fn discover(start: &Path) -> Result<Self, StoreError> {
        let start = std::path::absolute(start).map_err(|error| StoreError::io(start, error))?;
        let found = start.ancestors().find(|folder| folder.join(FOLDER).is_dir());
        Self::open(found.ok_or_else(|| StoreError::NotFound(start.clone()))?)
    }

    /// The folder that the repository lies in.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Its settings.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// The newest revision; none in an empty repository. The first time, the whole chain of records is
    /// checked; later, what was added to it.
    ///
    /// # Errors
    /// A record was altered, or is missing in the chain.
    pub fn head(&self) -> Result<Option<Revision>, StoreError> {
        let log = self.open_log();
        let head = log.head()?;
        let mut checked = self.checked.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(head) = &head
            && *checked != Some(head.id)
        {
            if checked.is_none() || head.prev != *checked {
                log.revisions()?;
            }
            *checked = Some(head.id);
        }
        Ok(head)
    }

    /// Whether there is an image of a state that no revision leads to: it was written after its
    /// revision, so revisions were lost.
    pub(crate) fn has_lost_revisions(&self) -> Result<bool, StoreError> {
        let log = self.open_log();
        for state in file::states(&self.snapshots()) {
            if !log.leads_to(state)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// All revisions, newest first.
    ///
    /// # Errors
    /// A record was altered, or is missing in the chain.
    pub fn log(&self) -> Result<Vec<Revision>, StoreError> {
        let mut revisions = self.open_log().revisions()?;
        revisions.reverse();
        Ok(revisions)
    }

    /// One revision by its number.
    ///
    /// # Errors
    /// There is none with this number, or its record was altered.
    pub fn revision(&self, number: u64) -> Result<Revision, StoreError> {
        let log = self.open_log();
        let revision = log.revision(number)?;
        let last = log.head()?.map_or(0, |head| head.number);
        revision.ok_or_else(|| StoreError::NoSuchRevision { asked: number.to_string(), last })
    }

    /// The newest state.
    ///
    /// # Errors
    /// The log was altered, and the image is not there to be read without it.
    pub fn snapshot(&self) -> Result<Arc<Snapshot>, StoreError> {
        self.snapshot_of(self.head()?.as_ref())
    }

    /// The state after a revision; 0 is the empty state before the first.
    ///
    /// # Errors
    /// There is no such revision, or one that is needed to build the state was altered.
    pub fn snapshot_at(&self, number: u64) -> Result<Arc<Snapshot>, StoreError> {
        if number == 0 {
            return self.snapshot_of(None);
        }
        self.snapshot_of(Some(&self.revision(number)?))
    }

    /// What one has to change in the state after `from` to get that after `to`.
    ///
    /// # Errors
    /// As [`snapshot_at`](Self::snapshot_at).
    pub fn diff(&self, from: u64, to: u64) -> Result<Changes, StoreError> {
        let (first, last) = (from.min(to), from.max(to));
        let mut net = FxHashMap::<Quad, bool>::default();
        for number in first + 1..=last {
            let revision = self.revision(number)?;
            let parts = self.open_log().parts(&revision)?;
            let changes = read_changes(&parts).map_err(|what| altered(number, what))?;
            let operations = changes.removed.into_iter().map(|quad| (quad, false));
            for (quad, insert) in operations.chain(changes.added.into_iter().map(|quad| (quad, true))) {
                // An addition and a removal of the same quad cancel each other out.
                if net.remove(&quad).is_none() {
                    net.insert(quad, insert);
                }
            }
        }
        let changes = Changes::of(net);
        Ok(if from <= to { changes } else { changes.inverse() })
    }

    /// An archived file's bytes.
    ///
    /// # Errors
    /// There is no such file.
    pub fn source(&self, file: &SourceFile) -> Result<Vec<u8>, StoreError> {
        self.open_log().file(file.digest)?.ok_or_else(|| StoreError::NoSuchSource(file.digest.to_string()))
    }

    /// Begins a change. Only one process can hold a writer; waits at most so long for its turn.
    ///
    /// # Errors
    /// Somebody else writes all that time; the error says who.
    pub fn write(&self, wait: Duration) -> Result<Writer<'_>, StoreError> {
        let lock = WriteLock::acquire(&self.folder().join("write.lock"), wait)?;
        Writer::new(self, lock)
    }

    pub(crate) fn folder(&self) -> PathBuf {
        self.root.join(FOLDER)
    }

    pub(crate) fn snapshots(&self) -> PathBuf {
        self.folder().join("snapshots")
    }

    pub(crate) fn open_log(&self) -> MutexGuard<'_, Log> {
        // SQLite rolls an interrupted transaction back, so a panic elsewhere leaves the log usable.
        self.log.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn append(
        &self,
        revision: &Revision,
        parts: &[Part],
        files: &[(SourceFile, Vec<Vec<u8>>)],
    ) -> Result<(), StoreError> {
        self.open_log().append(revision, parts, files)
    }

    pub(crate) fn snapshot_of(&self, revision: Option<&Revision>) -> Result<Arc<Snapshot>, StoreError> {
        let Some(revision) = revision else {
            return Ok(Arc::new(Snapshot::from_quads(std::iter::empty::<Quad>())?));
        };
        if let Some(current) = self.cached(revision.state) {
            return Ok(current);
        }
        let snapshot = match file::open(&self.snapshots(), revision.state)? {
            Some(snapshot) => snapshot,
            None => {
                let _lock = self.lock_snapshots()?;
                match file::open(&self.snapshots(), revision.state)? {
                    Some(built_meanwhile) => built_meanwhile,
                    None => self.rebuild(revision)?,
                }
            }
        };
        Ok(self.remember(snapshot))
    }

    /// Writes the image of the newest state, and removes those of older ones.
    pub(crate) fn install(&self, composed: Composed, state: Digest) -> Result<Arc<Snapshot>, StoreError> {
        let _lock = self.lock_snapshots()?;
        let snapshot = file::create(&self.snapshots(), composed, state)?;
        file::keep_only(&self.snapshots(), &[state]);
        Ok(self.remember(snapshot))
    }

    fn lock_snapshots(&self) -> Result<WriteLock, StoreError> {
        let snapshots = self.snapshots();
        fs::create_dir_all(&snapshots).map_err(|error| StoreError::io(&snapshots, error))?;
        WriteLock::wait(&self.folder().join("snapshots.lock"))
    }

    fn cached(&self, state: Digest) -> Option<Arc<Snapshot>> {
        let current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        current.as_ref().filter(|snapshot| snapshot.state() == state).cloned()
    }

    fn remember(&self, snapshot: Snapshot) -> Arc<Snapshot> {
        let snapshot = Arc::new(snapshot);
        *self.current.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&snapshot));
        snapshot
    }

    /// Builds the image of a revision's state from the nearest image that is there, or from nothing,
    /// and the patches that lie between.
    fn rebuild(&self, revision: &Revision) -> Result<Snapshot, StoreError> {
        let revisions = self.open_log().revisions()?;
        let folder = self.snapshots();
        let mut candidates = revisions.iter().collect::<Vec<_>>();
        candidates.sort_by_key(|candidate| candidate.number.abs_diff(revision.number));
        let mut base = None;
        for candidate in candidates {
            // From the empty state it is `revision.number` patches.
            if candidate.number.abs_diff(revision.number) >= revision.number {
                break;
            }
            if let Some(snapshot) = file::open(&folder, candidate.state)? {
                base = Some((candidate.number, snapshot));
                break;
            }
        }
        let base_number = base.as_ref().map_or(0, |(number, _)| *number);
        let backwards = base_number > revision.number;
        let between = base_number.min(revision.number)..base_number.max(revision.number);
        let mut path = revisions.iter().filter(|r| between.contains(&(r.number - 1))).collect::<Vec<_>>();
        if backwards {
            path.reverse();
        }
        let batches = self.replay(&path, backwards)?;
        let base = base.as_ref().map(|(_, snapshot)| snapshot);
        let composed = compose(base, &batches)?.without_unused_terms();
        if hash_rows(&composed.terms, &composed.quads).digest() != revision.state {
            return Err(altered(revision.number, "the patches do not lead to the state that it names"));
        }
        let snapshot = file::create(&folder, composed, revision.state)?;
        // Images of the past are as large as that of the present: one of them is enough.
        let newest = revisions.last().map_or(revision.state, |newest| newest.state);
        file::keep_only(&folder, &[revision.state, newest]);
        Ok(snapshot)
    }

    /// The operations of some revisions, in their order, read in parallel.
    pub(crate) fn replay(&self, path: &[&Revision], backwards: bool) -> Result<Vec<Batch>, StoreError> {
        let mut parts = Vec::new();
        for revision in path {
            let read = self.open_log().parts(revision)?;
            parts.extend(read.into_iter().map(|part| (revision.number, part)));
        }
        let share = parts.len().div_ceil(rayon::current_num_threads()).max(1);
        parts
            .par_chunks(share)
            .map(|parts| {
                let mut batch = Batch::default();
                for (number, part) in parts {
                    part.replay(&mut batch, backwards).map_err(|what| altered(*number, what))?;
                }
                Ok(batch)
            })
            .collect()
    }
}

fn read_changes(parts: &[Part]) -> Result<Changes, String> {
    let mut changes = Changes::default();
    for part in parts {
        let mut batch = Batch::default();
        part.replay(&mut batch, false)?;
        let quads = batch.quads();
        if part.adds { changes.added.extend(quads) } else { changes.removed.extend(quads) }
    }
    Ok(changes)
}
