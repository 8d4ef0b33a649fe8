//! Elements that come back under other identifiers, as when another tool exports a model anew.

use oxrdf::{NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term, Triple};
use std::collections::{BTreeMap, HashMap, HashSet};
use viite_model::ns;

/// What an element of a new version was before: new IRI → old IRI.
pub type Renamed = BTreeMap<NamedNode, NamedNode>;

/// How the things of a new version of a file stand to those of the version before it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Returning {
    /// Taken for the same before: the old version knows the element by the identifier that it has now.
    pub kept: Renamed,
    /// Gone and come with one name and one set of types, and nothing else like either: for a person to say.
    pub proposed: Renamed,
}

/// What a version of a file says of a thing.
#[derive(Default)]
struct Told {
    id: Option<String>,
    names: Vec<String>,
    types: Vec<String>,
}

/// Compares the facts of a file's graph with those that are to take their place.
///
/// Relationships follow their ends: one of the same type between the same things is the same.
pub fn returning(old: &[Quad], new: &[Triple]) -> Returning {
    let old_facts = || old.iter().map(|quad| (&quad.subject, quad.predicate.as_ref(), &quad.object));
    let new_facts = || new.iter().map(|triple| (&triple.subject, triple.predicate.as_ref(), &triple.object));
    let (before, after) = (things(old_facts()), things(new_facts()));
    let gone = || before.iter().filter(|(thing, _)| !after.contains_key(*thing));
    let come = || after.iter().filter(|(thing, _)| !before.contains_key(*thing));
    let by_id: HashMap<&str, &NamedNode> =
        gone().filter_map(|(thing, told)| Some((told.id.as_deref()?, *thing))).collect();
    let mut kept = Renamed::new();
    for (thing, told) in come() {
        if let Some(same) = told.id.as_deref().and_then(|id| by_id.get(id)) {
            kept.insert((*thing).clone(), (*same).clone());
        }
    }
    let taken: HashSet<&NamedNode> = kept.values().collect();
    let named = |told: &Told| (!told.names.is_empty()).then(|| (told.names.clone(), told.types.clone()));
    let old_names =
        unique(gone().filter(|(thing, _)| !taken.contains(*thing)).map(|(thing, told)| (*thing, named(told))));
    let new_names =
        unique(come().filter(|(thing, _)| !kept.contains_key(*thing)).map(|(thing, told)| (*thing, named(told))));
    let mut proposed = pairs(&new_names, &old_names);
    // With their ends renamed, the relationships between them can be told.
    let of_now = |node: &NamedNode| kept.get(node).or_else(|| proposed.get(node)).unwrap_or(node).clone();
    let old_ends = ends(old_facts(), Clone::clone);
    let new_ends = ends(new_facts(), of_now);
    let old_links = unique(
        gone()
            .filter(|(thing, told)| told.names.is_empty() && !taken.contains(*thing))
            .map(|(thing, _)| (*thing, old_ends.get(*thing).cloned())),
    );
    let new_links = unique(
        come()
            .filter(|(thing, told)| told.names.is_empty() && !kept.contains_key(*thing))
            .map(|(thing, _)| (*thing, new_ends.get(*thing).cloned())),
    );
    let links = pairs(&new_links, &old_links);
    proposed.extend(links);
    Returning { kept, proposed }
}

/// The facts with the elements called as they were.
pub fn renamed(mut triples: Vec<Triple>, names: &Renamed) -> Vec<Triple> {
    for triple in &mut triples {
        if let NamedOrBlankNode::NamedNode(node) = &mut triple.subject
            && let Some(old) = names.get(node)
        {
            node.clone_from(old);
        }
        if let Term::NamedNode(node) = &mut triple.object
            && let Some(old) = names.get(node)
        {
            node.clone_from(old);
        }
    }
    triples
}

type Fact<'a> = (&'a NamedOrBlankNode, NamedNodeRef<'a>, &'a Term);

/// The things that a file identifies.
fn things<'a>(facts: impl Iterator<Item = Fact<'a>>) -> BTreeMap<&'a NamedNode, Told> {
    let mut things: BTreeMap<&NamedNode, Told> = BTreeMap::new();
    for (subject, predicate, object) in facts {
        let NamedOrBlankNode::NamedNode(thing) = subject else { continue };
        let told = things.entry(thing).or_default();
        match object {
            Term::Literal(text) if predicate == ns::viite::SOURCE_ID => told.id = Some(text.value().to_owned()),
            Term::Literal(text) if predicate == ns::rdfs::LABEL => told.names.push(text.value().to_owned()),
            Term::NamedNode(class) if predicate == ns::rdf::TYPE => told.types.push(class.as_str().to_owned()),
            _ => {}
        }
    }
    things.retain(|_, told| told.id.is_some());
    for told in things.values_mut() {
        told.names.sort();
        told.types.sort();
    }
    things
}

