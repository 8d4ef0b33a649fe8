use crate::support::{EXCHANGE, Place};

/// Importing this must fail with exit code 2, say these words, and leave the repository as it was.
#[track_caller]
fn refused(name: &str, content: impl AsRef<[u8]>, said: &[&str]) {
    let place = Place::with_region();
    place.write(name, content);
    let before = place.export();
    place.viite(&["import", name, "--region", "X1"]).fails_with(&[&[name], said].concat());
    assert!(before == place.export(), "the repository is unchanged");
    assert_eq!(place.revisions(), 2);
}

#[test]
fn an_empty_file() {
    refused("empty.xml", "", &["empty"]);
    refused("blank.xml", " \n\t ", &["empty"]);
}

#[test]
fn a_file_of_the_wrong_kind() {
    refused("picture.xml", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", &["image"]);
    refused("book.xlsx", b"PK\x03\x04\x14\0\x06\0\x08\0", &["zip"]);
    refused("page.xml", "<html><body>no model</body></html>", &["html"]);
    refused("note.txt", "Just some words about architecture.\n", &["Viite reads"]);
}

#[test]
fn a_file_that_is_cut_off() {
    let cut = &EXCHANGE[..EXCHANGE.find("</elements>").unwrap()];
    refused("cut.xml", cut, &["cut.xml:"]);
    refused("cut.ttl", "@prefix v: <https://example.org/> .\nv:a v:b \"no end", &["cut.ttl:2"]);
}

#[test]
fn a_file_in_an_unknown_encoding() {
    let unknown = EXCHANGE.replace("UTF-8", "x-klingon");
    refused("odd.xml", unknown, &["x-klingon"]);
}

#[test]
fn a_billion_laughs() {
    let mut laughs = String::from("<?xml version=\"1.0\"?>\n<!DOCTYPE model [\n<!ENTITY a0 \"ha\">\n");
    for level in 1..=9 {
        let inner = format!("&a{};", level - 1).repeat(10);
        laughs.push_str(&format!("<!ENTITY a{level} \"{inner}\">\n"));
    }
    let model = EXCHANGE.replace("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n", "").replace("Tyrsky", "&a9;");
    laughs.push_str("]>\n");
    laughs.push_str(&model);
    refused("laughs.xml", laughs, &["laughs.xml:"]);
}

#[test]
fn an_identifier_used_twice_is_diagnosed_and_the_rest_is_imported() {
    let place = Place::with_region();
    place.write("twice.xml", EXCHANGE.replace("identifier=\"id-2\"", "identifier=\"id-1\""));
    let json = place.viite(&["import", "twice.xml", "--region", "X1", "--format", "json"]).good().json();
    let losses = json["losses"].as_array().unwrap();
    assert!(losses.iter().any(|loss| loss.to_string().contains("id-1")), "{losses:?}");
    assert!(json["elements"].as_u64().unwrap() >= 2);
}

#[test]
fn a_file_that_is_not_there_and_a_folder() {
    let place = Place::with_region();
    place.viite(&["import", "nowhere.xml", "--region", "X1"]).fails_with(&["cannot read nowhere.xml"]);
    place.viite(&["import", ".", "--region", "X1"]).fails_with(&["is a folder without CSV tables"]);
}

#[test]
fn one_bad_file_keeps_the_whole_delivery_out_and_all_faults_are_told() {
    let place = Place::with_region();
    place.write("good.xml", EXCHANGE);
    place.write("bad.xml", "");
    place.write("worse.xml", "<html/>");
    let before = place.export();
    place.viite(&["import", "good.xml", "bad.xml", "worse.xml", "--region", "X1"]).fails_with(&[
        "bad.xml",
        "worse.xml",
        "Nothing was imported",
    ]);
    assert!(before == place.export());
}

#[test]
fn two_files_of_one_name() {
    let place = Place::with_region();
    std::fs::create_dir(place.path().join("sub")).unwrap();
    place.write("a.xml", EXCHANGE);
    place.write("sub/a.xml", EXCHANGE);
    place.viite(&["import", "a.xml", "sub/a.xml", "--region", "X1"]).fails_with(&["two of the files are called a.xml"]);
}

#[test]
fn no_input_panics() {
    let place = Place::with_region();
    let bytes = EXCHANGE.as_bytes();
    for length in (0..bytes.len()).step_by(97) {
        place.write("cut.xml", &bytes[..length]);
        let run = place.viite(&["import", "cut.xml", "--region", "X1", "--dry-run"]);
        assert!(run.code == 0 || run.code == 2, "cut at {length}: {}", run.stderr);
        assert!(!run.stderr.contains("panicked"), "cut at {length}: {}", run.stderr);
    }
}
