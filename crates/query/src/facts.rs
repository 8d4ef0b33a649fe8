//! Reads single facts of a snapshot: names of things in the language of a reader, places in files, decisions.

use oxrdf::{Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Term, TermRef, vocab::xsd};
use spareval::QueryableDataset;
use std::{cell::RefCell, collections::HashMap, sync::Arc};
use viite_model::{Language, ns};
use viite_store::{Scope, Snapshot, View};

/// Facts over all graphs merged, or of one graph.
///
/// ```
/// use oxrdf::{GraphName, Literal, NamedNode, Quad};
/// use viite_model::{Language, ns};
/// let ward = NamedNode::new("http://example.org/ward")?;
/// let name = Literal::new_language_tagged_literal("Osasto", "fi")?;
/// let quad = Quad::new(ward.clone(), ns::rdfs::LABEL, name, GraphName::DefaultGraph);
/// let snapshot = std::sync::Arc::new(viite_store::Snapshot::from_quads([quad])?);
/// let facts = viite_query::facts::Facts::new(&snapshot);
/// assert_eq!(facts.label(&ward.into(), Language::Sv), "Osasto");
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
pub struct Facts<'a> {
    snapshot: &'a Snapshot,
    view: View<'a>,
    labels: RefCell<HashMap<(Term, Language), String>>,
}

impl<'a> Facts<'a> {
    /// The facts of a snapshot.
    pub fn new(snapshot: &'a Arc<Snapshot>) -> Self {
        Self { snapshot, view: View::new(snapshot, &Scope::default()), labels: RefCell::default() }
    }

    /// The names of all graphs that have one.
    pub fn graphs(&self) -> Vec<NamedNode> {
        self.snapshot
            .graph_names()
            .filter_map(|graph| match graph {
                NamedOrBlankNode::NamedNode(graph) => Some(graph),
                NamedOrBlankNode::BlankNode(_) => None,
            })
            .collect()
    }

    /// What the subject is said to have, in any graph.
    pub fn objects(&self, subject: &NamedOrBlankNode, predicate: NamedNodeRef<'_>) -> Vec<Term> {
        self.matches(Some(subject), predicate, None, None).map(|(_, object)| object).collect()
    }

    /// What the subject is said to have in one graph.
    pub fn objects_in(
        &self,
        subject: &NamedOrBlankNode,
        predicate: NamedNodeRef<'_>,
        graph: NamedNodeRef<'_>,
    ) -> Vec<Term> {
        self.matches(Some(subject), predicate, None, Some(graph)).map(|(_, object)| object).collect()
    }

    /// Which subjects are said to have the object in one graph.
    pub fn subjects_in(
        &self,
        predicate: NamedNodeRef<'_>,
        object: TermRef<'_>,
        graph: NamedNodeRef<'_>,
    ) -> Vec<NamedOrBlankNode> {
        self.matches(None, predicate, Some(object), Some(graph))
            .filter_map(|(subject, _)| match subject {
                Term::NamedNode(node) => Some(node.into()),
                Term::BlankNode(node) => Some(node.into()),
                Term::Literal(_) => None,
            })
            .collect()
    }

    fn matches(
        &self,
        subject: Option<&NamedOrBlankNode>,
        predicate: NamedNodeRef<'_>,
        object: Option<TermRef<'_>>,
        graph: Option<NamedNodeRef<'_>>,
    ) -> impl Iterator<Item = (Term, Term)> {
        let view = &self.view;
        // A view without a cancellation token takes in any term and yields every quad.
        let id = |term: Term| view.internalize_term(term).ok();
        let subject = subject.map(|subject| id(subject.clone().into()));
        let predicate = id(predicate.into_owned().into());
        let object = object.map(|object| id(object.into_owned()));
        let graph = graph.map(|graph| id(graph.into_owned().into()));
        let known = predicate.is_some() && [&subject, &object, &graph].iter().all(|term| !matches!(term, Some(None)));
        known
            .then(|| {
                view.internal_quads_for_pattern(
                    subject.flatten().as_ref(),
                    predicate.as_ref(),
                    object.flatten().as_ref(),
                    Some(graph.flatten().as_ref()),
                )
            })
            .into_iter()
            .flatten()
            .filter_map(|quad| {
                let quad = quad.ok()?;
                Some((view.externalize_term(quad.subject).ok()?, view.externalize_term(quad.object).ok()?))
            })
    }

