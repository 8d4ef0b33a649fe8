//! What the planner chose, what it expected, and what came.
//!
//! The tree is the evaluator's own; nested loops are shown as the list of steps that they are,
//! and the planner's expectation stands beside each index lookup.

use crate::bind::bind;
use crate::error::QueryError;
use crate::functions::evaluator;
use crate::options::QueryOptions;
use crate::parse::Prepared;
use crate::plan::planned::Leaf;
use crate::plan::rebuild::is_barrier;
use crate::run::{Answer, Deadline, plan_query};
use crate::stack::with_room;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::time::{Duration, Instant};
use viite_model::ns;
use viite_store::{Snapshot, View};

/// A query's plan, with how many solutions each step was expected to give and gave.
///
/// Its [`Display`](fmt::Display) is an indented text.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// The outermost step.
    pub root: Step,
    /// Solutions or triples of the whole answer.
    pub rows: usize,
    /// Time that planning took.
    pub planning: Duration,
    /// Time from the start of the evaluation to the last solution.
    pub running: Duration,
}

/// One step of a plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// What it does.
    pub what: String,
    /// Solutions that the planner expected; only where it looked at the data.
    pub expected: Option<f64>,
    /// Solutions that came, over the whole run.
    pub actual: u64,
    /// Time spent in it and in the steps below it.
    pub seconds: f64,
    /// The steps that it is made of, in the order in which they are done.
    pub steps: Vec<Self>,
}

impl Prepared {
    /// Runs the query to its end and tells how it went.
    ///
    /// # Errors
    /// As [`Prepared::run`].
    ///
    /// ```
    /// use viite_query::{QueryOptions, prepare};
    /// use viite_store::Snapshot;
    ///
    /// let snapshot = Snapshot::from_quads(Vec::<oxrdf::Quad>::new())?;
    /// let query = prepare("SELECT ?s WHERE { ?s a viite:Service ; viite:state viite:target }")?;
    /// let explanation = query.explain(&snapshot, &QueryOptions::default())?;
    /// assert!(explanation.to_string().contains("?s rdf:type viite:Service"));
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    pub fn explain(&self, snapshot: &Snapshot, options: &QueryOptions) -> Result<Explanation, QueryError> {
        with_room(|| self.explain_here(snapshot, options))
    }

    fn explain_here(&self, snapshot: &Snapshot, options: &QueryOptions) -> Result<Explanation, QueryError> {
        let scope = self.scope(&options.scope);
        let query = bind(self.query.clone(), &options.bindings)?;
        let start = Instant::now();
        let (query, planned) = plan_query(query, snapshot, &scope);
        let planning = start.elapsed();

        let deadline = Deadline::start(options.timeout);
        let start = Instant::now();
        let view = View::new(snapshot, &scope).with_cancellation_token(deadline.token.clone());
        let evaluator = evaluator().compute_statistics().with_cancellation_token(deadline.token.clone());
        let (results, explanation) = evaluator.prepare(&query).explain(view);
        let rows = match Answer::new(results, deadline, options.limit)? {
            Answer::Boolean(_) => 1,
            Answer::Solutions(solutions) => count(solutions)?,
            Answer::Graph(triples) => count(triples)?,
        };
        let running = start.elapsed();

        let mut tree = Vec::new();
        explanation.write_in_json(&mut tree)?;
        let mut json = serde_json::Deserializer::from_slice(&tree);
        json.disable_recursion_limit(); // as deep as the query, and there is room for that
        let tree = Value::deserialize(&mut json)
            .map_err(|error| QueryError::Evaluation(format!("the plan cannot be read: {error}")))?;
        let mut expected = Expected::new(&planned.leaves);
        Ok(Explanation { root: expected.step(&tree["plan"]), rows, planning, running })
    }
}

fn count<T>(rows: impl Iterator<Item = Result<T, QueryError>>) -> Result<usize, QueryError> {
    let mut count = 0;
    for row in rows {
        row?;
        count += 1;
    }
    Ok(count)
}

/// The planner's expectations by the evaluator's label, in the order of the plan.
struct Expected<'a>(HashMap<&'a str, VecDeque<f64>>);

impl<'a> Expected<'a> {
    fn new(leaves: &'a [Leaf]) -> Self {
        let mut expected: HashMap<_, VecDeque<_>> = HashMap::new();
        for leaf in leaves {
            expected.entry(leaf.label.as_str()).or_default().push_back(leaf.rows);
        }
        Self(expected)
    }

    fn step(&mut self, node: &Value) -> Step {
        let label = node["name"].as_str().unwrap_or_default();
        let children = node["children"].as_array().map_or(&[][..], Vec::as_slice);
        if let [only] = children
            && is_barrier_label(label)
        {
            return self.step(only);
        }
        let mut steps = Vec::new();
        for child in children {
            let step = self.step(child);
            // A nested loop in a nested loop on the left is one sequence of steps.
            if label == "Lateral" && step.what == SEQUENCE {
                steps.extend(step.steps);
            } else {
                steps.push(step);
            }
        }
        Step {
            what: readable(label),
            expected: self.0.get_mut(label).and_then(VecDeque::pop_front),
            actual: node["number of results"].as_u64().unwrap_or_default(),
            seconds: node["duration in seconds"].as_f64().unwrap_or_default(),
            steps,
        }
    }
}

const SEQUENCE: &str = "in this order";

