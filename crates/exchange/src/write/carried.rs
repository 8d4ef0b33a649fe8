//! What a written file does not carry: told by reading it again.

use super::said::{Said, viite};
use super::{Form, WriteOptions};
use crate::archimate::types;
use crate::loss::{At, LossReport};
use crate::notes::writing as notes;
use oxrdf::{NamedNode, NamedOrBlankNode, Term, Triple};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;
use viite_model::ns;

/// Where in a file something stood is no part of what it says, and is made anew.
const PLACES: &[&str] = &["sourceFile", "sourceLine", "sourceSheet", "sourceCell", "sourceId", "sourceFolder"];

/// What a fact that is gone was, in the order in which it is told.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Gone {
    Description,
    Relationship(String),
    Thing(String),
    Type(String),
    LanguageOf(String, String),
    TextIn(String, String),
    Fact(String),
}

/// The IRIs that things have when a file is read again, by the identifiers that they have in it.
pub(super) struct Again<'a> {
    /// The identifier in the file of what is not called there as in the repository.
    pub(super) written: &'a FxHashMap<String, String>,
    pub(super) facts: &'a [Triple],
}

impl Again<'_> {
    fn iris(&self) -> FxHashMap<&str, &NamedNode> {
        let source_id = viite("sourceId");
        let of = |triple: &'_ Triple| triple.predicate.as_str() == source_id;
        self.facts
            .iter()
            .filter(|triple| of(triple))
            .filter_map(|triple| match (&triple.subject, &triple.object) {
                (NamedOrBlankNode::NamedNode(thing), Term::Literal(id)) => Some((id.value(), thing)),
                _ => None,
            })
            .collect()
    }
}

/// Tells what was there before and is not after, by kind and number.
pub(super) fn tell(
    before: &[Triple],
    after: &Again<'_>,
    form: Form,
    options: &WriteOptions<'_>,
    losses: &mut LossReport,
) {
    let iris = after.iris();
    let here = |node: &NamedNode| {
        let id = options.id(node);
        let again = after.written.get(&id).and_then(|id| iris.get(id.as_str()));
        again.map_or_else(|| options.names.thing(options.region, &id), |iri| (*iri).clone())
    };
    let mut elsewhere = 0_u64;
    let mut renamed: FxHashMap<&NamedNode, NamedNode> = FxHashMap::default();
    let subjects: FxHashSet<&NamedNode> = before
        .iter()
        .filter_map(|triple| match &triple.subject {
            NamedOrBlankNode::NamedNode(node) if !is_graph(node) => Some(node),
            _ => None,
        })
        .collect();
    for node in subjects {
        let again = here(node);
        if again != *node {
            elsewhere += u64::from(options.names.thing(options.region, &options.id(node)) != *node);
            renamed.insert(node, again);
        }
    }
    if elsewhere > 0 {
        losses.tell(At::FILE, notes::foreign_identifiers(elsewhere));
    }
    let said = Said::of(before);
    let kept: FxHashSet<&Triple> = after.facts.iter().collect();
    let things: FxHashSet<&NamedOrBlankNode> = after.facts.iter().map(|triple| &triple.subject).collect();
    let texts: FxHashSet<(&NamedOrBlankNode, &NamedNode, &str)> = after
        .facts
        .iter()
        .filter_map(|triple| match &triple.object {
            Term::Literal(text) => Some((&triple.subject, &triple.predicate, text.value())),
            _ => None,
        })
        .collect();
    let mut gone: FxHashSet<&NamedNode> = FxHashSet::default();
    let mut counts: BTreeMap<Gone, u64> = BTreeMap::new();
    let mut blank = 0_u64;
    for triple in before {
        let NamedOrBlankNode::NamedNode(subject) = &triple.subject else {
            blank += 1;
            continue;
        };
        let moved = moved(triple, &renamed);
        if kept.contains(&moved) || is_aside(&triple.predicate, form) {
            continue;
        }
        if !things.contains(&moved.subject) {
            gone.insert(subject);
            continue;
        }
        let property = ns::shorten(triple.predicate.as_str());
        if let Term::Literal(text) = &triple.object
            && text.datatype() == oxrdf::vocab::xsd::STRING
            && texts.contains(&(&moved.subject, &moved.predicate, text.value()))
        {
            continue; // it only has a language now
        }
        let what = match &triple.object {
            Term::Literal(text) => match text.language() {
                Some(tag) if texts.contains(&(&moved.subject, &moved.predicate, text.value())) => {
                    Gone::LanguageOf(property, tag.to_owned())
                }
                Some(tag) => Gone::TextIn(property, tag.to_owned()),
                None => Gone::Fact(property),
            },
            Term::NamedNode(class) if [ns::rdf::TYPE, ns::rdf::PREDICATE].contains(&triple.predicate.as_ref()) => {
                Gone::Type(ns::shorten(class.as_str()))
            }
            _ => Gone::Fact(property),
        };
        *counts.entry(what).or_default() += 1;
    }
    for thing in gone {
        *counts.entry(kind(thing, &said)).or_default() += 1;
    }
    for (gone, count) in counts {
        let note = match (gone, form) {
            (Gone::Description, _) => notes::description_itself(),
            (Gone::Relationship(kind), Form::Archimate) => notes::relationships_without_ends(kind, count),
            (Gone::Relationship(kind), Form::Tables) => notes::relationships_without_sheet(kind, count),
            (Gone::Thing(class), Form::Archimate) => notes::things_without_concept(class, count),
            (Gone::Thing(class), Form::Tables) => notes::things_without_sheet(class, count),
            (Gone::Type(class), _) => notes::type_of_thing(class, count),
            (Gone::LanguageOf(property, tag), _) => notes::language_of_text(tag, property, count),
            (Gone::TextIn(property, tag), _) => notes::text_in_language(tag, property, count),
            (Gone::Fact(property), _) => notes::facts_without_place(property, count),
        };
        losses.tell(At::FILE, note);
    }
    if blank > 0 {
        losses.tell(At::FILE, notes::facts_without_thing(blank));
    }
}

