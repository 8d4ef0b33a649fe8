//! `viite check` in every format.

use crate::support::{EXCHANGE, Place};
use std::fs;

fn place() -> Place {
    let place = Place::with_region();
    place.write("a.xml", EXCHANGE);
    place.viite(&["import", "a.xml", "--region", "X1"]).good();
    place
}

#[test]
fn the_ending_of_the_file_tells_the_format() {
    let place = place();
    let check = ["check", "--fail-on", "never", "--output"];
    for (name, beginning) in
        [("r.json", "{"), ("r.xlsx", "PK"), ("r.csv", "code,region,"), ("r.txt", "Testikorpi (X1)")]
    {
        let run = place.viite(&[&check[..], &[name]].concat()).good();
        assert_eq!(run.stdout, "");
        let bytes = fs::read(place.path().join(name)).unwrap();
        assert!(bytes.starts_with(beginning.as_bytes()), "{name}");
    }
    place.viite(&[&check[..], &["r.pdf"]].concat()).fails_with(&["r.pdf tells no format", "--format"]);
}

#[test]
fn a_workbook_does_not_go_to_stdout_and_a_file_is_written_whole_or_not_at_all() {
    let place = place();
    place.viite(&["check", "--format", "xlsx"]).fails_with(&["--output FILE.xlsx"]);
    place.viite(&["check", "--output", "nowhere/r.json"]).fails_with(&["cannot write nowhere/r.json"]);
    assert!(!place.path().join("nowhere").exists());
}

#[test]
fn the_exit_code_is_the_same_in_every_format() {
    let place = place();
    let codes = ["text", "json", "csv"].map(|format| place.viite(&["check", "--format", format]).code);
    assert_eq!(codes, [1; 3]);
}
