//! The resources of the reference that are other than before.

use crate::changes::{Change, PropertyChange};
use oxrdf::{NamedNode, NamedOrBlankNode, Term, Triple};
use serde::Serialize;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};
use viite_model::{Language, graphs::REFERENCE_GRAPHS, ns};
use viite_query::facts::Facts;
use viite_store::Snapshot;

/// A resource of the reference that is new, gone or other than before.
#[derive(Clone, Debug, Serialize)]
pub struct ResourceChange {
    /// Its IRI.
    pub iri: String,
    /// What people call it.
    pub label: String,
    /// What became of it.
    pub change: Change,
    /// What is said of it otherwise.
    pub properties: Vec<PropertyChange>,
    /// The properties and classes of the facts that came or went.
    #[serde(skip)]
    terms: BTreeSet<NamedNode>,
}

impl ResourceChange {
    /// Whether one of these terms is in the facts that came or went; that a thing has a class or a name is no more than
    /// every query asks.
    pub(super) fn touches(&self, terms: &BTreeSet<NamedNode>) -> bool {
        self.terms.iter().any(|term| terms.contains(term) && *term != ns::rdf::TYPE && *term != ns::rdfs::LABEL)
    }
}

type Said = BTreeMap<NamedNode, BTreeSet<String>>;

/// What the reference says of each resource. Nodes without names of their own count as a part of what leads to them.
fn resources(snapshot: &Snapshot) -> BTreeMap<NamedNode, BTreeMap<String, Triple>> {
    let mut all: BTreeMap<NamedNode, BTreeMap<String, Triple>> = BTreeMap::new();
    for graph in snapshot.graph_names() {
        let NamedOrBlankNode::NamedNode(graph) = graph else { continue };
        if !graph.as_str().starts_with(REFERENCE_GRAPHS) {
            continue;
        }
        for quad in snapshot.graph_quads(&graph) {
            let NamedOrBlankNode::NamedNode(subject) = quad.subject.clone() else { continue };
            let unnamed = matches!(&quad.object, Term::NamedNode(node) if node.as_str().starts_with(REFERENCE_GRAPHS));
            if !unnamed && !subject.as_str().starts_with(REFERENCE_GRAPHS) {
                let triple = Triple::from(quad);
                all.entry(subject).or_default().insert(triple.to_string(), triple);
            }
        }
    }
    all
}

pub(super) fn changes(before: &Arc<Snapshot>, after: &Arc<Snapshot>, language: Language) -> Vec<ResourceChange> {
    let (old, new) = (resources(before), resources(after));
    let (old_facts, new_facts) = (Facts::new(before), Facts::new(after));
    let nothing = BTreeMap::new();
    let iris: BTreeSet<&NamedNode> = old.keys().chain(new.keys()).collect();
    let mut changes: Vec<ResourceChange> = iris
        .into_iter()
        .filter_map(|iri| {
            let (was, is) = (old.get(iri).unwrap_or(&nothing), new.get(iri).unwrap_or(&nothing));
            let gone: Vec<&Triple> = was.iter().filter(|(key, _)| !is.contains_key(*key)).map(|(_, t)| t).collect();
            let come: Vec<&Triple> = is.iter().filter(|(key, _)| !was.contains_key(*key)).map(|(_, t)| t).collect();
            if gone.is_empty() && come.is_empty() {
                return None;
            }
            let change = match (was.is_empty(), is.is_empty()) {
                (true, _) => Change::Added,
                (_, true) => Change::Removed,
                _ => Change::Changed,
            };
            let (before, after) = (said(&gone, &old_facts, language), said(&come, &new_facts, language));
            let properties: BTreeSet<&NamedNode> = before.keys().chain(after.keys()).collect();
            let values = |said: &Said, property| said.get(property).into_iter().flatten().cloned().collect();
            let terms = gone.iter().chain(&come).flat_map(|triple| {
                let class = match &triple.object {
                    Term::NamedNode(class) if triple.predicate == ns::rdf::TYPE => Some(class.clone()),
                    _ => None,
                };
                std::iter::once(triple.predicate.clone()).chain(class)
            });
            let facts = if is.is_empty() { &old_facts } else { &new_facts };
            Some(ResourceChange {
                iri: iri.as_str().to_owned(),
                label: facts.label(&iri.clone().into(), language),
                change,
                properties: if change == Change::Changed {
                    properties
                        .into_iter()
                        .map(|property| PropertyChange {
                            property: new_facts.label(&property.clone().into(), language),
                            before: values(&before, property),
                            after: values(&after, property),
                        })
                        .collect()
                } else {
                    Vec::new()
                },
                terms: terms.collect(),
            })
        })
        .collect();
    changes.sort_by(|a, b| (a.change, &a.label, &a.iri).cmp(&(b.change, &b.label, &b.iri)));
    changes
}

fn said(triples: &[&Triple], facts: &Facts<'_>, language: Language) -> Said {
    let mut said = Said::new();
    for triple in triples {
        said.entry(triple.predicate.clone()).or_default().insert(facts.label(&triple.object, language));
    }
    said
}
