//! What a query means, where `spareval` alone would say something else or the graphs matter.

use oxrdf::{GraphName, NamedNode, Quad, Term, Variable};
use oxrdfio::{RdfFormat, RdfParser};
use std::time::Duration;
use viite_query::{Answer, QueryError, QueryOptions, prepare};
use viite_store::{DefaultGraph, Scope, Snapshot};

const DATA: &str = "
    @prefix : <http://e/> .
    :g1 { :a :p :b . :a :p :c . :b :q 1 . }
    :g2 { :a :p :b . :c :q 2 . :a :r :b . }
    :g3 { :d :p :d . :a :label 'x'@fi, 'y'@fi . }
";

fn snapshot() -> Snapshot {
    let parser = RdfParser::from_format(RdfFormat::TriG).for_slice(DATA);
    Snapshot::from_quads(parser.map(Result::unwrap)).unwrap()
}

fn solutions_with(query: &str, options: &QueryOptions) -> Vec<String> {
    let query = format!("BASE <http://e/> PREFIX : <http://e/> {query}");
    let snapshot = snapshot();
    let Answer::Solutions(solutions) = prepare(&query).unwrap().run(&snapshot, options).unwrap() else {
        panic!("no solutions")
    };
    let mut rows: Vec<_> = solutions
        .map(|row| {
            let row = row.unwrap();
            let terms: Vec<_> = row.values().iter().map(|t| t.as_ref().map_or("-".to_owned(), short)).collect();
            terms.join(" ")
        })
        .collect();
    rows.sort();
    rows
}

fn short(term: &Term) -> String {
    match term {
        Term::NamedNode(node) => node.as_str().replace("http://e/", ""),
        Term::Literal(literal) => literal.value().to_owned(),
        Term::BlankNode(_) => "_".to_owned(),
    }
}

fn solutions(query: &str) -> Vec<String> {
    solutions_with(query, &QueryOptions::default())
}

#[test]
fn the_union_has_every_triple_once() {
    assert_eq!(solutions("SELECT (COUNT(*) AS ?n) { ?s :p ?o }"), ["3"]);
    assert_eq!(solutions("SELECT ?o { :a :p ?o }"), ["b", "c"]);
}

#[test]
fn from_two_graphs_is_their_union_without_duplicates() {
    // oxigraph#1919
    assert_eq!(solutions("SELECT ?o FROM :g1 FROM :g2 { :a :p ?o }"), ["b", "c"]);
    assert_eq!(solutions("SELECT ?s FROM :g2 { ?s :q ?n }"), ["c"]);
    assert_eq!(solutions("SELECT ?g FROM :g1 { GRAPH ?g {} }"), Vec::<String>::new());
    assert_eq!(solutions("SELECT ?g FROM NAMED :g1 FROM NAMED :g2 { GRAPH ?g {} }"), ["g1", "g2"]);
    assert_eq!(solutions("SELECT ?s FROM NAMED :g1 { ?s ?p ?o }"), Vec::<String>::new());
}

#[test]
fn graph_variable_keeps_a_join_inside_one_graph() {
    assert_eq!(solutions("SELECT ?g ?n { GRAPH ?g { :a :p ?x . ?x :q ?n } }"), ["g1 1"]);
    assert_eq!(solutions("SELECT ?n { :a :p ?x . ?x :q ?n }"), ["1", "2"]);
    assert_eq!(solutions("SELECT ?g { GRAPH ?g { :a :p :b } }"), ["g1", "g2"]);
    assert_eq!(solutions("SELECT ?g ?h { GRAPH ?g { :a :p :c } GRAPH ?h { :c :q 2 } }"), ["g1 g2"]);
}

#[test]
fn a_subselect_inside_graph_is_evaluated_graph_by_graph() {
    let counted = "SELECT ?g ?n { GRAPH ?g { SELECT (COUNT(*) AS ?n) { ?s :p ?o } } }";
    assert_eq!(solutions(counted), ["g1 2", "g2 1", "g3 1"]);
    let with_none = "SELECT ?g ?n { GRAPH ?g { SELECT (COUNT(*) AS ?n) { ?s :q ?o } } }";
    assert_eq!(solutions(with_none), ["g1 1", "g2 1", "g3 0"]);
    let one_each = "SELECT ?g { GRAPH ?g { SELECT ?s { ?s :p ?o } LIMIT 1 } }";
    assert_eq!(solutions(one_each), ["g1", "g2", "g3"]);
}

