//! From facts back to elements, relationships and views.

use super::WriteOptions;
use super::said::{Said, archimate, viite};
use crate::archimate::types;
use crate::loss::{At, LossReport};
use crate::mapping;
use crate::model::{
    Access, ConceptType, Description, Element, End, Junction, Node, Property, Referenceable, Relationship, Texts, View,
};
use crate::notes::writing as notes;
use crate::{Limits, Place, Vocabulary};
use oxrdf::{NamedNode, NamedOrBlankNode, Term, Triple};
use rustc_hash::{FxHashMap, FxHashSet};
use std::borrow::Cow;
use viite_model::ns;

/// The description that facts were read from, as far as they tell.
pub(super) fn describe(facts: &[Triple], options: &WriteOptions<'_>, losses: &mut LossReport) -> Description {
    let said = Said::of(facts);
    let mut things: Vec<&NamedNode> = said.things().collect();
    things.sort_unstable();
    let mut writer =
        Describer { said, options, folders: FxHashMap::default(), specialised: 0, description: Description::default() };
    writer.description.names = Texts::plain(options.title);
    for thing in things {
        writer.thing(thing);
    }
    if writer.specialised > 0 {
        losses.tell(At::FILE, notes::specialisations_as_properties(writer.specialised));
    }
    writer.views();
    writer.properties(facts);
    writer.description
}

struct Describer<'f, 'o> {
    said: Said<'f>,
    options: &'o WriteOptions<'o>,
    folders: FxHashMap<String, usize>,
    description: Description,
    /// Specialisations that became properties.
    specialised: u64,
}

impl Describer<'_, '_> {
    /// Adds a thing, where it can be one of the format.
    fn thing(&mut self, thing: &NamedNode) {
        let classes: Vec<&NamedNode> = self.said.nodes(thing, ns::rdf::TYPE.as_str()).collect();
        let has = |class: &str| classes.iter().any(|known| known.as_str() == class);
        if has(&viite("View")) {
            let about = self.about(thing);
            let viewpoint = self.said.text(thing, &viite("viewpoint"));
            let notes = self.said.texts(thing, "http://www.w3.org/2004/02/skos/core#note").0;
            let notes = notes.into_iter().map(|(_, note)| note).collect();
            let references =
                self.said.nodes(thing, "http://purl.org/dc/terms/references").map(|v| self.options.id(v)).collect();
            let view = View {
                about,
                viewpoint,
                nodes: Vec::new(),
                relationships: Vec::new(),
                connections: Vec::new(),
                notes,
                references,
            };
            self.description.views.push(view);
            return;
        }
        if has(&archimate("Relationship")) {
            return self.relationship(thing);
        }
        if has(ns::viite::INTEGRATION.as_str()) {
            // One that a reader made of a relationship through a junction is made again.
            let made = self.options.id(thing).split_once('~').is_some_and(|(id, _)| {
                let relationship = self.options.names.thing(self.options.region, id);
                self.said.nodes(&relationship, ns::rdf::PREDICATE.as_str()).next().is_some()
            });
            if !made {
                self.relationship(thing);
            }
            return;
        }
        if has(&archimate("Property")) || classes.is_empty() || self.options.id(thing).starts_with("named~") {
            return; // told where it is used
        }
        let junction =
            has(&archimate("Junction")).then(|| match self.said.text(thing, &archimate("junctionType")).as_deref() {
                Some("or") => Junction::Or,
                _ => Junction::And,
            });
        let name = |class: &&NamedNode| class.as_str().strip_prefix(ns::ARCHIMATE).map(str::to_owned);
        let drawn = classes.iter().filter_map(name).find(|name| types::ELEMENTS.contains(&name.as_str()));
        let mut added = None;
        let concept = match (junction, drawn) {
            (Some(_), _) => types::JUNCTION,
            (None, Some(name)) => ConceptType { name: Cow::Owned(name), known: true },
            (None, None) => match self.concept_of(&classes) {
                Some((concept, specialisation)) => {
                    added = specialisation;
                    ConceptType { name: Cow::Owned(concept), known: true }
                }
                None => return,
            },
        };
        let mut about = self.about(thing);
        if let Some(word) = added {
            let place = Place::START;
            about.properties.push(Property { keys: vec!["type".to_owned()], value: Texts::plain(word), place });
        }
        self.description.elements.push(Element { about, concept, class: None, junction });
    }

    /// The concept of a thing that no ArchiMate tool made, and the word for its class where the concept alone means another.
    fn concept_of(&self, classes: &[&NamedNode]) -> Option<(String, Option<String>)> {
        let mapping = self.options.mapping;
        classes.iter().find_map(|class| mapping.concept_of(class).map(|concept| (concept.to_owned(), None))).or_else(
            || {
                let word = classes.iter().find_map(|class| mapping.word_of(class))?;
                Some(("Grouping".to_owned(), Some(word.to_owned())))
            },
        )
    }

