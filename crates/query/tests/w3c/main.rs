//! The W3C SPARQL 1.1 query and update suites, against our own dataset, planner and writers.
//!
//! They are not in this repository: set `VIITE_FIXTURES` to the folder `fixtures` beside which the
//! folder `w3c` lies, or put that folder at `../shared/w3c`. Without it the test says so and passes.
//!
//! `W3C_FILTER=text` runs only the tests whose name contains the text.

mod ignored;
mod manifest;
mod results;

use manifest::{Case, Kind, manifests};
use oxrdf::{Dataset, GraphName, NamedNode, Quad};
use oxrdfio::{RdfFormat, RdfParser};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use viite_query::{Answer, Format, Prepared, QueryOptions, UpdateOptions, format, update};
use viite_store::{DefaultGraph, Scope, Snapshot};

type Outcome = Result<(), Box<dyn std::error::Error>>;

#[test]
fn the_w3c_suites_pass() {
    let Some(root) = suite_root() else {
        eprintln!("SKIPPED: no W3C suite at $VIITE_FIXTURES/../w3c/sparql11 or ../shared/w3c/sparql11");
        return;
    };
    let filter = std::env::var("W3C_FILTER").unwrap_or_default();
    let (mut passed, mut failed) = (0, Vec::new());
    let mut left_out: BTreeMap<&str, usize> = BTreeMap::new();
    let mut unused: Vec<&str> = ignored::TESTS.iter().map(|(name, _)| *name).collect();
    for file in manifests(&root.join("manifest-all.ttl")) {
        for case in manifest::cases(&file) {
            let name = case.short_name(&root);
            if !name.contains(&filter) {
                continue;
            }
            unused.retain(|ignored| *ignored != name);
            if let Some(reason) = ignored::reason(&name) {
                *left_out.entry(reason).or_default() += 1;
                continue;
            }
            match run(&case, true) {
                Ok(()) => passed += 1,
                Err(error) => {
                    let without = match run(&case, false) {
                        Ok(()) => "passes without the planner".to_owned(),
                        Err(error) => format!("without the planner: {error}"),
                    };
                    failed.push(format!("{name}: {error}\n    ({without})"));
                }
            }
        }
    }
    let ignored: usize = left_out.values().sum();
    eprintln!("W3C SPARQL 1.1: {passed} passed, {} failed, {ignored} left out", failed.len());
    for (reason, count) in &left_out {
        eprintln!("  left out {count}: {reason}");
    }
    assert!(failed.is_empty(), "{} failed:\n{}", failed.len(), failed.join("\n"));
    if filter.is_empty() {
        assert!(passed > 400, "the suite is smaller than it was: only {passed} passed");
        assert!(unused.is_empty(), "on the ignore list but not in the suite: {unused:?}");
    }
}

fn suite_root() -> Option<PathBuf> {
    let shared = match std::env::var_os("VIITE_FIXTURES") {
        Some(fixtures) => PathBuf::from(fixtures).parent()?.to_owned(),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"),
    };
    let root = shared.join("w3c/sparql11").canonicalize().ok()?;
    root.join("manifest-all.ttl").exists().then_some(root)
}

fn run(case: &Case, planned: bool) -> Outcome {
    match case.kind {
        Kind::PositiveSyntax => {
            Prepared::parse(&text(&case.action)?, Some(&case.action))?;
        }
        Kind::NegativeSyntax => {
            if Prepared::parse(&text(&case.action)?, Some(&case.action)).is_ok() {
                return Err("no error".into());
            }
        }
        Kind::PositiveUpdateSyntax => {
            // Parsed, but not run against anything.
            parse_update(&case.action)?;
        }
        Kind::NegativeUpdateSyntax => {
            if parse_update(&case.action).is_ok() {
                return Err("no error".into());
            }
        }
        Kind::Query => query(case, planned)?,
        Kind::Csv => csv(case)?,
        Kind::Update => updated(case)?,
        Kind::Other => return Err("a kind of test that the harness does not know".into()),
    }
    Ok(())
}

