//! From text to a prepared query.

use crate::error::{QueryError, SyntaxError};
use crate::lexical::{Look, look};
use crate::plan::variables::triple_patterns;
use crate::stack::with_room;
use crate::syntax::{at, no_place, syntax_error};
use oxrdf::{GraphName, Variable};
use spargebra::algebra::{GraphPattern, QueryDataset};
use spargebra::{GraphUpdateOperation, Query, SparqlParser, Update};
use viite_store::{DefaultGraph, Scope};

/// More triple patterns than any person writes in one query.
const MOST_PATTERNS: usize = 1000;

/// What kind of answer a query gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QueryForm {
    /// SELECT: solutions.
    Select,
    /// ASK: yes or no.
    Ask,
    /// CONSTRUCT: a graph.
    Construct,
    /// DESCRIBE: a graph.
    Describe,
}

/// A parsed query, to be run as often as needed, on any snapshot.
#[derive(Clone, Debug)]
pub struct Prepared {
    pub(crate) query: Query,
    pub(crate) dataset: Option<QueryDataset>,
}

/// Parses a SPARQL query. The prefixes of [`viite_model::ns::PREFIXES`] need no declaration.
///
/// # Errors
/// [`QueryError::Syntax`], with line, column and what was expected there.
///
/// ```
/// let error = viite_query::prepare("SELECT ?s WHERE { ?s a }").unwrap_err();
/// assert!(error.to_string().starts_with("line 1, column 19: this part cannot be read"), "{error}");
/// ```
pub fn prepare(text: &str) -> Result<Prepared, QueryError> {
    prepare_with_base(text, None)
}

pub(crate) fn prepare_with_base(text: &str, base: Option<&str>) -> Result<Prepared, QueryError> {
    let look = look(text);
    refuse_too_large(text, &look)?;
    let parser = parser(base)?;
    let mut query = with_room(|| parser.parse_query(text)).map_err(|error| syntax_error(text, &look, &error))?;
    let (Query::Select { pattern, .. }
    | Query::Ask { pattern, .. }
    | Query::Construct { pattern, .. }
    | Query::Describe { pattern, .. }) = &query;
    refuse_many_patterns(pattern)?;
    if let Query::Select { pattern, .. } = &mut query
        && selects_everything(text)
    {
        order_as_written(projection_mut(pattern), text);
    }
    let dataset = match &mut query {
        Query::Select { dataset, .. }
        | Query::Ask { dataset, .. }
        | Query::Construct { dataset, .. }
        | Query::Describe { dataset, .. } => dataset.take(),
    };
    Ok(Prepared { query, dataset })
}

/// Parses a SPARQL Update request.
pub(crate) fn parse_update(text: &str, base: Option<&str>) -> Result<Update, QueryError> {
    let look = look(text);
    refuse_too_large(text, &look)?;
    let parser = parser(base)?;
    let update = with_room(|| parser.parse_update(text)).map_err(|error| syntax_error(text, &look, &error))?;
    for operation in &update.operations {
        if let GraphUpdateOperation::DeleteInsert { pattern, .. } = operation {
            refuse_many_patterns(pattern)?;
        }
    }
    Ok(update)
}

impl Prepared {
    /// Parses a query whose relative IRIs are resolved against `base`.
    ///
    /// # Errors
    /// As [`prepare`]; a base that is no absolute IRI counts as a fault in the text.
    pub fn parse(text: &str, base: Option<&str>) -> Result<Self, QueryError> {
        prepare_with_base(text, base)
    }

    /// What kind of answer it gives.
    pub fn form(&self) -> QueryForm {
        match self.query {
            Query::Select { .. } => QueryForm::Select,
            Query::Ask { .. } => QueryForm::Ask,
            Query::Construct { .. } => QueryForm::Construct,
            Query::Describe { .. } => QueryForm::Describe,
        }
    }

    /// The variables of the answer, in the order of the SELECT clause; none for other forms.
    ///
    /// ```
    /// let query = viite_query::prepare("SELECT ?focus ?outcome WHERE { ?focus viite:state ?outcome }")?;
    /// assert_eq!(query.variables().len(), 2);
    /// # Ok::<_, viite_query::QueryError>(())
    /// ```
    pub fn variables(&self) -> &[Variable] {
        if let Query::Select { pattern, .. } = &self.query { projection(pattern) } else { &[] }
    }

    /// Whether it is a CONSTRUCT, whose answer is facts.
    pub fn is_construct(&self) -> bool {
        matches!(self.query, Query::Construct { .. })
    }

