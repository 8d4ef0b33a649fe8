//! `viite diff`

use crate::{
    Ending,
    args::{DiffArgs, Format},
    output::{finish, print_json, results},
    session::Session,
};
use anyhow::Result;
use oxrdf::Quad;
use serde_json::json;
use std::io::Write;

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
