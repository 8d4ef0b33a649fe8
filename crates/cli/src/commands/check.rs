//! `viite check`

mod baseline;
mod selection;
mod timings;

use crate::{
    Ending,
    args::{FailOn, FileFormat, Level, ReportFormat, time_limit},
    findings::read_shapes,
    output::{color, deliver, finish, note, print_json, print_table, results, table},
    regions::Regions,
    session::{Session, names, state, today},
};
use anyhow::Result;
use clap::{Args, ValueHint};
use selection::Selection;
use std::{io::Write, path::PathBuf, sync::Arc, time::Duration};
use viite_check::{CheckOptions, Report, profile, report::TextOptions, shapes::check_shapes};
use viite_model::State;
use viite_store::{Repository, Snapshot};

/// Missing facts of one rule in a region that are shown one by one when all rules run.
const FOLDED: usize = 5;

/// Judge what regions describe against the reference
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  viite check
  viite check --region 05 --lang sv
  viite check --profile region-target-state --region 05
  viite check --rule 'G06-*' --format json
  viite check --family kanta --severity warning --output findings.xlsx
  viite check --baseline baseline.json
  viite check --shapes own-shapes.ttl --region 05
  viite check --reference --fail-on warning

A rule answers for every thing that it concerns: it conforms, violates, cannot be
assessed (the missing fact is named), or is an accepted deviation. Exit code 1 means
that something violates at or above --fail-on; with a baseline, something new.")]
pub(crate) struct CheckArgs {
    /// Only this region, by code or name; may be given several times
    #[arg(long, value_name = "CODE")]
    pub(crate) region: Vec<String>,
    /// Only this state: current or target
    #[arg(long, value_name = "STATE")]
    pub(crate) state: Vec<State>,
    /// Only this rule, * standing for any letters; may be given several times
    #[arg(long, value_name = "ID")]
    pub(crate) rule: Vec<String>,
    /// Only rules of this family; may be given several times
    #[arg(long, value_name = "NAME")]
    pub(crate) family: Vec<String>,
    /// Only rules of this severity or above
    #[arg(long, value_enum, value_name = "LEVEL")]
    pub(crate) severity: Option<Level>,
    /// What a profile asks for: which rules, states, severities and version; 'list' shows them
    #[arg(long, value_name = "NAME")]
    pub(crate) profile: Option<String>,
    /// Judge by the SHACL shapes of this file too; may be given several times
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) shapes: Vec<PathBuf>,
    /// Judge the reference itself instead of the regions
    #[arg(long, conflicts_with_all = ["region", "rule", "profile", "shapes"])]
    pub(crate) reference: bool,
    /// The state at this revision, not the newest
    #[arg(long, value_name = "REV")]
    pub(crate) at: Option<u64>,
    /// How to show what was found; without it, as the ending of --output tells, else as text
    #[arg(long, value_enum)]
    pub(crate) format: Option<ReportFormat>,
    /// Write to this file, whole or not at all
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) output: Option<PathBuf>,
    /// From which severity on a violation makes the exit code 1
    #[arg(long, value_enum, default_value_t)]
    pub(crate) fail_on: FailOn,
    /// What violated before does not fail: a revision, a JSON report, or a file of --write-baseline
    #[arg(long, value_name = "REV|FILE", value_hint = ValueHint::FilePath)]
    pub(crate) baseline: Option<String>,
    /// Write what violates as a baseline; one that is there loses what was fixed, and never grows by itself
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) write_baseline: Option<PathBuf>,
    /// Let the baseline take in what is new
    #[arg(long, requires = "write_baseline")]
    pub(crate) grow_baseline: bool,
    /// As text or JSON, show at most so many findings; the totals still count them all
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<usize>,
    /// How long one rule may take in one region
    #[arg(long, value_name = "SECONDS", default_value = "60", value_parser = time_limit)]
    pub(crate) timeout: Duration,
    /// Tell how long every rule took and how many rows it gave
    #[arg(long)]
    pub(crate) timings: bool,
}

