//! What a rule file may say and hardly means: what `viite rule lint` tells beyond the faults that stop a rule.

use crate::{
    CheckOptions,
    engine::query_options,
    rule::{GIVEN, Rule, RuleError},
    scope::Grounds,
};
use std::sync::Arc;
use viite_model::{Names, ns};
use viite_query::{QueryError, Step, facts::Facts, spelling};
use viite_store::Snapshot;

/// A first step that finds more than so many solutions is large.
const LARGE: u64 = 1_000;

/// And wasteful when it finds so many times what the rule answers with.
const WASTE: u64 = 20;

/// Everything that is doubtful about a rule, with its place, by line.
pub fn lint(rule: &Rule, snapshot: &Arc<Snapshot>, names: &Names, options: &CheckOptions) -> Vec<RuleError> {
    let mut doubts = Vec::new();
    let mut doubt = |needle: &str, what: String| {
        doubts.push(RuleError { file: rule.file.clone(), line: line_of(&rule.source, needle), what });
    };
    for name in rule.query().unbound_variables(&GIVEN) {
        doubt(&format!("?{name}"), format!("?{name} is used, but nothing in the query gives it a value"));
    }
    for unknown in spelling::unknown_terms(rule.query(), snapshot) {
        let term = ns::shorten(unknown.term.as_str());
        let meant = unknown.suggestion.map(|term| format!("; did you mean {}?", ns::shorten(term.as_str())));
        let meant = meant.unwrap_or_default();
        doubt(&term, format!("{term} is in neither the vocabulary nor any fact, so it matches nothing{meant}"));
    }
    if snapshot.term_id(rule.clause.as_ref()).is_none() {
        let clause = ns::shorten(rule.clause.as_str());
        doubt(
            "#+ clause:",
            format!("the clause {clause} is in no source document: 'viite query' finds those that are"),
        );
    }
    let grounds = Grounds::of(&Facts::new(snapshot), names).for_scope(rule.scope, &[]);
    if let Some(ground) = grounds.first() {
        match rule.query().explain(snapshot, &query_options(ground, options)) {
            Ok(plan) => {
                let first = first(&plan.root);
                if first.actual > LARGE && first.actual > WASTE * plan.rows.max(1) as u64 {
                    let pattern = first.what.split(' ').nth(1).unwrap_or_default().to_owned();
                    doubt(
                        &pattern,
                        format!(
                            "the plan starts from a large pattern: '{}' finds {} solutions for {} rows; \
                             begin with something rarer, such as the region or a class",
                            first.what, first.actual, plan.rows
                        ),
                    );
                }
            }
            Err(QueryError::Timeout(_)) => doubt(
                "SELECT",
                format!(
                    "it had not ended after {} s: begin with something rarer, and look at the plan with 'viite query --explain'",
                    options.timeout.as_secs()
                ),
            ),
            Err(error) => doubt("SELECT", format!("it cannot be run: {error}")),
        }
    }
    doubts.sort_by_key(|doubt| doubt.line);
    doubts
}

/// The innermost step that is done first.
fn first(step: &Step) -> &Step {
    step.steps.first().map_or(step, first)
}

/// The first line that has this text as a word: of the header where the text begins as its lines do, else of the query.
fn line_of(source: &str, needle: &str) -> usize {
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    let here = |line: &str| line.match_indices(needle).any(|(at, _)| !line[at + needle.len()..].starts_with(is_word));
    let lines = source.lines().enumerate();
    lines
        .filter(|(_, line)| line.starts_with('#') == needle.starts_with('#'))
        .find(|(_, line)| here(line))
        .map_or(1, |(index, _)| index + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxrdf::{Literal, NamedNode, Quad};
    use viite_model::{Language, graphs};

    fn doubts(query: &str) -> Vec<String> {
        let texts =
            ["title", "why", "fix", "message", "missing"].map(|key| format!("#+ {key}: {{ fi: t, sv: t, en: t }}\n"));
        let header = "#+ id: R\n#+ severity: info\n#+ scope: reference\n#+ clause: s4:G8\n#+ since: 0.1.0\n";
        let rule = Rule::parse("test/R.rq", &format!("{header}{}{query}", texts.concat())).unwrap();
        let graph = graphs::reference_package("test", "1");
        let node = |name: &str| NamedNode::new_unchecked(ns::expand(name).unwrap());
        let many = (0..3000).map(|n| {
            let system = NamedNode::new_unchecked(format!("http://example.org/{n}"));
            Quad::new(system, node("viite:function"), Literal::from(n), graph.clone())
        });
        let clause = Quad::new(node("s4:G8"), node("rdf:type"), node("viite:Guideline"), graph.clone());
        let snapshot = Arc::new(Snapshot::from_quads(many.chain([clause])).unwrap());
        let names = Names::new(Names::DEFAULT_BASE).unwrap();
        let options = CheckOptions::new(Language::En, "2026-01-01");
        lint(&rule, &snapshot, &names, &options).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_good_rule_is_not_doubted() {
        let good = "SELECT ?focus ?outcome WHERE { ?focus viite:function ?f BIND('conforms' AS ?outcome) }";
        assert_eq!(doubts(good), [""; 0]);
    }

    #[test]
    fn misspelt_variables_and_terms_are_told_where_they_stand() {
        let found = doubts(
            "SELECT ?focus ?outcome WHERE {\n  ?focus viite:functoin ?f\n  FILTER(?ff > ?today)\n  BIND('conforms' AS ?outcome) }",
        );
        assert_eq!(found.len(), 2, "{found:#?}");
        assert!(found[0].starts_with("test/R.rq:12: viite:functoin is in neither"), "{}", found[0]);
        assert!(found[0].contains("did you mean viite:function?"), "{}", found[0]);
        assert!(found[1].starts_with("test/R.rq:13: ?ff is used"), "{}", found[1]);
    }

    #[test]
    fn a_plan_that_starts_from_everything_is_told() {
        let found = doubts(
            "SELECT ?focus ?outcome WHERE {\n  ?focus viite:function ?f FILTER(?f = 7)\n  BIND('conforms' AS ?outcome) }",
        );
        assert!(found.iter().any(|doubt| doubt.contains("starts from a large pattern")), "{found:#?}");
    }
}
