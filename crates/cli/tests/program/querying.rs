use crate::support::{EXCHANGE, Place};

fn imported() -> Place {
    let place = Place::with_region();
    place.write("a.xml", EXCHANGE);
    place.viite(&["import", "a.xml", "--region", "X1"]).good();
    place
}

const NAMES: &str =
    "SELECT ?name { ?s a viite:InformationSystem ; viite:inRegion region:X1 ; rdfs:label ?name } ORDER BY ?name";

#[test]
fn a_question_comes_as_argument_file_or_through_a_pipe() {
    let place = imported();
    let expected = "name\nMyrsky\nTyrsky\n";
    let plain = |text: String| text.replace('\r', "");
    place.write("q.rq", NAMES);
    assert_eq!(plain(place.viite(&["query", "--format", "csv", NAMES]).good().stdout), expected);
    assert_eq!(plain(place.viite(&["query", "--format", "csv", "--file", "q.rq"]).good().stdout), expected);
    assert_eq!(plain(place.viite_with_input(&["query", "--format", "csv"], NAMES).good().stdout), expected);
    place.viite_with_input(&["query"], " ").fails_with(&["nothing to ask"]);
    place.viite(&["query", "--file", "no.rq"]).fails_with(&["cannot read no.rq"]);
}

#[test]
fn every_format_that_an_answer_has_is_written() {
    let place = imported();
    for (format, sign) in
        [("table", "Myrsky"), ("csv", "name"), ("tsv", "?name"), ("json", "\"bindings\""), ("xml", "<sparql")]
    {
        let out = place.viite(&["query", "--format", format, NAMES]).good().stdout;
        assert!(out.contains(sign), "{format}: {out}");
    }
    let construct = "CONSTRUCT { ?s rdfs:label ?name } WHERE { ?s a viite:InformationSystem ; rdfs:label ?name }";
    for format in ["turtle", "ntriples", "trig"] {
        let out = place.viite(&["query", "--format", format, construct]).good().stdout;
        assert!(out.contains("Tyrsky"), "{format}: {out}");
    }
    place.viite(&["query", "--format", "turtle", NAMES]).fails_with(&["choose one of"]);
    place.viite(&["query", "--format", "pdf", NAMES]).fails_with(&["unknown format 'pdf'"]);
    let described = place.viite(&["query", "--format", "ntriples", "DESCRIBE region:X1"]).good().stdout;
    assert!(described.contains("Testikorpi"), "{described}");
}

#[test]
fn every_triple_of_the_union_comes_once() {
    let place = imported();
    // The same fact in a second graph.
    place
        .viite(&["update", "INSERT { GRAPH <urn:copy> { ?s ?p ?o } } WHERE { ?s rdfs:label 'Tyrsky'@fi ; ?p ?o }"])
        .good();
    let count = |query: &str| place.viite(&["query", "--format", "csv", query]).good().stdout.lines().count() - 1;
    assert_eq!(count("SELECT ?s { ?s rdfs:label 'Tyrsky'@fi }"), 1);
    assert_eq!(count("SELECT ?g { GRAPH ?g { ?s rdfs:label 'Tyrsky'@fi } }"), 2);
}

#[test]
fn a_fault_in_a_query_is_shown_by_line_and_column_with_what_was_expected() {
    let place = imported();
    let run = place
        .viite(&["query", "SELECT ?s WHERE {\n  ?s a viite:InformationSystem ;; .\n  ?s nope:x ?y }"])
        .ends_with(2);
    assert_eq!(run.stdout, "");
    assert!(run.stderr.contains("line "), "{}", run.stderr);
    place.viite(&["query", "SELECT ?s WHERE { ?s a }"]).fails_with(&["line 1, column 19", "expected"]);
}

#[test]
fn a_misspelt_term_is_told_beside_the_empty_answer() {
    let place = Place::repository();
    let run = place.viite(&["query", "SELECT ?s { ?s a viite:NationalServcie }", "--format", "csv"]).good();
    assert_eq!(run.stdout, "s\r\n");
    assert!(
        run.stderr.contains("No fact uses viite:NationalServcie. Did you mean viite:NationalService?"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_query_that_would_never_end_stops_at_its_limit_and_says_so() {
    let place = imported();
    let endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }";
    place.viite(&["query", "--timeout", "0.5", endless]).fails_with(&["stopped after 0.5 s", "--timeout"]);
}

#[test]
fn a_limit_cuts_the_answer_and_says_so() {
    let place = imported();
    let run = place.viite(&["query", "--format", "csv", "--limit", "1", NAMES]).good();
    assert_eq!(run.stdout.lines().count(), 2);
    assert!(run.stderr.contains("more"), "{}", run.stderr);
    let whole = place.viite(&["query", "--format", "csv", "--limit", "2", NAMES]).good();
    assert_eq!(whole.stderr, "", "nothing was cut off");
}

#[test]
fn explain_shows_the_order_with_estimated_and_actual_rows() {
    let place = imported();
    let out = place.viite(&["query", "--explain", NAMES]).good().stdout;
    assert!(out.contains("InformationSystem"), "{out}");
    assert!(out.contains("expected"), "{out}");
}

#[test]
fn an_update_is_one_revision_or_none() {
    let place = imported();
    let insert = "INSERT DATA { GRAPH <urn:notes> { region:X1 rdfs:comment 'met'@en } }";
    let dry = place.viite(&["update", "--dry-run", insert]).good();
    assert!(dry.stdout.contains("Nothing was changed"), "{}", dry.stdout);
    assert_eq!(place.revisions(), 3);
    let run = place.viite(&["update", "--message", "A note", insert]).good();
    assert!(run.stdout.contains("Revision 4: 1 facts added, 0 removed"), "{}", run.stdout);
    assert!(place.viite(&["update", insert]).good().stdout.contains("Nothing changed"));
    assert_eq!(place.revisions(), 4);
    let log = place.viite(&["log", "--format", "json"]).good().json();
    assert_eq!(log[0]["message"], "A note");
    let before = place.export();
    place.viite(&["update", "INSERT DATA { GRAPH <urn:notes> { region:X1 rdfs:comment } }"]).fails_with(&["line 1"]);
    assert!(before == place.export());
}

#[test]
fn a_writer_that_waits_says_who_holds_the_repository() {
    // The lock itself is tested in viite-store; here that the flag is there and taken.
    let place = imported();
    place.viite(&["--wait", "0.1", "update", "INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> <urn:c> } }"]).good();
    let run = place.viite(&["--wait", "soon", "log"]).ends_with(2);
    assert!(run.stderr.contains("no number of seconds"), "{}", run.stderr);
}
