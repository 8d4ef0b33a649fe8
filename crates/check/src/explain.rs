//! Why a verdict is as it is: the facts that led to it, where each came from, and what would change it.

use crate::{
    finding::{Finding, Source},
    rule::Rule,
};
use oxrdf::{NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};
use viite_model::{Language, Names, Outcome, ns};
use viite_query::facts::Facts;
use viite_store::Snapshot;

/// A fact that the rule looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// The fact, in the graph that states it.
    pub quad: Quad,
    /// What people call its subject.
    pub subject: String,
    /// What people call its property.
    pub property: String,
    /// What people call its value.
    pub value: String,
    /// The place in the imported file that states it.
    pub source: Option<Source>,
    /// The package of the national reference that states it, with its version: `principles 0.1.0`.
    pub package: Option<String>,
    /// Whoever imported the file, as the provenance graph has it.
    pub imported_by: Option<String>,
}

/// The facts about the things of a finding that its rule (none: a shape) looks at: those of the thing and of its evidence whose
/// property the rule names, and those that lead to them. In the order of subject, property and value.
pub fn facts(
    snapshot: &Arc<Snapshot>,
    names: &Names,
    rule: Option<&Rule>,
    finding: &Finding,
    language: Language,
) -> Vec<Fact> {
    let facts = Facts::new(snapshot);
    let named = match rule {
        Some(rule) => rule.query().named_terms(),
        // A shape looks at the property of its path.
        None => finding.evidence.get("path").and_then(|path| NamedNode::new(&path.value).ok()).into_iter().collect(),
    };
    let properties: BTreeSet<NamedNode> = named.into_iter().filter(|term| is_property(snapshot, term)).collect();
    let members = finding.members.iter().map(|member| member.value.as_str());
    let evidence = finding.evidence.values().flat_map(|value| value.value.split(' '));
    let things: BTreeSet<NamedNode> = std::iter::once(finding.focus.as_str())
        .chain(members)
        .chain(evidence)
        .filter_map(|iri| NamedNode::new(iri).ok())
        .collect();
    let provenance = names.provenance();
    let mut found: BTreeMap<(String, String, String, String), Fact> = BTreeMap::new();
    for graph in facts.graphs() {
        if graph == provenance {
            continue;
        }
        for property in &properties {
            let mut quads: Vec<Quad> = Vec::new();
            for thing in &things {
                let subject = NamedOrBlankNode::from(thing.clone());
                for object in facts.objects_in(&subject, property.as_ref(), graph.as_ref()) {
                    quads.push(Quad::new(subject.clone(), property.clone(), object, graph.clone()));
                }
                // What is said of the national reference's own things by others is the whole country.
                if *property != ns::rdf::TYPE && !thing.as_str().starts_with(ns::REFERENCE) {
                    for subject in facts.subjects_in(property.as_ref(), thing.as_ref().into(), graph.as_ref()) {
                        quads.push(Quad::new(subject, property.clone(), thing.clone(), graph.clone()));
                    }
                }
            }
            for quad in quads {
                let fact = describe(&facts, &provenance, quad, language);
                let key = (fact.subject.clone(), fact.property.clone(), fact.value.clone(), fact.quad.to_string());
                found.insert(key, fact);
            }
        }
    }
    found.into_values().collect()
}

fn is_property(snapshot: &Snapshot, term: &NamedNode) -> bool {
    snapshot.term_id(term.as_ref()).and_then(|id| snapshot.predicate_statistics(id)).is_some()
}

