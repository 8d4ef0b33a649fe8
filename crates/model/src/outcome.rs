//! What a check answers, and how much it matters.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// What a rule says of one thing that it concerns. A missing fact is not a pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// The facts are there, and break the rule.
    Violates,
    /// A fact that the rule needs is missing; the finding names it.
    NotAssessable,
    /// The facts break the rule, and an authority accepted that until a date.
    AcceptedDeviation,
    /// The facts are there, and satisfy the rule.
    Conforms,
}

impl Outcome {
    /// All four, worst first.
    pub const ALL: [Self; 4] = [Self::Violates, Self::NotAssessable, Self::AcceptedDeviation, Self::Conforms];

    /// The name in rules, JSON and RDF: `violates`, `not-assessable`, `accepted-deviation`, `conforms`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Violates => "violates",
            Self::NotAssessable => "not-assessable",
            Self::AcceptedDeviation => "accepted-deviation",
            Self::Conforms => "conforms",
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// How much a broken rule matters; it comes from the force of the clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The source says *must* (ska).
    Violation,
    /// The source says *should*, *as a rule* or *when justified* (bör, oftast).
    Warning,
    /// Worth knowing.
    Info,
}

impl Severity {
    /// All three, most severe first.
    pub const ALL: [Self; 3] = [Self::Violation, Self::Warning, Self::Info];

    /// `violation`, `warning` or `info`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Violation => "violation",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A text that names no outcome or severity.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown {what} '{text}': it is one of {known}")]
pub struct UnknownWord {
    what: &'static str,
    text: String,
    known: &'static str,
}

impl FromStr for Outcome {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|outcome| outcome.name() == text).ok_or_else(|| UnknownWord {
            what: "outcome",
            text: text.to_owned(),
            known: "conforms, violates, not-assessable, accepted-deviation",
        })
    }
}

impl FromStr for Severity {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|severity| severity.name() == text).ok_or_else(|| UnknownWord {
            what: "severity",
            text: text.to_owned(),
            known: "violation, warning, info",
        })
    }
}
