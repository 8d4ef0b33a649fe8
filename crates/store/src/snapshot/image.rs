//! The image of a state: sections of little-endian columns, then a trailer that says where they are.
//!
//! ```text
//! term ends      u64 × (terms + 1)      where each term begins in `term bytes`
//! term bytes     the encodings, in order
//! spog           offsets u32 × (terms + 1) by subject; predicate, object, graph columns
//! opsg           offsets u32 × (terms + 1) by object; predicate, subject, graph columns
//! predicates     their term numbers; offsets u32 × (predicates + 1) into psog
//! psog           subject, object, graph columns
//! statistics     different subjects and different objects of each predicate
//! graphs         their term numbers, the default graph last; offsets into gpos
//! gpos           predicate, object, subject columns
//! ```
//! Graph columns hold a graph's place in `graphs`, so that a filter over graphs is a table look-up.
//! In the first three orders the copies of a triple in several graphs stand next to each other:
//! the union of graphs yields each triple once by looking back one row.

use super::{compose::Composed, local::DEFAULT_GRAPH};
use crate::digest::Digest;
use std::io::{self, Write};

pub(crate) const MAGIC: &[u8; 8] = b"viitesnp";
/// Raise it whenever the layout or the encoding of terms changes: older images are then built anew.
pub(crate) const LAYOUT_VERSION: u64 = 1;

/// The sections, in the order in which they stand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(usize)]
pub(crate) enum Section {
    TermOffsets,
    TermBytes,
    SpogOffsets,
    SpogPredicates,
    SpogObjects,
    SpogGraphs,
    OpsgOffsets,
    OpsgPredicates,
    OpsgSubjects,
    OpsgGraphs,
    Predicates,
    PredicateOffsets,
    PsogSubjects,
    PsogObjects,
    PsogGraphs,
    PredicateSubjectCounts,
    PredicateObjectCounts,
    Graphs,
    GraphOffsets,
    GposPredicates,
    GposObjects,
    GposSubjects,
}

pub(crate) const SECTIONS: usize = Section::GposSubjects as usize + 1;
/// magic, layout version, state, checksum of all before, number of quads, (start, length) of each section, hash of the trailer itself
pub(crate) const TRAILER: usize = 8 + 8 + 32 + 32 + 8 + SECTIONS * 16 + 32;

/// What the trailer says.
pub(crate) struct Trailer {
    pub(crate) state: Digest,
    pub(crate) checksum: Digest,
    pub(crate) quads: u64,
    pub(crate) sections: [(u64, u64); SECTIONS],
}

impl Trailer {
    fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(TRAILER);
        bytes.extend_from_slice(MAGIC);
        bytes.extend_from_slice(&LAYOUT_VERSION.to_le_bytes());
        bytes.extend_from_slice(&self.state.0);
        bytes.extend_from_slice(&self.checksum.0);
        bytes.extend_from_slice(&self.quads.to_le_bytes());
        for (start, length) in self.sections {
            bytes.extend_from_slice(&start.to_le_bytes());
            bytes.extend_from_slice(&length.to_le_bytes());
        }
        let hash = Digest::of(&bytes);
        bytes.extend_from_slice(&hash.0);
        bytes
    }

    /// Reads the end of an image; none when it is cut off, altered or of another layout.
    pub(crate) fn read(image: &[u8]) -> Option<Self> {
        let body = image.len().checked_sub(TRAILER)?;
        let trailer = &image[body..];
        let (said, hash) = trailer.split_at(TRAILER - 32);
        if Digest::of(said).0 != hash || &said[..8] != MAGIC {
            return None;
        }
        let number = |at: usize| Some(u64::from_le_bytes(said.get(at..at + 8)?.try_into().ok()?));
        if number(8)? != LAYOUT_VERSION {
            return None;
        }
        let digest = |at: usize| Some(Digest(said.get(at..at + 32)?.try_into().ok()?));
        let mut sections = [(0, 0); SECTIONS];
        for (index, section) in sections.iter_mut().enumerate() {
            let (start, length) = (number(88 + index * 16)?, number(96 + index * 16)?);
            if start % 8 != 0 || start.checked_add(length)? > body as u64 {
                return None;
            }
            *section = (start, length);
        }
        Some(Self { state: digest(16)?, checksum: digest(48)?, quads: number(80)?, sections })
    }
}

/// Writes sections one after the other, each on a cache line of its own.
struct ImageWriter<W: Write> {
    out: W,
    hasher: blake3::Hasher,
    position: u64,
    sections: [(u64, u64); SECTIONS],
}

impl<W: Write> ImageWriter<W> {
    fn section(&mut self, section: Section, bytes: &[u8]) -> io::Result<()> {
        self.sections[section as usize] = (self.position, bytes.len() as u64);
        self.put(bytes)?;
        let padding = self.position.next_multiple_of(64) - self.position;
        self.put(&[0; 64][..padding as usize])
    }

    fn columns<const N: usize>(&mut self, sections: [(Section, &[u32]); N]) -> io::Result<()> {
        for (section, column) in sections {
            self.section(section, bytemuck::cast_slice(column))?;
        }
        Ok(())
    }

    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.hasher.update(bytes);
        self.out.write_all(bytes)?;
        self.position += bytes.len() as u64;
        Ok(())
    }
}

