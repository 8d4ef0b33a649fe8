//! One rule on one ground: its query, and the rows that it answers with.

use super::CheckOptions;
use crate::{
    rule::{GIVEN, JUSTIFICATION, Rule, UNTIL},
    scope::Ground,
};
use oxrdf::{Literal, Term, Variable, vocab::xsd};
use std::{collections::BTreeMap, sync::Arc};
use viite_model::Outcome;
use viite_query::{Answer, QueryOptions};
use viite_store::Snapshot;

/// One answer of a rule about one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) focus: Term,
    pub(crate) outcome: Outcome,
    pub(crate) evidence: BTreeMap<String, Term>,
    /// The recorded reason, of a justifiable rule.
    pub(crate) justification: Option<Justification>,
}

/// A reason that stands in the description.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Justification {
    pub(crate) reason: String,
    /// The last day on which it holds, if it tells one.
    pub(crate) until: Option<String>,
}

/// Why one run of a rule gave nothing.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RunError {
    #[error("{0}")]
    Query(#[from] viite_query::QueryError),
    #[error("the query is not a SELECT")]
    NoSelect,
    #[error("a row has no ?focus: every row must name the thing that it judges")]
    NoFocus,
    #[error("a row about {focus} has the outcome {outcome}: it must be one of conforms, violates, not-assessable")]
    Outcome { focus: Term, outcome: String },
}

/// What a query is run with on this ground.
pub(crate) fn query_options(ground: &Ground, options: &CheckOptions) -> QueryOptions {
    let mut bindings =
        vec![(Variable::new_unchecked("today"), Literal::new_typed_literal(&options.today, xsd::DATE).into())];
    if let Some((region, state)) = &ground.region {
        bindings.push((Variable::new_unchecked("region"), region.clone().into()));
        bindings.push((Variable::new_unchecked("state"), state.iri().into()));
    }
    QueryOptions { scope: ground.graphs.clone(), timeout: Some(options.timeout), bindings, ..QueryOptions::default() }
}

/// Runs one rule on one ground.
pub(crate) fn run(
    rule: &Rule,
    snapshot: &Arc<Snapshot>,
    ground: &Ground,
    options: &CheckOptions,
) -> Result<Vec<Row>, RunError> {
    let Answer::Solutions(solutions) = rule.query().run(snapshot, &query_options(ground, options))? else {
        return Err(RunError::NoSelect);
    };
    let mut rows = Vec::new();
    for solution in solutions {
        let solution = solution?;
        let focus = solution.get("focus").ok_or(RunError::NoFocus)?.clone();
        let outcome = match solution.get("outcome") {
            Some(Term::Literal(word)) => word.value().parse().ok(),
            _ => None,
        }
        // Whether a deviation was accepted is for an authority to say, never for a rule.
        .filter(|outcome| *outcome != Outcome::AcceptedDeviation)
        .ok_or_else(|| RunError::Outcome {
            focus: focus.clone(),
            outcome: solution.get("outcome").map_or_else(|| "unbound".to_owned(), ToString::to_string),
        })?;
        let text = |variable: &str| match solution.get(variable) {
            Some(Term::Literal(text)) if !text.value().trim().is_empty() => Some(text.value().to_owned()),
            _ => None,
        };
        let justification = text(JUSTIFICATION)
            .map(|reason| Justification { reason, until: rule.justifiable.then(|| text(UNTIL)).flatten() });
        let evidence = solution
            .iter()
            .filter(|(variable, _)| {
                let name = variable.as_str();
                let excuse = name == JUSTIFICATION || (rule.justifiable && name == UNTIL);
                !excuse && !["focus", "outcome"].contains(&name) && !GIVEN.contains(&name)
            })
            .map(|(variable, term)| (variable.as_str().to_owned(), term.clone()))
            .collect();
        rows.push(Row { focus, outcome, evidence, justification });
    }
    Ok(rows)
}
