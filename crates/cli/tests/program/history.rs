use crate::support::{EXCHANGE, Place};
use std::fs;

fn imported() -> Place {
    let place = Place::with_region();
    place.write("a.xml", EXCHANGE);
    place.viite(&["import", "a.xml", "--region", "X1"]).good();
    place
}

#[test]
fn the_log_tells_who_what_and_from_which_file() {
    let place = imported();
    let log = place.viite(&["log", "--format", "json"]).good().json();
    let newest = &log[0];
    assert_eq!(newest["number"], 3);
    assert_eq!(newest["author"], "Tester");
    assert!(newest["message"].as_str().unwrap().contains("a.xml"));
    assert_eq!(newest["sources"][0]["name"], "a.xml");
    assert_eq!(newest["sources"][0]["bytes"], EXCHANGE.len());
    assert_eq!(newest["prev"], log[1]["id"]);
    assert_eq!(place.viite(&["log", "--limit", "1", "--format", "json"]).good().json().as_array().unwrap().len(), 1);
    let text = place.viite(&["log"]).good().stdout;
    assert!(text.contains("revision 3") && text.contains("file a.xml"), "{text}");
}

#[test]
fn a_diff_forwards_and_backwards_is_the_same_the_other_way_round() {
    let place = imported();
    let there = place.viite(&["diff", "2", "3", "--format", "json"]).good().json();
    let back = place.viite(&["diff", "3", "2", "--format", "json"]).good().json();
    assert!(!there["added"].as_array().unwrap().is_empty());
    assert_eq!(there["added"], back["removed"]);
    assert_eq!(there["removed"], back["added"]);
    let text = place.viite(&["diff", "2", "3"]).good().stdout;
    assert!(text.lines().any(|line| line.starts_with("A <") && line.ends_with(" .")), "{text}");
    place.viite(&["diff", "1", "99"]).fails_with(&["there is no revision 99", "from 1 to 3"]);
}

#[test]
fn an_earlier_state_can_be_had_back() {
    let place = imported();
    let before = place.viite(&["export", "--at", "2"]).good().stdout;
    assert!(!before.contains("Tyrsky"));
    assert!(place.export().contains("Tyrsky"));
    let at = place.viite(&["at", "2", "--format", "json"]).good().json();
    assert_eq!(at["facts"], before.lines().count());
    assert!(place.viite(&["at", "2"]).good().stdout.contains("facts"));
    let ask = "ASK { ?s rdfs:label 'Tyrsky'@fi }";
    assert_eq!(place.viite(&["query", "--format", "csv", ask]).good().stdout.trim(), "true");
    assert_eq!(place.viite(&["query", "--format", "csv", "--at", "2", ask]).good().stdout.trim(), "false");
    place.viite(&["at", "77"]).fails_with(&["there is no revision 77"]);
}

#[test]
fn two_exports_of_one_state_are_equal_byte_for_byte() {
    let place = imported();
    for format in ["nquads", "trig", "turtle", "ntriples"] {
        let once = place.viite(&["export", "--format", format]).good().stdout;
        fs::remove_dir_all(place.path().join(".viite/snapshots")).unwrap();
        let twice = place.viite(&["export", "--format", format]).good().stdout;
        assert!(!once.is_empty());
        assert!(once == twice, "{format} differs");
    }
    let other = imported();
    let facts = |place: &Place| {
        let lines = place.export();
        let own: Vec<String> = lines.lines().filter(|line| !line.contains("endedAtTime")).map(str::to_owned).collect();
        own
    };
    assert!(facts(&place) == facts(&other), "the same steps lead to the same facts in the same order");
}

#[test]
fn an_export_goes_to_a_file_whole_and_can_be_cut_to_a_graph() {
    let place = imported();
    place.viite(&["export", "--output", "all.nq"]).good();
    assert_eq!(fs::read_to_string(place.path().join("all.nq")).unwrap(), place.export());
    let graph = "https://w3id.org/viite/id/graph/decisions";
    let one = place.viite(&["export", "--graph", graph, "--format", "turtle"]).good().stdout;
    assert!(one.contains("Testikorpi") && !one.contains("Tyrsky"), "{one}");
    place.viite(&["export", "--graph", "https://example.org/no"]).fails_with(&["there is no graph"]);
    place.viite(&["export", "--format", "docx"]).fails_with(&["unknown format 'docx'", "nquads"]);
    place.viite(&["export", "--output", "no/such/folder/x.nq"]).fails_with(&["cannot write no/such/folder/x.nq"]);
}

#[test]
fn what_was_exported_can_be_loaded_again() {
    let place = imported();
    let quads = place.viite(&["export", "--format", "trig"]).good().stdout;
    let parsed =
        oxrdfio::RdfParser::from_format(oxrdfio::RdfFormat::TriG).for_slice(&quads).map(Result::unwrap).count();
    assert_eq!(parsed, place.export().lines().count());
}

#[test]
fn verify_finds_nothing_in_a_sound_repository_and_names_an_altered_log() {
    let place = imported();
    let sound = place.viite(&["verify", "--format", "json"]).good().json();
    assert_eq!(sound["problems"].as_array().unwrap().len(), 0);
    assert_eq!(sound["revisions"], 3);

    let log = place.path().join(".viite/log.sqlite");
    let mut bytes = fs::read(&log).unwrap();
    let place_of_author = bytes.windows(6).position(|window| window == b"Tester").unwrap();
    bytes[place_of_author] = b'F';
    fs::write(&log, bytes).unwrap();
    let run = place.viite(&["verify"]).ends_with(2);
    assert!(run.stdout.contains("revision "), "{}", run.stdout);
}

#[test]
fn a_damaged_snapshot_is_noticed_and_built_again() {
    let place = imported();
    let before = place.export();
    let folder = place.path().join(".viite/snapshots");
    for file in fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()) {
        let mut bytes = fs::read(&file).unwrap();
        bytes.truncate(bytes.len() / 2);
        fs::write(&file, bytes).unwrap();
    }
    assert!(before == place.export());
}
