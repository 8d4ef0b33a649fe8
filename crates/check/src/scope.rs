//! The ground that a rule stands on: which graphs it sees, in which region and state.

use crate::{finding::RegionName, rule::RuleScope};
use oxrdf::{GraphName, NamedNode, NamedOrBlankNode, Term};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};
use viite_model::{Language, Names, State, graphs, ns};
use viite_query::facts::Facts;
use viite_store::{DefaultGraph, Scope, Snapshot};

/// A region in a state, or the whole repository.
#[derive(Clone, Debug)]
pub struct Ground {
    /// The region and the state, for rules that run once for each.
    pub region: Option<(NamedNode, State)>,
    /// The graphs that the rule sees.
    pub graphs: Scope,
}

/// The regions that a repository describes, with the graphs that do it.
#[derive(Debug)]
pub struct Grounds {
    descriptions: BTreeMap<(NamedNode, State), BTreeSet<NamedNode>>,
    reference: Vec<NamedNode>,
    decisions: NamedNode,
}

impl Grounds {
    /// Reads them from the provenance graph.
    pub fn of(facts: &Facts<'_>, names: &Names) -> Self {
        let provenance = names.provenance();
        let mut descriptions: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
        for graph in facts.subjects_in(ns::rdf::TYPE, ns::viite::DESCRIPTION.into(), provenance.as_ref()) {
            let NamedOrBlankNode::NamedNode(name) = &graph else {
                continue;
            };
            for region in facts.objects_in(&graph, ns::viite::IN_REGION, provenance.as_ref()) {
                let Term::NamedNode(region) = region else {
                    continue;
                };
                let states = facts.objects_in(&graph, ns::viite::STATE, provenance.as_ref());
                for state in State::ALL {
                    if states.contains(&Term::from(state.iri())) {
                        descriptions.entry((region.clone(), state)).or_default().insert(name.clone());
                    }
                }
            }
        }
        let reference = reference_graphs(facts);
        Self { descriptions, reference, decisions: names.decisions() }
    }

    /// The same with one version of the reference: a package's graph ends in its version.
    pub(crate) fn with_reference(mut self, version: Option<&str>) -> Self {
        if let Some(version) = version {
            self.reference.retain(|graph| graph.as_str().rsplit('/').next() == Some(version));
        }
        self
    }

    /// The regions and states that have a description.
    pub fn described(&self) -> impl Iterator<Item = (&NamedNode, State)> {
        self.descriptions.keys().map(|(region, state)| (region, *state))
    }

    /// The states that a region describes, each with the graphs that a rule about it sees.
    pub fn of_region(&self, region: &NamedNode) -> Vec<(State, Scope)> {
        let grounds = self.for_scope(RuleScope::Region, std::slice::from_ref(region));
        grounds.into_iter().filter_map(|ground| Some((ground.region?.1, ground.graphs))).collect()
    }

    /// The graphs of the reference, which stand whether or not a region describes itself.
    pub fn of_reference(&self) -> Scope {
        over(&self.reference)
    }

    /// Where a rule of this scope runs, if only these regions are asked for (none: all).
    pub(crate) fn for_scope(&self, scope: RuleScope, regions: &[NamedNode]) -> Vec<Ground> {
        let wanted = |region: &NamedNode| regions.is_empty() || regions.contains(region);
        match scope {
            RuleScope::Region => self
                .descriptions
                .iter()
                .filter(|((region, _), _)| wanted(region))
                .map(|((region, state), graphs)| Ground {
                    region: Some((region.clone(), *state)),
                    graphs: over(graphs.iter().chain(&self.reference).chain([&self.decisions])),
                })
                .collect(),
            RuleScope::Repository => vec![Ground { region: None, graphs: Scope::default() }],
            RuleScope::Reference => vec![Ground { region: None, graphs: over(&self.reference) }],
        }
    }
}

/// The regions and states that a snapshot describes, by what its provenance graph says.
pub fn described(snapshot: &Arc<Snapshot>, names: &Names) -> Vec<(NamedNode, State)> {
    Grounds::of(&Facts::new(snapshot), names).described().map(|(region, state)| (region.clone(), state)).collect()
}

/// These graphs, merged into the default graph; none of them by name, so that no rule depends on how they are cut.
pub(crate) fn over<'a>(graphs: impl IntoIterator<Item = &'a NamedNode>) -> Scope {
    Scope {
        default: DefaultGraph::Graphs(graphs.into_iter().cloned().map(GraphName::from).collect()),
        named: Some(Vec::new()),
    }
}

pub(crate) fn reference_graphs(facts: &Facts<'_>) -> Vec<NamedNode> {
    facts.graphs().into_iter().filter(|graph| graph.as_str().starts_with(graphs::REFERENCE_GRAPHS)).collect()
}

/// What a region is called.
pub(crate) fn region_name(facts: &Facts<'_>, region: &NamedNode, language: Language) -> RegionName {
    let subject = NamedOrBlankNode::from(region.clone());
    let code = facts
        .objects(&subject, ns::viite::CODE)
        .into_iter()
        .find_map(|term| match term {
            Term::Literal(code) => Some(code.value().to_owned()),
            _ => None,
        })
        // A region that nobody describes still has its code in its name.
        .unwrap_or_else(|| region.as_str().rsplit('/').next().unwrap_or_default().to_owned());
    RegionName { code, name: facts.label(&Term::from(region.clone()), language) }
}
