//! Which resource of the reference a name stands for, how sure that is, and why.
//!
//! A name is looked for as it is, then in another form of its words, then without what people write around names; what
//! is found so is *certain* when it is one resource only. What is merely like a name is a candidate for a person.

mod decoration;
mod reference;
mod words;

use decoration::Decoration;
use oxrdf::{NamedNode, NamedNodeRef};
use reference::{Index, Name, Names, Resource};
use serde::Serialize;
use std::{cmp::Ordering, collections::BTreeMap};
use viite_model::{Language, ns};
use viite_store::Snapshot;
use words::words;

/// What may be identified with what: only things of one kind.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Systems and services of a region with national services and data stores.
    Service,
    /// Organisations and regions.
    Actor,
    /// Data that belong together.
    DataGroup,
    /// What a service or system does.
    Function,
}

impl Kind {
    /// The kind of a region's element, from its class.
    pub(crate) fn of_element(class: &str) -> Option<Self> {
        match class.strip_prefix(ns::VIITE)? {
            "Function" => Some(Self::Function),
            "Actor" | "Region" => Some(Self::Actor),
            "DataGroup" => Some(Self::DataGroup),
            "InformationSystem" | "Service" | "NationalService" | "DataStore" => Some(Self::Service),
            _ => None,
        }
    }

    /// The kind of a reference resource, from its class.
    fn of_reference(class: &str) -> Option<Self> {
        match class.strip_prefix(ns::VIITE)? {
            "Function" => Some(Self::Function),
            "Actor" | "Region" | "CollaborationArea" => Some(Self::Actor),
            "DataGroup" => Some(Self::DataGroup),
            "NationalService" | "DataStore" => Some(Self::Service),
            _ => None,
        }
    }
}

/// Properties by which a thing is recognised.
pub(crate) const NAMES: [NamedNodeRef<'static>; 4] =
    [ns::rdfs::LABEL, ns::skos::PREF_LABEL, ns::skos::ALT_LABEL, ns::skos::HIDDEN_LABEL];

/// Why a name is taken for that of a resource, the strongest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// It is the resource's IRI, short name or business identity code.
    Identifier,
    /// It is the name that the reference shows.
    Name,
    /// It is another name that the reference knows.
    Alias,
    /// It is a name in another form of its words: *Kannan potilastiedon arkistoon*.
    Inflected,
    /// It is a name with decoration around it: *INT_Reseptikeskus (tuotanto)*.
    Decorated,
    /// It is a word of the language too: a short name (*ura*, *luova*), or what any service of the kind is called (*PHR*).
    Word,
    /// It is the name of several resources.
    Ambiguous,
    /// It names a thing of another kind than the element is: a data object called *Omakanta*.
    OtherKind,
    /// It contains a name, with more around it.
    Contains,
    /// Its letters are nearly those of a name.
    Similar,
}

impl Reason {
    /// How sure the reason alone makes it, from 0 to 1.
    fn score(self) -> f64 {
        match self {
            Self::Identifier | Self::Name => 1.0,
            Self::Alias => 0.98,
            Self::Inflected => 0.95,
            Self::Decorated => 0.92,
            Self::Word | Self::Ambiguous => 0.7,
            Self::OtherKind => 0.6,
            Self::Contains | Self::Similar => 0.5,
        }
    }

    /// Whether a name that one resource alone has for this reason is linked without asking.
    fn is_certain(self) -> bool {
        self <= Self::Decorated
    }
}

/// A resource that a name may stand for.
#[derive(Clone, PartialEq, Debug)]
pub struct Candidate {
    /// The resource.
    pub resource: NamedNode,
    /// What kind of thing it is.
    pub kind: Kind,
    /// From 0 to 1. Certain ones have more than 0.9, doubtful ones less.
    pub score: f64,
    /// Why.
    pub reason: Reason,
    /// The name of the resource that the text was compared with.
    pub name: String,
}

impl Candidate {
    /// The same, when there are others that it may be as well.
    pub(crate) fn ambiguous(self) -> Self {
        Self { reason: Reason::Ambiguous, score: Reason::Ambiguous.score(), ..self }
    }
}

/// What a name stands for: one resource for certain, or candidates, or nothing.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Match {
    /// The resource, when there is no doubt.
    pub certain: Option<Candidate>,
    /// Those that a person should look at, the likeliest first. None when one is certain.
    pub candidates: Vec<Candidate>,
}

/// How many candidates are worth a person's time.
const CANDIDATES: usize = 5;
/// From this likeness on (Damerau-Levenshtein, 1 is the same) a name is worth a person's look.
const LIKE: f64 = 0.84;
/// A form of a word with fewer letters than this may as well be another word.
const TELLING: usize = 7;
/// A name with at most so many letters, written in lower case, may be a word of the language: *ura*, *luova*.
const SHORT: usize = 5;

