//! Everything is named in three languages and tells its source, and nothing points nowhere.

use crate::{QUADS, REFERENCE, instances, iri, named_subjects, short, values};
use oxrdf::vocab::rdf;
use oxrdf::{Term, TermRef};
use std::collections::BTreeSet;
use viite_model::{Language, ns};

fn in_three_languages(subject: &str, property: &str) -> bool {
    let tags: BTreeSet<_> = REFERENCE
        .objects_for_subject_predicate(&iri(subject), &iri(property))
        .filter_map(|object| match object {
            TermRef::Literal(literal) => literal.language().map(str::to_owned),
            _ => None,
        })
        .collect();
    Language::ALL.iter().all(|language| tags.contains(language.tag()))
}

/// What the reference describes: all that has a class of ours, and is no term of the vocabulary.
fn resources() -> BTreeSet<String> {
    let ours = |iri: &str| iri.starts_with(ns::REFERENCE) || iri.starts_with("https://w3id.org/viite/source/");
    named_subjects().iter().filter(|node| ours(node.as_str())).map(|node| ns::shorten(node.as_str())).collect()
}

#[test]
fn every_resource_is_named_in_three_languages() {
    let without: Vec<_> = resources()
        .into_iter()
        .filter(|resource| {
            !in_three_languages(resource, "rdfs:label") && !in_three_languages(resource, "skos:prefLabel")
        })
        .collect();
    assert!(without.is_empty(), "{without:?}");
}

#[test]
fn every_resource_tells_its_source() {
    // The documents are what others are sourced by; a concept has the source of its scheme.
    let own = |resource: &str| {
        ["viite:clause", "dcterms:source", "dcterms:isPartOf"]
            .iter()
            .any(|property| !values(resource, property).is_empty())
    };
    let sourced =
        |resource: &String| own(resource) || values(resource, "skos:inScheme").iter().any(|scheme| own(scheme));
    let without: Vec<_> = resources().into_iter().filter(|resource| !sourced(resource)).collect();
    assert!(without.is_empty(), "{without:?}");
}

#[test]
fn every_class_and_property_is_named_and_defined_in_three_languages() {
    let terms = ["owl:Class", "owl:ObjectProperty", "owl:DatatypeProperty"].into_iter().flat_map(instances);
    let without: Vec<_> = terms
        .filter(|term| term.starts_with("viite:"))
        .filter(|term| !in_three_languages(term, "rdfs:label") || !in_three_languages(term, "skos:definition"))
        .collect();
    assert!(without.is_empty(), "{without:?}");
}

#[test]
fn every_term_that_the_data_use_is_in_the_vocabulary() {
    let known = named_subjects();
    let used = QUADS.iter().flat_map(|quad| {
        let class = (quad.predicate == rdf::TYPE).then(|| quad.object.clone());
        [Some(Term::from(quad.predicate.clone())), class].into_iter().flatten()
    });
    let unknown: BTreeSet<_> = used
        .filter_map(|term| match term {
            Term::NamedNode(node) if node.as_str().starts_with(ns::VIITE) && !known.contains(&node) => Some(node),
            _ => None,
        })
        .collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

#[test]
fn every_reference_leads_to_something() {
    let known = named_subjects();
    let dangling: BTreeSet<_> = QUADS
        .iter()
        .filter_map(|quad| match &quad.object {
            Term::NamedNode(node) if node.as_str().starts_with("https://w3id.org/viite/") && !known.contains(node) => {
                Some(format!(
                    "{} {} {}",
                    quad.subject,
                    short(quad.predicate.as_ref().into()),
                    short(node.as_ref().into())
                ))
            }
            _ => None,
        })
        .filter(|dangling| !dangling.ends_with("<https://w3id.org/viite/ns>"))
        .collect();
    assert!(dangling.is_empty(), "{dangling:#?}");
}

#[test]
fn every_actor_of_a_measure_and_every_successor_exists() {
    let actors: BTreeSet<_> =
        ["viite:Actor", "viite:Region", "viite:CollaborationArea"].into_iter().flat_map(instances).collect();
    for responsibility in instances("viite:Responsibility") {
        let named = values(&responsibility, "viite:actor");
        assert_eq!(named.len(), 1, "{responsibility}");
        assert!(named.is_subset(&actors), "{responsibility}: {named:?}");
    }
    for actor in &actors {
        let next = values(actor, "viite:replacedBy");
        assert!(next.is_subset(&actors), "{actor}: {next:?}");
        assert!(!next.contains(actor), "{actor} succeeds itself");
    }
}

#[test]
fn no_raci_letter_is_given_that_no_source_gives() {
    let kinds: BTreeSet<_> =
        instances("viite:Responsibility").iter().flat_map(|given| values(given, "viite:responsibilityKind")).collect();
    assert_eq!(kinds, BTreeSet::from(["viite:Ansvarig".to_owned(), "viite:Medverkande".to_owned()]));
}

/// Names are what identities are matched by: one that leads to two services leads to the wrong one.
#[test]
fn a_name_means_one_service() {
    let services = instances("viite:NationalService");
    let mut seen = std::collections::BTreeMap::new();
    for service in &services {
        for property in ["rdfs:label", "skos:altLabel", "skos:hiddenLabel"] {
            for name in values(service, property) {
                if let Some(other) = seen.insert(name.to_lowercase(), service) {
                    assert_eq!(other, service, "'{name}' is a name of both");
                }
            }
        }
    }
}
