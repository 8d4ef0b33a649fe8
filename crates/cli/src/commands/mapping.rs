//! `viite mapping`

use crate::{
    Ending,
    args::Format,
    output::{finish, print_json, print_table, results, table, write_whole},
    session::Session,
    translate::Constructs,
};
use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand, ValueHint};
use std::{
    borrow::Cow,
    fs,
    io::Write,
    path::{Path, PathBuf},
};
use viite_exchange::{Mapping, ReadOptions};
use viite_model::{Language, Names};

/// Propose a mapping profile for a table, or see what a profile leaves unmapped
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  viite mapping list
  viite mapping check model.archimate --mapping city
  viite mapping guess portfolio.xlsx --output portfolio.toml
  viite import portfolio.xlsx --region 05 --mapping portfolio.toml

A profile is a TOML file that says what the types, relationships, properties and columns of a
model or table become. Without one, the default profile 'archimate' holds. RDF in other words
than ours is mapped by a SPARQL CONSTRUCT query (.rq): without one, by all that are listed.")]
pub(crate) struct MappingArgs {
    #[command(subcommand)]
    command: MappingCommand,
}

/// What to do with mapping profiles.
#[derive(Debug, Subcommand)]
enum MappingCommand {
    /// The mappings that come with the program
    List,
    /// Propose a profile for a workbook or CSV table of one's own
    Guess {
        /// The table
        #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
        file: PathBuf,
        /// Write the profile to this file, whole or not at all
        #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
        output: Option<PathBuf>,
    },
    /// Tell which parts of a file a profile leaves unmapped; exit code 1 if there are any
    Check {
        /// The file, or a folder
        #[arg(value_name = "FILE", value_hint = ValueHint::AnyPath)]
        file: PathBuf,
        /// The profile: a name that 'viite mapping list' shows, or a file
        #[arg(long, value_name = "NAME|FILE")]
        mapping: Option<String>,
        /// How to show it
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
}

pub(crate) fn run(session: &Session, args: &MappingArgs) -> Result<Ending> {
    match &args.command {
        MappingCommand::List => list(session.language),
        MappingCommand::Guess { file, output } => guess(file, output.as_deref()),
        MappingCommand::Check { file, mapping, format } => check(session, file, mapping.as_deref(), *format),
    }
}

/// What models and tables become, and what RDF becomes.
#[derive(Debug)]
pub(crate) struct Mappings {
    pub(crate) profile: Cow<'static, Mapping>,
    pub(crate) constructs: Constructs,
}

/// The mapping of a name, or in a file: a profile, or a CONSTRUCT query for RDF. What it does not speak of goes by those
/// that come with the program.
pub(crate) fn mappings(name: Option<&str>) -> Result<Mappings> {
    let (archimate, shipped) = (Cow::Borrowed(Mapping::archimate()), Constructs::shipped()?);
    let Some(name) = name else { return Ok(Mappings { profile: archimate, constructs: shipped }) };
    if let Some(constructs) = Constructs::named(name)? {
        return Ok(Mappings { profile: archimate, constructs });
    }
    if let Some(known) = Mapping::named(name) {
        return Ok(Mappings { profile: Cow::Borrowed(known), constructs: shipped });
    }
    let path = Path::new(name);
    if !path.exists() {
        let names = Mapping::all().map(|(name, _)| name).chain(shipped.list().map(|(name, _)| name));
        let names: Vec<&str> = names.collect();
        bail!("there is no mapping '{name}': it is one of {}, or a file", names.join(", "));
    }
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {name}"))?;
    Ok(Mappings { profile: Cow::Owned(Mapping::parse(name, &text)?), constructs: shipped })
}

fn list(language: Language) -> Result<Ending> {
    let mut out = results();
    let mut rows =
        table(&language.of([["nimi", "profiili", "mistä"], ["namn", "profil", "av"], ["name", "mapping", "of"]]));
    let models = language.of(["mallit, taulukot", "modeller, tabeller", "models, tables"]);
    for (name, mapping) in Mapping::all() {
        rows.add_row([name, mapping.name.as_str(), models]);
    }
    for (name, construct) in Constructs::shipped()?.list() {
        rows.add_row([name, construct, "RDF"]);
    }
    print_table(&mut out, &rows)?;
    finish(out)?;
    Ok(Ending::Good)
}

fn guess(file: &Path, output: Option<&Path>) -> Result<Ending> {
    let bytes = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let profile = viite_exchange::guess(&name, &bytes, Mapping::archimate())?;
    match output {
        Some(path) => write_whole(path, |to| Ok(to.write_all(profile.as_bytes())?))?,
        None => {
            let mut out = results();
            out.write_all(profile.as_bytes())?;
            finish(out)?;
        }
    }
    Ok(Ending::Good)
}

/// What a profile says nothing of.
fn kind(what: &'static str, language: Language) -> &'static str {
    match what {
        "element type" => language.of(["elementtityyppi", "elementtyp", what]),
        "relationship type" => language.of(["suhdetyyppi", "relationstyp", what]),
        "property key" => language.of(["ominaisuuden avain", "egenskapsnyckel", what]),
        _ => what,
    }
}

fn check(session: &Session, file: &Path, mapping: Option<&str>, format: Format) -> Result<Ending> {
    let mappings = mappings(mapping)?;
    // Nothing is written, so any base does.
    let names = Names::new(Names::DEFAULT_BASE)?;
    let options = ReadOptions {
        mapping: &mappings.profile,
        translate: Some(&mappings.constructs),
        language: session.explicit_language,
        ..ReadOptions::new(&names, "check")
    };
    let read = super::import::read(file, None, &options)?;
    let unmapped = read.import.unmapped;
    match format {
        Format::Json => print_json(&unmapped)?,
        Format::Text => {
            let mut out = results();
            if unmapped.is_empty() {
                let file = file.display();
                let all = session.language.of([
                    format!("Profiili kattaa kaiken, mitä tiedostossa {file} on."),
                    format!("Profilen täcker allt i {file}."),
                    format!("The mapping speaks of everything in {file}."),
                ]);
                writeln!(out, "{all}")?;
            } else {
                let mut rows = table(&session.language.of([
                    ["kuvaamatta", "nimi", "kertaa", "ensimmäinen"],
                    ["utan motsvarighet", "namn", "gånger", "första"],
                    ["unmapped", "name", "times", "first at"],
                ]));
                for part in &unmapped {
                    rows.add_row([kind(part.what, session.language), &part.name, &part.count.to_string(), &part.at]);
                }
                print_table(&mut out, &rows)?;
            }
            finish(out)?;
        }
    }
    Ok(if unmapped.is_empty() { Ending::Good } else { Ending::Findings })
}
