//! `viite match`: one name, and the doubtful elements of a description.

use crate::support::Place;
use std::fs;

/// A region's systems: one spelled wrongly, one data object with the name of a service, and what uses them.
const MODEL: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<model xmlns="http://www.opengroup.org/xsd/archimate/3.0/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
       identifier="id-model">
  <name xml:lang="fi">Testikorpi</name>
  <elements>
    <element identifier="e1" xsi:type="ApplicationComponent"><name xml:lang="fi">Korpikertomus</name></element>
    <element identifier="e2" xsi:type="ApplicationComponent"><name xml:lang="fi">Reseptikesskus</name></element>
    <element identifier="e3" xsi:type="DataObject"><name xml:lang="fi">Omakanta</name></element>
    <element identifier="e4" xsi:type="ApplicationComponent"><name xml:lang="fi">INT_Suomi.fi-tunnistus (tuotanto)</name></element>
  </elements>
  <relationships>
    <relationship identifier="r1" source="e1" target="e2" xsi:type="Flow"/>
  </relationships>
</model>
"#;

fn imported() -> Place {
    let place = Place::with_region();
    place.write("model.xml", MODEL);
    let run = place.viite(&["import", "model.xml", "--region", "X1"]).good();
    assert!(run.stdout.contains("1 elements recognised in the reference"), "{}", run.stdout);
    assert!(run.stdout.contains("2 more may be in the reference"), "{}", run.stdout);
    place
}

/// Whether the system of the model has a flow to the Prescription Centre itself.
fn linked(place: &Place) -> bool {
    let query = "ASK { ?s rdfs:label 'Korpikertomus'@fi ; viite:integratesWith nat:kanta-prescription-centre }";
    place.viite(&["query", query, "--format", "json"]).good().json()["boolean"] == true
}

#[test]
fn a_name_is_answered_with_the_resource_the_score_and_the_reason() {
    let place = Place::repository();
    let found = place.viite(&["match", "Kannan potilastiedon arkistoon", "--format", "json"]).good().json();
    let one = &found["match"];
    assert_eq!(one["resource"], "https://w3id.org/viite/reference/service/kanta-patient-data-repository");
    assert_eq!((one["reason"].as_str(), one["kind"].as_str()), (Some("inflected"), Some("service")));
    assert!(one["score"].as_f64().unwrap() > 0.9);
    assert_eq!(found["candidates"].as_array().unwrap().len(), 0);
    let text = place.viite(&["match", "Suomi.fi-identifikationens", "--lang", "sv"]).good().stdout;
    assert!(text.contains("nat:suomifi-identification") && text.contains("säker"), "{text}");
}

#[test]
fn a_name_that_only_looks_national_is_answered_with_none() {
    let place = Place::repository();
    for name in ["kanta-asiakasrekisteri", "kantakaupunki", "valtuusto", "viestit-taulu"] {
        let found = place.viite(&["match", name, "--format", "json"]).good().json();
        assert!(found["match"].is_null(), "{found}");
        let text = place.viite(&["match", name]).good().stdout;
        assert!(text.starts_with("none"), "{text}");
    }
}

