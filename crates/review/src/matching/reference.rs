//! The names of the reference, in the orders in which a name is looked for.

use super::{
    Kind,
    words::{stems, words},
};
use oxrdf::{NamedNode, NamedOrBlankNode, Term};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::{BTreeMap, BTreeSet};
use viite_model::{Language, graphs, ns};
use viite_store::Snapshot;

/// What the index of a name or a resource is.
pub(super) type Index = u32;

/// A resource that a name can stand for.
#[derive(Debug)]
pub(super) struct Resource {
    pub(super) iri: NamedNode,
    pub(super) kinds: BTreeSet<Kind>,
    /// Its owners and what it is a part of, and in turn theirs: their names may stand beside its own.
    pub(super) context: FxHashSet<Index>,
    /// What it does and holds: where these have its name, the name is its own.
    pub(super) stands_before: FxHashSet<Index>,
}

/// One name of a resource.
#[derive(Debug)]
pub(super) struct Name {
    pub(super) resource: Index,
    pub(super) text: String,
    /// The name that is shown, or another one that people write.
    pub(super) is_label: bool,
    pub(super) joined: String,
}

/// All names, by what is left of them.
pub(super) struct Names {
    pub(super) resources: Vec<Resource>,
    pub(super) names: Vec<Name>,
    /// By the words without the gaps between them.
    by_joined: FxHashMap<String, Vec<Index>>,
    by_stems: FxHashMap<(Language, String), Vec<Index>>,
    by_trigram: FxHashMap<[char; 3], Vec<Index>>,
    identifiers: FxHashMap<String, Index>,
}

const PART_OF: [&str; 6] = [
    "http://purl.org/dc/terms/isPartOf",
    "https://w3id.org/viite/ns#partOf",
    "https://w3id.org/viite/ns#owner",
    "https://w3id.org/viite/ns#formerOwner",
    "https://w3id.org/viite/ns#contentOwner",
    "https://w3id.org/viite/ns#replacedBy",
];
const DOES: [&str; 3] =
    ["https://w3id.org/viite/ns#function", "https://w3id.org/viite/ns#masterOf", "https://w3id.org/viite/ns#holds"];
const BUSINESS_ID: &str = "https://w3id.org/viite/ns#businessId";

/// What the reference says of one resource, before the resources are numbered.
#[derive(Default)]
struct Said {
    kinds: BTreeSet<Kind>,
    names: BTreeSet<(bool, Option<Language>, String)>,
    identifiers: BTreeSet<String>,
    context: BTreeSet<NamedNode>,
    does: BTreeSet<NamedNode>,
}

impl Names {
    pub(super) fn of(reference: &Snapshot) -> Self {
        let said = read(reference);
        let numbers: FxHashMap<NamedNode, Index> = said.keys().cloned().zip(0..).collect();
        let numbered =
            |nodes: &BTreeSet<NamedNode>| nodes.iter().filter_map(|node| numbers.get(node).copied()).collect();
        let mut index = Self {
            resources: Vec::with_capacity(said.len()),
            names: Vec::new(),
            by_joined: FxHashMap::default(),
            by_stems: FxHashMap::default(),
            by_trigram: FxHashMap::default(),
            identifiers: FxHashMap::default(),
        };
        for ((iri, said), resource) in said.iter().zip(0..) {
            index.identifiers.insert(iri.as_str().to_owned(), resource);
            index.identifiers.insert(ns::shorten(iri.as_str()), resource);
            index.identifiers.extend(said.identifiers.iter().map(|id| (id.clone(), resource)));
            index.resources.push(Resource {
                iri: iri.clone(),
                kinds: said.kinds.clone(),
                context: numbered(&said.context),
                stands_before: numbered(&said.does),
            });
            for (is_alias, language, text) in &said.names {
                index.add(resource, !is_alias, *language, text);
            }
        }
        index
    }

