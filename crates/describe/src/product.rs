//! A description product: one file of `queries/describe`, whose contract the README there tells.

use crate::figure::Diagram;
use oxrdf::{NamedNode, Variable};
use serde::Deserialize;
use std::collections::HashSet;
use viite_model::{Language, State, Text, ns};
use viite_query::{Prepared, QueryError};

/// What a document is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Subject {
    /// One region.
    Region,
    /// The whole country: every region, and the reference.
    Nation,
    /// One information system.
    System,
}

impl Subject {
    /// `region`, `nation` or `system`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Region => "region",
            Self::Nation => "nation",
            Self::System => "system",
        }
    }
}

/// A product that can be filled.
#[derive(Debug)]
pub struct Product {
    /// The name of its file without number and ending: `system-portfolio`.
    pub id: String,
    /// The folder that it lies in, without number: `systems`.
    pub chapter: String,
    /// Its place: the names of folder and file.
    pub order: String,
    /// The product of the JHS 179 grid that it is, if it is one.
    pub product: Option<NamedNode>,
    /// Which documents it stands in.
    pub subjects: Vec<Subject>,
    /// The states that it is filled for; none means those that are described.
    pub states: Vec<State>,
    /// What it is called.
    pub title: Text,
    /// What it tells.
    pub about: Text,
    /// What to deliver when there is nothing to show, and who can.
    pub empty: Text,
    /// Who supplies the facts that must be told and are not.
    pub supplied_by: Option<Text>,
    /// How its rows are shown.
    pub form: Form,
    /// The picture that stands before the table.
    pub diagram: Option<Diagram>,
    /// Whether it shows what differs between the current and the target state.
    pub gap: bool,
    /// Whether the reference fills it by itself: it tells nothing of what a region delivered.
    pub of_reference: bool,
    /// Whether it tells of a whole delivery, so that it says nothing of one sector.
    pub of_delivery: bool,
    pub(crate) query: Prepared,
}

/// How the rows of a product are shown.
#[derive(Debug)]
pub enum Form {
    /// A row for each value of the first column; several values of another stand in one cell.
    Table {
        /// The columns: variable and header.
        columns: Vec<(String, Text)>,
        /// The variable whose values are headings over tables of their own.
        group: Option<String>,
        /// Columns that must have a value: where one has none, the table says so.
        required: Vec<String>,
        /// The variable whose number comes before the name in the order of the rows.
        order: Option<String>,
    },
    /// Things against things.
    Matrix {
        /// The variable of the rows.
        rows: String,
        /// The variable of the columns.
        columns: String,
        /// The variable that stands in the cell; without it, a mark does.
        cell: Option<String>,
    },
}

impl Form {
    /// The variable of what a row is about.
    pub(crate) fn key(&self) -> &str {
        match self {
            Self::Table { columns, .. } => columns.first().map_or("", |(variable, _)| variable),
            Self::Matrix { rows, .. } => rows,
        }
    }
}

/// The header as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    id: String,
    product: Option<String>,
    #[serde(default = "region_only")]
    subjects: Vec<Subject>,
    #[serde(default)]
    states: Vec<State>,
    title: Text,
    about: Text,
    empty: Text,
    #[serde(default)]
    columns: serde_norway::Mapping,
    group: Option<String>,
    order: Option<String>,
    #[serde(default)]
    required: Vec<String>,
    supplied_by: Option<Text>,
    matrix: Option<MatrixHeader>,
    diagram: Option<Diagram>,
    #[serde(default)]
    gap: bool,
    #[serde(default)]
    of_reference: bool,
    #[serde(default)]
    of_delivery: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MatrixHeader {
    rows: String,
    columns: String,
    cell: Option<String>,
}

fn region_only() -> Vec<Subject> {
    vec![Subject::Region]
}

/// What a file says that leaves a product out: its id, and nothing else that matters.
#[derive(Deserialize)]
struct LeavesOut {
    id: String,
    #[serde(default)]
    off: bool,
}

/// The id of the product that a file leaves out, if that is what it does, and the line of its header.
pub(crate) fn left_out(source: &str) -> Option<(String, usize)> {
    let (yaml, first) = viite_query::library::header(source)?;
    let header: LeavesOut = serde_norway::from_str(&yaml).ok()?;
    header.off.then_some((header.id, first))
}

/// What is wrong with a product file, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {what}")]
pub struct ProductError {
    /// The file.
    pub file: String,
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong, and what is expected.
    pub what: String,
}