    fn relationship(&mut self, thing: &NamedNode) {
        let predicate = self.said.nodes(thing, ns::rdf::PREDICATE.as_str()).next();
        let local = predicate.and_then(|predicate| predicate.as_str().strip_prefix(ns::ARCHIMATE)).unwrap_or("flow");
        let Some(name) = types::RELATIONSHIPS.iter().find(|known| known.eq_ignore_ascii_case(local)) else {
            return;
        };
        let ends = ["source", "target"].map(|end| self.said.nodes(thing, &viite(end)).next());
        let [Some(source), Some(target)] = ends else { return };
        let end = |node: &NamedNode| End { id: self.options.id(node), known: true };
        let (source, target) = (end(source), end(target));
        let access = self.said.text(thing, &archimate("accessType")).map(|word| match word.as_str() {
            "read" => Access::Read,
            "write" => Access::Write,
            "readWrite" => Access::ReadWrite,
            _ => Access::Access,
        });
        let modifier = self.said.text(thing, &archimate("influenceModifier"));
        let directed = self.said.text(thing, &archimate("isDirected")).map(|word| word == "true");
        let about = self.about(thing);
        let concept = ConceptType { name: Cow::Borrowed(*name), known: true };
        self.description.relationships.push(Relationship {
            about,
            concept,
            source,
            target,
            access,
            modifier,
            directed,
        });
    }

    fn about(&mut self, thing: &NamedNode) -> Referenceable {
        let id = self.options.id(thing);
        let mut about = Referenceable::new(&id, Place::START);
        about.names = self.said.texts(thing, ns::rdfs::LABEL.as_str());
        about.documentation = self.said.texts(thing, ns::dcterms::DESCRIPTION.as_str());
        for (_, name) in self.said.texts(thing, &viite("specialisation")).0 {
            // The format has no specialisations; a property that names one means the same class.
            let place = Place::START;
            about.properties.push(Property { keys: vec!["type".to_owned()], value: Texts::plain(name), place });
            self.specialised += 1;
        }
        for node in self.said.nodes(thing, &archimate("hasProperty")) {
            let keys = self.said.texts(node, &archimate("propertyKey")).0.into_iter().map(|(_, key)| key).collect();
            let value = self.said.texts(node, &archimate("propertyValue"));
            about.properties.push(Property { keys, value, place: Place::START });
        }
        if let Some(path) = self.said.text(thing, &viite("sourceFolder")) {
            let next = self.folders.len();
            let index = *self.folders.entry(path.clone()).or_insert(next);
            if index == self.description.folders.len() {
                self.description.folders.push(path);
            }
            about.folder = Some(index);
        }
        about
    }

    /// What is shown in every view.
    fn views(&mut self) {
        let index: FxHashMap<String, usize> =
            self.description.views.iter().enumerate().map(|(index, view)| (view.about.id.clone(), index)).collect();
        let elements: FxHashSet<&str> = self.description.elements.iter().map(|e| e.about.id.as_str()).collect();
        let relationships: FxHashSet<&str> =
            self.description.relationships.iter().map(|r| r.about.id.as_str()).collect();
        let mut shown: Vec<(usize, String)> = Vec::new();
        for thing in self.said.things() {
            let id = self.options.id(thing);
            for view in self.said.nodes(thing, ns::viite::SHOWN_IN.as_str()) {
                shown.extend(index.get(&self.options.id(view)).map(|view| (*view, id.clone())));
            }
        }
        shown.sort();
        for (view, id) in shown {
            let view = &mut self.description.views[view];
            if elements.contains(id.as_str()) {
                view.nodes.push(Node { element: Some(id), ..Node::default() });
            } else if relationships.contains(id.as_str()) {
                view.relationships.push(id);
            }
        }
    }

    /// Says as properties what the elements and relationships do not say by themselves.
    fn properties(&mut self, facts: &[Triple]) {
        let reading = self.options.reading();
        let graph = NamedNode::new_unchecked("urn:viite:written"); // its facts are not looked at
        let mut unheard = LossReport::new("", 0);
        let limits = Limits::default();
        let context = reading.context("", &graph);
        let (derived, _) = mapping::apply(&self.description, context, &limits, &mut unheard);
        let mut derived = derived.finish().unwrap_or_default();
        crate::import::both_ways(&mut derived);
        let derived: FxHashSet<Triple> = derived.into_iter().collect();
        let vocabulary = Vocabulary::shared();
        let mut wanting: FxHashMap<String, Vec<Property>> = FxHashMap::default();
        for triple in facts.iter().filter(|triple| !derived.contains(*triple)) {
            let NamedOrBlankNode::NamedNode(subject) = &triple.subject else { continue };
            let Some(key) = vocabulary.key(&triple.predicate, self.options.language) else { continue };
            let value = match &triple.object {
                Term::Literal(text) => Texts(vec![(text.language().map(str::to_owned), text.value().to_owned())]),
                Term::NamedNode(node) => Texts::plain(self.name(node)),
                Term::BlankNode(_) => continue,
            };
            let property = Property { keys: vec![key], value, place: Place::START };
            wanting.entry(self.options.id(subject)).or_default().push(property);
        }
        let elements = self.description.elements.iter_mut().map(|element| &mut element.about);
        let relationships = self.description.relationships.iter_mut().map(|relationship| &mut relationship.about);
        let views = self.description.views.iter_mut().map(|view| &mut view.about);
        for about in elements.chain(relationships).chain(views) {
            about.properties.extend(wanting.remove(&about.id).unwrap_or_default());
        }
    }

    /// How a value names a thing: by its label, else by its short name.
    fn name(&self, thing: &NamedNode) -> String {
        let vocabulary = Vocabulary::shared();
        if let Some(label) = vocabulary.label(thing, self.options.language) {
            return label.to_owned();
        }
        let short = ns::shorten(thing.as_str());
        if !short.starts_with('<') {
            return short;
        }
        self.said.text(thing, ns::rdfs::LABEL.as_str()).or_else(|| (self.options.label)(thing)).unwrap_or(short)
    }
}
