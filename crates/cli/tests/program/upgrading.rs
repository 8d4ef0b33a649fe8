//! `viite reference upgrade`

use crate::support::{EXCHANGE, Place};
use serde_json::Value;
use std::fs;

/// Two regions' systems for one purpose, and a package that knows the name of one of them.
fn place() -> Place {
    let place = Place::with_region();
    place.write("model.xml", EXCHANGE);
    place.viite(&["import", "model.xml", "--region", "X1"]).good();
    fs::create_dir(place.path().join("new")).unwrap();
    place
}

const NEW: &str = r#"
@prefix viite: <https://w3id.org/viite/ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix nat: <https://w3id.org/viite/reference/service/> .
nat:tyrsky a viite:NationalService ; rdfs:label "Tyrsky"@fi ; viite:group viite:Kanta .
"#;

fn changes(place: &Place, more: &[&str]) -> Value {
    place.viite(&[&["reference", "upgrade", "--dry-run", "--format", "json"], more].concat()).good().json()
}

#[test]
fn the_version_at_hand_changes_nothing_and_an_unknown_one_is_refused() {
    let place = place();
    assert!(place.viite(&["reference", "upgrade", "--dry-run"]).good().stdout.contains("nothing would change"));
    place.viite(&["reference", "upgrade", "--to", "99", "--dry-run"]).fails_with(&[
        "carries version",
        "and not 99",
        "--from",
    ]);
    place.viite(&["reference", "upgrade", "--from", "new", "--dry-run"]).fails_with(&["new holds no package"]);
    place
        .viite(&["reference", "upgrade", "--from", "nowhere.ttl", "--dry-run"])
        .fails_with(&["cannot read nowhere.ttl"]);
    place.write("new/extra.ttl", "this is no Turtle");
    place.viite(&["reference", "upgrade", "--from", "new", "--dry-run"]).fails_with(&["extra.ttl is not Turtle"]);
}

#[test]
fn a_dry_run_tells_what_differs_and_why_and_writes_nothing() {
    let place = place();
    place.write("new/extra.ttl", NEW);
    let before = (place.revisions(), place.export());
    let upgrade = changes(&place, &["--from", "new", "--to", "2.0"]);
    assert_eq!((place.revisions(), place.export()), before);
    assert_eq!(upgrade["packages"][0]["package"], "extra");
    assert_eq!((&upgrade["packages"][0]["from"], &upgrade["packages"][0]["to"]), (&Value::Null, &"2.0".into()));
    assert_eq!(upgrade["recognised"][0]["label"], "Tyrsky");
    let findings = upgrade["findings"].as_array().unwrap();
    // What is a national service is no system of the region's own, and no longer one of two for one purpose.
    let duplicate =
        findings.iter().find(|change| change["rule"] == "G08-same-purpose" && change["becomes"] == "disappears");
    let duplicate = duplicate.unwrap_or_else(|| panic!("{upgrade:#}"));
    assert!(duplicate["why"][0].as_str().unwrap().contains("Tyrsky"), "{duplicate:#}");
    assert!(findings.iter().all(|change| !change["why"].as_array().unwrap().is_empty()), "{findings:#?}");
}

#[test]
fn an_upgrade_does_what_its_dry_run_told() {
    let place = place();
    place.write("new/extra.ttl", NEW);
    let told = changes(&place, &["--from", "new"]);
    let run = place.viite(&["reference", "upgrade", "--from", "new", "--format", "json"]).good();
    assert!(run.stderr.contains("Revision 4"), "{}", run.stderr);
    assert_eq!(run.json(), told);
    assert!(changes(&place, &["--from", "new"])["findings"].as_array().unwrap().is_empty());
    let query = "ASK { GRAPH ?g { nat:tyrsky a viite:NationalService } ?s rdfs:label 'Tyrsky'@fi ; viite:correspondsTo nat:tyrsky }";
    assert_eq!(place.viite(&["query", query, "--format", "json"]).good().json()["boolean"], true);
}

#[test]
fn a_package_takes_the_place_of_the_one_of_its_name_whatever_its_version() {
    let place = place();
    place.write("new/extra.ttl", NEW);
    place.viite(&["reference", "upgrade", "--from", "new", "--to", "2.0"]).good();
    place.write("new/extra.ttl", NEW.replace("viite:Kanta", "viite:SuomiFi"));
    let upgrade = changes(&place, &["--from", "new/extra.ttl", "--to", "2.1", "--lang", "fi"]);
    let package = &upgrade["packages"][0];
    assert_eq!((&package["from"], &package["to"]), (&"2.0".into(), &"2.1".into()));
    assert_eq!((&package["added"], &package["removed"]), (&1.into(), &1.into()));
    assert_eq!(upgrade["resources"][0]["change"], "changed", "{upgrade:#}");
    place.viite(&["reference", "upgrade", "--from", "new", "--to", "2.1"]).good();
    assert!(!place.export().contains("/extra/2.0"), "the old version is history");
    for ending in ["csv", "xlsx"] {
        place.viite(&["reference", "upgrade", "--dry-run", "--output", &format!("u.{ending}")]).good();
        assert!(place.path().join(format!("u.{ending}")).exists());
    }
}
