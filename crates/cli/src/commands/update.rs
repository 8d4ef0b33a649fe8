//! `viite update`

use crate::{
    Ending,
    args::UpdateArgs,
    commands::{diff::sorted, query::text},
    output::{finish, results},
    session::Session,
};
use anyhow::Result;
use std::io::Write;
use viite_query::UpdateOptions;
use viite_store::CommitInfo;

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
        writeln!(
            out,
            "# Dry run: {} facts would be added, {} removed. Nothing was changed.",
            changes.added.len(),
            changes.removed.len()
        )?;
        finish(out)?;
        return Ok(Ending::Good);
    }
    for quad in &changes.removed {
        writer.remove(quad);
    }
    for quad in &changes.added {
        writer.insert(quad);
    }
    match writer.commit(&CommitInfo::by_user(args.message.as_str()))? {
        Some(revision) => writeln!(
            out,
            "Revision {}: {} facts added, {} removed.",
            revision.number, revision.added, revision.removed
        )?,
        None => writeln!(out, "Nothing changed.")?,
    }
    finish(out)?;
    Ok(Ending::Good)
}
