//! `viite languages`

use crate::{
    Ending,
    args::Format,
    output::{finish, print_json, print_table, results, table},
    regions::Regions,
    session::{Session, names, state},
};
use anyhow::{Result, bail};
use clap::Args;
use oxrdf::{NamedNode, Term, vocab::rdf};
use serde::Serialize;
use std::{
    collections::{BTreeMap, BTreeSet},
    io::Write,
    sync::Arc,
};
use viite_model::{Language, Names, State, graphs, ns};
use viite_query::{Answer, QueryOptions, facts::Facts};
use viite_store::Snapshot;

/// Names that are listed of each part; JSON has them all.
const SHOWN: usize = 20;

/// In which languages things are named, and which names are missing
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  viite languages
  viite languages --region 05
  viite languages --region 05 --missing sv      the things without a name in Swedish
  viite languages --format json

A name in another language stands in for a missing one, and is marked as such in documents: the
reader's language first, then Finnish, Swedish, English.")]
pub(crate) struct LanguagesArgs {
    /// Only this region, by code or name
    #[arg(long, value_name = "REGION")]
    pub(crate) region: Option<String>,
    /// List what has no name in this language
    #[arg(long, value_name = "LANG")]
    pub(crate) missing: Option<Language>,
    /// The state at this revision, not the newest
    #[arg(long, value_name = "REV")]
    pub(crate) at: Option<u64>,
    /// How to show it
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

/// How much of a package or of a region is named in each language.
#[derive(Serialize)]
struct Part {
    /// The package, or the region's code and state.
    part: String,
    /// What people call it, where it is a region's.
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    /// Things that have a name.
    named: usize,
    /// Things with a name in each language.
    languages: BTreeMap<&'static str, usize>,
    /// Things whose name has no language.
    without_language: usize,
    /// What has no name in the language that was asked for, by name.
    #[serde(skip_serializing_if = "Option::is_none")]
    missing: Option<Vec<Unnamed>>,
}

/// A thing without a name in a language.
#[derive(Serialize, PartialEq, Eq, PartialOrd, Ord)]
struct Unnamed {
    /// What it is called in another language, or in none.
    name: String,
    /// What it is; empty where nobody said.
    kind: String,
    thing: String,
}

impl Part {
    /// Whether everything in it has a name in all three languages.
    fn is_whole(&self) -> bool {
        self.languages.values().all(|count| *count == self.named)
    }
}

pub(crate) fn run(session: &Session, args: &LanguagesArgs) -> Result<Ending> {
    let repository = session.open()?;
    let snapshot = state(&repository, args.at)?;
    let base = names(&repository)?;
    let regions = Regions::of(&snapshot, &base)?;
    let region = match &args.region {
        Some(region) => Some(regions.find(region, session.language)?.code.clone()),
        None => None,
    };
    let facts = Facts::new(&snapshot);
    let mut parts: Vec<Part> = Vec::new();
    for (of, named) in parts_of(&snapshot, &base, region.as_deref())? {
        let has = |tag: &str| named.values().filter(|tags| tags.contains(tag)).count();
        let missing = args.missing.map(|language| {
            let lacking = named.iter().filter(|(_, tags)| !tags.contains(language.tag()));
            let mut lacking: Vec<Unnamed> =
                lacking.map(|(thing, _)| unnamed(&facts, thing, session.language)).collect();
            lacking.sort();
            lacking
        });
        let title = match &of {
            Of::Region(code, state) => {
                let name = regions.find(code, session.language)?.name(session.language).to_owned();
                Some(format!("{code} {name}, {}", facts.label(&state.iri().into(), session.language).to_lowercase()))
            }
            Of::Package(_) => None,
        };
        parts.push(Part {
            part: match of {
                Of::Region(code, state) => format!("{code}, {state}"),
                Of::Package(name) => name,
            },
            title,
            named: named.len(),
            languages: Language::ALL.into_iter().map(|language| (language.tag(), has(language.tag()))).collect(),
            without_language: has(""),
            missing,
        });
    }
    if parts.is_empty() {
        bail!("nothing is named there: 'viite region list' shows which regions are described");
    }
    match args.format {
        Format::Json => print_json(&parts)?,
        Format::Text => as_text(session.language, &parts)?,
    }
    Ok(Ending::Good)
}

fn unnamed(facts: &Facts<'_>, thing: &NamedNode, language: Language) -> Unnamed {
    let mut kinds: Vec<String> = facts
        .objects(&thing.clone().into(), rdf::TYPE)
        .iter()
        .filter(|class| matches!(class, Term::NamedNode(class) if class.as_str().starts_with(ns::VIITE)))
        .map(|class| facts.label(class, language))
        .collect();
    kinds.sort();
    Unnamed {
        name: facts.label(&thing.clone().into(), language),
        kind: kinds.join(", "),
        thing: thing.as_str().to_owned(),
    }
}

/// Whose names they are: those of regions come first.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Of {
    /// A region, by code, in a state.
    Region(String, State),
    /// A package of the reference.
    Package(String),
}