/// Finds the resource of the reference that a name stands for.
///
/// ```
/// use oxrdf::{Literal, NamedNode, Quad};
/// use viite_model::{graphs, ns};
/// use viite_review::{Matcher, Reason};
/// let graph = graphs::reference_package("services", "1");
/// let store = NamedNode::new("https://w3id.org/viite/reference/service/prescriptions")?;
/// let class = NamedNode::new("https://w3id.org/viite/ns#NationalService")?;
/// let name = Literal::new_language_tagged_literal("Reseptikeskus", "fi")?;
/// let reference = viite_store::Snapshot::from_quads([
///     Quad::new(store.clone(), ns::rdf::TYPE, class, graph.clone()),
///     Quad::new(store.clone(), ns::rdfs::LABEL, name, graph),
/// ])?;
/// let matcher = Matcher::of(&reference);
/// let found = matcher.find("INT_Reseptikeskuksen rajapinta (tuotanto)", None, None).certain.unwrap();
/// assert_eq!((found.resource, found.reason), (store, Reason::Decorated));
/// assert_eq!(matcher.find("Reseptiarkisto", None, None).certain, None);
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
pub struct Matcher {
    names: Names,
}

/// What a way of looking found: names, with the reason why.
type Found<'m> = BTreeMap<Index, (Reason, &'m Name)>;

impl Matcher {
    /// Learns the names that the reference graphs of a snapshot give to services, actors, data groups and functions.
    pub fn of(reference: &Snapshot) -> Self {
        Self { names: Names::of(reference) }
    }

    /// Finds what a text stands for. Forms of words in its language, if that is known, go before those in others (people
    /// give languages wrong); kinds, if they are given, are those that the thing can be.
    pub fn find(&self, text: &str, language: Option<Language>, kinds: Option<&[Kind]>) -> Match {
        let fits =
            |resource: &Resource| kinds.is_none_or(|kinds| kinds.iter().any(|kind| resource.kinds.contains(kind)));
        if let Some(index) = self.names.identified(text.trim()) {
            let resource = self.names.resource(index);
            let reason = if fits(resource) { Reason::Identifier } else { Reason::OtherKind };
            return self.verdict([candidate(resource, reason, reason.score(), text.trim().to_owned())].into());
        }
        let mut all = self.named(text, language);
        if all.is_empty() && language.is_some() {
            all = self.named(text, None);
        }
        let (fitting, others): (Found<'_>, Found<'_>) =
            all.into_iter().partition(|(resource, _)| fits(self.names.resource(*resource)));
        let mut candidates: Vec<Candidate> = self.without_yielding(&fitting);
        if candidates.is_empty() {
            // What another kind of thing stands for is told only of services, whose names are no common words.
            candidates = others
                .into_iter()
                .map(|(resource, (_, name))| (self.names.resource(resource), name))
                .filter(|(resource, _)| resource.kinds.contains(&Kind::Service))
                .map(|(resource, name)| {
                    candidate(resource, Reason::OtherKind, Reason::OtherKind.score(), name.text.clone())
                })
                .collect();
            candidates.extend(self.contained(text).filter(|(resource, _)| fits(resource)).map(|(_, found)| found));
            candidates.extend(self.similar(text).filter(|(resource, _)| fits(resource)).map(|(_, found)| found));
        }
        self.verdict(candidates)
    }

    fn verdict(&self, mut candidates: Vec<Candidate>) -> Match {
        if candidates.len() > 1 {
            let open =
                |candidate: Candidate| if candidate.reason.is_certain() { candidate.ambiguous() } else { candidate };
            candidates = candidates.into_iter().map(open).collect();
        }
        candidates.sort_by(|a, b| {
            let by_score = b.score.partial_cmp(&a.score).unwrap_or(Ordering::Equal);
            by_score.then_with(|| (a.kind, &a.resource, a.reason).cmp(&(b.kind, &b.resource, b.reason)))
        });
        let mut seen = Vec::new();
        candidates.retain(|candidate| {
            let new = !seen.contains(&candidate.resource);
            seen.push(candidate.resource.clone());
            new
        });
        if let [only] = &candidates[..]
            && only.reason.is_certain()
        {
            return Match { certain: candidates.pop(), candidates };
        }
        candidates.truncate(CANDIDATES);
        Match { certain: None, candidates }
    }

