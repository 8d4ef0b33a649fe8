//! `viite query`

use crate::{
    Ending,
    args::time_limit,
    output::{finish, note, results},
    session::{Session, state},
};
use anyhow::{Context, Result, bail};
use clap::{Args, ValueHint};
use std::{
    fs,
    io::{self, IsTerminal, Read, Write},
    path::{Path, PathBuf},
    time::Duration,
};
use viite_model::ns;
use viite_query::{Format, QueryOptions, format, spelling};

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
    #[arg(long, value_name = "SECONDS", default_value = "300", value_parser = time_limit)]
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

pub(crate) fn run(session: &Session, args: &QueryArgs) -> Result<Ending> {
    let text = text(args.query.as_deref(), args.file.as_deref())?;
    let prepared = viite_query::prepare(&text)?;
    let repository = session.open()?;
    let snapshot = state(&repository, args.at)?;
    let options = QueryOptions { timeout: Some(args.timeout), limit: args.limit, ..QueryOptions::default() };
    for unknown in spelling::unknown_terms(&prepared, &snapshot) {
        let term = ns::shorten(unknown.term.as_str());
        let meant = unknown.suggestion.map(|meant| {
            let meant = ns::shorten(meant.as_str());
            session.language.of([
                format!(" Tarkoititko {meant}?"),
                format!(" Menade du {meant}?"),
                format!(" Did you mean {meant}?"),
            ])
        });
        let unused = session.language.of([
            format!("Mikään tieto ei käytä nimeä {term}."),
            format!("Ingen uppgift använder {term}."),
            format!("No fact uses {term}."),
        ]);
        note(format_args!("{unused}{}", meant.unwrap_or_default()));
    }
    let mut out = results();
    if args.explain {
        writeln!(out, "{}", prepared.explain(&snapshot, &options)?)?;
        finish(out)?;
        return Ok(Ending::Good);
    }
    let format = match &args.format {
        Some(name) => name.parse()?,
        None => Format::Table,
    };
    let written = format::write(prepared.run(&snapshot, &options)?, format, &mut out)?;
    finish(out)?;
    if written.truncated {
        let rows = written.rows;
        note(session.language.of([
            format!("Niitä on enemmän: valitsin --limit pyysi vain {rows}."),
            format!("Det finns fler: med --limit begärdes bara {rows}."),
            format!("There is more: only {rows} were asked for with --limit."),
        ]));
    }
    Ok(Ending::Good)
}

/// What to ask: the argument, the file (`-` is stdin), else what comes through a pipe.
pub(crate) fn text(argument: Option<&str>, file: Option<&Path>) -> Result<String> {
    if let Some(text) = argument.filter(|text| *text != "-") {
        return Ok(text.to_owned());
    }
    if let Some(path) = file.filter(|path| *path != Path::new("-")) {
        return fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()));
    }
    let mut stdin = io::stdin();
    if stdin.is_terminal() {
        bail!("nothing to ask: give the text as an argument, with --file, or through a pipe");
    }
    let mut text = String::new();
    stdin.read_to_string(&mut text).context("the text that comes through the pipe is not UTF-8")?;
    if text.trim().is_empty() {
        bail!("nothing to ask: what came through the pipe is empty");
    }
    Ok(text)
}
