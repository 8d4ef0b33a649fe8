//! Formats against the schemas that describe them.

use super::*;
use serde_json::Value as Json;

#[track_caller]
fn conforms_to(schema: &str, document: &Json) {
    let schema: Json = serde_json::from_str(schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let faults: Vec<String> =
        validator.iter_errors(document).map(|fault| format!("{}: {fault}", fault.instance_path())).collect();
    assert!(faults.is_empty(), "{faults:#?}");
}

fn json(report: &Report) -> Json {
    let mut json = Vec::new();
    report.write_json(None, &mut json).unwrap();
    serde_json::from_slice(&json).unwrap()
}

#[test]
fn the_json_is_as_its_published_schema_says() {
    let schema = include_str!("../../../../../docs/report.schema.json");
    conforms_to(schema, &json(&report(Language::Sv)));
    let validator = jsonschema::validator_for(&serde_json::from_str(schema).unwrap()).unwrap();
    let mut broken = json(&report(Language::Sv));
    broken["findings"][0]["outcome"] = "fails".into();
    assert!(!validator.is_valid(&broken), "a schema that takes anything says nothing");
}

#[test]
fn the_csv_has_a_row_for_each_finding_and_headings_in_the_language() {
    let mut csv = Vec::new();
    report(Language::Fi).write_csv(&mut csv).unwrap();
    let mut reader = csv::Reader::from_reader(csv.as_slice());
    assert!(reader.headers().unwrap().iter().any(|heading| heading == "vakavuus"));
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 3);
    assert!(rows[2].iter().any(|cell| cell == "2099-12-31"), "days as data, so that a spreadsheet can sort them");
}

#[test]
fn the_workbook_holds_a_sheet_for_each_part() {
    let report = report(Language::Sv);
    let names: Vec<String> =
        [tables::summary(&report), tables::findings(&report), tables::coverage(&report), tables::matrix(&report)]
            .into_iter()
            .map(|table| {
                assert!(table.rows.iter().all(|row| row.len() == table.columns.len()), "{}", table.name);
                table.name
            })
            .collect();
    assert_eq!(names, ["Sammandrag", "Iakttagelser", "Täckning", "Regioner och riktlinjer"]);
    let mut workbook = Vec::new();
    report.write_workbook(&mut workbook).unwrap();
    assert!(workbook.starts_with(b"PK"));
}

fn sarif(report: &Report) -> Json {
    let mut sarif = Vec::new();
    report.write_sarif(&mut sarif).unwrap();
    serde_json::from_slice(&sarif).unwrap()
}

#[test]
fn the_sarif_is_as_the_schema_of_oasis_says() {
    // One pattern of the schema has a bracket that closes nothing, which JavaScript forgives and others do not.
    let schema = include_str!("schemas/sarif-schema-2.1.0.json").replace("-[a-zA-Z]{2}]?$", "-[a-zA-Z]{2}\\\\]?$");
    for language in Language::ALL {
        conforms_to(&schema, &sarif(&hostile(language)));
    }
    let mut broken = sarif(&report(Language::En));
    broken["runs"][0]["results"][0]["kind"] = "violates".into();
    let validator = jsonschema::validator_for(&serde_json::from_str(&schema).unwrap()).unwrap();
    assert!(!validator.is_valid(&broken));
}

