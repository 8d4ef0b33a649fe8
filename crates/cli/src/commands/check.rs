//! `viite check`

use crate::{
    Ending,
    args::{FailOn, FileFormat, ReportFormat, seconds},
    output::{color, deliver},
    regions::Regions,
    session::{Session, names, today},
};
use anyhow::Result;
use clap::{Args, ValueHint};
use std::{io::Write, path::PathBuf, time::Duration};
use viite_check::{CheckOptions, Library, Report, Rule, RuleScope, engine, report::TextOptions};

/// Missing facts of one rule in a region that are shown one by one when all rules run.
const FOLDED: usize = 5;

/// Judge what regions describe against the reference
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  viite check
  viite check --region 05 --lang sv
  viite check --rule G08-same-purpose --format json
  viite check --output findings.xlsx
  viite check --reference --fail-on warning

A rule answers for every thing that it concerns: it conforms, violates, cannot be
assessed (the missing fact is named), or is an accepted deviation. Exit code 1 means
that something violates at or above --fail-on.")]
pub(crate) struct CheckArgs {
    /// Only this region, by code or name; may be given several times
    #[arg(long, value_name = "CODE")]
    pub(crate) region: Vec<String>,
    /// Only this rule; may be given several times
    #[arg(long, value_name = "ID")]
    pub(crate) rule: Vec<String>,
    /// Judge the reference itself instead of the regions
    #[arg(long, conflicts_with_all = ["region", "rule"])]
    pub(crate) reference: bool,
    /// How to show what was found; without it, as the ending of --output tells, else as text
    #[arg(long, value_enum)]
    pub(crate) format: Option<ReportFormat>,
    /// Write to this file, whole or not at all
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) output: Option<PathBuf>,
    /// From which severity on a violation makes the exit code 1
    #[arg(long, value_enum, default_value_t)]
    pub(crate) fail_on: FailOn,
    /// Show at most so many findings; the totals still count them all
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<usize>,
    /// How long one rule may take in one region
    #[arg(long, value_name = "SECONDS", default_value = "60", value_parser = seconds)]
    pub(crate) timeout: Duration,
}

pub(crate) fn run(session: &Session, args: &CheckArgs) -> Result<Ending> {
    let format = ReportFormat::resolve(args.format, args.output.as_deref())?;
    let repository = session.open()?;
    let snapshot = repository.snapshot()?;
    let names = names(&repository)?;
    let regions = Regions::of(&snapshot, &names)?;
    let library = Session::library(&repository)?;
    let rules = rules(&library, args)?;
    let options = CheckOptions {
        language: session.language,
        today: today(),
        regions: args
            .region
            .iter()
            .map(|text| Ok(regions.find(text, session.language)?.iri.clone()))
            .collect::<Result<_>>()?,
        timeout: args.timeout,
    };
    let report = viite_check::check(&snapshot, &names, &rules, &options);

    deliver(args.output.as_deref(), |out| write(&report, format, args, out))?;

    if !report.failures.is_empty() {
        for failure in &report.failures {
            crate::output::note(format_args!("viite: rule {} failed: {}", failure.rule, failure.error));
        }
        return Ok(Ending::Failed);
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
        ReportFormat::Json => report.write_json(args.limit, out)?,
        ReportFormat::Csv => report.write_csv(out)?,
        ReportFormat::Xlsx => report.write_workbook(out)?,
    }
    Ok(())
}

/// The rules that were asked for; else all that judge regions, or all that judge the reference.
fn rules<'a>(library: &'a Library, args: &CheckArgs) -> Result<Vec<&'a Rule>> {
    if args.rule.is_empty() {
        return Ok(library
            .rules()
            .filter(
                |rule| {
                    if args.reference { rule.scope == RuleScope::Reference } else { engine::runs_by_default(rule) }
                },
            )
            .collect());
    }
    let mut rules = args.rule.iter().map(|id| Ok(library.rule(id)?)).collect::<Result<Vec<&Rule>>>()?;
    rules.sort_by_key(|rule| &rule.id);
    rules.dedup_by_key(|rule| &rule.id);
    Ok(rules)
}