#[test]
fn graph_around_values_names_every_graph() {
    assert_eq!(solutions("SELECT ?g { GRAPH ?g { VALUES ?x { 1 } } }"), ["g1", "g2", "g3"]);
    assert_eq!(solutions("SELECT ?x { GRAPH :none { VALUES ?x { 1 } } }"), Vec::<String>::new());
}

#[test]
fn a_scope_hides_graphs_from_the_whole_query() {
    let options = QueryOptions {
        scope: Scope {
            default: DefaultGraph::Graphs(vec![GraphName::from(NamedNode::new("http://e/g1").unwrap())]),
            named: Some(vec![NamedNode::new("http://e/g2").unwrap()]),
        },
        ..QueryOptions::default()
    };
    assert_eq!(solutions_with("SELECT ?s ?n { ?s :q ?n }", &options), ["b 1"]);
    assert_eq!(solutions_with("SELECT ?g { GRAPH ?g {} }", &options), ["g2"]);
    assert_eq!(solutions_with("SELECT ?s FROM :g3 { ?s :p ?o }", &options), Vec::<String>::new());
}

#[test]
fn alternative_paths_keep_duplicates() {
    // SPARQL 1.1 §18.4: eval(alt) is a union.
    assert_eq!(solutions("SELECT ?o { :a (:p|:r) ?o }"), ["b", "b", "c"]);
}

#[test]
fn a_constant_that_no_data_has_reaches_itself_in_no_step() {
    assert_eq!(solutions("SELECT ?x { :nobody :p* ?x }"), ["nobody"]);
    assert_eq!(solutions("SELECT ?x { :a :p* ?x }"), ["a", "b", "c"]);
    assert_eq!(solutions("SELECT ?x { GRAPH :g2 { :d :p* ?x } }"), ["d"]);
}

#[test]
fn minus_inside_exists_looks_at_its_own_variables_only() {
    // ?b comes from outside: after substitution the two sides share no variable.
    assert_eq!(solutions("SELECT ?b { VALUES ?b { :b :c } FILTER EXISTS { {} MINUS { ?a :p ?b } } }"), ["b", "c"]);
}

#[test]
fn group_concat_gives_plain_strings() {
    assert_eq!(solutions("SELECT (LANG(GROUP_CONCAT(?l)) AS ?lang) { :a :label ?l }"), [""]);
}

#[test]
fn columns_of_select_star_come_as_written() {
    let query = prepare("# ?a first\nSELECT * { ?z ?b ?a }").unwrap();
    let names: Vec<_> = query.variables().iter().map(Variable::as_str).collect();
    assert_eq!(names, ["z", "b", "a"]);
}

fn bound(query: &str, variable: &str, value: Term) -> Vec<String> {
    let options = QueryOptions { bindings: vec![(Variable::new(variable).unwrap(), value)], ..QueryOptions::default() };
    solutions_with(query, &options)
}

#[test]
fn a_binding_is_a_parameter_everywhere() {
    let a: Term = NamedNode::new("http://e/a").unwrap().into();
    assert_eq!(bound("SELECT ?o { ?x :p ?o }", "x", a.clone()), ["b", "c"]);
    assert_eq!(bound("SELECT ?x ?o { ?x :p ?o }", "x", a.clone()), ["a b", "a c"]);
    assert_eq!(bound("SELECT ?n { { SELECT (COUNT(*) AS ?n) { ?x :p ?o } } }", "x", a.clone()), ["2"]);
    assert_eq!(
        bound("SELECT ?x ?n { { SELECT ?x (COUNT(*) AS ?n) { ?x :p ?o } GROUP BY ?x } }", "x", a.clone()),
        ["a 2"]
    );
    assert_eq!(bound("SELECT ?o { :d :p ?o FILTER EXISTS { ?x :p :c } }", "x", a.clone()), ["d"]);
    assert_eq!(bound("SELECT ?o { VALUES (?x ?o) { (:a 1) (:b 2) (UNDEF 3) } }", "x", a.clone()), ["1", "3"]);
    assert_eq!(bound("SELECT ?o { BIND(:b AS ?x) :a :p ?o }", "x", a.clone()), Vec::<String>::new());
    assert_eq!(bound("SELECT ?o { ?x :p ?o FILTER(BOUND(?x)) }", "x", a), ["b", "c"]);
}

