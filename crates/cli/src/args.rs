//! The command line as it is written. What it means in a repository is for the commands to find out.

use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use std::{path::PathBuf, time::Duration};
use viite_model::{Language, Severity, State};

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
    Export(ExportArgs),
    Check(CheckArgs),
    Rule(RuleArgs),
    Query(QueryArgs),
    Ask(AskArgs),
    Update(UpdateArgs),
    Show(ShowArgs),
    Reference(ReferenceArgs),
    Log(LogArgs),
    Diff(DiffArgs),
    At(AtArgs),
    Verify(VerifyArgs),
    Demo(DemoArgs),
}

/// Make a repository that holds the national reference
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  viite init ea
  viite init ea --base https://ea.example.org/id/")]
pub(crate) struct InitArgs {
    /// The folder; it is made if it does not exist
    #[arg(value_hint = ValueHint::DirPath)]
    pub(crate) dir: PathBuf,
    /// Where the IRIs of the repository's own things begin: an absolute IRI that ends in / or #
    #[arg(long, value_name = "IRI")]
    pub(crate) base: Option<String>,
}

/// List the regions, or add one that the reference does not know
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  viite region list
  viite region add X1 --name Esimerkkiseutu --lang fi")]
pub(crate) struct RegionArgs {
    #[command(subcommand)]
    pub(crate) command: RegionCommand,
}

/// What to do with regions.
#[derive(Debug, Subcommand)]
pub(crate) enum RegionCommand {
    /// Every region, with what it has described
    List {
        /// How to show it
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Add a region; --lang tells the language of its name
    Add {
        /// Its code: letters, digits and hyphens
        code: String,
        /// Its name
        #[arg(long)]
        name: String,
    },
}

/// Read a region's architecture description into the repository
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  viite import model.archimate --region 05
  viite import now.xml --region Kainuu --state current
  viite import plan.ttl --region 05 --state target --dry-run
  viite import tables/ --region 05
  viite import *.xml --region 05 --format json

The kind of a file is told by what is in it: ArchiMate exchange format, Archi, RDF
(Turtle, TriG, N-Triples, N-Quads, RDF/XML, JSON-LD) or CSV. A folder is read as a set of
CSV tables that name each other's things. Importing a file again replaces
what it said before; if it says the same, nothing happens.")]
pub(crate) struct ImportArgs {
    /// The files; a folder stands for the CSV tables in it
    #[arg(required = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) files: Vec<PathBuf>,
    /// The region, by code or name
    #[arg(long, value_name = "CODE")]
    pub(crate) region: String,
    /// Which state the files show
    #[arg(long, default_value_t)]
    pub(crate) state: State,
    /// Show what would change, and change nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// How to show what was read
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

/// Write out what the repository holds, in an order that is always the same
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  viite export --format nquads > everything.nq
  viite export --format trig --at 3 --output third.trig
  viite export --format turtle --graph https://w3id.org/viite/graph/reference/actors/0.1.0")]
pub(crate) struct ExportArgs {
    /// nquads, trig, turtle, ntriples, rdfxml or jsonld
    #[arg(long, default_value = "nquads")]
    pub(crate) format: String,
    /// The state at this revision, not the newest
    #[arg(long, value_name = "REV")]
    pub(crate) at: Option<u64>,
    /// Only this graph; may be given several times
    #[arg(long, value_name = "IRI")]
    pub(crate) graph: Vec<String>,
    /// Write to this file, whole or not at all
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) output: Option<PathBuf>,
}

/// Judge what regions describe against the reference
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  viite check
  viite check --region 05 --lang sv
  viite check --rule G08-same-purpose --format json
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
    /// How to show what was found
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
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

/// List the rules, or explain one
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  viite rule
  viite rule --format json
  viite rule G08-same-purpose --lang fi")]
pub(crate) struct RuleArgs {
    /// The rule to explain
    pub(crate) id: Option<String>,
    /// How to show it
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

/// Ask in SPARQL: SELECT, ASK, CONSTRUCT or DESCRIBE
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  viite query 'SELECT ?system ?name { ?system a viite:InformationSystem ; rdfs:label ?name }'
  viite query --file question.rq --format csv
  echo 'ASK { region:05 a viite:Region }' | viite query
  viite query --explain 'SELECT * { ?a viite:function ?f . ?b viite:function ?f }'

Prefixes such as viite:, region:, nat:, func:, s4:, rdfs: and skos: need no declaration.
Without FROM the question is put to all graphs merged, every triple once.")]
pub(crate) struct QueryArgs {
    /// The question
    #[arg(conflicts_with = "file")]
    pub(crate) query: Option<String>,
    /// Read the question from this file
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) file: Option<PathBuf>,
    /// table, csv, tsv, json, xml; for triples turtle, ntriples, trig
    #[arg(long)]
    pub(crate) format: Option<String>,
    /// Stop after this time
    #[arg(long, value_name = "SECONDS", default_value = "300", value_parser = seconds)]
    pub(crate) timeout: Duration,
    /// Stop after so many rows or triples, and say so
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<usize>,
    /// Show in which order the patterns are matched, with estimated and actual rows
    #[arg(long)]
    pub(crate) explain: bool,
    /// Ask the state at this revision, not the newest
    #[arg(long, value_name = "REV")]
    pub(crate) at: Option<u64>,
}

/// Ask a question of the library by its name, or list them
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  viite ask
  viite ask measure-actors
  viite ask measure-actors --set measure=s0:M9 --lang sv
  viite ask investment-criteria --format csv")]
pub(crate) struct AskArgs {
    /// The question; without it, all are listed
    pub(crate) id: Option<String>,
    /// The value of a parameter; may be given several times
    #[arg(long, value_name = "NAME=VALUE", requires = "id", value_parser = assignment)]
    pub(crate) set: Vec<(String, String)>,
    /// table, csv, tsv, json or xml; for the list table or json
    #[arg(long)]
    pub(crate) format: Option<String>,
    /// Ask the state at this revision, not the newest
    #[arg(long, value_name = "REV")]
    pub(crate) at: Option<u64>,
}

/// Change facts with SPARQL Update; all of it becomes one revision
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  viite update 'INSERT DATA { GRAPH <urn:notes> { region:05 rdfs:comment \"met\"@en } }'
  viite update --file change.ru --dry-run")]
pub(crate) struct UpdateArgs {
    /// The update
    #[arg(conflicts_with = "file")]
    pub(crate) update: Option<String>,
    /// Read the update from this file
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) file: Option<PathBuf>,
    /// What the log says about it
    #[arg(long, short, default_value = "Update by SPARQL")]
    pub(crate) message: String,
    /// Stop after this time, and change nothing
    #[arg(long, value_name = "SECONDS", default_value = "300", value_parser = seconds)]
    pub(crate) timeout: Duration,
    /// Show what would change, and change nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
}

