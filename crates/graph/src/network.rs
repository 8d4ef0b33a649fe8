//! The things of a repository and what depends on what, at one moment.

use crate::dependence::{DEPENDENCES, Dependent};
use oxrdf::{GraphName, NamedNode, NamedOrBlankNode, Term};
use petgraph::graph::{DiGraph, NodeIndex};
use rustc_hash::FxHashMap;
use serde::Serialize;
use std::{collections::BTreeSet, sync::Arc};
use viite_model::{Language, Names, State, ns};
use viite_query::{Answer, QueryError, QueryOptions, facts::Facts};
use viite_store::{DefaultGraph, Scope, Snapshot};

/// Why the network cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum NetworkError {
    /// A query of ours failed.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// The thing takes no part in any dependence.
    #[error("nothing depends on {0}, and it depends on nothing, as far as it is described")]
    Alone(String),
}

/// A thing, as programs and people name it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Thing {
    /// What people call it.
    pub name: String,
    /// Its IRI.
    pub iri: String,
    /// What it is, in words; empty if nobody says.
    pub class: String,
    /// The code of the region that it belongs to; none for what is the nation's.
    pub region: Option<String>,
}

/// The things that depend on each other. An edge leads from the dependent to what it depends on, and carries the place
/// of the property in [`DEPENDENCES`].
pub struct Network<'a> {
    pub(crate) graph: DiGraph<NamedNode, usize>,
    pub(crate) nodes: FxHashMap<NamedNode, NodeIndex>,
    /// Pictures of national services and actors, and what they are pictures of.
    originals: FxHashMap<NamedNode, NamedNode>,
    regions: FxHashMap<NamedNode, BTreeSet<NamedNode>>,
    facts: Facts<'a>,
    snapshot: &'a Arc<Snapshot>,
    scope: Scope,
    language: Language,
}

impl<'a> Network<'a> {
    /// Reads it, in one state of the regions or over all.
    ///
    /// # Errors
    /// When a query fails, as by running out of time.
    pub fn of(
        snapshot: &'a Arc<Snapshot>,
        names: &Names,
        state: Option<State>,
        language: Language,
    ) -> Result<Self, NetworkError> {
        let mut network = Self {
            graph: DiGraph::new(),
            nodes: FxHashMap::default(),
            originals: FxHashMap::default(),
            regions: FxHashMap::default(),
            facts: Facts::new(snapshot),
            snapshot,
            scope: scope(snapshot, names, state),
            language,
        };
        for (picture, original) in network.pairs("viite:correspondsTo")? {
            network.originals.insert(picture, original);
        }
        for (thing, region) in network.pairs("viite:inRegion")? {
            network.regions.entry(thing).or_default().insert(region);
        }
        for (place, dependence) in DEPENDENCES.iter().enumerate() {
            for (subject, object) in network.pairs(dependence.property)? {
                let (subject, object) = (network.original(subject), network.original(object));
                if subject == object || ns::shorten(object.as_str()).starts_with("viite:") {
                    continue; // a word of the vocabulary is no thing
                }
                let (subject, object) = (network.node(subject), network.node(object));
                let ends: &[(NodeIndex, NodeIndex)] = match dependence.dependent {
                    Dependent::Subject => &[(subject, object)],
                    Dependent::Object => &[(object, subject)],
                    Dependent::Both => &[(subject, object), (object, subject)],
                };
                for (dependent, depended) in ends {
                    // The first property of the table is told; but one that reaches further is worth more.
                    match network.graph.find_edge(*dependent, *depended) {
                        None => {
                            network.graph.add_edge(*dependent, *depended, place);
                        }
                        Some(edge) if dependence.reach < DEPENDENCES[network.graph[edge]].reach => {
                            network.graph[edge] = place;
                        }
                        Some(_) => {}
                    }
                }
            }
        }
        Ok(network)
    }

    /// The thing itself; of a picture, what it is a picture of.
    pub(crate) fn original(&self, node: NamedNode) -> NamedNode {
        self.originals.get(&node).cloned().unwrap_or(node)
    }

