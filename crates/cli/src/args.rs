//! The command line as it is written. What it means in a repository is for the commands to find out.

use crate::commands::{
    answer::AnswerArgs, ask::AskArgs, assess::AssessArgs, at::AtArgs, check::CheckArgs, compare::CompareArgs,
    demo::DemoArgs, describe::DescribeArgs, diff::DiffArgs, explain::ExplainArgs, export::ExportArgs,
    impact::ImpactArgs, import::ImportArgs, init::InitArgs, languages::LanguagesArgs, log::LogArgs,
    mapping::MappingArgs, matching::MatchArgs, query::QueryArgs, raci::RaciArgs, reference::ReferenceArgs,
    region::RegionArgs, review::ReviewArgs, rule::RuleArgs, show::ShowArgs, status::StatusArgs, template::TemplateArgs,
    update::UpdateArgs, verify::VerifyArgs, waive::WaiveArgs,
};
use anyhow::{Context, Result, bail};
use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
    time::Duration,
};
use viite_model::{Language, Severity};

/// Keeps a national reference architecture and the architecture descriptions of regions,
/// and tells what conforms, what does not, and what cannot be judged because a fact is missing.
#[derive(Debug, Parser)]
#[command(
    name = "viite",
    version,
    propagate_version = true,
    after_help = "\
Examples:
  viite demo                                   see everything at work, in ./viite-demo
  viite init ea && cd ea                       a repository with the national reference
  viite import model.archimate --region 05     what a region sent in
  viite check --region 05                      what conforms, what does not, what is missing
  viite query 'SELECT * { ?s a viite:Region }' ask anything

Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 the command could not do its work."
)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What every command takes.
#[derive(Debug, Args)]
pub(crate) struct Global {
    /// The repository; without it, the folder at hand or the nearest one above
    #[arg(short = 'C', long = "repository", value_name = "DIR", global = true, value_hint = ValueHint::DirPath)]
    pub(crate) repository: Option<PathBuf>,
    /// The language of texts: fi, sv or en; without it, that of the locale
    #[arg(long, value_name = "LANG", global = true)]
    pub(crate) lang: Option<Language>,
    /// How long to wait for another process that is writing
    #[arg(long, value_name = "SECONDS", global = true, default_value = "10", value_parser = seconds)]
    pub(crate) wait: Duration,
}

/// One job.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Init(InitArgs),
    Region(RegionArgs),
    Import(ImportArgs),
    Mapping(MappingArgs),
    Template(TemplateArgs),
    Export(ExportArgs),
    Check(CheckArgs),
    Status(StatusArgs),
    Raci(RaciArgs),
    Explain(ExplainArgs),
    Waive(WaiveArgs),
    Answer(AnswerArgs),
    Rule(RuleArgs),
    Assess(AssessArgs),
    Review(ReviewArgs),
    Compare(CompareArgs),
    Describe(DescribeArgs),
    Query(QueryArgs),
    Ask(AskArgs),
    Update(UpdateArgs),
    Show(ShowArgs),
    Impact(ImpactArgs),
    Languages(LanguagesArgs),
    Reference(ReferenceArgs),
    Match(MatchArgs),
    Log(LogArgs),
    Diff(DiffArgs),
    At(AtArgs),
    Verify(VerifyArgs),
    Demo(DemoArgs),
}

/// Text for people, JSON for programs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    #[default]
    Text,
    Json,
}

/// How a table is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum TableFormat {
    /// For people
    Text,
    /// For programs
    Json,
    /// For a spreadsheet (RFC 4180)
    Csv,
    /// A workbook; needs --output
    Xlsx,
}

/// How a report is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportFormat {
    /// For people
    Text,
    /// For programs; docs/report.schema.json describes it
    Json,
    /// For code-review tools (SARIF 2.1.0)
    Sarif,
    /// For build servers: a suite for each region, a case for each rule and thing
    Junit,
    /// A row for each finding (RFC 4180)
    Csv,
    /// A workbook: summary, findings, coverage, regions and guidelines; needs --output
    Xlsx,
    /// One page for a browser or a printer
    Html,
}

