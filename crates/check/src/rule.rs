//! A rule file: its header, its query, and what can be wrong with them.

use crate::template;
use oxrdf::{NamedNode, Variable};
use serde::Deserialize;
use std::collections::HashSet;
use viite_model::{Language, Severity, Text, ns};
use viite_query::{Prepared, QueryError};

/// Where a rule looks, and how often it runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RuleScope {
    /// Once for every region and state: what the region describes there, the reference, the decisions.
    Region,
    /// Once, over everything.
    Repository,
    /// Once, over the national reference alone.
    Reference,
}

impl RuleScope {
    /// `region`, `repository` or `reference`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Region => "region",
            Self::Repository => "repository",
            Self::Reference => "reference",
        }
    }
}

/// The header as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    id: String,
    severity: Severity,
    scope: RuleScope,
    clause: String,
    since: String,
    title: Text,
    why: Text,
    fix: Text,
    message: Text,
    missing: Text,
}

/// A rule that can be run.
#[derive(Debug)]
pub struct Rule {
    /// The name of its file without the ending: `G08-same-purpose`.
    pub id: String,
    /// The folder that it lies in: `duplicates`.
    pub family: String,
    /// How much it matters when it is broken.
    pub severity: Severity,
    /// Where it looks.
    pub scope: RuleScope,
    /// The clause of a source document that it rests on.
    pub clause: NamedNode,
    /// The version of Viite that first had it.
    pub since: String,
    /// One line that names it.
    pub title: Text,
    /// What it means and why it matters.
    pub why: Text,
    /// What the architect does about a finding.
    pub fix: Text,
    /// The message of a finding, with `{variable}` in it.
    pub message: Text,
    /// Which fact to add when a thing cannot be assessed.
    pub missing: Text,
    /// The file that it was read from, relative to its library.
    pub file: String,
    /// The whole file.
    pub source: String,
    query: Prepared,
}

/// What is wrong with a rule file, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {what}")]
pub struct RuleError {
    /// The rule file.
    pub file: String,
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong, and what is expected.
    pub what: String,
}

/// Variables that the engine binds; a message may name them without the query selecting them.
pub(crate) const GIVEN: [&str; 3] = ["region", "state", "today"];

impl Rule {
    /// Reads a rule file. `file` is its path relative to the library, `<family>/<id>.rq`.
    ///
    /// # Errors
    /// When the header is missing or not as the contract says, when the identifier differs from the file's name,
    /// when a text lacks a language, when the query is not a SELECT of `?focus` and `?outcome`,
    /// or when a message names a variable that the query does not give.
    pub fn parse(file: &str, source: &str) -> Result<Self, RuleError> {
        let place = Place { file, source };
        let (yaml, first_line) = place.header()?;
        let header: Header = serde_norway::from_str(&yaml).map_err(|error| {
            let line = first_line + error.location().map_or(0, |at| at.line().saturating_sub(1));
            place.error(line, format!("the header is not as it must be: {}", without_place(&error)))
        })?;
        let query = viite_query::prepare(source).map_err(|error| match error {
            QueryError::Syntax(fault) => place
                .error(fault.line, format!("column {}: the query cannot be read: {}", fault.column, fault.expected)),
            other => place.error(first_line, format!("the query cannot be used: {other}")),
        })?;
        let (family, stem) = place.family_and_stem()?;
        let Some(clause) = ns::expand(&header.clause).and_then(|iri| NamedNode::new(iri).ok()) else {
            return Err(
                place.at_key("clause", format!("'{}' is no clause: write one such as s4:G8 or s0:P1.4", header.clause))
            );
        };
        if header.id != stem {
            return Err(place
                .at_key("id", format!("the id is '{}' but the file is named '{stem}': make them equal", header.id)));
        }
        let rule = Self {
            id: header.id,
            family: family.to_owned(),
            severity: header.severity,
            scope: header.scope,
            clause,
            since: header.since,
            title: header.title,
            why: header.why,
            fix: header.fix,
            message: header.message,
            missing: header.missing,
            file: file.to_owned(),
            source: source.to_owned(),
            query,
        };
        rule.check_texts(&place)?;
        rule.check_variables(&place)?;
        Ok(rule)
    }

    /// The query, ready to run.
    pub fn query(&self) -> &Prepared {
        &self.query
    }

    fn texts(&self) -> [(&'static str, &Text); 5] {
        [
            ("title", &self.title),
            ("why", &self.why),
            ("fix", &self.fix),
            ("message", &self.message),
            ("missing", &self.missing),
        ]
    }

    fn check_texts(&self, place: &Place<'_>) -> Result<(), RuleError> {
        for (key, text) in self.texts() {
            for language in Language::ALL {
                if text.exact(language).is_none_or(|text| text.trim().is_empty()) {
                    return Err(place.at_key(key, format!("'{key}' has no text in '{language}'")));
                }
            }
        }
        Ok(())
    }

    fn check_variables(&self, place: &Place<'_>) -> Result<(), RuleError> {
        let given: HashSet<&str> = self.query.variables().iter().map(Variable::as_str).collect();
        for needed in ["focus", "outcome"] {
            if !given.contains(needed) {
                return Err(
                    place.error(place.select_line(), format!("the query must be a SELECT that gives ?{needed}"))
                );
            }
        }
        for (key, text) in [("message", &self.message), ("missing", &self.missing)] {
            for language in Language::ALL {
                let unknown = text
                    .exact(language)
                    .into_iter()
                    .flat_map(template::variables)
                    .find(|name| !given.contains(name) && !GIVEN.contains(name));
                if let Some(name) = unknown {
                    return Err(place.at_key(
                        key,
                        format!("'{key}' in '{language}' names {{{name}}}, but the query does not give ?{name}"),
                    ));
                }
            }
        }
        Ok(())
    }
}

/// The file at hand, for errors that point into it.
struct Place<'a> {
    file: &'a str,
    source: &'a str,
}

