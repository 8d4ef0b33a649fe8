//! A rule file: its header, its query, and what can be wrong with them.

mod applies;
mod place;
mod starter;

pub use applies::Applies;
pub use starter::starter;

use crate::template;
use oxrdf::{NamedNode, Variable};
use place::Place;
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
    #[serde(default)]
    applies: Applies,
    #[serde(default)]
    justifiable: bool,
    question: Option<Text>,
    cluster: Option<String>,
    gather: Option<String>,
    #[serde(default)]
    operationalised: bool,
    /// Read by [`switched_off`] before a rule is made.
    #[serde(default)]
    off: bool,
}

/// What a file says that only switches a rule off.
#[derive(Deserialize)]
struct Switch {
    id: Option<String>,
    #[serde(default)]
    off: bool,
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
    /// Where and when it holds.
    pub applies: Applies,
    /// The clause lets a recorded reason stand: *as a rule*, *when justified*.
    pub justifiable: bool,
    /// What a person answers where data cannot judge.
    pub question: Option<Text>,
    /// The variable whose shared values make one finding of many things.
    pub cluster: Option<String>,
    /// The variable whose values for one thing make one finding of it.
    pub gather: Option<String>,
    /// It makes measurable what the clause only implies.
    pub operationalised: bool,
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

/// What a message of a cluster may name besides.
pub(crate) const OF_CLUSTER: [&str; 2] = ["members", "count"];

/// The variable with the recorded reason of a justifiable rule.
pub(crate) const JUSTIFICATION: &str = "justification";

/// The variable with the last day on which that reason holds.
pub(crate) const UNTIL: &str = "until";

/// The rule that a file switches off, if that is what the file is for: `#+ id: …` and `#+ off: true`.
///
/// # Errors
/// When it switches off without telling which rule.
pub fn switched_off(file: &str, source: &str) -> Result<Option<String>, RuleError> {
    let place = Place { file, source };
    match place.read::<Switch>() {
        Ok(Switch { id: Some(id), off: true }) => Ok(Some(id)),
        Ok(Switch { id: None, off: true }) => {
            Err(place.at_key("off", "which rule is switched off? Add a line '#+ id: …'"))
        }
        // A rule, or a header whose faults reading it as a rule will tell.
        _ => Ok(None),
    }
}

impl Rule {
    /// Reads a rule file. `file` is its path relative to the library, `<family>/<id>.rq`.
    ///
    /// # Errors
    /// When the header is missing or not as the contract says, when the identifier differs from the file's name,
    /// when a text lacks a language, when the query is not a SELECT of `?focus` and `?outcome`,
    /// or when a message names a variable that the query does not give.
    pub fn parse(file: &str, source: &str) -> Result<Self, RuleError> {
        let place = Place { file, source };
        let header: Header = place.read()?;
        if header.off {
            return Err(place.at_key("off", "the rule is switched off, and cannot be run"));
        }
        let (_, first_line) = place.header()?;
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
            applies: header.applies,
            justifiable: header.justifiable,
            question: header.question,
            cluster: header.cluster,
            gather: header.gather,
            operationalised: header.operationalised,
            file: file.to_owned(),
            source: source.to_owned(),
            query,
        };
        if let Some(fault) = rule.applies.fault(rule.scope == RuleScope::Region) {
            return Err(place.at_key("applies", fault));
        }
        rule.check_texts(&place)?;
        rule.check_variables(&place)?;
        Ok(rule)
    }

    /// The query, ready to run.
    pub fn query(&self) -> &Prepared {
        &self.query
    }

    fn texts(&self) -> impl Iterator<Item = (&'static str, &Text)> {
        [
            ("title", &self.title),
            ("why", &self.why),
            ("fix", &self.fix),
            ("message", &self.message),
            ("missing", &self.missing),
        ]
        .into_iter()
        .chain(self.question.as_ref().map(|question| ("question", question)))
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
        for (key, variable) in [("cluster", &self.cluster), ("gather", &self.gather)] {
            if let Some(name) = variable.as_deref().filter(|name| !given.contains(name)) {
                return Err(place.at_key(key, format!("'{key}' names {name}, but the query does not give it")));
            }
        }
        if self.gather.is_some() && self.question.is_some() {
            return Err(place.at_key(
                "gather",
                "a person answers about one thing at a time: 'gather' and 'question' exclude each other",
            ));
        }
        match (self.justifiable, given.contains(JUSTIFICATION)) {
            (true, false) => {
                return Err(
                    place.at_key("justifiable", "a justifiable rule gives ?justification, and this one does not")
                );
            }
            (false, true) => {
                return Err(place.error(
                    place.select_line(),
                    "the query gives ?justification, so the header must say 'justifiable: true'",
                ));
            }
            _ => {}
        }
        for (key, text) in self.texts() {
            let clustered = key == "message" && self.cluster.is_some();
            for language in Language::ALL {
                let known = |name: &str| {
                    given.contains(name) || GIVEN.contains(&name) || (clustered && OF_CLUSTER.contains(&name))
                };
                let mut variables = text.exact(language).into_iter().flat_map(template::variables);
                let unknown = variables.find(|name| !known(name));
                if let Some(name) = unknown.filter(|_| !["title", "why", "fix"].contains(&key)) {
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
            (GOOD.replace("#+ since", "#+ cluster: system\n#+ since"), "rq:6: 'cluster' names system"),
            (GOOD.replace("#+ since", "#+ gather: part\n#+ since"), "rq:6: 'gather' names part"),
            (
                GOOD.replace("#+ since", "#+ justifiable: true\n#+ since"),
                "rq:6: a justifiable rule gives ?justification",
            ),
            (
                GOOD.replace("?outcome ?other", "?outcome ?other ?justification"),
                "rq:12: the query gives ?justification",
            ),
            (GOOD.replace("#+ since", "#+ question: { fi: a }\n#+ since"), "rq:6: 'question' has no text in 'sv'"),
            (GOOD.replace("#+ since", "#+ applies: { from: soon }\n#+ since"), "rq:6: 'soon' is no day"),
            (GOOD.replace("{focus}", "{members}"), "rq:10: 'message' in 'fi' names {members}"),
        ];
        for (source, expected) in cases {
            let error = error(&source);
            assert!(error.contains(expected), "{error}\nshould say\n{expected}");
        }
    }

    #[test]
    fn a_file_can_switch_a_rule_off() {
        let off = |source: &str| switched_off("a/X.rq", source);
        assert_eq!(off("#+ id: X\n#+ off: true\n").unwrap().as_deref(), Some("X"));
        assert_eq!(off(GOOD).unwrap(), None);
        assert!(off("#+ off: true\n").unwrap_err().to_string().contains("which rule"));
    }

    #[test]
    fn a_message_of_a_cluster_names_its_members() {
        let source = GOOD.replace("{focus}", "{members} {count}").replace("#+ since", "#+ cluster: other\n#+ since");
        assert_eq!(Rule::parse("duplicates/G08-same-purpose.rq", &source).unwrap().cluster.as_deref(), Some("other"));
    }

    #[test]
    fn a_fault_in_the_query_is_shown_where_it_is() {
        let error = error(&GOOD.replace("BIND(", "BIND(("));
        assert!(error.contains("rq:12: column "), "{error}");
    }
}
