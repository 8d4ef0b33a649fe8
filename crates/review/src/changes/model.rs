//! A description as elements and relationships, whichever syntax it came in.

use oxrdf::{NamedNode, NamedOrBlankNode, Quad, Term};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};
use viite_model::{Language, ns};
use viite_query::facts::Facts;
use viite_store::Snapshot;

/// What is said of a thing: values by property, as people read them.
pub(super) type Said = BTreeMap<String, BTreeSet<String>>;

#[derive(Debug)]
pub(super) struct Element {
    pub(super) kind: String,
    pub(super) label: String,
    pub(super) said: Said,
}

#[derive(Debug, Default)]
pub(super) struct Relationship {
    pub(super) source: String,
    pub(super) target: String,
    pub(super) said: Said,
}

/// The elements by IRI, the relationships by source, name and target.
#[derive(Debug, Default)]
pub(super) struct Model {
    pub(super) elements: BTreeMap<String, Element>,
    pub(super) relationships: BTreeMap<(String, String, String), Relationship>,
}

const SOURCE: &str = "https://w3id.org/viite/ns#source";
const TARGET: &str = "https://w3id.org/viite/ns#target";
const INTEGRATES_WITH: &str = "https://w3id.org/viite/ns#integratesWith";
const HAS_PROPERTY: &str = "https://purl.org/archimate#hasProperty";
const PROPERTY: &str = "https://purl.org/archimate#Property";
const KEY: &str = "https://purl.org/archimate#propertyKey";
const VALUE: &str = "https://purl.org/archimate#propertyValue";
const PREDICATE: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#predicate";

/// Where a thing stands in its file, how it is shown, and what the program itself adds: no change to an architect.
const BOOKKEEPING: [&str; 11] = [
    "inRegion",
    "state",
    "sourceId",
    "sourceFile",
    "sourceFolder",
    "sourceLine",
    "sourceSheet",
    "sourceCell",
    "shownIn",
    "correspondsTo",
    "namedAs",
];

/// Every thing of the graphs, with what is said of it.
struct Reader<'a> {
    facts: Facts<'a>,
    language: Language,
    things: BTreeMap<NamedNode, Vec<Quad>>,
}

impl Model {
    /// What these graphs of a snapshot describe.
    pub(super) fn of(snapshot: &Arc<Snapshot>, graphs: &[NamedNode], language: Language) -> Self {
        let mut things: BTreeMap<NamedNode, Vec<Quad>> = BTreeMap::new();
        for quad in graphs.iter().flat_map(|graph| snapshot.graph_quads(graph)) {
            // What is said of the whole file, and not of a thing in it, is told with the file.
            if let NamedOrBlankNode::NamedNode(subject) = &quad.subject
                && !graphs.contains(subject)
            {
                things.entry(subject.clone()).or_default().push(quad);
            }
        }
        let reader = Reader { facts: Facts::new(snapshot), language, things };
        let mut model = Self::default();
        for (thing, quads) in &reader.things {
            if ends(quads).is_none()
                && let Some(kind) = reader.kind(quads)
            {
                let label = reader.label(thing);
                model.elements.insert(thing.as_str().to_owned(), Element { kind, label, said: reader.said(quads) });
            }
        }
        let integrated = reader.integrations(&mut model);
        let related = reader.facts_between_things(&mut model, &integrated);
        reader.drawn(&mut model, &related);
        model
    }

    fn relate(&mut self, source: &NamedNode, name: String, target: &NamedNode, reader: &Reader<'_>) -> &mut Said {
        let key = (source.as_str().to_owned(), name, target.as_str().to_owned());
        let relationship = self.relationships.entry(key).or_insert_with(|| Relationship {
            source: reader.label(source),
            target: reader.label(target),
            said: Said::new(),
        });
        &mut relationship.said
    }
}

/// Two ends, in one order for both directions.
type Pair = (String, String);

fn pair(a: &NamedNode, b: &NamedNode) -> Pair {
    let (a, b) = (a.as_str().to_owned(), b.as_str().to_owned());
    if a < b { (a, b) } else { (b, a) }
}

