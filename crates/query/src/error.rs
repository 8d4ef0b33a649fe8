//! What can go wrong with a query.

use std::{fmt, time::Duration};

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum QueryError {
    /// The text is no SPARQL.
    #[error(transparent)]
    Syntax(#[from] SyntaxError),
    /// It ran longer than [`QueryOptions::timeout`](crate::QueryOptions::timeout) allows.
    #[error(
        "the query was stopped after {:.1} s, the time that it may take: allow more with --timeout SECONDS, or narrow it down (--explain shows which step is large)",
        .0.as_secs_f64()
    )]
    Timeout(Duration),
    /// A value that no place in a query can hold.
    #[error("?{variable} cannot be given the value {value}: {reason}")]
    Binding {
        /// The variable.
        variable: String,
        /// The value, as N-Triples writes it.
        value: String,
        /// Why not.
        reason: &'static str,
    },
    /// The evaluator gave up.
    #[error("the query could not be evaluated: {0}")]
    Evaluation(String),
    /// The answer has no form in this format.
    #[error("{format} cannot hold {answer}: choose one of {possible}")]
    Format {
        /// The format asked for.
        format: &'static str,
        /// What the query answers with.
        answer: &'static str,
        /// Formats that can.
        possible: String,
    },
    /// A name that is no format.
    #[error("unknown format '{name}': it is one of {known}")]
    UnknownFormat {
        /// The name.
        name: String,
        /// All names.
        known: String,
    },
    /// One operation of an update failed; nothing was changed.
    #[error("operation {number} of the update, {operation}, failed and nothing was changed: {reason}")]
    Update {
        /// Which one, counted from 1.
        number: usize,
        /// What it is.
        operation: String,
        /// Why, and what to do.
        reason: String,
    },
    /// Reading a file or writing the answer failed.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] viite_store::StoreError),
}

/// A text that is no SPARQL, with the place where it stops being that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// Line of the fault, counted from 1.
    pub line: usize,
    /// Column of the fault in characters, counted from 1.
    pub column: usize,
    /// What would have been right there.
    pub expected: String,
    /// The line of the text.
    pub excerpt: String,
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}: {}", self.line, self.column, self.expected)?;
        if self.excerpt.trim().is_empty() {
            return Ok(());
        }
        let number = self.line.to_string();
        // Tabs are kept, so that the caret stands below its place.
        let indent: String = self
            .excerpt
            .chars()
            .take(self.column.saturating_sub(1))
            .map(|c| if c == '\t' { '\t' } else { ' ' })
            .collect();
        write!(f, "\n  {number} | {}\n  {} | {indent}^", self.excerpt, " ".repeat(number.len()))
    }
}

impl std::error::Error for SyntaxError {}