/// Writes the image of a state whose hash is `state`.
pub(crate) fn write_image<W: Write>(composed: Composed, state: Digest, out: W) -> io::Result<()> {
    use Section::*;
    let Composed { terms, quads, .. } = composed;
    let mut writer = ImageWriter { out, hasher: blake3::Hasher::new(), position: 0, sections: [(0, 0); SECTIONS] };
    writer.section(TermOffsets, bytemuck::cast_slice(&terms.offsets))?;
    writer.section(TermBytes, &terms.bytes)?;
    let term_count = terms.len();
    drop(terms);
    let count = quads.len() as u64;
    let (subjects, predicates, objects) = (quads.subjects, quads.predicates, quads.objects);

    let (graph_terms, graphs) = number_densely(&quads.graphs, term_count);
    drop(quads.graphs);
    let (predicate_terms, predicates) = number_densely(&predicates, term_count);
    let named = |column: &[u32]| column.iter().map(|p| predicate_terms[*p as usize]).collect::<Vec<_>>();

    writer.columns([
        (SpogOffsets, &offsets(&subjects, term_count)),
        (SpogPredicates, &named(&predicates)),
        (SpogObjects, &objects),
        (SpogGraphs, &graphs),
    ])?;

    // Stable sorts by one more key each: spog → psog → opsg → posg → gpos. The image does without
    // posg: opsg finds a predicate and an object as fast.
    let (predicate_offsets, [subjects, objects, graphs]) =
        sort_by(&predicates, predicate_terms.len(), [subjects, objects, graphs]);
    let predicates = expand(&predicate_offsets);
    writer.columns([
        (Predicates, &predicate_terms),
        (PredicateOffsets, &predicate_offsets),
        (PsogSubjects, &subjects),
        (PsogObjects, &objects),
        (PsogGraphs, &graphs),
        (PredicateSubjectCounts, &count_runs(&predicate_offsets, &subjects)),
    ])?;

    let (object_offsets, [predicates, subjects, graphs]) =
        sort_by(&objects, term_count, [predicates, subjects, graphs]);
    let objects = expand(&object_offsets);
    writer.columns([
        (OpsgOffsets, &object_offsets),
        (OpsgPredicates, &named(&predicates)),
        (OpsgSubjects, &subjects),
        (OpsgGraphs, &graphs),
    ])?;

    let (predicate_offsets, [objects, subjects, graphs]) =
        sort_by(&predicates, predicate_terms.len(), [objects, subjects, graphs]);
    writer.columns([(PredicateObjectCounts, &count_runs(&predicate_offsets, &objects))])?;

    let predicates = named(&expand(&predicate_offsets));
    let (graph_offsets, [predicates, objects, subjects]) =
        sort_by(&graphs, graph_terms.len(), [predicates, objects, subjects]);
    writer.columns([
        (Graphs, &graph_terms),
        (GraphOffsets, &graph_offsets),
        (GposPredicates, &predicates),
        (GposObjects, &objects),
        (GposSubjects, &subjects),
    ])?;

    let trailer = Trailer {
        state,
        checksum: Digest(*writer.hasher.finalize().as_bytes()),
        quads: count,
        sections: writer.sections,
    };
    writer.out.write_all(&trailer.to_bytes())?;
    writer.out.flush()
}

/// The different terms of a column in order, and the column with their places instead of them.
fn number_densely(column: &[u32], term_count: usize) -> (Vec<u32>, Vec<u32>) {
    let place = |id: u32| if id == DEFAULT_GRAPH { term_count } else { id as usize };
    let mut places = vec![0_u32; term_count + 1];
    for id in column {
        places[place(*id)] = 1;
    }
    let mut terms = Vec::new();
    for (id, slot) in places.iter_mut().enumerate() {
        if *slot == 1 {
            *slot = terms.len() as u32; // fewer than the terms, which u32 counts
            terms.push(if id == term_count { DEFAULT_GRAPH } else { id as u32 });
        }
    }
    let column = column.iter().map(|id| places[place(*id)]).collect();
    (terms, column)
}

/// Where each key's rows begin, were the rows sorted by it.
fn offsets(keys: &[u32], key_count: usize) -> Vec<u32> {
    let mut offsets = vec![0_u32; key_count + 1];
    for key in keys {
        offsets[*key as usize + 1] += 1;
    }
    let mut sum = 0;
    for offset in &mut offsets {
        sum += *offset;
        *offset = sum;
    }
    offsets
}

/// A stable counting sort of rows by `keys`. Yields each key's first row, and the other columns in the new order.
fn sort_by(keys: &[u32], key_count: usize, columns: [Vec<u32>; 3]) -> (Vec<u32>, [Vec<u32>; 3]) {
    let offsets = offsets(keys, key_count);
    let mut next = offsets.clone();
    let targets = keys
        .iter()
        .map(|key| {
            let target = next[*key as usize];
            next[*key as usize] += 1;
            target
        })
        .collect::<Vec<_>>();
    drop(next);
    let scatter = |column: Vec<u32>| {
        let mut sorted = vec![0; column.len()];
        for (value, target) in column.into_iter().zip(&targets) {
            sorted[*target as usize] = value;
        }
        sorted
    };
    let [a, b, c] = columns;
    let (a, (b, c)) = rayon::join(|| scatter(a), || rayon::join(|| scatter(b), || scatter(c)));
    (offsets, [a, b, c])
}

/// The sorted key column that the offsets describe.
fn expand(offsets: &[u32]) -> Vec<u32> {
    let mut keys = Vec::with_capacity(offsets.last().map_or(0, |last| *last as usize));
    for (key, range) in (0..).zip(offsets.windows(2)) {
        keys.resize(range[1] as usize, key);
    }
    keys
}

/// How many different values stand in each key's sorted rows.
fn count_runs(offsets: &[u32], sorted: &[u32]) -> Vec<u32> {
    offsets
        .windows(2)
        .map(|range| {
            let rows = &sorted[range[0] as usize..range[1] as usize];
            let changes = rows.windows(2).filter(|pair| pair[0] != pair[1]).count();
            (changes + usize::from(!rows.is_empty())) as u32 // at most the rows, which u32 counts
        })
        .collect()
}
