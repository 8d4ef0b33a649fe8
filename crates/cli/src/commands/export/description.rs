//! `viite export --region`: a region's description as an ArchiMate exchange file, as our workbook, or as its tables.

use crate::{
    output::{deliver, note, write_whole},
    regions::Regions,
    session::{Session, names, state},
};
use anyhow::{Context, Result, bail};
use oxrdf::{GraphName, NamedNode, Triple};
use std::{
    fs,
    io::{Cursor, Write},
    path::Path,
};
use viite_exchange::{CsvFile, Loss, Mapping, WriteOptions, write_open_exchange, write_tables, write_workbook};
use viite_model::{Language, State};
use zip::{ZipWriter, write::SimpleFileOptions};

/// What a description is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Archimate,
    Workbook,
    Tables,
}

impl Form {
    /// The form of a name; none where it is a syntax of RDF, or nothing.
    pub(super) fn named(name: &str) -> Option<Self> {
        match name.to_ascii_lowercase().as_str() {
            "archimate" => Some(Self::Archimate),
            "xlsx" => Some(Self::Workbook),
            "csv" => Some(Self::Tables),
            _ => None,
        }
    }
}

/// Writes it whole or not at all; what the form cannot carry is told.
pub(super) fn write(
    session: &Session,
    form: Form,
    region: &str,
    (shown, at): (State, Option<u64>),
    output: Option<&Path>,
) -> Result<()> {
    let repository = session.open()?;
    let snapshot = state(&repository, at)?;
    let names = names(&repository)?;
    let regions = Regions::of(&snapshot, &names)?;
    let region = regions.find(region, session.language)?;
    let wanted = Some((region.code.as_str(), shown));
    let mut facts: Vec<Triple> = snapshot
        .quads()
        .filter(|quad| matches!(&quad.graph_name, GraphName::NamedNode(graph) if names.described(graph) == wanted))
        .map(Triple::from)
        .collect();
    if facts.is_empty() {
        bail!("{} has no description of its {shown} state: 'viite region list' shows what there is", region.code);
    }
    // Two files of a region may say the same.
    facts.sort_by_cached_key(ToString::to_string);
    facts.dedup();
    let labels = viite_query::facts::Facts::new(&snapshot);
    let label = |thing: &NamedNode| Some(labels.label(&thing.clone().into(), session.language));
    let options = WriteOptions {
        names: &names,
        region: &region.code,
        language: session.language,
        title: region.name(session.language),
        mapping: Mapping::archimate(),
        label: &label,
    };
    let losses = match form {
        Form::Archimate => {
            let (xml, losses) = write_open_exchange(&facts, &options)?;
            deliver(output, |out| Ok(writeln!(out, "{xml}")?))?;
            losses
        }
        Form::Workbook => {
            let path = output.context("a workbook goes into a file: name it with --output FILE.xlsx")?;
            let (bytes, losses) = write_workbook(&facts, &options).context("the workbook cannot be written")?;
            write_whole(path, |file| Ok(file.write_all(&bytes)?))?;
            losses
        }
        Form::Tables => {
            let path = output.context("tables are written to a folder or a .zip file: name it with --output")?;
            let (files, losses) = write_tables(&facts, &options)?;
            if files.is_empty() {
                bail!("{} describes nothing that a table could hold; see 'viite region list'", region.code);
            }
            if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zip")) {
                let bytes = zipped(&files)?;
                write_whole(path, |file| Ok(file.write_all(&bytes)?))?;
            } else {
                folder(path, &files)?;
            }
            losses
        }
    };
    tell(&losses, session.language);
    Ok(())
}

fn tell(losses: &[Loss], language: Language) {
    for loss in losses {
        let told = loss.told(language);
        let not_carried = match language {
            Language::Fi => "ei mukana",
            Language::Sv => "inte med",
            Language::En => "not carried",
        };
        note(format_args!("{not_carried}: {}: {}", told.what, told.why));
    }
}

/// The tables in one archive, the same bytes for the same tables.
fn zipped(files: &[CsvFile]) -> Result<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        zip.start_file(name, SimpleFileOptions::default().last_modified_time(zip::DateTime::default()))?;
        zip.write_all(text)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// Writes a new folder, beside its place first. What stands in a folder that is there may be somebody's; an empty one
/// gives way.
fn folder(path: &Path, files: &[CsvFile]) -> Result<()> {
    let empty = fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_none());
    match path.symlink_metadata() {
        Ok(there) if !(empty && there.is_dir()) => {
            bail!("{} is there already: name a new folder, an empty one, or a .zip file", path.display())
        }
        _ => {}
    }
    let name = path.file_name().with_context(|| format!("{} names no folder to write to", path.display()))?;
    let mut beside = name.to_owned();
    beside.push(format!(".{}.part", std::process::id()));
    let beside = path.with_file_name(beside);
    let attempt = || -> Result<()> {
        fs::create_dir(&beside)?;
        for (name, text) in files {
            fs::write(beside.join(name), text)?;
        }
        if empty {
            fs::remove_dir(path)?; // which fails when something has come into it meanwhile
        }
        Ok(fs::rename(&beside, path)?)
    };
    let result = attempt();
    if result.is_err() {
        let _ = fs::remove_dir_all(&beside); // the first error is the one to tell
    }
    result.with_context(|| format!("cannot write {}", path.display()))
}