/// Everything that is known about one thing, and where it is used
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  viite show region:05
  viite show s4:G8 --lang sv
  viite show Omakanta")]
pub(crate) struct ShowArgs {
    /// An IRI, a prefixed name such as s4:G8, or a name
    pub(crate) id: String,
    /// How to show it
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

/// The packages of the national reference that the repository holds
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  viite reference
  viite reference --format json")]
pub(crate) struct ReferenceArgs {
    /// How to show it
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

/// The revisions, newest first
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  viite log
  viite log --limit 5 --format json")]
pub(crate) struct LogArgs {
    /// Only so many
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<usize>,
    /// How to show it
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

/// What differs between two revisions
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  viite diff 1 2
  viite diff 2 5 --format json

Revision 0 is the empty repository.")]
pub(crate) struct DiffArgs {
    /// From this revision
    pub(crate) from: u64,
    /// To this one
    pub(crate) to: u64,
    /// How to show it; the text is an RDF Patch
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

/// What the repository held at a revision
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  viite at 3
  viite at 3 --format json
  viite query --at 3 'SELECT …'        ask that state
  viite export --at 3                  write it out")]
pub(crate) struct AtArgs {
    /// The revision
    pub(crate) revision: u64,
    /// How to show it
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

/// Recompute every hash of the log, the archived files and the snapshot
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  viite verify
  viite verify --format json

Exit code 2 when something was altered or is damaged.")]
pub(crate) struct VerifyArgs {
    /// How to show it
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

/// Make a repository with invented regions, check it, and tell what was found
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  viite demo
  viite demo /tmp/try --lang fi

An earlier demonstration in the same folder is replaced; nothing else ever is.")]
pub(crate) struct DemoArgs {
    /// The folder
    #[arg(default_value = "viite-demo", value_hint = ValueHint::DirPath)]
    pub(crate) dir: PathBuf,
}

/// Text for people, JSON for programs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    #[default]
    Text,
    Json,
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

fn assignment(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or_else(|| format!("'{text}' has no =: write NAME=VALUE"))?;
    Ok((name.trim().to_owned(), value.trim().to_owned()))
}

fn seconds(text: &str) -> Result<Duration, String> {
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
