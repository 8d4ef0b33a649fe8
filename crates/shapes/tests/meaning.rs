//! What validation says beyond the W3C's suite: scopes, coverage, messages, and what is refused.

use oxrdf::{GraphName, NamedNode};
use oxrdfio::{RdfFormat, RdfParser};
use viite_model::{Language, Severity};
use viite_shapes::{Shapes, Validation, validate};
use viite_store::{DefaultGraph, Scope, Snapshot};

const PREFIXES: &str = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix : <http://example.org/> .\n";

fn shapes(turtle: &str) -> Shapes {
    Shapes::parse("shapes.ttl", &format!("{PREFIXES}{turtle}")).unwrap()
}

fn snapshot(trig: &str) -> Snapshot {
    let text = format!("{PREFIXES}{trig}");
    let quads = RdfParser::from_format(RdfFormat::TriG).for_slice(&text).collect::<Result<Vec<_>, _>>().unwrap();
    Snapshot::from_quads(quads).unwrap()
}

fn validated(turtle: &str, data: &str) -> Validation {
    validate(&shapes(turtle), &snapshot(data), &Scope::default(), &Scope::default())
}

fn messages(validation: &Validation, language: Language) -> Vec<String> {
    validation.violations.iter().map(|violation| violation.message(language)).collect()
}

fn refusal(turtle: &str) -> String {
    Shapes::parse("shapes.ttl", &format!("{PREFIXES}{turtle}")).unwrap_err().to_string()
}

#[test]
fn one_graph_is_judged_with_what_others_say() {
    let shapes =
        shapes(":S a sh:NodeShape ; sh:targetClass :Thing ; sh:property [ sh:path :uses ; sh:class :Service ] .");
    let snapshot = snapshot(
        ":reference { :Own rdfs:subClassOf :Thing . :kanta a :Service . :old a :Thing ; :uses :nothing }
         :region { :mine a :Own ; :uses :kanta . :other a :Own ; :uses :unknown }",
    );
    let region = GraphName::from(NamedNode::new_unchecked("http://example.org/region"));
    let region = Scope { default: DefaultGraph::Graphs(vec![region]), named: None };
    let found = validate(&shapes, &snapshot, &Scope::default(), &region);
    assert_eq!(found.coverage[0].nodes, 2, "the reference's own thing is not judged");
    assert_eq!(
        messages(&found, Language::En),
        [":uses: :unknown is not an instance of :Service"
            .replace(":uses", "<http://example.org/uses>")
            .replace(":unknown", "<http://example.org/unknown>")
            .replace(":Service", "<http://example.org/Service>")]
    );
}

#[test]
fn a_shape_that_concerned_nothing_says_so() {
    let found = validated(
        ":S a sh:NodeShape ; rdfs:label 'S'@en ; sh:targetClass :Nothing ; sh:nodeKind sh:IRI .",
        ":a a :Thing .",
    );
    assert!(found.conforms());
    assert_eq!(found.coverage.len(), 1);
    assert_eq!((found.coverage[0].nodes, found.coverage[0].names[0].value()), (0, "S"));
}

#[test]
fn a_message_comes_in_the_language_that_is_asked_for() {
    let turtle =
        ":S a sh:NodeShape ; sh:targetNode :a ; sh:property [ sh:path :p ; sh:minCount 1 ; sh:severity sh:Warning ;
        sh:message 'Anna arvo'@fi, 'Ange ett värde'@sv ] ,
        [ sh:path :q ; sh:name 'nimi'@fi, 'namn'@sv ; sh:minCount 2 ] .";
    let found = validated(turtle, ":a :r 1 .");
    assert_eq!(messages(&found, Language::Sv), ["Ange ett värde", "namn: 0 värden, minst 2 behövs"]);
    assert_eq!(messages(&found, Language::Fi), ["Anna arvo", "nimi: arvoja 0, tarvitaan vähintään 2"]);
    let english = messages(&found, Language::En);
    assert_eq!(english[1], "<http://example.org/q>: 0 values; at least 2 is needed");
    assert_eq!(found.violations[0].severity(), Severity::Warning);
    assert_eq!(found.violations[1].severity(), Severity::Violation);
}

#[test]
fn a_broken_inner_shape_tells_what_breaks_it() {
    let turtle = ":S a sh:NodeShape ; sh:targetNode :a ; sh:node :Inner .
        :Inner a sh:NodeShape ; sh:property [ sh:path :p ; sh:name 'p' ; sh:datatype xsd:date ] .";
    let found = validated(turtle, ":a :p '2018-02-30'^^xsd:date .");
    let message = &messages(&found, Language::En)[0];
    assert!(message.ends_with("; p: \"2018-02-30\" is not of the datatype xsd:date"), "{message}");
    assert_eq!(found.violations[0].details.len(), 1);
}

