//! What a description is about: the country, a collaboration area, a region or one system of it.

use super::DescribeArgs;
use crate::{regions::Regions, session::Session};
use anyhow::{Result, bail};
use oxrdf::{NamedNode, Term, Variable};
use std::{collections::BTreeMap, sync::Arc};
use viite_describe::Of;
use viite_model::{Language, Names, label, name, ns};
use viite_query::{Answer, QueryOptions, facts::Facts};
use viite_store::Snapshot;

/// What the arguments name.
pub(super) fn of(session: &Session, args: &DescribeArgs, snapshot: &Arc<Snapshot>, names: &Names) -> Result<Of> {
    let region = match &args.region {
        Some(text) => Some(Regions::of(snapshot, names)?.find(text, session.language)?.iri.clone()),
        None => None,
    };
    match (&args.system, &args.area, region) {
        (Some(text), _, region) => system(snapshot, text, region),
        (None, Some(text), _) => area(snapshot, text, session.language),
        (None, None, Some(region)) => Ok(Of::Region(region)),
        (None, None, None) => Ok(Of::Nation),
    }
}

/// Things with all their names, and what each belongs to.
struct Named {
    thing: NamedNode,
    within: NamedNode,
    names: Vec<String>,
}

fn named(snapshot: &Arc<Snapshot>, query: &str, region: Option<NamedNode>) -> Result<Vec<Named>> {
    let bindings = region.map(|region| (Variable::new_unchecked("within"), Term::from(region))).into_iter().collect();
    let options = QueryOptions { bindings, ..QueryOptions::default() };
    let Answer::Solutions(solutions) = viite_query::prepare(query)?.run(snapshot, &options)? else {
        return Ok(Vec::new()); // a SELECT gives solutions
    };
    let mut found: BTreeMap<(String, String), Named> = BTreeMap::new();
    for solution in solutions {
        let solution = solution?;
        let (Some(Term::NamedNode(thing)), Some(Term::NamedNode(within)), Some(Term::Literal(name))) =
            (solution.get("thing"), solution.get("of"), solution.get("name"))
        else {
            continue;
        };
        let key = (thing.as_str().to_owned(), within.as_str().to_owned());
        let named = found.entry(key).or_insert_with(|| Named {
            thing: thing.clone(),
            within: within.clone(),
            names: Vec::new(),
        });
        named.names.push(name.value().to_owned());
    }
    Ok(found.into_values().collect())
}

const SYSTEMS: &str = "SELECT DISTINCT ?thing ?of ?name WHERE { \
    ?thing a viite:InformationSystem ; viite:inRegion ?within ; rdfs:label|skos:altLabel|viite:sourceId ?name . \
    FILTER NOT EXISTS { ?thing viite:correspondsTo ?picture } BIND(?within AS ?of) }";
const AREAS: &str = "SELECT DISTINCT ?thing ?of ?name WHERE { \
    ?thing a viite:CollaborationArea ; rdfs:label|skos:altLabel|viite:code ?name . \
    ?of viite:collaborationArea ?thing }";

fn system(snapshot: &Arc<Snapshot>, text: &str, region: Option<NamedNode>) -> Result<Of> {
    let systems = named(snapshot, SYSTEMS, region)?;
    let mut same = with_name(&systems, text);
    match same.len() {
        0 => bail!("no information system is called '{text}'{}", nearest(&systems, text)),
        1 => {
            let Named { thing, within, .. } = same.remove(0);
            Ok(Of::System { system: thing.clone(), region: within.clone() })
        }
        _ => {
            let told: Vec<String> = same
                .iter()
                .map(|system| {
                    format!("{} ({})", ns::shorten(system.thing.as_str()), ns::shorten(system.within.as_str()))
                })
                .collect();
            bail!(
                "'{text}' is the name of {} systems: name the region too, or the system by its IRI: {}",
                same.len(),
                told.join(", ")
            )
        }
    }
}

fn area(snapshot: &Arc<Snapshot>, text: &str, language: Language) -> Result<Of> {
    let pairs = named(snapshot, AREAS, None)?;
    let wanted = label::key(text);
    // "Western Finland" is enough for "Western Finland collaboration area".
    let begins = |pair: &&Named| pair.names.iter().any(|name| label::key(name).starts_with(&wanted));
    let first = with_name(&pairs, text).into_iter().next().or_else(|| pairs.iter().find(begins));
    let Some(first) = first.filter(|_| !wanted.is_empty()) else {
        let facts = Facts::new(snapshot);
        let mut known: Vec<String> =
            pairs.iter().map(|pair| facts.label(&pair.thing.clone().into(), language)).collect();
        known.sort();
        known.dedup();
        bail!("there is no collaboration area '{text}' with regions; there are {}", known.join(", "));
    };
    let area = first.thing.clone();
    let regions = pairs.iter().filter(|pair| pair.thing == area).map(|pair| pair.within.clone()).collect();
    Ok(Of::Area { area, regions })
}

const FUNCTIONS: &str = "SELECT DISTINCT ?thing ?of ?name WHERE { \
    ?thing a viite:Function ; skos:inScheme ?scheme ; rdfs:label|skos:altLabel ?name BIND(?thing AS ?of) }";
const BRANCHES: &str = "SELECT DISTINCT ?thing ?of ?name WHERE { \
    ?thing a viite:Function ; skos:topConceptOf ?scheme ; rdfs:label ?name BIND(?thing AS ?of) }";

/// The function of the reference that is called so.
pub(super) fn function(snapshot: &Arc<Snapshot>, text: &str, language: Language) -> Result<NamedNode> {
    let functions = named(snapshot, FUNCTIONS, None)?;
    if let Some(function) = with_name(&functions, text).into_iter().next() {
        return Ok(function.thing.clone());
    }
    let facts = Facts::new(snapshot);
    let mut branches: Vec<String> = named(snapshot, BRANCHES, None)?
        .iter()
        .map(|branch| facts.label(&branch.thing.clone().into(), language))
        .collect();
    branches.sort();
    bail!("no function is called '{text}'; the widest are {}, and every narrower one will do", branches.join(", "))
}

fn with_name<'a>(all: &'a [Named], text: &str) -> Vec<&'a Named> {
    let wanted = label::key(text);
    let iri = ns::expand(text).unwrap_or_else(|| text.to_owned());
    all.iter()
        .filter(|named| named.thing.as_str() == iri || named.names.iter().any(|name| label::key(name) == wanted))
        .collect()
}

/// The names that are most like the one that was asked for.
fn nearest(all: &[Named], text: &str) -> String {
    let mut names: Vec<(f64, &str)> = all
        .iter()
        .flat_map(|named| &named.names)
        .map(|known| (name::similarity((known, None), (text, None)), known.as_str()))
        .collect();
    names.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    names.dedup();
    let names: Vec<&str> = names.into_iter().take(3).map(|(_, name)| name).collect();
    if names.is_empty() {
        "; no systems are described".to_owned()
    } else {
        format!("; the nearest are {}", names.join(", "))
    }
}