fn describe(facts: &Facts<'_>, provenance: &NamedNode, quad: Quad, language: Language) -> Fact {
    let graph = match &quad.graph_name {
        oxrdf::GraphName::NamedNode(graph) => Some(graph.clone()),
        _ => None,
    };
    let literal = |subject: &NamedOrBlankNode, property: NamedNodeRef<'_>, graph: &NamedNode| {
        facts.objects_in(subject, property, graph.as_ref()).into_iter().find_map(|term| match term {
            Term::Literal(literal) => Some(literal.destruct().0),
            _ => None,
        })
    };
    let source = graph.as_ref().and_then(|graph| Source::read(|property| literal(&quad.subject, property, graph)));
    let imported_by = graph.as_ref().and_then(|graph| {
        let import = NamedNode::new(format!("{}/import", graph.as_str())).ok()?;
        literal(&import.into(), ns::dcterms::CREATOR, provenance)
    });
    let package = graph
        .as_ref()
        .and_then(|graph| viite_model::graphs::package(graph.as_str()))
        .map(|(package, version)| format!("{package} {version}"));
    Fact {
        package,
        subject: facts.label(&quad.subject.clone().into(), language),
        property: match (quad.predicate == ns::rdf::TYPE, language) {
            (true, Language::Fi) => "on".to_owned(),
            (true, Language::Sv) => "är".to_owned(),
            (true, Language::En) => "is a".to_owned(),
            (false, _) => facts.label(&quad.predicate.clone().into(), language),
        },
        value: facts.label(&quad.object, language),
        source,
        imported_by,
        quad,
    }
}

/// What would change the outcome of a finding, in the language of the reader.
pub fn ways_out(rule: Option<&Rule>, finding: &Finding, language: Language) -> Vec<String> {
    let mut ways = Vec::new();
    let fix = match rule {
        Some(rule) => rule.fix.get(language).unwrap_or_default().trim(),
        None => match language {
            Language::Fi => "Korjaa tiedot niin, että muoto toteutuu.",
            Language::Sv => "Rätta uppgifterna så att formen uppfylls.",
            Language::En => "Mend the facts so that the shape holds.",
        },
    }
    .to_owned();
    match finding.outcome {
        Outcome::Violates => {
            ways.push(fix);
            if finding.answer.is_some() {
                let withdraw = format!("viite answer {} --withdraw", finding.id);
                ways.push(match language {
                    Language::Fi => format!("Vastauksen voi perua, jolloin asia kysytään uudestaan: {withdraw}"),
                    Language::Sv => format!("Svaret kan återtas, och då frågas saken på nytt: {withdraw}"),
                    Language::En => format!("The answer can be taken back, and is asked for anew: {withdraw}"),
                });
            }
            let waive = format!("viite waive {} --reason … --authority … --until …", finding.id);
            ways.push(match language {
                Language::Fi => format!("Toimivaltainen taho voi hyväksyä poikkeaman määräajaksi: {waive}"),
                Language::Sv => format!("En behörig instans kan godkänna avvikelsen för en viss tid: {waive}"),
                Language::En => format!("An authority can accept the deviation until a day: {waive}"),
            });
            if rule.is_some_and(|rule| rule.justifiable) {
                ways.push(
                    match language {
                        Language::Fi => "Kohta sallii perustellun poikkeaman: kirjaa perustelu kuvaukseen.",
                        Language::Sv => {
                            "Punkten tillåter en motiverad avvikelse: anteckna motiveringen i beskrivningen."
                        }
                        Language::En => "The clause lets a reason stand: record it in the description.",
                    }
                    .to_owned(),
                );
            }
        }
        Outcome::NotAssessable => {
            ways.push(match language {
                Language::Fi => format!("Lisää kuvaukseen tieto: {}", finding.message),
                Language::Sv => format!("Lägg till uppgiften i beskrivningen: {}", finding.message),
                Language::En => format!("Add the fact to the description: {}", finding.message),
            });
            if let Some(question) = &finding.question {
                ways.push(format!("{question} viite answer {} --yes|--no --reason … --authority …", finding.id));
            }
        }
        Outcome::AcceptedDeviation => {
            ways.push(fix);
            if let Some(until) = finding.deviation.as_ref().and_then(|deviation| deviation.until.as_deref()) {
                let day = language.day(until);
                ways.push(match language {
                    Language::Fi => format!("Hyväksyntä päättyy {day} tai kun havainnon kohde tai sen nimeämät tiedot vaihtuvat; sen voi perua: viite waive {} --withdraw", finding.id),
                    Language::Sv => format!("Godkännandet upphör {day} eller när det som iakttagelsen nämner byts ut; det kan återtas: viite waive {} --withdraw", finding.id),
                    Language::En => format!("The acceptance ends after {day}, or when what the finding names becomes another; it can be taken back: viite waive {} --withdraw", finding.id),
                });
            }
        }
        Outcome::Conforms => {}
    }
    ways
}
