//! What is different between two deliveries of a region, in an architect's words: elements and relationships that were
//! added, changed and removed; not triples.

mod model;

use crate::descriptions::Description;
use model::{Model, Said};
use oxrdf::NamedNode;
use serde::Serialize;
use std::{collections::BTreeSet, sync::Arc};
use viite_model::{Language, State};
use viite_store::Snapshot;

/// What became of a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Change {
    /// It is new.
    Added,
    /// Something is said of it otherwise.
    Changed,
    /// It is gone.
    Removed,
}

/// The differences between two deliveries.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Changes {
    /// Whether there is nothing before to compare with.
    pub first_delivery: bool,
    /// The revision that is compared with.
    pub since: Option<u64>,
    /// When that was made, in RFC 3339.
    pub since_time: Option<String>,
    /// States that are described now and were not then: everything in them is new.
    pub new_states: Vec<State>,
    /// The elements, by what became of them, kind and name.
    pub elements: Vec<ElementChange>,
    /// The relationships, by what became of them and their ends.
    pub relationships: Vec<RelationshipChange>,
}

/// An element that is different.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct ElementChange {
    /// What became of it.
    pub change: Change,
    /// In the description of which state.
    pub state: State,
    /// What kind of thing it is.
    pub kind: String,
    /// What it is called now, or was called last.
    pub label: String,
    /// Its IRI.
    pub iri: String,
    /// What is said of it otherwise.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub properties: Vec<PropertyChange>,
}

/// A property with other values than before.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct PropertyChange {
    /// The property.
    pub property: String,
    /// What it was.
    pub before: Vec<String>,
    /// What it is.
    pub after: Vec<String>,
}

/// A relationship that is different.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct RelationshipChange {
    /// What became of it.
    pub change: Change,
    /// In the description of which state.
    pub state: State,
    /// From what.
    pub source: String,
    /// Which.
    pub relationship: String,
    /// To what.
    pub target: String,
    /// What is said of it otherwise, such as the data in an integration.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub properties: Vec<PropertyChange>,
}

impl Changes {
    /// Nothing was delivered before.
    pub(crate) fn first() -> Self {
        Self { first_delivery: true, ..Self::default() }
    }

    /// What changed in a region since a revision, state by state.
    pub(crate) fn since(
        before: (&Arc<Snapshot>, &[Description]),
        after: (&Arc<Snapshot>, &[Description]),
        (revision, time): (u64, &str),
        language: Language,
    ) -> Self {
        let mut all = Self { since: Some(revision), since_time: Some(time.to_owned()), ..Self::default() };
        for state in State::ALL {
            let graphs = |of: &[Description]| -> Vec<NamedNode> {
                of.iter().filter(|of| of.state == state).map(|of| of.graph.clone()).collect()
            };
            let (earlier, later) = (graphs(before.1), graphs(after.1));
            if earlier.is_empty() {
                all.new_states.extend((!later.is_empty()).then_some(state));
                continue;
            }
            let of_state = Self::between((before.0, &earlier), (after.0, &later), state, language);
            all.elements.extend(of_state.elements);
            all.relationships.extend(of_state.relationships);
        }
        all
    }

    /// What the graphs of one snapshot say of a state otherwise than those of another.
    pub fn between(
        (before, earlier): (&Arc<Snapshot>, &[NamedNode]),
        (after, later): (&Arc<Snapshot>, &[NamedNode]),
        state: State,
        language: Language,
    ) -> Self {
        let (before, after) = (Model::of(before, earlier, language), Model::of(after, later, language));
        let iris: BTreeSet<&String> = before.elements.keys().chain(after.elements.keys()).collect();
        let mut elements: Vec<ElementChange> = iris
            .into_iter()
            .filter_map(|iri| {
                let (old, new) = (before.elements.get(iri), after.elements.get(iri));
                let (change, properties) = difference(old.map(|e| &e.said), new.map(|e| &e.said))?;
                let element = new.or(old)?;
                Some(ElementChange {
                    change,
                    state,
                    kind: element.kind.clone(),
                    label: element.label.clone(),
                    iri: iri.clone(),
                    properties,
                })
            })
            .collect();
        elements.sort();
        let keys: BTreeSet<_> = before.relationships.keys().chain(after.relationships.keys()).collect();
        let mut relationships: Vec<RelationshipChange> = keys
            .into_iter()
            .filter_map(|key| {
                let (old, new) = (before.relationships.get(key), after.relationships.get(key));
                let (change, properties) = difference(old.map(|r| &r.said), new.map(|r| &r.said))?;
                let relationship = new.or(old)?;
                Some(RelationshipChange {
                    change,
                    state,
                    source: relationship.source.clone(),
                    relationship: key.1.clone(),
                    target: relationship.target.clone(),
                    properties,
                })
            })
            .collect();
        relationships.sort();
        Self { elements, relationships, ..Self::default() }
    }

    /// How many elements were added, changed and removed.
    pub fn element_counts(&self) -> [usize; 3] {
        counts(self.elements.iter().map(|element| element.change))
    }

    /// How many relationships were added, changed and removed.
    pub fn relationship_counts(&self) -> [usize; 3] {
        counts(self.relationships.iter().map(|relationship| relationship.change))
    }
}

fn counts(changes: impl Iterator<Item = Change>) -> [usize; 3] {
    changes.fold([0; 3], |mut counts, change| {
        counts[change as usize] += 1;
        counts
    })
}

/// What became of a thing, by what is said of it before and after; none when nothing did.
fn difference(old: Option<&Said>, new: Option<&Said>) -> Option<(Change, Vec<PropertyChange>)> {
    let (old, new) = match (old, new) {
        (None, _) => return Some((Change::Added, Vec::new())),
        (_, None) => return Some((Change::Removed, Vec::new())),
        (Some(old), Some(new)) => (old, new),
    };
    let keys: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let values = |said: &Said, key| said.get(key).into_iter().flatten().cloned().collect::<Vec<String>>();
    let properties: Vec<PropertyChange> = keys
        .into_iter()
        .map(|key| PropertyChange { property: key.clone(), before: values(old, key), after: values(new, key) })
        .filter(|change| change.before != change.after)
        .collect();
    (!properties.is_empty()).then_some((Change::Changed, properties))
}

#[cfg(test)]
mod tests;
