//! `viite show`

use crate::{
    Ending,
    args::Format,
    output::{finish, print_json, results},
    session::Session,
};
use anyhow::{Result, bail};
use clap::Args;
use oxrdf::{NamedNode, Term, Variable};
use serde::Serialize;
use std::{io::Write, sync::Arc};
use viite_model::{Language, label, ns};
use viite_query::{Answer, QueryOptions};
use viite_store::Snapshot;

/// How many things that point at this one are listed.
const MOST_USES: usize = 50;

#[derive(Serialize)]
struct Thing {
    iri: String,
    name: String,
    facts: Vec<Fact>,
    used_by: Vec<Fact>,
    uses_truncated: bool,
}

/// One statement about the thing, or about another with this thing in it.
#[derive(Serialize)]
struct Fact {
    property: String,
    property_name: String,
    value: String,
    name: String,
    #[serde(skip)]
    iri: bool,
}

/// Everything that is known about one thing, and where it is used
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  viite show region:05
  viite show s4:G8 --lang sv
  viite show Omakanta")]
pub(crate) struct ShowArgs {
    /// An IRI, a prefixed name such as s4:G8, or a name
    pub(crate) id: String,
    /// How to show it
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

pub(crate) fn run(session: &Session, args: &ShowArgs) -> Result<Ending> {
    let repository = session.open()?;
    let snapshot = repository.snapshot()?;
    let asking = Asking { snapshot: &snapshot, language: session.language };
    let iri = asking.resolve(&args.id)?;
    let thing = asking.thing(&iri)?;
    match args.format {
        Format::Json => print_json(&thing)?,
        Format::Text => write_text(&thing)?,
    }
    Ok(Ending::Good)
}

fn write_text(thing: &Thing) -> Result<()> {
    let mut out = results();
    writeln!(out, "{}  {}", thing.name, ns::shorten(&thing.iri))?;
    let width = thing
        .facts
        .iter()
        .chain(&thing.used_by)
        .map(|fact| fact.property_name.chars().count())
        .max()
        .unwrap_or_default();
    let line = |fact: &Fact| {
        let short = fact.iri.then(|| ns::shorten(&fact.value));
        let value = match short {
            Some(short) if short != fact.name => format!("{}  {short}", fact.name),
            _ => fact.name.clone(),
        };
        format!("  {:width$}  {value}", fact.property_name)
    };
    for fact in &thing.facts {
        writeln!(out, "{}", line(fact))?;
    }
    if !thing.used_by.is_empty() {
        writeln!(out, "\nused by")?;
        for fact in &thing.used_by {
            writeln!(out, "{}", line(fact))?;
        }
        if thing.uses_truncated {
            writeln!(out, "  … and more; 'viite query' finds them all")?;
        }
    }
    finish(out)
}

struct Asking<'a> {
    snapshot: &'a Arc<Snapshot>,
    language: Language,
}

