//! The planner must not change what a query means: random queries over random small datasets give
//! the same solutions with it as `spareval` gives without it, over a plain `oxrdf` dataset.

use oxrdf::{Dataset, GraphName, NamedNode, Quad, Term, Variable};
use proptest::prelude::*;
use spareval::{QueryEvaluator, QueryResults};
use spargebra::SparqlParser;
use std::collections::BTreeMap;
use viite_query::{Answer, QueryOptions, prepare};
use viite_store::{DefaultGraph, Scope, Snapshot};

fn node(name: &str) -> NamedNode {
    NamedNode::new(format!("http://e/{name}")).unwrap()
}

fn quads() -> impl Strategy<Value = Vec<Quad>> {
    let term = 0..4_u8;
    let quad = (term.clone(), 0..3_u8, 0..6_u8, 0..3_u8).prop_map(|(s, p, o, g)| {
        let object: Term =
            if o < 4 { node(&format!("n{o}")).into() } else { oxrdf::Literal::from(i32::from(o)).into() };
        let graph = if g == 0 { GraphName::DefaultGraph } else { node(&format!("g{g}")).into() };
        Quad::new(node(&format!("n{s}")), node(&format!("p{p}")), object, graph)
    });
    prop::collection::vec(quad, 0..14)
}

fn variable() -> impl Strategy<Value = String> {
    (0..5_u8).prop_map(|v| format!("?v{v}"))
}

fn subject() -> impl Strategy<Value = String> {
    prop_oneof![4 => variable(), 1 => (0..4_u8).prop_map(|n| format!("<http://e/n{n}>"))]
}

fn object() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => variable(),
        1 => (0..4_u8).prop_map(|n| format!("<http://e/n{n}>")),
        1 => (4..6_u8).prop_map(|n| n.to_string()),
    ]
}

fn predicate() -> impl Strategy<Value = String> {
    let plain = || (0..3_u8).prop_map(|p| format!("<http://e/p{p}>"));
    prop_oneof![
        8 => plain(),
        1 => variable(),
        1 => plain().prop_map(|p| format!("{p}+")),
        1 => (plain(), plain()).prop_map(|(a, b)| format!("{a}/^{b}")),
    ]
}

/// No constant at a path that may be empty: `spareval` asks that it be a node of the data, which
/// SPARQL does not. The W3C suite covers it.
fn triple() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => (subject(), predicate(), object()).prop_map(|(s, p, o)| format!("{s} {p} {o} . ")),
        1 => (variable(), 0..3_u8, prop::sample::select(vec!["*", "?"]), variable())
            .prop_map(|(s, p, m, o)| format!("{s} <http://e/p{p}>{m} {o} . ")),
    ]
}

fn triples() -> impl Strategy<Value = String> {
    prop::collection::vec(triple(), 1..4).prop_map(|t| t.concat())
}

fn condition() -> impl Strategy<Value = String> {
    prop_oneof![
        (variable(), variable()).prop_map(|(a, b)| format!("{a} = {b}")),
        (variable(), variable()).prop_map(|(a, b)| format!("{a} != {b}")),
        (variable(), 0..4_u8).prop_map(|(a, n)| format!("{a} = <http://e/n{n}>")),
        (variable(), 0..4_u8).prop_map(|(a, n)| format!("{a} IN (<http://e/n{n}>, <http://e/n1>)")),
        (variable(), 0..4_u8).prop_map(|(a, n)| format!("SAMETERM({a}, <http://e/n{n}>)")),
        variable().prop_map(|a| format!("BOUND({a})")),
        variable().prop_map(|a| format!("!BOUND({a})")),
        variable().prop_map(|a| format!("{a} > 4")),
        variable().prop_map(|a| format!("isIRI({a}) || !BOUND(?v0)")),
        (variable(), variable()).prop_map(|(a, b)| format!("BOUND({a}) && {a} != {b}")),
    ]
}

/// The inside of a group.
///
/// No MINUS inside EXISTS: there `spareval` lets the outer solution count as a shared variable,
/// which SPARQL's substitution does not; `tests/meaning.rs` says what we do. And what BIND does inside
/// EXISTS to a variable that is bound outside, SPARQL 1.1 leaves open.
fn group() -> impl Strategy<Value = String> {
    let inside_exists = triples()
        .prop_recursive(2, 6, 3, |inner| {
            prop::collection::vec(element(inner.clone(), inner, "e"), 1..4).prop_map(|e| e.concat())
        })
        .boxed();
    triples().prop_recursive(3, 12, 4, move |inner| {
        let element = prop_oneof![
            12 => element(inner.clone(), inside_exists.clone(), "b"),
            2 => inner.prop_map(|g| format!("MINUS {{ {g} }} ")),
        ];
        prop::collection::vec(element, 1..5).prop_map(|e| e.concat())
    })
}

