//! Things that depend on themselves through others, and things on which several regions hang.

use crate::{
    dependence::{DEPENDENCES, Reach},
    network::{Network, Thing},
};
use petgraph::{Direction, algo::tarjan_scc, graph::NodeIndex, visit::EdgeFiltered, visit::EdgeRef};
use serde::Serialize;
use std::collections::BTreeSet;

/// A thing that several regions depend on directly.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Hub {
    /// The thing.
    #[serde(flatten)]
    pub thing: Thing,
    /// The codes of the regions.
    pub regions: Vec<String>,
    /// How many of their things depend on it.
    pub dependents: usize,
}

impl Network<'_> {
    /// The things on which at least so many regions depend directly: the most regions first.
    pub fn hubs(&self, regions: usize) -> Vec<Hub> {
        let mut hubs: Vec<Hub> = self
            .graph
            .node_indices()
            .filter(|node| !self.is_kind(&self.graph[*node]))
            .filter_map(|node| {
                let dependents: BTreeSet<NodeIndex> =
                    self.graph.edges_directed(node, Direction::Incoming).map(|edge| edge.source()).collect();
                let regional = dependents.iter().filter(|node| self.regions_of(&self.graph[**node]).next().is_some());
                let count = regional.count();
                let of: BTreeSet<&oxrdf::NamedNode> =
                    dependents.iter().flat_map(|node| self.regions_of(&self.graph[*node])).collect();
                (of.len() >= regions.max(1)).then(|| {
                    let mut codes: Vec<String> = of.into_iter().map(|region| self.code(region)).collect();
                    codes.sort();
                    Hub { thing: self.thing(&self.graph[node]), regions: codes, dependents: count }
                })
            })
            .collect();
        hubs.sort_by(|a, b| (b.regions.len(), b.dependents, &a.thing).cmp(&(a.regions.len(), a.dependents, &b.thing)));
        hubs
    }

    /// Things that depend on each other in a circle, the largest circle first. An interface between two systems alone
    /// makes no circle.
    pub fn cycles(&self) -> Vec<Vec<Thing>> {
        let mut cycles: Vec<Vec<Thing>> = self.circles().into_iter().map(|circle| self.things(&circle)).collect();
        cycles.sort_by(|a, b| (b.len(), a).cmp(&(a.len(), b)));
        cycles
    }

    /// The circle that a thing is in; nothing if it is in none.
    pub(crate) fn cycle_of(&self, node: NodeIndex) -> Vec<Thing> {
        self.circles().into_iter().find(|circle| circle.contains(&node)).map(|c| self.things(&c)).unwrap_or_default()
    }

    /// Whether it is no thing that could fail, but a kind of data or of work that every region has.
    fn is_kind(&self, node: &oxrdf::NamedNode) -> bool {
        self.class(node).is_some_and(|class| {
            let kinds = ["viite:DataGroup", "viite:ClientData", "viite:Function", "viite:Integration", "viite:Role"];
            kinds.contains(&viite_model::ns::shorten(class.as_str()).as_str())
        })
    }

    fn circles(&self) -> Vec<Vec<NodeIndex>> {
        let onward = EdgeFiltered::from_fn(&self.graph, |edge| DEPENDENCES[*edge.weight()].reach == Reach::Onward);
        tarjan_scc(&onward).into_iter().filter(|circle| circle.len() > 1).collect()
    }

    fn things(&self, nodes: &[NodeIndex]) -> Vec<Thing> {
        let mut things: Vec<Thing> = nodes.iter().map(|node| self.thing(&self.graph[*node])).collect();
        things.sort();
        things
    }
}