#[test]
fn the_sarif_tells_kind_place_fingerprint_and_suppression() {
    let sarif = sarif(&report(Language::En));
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    let kinds: Vec<&str> = results.iter().map(|result| result["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["fail", "open", "fail", "notApplicable"], "G09-wills concerned nothing");
    let first = &results[0];
    assert_eq!((first["level"].as_str(), results[1]["level"].as_str()), (Some("error"), Some("none")));
    assert_eq!(first["partialFingerprints"]["viiteFinding/v1"], "aaaaaaaaaaaa");
    let location = &first["locations"][0];
    assert_eq!(location["physicalLocation"]["artifactLocation"]["uri"], "model.xml");
    assert_eq!(location["physicalLocation"]["region"]["startLine"], 12);
    assert_eq!(location["logicalLocations"][1]["name"], "id-1");
    assert!(first.get("suppressions").is_none());
    let suppression = &results[2]["suppressions"][0];
    assert_eq!(suppression["status"], "accepted");
    assert_eq!(suppression["justification"], "The ward moves next year; accepted by Director until 2099-12-31");
    let rule = &sarif["runs"][0]["tool"]["driver"]["rules"][first["ruleIndex"].as_u64().unwrap() as usize];
    assert_eq!(rule["id"], "G08-same-purpose");
    assert!(rule["help"]["text"].as_str().unwrap().contains("s4:G8"), "{rule}");
}

/// A report whose names try to be markup, formulas and characters that no XML allows.
fn hostile(language: Language) -> Report {
    let mut report = report(language);
    let name = "<script>alert(\"1\")</script> & 'x' ]]> \u{0}\u{1b}\u{fffe} =1+1";
    for finding in &mut report.findings {
        finding.focus_label = name.to_owned();
        finding.message = format!("{name} violates");
        finding.region = Some(RegionName { code: "\"><b>".to_owned(), name: name.to_owned() });
        finding.source = Some(Source {
            file: "ä <b>.xml".to_owned(),
            line: Some(3),
            cell: Some("Ark 1!B3".to_owned()),
            id: Some(name.to_owned()),
        });
    }
    report
}

/// The elements of an XML text with their attributes, each with the path that leads to it. Fails where it is not
/// well-formed.
fn elements(xml: &str) -> Vec<(String, Vec<(String, String)>)> {
    use quick_xml::{Reader, events::Event};
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = true;
    let (mut path, mut found) = (Vec::<String>::new(), Vec::new());
    loop {
        let event = reader.read_event().unwrap_or_else(|error| panic!("{error} at {}", reader.error_position()));
        let (start, empty) = match event {
            Event::Start(start) => (start, false),
            Event::Empty(start) => (start, true),
            Event::End(_) => {
                path.pop();
                continue;
            }
            Event::Text(text) => {
                text.unescape().unwrap();
                continue;
            }
            Event::Eof => break,
            _ => continue,
        };
        path.push(String::from_utf8(start.name().as_ref().to_vec()).unwrap());
        let attributes = start
            .attributes()
            .map(|attribute| {
                let attribute = attribute.unwrap();
                let name = String::from_utf8(attribute.key.as_ref().to_vec()).unwrap();
                (name, attribute.unescape_value().unwrap().into_owned())
            })
            .collect();
        found.push((path.join("/"), attributes));
        if empty {
            path.pop();
        }
    }
    assert!(path.is_empty(), "never closed: {path:?}");
    found
}

fn attribute<'a>((_, attributes): &'a (String, Vec<(String, String)>), name: &str) -> Option<&'a str> {
    attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
}

fn junit(report: &Report) -> Vec<(String, Vec<(String, String)>)> {
    let mut junit = Vec::new();
    report.write_junit(Some(Severity::Info), &mut junit).unwrap();
    let junit = String::from_utf8(junit).unwrap();
    assert!(!junit.chars().any(|c| (c < ' ' && c != '\n') || c == '\u{fffe}'), "XML 1.0 has no such characters");
    elements(&junit)
}

/// Which elements stand where, and which attributes they may and must (`!`) have: what the schemas of
/// Jenkins (dtkit junit-4.xsd) and Surefire (surefire-test-report.xsd) have in common.
const JUNIT: &[(&str, &[&str])] = &[
    ("testsuites", &["name", "tests", "failures", "errors", "time", "disabled"]),
    (
        "testsuites/testsuite",
        &["name!", "tests!", "failures", "errors", "skipped", "time", "timestamp", "hostname", "id", "package"],
    ),
    ("testsuites/testsuite/properties", &[]),
    ("testsuites/testsuite/properties/property", &["name!", "value!"]),
    ("testsuites/testsuite/testcase", &["name!", "classname", "time", "assertions", "status"]),
    ("testsuites/testsuite/testcase/failure", &["message", "type"]),
    ("testsuites/testsuite/testcase/error", &["message", "type"]),
    ("testsuites/testsuite/testcase/skipped", &["message", "type"]),
];