fn element(
    inner: BoxedStrategy<String>,
    inside_exists: BoxedStrategy<String>,
    bound: &'static str,
) -> impl Strategy<Value = String> {
    prop_oneof![
        4 => triples(),
        2 => inner.clone().prop_map(|g| format!("OPTIONAL {{ {g} }} ")),
        2 => inside_exists.clone().prop_map(|g| format!("FILTER NOT EXISTS {{ {g} }} ")),
        1 => inside_exists.clone().prop_map(|g| format!("FILTER EXISTS {{ {g} }} ")),
        1 => (condition(), inside_exists)
            .prop_map(|(c, g)| format!("FILTER({c} || EXISTS {{ {g} }}) ")),
        2 => (inner.clone(), inner.clone())
            .prop_map(|(a, b)| format!("{{ {a} }} UNION {{ {b} }} ")),
        2 => condition().prop_map(|c| format!("FILTER({c}) ")),
        1 => (0..9_u8, variable()).prop_map(move |(n, v)| format!("BIND({v} AS ?{bound}{n}) ")),
        1 => (0..9_u8, 0..4_u8).prop_map(move |(n, c)| format!("BIND(<http://e/n{c}> AS ?{bound}{n}) ")),
        1 => (variable(), 0..4_u8)
            .prop_map(|(v, n)| format!("VALUES {v} {{ <http://e/n{n}> <http://e/n0> }} ")),
        1 => (variable(), variable(), 0..4_u8)
            .prop_filter("two variables", |(a, b, _)| a != b)
            .prop_map(|(a, b, n)| format!("VALUES ({a} {b}) {{ (<http://e/n{n}> UNDEF) (UNDEF 4) }} ")),
        1 => inner.clone().prop_map(|g| format!("{{ {g} }} ")),
        1 => (variable(), triples(), condition())
            .prop_map(|(v, t, c)| format!("GRAPH {v} {{ {t} FILTER({c}) }} ")),
        1 => triples().prop_map(|t| format!("GRAPH <http://e/g1> {{ {t} }} ")),
        1 => triples().prop_map(|t| format!("GRAPH ?g {{ {t} }} ")),
        1 => (inner.clone(), variable())
            .prop_map(|(g, v)| format!("{{ SELECT {v} WHERE {{ {g} }} }} ")),
        1 => (inner, variable(), 0..9_u8)
            .prop_map(move |(g, v, n)| format!("{{ SELECT DISTINCT {v} (1 AS ?{bound}{n}) WHERE {{ {g} }} }} ")),
        1 => (triples(), variable(), 0..9_u8)
            .prop_map(move |(g, v, n)| format!("{{ SELECT {v} (COUNT(*) AS ?{bound}{n}) WHERE {{ {g} }} GROUP BY {v} }} ")),
    ]
}

type Row = BTreeMap<String, String>;

fn sorted(mut rows: Vec<Row>) -> Vec<Row> {
    rows.sort();
    rows
}

fn row<'a>(solution: impl Iterator<Item = (&'a Variable, &'a Term)>) -> Row {
    solution.map(|(v, t)| (v.as_str().to_owned(), t.to_string())).collect()
}

fn expected(query: &str, quads: &[Quad]) -> Option<Vec<Row>> {
    let dataset: Dataset = quads.iter().cloned().collect();
    let query = SparqlParser::new().parse_query(query).ok()?;
    // The evaluator's optimizer stays on: without it joins lose their keys, not their meaning,
    // but it is the combination that users know.
    let evaluator = QueryEvaluator::new();
    let QueryResults::Solutions(rows) = evaluator.prepare(&query).execute(&dataset).unwrap() else { unreachable!() };
    Some(sorted(rows.map(|r| row(r.unwrap().iter())).collect()))
}

fn planned(query: &str, quads: &[Quad]) -> Vec<Row> {
    let snapshot = Snapshot::from_quads(quads.iter().cloned()).unwrap();
    let options =
        QueryOptions { scope: Scope { default: DefaultGraph::Unnamed, named: None }, ..QueryOptions::default() };
    let Answer::Solutions(rows) = prepare(query).unwrap().run(&snapshot, &options).unwrap() else { unreachable!() };
    sorted(rows.map(|r| row(r.unwrap().iter())).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), max_shrink_iters: 20_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_planner_keeps_the_meaning_of_a_query(group in group(), quads in quads()) {
        let query = format!("SELECT * WHERE {{ {group} }}");
        if let Some(expected) = expected(&query, &quads) {
            let found = planned(&query, &quads);
            prop_assert_eq!(found, expected, "{}", query);
        }
    }
}

/// More with `VIITE_PROPTEST_CASES`.
fn cases() -> u32 {
    std::env::var("VIITE_PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(400)
}
