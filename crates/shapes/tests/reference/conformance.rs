//! All data conform to our own shapes, and the shapes are about all data.

use crate::{QUADS, files, instances, iri, is_shapes, short};
use oxrdf::{Quad, Term};
use oxrdfio::{RdfFormat, RdfParser};
use std::collections::BTreeSet;
use viite_model::Language;
use viite_shapes::{Shapes, Validation, validate};
use viite_store::{Scope, Snapshot};

fn shapes() -> Shapes {
    let files: Vec<_> = files("ontology").into_iter().filter(|(name, _)| is_shapes(name)).collect();
    Shapes::parse_all(files.iter().map(|(name, text)| (name.as_str(), text.as_str()))).unwrap()
}

fn validated(quads: Vec<Quad>) -> Validation {
    let snapshot = Snapshot::from_quads(quads).unwrap();
    validate(&shapes(), &snapshot, &Scope::default(), &Scope::default())
}

#[test]
fn the_vocabulary_and_the_reference_conform() {
    let found = validated(QUADS.clone()).violations;
    let told: Vec<_> = found.iter().map(|found| format!("{}: {}", found.focus, found.message(Language::En))).collect();
    assert!(told.is_empty(), "{} results:\n{}", told.len(), told.join("\n"));
}

#[test]
fn the_shapes_ask_for_nothing_that_is_not_checked() {
    assert!(shapes().notes().is_empty(), "{:?}", shapes().notes());
}

/// Takes one needed fact away at a time: a shape that then finds nothing asks for nothing.
#[test]
fn a_fact_that_is_taken_away_is_missed() {
    let needed = [
        ("s0:P1", "skos:definition"),
        ("s0:M1", "viite:validUntil"),
        ("s4:G6", "viite:number"),
        ("s4:G6-SA", "viite:force"),
        ("s0:M16-kela", "viite:responsibilityKind"),
        ("s0:2.2-C1.years", "viite:value"),
        ("actor:kela", "rdfs:label"),
        ("obligation:wellbeing-messages", "viite:service"),
        ("viite:owner", "skos:definition"),
        ("region:05", "viite:code"),
    ];
    for (subject, property) in needed {
        let (subject, predicate) = (iri(subject), iri(property));
        let of = |quad: &Quad| quad.subject == subject.clone().into() && quad.predicate == predicate;
        let (taken, left): (Vec<_>, Vec<_>) = QUADS.iter().cloned().partition(of);
        assert!(!taken.is_empty(), "{subject} has no {property}");
        let found = validated(left);
        let missed = found.violations.iter().any(|found| found.focus == Term::from(subject.clone()));
        assert!(missed, "nothing misses {property} of {subject}");
    }
}

#[test]
fn every_class_of_the_vocabulary_has_a_shape() {
    let aimed_at: BTreeSet<_> = files("ontology")
        .iter()
        .filter(|(name, _)| is_shapes(name))
        .flat_map(|(_, text)| RdfParser::from_format(RdfFormat::Turtle).for_slice(text).collect::<Vec<_>>())
        .map(Result::unwrap)
        .filter(|quad| quad.predicate == iri("sh:targetClass"))
        .map(|quad| short(quad.object.as_ref()))
        .collect();
    let classes = instances("owl:Class").into_iter().filter(|class| class.starts_with("viite:"));
    let without: Vec<_> = classes.filter(|class| !aimed_at.contains(class)).collect();
    assert!(without.is_empty(), "classes without a shape: {without:?}");
}
