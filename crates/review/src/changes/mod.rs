//! What is different between two deliveries of a region, in an architect's words: elements and relationships that were
//! added, changed and removed; not triples.

mod model;

use model::{Model, Said};
use oxrdf::NamedNode;
use serde::Serialize;
use std::{collections::BTreeSet, sync::Arc};
use viite_model::Language;
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

    pub(crate) fn since(self, revision: u64, time: &str) -> Self {
        Self { since: Some(revision), since_time: Some(time.to_owned()), ..self }
    }

    /// What the graphs of one snapshot say otherwise than those of another.
    pub fn between(
        (before, earlier): (&Arc<Snapshot>, &[NamedNode]),
        (after, later): (&Arc<Snapshot>, &[NamedNode]),
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