#[test]
fn results_stay_in_order_and_name_the_shape_that_chose_the_node() {
    let turtle = ":S a sh:NodeShape ; sh:targetClass :T ; sh:property [ sh:path :p ; sh:minCount 1 ] .";
    let data: String = (0..50).map(|number| format!(":n{number:02} a :T .\n")).collect();
    let found = validated(turtle, &data);
    let focuses: Vec<_> = found.violations.iter().map(|violation| violation.focus.to_string()).collect();
    assert_eq!(focuses.len(), 50);
    assert!(focuses.is_sorted());
    assert!(found.violations.iter().all(|violation| violation.target_shape.to_string() == "<http://example.org/S>"));
}

#[test]
fn paths_work_backwards_too() {
    let turtle = ":S a sh:NodeShape ; sh:targetNode :c ; sh:property [ sh:path [ sh:inversePath ( :p [ sh:oneOrMorePath :q ] ) ] ; sh:hasValue :a ; sh:maxCount 1 ] .";
    assert!(validated(turtle, ":a :p :x . :x :q :b . :b :q :c . :b :q :b .").conforms());
    assert!(!validated(turtle, ":a :q :x . :x :p :c .").conforms());
}

#[test]
fn what_is_not_core_is_told_and_not_passed_over() {
    let shapes = shapes(
        "<> owl:imports <http://example.org/more> . :S a sh:NodeShape ; sh:targetNode :a ; sh:sparql [ sh:select 'SELECT' ] .",
    );
    let notes = shapes.notes().join("\n");
    assert!(notes.contains("sh:sparql of <http://example.org/S> is not SHACL Core"), "{notes}");
    assert!(notes.contains("owl:imports <http://example.org/more> is not followed"), "{notes}");
}

#[test]
fn wrong_shapes_are_refused_with_the_reason() {
    let cases = [
        (":S a sh:PropertyShape .", "a property shape needs sh:path"),
        (":S a sh:NodeShape ; sh:minCount 1 .", "sh:minCount belongs to a property shape"),
        (":S a sh:NodeShape ; sh:property [ sh:minCount 1 ] .", "sh:minCount belongs to a property shape"),
        (":S a sh:NodeShape ; sh:property [ sh:path :p, :q ] .", "sh:path is given 2 times"),
        (":S a sh:NodeShape ; sh:property [ sh:path 'p' ] .", "sh:path is neither a property nor a path"),
        (":S a sh:NodeShape ; sh:pattern '(' .", "sh:pattern is no regular expression"),
        (":S a sh:NodeShape ; sh:nodeKind :Iri .", "is none of sh:IRI"),
        (":S a sh:NodeShape ; sh:in :x .", "sh:in has to be a list"),
        (":S a sh:NodeShape ; sh:targetClass 'T' .", "sh:targetClass has to be an IRI"),
        (":S a sh:NodeShape ; sh:not :S .", "it refers to itself"),
        (":S a sh:NodeShape ; sh:or ( 1 ) .", "stands where a shape is expected"),
        (
            ":S a sh:NodeShape ; sh:property [ sh:path :p ; sh:qualifiedValueShape [ sh:nodeKind sh:IRI ] ] .",
            "needs sh:qualifiedMinCount",
        ),
        (":S a sh:PropertyShape ; sh:path _:p . _:p sh:inversePath _:p .", "runs in a circle"),
    ];
    for (turtle, reason) in cases {
        let told = refusal(turtle);
        assert!(
            told.starts_with("shapes.ttl: shape <http://example.org/S>: ") && told.contains(reason),
            "{turtle}\n{told}"
        );
    }
    assert!(refusal(":S a sh:NodeShape ; .. ").contains("line 3"), "{}", refusal(":S a sh:NodeShape ; .. "));
}

#[test]
fn shapes_within_shapes_and_long_lists_do_not_overflow_the_stack() {
    let deep: String =
        (0..5000).map(|number| format!(":s{number} a sh:NodeShape ; sh:not :s{} .\n", number + 1)).collect();
    assert!(refusal(&deep).contains("shapes deep"));
    let circle = ":S a sh:NodeShape ; sh:in _:l . _:l <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> 1 ;
        <http://www.w3.org/1999/02/22-rdf-syntax-ns#rest> _:l .";
    assert!(refusal(circle).contains("sh:in has to be a list"));
}
