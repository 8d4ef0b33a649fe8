//! The elements of a repository that may be resources of the reference, and what becomes of them by a decision.

use crate::{
    decisions::{Decision, Decisions},
    descriptions::{Description, descriptions},
    identity::{self, Doubt},
    matching::Matcher,
};
use oxrdf::{NamedNode, NamedOrBlankNode, Quad, Triple};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};
use viite_model::{Names, ns};
use viite_query::facts::Facts;
use viite_store::{Changes, Snapshot};

/// The doubtful elements of all descriptions, in the order of regions, states and files.
pub fn doubtful(snapshot: &Arc<Snapshot>, names: &Names) -> Vec<(Description, Doubt)> {
    let matcher = Matcher::of(snapshot);
    let decisions = Decisions::of(snapshot, names);
    let mut all = Vec::new();
    for description in descriptions(&Facts::new(snapshot), names) {
        let doubts = identity::doubts(&triples(snapshot, &description.graph), &matcher, &decisions);
        all.extend(doubts.into_iter().map(|doubt| (description.clone(), doubt)));
    }
    all
}

/// What a decision changes: the decision itself in place of an earlier one on the same pair, and the links and repeated
/// facts in the descriptions that name the element.
pub fn consequences(snapshot: &Arc<Snapshot>, names: &Names, decision: &Decision) -> Changes {
    let mut changes = Changes { added: decision.quads(names), removed: Vec::new() };
    let earlier: BTreeSet<NamedNode> = changes
        .added
        .iter()
        .filter_map(|quad| match &quad.subject {
            NamedOrBlankNode::NamedNode(node) => Some(node.clone()),
            NamedOrBlankNode::BlankNode(_) => None,
        })
        .collect();
    let decided = snapshot.graph_quads(&names.decisions());
    let of_pair = |quad: &Quad| earlier.iter().any(|node| quad.subject == node.clone().into());
    changes.removed.extend(decided.into_iter().filter(of_pair).filter(|quad| !changes.added.contains(quad)));

    for description in descriptions(&Facts::new(snapshot), names) {
        let triples = triples(snapshot, &description.graph);
        let graph = description.graph;
        let described = triples.iter().any(|triple| triple.subject == decision.element.clone().into());
        if !described {
            continue;
        }
        let identities = BTreeMap::from([(decision.element.clone(), BTreeSet::from([decision.resource.clone()]))]);
        let link = Triple::new(decision.element.clone(), ns::viite::CORRESPONDS_TO, decision.resource.clone());
        if decision.same {
            let added = identity::facts(&triples, &identities);
            changes.added.extend(added.into_iter().map(|triple| triple.in_graph(graph.clone())));
        } else if triples.contains(&link) {
            let without: Vec<Triple> =
                triples.into_iter().filter(|triple| triple.object != decision.resource.clone().into()).collect();
            let repeated = identity::facts(&without, &identities);
            changes.removed.extend(
                repeated
                    .into_iter()
                    .map(|triple| triple.in_graph(graph.clone()))
                    .filter(|quad| snapshot.contains(quad.as_ref())),
            );
        }
    }
    changes.added.retain(|quad| !snapshot.contains(quad.as_ref()));
    changes
}

fn triples(snapshot: &Snapshot, graph: &NamedNode) -> Vec<Triple> {
    snapshot.graph_quads(graph).into_iter().map(Triple::from).collect()
}