impl Asking<'_> {
    /// An IRI, a prefixed name, or what people call the thing.
    fn resolve(&self, text: &str) -> Result<NamedNode> {
        let iri = text.trim().trim_start_matches('<').trim_end_matches('>');
        let direct = ns::expand(iri).and_then(|iri| NamedNode::new(iri).ok()).or_else(|| NamedNode::new(iri).ok());
        if let Some(node) = direct {
            if self.snapshot.term_id(node.as_ref()).is_some() {
                return Ok(node);
            }
            bail!("nothing is known about {}", ns::shorten(node.as_str()));
        }
        let wanted = label::key(text);
        let mut same = Vec::new();
        let mut near = Vec::new();
        let rows = self
            .rows("SELECT DISTINCT ?x ?name { ?x rdfs:label|skos:prefLabel|skos:altLabel ?name } ORDER BY ?x", None)?;
        for row in rows {
            let [Some(Term::NamedNode(x)), Some(Term::Literal(name))] = &row[..] else {
                continue;
            };
            let key = label::key(name.value());
            let list = if key == wanted {
                &mut same
            } else if key.contains(&wanted) {
                &mut near
            } else {
                continue;
            };
            if list.iter().all(|(known, _)| known != x) {
                list.push((x.clone(), name.value().to_owned()));
            }
        }
        let found = if same.is_empty() { near } else { same };
        match &found[..] {
            [] => bail!("nothing is called '{text}'; try a part of the name, or a prefixed name such as s4:G8"),
            [(only, _)] => Ok(only.clone()),
            many => {
                let list: Vec<String> = many
                    .iter()
                    .take(10)
                    .map(|(iri, name)| format!("  viite show {:<40} {name}", shell_word(iri.as_str())))
                    .collect();
                bail!("{} things are called so; name one:\n{}", many.len(), list.join("\n"))
            }
        }
    }

    fn thing(&self, iri: &NamedNode) -> Result<Thing> {
        let mut facts = self.facts("SELECT DISTINCT ?p ?o { ?this ?p ?o } ORDER BY ?p ?o", iri)?;
        let mut used_by = self.facts("SELECT DISTINCT ?p ?s { ?s ?p ?this } ORDER BY ?p ?s", iri)?;
        // Names and types first: they say what the thing is.
        facts.sort_by_key(|fact| match fact.property.as_str() {
            p if p == ns::rdf::TYPE.as_str() => 0,
            p if p == ns::rdfs::LABEL.as_str() => 1,
            _ => 2,
        });
        let uses_truncated = used_by.len() > MOST_USES;
        used_by.truncate(MOST_USES);
        Ok(Thing {
            iri: iri.as_str().to_owned(),
            name: self.name(&iri.clone().into())?,
            facts,
            used_by,
            uses_truncated,
        })
    }

    fn facts(&self, query: &str, iri: &NamedNode) -> Result<Vec<Fact>> {
        self.rows(query, Some(iri))?
            .into_iter()
            .filter_map(|row| match <[Option<Term>; 2]>::try_from(row) {
                Ok([Some(property), Some(value)]) => Some((property, value)),
                _ => None,
            })
            .map(|(property, value)| {
                Ok(Fact {
                    property_name: self.name(&property)?,
                    property: plain(&property),
                    iri: value.is_named_node(),
                    name: match &value {
                        Term::Literal(literal) => literal
                            .language()
                            .map_or_else(|| literal.value().to_owned(), |tag| format!("{} ({tag})", literal.value())),
                        _ => self.name(&value)?,
                    },
                    value: plain(&value),
                })
            })
            .collect()
    }

    /// What people call a thing, in the wanted language if it has a name there.
    fn name(&self, term: &Term) -> Result<String> {
        let Term::NamedNode(node) = term else {
            return Ok(plain(term));
        };
        let mut names: Vec<(usize, String)> = self
            .rows("SELECT ?name { ?this rdfs:label|skos:prefLabel ?name }", Some(node))?
            .into_iter()
            .filter_map(|mut row| match row.pop().flatten() {
                Some(Term::Literal(name)) => Some(name),
                _ => None,
            })
            .map(|name| {
                let order = [self.language, Language::En, Language::Fi, Language::Sv];
                let rank =
                    order.iter().position(|language| name.language() == Some(language.tag())).unwrap_or(order.len());
                (rank, name.value().to_owned())
            })
            .collect();
        names.sort();
        Ok(names.into_iter().next().map_or_else(|| ns::shorten(node.as_str()), |(_, name)| name))
    }

    fn rows(&self, query: &str, this: Option<&NamedNode>) -> Result<Vec<Vec<Option<Term>>>> {
        let options = QueryOptions {
            bindings: this.map(|this| (Variable::new_unchecked("this"), this.clone().into())).into_iter().collect(),
            ..QueryOptions::default()
        };
        let Answer::Solutions(solutions) = viite_query::prepare(query)?.run(self.snapshot, &options)? else {
            return Ok(Vec::new()); // a SELECT gives solutions
        };
        let width = solutions.variables().len();
        solutions
            .map(|solution| {
                let solution = solution?;
                Ok((0..width).map(|column| solution.get(column).cloned()).collect())
            })
            .collect()
    }
}

fn plain(term: &Term) -> String {
    match term {
        Term::NamedNode(node) => node.as_str().to_owned(),
        Term::Literal(literal) => literal.value().to_owned(),
        Term::BlankNode(node) => node.to_string(),
    }
}

/// A name that a shell takes as one word.
fn shell_word(iri: &str) -> String {
    let short = ns::shorten(iri);
    if short.starts_with('<') { format!("'{iri}'") } else { short }
}
