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
            writeln!(
                out,
                "Looked at {} revisions, {} archived files and {}.",
                found.revisions,
                found.files,
                if found.snapshot { "the snapshot" } else { "no snapshot (it is built when needed)" }
            )?;
            for problem in &found.problems {
                writeln!(out, "{}: {}\n  {}", problem.place, problem.what, problem.advice)?;
            }
            if found.is_sound() {
                writeln!(out, "Everything is as it was written.")?;
            }
            finish(out)?;
        }
    }
    Ok(if found.is_sound() { Ending::Good } else { Ending::Failed })
}
