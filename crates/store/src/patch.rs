//! Changes as RDF Patch (<https://afs.github.io/rdf-delta/rdf-patch.html>), in compressed parts.
//!
//! A revision's patch says exactly what changed: no quad that was there already is added, none
//! that was not there is removed. So it can be applied backwards too.

use crate::{
    Digest, Revision, StoreError,
    snapshot::{local::Batch, write_nquad},
};
use oxrdf::{Quad, QuadRef};
use oxttl::NQuadsParser;
use rayon::prelude::*;
use std::io::{self, Write};

/// The difference between two states.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Quads that the second state has and the first has not.
    pub added: Vec<Quad>,
    /// Quads that the first state has and the second has not.
    pub removed: Vec<Quad>,
}

impl Changes {
    /// The changes of quads that are put in (true) or taken out, in the order of their text.
    pub(crate) fn of(operations: impl IntoIterator<Item = (Quad, bool)>) -> Self {
        let mut changes = Self::default();
        for (quad, insert) in operations {
            if insert { changes.added.push(quad) } else { changes.removed.push(quad) }
        }
        changes.added.sort_by_cached_key(ToString::to_string);
        changes.removed.sort_by_cached_key(ToString::to_string);
        changes
    }

    /// Whether the two states are the same.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty()
    }

    /// The way back.
    #[must_use]
    pub fn inverse(self) -> Self {
        Self { added: self.removed, removed: self.added }
    }
}

/// Writes changes as an RDF Patch, with the header of the revision that they make where it is given.
///
/// # Errors
/// The writer's.
pub fn write_patch(changes: &Changes, revision: Option<&Revision>, mut out: impl Write) -> io::Result<()> {
    if let Some(revision) = revision {
        writeln!(out, "H id <urn:blake3:{}> .", revision.id)?;
        if let Some(previous) = revision.prev {
            writeln!(out, "H prev <urn:blake3:{previous}> .")?;
        }
    }
    writeln!(out, "TX .")?;
    for (letter, quads) in [('D', &changes.removed), ('A', &changes.added)] {
        for quad in quads {
            writeln!(out, "{letter} {} .", QuadRef::from(quad))?;
        }
    }
    writeln!(out, "TC .")
}

/// Some lines of a patch as they lie in the log.
pub(crate) struct Part {
    /// Lines that add, or else lines that remove.
    pub(crate) adds: bool,
    /// RDF Patch lines, compressed with zstd.
    pub(crate) content: Vec<u8>,
}

impl Part {
    const ROWS: usize = 8192;

    /// The parts of so many quads, made in parallel.
    pub(crate) fn encode<'t>(
        adds: bool,
        rows: usize,
        row: impl Fn(usize) -> [u32; 4] + Sync,
        encoded: impl Fn(u32) -> &'t [u8] + Sync,
    ) -> io::Result<Vec<Self>> {
        (0..rows.div_ceil(Self::ROWS))
            .into_par_iter()
            .map(|part| {
                let mut lines = Vec::with_capacity(1 << 20);
                for index in part * Self::ROWS..rows.min((part + 1) * Self::ROWS) {
                    lines.extend_from_slice(if adds { b"A " } else { b"D " });
                    write_nquad(row(index), &encoded, &mut lines);
                }
                Ok(Self { adds, content: zstd::bulk::compress(&lines, 1)? })
            })
            .collect()
    }

    /// The parts' common digest, in their order.
    pub(crate) fn digest<'p>(parts: impl IntoIterator<Item = &'p Self>) -> Digest {
        let mut hasher = blake3::Hasher::new();
        for part in parts {
            hasher.update(&[u8::from(part.adds)]);
            hasher.update(&Digest::of(&part.content).0);
        }
        Digest(*hasher.finalize().as_bytes())
    }

    /// Puts the part's operations at the end of the batch, or their opposites.
    pub(crate) fn replay(&self, batch: &mut Batch, backwards: bool) -> Result<(), String> {
        let text = zstd::decode_all(&self.content[..]).map_err(|error| error.to_string())?;
        let letter: &[u8] = if self.adds { b"A " } else { b"D " };
        let mut lines = Vec::with_capacity(text.len());
        for line in text.split_inclusive(|byte| *byte == b'\n') {
            lines.extend_from_slice(line.strip_prefix(letter).ok_or("a line is not of its part's kind")?);
        }
        // What was written from checked quads need not be checked again.
        for quad in NQuadsParser::new().lenient().for_slice(&lines) {
            let quad = quad.map_err(|error| error.to_string())?;
            batch.push(quad.as_ref(), self.adds != backwards);
        }
        Ok(())
    }
}

/// Parses N-Quads in parallel, one batch for each piece.
pub(crate) fn parse_nquads(text: &[u8]) -> Result<Vec<Batch>, StoreError> {
    const SMALLEST: usize = 1 << 20;
    let pieces = rayon::current_num_threads().min(text.len() / SMALLEST).max(1);
    let mut starts = vec![0];
    for piece in 1..pieces {
        let near = text.len() / pieces * piece;
        let line_end = text[near..].iter().position(|byte| *byte == b'\n');
        starts.push(line_end.map_or(text.len(), |length| near + length + 1));
    }
    starts.push(text.len());
    starts
        .par_windows(2)
        .map(|range| {
            let mut batch = Batch::default();
            for quad in NQuadsParser::new().for_slice(&text[range[0]..range[1]]) {
                let quad = quad.map_err(|error| {
                    let lines_before = text[..range[0]].iter().filter(|byte| **byte == b'\n').count() as u64;
                    let place = error.location().start;
                    StoreError::Syntax {
                        line: lines_before + place.line + 1,
                        column: place.column + 1,
                        reason: error.message().to_owned(),
                    }
                })?;
                batch.push(quad.as_ref(), true);
            }
            Ok(batch)
        })
        .collect()
}
