//! How a query is to be run.

use oxrdf::{Term, Variable};
use std::time::Duration;
use viite_store::Scope;

/// How a query is to be run. The default sees every graph, the default graph being the union of
/// all of them, and sets no limits.
///
/// ```
/// use viite_query::QueryOptions;
/// use std::time::Duration;
/// let options = QueryOptions { timeout: Some(Duration::from_secs(30)), ..QueryOptions::default() };
/// assert!(options.limit.is_none());
/// ```
#[derive(Clone, Debug, Default)]
pub struct QueryOptions {
    /// The graphs that the query sees, unless it says so itself with FROM and FROM NAMED.
    pub scope: Scope,
    /// How long it may run, from the start of the evaluation to the last solution taken.
    pub timeout: Option<Duration>,
    /// How many solutions or triples to give; [`Solutions::truncated`](crate::Solutions::truncated)
    /// says whether there would be more.
    pub limit: Option<usize>,
    /// Values of variables, put into the text of the query before it is planned.
    ///
    /// They are parameters: every occurrence of the variable is replaced, in subselects too.
    pub bindings: Vec<(Variable, Term)>,
}
