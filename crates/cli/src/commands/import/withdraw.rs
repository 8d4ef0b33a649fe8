//! `viite import --withdraw`: what a file said is taken out again.

use super::ImportArgs;
use crate::{
    args::Format,
    output::{finish, print_json, results},
    provenance,
    regions::Regions,
    session::{Session, names},
};
use anyhow::{Context, Result, bail};
use serde::Serialize;
use std::io::Write;
use viite_model::Language;
use viite_query::facts::Facts;
use viite_review::descriptions;
use viite_store::{CommitInfo, Repository};

/// What was taken out, or would be.
#[derive(Serialize)]
struct Withdrawn {
    region: String,
    files: Vec<String>,
    removed: usize,
    dry_run: bool,
    revision: Option<u64>,
}

/// Empties the graphs of the files, in one revision. The files themselves need not exist any more.
pub(super) fn run(session: &Session, repository: &Repository, args: &ImportArgs) -> Result<()> {
    let names = names(repository)?;
    let regions = Regions::of(&repository.snapshot()?, &names)?;
    let region = regions.find(&args.region, session.language)?;
    let mut writer = repository.write(session.wait)?;
    let known: Vec<String> = descriptions(&Facts::new(writer.snapshot()), &names)
        .into_iter()
        .filter(|one| one.region == region.iri && one.state == args.state)
        .map(|one| one.file)
        .collect();
    let mut files = Vec::new();
    for path in &args.files {
        let own = || Some(path.file_name()?.to_string_lossy().into_owned());
        let name = args.known_as.clone().or_else(own).with_context(|| format!("{} names no file", path.display()))?;
        if !known.contains(&name) {
            let there = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
            bail!(
                "no file called {name} has been imported for the {} state of {}\nfiles that have: {there}",
                args.state,
                region.code
            );
        }
        files.push(name);
    }
    let mut removed = 0;
    for name in &files {
        let graph = names.description(&region.code, args.state, name);
        removed += writer.replace_graph(&graph, []).1;
        removed += provenance::forget(&mut writer, &names.provenance(), &graph).removed;
    }
    let revision = if args.dry_run {
        None
    } else {
        let message = format!("Withdraw {} ({}, {})", files.join(", "), region.name(session.language), args.state);
        writer.commit(&CommitInfo::by_user(message))?.map(|revision| revision.number)
    };
    let withdrawn = Withdrawn { region: region.code.clone(), files, removed, dry_run: args.dry_run, revision };
    match args.format {
        Format::Json => print_json(&withdrawn),
        Format::Text => text(&withdrawn, session.language),
    }
}

fn text(withdrawn: &Withdrawn, language: Language) -> Result<()> {
    let (files, removed) = (withdrawn.files.join(", "), withdrawn.removed);
    let told = match withdrawn.revision {
        None => language.of([
            format!("{files}: {removed} tietoa poistettaisiin. Mitään ei muutettu."),
            format!("{files}: {removed} uppgifter skulle tas bort. Inget ändrades."),
            format!("{files}: {removed} facts would be taken out. Nothing was changed."),
        ]),
        Some(revision) => {
            let before = revision.saturating_sub(1);
            language.of([
                format!("{files}: {removed} tietoa poistettu, revisio {revision}. 'viite at {before}' näyttää, miten oli."),
                format!("{files}: {removed} uppgifter borttagna, revision {revision}. 'viite at {before}' visar hur det var."),
                format!("{files}: {removed} facts taken out, revision {revision}. 'viite at {before}' shows how it was."),
            ])
        }
    };
    let mut out = results();
    writeln!(out, "{told}")?;
    finish(out)
}
