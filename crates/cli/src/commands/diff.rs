//! `viite diff`

use crate::{
    Ending,
    args::Format,
    output::{finish, print_json, results},
    session::Session,
};
use anyhow::Result;
use clap::Args;
use oxrdf::Quad;
use serde_json::json;
use std::io::Write;

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

pub(crate) fn run(session: &Session, args: &DiffArgs) -> Result<Ending> {
    let repository = session.open()?;
    // Told by the number that was asked for; 0 is the empty repository.
    for number in [args.from, args.to].into_iter().filter(|number| *number > 0) {
        repository.revision(number)?;
    }
    let changes = repository.diff(args.from, args.to)?;
    let added = sorted(&changes.added);
    let removed = sorted(&changes.removed);
    match args.format {
        Format::Json => print_json(&json!({
            "from": args.from,
            "to": args.to,
            "added": added,
            "removed": removed,
        }))?,
        Format::Text => {
            let mut out = results();
            for (sign, lines) in [('D', &removed), ('A', &added)] {
                for line in lines {
                    writeln!(out, "{sign} {line} .")?;
                }
            }
            writeln!(out, "# {} added, {} removed", added.len(), removed.len())?;
            finish(out)?;
        }
    }
    Ok(Ending::Good)
}

/// Quads as N-Quads statements, in an order that is always the same.
pub(crate) fn sorted(quads: &[Quad]) -> Vec<String> {
    let mut lines: Vec<String> = quads.iter().map(ToString::to_string).collect();
    lines.sort_unstable();
    lines
}
