//! A state with another version of the reference, on trial or to be written.

use super::PackageChange;
use crate::{decisions::Decisions, descriptions::descriptions, identity::identify};
use oxrdf::{GraphName, NamedNode, NamedOrBlankNode, Quad, Term, Triple};
use serde::Serialize;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};
use viite_model::{
    Language, Names,
    graphs::{self, REFERENCE_GRAPHS},
    ns,
};
use viite_query::facts::Facts;
use viite_store::{Changes, Snapshot, StoreError};

/// A package to put in.
#[derive(Clone, Debug)]
pub struct NewPackage {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The graph that holds it.
    pub graph: NamedNode,
    /// What it says.
    pub triples: Vec<Triple>,
}

/// An element that the new version of the reference recognises.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Recognised {
    /// The region's element.
    pub element: String,
    /// What it is called.
    pub label: String,
    /// The resource that it stands for.
    pub resource: String,
    /// What that is called.
    pub resource_label: String,
}

/// What an upgrade changes, and the state that it leads to.
#[derive(Debug)]
pub struct Upgraded {
    /// The quads that come and go.
    pub changes: Changes,
    /// The packages that are other than before.
    pub packages: Vec<PackageChange>,
    /// Elements that are recognised now.
    pub recognised: Vec<Recognised>,
    /// The state that it leads to, in memory.
    pub snapshot: Arc<Snapshot>,
}

/// Puts packages in place of those of the same name, whatever their version, and recognises the regions' elements anew.
/// Nothing is written.
///
/// # Errors
/// When the state grows too large.
pub fn upgraded(
    snapshot: &Arc<Snapshot>,
    names: &Names,
    packages: &[NewPackage],
    language: Language,
) -> Result<Upgraded, StoreError> {
    let mut changes = Changes::default();
    let mut changed = Vec::new();
    for package in packages {
        let old = versions(snapshot, &package.name);
        let before: BTreeSet<String> =
            old.iter().flat_map(|graph| snapshot.graph_quads(graph)).map(|quad| bare(&quad.into())).collect();
        let after: BTreeSet<String> = package.triples.iter().map(bare).collect();
        // Where only the number of the version is another, the facts move and nothing else happens.
        if before != after {
            changed.push(PackageChange {
                package: package.name.clone(),
                from: old.first().and_then(|graph| graph.as_str().rsplit('/').next().map(str::to_owned)),
                to: package.version.clone(),
                added: after.difference(&before).count(),
                removed: before.difference(&after).count(),
            });
        }
        let gone = old.iter().flat_map(|graph| snapshot.graph_quads(graph));
        changes.removed.extend(gone);
        let graph = GraphName::from(package.graph.clone());
        changes.added.extend(package.triples.iter().map(|triple| triple.clone().in_graph(graph.clone())));
    }
    let new: BTreeSet<String> = changes.added.iter().map(ToString::to_string).collect();
    changes.removed.retain(|quad| !new.contains(&quad.to_string()));
    changes.added.retain(|quad| !snapshot.contains(quad.as_ref()));
    let reference = snapshot
        .with_changes(changes.removed.iter().map(Quad::as_ref), changes.added.iter().map(Quad::as_ref))
        .map(Arc::new)?;

    // Names that the reference has learnt are recognised at once, as an import of the same file would.
    let decisions = Decisions::of(snapshot, names);
    let mut recognised = BTreeSet::new();
    let mut links: Vec<Quad> = Vec::new();
    let facts = Facts::new(&reference);
    for description in descriptions(&Facts::new(snapshot), names) {
        let triples: Vec<Triple> = snapshot.graph_quads(&description.graph).into_iter().map(Triple::from).collect();
        let known = identify(&triples, snapshot, &decisions).facts;
        for fact in identify(&triples, &reference, &decisions).facts.into_iter().filter(|fact| !known.contains(fact)) {
            if let (NamedOrBlankNode::NamedNode(element), Term::NamedNode(resource)) = (&fact.subject, &fact.object)
                && fact.predicate == ns::viite::CORRESPONDS_TO
            {
                recognised.insert(Recognised {
                    label: facts.label(&element.clone().into(), language),
                    resource_label: facts.label(&resource.clone().into(), language),
                    element: element.as_str().to_owned(),
                    resource: resource.as_str().to_owned(),
                });
            }
            links.push(fact.in_graph(description.graph.clone()));
        }
    }
    let snapshot = if links.is_empty() {
        reference
    } else {
        Arc::new(reference.with_changes([], links.iter().map(Quad::as_ref))?)
    };
    changes.added.extend(links);
    Ok(Upgraded { changes, packages: changed, recognised: recognised.into_iter().collect(), snapshot })
}

/// The graphs that hold a package, of every version.
fn versions(snapshot: &Snapshot, package: &str) -> Vec<NamedNode> {
    let graphs = snapshot.graph_names().filter_map(|graph| match graph {
        NamedOrBlankNode::NamedNode(graph) => Some(graph),
        NamedOrBlankNode::BlankNode(_) => None,
    });
    graphs.filter(|graph| graphs::package(graph.as_str()).is_some_and(|(name, _)| name == package)).collect()
}

/// A fact without the version that stands in the names of nodes that have none of their own.
fn bare(triple: &Triple) -> String {
    let text = triple.to_string();
    let Some((before, rest)) = text.split_once(REFERENCE_GRAPHS) else { return text };
    let mut bare = before.to_owned();
    for part in std::iter::once(rest).flat_map(|rest| rest.split(REFERENCE_GRAPHS)) {
        // <package>/<version>/node/<number>
        let cut: BTreeMap<usize, &str> = part.splitn(3, '/').enumerate().collect();
        match (cut.get(&0), cut.get(&2)) {
            (Some(package), Some(node)) => bare.push_str(&format!("{package}/{node}")),
            _ => bare.push_str(part),
        }
    }
    bare
}