/// The tags of each thing's names. No tag is the empty one.
type Named = BTreeMap<Of, BTreeMap<NamedNode, BTreeSet<String>>>;

fn parts_of(snapshot: &Arc<Snapshot>, names: &Names, only: Option<&str>) -> Result<Named> {
    let query = "SELECT ?g ?thing (LANG(?name) AS ?tag) { GRAPH ?g { \
        ?thing rdfs:label|skos:prefLabel ?name . FILTER(ISIRI(?thing)) } }";
    let Answer::Solutions(solutions) = viite_query::prepare(query)?.run(snapshot, &QueryOptions::default())? else {
        bail!("the list of names is no list"); // a SELECT gives solutions
    };
    let mut parts = Named::new();
    for solution in solutions {
        let solution = solution?;
        let (Some(Term::NamedNode(graph)), Some(Term::NamedNode(thing))) = (solution.get("g"), solution.get("thing"))
        else {
            continue;
        };
        let part = match (graphs::package(graph.as_str()), names.described(graph)) {
            (Some((package, _)), _) if only.is_none() => Of::Package(package.to_owned()),
            (_, Some((code, state))) if only.is_none_or(|only| only == code) => Of::Region(code.to_owned(), state),
            _ => continue,
        };
        let tag = match solution.get("tag") {
            Some(Term::Literal(tag)) => tag.value().to_owned(),
            _ => String::new(),
        };
        parts.entry(part).or_default().entry(thing.clone()).or_default().insert(tag);
    }
    Ok(parts)
}

fn as_text(language: Language, parts: &[Part]) -> Result<()> {
    let [heading, named, none, packages, missing, more] = match language {
        Language::Fi => [
            "osa",
            "nimettyjä",
            "kieltä ei kerrottu",
            "viitteen paketteja, joista ei puutu mitään",
            "Nimi puuttuu",
            "muuta (--format json näyttää kaikki)",
        ],
        Language::Sv => [
            "del",
            "med namn",
            "språket inte angivet",
            "paket i referensen där inget saknas",
            "Namn saknas",
            "till (--format json visar alla)",
        ],
        Language::En => [
            "part",
            "named",
            "no language told",
            "packages of the reference that lack nothing",
            "Without a name",
            "more (--format json shows all)",
        ],
    };
    let mut rows = table(&[heading, named, "fi", "sv", "en", none]);
    // Dozens of rows without a gap would hide those with one.
    let (whole, told): (Vec<&Part>, Vec<&Part>) =
        parts.iter().partition(|part| part.title.is_none() && part.is_whole());
    for part in &told {
        let share = |count: usize| {
            let percent = (100 * count).checked_div(part.named).unwrap_or_default();
            format!("{count} ({percent} %)")
        };
        let of = |language: Language| share(part.languages.get(language.tag()).copied().unwrap_or_default());
        rows.add_row([
            part.title.as_ref().unwrap_or(&part.part).clone(),
            part.named.to_string(),
            of(Language::Fi),
            of(Language::Sv),
            of(Language::En),
            part.without_language.to_string(),
        ]);
    }
    let mut out = results();
    if !told.is_empty() {
        print_table(&mut out, &rows)?;
    }
    if !whole.is_empty() {
        let things: usize = whole.iter().map(|part| part.named).sum();
        writeln!(out, "{} {packages}; {named}: {things}", whole.len())?;
    }
    for part in told {
        let Some(things) = part.missing.as_ref().filter(|things| !things.is_empty()) else { continue };
        writeln!(out, "\n{missing}: {}, {}", part.title.as_ref().unwrap_or(&part.part), things.len())?;
        for Unnamed { name, kind, .. } in things.iter().take(SHOWN) {
            if kind.is_empty() {
                writeln!(out, "  {name}")?;
            } else {
                writeln!(out, "  {name} ({kind})")?;
            }
        }
        if things.len() > SHOWN {
            writeln!(out, "  … {} {more}", things.len() - SHOWN)?;
        }
    }
    finish(out)
}
