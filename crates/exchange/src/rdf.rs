//! RDF in every syntax of `oxrdfio`: parsed, flattened into one graph, blank nodes named.

use crate::loss::At;
use crate::mapping::{Context, Translate, Unmapped};
use crate::notes::files as notes;
use crate::{Fault, Limits, LossReport, Place, ReadError, skolem};
use oxrdf::{GraphName, Literal, NamedNode, NamedOrBlankNode, Term, Triple};
use oxrdfio::{RdfFormat, RdfParser, RdfSyntaxError};
use rustc_hash::FxHashSet;
use std::collections::BTreeMap;
use std::io::{self, Read};
use viite_model::ns;

/// Syntax errors that are told before the reading is given up.
const ERRORS: usize = 5;

/// Triples, with how many things, relations between them, and values they tell about.
pub(crate) struct Graph {
    pub(crate) triples: Vec<Triple>,
    pub(crate) things: u64,
    pub(crate) relations: u64,
    pub(crate) values: u64,
    /// Classes of things that are of no class of ours.
    pub(crate) unmapped: Vec<Unmapped>,
}

/// Reads a whole text.
pub(crate) fn read(
    text: &str,
    format: RdfFormat,
    context: Context<'_>,
    translate: Option<&dyn Translate>,
    limits: &Limits,
    losses: &mut LossReport,
) -> Result<Graph, ReadError> {
    let file = context.file;
    if format == RdfFormat::RdfXml {
        refuse_entities(file, text)?;
    }
    if matches!(format, RdfFormat::JsonLd { .. }) {
        refuse_depth(file, text, limits)?;
    }
    let mut triples = parse(text, format, context, limits, losses)?;
    crate::mapping::sort(&mut triples);
    let mut triples = skolem::skolemise(triples, file, context.names, context.region, limits)?;
    if let Some(translate) = translate {
        let said = translate.translate(&triples).map_err(|problem| {
            let help = "import the file with another --mapping, or mend the query of this one";
            ReadError::new(file, None, Fault::Refused, format!("the mapping cannot be used: {problem}"), help)
        })?;
        triples.extend(said);
        crate::mapping::sort(&mut triples);
    }
    add_region(&mut triples, context);
    crate::mapping::sort(&mut triples);
    Ok(count(triples))
}

fn parser(format: RdfFormat, graph: &NamedNode) -> RdfParser {
    let parser = RdfParser::from_format(format);
    // Relative IRIs name things of the file, which is a graph of its own.
    match parser.clone().with_base_iri(graph.as_str()) {
        Ok(parser) => parser,
        Err(_) => parser,
    }
}

fn parse(
    text: &str,
    format: RdfFormat,
    context: Context<'_>,
    limits: &Limits,
    losses: &mut LossReport,
) -> Result<Vec<Triple>, ReadError> {
    let file = context.file;
    let mut triples = Vec::new();
    let mut graphs: BTreeMap<String, u64> = BTreeMap::new();
    let mut errors: Vec<(Option<Place>, RdfSyntaxError)> = Vec::new();
    for quad in parser(format, context.graph).for_slice(text) {
        match quad {
            Ok(quad) => {
                if triples.len() >= limits.triples {
                    return Err(ReadError::new(
                        file,
                        None,
                        Fault::TooLarge,
                        format!("the file has more than {} triples", limits.triples),
                        "split it, and import the part that concerns the region",
                    ));
                }
                match &quad.graph_name {
                    GraphName::DefaultGraph => {}
                    name => *graphs.entry(name.to_string()).or_default() += 1,
                }
                triples.push(Triple::from(quad));
            }
            Err(error) => {
                errors.push((place(&error), error));
                if errors.len() == ERRORS {
                    break;
                }
            }
        }
    }
    for (graph, count) in graphs {
        losses.tell(At::FILE, notes::graph_merged(count, graph));
    }
    let Some((at, first)) = errors.first() else {
        if triples.is_empty() {
            losses.tell(At::FILE, notes::states_nothing(format.name()));
        }
        return Ok(triples);
    };
    let at = at.or_else(|| line_of_error(text, format, context.graph));
    let mut problem = format!("not well-formed {}: {first}", format.name());
    for (place, error) in errors.iter().skip(1) {
        let place = place.map_or_else(String::new, |place| format!("{file}:{place}: "));
        problem.push_str(&format!("\n  {place}{error}"));
    }
    let help = if problem.contains("remote context") {
        "Viite fetches nothing from the network: write the context into the file"
    } else if ["<<", "{|"].iter().any(|mark| problem.contains(&format!(": {mark} is not"))) {
        "statements about statements (RDF-star: << … >> and {| … |}) are not read: leave them out, and write what they \
         tell of a relationship with a node of its own (viite:source, viite:target, rdf:predicate); nothing was imported"
    } else {
        "mend the place, or write the file again with the tool that made it; nothing was imported"
    };
    Err(ReadError::new(file, at, Fault::Syntax, problem, help))
}

