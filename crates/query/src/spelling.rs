//! Terms of the vocabulary that a query names and no fact uses: most often they are misspelt.
//!
//! SPARQL answers such a query with no rows, which looks like an answer.

use crate::Prepared;
use oxrdf::NamedNode;
use std::collections::BTreeSet;
use viite_model::ns;
use viite_store::Snapshot;

/// An IRI that a query names and the snapshot does not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownTerm {
    /// The IRI.
    pub term: NamedNode,
    /// One that is written almost so, and is used.
    pub suggestion: Option<NamedNode>,
}

/// The terms of known namespaces that the query names and the snapshot uses nowhere, in the order of their IRIs.
///
/// In the namespaces of Viite every such term is told. In those of others ([`ns::PREFIXES`]) only one that is
/// nearly another: a repository need not use all of SKOS.
///
/// ```
/// use oxrdf::{NamedNodeRef, Quad, GraphName};
/// let class = NamedNodeRef::new("https://w3id.org/viite/ns#Region")?.into_owned();
/// let kind = NamedNodeRef::new("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")?.into_owned();
/// let snapshot = viite_store::Snapshot::from_quads([Quad::new(class.clone(), kind, class, GraphName::DefaultGraph)])?;
/// let query = viite_query::prepare("SELECT * { ?region a viite:Regoin }")?;
/// let unknown = viite_query::spelling::unknown_terms(&query, &snapshot);
/// assert_eq!(unknown[0].suggestion.as_ref().map(|term| term.as_str()), Some("https://w3id.org/viite/ns#Region"));
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
pub fn unknown_terms(query: &Prepared, snapshot: &Snapshot) -> Vec<UnknownTerm> {
    query
        .named_terms()
        .into_iter()
        .filter(|term| snapshot.term_id(term.as_ref()).is_none())
        .filter_map(|term| {
            let namespace = namespace(term.as_str())?;
            let suggestion = nearest(term.as_str(), namespace, snapshot);
            (suggestion.is_some() || is_ours(namespace)).then_some(UnknownTerm { term, suggestion })
        })
        .collect()
}

impl Prepared {
    /// Every IRI that the query names.
    ///
    /// ```
    /// let query = viite_query::prepare("ASK { ?s viite:function func:imaging }")?;
    /// assert_eq!(query.named_terms().len(), 2);
    /// # Ok::<_, viite_query::QueryError>(())
    /// ```
    pub fn named_terms(&self) -> BTreeSet<NamedNode> {
        named_terms(&self.query.to_string())
    }
}

/// Every IRI of a query. As spargebra writes it, all stand in angle brackets; an IRI inside a string is taken too,
/// which costs nothing worse than a needless hint.
fn named_terms(query: &str) -> BTreeSet<NamedNode> {
    query
        .split('<')
        .skip(1)
        .filter_map(|rest| rest.split_once('>'))
        .filter_map(|(iri, _)| NamedNode::new(iri).ok())
        .collect()
}

fn namespace(iri: &str) -> Option<&'static str> {
    let namespaces = ns::PREFIXES.iter().map(|(_, namespace)| *namespace);
    namespaces.filter(|namespace| iri.len() > namespace.len() && iri.starts_with(namespace)).max_by_key(|it| it.len())
}

fn is_ours(namespace: &str) -> bool {
    namespace.starts_with("https://w3id.org/viite/")
}

/// The used term of the namespace that differs by the fewest letters, if they are few for its length.
fn nearest(iri: &str, namespace: &str, snapshot: &Snapshot) -> Option<NamedNode> {
    let local = &iri[namespace.len()..];
    snapshot
        .local_names(namespace)
        .map(|known| (strsim::damerau_levenshtein(&local.to_lowercase(), &known.to_lowercase()), known))
        .filter(|(distance, known)| *distance <= 3 && distance * 3 <= known.chars().count())
        .min()
        .and_then(|(_, known)| NamedNode::new(format!("{namespace}{known}")).ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxrdf::{GraphName, Quad};

    fn snapshot() -> Snapshot {
        let node = |name: &str| NamedNode::new(ns::expand(name).unwrap()).unwrap();
        let facts = [
            ("nat:omakanta", "rdf:type", "viite:NationalService"),
            ("nat:omakanta", "viite:function", "func:see-own-data"),
            ("viite:NationalService", "skos:broader", "viite:Service"),
        ];
        Snapshot::from_quads(facts.map(|(s, p, o)| Quad::new(node(s), node(p), node(o), GraphName::DefaultGraph)))
            .unwrap()
    }

    fn unknown(query: &str) -> Vec<(String, Option<String>)> {
        unknown_terms(&crate::prepare(query).unwrap(), &snapshot())
            .into_iter()
            .map(|unknown| {
                (ns::shorten(unknown.term.as_str()), unknown.suggestion.map(|term| ns::shorten(term.as_str())))
            })
            .collect()
    }

    #[test]
    fn a_misspelt_term_is_told_with_the_one_that_was_meant() {
        assert_eq!(
            unknown("SELECT * { ?s a viite:NationalServcie ; viite:Function ?f OPTIONAL { ?s skos:boarder ?b } }"),
            [
                ("skos:boarder".to_owned(), Some("skos:broader".to_owned())),
                ("viite:Function".to_owned(), Some("viite:function".to_owned())),
                ("viite:NationalServcie".to_owned(), Some("viite:NationalService".to_owned())),
            ]
        );
    }

    #[test]
    fn a_term_of_ours_that_resembles_none_is_told_without_a_suggestion() {
        assert_eq!(unknown("ASK { region:77 a viite:Service }"), [("region:77".to_owned(), None)]);
    }

    #[test]
    fn unused_terms_of_other_vocabularies_and_of_no_namespace_are_left_alone() {
        assert_eq!(unknown("ASK { <http://example.org/x> skos:note ?note ; dcterms:title ?title }"), []);
    }

    #[test]
    fn terms_in_paths_and_subqueries_are_seen() {
        assert_eq!(
            unknown("SELECT * { { SELECT ?s { ?s viite:funktion/viite:function ?f } } }"),
            [("viite:funktion".to_owned(), Some("viite:function".to_owned()))]
        );
    }
}
