//! What is written in the ArchiMate exchange format keeps the rules of its schemas, and what it does not carry is told.

mod schema;

use oxrdf::{Literal, NamedNode, Triple};
use proptest::{collection::vec, prelude::*};
use schema::faults;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use viite_exchange::{Import, Loss, Mapping, ReadOptions, WriteOptions, read, write_open_exchange};
use viite_model::{Language, Names, ns};

fn names() -> Names {
    Names::new("https://example.org/ea/").unwrap()
}

fn import(name: &str, bytes: &[u8]) -> Import {
    let names = names();
    let options = ReadOptions { language: Some(Language::Fi), ..ReadOptions::new(&names, "99") };
    read(name, bytes, &options).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn written(facts: &[Triple]) -> (String, Vec<Loss>) {
    let names = names();
    let options = WriteOptions {
        names: &names,
        region: "99",
        language: Language::Fi,
        title: "Malli",
        mapping: Mapping::archimate(),
        label: &|_: &NamedNode| None,
    };
    write_open_exchange(facts, &options).unwrap()
}

#[track_caller]
fn is_valid(name: &str, facts: &[Triple]) -> (String, Vec<Loss>) {
    let (xml, losses) = written(facts);
    let faults = faults(&xml);
    assert!(faults.is_empty(), "{name}: {} faults, {:#?}", faults.len(), &faults[..faults.len().min(20)]);
    (xml, losses)
}

#[test]
fn models_of_tools_are_valid_when_written() {
    for (name, bytes) in [
        ("lakeshore.xml", &include_bytes!("../fixtures/lakeshore.xml")[..]),
        ("lakeshore.archimate", include_bytes!("../fixtures/lakeshore.archimate")),
    ] {
        is_valid(name, &import(name, bytes).triples);
    }
}

/// Identifiers with a blank, a superscript, and those that the writer makes itself; a property without a value.
#[test]
fn awkward_identifiers_become_names_and_stay_apart() {
    let text = "id;nimi;omistaja\n1 b;Effica;\n1_b;Pegasos;Virasto\nx²;Lyhyt;\nid-viite-model;Malli;Virasto\npropid-1;Ominaisuus;\n";
    let (xml, losses) = is_valid("systems.csv", &import("systems.csv", text.as_bytes()).triples);
    for id in ["id-1_b", "id-1_b-2", "x_", "propid-1-2"] {
        assert!(xml.contains(&format!("identifier=\"{id}\"")), "{id} is missing in {xml}");
    }
    let kinds: Vec<&str> = losses.iter().map(|loss| loss.kind).collect();
    assert!(kinds.contains(&"identifiers_changed"), "{losses:#?}");
}

/// A relationship may end at a relationship; when the inner one cannot be written, the outer one cannot either.
#[test]
fn a_relationship_at_a_relationship_that_is_not_written_is_not_written_either() {
    let text = r#"@prefix v: <https://w3id.org/viite/ns#> . @prefix a: <https://purl.org/archimate#> .
        @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix r: <https://example.org/ea/region/99/> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        r:e a a:BusinessActor ; rdfs:label "Virasto"@fi .
        r:inner a a:Relationship ; rdf:predicate a:serving ; v:source r:e ; v:target r:nowhere .
        r:outer a a:Relationship ; rdf:predicate a:association ; v:source r:e ; v:target r:inner ; v:sourceFolder "A / B" ."#;
    let text = text.replace("https://purl.org/archimate#", ns::ARCHIMATE);
    let facts = import("a.ttl", text.as_bytes()).triples;
    let (xml, losses) = is_valid("a.ttl", &facts);
    assert!(!xml.contains("<relationship "), "{xml}");
    assert_eq!(losses.iter().filter(|loss| loss.kind == "relationships_without_ends").count(), 2, "{losses:#?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever things are called and whatever their identifiers are, the file is valid, and is read again.
    #[test]
    fn any_description_is_valid_when_written(
        things in vec((".{1,6}", ".{0,8}", 0..4_usize, ".{0,6}"), 1..6),
        lines in vec((0..6_usize, 0..8_usize, 0..3_usize), 0..6),
    ) {
        let names = names();
        let iri = |id: &str| names.thing("99", id);
        let named = |text: &str| NamedNode::new_unchecked(text);
        let viite = |name: &str| named(&format!("{}{name}", ns::VIITE));
        let archimate = |name: &str| named(&format!("{}{name}", ns::ARCHIMATE));
        let (class, label) = (named(ns::rdf::TYPE.as_str()), named(ns::rdfs::LABEL.as_str()));
        let mut facts = Vec::new();
        // A relationship may end at another one, also at one that ends nowhere.
        let mut ends: Vec<NamedNode> = things.iter().map(|(id, ..)| iri(id)).collect();
        for (thing, (_, name, kind, folder)) in ends.iter().zip(&things) {
            let kind = [archimate("BusinessActor"), archimate("Junction"), archimate("Grouping"), viite("View")][*kind].clone();
            facts.push(Triple::new(thing.clone(), class.clone(), kind));
            facts.push(Triple::new(thing.clone(), label.clone(), Literal::from(name.as_str())));
            facts.push(Triple::new(thing.clone(), viite("sourceFolder"), Literal::from(folder.as_str())));
            facts.push(Triple::new(thing.clone(), viite("owner"), iri("named~Actor~x")));
        }
        for (number, (source, target, view)) in lines.iter().enumerate() {
            let line = iri(&format!("id-{number}"));
            let end = |at: &usize| ends.get(*at).cloned().unwrap_or_else(|| iri("nowhere"));
            let (source, target, view) = (end(source), end(target), end(view));
            facts.push(Triple::new(line.clone(), class.clone(), archimate("Relationship")));
            facts.push(Triple::new(line.clone(), named(ns::rdf::PREDICATE.as_str()), archimate("influence")));
            facts.push(Triple::new(line.clone(), archimate("influenceModifier"), Literal::from("+\u{1}")));
            facts.push(Triple::new(line.clone(), viite("source"), source));
            facts.push(Triple::new(line.clone(), viite("target"), target));
            facts.push(Triple::new(line.clone(), viite("shownIn"), view));
            ends.push(line);
        }
        let (xml, _) = written(&facts);
        let faults = faults(&xml);
        prop_assert!(faults.is_empty(), "{faults:#?}\n{xml}");
        import("again.xml", xml.as_bytes());
    }
}

#[test]
fn a_file_that_is_not_as_the_schemas_have_it_is_found_out() {
    let head = r#"<model xmlns="x" xmlns:xsi="y" xsi:schemaLocation="z" identifier="m"><name>a</name>"#;
    for (inside, fault) in [
        ("<elements/>", "has 0 <element>"),
        ("<relationships/><elements/>", "where none may stand"),
        (r#"<elements><element identifier="1" xsi:type="Goal"><name>a</name></element></elements>"#, "is no name"),
        (r#"<elements><element identifier="m" xsi:type="Goal"><name>a</name></element></elements>"#, "stands twice"),
        (r#"<elements><element identifier="a" xsi:type="Aim"><name>a</name></element></elements>"#, "xsi:type='Aim'"),
        (r#"<elements><element identifier="a" xsi:type="Goal"/></elements>"#, "has 0 <name>"),
        (
            r#"<relationships><relationship identifier="a" xsi:type="Flow" source="b" target="c"/></relationships>"#,
            "leads nowhere",
        ),
        (r#"<organizations><item><item identifierRef="x"/></item></organizations>"#, "leads nowhere"),
    ] {
        let found = faults(&format!("{head}{inside}</model>"));
        assert!(found.iter().any(|found| found.contains(fault)), "{inside}: {found:?}");
    }
}

/// Every model of others, where their files are: `VIITE_FIXTURES` names the folder, by default `../shared` beside the
/// workspace.
#[test]
fn models_of_others_are_valid_when_written() {
    let folder = std::env::var_os("VIITE_FIXTURES")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"), PathBuf::from)
        .join("fixtures");
    if !folder.is_dir() {
        // Past the harness, which keeps what a passing test prints to itself.
        let told = format!("NOT RUN: no outside files at {}; set VIITE_FIXTURES to their folder\n", folder.display());
        std::io::stderr().write_all(told.as_bytes()).unwrap();
        return;
    }
    let mut models: Vec<PathBuf> = ["archimate", "oef"]
        .iter()
        .flat_map(|kind| std::fs::read_dir(folder.join(kind)).unwrap())
        .map(|entry| entry.unwrap().path())
        .collect();
    models.sort();
    assert!(!models.is_empty(), "{} is empty", folder.display());
    for path in models {
        let name = path.file_name().unwrap().to_str().unwrap();
        let model = import(name, &std::fs::read(&path).unwrap());
        let (xml, losses) = is_valid(name, &model.triples);
        let again = import("again.xml", xml.as_bytes());
        println!(
            "{name}: {} of {} elements, {} of {} relationships, {} of {} views written; not carried:",
            again.elements, model.elements, again.relationships, model.relationships, again.views, model.views
        );
        for loss in &losses {
            let told = loss.told(Language::En);
            println!("    {}: {}", told.what, told.why);
        }
    }
}