    fn add(&mut self, resource: Index, is_label: bool, language: Option<Language>, text: &str) {
        let words = words(text);
        let joined = words.concat();
        if joined.is_empty() {
            return;
        }
        let at = Index::try_from(self.names.len()).unwrap_or(Index::MAX);
        self.by_joined.entry(joined.clone()).or_default().push(at);
        for known in Language::ALL.into_iter().filter(|known| language.is_none_or(|language| language == *known)) {
            self.by_stems.entry((known, stems(&words, known))).or_default().push(at);
        }
        for trigram in trigrams(&joined) {
            self.by_trigram.entry(trigram).or_default().push(at);
        }
        self.names.push(Name { resource, text: text.to_owned(), is_label, joined });
    }

    pub(super) fn identified(&self, identifier: &str) -> Option<Index> {
        self.identifiers.get(identifier).copied()
    }

    /// The names with these very words, however they are joined.
    pub(super) fn spelled(&self, words: &[String]) -> impl Iterator<Item = &Name> {
        self.by_joined.get(&words.concat()).into_iter().flatten().map(|at| &self.names[*at as usize])
    }

    /// The names with these words in another form.
    pub(super) fn inflected(&self, words: &[String], language: Option<Language>) -> impl Iterator<Item = &Name> {
        Language::ALL
            .into_iter()
            .filter(move |known| language.is_none_or(|language| language == *known))
            .filter_map(|known| self.by_stems.get(&(known, stems(words, known))))
            .flatten()
            .map(|at| &self.names[*at as usize])
    }

    /// The names that have at least four of ten of this one's runs of three letters.
    pub(super) fn alike(&self, joined: &str) -> impl Iterator<Item = &Name> {
        let trigrams = trigrams(joined);
        let enough = (trigrams.len() * 2).div_ceil(5).max(2);
        let mut shared: FxHashMap<Index, usize> = FxHashMap::default();
        for at in trigrams.iter().filter_map(|trigram| self.by_trigram.get(trigram)).flatten() {
            *shared.entry(*at).or_default() += 1;
        }
        shared.into_iter().filter(move |(_, count)| *count >= enough).map(|(at, _)| &self.names[at as usize])
    }

    pub(super) fn resource(&self, index: Index) -> &Resource {
        &self.resources[index as usize]
    }
}

fn trigrams(joined: &str) -> FxHashSet<[char; 3]> {
    let letters: Vec<char> = joined.chars().collect();
    letters.windows(3).map(|window| [window[0], window[1], window[2]]).collect()
}

fn read(reference: &Snapshot) -> BTreeMap<NamedNode, Said> {
    let mut said: BTreeMap<NamedNode, Said> = BTreeMap::new();
    for graph in reference.graph_names() {
        let NamedOrBlankNode::NamedNode(graph) = graph else { continue };
        if !graph.as_str().starts_with(graphs::REFERENCE_GRAPHS) {
            continue;
        }
        for quad in reference.graph_quads(&graph) {
            let NamedOrBlankNode::NamedNode(subject) = quad.subject else { continue };
            let predicate = quad.predicate.as_ref();
            match quad.object {
                Term::NamedNode(class) if predicate == ns::rdf::TYPE => {
                    said.entry(subject).or_default().kinds.extend(Kind::of_reference(class.as_str()));
                }
                Term::NamedNode(other) if PART_OF.contains(&predicate.as_str()) => {
                    said.entry(subject).or_default().context.insert(other);
                }
                Term::NamedNode(other) if DOES.contains(&predicate.as_str()) => {
                    said.entry(subject).or_default().does.insert(other);
                }
                Term::Literal(name) if super::NAMES.contains(&predicate) => {
                    let is_alias = predicate != ns::rdfs::LABEL && predicate != ns::skos::PREF_LABEL;
                    let language = name.language().and_then(|tag| tag.parse().ok());
                    said.entry(subject).or_default().names.insert((is_alias, language, name.value().to_owned()));
                }
                Term::Literal(id) if predicate.as_str() == BUSINESS_ID => {
                    said.entry(subject).or_default().identifiers.insert(id.value().to_owned());
                }
                _ => {}
            }
        }
    }
    said.retain(|_, said| !said.kinds.is_empty());
    said
}
