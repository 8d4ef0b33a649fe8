//! Rules of one's own, and why a verdict is as it is.

use crate::support::{EXCHANGE, Place};
use std::fs;

#[test]
fn a_new_rule_runs_answers_its_cases_and_has_nothing_doubtful() {
    let place = Place::with_region();
    let new = place.viite(&["rule", "new", "own/G08-owner", "--clause", "s4:G8"]).good().stdout;
    assert!(new.contains("G08-owner.rq") && new.contains("G08-owner.cases.trig"), "{new}");
    let tested = place.viite(&["rule", "test"]).good().stdout;
    assert!(tested.contains("1 rule, 4 cases tried, 0 faults"), "{tested}");
    place.viite(&["rule", "lint"]).good();
    place.viite(&["rule", "G08-owner", "--lang", "sv"]).good();
    place.viite(&["rule", "new", "own/G08-owner", "--clause", "s4:G8"]).fails_with(&["is there already"]);
    place.viite(&["rule", "new", "G08-owner", "--clause", "s4:G8"]).fails_with(&["write FAMILY/ID"]);
    place.viite(&["rule", "new", "own/x", "--clause", "eight"]).fails_with(&["'eight' is no clause"]);
    place.viite(&["rule", "new", "own/x", "--clause", "s4:NOPE"]).fails_with(&["s4:NOPE is in no source document"]);
}

#[test]
fn a_case_that_is_answered_otherwise_and_a_doubtful_rule_are_told_by_place() {
    let place = Place::with_region();
    place.viite(&["rule", "new", "own/G08-owner", "--clause", "s4:G8"]).good();
    let file = place.path().join("queries/checks/own/G08-owner.rq");
    let good = fs::read_to_string(&file).unwrap();
    fs::write(&file, good.replace("\"violates\"", "\"conforms\"")).unwrap();
    let failed = place.viite(&["rule", "test", "queries/checks/own"]).ends_with(1).stdout;
    assert!(failed.contains("✗ G08-owner: case:violates was answered with"), "{failed}");

    fs::write(&file, good.replace("viite:owner", "viite:ownr").replace("ISIRI(?owner)", "ISIRI(?ownr)")).unwrap();
    let doubts = place.viite(&["rule", "lint"]).ends_with(1).stdout;
    assert!(doubts.contains("viite:ownr is in neither") && doubts.contains("did you mean viite:owner?"), "{doubts}");
    assert!(doubts.contains("?ownr is used, but nothing"), "{doubts}");
    fs::write(&file, good.replace("{focus}", "{fucus}")).unwrap();
    let fault = place.viite(&["rule", "lint"]).ends_with(1).stdout;
    assert!(fault.contains("G08-owner.rq:") && fault.contains("names {fucus}"), "{fault}");
    place.viite(&["rule", "lint", "nowhere"]).fails_with(&["nowhere is no folder"]);
}

#[test]
fn a_verdict_is_explained_with_facts_places_and_revisions() {
    let place = Place::with_region();
    place.write("a.xml", EXCHANGE);
    place.viite(&["import", "a.xml", "--region", "X1"]).good();
    let report = place.viite(&["check", "--format", "json", "--fail-on", "never"]).good().json();
    let findings = report["findings"].as_array().unwrap();
    let finding = findings.iter().find(|finding| finding["focus_label"] == "Tyrsky").unwrap();
    let id = finding["id"].as_str().unwrap();
    let json = place.viite(&["explain", id, "--format", "json"]).good().json();
    assert_eq!(json["finding"]["id"], id);
    let facts = json["facts"].as_array().unwrap();
    let own = facts.iter().find(|fact| fact["subject"] == "Tyrsky").unwrap();
    assert_eq!(own["source"]["file"], "a.xml");
    assert_eq!((&own["author"], &own["imported_by"]), (&"Tester".into(), &"Tester".into()));
    assert_eq!(own["revision"], 3);
    assert!(!json["ways_out"].as_array().unwrap().is_empty());
    let of_reference = facts.iter().find(|fact| fact["package"].is_string());
    assert!(of_reference.is_none_or(|fact| fact["package"].as_str().unwrap().contains(' ')), "package and version");
    for (language, heading) in
        [("fi", "Mikä muuttaisi arvion"), ("sv", "Vad som skulle ändra bedömningen"), ("en", "What would change it")]
    {
        let text = place.viite(&["explain", &id[..8], "--lang", language]).good().stdout;
        assert!(text.contains(heading) && text.contains("a.xml:"), "{text}");
    }
    place.viite(&["explain", "000000000000"]).fails_with(&["there is no finding '000000000000' now"]);
}
