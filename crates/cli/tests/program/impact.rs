//! `viite impact`: what depends on what.

use crate::support::{EXCHANGE, Place};

/// Two regions whose systems use one national service, and a chain behind one of them.
const FIRST: &str = "\
@prefix viite: <https://w3id.org/viite/ns#> .
@prefix nat: <https://w3id.org/viite/reference/service/> .
@prefix archimate: <https://purl.org/archimate#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix : <https://example.org/x1#> .
:a a viite:InformationSystem ; rdfs:label \"Tyrsky\" ; viite:integratesWith nat:kanta-patient-data-repository, :b ;
    viite:owner :owner .
:b a viite:InformationSystem ; rdfs:label \"Myrsky\" .
:s a viite:Service ; rdfs:label \"Testipalvelu\" ; viite:uses :a .
:t a viite:Service ; rdfs:label \"Toinen palvelu\" ; viite:uses :s .
:owner a viite:Actor ; rdfs:label \"Testiyksikkö\" .
";
const SECOND: &str = "\
@prefix viite: <https://w3id.org/viite/ns#> .
@prefix nat: <https://w3id.org/viite/reference/service/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix : <https://example.org/x2#> .
:a a viite:InformationSystem ; rdfs:label \"Puuska\" ; viite:integratesWith nat:kanta-patient-data-repository .
";

fn place() -> Place {
    let place = Place::with_region();
    place.viite(&["region", "add", "X2", "--name", "Toiskorpi", "--lang", "fi"]).good();
    place.write("first.ttl", FIRST);
    place.write("second.ttl", SECOND);
    place.viite(&["import", "first.ttl", "--region", "X1"]).good();
    place.viite(&["import", "second.ttl", "--region", "X2"]).good();
    place
}

const REPOSITORY: &str = "nat:kanta-patient-data-repository";

#[test]
fn what_depends_on_a_thing_is_found_through_one_interface_and_what_it_serves() {
    let place = place();
    let json = place.viite(&["impact", REPOSITORY, "--format", "json"]).good().json();
    let reached = json["reached"].as_array().unwrap();
    let distance = |name: &str| {
        let found = reached.iter().find(|reached| reached["name"] == name);
        found.map(|reached| reached["distance"].as_u64().unwrap())
    };
    assert_eq!(distance("Tyrsky"), Some(1));
    assert_eq!(distance("Puuska"), Some(1));
    assert_eq!(distance("Testipalvelu"), Some(2));
    assert_eq!(distance("Toinen palvelu"), Some(3));
    assert_eq!(distance("Myrsky"), None, "another interface of Tyrsky is another matter");
    assert_eq!((&json["regions"]["X1"], &json["regions"]["X2"]), (&3.into(), &1.into()));
    let path = &reached.iter().find(|reached| reached["name"] == "Toinen palvelu").unwrap()["path"];
    assert_eq!(path, &serde_json::json!(["Tyrsky", "Testipalvelu"]));
}

#[test]
fn the_way_can_be_turned_bounded_and_narrowed_to_a_region() {
    let place = place();
    let names = |more: &[&str]| -> Vec<String> {
        let json = place.viite(&[&["impact", "--format", "json"], more].concat()).good().json();
        json["reached"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap().to_owned()).collect()
    };
    let out = names(&["Testipalvelu", "--direction", "out"]);
    assert!(out.contains(&"Tyrsky".to_owned()) && out.contains(&"Testiyksikkö".to_owned()), "{out:?}");
    assert!(!names(&[REPOSITORY, "--depth", "1"]).contains(&"Testipalvelu".to_owned()));
    assert_eq!(names(&[REPOSITORY, "--region", "Toiskorpi"]), ["Puuska"]);
    let text = place.viite(&["impact", REPOSITORY, "--depth", "1", "--lang", "fi"]).good().stdout;
    assert!(text.contains("Useammalla askeleella (--depth) löytyisi lisää."), "{text}");
    assert!(
        place.viite(&["impact", "Toinen palvelu", "--lang", "sv"]).good().stdout.contains("Om det som inte beskrivits")
    );
}

