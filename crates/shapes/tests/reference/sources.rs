//! The reference against the two source documents, which are not in this repository: set `VIITE_FIXTURES` to the folder
//! `fixtures` beside which `sources` lies, or put that folder at `../shared/sources`. Without it these tests say so and pass.

use crate::{QUADS, REFERENCE, instances, iri, subjects, values};
use oxrdf::{Term, TermRef};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// A run of so many words is copied, not said in words of our own. Shorter ones are names, titles and terms.
const LONGEST_RUN: usize = 12;

/// The texts of the documents, the long one first.
fn texts() -> Option<Vec<String>> {
    let shared = match std::env::var_os("VIITE_FIXTURES") {
        Some(fixtures) => PathBuf::from(fixtures).parent()?.to_owned(),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"),
    };
    let folder = fs::read_dir(shared.join("sources"));
    let Ok(folder) = folder else {
        let told = "SKIPPED: no source documents at $VIITE_FIXTURES/../sources or ../shared/sources\n";
        std::io::stderr().write_all(told.as_bytes()).unwrap(); // past the harness, which keeps it to itself
        return None;
    };
    let mut texts: Vec<_> = folder.map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap()).collect();
    texts.sort_by_key(|text| std::cmp::Reverse(text.len()));
    Some(texts)
}

fn words(text: &str) -> Vec<String> {
    text.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

#[test]
fn no_text_copies_a_sentence_of_the_sources() {
    let Some(texts) = texts() else { return };
    let runs: HashSet<Vec<String>> = texts
        .iter()
        .flat_map(|text| words(text).windows(LONGEST_RUN).map(<[String]>::to_vec).collect::<Vec<_>>())
        .collect();
    assert!(runs.len() > 10_000, "the sources are shorter than they were");
    // Titles carry over as they are; everything else is in our own words.
    let titles: HashSet<_> =
        ["http://www.w3.org/2000/01/rdf-schema#label", "http://www.w3.org/2004/02/skos/core#prefLabel"].into();
    let copied: Vec<_> = QUADS
        .iter()
        .filter(|quad| !titles.contains(quad.predicate.as_str()))
        .filter_map(|quad| match &quad.object {
            Term::Literal(literal) => Some((quad, words(literal.value()))),
            _ => None,
        })
        .filter(|(_, words)| words.windows(LONGEST_RUN).any(|run| runs.contains(run)))
        .map(|(quad, _)| format!("{} {}", quad.subject, quad.object))
        .collect();
    assert!(copied.is_empty(), "{} texts are copied:\n{}", copied.len(), copied.join("\n"));
}

/// What stands above each measure: principles, actors, years.
#[test]
fn every_measure_has_the_principles_actors_and_years_that_stand_in_the_text() {
    let Some(texts) = texts() else { return };
    let measures = measures(&texts[0]);
    assert_eq!(measures.len(), 18, "{:?}", measures.keys());
    let names = actor_names();
    for (number, head) in measures {
        let measure = format!("s0:M{number}");
        let principles: BTreeSet<_> = head.principles.iter().map(|number| format!("s0:P{number}")).collect();
        assert_eq!(values(&measure, "viite:principle"), principles, "{measure}");
        let years = |property| values(&measure, property).iter().map(|date| date[..4].to_owned()).collect::<String>();
        assert_eq!((years("viite:validFrom"), years("viite:validUntil")), head.years, "{measure}");
        for (kind, text) in [("viite:Ansvarig", &head.responsible), ("viite:Medverkande", &head.contributors)] {
            let found: BTreeSet<_> = subjects("viite:object", &measure)
                .intersection(&subjects("viite:responsibilityKind", kind))
                .flat_map(|responsibility| values(responsibility, "viite:actor"))
                .collect();
            assert_eq!(found, actors(text, &names), "{measure} {kind}: {text}");
        }
    }
}

#[derive(Default, Debug)]
struct Head {
    principles: Vec<String>,
    responsible: String,
    contributors: String,
    years: (String, String),
}

/// Reads "1) Title … Digitaliseringsprinciper: … Ansvarig: … Övriga medverkande: … Tidsplan: …".
fn measures(text: &str) -> BTreeMap<u32, Head> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut found = BTreeMap::new();
    for (number, part) in (1..).zip(text.split("Digitaliseringsprinciper: ").skip(1)) {
        let (principles, rest) = part.split_once(" Ansvarig: ").expect("a responsible");
        let (actors, rest) = rest.split_once(" Tidsplan: ").expect("a schedule");
        let (responsible, contributors) = actors.split_once(" Övriga medverkande: ").unwrap_or((actors, ""));
        let schedule: String = rest.chars().take_while(|sign| sign.is_ascii_digit() || "–-".contains(*sign)).collect();
        let (from, until) = schedule.split_once(['–', '-']).unwrap_or((&schedule, &schedule));
        let head = Head {
            principles: principles.split(',').map(|number| number.trim().to_owned()).collect(),
            responsible: responsible.to_owned(),
            contributors: contributors.to_owned(),
            years: (from.to_owned(), until.to_owned()),
        };
        found.insert(number, head);
    }
    found
}

/// The words of Swedish names of actors, longest first, so that a part of a name does not pass for a name.
fn actor_names() -> Vec<(String, String)> {
    let mut names = Vec::new();
    let one_of_many = |actor: &String| actor.starts_with("actor:county-") || actor.contains("collaboration-area");
    for actor in instances("viite:Actor").into_iter().filter(|actor| !one_of_many(actor)) {
        for property in ["rdfs:label", "skos:altLabel", "skos:hiddenLabel", "viite:nameInSource"] {
            for name in REFERENCE.objects_for_subject_predicate(&iri(&actor), &iri(property)) {
                if let TermRef::Literal(name) = name
                    && name.language().is_none_or(|language| language == "sv")
                {
                    names.push((words(name.value()).join(" "), actor.clone()));
                }
            }
        }
    }
    names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    names
}

fn actors(text: &str, names: &[(String, String)]) -> BTreeSet<String> {
    let text = text.replace("(t.o.m. 2020)", "").replace(" och ", ", ");
    let mut left = format!(" {} ", words(&text).join(" "));
    let mut found = BTreeSet::new();
    for (name, actor) in names {
        let name = format!(" {} ", name.replace(" och ", " "));
        if left.contains(&name) {
            left = left.replace(&name, "  ");
            found.insert(actor.clone());
        }
    }
    assert!(left.trim().is_empty(), "no actor is called '{}' in: {text}", left.trim());
    found
}