impl<'a> Place<'a> {
    fn error(&self, line: usize, what: String) -> RuleError {
        RuleError { file: self.file.to_owned(), line, what }
    }

    /// An error at the header line that sets `key`.
    fn at_key(&self, key: &str, what: String) -> RuleError {
        let line = self
            .source
            .lines()
            .position(|line| {
                line.strip_prefix("#+").is_some_and(|rest| rest.trim_start().starts_with(&format!("{key}:")))
            })
            .map_or(1, |index| index + 1);
        self.error(line, what)
    }

    /// The YAML of the `#+` lines, and the line on which they begin.
    fn header(&self) -> Result<(String, usize), RuleError> {
        viite_query::library::header(self.source)
            .ok_or_else(|| self.error(1, "no header: begin the file with '#+ id: …' lines".to_owned()))
    }

    fn family_and_stem(&self) -> Result<(&'a str, &'a str), RuleError> {
        let (folder, name) = self.file.rsplit_once('/').unwrap_or(("", self.file));
        let family = folder.rsplit('/').next().unwrap_or(folder);
        let stem = name.strip_suffix(".rq").ok_or_else(|| self.error(1, "a rule file must end in .rq".to_owned()))?;
        if family.is_empty() {
            return Err(self.error(1, "a rule file must lie in the folder of its family".to_owned()));
        }
        Ok((family, stem))
    }

    fn select_line(&self) -> usize {
        self.source
            .lines()
            .position(|line| line.trim_start().to_ascii_uppercase().starts_with("SELECT"))
            .map_or(1, |index| index + 1)
    }
}

/// The message alone: serde's own line counts from the header's first line, and would mislead.
fn without_place(error: &serde_norway::Error) -> String {
    let text = error.to_string();
    match text.rfind(" at line ") {
        Some(end) => text[..end].to_owned(),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "\
# A licence line may come first.
#+ id: G08-same-purpose
#+ severity: warning
#+ scope: region
#+ clause: s4:G8
#+ since: 0.1.0
#+ title: { fi: a, sv: b, en: c }
#+ why: { fi: a, sv: b, en: c }
#+ fix: { fi: a, sv: b, en: c }
#+ message: { fi: \"{focus}\", sv: \"{other}\", en: \"{region}\" }
#+ missing: { fi: a, sv: b, en: c }
SELECT ?focus ?outcome ?other WHERE { ?focus viite:function ?other BIND('conforms' AS ?outcome) }
";

    fn error(source: &str) -> String {
        Rule::parse("duplicates/G08-same-purpose.rq", source).unwrap_err().to_string()
    }

    #[test]
    fn a_rule_is_read() {
        let rule = Rule::parse("duplicates/G08-same-purpose.rq", GOOD).unwrap();
        assert_eq!(rule.family, "duplicates");
        assert_eq!(rule.severity, Severity::Warning);
        assert_eq!(rule.scope, RuleScope::Region);
        assert_eq!(rule.clause.as_str(), "https://w3id.org/viite/source/s4#G8");
    }

    #[test]
    fn every_fault_names_its_file_and_line() {
        let cases = [
            (GOOD.replace("id: G08-same", "id: G09-same"), "rq:2: the id is 'G09-same-purpose'"),
            (GOOD.replace("clause: s4:G8", "clause: guideline 8"), "rq:5: 'guideline 8' is no clause"),
            (GOOD.replace("#+ why: { fi: a, sv: b,", "#+ why: { fi: a,"), "rq:8: 'why' has no text in 'sv'"),
            (GOOD.replace("{other}", "{others}"), "rq:10: 'message' in 'sv' names {others}"),
            (
                GOOD.replace("?outcome ?other WHERE", "?other WHERE"),
                "rq:12: the query must be a SELECT that gives ?outcome",
            ),
            (GOOD.replace("#+ since: 0.1.0\n", ""), "rq:2: the header is not as it must be: missing field `since`"),
            (
                GOOD.replace("scope: region", "scope: county"),
                "rq:4: the header is not as it must be: scope: unknown variant `county`",
            ),
            (GOOD.replace("#+", "#"), "rq:1: no header"),
        ];
        for (source, expected) in cases {
            let error = error(&source);
            assert!(error.contains(expected), "{error}\nshould say\n{expected}");
        }
    }

    #[test]
    fn a_fault_in_the_query_is_shown_where_it_is() {
        let error = error(&GOOD.replace("BIND(", "BIND(("));
        assert!(error.contains("rq:12: column "), "{error}");
    }
}