/// What a relationship says by itself, or a view, is counted there; so are specialisations that become properties.
fn is_aside(predicate: &NamedNode, form: Form) -> bool {
    if let Some(name) = predicate.as_str().strip_prefix(ns::VIITE) {
        return PLACES.contains(&name)
            || name == "shownIn"
            || form == Form::Archimate && ["specialisation", "sourceType"].contains(&name);
    }
    predicate.as_str().strip_prefix(ns::ARCHIMATE).is_some_and(|name| {
        name == "hasProperty" || types::RELATIONSHIPS.iter().any(|known| known.eq_ignore_ascii_case(name))
    })
}

fn is_graph(node: &NamedNode) -> bool {
    node.as_str().contains("/graph/")
}

/// A fact as it reads where things have other IRIs.
fn moved(triple: &Triple, renamed: &FxHashMap<&NamedNode, NamedNode>) -> Triple {
    let mut moved = triple.clone();
    if let NamedOrBlankNode::NamedNode(node) = &triple.subject
        && let Some(again) = renamed.get(node)
    {
        moved.subject = again.clone().into();
    }
    if let Term::NamedNode(node) = &triple.object
        && let Some(again) = renamed.get(node)
    {
        moved.object = again.clone().into();
    }
    moved
}

/// What a thing that is gone was.
fn kind(thing: &NamedNode, said: &Said<'_>) -> Gone {
    if is_graph(thing) {
        return Gone::Description;
    }
    if let Some(kind) = said.nodes(thing, ns::rdf::PREDICATE.as_str()).next() {
        let name = kind.as_str().strip_prefix(ns::ARCHIMATE).unwrap_or(kind.as_str());
        let name = types::RELATIONSHIPS.iter().find(|known| known.eq_ignore_ascii_case(name)).unwrap_or(&name);
        return Gone::Relationship((*name).to_owned());
    }
    let mut classes: Vec<String> =
        said.nodes(thing, ns::rdf::TYPE.as_str()).map(|class| ns::shorten(class.as_str())).collect();
    // What we call it says more than what it is drawn as.
    classes.sort_by_key(|class| (!class.starts_with("viite:"), class.clone()));
    Gone::Thing(classes.into_iter().next().unwrap_or_else(|| ns::shorten(thing.as_str())))
}
