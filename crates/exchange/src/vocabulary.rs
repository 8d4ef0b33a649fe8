//! The vocabulary in `ontology/`, as readers need it: which property a name means, and what its values are.

use crate::mapping::{Property, Value};
use oxrdf::{NamedNode, NamedOrBlankNode, Term};
use oxrdfio::{RdfFormat, RdfParser};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;
use viite_model::{Language, label, ns};

/// Name and text of every file of the vocabulary.
const FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/ontology.rs"));

/// Packages of the reference with short lists that columns choose from: the documents give them, so they stand there.
const LISTS: &[(&str, &str)] = &[
    ("governance.ttl", include_str!("../../../data/reference/governance.ttl")),
    ("investment.ttl", include_str!("../../../data/reference/investment.ttl")),
];

/// The classes of those lists.
const LISTED: &[&str] = &["DecisionLevel", "DevelopmentLine", "ProjectPhase"];

static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| Vocabulary::read(FILES, LISTS));

/// What an import itself writes, or a person decides: no column or property of a file may.
const NOT_IMPORTED: &[&str] = &[
    "about",
    "answer",
    "authority",
    "correspondsTo",
    "finding",
    "inRegion",
    "namedAs",
    "rule",
    "shownIn",
    "source",
    "sourceCell",
    "sourceFile",
    "sourceFolder",
    "sourceId",
    "sourceLine",
    "sourceSheet",
    "sourceType",
    "specialisation",
    "target",
    "unverifiedProperty",
    "verification",
];

/// Classes, properties and codes of Viite's vocabulary, by the names that people give them.
#[derive(Debug)]
pub struct Vocabulary {
    terms: FxHashMap<NamedNode, Labels>,
    properties: Vec<Property>,
    /// Index into `properties`; none where two properties have an equal claim to the name.
    by_name: FxHashMap<String, Option<usize>>,
    classes: FxHashMap<String, NamedNode>,
    /// The codes that are members of a class.
    codes: FxHashMap<NamedNode, Vec<NamedNode>>,
}

/// A term's names and definition.
#[derive(Clone, Debug, Default)]
struct Labels {
    /// `rdfs:label`, with language.
    labels: Vec<(String, String)>,
    aliases: Vec<String>,
    definitions: Vec<(String, String)>,
    range: Option<NamedNode>,
}

/// Statements about one term.
#[derive(Default)]
struct Statements {
    types: Vec<NamedNode>,
    broader: Vec<NamedNode>,
    names: Labels,
}

/// What the files say of each term, and the terms in the order of the files.
fn statements(files: &[(&str, &str)]) -> (Vec<NamedNode>, FxHashMap<NamedNode, Statements>) {
    let mut terms: Vec<NamedNode> = Vec::new();
    let mut said: FxHashMap<NamedNode, Statements> = FxHashMap::default();
    for (name, text) in files {
        for quad in RdfParser::from_format(RdfFormat::Turtle).for_slice(text.as_bytes()) {
            // The program's own file, which a test reads; a fault in it is a fault of the program.
            let quad = quad.unwrap_or_else(|error| unreachable!("{name}: {error}"));
            let NamedOrBlankNode::NamedNode(subject) = quad.subject else { continue };
            if !said.contains_key(&subject) {
                terms.push(subject.clone());
            }
            said.entry(subject).or_default().take(quad.predicate.as_str(), quad.object);
        }
    }
    (terms, said)
}

