//! `viite import`

mod text;
mod withdraw;

use crate::{
    Ending,
    args::Format,
    output::print_json,
    provenance::{self, Noted},
    regions::{Region, Regions},
    session::{Session, names, today},
};
use anyhow::{Context, Result, bail};
use clap::{Args, ValueHint};
use oxrdf::{NamedNode, NamedNodeRef, NamedOrBlankNode};
use serde::Serialize;
use std::{
    collections::HashSet,
    fs,
    path::{Path, PathBuf},
};
use viite_exchange::{Fate, Limits, Loss, ReadOptions, Told};
use viite_model::{Language, Names, State, Text, ns};
use viite_query::facts::Facts;
use viite_review::Returning;
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
    #[serde(skip)]
    pub(crate) losses: Vec<Loss>,
    pub(crate) files: Vec<ImportedFile>,
}

/// The same, with the notes in the language of the reader.
#[derive(Serialize)]
struct Shown<'a> {
    #[serde(flatten)]
    imported: &'a Imported,
    losses: Vec<Told<'a>>,
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
    /// Elements that may stand for something in the reference: `viite match list` shows them.
    pub(crate) doubtful: usize,
    /// Things under new identifiers that have the name and type of one that is gone: a person says if they are the same.
    pub(crate) same_names: usize,
    /// Another file of the region that most of its things stand in too.
    pub(crate) alike: Option<Alike>,
    pub(crate) added: usize,
    pub(crate) removed: usize,
    pub(crate) losses: usize,
}

/// A file of the same region and state that tells of the same things.
#[derive(Debug, Serialize)]
pub(crate) struct Alike {
    pub(crate) file: String,
    /// How many things stand in both.
    pub(crate) things: usize,
}

/// An archived file.
#[derive(Debug, Serialize)]
pub(crate) struct Source {
    pub(crate) name: String,
    pub(crate) digest: String,
}

/// A file that was read, or a folder.
pub(crate) struct Read {
    pub(crate) name: String,
    files: Vec<(String, Vec<u8>)>,
    pub(crate) import: viite_exchange::Import,
}

/// Read a region's architecture description into the repository
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  viite import model.archimate --region 05
  viite import now.xml --region Kainuu --state current
  viite import plan.ttl --region 05 --state target --dry-run
  viite import tables/ --region 05
  viite import portfolio.xlsx --region 05 --mapping portfolio.toml
  viite import export.xml --region 05 --as hospital
  viite import anew.xml --region 05 --as model.archimate --same-names
  viite import *.xml --region 05 --format json
  viite import wrong.xlsx --region 05 --withdraw