impl Reader<'_> {
    /// Integrations: relationships with things of their own to say, such as which data flows.
    fn integrations(&self, model: &mut Model) -> BTreeSet<Pair> {
        let mut pairs = BTreeSet::new();
        for quads in self.things.values() {
            let is_integration = objects(quads, ns::rdf::TYPE.as_str()).any(|c| *c == ns::viite::INTEGRATION);
            let Some((source, target)) = ends(quads).filter(|_| is_integration) else { continue };
            let (source, target) = (self.original(source), self.original(target));
            pairs.insert(pair(source, target));
            let name = self.label(&ns::viite::INTEGRATION.into_owned());
            let said = self.said(quads);
            let known = model.relate(source, name, target, self);
            for (property, values) in said {
                known.entry(property).or_default().extend(values);
            }
        }
        pairs
    }

    /// What the vocabulary says of two things, whatever it was drawn as.
    fn facts_between_things(&self, model: &mut Model, integrated: &BTreeSet<Pair>) -> BTreeSet<Pair> {
        let mut pairs = integrated.clone();
        for (thing, quads) in self.things.iter().filter(|(_, quads)| ends(quads).is_none()) {
            for quad in quads {
                let Term::NamedNode(object) = &quad.object else { continue };
                if !is_fact(quad.predicate.as_str()) || !self.is_thing(object) {
                    continue;
                }
                let (source, target) = (self.original(thing), self.original(object));
                let drawn = pair(source, target);
                if source == target || (quad.predicate.as_str() == INTEGRATES_WITH && integrated.contains(&drawn)) {
                    continue;
                }
                model.relate(source, self.label(&quad.predicate), target, self);
                pairs.insert(drawn);
            }
        }
        pairs
    }

    /// What was drawn and no mapping gave a meaning to stays in the words of ArchiMate.
    fn drawn(&self, model: &mut Model, related: &BTreeSet<Pair>) {
        for quads in self.things.values() {
            let Some((source, target)) = ends(quads) else { continue };
            let (source, target) = (self.original(source), self.original(target));
            if related.contains(&pair(source, target)) {
                continue;
            }
            if let Some(name) = objects(quads, PREDICATE).find_map(|p| p.as_str().strip_prefix(ns::ARCHIMATE)) {
                model.relate(source, format!("{name} (ArchiMate)"), target, self);
            }
        }
    }

    /// What the description itself calls a thing; another state may call it otherwise.
    fn label(&self, node: &NamedNode) -> String {
        let quads = self.things.get(node).map_or(&[][..], Vec::as_slice);
        let names =
            quads.iter().filter(|quad| quad.predicate == ns::rdfs::LABEL).filter_map(|quad| match &quad.object {
                Term::Literal(name) => Some(name),
                _ => None,
            });
        let foreign = |name: &&oxrdf::Literal| name.language() != Some(self.language.tag());
        let own = names.min_by_key(|name| (foreign(name), name.value())).map(|name| name.value().to_owned());
        own.unwrap_or_else(|| self.facts.label(&node.clone().into(), self.language))
    }

    /// A thing, or the resource of the reference that it is a picture of.
    fn original<'n>(&'n self, node: &'n NamedNode) -> &'n NamedNode {
        let quads = self.things.get(node).map_or(&[][..], Vec::as_slice);
        objects(quads, ns::viite::CORRESPONDS_TO.as_str()).next().unwrap_or(node)
    }

    /// Whether it is something that a relationship can lead to, and not a value such as a class or a status.
    fn is_thing(&self, node: &NamedNode) -> bool {
        self.things.contains_key(node) || node.as_str().starts_with(ns::REFERENCE)
    }

    /// What people call the class of an element, that of the vocabulary if it has one; what is only named has none.
    fn kind(&self, quads: &[Quad]) -> Option<String> {
        let classes: Vec<&NamedNode> = objects(quads, ns::rdf::TYPE.as_str()).collect();
        let known = classes.iter().find(|class| class.as_str().starts_with(ns::VIITE));
        let is_value = classes.iter().any(|class| class.as_str() == PROPERTY);
        let mut drawn =
            classes.iter().filter(|_| !is_value).filter_map(|class| class.as_str().strip_prefix(ns::ARCHIMATE));
        known.map(|class| self.label(class)).or_else(|| Some(format!("{} (ArchiMate)", drawn.next()?)))
    }

    /// The texts and values of a thing; what leads to another thing is a relationship.
    fn said(&self, quads: &[Quad]) -> Said {
        let mut said = Said::new();
        let is_link = ends(quads).is_some();
        for quad in quads {
            let predicate = quad.predicate.as_str();
            let local = predicate.strip_prefix(ns::VIITE).unwrap_or_default();
            match &quad.object {
                _ if BOOKKEEPING.contains(&local) || [SOURCE, TARGET, PREDICATE].contains(&predicate) => {}
                Term::NamedNode(property) if predicate == HAS_PROPERTY => {
                    let of = self.things.get(property).map_or(&[][..], Vec::as_slice);
                    let text = |name: &str| of.iter().find(|quad| quad.predicate.as_str() == name).map(value);
                    if let (Some(key), Some(value)) = (text(KEY), text(VALUE)) {
                        said.entry(key).or_default().insert(value);
                    }
                }
                Term::NamedNode(_) if quad.predicate == ns::rdf::TYPE || predicate.starts_with(ns::ARCHIMATE) => {}
                // An integration's data are what it says; an element's are relationships.
                Term::NamedNode(object) if self.is_thing(object) && !is_link => {}
                Term::NamedNode(object) => {
                    let object = self.original(object);
                    said.entry(self.label(&quad.predicate)).or_default().insert(self.label(object));
                }
                _ => {
                    let property = self.property(&quad.predicate);
                    said.entry(property).or_default().insert(value(quad));
                }
            }
        }
        said
    }

    /// What people call a property; those of other vocabularies that every description uses have words of their own.
    fn property(&self, predicate: &NamedNode) -> String {
        let [name, description] = match self.language {
            Language::Fi => ["nimi", "kuvaus"],
            Language::Sv => ["namn", "beskrivning"],
            Language::En => ["name", "description"],
        };
        match predicate.as_ref() {
            ns::rdfs::LABEL | ns::skos::PREF_LABEL => name.to_owned(),
            ns::dcterms::DESCRIPTION => description.to_owned(),
            _ => self.label(predicate),
        }
    }
}

fn is_fact(predicate: &str) -> bool {
    predicate.strip_prefix(ns::VIITE).is_some_and(|local| !BOOKKEEPING.contains(&local))
}

fn value(quad: &Quad) -> String {
    match &quad.object {
        Term::Literal(literal) => literal.value().to_owned(),
        other => other.to_string(),
    }
}

/// The ends of what has a source and a target.
fn ends(quads: &[Quad]) -> Option<(&NamedNode, &NamedNode)> {
    Some((objects(quads, SOURCE).next()?, objects(quads, TARGET).next()?))
}

fn objects<'q>(quads: &'q [Quad], predicate: &str) -> impl Iterator<Item = &'q NamedNode> {
    quads.iter().filter(move |quad| quad.predicate.as_str() == predicate).filter_map(|quad| match &quad.object {
        Term::NamedNode(node) => Some(node),
        _ => None,
    })
}
