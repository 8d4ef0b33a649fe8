//! `viite reference upgrade`

use crate::{
    Ending,
    args::{FileFormat, TableFormat, time_limit},
    output::{deliver, note},
    reference::{self, Package},
    session::{Session, names, today},
};
use anyhow::{Result, bail};
use clap::{Args, ValueHint};
use std::{collections::BTreeSet, path::PathBuf, sync::Arc, time::Duration};
use viite_check::{CheckOptions, Rule, engine};
use viite_review::upgrade::{Checked, NewPackage, Upgrade, upgraded};
use viite_store::{CommitInfo, Snapshot};

/// Put another version of the reference in place, and tell which findings appear, disappear or change
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  viite reference upgrade --dry-run
  viite reference upgrade --to 1.1 --from reference-1.1/ --dry-run
  viite reference upgrade --from data/reference/services.ttl --dry-run --output erot.xlsx

A package is a Turtle file; it takes the place of the package of the same name, and those that are not
given stay. The rules are run before and after, on all regions, and for every finding that differs it is
told what in the reference makes the difference. With --dry-run nothing is written.")]
pub(crate) struct UpgradeArgs {
    /// The version that the packages must be of; those that do not tell theirs are taken for it
    #[arg(long, value_name = "VERSION")]
    to: Option<String>,
    /// A package, or a folder of packages; without it, those that this program carries
    #[arg(long, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    from: Option<PathBuf>,
    /// Tell what would change, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// How to show it; without it, as the ending of --output tells, else as text
    #[arg(long, value_enum)]
    format: Option<TableFormat>,
    /// Write to this file, whole or not at all
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    output: Option<PathBuf>,
    /// How long one rule may take in one region
    #[arg(long, value_name = "SECONDS", default_value = "60", value_parser = time_limit)]
    timeout: Duration,
}

pub(super) fn run(session: &Session, args: &UpgradeArgs) -> Result<Ending> {
    let format = TableFormat::resolve(args.format, args.output.as_deref())?;
    let packages = packages(args)?;
    let repository = session.open()?;
    let names = names(&repository)?;
    let library = Session::library(&repository)?;
    let rules: Vec<&Rule> = library.rules().filter(|rule| engine::runs_by_default(rule)).collect();
    let options = CheckOptions { timeout: args.timeout, ..CheckOptions::new(session.language, today()) };
    let judge = |snapshot: &Arc<Snapshot>| viite_check::check(snapshot, &names, &rules, &options);

    let mut writer = if args.dry_run { None } else { Some(repository.write(session.wait)?) };
    let before = match &writer {
        Some(writer) => writer.snapshot().clone(),
        None => repository.snapshot()?,
    };
    let upgraded = upgraded(&before, &names, &packages, session.language)?;
    let (after, changes) = (upgraded.snapshot.clone(), upgraded.changes.clone());
    let reports = (judge(&before), judge(&after));
    let failed: BTreeSet<&str> =
        reports.0.failures.iter().chain(&reports.1.failures).map(|failure| failure.rule.as_str()).collect();
    for rule in &failed {
        note(format_args!("viite: rule {rule} failed, and its findings are not compared"));
    }
    let upgrade = Upgrade::of(
        Checked { snapshot: &before, report: &reports.0 },
        Checked { snapshot: &after, report: &reports.1 },
        upgraded,
        &rules,
    );
    deliver(args.output.as_deref(), |out| {
        match format {
            TableFormat::Text => upgrade.write_text(out)?,
            TableFormat::Json => upgrade.write_json(out)?,
            TableFormat::Csv => upgrade.table().write_csv(out)?,
            TableFormat::Xlsx => upgrade.write_workbook(out)?,
        }
        Ok(())
    })?;
    if let Some(mut writer) = writer.take() {
        for quad in &changes.removed {
            writer.remove(quad);
        }
        for quad in &changes.added {
            writer.insert(quad);
        }
        let message = format!("Upgrade the reference: {} packages", upgrade.packages.len());
        match writer.commit(&CommitInfo::by_user(message))? {
            Some(revision) => {
                note(format_args!("{} {}", session.language.of(["Revisio", "Revision", "Revision"]), revision.number));
            }
            None => note(session.language.of(["Mikään ei muuttunut.", "Inget ändrades.", "Nothing changed."])),
        }
    } else {
        note(session.language.of(["Mitään ei kirjoitettu.", "Inget skrevs.", "Nothing was written."]));
    }
    Ok(if failed.is_empty() { Ending::Good } else { Ending::Failed })
}

/// The packages that are asked for, all of the version that is.
fn packages(args: &UpgradeArgs) -> Result<Vec<NewPackage>> {
    let packages: Vec<Package> = match &args.from {
        Some(path) => reference::packages_of(path, args.to.as_deref().unwrap_or(reference::VERSION))?,
        None => reference::packages()?,
    };
    if let Some(wanted) = &args.to {
        let versions: BTreeSet<&str> = packages.iter().map(|package| package.version.as_str()).collect();
        if versions.iter().any(|version| version != wanted) {
            let versions: Vec<&str> = versions.into_iter().collect();
            match &args.from {
                Some(path) => bail!("{} holds version {}, and not {wanted}", path.display(), versions.join(", ")),
                None => bail!(
                    "this program carries version {} of the reference, and not {wanted}: \
                     name a file or folder with the packages of {wanted} with --from",
                    versions.join(", ")
                ),
            }
        }
    }
    Ok(packages
        .into_iter()
        .map(|package| NewPackage {
            graph: package.graph(),
            name: package.name,
            version: package.version,
            triples: package.triples,
        })
        .collect())
}