fn is_barrier_label(label: &str) -> bool {
    label
        .strip_prefix("Slice(start = 0, length = ")
        .and_then(|rest| rest.strip_suffix(')')?.parse().ok())
        .is_some_and(|length| is_barrier(0, Some(length)))
}

/// The evaluator's label in words, IRIs shortened.
fn readable(label: &str) -> String {
    let (name, detail) =
        label.split_once('(').map_or((label, ""), |(name, rest)| (name, rest.strip_suffix(')').unwrap_or(rest)));
    let detail = shorten_all(detail);
    let keys =
        || detail.split_once("keys = ").map_or("", |(_, keys)| keys.split(", expression").next().unwrap_or(keys));
    match name {
        "Lateral" => SEQUENCE.to_owned(),
        "QuadPattern" => detail,
        "Path" => format!("path {detail}"),
        "Graph" => format!("graph {detail}"),
        "ForLoopLeftJoin" => "optional, looked up".to_owned(),
        "LeftJoin" => format!("optional, hashed by {}", or_nothing(keys())),
        "Join" => format!("join, hashed by {}", or_nothing(keys())),
        "AntiJoin" => format!("minus, hashed by {}", or_nothing(keys())),
        "Filter" if detail.contains("EXISTS {") => "filter, with the steps of EXISTS".to_owned(),
        "Filter" => format!("filter {detail}"),
        "Extend" => format!("bind {detail}"),
        "Aggregate" => format!("group {detail}"),
        "Project" => format!("select {detail}"),
        "Distinct" => "distinct".to_owned(),
        "Sort" => format!("order by {detail}"),
        "Slice" => format!("slice {detail}"),
        "StaticBindings" => format!("values {}", cut(&detail)),
        "Union" => "union".to_owned(),
        _ => format!("{name} {detail}"),
    }
}

fn or_nothing(keys: &str) -> &str {
    if keys.is_empty() { "nothing (every pair is tried)" } else { keys }
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(80) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Shortens every `<iri>`, and gives renamed variables their own names back.
fn shorten_all(text: &str) -> String {
    let mut short = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        let (before, tail) = rest.split_at(start);
        short.push_str(before);
        match tail[1..].find(['>', ' ']).map(|end| end + 1) {
            Some(end) if tail.as_bytes()[end] == b'>' => {
                short.push_str(&ns::shorten(&tail[1..end]));
                rest = &tail[end + 1..];
            }
            _ => {
                short.push('<');
                rest = &tail[1..];
            }
        }
    }
    short.push_str(rest);
    own_names(&short)
}

/// Gives blank nodes and the planner's renamed variables the names that they had.
fn own_names(text: &str) -> String {
    let mut own = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('?') {
        let (before, tail) = rest.split_at(start + 1);
        let end = tail.find([' ', ',', ')', '(']).unwrap_or(tail.len());
        let (name, behind) = tail.split_at(end);
        let name = name.split('/').next().unwrap_or(name);
        match name.strip_prefix("_:") {
            Some(label) => {
                own.push_str(before.strip_suffix('?').unwrap_or(before));
                own.push_str("_:");
                own.push_str(label.get(..8).unwrap_or(label));
            }
            None if name.len() == 32 && name.chars().all(|c| c.is_ascii_hexdigit()) => {
                own.push_str(before);
                own.push_str(&name[..6]); // a name that the parser made up for an aggregate
            }
            None => {
                own.push_str(before);
                own.push_str(name);
            }
        }
        rest = behind;
    }
    own.push_str(rest);
    own
}

impl Explanation {
    /// The same as JSON: `rows`, `planning_seconds`, `running_seconds`, and `plan`, a tree of
    /// `what`, `expected`, `actual`, `seconds`, `steps`.
    pub fn to_json(&self) -> Value {
        json!({
            "rows": self.rows,
            "planning_seconds": self.planning.as_secs_f64(),
            "running_seconds": self.running.as_secs_f64(),
            "plan": self.root.to_json(),
        })
    }
}

impl Step {
    fn to_json(&self) -> Value {
        json!({
            "what": self.what,
            "expected": self.expected,
            "actual": self.actual,
            "seconds": self.seconds,
            "steps": self.steps.iter().map(Self::to_json).collect::<Vec<_>>(),
        })
    }

    fn lines(&self, depth: usize, number: Option<usize>, lines: &mut Vec<(String, String)>) {
        let number = number.map_or_else(String::new, |number| format!("{number}. "));
        let expected = self.expected.map_or_else(String::new, |rows| format!("expected {}, ", rounded(rows)));
        lines.push((format!("{}{number}{}", "  ".repeat(depth), self.what), format!("{expected}got {}", self.actual)));
        let sequence = self.what == SEQUENCE;
        for (position, step) in self.steps.iter().enumerate() {
            step.lines(depth + 1, sequence.then_some(position + 1), lines);
        }
    }
}

fn rounded(rows: f64) -> String {
    if rows < 10.0 && rows.fract() != 0.0 { format!("{rows:.1}") } else { format!("{rows:.0}") }
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut lines = Vec::new();
        self.root.lines(0, None, &mut lines);
        let width = lines.iter().map(|(what, _)| what.chars().count()).max().unwrap_or_default().min(70);
        for (what, counts) in lines {
            writeln!(f, "{what:width$}  {counts}")?;
        }
        write!(
            f,
            "{} rows; planned in {:.1} ms, ran for {:.1} ms",
            self.rows,
            self.planning.as_secs_f64() * 1e3,
            self.running.as_secs_f64() * 1e3
        )
    }
}
