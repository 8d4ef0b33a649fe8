//! `viite status`

use crate::{
    Ending,
    args::{FileFormat, TableFormat, time_limit},
    output::{color, deliver, note},
    regions::Regions,
    session::{Session, names, today},
};
use anyhow::{Context, Result, bail};
use clap::{Args, ValueHint};
use std::{path::PathBuf, sync::Arc, time::Duration};
use viite_check::{CheckOptions, Report, Rule, Status, engine, finding::RegionName, status::Since};
use viite_store::{Repository, Snapshot};

/// How every region stands on every guideline and principle, and what changed
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  viite status
  viite status --since 2026-01-01
  viite status --since 12 --region 05
  viite status --output status.xlsx

One column for each region and state, with a sign for each guideline; below, over all guidelines, the things
that violate and the share that could be judged. With --region, a row for each guideline.
An earlier state is judged by the same rules and as of the same day, so that only facts
make a change.")]
pub(crate) struct StatusArgs {
    /// Only this region, by code or name; may be given several times
    #[arg(long, value_name = "CODE")]
    pub(crate) region: Vec<String>,
    /// Compare with the state at this revision, or at the end of this day (YYYY-MM-DD)
    #[arg(long, value_name = "REV|DATE")]
    pub(crate) since: Option<String>,
    /// How to show it; without it, as the ending of --output tells, else as text
    #[arg(long, value_enum)]
    pub(crate) format: Option<TableFormat>,
    /// Write to this file, whole or not at all
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) output: Option<PathBuf>,
    /// How long one rule may take in one region
    #[arg(long, value_name = "SECONDS", default_value = "60", value_parser = time_limit)]
    pub(crate) timeout: Duration,
}

pub(crate) fn run(session: &Session, args: &StatusArgs) -> Result<Ending> {
    let format = TableFormat::resolve(args.format, args.output.as_deref())?;
    let repository = session.open()?;
    let since = args.since.as_deref().map(|text| revision(&repository, text)).transpose()?;
    let names = names(&repository)?;
    let snapshot = repository.snapshot()?;
    let regions = Regions::of(&snapshot, &names)?;
    let asked = args.region.iter().map(|text| regions.find(text, session.language)).collect::<Result<Vec<_>>>()?;
    let shown: Vec<RegionName> = regions
        .iter()
        .filter(|region| asked.is_empty() || asked.iter().any(|asked| asked.iri == region.iri))
        .map(|region| RegionName { code: region.code.clone(), name: region.name(session.language).to_owned() })
        .collect();
    let options = CheckOptions {
        regions: asked.iter().map(|region| region.iri.clone()).collect(),
        timeout: args.timeout,
        ..CheckOptions::new(session.language, today())
    };
    let library = Session::library(&repository)?;
    let rules: Vec<&Rule> = library.rules().filter(|rule| engine::runs_by_default(rule)).collect();
    let judge = |snapshot: &Arc<Snapshot>| viite_check::check(snapshot, &names, &rules, &options);

    let now = judge(&snapshot);
    let before = match since {
        Some(since) => {
            let report = judge(&repository.snapshot_at(since.revision)?);
            Some((since, report))
        }
        None => None,
    };
    let failed = tell_failures(std::iter::once(&now).chain(before.as_ref().map(|(_, report)| report)));
    let status = Status::new(&now, before.as_ref().map(|(since, report)| (since.clone(), report)), &shown);
    deliver(args.output.as_deref(), |out| {
        match format {
            TableFormat::Text => status.write_text(!args.region.is_empty(), args.output.is_none() && color(), out)?,
            TableFormat::Json => status.write_json(out)?,
            TableFormat::Csv => status.by_guideline().write_csv(out)?,
            TableFormat::Xlsx => status.write_workbook(out)?,
        }
        Ok(())
    })?;
    Ok(if failed { Ending::Failed } else { Ending::Good })
}

/// What could not be run makes a status incomplete: that is told, once for each rule.
fn tell_failures<'a>(reports: impl Iterator<Item = &'a Report>) -> bool {
    let mut failures: Vec<_> = reports.flat_map(|report| &report.failures).collect();
    failures.sort_by_key(|failure| &failure.rule);
    failures.dedup_by_key(|failure| &failure.rule);
    for failure in &failures {
        note(format_args!("viite: rule {} failed: {}", failure.rule, failure.error));
    }
    !failures.is_empty()
}

/// The revision with this number, or the last one on or before this day.
fn revision(repository: &Repository, text: &str) -> Result<Since> {
    let found = match text.parse::<u64>() {
        Ok(number) => repository.revision(number)?,
        Err(_) => {
            let day: jiff::civil::Date = text.parse().ok().with_context(|| {
                format!("'{text}' is neither a revision ('viite log' lists them) nor a day (YYYY-MM-DD)")
            })?;
            let last = day.to_string();
            let mut revisions = repository.log()?; // newest first
            let Some(at) = revisions.iter().position(|revision| day_of(&revision.time) <= last.as_str()) else {
                bail!(
                    "there is no revision on or before {last}; the first is of {}",
                    revisions.last().map_or("no day", |revision| day_of(&revision.time))
                );
            };
            revisions.swap_remove(at)
        }
    };
    Ok(Since { revision: found.number, day: day_of(&found.time).to_owned() })
}

/// The day of a timestamp of the log (ISO 8601, UTC).
fn day_of(time: &str) -> &str {
    time.split('T').next().unwrap_or(time)
}
