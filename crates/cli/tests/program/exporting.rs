//! A region's description written out again.

use crate::support::{EXCHANGE, Place};
use std::fs;

fn described() -> Place {
    let place = Place::with_region();
    place.write("a.xml", EXCHANGE);
    place.viite(&["import", "a.xml", "--region", "X1"]).good();
    place
}

#[test]
fn a_workbook_is_written_with_what_it_cannot_carry_on_stderr_and_is_read_again() {
    let place = described();
    let export = ["export", "--region", "X1", "--format", "xlsx", "--lang", "fi", "--output", "out.xlsx"];
    let run = place.viite(&export).good();
    assert_eq!(run.stdout, "");
    assert!(run.stderr.contains("ei mukana: ") && run.stderr.contains(" kpl)"), "{}", run.stderr);
    let again = ["import", "out.xlsx", "--region", "X1", "--as", "a.xml", "--format", "json"];
    assert_eq!(place.viite(&again).good().json()["elements"], 3);
}

#[test]
fn tables_are_written_to_a_folder_or_an_archive_and_are_read_again() {
    let place = described();
    for output in ["tables", "tables.zip"] {
        place.viite(&["export", "--region", "X1", "--format", "csv", "--lang", "sv", "--output", output]).good();
        let json = place.viite(&["import", output, "--region", "X1", "--dry-run", "--format", "json"]).good().json();
        assert_eq!(json["elements"], 3, "{json}");
    }
    // A folder that is there may hold somebody's work; an empty one does not.
    place.viite(&["export", "--region", "X1", "--format", "csv", "--output", "tables"]).fails_with(&["new folder"]);
    fs::create_dir(place.path().join("empty")).unwrap();
    place.viite(&["export", "--region", "X1", "--format", "csv", "--output", "empty"]).good();
    assert!(fs::read_dir(place.path().join("empty")).unwrap().count() > 0);
}

#[test]
fn what_cannot_be_written_leaves_what_was_there() {
    let place = described();
    place.write("old.xlsx", "old");
    let xlsx = |more: &[&str]| place.viite(&[&["export", "--format", "xlsx"], more].concat());
    xlsx(&["--region", "Nowhere", "--output", "old.xlsx"]).fails_with(&["Nowhere"]);
    xlsx(&["--region", "X1", "--state", "target", "--output", "old.xlsx"]).fails_with(&["no description"]);
    xlsx(&["--region", "X1", "--output", "missing/out.xlsx"]).fails_with(&["cannot write"]);
    xlsx(&["--region", "X1"]).fails_with(&["--output"]);
    xlsx(&["--output", "old.xlsx"]).fails_with(&["--region"]);
    assert_eq!(fs::read(place.path().join("old.xlsx")).unwrap(), b"old");
    let csv = ["export", "--format", "csv", "--region", "X1", "--output", "missing/tables"];
    place.viite(&csv).fails_with(&["cannot write"]);
    assert!(!place.path().join("missing").exists());
}
