//! `viite compare`

use crate::{
    Ending,
    args::{FileFormat, TableFormat, time_limit},
    output::deliver,
    regions::{Region, Regions},
    session::{Session, names, state, today},
};
use anyhow::{Result, bail};
use clap::{Args, ValueHint};
use std::{path::PathBuf, time::Duration};
use viite_check::finding::RegionName;
use viite_model::State;
use viite_review::compare::{Comparison, SideOrder};

/// What one region, state or revision has that another lacks
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  viite compare 05 06                               two regions, as they are now
  viite compare 05                                  from current to target, with the projects that close the gap
  viite compare 05 06 --state target                two regions, as they are meant to be
  viite compare 05 --at 3                           a region at revision 3, and now
  viite compare 05 --at 3 --at 7 --output erot.xlsx two revisions

Compared are functions, services, integrations and data groups. Things are one when they are the same
resource of the reference or have the same name. Where a side describes nothing of a kind, what it lacks
of it cannot be told, and that is said. --state and --at may be given twice: for A, then for B.")]
pub(crate) struct CompareArgs {
    /// The first region, by code or name
    pub(crate) a: String,
    /// The second region; without it, the first one again
    pub(crate) b: Option<String>,
    /// The state; two of them for A and B
    #[arg(long, value_name = "STATE")]
    pub(crate) state: Vec<State>,
    /// The state at this revision, not the newest; two of them for A and B
    #[arg(long, value_name = "REV")]
    pub(crate) at: Vec<u64>,
    /// How to show it; without it, as the ending of --output tells, else as text
    #[arg(long, value_enum)]
    pub(crate) format: Option<TableFormat>,
    /// Write to this file, whole or not at all
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) output: Option<PathBuf>,
    /// How long one question may take
    #[arg(long, value_name = "SECONDS", default_value = "60", value_parser = time_limit)]
    pub(crate) timeout: Duration,
}

pub(crate) fn run(session: &Session, args: &CompareArgs) -> Result<Ending> {
    let format = TableFormat::resolve(args.format, args.output.as_deref())?;
    let (states, revisions) = sides(args)?;
    let repository = session.open()?;
    let names = names(&repository)?;
    let regions = Regions::of(&repository.snapshot()?, &names)?;
    let a = regions.find(&args.a, session.language)?;
    let b = args.b.as_deref().map_or(Ok(a), |text| regions.find(text, session.language))?;
    if a.iri == b.iri && states[0] == states[1] && revisions[0] == revisions[1] {
        bail!("both sides are the same: name another region, a second --state or a second --at");
    }
    for revision in revisions.into_iter().flatten() {
        repository.revision(revision)?;
    }
    let snapshots = [state(&repository, revisions[0])?, state(&repository, revisions[1])?];
    let side = |at: usize, region: &Region| SideOrder {
        snapshot: &snapshots[at],
        region: region.iri.clone(),
        name: RegionName { code: region.code.clone(), name: region.name(session.language).to_owned() },
        state: states[at],
        revision: revisions[at],
    };
    let comparison = Comparison::of(&side(0, a), &side(1, b), &names, session.language, &today(), args.timeout)?;
    deliver(args.output.as_deref(), |out| {
        match format {
            TableFormat::Text => comparison.write_text(out)?,
            TableFormat::Json => comparison.write_json(out)?,
            TableFormat::Csv => comparison.differences().write_csv(out)?,
            TableFormat::Xlsx => comparison.write_workbook(out)?,
        }
        Ok(())
    })?;
    Ok(Ending::Good)
}

/// The state and the revision of each side.
fn sides(args: &CompareArgs) -> Result<([State; 2], [Option<u64>; 2])> {
    let states = match args.state[..] {
        [] if args.b.is_none() && args.at.is_empty() => [State::Current, State::Target],
        [] => [State::Current; 2],
        [one] => [one; 2],
        [first, second] => [first, second],
        _ => bail!("--state is given at most twice: for A and for B"),
    };
    let revisions = match args.at[..] {
        [] => [None; 2],
        // One revision of one description is compared with now; of two descriptions both are taken there.
        [one] if args.b.is_none() && states[0] == states[1] => [Some(one), None],
        [one] => [Some(one); 2],
        [first, second] => [Some(first), Some(second)],
        _ => bail!("--at is given at most twice: for A and for B"),
    };
    Ok((states, revisions))
}
