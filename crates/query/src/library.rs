//! Named questions with parameters: files of `queries/library`, whose contract its README tells.

use crate::{Prepared, QueryError, prepare};
use oxrdf::{Literal, NamedNode, Term, Variable, vocab::xsd};
use serde::Deserialize;
use std::collections::BTreeMap;
use viite_model::{Text, ns};

/// Every shipped question: its file's name, and its text.
static SHIPPED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/questions.rs"));

/// A question that can be asked by its name.
#[derive(Debug)]
pub struct Question {
    /// The stem of its file.
    pub id: String,
    /// The question in words.
    pub title: Text,
    /// What to know when reading the answer.
    pub answer: Text,
    /// Variables that get a value before the query runs.
    pub parameters: BTreeMap<String, Parameter>,
    /// The query.
    pub query: Prepared,
}

/// A variable that gets a value before the query runs.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    /// What its value is.
    pub kind: Kind,
    /// The value when none is given.
    pub default: String,
    /// What it means.
    pub title: Text,
}

/// What the value of a parameter is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// An IRI, or a prefixed name.
    Iri,
    /// A text.
    String,
    /// A day, `2021-06-30`.
    Date,
}

/// Why a question cannot be asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum QuestionError {
    /// The file is not as the contract says.
    #[error("{file}:{line}: {what}")]
    File {
        /// The file's name.
        file: String,
        /// The line, counted from 1.
        line: usize,
        /// What is wrong.
        what: String,
    },
    /// There is no question of this name.
    #[error("there is no question '{0}'; 'viite ask' lists them")]
    Unknown(String),
    /// The question has no such parameter.
    #[error("the question '{id}' has no parameter '{name}'; it has {known}")]
    NoParameter {
        /// The question.
        id: String,
        /// What was asked for.
        name: String,
        /// Those that it has.
        known: String,
    },
    /// A value is not of its parameter's kind.
    #[error("'{value}' is no value for the parameter '{name}': {expected}")]
    Value {
        /// The parameter.
        name: String,
        /// What was given.
        value: String,
        /// What would do.
        expected: &'static str,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    id: String,
    title: Text,
    answer: Text,
    #[serde(default)]
    parameters: BTreeMap<String, Parameter>,
}

/// The YAML of the `#+` lines at the head of a query file, and the line on which they begin.
///
/// ```
/// let (yaml, line) = viite_query::library::header("# a comment\n#+ id: x\nSELECT * {}").unwrap();
/// assert_eq!((yaml.as_str(), line), ("id: x\n", 2));
/// ```
pub fn header(source: &str) -> Option<(String, usize)> {
    let mut yaml = String::new();
    let mut first = None;
    for (index, line) in source.lines().enumerate() {
        match (line.strip_prefix("#+"), first) {
            (Some(rest), _) => {
                first.get_or_insert(index + 1);
                yaml.push_str(rest.strip_prefix(' ').unwrap_or(rest));
                yaml.push('\n');
            }
            (None, Some(_)) => break,
            (None, None) => {}
        }
    }
    first.map(|first| (yaml, first))
}

/// All shipped questions, by name.
///
/// # Errors
/// One of them breaks the contract, which a test of this crate rules out.
pub fn questions() -> Result<Vec<Question>, QuestionError> {
    SHIPPED.iter().map(|(file, source)| Question::parse(file, source)).collect()
}

/// The shipped question of this name.
///
/// # Errors
/// There is none.
pub fn question(id: &str) -> Result<Question, QuestionError> {
    let file = SHIPPED.iter().find(|(file, _)| file.strip_suffix(".rq") == Some(id));
    let (file, source) = file.ok_or_else(|| QuestionError::Unknown(id.to_owned()))?;
    Question::parse(file, source)
}