    /// The resources with the name, in any of the ways that can be certain. The first way that finds any is taken.
    fn named(&self, text: &str, language: Option<Language>) -> Found<'_> {
        let whole = words(text);
        if whole.is_empty() {
            return Found::new();
        }
        let found = self.exactly(text, &whole, language);
        if !found.is_empty() {
            return Self::doubting(found, &whole);
        }
        let (outside, inside) = brackets(text);
        let core = words(&outside);
        let found = self.decorated(&outside, &core, language);
        if inside.is_empty() {
            return found;
        }
        let decoration = Decoration::shipped();
        // What stands in brackets must say nothing else than what stands before them.
        let says_nothing = inside.iter().all(|word| decoration.is_general(word) || decoration.is_installation(word));
        let others = if says_nothing { Found::new() } else { self.decorated(text, &inside, language) };
        found
            .into_iter()
            .filter(|(resource, _)| {
                says_nothing
                    || others.contains_key(resource)
                    || others.keys().any(|other| self.names.resource(*resource).context.contains(other))
            })
            .collect()
    }

    /// The name as it is, or in another form of its words.
    fn exactly(&self, text: &str, words: &[String], language: Option<Language>) -> Found<'_> {
        let letters = words.iter().map(|word| word.chars().count()).sum::<usize>();
        let lower = !text.chars().any(char::is_uppercase);
        let mut found = Found::new();
        for name in self.names.spelled(words) {
            let acronym = name.text.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
            let is_actor = self.names.resource(name.resource).kinds.contains(&Kind::Actor);
            let doubtful = lower && letters <= SHORT && (acronym || is_actor || letters <= 3);
            let reason = match (doubtful, name.is_label) {
                (true, _) => Reason::Word,
                (false, true) => Reason::Name,
                (false, false) => Reason::Alias,
            };
            keep(&mut found, reason, name);
        }
        if found.is_empty() {
            for name in self.names.inflected(words, language) {
                let same_beginning = name.joined.chars().zip(words.concat().chars()).take(3).all(|(a, b)| a == b);
                if same_beginning {
                    let telling = letters >= TELLING && name.joined.chars().count() >= TELLING;
                    keep(&mut found, if telling { Reason::Inflected } else { Reason::Word }, name);
                }
            }
        }
        found
    }

    /// What anything of the kind is called names nothing of the reference for certain.
    fn doubting<'m>(mut found: Found<'m>, words: &[String]) -> Found<'m> {
        if Decoration::shipped().is_generic(words) {
            for (reason, _) in found.values_mut() {
                *reason = Reason::Word.max(*reason);
            }
        }
        found
    }

    /// The name without what stands around it: versions, installations, vendors; for services, what says that it is a
    /// connection or a system; and the names of those to whom the resource belongs.
    fn decorated(&self, text: &str, core: &[String], language: Option<Language>) -> Found<'_> {
        let decoration = Decoration::shipped();
        let general = trim(core, |word| decoration.is_general(word));
        let found = self.in_context(text, general, language);
        if !found.is_empty() {
            return as_decorated(found, general.len() < core.len());
        }
        let is_connection = |word: &str| decoration.is_general(word) || decoration.is_connection(word);
        let connected = trim(core, is_connection);
        let glued = connected.split_last().and_then(|(last, before)| {
            let bare = decoration.without_compound(last)?.to_owned();
            Some([before, &[bare]].concat())
        });
        let installed = trim(core, |word| is_connection(word) || decoration.is_installation(word));
        let spelled_out = [connected, glued.as_deref().unwrap_or_default()].map(|words| (words, true));
        for (words, may_be_inflected) in spelled_out.into_iter().chain([(installed, false)]) {
            let mut found = self.in_context(text, words, language);
            found.retain(|resource, (reason, _)| {
                let is_service = self.names.resource(*resource).kinds.contains(&Kind::Service);
                is_service && (may_be_inflected || *reason <= Reason::Alias)
            });
            if !found.is_empty() {
                let short = words.concat().chars().count() <= SHORT && !text.chars().any(char::is_uppercase);
                for (reason, _) in found.values_mut().filter(|_| short) {
                    *reason = Reason::Word;
                }
                return as_decorated(found, true);
            }
        }
        Found::new()
    }

    /// The name, or the name beside that of an owner or of the whole that the resource is a part of: *Kelan Omakanta*,
    /// *Kannan potilastiedon arkistoon*, *Patientdataarkivet i Kanta*.
    fn in_context(&self, text: &str, words: &[String], language: Option<Language>) -> Found<'_> {
        let found = self.exactly(text, words, language);
        if !found.is_empty() || words.len() < 2 {
            return Self::doubting(found, words);
        }
        let mut found = Found::new();
        let cuts = (1..words.len()).map(|at| words.split_at(at));
        let joined = |after| Decoration::shipped().without_joint(after);
        for (beside, rest) in cuts.flat_map(|(before, after)| [(before, after), (joined(after), before)]) {
            let owners: Vec<Index> = self
                .names
                .spelled(beside)
                .chain(self.names.inflected(beside, language))
                .map(|name| name.resource)
                .collect();
            for (resource, (reason, name)) in self.exactly(text, rest, language) {
                if owners.iter().any(|owner| self.names.resource(resource).context.contains(owner)) {
                    keep(&mut found, reason.max(Reason::Inflected), name);
                }
            }
        }
        found
    }

    /// Where a service and what it does or holds have one name, the name is the service's.
    fn without_yielding(&self, found: &Found<'_>) -> Vec<Candidate> {
        let yields = |one: &Index| {
            found.keys().any(|other| other != one && self.names.resource(*other).stands_before.contains(one))
        };
        found
            .iter()
            .filter(|(resource, _)| !yields(resource))
            .map(|(resource, (reason, name))| {
                candidate(self.names.resource(*resource), *reason, reason.score(), name.text.clone())
            })
            .collect()
    }

    /// Services whose name is a part of the text.
    fn contained(&self, text: &str) -> impl Iterator<Item = (&Resource, Candidate)> {
        let words = words(text);
        let letters = words.concat().chars().count();
        let mut found: Found<'_> = Found::new();
        for start in 0..words.len() {
            for end in start + 1..=words.len().min(start + 5) {
                let part = &words[start..end];
                if part.len() == words.len() || part.concat().chars().count() < TELLING {
                    continue;
                }
                for name in self.names.spelled(part).chain(self.names.inflected(part, None)) {
                    keep(&mut found, Reason::Contains, name);
                }
            }
        }
        found.into_iter().filter_map(move |(resource, (reason, name))| {
            let resource = self.names.resource(resource);
            let share = name.joined.chars().count() as f64 / letters.max(1) as f64;
            let score = (Reason::Contains.score() + 0.35 * share.min(1.0)).min(0.85);
            resource
                .kinds
                .contains(&Kind::Service)
                .then(|| (resource, candidate(resource, reason, score, name.text.clone())))
        })
    }

    /// Resources with a name of nearly the same letters.
    fn similar(&self, text: &str) -> impl Iterator<Item = (&Resource, Candidate)> {
        let decoration = Decoration::shipped();
        let core = words(&brackets(text).0);
        let joined = trim(&core, |word| decoration.is_general(word)).concat();
        let letters = joined.chars().count();
        let mut found: BTreeMap<Index, (f64, &Name)> = BTreeMap::new();
        for name in self.names.alike(&joined) {
            let other = name.joined.chars().count();
            if letters.min(other) < TELLING || letters.abs_diff(other) * 4 > letters.max(other) {
                continue;
            }
            let likeness = strsim::normalized_damerau_levenshtein(&joined, &name.joined);
            if likeness >= LIKE && found.get(&name.resource).is_none_or(|(best, _)| likeness > *best) {
                found.insert(name.resource, (likeness, name));
            }
        }
        found.into_iter().map(|(resource, (likeness, name))| {
            let resource = self.names.resource(resource);
            (resource, candidate(resource, Reason::Similar, (likeness * 0.9).min(0.88), name.text.clone()))
        })
    }
}