fn place(error: &RdfSyntaxError) -> Option<Place> {
    let start = error.location()?.start;
    let one_up = |number: u64| u32::try_from(number).unwrap_or(u32::MAX).saturating_add(1);
    Some(Place::new(one_up(start.line), one_up(start.column)))
}

/// The line of an error whose syntax does not tell it: the one that the parser had read last.
fn line_of_error(text: &str, format: RdfFormat, graph: &NamedNode) -> Option<Place> {
    let mut lines = Lines { rest: text.as_bytes(), line: 0 };
    let failed = parser(format, graph).for_reader(&mut lines).any(|quad| quad.is_err());
    failed.then_some(Place::new(lines.line.max(1), 1))
}

/// Gives a text line by line, and counts.
struct Lines<'t> {
    rest: &'t [u8],
    line: u32,
}

impl Read for Lines<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let end = self.rest.iter().position(|byte| *byte == b'\n');
        let length = end.map_or(self.rest.len(), |end| end + 1).min(buffer.len());
        let (line, rest) = self.rest.split_at(length);
        buffer[..length].copy_from_slice(line);
        self.rest = rest;
        self.line += u32::from(line.ends_with(b"\n") || (rest.is_empty() && length > 0));
        Ok(length)
    }
}

/// Refuses JSON that is nested so deep that its reader would take for ever.
fn refuse_depth(file: &str, text: &str, limits: &Limits) -> Result<(), ReadError> {
    let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
    for (offset, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'{' | b'[' if !in_string => depth += 1,
            b'}' | b']' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > limits.depth {
            return Err(ReadError::new(
                file,
                Some(crate::place::place_of(text, offset)),
                Fault::TooLarge,
                format!("objects and arrays are nested deeper than {} levels", limits.depth),
                "write the file again, flattened",
            ));
        }
    }
    Ok(())
}

/// Refuses entities of a document type that name other entities, files, or much text.
///
/// Tools for ontologies write short entities for namespaces, which do no harm.
fn refuse_entities(file: &str, text: &str) -> Result<(), ReadError> {
    const LONGEST: usize = 1024;
    const EXPANDED: usize = 64 << 20;
    let refuse = |offset: usize, problem: String| {
        Err(ReadError::new(
            file,
            Some(crate::place::place_of(text, offset)),
            Fault::Refused,
            problem,
            "entities can exhaust the memory or read other files: write the file again without a \
             document type declaration (<!DOCTYPE …>), or as Turtle",
        ))
    };
    let mut longest = 0;
    for (offset, declaration) in text.match_indices("<!ENTITY") {
        let after = text[offset + declaration.len()..].trim_start();
        let Some((name, rest)) = after.split_once(char::is_whitespace) else {
            return refuse(offset, "an entity declaration is cut off".into());
        };
        let rest = rest.trim_start();
        let value = rest
            .chars()
            .next()
            .filter(|quote| matches!(quote, '"' | '\''))
            .and_then(|quote| rest[1..].split_once(quote));
        match value {
            Some((value, _)) if value.contains(['&', '%']) => {
                return refuse(offset, format!("the entity '{name}' is made of other entities"));
            }
            Some((value, _)) if value.len() > LONGEST => {
                return refuse(offset, format!("the entity '{name}' is longer than {LONGEST} bytes"));
            }
            Some((value, _)) => longest = longest.max(value.len()),
            None => {
                return refuse(offset, format!("the entity '{name}' stands for something outside the file"));
            }
        }
    }
    let references = text.bytes().filter(|byte| *byte == b'&').count();
    if longest > 0 && references.saturating_mul(longest) > EXPANDED {
        return refuse(0, "the entities of the file would fill more than 64 MiB".into());
    }
    Ok(())
}