#[test]
fn a_literal_bound_to_a_subject_matches_nothing() {
    assert_eq!(bound("SELECT ?o { ?x :p ?o }", "x", Term::from(oxrdf::Literal::from(1))), Vec::<String>::new());
    assert_eq!(
        bound("SELECT ?o { GRAPH ?x { ?s :p ?o } }", "x", Term::from(oxrdf::Literal::from(1))),
        Vec::<String>::new()
    );
}

#[test]
fn a_blank_node_cannot_be_bound() {
    let options = QueryOptions {
        bindings: vec![(Variable::new("x").unwrap(), oxrdf::BlankNode::default().into())],
        ..QueryOptions::default()
    };
    let snapshot = snapshot();
    let error = prepare("SELECT * { ?x ?p ?o }").unwrap().run(&snapshot, &options).err().unwrap();
    assert!(error.to_string().contains("give an IRI or a literal"), "{error}");
}

#[test]
fn a_limit_says_whether_it_cut_something_off() {
    let snapshot = snapshot();
    for (limit, truncated) in [(2, true), (3, false), (4, false), (0, true)] {
        let options = QueryOptions { limit: Some(limit), ..QueryOptions::default() };
        let query = prepare("SELECT * { ?s <http://e/p> ?o }").unwrap();
        let Answer::Solutions(mut rows) = query.run(&snapshot, &options).unwrap() else { panic!() };
        assert_eq!(rows.by_ref().count(), limit.min(3));
        assert_eq!(rows.truncated(), truncated, "limit {limit}");

        let query = prepare("CONSTRUCT { ?s <http://e/p> ?o } { ?s <http://e/p> ?o . ?x ?y ?z }").unwrap();
        let Answer::Graph(mut triples) = query.run(&snapshot, &options).unwrap() else { panic!() };
        assert_eq!(triples.by_ref().count(), limit.min(3), "every triple once");
        assert_eq!(triples.truncated(), truncated, "limit {limit}");
    }
}

/// A query that would take longer than the universe has.
const ENDLESS: &str = "{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o . ?p ?q ?r . ?s ?t ?u . ?v ?w ?x . ?y ?z ?aa . ?ab ?ac ?ad . ?ae ?af ?ag . ?ah ?ai ?aj . ?ak ?al ?am";

#[test]
fn a_query_that_would_never_end_stops_and_says_so() {
    let nodes = (0..200).map(|n| NamedNode::new(format!("http://e/{n}")).unwrap());
    let quads = nodes.map(|n| Quad::new(n.clone(), n.clone(), n, GraphName::DefaultGraph));
    let snapshot = Snapshot::from_quads(quads).unwrap();
    let options = QueryOptions { timeout: Some(Duration::from_millis(50)), ..QueryOptions::default() };
    for query in [
        format!("SELECT (COUNT(*) AS ?n) {ENDLESS} }}"),
        format!("ASK {ENDLESS} FILTER(CONCAT(STR(?a), STR(?am)) = '') }}"),
        format!("SELECT * {{ ?s ?p ?o FILTER NOT EXISTS {ENDLESS} FILTER(CONCAT(STR(?a), STR(?am)) = '') }} }}"),
        format!("CONSTRUCT {{ ?a ?a ?c }} {ENDLESS} }} ORDER BY ?am"),
    ] {
        let error = prepare(&query)
            .unwrap()
            .run(&snapshot, &options)
            .and_then(|answer| match answer {
                Answer::Boolean(value) => panic!("{value}"),
                Answer::Solutions(mut rows) => rows.try_for_each(|row| row.map(drop)),
                Answer::Graph(mut triples) => triples.try_for_each(|row| row.map(drop)),
            })
            .unwrap_err();
        assert!(matches!(error, QueryError::Timeout(_)), "{error}");
        assert!(error.to_string().contains("--timeout"), "{error}");
    }
}