fn candidate(resource: &Resource, reason: Reason, score: f64, name: String) -> Candidate {
    let kind = resource.kinds.first().copied().unwrap_or(Kind::Service);
    Candidate { resource: resource.iri.clone(), kind, score, reason, name }
}

/// The same, said to be found without decoration if some was taken away.
fn as_decorated(mut found: Found<'_>, decorated: bool) -> Found<'_> {
    for (reason, _) in found.values_mut().filter(|(reason, _)| decorated && reason.is_certain()) {
        *reason = Reason::Decorated;
    }
    found
}

/// Notes a name of a resource, unless a stronger reason is known; of two names with one reason, always the same.
fn keep<'m>(found: &mut Found<'m>, reason: Reason, name: &'m Name) {
    let better = found.get(&name.resource).is_none_or(|(known, other)| (reason, &name.text) < (*known, &other.text));
    if better {
        found.insert(name.resource, (reason, name));
    }
}

/// The words without those at both ends that say nothing; all of them, when none would be left.
fn trim(words: &[String], says_nothing: impl Fn(&str) -> bool) -> &[String] {
    let Some(start) = words.iter().position(|word| !says_nothing(word)) else { return words };
    let end = words.iter().rposition(|word| !says_nothing(word)).map_or(words.len(), |last| last + 1);
    &words[start..end]
}

/// The text outside of brackets, and the words within them.
fn brackets(text: &str) -> (String, Vec<String>) {
    let (mut outside, mut inside, mut depth) = (String::new(), String::new(), 0_usize);
    for character in text.chars() {
        match character {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => outside.push(character),
            _ => inside.push(character),
        }
        if matches!(character, '(' | '[' | ')' | ']') {
            outside.push(' ');
            inside.push(' ');
        }
    }
    (outside, words(&inside))
}