#[test]
fn what_several_regions_hang_on_is_listed() {
    let place = place();
    let json = place.viite(&["impact", "--format", "json"]).good().json();
    assert_eq!(json["hubs"][0]["iri"], "https://w3id.org/viite/reference/service/kanta-patient-data-repository");
    assert_eq!(json["hubs"][0]["regions"], serde_json::json!(["X1", "X2"]));
    assert!(
        place.viite(&["impact", "--hubs", "--lang", "en"]).good().stdout.contains("2 regions (X1, X2), 2 dependents")
    );
}

#[test]
fn a_circle_is_told_and_an_interface_is_none() {
    let place = place();
    let circle = FIRST.replace(":owner a viite:Actor", ":t viite:partOf :s . :owner a viite:Actor");
    place.write("first.ttl", circle);
    place.viite(&["import", "first.ttl", "--region", "X1"]).good();
    let json = place.viite(&["impact", "Testipalvelu", "--format", "json"]).good().json();
    let names: Vec<&str> = json["cycle"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["Testipalvelu", "Toinen palvelu"]);
    let none = place.viite(&["impact", "Myrsky", "--format", "json"]).good().json();
    assert_eq!(none["cycle"], serde_json::json!([]));
}

#[test]
fn derived_relationships_are_marked_as_such() {
    let place = Place::with_region();
    let with = EXCHANGE.replace(
        "</relationships>",
        "<relationship identifier=\"id-7\" source=\"id-3\" target=\"id-2\" xsi:type=\"Serving\"/></relationships>",
    );
    place.write("a.xml", with);
    place.viite(&["import", "a.xml", "--region", "X1"]).good();
    let json = place.viite(&["impact", "Tyrsky", "--derived", "--format", "json", "--lang", "fi"]).good().json();
    let derived = json["derived"].as_array().unwrap();
    let serves =
        derived.iter().find(|one| one["relationship"] == "serving" && one["target"]["name"] == "Myrsky").unwrap();
    assert_eq!((&serves["source"]["name"], &serves["rule"]), (&"Tyrsky".into(), &"dependency".into()));
    assert_eq!(serves["through"], serde_json::json!(["Ajanvaraus"]));
}

#[test]
fn a_picture_is_written_whole_and_bad_input_is_told() {
    let place = place();
    place.viite(&["impact", REPOSITORY, "--output", "i.svg", "--lang", "fi"]).good();
    let svg = std::fs::read_to_string(place.path().join("i.svg")).unwrap();
    assert!(svg.starts_with("<svg") || svg.starts_with("<?xml"), "{}", &svg[..60]);
    assert!(svg.contains("Tyrsky") && svg.contains("<title"), "a picture with a text alternative");
    place.viite(&["impact", REPOSITORY, "--output", "i.doc"]).fails_with(&["no format has the ending '.doc'"]);
    place.viite(&["impact", "Olematon"]).fails_with(&["nothing is called 'Olematon'"]);
    place.viite(&["impact", REPOSITORY, "--region", "Olematon"]).fails_with(&["there is no region 'Olematon'"]);
    place.viite(&["impact", "--hubs", "--format", "svg"]).fails_with(&["name it"]);
    place.viite(&["impact", "region:05"]).fails_with(&["as far as it is described"]);
}

#[test]
fn a_thing_is_found_by_its_identifier_and_a_misspelt_name_has_neighbours() {
    let place = Place::with_region();
    place.write("model.xml", EXCHANGE);
    place.viite(&["import", "model.xml", "--region", "X1"]).good();
    let impact = place.viite(&["impact", "id-1", "--lang", "fi"]).good().stdout;
    assert!(impact.starts_with("Tyrsky"), "{impact}");
    place.viite(&["impact", "Tyrksy"]).fails_with(&["the nearest are", "Tyrsky"]);
    place.viite(&["impact", " "]).fails_with(&["nothing is called ' '; write a name"]);
}