#[test]
fn long_and_deep_queries_fit_on_a_small_stack() {
    let repeated = |times: usize, part: &dyn Fn(usize) -> String| (0..times).map(part).collect::<String>();
    let queries = [
        format!("SELECT * {{ ?s ?p ?o {} }}", repeated(240, &|n| format!("OPTIONAL {{ ?s <http://e/{n}> ?o{n} }} "))),
        format!("SELECT * {{ {} }}", repeated(900, &|n| format!("?s <http://e/p> ?o{} . ", n % 2))),
        format!("SELECT * {{ ?s ?p ?o FILTER(1{} = 1) }}", repeated(450, &|_| " + 1".to_owned())),
        format!("SELECT * {{ {{}} {} }}", repeated(240, &|n| format!("UNION {{ ?s <http://e/{n}> ?o }} "))),
        format!("SELECT * {}{{ ?s ?p ?o }}{}", "{ ?s <http://e/p> ?o OPTIONAL ".repeat(50), "}".repeat(50)),
        format!("SELECT * {}{{ ?s ?p ?o }}{}", "{ ?s <http://e/r> ?o FILTER EXISTS ".repeat(50), "}".repeat(50)),
        format!("SELECT * {{ ?s ?p ?o FILTER({}1{}) }}", "(".repeat(50), ")".repeat(50)),
    ];
    let run = move || {
        let snapshot = snapshot();
        for query in queries {
            let query = prepare(&query).unwrap_or_else(|error| panic!("{error}"));
            let Answer::Solutions(rows) = query.run(&snapshot, &QueryOptions::default()).unwrap() else { panic!() };
            rows.for_each(|row| drop(row.unwrap()));
            query.explain(&snapshot, &QueryOptions::default()).unwrap();
        }
    };
    let small = std::thread::Builder::new().stack_size(2 << 20).spawn(run).unwrap();
    small.join().unwrap();
}

#[test]
fn queries_that_no_stack_could_hold_are_refused() {
    for query in [
        format!("SELECT * {{ ?s ?p ?o FILTER(1{} = 1) }}", " + 1".repeat(100_000)),
        format!("SELECT * {{ ?s ?p ?o FILTER({}", "(".repeat(100_000)),
        format!("SELECT * {{ {}", "OPTIONAL { ".repeat(100_000)),
        format!("SELECT * {{ {} }}", "?s ?p ?o . ".repeat(100_000)),
    ] {
        let error = prepare(&query).unwrap_err();
        assert!(error.to_string().contains("split the query up"), "{error}");
    }
    // Many values are no deep query.
    let values = " <http://e/v> 'x'^^viite:y -1.5".repeat(20_000);
    prepare(&format!("SELECT * {{ ?s ?p ?o VALUES ?o {{ {values} }} }}")).unwrap();
}

#[test]
fn values_of_every_kind_can_be_sorted() {
    // Compared pairwise as the evaluator does, 9 < 10 < "5" < 9: no order, and a panic in long lists.
    let text = "SELECT ?o { VALUES ?o { 10 \"5\" 9 \"x\"@fi <http://e/a> true \"NaN\"^^xsd:double 1.5 \"2020-01-01\"^^xsd:date } } ORDER BY ?o";
    let forwards = sorted(text);
    let backwards = sorted(&text.replace("10 \"5\" 9", "9 \"5\" 10"));
    assert_eq!(forwards, backwards);
    let place = |value: &str| forwards.iter().position(|found| found.contains(value)).unwrap();
    assert!(place("http://e/a") < place("\"5\""), "{forwards:?}");
    assert!(place("1.5") < place("\"9\"") && place("\"9\"") < place("\"10\""), "{forwards:?}");
}

fn sorted(text: &str) -> Vec<String> {
    let snapshot = Snapshot::from_quads(Vec::<Quad>::new()).unwrap();
    let query = prepare(text).unwrap();
    let Answer::Solutions(rows) = query.run(&snapshot, &QueryOptions::default()).unwrap() else {
        panic!("a SELECT has solutions")
    };
    rows.map(|row| row.unwrap().get("o").unwrap().to_string()).collect()
}
