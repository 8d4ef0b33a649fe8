//! `viite import`

use crate::{
    Ending,
    args::Format,
    output::{finish, print_json, results},
    provenance::{self, Noted},
    regions::{Region, Regions},
    session::{Session, names},
};
use anyhow::{Context, Result, bail};
use clap::{Args, ValueHint};
use oxrdf::NamedNode;
use serde::Serialize;
use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};
use viite_exchange::{Limits, Loss, ReadOptions};
use viite_model::{Language, State, ns};
use viite_store::{CommitInfo, Repository, Writer};

/// What an import did, or would do.
#[derive(Debug, Serialize)]
pub(crate) struct Imported {
    pub(crate) region: String,
    pub(crate) state: State,
    pub(crate) dry_run: bool,
    /// The revision that it made; none when nothing changed.
    pub(crate) revision: Option<u64>,
    pub(crate) elements: u64,
    pub(crate) relationships: u64,
    pub(crate) properties: u64,
    pub(crate) views: u64,
    pub(crate) triples: usize,
    /// Facts that the revision adds, with those about where they come from.
    pub(crate) added: usize,
    pub(crate) removed: usize,
    pub(crate) losses: Vec<Loss>,
    pub(crate) files: Vec<ImportedFile>,
}

/// The same of one file.
#[derive(Debug, Serialize)]
pub(crate) struct ImportedFile {
    pub(crate) file: String,
    pub(crate) format: String,
    /// The file, or the tables of a folder, as they are archived.
    pub(crate) sources: Vec<Source>,
    pub(crate) graph: String,
    pub(crate) elements: u64,
    pub(crate) relationships: u64,
    pub(crate) properties: u64,
    pub(crate) views: u64,
    pub(crate) triples: usize,
    /// Elements that stand for something in the reference.
    pub(crate) identified: usize,
    pub(crate) added: usize,
    pub(crate) removed: usize,
    pub(crate) losses: usize,
}

/// An archived file.
#[derive(Debug, Serialize)]
pub(crate) struct Source {
    pub(crate) name: String,
    pub(crate) digest: String,
}

/// A file that was read, or a folder of tables.
struct Read {
    name: String,
    files: Vec<(String, Vec<u8>)>,
    import: viite_exchange::Import,
}

/// Read a region's architecture description into the repository
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  viite import model.archimate --region 05
  viite import now.xml --region Kainuu --state current
  viite import plan.ttl --region 05 --state target --dry-run
  viite import tables/ --region 05
  viite import *.xml --region 05 --format json

The kind of a file is told by what is in it: ArchiMate exchange format, Archi, RDF
(Turtle, TriG, N-Triples, N-Quads, RDF/XML, JSON-LD) or CSV. A folder is read as a set of
CSV tables that name each other's things. Importing a file again replaces
what it said before; if it says the same, nothing happens.")]
pub(crate) struct ImportArgs {
    /// The files; a folder stands for the CSV tables in it
    #[arg(required = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) files: Vec<PathBuf>,
    /// The region, by code or name
    #[arg(long, value_name = "CODE")]
    pub(crate) region: String,
    /// Which state the files show
    #[arg(long, default_value_t)]
    pub(crate) state: State,
    /// Show what would change, and change nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// How to show what was read
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

pub(crate) fn run(session: &Session, args: &ImportArgs) -> Result<Ending> {
    let repository = session.open()?;
    let imported = import(session, &repository, args)?;
    match args.format {
        Format::Json => print_json(&imported)?,
        Format::Text => write_text(&imported)?,
    }
    Ok(Ending::Good)
}

/// Reads all files, and puts them into the repository as one revision; or none of them.
pub(crate) fn import(session: &Session, repository: &Repository, args: &ImportArgs) -> Result<Imported> {
    let names = names(repository)?;
    let regions = Regions::of(&repository.snapshot()?, &names)?;
    let region = regions.find(&args.region, session.language)?;
    let options = ReadOptions {
        state: args.state,
        language: session.explicit_language,
        ..ReadOptions::new(&names, &region.code)
    };
    let files = read_all(&args.files, &options)?;

    let mut writer = repository.write(session.wait)?;
    let mut imported = Imported {
        region: region.code.clone(),
        state: args.state,
        dry_run: args.dry_run,
        revision: None,
        elements: 0,
        relationships: 0,
        properties: 0,
        views: 0,
        triples: 0,
        added: 0,
        removed: 0,
        losses: Vec::new(),
        files: Vec::new(),
    };
    for file in files {
        let graph = names.description(&region.code, args.state, &file.name);
        let (file, losses, noted) = put(&mut writer, &names.provenance(), region, args.state, &graph, file)?;
        imported.elements += file.elements;
        imported.relationships += file.relationships;
        imported.properties += file.properties;
        imported.views += file.views;
        imported.triples += file.triples;
        imported.added += file.added + noted.added;
        imported.removed += file.removed + noted.removed;
        imported.losses.extend(losses);
        imported.files.push(file);
    }
    if !args.dry_run {
        let message = message(&imported, region, session.language);
        imported.revision = writer.commit(&CommitInfo::by_user(message))?.map(|revision| revision.number);
    }
    Ok(imported)
}

/// Reads every file before anything is written. All that cannot be read are told at once.
fn read_all(paths: &[PathBuf], options: &ReadOptions<'_>) -> Result<Vec<Read>> {
    let mut files: Vec<Read> = Vec::new();
    let mut faults = Vec::new();
    for path in paths {
        match read(path, options) {
            Ok(file) if files.iter().any(|other| other.name == file.name) => bail!(
                "two of the files are called {}: a region's files are told apart by name, so rename one",
                file.name
            ),
            Ok(file) => files.push(file),
            Err(error) => faults.push(format!("{error:#}")),
        }
    }
    if !faults.is_empty() {
        bail!("{}\nNothing was imported.", faults.join("\n"));
    }
    Ok(files)
}

fn read(path: &Path, options: &ReadOptions<'_>) -> Result<Read> {
    let shown = path.display();
    // "." has no name of its own.
    let full = path.canonicalize().with_context(|| format!("cannot read {shown}"))?;
    let name = full.file_name().with_context(|| format!("{shown} names no file"))?.to_string_lossy().into_owned();
    if path.is_dir() {
        let tables = tables(path)?;
        if tables.is_empty() {
            bail!("{shown} is a folder without CSV tables: name the files in it that are to be imported");
        }
        let files =
            tables.iter().map(|table| Ok((file_name(table), bytes(table, options)?))).collect::<Result<Vec<_>>>()?;
        let import = viite_exchange::read_tables(&name, &files, options)?;
        let files = files.into_iter().map(|(file, bytes)| (format!("{name}/{file}"), bytes)).collect();
        return Ok(Read { name, files, import });
    }
    let bytes = bytes(path, options)?;
    let import = viite_exchange::read(&name, &bytes, options)?;
    Ok(Read { files: vec![(name.clone(), bytes)], name, import })
}

/// The tables of a folder, by name.
fn tables(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut tables = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        if path.is_file() && path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv")) {
            tables.push(path);
        }
    }
    tables.sort();
    Ok(tables)
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn bytes(path: &Path, options: &ReadOptions<'_>) -> Result<Vec<u8>> {
    let shown = path.display();
    let read = || format!("cannot read {shown}");
    // Told before the file is read, so that memory stays bounded.
    let Limits { bytes: most, .. } = options.limits;
    let length = fs::metadata(path).with_context(read)?.len();
    if length > most as u64 {
        bail!("{shown} has {length} bytes, and at most {most} are read: split it");
    }
    fs::read(path).with_context(read)
}

