//! The vocabulary in `ontology/` and the national reference in `data/reference`: whole, named, sourced, and conforming.
//! `tests/independent-shacl` holds them against the same shapes with an engine of other people.

mod completeness;
mod conformance;
mod numbering;
mod sources;

use oxrdf::{Graph, NamedNode, NamedOrBlankNodeRef, Quad, TermRef, Triple};
use oxrdfio::{RdfFormat, RdfParser};
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    sync::LazyLock,
};
use viite_model::ns;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The Turtle files of a folder of the repository, by name.
fn files(folder: &str) -> Vec<(String, String)> {
    let mut files: Vec<_> = fs::read_dir(root().join(folder))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "ttl"))
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read_to_string(&path).unwrap()))
        .collect();
    files.sort();
    files
}

fn is_shapes(name: &str) -> bool {
    name.starts_with("shapes")
}

/// The vocabulary and the reference, without the shapes.
static QUADS: LazyLock<Vec<Quad>> = LazyLock::new(|| {
    let vocabulary = files("ontology").into_iter().filter(|(name, _)| !is_shapes(name));
    let mut quads = Vec::new();
    for (name, text) in vocabulary.chain(files("data/reference")) {
        for quad in RdfParser::from_format(RdfFormat::Turtle).rename_blank_nodes().for_slice(&text) {
            quads.push(quad.unwrap_or_else(|error| panic!("{name}: {error}")));
        }
    }
    quads
});

static REFERENCE: LazyLock<Graph> = LazyLock::new(|| QUADS.iter().cloned().map(Triple::from).collect());

/// The IRI of `viite:Measure`, or of `<https://…>`.
fn iri(name: &str) -> NamedNode {
    let bare = name.strip_prefix('<').and_then(|name| name.strip_suffix('>')).map(str::to_owned);
    NamedNode::new(bare.or_else(|| ns::expand(name)).unwrap_or_else(|| panic!("{name} has no known prefix"))).unwrap()
}

/// The instances of a class.
fn instances(class: &str) -> BTreeSet<String> {
    subjects("rdf:type", class)
}

/// What has this value of a property, as prefixed names.
fn subjects(property: &str, value: &str) -> BTreeSet<String> {
    let value = iri(value);
    REFERENCE.subjects_for_predicate_object(&iri(property), &value).map(|node| short(TermRef::from(node))).collect()
}

/// The values of a property, as prefixed names or texts.
fn values(subject: &str, property: &str) -> BTreeSet<String> {
    REFERENCE.objects_for_subject_predicate(&iri(subject), &iri(property)).map(short).collect()
}

fn short(term: TermRef<'_>) -> String {
    match term {
        TermRef::NamedNode(node) => ns::shorten(node.as_str()),
        TermRef::BlankNode(node) => node.to_string(),
        TermRef::Literal(literal) => literal.value().to_owned(),
    }
}

/// Everything that has an IRI and of which something is said.
fn named_subjects() -> BTreeSet<NamedNode> {
    let named = REFERENCE.iter().filter_map(|triple| match triple.subject {
        NamedOrBlankNodeRef::NamedNode(node) => Some(node.into_owned()),
        NamedOrBlankNodeRef::BlankNode(_) => None,
    });
    named.collect()
}