fn parse_update(file: &str) -> Outcome {
    let nothing = Snapshot::from_quads(Vec::<Quad>::new())?;
    let options = UpdateOptions { base: Some(file.to_owned()), ..UpdateOptions::default() };
    match update(&text(file)?, &nothing, &options) {
        // It parsed; that an empty repository cannot carry it out is no fault of the syntax.
        Ok(_) | Err(viite_query::QueryError::Update { .. }) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

fn options() -> QueryOptions {
    QueryOptions { scope: scope(), ..QueryOptions::default() }
}

fn scope() -> Scope {
    Scope { default: DefaultGraph::Unnamed, named: None }
}

fn query(case: &Case, planned: bool) -> Outcome {
    let snapshot = Snapshot::from_quads(case.data.load()?)?;
    let text = text(&case.action)?;
    let prepared = Prepared::parse(&text, Some(&case.action))?;
    let answer =
        if planned { prepared.run(&snapshot, &options())? } else { prepared.run_unplanned(&snapshot, &options())? };
    let result = case.result_file.as_ref().ok_or("no result file")?;
    let ordered = text.to_uppercase().contains("ORDER BY") && !result.ends_with("ttl");
    match answer {
        Answer::Boolean(found) => {
            let expected = results::expected_boolean(result)?;
            if found != expected {
                return Err(format!("{found} instead of {expected}").into());
            }
            Ok(())
        }
        Answer::Solutions(solutions) => {
            let found = results::of_solutions(solutions, ordered)?;
            results::same(&found, &results::expected_solutions(result, ordered)?)
        }
        Answer::Graph(triples) => {
            let triples = triples.collect::<Result<Vec<_>, _>>()?;
            let found = triples.into_iter().map(|t| t.in_graph(GraphName::DefaultGraph)).collect();
            let expected = load(result, &GraphName::DefaultGraph)?.into_iter().collect();
            results::same(&found, &expected)
        }
    }
}

/// CSV says too little to be read back: the lines are compared, blank nodes being all alike.
fn csv(case: &Case) -> Outcome {
    let snapshot = Snapshot::from_quads(case.data.load()?)?;
    let answer = Prepared::parse(&text(&case.action)?, Some(&case.action))?.run(&snapshot, &options())?;
    let mut found = Vec::new();
    format::write(answer, Format::Csv, &mut found)?;
    let lines = |csv: &str| {
        let mut lines: Vec<_> = csv
            .lines()
            .map(|line| {
                let cells: Vec<_> =
                    line.split(',').map(|cell| if cell.starts_with("_:") { "_:" } else { cell }).collect();
                cells.join(",")
            })
            .collect();
        lines.sort();
        lines
    };
    let expected = text(case.result_file.as_ref().ok_or("no result file")?)?;
    let found = String::from_utf8(found)?;
    if lines(&found) != lines(&expected) {
        return Err(format!("{found}\ninstead of\n{expected}").into());
    }
    Ok(())
}

fn updated(case: &Case) -> Outcome {
    let before = case.data.load()?;
    let snapshot = Snapshot::from_quads(before.clone())?;
    let options =
        UpdateOptions { scope: scope(), load_files: true, base: Some(case.action.clone()), ..UpdateOptions::default() };
    let changes = update(&text(&case.action)?, &snapshot, &options)?;
    let mut after: Dataset = before.into_iter().collect();
    for quad in &changes.removed {
        if !after.remove(quad) {
            return Err(format!("removes {quad}, which is not there").into());
        }
    }
    for quad in &changes.added {
        if !after.insert(quad) {
            return Err(format!("adds {quad}, which is there").into());
        }
    }
    results::same(&after, &case.expected.load()?.into_iter().collect())
}

fn path(iri: &str) -> Result<PathBuf, Box<dyn std::error::Error>> {
    Ok(PathBuf::from(iri.strip_prefix("file://").ok_or("not a file")?))
}

fn text(iri: &str) -> Result<String, Box<dyn std::error::Error>> {
    Ok(std::fs::read_to_string(path(iri)?)?)
}

/// The quads of an RDF file, into a graph.
fn load(iri: &str, graph: &GraphName) -> Result<Vec<Quad>, Box<dyn std::error::Error>> {
    let path = path(iri)?;
    let extension = path.extension().and_then(|e| e.to_str()).ok_or("no extension")?;
    let format = RdfFormat::from_extension(extension).ok_or("not RDF")?;
    let parser =
        RdfParser::from_format(format).with_base_iri(iri)?.with_default_graph(graph.clone()).rename_blank_nodes();
    Ok(parser.for_slice(&std::fs::read(&path)?).collect::<Result<_, _>>()?)
}

/// Files that make up a dataset.
#[derive(Debug, Default)]
struct Data {
    default: Vec<String>,
    named: Vec<(NamedNode, String)>,
}

impl Data {
    fn load(&self) -> Result<Vec<Quad>, Box<dyn std::error::Error>> {
        let mut quads = Vec::new();
        for file in &self.default {
            quads.extend(load(file, &GraphName::DefaultGraph)?);
        }
        for (name, file) in &self.named {
            quads.extend(load(file, &name.clone().into())?);
        }
        Ok(quads)
    }
}