#[test]
fn the_junit_is_as_its_schemas_say() {
    let mut report = hostile(Language::Fi);
    let error = "stopped after 60 s".to_owned();
    report.failures.push(RuleFailure { rule: "G09-wills".to_owned(), region: None, error });
    for element in junit(&report) {
        let (path, attributes) = &element;
        let (_, known) = JUNIT.iter().find(|(known, _)| known == path).unwrap_or_else(|| panic!("no element {path}"));
        for (name, _) in attributes {
            assert!(known.iter().any(|known| known.trim_end_matches('!') == name), "{path} has no {name}");
        }
        for needed in known.iter().filter_map(|name| name.strip_suffix('!')) {
            assert!(attribute(&element, needed).is_some(), "{path} lacks {needed}");
        }
    }
}

#[test]
fn the_junit_has_a_case_for_each_rule_and_thing() {
    let report = report(Language::En);
    let elements = junit(&report);
    let suite = elements.iter().find(|(path, _)| path == "testsuites/testsuite").unwrap();
    assert_eq!(attribute(suite, "name"), Some("Revonkorpi (X1), current state"));
    // Tyrsky was judged three times, and counts once, by its worst.
    for (name, number) in [("tests", "2"), ("failures", "1"), ("skipped", "0"), ("errors", "0")] {
        assert_eq!(attribute(suite, name), Some(number), "{name}");
    }
    let count = |end: &str| elements.iter().filter(|(path, _)| path.ends_with(end)).count();
    assert_eq!((count("/testcase"), count("/failure"), count("/skipped")), (2, 1, 0));
}

fn html(report: &Report) -> String {
    let mut html = Vec::new();
    report.write_html(&mut html).unwrap();
    String::from_utf8(html).unwrap()
}

#[test]
fn the_page_is_well_formed_and_no_name_becomes_markup() {
    for language in Language::ALL {
        let html = html(&hostile(language));
        assert!(html.contains(&format!("<html lang=\"{}\">", language.tag())));
        assert_eq!(html.matches("<script>").count(), 1, "our own");
        assert!(!html.contains("\"><b>"), "an attribute was left");
        // As XML, but for what HTML writes without an end.
        let (before, rest) = html.split_once("<script>").unwrap();
        let (_, after) = rest.split_once("</script>").unwrap();
        let (head, style) = before.split_once("<style>").unwrap();
        let (_, body) = style.split_once("</style>").unwrap();
        let xml = format!("{head}{body}{after}")
            .replace("<!DOCTYPE html>", "")
            .replace("<meta charset=\"utf-8\">", "")
            .replace("initial-scale=1\">", "initial-scale=1\"/>")
            .replace(['\u{0}', '\u{1b}', '\u{fffe}'], "");
        let elements = elements(&xml);
        let count = |end: &str| elements.iter().filter(|(path, _)| path.ends_with(end)).count();
        assert_eq!((count("/h1"), count("/main"), count("/table"), count("/caption")), (1, 1, 3, 3));
        assert!(elements.iter().filter(|(path, _)| path.ends_with("/th")).all(|th| attribute(th, "scope").is_some()));
        let ids: Vec<&str> = elements.iter().filter_map(|element| attribute(element, "id")).collect();
        for target in elements.iter().filter_map(|element| attribute(element, "href")) {
            assert!(ids.contains(&target.trim_start_matches('#')), "{target} leads nowhere");
        }
    }
}

#[test]
fn the_page_loads_nothing() {
    let html = html(&report(Language::En));
    for outside in ["src=", "@import", "url(", "<link", "http:", "https:"] {
        assert!(!html.contains(outside), "{outside}");
    }
}

#[test]
fn the_page_has_the_totals_of_the_json() {
    let report = report(Language::En);
    let json = json(&report);
    let html = html(&report);
    assert_eq!(html.matches("<li class=\"finding\"").count() as u64, json["summary"]["findings"].as_u64().unwrap());
    for (word, key) in [("violating", "violates"), ("not assessable", "not-assessable"), ("conforming", "conforms")] {
        let number = &json["summary"]["outcomes"][key];
        let row = format!("<th scope=\"row\" class=\"{key}\">{word}</th><td class=\"{key} number\">{number}</td>");
        assert!(html.contains(&row), "{row}");
    }
}
