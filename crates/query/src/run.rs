//! Running a prepared query.

use crate::bind::bind;
use crate::error::QueryError;
use crate::functions::evaluator;
use crate::options::QueryOptions;
use crate::parse::Prepared;
use crate::plan::plan;
use crate::plan::planned::Planned;
use crate::snapshot::SnapshotStatistics;
use crate::stack::{with_room, with_room_for_step};
use oxrdf::{Triple, Variable};
use rustc_hash::FxHashSet;
use spareval::{
    CancellationToken, QueryEvaluationError, QueryResults, QuerySolution, QuerySolutionIter, QueryTripleIter,
};
use spargebra::Query;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;
use viite_store::{Scope, Snapshot, View};

/// What a query answers with.
pub enum Answer<'a> {
    /// ASK
    Boolean(bool),
    /// SELECT
    Solutions(Solutions<'a>),
    /// CONSTRUCT and DESCRIBE
    Graph(Triples<'a>),
}

impl Prepared {
    /// Plans the query for this snapshot and starts it. Solutions are found as they are asked for.
    ///
    /// # Errors
    /// A binding that no query can hold, a timeout before the first solution, or what the
    /// evaluator cannot do, such as SERVICE.
    ///
    /// ```
    /// use oxrdf::{NamedNode, Quad, GraphName};
    /// use viite_query::{Answer, QueryOptions, prepare};
    /// use viite_store::Snapshot;
    ///
    /// let a = NamedNode::new("http://example.org/a")?;
    /// let snapshot = Snapshot::from_quads([Quad::new(a.clone(), a.clone(), a.clone(), GraphName::DefaultGraph)])?;
    /// let query = prepare("SELECT ?s WHERE { ?s ?p ?o }")?;
    /// let Answer::Solutions(mut solutions) = query.run(&snapshot, &QueryOptions::default())? else { unreachable!() };
    /// assert_eq!(solutions.next().unwrap()?.get("s"), Some(&a.into()));
    /// assert!(solutions.next().is_none());
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    pub fn run<'a>(&self, snapshot: &'a Snapshot, options: &QueryOptions) -> Result<Answer<'a>, QueryError> {
        let scope = self.scope(&options.scope);
        with_room(|| {
            let query = bind(self.query.clone(), &options.bindings)?;
            let (query, _) = plan_query(query, snapshot, &scope);
            let deadline = Deadline::start(options.timeout);
            let view = View::new(snapshot, &scope).with_cancellation_token(deadline.token.clone());
            let evaluator = evaluator().with_cancellation_token(deadline.token.clone());
            let results = evaluator.prepare(&query).execute(view);
            Answer::new(results, deadline, options.limit)
        })
    }

    /// Runs the query as it is written, without the planner: the oracle of the planner's tests.
    ///
    /// # Errors
    /// As [`Prepared::run`].
    #[doc(hidden)]
    pub fn run_unplanned<'a>(&self, snapshot: &'a Snapshot, options: &QueryOptions) -> Result<Answer<'a>, QueryError> {
        let scope = self.scope(&options.scope);
        let query = bind(self.query.clone(), &options.bindings)?;
        let results = evaluator().prepare(&query).execute(View::new(snapshot, &scope));
        Answer::new(results, Deadline::start(None), options.limit)
    }
}

impl<'a> Answer<'a> {
    pub(crate) fn new(
        results: Result<QueryResults<'a>, QueryEvaluationError>,
        deadline: Deadline,
        limit: Option<usize>,
    ) -> Result<Self, QueryError> {
        // The evaluator takes a cancelled lookup inside EXISTS or MINUS for an empty one, so a
        // result counts only while the deadline stands.
        deadline.check()?;
        let results = results.map_err(|error| deadline.explain(error))?;
        Ok(match results {
            QueryResults::Boolean(value) => Self::Boolean(value),
            QueryResults::Solutions(solutions) => Self::Solutions(Solutions {
                variables: solutions.variables().to_vec(),
                rows: Rows::new(solutions, deadline, limit),
            }),
            QueryResults::Graph(triples) => Self::Graph(Triples {
                seen: FxHashSet::default(),
                rows: Rows::new(triples, deadline, None),
                limit,
                truncated: false,
            }),
        })
    }
}

