//! What validation found.

use crate::vocabulary as sh;
use crate::{Path, message};
use oxrdf::vocab::rdf;
use oxrdf::{BlankNode, Graph, Literal, NamedNode, NamedOrBlankNode, Term, Triple};
use viite_model::{Language, Severity};

/// All that validation found.
#[derive(Debug, Clone, Default)]
pub struct Validation {
    /// What breaks the shapes: sorted, and the same for the same data and shapes.
    pub violations: Vec<Violation>,
    /// How many nodes each shape with a target looked at. A shape that concerned nothing says nothing of the data.
    pub coverage: Vec<Concerned>,
}

/// How many nodes a shape looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Concerned {
    /// The shape.
    pub shape: Term,
    /// Its names, in the languages that it has them in.
    pub names: Vec<Literal>,
    /// How many nodes its targets chose.
    pub nodes: usize,
}

/// A node that breaks a constraint (`sh:ValidationResult`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// The node judged (`sh:focusNode`).
    pub focus: Term,
    /// Where in it (`sh:resultPath`).
    pub path: Option<Path>,
    /// The value that breaks the constraint, when it is one value (`sh:value`).
    pub value: Option<Term>,
    /// The kind of constraint (`sh:sourceConstraintComponent`).
    pub component: NamedNode,
    /// The shape that the constraint belongs to (`sh:sourceShape`); a blank node where the file gives it no name.
    pub shape: Term,
    /// The shape with the target that chose the node. With focus, path, value and component it makes up an
    /// identity that is the same in every run, if the file names it.
    pub target_shape: Term,
    /// `sh:severity` as the shape has it; `sh:Violation` when it has none.
    pub severity: NamedNode,
    /// `sh:message` of the shape, in the languages that it has them in.
    pub messages: Vec<Literal>,
    /// What breaks the shape that `sh:node` refers to.
    pub details: Vec<Violation>,
    /// What the constraint asks, for the text when the shape has no message.
    pub(crate) asked: message::Asked,
}

impl Validation {
    /// Whether nothing was found, whatever its severity.
    pub fn conforms(&self) -> bool {
        self.violations.is_empty()
    }

    /// The report in the RDF of SHACL (section 3).
    pub fn to_graph(&self) -> Graph {
        let mut triples = Vec::new();
        let report = BlankNode::default();
        triples.push(Triple::new(report.clone(), rdf::TYPE, sh::VALIDATION_REPORT));
        triples.push(Triple::new(report.clone(), sh::CONFORMS, Literal::from(self.conforms())));
        for violation in &self.violations {
            let node = violation.describe(&mut triples);
            triples.push(Triple::new(report.clone(), sh::RESULT, node));
        }
        triples.into_iter().collect()
    }
}

impl Violation {
    /// The severity as rules have it. One that SHACL does not know counts as a violation.
    pub fn severity(&self) -> Severity {
        match self.severity.as_str().strip_prefix(sh::SH) {
            Some("Warning") => Severity::Warning,
            Some("Info") => Severity::Info,
            _ => Severity::Violation,
        }
    }

    /// What to tell a reader: the shape's own message in this language, else in another, else what the constraint asks.
    pub fn message(&self, language: Language) -> String {
        let own = |tag: Option<&str>| self.messages.iter().find(|message| message.language() == tag);
        own(Some(language.tag()))
            .or_else(|| own(None))
            .or_else(|| self.messages.first())
            .map_or_else(|| message::of(self, language), |message| message.value().to_owned())
    }

    fn describe(&self, triples: &mut Vec<Triple>) -> BlankNode {
        let node = BlankNode::default();
        let subject = NamedOrBlankNode::from(node.clone());
        let mut say = |predicate, object| triples.push(Triple::new(subject.clone(), predicate, object));
        say(rdf::TYPE.into_owned(), Term::from(sh::VALIDATION_RESULT));
        say(sh::FOCUS_NODE.into_owned(), self.focus.clone());
        say(sh::RESULT_SEVERITY.into_owned(), self.severity.clone().into());
        say(sh::SOURCE_SHAPE.into_owned(), self.shape.clone());
        say(sh::SOURCE_CONSTRAINT_COMPONENT.into_owned(), self.component.clone().into());
        for message in &self.messages {
            say(sh::RESULT_MESSAGE.into_owned(), message.clone().into());
        }
        if let Some(value) = &self.value {
            say(sh::VALUE.into_owned(), value.clone());
        }
        if let Some(path) = &self.path {
            let path = path.to_rdf(triples);
            triples.push(Triple::new(node.clone(), sh::RESULT_PATH, path));
        }
        for detail in &self.details {
            let detail = detail.describe(triples);
            triples.push(Triple::new(node.clone(), sh::DETAIL, detail));
        }
        node
    }
}
