//! The data as validation asks it.

use crate::Path;
use oxrdf::vocab::{rdf, rdfs};
use oxrdf::{NamedNodeRef, Term, TermRef};
use rustc_hash::{FxHashMap, FxHashSet};
use spareval::QueryableDataset;
use std::cell::RefCell;
use std::rc::Rc;
use viite_store::{Scope, Snapshot, TermId, View};

/// The part of a snapshot that validation sees.
pub(crate) struct Data<'a> {
    view: View<'a>,
    /// A class with its subclasses, which many shapes ask for again and again.
    classes: RefCell<FxHashMap<TermId, Rc<FxHashSet<TermId>>>>,
}

impl<'a> Data<'a> {
    pub(crate) fn new(snapshot: &'a Snapshot, scope: &Scope) -> Self {
        Self { view: View::new(snapshot, scope), classes: RefCell::default() }
    }

    /// The number of a term, which need not be in the data.
    pub(crate) fn id<'t>(&self, term: impl Into<TermRef<'t>>) -> TermId {
        match self.view.internalize_term(term.into().into_owned()) {
            Ok(id) => id,
            Err(never) => unreachable!("{never}: the view has no cancellation token"),
        }
    }

    pub(crate) fn term(&self, id: TermId) -> Term {
        match self.view.externalize_term(id) {
            Ok(term) => term,
            Err(never) => unreachable!("{never}: the view has no cancellation token"),
        }
    }

    /// The triples that match, as subject, predicate, object.
    pub(crate) fn triples(
        &self,
        subject: Option<TermId>,
        predicate: Option<TermId>,
        object: Option<TermId>,
    ) -> impl Iterator<Item = [TermId; 3]> + use<'a> {
        self.view
            .internal_quads_for_pattern(subject.as_ref(), predicate.as_ref(), object.as_ref(), Some(None))
            .filter_map(Result::ok) // the only error is a cancellation, and nobody can cancel
            .map(|quad| [quad.subject, quad.predicate, quad.object])
    }

    pub(crate) fn objects(
        &self,
        subject: TermId,
        predicate: NamedNodeRef<'_>,
    ) -> impl Iterator<Item = TermId> + use<'a> {
        self.triples(Some(subject), Some(self.id(predicate)), None).map(|[_, _, object]| object)
    }

    /// The class and everything below it.
    pub(crate) fn subclasses(&self, class: TermId) -> Rc<FxHashSet<TermId>> {
        if let Some(known) = self.classes.borrow().get(&class) {
            return Rc::clone(known);
        }
        let below = self.id(rdfs::SUB_CLASS_OF);
        let mut found = FxHashSet::from_iter([class]);
        let mut open = vec![class];
        while let Some(class) = open.pop() {
            open.extend(
                self.triples(None, Some(below), Some(class)).map(|[sub, ..]| sub).filter(|sub| found.insert(*sub)),
            );
        }
        let found = Rc::new(found);
        self.classes.borrow_mut().insert(class, Rc::clone(&found));
        found
    }

    /// Whether a node is an instance of a class or of a class below it.
    pub(crate) fn is_a(&self, node: TermId, class: TermId) -> bool {
        let classes = self.subclasses(class);
        self.objects(node, rdf::TYPE).any(|class| classes.contains(&class))
    }

    /// The nodes that a path leads to, each once.
    pub(crate) fn follow(&self, path: &Path, from: TermId) -> Vec<TermId> {
        let mut found = Vec::new();
        let mut seen = FxHashSet::default();
        self.walk(path, from, false, &mut |node| {
            if seen.insert(node) {
                found.push(node);
            }
        });
        found
    }

    fn walk(&self, path: &Path, from: TermId, backwards: bool, found: &mut dyn FnMut(TermId)) {
        match path {
            Path::Predicate(predicate) => {
                let predicate = Some(self.id(predicate));
                if backwards {
                    self.triples(None, predicate, Some(from)).for_each(|[subject, ..]| found(subject));
                } else {
                    self.triples(Some(from), predicate, None).for_each(|[.., object]| found(object));
                }
            }
            Path::Inverse(inner) => self.walk(inner, from, !backwards, found),
            Path::Sequence(steps) => {
                let mut steps: Vec<_> = steps.iter().collect();
                if backwards {
                    steps.reverse();
                }
                let mut nodes = vec![from];
                for step in steps {
                    let mut seen = FxHashSet::default();
                    let mut next = Vec::new();
                    for node in nodes {
                        self.walk(step, node, backwards, &mut |node| {
                            if seen.insert(node) {
                                next.push(node);
                            }
                        });
                    }
                    nodes = next;
                }
                nodes.into_iter().for_each(found);
            }
            Path::Alternative(paths) => paths.iter().for_each(|path| self.walk(path, from, backwards, found)),
            Path::ZeroOrOne(inner) => {
                found(from);
                self.walk(inner, from, backwards, found);
            }
            Path::ZeroOrMore(inner) => {
                found(from);
                self.closure(inner, from, backwards, found);
            }
            Path::OneOrMore(inner) => self.closure(inner, from, backwards, found),
        }
    }

    /// Everything that one or more steps lead to.
    fn closure(&self, inner: &Path, from: TermId, backwards: bool, found: &mut dyn FnMut(TermId)) {
        let mut seen = FxHashSet::default();
        let mut open = vec![from];
        while let Some(node) = open.pop() {
            self.walk(inner, node, backwards, &mut |next| {
                if seen.insert(next) {
                    open.push(next);
                    found(next);
                }
            });
        }
    }
}
