//! What one side describes.

use super::{CompareError, Dimension, Project, SideOrder};
use oxrdf::{NamedNode, NamedOrBlankNode, Term, Variable};
use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};
use viite_check::scope::Grounds;
use viite_model::{Language, Names, ns};
use viite_query::{Answer, QueryError, QueryOptions, facts::Facts};
use viite_store::Scope;

const THINGS: &str = include_str!("../../../../queries/review/compared.rq");
const PROJECTS: &str = include_str!("../../../../queries/review/projects.rq");

/// A thing of a dimension.
#[derive(Debug, Default)]
pub(super) struct Thing {
    pub(super) label: String,
    /// What the region calls it: the pictures of a resource of the reference, the ends of an integration.
    pub(super) iris: BTreeSet<String>,
    /// What carries it: IRIs with names.
    pub(super) carriers: BTreeMap<String, String>,
}

/// A description, by dimension.
#[derive(Debug, Default)]
pub(super) struct Side {
    pub(super) things: BTreeMap<Dimension, BTreeMap<String, Thing>>,
    /// Each with what it changes.
    pub(super) projects: Vec<(Project, BTreeSet<String>)>,
}

struct Reader<'a> {
    order: &'a SideOrder<'a>,
    facts: Facts<'a>,
    language: Language,
    scope: Scope,
    timeout: Duration,
}

impl Side {
    /// Reads a side. In another region an integration with the reference is one whatever system is at the other end.
    pub(super) fn read(
        order: &SideOrder<'_>,
        names: &Names,
        language: Language,
        elsewhere: bool,
        timeout: Duration,
    ) -> Result<Self, CompareError> {
        let facts = Facts::new(order.snapshot);
        let states = Grounds::of(&facts, names).of_region(&order.region);
        let Some((_, scope)) = states.into_iter().find(|(state, _)| *state == order.state) else {
            return Err(CompareError::NotDescribed {
                region: order.name.name.clone(),
                code: order.name.code.clone(),
                state: order.state,
                at: order.revision.map(|revision| format!(" at revision {revision}")).unwrap_or_default(),
            });
        };
        let reader = Reader { order, facts, language, scope, timeout };
        let mut side = Self::default();
        for row in reader.ask(THINGS)? {
            let (Some(Term::Literal(kind)), Some(thing)) = (row.get("kind"), node(&row, "thing")) else { continue };
            let by = match kind.value() {
                "function" => Dimension::Function,
                "service" => Dimension::Service,
                "data-group" => Dimension::DataGroup,
                _ => Dimension::Integration,
            };
            let original = reader.original(&thing);
            let (key, label, carrier) = match node(&row, "other") {
                None => (original.as_str().to_owned(), reader.label(&original), node(&row, "by")),
                Some(other) => {
                    let mut ends = [original, reader.original(&other)];
                    ends.sort(); // a connection is one in both directions
                    let is_national = |end: &NamedNode| end.as_str().starts_with(ns::REFERENCE);
                    let [a, b] = &ends;
                    match (is_national(a), is_national(b)) {
                        (true, true) => continue, // how national services are connected is none of the region's
                        (true, false) if elsewhere => (a.as_str().to_owned(), reader.label(a), Some(b.clone())),
                        (false, true) if elsewhere => (b.as_str().to_owned(), reader.label(b), Some(a.clone())),
                        _ => (
                            format!("{} {}", a.as_str(), b.as_str()),
                            format!("{} – {}", reader.label(a), reader.label(b)),
                            None,
                        ),
                    }
                }
            };
            let known = side.things.entry(by).or_default().entry(key).or_default();
            known.label = label;
            known.iris.insert(thing.into_string());
            known.iris.extend(node(&row, "other").map(NamedNode::into_string));
            let carrier = carrier.map(|carrier| reader.original(&carrier));
            if let Some(carrier) = carrier.filter(|carrier| !carrier.as_str().starts_with(ns::REFERENCE)) {
                known.carriers.insert(carrier.as_str().to_owned(), reader.label(&carrier));
            }
        }
        let mut projects: BTreeMap<String, (Project, BTreeSet<String>)> = BTreeMap::new();
        for row in reader.ask(PROJECTS)? {
            let Some(project) = node(&row, "project") else { continue };
            let day = |variable: &str| match row.get(variable) {
                Some(Term::Literal(day)) => Some(day.value().to_owned()),
                _ => None,
            };
            let (_, changes) = projects.entry(project.as_str().to_owned()).or_insert_with(|| {
                let told = Project { label: reader.label(&project), from: day("from"), until: day("until") };
                (told, BTreeSet::new())
            });
            changes.extend(node(&row, "thing").map(NamedNode::into_string));
        }
        side.projects = projects.into_values().collect();
        Ok(side)
    }
}

type Row = BTreeMap<String, Term>;

fn node(row: &Row, variable: &str) -> Option<NamedNode> {
    match row.get(variable) {
        Some(Term::NamedNode(node)) => Some(node.clone()),
        _ => None,
    }
}

impl Reader<'_> {
    fn ask(&self, query: &str) -> Result<Vec<Row>, QueryError> {
        let options = QueryOptions {
            scope: self.scope.clone(),
            timeout: Some(self.timeout),
            bindings: vec![(Variable::new_unchecked("region"), self.order.region.clone().into())],
            ..QueryOptions::default()
        };
        let prepared = viite_query::prepare(query)?;
        let Answer::Solutions(solutions) = prepared.run(self.order.snapshot, &options)? else {
            return Ok(Vec::new()); // both are SELECTs
        };
        solutions
            .map(|solution| {
                let solution = solution?;
                Ok(solution.iter().map(|(variable, term)| (variable.as_str().to_owned(), term.clone())).collect())
            })
            .collect()
    }

    fn label(&self, node: &NamedNode) -> String {
        self.facts.label(&node.clone().into(), self.language)
    }

    /// A thing, or the resource of the reference that it is a picture of.
    fn original(&self, node: &NamedNode) -> NamedNode {
        let of = self.facts.objects(&NamedOrBlankNode::from(node.clone()), ns::viite::CORRESPONDS_TO);
        let resources = of.into_iter().filter_map(|term| match term {
            Term::NamedNode(resource) => Some(resource),
            _ => None,
        });
        resources.min().unwrap_or_else(|| node.clone())
    }
}
