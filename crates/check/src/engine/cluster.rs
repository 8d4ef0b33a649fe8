//! Rows that speak about one matter, made into one: a finding per cluster instead of one per pair.
//!
//! A row is an edge from its thing to the value of the rule's cluster variable. Where that value is itself a thing that
//! the rule judges, things that hang together make a cluster. Where it is a hub (the function that they share), the
//! things of a hub make one; hubs with the same things are told together. A thing with many hubs does not join them:
//! else one large system would chain all others into one cluster.

use super::run::Row;
use oxrdf::Term;
use petgraph::unionfind::UnionFind;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Things that one finding is about.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Cluster {
    /// The things, by IRI.
    pub(crate) members: Vec<Term>,
    /// What they share, by IRI; nothing where they are joined to each other.
    pub(crate) hubs: Vec<Term>,
    /// The values of the other variables over all rows.
    pub(crate) evidence: BTreeMap<String, Vec<Term>>,
}

/// Forms the clusters of the rows that violate. `judged` holds every thing that the run judged.
/// Rows in which the variable is unbound stand alone, and are given back.
pub(crate) fn clusters(rows: Vec<Row>, variable: &str, judged: &HashSet<Term>) -> (Vec<Cluster>, Vec<Row>) {
    let mut alone = Vec::new();
    let mut of_hub: BTreeMap<String, (Term, Vec<Row>)> = BTreeMap::new();
    let mut edges: Vec<(Row, Term)> = Vec::new();
    for mut row in rows {
        match row.evidence.remove(variable) {
            None => alone.push(row),
            Some(other) if judged.contains(&other) => edges.push((row, other)),
            Some(hub) => of_hub.entry(hub.to_string()).or_insert_with(|| (hub, Vec::new())).1.push(row),
        }
    }
    let mut clusters = joined(edges);
    clusters.extend(around_hubs(of_hub.into_values(), variable));
    (clusters, alone)
}

fn around_hubs(hubs: impl Iterator<Item = (Term, Vec<Row>)>, variable: &str) -> Vec<Cluster> {
    let mut groups: BTreeMap<Vec<String>, Gathered> = BTreeMap::new();
    for (hub, rows) in hubs {
        let members: BTreeSet<String> = rows.iter().map(|row| row.focus.to_string()).collect();
        let group = groups.entry(members.into_iter().collect()).or_default();
        group.hubs.insert(hub.to_string(), hub.clone());
        group.note(variable, &hub);
        for row in rows {
            group.take(row);
        }
    }
    groups.into_values().map(Gathered::cluster).collect()
}

fn joined(edges: Vec<(Row, Term)>) -> Vec<Cluster> {
    let mut numbers: HashMap<Term, usize> = HashMap::new();
    let mut number = |term: &Term| {
        let next = numbers.len();
        *numbers.entry(term.clone()).or_insert(next)
    };
    let pairs: Vec<(usize, usize)> = edges.iter().map(|(row, other)| (number(&row.focus), number(other))).collect();
    let mut sets = UnionFind::new(numbers.len());
    for (a, b) in &pairs {
        sets.union(*a, *b);
    }
    let mut groups: BTreeMap<usize, Gathered> = BTreeMap::new();
    for ((row, other), (a, _)) in edges.into_iter().zip(pairs) {
        let group = groups.entry(sets.find_mut(a)).or_default();
        group.members.insert(other.to_string(), other);
        group.take(row);
    }
    groups.into_values().map(Gathered::cluster).collect()
}

/// A cluster that is still growing; everything by its text, so that the order is always the same.
#[derive(Default)]
struct Gathered {
    members: BTreeMap<String, Term>,
    hubs: BTreeMap<String, Term>,
    evidence: BTreeMap<String, BTreeMap<String, Term>>,
}

impl Gathered {
    fn note(&mut self, variable: &str, value: &Term) {
        self.evidence.entry(variable.to_owned()).or_default().insert(value.to_string(), value.clone());
    }

    fn take(&mut self, row: Row) {
        for (variable, value) in &row.evidence {
            self.note(variable, value);
        }
        self.members.insert(row.focus.to_string(), row.focus);
    }

    fn cluster(self) -> Cluster {
        Cluster {
            members: self.members.into_values().collect(),
            hubs: self.hubs.into_values().collect(),
            evidence: self.evidence.into_iter().map(|(name, values)| (name, values.into_values().collect())).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxrdf::NamedNode;
    use viite_model::Outcome;

    fn term(name: &str) -> Term {
        NamedNode::new_unchecked(format!("http://example.org/{name}")).into()
    }

    fn row(focus: &str, other: &str) -> Row {
        let evidence = [("other".to_owned(), term(other))].into();
        Row { focus: term(focus), outcome: Outcome::Violates, evidence, justification: None }
    }

    fn members(clusters: &[Cluster]) -> Vec<Vec<Term>> {
        let mut members: Vec<_> = clusters.iter().map(|cluster| cluster.members.clone()).collect();
        members.sort_by_key(|terms| terms.iter().map(ToString::to_string).collect::<Vec<_>>());
        members
    }

    #[test]
    fn things_that_hang_together_are_one_cluster() {
        let judged = ["a", "b", "c", "d", "e"].map(term).into();
        let (clusters, alone) = clusters(vec![row("a", "b"), row("b", "c"), row("d", "e")], "other", &judged);
        assert!(alone.is_empty());
        assert_eq!(members(&clusters), [vec![term("a"), term("b"), term("c")], vec![term("d"), term("e")]]);
        assert!(clusters.iter().all(|cluster| cluster.hubs.is_empty()));
    }

    #[test]
    fn a_large_thing_does_not_chain_the_hubs_that_it_shares() {
        // "all" shares f with a, g with b: two matters, not one.
        let judged = ["all", "a", "b"].map(term).into();
        let rows = vec![row("all", "f"), row("a", "f"), row("all", "g"), row("b", "g")];
        let (clusters, _) = clusters(rows, "other", &judged);
        assert_eq!(members(&clusters), [vec![term("a"), term("all")], vec![term("all"), term("b")]]);
    }

    #[test]
    fn hubs_with_the_same_things_are_told_together() {
        let judged = ["a", "b"].map(term).into();
        let rows = vec![row("a", "f"), row("b", "f"), row("b", "g"), row("a", "g")];
        let (clusters, _) = clusters(rows, "other", &judged);
        assert_eq!(clusters.len(), 1);
        assert_eq!(clusters[0].hubs, [term("f"), term("g")]);
        assert_eq!(clusters[0].evidence["other"], [term("f"), term("g")]);
    }
}
