//! RDF in every syntax, with names for blank nodes that a second import gives again.

use proptest::prelude::*;
use viite_exchange::{Fault, Import, ReadError, ReadOptions, read};
use viite_model::Names;

fn import(file: &str, text: &str) -> Result<Import, ReadError> {
    let names = Names::new("https://example.org/ea/").unwrap();
    read(file, text.as_bytes(), &ReadOptions::new(&names, "99"))
}

fn lines(import: &Import) -> Vec<String> {
    import
        .triples
        .iter()
        .filter(|triple| !triple.predicate.as_str().ends_with("sourceFile"))
        .map(ToString::to_string)
        .collect()
}

const TURTLE: &str = "@prefix viite: <https://w3id.org/viite/ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<http://example.org/1> a viite:InformationSystem ; rdfs:label \"Ajanvaraus\"@fi ; viite:owner _:x .
_:x a viite:Actor ; rdfs:label \"Omistaja\" .
";

#[test]
fn every_syntax_gives_the_same_facts() {
    let expected = lines(&import("a.ttl", TURTLE).unwrap());
    assert_eq!(expected.len(), 7, "two regions added to five facts: {expected:#?}");
    let statements = "<http://example.org/1> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/viite/ns#InformationSystem> .
<http://example.org/1> <http://www.w3.org/2000/01/rdf-schema#label> \"Ajanvaraus\"@fi .
<http://example.org/1> <https://w3id.org/viite/ns#owner> _:b .
_:b <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/viite/ns#Actor> .
_:b <http://www.w3.org/2000/01/rdf-schema#label> \"Omistaja\" .
";
    let quads = statements.replace(" .\n", " <http://example.org/g> .\n");
    let trig = TURTLE.replacen("<http://example.org/1>", "GRAPH _:g { <http://example.org/1>", 1) + "}";
    let xml = r#"<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
        xmlns:rdfs="http://www.w3.org/2000/01/rdf-schema#" xmlns:viite="https://w3id.org/viite/ns#">
      <viite:InformationSystem rdf:about="http://example.org/1"><rdfs:label xml:lang="fi">Ajanvaraus</rdfs:label>
        <viite:owner><viite:Actor><rdfs:label>Omistaja</rdfs:label></viite:Actor></viite:owner>
      </viite:InformationSystem></rdf:RDF>"#;
    let json = r#"{"@context": {"viite": "https://w3id.org/viite/ns#", "label": "http://www.w3.org/2000/01/rdf-schema#label"},
      "@id": "http://example.org/1", "@type": "viite:InformationSystem", "label": {"@value": "Ajanvaraus", "@language": "fi"},
      "viite:owner": {"@type": "viite:Actor", "label": "Omistaja"}}"#;
    for (file, text) in [
        ("a.nt", statements),
        ("a.n3", TURTLE),
        ("a.nq", &quads),
        ("a.trig", &trig),
        ("a.rdf", xml),
        ("a.owl", xml),
        ("a.xml", xml),
        ("a.jsonld", json),
        ("a.json", json),
        ("no extension", TURTLE),
        ("no extension", &quads),
        ("no extension", json),
    ] {
        let import = import(file, text).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(lines(&import), expected, "{file}");
        let named = file.ends_with("nq") || file.ends_with("trig") || text == quads;
        assert_eq!(import.losses.len(), usize::from(named), "{file}: {:?}", import.losses);
    }
}

#[test]
fn a_region_that_the_file_states_is_kept() {
    let text = format!("{TURTLE}<http://example.org/1> viite:inRegion <https://w3id.org/viite/reference/region/07> .");
    let import = import("a.ttl", &text).unwrap();
    let of_one = lines(&import)
        .into_iter()
        .filter(|line| line.starts_with("<http://example.org/1> <https://w3id.org/viite/ns#inRegion>"))
        .collect::<Vec<_>>();
    assert_eq!(of_one.len(), 1);
    assert!(of_one[0].ends_with("/region/07>"));
}

#[test]
fn an_integration_is_one_of_both_ends() {
    let text = "<http://a/s> <https://w3id.org/viite/ns#integratesWith> <http://a/t> .";
    let import = import("a.nt", text).unwrap();
    assert_eq!(lines(&import).len(), 2);
    assert!(lines(&import)[1].starts_with("<http://a/t>"));
}

#[test]
fn relative_names_belong_to_the_file() {
    let import = import("a.ttl", "<#x> <http://example.org/p> <y> .").unwrap();
    assert_eq!(
        lines(&import),
        [
            "<https://example.org/ea/graph/region/99/current/a.ttl#x> <http://example.org/p> <https://example.org/ea/graph/region/99/current/y>"
        ]
    );
}

#[test]
fn a_change_elsewhere_leaves_the_names_of_blank_nodes() {
    let one = "<http://a/s> <http://a/p> [ <http://a/q> 1, [ <http://a/r> 2 ] ] .\n";
    let two = "<http://a/t> <http://a/p> [ <http://a/q> 3 ] .\n";
    let before = lines(&import("a.ttl", one).unwrap());
    let after = lines(&import("a.ttl", &format!("{two}{one}")).unwrap());
    assert!(before.iter().all(|line| after.contains(line)), "{before:#?} {after:#?}");
}

#[test]
fn two_groups_that_say_the_same_stay_two() {
    let import = import("a.ttl", "[] <http://a/p> [] . [] <http://a/p> [] .").unwrap();
    assert_eq!(import.triples.len(), 2);
}

