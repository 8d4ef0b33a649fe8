//! `viite show`

use crate::{
    Ending,
    args::Format,
    naming::resolve,
    output::{finish, print_json, results},
    session::Session,
};
use anyhow::Result;
use clap::Args;
use oxrdf::{NamedNode, NamedNodeRef, Term, Variable};
use serde::Serialize;
use std::{cmp::Reverse, io::Write, sync::Arc};
use viite_model::{Language, ns};
use viite_query::{Answer, QueryOptions, facts::Facts};
use viite_store::Snapshot;

/// How many things that point at this one are listed.
const MOST_USES: usize = 50;

/// Names and meaning come first, the source last; what is said in several languages of a meaning is told in one.
const FIRST: &[NamedNodeRef<'static>] = &[
    ns::rdf::TYPE,
    ns::rdfs::LABEL,
    ns::skos::PREF_LABEL,
    ns::skos::ALT_LABEL,
    ns::skos::HIDDEN_LABEL,
    ns::skos::DEFINITION,
    ns::dcterms::DESCRIPTION,
];
const LAST: &[NamedNodeRef<'static>] = &[
    NamedNodeRef::new_unchecked("https://w3id.org/viite/ns#clause"),
    NamedNodeRef::new_unchecked("https://w3id.org/viite/ns#place"),
    NamedNodeRef::new_unchecked("http://purl.org/dc/terms/isPartOf"),
    NamedNodeRef::new_unchecked("http://purl.org/dc/terms/source"),
];

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
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<String>,
    #[serde(skip)]
    iri: bool,
}

/// Everything that is known about one thing, and where it is used
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  viite show region:05
  viite show s4:G8 --lang sv
  viite show PTA")]
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
    let asking = Asking { snapshot: &snapshot, facts: Facts::new(&snapshot), language: session.language };
    let iri = resolve(&snapshot, &args.id, session.language, "show")?;
    let thing = asking.thing(&iri)?;
    match args.format {
        Format::Json => print_json(&thing)?,
        Format::Text => write_text(&thing, session.language)?,
    }
    Ok(Ending::Good)
}

fn write_text(thing: &Thing, language: Language) -> Result<()> {
    let mut out = results();
    let (classes, facts): (Vec<_>, Vec<_>) =
        thing.facts.iter().partition(|fact| fact.property == ns::rdf::TYPE.as_str());
    let classes: Vec<_> = classes.iter().map(|class| class.name.as_str()).collect();
    writeln!(out, "{}  {}\n{}\n", thing.name, ns::shorten(&thing.iri), classes.join(", "))?;
    let facts: Vec<_> = facts.into_iter().filter(|fact| is_told(fact, &thing.facts, language)).collect();
    let uses: Vec<_> = thing.used_by.iter().collect();
    let width = facts.iter().chain(&uses).map(|fact| fact.property_name.chars().count()).max().unwrap_or_default();
    write_facts(&mut out, &facts, width)?;
    let [heading, more] = match language {
        Language::Fi => ["Viittaukset tähän", "… ja muita; 'viite query' löytää kaikki"],
        Language::Sv => ["Hänvisningar hit", "… med flera; 'viite query' hittar alla"],
        Language::En => ["Referred to by", "… and more; 'viite query' finds them all"],
    };
    if !uses.is_empty() {
        writeln!(out, "\n{heading}")?;
        write_facts(&mut out, &uses, width)?;
        if thing.uses_truncated {
            writeln!(out, "  {more}")?;
        }
    }
    finish(out)
}

/// A line for each fact; a property is named on the first of its lines.
fn write_facts(out: &mut impl Write, facts: &[&Fact], width: usize) -> Result<()> {
    let mut before = None;
    for fact in facts {
        let property = if before == Some(&fact.property) { "" } else { &fact.property_name };
        let short = fact.iri.then(|| ns::shorten(&fact.value)).filter(|short| *short != fact.name);
        let beside = short.map(|short| format!("  {short}"));
        let beside = beside.or_else(|| fact.language.as_ref().map(|tag| format!(" ({tag})"))).unwrap_or_default();
        writeln!(out, "  {property:width$}  {}{beside}", fact.name)?;
        before = Some(&fact.property);
    }
    Ok(())
}

/// Names are told in every language; a meaning in the reader's, if it is there.
fn is_told(fact: &Fact, all: &[Fact], language: Language) -> bool {
    let names = [ns::rdfs::LABEL, ns::skos::PREF_LABEL, ns::skos::ALT_LABEL];
    let wanted = Some(language.tag());
    fact.language.is_none()
        || fact.language.as_deref() == wanted
        || names.iter().any(|name| fact.property == name.as_str())
        || !all.iter().any(|other| other.property == fact.property && other.language.as_deref() == wanted)
}

struct Asking<'a> {
    snapshot: &'a Arc<Snapshot>,
    facts: Facts<'a>,
    language: Language,
}

impl Asking<'_> {
    fn thing(&self, iri: &NamedNode) -> Result<Thing> {
        let mut facts = self.facts("SELECT DISTINCT ?p ?o { ?this ?p ?o } ORDER BY ?p ?o", iri)?;
        let mut used_by = self.facts("SELECT DISTINCT ?p ?s { ?s ?p ?this } ORDER BY ?p ?s", iri)?;
        for list in [&mut facts, &mut used_by] {
            list.sort_by_cached_key(|fact| self.place(fact));
        }
        let uses_truncated = used_by.len() > MOST_USES;
        used_by.truncate(MOST_USES);
        Ok(Thing {
            iri: iri.as_str().to_owned(),
            name: self.facts.label(&iri.clone().into(), self.language),
            facts,
            used_by,
            uses_truncated,
        })
    }

    /// Where a fact stands in the list.
    fn place(&self, fact: &Fact) -> impl Ord + use<> {
        let among = |list: &[NamedNodeRef<'_>]| list.iter().position(|known| known.as_str() == fact.property);
        let order =
            among(FIRST).map_or_else(|| among(LAST).map_or(0, |place| 1 + place as i64), |place| place as i64 - 100);
        let wanted = fact.language.as_deref() == Some(self.language.tag());
        let language = Language::ALL.iter().position(|language| fact.language.as_deref() == Some(language.tag()));
        (order, fact.property_name.clone(), fact.property.clone(), Reverse(wanted), language, by_number(&fact.name))
    }

    fn facts(&self, query: &str, iri: &NamedNode) -> Result<Vec<Fact>> {
        let facts =
            self.rows(query, Some(iri))?.into_iter().filter_map(|row| match <[Option<Term>; 2]>::try_from(row) {
                Ok([Some(property), Some(value)]) => Some(Fact {
                    property_name: self.facts.label(&property, self.language),
                    property: plain(&property),
                    iri: value.is_named_node(),
                    name: self.facts.label(&value, self.language),
                    language: match &value {
                        Term::Literal(literal) => literal.language().map(str::to_owned),
                        _ => None,
                    },
                    value: plain(&value),
                }),
                _ => None,
            });
        Ok(facts.collect())
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

/// The name with its numbers padded, so that measure 2 stands before measure 12.
fn by_number(name: &str) -> String {
    let mut padded = String::with_capacity(name.len());
    let mut rest = name;
    while let Some(start) = rest.find(|sign: char| sign.is_ascii_digit()) {
        let digits = rest[start..].find(|sign: char| !sign.is_ascii_digit()).unwrap_or(rest.len() - start);
        padded.push_str(&rest[..start]);
        padded.push_str(&format!("{:0>9}", &rest[start..start + digits]));
        rest = &rest[start + digits..];
    }
    padded + rest
}
