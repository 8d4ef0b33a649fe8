//! What a written file does not carry: told by reading it again.

use super::WriteOptions;
use super::said::Said;
use crate::archimate::types;
use crate::loss::{At, LossReport};
use oxrdf::{NamedNode, NamedOrBlankNode, Term, Triple};
use rustc_hash::FxHashSet;
use std::collections::BTreeMap;
use viite_model::ns;

/// Where in a file something stood is no part of what it says, and is made anew.
const PLACES: &[&str] = &["sourceFile", "sourceLine", "sourceSheet", "sourceCell", "sourceId", "sourceFolder"];

// How the kinds of what is gone begin.
const RELATIONSHIP: &str = "relationship";
const CONCEPT: &str = "the type";
const LANGUAGE: &str = "the language";

/// Tells what was there before and is not after, by kind and number.
pub(super) fn tell(before: &[Triple], after: &[Triple], options: &WriteOptions<'_>, losses: &mut LossReport) {
    let here = |node: &NamedNode| options.names.thing(options.region, &options.id(node));
    let foreign: FxHashSet<&NamedNode> = before
        .iter()
        .filter_map(|triple| match &triple.subject {
            NamedOrBlankNode::NamedNode(node) if !is_graph(node) && here(node) != *node => Some(node),
            _ => None,
        })
        .collect();
    if !foreign.is_empty() {
        let what = format!("the IRIs of {} things", foreign.len());
        losses.mended(At::FILE, what, "they come from elsewhere; the form has identifiers of the region alone");
    }
    let said = Said::of(before);
    let kept: FxHashSet<&Triple> = after.iter().collect();
    let things: FxHashSet<&NamedOrBlankNode> = after.iter().map(|triple| &triple.subject).collect();
    let texts: FxHashSet<(&NamedOrBlankNode, &NamedNode, &str)> = after
        .iter()
        .filter_map(|triple| match &triple.object {
            Term::Literal(text) => Some((&triple.subject, &triple.predicate, text.value())),
            _ => None,
        })
        .collect();
    let mut gone: FxHashSet<&NamedNode> = FxHashSet::default();
    let mut facts: BTreeMap<String, u64> = BTreeMap::new();
    let mut blank = 0_u64;
    for triple in before {
        let NamedOrBlankNode::NamedNode(subject) = &triple.subject else {
            blank += 1;
            continue;
        };
        let moved = moved(triple, &foreign, &here);
        if kept.contains(&moved) || is_aside(&triple.predicate) {
            continue;
        }
        if !things.contains(&moved.subject) {
            gone.insert(subject);
            continue;
        }
        let what = match &triple.object {
            Term::Literal(text) if text.language().is_some() => {
                let tag = text.language().unwrap_or_default();
                if texts.contains(&(&moved.subject, &moved.predicate, text.value())) {
                    format!("{LANGUAGE} '{tag}' of {}", ns::shorten(triple.predicate.as_str()))
                } else {
                    format!("{} in '{tag}'", ns::shorten(triple.predicate.as_str()))
                }
            }
            Term::NamedNode(class) if triple.predicate == ns::rdf::TYPE => {
                format!("{CONCEPT} {}", ns::shorten(class.as_str()))
            }
            Term::NamedNode(kind) if triple.predicate == ns::rdf::PREDICATE => {
                format!("{CONCEPT} {}", ns::shorten(kind.as_str()))
            }
            _ => ns::shorten(triple.predicate.as_str()),
        };
        *facts.entry(what).or_default() += 1;
    }
    let mut kinds: BTreeMap<String, u64> = BTreeMap::new();
    for thing in gone {
        *kinds.entry(kind(thing, &said)).or_default() += 1;
    }
    for (kind, count) in kinds {
        let why = if kind.starts_with(RELATIONSHIP) {
            "the relationship itself; what it means for its ends stands in columns where there is one"
        } else {
            "no sheet is for it, or it has no name"
        };
        losses.lost(At::FILE, format!("{kind} ({count}×)"), why);
    }
    for (what, count) in facts {
        let why = if what.starts_with(CONCEPT) {
            "it reads back as the concept of its sheet"
        } else if what.starts_with(LANGUAGE) {
            "the texts read back in the language of the export"
        } else {
            "no column says it so"
        };
        losses.lost(At::FILE, format!("{what} ({count}×)"), why);
    }
    if blank > 0 {
        losses.lost(At::FILE, format!("{blank} facts about things without an IRI"), "the form has no place for them");
    }
}

/// What a relationship says by itself, or a view, is counted there.
fn is_aside(predicate: &NamedNode) -> bool {
    if let Some(name) = predicate.as_str().strip_prefix(ns::VIITE) {
        return PLACES.contains(&name) || name == "shownIn";
    }
    predicate.as_str().strip_prefix(ns::ARCHIMATE).is_some_and(|name| {
        name == "hasProperty" || types::RELATIONSHIPS.iter().any(|known| known.eq_ignore_ascii_case(name))
    })
}

fn is_graph(node: &NamedNode) -> bool {
    node.as_str().contains("/graph/")
}

/// A fact as it reads where all things are of the region.
fn moved(triple: &Triple, foreign: &FxHashSet<&NamedNode>, here: &impl Fn(&NamedNode) -> NamedNode) -> Triple {
    let mut moved = triple.clone();
    if let NamedOrBlankNode::NamedNode(node) = &triple.subject
        && foreign.contains(node)
    {
        moved.subject = here(node).into();
    }
    if let Term::NamedNode(node) = &triple.object
        && foreign.contains(node)
    {
        moved.object = here(node).into();
    }
    moved
}

/// What a thing that is gone was.
fn kind(thing: &NamedNode, said: &Said<'_>) -> String {
    if is_graph(thing) {
        return "the title and properties of a description".to_owned();
    }
    if let Some(kind) = said.nodes(thing, ns::rdf::PREDICATE.as_str()).next() {
        let name = kind.as_str().strip_prefix(ns::ARCHIMATE).unwrap_or(kind.as_str());
        let name = types::RELATIONSHIPS.iter().find(|known| known.eq_ignore_ascii_case(name)).unwrap_or(&name);
        return format!("{RELATIONSHIP} {name}");
    }
    let mut classes: Vec<String> =
        said.nodes(thing, ns::rdf::TYPE.as_str()).map(|class| ns::shorten(class.as_str())).collect();
    // What we call it says more than what it is drawn as.
    classes.sort_by_key(|class| (!class.starts_with("viite:"), class.clone()));
    classes.into_iter().next().unwrap_or_else(|| "thing without a class".to_owned())
}
