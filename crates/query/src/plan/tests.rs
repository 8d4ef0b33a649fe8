use super::{Place, PredicateCounts, Statistics, plan};
use oxrdf::{NamedNode, Term};
use spargebra::{Query, SparqlParser};

/// Counts by the last letter of the predicate: `rare` has 3 quads, everything else a million.
struct Counts;

fn quads(predicate: &str) -> u64 {
    match predicate.rsplit('/').next() {
        Some("rare") => 3,
        Some("some") => 1_000,
        _ => 1_000_000,
    }
}

impl Statistics for Counts {
    fn count(&self, subject: Option<&Term>, predicate: Option<&NamedNode>, object: Option<&Term>, _: Place<'_>) -> u64 {
        let all = predicate.map_or(3_000_000, |p| quads(p.as_str()));
        match (subject, object) {
            (None, None) => all,
            (Some(_), None) => 5.min(all),
            (None, Some(_)) => (all / 100).max(1),
            (Some(_), Some(_)) => 1,
        }
    }

    fn predicate(&self, predicate: &NamedNode) -> Option<PredicateCounts> {
        let quads = quads(predicate.as_str());
        Some(PredicateCounts { quads, subjects: (quads / 2).max(1), objects: (quads / 10).max(1) })
    }

    fn total(&self) -> PredicateCounts {
        PredicateCounts { quads: 3_000_000, subjects: 1_000_000, objects: 1_000_000 }
    }

    fn graphs(&self) -> u64 {
        23
    }
}

/// The planned pattern, in the parser's own notation, with the namespace cut away.
fn planned(group: &str) -> String {
    let text = format!("BASE <http://e/> SELECT * WHERE {{ {group} }}");
    let Query::Select { pattern, .. } = SparqlParser::new().parse_query(&text).unwrap() else { unreachable!() };
    let text = plan(pattern, &Counts).pattern.to_string();
    let body = text.split_once("WHERE { ").map_or(text.as_str(), |(_, body)| body);
    body.trim_end_matches([' ', '}']).replace("http://e/", "").replace("  ", " ")
}

/// The order in which these words come.
fn order<'a>(text: &str, words: &[&'a str]) -> Vec<&'a str> {
    let mut words: Vec<_> = words.to_vec();
    words.sort_by_key(|word| text.find(word).unwrap_or_else(|| panic!("no {word} in {text}")));
    words
}

#[test]
fn the_rare_predicate_written_last_comes_first() {
    let plan = planned("?s <many> ?o . ?s <some> ?x . ?s <rare> ?y");
    assert!(plan.starts_with("?s <rare> ?y"), "{plan}");
    assert_eq!(plan.matches("LATERAL").count(), 2, "{plan}");
}

#[test]
fn patterns_that_share_no_variable_wait_even_when_they_are_small() {
    let plan = planned("?s <rare> ?o . ?x <some> ?y . ?o <many> ?x");
    assert_eq!(order(&plan, &["<many>", "<some>", "<rare>"]), ["<rare>", "<many>", "<some>"], "{plan}");
}

#[test]
fn costly_islands_are_evaluated_once() {
    let plan = planned("?s <some> ?o . { SELECT DISTINCT ?y { ?x <many> ?y } }");
    assert!(!plan.contains("LATERAL"), "{plan}");
    // While single patterns are scanned again: no table of theirs has to be kept.
    let plan = planned("?s <some> ?o . ?x <some> ?y");
    assert!(plan.contains("LATERAL"), "{plan}");
}

#[test]
fn inside_not_exists_the_outer_variables_are_bound() {
    let plan = planned("?s <some> ?o FILTER NOT EXISTS { ?y <some> ?z . ?s <many> ?y }");
    // ?y <some> ?z alone is smaller, but only ?s <many> ?y starts at what is known.
    let inside = plan.split_once("NOT EXISTS").unwrap().1;
    assert_eq!(order(inside, &["<some>", "<many>"]), ["<many>", "<some>"], "{plan}");
    assert!(inside.contains("LATERAL"), "{plan}");
}

