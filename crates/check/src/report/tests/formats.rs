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
