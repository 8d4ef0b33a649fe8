//! How well names are matched: a labelled set against the reference that the program carries.

use oxrdf::{NamedNode, Quad};
use oxttl::TurtleParser;
use std::{fs, path::Path};
use viite_model::{graphs, ns};
use viite_review::Matcher;
use viite_store::Snapshot;

const NAMES: &str = include_str!("data/names.tsv");

/// The packages of the repository's `data/reference`.
fn reference() -> Snapshot {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/reference");
    let mut quads = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "ttl") {
            let graph = graphs::reference_package(&path.file_stem().unwrap().to_string_lossy(), "test");
            for triple in TurtleParser::new().for_slice(&fs::read(&path).unwrap()) {
                quads.push(triple.unwrap().in_graph(graph.clone()));
            }
        }
    }
    Snapshot::from_quads::<Quad>(quads).unwrap()
}

struct Label {
    text: &'static str,
    resource: Option<NamedNode>,
}

fn labels() -> Vec<Label> {
    NAMES
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| {
            let (text, resource) = line.split_once('\t').expect("a tab between name and resource");
            let resource = (resource != "-")
                .then(|| NamedNode::new(ns::expand(resource).expect("a prefix that the program knows")).unwrap());
            Label { text, resource }
        })
        .collect()
}

#[test]
fn the_labelled_set_is_large_and_a_third_of_it_confusable() {
    let labels = labels();
    let confusable = labels.iter().filter(|label| label.resource.is_none()).count();
    assert!(labels.len() >= 250, "{} names", labels.len());
    assert!(confusable * 3 >= labels.len(), "{confusable} of {} names", labels.len());
    let mut texts: Vec<&str> = labels.iter().map(|label| label.text).collect();
    texts.sort_unstable();
    texts.dedup();
    assert_eq!(texts.len(), labels.len(), "a name stands there twice");
}

#[test]
fn every_resource_of_the_labelled_set_is_in_the_reference() {
    let matcher = Matcher::of(&reference());
    for resource in labels().into_iter().filter_map(|label| label.resource) {
        assert!(matcher.find(resource.as_str(), None, None).certain.is_some(), "{resource}");
    }
}

/// The figures are printed: `cargo test -p viite-review --test matching -- --nocapture`.
#[test]
fn no_certain_match_is_wrong_and_most_names_are_found() {
    let matcher = Matcher::of(&reference());
    let labels = labels();
    let (mut certain, mut wrong, mut offered, mut asked) = (0, Vec::new(), 0, 0);
    let mut missed = Vec::new();
    for label in &labels {
        let found = matcher.find(label.text, None, None);
        asked += usize::from(label.resource.is_none() && !found.candidates.is_empty());
        match (&label.resource, &found.certain) {
            (Some(right), Some(candidate)) if candidate.resource == *right => certain += 1,
            (_, Some(candidate)) => wrong.push(format!("{} -> {candidate:?}", label.text)),
            (Some(right), None) if found.candidates.iter().any(|candidate| candidate.resource == *right) => {
                offered += 1;
            }
            (Some(_), None) => missed.push(label.text),
            (None, None) => {}
        }
    }
    let named = labels.iter().filter(|label| label.resource.is_some()).count();
    let share = |count: usize, of: usize| count as f64 / of as f64;
    let precision = share(certain, certain + wrong.len());
    let recall = share(certain, named);
    let with_doubtful = share(certain + offered, named);
    println!(
        "{} names, {} of them confusable: certain matches {certain}, precision {precision:.3}, recall {recall:.3}; \
         with doubtful ones recall {with_doubtful:.3}; {asked} confusable names would be shown to a person",
        labels.len(),
        labels.len() - named,
    );
    println!("not found at all: {missed:?}");
    assert!(wrong.is_empty(), "wrong certain matches:\n{}", wrong.join("\n"));
    assert!(recall >= 0.93, "recall of certain matches {recall:.3}; missed {missed:?}");
    assert!(with_doubtful >= 0.97, "recall with doubtful ones {with_doubtful:.3}; missed {missed:?}");
}