/// Says of what Viite knows as a thing, and whose region the file does not say, that it is of this one.
fn add_region(triples: &mut Vec<Triple>, context: Context<'_>) {
    let named = |triple: &Triple| match &triple.subject {
        NamedOrBlankNode::NamedNode(node) => Some(node.clone()),
        NamedOrBlankNode::BlankNode(_) => None,
    };
    let placed: FxHashSet<NamedNode> =
        triples.iter().filter(|triple| triple.predicate == ns::viite::IN_REGION).filter_map(named).collect();
    let things: FxHashSet<NamedNode> = triples
        .iter()
        .filter(|triple| triple.predicate == ns::rdf::TYPE)
        .filter(|triple| matches!(&triple.object, Term::NamedNode(class) if class.as_str().starts_with(ns::VIITE)))
        .filter_map(named)
        .collect();
    let region = viite_model::graphs::region(context.region);
    for thing in things {
        triples.push(Triple::new(thing.clone(), ns::viite::SOURCE_FILE, Literal::from(context.file)));
        if !placed.contains(&thing) {
            triples.push(Triple::new(thing, ns::viite::IN_REGION, region.clone()));
        }
    }
}

fn count(triples: Vec<Triple>) -> Graph {
    let typed: FxHashSet<&NamedOrBlankNode> =
        triples.iter().filter(|triple| triple.predicate == ns::rdf::TYPE).map(|triple| &triple.subject).collect();
    let (mut relations, mut values) = (0, 0);
    for triple in &triples {
        match &triple.object {
            Term::Literal(_) => values += 1,
            Term::NamedNode(object) if triple.predicate != ns::rdf::TYPE => {
                let object = NamedOrBlankNode::from(object.clone());
                relations += u64::from(typed.contains(&triple.subject) && typed.contains(&object));
            }
            _ => {}
        }
    }
    let things = typed.len() as u64; // a count of things in memory fits
    drop(typed);
    let unmapped = unmapped(&triples);
    Graph { triples, things, relations, values, unmapped }
}

/// The classes of things that are of no class of ours: no rule and no document speaks of them.
fn unmapped(triples: &[Triple]) -> Vec<Unmapped> {
    let classes = || {
        triples.iter().filter(|triple| triple.predicate == ns::rdf::TYPE).filter_map(|triple| match &triple.object {
            Term::NamedNode(class) => Some((&triple.subject, class)),
            _ => None,
        })
    };
    let ours = |class: &NamedNode| class.as_str().starts_with(ns::VIITE);
    let known: FxHashSet<&NamedOrBlankNode> =
        classes().filter(|(_, class)| ours(class)).map(|(subject, _)| subject).collect();
    let mut strange: BTreeMap<String, (u64, String)> = BTreeMap::new();
    for (subject, class) in classes().filter(|(subject, _)| !known.contains(subject)) {
        let entry = strange.entry(ns::shorten(class.as_str())).or_insert_with(|| (0, subject.to_string()));
        entry.0 += 1;
    }
    let strange = strange.into_iter();
    strange.map(|(name, (count, at))| Unmapped { what: "class", name, count, at }).collect()
}
