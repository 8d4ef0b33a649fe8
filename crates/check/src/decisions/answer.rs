//! Answers of people to the questions of rules that data cannot judge.
//!
//! ```turtle
//! [] a viite:Answer ;
//!    viite:rule "P02-user-involved" ;
//!    viite:about <…/region/X1/s031> ;
//!    viite:answer true ;
//!    viite:reason "Three workshops with clients in spring." ;
//!    viite:authority "Head of digital services" ;
//!    dcterms:date "2025-02-01"^^xsd:date .
//! ```

use super::{ABOUT, ANSWER, ANSWER_CLASS, AUTHORITY, DATE, Graph, REASON, RULE, VALID_UNTIL};
use oxrdf::{NamedOrBlankNode, Term};
use serde::Serialize;
use viite_model::{State, ns};

/// One answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// Whether the thing satisfies the rule.
    pub yes: bool,
    /// On what the answer rests.
    pub reason: String,
    /// Who answered.
    pub authority: String,
    /// When.
    pub date: Option<String>,
    /// The last day on which it holds, if it has one.
    pub until: Option<String>,
    /// The state that it is about; none means all.
    pub state: Option<State>,
}

impl Answer {
    /// Whether it speaks about this state, and still holds.
    pub(crate) fn holds(&self, state: Option<State>, today: &str) -> bool {
        self.until.as_deref().is_none_or(|until| until >= today)
            && (self.state.is_none() || state.is_none() || self.state == state)
    }
}

/// The answers with their node, rule and things. One without reason or authority is none: it would be nobody's word.
pub(super) fn read(graph: &Graph<'_>) -> Vec<(NamedOrBlankNode, String, Vec<Term>, Answer)> {
    let mut answers = Vec::new();
    for subject in graph.members(ANSWER_CLASS) {
        let Some(rule) = graph.text(&subject, RULE) else { continue };
        let (Some(reason), Some(authority)) = (graph.text(&subject, REASON), graph.text(&subject, AUTHORITY)) else {
            continue;
        };
        let yes = match graph.text(&subject, ANSWER).as_deref() {
            Some("true" | "1") => true,
            Some("false" | "0") => false,
            _ => continue,
        };
        let states = graph.objects(&subject, ns::viite::STATE);
        let answer = Answer {
            yes,
            reason,
            authority,
            date: graph.text(&subject, DATE),
            until: graph.text(&subject, VALID_UNTIL),
            state: State::ALL.into_iter().find(|state| states.contains(&Term::from(state.iri()))),
        };
        let about = graph.objects(&subject, ABOUT);
        answers.push((subject, rule, about, answer));
    }
    answers
}