#[test]
fn a_graph_made_to_exhaust_is_refused() {
    let mut clique = String::new();
    let mut cube = String::new();
    for node in 0..32_u32 {
        for other in (0..32).filter(|other| *other != node) {
            clique.push_str(&format!("_:n{node} <http://a/p> _:n{other} .\n"));
        }
        for bit in 0..5 {
            cube.push_str(&format!("_:n{node} <http://a/p> _:n{} .\n", node ^ (1 << bit)));
        }
    }
    for text in [clique, cube] {
        let error = import("a.nt", &text).unwrap_err();
        assert_eq!(error.fault, Fault::Refused);
        assert!(error.problem.contains("32 blank nodes"), "{error}");
    }
}

#[test]
fn syntax_errors_are_told_with_their_places() {
    for (file, text, place) in [
        ("a.ttl", "@prefix a: <http://a/> .\na:x a:y \"open .\n", "a.ttl:2:"),
        ("a.nt", "<http://a> <http://b> <http://c> .\n<http://a> nonsense .\n", "a.nt:2:"),
        ("a.nq", "<http://a> <http://b> .\n", "a.nq:1:"),
        ("a.jsonld", "{\"@id\":\n \"http://a\",\n ]", "a.jsonld:3:"),
        (
            "a.rdf",
            "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n<rdf:Description rdf:about=\"a b\"/>\n</rdf:RDF>",
            "a.rdf:2:",
        ),
    ] {
        let error = import(file, text).unwrap_err();
        assert_eq!(error.fault, Fault::Syntax, "{error}");
        assert!(error.to_string().starts_with(place), "{error}");
    }
}

#[test]
fn several_errors_are_told_at_once() {
    let error = import("a.nt", "<http://a> x .\n<http://a> <http://b> <http://c> .\n<http://a> y .\n").unwrap_err();
    assert!(error.to_string().contains("a.nt:1:") && error.to_string().contains("a.nt:3:"), "{error}");
}

#[test]
fn entities_for_namespaces_are_read_and_harmful_ones_refused() {
    let with = |declaration: &str| {
        format!(
            "<!DOCTYPE rdf:RDF [{declaration}]>\n<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" \
             xmlns:a=\"http://a/\"><rdf:Description rdf:about=\"&x;s\"><a:p>1</a:p></rdf:Description></rdf:RDF>"
        )
    };
    let import_xml = |declaration: &str| import("a.rdf", &with(declaration));
    assert_eq!(import_xml("<!ENTITY x \"http://a/\">").unwrap().triples.len(), 1);
    for declaration in [
        "<!ENTITY y \"http://a/\"><!ENTITY x \"&y;&y;\">",
        "<!ENTITY x SYSTEM \"file:///etc/passwd\">",
        "<!ENTITY % x \"http://a/\">",
        &format!("<!ENTITY x \"{}\">", "a".repeat(2000)),
    ] {
        assert_eq!(import_xml(declaration).unwrap_err().fault, Fault::Refused, "{declaration}");
    }
}

#[test]
fn nothing_is_fetched() {
    let error = import("a.jsonld", r#"{"@context": "https://example.org/context", "name": "x"}"#).unwrap_err();
    assert!(error.help.contains("network"), "{error}");
}

#[test]
fn depth_is_no_danger() {
    let arrays = format!("{{\"http://a/p\": {}{} }}", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(import("a.jsonld", &arrays).unwrap_err().fault, Fault::TooLarge);
    let lists = format!("<http://a/s> <http://a/p> {}{} .", "(".repeat(30_000), ")".repeat(30_000));
    drop(import("a.ttl", &lists));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    /// Neither the order of statements nor the labels of blank nodes in the file matter.
    #[test]
    fn blank_nodes_are_named_by_what_is_said_of_them(
        edges in prop::collection::vec((0..6_usize, 0..3_usize, 0..6_usize), 1..12),
        order in Just((0..6_usize).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let text = |name: &dyn Fn(usize) -> usize, reverse: bool| {
            let mut lines: Vec<String> = edges
                .iter()
                .map(|(s, p, o)| format!("_:n{} <http://a/p{p}> _:n{} .\n", name(*s), name(*o)))
                .collect();
            if reverse {
                lines.reverse();
            }
            lines.concat()
        };
        let first = import("a.nt", &text(&|node| node, false));
        let second = import("a.nt", &text(&|node| order[node], true));
        match (first, second) {
            (Ok(first), Ok(second)) => prop_assert_eq!(first.triples, second.triples),
            (first, second) => prop_assert_eq!(first.is_err(), second.is_err()),
        }
    }
}

#[test]
fn statements_about_statements_are_refused_by_name() {
    let start = "@prefix ex: <https://example.org/> .\n@prefix archimate: <https://purl.org/archimate#> .\n";
    for (text, at) in [
        ("ex:a archimate:access ex:b {| archimate:accessType \"Read\" |} .", "star.ttl:3:28"),
        ("<< ex:a archimate:access ex:b >> archimate:accessType \"Read\" .", "star.ttl:3:1"),
    ] {
        let names = Names::new("https://example.org/ea/").unwrap();
        let error =
            read("star.ttl", format!("{start}{text}\n").as_bytes(), &ReadOptions::new(&names, "99")).unwrap_err();
        assert_eq!(error.location(), at, "{error}");
        assert!(error.help.contains("RDF-star"), "{error}");
    }
}
