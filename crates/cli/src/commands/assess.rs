//! `viite assess`

use super::import;
use crate::{
    Ending,
    args::{FailOn, FileFormat, TableFormat},
    output::{color, deliver, note},
    reference,
    regions::Regions,
    session::{Session, names, today},
};
use anyhow::{Context, Result, bail};
use clap::{Args, ValueHint};
use oxrdf::{GraphName, Literal, NamedNode, NamedOrBlankNode, Quad, Triple};
use std::{
    collections::HashSet,
    io::Write,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};
use viite_assess::{AssessOptions, Assessment, Share, assess, report};
use viite_check::{CheckOptions, Library, Report};
use viite_exchange::{Fate, ReadOptions};
use viite_model::{Names, State, graphs, ns};
use viite_store::{Snapshot, StoreError};

/// The rules that judge investments, portfolios, projects, phases and decisions.
const FAMILY: &str = "investments";
/// The rule that compares the whole life-cycle cost, where the source leaves open which part of it counts.
const WHOLE_COST: &str = "C5-life-cycle-cost";
/// How long one rule may take.
const TIMEOUT: Duration = Duration::from_secs(60);
/// The region of a proposal for which none is named.
const PROPOSAL: &str = "proposal";

/// Set investments against the criteria of the reference, and say what follows
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  viite assess 05                               the investments that the region described
  viite assess proposal.xlsx --lang sv          a proposal, without importing it
  viite assess proposal.ttl --region 05 --format json
  viite assess proposal.xlsx --share yearly --output assessment.xlsx
  viite template --investment --output proposal.xlsx

Every criterion is shown with threshold, value, margin and clause: it is met, it is not, or
a fact is missing. Then what follows: who assesses, at which level it is decided, at which
step of the yearly clock. The rules of investments judge portfolio, phases, decisions and
benefits; exit code 1 means that something violates one of them at or above --fail-on.")]
pub(crate) struct AssessArgs {
    /// A region, by code or name, or the file of a proposal (workbook or RDF)
    #[arg(value_name = "REGION|FILE", value_hint = ValueHint::FilePath)]
    target: String,
    /// The region that a file's proposal is of: what the region has described counts too
    #[arg(long, value_name = "CODE")]
    region: Option<String>,
    /// The state that a file's proposal is part of
    #[arg(long, default_value = "target")]
    state: State,
    /// Which part of the life-cycle cost is set against a year's income: whole or yearly
    #[arg(long, default_value = "whole")]
    share: Share,
    /// How to show it; without it, as the ending of --output tells, else as text
    #[arg(long, value_enum)]
    format: Option<TableFormat>,
    /// Write to this file, whole or not at all
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    output: Option<PathBuf>,
    /// From which severity on a violation makes the exit code 1
    #[arg(long, value_enum, default_value_t)]
    fail_on: FailOn,
}

pub(crate) fn run(session: &Session, args: &AssessArgs) -> Result<Ending> {
    let format = TableFormat::resolve(args.format, args.output.as_deref())?;
    let ground = Ground::of(session)?;
    let path = Path::new(&args.target);
    let subject =
        if path.is_file() { ground.with_proposal(session, path, args)? } else { ground.with_region(session, args)? };

    let options = AssessOptions {
        language: session.language,
        today: today(),
        share: args.share,
        region: subject.region.clone(),
        graph: subject.graph.clone(),
    };
    let assessment = assess(&subject.snapshot, &subject.names, &options)?;
    let findings = subject.findings(session, args.share, &options.today);
    deliver(args.output.as_deref(), |out| write(&assessment, &findings, format, args, out))?;

    if !findings.failures.is_empty() {
        for failure in &findings.failures {
            note(format_args!("viite: rule {} failed: {}", failure.rule, failure.error));
        }
        return Ok(Ending::Failed);
    }
    let fails = args.fail_on.threshold().is_some_and(|threshold| findings.violates_at(threshold));
    Ok(if fails { Ending::Findings } else { Ending::Good })
}

fn write(
    assessment: &Assessment,
    findings: &Report,
    format: TableFormat,
    args: &AssessArgs,
    out: &mut dyn Write,
) -> Result<()> {
    match format {
        TableFormat::Text => report::write_text(assessment, findings, args.output.is_none() && color(), out)?,
        TableFormat::Json => report::write_json(assessment, findings, out)?,
        TableFormat::Csv => report::write_csv(assessment, out)?,
        TableFormat::Xlsx => report::write_workbook(assessment, findings, out)?,
    }
    Ok(())
}

/// What the assessment stands on: the repository at hand, or the reference that the program carries.
struct Ground {
    snapshot: Arc<Snapshot>,
    names: Names,
    library: Library,
}

/// The ground, with what is assessed.
struct Subject {
    snapshot: Arc<Snapshot>,
    names: Names,
    library: Library,
    region: NamedNode,
    /// The graph of the proposal; none when everything of the region is assessed.
    graph: Option<NamedNode>,
}