/// Makes the file's graph hold what the file says, and notes where that comes from if it changed.
fn put(
    writer: &mut Writer<'_>,
    provenance: &NamedNode,
    region: &Region,
    state: State,
    graph: &NamedNode,
    file: Read,
) -> Result<(ImportedFile, Vec<Loss>, Noted)> {
    let Read { name, files, import } = file;
    let identities = viite_review::identify(&import.triples, writer.snapshot());
    let identified = identities.iter().filter(|triple| triple.predicate == ns::viite::CORRESPONDS_TO).count();
    // Every fact is there once: a reader gives none twice, and an identity only what the reader lacks.
    let mut new = import.triples;
    new.extend(identities);
    let triples = new.len();
    let (added, removed) = writer.replace_graph(graph, new);
    let imported = ImportedFile {
        format: import.format.to_string(),
        sources: files
            .iter()
            .map(|(name, bytes)| Source { name: name.clone(), digest: viite_store::Digest::of(bytes).to_string() })
            .collect(),
        graph: graph.as_str().to_owned(),
        elements: import.elements,
        relationships: import.relationships,
        properties: import.properties,
        views: import.views,
        triples,
        identified,
        added,
        removed,
        losses: import.losses.len(),
        file: name,
    };
    let mut noted = Noted::default();
    if added > 0 || removed > 0 {
        for (name, bytes) in &files {
            writer.archive(name.as_str(), bytes)?;
        }
        noted = provenance::note(writer, provenance, graph, region, state, &imported);
    }
    Ok((imported, import.losses, noted))
}

fn message(imported: &Imported, region: &Region, language: Language) -> String {
    let files: Vec<&str> = imported.files.iter().map(|file| file.file.as_str()).collect();
    format!("Import {} ({}, {})", files.join(", "), region.name(language), imported.state)
}

/// Losses that are listed for people; JSON has them all.
const LISTED: usize = 20;

fn write_text(imported: &Imported) -> Result<()> {
    let mut out = results();
    for file in &imported.files {
        writeln!(out, "{}  {}", file.file, file.format)?;
        writeln!(
            out,
            "  {} elements, {} relationships, {} properties, {} views",
            file.elements, file.relationships, file.properties, file.views
        )?;
        writeln!(
            out,
            "  {} facts: {} new, {} gone; {} elements recognised in the reference",
            file.triples, file.added, file.removed, file.identified
        )?;
        if file.removed > 0 {
            writeln!(out, "  it takes the place of what was imported under this name before")?;
        }
    }
    if !imported.losses.is_empty() {
        writeln!(out, "\n{} notes on what was mended, left out or left as it is", imported.losses.len())?;
        for loss in imported.losses.iter().take(LISTED) {
            writeln!(out, "  {}: {}: {}", loss.at, loss.what, loss.why)?;
        }
        if imported.losses.len() > LISTED {
            writeln!(out, "  … {} more; --format json lists them all", imported.losses.len() - LISTED)?;
        }
    }
    writeln!(out)?;
    match (imported.dry_run, imported.revision) {
        (true, _) => writeln!(
            out,
            "Dry run: {} facts would be added, {} removed. Nothing was changed.",
            imported.added, imported.removed
        )?,
        (false, Some(revision)) => writeln!(
            out,
            "Revision {revision}: {} facts added, {} removed. See 'viite check --region {}'.",
            imported.added, imported.removed, imported.region
        )?,
        (false, None) => writeln!(out, "Nothing changed: the repository says this already.")?,
    }
    finish(out)
}
