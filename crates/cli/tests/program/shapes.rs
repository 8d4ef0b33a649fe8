//! SHACL shapes as checks.

use crate::support::Place;

const SHAPES: &str = r#"
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix viite: <https://w3id.org/viite/ns#> .
@prefix : <http://example.org/shapes#> .
:OwnedSystem a sh:NodeShape ; rdfs:label "Owned systems"@en ; sh:targetClass viite:InformationSystem ;
  sh:property [ sh:path viite:owner ; sh:minCount 1 ; sh:message "nobody owns it"@en, "kukaan ei omista sitä"@fi ] .
"#;

const MODEL: &str = r#"
@prefix viite: <https://w3id.org/viite/ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix : <http://example.org/> .
:owned a viite:InformationSystem ; rdfs:label "Omistettu"@fi ; viite:owner :office .
:orphan a viite:InformationSystem ; rdfs:label "Orpo"@fi .
:office a viite:Actor ; rdfs:label "Toimisto"@fi .
"#;

/// A rule that judges nothing here, so that the shapes stand alone.
const ALONE: [&str; 6] = ["check", "--shapes", "shapes.ttl", "--rule", "B4-security-network", "--lang"];

fn place() -> Place {
    let place = Place::with_region();
    place.write("shapes.ttl", SHAPES);
    place.write("model.ttl", MODEL);
    place.viite(&["import", "model.ttl", "--region", "X1"]).good();
    place
}

#[test]
fn a_result_is_a_finding_with_message_identity_and_coverage_in_every_format() {
    let place = place();
    let arguments = |more: &[&'static str]| [&ALONE[..], more].concat();
    let json = place.viite(&arguments(&["fi", "--format", "json"])).ends_with(1).json();
    let finding = &json["findings"][0];
    assert_eq!(finding["rule"], "shape:OwnedSystem");
    assert_eq!(finding["message"], "Orpo: kukaan ei omista sitä");
    assert_eq!(json["findings"].as_array().unwrap().len(), 1, "the reference is not judged");
    let coverage = json["coverage"].as_array().unwrap();
    let shape = coverage.iter().find(|rule| rule["rule"] == "shape:OwnedSystem").unwrap();
    assert_eq!((&shape["conforms"], &shape["violates"]), (&1.into(), &1.into()));
    let english = place.viite(&arguments(&["en", "--format", "json"])).ends_with(1).json();
    assert_eq!(english["findings"][0]["id"], finding["id"], "the language is no part of the identity");
    for format in ["text", "sarif", "junit", "csv", "html"] {
        let text = place.viite(&arguments(&["en", "--format", format])).ends_with(1).stdout;
        assert!(text.contains("nobody owns it"), "{format}: {text}");
    }
}

#[test]
fn a_finding_of_a_shape_can_be_accepted() {
    let place = place();
    let arguments = [&ALONE[..], &["en", "--format", "json"]].concat();
    let id = place.viite(&arguments).ends_with(1).json()["findings"][0]["id"].as_str().unwrap().to_owned();
    let waive = ["waive", &id, "--reason", "Moves", "--authority", "Director", "--until", "2099-12-31"];
    place.viite(&waive).fails_with(&["there is no finding"]);
    place.viite(&[&waive[..], &["--shapes", "shapes.ttl"]].concat()).good();
    let after = place.viite(&arguments).good().json();
    assert_eq!(after["findings"][0]["outcome"], "accepted-deviation");
}

#[test]
fn a_file_without_shapes_or_with_a_fault_is_told() {
    let place = place();
    place.viite(&["check", "--shapes", "model.ttl"]).fails_with(&["no SHACL shape in model.ttl"]);
    place.viite(&["check", "--shapes", "nowhere.ttl"]).fails_with(&["cannot read nowhere.ttl"]);
    place.write("wrong.ttl", SHAPES.replace("sh:minCount 1", "sh:minCount \"one\""));
    place.viite(&["check", "--shapes", "wrong.ttl"]).fails_with(&["wrong.ttl", "sh:minCount"]);
}