impl Ground {
    fn of(session: &Session) -> Result<Self> {
        match session.open() {
            Ok(repository) => Ok(Self {
                snapshot: repository.snapshot()?,
                names: names(&repository)?,
                library: Session::library(&repository)?,
            }),
            // A proposal can be assessed without a repository.
            Err(error) => match error.downcast_ref() {
                Some(StoreError::NotFound(_)) if !session.names_repository() => Ok(Self {
                    snapshot: Arc::new(Snapshot::from_quads(carried()?)?),
                    names: Names::new(Names::DEFAULT_BASE)?,
                    library: Library::shipped()?,
                }),
                _ => Err(error),
            },
        }
    }

    fn with_region(self, session: &Session, args: &AssessArgs) -> Result<Subject> {
        if let Some(region) = &args.region {
            bail!("there is no file {}, and --region {region} says whose proposal a file is", args.target);
        }
        let regions = Regions::of(&self.snapshot, &self.names)?;
        let region = regions
            .find(&args.target, session.language)
            .with_context(|| format!("there is no file {} either", args.target))?
            .iri
            .clone();
        Ok(Subject { snapshot: self.snapshot, names: self.names, library: self.library, region, graph: None })
    }

    /// The ground as it would be if the file were imported.
    fn with_proposal(self, session: &Session, path: &Path, args: &AssessArgs) -> Result<Subject> {
        let regions = Regions::of(&self.snapshot, &self.names)?;
        let (code, region) = match &args.region {
            Some(text) => {
                let region = regions.find(text, session.language)?;
                (region.code.clone(), region.iri.clone())
            }
            None => (PROPOSAL.to_owned(), graphs::region(PROPOSAL)),
        };
        let options = ReadOptions {
            state: args.state,
            language: session.explicit_language,
            ..ReadOptions::new(&self.names, &code)
        };
        let file = import::read(path, None, &options)?;
        for loss in file.import.losses.iter().filter(|loss| loss.fate != Fate::Aside) {
            note(loss.told(session.language));
        }
        let graph = self.names.description(&code, args.state, &file.name);
        let mut triples = file.import.triples;
        let decisions = viite_review::Decisions::of(&self.snapshot, &self.names);
        triples.extend(viite_review::identify(&triples, &self.snapshot, &decisions).facts);
        let replaced = self.snapshot.graph_quads(&graph);
        let added = self.proposal(&graph, &region, args.state, &file.name, triples);
        let snapshot = self.snapshot.with_changes(replaced.iter().map(Quad::as_ref), added.iter().map(Quad::as_ref))?;
        Ok(Subject {
            snapshot: Arc::new(snapshot),
            names: self.names,
            library: self.library,
            region,
            graph: Some(graph),
        })
    }

    /// The facts of the proposal, and which description they are.
    fn proposal(
        &self,
        graph: &NamedNode,
        region: &NamedNode,
        state: State,
        file: &str,
        triples: Vec<Triple>,
    ) -> Vec<Quad> {
        let provenance = self.names.provenance();
        let of = |triple: Triple, graph: &NamedNode| triple.in_graph(GraphName::from(graph.clone()));
        let class = Triple::new(graph.clone(), ns::rdf::TYPE, ns::viite::DESCRIPTION);
        let place = Triple::new(graph.clone(), ns::viite::IN_REGION, region.clone());
        let shows = Triple::new(graph.clone(), ns::viite::STATE, state.iri());
        let mut quads: Vec<Quad> = [class, place, shows].into_iter().map(|triple| of(triple, &provenance)).collect();
        if *region == graphs::region(PROPOSAL) {
            // Nobody said whose proposal it is: it goes by the name of its file.
            let name = Triple::new(region.clone(), ns::rdfs::LABEL, Literal::from(file));
            quads.push(of(name, &provenance));
        }
        quads.extend(triples.into_iter().map(|triple| of(triple, graph)));
        quads
    }
}

impl Subject {
    /// What the rules of investments say about the things that are assessed.
    fn findings(&self, session: &Session, share: Share, today: &str) -> Report {
        // The rule reads the source the other way; the criterion tells what the yearly share comes to.
        let other_reading = |id: &str| share == Share::Yearly && id == WHOLE_COST;
        let rules: Vec<_> =
            self.library.rules().filter(|rule| rule.family == FAMILY && !other_reading(&rule.id)).collect();
        let options = CheckOptions {
            regions: vec![self.region.clone()],
            timeout: TIMEOUT,
            ..CheckOptions::new(session.language, today)
        };
        let mut report = viite_check::check(&self.snapshot, &self.names, &rules, &options);
        if let Some(graph) = &self.graph {
            let described: HashSet<String> = self
                .snapshot
                .graph_quads(graph)
                .into_iter()
                .filter_map(|quad| match quad.subject {
                    NamedOrBlankNode::NamedNode(node) => Some(node.into_string()),
                    NamedOrBlankNode::BlankNode(_) => None,
                })
                .collect();
            report.findings.retain(|finding| described.contains(&finding.focus));
        }
        report
    }
}

/// The reference that the program carries.
fn carried() -> Result<Vec<Quad>> {
    let mut quads = Vec::new();
    for package in reference::packages()? {
        let graph = GraphName::from(package.graph());
        quads.extend(package.triples.into_iter().map(|triple| triple.in_graph(graph.clone())));
    }
    Ok(quads)
}
