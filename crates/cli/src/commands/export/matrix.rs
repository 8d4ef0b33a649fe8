//! `viite export --matrix responsibilities`: who answers for what, as a workbook to fill.

use crate::{
    regions::Regions,
    session::{Session, names, state},
};
use anyhow::{Context, Result, bail};
use oxrdf::{NamedNode, Term};
use std::{collections::BTreeMap, sync::Arc};
use viite_exchange::workbook::{Axis, Matrix};
use viite_model::ns;
use viite_query::{Answer, QueryOptions};
use viite_store::Snapshot;

/// Things of the reference that somebody answers for, and those of a region.
const OBJECTS: &str = "SELECT DISTINCT ?thing ?class { \
    VALUES ?class { $CLASSES } ?thing a ?class . FILTER(ISIRI(?thing)) $WHERE }";

/// Actors and roles that have a duty or a responsibility, and those that a region names.
const ACTORS: &str = "SELECT DISTINCT ?thing ?class { \
    { { ?r a viite:Responsibility ; viite:actor ?thing } UNION { ?d a viite:Duty ; viite:actor ?thing } \
      UNION { ?d a viite:Duty ; viite:role ?thing } FILTER NOT EXISTS { ?thing viite:inRegion ?other } } \
    UNION { $REGION } \
    FILTER(ISIRI(?thing)) OPTIONAL { ?thing a viite:Role BIND(viite:Role AS ?role) } \
    BIND(COALESCE(?role, viite:Actor) AS ?class) }";

const KNOWN: &str = "SELECT DISTINCT ?object ?actor ?kind { \
    { ?r a viite:Responsibility ; viite:object ?object ; viite:actor ?actor ; viite:responsibilityKind ?kind } \
    UNION { VALUES (?property ?kind) { (viite:responsible viite:Responsible) (viite:accountable viite:Accountable) \
      (viite:consulted viite:Consulted) (viite:informed viite:Informed) } ?object ?property ?actor } }";

/// The filled-in matrix as a workbook.
pub(super) fn workbook(session: &Session, region: Option<&str>, at: Option<u64>) -> Result<Vec<u8>> {
    let repository = session.open()?;
    let snapshot = state(&repository, at)?;
    let language = session.language;
    let (objects, actors) = match region {
        None => {
            let classes = "viite:Measure viite:Duty viite:NationalService";
            let only = "FILTER NOT EXISTS { ?thing viite:inRegion ?region } \
                        FILTER(?class != viite:Duty || EXISTS { ?thing viite:guideline ?g })";
            (OBJECTS.replace("$CLASSES", classes).replace("$WHERE", only), ACTORS.replace("$REGION", ""))
        }
        Some(region) => {
            let regions = Regions::of(&snapshot, &names(&repository)?)?;
            let iri = &regions.find(region, language)?.iri;
            let classes = "viite:Service viite:InformationSystem viite:Process viite:DataStore viite:Project";
            let within = format!("?thing viite:inRegion {iri}");
            let actors = format!("VALUES ?kind {{ viite:Actor viite:Role }} ?thing a ?kind ; viite:inRegion {iri}");
            (OBJECTS.replace("$CLASSES", classes).replace("$WHERE", &within), ACTORS.replace("$REGION", &actors))
        }
    };
    let labels = viite_query::facts::Facts::new(&snapshot);
    let axis = |query: &str| -> Result<Vec<Axis>> {
        let mut found: BTreeMap<(String, String, NamedNode), ()> = BTreeMap::new();
        for [thing, class] in select(&snapshot, query, ["thing", "class"])? {
            let (label, kind) = (labels.label(&thing, language), labels.label(&class, language));
            if let Term::NamedNode(iri) = thing {
                found.insert((kind, sortable(&iri, label), iri), ());
            }
        }
        let mut axis: Vec<Axis> = Vec::new();
        for ((kind, label, iri), ()) in found {
            // A thing of two classes stands once.
            if !axis.iter().any(|other| other.iri == iri) {
                axis.push(Axis { iri, label, kind });
            }
        }
        Ok(axis)
    };
    let (objects, actors) = (axis(&objects)?, axis(&actors)?);
    if objects.is_empty() || actors.is_empty() {
        bail!(
            "there is nothing that anybody could answer for: import a description first, and see 'viite region list'"
        );
    }
    let index = |axis: &[Axis]| -> BTreeMap<NamedNode, usize> {
        axis.iter().enumerate().map(|(index, axis)| (axis.iri.clone(), index)).collect()
    };
    let (by_object, by_actor) = (index(&objects), index(&actors));
    let mut known = Vec::new();
    for terms in select(&snapshot, KNOWN, ["object", "actor", "kind"])? {
        if let [Term::NamedNode(object), Term::NamedNode(actor), Term::NamedNode(kind)] = terms
            && let (Some(object), Some(actor)) = (by_object.get(&object), by_actor.get(&actor))
        {
            known.push((*object, *actor, kind));
        }
    }
    known.sort();
    let matrix = Matrix { objects, actors, known };
    matrix.write(language).context("the workbook cannot be written")
}

/// Clauses begin with their number, so that they stand in the order of their document.
fn sortable(iri: &NamedNode, label: String) -> String {
    let short = ns::shorten(iri.as_str());
    match short.split_once(':') {
        Some(("s0" | "s4", number)) => format!("{number} {label}"),
        _ => label,
    }
}

fn select<const N: usize>(snapshot: &Arc<Snapshot>, query: &str, names: [&str; N]) -> Result<Vec<[Term; N]>> {
    let Answer::Solutions(solutions) = viite_query::prepare(query)?.run(snapshot, &QueryOptions::default())? else {
        bail!("a question for a table gave none"); // a SELECT gives solutions
    };
    let mut rows = Vec::new();
    for solution in solutions {
        let solution = solution?;
        let cells: Vec<Term> = names.iter().filter_map(|name| solution.get(*name).cloned()).collect();
        if let Ok(row) = cells.try_into() {
            rows.push(row);
        }
    }
    Ok(rows)
}
