//! `viite log`

use crate::{
    Ending,
    args::Format,
    output::{finish, print_json, results},
    session::Session,
};
use anyhow::Result;
use clap::Args;
use std::io::Write;
use viite_model::Language;
use viite_store::Revision;

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

pub(crate) fn run(session: &Session, args: &LogArgs) -> Result<Ending> {
    let repository = session.open()?;
    let mut revisions = repository.log()?;
    revisions.truncate(args.limit.unwrap_or(usize::MAX));
    match args.format {
        Format::Json => print_json(&revisions)?,
        Format::Text => {
            let mut out = results();
            for revision in &revisions {
                write_revision(&mut out, revision, session.language)?;
                writeln!(out)?;
            }
            if revisions.is_empty() && args.limit != Some(0) {
                let none =
                    session.language.of(["Ei vielä yhtään revisiota.", "Ingen revision ännu.", "No revision yet."]);
                writeln!(out, "{none}")?;
            }
            finish(out)?;
        }
    }
    Ok(Ending::Good)
}

/// A revision for people.
pub(crate) fn write_revision(out: &mut impl Write, revision: &Revision, language: Language) -> Result<()> {
    let word = language.of(["revisio", "revision", "revision"]);
    writeln!(out, "{word} {}  {}", revision.number, revision.id)?;
    // Fractions of a second are for programs.
    let time = revision.time.split(['.', 'Z']).next().unwrap_or_default().replace('T', " ");
    writeln!(out, "  {time} UTC  {}", revision.author)?;
    writeln!(out, "  {}", revision.message)?;
    let (added, removed) = (revision.added, revision.removed);
    let changed = language.of([
        format!("{added} tietoa lisätty, {removed} poistettu"),
        format!("{added} uppgifter tillagda, {removed} borttagna"),
        format!("{added} facts added, {removed} removed"),
    ]);
    writeln!(out, "  {changed}")?;
    let [file, bytes] = language.of([["tiedosto", "tavua"], ["fil", "byte"], ["file", "bytes"]]);
    for source in &revision.sources {
        writeln!(out, "  {file} {}  {} {bytes}  {}", source.name, source.bytes, source.digest)?;
    }
    Ok(())
}