    /// The scope of the options, unless the query has its own FROM or FROM NAMED.
    pub(crate) fn scope(&self, given: &Scope) -> Scope {
        self.dataset.as_ref().map_or_else(|| given.clone(), |dataset| scope_of(dataset, given))
    }
}

/// SPARQL 1.1 §13.2: with FROM NAMED alone the default graph is empty, with FROM alone there are
/// no named graphs.
pub(crate) fn scope_of(dataset: &QueryDataset, given: &Scope) -> Scope {
    let allowed = |name: &&oxrdf::NamedNode| given.named.as_ref().is_none_or(|named| named.contains(name));
    Scope {
        default: DefaultGraph::Graphs(
            dataset.default.iter().filter(allowed).map(|name| GraphName::from(name.clone())).collect(),
        ),
        // WITH chooses a default graph and leaves the named graphs alone.
        named: dataset
            .named
            .as_ref()
            .map(|named| named.iter().filter(allowed).cloned().collect())
            .or_else(|| given.named.clone()),
    }
}

fn projection(pattern: &GraphPattern) -> &[Variable] {
    match pattern {
        GraphPattern::Project { variables, .. } => variables,
        GraphPattern::Distinct { inner } | GraphPattern::Reduced { inner } | GraphPattern::Slice { inner, .. } => {
            projection(inner)
        }
        _ => &[],
    }
}

fn projection_mut(pattern: &mut GraphPattern) -> &mut [Variable] {
    match pattern {
        GraphPattern::Project { variables, .. } => variables,
        GraphPattern::Distinct { inner } | GraphPattern::Reduced { inner } | GraphPattern::Slice { inner, .. } => {
            projection_mut(inner)
        }
        _ => &mut [],
    }
}

/// The columns of `SELECT *` in the order in which the text names them; the parser sorts them.
fn order_as_written(variables: &mut [Variable], text: &str) {
    let text: String = without_comment_lines(text).collect();
    let first_use = |variable: &Variable| {
        let name = variable.as_str();
        text.match_indices(name)
            .find(|(at, _)| {
                let rest = &text[at + name.len()..];
                text[..*at].ends_with(['?', '$']) && !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_')
            })
            .map_or(usize::MAX, |(at, _)| at)
    };
    variables.sort_by_cached_key(first_use);
}

/// Whether the outermost SELECT is followed by `*`.
fn selects_everything(text: &str) -> bool {
    let mut words = without_comment_lines(text)
        .flat_map(|line| line.split_inclusive('*'))
        .flat_map(str::split_whitespace)
        .skip_while(|word| !is_select(word))
        .map(str::to_ascii_uppercase);
    match words.next().as_deref() {
        Some("SELECT*") => true,
        _ => match words.next().as_deref() {
            Some("DISTINCT" | "REDUCED") => words.next().as_deref() == Some("*"),
            Some(word) => matches!(word, "*" | "DISTINCT*" | "REDUCED*"),
            None => false,
        },
    }
}

fn without_comment_lines(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive('\n').filter(|line| !line.trim_start().starts_with('#'))
}

fn is_select(word: &str) -> bool {
    ["SELECT", "SELECT*"].iter().any(|select| word.eq_ignore_ascii_case(select))
}

fn parser(base: Option<&str>) -> Result<SparqlParser, SyntaxError> {
    let mut parser = SparqlParser::new();
    for (prefix, iri) in viite_model::ns::PREFIXES {
        parser = parser
            .with_prefix(*prefix, *iri)
            .map_err(|error| no_place(format!("the prefix {prefix}: is no IRI: {error}")))?;
    }
    if let Some(base) = base {
        parser = parser
            .with_base_iri(base)
            .map_err(|error| no_place(format!("the base <{base}> is no absolute IRI: {error}")))?;
    }
    Ok(parser)
}

/// Each pattern of a group is a level of the plan.
fn refuse_many_patterns(pattern: &GraphPattern) -> Result<(), SyntaxError> {
    let found = with_room(|| triple_patterns(pattern));
    if found > MOST_PATTERNS {
        return Err(no_place(format!(
            "{found} triple patterns are more than the {MOST_PATTERNS} that one query may have: name many values with VALUES, or split the query up"
        )));
    }
    Ok(())
}

fn refuse_too_large(text: &str, look: &Look) -> Result<(), SyntaxError> {
    match &look.too_large {
        Some(fault) => Err(at(text, fault.line, fault.column, fault.what.clone())),
        None => Ok(()),
    }
}