#[test]
fn an_accepted_element_is_linked_at_once_and_at_every_later_import() {
    let place = imported();
    let list = place.viite(&["match", "list", "--region", "X1", "--format", "json"]).good().json();
    let names: Vec<_> = list.as_array().unwrap().iter().map(|open| open["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["Reseptikesskus", "Omakanta"]);
    assert_eq!(list[1]["candidates"][0]["reason"], "other-kind");
    assert!(!linked(&place));

    place.viite(&["match", "accept", "e2", "--reason", "misspelt"]).good();
    assert!(linked(&place));
    place.write(
        "model.xml",
        MODEL.replace("Korpikertomus</name>", "Korpikertomus</name><documentation>x</documentation>"),
    );
    place.viite(&["import", "model.xml", "--region", "X1"]).good();
    assert!(linked(&place), "the decision is followed");
    let export = place.export();
    assert!(export.contains("#IdentityDecision") && export.contains("\"misspelt\"") && export.contains("\"Tester\""));
}

#[test]
fn a_rejected_element_is_not_asked_about_again() {
    let place = imported();
    place.viite(&["match", "accept", "Reseptikesskus", "nat:kanta-prescription-centre"]).good();
    place.viite(&["match", "reject", "e3"]).good();
    let text = place.viite(&["match", "list"]).good().stdout;
    assert!(text.starts_with("There are no doubtful matches"), "{text}");
    // A person may change their mind.
    let element = "https://w3id.org/viite/id/region/X1/e2";
    place.viite(&["match", "reject", element, "nat:kanta-prescription-centre"]).good();
    assert!(!linked(&place));
    let run = place.viite(&["match", "reject", element, "nat:kanta-prescription-centre"]).good();
    assert!(run.stdout.contains("Nothing changed"), "{}", run.stdout);
}

#[test]
fn decisions_are_filled_into_a_file_and_taken_back() {
    let place = imported();
    place.viite(&["match", "list", "--output", "open.csv"]).good();
    let sheet = fs::read_to_string(place.path().join("open.csv")).unwrap();
    assert_eq!(sheet.lines().count(), 3, "{sheet}");
    let filled: Vec<String> = sheet
        .lines()
        .map(|line| if line.contains("/e2,") { format!("kyllä{line}") } else { line.to_owned() })
        .collect();
    place.write("filled.csv", filled.join("\n"));
    let run = place.viite(&["match", "apply", "filled.csv"]).good();
    assert!(run.stdout.contains("1 linked, 0 rejected"), "{}", run.stdout);
    assert!(linked(&place));
}

#[test]
fn a_bad_decision_is_refused_with_its_line() {
    let place = imported();
    let line = "https://w3id.org/viite/id/region/X1/e2";
    let before = place.revisions();
    for (name, row, said) in [
        ("a.csv", format!("maybe,{line},nat:kanta"), "a.csv:2: 'maybe' is no decision"),
        ("b.csv", format!("yes,{line},nat:nothing"), "b.csv:2: the reference has no"),
        ("c.csv", "yes,https://example.org/x,nat:kanta".to_owned(), "c.csv:2: no description has the element"),
        ("d.csv", format!("yes,{line},nat:kanta\nyes,{line},nat:suomifi"), "d.csv:3: d.csv:2 has accepted another"),
    ] {
        place.write(name, format!("decision,element,resource\n{row}\n"));
        place.viite(&["match", "apply", name]).fails_with(&[said]);
    }
    place.write("e.csv", "a,b\n1,2\n");
    place.viite(&["match", "apply", "e.csv"]).fails_with(&["e.csv:1: there is no column 'decision'"]);
    place.viite(&["match", "accept", "e2", "Kantakaupunki"]).fails_with(&["'Kantakaupunki' is no service"]);
    place.viite(&["match", "accept", "nobody"]).fails_with(&["no element is called 'nobody'"]);
    assert_eq!(place.revisions(), before);
}

#[test]
fn a_workbook_is_filled_in_and_taken_back_and_faults_name_the_cell() {
    let place = imported();
    place.viite(&["match", "list", "--lang", "fi", "--output", "open.xlsx"]).good();
    // The workbook as a person would save it: its own rows, with decisions in the first column.
    let mut book = calamine::open_workbook_from_rs::<calamine::Xlsx<_>, _>(std::io::Cursor::new(
        fs::read(place.path().join("open.xlsx")).unwrap(),
    ))
    .unwrap();
    use calamine::Reader;
    let sheet = book.worksheets().remove(0).1;
    let fill = |file: &str, words: [&str; 2]| {
        let mut filled = rust_xlsxwriter::Workbook::new();
        let page = filled.add_worksheet().set_name("Vastineet").unwrap();
        for (row, cells) in (0_u32..).zip(sheet.rows()) {
            for (column, cell) in (0_u16..).zip(cells) {
                let decided = (column == 0 && row > 0).then(|| words[row as usize - 1].to_owned());
                page.write(row, column, decided.unwrap_or_else(|| cell.to_string())).unwrap();
            }
        }
        filled.save(place.path().join(file)).unwrap();
    };
    fill("bad.xlsx", ["hyväksy", "ehkä"]);
    place.viite(&["match", "apply", "bad.xlsx"]).fails_with(&["bad.xlsx:Vastineet!A3: 'ehkä' is no decision"]);
    assert!(!linked(&place), "nothing is half done");
    fill("good.xlsx", ["hyväksy", "hylkää"]);
    let run = place.viite(&["match", "apply", "good.xlsx"]).good();
    assert!(run.stdout.contains("1 linked, 1 rejected"), "{}", run.stdout);
    assert!(linked(&place));
    assert!(place.viite(&["match", "list"]).good().stdout.starts_with("There are no doubtful matches"));
    place.viite(&["match", "list", "--output", "open.pdf"]).fails_with(&[".xlsx or .csv"]);
}

#[test]
fn an_identity_that_was_rejected_does_not_come_back_because_a_file_states_it() {
    let place = Place::with_region();
    let stated = format!(
        "{}<https://example.org/halla> viite:correspondsTo <https://w3id.org/viite/reference/service/kanta-mykanta> .",
        crate::support::TURTLE
    );
    place.write("model.ttl", &stated);
    place.viite(&["import", "model.ttl", "--region", "X1"]).good();
    place.viite(&["match", "reject", "https://example.org/halla", "nat:kanta-mykanta"]).good();
    let is_linked = || {
        let ask = "ASK { <https://example.org/halla> viite:correspondsTo nat:kanta-mykanta }";
        place.viite(&["query", ask, "--format", "json"]).good().json()["boolean"] == true
    };
    assert!(!is_linked());
    place.write("model.ttl", format!("{stated}\n<https://example.org/halla> rdfs:comment \"again\" ."));
    let run = place.viite(&["import", "model.ttl", "--region", "X1"]).good();
    assert!(!is_linked(), "{}", run.stdout);
    assert!(run.stdout.contains("a person has rejected it"), "{}", run.stdout);
}

#[test]
fn a_name_that_any_service_may_have_is_never_certain() {
    let place = Place::repository();
    for name in ["Service Catalogue", "PHR", "Certifikat", "INT_PHR"] {
        let found = place.viite(&["match", name, "--format", "json"]).good().json();
        assert!(found["match"].is_null(), "{found}");
        assert_eq!(found["candidates"][0]["reason"], "word", "{found}");
    }
}