/// What each relationship leads from, to, and by which type.
fn ends<'a>(
    facts: impl Iterator<Item = Fact<'a>>,
    now: impl Fn(&NamedNode) -> NamedNode,
) -> HashMap<&'a NamedNode, Vec<(String, NamedNode)>> {
    let mut ends: HashMap<&NamedNode, Vec<(String, NamedNode)>> = HashMap::new();
    for (subject, predicate, object) in facts {
        let (NamedOrBlankNode::NamedNode(thing), Term::NamedNode(end)) = (subject, object) else { continue };
        if [ns::viite::SOURCE_END, ns::viite::TARGET_END, ns::rdf::PREDICATE].contains(&predicate) {
            ends.entry(thing).or_default().push((predicate.as_str().to_owned(), now(end)));
        }
    }
    for ends in ends.values_mut() {
        ends.sort();
    }
    ends
}

/// The things by what tells them apart, where nothing else has the same.
fn unique<'a, K: Ord>(things: impl Iterator<Item = (&'a NamedNode, Option<K>)>) -> BTreeMap<K, &'a NamedNode> {
    let mut found: BTreeMap<K, Vec<&NamedNode>> = BTreeMap::new();
    for (thing, key) in things {
        if let Some(key) = key {
            found.entry(key).or_default().push(thing);
        }
    }
    found.into_iter().filter(|(_, things)| things.len() == 1).map(|(key, things)| (key, things[0])).collect()
}

fn pairs<K: Ord>(new: &BTreeMap<K, &NamedNode>, old: &BTreeMap<K, &NamedNode>) -> Renamed {
    let same = new.iter().filter_map(|(key, new)| Some(((*new).clone(), (*old.get(key)?).clone())));
    same.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxrdf::{GraphName, Literal};

    fn node(name: &str) -> NamedNode {
        NamedNode::new_unchecked(format!("http://example.org/{name}"))
    }

    /// An element: its IRI is its identifier, as a first import has it, unless `iri` says otherwise.
    fn element(iri: &str, id: &str, name: &str, class: &str) -> Vec<Triple> {
        vec![
            Triple::new(node(iri), ns::viite::SOURCE_ID, Literal::from(id)),
            Triple::new(node(iri), ns::rdfs::LABEL, Literal::from(name)),
            Triple::new(node(iri), ns::rdf::TYPE, node(class)),
        ]
    }

    fn link(id: &str, from: &str, to: &str) -> Vec<Triple> {
        vec![
            Triple::new(node(id), ns::viite::SOURCE_ID, Literal::from(id)),
            Triple::new(node(id), ns::rdf::PREDICATE, node("serving")),
            Triple::new(node(id), ns::viite::SOURCE_END, node(from)),
            Triple::new(node(id), ns::viite::TARGET_END, node(to)),
        ]
    }

    fn quads(triples: &[Triple]) -> Vec<Quad> {
        triples.iter().map(|triple| triple.clone().in_graph(GraphName::DefaultGraph)).collect()
    }

    fn map(pairs: &[(&str, &str)]) -> Renamed {
        pairs.iter().map(|(new, old)| (node(new), node(old))).collect()
    }

    #[test]
    fn what_has_one_name_and_type_under_another_identifier_is_proposed_with_its_relationships() {
        let old = [element("a", "a", "Korpi", "System"), element("b", "b", "Palvelu", "Service"), link("r", "a", "b")]
            .concat();
        let new = [element("x", "x", "Korpi", "System"), element("y", "y", "Palvelu", "Service"), link("q", "x", "y")]
            .concat();
        let found = returning(&quads(&old), &new);
        assert_eq!(found.proposed, map(&[("x", "a"), ("y", "b"), ("q", "r")]));
        assert!(found.kept.is_empty());
    }

    #[test]
    fn what_was_taken_for_the_same_stays_so_and_the_facts_are_the_old_ones() {
        let old = quads(&element("a", "x", "Korpi", "System"));
        let new = element("x", "x", "Korpi uusi", "System");
        let found = returning(&old, &new);
        assert_eq!(found.kept, map(&[("x", "a")]));
        assert_eq!(renamed(new, &found.kept), element("a", "x", "Korpi uusi", "System"));
    }

    #[test]
    fn nothing_is_proposed_where_a_name_is_not_alone_or_the_type_is_another() {
        let old = [
            element("a", "a", "Korpi", "System"),
            element("b", "b", "Korpi", "System"),
            element("c", "c", "Tieto", "Data"),
        ]
        .concat();
        let new = [element("x", "x", "Korpi", "System"), element("z", "z", "Tieto", "Store")].concat();
        assert_eq!(returning(&quads(&old), &new), Returning::default());
        let same = element("a", "a", "Toinen", "System");
        assert_eq!(returning(&quads(&old), &same), Returning::default(), "an identifier that stays needs no name");
    }
}
