//! Looks at everything that a repository holds, and names what is not as it was written.

use crate::{
    Digest, Repository, StoreError,
    log::Log,
    snapshot::{compose::compose, file, hash_rows},
};
use serde::Serialize;

/// What `viite verify` found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Verification {
    /// Revisions looked at.
    pub revisions: u64,
    /// Archived files looked at.
    pub files: u64,
    /// Whether there is an image of the newest state. One that is missing is built when it is needed.
    pub snapshot: bool,
    /// What is wrong; empty when all is well.
    pub problems: Vec<Problem>,
}

/// One thing that is not as it was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// `revision 7`, `file …`, `snapshot` or `database`.
    pub place: String,
    /// What is wrong with it.
    pub what: String,
    /// What to do about it.
    pub advice: String,
}

impl Verification {
    /// Whether nothing is wrong.
    pub fn is_sound(&self) -> bool {
        self.problems.is_empty()
    }

    fn report(&mut self, place: impl Into<String>, what: impl Into<String>, advice: &str) {
        self.problems.push(Problem { place: place.into(), what: what.into(), advice: advice.to_owned() });
    }
}

const RESTORE: &str = "restore .viite/log.sqlite from a copy made before the alteration";

impl Repository {
    /// Checks the database file, the chain of records, every patch, the states that they lead to,
    /// every archived file and the image of the newest state.
    ///
    /// # Errors
    /// The log cannot be read at all.
    pub fn verify(&self) -> Result<Verification, StoreError> {
        let log = self.open_log();
        let mut found = Verification { revisions: 0, files: 0, snapshot: false, problems: Vec::new() };
        for line in log.integrity()? {
            found.report("database", line, RESTORE);
        }
        let revisions = log.unchecked_revisions()?;
        found.revisions = revisions.len() as u64;
        let mut previous = None;
        let mut intact = true;
        for (number, revision) in (1..).zip(&revisions) {
            let place = format!("revision {}", revision.number);
            let before = found.problems.len();
            if revision.compute_id() != revision.id {
                found.report(&place, "its record does not have the hash that it was given", RESTORE);
            }
            if revision.number != number || revision.prev != previous {
                found.report(&place, "it does not follow on the revision before it", RESTORE);
            }
            if let Err(error) = log.parts(revision) {
                found.report(&place, plain(&error), RESTORE);
            }
            intact &= found.problems.len() == before;
            previous = Some(revision.id);
        }
        if intact && let Err(error) = log.head() {
            found.report("revision log", plain(&error), RESTORE);
        }
        check_files(&log, &mut found)?;
        drop(log);
        if intact {
            self.check_states(&revisions, &mut found)?;
        }
        // An image is written after its revision: one of an unknown state tells of revisions that were lost.
        if self.has_lost_revisions()? {
            found.report(
                "revision log",
                "there is an image of a state that no revision leads to: the newest revisions were lost, \
                 perhaps with .viite/log.sqlite-wal",
                RESTORE,
            );
        }
        if let Some(head) = revisions.last() {
            match file::verify(&self.snapshots(), head.state)? {
                None => {}
                Some(true) => found.snapshot = true,
                Some(false) => found.report(
                    "snapshot",
                    "it is not as it was written",
                    "delete .viite/snapshots: it is built again from the log",
                ),
            }
        }
        Ok(found)
    }

    /// Replays all patches, and compares the newest state's hash.
    fn check_states(&self, revisions: &[crate::Revision], found: &mut Verification) -> Result<(), StoreError> {
        let Some(head) = revisions.last() else { return Ok(()) };
        let path = revisions.iter().collect::<Vec<_>>();
        let composed = match self.replay(&path, false) {
            Ok(batches) => compose(None, &batches)?,
            Err(error) => {
                found.report("revision log", plain(&error), RESTORE);
                return Ok(());
            }
        };
        let state: Digest = hash_rows(&composed.terms, &composed.quads).digest();
        if state != head.state {
            let place = format!("revision {}", head.number);
            found.report(place, "the patches do not lead to the state that it names", RESTORE);
        }
        Ok(())
    }
}

fn check_files(log: &Log, found: &mut Verification) -> Result<(), StoreError> {
    for digest in log.files()? {
        found.files += 1;
        let intact = log.file(digest).is_ok_and(|bytes| bytes.is_some_and(|bytes| Digest::of(&bytes) == digest));
        if !intact {
            found.report(format!("file {digest}"), "its bytes do not have the hash that it was given", RESTORE);
        }
    }
    Ok(())
}

/// The error without the advice that a verification gives itself.
fn plain(error: &StoreError) -> String {
    match error {
        StoreError::Altered { what, .. } => what.clone(),
        other => other.to_string(),
    }
}
