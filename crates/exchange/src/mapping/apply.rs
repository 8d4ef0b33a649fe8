//! Elements, their properties, and views.

use super::profile::{Mapping, Value};
use super::{Context, Facts, relations, value};
use crate::loss::{At, LossReport};
use crate::model::{Description, Element, Junction, Property, Referenceable, Texts, View};
use crate::notes::Note;
use crate::notes::mapping as notes;
use crate::{Limits, Place};
use oxrdf::{Literal, NamedNode, NamedNodeRef};
use rustc_hash::FxHashMap;
use serde::Serialize;
use std::collections::BTreeMap;
use viite_model::{label, ns};

pub(super) const DATA_GROUP: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("https://w3id.org/viite/ns#DataGroup");

/// A term of Viite's vocabulary.
pub(super) fn viite(name: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{}{name}", ns::VIITE)) // names of this module only
}

/// A term of the ArchiMate ontology.
pub(super) fn archimate(name: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{}{name}", ns::ARCHIMATE)) // names of the type tables only
}

/// Gives the facts of a description; what stays in the words of ArchiMate is noted.
pub(crate) fn apply(
    description: &Description,
    context: Context<'_>,
    limits: &Limits,
    losses: &mut LossReport,
) -> (Facts, Vec<Unmapped>) {
    let mut applier = Applier {
        context,
        facts: Facts::new(limits.triples),
        losses,
        classes: FxHashMap::default(),
        by_name: FxHashMap::default(),
        unmapped: BTreeMap::new(),
    };
    applier.model(description);
    for element in &description.elements {
        applier.classify(element);
    }
    for element in &description.elements {
        applier.element(element, &description.folders);
    }
    relations::relate(&mut applier, description);
    for view in &description.views {
        applier.view(view, &description.folders);
    }
    let unmapped = applier.report_unmapped();
    (applier.facts, unmapped)
}

/// Something in a file of which the mapping profile says nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unmapped {
    /// `element type`, `relationship type`, `property key`, or `class` of RDF.
    pub what: &'static str,
    /// Its name in the file.
    pub name: String,
    /// How often it is there.
    pub count: u64,
    /// Where it is first.
    pub at: String,
}

pub(super) struct Applier<'a, 'd> {
    pub(super) context: Context<'a>,
    pub(super) facts: Facts,
    pub(super) losses: &'a mut LossReport,
    /// The class of an element, or of a relationship that is an integration.
    pub(super) classes: FxHashMap<&'d str, NamedNode>,
    /// The elements of a name.
    by_name: FxHashMap<String, Vec<&'d str>>,
    /// What no mapping says more about: how many, and where the first one is.
    unmapped: BTreeMap<(&'static str, String), (u64, Place, &'d str)>,
}

