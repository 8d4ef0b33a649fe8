//! Comparing results: as datasets, so that blank nodes may have any label.

use super::{load, path};
use oxrdf::dataset::CanonicalizationAlgorithm;
use oxrdf::vocab::{rdf, xsd};
use oxrdf::{BlankNode, Dataset, Graph, GraphName, Literal, NamedNode, Quad, Term, TermRef, Triple};
use oxsdatatypes::{Decimal, Double, Float};
use sparesults::{QueryResultsFormat, QueryResultsParser, SliceQueryResultsParserOutput};
use std::str::FromStr;
use viite_query::Solutions;

type Error = Box<dyn std::error::Error>;

const RS: &str = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#";

pub(crate) fn same(found: &Dataset, expected: &Dataset) -> Result<(), Error> {
    let canonical = |dataset: &Dataset| {
        let mut dataset = dataset.clone();
        dataset.canonicalize(CanonicalizationAlgorithm::Unstable);
        let mut lines: Vec<_> = dataset.iter().map(|quad| quad.to_string()).collect();
        lines.sort();
        lines
    };
    let (found, expected) = (canonical(found), canonical(expected));
    if found == expected {
        return Ok(());
    }
    let extra: Vec<_> = found.iter().filter(|q| !expected.contains(q)).cloned().collect();
    let missing: Vec<_> = expected.iter().filter(|q| !found.contains(q)).cloned().collect();
    Err(format!("\n    unexpected: {}\n    missing: {}", extra.join(" | "), missing.join(" | ")).into())
}

pub(crate) fn of_solutions(solutions: Solutions<'_>, ordered: bool) -> Result<Dataset, Error> {
    let variables = solutions.variables().to_vec();
    let mut table = Table::new(ordered);
    for variable in &variables {
        table.column(variable.as_str());
    }
    for solution in solutions {
        let solution = solution?;
        table.row(solution.iter().map(|(v, t)| (v.as_str(), t.clone())));
    }
    Ok(table.dataset)
}

pub(crate) fn expected_boolean(file: &str) -> Result<bool, Error> {
    let content = std::fs::read(path(file)?)?;
    match parser(file)?.for_slice(&content)? {
        SliceQueryResultsParserOutput::Boolean(value) => Ok(value),
        SliceQueryResultsParserOutput::Solutions(_) => Err("solutions are expected".into()),
    }
}

pub(crate) fn expected_solutions(file: &str, ordered: bool) -> Result<Dataset, Error> {
    if file.ends_with(".ttl") || file.ends_with(".rdf") {
        return result_set(file);
    }
    let content = std::fs::read(path(file)?)?;
    let SliceQueryResultsParserOutput::Solutions(solutions) = parser(file)?.for_slice(&content)? else {
        return Err("a boolean is expected".into());
    };
    let mut table = Table::new(ordered);
    for variable in solutions.variables() {
        table.column(variable.as_str());
    }
    for solution in solutions {
        let solution = solution?;
        table.row(solution.iter().map(|(v, t)| (v.as_str(), t.clone())));
    }
    Ok(table.dataset)
}

fn parser(file: &str) -> Result<QueryResultsParser, Error> {
    let extension = file.rsplit('.').next().unwrap_or_default();
    let format = QueryResultsFormat::from_extension(extension).ok_or("unknown result format")?;
    Ok(QueryResultsParser::from_format(format))
}

/// The DAWG's vocabulary of result sets.
fn result_set(file: &str) -> Result<Dataset, Error> {
    let graph: Graph = load(file, &GraphName::DefaultGraph)?.into_iter().map(Triple::from).collect();
    let property = |name: &str| NamedNode::new(format!("{RS}{name}"));
    let mut table = Table::new(false);
    for triple in graph.triples_for_predicate(&property("resultVariable")?) {
        if let TermRef::Literal(name) = triple.object {
            table.column(name.value());
        }
    }
    for solution in graph.triples_for_predicate(&property("solution")?) {
        let TermRef::BlankNode(solution) = solution.object else { continue };
        let mut row = Vec::new();
        for binding in graph.objects_for_subject_predicate(solution, &property("binding")?) {
            let TermRef::BlankNode(binding) = binding else { continue };
            let variable = graph.object_for_subject_predicate(binding, &property("variable")?);
            let value = graph.object_for_subject_predicate(binding, &property("value")?);
            if let (Some(TermRef::Literal(variable)), Some(value)) = (variable, value) {
                row.push((variable.value().to_owned(), value.into_owned()));
            }
        }
        table.row(row.iter().map(|(v, t)| (v.as_str(), t.clone())));
    }
    Ok(table.dataset)
}

/// Numbers are compared by value: the suite was written with the canonical forms of XSD 1.0.
fn by_value(term: Term) -> Term {
    let Term::Literal(literal) = &term else { return term };
    let value = literal.value();
    let canonical = if literal.datatype() == xsd::DECIMAL {
        Decimal::from_str(value).ok().map(|number| number.to_string())
    } else if literal.datatype() == xsd::DOUBLE {
        Double::from_str(value).ok().map(|number| number.to_string())
    } else if literal.datatype() == xsd::FLOAT {
        Float::from_str(value).ok().map(|number| number.to_string())
    } else {
        None
    };
    match canonical {
        Some(value) => Literal::new_typed_literal(value, literal.datatype()).into(),
        None => term,
    }
}

/// Solutions as quads: a blank node for each.
struct Table {
    dataset: Dataset,
    rows: i64,
    ordered: bool,
}

impl Table {
    fn new(ordered: bool) -> Self {
        Self { dataset: Dataset::new(), rows: 0, ordered }
    }

    fn column(&mut self, name: &str) {
        let columns = NamedNode::new_unchecked("results:columns");
        self.insert(columns.clone().into(), &columns, Literal::from(name).into());
    }

    fn row<'a>(&mut self, bindings: impl Iterator<Item = (&'a str, Term)>) {
        let row = BlankNode::default();
        self.insert(row.clone().into(), &rdf::TYPE.into_owned(), NamedNode::new_unchecked("results:Row").into());
        if self.ordered {
            let index = NamedNode::new_unchecked("results:index");
            self.insert(row.clone().into(), &index, Literal::from(self.rows).into());
        }
        self.rows += 1;
        for (variable, term) in bindings {
            let term = by_value(term);
            let variable = NamedNode::new_unchecked(format!("results:?{variable}"));
            self.insert(row.clone().into(), &variable, term);
        }
    }

    fn insert(&mut self, subject: oxrdf::NamedOrBlankNode, predicate: &NamedNode, object: Term) {
        self.dataset.insert(&Quad::new(subject, predicate.clone(), object, GraphName::DefaultGraph));
    }
}
