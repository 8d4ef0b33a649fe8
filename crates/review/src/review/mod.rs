//! The compatibility review: what a region delivered, and how it stands against the national reference, in one place
//! that both sides can work from.
//!
//! Each part is gathered by a file of its own; [`Review`] is what programs read, and [`Review::document`] what people do.

mod conformance;
mod delivered;
mod document;
mod integrations;
mod questions;
mod responsibilities;
mod stores;
mod text;
mod words;

pub use conformance::{Clause, Conformance, Deviated, Duplicates, Item};
pub use delivered::{Delivered, Delivery, Note, Presence, ProductStanding};
pub use integrations::{Integration, Standing};
pub use questions::Question;
pub use responsibilities::{GapOf, Responsibilities};
pub use stores::{DataStores, Store};

use crate::{
    changes::Changes,
    descriptions::{Description, descriptions},
};
use oxrdf::{Literal, NamedNode, NamedOrBlankNode, Term, Variable, vocab::xsd};
use serde::Serialize;
use std::{
    collections::BTreeMap,
    io::{self, Write},
    sync::Arc,
    time::Duration,
};
use viite_check::{
    Report,
    finding::{RegionName, Source},
    raci::RaciError,
    scope::Grounds,
};
use viite_describe::{DescribeError, Products};
use viite_model::{Language, Names, State};
use viite_query::{Answer, QueryError, QueryOptions, facts::Facts};
use viite_store::{Scope, Snapshot};

/// What is to be reviewed.
#[derive(Clone, Debug)]
pub struct ReviewOrder<'a> {
    /// The region.
    pub region: NamedNode,
    /// Its code and name.
    pub name: RegionName,
    /// The language of every text.
    pub language: Language,
    /// The day on which facts are judged, `YYYY-MM-DD`.
    pub today: String,
    /// The revision that is reviewed, and when that was made.
    pub revision: Option<(u64, String)>,
    /// What the checks found for the region.
    pub report: &'a Report,
    /// The description products.
    pub products: &'a Products,
    /// What the region's descriptions were before, and at which revision, if they were any.
    pub before: Option<(&'a Arc<Snapshot>, u64, String)>,
    /// How long one question may take.
    pub timeout: Duration,
}

/// Why there is no review.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReviewError {
    /// Nothing of the region was imported.
    #[error(
        "{region} has delivered nothing that could be reviewed: import it with 'viite import FILE --region {code}'"
    )]
    NothingDelivered {
        /// The region's name.
        region: String,
        /// Its code.
        code: String,
    },
    /// A description product could not be filled.
    #[error(transparent)]
    Describe(#[from] DescribeError),
    /// Who answers for what could not be asked.
    #[error(transparent)]
    Responsibilities(#[from] RaciError),
    /// A question of the review could not be answered.
    #[error("the {question} could not be asked: {error}")]
    Query {
        /// Which.
        question: &'static str,
        /// What went wrong.
        error: QueryError,
    },
}

/// The review. `docs/review.schema.json` describes its JSON.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Review {
    /// Whose it is.
    pub region: RegionName,
    /// The states that are described.
    pub states: Vec<State>,
    /// The day on which facts were judged.
    pub date: String,
    /// The revision that was reviewed.
    pub revision: Option<u64>,
    /// The language of its texts.
    pub language: Language,
    /// Files and description products.
    pub delivered: Delivered,
    /// How every guideline and principle came out.
    pub conformance: Conformance,
    /// Every national service.
    pub integrations: Vec<Integration>,
    /// What there is twice.
    pub duplicates: Duplicates,
    /// Who answers for what, where that is not clear.
    pub responsibilities: Vec<Responsibilities>,
    /// Stores, originals and copies.
    pub data_stores: DataStores,
    /// What violates and was accepted.
    pub deviations: Vec<Deviated>,
    /// What is different since the last delivery.
    pub changes: Changes,
    /// What the region has to answer.
    pub questions: Vec<Question>,
}

/// A thing of a region or of the reference.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Thing {
    /// What people call it.
    pub label: String,
    /// Its IRI.
    pub iri: String,
    /// Where it stands in the file that it came from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
}

/// What the parts of a review are gathered from.
pub(crate) struct Ground<'a> {
    pub(crate) snapshot: &'a Arc<Snapshot>,
    pub(crate) facts: Facts<'a>,
    pub(crate) names: &'a Names,
    pub(crate) order: &'a ReviewOrder<'a>,
    /// The states that are described, with the graphs that tell of each.
    pub(crate) states: Vec<(State, Scope)>,
}

