//! The whole rule library over an invented nation, with the real reference.

use crate::generate::REGIONS;
use anyhow::{Context, Result};
use oxrdf::{GraphName, NamedNode, Quad};
use oxrdfio::{RdfFormat, RdfParser};
use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};
use viite_check::{CheckOptions, Library, Report, RuleScope};
use viite_model::{Language, Names, State, graphs, ns};
use viite_store::{CommitInfo, Config, Repository};

/// Rules that are listed: the slowest.
const LISTED: usize = 20;

/// Checks every region of the nation by every rule that judges regions, and tells what took how long.
pub(crate) fn report(nation: &Path, work: &Path) -> Result<()> {
    let repository = load(nation, &work.join("rules"))?;
    let names = repository.config().names()?;
    let snapshot = repository.snapshot()?;
    let library = Library::shipped()?;
    let rules: Vec<_> = library.rules().filter(|rule| rule.scope != RuleScope::Reference).collect();
    let options = CheckOptions::new(Language::En, "2026-01-01");
    let start = Instant::now();
    let report = viite_check::check(&snapshot, &names, &rules, &options);
    let took = start.elapsed();
    println!("\n## Rules, {} quads, {} rules over {REGIONS} regions\n", snapshot.len(), rules.len());
    println!(
        "All of them: {:.1} s, {} findings, {} things judged, {} rules stopped.\n",
        took.as_secs_f64(),
        report.findings.len(),
        report.counts().concerned(),
        report.failures.len()
    );
    println!("| rule | rows | seconds over all regions | longest run, s |\n|---|--:|--:|--:|");
    for timing in slowest(&report) {
        println!("| {} | {} | {:.2} | {:.2} |", timing.rule, timing.rows, timing.seconds, timing.longest);
    }
    Ok(())
}

fn slowest(report: &Report) -> Vec<viite_check::engine::Timing> {
    let mut timings = report.timings.clone();
    timings.sort_by(|a, b| b.seconds.total_cmp(&a.seconds));
    timings.truncate(LISTED);
    timings
}

/// The nation, the reference as it lies in the workspace, and which graph describes which region.
fn load(nation: &Path, folder: &Path) -> Result<Repository> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    let repository = Repository::init(folder, &Config::default())?;
    let mut writer = repository.write(Duration::from_secs(1))?;
    writer.load_nquads(&fs::read(nation)?)?;
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    for folder in ["ontology", "data/reference"] {
        for entry in fs::read_dir(workspace.join(folder))? {
            let path = entry?.path();
            if path.extension().is_some_and(|ending| ending == "ttl") {
                let package = path.file_stem().context("a file without a name")?.to_string_lossy();
                let graph = graphs::reference_package(&package, "0.1.0");
                for quad in RdfParser::from_format(RdfFormat::Turtle).for_slice(&fs::read(&path)?) {
                    let quad = quad.with_context(|| path.display().to_string())?;
                    writer.insert(&Quad { graph_name: GraphName::from(graph.clone()), ..quad });
                }
            }
        }
    }
    let names = repository.config().names()?;
    for region in 1..=REGIONS {
        for quad in described(region, &names)? {
            writer.insert(&quad);
        }
    }
    writer.commit(&CommitInfo::by_user("load"))?.context("nothing was loaded")?;
    Ok(repository)
}

fn described(region: u64, names: &Names) -> Result<[Quad; 3]> {
    let graph = NamedNode::new(format!("https://example.org/graph/region/X{region:02}/current/model.xml"))?;
    let of = graphs::region(&format!("X{region:02}"));
    let provenance = names.provenance();
    Ok([
        Quad::new(graph.clone(), ns::rdf::TYPE, ns::viite::DESCRIPTION, provenance.clone()),
        Quad::new(graph.clone(), ns::viite::IN_REGION, of, provenance.clone()),
        Quad::new(graph, ns::viite::STATE, State::Current.iri(), provenance),
    ])
}