The kind of a file is told by what is in it: ArchiMate exchange format, Archi, workbook, RDF
(Turtle, TriG, N-Triples, N-Quads, RDF/XML, JSON-LD) or CSV. A folder is read as a set of CSV
tables that name each other's things, or as one that coArchi keeps. Importing a file again
replaces what it said before; if it says the same, nothing happens. A file is known by its name;
--as gives it another, so that two files of one name can stand side by side. Where a tool gave
everything new identifiers, --same-names keeps what was decided about things of one name and type.
--withdraw takes out what a file said, and leaves the revisions before as they are.")]
pub(crate) struct ImportArgs {
    /// The files; a folder stands for the CSV tables, or the parts of a model, in it
    #[arg(required = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) files: Vec<PathBuf>,
    /// The region, by code or name
    #[arg(long, value_name = "CODE")]
    pub(crate) region: String,
    /// Which state the files show
    #[arg(long, default_value_t)]
    pub(crate) state: State,
    /// What types, relationships, properties and columns become: the name of a mapping, or its file
    #[arg(long, value_name = "NAME|FILE")]
    pub(crate) mapping: Option<String>,
    /// Know the file by this name, not its own
    #[arg(long = "as", value_name = "NAME")]
    pub(crate) known_as: Option<String>,
    /// Replace what was imported under this name even if it has nothing in common with it
    #[arg(long)]
    pub(crate) replace: bool,
    /// The language of names and texts whose language the file does not say; without it, none is said
    #[arg(long, value_name = "LANG")]
    pub(crate) text_lang: Option<Language>,
    /// Take what has the name and type of one that is gone for the same, though its identifier is new
    #[arg(long)]
    pub(crate) same_names: bool,
    /// Take out again what was imported under the names of these files
    #[arg(long, conflicts_with_all = ["mapping", "replace", "same_names", "strict", "text_lang"])]
    pub(crate) withdraw: bool,
    /// Import nothing if anything had to be mended or left out
    #[arg(long)]
    pub(crate) strict: bool,
    /// Show what would change, and change nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// How to show what was read
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

pub(crate) fn run(session: &Session, args: &ImportArgs) -> Result<Ending> {
    let repository = session.open()?;
    if args.withdraw {
        withdraw::run(session, &repository, args)?;
        return Ok(Ending::Good);
    }
    let imported = import(session, &repository, args)?;
    match args.format {
        Format::Json => {
            let losses = imported.losses.iter().map(|loss| loss.told(session.language)).collect();
            print_json(&Shown { imported: &imported, losses })?;
        }
        Format::Text => text::write(&imported, session.language)?,
    }
    Ok(Ending::Good)
}

/// Reads all files, and puts them into the repository as one revision; or none of them.
pub(crate) fn import(session: &Session, repository: &Repository, args: &ImportArgs) -> Result<Imported> {
    let names = names(repository)?;
    let regions = Regions::of(&repository.snapshot()?, &names)?;
    let region = regions.find(&args.region, session.language)?;
    let mappings = super::mapping::mappings(args.mapping.as_deref())?;
    let today = today();
    let options = ReadOptions {
        state: args.state,
        today: Some(&today),
        mapping: &mappings.profile,
        translate: Some(&mappings.constructs),
        language: args.text_lang,
        ..ReadOptions::new(&names, &region.code)
    };
    if args.known_as.is_some() && args.files.len() > 1 {
        bail!("--as names one file, and {} were given: import them one by one", args.files.len());
    }
    let files = read_all(args, &options, session.language)?;

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
    for mut file in files {
        let graph = names.description(&region.code, args.state, &file.name);
        let Returning { mut kept, proposed } =
            viite_review::returning(&writer.snapshot().graph_quads(&graph), &file.import.triples);
        let same_names = if args.same_names {
            kept.extend(proposed);
            0
        } else {
            proposed.len()
        };
        file.import.triples = viite_review::renamed(file.import.triples, &kept);
        if !args.replace {
            refuse_another(&writer, &graph, &file, region, same_names)?;
        }
        let alike = alike(&writer, &names, region, args.state, &graph, &file);
        let (mut file, losses, noted) = put(&mut writer, &names, region, args.state, &graph, file)?;
        file.same_names = same_names;
        file.alike = alike;
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
fn read_all(args: &ImportArgs, options: &ReadOptions<'_>, language: Language) -> Result<Vec<Read>> {
    let mut files: Vec<Read> = Vec::new();
    let mut faults = Vec::new();
    for path in &args.files {
        match read(path, args.known_as.as_deref(), options) {
            Ok(file) if files.iter().any(|other| other.name == file.name) => bail!(
                "two of the files are called {}: a region's files are told apart by name, so import one of them with --as",
                file.name
            ),
            Ok(file) if args.strict && file.import.losses.iter().any(is_fault) => {
                let told = file.import.losses.iter().filter(|loss| is_fault(loss));
                faults.extend(told.map(|loss| loss.told(language).to_string()));
            }
            Ok(file) => files.push(file),
            Err(error) => faults.push(format!("{error:#}")),
        }
    }
    if !faults.is_empty() {
        bail!("{}\nNothing was imported.", faults.join("\n"));
    }
    Ok(files)
}

/// Whether a strict import refuses the file for it.
fn is_fault(loss: &Loss) -> bool {
    matches!(loss.fate, Fate::Lost | Fate::Mended)
}

/// Reads a file or a folder, by its own name or another.
pub(crate) fn read(path: &Path, known_as: Option<&str>, options: &ReadOptions<'_>) -> Result<Read> {
    let shown = path.display();
    // "." has no name of its own.
    let full = path.canonicalize().with_context(|| format!("cannot read {shown}"))?;
    let own = full.file_name().with_context(|| format!("{shown} names no file"))?.to_string_lossy().into_owned();
    let name = known_as.map_or_else(|| own.clone(), str::to_owned);
    if path.is_dir() {
        let mut files = Vec::new();
        gather(path, "", options, &mut files)?;
        if files.is_empty() {
            bail!(
                "{shown} is a folder without CSV tables or parts of a model: name the files in it that are to be imported"
            );
        }
        files.sort();
        let import = viite_exchange::read_files(&name, files.clone(), options)?;
        let files = files.into_iter().map(|(file, bytes)| (format!("{name}/{file}"), bytes)).collect();
        return Ok(Read { name, files, import });
    }
    let bytes = bytes(path, options)?;
    // What a file is may be told by the ending of its own name.
    let import = viite_exchange::read_as(&own, &name, &bytes, options)?;
    Ok(Read { files: vec![(name.clone(), bytes)], name, import })
}

/// The files of a folder and those below it that may be part of a description.
fn gather(folder: &Path, within: &str, options: &ReadOptions<'_>, files: &mut Vec<(String, Vec<u8>)>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let entry = entry?;
        let name = format!("{within}{}", entry.file_name().to_string_lossy());
        let kind = entry.file_type()?;
        if kind.is_dir() && !entry.file_name().to_string_lossy().starts_with('.') {
            gather(&entry.path(), &format!("{name}/"), options, files)?;
        } else if kind.is_file() && viite_exchange::is_model_file(&name) {
            if files.len() >= options.limits.entries {
                bail!("{} holds more than {} files", folder.display(), options.limits.entries);
            }
            files.push((name, bytes(&entry.path(), options)?));
        }
    }
    Ok(())
}

/// Two files may have one name by chance: the second must not quietly take the place of the first.
fn refuse_another(
    writer: &Writer<'_>,
    graph: &NamedNode,
    file: &Read,
    region: &Region,
    same_names: usize,
) -> Result<()> {
    // What a file itself identifies, or else what it has a class for; not what it only names, nor the graph.
    let things = |predicate: NamedNodeRef<'_>| {
        let quads = writer.snapshot().graph_quads(graph).into_iter();
        let old: HashSet<NamedOrBlankNode> =
            quads.filter(|quad| quad.predicate == predicate).map(|quad| quad.subject).collect();
        let triples = file.import.triples.iter().filter(|triple| triple.predicate == predicate);
        (old, triples.map(|triple| triple.subject.clone()).collect::<HashSet<_>>())
    };
    let (mut old, mut new) = things(ns::viite::SOURCE_ID);
    if old.is_empty() || new.is_empty() {
        (old, new) = things(ns::rdf::TYPE);
    }
    if !old.is_empty() && old.is_disjoint(&new) {
        let anew = match same_names {
            0 => String::new(),
            some => format!(
                "\n{some} of its things have the name and type of one in it: if a tool gave them new identifiers, --same-names"
            ),
        };
        bail!(
            "a file called {} was imported for {} before, and this one has none of its things\n\
             if it is another file, give it a name of its own: --as NAME; if it takes the place of the first: --replace{anew}",
            file.name,
            region.code
        );
    }
    Ok(())
}

/// A new version of a description often has a new file name: then its things are those of a file that is there already.
fn alike(
    writer: &Writer<'_>,
    names: &Names,
    region: &Region,
    state: State,
    graph: &NamedNode,
    file: &Read,
) -> Option<Alike> {
    let facts = Facts::new(writer.snapshot());
    let of_file = file.import.triples.iter().filter(|triple| triple.predicate == ns::viite::SOURCE_ID);
    let things: HashSet<&NamedOrBlankNode> = of_file.map(|triple| &triple.subject).collect();
    let others = viite_review::descriptions(&facts, names)
        .into_iter()
        .filter(|one| one.region == region.iri && one.state == state && one.graph != *graph);
    let shared = others.map(|other| {
        let quads = writer.snapshot().graph_quads(&other.graph);
        let known = quads.iter().filter(|quad| quad.predicate == ns::viite::SOURCE_ID);
        Alike { file: other.file, things: known.filter(|quad| things.contains(&quad.subject)).count() }
    });
    shared.max_by_key(|alike| alike.things).filter(|alike| alike.things > 0 && alike.things * 2 >= things.len())
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
    names: &Names,
    region: &Region,
    state: State,
    graph: &NamedNode,
    file: Read,
) -> Result<(ImportedFile, Vec<Loss>, Noted)> {
    let Read { name, files, import } = file;
    let decisions = viite_review::Decisions::of(writer.snapshot(), names);
    let identity = viite_review::identify(&import.triples, writer.snapshot(), &decisions);
    // What a person rejected does not come back because the file states it.
    let mut losses = import.losses;
    losses.extend(identity.rejected.iter().map(|link| {
        let (element, resource) = (&link.subject, &link.object);
        Loss {
            at: name.clone(),
            kind: "rejected_match",
            what: Text {
                fi: Some(format!("että {element} on {resource}")),
                sv: Some(format!("att {element} är {resource}")),
                en: Some(format!("that {element} is {resource}")),
            },
            why: Text {
                fi: Some(
                    "ihminen on hylännyt sen; 'viite match accept ELEMENTTI RESURSSI' peruu hylkäyksen".to_owned(),
                ),
                sv: Some(
                    "en människa har förkastat det; 'viite match accept ELEMENT RESURS' tar tillbaka det".to_owned(),
                ),
                en: Some("a person has rejected it; 'viite match accept ELEMENT RESOURCE' takes that back".to_owned()),
            },
            fate: Fate::Lost,
        }
    }));
    // Every fact is there once: a reader gives none twice, and an identity only what the reader lacks.
    let mut new = import.triples;
    new.retain(|triple| !identity.rejected.contains(triple));
    new.extend(identity.facts);
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
        identified: identity.recognised,
        doubtful: identity.doubtful.len(),
        same_names: 0,
        alike: None,
        added,
        removed,
        losses: losses.len(),
        file: name,
    };
    let mut noted = Noted::default();
    if added > 0 || removed > 0 {
        for (name, bytes) in &files {
            writer.archive(name.as_str(), bytes)?;
        }
        noted = provenance::note(writer, &names.provenance(), graph, region, state, &imported, &losses);
    }
    Ok((imported, losses, noted))
}

fn message(imported: &Imported, region: &Region, language: Language) -> String {
    let files: Vec<&str> = imported.files.iter().map(|file| file.file.as_str()).collect();
    format!("Import {} ({}, {})", files.join(", "), region.name(language), imported.state)
}
