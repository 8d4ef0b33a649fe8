//! Hashes: of records and files (BLAKE3), and of states (order-independent).

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A 256-bit hash, written as 64 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Digest(pub(crate) [u8; 32]);

impl Digest {
    /// BLAKE3 of some bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(*blake3::hash(bytes).as_bytes())
    }

    /// The first twelve digits, enough for people.
    pub fn short(&self) -> String {
        self.to_string()[..12].to_owned() // hexadecimal digits are one byte each
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(blake3::Hash::from_bytes(self.0).to_hex().as_str())
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Digest {
    type Err = blake3::HexError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self(*blake3::Hash::from_hex(text)?.as_bytes()))
    }
}

impl Serialize for Digest {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// The hash of a set of quads, whatever their order: the sum of the quads' hashes.
///
/// Adding and taking away a quad cost the same few nanoseconds at any size of the set, so a
/// revision's state follows from its predecessor's and the patch. The sum finds accidents and
/// careless edits; the chain of record hashes, which is not a sum, guards the log itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct StateHash([u64; 4]);

/// The half-width hash of one encoded term, from which quads' hashes are made.
pub(crate) fn term_hash(encoded: &[u8]) -> [u8; 16] {
    let mut half = [0; 16];
    half.copy_from_slice(&blake3::hash(encoded).as_bytes()[..16]);
    half
}

/// Stands for the default graph, which has no term.
pub(crate) const DEFAULT_GRAPH_HASH: [u8; 16] = [0; 16];

impl StateHash {
    /// The hash of one quad from the hashes of its subject, predicate, object and graph.
    pub(crate) fn quad(terms: [[u8; 16]; 4]) -> Self {
        let hash = blake3::hash(terms.as_flattened());
        let mut lanes = [0; 4];
        for (lane, bytes) in lanes.iter_mut().zip(hash.as_bytes().as_chunks::<8>().0) {
            *lane = u64::from_le_bytes(*bytes);
        }
        Self(lanes)
    }

    pub(crate) fn add(self, other: Self) -> Self {
        Self(std::array::from_fn(|i| self.0[i].wrapping_add(other.0[i])))
    }

    pub(crate) fn subtract(self, other: Self) -> Self {
        Self(std::array::from_fn(|i| self.0[i].wrapping_sub(other.0[i])))
    }

    pub(crate) fn digest(self) -> Digest {
        let mut bytes = [0; 32];
        for (target, lane) in bytes.as_chunks_mut::<8>().0.iter_mut().zip(self.0) {
            *target = lane.to_le_bytes();
        }
        Digest(bytes)
    }

    pub(crate) fn from_digest(digest: Digest) -> Self {
        let mut lanes = [0; 4];
        for (lane, bytes) in lanes.iter_mut().zip(digest.0.as_chunks::<8>().0) {
            *lane = u64::from_le_bytes(*bytes);
        }
        Self(lanes)
    }
}