impl Vocabulary {
    /// The vocabulary that the program carries.
    pub fn shared() -> &'static Self {
        &VOCABULARY
    }

    fn read(files: &[(&str, &str)], lists: &[(&str, &str)]) -> Self {
        let (mut terms, mut said) = statements(files);
        let (listed, mut of_lists) = statements(lists);
        for term in listed {
            let Some(mut statements) = of_lists.remove(&term) else { continue };
            // They are clauses too, which no column chooses from.
            statements.types.retain(|class| LISTED.contains(&local(class)));
            if !statements.types.is_empty() {
                terms.push(term.clone());
                said.insert(term, statements);
            }
        }
        Self::index(&terms, said)
    }

    fn index(terms: &[NamedNode], mut said: FxHashMap<NamedNode, Statements>) -> Self {
        let is = |term: &NamedNode, kinds: &[&str]| {
            said[term]
                .types
                .iter()
                .any(|kind| kind.as_str().rsplit(['#', '/']).next().is_some_and(|name| kinds.contains(&name)))
        };
        let ours = |term: &&NamedNode| term.as_str().starts_with(ns::VIITE);
        let mut classes = FxHashMap::default();
        for class in terms.iter().filter(ours).filter(|term| is(term, &["Class"])) {
            for name in said[class].names.all().chain([local(class)]) {
                classes.entry(label::key(name)).or_insert_with(|| class.clone());
            }
        }
        let mut codes: FxHashMap<NamedNode, Vec<NamedNode>> = FxHashMap::default();
        for term in terms {
            for class in said[term].types.iter().filter(|class| class.as_str().starts_with(ns::VIITE)) {
                codes.entry(class.clone()).or_default().push(term.clone());
            }
        }
        let mut vocabulary =
            Self { terms: FxHashMap::default(), properties: Vec::new(), by_name: FxHashMap::default(), classes, codes };
        let mut claims: Vec<(u8, String, usize)> = Vec::new();
        for term in terms.iter().filter(ours) {
            let object = is(term, &["ObjectProperty"]);
            if !(object || is(term, &["DatatypeProperty", "Property"])) || NOT_IMPORTED.contains(&local(term)) {
                continue;
            }
            let value = vocabulary.value(term, object, &said);
            let index = vocabulary.properties.len();
            vocabulary.properties.push(Property { predicate: Some(term.clone()), value });
            let names = &said[term].names;
            claims.extend(names.labels.iter().map(|(_, name)| (0, label::key(name), index)));
            claims.extend(names.aliases.iter().map(|name| (1, label::key(name), index)));
            let own = local(term);
            claims.extend(
                [own.to_owned(), spaced(own), format!("viite:{own}")].map(|name| (2, label::key(&name), index)),
            );
        }
        // A label goes before another name, and of two equal claims neither holds.
        claims.sort_unstable();
        claims.dedup();
        let mut best: FxHashMap<String, u8> = FxHashMap::default();
        for (rank, name, index) in claims {
            match best.get(&name) {
                None => {
                    best.insert(name.clone(), rank);
                    vocabulary.by_name.insert(name, Some(index));
                }
                Some(first) if *first == rank && vocabulary.by_name.get(&name) != Some(&Some(index)) => {
                    vocabulary.by_name.insert(name, None);
                }
                Some(_) => {}
            }
        }
        vocabulary.terms = terms.iter().filter_map(|term| Some((term.clone(), said.remove(term)?.names))).collect();
        vocabulary
    }

    /// What the values of a property are, by its range.
    fn value(&self, term: &NamedNode, object: bool, said: &FxHashMap<NamedNode, Statements>) -> Value {
        let Some(range) = &said[term].names.range else {
            return if object { Value::Known } else { Value::Text };
        };
        let name = local(range);
        if range.as_str().starts_with(ns::VIITE) {
            return match self.codes.get(range) {
                Some(codes) => Value::Code(code_names(codes, said)),
                None => Value::Thing { class: Some(range.clone()), also: narrower(range, said) },
            };
        }
        match name {
            "boolean" => Value::Boolean,
            "date" => Value::Date(local(term).ends_with("Until") || local(term).starts_with("end")),
            "decimal" | "double" | "float" => Value::Decimal,
            "integer" | "nonNegativeInteger" | "positiveInteger" | "int" | "long" | "gYear" => {
                Value::Integer(range.clone())
            }
            "string" | "anyURI" => Value::Literal(range.clone()),
            _ if object => Value::Known,
            _ => Value::Text,
        }
    }

    /// The property that a key or a column header means.
    pub(crate) fn property(&self, name: &str) -> Option<&Property> {
        let index = (*self.by_name.get(&label::key(name))?)?;
        self.properties.get(index)
    }

    /// Every property with each of its labels.
    pub(crate) fn labels_of_properties(&self) -> impl Iterator<Item = (&NamedNode, &str)> {
        let properties = self.properties.iter().filter_map(|property| property.predicate.as_ref());
        properties
            .filter_map(|property| Some((property, self.terms.get(property)?)))
            .flat_map(|(property, names)| names.all().map(move |label| (property, label)))
    }

    /// The name by which a property is known when a file that has it is read; none for what no file may say.
    pub(crate) fn key(&self, property: &NamedNode, language: Language) -> Option<String> {
        let index = self.properties.iter().position(|known| known.predicate.as_ref() == Some(property))?;
        let means = |name: &str| self.by_name.get(&label::key(name)) == Some(&Some(index));
        let label = self.label(property, language).filter(|label| means(label)).map(str::to_owned);
        label.or_else(|| Some(ns::shorten(property.as_str())).filter(|short| means(short)))
    }

    /// Whether several properties have the same claim to a name, so that it means none.
    pub fn is_ambiguous(&self, name: &str) -> bool {
        matches!(self.by_name.get(&label::key(name)), Some(None))
    }

    /// The class that a name means: a label in fi, sv or en, or the local name.
    pub fn class(&self, name: &str) -> Option<&NamedNode> {
        self.classes.get(&label::key(name))
    }

    /// The class of the values of a property.
    pub fn range(&self, property: &NamedNode) -> Option<&NamedNode> {
        self.terms.get(property)?.range.as_ref()
    }

    /// What a term is called.
    pub fn label(&self, term: &NamedNode, language: Language) -> Option<&str> {
        in_language(&self.terms.get(term)?.labels, language)
    }

    /// What a term means.
    pub fn definition(&self, term: &NamedNode, language: Language) -> Option<&str> {
        in_language(&self.terms.get(term)?.definitions, language)
    }

    /// The codes of a class, in the order of the vocabulary.
    pub fn codes(&self, class: &NamedNode) -> &[NamedNode] {
        self.codes.get(class).map_or(&[], Vec::as_slice)
    }
}