impl Question {
    /// Reads a question file.
    ///
    /// # Errors
    /// The header is missing or not as the contract says, or the query cannot be read.
    pub fn parse(file: &str, source: &str) -> Result<Self, QuestionError> {
        let fault = |line, what| QuestionError::File { file: file.to_owned(), line, what };
        let (yaml, first) =
            header(source).ok_or_else(|| fault(1, "no header: begin the file with '#+ id: …' lines".to_owned()))?;
        let header: Header = serde_norway::from_str(&yaml).map_err(|error| {
            fault(first + error.location().map_or(0, |at| at.line().saturating_sub(1)), error.to_string())
        })?;
        if file.strip_suffix(".rq") != Some(header.id.as_str()) {
            return Err(fault(first, format!("the id '{}' is not the file's name", header.id)));
        }
        let query = prepare(source).map_err(|error| match error {
            QueryError::Syntax(error) => fault(error.line, format!("column {}: {}", error.column, error.expected)),
            other => fault(first, other.to_string()),
        })?;
        Ok(Self { id: header.id, title: header.title, answer: header.answer, parameters: header.parameters, query })
    }

    /// The value of every parameter: what is given here, else its default.
    ///
    /// # Errors
    /// A parameter is not the question's, or a value not of the parameter's kind.
    pub fn bindings(&self, given: &BTreeMap<String, String>) -> Result<Vec<(Variable, Term)>, QuestionError> {
        if let Some(name) = given.keys().find(|name| !self.parameters.contains_key(*name)) {
            let known = self.parameters.keys().map(String::as_str).collect::<Vec<_>>();
            let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
            return Err(QuestionError::NoParameter { id: self.id.clone(), name: name.clone(), known });
        }
        self.parameters
            .iter()
            .map(|(name, parameter)| {
                let value = given.get(name).unwrap_or(&parameter.default);
                let fault = |expected| QuestionError::Value { name: name.clone(), value: value.clone(), expected };
                let term = parameter.kind.term(value).map_err(fault)?;
                Ok((Variable::new(name).map_err(|_| fault("its name is no variable"))?, term))
            })
            .collect()
    }
}

impl Kind {
    fn term(self, value: &str) -> Result<Term, &'static str> {
        match self {
            Self::String => Ok(Literal::from(value).into()),
            Self::Iri => {
                let iri = ns::expand(value).unwrap_or_else(|| value.to_owned());
                NamedNode::new(iri).map(Term::from).map_err(|_| "give an IRI, or a prefixed name such as actor:kela")
            }
            Self::Date => {
                let date = value.parse::<oxsdatatypes::Date>();
                date.map_err(|_| "give a day such as 2021-06-30")?;
                Ok(Literal::new_typed_literal(value, xsd::DATE).into())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use viite_model::Language;

    #[test]
    fn every_shipped_question_has_words_in_three_languages_and_defaults_that_fit() {
        let questions = questions().unwrap();
        assert!(questions.len() > 15);
        for question in questions {
            for text in [&question.title, &question.answer] {
                assert_eq!(text.missing().count(), 0, "{}", question.id);
            }
            for parameter in question.parameters.values() {
                assert_eq!(parameter.title.missing().count(), 0, "{}", question.id);
            }
            question.bindings(&BTreeMap::new()).unwrap();
        }
    }

    #[test]
    fn parameters_are_known_by_name_and_kind() {
        let text = "#+ id: q\n#+ title: { en: T }\n#+ answer: { en: A }\n#+ parameters:\n\
                    #+   day: { kind: date, default: 2021-06-30, title: { en: Day } }\nSELECT * { ?s ?p ?day }";
        let question = Question::parse("q.rq", text).unwrap();
        assert_eq!(question.title.get(Language::En), Some("T"));
        let given = |name: &str, value: &str| question.bindings(&[(name.to_owned(), value.to_owned())].into());
        assert!(given("day", "2022-01-31").is_ok());
        assert!(given("day", "soon").unwrap_err().to_string().contains("2021-06-30"));
        assert!(given("night", "2022-01-31").unwrap_err().to_string().contains("it has day"));
    }

    #[test]
    fn faults_of_a_file_are_told_by_line() {
        let error = |text: &str| Question::parse("q.rq", text).unwrap_err().to_string();
        assert!(error("SELECT * {}").starts_with("q.rq:1: no header"));
        assert!(error("#+ id: other\n#+ title: {}\n#+ answer: {}\nASK {}").contains("not the file's name"));
        assert!(error("#+ id: q\n#+ title: {}\n#+ answer: {}\nASK { ?s a }").starts_with("q.rq:4: column"));
    }
}
