//! `viite review`

use crate::{
    Ending,
    args::time_limit,
    output::{deliver, note},
    regions::{Region, Regions},
    session::{Session, names, state, today},
};
use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum, ValueHint};
use oxrdf::{NamedNode, Quad};
use std::{collections::BTreeSet, path::PathBuf, sync::Arc, time::Duration};
use viite_check::{CheckOptions, Rule, engine, finding::RegionName};
use viite_describe::{Products, render};
use viite_model::Names;
use viite_query::facts::Facts;
use viite_review::{Review, ReviewOrder, descriptions};
use viite_store::{Repository, Revision, Snapshot};

/// The compatibility review of a region: what it delivered, how that stands, and what it must answer
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  viite review 05
  viite review Kainuu --lang fi --output arvio.docx
  viite review 05 --lang sv --format md
  viite review 05 --format json
  viite review 05 --since 12             changes since that revision

It tells which products of the JHS 179 grid were delivered, what was lost in reading the files, how
every guideline and principle came out and how much could be assessed, which national services the
region has, plans and lacks, duplicates, gaps of responsibility, data stores with originals and
copies, accepted deviations, what changed since the last delivery, and the questions that the region
must answer, ordered by how many checks each would make assessable.
JSON: 'delivered', 'conformance', 'integrations', 'duplicates', 'responsibilities', 'dataStores',
'deviations', 'changes', 'questions'; docs/review.schema.json describes it.")]
pub(crate) struct ReviewArgs {
    /// The region, by code or name
    pub(crate) region: String,
    /// Compare with the state at this revision; without it, with what there was before the last delivery
    #[arg(long, value_name = "REV")]
    pub(crate) since: Option<u64>,
    /// Review the state at this revision, not the newest
    #[arg(long, value_name = "REV")]
    pub(crate) at: Option<u64>,
    /// Rows of each table in the text; 0 shows all
    #[arg(long, value_name = "N", default_value = "8")]
    pub(crate) limit: usize,
    /// How to show it; without it, as the ending of --output tells, else as text
    #[arg(long, value_enum)]
    pub(crate) format: Option<ReviewFormat>,
    /// Write to this file, whole or not at all
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) output: Option<PathBuf>,
    /// How long one rule or question may take
    #[arg(long, value_name = "SECONDS", default_value = "60", value_parser = time_limit)]
    pub(crate) timeout: Duration,
}

/// How a review is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReviewFormat {
    /// For people, in short first
    Text,
    /// For programs
    Json,
    /// Markdown with tables
    Md,
    /// One page for a browser or a printer
    Html,
    /// Word; needs --output
    Docx,
}

pub(crate) fn run(session: &Session, args: &ReviewArgs) -> Result<Ending> {
    let format = format(args)?;
    let repository = session.open()?;
    let names = names(&repository)?;
    let snapshot = state(&repository, args.at)?;
    let regions = Regions::of(&snapshot, &names)?;
    let region = regions.find(&args.region, session.language)?;
    let products = Products::with_folder(&repository.root().join("queries/describe"))?;
    let library = Session::library(&repository)?;
    let rules: Vec<&Rule> = library.rules().filter(|rule| engine::runs_by_default(rule)).collect();
    let options = CheckOptions {
        regions: vec![region.iri.clone()],
        timeout: args.timeout,
        ..CheckOptions::new(session.language, today())
    };
    let before = match args.since {
        Some(number) => Some(repository.revision(number)?),
        None => before_last_delivery(&repository, &names, region, args.at)?,
    };
    let earlier = before.as_ref().map(|revision| repository.snapshot_at(revision.number)).transpose()?;
    // What did not describe the region is nothing to compare with.
    let earlier = earlier.filter(|earlier| !graphs(earlier, &names, region).is_empty());
    let report = viite_check::check(&snapshot, &names, &rules, &options);
    let revision = match args.at {
        Some(number) => Some(repository.revision(number)?),
        None => repository.head()?,
    };
    let order = ReviewOrder {
        region: region.iri.clone(),
        name: RegionName { code: region.code.clone(), name: region.name(session.language).to_owned() },
        language: session.language,
        today: options.today,
        revision: revision.map(|revision| (revision.number, revision.time)),
        report: &report,
        products: &products,
        before: earlier.as_ref().zip(before).map(|(snapshot, revision)| (snapshot, revision.number, revision.time)),
        timeout: args.timeout,
    };
    let review = Review::of(&snapshot, &names, &order)?;
    for failure in &report.failures {
        note(format_args!("viite: rule {} failed: {}", failure.rule, failure.error));
    }
    let rows = if args.limit == 0 { usize::MAX } else { args.limit };
    deliver(args.output.as_deref(), |out| {
        let document = |format| (review.document(), format);
        let (document, format) = match format {
            ReviewFormat::Text => return Ok(review.write_text(rows, out)?),
            ReviewFormat::Json => return Ok(review.write_json(out)?),
            ReviewFormat::Md => document(render::Format::Markdown),
            ReviewFormat::Html => document(render::Format::Html),
            ReviewFormat::Docx => document(render::Format::Word),
        };
        Ok(render::write(&document, format, render::Surroundings::default(), out)?)
    })?;
    Ok(if report.failures.is_empty() { Ending::Good } else { Ending::Failed })
}

/// The format that was asked for, else that of the file's ending, else text.
fn format(args: &ReviewArgs) -> Result<ReviewFormat> {
    let format = match (args.format, &args.output) {
        (Some(format), _) => format,
        (None, None) => ReviewFormat::Text,
        (None, Some(file)) => {
            let ending = file.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
            let ending = if ending == "txt" { "text" } else { &ending };
            ReviewFormat::from_str(ending, true).ok().with_context(|| {
                format!(
                    "the ending of {} tells no format: a review is written as txt, json, md, html or docx",
                    file.display()
                )
            })?
        }
    };
    if format == ReviewFormat::Docx && args.output.is_none() {
        bail!("a Word file is not written to stdout: name a file with --output FILE.docx");
    }
    Ok(format)
}

/// The graphs that describe a region.
fn graphs(snapshot: &Arc<Snapshot>, names: &Names, region: &Region) -> Vec<NamedNode> {
    let all = descriptions(&Facts::new(snapshot), names).into_iter();
    all.filter(|description| description.region == region.iri).map(|description| description.graph).collect()
}

/// The revision before the last one that imported something of the region; none if that was the first revision.
fn before_last_delivery(
    repository: &Repository,
    names: &Names,
    region: &Region,
    at: Option<u64>,
) -> Result<Option<Revision>> {
    let newest_first = repository.log()?;
    let last = at.unwrap_or(u64::MAX);
    // A revision without files imported nothing.
    let imports = newest_first.iter().filter(|revision| revision.number <= last && !revision.sources.is_empty());
    for revision in imports {
        let snapshot = repository.snapshot_at(revision.number)?;
        let of_region: BTreeSet<String> =
            graphs(&snapshot, names, region).into_iter().map(|graph| format!("<{}>", graph.as_str())).collect();
        if of_region.is_empty() {
            return Ok(None); // nothing of the region was there yet
        }
        let earlier = revision.number - 1;
        let changes = repository.diff(earlier, revision.number)?;
        let touched = |quad: &Quad| of_region.contains(&quad.graph_name.to_string());
        if changes.added.iter().chain(&changes.removed).any(touched) {
            return Ok(newest_first.into_iter().find(|revision| revision.number == earlier));
        }
    }
    Ok(None)
}