#[test]
fn minus_becomes_not_exists_where_they_mean_the_same() {
    assert!(planned("?s <rare> ?o MINUS { ?s <many> ?x }").contains("NOT EXISTS"));
    // No shared variable that is certainly bound: MINUS stays.
    assert!(planned("?s <rare> ?o OPTIONAL { ?s <many> ?x } MINUS { ?x <many> ?y }").contains("MINUS"));
    // No shared variable at all: it removes nothing.
    let nothing = planned("?s <rare> ?o MINUS { ?x <many> ?y }");
    assert!(!nothing.contains("MINUS") && !nothing.contains("EXISTS"), "{nothing}");
    // The condition inside may not see ?o, which NOT EXISTS would show it.
    assert!(planned("?s <rare> ?o MINUS { ?s <many> ?x FILTER(?x = ?o) }").contains("MINUS"));
}

#[test]
fn minus_of_a_small_pattern_from_a_large_one_is_hashed() {
    let plan = planned("?s <many> ?o MINUS { ?s <rare> ?x }");
    assert!(plan.contains("MINUS"), "{plan}");
}

#[test]
fn a_filter_stands_where_its_variables_are_first_bound() {
    let plan = planned("?s <rare> ?o . ?s <many> ?x . ?x <many> ?y FILTER(?o > 3)");
    assert_eq!(order(&plan, &["FILTER", "<many>"]), ["FILTER", "<many>"], "{plan}");
}

#[test]
fn a_filter_on_an_iri_becomes_a_value_to_start_from() {
    let plan = planned("?s <many> ?o . ?o <many> ?x FILTER(?x IN (<a>, <b>))");
    assert!(plan.contains("VALUES") && !plan.contains("FILTER"), "{plan}");
}

#[test]
fn optional_is_looked_up_and_patterns_after_it_come_before_it() {
    let plan = planned("?s <many> ?o OPTIONAL { ?s <some> ?x } ?s <rare> ?y");
    assert_eq!(order(&plan, &["<many>", "OPTIONAL", "<rare>"]), ["<rare>", "<many>", "OPTIONAL"], "{plan}");
}

#[test]
fn a_pattern_that_uses_what_optional_may_bind_stays_behind_it() {
    let plan = planned("?s <many> ?o OPTIONAL { ?s <some> ?x } ?x <rare> ?y");
    assert!(!plan.contains("LATERAL { ?x <rare>"), "{plan}");
}

#[test]
fn a_path_waits_for_one_of_its_ends() {
    let plan = planned("?a <many>+ ?b . ?s <rare> ?a");
    assert_eq!(order(&plan, &["<many>", "<rare>"]), ["<rare>", "<many>"], "{plan}");
    let plan = planned("?b <some> ?c . <start> <rare>+ ?b");
    assert_eq!(order(&plan, &["<some>", "<rare>"]), ["<rare>", "<some>"], "{plan}");
}

#[test]
fn a_hostile_query_is_planned_in_bounded_time() {
    // Every level doubles the ways to evaluate the levels below it.
    let deep = (0..40).fold("?s <many> ?o".to_owned(), |inner, n| {
        format!("?s <p{n}> ?v{n} OPTIONAL {{ {inner} }} MINUS {{ ?s <q{n}> ?w{n} }}")
    });
    assert!(planned(&deep).contains("<p39>"));
    let wide: String = (0..500).map(|n| format!("?s <p{n}> ?v{n} . ")).collect();
    assert!(planned(&wide).contains("<p499>"));
}

#[test]
fn two_ends_that_meet_at_a_long_list_are_joined_in_halves() {
    // From either end it is a few rows to ?f, and from ?f a long way to the other end.
    let plan = planned("?a <some> <x> . ?a <many> ?f . ?b <many> ?f . ?b <some> <x>");
    let (left, right) = plan.split_once("} . {").or_else(|| plan.split_once("} {")).expect("two halves joined");
    for half in [left, right] {
        assert_eq!((half.matches("<some>").count(), half.matches("<many>").count()), (1, 1), "{plan}");
    }
}

#[test]
fn halves_that_meet_at_few_rows_stay_one_chain() {
    let plan = planned("?a <rare> <x> . ?a <some> ?f . ?b <some> ?f . ?b <rare> ?y");
    assert!(plan.matches("LATERAL").count() >= 2, "{plan}");
}
