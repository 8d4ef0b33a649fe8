//! Questions of the library, and the answers that the reference gives.

use crate::support::Place;
use std::{collections::BTreeSet, fs, path::Path};

/// Where the expected answers lie, beside their questions.
fn library() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../queries/library")
}

#[test]
fn every_question_has_the_answer_that_stands_beside_it() {
    let place = Place::repository();
    let mut asked = 0;
    for entry in fs::read_dir(library()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "rq") {
            continue;
        }
        let id = path.file_stem().unwrap().to_str().unwrap();
        let expected = fs::read_to_string(path.with_extension("expected.csv")).unwrap();
        let run = place.viite(&["ask", id, "--format", "csv", "--lang", "en"]).good();
        let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(lines(&run.stdout), lines(&expected), "{id}");
        asked += 1;
    }
    assert!(asked > 15, "only {asked} questions were found");
}

#[test]
fn the_list_names_every_question_in_the_language_at_hand() {
    let place = Place::repository();
    let all = place.viite(&["ask", "--format", "json"]).good().json();
    let listed: BTreeSet<String> =
        all.as_array().unwrap().iter().map(|question| question["id"].as_str().unwrap().to_owned()).collect();
    assert!(listed.contains("measure-actors"));
    let swedish = place.viite(&["ask", "--lang", "sv"]).good().stdout;
    assert!(listed.iter().all(|id| swedish.contains(id.as_str())));
}

#[test]
fn a_parameter_changes_the_answer() {
    let place = Place::repository();
    let nine = place.viite(&["ask", "measure-actors", "--set", "measure=s0:M9", "--format", "csv"]).good().stdout;
    let sixteen = place.viite(&["ask", "measure-actors", "--set", "measure=s0:M16", "--format", "csv"]).good().stdout;
    assert_ne!(nine, sixteen);
    assert!(sixteen.contains("actor/kela"), "{sixteen}");
}

#[test]
fn what_cannot_be_asked_is_told_with_the_way_out() {
    let place = Place::repository();
    place.viite(&["ask", "nothing-of-the-kind"]).fails_with(&["no question 'nothing-of-the-kind'", "viite ask"]);
    place.viite(&["ask", "measure-actors", "--set", "mesure=s0:M9"]).fails_with(&["no parameter 'mesure'", "measure"]);
    place.viite(&["ask", "measure-actors", "--set", "measure"]).fails_with(&["NAME=VALUE"]);
}