impl Product {
    /// Reads a product file. `file` ends in `<number>-<chapter>/<number>-<id>.rq`.
    ///
    /// # Errors
    /// When the header is missing or not as the contract says, when a text lacks a language,
    /// or when a column names a variable that the query does not give.
    pub fn parse(file: &str, source: &str) -> Result<Self, ProductError> {
        let fault = |line, what: String| ProductError { file: file.to_owned(), line, what };
        let (yaml, first) = viite_query::library::header(source)
            .ok_or_else(|| fault(1, "no header: begin the file with '#+ id: …' lines".to_owned()))?;
        let header: Header = serde_norway::from_str(&yaml).map_err(|error| {
            let line = first + error.location().map_or(0, |at| at.line().saturating_sub(1));
            fault(line, format!("the header is not as it must be: {error}"))
        })?;
        let query = viite_query::prepare(source).map_err(|error| match error {
            QueryError::Syntax(syntax) => {
                fault(syntax.line, format!("column {}: the query cannot be read: {}", syntax.column, syntax.expected))
            }
            other => fault(first, format!("the query cannot be used: {other}")),
        })?;
        let (chapter, stem) = place(file).ok_or_else(|| {
            fault(
                1,
                "a product lies in <number>-<chapter>/<number>-<id>.rq, such as 5-systems/30-portfolio.rq".to_owned(),
            )
        })?;
        if header.id != stem {
            return Err(fault(first, format!("the id is '{}' but the file is named '{stem}'", header.id)));
        }
        let product = match &header.product {
            None => None,
            Some(name) => Some(ns::expand(name).and_then(|iri| NamedNode::new(iri).ok()).ok_or_else(|| {
                fault(first, format!("'{name}' is no product: write one such as ea:product-services"))
            })?),
        };
        for (key, text) in [("title", &header.title), ("about", &header.about), ("empty", &header.empty)] {
            complete(text).map_err(|language| fault(first, format!("'{key}' has no text in '{language}'")))?;
        }
        if let Some(text) = &header.supplied_by {
            complete(text).map_err(|language| fault(first, format!("'supplied_by' has no text in '{language}'")))?;
        }
        let form = form(&header).map_err(|what| fault(first, what))?;
        let given: HashSet<&str> = query.variables().iter().map(Variable::as_str).collect();
        let drawn = header.diagram.iter().flat_map(Diagram::variables);
        if let Some(name) = form.variables().chain(drawn).find(|name| !given.contains(name)) {
            return Err(fault(first, format!("the header names '{name}', but the query does not give ?{name}")));
        }
        Ok(Self {
            id: header.id,
            chapter: chapter.to_owned(),
            order: order(file),
            product,
            subjects: header.subjects,
            states: header.states,
            title: header.title,
            about: header.about,
            empty: header.empty,
            supplied_by: header.supplied_by,
            form,
            diagram: header.diagram,
            gap: header.gap,
            of_reference: header.of_reference,
            of_delivery: header.of_delivery,
            query,
        })
    }
}

/// What a chapter is called, and what it tells.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Heading {
    /// What it is called.
    pub title: Text,
    /// What it tells.
    pub about: Text,
}

impl Heading {
    /// Reads `<number>-<chapter>/chapter.yml`, and gives the chapter too.
    pub(crate) fn parse(file: &str, source: &str) -> Result<(String, Self), ProductError> {
        let fault = |line, what: String| ProductError { file: file.to_owned(), line, what };
        let heading: Self = serde_norway::from_str(source).map_err(|error| {
            let line = error.location().map_or(1, |at| at.line());
            fault(line, format!("a chapter has a 'title' and an 'about': {error}"))
        })?;
        for (key, text) in [("title", &heading.title), ("about", &heading.about)] {
            complete(text).map_err(|language| fault(1, format!("'{key}' has no text in '{language}'")))?;
        }
        let folder = file.rsplit('/').nth(1).and_then(without_number);
        let chapter = folder.ok_or_else(|| fault(1, "a chapter lies in <number>-<chapter>/chapter.yml".to_owned()))?;
        Ok((chapter.to_owned(), heading))
    }
}

impl Form {
    fn variables(&self) -> impl Iterator<Item = &str> {
        let names: Vec<&str> = match self {
            Self::Table { columns, group, order, .. } => {
                let others = group.as_deref().into_iter().chain(order.as_deref());
                columns.iter().map(|(name, _)| name.as_str()).chain(others).collect()
            }
            Self::Matrix { rows, columns, cell } => {
                [rows.as_str(), columns.as_str()].into_iter().chain(cell.as_deref()).collect()
            }
        };
        names.into_iter()
    }
}

