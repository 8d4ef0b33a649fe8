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
use oxrdf::{NamedNode, Term};
use serde::Serialize;
use std::{
    collections::{BTreeMap, BTreeSet},
    io::Write,
    sync::Arc,
};
use viite_model::{Language, Names, graphs};
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
    /// Things that have a name.
    named: usize,
    /// Things with a name in each language.
    languages: BTreeMap<&'static str, usize>,
    /// Things whose name has no language.
    without_language: usize,
    /// The names of things without one in the language that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    missing: Option<Vec<String>>,
}

pub(crate) fn run(session: &Session, args: &LanguagesArgs) -> Result<Ending> {
    let repository = session.open()?;
    let snapshot = state(&repository, args.at)?;
    let base = names(&repository)?;
    let region = match &args.region {
        Some(region) => Some(Regions::of(&snapshot, &base)?.find(region, session.language)?.code.clone()),
        None => None,
    };
    let mut parts: Vec<Part> = Vec::new();
    for (part, named) in parts_of(&snapshot, &base, region.as_deref())? {
        let has = |tag: &str| named.values().filter(|tags| tags.contains(tag)).count();
        let missing = args.missing.map(|language| {
            let facts = Facts::new(&snapshot);
            let lacking = named.iter().filter(|(_, tags)| !tags.contains(language.tag()));
            lacking.map(|(thing, _)| facts.label(&thing.clone().into(), session.language)).collect()
        });
        parts.push(Part {
            part,
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

/// The tags of each thing's names, by package of the reference, or by region and state. No tag is the empty one.
type Named = BTreeMap<String, BTreeMap<NamedNode, BTreeSet<String>>>;

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
            (Some((package, _)), _) if only.is_none() => package.to_owned(),
            (_, Some((code, state))) if only.is_none_or(|only| only == code) => format!("{code}, {state}"),
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
    let [heading, named, none, missing, more] = match language {
        Language::Fi => {
            ["osa", "nimettyjä", "kieltä ei kerrottu", "Nimi puuttuu", "muuta (--format json näyttää kaikki)"]
        }
        Language::Sv => ["del", "med namn", "språket inte angivet", "Namn saknas", "till (--format json visar alla)"],
        Language::En => ["part", "named", "no language told", "Without a name", "more (--format json shows all)"],
    };
    let mut rows = table(&[heading, named, "fi", "sv", "en", none]);
    for part in parts {
        let share = |count: usize| {
            let percent = (100 * count).checked_div(part.named).unwrap_or_default();
            format!("{count} ({percent} %)")
        };
        let of = |language: Language| share(part.languages.get(language.tag()).copied().unwrap_or_default());
        rows.add_row([
            part.part.clone(),
            part.named.to_string(),
            of(Language::Fi),
            of(Language::Sv),
            of(Language::En),
            part.without_language.to_string(),
        ]);
    }
    let mut out = results();
    print_table(&mut out, &rows)?;
    for part in parts {
        let Some(names) = part.missing.as_ref().filter(|names| !names.is_empty()) else { continue };
        writeln!(out, "\n{missing}: {}, {}", part.part, names.len())?;
        for name in names.iter().take(SHOWN) {
            writeln!(out, "  {name}")?;
        }
        if names.len() > SHOWN {
            writeln!(out, "  … {} {more}", names.len() - SHOWN)?;
        }
    }
    finish(out)
}