impl Statements {
    fn take(&mut self, predicate: &str, object: Term) {
        match object {
            Term::NamedNode(node) => match predicate.rsplit(['#', '/']).next() {
                Some("type") => self.types.push(node),
                Some("range") => self.names.range = Some(node),
                Some("subClassOf") => self.broader.push(node),
                _ => {}
            },
            Term::Literal(text) => {
                let language = text.language().unwrap_or_default().to_owned();
                match predicate.rsplit(['#', '/']).next() {
                    Some("label" | "prefLabel") => self.names.labels.push((language, text.value().to_owned())),
                    Some("altLabel" | "hiddenLabel") => self.names.aliases.push(text.value().to_owned()),
                    Some("definition") => self.names.definitions.push((language, text.value().to_owned())),
                    _ => {}
                }
            }
            Term::BlankNode(_) => {}
        }
    }
}

impl Labels {
    fn all(&self) -> impl Iterator<Item = &str> {
        self.labels.iter().map(|(_, name)| name.as_str()).chain(self.aliases.iter().map(String::as_str))
    }
}

fn in_language(texts: &[(String, String)], language: Language) -> Option<&str> {
    let wanted = texts.iter().find(|(tag, _)| tag == language.tag());
    wanted.or(texts.first()).map(|(_, text)| text.as_str())
}

fn local(term: &NamedNode) -> &str {
    term.as_str().rsplit(['#', '/']).next().unwrap_or_default()
}

/// `interfaceStandard` as two words.
fn spaced(name: &str) -> String {
    let mut words = String::with_capacity(name.len() + 4);
    for character in name.chars() {
        if character.is_uppercase() {
            words.push(' ');
        }
        words.extend(character.to_lowercase());
    }
    words
}

/// The codes that a value may name, each by all its names; a name of two codes means neither.
fn code_names(codes: &[NamedNode], said: &FxHashMap<NamedNode, Statements>) -> FxHashMap<String, NamedNode> {
    let mut names: FxHashMap<String, NamedNode> = FxHashMap::default();
    let mut twice: FxHashSet<String> = FxHashSet::default();
    for code in codes {
        let own = local(code);
        let short = format!("viite:{own}");
        let spaced = spaced(own);
        for name in said[code].names.all().chain([own, &spaced, &short]) {
            let key = label::key(name);
            if names.insert(key.clone(), code.clone()).is_some_and(|other| other != *code) {
                twice.insert(key);
            }
        }
    }
    names.retain(|name, _| !twice.contains(name));
    names
}

