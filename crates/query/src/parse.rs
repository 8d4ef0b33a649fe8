//! From text to a prepared query.

use crate::error::{QueryError, SyntaxError};
use oxrdf::{GraphName, Variable};
use spargebra::algebra::{GraphPattern, QueryDataset};
use spargebra::{Query, SparqlParser, SparqlSyntaxError, Update};
use viite_store::{DefaultGraph, Scope};

/// Deeper nested brackets than any person writes; deeper still would exhaust the parser's stack.
const DEEPEST: usize = 60;

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
/// assert!(error.to_string().starts_with("line 1, column 24: expected"), "{error}");
/// ```
pub fn prepare(text: &str) -> Result<Prepared, QueryError> {
    prepare_with_base(text, None)
}

pub(crate) fn prepare_with_base(text: &str, base: Option<&str>) -> Result<Prepared, QueryError> {
    refuse_deep_nesting(text)?;
    let mut query = parser(base)?
        .parse_query(text)
        .map_err(|error| syntax_error(text, &error))?;
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
    refuse_deep_nesting(text)?;
    Ok(parser(base)?
        .parse_update(text)
        .map_err(|error| syntax_error(text, &error))?)
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
        if let Query::Select { pattern, .. } = &self.query {
            projection(pattern)
        } else {
            &[]
        }
    }

    /// The scope of the options, unless the query has its own FROM or FROM NAMED.
    pub(crate) fn scope(&self, given: &Scope) -> Scope {
        self.dataset
            .as_ref()
            .map_or_else(|| given.clone(), |dataset| scope_of(dataset, given))
    }
}

/// SPARQL 1.1 §13.2: with FROM NAMED alone the default graph is empty, with FROM alone there are
/// no named graphs.
pub(crate) fn scope_of(dataset: &QueryDataset, given: &Scope) -> Scope {
    let allowed = |name: &&oxrdf::NamedNode| {
        given.named.as_ref().is_none_or(|named| named.contains(name))
    };
    Scope {
        default: DefaultGraph::Graphs(
            dataset
                .default
                .iter()
                .filter(allowed)
                .map(|name| GraphName::from(name.clone()))
                .collect(),
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
        GraphPattern::Distinct { inner }
        | GraphPattern::Reduced { inner }
        | GraphPattern::Slice { inner, .. } => projection(inner),
        _ => &[],
    }
}

fn projection_mut(pattern: &mut GraphPattern) -> &mut [Variable] {
    match pattern {
        GraphPattern::Project { variables, .. } => variables,
        GraphPattern::Distinct { inner }
        | GraphPattern::Reduced { inner }
        | GraphPattern::Slice { inner, .. } => projection_mut(inner),
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
                text[..*at].ends_with(['?', '$'])
                    && !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_')
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
        .map(|word| word.to_ascii_uppercase());
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
    text.split_inclusive('\n')
        .filter(|line| !line.trim_start().starts_with('#'))
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

fn no_place(expected: String) -> SyntaxError {
    SyntaxError {
        line: 1,
        column: 1,
        expected,
        excerpt: String::new(),
    }
}

/// The parser says "error at LINE:COLUMN: expected …".
fn syntax_error(text: &str, error: &SparqlSyntaxError) -> SyntaxError {
    let message = error.to_string();
    let place = message.strip_prefix("error at ").and_then(|rest| {
        let (line, rest) = rest.split_once(':')?;
        let (column, expected) = rest.split_once(": ")?;
        Some((line.parse().ok()?, column.parse().ok()?, expected.to_owned()))
    });
    let Some((line, column, expected)) = place else {
        return no_place(message);
    };
    at(text, line, column, readable(&expected))
}

fn at(text: &str, line: usize, column: usize, expected: String) -> SyntaxError {
    SyntaxError {
        line,
        column,
        expected,
        excerpt: text.lines().nth(line - 1).unwrap_or_default().to_owned(),
    }
}

/// Turns the grammar's own terms into words.
fn readable(expected: &str) -> String {
    // Faults that the grammar's actions found come as whole sentences.
    let Some(list) = expected.strip_prefix("expected one of ") else {
        return expected.to_owned();
    };
    let mut words: Vec<String> = Vec::new();
    for token in split_tokens(list) {
        let word = match token.as_str() {
            "\"#\"" | r"['\t' | '\n' | ' ' | '\r']" => continue, // a comment or space fits anywhere
            other => other.to_owned(),
        };
        if !words.contains(&word) {
            words.push(word);
        }
    }
    format!("expected one of {}", words.join(", "))
}

/// Splits at commas outside quotes and brackets.
fn split_tokens(list: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let (mut token, mut quote, mut depth) = (String::new(), None, 0_usize);
    for c in list.chars() {
        match c {
            '"' | '\'' if quote.is_none() => quote = Some(c),
            _ if quote == Some(c) => quote = None,
            '[' if quote.is_none() => depth += 1,
            ']' if quote.is_none() => depth = depth.saturating_sub(1),
            ',' if quote.is_none() && depth == 0 => {
                tokens.push(std::mem::take(&mut token).trim().to_owned());
                continue;
            }
            _ => {}
        }
        token.push(c);
    }
    tokens.push(token.trim().to_owned());
    tokens
}

/// The parser and the evaluator go down one level of the stack for every bracket.
fn refuse_deep_nesting(text: &str) -> Result<(), SyntaxError> {
    let (mut depth, mut line, mut column) = (0_usize, 1, 0);
    for c in text.chars() {
        column += 1;
        match c {
            '\n' => (line, column) = (line + 1, 0),
            '(' | '{' | '[' => depth += 1,
            ')' | '}' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST {
            return Err(at(
                text,
                line,
                column,
                format!("brackets are nested more than {DEEPEST} deep: split the query up"),
            ));
        }
    }
    Ok(())
}