/// Puts the patterns of a query in order.
pub(crate) fn plan_query(query: Query, snapshot: &Snapshot, scope: &Scope) -> (Query, Planned) {
    let statistics = SnapshotStatistics::new(snapshot, scope);
    let mut query = query;
    let pattern = match &mut query {
        Query::Select { pattern, .. }
        | Query::Ask { pattern, .. }
        | Query::Construct { pattern, .. }
        | Query::Describe { pattern, .. } => pattern,
    };
    let planned = plan(std::mem::take(pattern), &statistics);
    pattern.clone_from(&planned.pattern);
    (query, planned)
}

/// The solutions of a SELECT, found one by one.
pub struct Solutions<'a> {
    variables: Vec<Variable>,
    rows: Rows<QuerySolutionIter<'a>>,
}

impl Solutions<'_> {
    /// The variables, in the order of the SELECT clause.
    pub fn variables(&self) -> &[Variable] {
        &self.variables
    }

    /// Whether the limit cut solutions off; known once the iterator has ended.
    pub fn truncated(&self) -> bool {
        self.rows.truncated
    }
}

impl Iterator for Solutions<'_> {
    type Item = Result<QuerySolution, QueryError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.rows.next()
    }
}

/// The triples of a CONSTRUCT or DESCRIBE, each of them once.
pub struct Triples<'a> {
    seen: FxHashSet<Triple>,
    rows: Rows<QueryTripleIter<'a>>,
    limit: Option<usize>,
    truncated: bool,
}

impl Triples<'_> {
    /// Whether the limit cut triples off; known once the iterator has ended.
    pub fn truncated(&self) -> bool {
        self.truncated
    }
}

impl Iterator for Triples<'_> {
    type Item = Result<Triple, QueryError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.rows.next()? {
                // The evaluator yields duplicates (oxigraph#525).
                Ok(triple) if self.seen.contains(&triple) => {}
                Ok(_) if self.limit.is_some_and(|limit| self.seen.len() >= limit) => {
                    self.truncated = true;
                    self.rows.ended = true;
                    return None;
                }
                Ok(triple) => {
                    self.seen.insert(triple.clone());
                    return Some(Ok(triple));
                }
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

/// Rows up to a limit and a deadline.
struct Rows<I> {
    rows: I,
    deadline: Deadline,
    left: Option<usize>,
    truncated: bool,
    ended: bool,
}

impl<I> Rows<I> {
    fn new(rows: I, deadline: Deadline, limit: Option<usize>) -> Self {
        Self { rows, deadline, left: limit, truncated: false, ended: false }
    }
}

impl<T, I: Iterator<Item = Result<T, QueryEvaluationError>>> Iterator for Rows<I> {
    type Item = Result<T, QueryError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let row = with_room_for_step(|| self.rows.next());
        // The evaluator takes a cancelled lookup inside EXISTS or MINUS for an empty one, so a
        // row, and the end too, counts only while the deadline stands.
        if let Err(error) = self.deadline.check() {
            self.ended = true;
            return Some(Err(error));
        }
        match (row, &mut self.left) {
            (None, _) => {
                self.ended = true;
                None
            }
            (Some(Err(error)), _) => {
                self.ended = true;
                Some(Err(self.deadline.explain(error)))
            }
            (Some(Ok(_)), Some(0)) => {
                self.truncated = true;
                self.ended = true;
                None
            }
            (Some(Ok(row)), left) => {
                if let Some(left) = left {
                    *left -= 1;
                }
                Some(Ok(row))
            }
        }
    }
}

/// Trips a cancellation token when the time is over.
pub(crate) struct Deadline {
    pub(crate) token: CancellationToken,
    timeout: Option<Duration>,
    /// Dropping it ends the thread that watches the clock.
    _watch: Option<Sender<()>>,
}

impl Deadline {
    pub(crate) fn start(timeout: Option<Duration>) -> Self {
        let token = CancellationToken::new();
        let watch = timeout.map(|timeout| {
            let (sender, receiver) = channel();
            let token = token.clone();
            thread::spawn(move || {
                if receiver.recv_timeout(timeout) == Err(RecvTimeoutError::Timeout) {
                    token.cancel();
                }
            });
            sender
        });
        Self { token, timeout, _watch: watch }
    }

    /// An error when the time is over.
    pub(crate) fn check(&self) -> Result<(), QueryError> {
        match self.timeout {
            Some(timeout) if self.token.is_cancelled() => Err(QueryError::Timeout(timeout)),
            _ => Ok(()),
        }
    }

    pub(crate) fn explain(&self, error: QueryEvaluationError) -> QueryError {
        match (error, self.timeout) {
            (QueryEvaluationError::Cancelled, Some(timeout)) => QueryError::Timeout(timeout),
            (error, _) => QueryError::Evaluation(error.to_string()),
        }
    }
}
