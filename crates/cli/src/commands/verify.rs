//! `viite verify`

use crate::{
    Ending,
    args::{Format, VerifyArgs},
    output::{finish, print_json, results},
    session::Session,
};
use anyhow::Result;
use std::io::Write;

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
