//! How answers are written, plans explained, and updates worked out.

use oxrdf::{Dataset, Quad};
use oxrdfio::{RdfFormat, RdfParser};
use viite_query::{Format, QueryError, QueryOptions, UpdateOptions, format, prepare, update};
use viite_store::Snapshot;

const DATA: &str = "
    @prefix region: <https://w3id.org/viite/reference/region/> .
    @prefix viite: <https://w3id.org/viite/ns#> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    @prefix e: <http://example.org/> .
    e:g1 { e:a a viite:InformationSystem ; rdfs:label 'Potilas, \"A\"'@fi ; viite:inRegion region:05 ; viite:sourceLine 12 . }
    e:g2 { e:a a viite:InformationSystem . e:b a viite:Service ; viite:validFrom '2026-01-01'^^<http://www.w3.org/2001/XMLSchema#date> . }
";

fn quads() -> Vec<Quad> {
    RdfParser::from_format(RdfFormat::TriG).for_slice(DATA).map(Result::unwrap).collect()
}

fn written(query: &str, format: Format) -> String {
    let snapshot = Snapshot::from_quads(quads()).unwrap();
    let answer = prepare(query).unwrap().run(&snapshot, &QueryOptions::default()).unwrap();
    let mut text = Vec::new();
    format::write(answer, format, &mut text).unwrap();
    String::from_utf8(text).unwrap()
}

const SELECT: &str = "SELECT ?s ?label ?line ?from { ?s a ?class OPTIONAL { ?s rdfs:label ?label ; viite:sourceLine ?line } OPTIONAL { ?s viite:validFrom ?from } } ORDER BY ?s";

#[test]
fn solutions_in_every_format() {
    insta::assert_snapshot!(written(SELECT, Format::Table), @r###"
    ┌────────────────────────┬──────────────────┬──────┬────────────┐
    │ s                      ┆ label            ┆ line ┆ from       │
    ╞════════════════════════╪══════════════════╪══════╪════════════╡
    │ <http://example.org/a> ┆ Potilas, "A" @fi ┆ 12   ┆            │
    │ <http://example.org/b> ┆                  ┆      ┆ 2026-01-01 │
    └────────────────────────┴──────────────────┴──────┴────────────┘
    2 rows
    "###);
    insta::assert_snapshot!(written(SELECT, Format::Csv).replace("\r\n", "\n"), @r###"
    s,label,line,from
    http://example.org/a,"Potilas, ""A""",12,
    http://example.org/b,,,2026-01-01
    "###);
    insta::assert_snapshot!(written(SELECT, Format::Tsv), @r###"
    ?s	?label	?line	?from
    <http://example.org/a>	"Potilas, \"A\""@fi	12	
    <http://example.org/b>			"2026-01-01"^^<http://www.w3.org/2001/XMLSchema#date>
    "###);
    insta::assert_snapshot!(written(SELECT, Format::Json), @r###"{"head":{"vars":["s","label","line","from"]},"results":{"bindings":[{"s":{"type":"uri","value":"http://example.org/a"},"label":{"type":"literal","value":"Potilas, \"A\"","xml:lang":"fi"},"line":{"type":"literal","value":"12","datatype":"http://www.w3.org/2001/XMLSchema#integer"}},{"s":{"type":"uri","value":"http://example.org/b"},"from":{"type":"literal","value":"2026-01-01","datatype":"http://www.w3.org/2001/XMLSchema#date"}}]}}"###);
    insta::assert_snapshot!(written(SELECT, Format::Xml), @r###"<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="s"/><variable name="label"/><variable name="line"/><variable name="from"/></head><results><result><binding name="s"><uri>http://example.org/a</uri></binding><binding name="label"><literal xml:lang="fi">Potilas, &quot;A&quot;</literal></binding><binding name="line"><literal datatype="http://www.w3.org/2001/XMLSchema#integer">12</literal></binding></result><result><binding name="s"><uri>http://example.org/b</uri></binding><binding name="from"><literal datatype="http://www.w3.org/2001/XMLSchema#date">2026-01-01</literal></binding></result></results></sparql>"###);
}

#[test]
fn yes_or_no_in_every_format() {
    let ask = "ASK { ?s a viite:Service }";
    insta::assert_snapshot!(written(ask, Format::Table), @r###"true"###);
    insta::assert_snapshot!(written(ask, Format::Csv), @r###"true"###);
    insta::assert_snapshot!(written(ask, Format::Json), @r###"{"head":{},"boolean":true}"###);
    insta::assert_snapshot!(written(ask, Format::Xml), @r###"<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#"><head></head><boolean>true</boolean></sparql>"###);
}

#[test]
fn graphs_in_every_format() {
    let describe = "DESCRIBE <http://example.org/a>";
    insta::assert_snapshot!(written(describe, Format::Turtle), @r###"
    @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
    @prefix region: <https://w3id.org/viite/reference/region/> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
    @prefix viite: <https://w3id.org/viite/ns#> .
    <http://example.org/a> a viite:InformationSystem ;
    	rdfs:label "Potilas, \"A\""@fi ;
    	viite:inRegion region:05 ;
    	viite:sourceLine 12 .
    "###);
    for format in [Format::Table, Format::NTriples, Format::TriG, Format::NQuads, Format::Xml, Format::Json] {
        let syntax = match format {
            Format::NTriples => RdfFormat::NTriples,
            Format::NQuads => RdfFormat::NQuads,
            Format::Xml => RdfFormat::RdfXml,
            Format::Json => RdfFormat::JsonLd { profile: oxrdfio::JsonLdProfileSet::empty() },
            _ => RdfFormat::TriG,
        };
        let text = written(describe, format);
        let triples: Dataset = RdfParser::from_format(syntax).for_slice(&text).map(Result::unwrap).collect();
        assert_eq!(triples.len(), 4, "{format}: {text}");
    }
}

#[test]
fn a_format_that_cannot_hold_the_answer_names_those_that_can() {
    let snapshot = Snapshot::from_quads(quads()).unwrap();
    let error = |query: &str, format| {
        let answer = prepare(query).unwrap().run(&snapshot, &QueryOptions::default()).unwrap();
        format::write(answer, format, Vec::new()).unwrap_err().to_string()
    };
    insta::assert_snapshot!(error(SELECT, Format::Turtle), @r###"turtle cannot hold solutions: choose one of table, csv, tsv, json, xml"###);
    insta::assert_snapshot!(error("DESCRIBE <http://example.org/a>", Format::Csv), @r###"csv cannot hold a graph: choose one of table, json, xml, turtle, ntriples, trig, nquads"###);
    insta::assert_snapshot!(error("ASK {}", Format::TriG), @r###"trig cannot hold yes or no: choose one of table, csv, tsv, json, xml"###);
    insta::assert_snapshot!("yaml".parse::<Format>().unwrap_err(), @r###"unknown format 'yaml': it is one of table, csv, tsv, json, xml, turtle, ntriples, trig, nquads"###);
}

#[test]
fn an_explanation_shows_the_order_with_expected_and_actual_solutions() {
    let snapshot = Snapshot::from_quads(quads()).unwrap();
    let query = "SELECT ?s ?l { ?s a ?class . ?s rdfs:label ?l FILTER NOT EXISTS { ?s viite:replacedBy ?x } }";
    let explanation = prepare(query).unwrap().explain(&snapshot, &QueryOptions::default()).unwrap();
    let text = explanation.to_string();
    let (plan, times) = text.rsplit_once('\n').unwrap();
    insta::assert_snapshot!(plan, @r###"
    select ?s, ?l                            got 1
      in this order                          got 1
        1. filter, with the steps of EXISTS  got 1
          ?s rdfs:label ?l                   expected 1, got 1
          ?s viite:replacedBy ?x             expected 0, got 0
        2. ?s rdf:type ?class                expected 1.5, got 1
    "###);
    assert!(times.starts_with("1 rows; planned in"), "{times}");
    let json = explanation.to_json();
    assert_eq!(json["rows"], 1);
    assert_eq!(json["plan"]["what"], "select ?s, ?l");
}

fn updated(text: &str) -> Result<(Vec<String>, Vec<String>), QueryError> {
    let snapshot = Snapshot::from_quads(quads()).unwrap();
    let text = format!("PREFIX e: <http://example.org/> {text}");
    let changes = update(&text, &snapshot, &UpdateOptions { load_files: true, ..UpdateOptions::default() })?;
    let short = |quads: Vec<Quad>| quads.iter().map(|q| q.to_string().replace("http://example.org/", "")).collect();
    Ok((short(changes.added), short(changes.removed)))
}

#[test]
fn operations_see_the_effects_of_those_before_them() {
    let (added, removed) = updated(
        "INSERT DATA { GRAPH e:g3 { e:x e:p e:y } } ;
         INSERT { GRAPH e:g3 { ?y e:q ?x } } WHERE { ?x e:p ?y } ;
         DELETE WHERE { GRAPH e:g3 { ?s e:p ?o } } ;
         INSERT { GRAPH e:g3 { e:x e:n ?n } } WHERE { SELECT (COUNT(*) AS ?n) { GRAPH e:g3 { ?s ?p ?o } } }",
    )
    .unwrap();
    assert_eq!(added, ["<x> <n> \"1\"^^<http://www.w3.org/2001/XMLSchema#integer> <g3>", "<y> <q> <x> <g3>"]);
    assert!(removed.is_empty());
}

#[test]
fn what_is_there_already_is_no_change() {
    let (added, removed) = updated(
        "INSERT DATA { GRAPH e:g2 { e:b a viite:Service } } ; DELETE DATA { GRAPH e:g1 { e:b a viite:Service } } ;
         DELETE DATA { GRAPH e:g2 { e:b a viite:Service } } ; INSERT DATA { GRAPH e:g2 { e:b a viite:Service } }",
    )
    .unwrap();
    assert!(added.is_empty() && removed.is_empty(), "{added:?} {removed:?}");
}

#[test]
fn graphs_are_moved_and_cleared() {
    let (added, removed) = updated("MOVE e:g1 TO e:g9 ; DROP GRAPH e:g2").unwrap();
    assert_eq!((added.len(), removed.len()), (4, 7));
    let (added, removed) = updated("CLEAR ALL").unwrap();
    assert_eq!((added.len(), removed.len()), (0, 7));
}

#[test]
fn a_failed_operation_is_named_and_told_what_to_do() {
    let error = |text: &str| updated(text).unwrap_err().to_string();
    insta::assert_snapshot!(error("CLEAR GRAPH e:g1 ; CLEAR GRAPH e:nothing"), @r###"operation 2 of the update, CLEAR GRAPH <http://example.org/nothing>, failed and nothing was changed: there is no graph <http://example.org/nothing>: look for its name with SELECT DISTINCT ?g { GRAPH ?g {} }, or write SILENT if that is all right"###);
    insta::assert_snapshot!(error("CREATE GRAPH e:g1"), @r###"operation 1 of the update, CREATE GRAPH <http://example.org/g1>, failed and nothing was changed: the graph <http://example.org/g1> is there already: write CREATE SILENT if that is all right"###);
    insta::assert_snapshot!(error("LOAD <http://example.org/data.ttl>"), @r###"operation 1 of the update, LOAD <http://example.org/data.ttl>, failed and nothing was changed: only files can be loaded, and <http://example.org/data.ttl> is none: download it, and LOAD <file:///its/path> or use viite import"###);
    insta::assert_snapshot!(error("LOAD <file:///nowhere/data.txt>"), @r###"operation 1 of the update, LOAD <file:///nowhere/data.txt>, failed and nothing was changed: /nowhere/data.txt: No such file or directory (os error 2)"###);
    assert!(updated("CLEAR SILENT GRAPH e:nothing ; LOAD SILENT <http://example.org/x>").is_ok());
}

#[test]
fn a_file_is_loaded_into_a_graph_or_not_at_all() {
    let folder = std::env::temp_dir().join(format!("viite query {}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let load = |name: &str, content: &str| {
        let path = folder.join(name);
        std::fs::write(&path, content).unwrap();
        let path = path.display().to_string().replace(' ', "%20");
        updated(&format!("LOAD <file://{path}> INTO GRAPH e:new"))
    };
    let (added, _) = load("good.ttl", "<http://example.org/x> a <http://example.org/y> .").unwrap();
    assert_eq!(added, ["<x> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <y> <new>"]);
    let error = load("bad.ttl", "<http://example.org/x> a <http://example.org/y> . oops").unwrap_err();
    assert!(error.to_string().contains("bad.ttl"), "{error}");
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn files_are_not_read_unless_that_is_allowed() {
    let snapshot = Snapshot::from_quads(quads()).unwrap();
    let error = update("LOAD <file:///etc/hosts.ttl>", &snapshot, &UpdateOptions::default()).unwrap_err();
    assert!(error.to_string().contains("not allowed"), "{error}");
}
