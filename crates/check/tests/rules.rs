//! Walks every shipped rule: documented, resolvable, and right about each of its cases.

use oxrdf::{GraphName, Quad, Term};
use oxrdfio::{RdfFormat, RdfParser};
use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    fs,
    path::{Path, PathBuf},
};
use viite_check::{CheckOptions, Library, cases};
use viite_model::{Language, graphs, ns};
use viite_store::Snapshot;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Ontology and reference, each file in a graph of its own as in a repository.
fn reference() -> Vec<Quad> {
    let mut quads = Vec::new();
    for folder in ["ontology", "data/reference"] {
        for entry in fs::read_dir(root().join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_none_or(|ending| ending != "ttl") {
                continue;
            }
            let package = path.file_stem().unwrap().to_string_lossy();
            let graph = GraphName::from(graphs::reference_package(&package, "test"));
            let text = fs::read(&path).unwrap();
            for quad in RdfParser::from_format(RdfFormat::Turtle).rename_blank_nodes().for_slice(&text) {
                let quad = quad.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
                quads.push(Quad { graph_name: graph.clone(), ..quad });
            }
        }
    }
    quads
}

#[test]
fn every_shipped_rule_keeps_the_contract() {
    let library = Library::shipped().unwrap_or_else(|error| panic!("{error}"));
    assert!(library.rules().count() >= 12, "at least twelve rules are shipped");
}

#[test]
fn every_clause_is_in_the_reference_and_has_a_name_in_every_language() {
    let reference = reference();
    let mut names: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for quad in &reference {
        if quad.predicate.as_ref() == ns::rdfs::LABEL
            && let Term::Literal(label) = &quad.object
        {
            names.entry(quad.subject.to_string()).or_default().insert(label.language().unwrap_or_default().to_owned());
        }
    }
    let nowhere: Vec<String> = Library::shipped()
        .unwrap()
        .rules()
        .filter(|rule| {
            Language::ALL.iter().any(|language| {
                names.get(&rule.clause.to_string()).is_none_or(|languages| !languages.contains(language.tag()))
            })
        })
        .map(|rule| format!("{}: {}", rule.id, ns::shorten(rule.clause.as_str())))
        .collect();
    assert!(nowhere.is_empty(), "clauses that the reference does not name in fi, sv and en: {nowhere:#?}");
}

#[test]
fn every_rule_answers_its_cases_as_they_say() {
    let reference = Snapshot::from_quads(reference()).unwrap();
    let options = CheckOptions::new(Language::En, "2026-01-01".to_owned());
    let mut faults = Vec::new();
    for rule in Library::shipped().unwrap().rules() {
        let path = root().join("queries/checks").join(&rule.file).with_extension("cases.trig");
        let Ok(text) = fs::read_to_string(&path) else {
            faults.push(format!("{}: no {}", rule.id, path.display()));
            continue;
        };
        let cases = match cases::parse(&text) {
            Ok(cases) => cases,
            Err(error) => {
                faults.push(format!("{}: {error}", path.display()));
                continue;
            }
        };
        faults.extend(cases::missing_kinds(&cases).into_iter().map(|kind| format!("{}: no case:{kind}", rule.id)));
        for case in &cases {
            if let Err(error) = cases::run(rule, case, &reference, &options) {
                faults.push(format!("{}: {error}", rule.id));
            }
        }
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn every_case_file_lies_beside_its_rule() {
    let files: HashSet<String> =
        Library::shipped().unwrap().rules().map(|rule| rule.file.replace(".rq", ".cases.trig")).collect();
    let checks = root().join("queries/checks");
    for family in fs::read_dir(&checks).unwrap().map(|entry| entry.unwrap().path()) {
        if !family.is_dir() {
            continue;
        }
        for file in fs::read_dir(&family).unwrap().map(|entry| entry.unwrap().path()) {
            let name = file.strip_prefix(&checks).unwrap().to_string_lossy().replace('\\', "/");
            assert!(!name.ends_with(".cases.trig") || files.contains(&name), "{name} has no rule beside it");
        }
    }
}
