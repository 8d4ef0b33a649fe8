//! The thing that somebody names on the command line.

use crate::{output::note, regions::distance};
use anyhow::{Result, bail};
use oxrdf::{NamedNode, Term};
use std::sync::Arc;
use viite_model::{Language, label, ns};
use viite_query::{Answer, QueryOptions, facts::Facts};
use viite_store::Snapshot;

/// An IRI, a prefixed name, what people call the thing, or the identifier that it has in its file. `command` is the one to repeat with another name.
///
/// # Errors
/// When nothing is called so, or several things are; then it lists the nearest, or them.
pub(crate) fn resolve(snapshot: &Arc<Snapshot>, text: &str, language: Language, command: &str) -> Result<NamedNode> {
    let iri = text.trim().trim_start_matches('<').trim_end_matches('>');
    let direct = ns::expand(iri).and_then(|iri| NamedNode::new(iri).ok()).or_else(|| NamedNode::new(iri).ok());
    if let Some(node) = direct {
        if snapshot.term_id(node.as_ref()).is_some() {
            return Ok(node);
        }
        bail!("nothing is known about {}", ns::shorten(node.as_str()));
    }
    let wanted = label::key(text);
    if wanted.is_empty() {
        bail!("nothing is called '{text}'; write a name, or a prefixed name such as s4:G8");
    }
    let mut same = Vec::new();
    let mut near = Vec::new();
    let mut misspelt: Vec<(usize, String, NamedNode)> = Vec::new();
    let query = "SELECT DISTINCT ?x ?name { ?x rdfs:label|skos:prefLabel|skos:altLabel|skos:hiddenLabel|viite:nameInSource|viite:sourceId ?name } \
        ORDER BY ?x ?name";
    let Answer::Solutions(solutions) = viite_query::prepare(query)?.run(snapshot, &QueryOptions::default())? else {
        bail!("the list of names is no list"); // a SELECT gives solutions
    };
    let facts = Facts::new(snapshot);
    for solution in solutions {
        let solution = solution?;
        let (Some(Term::NamedNode(x)), Some(Term::Literal(name))) = (solution.get("x"), solution.get("name")) else {
            continue;
        };
        let key = label::key(name.value());
        let list = if key == wanted {
            &mut same
        } else if key.contains(&wanted) {
            &mut near
        } else {
            // Likeness is reckoned only while nothing was found: a nation has a million names.
            let lengths = key.chars().count().abs_diff(wanted.chars().count());
            if !same.is_empty() || !near.is_empty() || 2 * lengths >= wanted.chars().count() {
                continue;
            }
            let letters = distance(&key, &wanted);
            // With half of the letters wrong it is another name.
            if 2 * letters < wanted.chars().count() {
                misspelt.push((letters, name.value().to_owned(), x.clone()));
            }
            continue;
        };
        // The names of one thing follow each other.
        if list.last().is_none_or(|(known, _)| known != x) {
            list.push((x.clone(), name.value().to_owned()));
        }
    }
    let exact = !same.is_empty();
    let mut found = if exact { same } else { near };
    found.sort_by_cached_key(|(iri, _)| (rank(iri), iri.clone()));
    let mention = |(iri, name): &(NamedNode, String)| {
        let name = if exact { facts.label(&iri.clone().into(), language) } else { name.clone() };
        format!("  viite {command} {:<40} {name}", shell_word(iri.as_str()))
    };
    match &found[..] {
        [] => {
            misspelt.sort_by_cached_key(|(letters, name, x)| (*letters, rank(x), name.clone(), x.clone()));
            misspelt.dedup_by(|a, b| a.2 == b.2);
            let nearest: Vec<_> = misspelt.into_iter().take(3).map(|(_, name, x)| mention(&(x, name))).collect();
            if nearest.is_empty() {
                bail!("nothing is called '{text}'; try a part of the name, or a prefixed name such as s4:G8");
            }
            bail!("nothing is called '{text}'; the nearest are:\n{}", nearest.join("\n"))
        }
        [(only, _)] => Ok(only.clone()),
        [(first, _), others @ ..] if exact && rank(&others[0].0) > rank(first) => {
            let others: Vec<_> = others.iter().take(10).map(mention).collect();
            note(format!("'{text}' is also a name of\n{}", others.join("\n")));
            Ok(first.clone())
        }
        many => {
            let list: Vec<_> = many.iter().take(10).map(mention).collect();
            let more = many.len().saturating_sub(list.len());
            let more = if more > 0 { format!("\n  … and {more} more") } else { String::new() };
            bail!("{} things are called so; name one:\n{}{more}", many.len(), list.join("\n"))
        }
    }
}

/// Who says a name means the things of the reference first, then what regions describe, then clauses that are called
/// after a thing, and last a term of the vocabulary.
fn rank(iri: &NamedNode) -> u8 {
    let iri = iri.as_str();
    match iri {
        _ if iri.starts_with(ns::REFERENCE) => 0,
        _ if iri.starts_with(ns::VIITE) => 3,
        _ if ns::PREFIXES.iter().any(|(prefix, base)| matches!(*prefix, "s0" | "s4") && iri.starts_with(base)) => 2,
        _ if ns::PREFIXES.iter().any(|(_, base)| iri.starts_with(base)) => 3,
        _ => 1,
    }
}

/// A name that a shell takes as one word.
fn shell_word(iri: &str) -> String {
    let short = ns::shorten(iri);
    if short.starts_with('<') { format!("'{iri}'") } else { short }
}