impl<'d> Applier<'_, 'd> {
    fn model(&mut self, description: &'d Description) {
        let graph = self.context.graph.clone();
        self.texts(&graph, ns::dcterms::TITLE, &description.names);
        self.texts(&graph, ns::dcterms::DESCRIPTION, &description.documentation);
        for property in &description.properties {
            self.keep_property(&graph, "", property);
        }
    }

    fn mapping(&self) -> &Mapping {
        self.context.mapping
    }

    /// Finds the class: a specialisation or a property of kind class goes before the concept.
    fn classify(&mut self, element: &'d Element) {
        let about = &element.about;
        for (_, name) in about.names.iter() {
            let ids = self.by_name.entry(label::key(name)).or_default();
            if ids.last() != Some(&about.id.as_str()) {
                ids.push(&about.id);
            }
        }
        let mapping = self.mapping();
        let named = about
            .properties
            .iter()
            .filter(|property| meaning(mapping, property).is_some_and(|known| matches!(known.value, Value::Class)));
        let class = about
            .specialisations
            .iter()
            .map(String::as_str)
            .chain(named.filter_map(|property| property.value.first()))
            .find_map(|name| mapping.specialisations.get(&label::key(name)))
            .or(element.class.as_ref())
            .or_else(|| mapping.concepts.get(element.concept.name.as_ref()))
            .cloned();
        if let Some(class) = class {
            self.classes.insert(&about.id, class);
        } else if element.concept.known && element.junction.is_none() {
            self.note("element type", &element.concept.name, about.place, &about.source_id);
        }
    }

    fn element(&mut self, element: &'d Element, folders: &[String]) {
        let about = &element.about;
        let iri = self.context.thing(&about.id);
        let class = self.classes.get(about.id.as_str()).cloned();
        if !about.described {
            if let Some(class) = &class {
                self.name_only(&iri, class, &about.names, about.place);
            }
            return;
        }
        if let Some(class) = &class {
            self.facts.add(&iri, ns::rdf::TYPE, class.clone());
        }
        self.concept(&iri, &element.concept, "Element");
        if let Some(junction) = element.junction {
            let kind = match junction {
                Junction::And => "and",
                Junction::Or => "or",
            };
            self.facts.add(&iri, archimate("junctionType"), Literal::from(kind));
        }
        self.about(&iri, about, folders);
        self.properties(&iri, about, class.as_ref());
    }

    /// The ArchiMate class of a thing, or what the file calls it.
    pub(super) fn concept(&mut self, iri: &NamedNode, concept: &crate::model::ConceptType, general: &str) {
        if concept.known && general == "Element" {
            self.facts.add(iri, ns::rdf::TYPE, archimate(&concept.name));
        } else {
            self.facts.add(iri, ns::rdf::TYPE, archimate(general));
        }
        if !concept.known && !concept.name.is_empty() {
            self.facts.add(iri, viite("sourceType"), Literal::from(concept.name.as_ref()));
        }
    }

    /// Names, documentation, region, and the place in the file.
    pub(super) fn about(&mut self, iri: &NamedNode, about: &Referenceable, folders: &[String]) {
        self.texts(iri, ns::rdfs::LABEL, &about.names);
        self.texts(iri, ns::dcterms::DESCRIPTION, &about.documentation);
        self.source(iri, about.place);
        let id = if about.source_id.is_empty() { &about.id } else { &about.source_id };
        self.facts.add(iri, ns::viite::SOURCE_ID, Literal::from(id.as_str()));
        for specialisation in &about.specialisations {
            self.facts.add(iri, viite("specialisation"), Literal::from(specialisation.as_str()));
        }
        if let Some(folder) = about.folder.and_then(|folder| folders.get(folder)) {
            self.facts.add(iri, viite("sourceFolder"), Literal::from(folder.as_str()));
        }
    }

    fn source(&mut self, iri: &NamedNode, place: Place) {
        let region = viite_model::graphs::region(self.context.region);
        self.facts.add(iri, ns::viite::IN_REGION, region);
        self.facts.add(iri, ns::viite::SOURCE_FILE, Literal::from(self.losses.file_of(place)));
        self.facts.add(iri, ns::viite::SOURCE_LINE, Literal::from(i64::from(place.line)));
        if let Some(sheet) = self.losses.sheet_of(place) {
            self.facts.add(iri, viite("sourceSheet"), Literal::from(sheet));
            self.facts.add(iri, viite("sourceCell"), Literal::from(place.cell()));
        }
    }

    fn texts(&mut self, iri: &NamedNode, predicate: NamedNodeRef<'_>, texts: &Texts) {
        for (tag, text) in texts.iter() {
            let tag = tag.or(self.context.language.map(viite_model::Language::tag));
            let literal = match tag.map(|tag| Literal::new_language_tagged_literal(text, tag)) {
                Some(Ok(literal)) => literal,
                Some(Err(_)) => {
                    self.losses.tell_once(At::FILE, notes::language_unknown(tag.unwrap_or_default()));
                    Literal::from(text)
                }
                None => Literal::from(text),
            };
            self.facts.add(iri, predicate, literal);
        }
    }

    /// The facts that properties stand for; the properties themselves where they stand for none.
    pub(super) fn properties(&mut self, iri: &NamedNode, about: &'d Referenceable, class: Option<&NamedNode>) {
        for property in &about.properties {
            let Some(known) = meaning(self.mapping(), property).cloned() else {
                let key = property.keys.first().map_or("", String::as_str);
                self.note("property key", key, property.place, &about.source_id);
                self.keep_property(iri, &about.id, property);
                continue;
            };
            let mut understood = !property.value.is_empty();
            for (_, text) in property.value.iter() {
                if !self.value(iri, class, &known, text, property.place) {
                    understood = false;
                    let key = property.keys.first().map_or("", String::as_str);
                    let at = (property.place, about.source_id.as_str());
                    self.losses.tell(at, known.value.not_understood(key, text));
                }
            }
            if !understood {
                self.keep_property(iri, &about.id, property);
            } else if let (Value::Text, Some(predicate)) = (&known.value, &known.predicate) {
                self.texts(iri, predicate.as_ref(), &property.value);
            }
        }
    }

    /// Adds what one value says; false when it cannot be understood.
    fn value(
        &mut self,
        iri: &NamedNode,
        class: Option<&NamedNode>,
        known: &super::profile::Property,
        text: &str,
        place: Place,
    ) -> bool {
        let Some(predicate) = &known.predicate else {
            // classify has used it, if it names a specialisation
            return self.mapping().specialisations.contains_key(&label::key(text));
        };
        match &known.value {
            Value::Text | Value::Class => true,
            Value::Literal(datatype) => {
                let literal = Literal::new_typed_literal(text, datatype.clone());
                self.facts.add(iri, predicate.clone(), literal);
                true
            }
            Value::Decimal => {
                value::decimal(text).map(|number| self.facts.add(iri, predicate.clone(), number)).is_some()
            }
            Value::Integer(datatype) => {
                value::integer(text, datatype).map(|number| self.facts.add(iri, predicate.clone(), number)).is_some()
            }
            Value::Known => {
                let mut known = true;
                for name in value::split(text) {
                    match self.any_named(name) {
                        Some(thing) => self.facts.add(iri, predicate.clone(), thing),
                        None => known = false,
                    }
                }
                known
            }
            Value::Boolean => {
                value::boolean(text).map(|truth| self.facts.add(iri, predicate.clone(), Literal::from(truth))).is_some()
            }
            Value::Date(last) => {
                value::date(text, *last).map(|day| self.facts.add(iri, predicate.clone(), day)).is_some()
            }
            Value::Code(codes) => {
                let (found, unknown) = value::codes(text, codes);
                for code in found {
                    self.facts.add(iri, predicate.clone(), code);
                }
                unknown.is_empty()
            }
            Value::Thing { class: made, also } => {
                let Some(made) = made.as_ref().or(class) else {
                    return false;
                };
                let accepted: Vec<&NamedNode> = std::iter::once(made).chain(also).collect();
                for name in value::split(text) {
                    let thing = match reference(name) {
                        Some(thing) => thing,
                        None => self.thing_named(name, made, &accepted, place),
                    };
                    if thing != *iri {
                        self.facts.add(iri, predicate.clone(), thing);
                    }
                }
                true
            }
        }
    }

    /// The one element of this name and one of these classes.
    pub(super) fn element_named(&self, name: &str, classes: &[&NamedNode]) -> Option<&'d str> {
        let mut fitting = self
            .by_name
            .get(&label::key(name))?
            .iter()
            .filter(|id| self.classes.get(**id).is_some_and(|c| classes.contains(&c)));
        let one = fitting.next()?;
        fitting.next().is_none().then_some(*one)
    }

    /// The one element of this name, whatever its class, or the resource of the reference.
    fn any_named(&self, name: &str) -> Option<NamedNode> {
        match self.by_name.get(&label::key(name)).map(Vec::as_slice) {
            Some([one]) => Some(self.context.thing(one)),
            Some(_) => None,
            None => reference(name),
        }
    }

    /// The element that a name or an identifier means, or a thing of that name made for it.
    fn thing_named(&mut self, name: &str, class: &NamedNode, accepted: &[&NamedNode], place: Place) -> NamedNode {
        if let Some(id) = self.element_named(name, accepted) {
            return self.context.thing(id);
        }
        if self.classes.get(name).is_some_and(|known| accepted.contains(&known)) {
            return self.context.thing(name);
        }
        let kind = class.as_str().rsplit(['#', '/']).next().unwrap_or_default();
        let mut key = label::key(name);
        if key.len() > 200 {
            key = blake3::hash(key.as_bytes()).to_hex().to_string();
        }
        let iri = self.context.thing(&format!("named~{kind}~{key}"));
        self.name_only(&iri, class, &Texts::plain(name), place);
        iri
    }

    /// A thing of which the description says nothing but the name. It gets no class, so that no rule judges the
    /// region for what it does not describe; unless it is of those that other things are grouped by.
    fn name_only(&mut self, iri: &NamedNode, class: &NamedNode, names: &Texts, place: Place) {
        let grouping = ["Actor", "Role", "Function", "Capability", "DataGroup", "CodeList"];
        let grouping = class.as_str().strip_prefix(ns::VIITE).is_some_and(|name| grouping.contains(&name));
        let predicate = if grouping { ns::rdf::TYPE } else { ns::viite::NAMED_AS };
        self.facts.add(iri, predicate, class.clone());
        self.texts(iri, ns::rdfs::LABEL, names);
        self.source(iri, place);
    }

    /// A property in the words of ArchiMate.
    fn keep_property(&mut self, iri: &NamedNode, id: &str, property: &Property) {
        let key = property.keys.first().map_or("", String::as_str);
        let short = if key.len() > 200 { blake3::hash(key.as_bytes()).to_hex().to_string() } else { key.to_owned() };
        let node = if id.is_empty() {
            // of the model itself, which has the name of its graph
            self.context.thing(&format!("model~{}~property~{short}", self.context.file))
        } else {
            self.context.thing(&format!("{id}~property~{short}"))
        };
        self.facts.add(iri, archimate("hasProperty"), node.clone());
        self.facts.add(&node, ns::rdf::TYPE, archimate("Property"));
        for key in &property.keys {
            self.facts.add(&node, archimate("propertyKey"), Literal::from(key.as_str()));
        }
        self.texts(&node, archimate("propertyValue").as_ref(), &property.value);
    }

    fn view(&mut self, view: &'d View, folders: &[String]) {
        let about = &view.about;
        let iri = self.context.thing(&about.id);
        self.facts.add(&iri, ns::rdf::TYPE, viite("View"));
        self.facts.add(&iri, ns::rdf::TYPE, archimate("ArchiMateView"));
        self.about(&iri, about, folders);
        self.properties(&iri, about, None);
        if let Some(viewpoint) = &view.viewpoint {
            self.facts.add(&iri, viite("viewpoint"), Literal::from(viewpoint.as_str()));
        }
        for note in &view.notes {
            self.texts(
                &iri,
                NamedNodeRef::new_unchecked("http://www.w3.org/2004/02/skos/core#note"),
                &Texts::plain(note.as_str()),
            );
        }
        for other in &view.references {
            let other = self.context.thing(other);
            self.facts.add(&iri, NamedNode::new_unchecked("http://purl.org/dc/terms/references"), other);
        }
        let elements = view.nodes.iter().filter_map(|node| node.element.as_deref());
        for shown in elements.chain(view.relationships.iter().map(String::as_str)) {
            let shown = self.context.thing(shown);
            self.facts.add(&shown, ns::viite::SHOWN_IN, iri.clone());
        }
    }

    pub(super) fn note(&mut self, what: &'static str, name: &str, place: Place, id: &'d str) {
        self.unmapped.entry((what, name.to_owned())).or_insert((0, place, id)).0 += 1;
    }

    fn report_unmapped(&mut self) -> Vec<Unmapped> {
        let profile = &self.context.mapping.name;
        let mut unmapped = Vec::new();
        for ((what, name), (count, place, id)) in std::mem::take(&mut self.unmapped) {
            let note = match what {
                "element type" => notes::element_type_unmapped,
                "relationship type" => notes::relationship_type_unmapped,
                _ => notes::property_key_unmapped,
            };
            self.losses.tell((place, id), note(&name, count, profile));
            unmapped.push(Unmapped { what, at: self.losses.locate(place), name, count });
        }
        unmapped
    }
}

