//! What the ontology says of its terms.

use oxrdf::vocab::rdf;
use oxrdf::{Graph, NamedNode, NamedOrBlankNodeRef, Term, TermRef, Triple};
use oxrdfio::{RdfFormat, RdfParser};
use std::collections::BTreeSet;
use std::{fs, path::Path};
use viite_model::{Language, ns};

pub(crate) struct Terms(Graph);

/// What a shape asks of a property.
#[derive(Default)]
pub(crate) struct Asked {
    pub(crate) property: String,
    pub(crate) least: String,
    pub(crate) most: String,
    /// Class, datatype, pattern, languages.
    pub(crate) kind: Vec<String>,
}

impl Terms {
    pub(crate) fn read(folder: &Path) -> Self {
        let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.retain(|file| file.extension().is_some_and(|ending| ending == "ttl"));
        files.sort();
        let mut graph = Graph::new();
        for file in files {
            let text = fs::read(&file).unwrap();
            for quad in RdfParser::from_format(RdfFormat::Turtle).rename_blank_nodes().for_slice(&text) {
                graph.insert(&Triple::from(quad.unwrap_or_else(|error| panic!("{}: {error}", file.display()))));
            }
        }
        Self(graph)
    }

    /// Instances of a class, as prefixed names in the order of their names.
    pub(crate) fn instances(&self, class: &str) -> BTreeSet<String> {
        let class = iri(class);
        self.0.subjects_for_predicate_object(rdf::TYPE, &class).map(|node| short(node.into())).collect()
    }

    /// Objects of a property, as prefixed names or texts.
    pub(crate) fn all(&self, subject: &str, property: &str) -> BTreeSet<String> {
        self.objects(&iri(subject).into(), property).iter().map(|object| short(object.as_ref())).collect()
    }

    pub(crate) fn text(&self, subject: &str, property: &str, language: Language) -> String {
        let objects = self.objects(&iri(subject).into(), property);
        let found = objects.iter().find_map(|object| match object {
            Term::Literal(literal) if literal.language() == Some(language.tag()) => Some(literal.value().to_owned()),
            _ => None,
        });
        found.unwrap_or_default()
    }

    /// The members of `viite:Families`, in order.
    pub(crate) fn families(&self) -> Vec<String> {
        let heads = self.objects(&iri("viite:Families").into(), "skos:memberList");
        heads.first().map(|head| self.list(head)).unwrap_or_default().iter().map(|node| short(node.as_ref())).collect()
    }

    /// The classes of a family, in the order of their names.
    pub(crate) fn members(&self, family: &str) -> BTreeSet<String> {
        self.all(family, "skos:member")
    }

    /// What the shapes of a class ask of its members: the shapes that it shares with others, and its properties.
    pub(crate) fn shape(&self, class: &str) -> (BTreeSet<String>, Vec<Asked>) {
        let (mut shared, mut asked) = (BTreeSet::new(), Vec::new());
        for shape in self.0.subjects_for_predicate_object(&iri("sh:targetClass"), &iri(class)) {
            let shape = Term::from(shape.into_owned());
            shared.extend(self.objects(&shape, "sh:node").iter().filter_map(|node| match node {
                Term::NamedNode(node) => Some(format!("<{}>", node.as_str())),
                _ => None,
            }));
            asked.extend(self.objects(&shape, "sh:property").iter().filter_map(|property| self.asked(property)));
        }
        asked.sort_by(|a, b| a.property.cmp(&b.property));
        (shared, asked)
    }

    fn asked(&self, property: &Term) -> Option<Asked> {
        let one = |name: &str| self.objects(property, name).first().cloned();
        let shown = |name: &str| one(name).map(|term| short(term.as_ref())).unwrap_or_default();
        let Term::NamedNode(path) = one("sh:path")? else { return None };
        let mut kind: Vec<_> =
            ["sh:class", "sh:datatype"].into_iter().map(shown).filter(|text| !text.is_empty()).collect();
        if let Some(pattern) = one("sh:pattern") {
            kind.push(format!("`{}`", short(pattern.as_ref()).replace('|', "\\|")));
        }
        for (name, word) in [("sh:languageIn", ""), ("sh:in", "one of ")] {
            if let Some(list) = one(name) {
                let items: Vec<_> = self.list(&list).iter().map(|item| short(item.as_ref())).collect();
                kind.push(format!("{word}{}", items.join(", ")));
            }
        }
        Some(Asked {
            property: ns::shorten(path.as_str()),
            least: shown("sh:minCount"),
            most: shown("sh:maxCount"),
            kind,
        })
    }

    fn objects(&self, subject: &Term, property: &str) -> Vec<Term> {
        let subject: NamedOrBlankNodeRef<'_> = match subject {
            Term::NamedNode(node) => node.into(),
            Term::BlankNode(node) => node.into(),
            Term::Literal(_) => return Vec::new(),
        };
        self.0.objects_for_subject_predicate(subject, &iri(property)).map(TermRef::into_owned).collect()
    }

    fn list(&self, head: &Term) -> Vec<Term> {
        let (mut items, mut rest) = (Vec::new(), head.clone());
        while let Some(first) = self.objects(&rest, "rdf:first").pop() {
            items.push(first);
            rest = self.objects(&rest, "rdf:rest").pop().expect("a list goes on or ends");
        }
        items
    }
}

fn iri(name: &str) -> NamedNode {
    let bare = name.strip_prefix('<').and_then(|name| name.strip_suffix('>')).map(str::to_owned);
    NamedNode::new(bare.or_else(|| ns::expand(name)).unwrap_or_else(|| panic!("{name} has no known prefix"))).unwrap()
}

fn short(term: TermRef<'_>) -> String {
    match term {
        TermRef::NamedNode(node) => ns::shorten(node.as_str()),
        TermRef::BlankNode(_) => String::new(),
        TermRef::Literal(literal) => literal.value().to_owned(),
    }
}