/// A row of an answer: its terms by variable.
pub(crate) type Row = BTreeMap<String, Term>;

impl Ground<'_> {
    /// The rows of a query in a state; `?region` and `?today` are bound.
    pub(crate) fn ask(&self, question: &'static str, query: &str, scope: &Scope) -> Result<Vec<Row>, ReviewError> {
        let fault = |error| ReviewError::Query { question, error };
        let today = Literal::new_typed_literal(&self.order.today, xsd::DATE);
        let options = QueryOptions {
            scope: scope.clone(),
            timeout: Some(self.order.timeout),
            bindings: vec![
                (Variable::new_unchecked("region"), self.order.region.clone().into()),
                (Variable::new_unchecked("today"), today.into()),
            ],
            ..QueryOptions::default()
        };
        let prepared = viite_query::prepare(query).map_err(fault)?;
        let Answer::Solutions(solutions) = prepared.run(self.snapshot, &options).map_err(fault)? else {
            return Ok(Vec::new()); // the queries of this crate are SELECTs
        };
        solutions
            .map(|solution| {
                let solution = solution.map_err(fault)?;
                Ok(solution.iter().map(|(variable, term)| (variable.as_str().to_owned(), term.clone())).collect())
            })
            .collect()
    }

    pub(crate) fn label(&self, term: &Term) -> String {
        self.facts.label(term, self.order.language)
    }

    /// A thing with its name and its place in the file.
    pub(crate) fn thing(&self, node: &NamedNode) -> Thing {
        let place = Source::of(&self.facts, &NamedOrBlankNode::from(node.clone())).map(|source| source.to_string());
        Thing { label: self.label(&node.clone().into()), iri: node.as_str().to_owned(), place }
    }
}

/// The thing in a row.
pub(crate) fn node(row: &Row, variable: &str) -> Option<NamedNode> {
    match row.get(variable) {
        Some(Term::NamedNode(node)) => Some(node.clone()),
        _ => None,
    }
}

impl Review {
    /// Reviews a region.
    ///
    /// # Errors
    /// When the region has no description, or a question cannot be answered in time.
    pub fn of(snapshot: &Arc<Snapshot>, names: &Names, order: &ReviewOrder<'_>) -> Result<Self, ReviewError> {
        let facts = Facts::new(snapshot);
        let states = Grounds::of(&facts, names).of_region(&order.region);
        if states.is_empty() {
            return Err(ReviewError::NothingDelivered {
                region: order.name.name.clone(),
                code: order.name.code.clone(),
            });
        }
        let ground = Ground { snapshot, facts, names, order, states };
        let described: Vec<State> = ground.states.iter().map(|(state, _)| *state).collect();
        let changes = match &order.before {
            None => Changes::first(),
            Some((before, revision, time)) => {
                let of_region = |snapshot: &Arc<Snapshot>| -> Vec<Description> {
                    let all = descriptions(&Facts::new(snapshot), names).into_iter();
                    all.filter(|description| description.region == order.region).collect()
                };
                let (earlier, later) = (of_region(before), of_region(snapshot));
                Changes::since((before, &earlier), (snapshot, &later), (*revision, time), order.language)
            }
        };
        Ok(Self {
            region: order.name.clone(),
            states: described,
            date: order.today.clone(),
            revision: order.revision.as_ref().map(|(number, _)| *number),
            language: order.language,
            delivered: delivered::gather(&ground)?,
            conformance: conformance::gather(order.report),
            integrations: integrations::gather(&ground)?,
            duplicates: conformance::duplicates(order.report),
            responsibilities: responsibilities::gather(&ground)?,
            data_stores: stores::gather(&ground)?,
            deviations: conformance::deviations(order.report),
            changes,
            questions: questions::gather(order.report),
        })
    }

    /// Writes the review as JSON. Keys are added, never renamed.
    ///
    /// # Errors
    /// When the writer refuses.
    pub fn write_json(&self, mut to: impl Write) -> io::Result<()> {
        serde_json::to_writer_pretty(&mut to, self)?;
        writeln!(to)
    }

    /// Writes the review for a terminal: in short first, then each part with at most so many rows.
    ///
    /// # Errors
    /// When the writer refuses.
    pub fn write_text(&self, rows: usize, to: impl Write) -> io::Result<()> {
        text::write(&self.document(), self.language, rows, to)
    }
}
