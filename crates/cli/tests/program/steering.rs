//! `viite status` and `viite raci`.

use crate::support::{EXCHANGE, Place};
use std::fs;

fn place() -> Place {
    let place = Place::with_region();
    place.write("a.xml", EXCHANGE);
    place.viite(&["import", "a.xml", "--region", "X1"]).good();
    place
}

#[test]
fn every_region_and_every_guideline_is_in_the_status() {
    let place = place();
    let json = place.viite(&["status", "--format", "json"]).good().json();
    let clauses: Vec<&str> =
        json["guidelines"].as_array().unwrap().iter().map(|guideline| guideline["clause"].as_str().unwrap()).collect();
    for clause in (1..=9).map(|n| format!("s0:P{n}")).chain((1..=16).map(|n| format!("s4:G{n}"))) {
        assert!(clauses.contains(&clause.as_str()), "{clause}");
    }
    let regions = json["regions"].as_array().unwrap();
    let of = |code: &str| regions.iter().filter(|region| region["region"]["code"] == code).collect::<Vec<_>>();
    assert!(of("05").iter().all(|region| region["described"] == false));
    let described = of("X1").into_iter().find(|region| region["state"] == "current").unwrap();
    assert_eq!(described["guidelines"].as_array().unwrap().len(), clauses.len());
    let check = place.viite(&["check", "--format", "json", "--fail-on", "never"]).good().json();
    let sum: u64 = regions.iter().map(|region| region["total"]["outcomes"]["violates"].as_u64().unwrap()).sum();
    assert_eq!(sum, check["summary"]["outcomes"]["violates"].as_u64().unwrap());
}

#[test]
fn a_change_is_shown_since_a_revision_and_since_a_day() {
    let place = place();
    let one_system =
        EXCHANGE.replace("<relationship identifier=\"id-5\"", "<relationship identifier=\"id-9\"").replace(
            "<element identifier=\"id-2\" xsi:type=\"ApplicationComponent\"",
            "<element identifier=\"id-2\" xsi:type=\"Node\"",
        );
    place.write("a.xml", one_system);
    let before = place.revisions().to_string();
    place.viite(&["import", "a.xml", "--region", "X1"]).good();
    let status =
        |since: &str| place.viite(&["status", "--since", since, "--region", "X1", "--format", "json"]).good().json();
    let by_revision = status(&before);
    assert_eq!(by_revision["since"]["revision"].to_string(), before);
    let consolidation =
        by_revision["guidelines"].as_array().unwrap().iter().position(|g| g["clause"] == "s4:G8").unwrap();
    let region = by_revision["regions"].as_array().unwrap().iter().find(|region| region["state"] == "current").unwrap();
    let standing = &region["guidelines"][consolidation];
    assert_eq!(standing["before"]["outcomes"]["violates"], 2);
    assert_eq!(standing["outcomes"]["violates"], 0);
    // Everything happened today, so the state at the end of the day is the newest one.
    assert_eq!(status("2999-12-31")["since"]["revision"].as_u64().unwrap() as usize, place.revisions());
    place.viite(&["status", "--since", "1999-12-31"]).fails_with(&["no revision on or before 1999-12-31"]);
    place.viite(&["status", "--since", "yesterday"]).fails_with(&["'yesterday' is neither a revision", "viite log"]);
}

#[test]
fn the_status_is_text_csv_and_a_workbook() {
    let place = place();
    let text = place.viite(&["status", "--lang", "sv"]).good().stdout;
    assert!(text.contains("Läget i regionerna"), "{text}");
    assert!(text.contains("Ingen beskrivning: "), "{text}");
    let csv = place.viite(&["status", "--format", "csv"]).good().stdout;
    assert!(csv.starts_with("code,region,state,clause,"), "{csv}");
    place.viite(&["status", "--format", "xlsx"]).fails_with(&["--output FILE.xlsx"]);
    place.viite(&["status", "--output", "s.xlsx"]).good();
    assert!(fs::read(place.path().join("s.xlsx")).unwrap().starts_with(b"PK"));
}

#[test]
fn the_responsibility_matrix_shows_gaps_and_never_more_than_was_told() {
    let place = place();
    let json = place.viite(&["raci", "--region", "X1", "--object", "systems", "--format", "json"]).good().json();
    let objects = json["objects"].as_array().unwrap();
    assert_eq!(objects.len(), 2);
    assert!(objects.iter().all(|object| object["gaps"] == serde_json::json!(["nobody"])));
    place.viite(&["raci", "--region", "X1", "--state", "target"]).fails_with(&["no description of its target state"]);
}

#[test]
fn the_measures_stand_against_their_actors_in_the_sources_words() {
    let place = Place::repository();
    let json = place.viite(&["raci", "--object", "measures", "--format", "json"]).good().json();
    assert_eq!(json["objects"].as_array().unwrap().len(), 18);
    let kinds: std::collections::BTreeSet<&str> = json["objects"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|object| object["named"].as_object().unwrap().values())
        .flat_map(|kinds| kinds.as_array().unwrap())
        .map(|kind| kind.as_str().unwrap())
        .collect();
    assert_eq!(kinds, ["ansvarig", "medverkande"].into(), "the source gives no letters");
    place.viite(&["raci", "--output", "raci.xlsx", "--lang", "sv"]).good();
    assert!(fs::read(place.path().join("raci.xlsx")).unwrap().starts_with(b"PK"));
    let csv = place.viite(&["raci", "--object", "measures", "--format", "csv", "--lang", "sv"]).good().stdout;
    assert!(csv.starts_with("slag,objekt,brister,"), "{csv}");
}