/// A resource of the reference by its short name: `s4:G8`, `actor:kela`.
fn reference(name: &str) -> Option<NamedNode> {
    let iri = NamedNode::new(ns::expand(name)?).ok()?;
    (!iri.as_str().starts_with(ns::VIITE)).then_some(iri)
}

/// What a property means, by any of its names.
pub(super) fn meaning<'m>(mapping: &'m Mapping, property: &Property) -> Option<&'m super::profile::Property> {
    property.keys.iter().find_map(|key| mapping.property(key))
}

impl Value {
    /// What a value of this kind looks like, for the note on one that does not.
    fn not_understood(&self, key: &str, value: &str) -> Note {
        match self {
            Self::Text | Self::Literal(_) | Self::Thing { .. } => notes::value_names_nothing(key, value),
            Self::Known => notes::value_not_one_thing(key, value),
            Self::Decimal => notes::value_no_decimal(key, value),
            Self::Integer(_) => notes::value_no_integer(key, value),
            Self::Boolean => notes::value_no_boolean(key, value),
            Self::Date(_) => notes::value_no_date(key, value),
            Self::Code(codes) => {
                let mut names: Vec<&str> = codes.keys().map(String::as_str).collect();
                names.sort_unstable();
                notes::value_no_code(key, value, names.join(", "))
            }
            Self::Class => notes::value_no_class(key, value),
        }
    }
}
