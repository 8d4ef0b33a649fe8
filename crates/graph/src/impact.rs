//! What a change of one thing reaches, and by which way.

use crate::{
    dependence::{DEPENDENCES, Dependent, Reach},
    network::{Network, NetworkError, Thing, local_name},
};
use oxrdf::NamedNode;
use petgraph::{Direction as End, graph::NodeIndex, visit::EdgeRef};
use serde::Serialize;
use std::collections::{BTreeMap, VecDeque};

/// Which way to look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// What depends on the thing.
    #[default]
    In,
    /// What the thing depends on.
    Out,
}

/// A thing that is reached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reached {
    /// The thing.
    #[serde(flatten)]
    pub thing: Thing,
    /// How many steps away; 1 is direct.
    pub distance: usize,
    /// The name of the property that makes the last step.
    pub relation: String,
    /// The same as a prefixed name.
    pub property: &'static str,
    /// Whether the thing is the one that the property is said of; else the thing before it is.
    pub is_subject: Option<bool>,
    /// The IRI of the thing before it on a shortest way.
    pub through: String,
    /// The names of the things between, the nearest to the first thing first; none when it is direct.
    pub path: Vec<String>,
}

/// What depends on a thing, or what it depends on.
#[derive(Clone, Debug, Serialize)]
pub struct Impact {
    /// The thing.
    pub thing: Thing,
    /// Which way was looked.
    pub direction: Direction,
    /// How many steps were followed at most; none is as many as there are.
    pub depth: Option<usize>,
    /// Whether more would be reached by more steps.
    pub goes_on: bool,
    /// Everything that is reached: by distance, region, class and name.
    pub reached: Vec<Reached>,
    /// How many of it by region; an empty code stands for the nation's things.
    pub regions: BTreeMap<String, usize>,
    /// How many of it by class.
    pub classes: BTreeMap<String, usize>,
    /// The local name of each thing's class, by IRI.
    #[serde(skip)]
    pub(crate) concepts: BTreeMap<String, String>,
    /// The things that depend on it and on which it depends itself, through others; with the thing.
    pub cycle: Vec<Thing>,
}

impl Impact {
    /// Leaves only what belongs to regions of these codes. The ways still lead through what they lead through.
    pub fn keep_regions(&mut self, codes: &[String]) {
        self.reached.retain(|reached| reached.thing.region.as_ref().is_some_and(|region| codes.contains(region)));
        self.count();
    }

    fn count(&mut self) {
        self.regions.clear();
        self.classes.clear();
        for thing in self.reached.iter().map(|reached| &reached.thing) {
            *self.regions.entry(thing.region.clone().unwrap_or_default()).or_default() += 1;
            *self.classes.entry(thing.class.clone()).or_default() += 1;
        }
    }
}

/// Whether what is reached stands at the beginning of the fact that reached it; an interface has none.
fn is_subject(dependent: Dependent, direction: Direction) -> Option<bool> {
    match (dependent, direction) {
        (Dependent::Both, _) => None,
        (Dependent::Subject, Direction::In) | (Dependent::Object, Direction::Out) => Some(true),
        _ => Some(false),
    }
}

/// A way that is followed: where it is, and how bound it is by the steps that it took.
#[derive(Clone, Copy)]
struct Way {
    node: NodeIndex,
    distance: usize,
    bound: Reach,
}

impl Way {
    /// How bound it is after a step; none if it cannot take it.
    fn after(self, step: Reach) -> Option<Reach> {
        match (self.bound, step) {
            (Reach::End, _) | (Reach::Once, Reach::Once) => None,
            (bound, step) => Some(bound.max(step)),
        }
    }
}

impl Network<'_> {
    /// What depends on a thing, or what it depends on, up to so many steps (none: all).
    ///
    /// # Errors
    /// When the thing takes no part in any dependence.
    pub fn impact(
        &self,
        thing: &NamedNode,
        direction: Direction,
        depth: Option<usize>,
    ) -> Result<Impact, NetworkError> {
        let thing = self.original(thing.clone());
        let Some(start) = self.nodes.get(&thing).copied() else {
            return Err(NetworkError::Alone(self.label(&thing)));
        };
        let (end, other) = match direction {
            Direction::In => (End::Incoming, End::Outgoing),
            Direction::Out => (End::Outgoing, End::Incoming),
        };
        // The step that reached a node first: from where, by what.
        let mut steps: BTreeMap<NodeIndex, (NodeIndex, usize, usize)> = BTreeMap::new();
        let mut goes_on = false;
        let mut ways = VecDeque::from([Way { node: start, distance: 0, bound: Reach::Onward }]);
        let mut bounds: BTreeMap<NodeIndex, Reach> = [(start, Reach::Onward)].into();
        while let Some(way) = ways.pop_front() {
            let mut edges: Vec<_> = self
                .graph
                .edges_directed(way.node, end)
                .map(|edge| (*edge.weight(), if other == End::Outgoing { edge.source() } else { edge.target() }))
                .collect();
            edges.sort_by(|a, b| (a.0, &self.graph[a.1]).cmp(&(b.0, &self.graph[b.1])));
            for (place, node) in edges {
                let Some(bound) = way.after(DEPENDENCES[place].reach) else { continue };
                // A node is come to again only by a way that is freer.
                if bounds.get(&node).is_some_and(|known| *known <= bound) {
                    continue;
                }
                if depth.is_some_and(|depth| way.distance >= depth) {
                    goes_on |= !bounds.contains_key(&node);
                    continue;
                }
                bounds.insert(node, bound);
                steps.entry(node).or_insert((way.node, place, way.distance + 1));
                ways.push_back(Way { node, distance: way.distance + 1, bound });
            }
        }
        let mut reached: Vec<Reached> =
            steps.iter().map(|(node, step)| self.reached(direction, start, *node, *step, &steps)).collect();
        reached.sort_by(|a, b| {
            let key = |r: &Reached| (r.distance, r.thing.region.clone(), r.thing.class.clone(), r.thing.clone());
            key(a).cmp(&key(b))
        });
        let nodes = steps.keys().copied().chain([start]).map(|node| &self.graph[node]);
        let concepts = nodes
            .filter_map(|node| Some((node.as_str().to_owned(), local_name(&self.class(node)?).to_owned())))
            .collect();
        let (thing, cycle) = (self.thing(&thing), self.cycle_of(start));
        let (regions, classes) = (BTreeMap::new(), BTreeMap::new());
        let mut impact = Impact { thing, direction, depth, goes_on, reached, regions, classes, concepts, cycle };
        impact.count();
        Ok(impact)
    }

    fn reached(
        &self,
        direction: Direction,
        start: NodeIndex,
        node: NodeIndex,
        (through, place, distance): (NodeIndex, usize, usize),
        steps: &BTreeMap<NodeIndex, (NodeIndex, usize, usize)>,
    ) -> Reached {
        let mut path = Vec::new();
        let mut at = through;
        while at != start {
            path.push(self.label(&self.graph[at]));
            let Some((before, ..)) = steps.get(&at) else { break };
            at = *before;
        }
        path.reverse();
        let dependence = DEPENDENCES[place];
        Reached {
            thing: self.thing(&self.graph[node]),
            distance,
            relation: self.relation(dependence.property),
            property: dependence.property,
            is_subject: is_subject(dependence.dependent, direction),
            through: self.graph[through].as_str().to_owned(),
            path,
        }
    }
}
