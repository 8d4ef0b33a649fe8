//! `viite verify`

use crate::{
    Ending,
    args::Format,
    output::{finish, print_json, results},
    session::Session,
};
use anyhow::Result;
use clap::Args;
use std::io::Write;

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

pub(crate) fn run(session: &Session, args: &VerifyArgs) -> Result<Ending> {
    let found = session.open()?.verify()?;
    match args.format {
        Format::Json => print_json(&found)?,
        Format::Text => {
            let mut out = results();
            let (language, revisions, files) = (session.language, found.revisions, found.files);
            let there = ["tilannekuva", "ögonblicksbilden", "the snapshot"];
            let missing = [
                "ei tilannekuvaa (se tehdään tarvittaessa)",
                "ingen ögonblicksbild (den görs vid behov)",
                "no snapshot (it is built when needed)",
            ];
            let snapshot = language.of(if found.snapshot { there } else { missing });
            let looked = language.of([
                format!("Tarkastettiin {revisions} revisiota, {files} arkistoitua tiedostoa ja {snapshot}."),
                format!("Granskade {revisions} revisioner, {files} arkiverade filer och {snapshot}."),
                format!("Looked at {revisions} revisions, {files} archived files and {snapshot}."),
            ]);
            writeln!(out, "{looked}")?;
            for problem in &found.problems {
                writeln!(out, "{}: {}\n  {}", problem.place, problem.what, problem.advice)?;
            }
            if found.is_sound() {
                let sound = [
                    "Kaikki on niin kuin se kirjoitettiin.",
                    "Allt är som det skrevs.",
                    "Everything is as it was written.",
                ];
                writeln!(out, "{}", language.of(sound))?;
            }
            finish(out)?;
        }
    }
    Ok(if found.is_sound() { Ending::Good } else { Ending::Failed })
}
