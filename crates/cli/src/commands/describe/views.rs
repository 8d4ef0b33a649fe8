//! The views of a region's ArchiMate files, as the architect laid them out: read from the archived files.

use anyhow::{Result, bail};
use oxrdf::{NamedNode, Term, Variable};
use std::{collections::HashMap, sync::Arc};
use viite_diagram::{Concept, Connection, Line, Shown, View};
use viite_exchange::{
    Limits,
    model::{Description, Texts},
};
use viite_model::{Language, State, label};
use viite_query::{Answer, QueryOptions};
use viite_store::{Repository, Snapshot};

/// The files that were read last for each graph of the region.
const FILES: &str = "SELECT DISTINCT ?state ?name ?archived WHERE { \
    ?graph a viite:ArchitectureDescription ; viite:inRegion ?region ; viite:state ?state ; viite:sourceFile ?name ; \
        prov:wasGeneratedBy ?import . \
    ?import prov:used ?archived } ORDER BY ?state ?name ?archived";

/// Every view that has a layout, in the order of the files.
pub(super) fn views(
    repository: &Repository,
    snapshot: &Arc<Snapshot>,
    region: &NamedNode,
    states: &[State],
    language: Language,
) -> Result<Vec<View>> {
    let options = QueryOptions {
        bindings: vec![(Variable::new_unchecked("region"), region.clone().into())],
        ..QueryOptions::default()
    };
    let Answer::Solutions(solutions) = viite_query::prepare(FILES)?.run(snapshot, &options)? else {
        return Ok(Vec::new()); // a SELECT gives solutions
    };
    let log = repository.log()?;
    let mut views = Vec::new();
    for solution in solutions {
        let solution = solution?;
        let (Some(Term::NamedNode(state)), Some(Term::NamedNode(archived))) =
            (solution.get("state"), solution.get("archived"))
        else {
            continue;
        };
        if !states.is_empty() && states.iter().all(|wanted| wanted.iri() != state.as_ref()) {
            continue;
        }
        let Some(digest) = archived.as_str().strip_prefix("urn:blake3:") else { continue };
        let mut sources = log.iter().flat_map(|revision| &revision.sources);
        let Some(source) = sources.find(|source| source.digest.to_string() == digest) else { continue };
        let bytes = repository.source(source)?;
        // A file that could be imported can be read; one of another kind has no views.
        if let Ok(Some(description)) = viite_exchange::read_description(&source.name, &bytes, &Limits::default()) {
            views.extend(of(&description, language));
        }
    }
    Ok(views)
}

/// Those that are called so; all, when none is asked for.
pub(super) fn named(mut views: Vec<View>, wanted: &[String]) -> Result<Vec<View>> {
    let same = |view: &View, name: &str| label::key(&view.title) == label::key(name);
    if let Some(unknown) = wanted.iter().find(|name| !views.iter().any(|view| same(view, name))) {
        let known: Vec<&str> = views.iter().map(|view| view.title.as_str()).collect();
        if known.is_empty() {
            bail!("the region's files hold no view with a layout, so none called '{unknown}'");
        }
        bail!("no view is called '{unknown}'; there are {}", known.join(", "));
    }
    views.retain(|view| wanted.is_empty() || wanted.iter().any(|name| same(view, name)));
    Ok(views)
}

fn of(description: &Description, language: Language) -> impl Iterator<Item = View> {
    let elements: HashMap<&str, (String, Option<Concept>)> = description
        .elements
        .iter()
        .map(|element| {
            let name = in_language(&element.about.names, language);
            (element.about.id.as_str(), (name, Concept::named(&element.concept.name)))
        })
        .collect();
    let lines: HashMap<&str, &str> = description
        .relationships
        .iter()
        .map(|relationship| (relationship.about.id.as_str(), relationship.concept.name.as_ref()))
        .collect();
    description.views.iter().filter_map(move |view| {
        // A box without a place is not drawn, nor are the lines that lead to it.
        let placed: Vec<(usize, [i32; 4])> =
            view.nodes.iter().enumerate().filter_map(|(at, node)| Some((at, node.bounds?))).collect();
        let boxes: Vec<Shown> = placed
            .iter()
            .map(|&(at, bounds)| {
                let node = &view.nodes[at];
                let element = node.element.as_deref().and_then(|id| elements.get(id));
                let (name, concept) = element.cloned().unwrap_or_default();
                Shown {
                    label: if element.is_some() { name } else { node.label.clone().unwrap_or_default() },
                    concept,
                    at: bounds,
                    holds: view.nodes.iter().any(|inner| inner.parent == Some(at)),
                    fill: node.fill,
                }
            })
            .collect();
        let place: HashMap<&str, usize> =
            placed.iter().enumerate().map(|(place, (at, _))| (view.nodes[*at].id.as_str(), place)).collect();
        let connections = view
            .connections
            .iter()
            .filter_map(|connection| {
                let kind = connection.relationship.as_deref().and_then(|id| lines.get(id)).copied();
                Some(Connection {
                    from: *place.get(connection.source.as_str())?,
                    to: *place.get(connection.target.as_str())?,
                    bends: connection.bends.clone(),
                    line: match kind {
                        Some("Flow" | "Access" | "Influence" | "Realization") => Line::Dashed,
                        Some("Serving" | "Triggering" | "Assignment" | "Specialization") => Line::Arrow,
                        _ => Line::Plain,
                    },
                })
            })
            .collect();
        let title = in_language(&view.about.names, language);
        (!boxes.is_empty()).then_some(View { title, boxes, connections })
    })
}

/// The text in the language if it is there, else the first.
fn in_language(texts: &Texts, language: Language) -> String {
    let wanted = |tag: Option<&str>| tag.is_some_and(|tag| tag.get(..2) == Some(language.tag()));
    let found = texts.iter().find(|(tag, _)| wanted(*tag)).map(|(_, text)| text);
    found.or_else(|| texts.first()).unwrap_or_default().to_owned()
}