fn form(header: &Header) -> Result<Form, String> {
    if let Some(matrix) = &header.matrix {
        if !header.columns.is_empty() {
            return Err("a product has 'columns' or a 'matrix', not both".to_owned());
        }
        if header.gap {
            return Err("a 'gap' has 'columns', not a 'matrix'".to_owned());
        }
        return Ok(Form::Matrix {
            rows: matrix.rows.clone(),
            columns: matrix.columns.clone(),
            cell: matrix.cell.clone(),
        });
    }
    if header.gap && (header.group.is_some() || header.diagram.is_some() || !header.states.is_empty()) {
        return Err("a 'gap' has columns of its own, and no 'group', 'diagram' or 'states'".to_owned());
    }
    let columns = header
        .columns
        .iter()
        .map(|(key, value)| {
            let name = key.as_str().ok_or("a column is named by a variable")?.to_owned();
            let text: Text = serde_norway::from_value(value.clone())
                .map_err(|error| format!("the header of column '{name}' is not as it must be: {error}"))?;
            complete(&text).map_err(|language| format!("the column '{name}' has no header in '{language}'"))?;
            Ok((name, text))
        })
        .collect::<Result<Vec<_>, String>>()?;
    if columns.is_empty() {
        return Err("a product has 'columns' or a 'matrix'".to_owned());
    }
    if let Some(name) = header.required.iter().find(|name| columns.iter().all(|(column, _)| column != *name)) {
        return Err(format!("'required' names '{name}', which is no column"));
    }
    Ok(Form::Table {
        columns,
        group: header.group.clone(),
        required: header.required.clone(),
        order: header.order.clone(),
    })
}

fn complete(text: &Text) -> Result<(), Language> {
    Language::ALL
        .into_iter()
        .find(|language| text.exact(*language).is_none_or(|text| text.trim().is_empty()))
        .map_or(Ok(()), Err)
}

/// Chapter and identifier, from the last two names of the path without their numbers.
fn place(file: &str) -> Option<(&str, &str)> {
    let (folder, name) = file.rsplit_once('/')?;
    let folder = folder.rsplit('/').next()?;
    Some((without_number(folder)?, without_number(name.strip_suffix(".rq")?)?))
}

fn without_number(name: &str) -> Option<&str> {
    let (number, rest) = name.split_once('-')?;
    (!number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) && !rest.is_empty()).then_some(rest)
}

/// The last two names of the path.
fn order(file: &str) -> String {
    let names: Vec<&str> = file.rsplitn(3, '/').take(2).collect();
    format!("{}/{}", names.get(1).unwrap_or(&""), names.first().unwrap_or(&""))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "\
#+ id: portfolio
#+ product: ea:product-portfolio
#+ title: { fi: a, sv: b, en: c }
#+ about: { fi: a, sv: b, en: c }
#+ empty: { fi: a, sv: b, en: c }
#+ columns:
#+   system: { fi: a, sv: b, en: c }
#+   owner: { fi: a, sv: b, en: c }
SELECT ?system ?owner { ?system viite:owner ?owner }
";

    #[test]
    fn a_product_is_read_with_its_columns_in_their_order() {
        let product = Product::parse("queries/describe/5-systems/30-portfolio.rq", GOOD).unwrap();
        assert_eq!((product.chapter.as_str(), product.order.as_str()), ("systems", "5-systems/30-portfolio.rq"));
        let Form::Table { columns, .. } = &product.form else { panic!("{:?}", product.form) };
        assert_eq!(columns.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["system", "owner"]);
    }

    #[test]
    fn every_fault_names_its_file_and_line() {
        let cases = [
            ("5-systems/30-portfolio.rq", GOOD.replace("#+", "#"), "30-portfolio.rq:1: no header"),
            ("5-systems/portfolio.rq", GOOD.to_owned(), "portfolio.rq:1: a product lies in"),
            ("5-systems/30-other.rq", GOOD.to_owned(), "the id is 'portfolio' but the file is named 'other'"),
            ("5-systems/30-portfolio.rq", GOOD.replace("SELECT ?system ?owner", "SELECT ?system"), "names 'owner'"),
            (
                "5-systems/30-portfolio.rq",
                GOOD.replace("#+ empty: { fi: a,", "#+ empty: {"),
                "'empty' has no text in 'fi'",
            ),
            ("5-systems/30-portfolio.rq", GOOD.replace("?owner }", "?owner"), "rq:9: column 23"),
        ];
        for (file, source, expected) in cases {
            let error = Product::parse(file, &source).unwrap_err().to_string();
            assert!(error.contains(expected), "{error}\nshould say\n{expected}");
        }
    }
}
