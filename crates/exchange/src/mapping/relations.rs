//! Relationships: their own nodes, their direct facts, and what the patterns of a profile give.

use super::apply::{Applier, DATA_GROUP, archimate, meaning, viite};
use super::profile::{Gives, Relation, Value};
use super::value;
use crate::Place;
use crate::model::{Description, Referenceable, Relationship};
use crate::notes::{Note, mapping as notes};
use oxrdf::{Literal, NamedNode, NamedNodeRef};
use rustc_hash::{FxHashMap, FxHashSet};
use std::cell::Cell;
use viite_model::{label, ns};

const VALID_FROM: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/viite/ns#validFrom");
const VALID_UNTIL: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/viite/ns#validUntil");
const VIITE_SOURCE: &str = "source";
const VIITE_TARGET: &str = "target";

/// Ends that one junction may join; more is no architecture.
const JOINED: usize = 1000;

/// Pairs of ends that the junctions of one file may give.
const PAIRS: usize = 100_000;

pub(super) fn relate<'d>(applier: &mut Applier<'_, 'd>, description: &'d Description) {
    let junctions = Junctions::new(description);
    let relationships: FxHashSet<&str> = description.relationships.iter().map(|r| r.about.id.as_str()).collect();
    // Those that lead to other relationships come last, when it is known which are integrations.
    let (later, first): (Vec<_>, Vec<_>) = description
        .relationships
        .iter()
        .partition(|r| relationships.contains(r.source.id.as_str()) || relationships.contains(r.target.id.as_str()));
    for relationship in first.into_iter().chain(later) {
        node(applier, relationship, &description.folders);
        let out_of_force = out_of_force(applier, &relationship.about);
        let mapped = patterns(applier, relationship, &junctions, out_of_force.is_none());
        if let Some((place, note)) = out_of_force.filter(|_| mapped) {
            applier.losses.tell((place, relationship.about.source_id.as_str()), note);
        }
        let class = applier.classes.get(relationship.about.id.as_str()).cloned();
        let iri = applier.context.thing(&relationship.about.id);
        applier.properties(&iri, &relationship.about, class.as_ref());
        if !mapped && relationship.concept.known && relationship.about.place.in_table() {
            let kind = relationship.about.names.first().unwrap_or_default();
            applier.losses.tell(
                (relationship.about.place, relationship.about.source_id.as_str()),
                notes::responsibility_unknown(kind),
            );
        } else if !mapped && relationship.concept.known {
            applier.note(
                "relationship type",
                &relationship.concept.name,
                relationship.about.place,
                &relationship.about.source_id,
            );
        }
    }
}

/// The note on a relationship that has ended on the day of reading, or is yet to begin, and where it says so.
///
/// It stands with its days, and gives no fact about its ends: those facts have no days, and would be said of today.
fn out_of_force(applier: &Applier<'_, '_>, about: &Referenceable) -> Option<(Place, Note)> {
    let today = applier.context.today?;
    about.properties.iter().find_map(|property| {
        let known = meaning(applier.context.mapping, property)?;
        let Value::Date(last) = known.value else { return None };
        let day = property.value.iter().find_map(|(_, text)| value::date(text, last))?;
        let note = match known.predicate.as_ref()?.as_ref() {
            VALID_UNTIL if day.value() < today => notes::relationship_ended(day.value()),
            VALID_FROM if day.value() > today => notes::relationship_not_begun(day.value()),
            _ => return None,
        };
        Some((property.place, note))
    })
}

/// The relationship as a node of its own, and as a direct fact between its ends.
fn node<'d>(applier: &mut Applier<'_, 'd>, relationship: &'d Relationship, folders: &[String]) {
    let iri = applier.context.thing(&relationship.about.id);
    applier.concept(&iri, &relationship.concept, "Relationship");
    applier.about(&iri, &relationship.about, folders);
    let end = |end: &crate::model::End| end.known.then(|| applier.context.thing(&end.id));
    let (source, target) = (end(&relationship.source), end(&relationship.target));
    if let Some(source) = &source {
        applier.facts.add(&iri, viite(VIITE_SOURCE), source.clone());
    }
    if let Some(target) = &target {
        applier.facts.add(&iri, viite(VIITE_TARGET), target.clone());
    }
    if relationship.concept.known {
        // The ontology has a property for every type, and no class.
        let predicate = archimate(&relationship.concept.name.to_ascii_lowercase());
        applier.facts.add(&iri, NamedNode::from(ns::rdf::PREDICATE), predicate.clone());
        if let (Some(source), Some(target)) = (&source, &target) {
            applier.facts.add(source, predicate, target.clone());
        }
    }
    if let Some(access) = relationship.access {
        applier.facts.add(&iri, archimate("accessType"), Literal::from(access.name()));
    }
    if let Some(modifier) = &relationship.modifier {
        applier.facts.add(&iri, archimate("influenceModifier"), Literal::from(modifier.as_str()));
    }
    if let Some(directed) = relationship.directed {
        applier.facts.add(&iri, archimate("isDirected"), Literal::from(directed));
    }
}