/// The classes below a class, however far.
fn narrower(class: &NamedNode, said: &FxHashMap<NamedNode, Statements>) -> Vec<NamedNode> {
    let mut found: Vec<NamedNode> = Vec::new();
    let mut open = vec![class.clone()];
    while let Some(above) = open.pop() {
        for (term, statements) in said {
            if statements.broader.contains(&above) && !found.contains(term) {
                found.push(term.clone());
                open.push(term.clone());
            }
        }
    }
    found.sort_unstable();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const TERMS: &str = "
        @prefix viite: <https://w3id.org/viite/ns#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        viite:Grade a owl:Class ; rdfs:label 'Luokka'@fi . viite:High a viite:Grade ; rdfs:label 'korkea'@fi, 'hög'@sv .
        viite:Body a owl:Class . viite:Office a owl:Class ; rdfs:subClassOf viite:Body .
        viite:grade a owl:ObjectProperty ; rdfs:label 'kriittisyys'@fi ; rdfs:range viite:Grade .
        viite:body a owl:ObjectProperty ; rdfs:label 'taho'@fi ; skos:altLabel 'elin'@fi ; rdfs:range viite:Body .
        viite:lifeCycleCost a owl:DatatypeProperty ; rdfs:label 'kustannus'@fi ; rdfs:range xsd:decimal .
        viite:one a owl:DatatypeProperty ; rdfs:label 'sama'@fi . viite:two a owl:DatatypeProperty ; rdfs:label 'sama'@sv .
        viite:elin a owl:DatatypeProperty ; rdfs:label 'muu'@fi .
        viite:sourceFile a owl:DatatypeProperty ; rdfs:label 'tiedosto'@fi .";

    fn predicate(vocabulary: &Vocabulary, name: &str) -> Option<String> {
        let property = vocabulary.property(name)?;
        Some(local(property.predicate.as_ref()?).to_owned())
    }

    #[test]
    fn a_property_is_known_by_label_alias_and_local_name() {
        let vocabulary = Vocabulary::read(&[("t.ttl", TERMS)], &[]);
        for name in ["Kustannus", " KUSTANNUS ", "lifeCycleCost", "life cycle cost", "viite:lifeCycleCost"] {
            assert_eq!(predicate(&vocabulary, name).as_deref(), Some("lifeCycleCost"), "{name}");
        }
        assert_eq!(predicate(&vocabulary, "elin").as_deref(), Some("body"), "an alias goes before a local name");
    }

    #[test]
    fn a_name_that_two_properties_claim_means_neither() {
        let vocabulary = Vocabulary::read(&[("t.ttl", TERMS)], &[]);
        assert!(vocabulary.property("sama").is_none() && vocabulary.is_ambiguous("sama"));
        assert!(!vocabulary.is_ambiguous("kustannus"));
    }

    #[test]
    fn what_an_import_writes_itself_no_column_writes() {
        assert!(Vocabulary::read(&[("t.ttl", TERMS)], &[]).property("tiedosto").is_none());
    }

    #[test]
    fn the_range_says_what_values_are() {
        let vocabulary = Vocabulary::read(&[("t.ttl", TERMS)], &[]);
        let value = |name: &str| &vocabulary.property(name).unwrap().value;
        assert!(matches!(value("kustannus"), Value::Decimal));
        let Value::Code(codes) = value("kriittisyys") else { panic!("codes") };
        assert_eq!(codes["hög"], codes["korkea"]);
        let Value::Thing { class: Some(class), also } = value("taho") else { panic!("a thing") };
        assert_eq!((local(class), also.len()), ("Body", 1));
    }

    #[test]
    fn the_vocabulary_that_the_program_carries_is_read() {
        let vocabulary = Vocabulary::shared();
        assert_eq!(predicate(vocabulary, "rajapintastandardi").as_deref(), Some("interfaceStandard"));
        assert_eq!(vocabulary.class("tietojärjestelmä").map(local), Some("InformationSystem"));
        assert_eq!(vocabulary.label(&ns::viite::INTEGRATION.into_owned(), Language::Fi), Some("Integraatio"));
        assert!(vocabulary.properties.len() > 50);
    }
}