    /// What people call a thing, in this language if it has a name there; a literal's text; of an unnamed connection the
    /// names of its ends; the identifier that another unnamed thing has in its file; else the short IRI.
    pub fn label(&self, term: &Term, language: Language) -> String {
        let subject: NamedOrBlankNode = match term {
            Term::NamedNode(node) => node.clone().into(),
            Term::BlankNode(node) => node.clone().into(),
            Term::Literal(literal) if literal.datatype() == xsd::DATE => return language.day(literal.value()),
            Term::Literal(literal) if [xsd::INTEGER, xsd::DECIMAL].contains(&literal.datatype()) => {
                return language.number(literal.value());
            }
            Term::Literal(literal) => return literal.value().to_owned(),
        };
        let key = (term.clone(), language);
        if let Some(label) = self.labels.borrow().get(&key) {
            return label.clone();
        }
        let name = self.name(&subject, language).map(|name| name.destruct().0);
        let label = name.or_else(|| self.way(&subject, language)).or_else(|| self.unnamed(&subject, language));
        let label = label.unwrap_or_else(|| match term {
            Term::NamedNode(node) => ns::shorten(node.as_str()),
            other => other.to_string(),
        });
        self.labels.borrow_mut().insert(key, label.clone());
        label
    }

    /// The language of the name that [`Self::label`] gives, where it is not the wanted one.
    pub fn label_language(&self, term: &Term, language: Language) -> Option<Language> {
        let subject: NamedOrBlankNode = match term {
            Term::NamedNode(node) => node.clone().into(),
            Term::BlankNode(node) => node.clone().into(),
            Term::Literal(literal) => return literal.language()?.parse().ok().filter(|tag| *tag != language),
        };
        let name = self.name(&subject, language)?;
        name.language()?.parse().ok().filter(|tag| *tag != language)
    }

    /// `Usva → Halla`: a connection that has no name of its own is called by its ends.
    fn way(&self, subject: &NamedOrBlankNode, language: Language) -> Option<String> {
        let end = |predicate| {
            let mut ends = self.objects(subject, predicate);
            // An end that was recognised stands beside its resource of the reference, whose name everybody knows.
            let is_own = |end: &Term| !matches!(end, Term::NamedNode(node) if node.as_str().starts_with(ns::REFERENCE));
            ends.sort_by_cached_key(|end| (is_own(end), end.to_string()));
            ends.into_iter().find_map(|end| match end {
                Term::NamedNode(node) => Some(self.name(&node.into(), language)?.destruct().0),
                _ => None,
            })
        };
        Some(format!("{} → {}", end(ns::viite::SOURCE_END)?, end(ns::viite::TARGET_END)?))
    }

    fn unnamed(&self, subject: &NamedOrBlankNode, language: Language) -> Option<String> {
        let word = match language {
            Language::Fi => "nimetön",
            Language::Sv => "namnlös",
            Language::En => "unnamed",
        };
        self.objects(subject, ns::viite::SOURCE_ID).into_iter().find_map(|id| match id {
            Term::Literal(id) => Some(format!("{word} ({})", id.value())),
            _ => None,
        })
    }

    fn name(&self, subject: &NamedOrBlankNode, language: Language) -> Option<Literal> {
        let order = [language, Language::En, Language::Fi, Language::Sv];
        let rank = |tag: Option<&str>| {
            let known = tag.and_then(|tag| order.iter().position(|wanted| tag == wanted.tag()));
            known.unwrap_or(order.len())
        };
        [ns::rdfs::LABEL, ns::skos::PREF_LABEL, ns::skos::ALT_LABEL].into_iter().find_map(|predicate| {
            self.objects(subject, predicate)
                .into_iter()
                .filter_map(|term| match term {
                    Term::Literal(literal) => Some(literal),
                    _ => None,
                })
                // The text too, so that the choice between two names is always the same.
                .min_by_key(|name| (rank(name.language()), name.value().to_owned()))
        })
    }
}
