//! Groups that are better joined as two halves than item by item.
//!
//! Two systems of one region with the same function: from either system it is a few rows to the
//! function, and from there a long list of all systems of the nation that have it, nearly all of them
//! looked up in vain. Where the items hang together by one variable only, each side can be
//! evaluated from its own small end, and the two joined by hashing.

use super::variables::{Variables, in_scope};
use spargebra::algebra::GraphPattern;

/// Groups with more items than this are left alone: there would be too many ways to try.
const LARGEST: usize = 16;

/// The items with a part of them put together into one, in every way that one shared variable allows.
pub(super) fn ways(items: &[GraphPattern]) -> Vec<Vec<GraphPattern>> {
    if !(4..=LARGEST).contains(&items.len()) {
        return Vec::new();
    }
    let variables: Vec<Variables> = items.iter().map(|item| in_scope(item).possible).collect();
    let shared: Variables = variables.iter().flatten().cloned().collect();
    let mut ways = Vec::new();
    for hinge in &shared {
        let parts = parts(&variables, hinge);
        if parts.len() < 2 {
            continue;
        }
        for part in parts.iter().filter(|part| (2..items.len()).contains(&part.len())) {
            let Some(half) = together(part.iter().map(|index| &items[*index])) else { continue };
            let rest = (0..items.len()).filter(|index| !part.contains(index)).map(|index| items[index].clone());
            ways.push(rest.chain([half]).collect());
        }
    }
    ways
}

/// The items that hang together by other variables than this one.
fn parts(variables: &[Variables], hinge: &spargebra::term::Variable) -> Vec<Vec<usize>> {
    let mut parts: Vec<(Variables, Vec<usize>)> = Vec::new();
    for (index, own) in variables.iter().enumerate() {
        let mut joined: Variables = own.iter().filter(|variable| *variable != hinge).cloned().collect();
        let mut members = vec![index];
        parts.retain_mut(|(theirs, indexes)| {
            let apart = theirs.is_disjoint(&joined);
            if !apart {
                joined.append(theirs);
                members.append(indexes);
            }
            apart
        });
        parts.push((joined, members));
    }
    parts.into_iter().map(|(_, members)| members).collect()
}

/// One basic graph pattern of them all; none when they are not all triples of the default graph.
fn together<'p>(items: impl Iterator<Item = &'p GraphPattern>) -> Option<GraphPattern> {
    let mut patterns = Vec::new();
    for item in items {
        let GraphPattern::Bgp { patterns: triple } = item else { return None };
        patterns.extend(triple.iter().cloned());
    }
    Some(GraphPattern::Bgp { patterns })
}