/// A format that the ending of a file's name can tell, and that may be one of bytes.
pub(crate) trait FileFormat: ValueEnum + Copy + PartialEq {
    /// What is written to stdout when nothing is said.
    const DEFAULT: Self;
    /// The format that does not belong on a terminal.
    const WORKBOOK: Self;

    /// The format of a file with this ending.
    fn of_ending(ending: &str) -> Option<Self> {
        Self::from_str(ending, true).ok()
    }

    /// The format that was asked for; else that of the file's ending; else text.
    ///
    /// # Errors
    /// When the ending tells nothing, or bytes would go to stdout.
    fn resolve(asked: Option<Self>, file: Option<&Path>) -> Result<Self> {
        let format = match (asked, file) {
            (Some(format), _) => format,
            (None, None) => Self::DEFAULT,
            (None, Some(file)) => {
                let ending = file.extension().and_then(OsStr::to_str).unwrap_or_default();
                Self::of_ending(&ending.to_ascii_lowercase()).with_context(|| {
                    format!("the ending of {} tells no format: say it with --format", file.display())
                })?
            }
        };
        if format == Self::WORKBOOK && file.is_none() {
            bail!("a workbook is not written to stdout: name a file with --output FILE.xlsx");
        }
        Ok(format)
    }
}

impl FileFormat for TableFormat {
    const DEFAULT: Self = Self::Text;
    const WORKBOOK: Self = Self::Xlsx;
}

impl FileFormat for ReportFormat {
    const DEFAULT: Self = Self::Text;
    const WORKBOOK: Self = Self::Xlsx;

    fn of_ending(ending: &str) -> Option<Self> {
        match ending {
            "txt" => Some(Self::Text),
            "xml" => Some(Self::Junit),
            "htm" => Some(Self::Html),
            other => Self::from_str(other, true).ok(),
        }
    }
}

/// How much a rule matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Level {
    Violation,
    Warning,
    Info,
}

impl Level {
    pub(crate) const fn severity(self) -> Severity {
        match self {
            Self::Violation => Severity::Violation,
            Self::Warning => Severity::Warning,
            Self::Info => Severity::Info,
        }
    }
}

/// From which severity on a violation counts as failure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    #[default]
    Violation,
    Warning,
    Info,
    Never,
}

impl FailOn {
    pub(crate) fn threshold(self) -> Option<Severity> {
        match self {
            Self::Violation => Some(Severity::Violation),
            Self::Warning => Some(Severity::Warning),
            Self::Info => Some(Severity::Info),
            Self::Never => None,
        }
    }
}

pub(crate) fn assignment(text: &str) -> std::result::Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or_else(|| format!("'{text}' has no =: write NAME=VALUE"))?;
    Ok((name.trim().to_owned(), value.trim().to_owned()))
}

/// A time limit: some time, or nothing could be done in it.
pub(crate) fn time_limit(text: &str) -> Result<Duration, String> {
    match seconds(text)? {
        Duration::ZERO => Err("nothing can be done in no time: give at least a fraction of a second".to_owned()),
        limit => Ok(limit),
    }
}

pub(crate) fn seconds(text: &str) -> std::result::Result<Duration, String> {
    let number: f64 = text.parse().map_err(|_| format!("'{text}' is no number of seconds"))?;
    Duration::try_from_secs_f64(number).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_holds_together() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_command_shows_examples() {
        let missing: Vec<String> = Cli::command()
            .get_subcommands()
            .filter(|command| command.get_after_help().is_none_or(|help| !help.to_string().contains("Examples:")))
            .map(|command| command.get_name().to_owned())
            .collect();
        assert!(missing.is_empty(), "{missing:?}");
    }
}
