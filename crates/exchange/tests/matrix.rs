//! The matrix of responsibilities goes out, is filled, and comes back.

use oxrdf::NamedNode;
use viite_exchange::workbook::{Axis, Matrix};
use viite_exchange::{ReadOptions, read};
use viite_model::{Language, Names, ns};

fn matrix(known: &[(usize, usize, &str)]) -> Matrix {
    let axis = |iri: &str, label: &str| Axis {
        iri: NamedNode::new(ns::expand(iri).unwrap_or_else(|| iri.to_owned())).unwrap(),
        label: label.to_owned(),
        kind: "laji".to_owned(),
    };
    let kind = |name: &str| NamedNode::new(format!("{}{name}", ns::VIITE)).unwrap();
    Matrix {
        objects: vec![axis("s0:M16", "Toimenpide 16"), axis("https://example.org/ea/region/99/p1", "Ajanvaraus")],
        actors: vec![axis("actor:kela", "Kela"), axis("actor:thl", "THL")],
        known: known.iter().map(|(object, actor, name)| (*object, *actor, kind(name))).collect(),
    }
}

fn facts(bytes: &[u8]) -> Result<Vec<String>, String> {
    let names = Names::new("https://example.org/ea/").unwrap();
    let import = read("m.xlsx", bytes, &ReadOptions::new(&names, "99")).map_err(|error| error.to_string())?;
    Ok(import.triples.iter().map(ToString::to_string).collect())
}

#[test]
fn what_the_sources_say_in_their_own_words_becomes_no_letter() {
    let bytes = matrix(&[(0, 0, "Ansvarig"), (0, 1, "Medverkande")]).write(Language::Sv).unwrap();
    let error = facts(&bytes).unwrap_err();
    assert!(error.contains("nobody has filled"), "{error}");
}

#[test]
fn letters_come_back_as_responsibilities_with_their_cell() {
    let known = [(0, 0, "Ansvarig"), (0, 0, "Accountable"), (1, 1, "Responsible"), (1, 1, "Consulted")];
    for language in Language::ALL {
        let facts = facts(&matrix(&known).write(language).unwrap()).unwrap();
        let has = |parts: &[&str]| facts.iter().any(|fact| parts.iter().all(|part| fact.contains(part)));
        assert!(has(&["s0#M16>", "ns#accountable>", "actor/kela>"]), "{facts:#?}");
        assert!(has(&["/p1>", "ns#responsible>", "actor/thl>"]) && has(&["/p1>", "ns#consulted>", "actor/thl>"]));
        assert!(has(&["ns#sourceCell>", "\"D3\""]) && has(&["ns#sourceCell>", "\"E4\""]));
        assert_eq!(facts.iter().filter(|fact| fact.ends_with("ns#Responsibility>")).count(), 3);
        assert!(!facts.iter().any(|fact| fact.contains("Ansvarig") || fact.contains("ns#informed")), "{facts:#?}");
    }
}
