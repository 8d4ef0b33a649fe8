//! What one description has that another lacks: two regions, two states of a region, two revisions.

mod gather;
mod tables;
mod words;

use gather::Side;
use oxrdf::NamedNode;
use serde::Serialize;
use std::{
    collections::{BTreeMap, BTreeSet},
    io::{self, Write},
    sync::Arc,
    time::Duration,
};
use viite_check::finding::RegionName;
use viite_model::{Language, Names, State, name};
use viite_query::QueryError;
use viite_store::Snapshot;

/// One of the two descriptions.
#[derive(Clone, Debug)]
pub struct SideOrder<'a> {
    /// Where it is.
    pub snapshot: &'a Arc<Snapshot>,
    /// Whose it is.
    pub region: NamedNode,
    /// Its code and name.
    pub name: RegionName,
    /// Which state.
    pub state: State,
    /// The revision, if not the newest.
    pub revision: Option<u64>,
}

/// Why there is no comparison.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CompareError {
    /// A side does not describe the state.
    #[error(
        "{region} has no description of its {state} state{at}: import one with 'viite import FILE --region {code} --state {state}'"
    )]
    NotDescribed {
        /// The region's name.
        region: String,
        /// Its code.
        code: String,
        /// The state.
        state: State,
        /// ` at revision 3`, or nothing.
        at: String,
    },
    /// A question could not be answered.
    #[error("what is described could not be asked: {0}")]
    Query(#[from] QueryError),
}

/// By what descriptions are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Dimension {
    /// What systems and services do.
    Function,
    /// The region's services, and the national ones that it uses.
    Service,
    /// What is connected with what.
    Integration,
    /// Data that is processed.
    DataGroup,
}

impl Dimension {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Function, Self::Service, Self::Integration, Self::DataGroup];
}

/// One side, as the comparison names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SideName {
    /// The region.
    pub region: RegionName,
    /// The state.
    pub state: State,
    /// The revision, if not the newest.
    pub revision: Option<u64>,
}

/// A thing that one side or both have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Compared {
    /// By what it is compared.
    pub by: Dimension,
    /// What people call it.
    pub label: String,
    /// Whether the first side has it; none when that describes nothing of the kind, so that it cannot be told.
    pub in_a: Option<bool>,
    /// Whether the second side has it.
    pub in_b: Option<bool>,
    /// What carries it in the first.
    pub carried_in_a: Vec<String>,
    /// What carries it in the second.
    pub carried_in_b: Vec<String>,
    /// Between the states of one region: the projects and plateaus that bring the change; none closes the gap if empty.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub projects: Option<Vec<Project>>,
}

impl Compared {
    /// Whether the sides differ, or may.
    pub fn differs(&self) -> bool {
        self.in_a != Some(true) || self.in_b != Some(true)
    }
}

/// What brings a change.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Project {
    /// What people call it.
    pub label: String,
    /// From when.
    pub from: Option<String>,
    /// Until when.
    pub until: Option<String>,
}

/// The comparison.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Comparison {
    /// The language of its texts.
    pub language: Language,
    /// The day on which it was made.
    pub date: String,
    /// The first side.
    pub a: SideName,
    /// The second side.
    pub b: SideName,
    /// Whether any project is described, where projects are asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub projects_described: Option<bool>,
    /// Everything that one side or both have, by dimension and name.
    pub things: Vec<Compared>,
}

impl Comparison {
    /// Compares two descriptions.
    ///
    /// # Errors
    /// When a side does not describe the state, or cannot be asked in time.
    pub fn of(
        a: &SideOrder<'_>,
        b: &SideOrder<'_>,
        names: &Names,
        language: Language,
        today: &str,
        timeout: Duration,
    ) -> Result<Self, CompareError> {
        let same_region = a.region == b.region;
        let gap = same_region && a.state != b.state;
        let read = |order| Side::read(order, names, language, !same_region, timeout);
        let (first, second) = (read(a)?, read(b)?);
        let mut things = Vec::new();
        for by in Dimension::ALL {
            things.extend(pairs(by, &first, &second, gap));
        }
        let side = |order: &SideOrder<'_>| SideName {
            region: order.name.clone(),
            state: order.state,
            revision: order.revision,
        };
        Ok(Self {
            language,
            date: today.to_owned(),
            a: side(a),
            b: side(b),
            projects_described: gap.then_some(!first.projects.is_empty() || !second.projects.is_empty()),
            things,
        })
    }

    /// Writes the comparison as JSON. Keys are added, never renamed.
    ///
    /// # Errors
    /// When the writer refuses.
    pub fn write_json(&self, mut to: impl Write) -> io::Result<()> {
        serde_json::to_writer_pretty(&mut to, self)?;
        writeln!(to)
    }
}

/// What there is of a dimension on either side: one by its IRI, else by its name, is one thing.
fn pairs(by: Dimension, first: &Side, second: &Side, gap: bool) -> Vec<Compared> {
    let empty = BTreeMap::new();
    let of = |side: &'_ Side| side.things.get(&by).is_some_and(|things| !things.is_empty());
    let (told_a, told_b) = (of(first), of(second));
    let (a, b) = (first.things.get(&by).unwrap_or(&empty), second.things.get(&by).unwrap_or(&empty));
    let key = |label: &str| name::key(label, None);
    let by_name: BTreeMap<String, &String> =
        b.iter().filter(|(iri, _)| !a.contains_key(*iri)).map(|(iri, thing)| (key(&thing.label), iri)).collect();
    let mut matched: BTreeSet<&String> = BTreeSet::new();
    let mut compared = Vec::new();
    for (iri, thing) in a {
        let other = b.get_key_value(iri).or_else(|| b.get_key_value(by_name.get(&key(&thing.label))?.as_str()));
        let other = other.filter(|(iri, _)| matched.insert(iri));
        compared.push((Some((iri, thing)), other));
    }
    compared.extend(b.iter().filter(|(iri, _)| !matched.contains(iri)).map(|other| (None, Some(other))));
    let mut compared: Vec<Compared> = compared
        .into_iter()
        .filter_map(|(in_a, in_b)| {
            let (_, shown) = in_b.or(in_a)?;
            let carried = |side: Option<(&String, &gather::Thing)>| -> Vec<String> {
                side.into_iter().flat_map(|(_, thing)| thing.carriers.values().cloned()).collect()
            };
            let projects = (gap && in_a.is_some() != in_b.is_some()).then(|| {
                let iris: BTreeSet<&String> = in_a
                    .into_iter()
                    .chain(in_b)
                    .flat_map(|(iri, thing)| std::iter::once(iri).chain(&thing.iris).chain(thing.carriers.keys()))
                    .collect();
                let all = first.projects.iter().chain(&second.projects);
                let closing = all.filter(|(_, changed)| changed.iter().any(|thing| iris.contains(thing)));
                closing.map(|(project, _)| project.clone()).collect::<BTreeSet<_>>().into_iter().collect()
            });
            Some(Compared {
                by,
                label: shown.label.clone(),
                in_a: if in_a.is_some() { Some(true) } else { told_a.then_some(false) },
                in_b: if in_b.is_some() { Some(true) } else { told_b.then_some(false) },
                carried_in_a: carried(in_a),
                carried_in_b: carried(in_b),
                projects,
            })
        })
        .collect();
    compared.sort_by_cached_key(|thing| thing.label.to_lowercase());
    compared
}
