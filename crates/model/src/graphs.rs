//! Names of graphs and of things: who makes which IRI, in one place.
//!
//! `docs/decisions/names-and-iris.md` gives the reasons.

use crate::ns;
use oxrdf::NamedNode;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// Which state of a region a description shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// How it is now.
    #[default]
    Current,
    /// How it is meant to be.
    Target,
}

impl State {
    /// Both, the present first.
    pub const ALL: [Self; 2] = [Self::Current, Self::Target];

    /// `current` or `target`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Current => "current",
            Self::Target => "target",
        }
    }

    /// `viite:CurrentState` or `viite:TargetState`.
    pub fn iri(self) -> NamedNode {
        match self {
            Self::Current => ns::viite::CURRENT.into_owned(),
            Self::Target => ns::viite::TARGET.into_owned(),
        }
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A text that names no state.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown state '{0}': it is one of current, target")]
pub struct UnknownState(String);

impl FromStr for State {
    type Err = UnknownState;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|state| state.name() == text).ok_or_else(|| UnknownState(text.to_owned()))
    }
}

/// Makes the IRIs of a repository from the base that its `viite.toml` sets.
///
/// ```
/// use viite_model::{Names, State};
/// let names = Names::new("https://example.org/ea/").unwrap();
/// assert_eq!(names.thing("05", "id-7 b").as_str(), "https://example.org/ea/region/05/id-7%20b");
/// assert_eq!(
///     names.description("05", State::Current, "model.xml").as_str(),
///     "https://example.org/ea/graph/region/05/current/model.xml"
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Names {
    base: String,
}

/// A base that no IRI can begin with.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' cannot be the base of IRIs: give an absolute IRI that ends in / or #, such as https://example.org/ea/")]
pub struct InvalidBase(String);

impl Names {
    /// The base of a repository whose `viite.toml` sets none.
    pub const DEFAULT_BASE: &'static str = "https://w3id.org/viite/id/";

    /// Takes an absolute IRI that ends in `/` or `#`.
    pub fn new(base: &str) -> Result<Self, InvalidBase> {
        let valid = NamedNode::new(base).is_ok() && (base.ends_with('/') || base.ends_with('#'));
        if valid { Ok(Self { base: base.to_owned() }) } else { Err(InvalidBase(base.to_owned())) }
    }

    /// The base itself.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// A thing of a region, from the identifier that it has in its file.
    pub fn thing(&self, region: &str, id: &str) -> NamedNode {
        self.under(&["region", region, id])
    }

    /// The graph that holds one file's description of one state of a region.
    pub fn description(&self, region: &str, state: State, file_name: &str) -> NamedNode {
        self.under(&["graph", "region", region, state.name(), file_name])
    }

    /// The state of a region that a graph describes; none for a graph that is no description.
    ///
    /// ```
    /// # use viite_model::{Names, State};
    /// let names = Names::new("https://example.org/ea/").unwrap();
    /// assert_eq!(names.state_of(&names.description("05", State::Target, "a.xml")), Some(State::Target));
    /// assert_eq!(names.state_of(&names.decisions()), None);
    /// ```
    pub fn state_of(&self, graph: &NamedNode) -> Option<State> {
        self.described(graph).map(|(_, state)| state)
    }

    /// The code of the region that a graph describes, and the state; none for a graph that is no description.
    pub fn described<'g>(&self, graph: &'g NamedNode) -> Option<(&'g str, State)> {
        let path = graph.as_str().strip_prefix(&self.base)?.strip_prefix("graph/region/")?;
        let (code, rest) = path.split_once('/')?; // a code is never percent-encoded
        let state = rest.split('/').next()?;
        Some((code, State::ALL.into_iter().find(|known| known.name() == state)?))
    }

    /// The graph that says which description graphs there are and how they came.
    pub fn provenance(&self) -> NamedNode {
        self.under(&["graph", "provenance"])
    }

    /// The graph of what people decided: regions added, deviations, identities.
    pub fn decisions(&self) -> NamedNode {
        self.under(&["graph", "decisions"])
    }

    fn under(&self, path: &[&str]) -> NamedNode {
        let mut iri = self.base.clone();
        for (position, segment) in path.iter().enumerate() {
            if position > 0 {
                iri.push('/');
            }
            push_segment(&mut iri, segment);
        }
        NamedNode::new_unchecked(iri) // a valid base and percent-encoded segments
    }
}

/// The graph of one package of the national reference: `…/graph/reference/<package>/<version>`.
pub fn reference_package(package: &str, version: &str) -> NamedNode {
    let mut iri = "https://w3id.org/viite/graph/reference/".to_owned();
    push_segment(&mut iri, package);
    iri.push('/');
    push_segment(&mut iri, version);
    NamedNode::new_unchecked(iri) // percent-encoded segments
}

/// Where every graph of the national reference begins.
pub const REFERENCE_GRAPHS: &str = "https://w3id.org/viite/graph/reference/";

/// The package and the version of a graph of the national reference, by its IRI; none for another graph.
///
/// ```
/// use viite_model::graphs::{package, reference_package};
/// assert_eq!(package(reference_package("actors", "0.1.0").as_str()), Some(("actors", "0.1.0")));
/// assert_eq!(package("https://example.org/graph"), None);
/// ```
pub fn package(graph: &str) -> Option<(&str, &str)> {
    graph.strip_prefix(REFERENCE_GRAPHS)?.split_once('/')
}

/// A region of the reference, from its code: `region:05`.
pub fn region(code: &str) -> NamedNode {
    let mut iri = format!("{}region/", ns::REFERENCE);
    push_segment(&mut iri, code);
    NamedNode::new_unchecked(iri) // percent-encoded segment
}

/// Percent-encodes what RFC 3987 does not call unreserved, so that any identifier fits into an IRI.
fn push_segment(iri: &mut String, segment: &str) {
    // A segment of dots alone would be resolved away as a relative path.
    let dots_only = !segment.is_empty() && segment.bytes().all(|b| b == b'.');
    for character in segment.chars() {
        let plain = character.is_ascii_alphanumeric()
            || matches!(character, '-' | '_' | '~')
            || (character == '.' && !dots_only)
            || (!character.is_ascii() && character.is_alphanumeric());
        if plain {
            iri.push(character);
        } else {
            for byte in character.encode_utf8(&mut [0; 4]).bytes() {
                iri.push_str(&format!("%{byte:02X}"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_identifier_makes_a_valid_iri() {
        let names = Names::new(Names::DEFAULT_BASE).unwrap();
        for id in ["", ".", "..", "a/b", "ä ö", "<>\"{}|\\^`", "%41", "日本", "\u{0}\u{7f}\u{e000}"] {
            let iri = names.thing("05", id);
            assert!(NamedNode::new(iri.as_str()).is_ok(), "{id:?} gave {iri}");
        }
    }

    #[test]
    fn different_identifiers_make_different_iris() {
        let names = Names::new(Names::DEFAULT_BASE).unwrap();
        assert_ne!(names.thing("05", "a b"), names.thing("05", "a%20b"));
        assert_ne!(names.thing("05", "a/b"), names.thing("05/a", "b"));
    }

    #[test]
    fn a_relative_base_is_refused() {
        assert!(Names::new("ea/").is_err());
        assert!(Names::new("https://example.org/ea").is_err());
    }
}
