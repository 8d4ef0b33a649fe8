//! `viite update`

use crate::{
    Ending,
    args::time_limit,
    commands::{diff::sorted, query::text},
    output::{finish, results},
    session::Session,
};
use anyhow::Result;
use clap::{Args, ValueHint};
use std::{io::Write, path::PathBuf, time::Duration};
use viite_query::UpdateOptions;
use viite_store::{CommitInfo, Revision};

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
    #[arg(long, value_name = "SECONDS", default_value = "300", value_parser = time_limit)]
    pub(crate) timeout: Duration,
    /// Show what would change, and change nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
}

pub(crate) fn run(session: &Session, args: &UpdateArgs) -> Result<Ending> {
    let update = text(args.update.as_deref(), args.file.as_deref())?;
    let repository = session.open()?;
    let mut writer = repository.write(session.wait)?;
    let options = UpdateOptions { timeout: Some(args.timeout), ..UpdateOptions::default() };
    let changes = viite_query::update(&update, writer.snapshot(), &options)?;
    let mut out = results();
    if args.dry_run {
        for (sign, quads) in [('D', &changes.removed), ('A', &changes.added)] {
            for line in sorted(quads) {
                writeln!(out, "{sign} {line} .")?;
            }
        }
        let (added, removed) = (changes.added.len(), changes.removed.len());
        let tried = session.language.of([
            format!("Kokeilu: {added} tietoa lisättäisiin ja {removed} poistettaisiin. Mitään ei muutettu."),
            format!("Provkörning: {added} uppgifter skulle läggas till och {removed} tas bort. Inget ändrades."),
            format!("Dry run: {added} facts would be added, {removed} removed. Nothing was changed."),
        ]);
        writeln!(out, "# {tried}")?;
        finish(out)?;
        return Ok(Ending::Good);
    }
    for quad in &changes.removed {
        writer.remove(quad);
    }
    for quad in &changes.added {
        writer.insert(quad);
    }
    let done = match writer.commit(&CommitInfo::by_user(args.message.as_str()))? {
        Some(Revision { number, added, removed, .. }) => session.language.of([
            format!("Revisio {number}: {added} tietoa lisätty, {removed} poistettu."),
            format!("Revision {number}: {added} uppgifter tillagda, {removed} borttagna."),
            format!("Revision {number}: {added} facts added, {removed} removed."),
        ]),
        None => session.language.of(["Mikään ei muuttunut.", "Inget ändrades.", "Nothing changed."]).to_owned(),
    };
    writeln!(out, "{done}")?;
    finish(out)?;
    Ok(Ending::Good)
}