pub(crate) fn run(session: &Session, args: &CheckArgs) -> Result<Ending> {
    let format = ReportFormat::resolve(args.format, args.output.as_deref())?;
    let repository = session.open()?;
    if args.profile.as_deref() == Some("list") {
        return list_profiles(session, &repository, format);
    }
    let snapshot = state(&repository, args.at)?;
    let names = names(&repository)?;
    let regions = Regions::of(&snapshot, &names)?;
    let library = Session::library(&repository)?;
    let selection = Selection::of(&library, &repository, args)?;
    let options = CheckOptions {
        regions: args
            .region
            .iter()
            .map(|text| Ok(regions.find(text, session.language)?.iri.clone()))
            .collect::<Result<_>>()?,
        states: selection.states.clone(),
        severities: selection.severities.clone(),
        reference: selection.reference(&snapshot)?,
        timeout: args.timeout,
        list_conforming: format == ReportFormat::Junit,
        ..CheckOptions::new(session.language, today())
    };
    let shapes = read_shapes(&args.shapes)?;
    let check = |snapshot: &Arc<Snapshot>| {
        let mut report = viite_check::check(snapshot, &names, &selection.rules, &options);
        if let Some(shapes) = &shapes {
            check_shapes(&mut report, shapes, snapshot, &names, &options);
        }
        report
    };
    let mut report = check(&snapshot);
    report.switched_off = library.switched_off().to_vec();
    if let Some(text) = &args.baseline {
        let check = |number| Ok(check(&repository.snapshot_at(number)?));
        baseline::read(text, check)?.compare(text, &mut report);
    }

    deliver(args.output.as_deref(), |out| write(&report, format, args, out))?;
    if args.timings && format != ReportFormat::Json {
        timings::tell(&report);
    }
    if !report.failures.is_empty() {
        for failure in &report.failures {
            note(format_args!("viite: rule {} failed: {}", failure.rule, failure.error));
        }
        return Ok(Ending::Failed);
    }
    if let Some(path) = &args.write_baseline {
        baseline::write(path, &report, args.grow_baseline, session.language)?;
    }
    let fails = args.fail_on.threshold().is_some_and(|threshold| report.violates_at(threshold));
    Ok(if fails { Ending::Findings } else { Ending::Good })
}

fn write(report: &Report, format: ReportFormat, args: &CheckArgs, out: &mut dyn Write) -> Result<()> {
    match format {
        ReportFormat::Text => {
            // Somebody who asks for one rule, or for so many findings, wants to see them.
            let fold = (args.rule.is_empty() && args.limit.is_none()).then_some(FOLDED);
            let color = args.output.is_none() && color();
            report.write_text(&TextOptions { color, limit: args.limit, fold }, out)?;
        }
        ReportFormat::Json if args.timings => report.write_json_with_timings(args.limit, out)?,
        ReportFormat::Json => report.write_json(args.limit, out)?,
        ReportFormat::Sarif => report.write_sarif(out)?,
        ReportFormat::Junit => report.write_junit(args.fail_on.threshold(), out)?,
        ReportFormat::Html => report.write_html(out)?,
        ReportFormat::Csv => report.write_csv(out)?,
        ReportFormat::Xlsx => report.write_workbook(out)?,
    }
    Ok(())
}

/// The folder of a repository's own profiles.
pub(crate) fn profiles_folder(repository: &Repository) -> PathBuf {
    repository.root().join("data/profiles")
}

fn list_profiles(session: &Session, repository: &Repository, format: ReportFormat) -> Result<Ending> {
    show_profiles(session, &profiles_folder(repository), format == ReportFormat::Json)?;
    Ok(Ending::Good)
}

/// The profiles, with what they judge.
pub(crate) fn show_profiles(session: &Session, folder: &std::path::Path, json: bool) -> Result<()> {
    let profiles = profile::profiles(folder)?;
    let text = |text: &viite_model::Text| text.get(session.language).unwrap_or_default().to_owned();
    if json {
        let profiles: Vec<_> = profiles
            .iter()
            .map(|profile| {
                serde_json::json!({
                    "id": profile.id,
                    "name": text(&profile.name),
                    "description": text(&profile.description),
                    "states": profile.states,
                    "reference": profile.reference,
                })
            })
            .collect();
        return print_json(&profiles);
    }
    let mut rows = table(&session.language.of([
        ["profiili", "nimi", "kuvaus"],
        ["profil", "namn", "beskrivning"],
        ["profile", "name", "description"],
    ]));
    for profile in &profiles {
        rows.add_row([&profile.id, &text(&profile.name), &text(&profile.description)]);
    }
    let mut out = results();
    print_table(&mut out, &rows)?;
    finish(out)
}
