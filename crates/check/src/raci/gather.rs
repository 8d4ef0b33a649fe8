//! Gathers who is named for what from a snapshot.

use super::{Actor, Kind, Object, Raci};
use crate::{
    finding::clause_order,
    report::words,
    rule::RuleScope,
    scope::{self, Grounds},
};
use oxrdf::{NamedNode, NamedNodeRef, Term};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};
use viite_model::{Language, Names, State, ns};
use viite_query::{Answer, QueryError, QueryOptions, facts::Facts};
use viite_store::Snapshot;

const QUERY: &str = include_str!("../../../../queries/raci.rq");
const VALID_UNTIL: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("https://w3id.org/viite/ns#validUntil");

/// Why no matrix could be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RaciError {
    /// The question could not be answered.
    #[error("who is named for what could not be asked: {0}")]
    Query(#[from] QueryError),
    /// Nobody describes the region in that state.
    #[error("{region} has no description of its {state}: import one with 'viite import FILE --region {code}'")]
    NotDescribed {
        /// The region's name.
        region: String,
        /// Its code.
        code: String,
        /// The state that was asked for.
        state: &'static str,
    },
}

impl Raci {
    /// The matrix of a region in a state; without one, that of the national reference. Only objects of these classes
    /// (local names such as `Service`); none means all.
    ///
    /// # Errors
    /// When the region has no description in that state, or the question cannot be answered.
    pub fn of(
        snapshot: &Arc<Snapshot>,
        names: &Names,
        region: Option<(&NamedNode, State)>,
        classes: &[&str],
        language: Language,
        today: &str,
    ) -> Result<Self, RaciError> {
        let facts = Facts::new(snapshot);
        let grounds = Grounds::of(&facts, names);
        let (graphs, title) = match region {
            None => {
                let reference = grounds.for_scope(RuleScope::Reference, &[]);
                (reference.into_iter().next().map(|ground| ground.graphs), None)
            }
            Some((region, state)) => {
                let name = scope::region_name(&facts, region, language);
                let ground = grounds
                    .for_scope(RuleScope::Region, std::slice::from_ref(region))
                    .into_iter()
                    .find(|ground| ground.region.as_ref().is_some_and(|(_, other)| *other == state))
                    .ok_or_else(|| RaciError::NotDescribed {
                        region: name.name.clone(),
                        code: name.code.clone(),
                        state: words(Language::En).state(state),
                    })?;
                (Some(ground.graphs), Some(words(language).ground(Some(&name), Some(state))))
            }
        };
        let options = QueryOptions { scope: graphs.unwrap_or_default(), ..QueryOptions::default() };
        let mut gathering = Gathering { facts, language, today, actors: BTreeMap::new(), objects: BTreeMap::new() };
        if let Answer::Solutions(solutions) = viite_query::prepare(QUERY)?.run(snapshot, &options)? {
            for solution in solutions {
                let solution = solution?;
                let node = |name: &str| match solution.get(name) {
                    Some(Term::NamedNode(node)) => Some(node.clone()),
                    _ => None,
                };
                let (Some(class), Some(object)) = (node("class"), node("object")) else { continue };
                let wanted = classes.is_empty() || classes.contains(&local_name(&class));
                // A region's matrix is about its own things; the reference is there for what they stand for.
                if wanted && node("region").as_ref() == region.map(|(region, _)| region) {
                    gathering.meet(&class, &object);
                    if let (Some(actor), Some(kind)) = (node("actor"), node("kind").and_then(|kind| kind_of(&kind))) {
                        gathering.name(&object, &actor, kind);
                    }
                }
            }
        }
        Ok(gathering.finish(title))
    }
}

struct Gathering<'a> {
    facts: Facts<'a>,
    language: Language,
    today: &'a str,
    actors: BTreeMap<String, Actor>,
    objects: BTreeMap<String, Object>,
}

impl Gathering<'_> {
    fn label(&self, node: &NamedNode) -> String {
        self.facts.label(&node.clone().into(), self.language)
    }

    fn meet(&mut self, class: &NamedNode, object: &NamedNode) {
        // Of several classes the narrower: a national service is a service too.
        let known = self.objects.get(object.as_str()).is_some_and(|known| known.class != "Service");
        if !known {
            let met = Object {
                iri: object.as_str().to_owned(),
                label: self.label(object),
                class: local_name(class).to_owned(),
                class_label: self.label(class),
                named: self.objects.remove(object.as_str()).map(|known| known.named).unwrap_or_default(),
                gaps: BTreeSet::new(),
            };
            self.objects.insert(object.as_str().to_owned(), met);
        }
    }

    fn name(&mut self, object: &NamedNode, actor: &NamedNode, kind: Kind) {
        if !self.actors.contains_key(actor.as_str()) {
            let ended = self
                .facts
                .objects(&actor.clone().into(), VALID_UNTIL)
                .into_iter()
                .filter_map(|term| match term {
                    Term::Literal(day) => Some(day.value().to_owned()),
                    _ => None,
                })
                .filter(|day| day.as_str() < self.today)
                .max();
            let met = Actor { iri: actor.as_str().to_owned(), label: self.label(actor), ended };
            self.actors.insert(met.iri.clone(), met);
        }
        if let Some(object) = self.objects.get_mut(object.as_str()) {
            object.named.entry(actor.as_str().to_owned()).or_default().insert(kind);
        }
    }

    fn finish(self, of: Option<String>) -> Raci {
        let mut objects: Vec<Object> = self.objects.into_values().collect();
        for object in &mut objects {
            object.find_gaps(&self.actors);
        }
        objects.sort_by_cached_key(|object| {
            let clause = ns::shorten(&object.iri);
            // Clauses in the order of their document, other things by name.
            let (letters, number, _) = if clause.contains(':') { clause_order(&clause) } else { ("", 0, "") };
            let order = object.iri.contains("/source/").then(|| (letters.to_owned(), number));
            (object.class.clone(), order, object.label.to_lowercase(), object.iri.clone())
        });
        let mut actors: Vec<Actor> = self.actors.into_values().collect();
        actors.sort_by_cached_key(|actor| (actor.label.to_lowercase(), actor.iri.clone()));
        Raci { language: self.language, today: self.today.to_owned(), of, actors, objects }
    }
}

fn local_name(node: &NamedNode) -> &str {
    node.as_str().rsplit(['#', '/']).next().unwrap_or_default()
}

fn kind_of(kind: &NamedNode) -> Option<Kind> {
    Some(match local_name(kind) {
        "Accountable" => Kind::Accountable,
        "Responsible" => Kind::Responsible,
        "Consulted" => Kind::Consulted,
        "Informed" => Kind::Informed,
        "Ansvarig" => Kind::Ansvarig,
        "Medverkande" => Kind::Medverkande,
        "owner" => Kind::Owner,
        "Duty" => Kind::Duty,
        _ => return None,
    })
}