/// Adds what the profile's patterns give; false when none fits.
fn patterns<'d>(
    applier: &mut Applier<'_, 'd>,
    relationship: &'d Relationship,
    junctions: &Junctions<'d>,
    in_force: bool,
) -> bool {
    if !relationship.concept.known || !relationship.source.known || !relationship.target.known {
        return true; // already noted
    }
    let target = relationship.target.id.as_str();
    if junctions.is_junction(target) {
        return true; // what leaves the junction speaks for what enters it
    }
    let direct = !junctions.is_junction(&relationship.source.id);
    let sources = if direct { vec![relationship.source.id.as_str()] } else { junctions.upstream(relationship) };
    if !direct && (sources.len() >= JOINED || junctions.pairs.get() >= PAIRS) {
        applier.losses.tell(
            (relationship.about.place, relationship.about.source_id.as_str()),
            notes::junction_limit(sources.len()),
        );
    }
    let names: Vec<String> = relationship.about.names.iter().map(|(_, name)| label::key(name)).collect();
    let mapping = applier.context.mapping;
    let mut mapped = false;
    for source in sources {
        if source == target {
            continue;
        }
        let mut fits = false;
        for pattern in &mapping.relations {
            let fitting = !(pattern.otherwise && fits)
                && pattern.types.contains(relationship.concept.name.as_ref())
                && (pattern.names.is_empty() || names.iter().any(|n| pattern.names.contains(n)))
                && class_fits(applier, &pattern.source, source)
                && class_fits(applier, &pattern.target, target);
            if fitting {
                give(applier, pattern, relationship, source, (direct, in_force));
                fits = true;
            }
        }
        mapped |= fits;
    }
    mapped
}

fn class_fits(applier: &Applier<'_, '_>, classes: &[NamedNode], id: &str) -> bool {
    classes.is_empty() || applier.classes.get(id).is_some_and(|c| classes.contains(c))
}

fn give<'d>(
    applier: &mut Applier<'_, 'd>,
    pattern: &Relation,
    relationship: &'d Relationship,
    source_id: &str,
    (direct, in_force): (bool, bool),
) {
    let source = applier.context.thing(source_id);
    let target = applier.context.thing(&relationship.target.id);
    match &pattern.gives {
        Gives::Fact(_) | Gives::Reverse(_) if !in_force => {}
        Gives::Fact(predicate) => applier.facts.add(&source, predicate.clone(), target),
        Gives::Reverse(predicate) => applier.facts.add(&target, predicate.clone(), source),
        Gives::Integration(shortcut) => {
            let id = &relationship.about.id;
            let node = if direct {
                applier.classes.insert(id, ns::viite::INTEGRATION.into_owned());
                applier.context.thing(id)
            } else {
                let node = applier.context.thing(&format!("{id}~{source_id}"));
                applier.facts.add(&node, viite(VIITE_SOURCE), source.clone());
                applier.facts.add(&node, viite(VIITE_TARGET), target.clone());
                applier.about(&node, &relationship.about, &[]);
                node
            };
            applier.facts.add(&node, ns::rdf::TYPE, ns::viite::INTEGRATION);
            if in_force {
                applier.facts.add(&source, shortcut.clone(), target);
            }
            // What flows is often written as the name of the flow.
            let data_group = DATA_GROUP.into_owned();
            for (_, name) in relationship.about.names.iter() {
                if let Some(group) = applier.element_named(name, &[&data_group]) {
                    let group = applier.context.thing(group);
                    applier.facts.add(&node, viite("dataGroup"), group);
                }
            }
        }
    }
}

/// Which relationships enter which junction.
struct Junctions<'d> {
    entering: FxHashMap<&'d str, Vec<&'d Relationship>>,
    pairs: Cell<usize>,
}

impl<'d> Junctions<'d> {
    fn new(description: &'d Description) -> Self {
        let mut entering: FxHashMap<&str, Vec<&Relationship>> = description
            .elements
            .iter()
            .filter(|element| element.junction.is_some())
            .map(|element| (element.about.id.as_str(), Vec::new()))
            .collect();
        for relationship in &description.relationships {
            if let Some(list) = entering.get_mut(relationship.target.id.as_str()) {
                list.push(relationship);
            }
        }
        Self { entering, pairs: Cell::new(0) }
    }

    fn is_junction(&self, id: &str) -> bool {
        self.entering.contains_key(id)
    }

    /// The elements from which relationships of the same type come through junctions to this one.
    fn upstream(&self, relationship: &'d Relationship) -> Vec<&'d str> {
        let mut seen = FxHashSet::default();
        let mut open = vec![relationship.source.id.as_str()];
        let mut found = Vec::new();
        while let Some(id) = open.pop() {
            if seen.len() >= JOINED || self.pairs.get() >= PAIRS {
                break;
            }
            if !seen.insert(id) {
                continue;
            }
            match self.entering.get(id) {
                Some(entering) => open.extend(
                    entering
                        .iter()
                        .filter(|r| r.source.known && r.concept == relationship.concept)
                        .map(|r| r.source.id.as_str())
                        .take(JOINED),
                ),
                None => {
                    self.pairs.set(self.pairs.get() + 1);
                    found.push(id);
                }
            }
        }
        found.sort_unstable();
        found
    }
}
