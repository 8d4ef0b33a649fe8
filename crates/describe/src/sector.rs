//! One branch of the functions, such as social welfare: which things belong to it.

use crate::{figure::Row, fill::DescribeError};
use oxrdf::{NamedNode, Term, Variable};
use std::{
    collections::{BTreeSet, HashMap, HashSet},
    sync::Arc,
    time::Duration,
};
use viite_query::{Answer, QueryOptions};
use viite_store::{Scope, Snapshot};

/// The functions of the branch: those of the reference, and what a region drew to stand for them.
const FUNCTIONS: &str = "SELECT DISTINCT ?thing ?with WHERE { \
    { ?with skos:broader* ?sector BIND(?with AS ?thing) } UNION \
    { ?with skos:broader* ?sector . ?thing viite:correspondsTo ?with } }";

/// Functions of which it is known which branch they are in.
const PLACED: &str = "SELECT DISTINCT ?thing WHERE { \
    { ?thing a viite:Function ; skos:inScheme ?scheme } UNION { ?thing viite:correspondsTo/skos:inScheme ?scheme } }";

/// What may belong to a branch, with its functions.
const THINGS: &str = "SELECT DISTINCT ?thing ?with WHERE { \
    VALUES ?class { viite:InformationSystem viite:Service viite:Function viite:Process viite:Integration \
        viite:Interface viite:DataStore viite:DataGroup } \
    ?thing a ?class . OPTIONAL { ?thing viite:function ?with } }";

/// A region's own systems, services and functions, which say themselves what they are for or are of no known branch.
const SPEAKING: &str = "SELECT DISTINCT ?thing ?with WHERE { \
    VALUES ?class { viite:InformationSystem viite:Service viite:Function } ?thing a ?class ; viite:inRegion ?with . \
    FILTER NOT EXISTS { ?thing viite:correspondsTo ?picture } }";

/// What stands in the service of something else.
const SERVING: &str = "SELECT DISTINCT ?thing ?with WHERE { \
    VALUES ?class { viite:Process viite:Integration viite:Interface viite:DataStore viite:DataGroup } \
    ?thing a ?class . { ?thing ?p ?with } UNION { ?with ?p ?thing } FILTER(isIRI(?with)) }";

/// Which things a document about a branch of the functions shows.
///
/// A thing that names functions of the reference belongs where they do. A process, an integration, an interface, a data
/// store or a data group that names none belongs where anything belongs that it is related to. A system or a service
/// that names none is told apart: where it belongs is not known.
pub(crate) struct Sector {
    /// Things that may belong to a branch.
    things: HashSet<NamedNode>,
    members: HashSet<NamedNode>,
    /// Systems and services that name no function of the reference, and functions that stand for none.
    pub(crate) unknown: BTreeSet<NamedNode>,
}

impl Sector {
    /// # Errors
    /// When a query takes too long.
    pub(crate) fn of(
        snapshot: &Arc<Snapshot>,
        sector: &NamedNode,
        scopes: &[&Scope],
        timeout: Duration,
    ) -> Result<Self, DescribeError> {
        let mut found = Self { things: HashSet::new(), members: HashSet::new(), unknown: BTreeSet::new() };
        for scope in scopes {
            let pairs = |query| pairs(snapshot, query, sector, scope, timeout);
            let branch: HashSet<NamedNode> = pairs(FUNCTIONS)?.into_iter().map(|(function, _)| function).collect();
            let placed: HashSet<NamedNode> = pairs(PLACED)?.into_iter().map(|(function, _)| function).collect();
            let mut functions: HashMap<NamedNode, Vec<NamedNode>> = HashMap::new();
            for (thing, function) in pairs(THINGS)? {
                functions.entry(thing).or_default().extend(function.filter(|function| placed.contains(function)));
            }
            let mut members = branch.clone();
            members.extend(
                functions
                    .iter()
                    .filter(|(_, functions)| functions.iter().any(|function| branch.contains(function)))
                    .map(|(thing, _)| thing.clone()),
            );
            let silent = |thing: &NamedNode| functions.get(thing).is_none_or(Vec::is_empty);
            let serving: Vec<NamedNode> = pairs(SERVING)?
                .into_iter()
                .filter(|(thing, with)| silent(thing) && with.as_ref().is_some_and(|with| members.contains(with)))
                .map(|(thing, _)| thing)
                .collect();
            let speaking = pairs(SPEAKING)?.into_iter().map(|(thing, _)| thing);
            found.unknown.extend(speaking.filter(|thing| silent(thing) && !placed.contains(thing)));
            members.extend(serving);
            found.members.extend(members);
            found.things.extend(functions.into_keys());
        }
        Ok(found)
    }

    /// Whether a row stands in the document: if what it is about belongs here, or if that is nothing that belongs to a
    /// sector, such as an actor or a class, if anything in the row does or nothing in it could.
    pub(crate) fn shows(&self, row: &Row, key: &str) -> bool {
        let belongs = |term: &Term| match term {
            Term::NamedNode(thing) if self.things.contains(thing) => Some(self.members.contains(thing)),
            _ => None,
        };
        let known: Vec<bool> = row.values().filter_map(belongs).collect();
        row.get(key).and_then(belongs).unwrap_or_else(|| known.is_empty() || known.contains(&true))
    }

    /// Whether a thing is known to belong to the branch.
    pub(crate) fn has(&self, iri: &str) -> bool {
        NamedNode::new(iri).is_ok_and(|thing| self.members.contains(&thing))
    }
}

type Pairs = Vec<(NamedNode, Option<NamedNode>)>;

fn pairs(
    snapshot: &Arc<Snapshot>,
    query: &str,
    sector: &NamedNode,
    scope: &Scope,
    timeout: Duration,
) -> Result<Pairs, DescribeError> {
    let fault = |error| DescribeError::Product { product: "sector".to_owned(), error };
    let options = QueryOptions {
        scope: scope.clone(),
        timeout: Some(timeout),
        bindings: vec![(Variable::new_unchecked("sector"), sector.clone().into())],
        ..QueryOptions::default()
    };
    let query = viite_query::prepare(query).map_err(fault)?;
    let Answer::Solutions(solutions) = query.run(snapshot, &options).map_err(fault)? else {
        return Ok(Vec::new()); // a SELECT gives solutions
    };
    let mut pairs = Vec::new();
    for solution in solutions {
        let solution = solution.map_err(fault)?;
        let node = |name| match solution.get(name) {
            Some(Term::NamedNode(node)) => Some(node.clone()),
            _ => None,
        };
        pairs.extend(node("thing").map(|thing| (thing, node("with"))));
    }
    Ok(pairs)
}