    /// Every pair of things that a property relates.
    pub(crate) fn pairs(&self, property: &str) -> Result<Vec<(NamedNode, NamedNode)>, QueryError> {
        let query = viite_query::prepare(&format!("SELECT DISTINCT ?s ?o {{ ?s {property} ?o }}"))?;
        let options = QueryOptions { scope: self.scope.clone(), ..QueryOptions::default() };
        let mut pairs = Vec::new();
        if let Answer::Solutions(solutions) = query.run(self.snapshot, &options)? {
            for solution in solutions {
                let solution = solution?;
                if let (Some(Term::NamedNode(s)), Some(Term::NamedNode(o))) = (solution.get("s"), solution.get("o")) {
                    pairs.push((s.clone(), o.clone()));
                }
            }
        }
        pairs.sort();
        Ok(pairs)
    }

    fn node(&mut self, thing: NamedNode) -> NodeIndex {
        let graph = &mut self.graph;
        *self.nodes.entry(thing).or_insert_with_key(|thing| graph.add_node(thing.clone()))
    }

    /// The things, and how many dependences there are between them.
    pub fn size(&self) -> (usize, usize) {
        (self.graph.node_count(), self.graph.edge_count())
    }

    /// A thing with its names.
    pub fn thing(&self, node: &NamedNode) -> Thing {
        Thing {
            name: self.facts.label(&node.clone().into(), self.language),
            iri: node.as_str().to_owned(),
            class: self.class(node).map(|class| self.label(&class)).unwrap_or_default(),
            region: self.regions_of(node).next().map(|region| self.code(region)),
        }
    }

    /// The class that says most: one of ours, if the thing has one.
    pub(crate) fn class(&self, node: &NamedNode) -> Option<NamedNode> {
        let mut classes: Vec<NamedNode> = self
            .facts
            .objects(&NamedOrBlankNode::from(node.clone()), ns::rdf::TYPE)
            .into_iter()
            .filter_map(|class| match class {
                Term::NamedNode(class) => Some(class),
                _ => None,
            })
            .collect();
        classes.sort_by_cached_key(|class| (!class.as_str().starts_with(ns::VIITE), class.clone()));
        classes.into_iter().next()
    }

    /// The regions that a thing belongs to, by IRI.
    pub(crate) fn regions_of(&self, node: &NamedNode) -> impl Iterator<Item = &NamedNode> {
        self.regions.get(node).into_iter().flatten()
    }

    /// The code of a region.
    pub(crate) fn code(&self, region: &NamedNode) -> String {
        let codes = self.facts.objects(&region.clone().into(), ns::viite::CODE);
        codes
            .into_iter()
            .find_map(|code| match code {
                Term::Literal(code) => Some(code.destruct().0),
                _ => None,
            })
            .unwrap_or_else(|| self.label(region))
    }

    /// What a property, given as a prefixed name, is called.
    pub(crate) fn relation(&self, property: &str) -> String {
        let iri = ns::expand(property).and_then(|iri| NamedNode::new(iri).ok());
        iri.map(|iri| self.label(&iri)).unwrap_or_default()
    }

    /// The name of a class, a property or a region.
    pub(crate) fn label(&self, node: &NamedNode) -> String {
        self.facts.label(&node.clone().into(), self.language)
    }
}

/// `InformationSystem`
pub(crate) fn local_name(class: &NamedNode) -> &str {
    class.as_str().rsplit(['#', '/']).next().unwrap_or_default()
}

/// The reference, the decisions, and the descriptions in this state.
fn scope(snapshot: &Snapshot, names: &Names, state: Option<State>) -> Scope {
    let Some(state) = state else { return Scope::default() };
    let graphs = snapshot
        .graph_names()
        .filter(|graph| match graph {
            NamedOrBlankNode::NamedNode(graph) => names.state_of(graph).is_none_or(|other| other == state),
            NamedOrBlankNode::BlankNode(_) => false,
        })
        .map(GraphName::from)
        .collect();
    Scope { default: DefaultGraph::Graphs(graphs), named: Some(Vec::new()) }
}
