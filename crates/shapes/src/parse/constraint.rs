//! The constraints of a shape, in the order of the specification's section 4.

use super::Loader;
use crate::ShapesError;
use crate::shape::{Bound, Constraint, NodeKind, Qualified, ShapeId};
use crate::vocabulary as sh;
use oxrdf::{Literal, NamedNode, NamedOrBlankNodeRef, Term};
use regex::RegexBuilder;

/// As large as SPARQL's REGEX allows.
const REGEX_SIZE_LIMIT: usize = 1_000_000;

/// Makes a constraint of its parameter.
type Maker<P> = fn(P) -> Constraint;

/// `sh:<name>`
fn parameter(name: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{}{name}", sh::SH))
}

impl Loader<'_> {
    pub(super) fn constraints(&mut self, node: &Term, has_path: bool) -> Result<Vec<Constraint>, ShapesError> {
        let mut found = Vec::new();
        self.of_type(node, &mut found)?;
        self.of_counts(node, has_path, &mut found)?;
        self.of_literals(node, &mut found)?;
        self.of_pairs(node, has_path, &mut found)?;
        self.of_shapes(node, has_path, &mut found)?;
        self.of_values(node, &mut found)?;
        Ok(found)
    }

    fn of_type(&self, node: &Term, found: &mut Vec<Constraint>) -> Result<(), ShapesError> {
        let reader = &self.reader;
        found.extend(reader.all(node, parameter("class").as_ref()).into_iter().map(Constraint::Class));
        found.extend(reader.one_iri(node, parameter("datatype").as_ref())?.map(Constraint::Datatype));
        if let Some(kind) = reader.one_iri(node, parameter("nodeKind").as_ref())? {
            let local = kind.as_str().strip_prefix(sh::SH).unwrap_or_default();
            let [iri, blank, literal] = match local {
                "IRI" => [true, false, false],
                "BlankNode" => [false, true, false],
                "Literal" => [false, false, true],
                "BlankNodeOrIRI" => [true, true, false],
                "IRIOrLiteral" => [true, false, true],
                "BlankNodeOrLiteral" => [false, true, true],
                _ => {
                    let kinds =
                        "sh:IRI, sh:BlankNode, sh:Literal, sh:BlankNodeOrIRI, sh:IRIOrLiteral, sh:BlankNodeOrLiteral";
                    return Err(reader.ill_formed(node, format!("sh:nodeKind {kind} is none of {kinds}")));
                }
            };
            found.push(Constraint::NodeKind(NodeKind { iri, blank, literal }));
        }
        Ok(())
    }

    fn of_counts(&self, node: &Term, has_path: bool, found: &mut Vec<Constraint>) -> Result<(), ShapesError> {
        let kinds: [(&str, Maker<u64>); 2] = [("minCount", Constraint::MinCount), ("maxCount", Constraint::MaxCount)];
        for (name, make) in kinds {
            if let Some(count) = self.reader.one_count(node, parameter(name).as_ref())? {
                self.needs_path(node, has_path, name)?;
                found.push(make(count));
            }
        }
        Ok(())
    }

    fn needs_path(&self, node: &Term, has_path: bool, name: &str) -> Result<(), ShapesError> {
        if has_path {
            return Ok(());
        }
        Err(self.reader.ill_formed(node, format!("sh:{name} belongs to a property shape, which has sh:path")))
    }

    fn of_literals(&self, node: &Term, found: &mut Vec<Constraint>) -> Result<(), ShapesError> {
        let reader = &self.reader;
        let bounds = [
            ("minExclusive", Bound::MinExclusive),
            ("minInclusive", Bound::MinInclusive),
            ("maxExclusive", Bound::MaxExclusive),
            ("maxInclusive", Bound::MaxInclusive),
        ];
        for (name, bound) in bounds {
            match reader.one(node, parameter(name).as_ref())? {
                Some(Term::Literal(literal)) => found.push(Constraint::Range(bound, literal)),
                Some(other) => {
                    return Err(reader.ill_formed(node, format!("sh:{name} has to be a literal, not {other}")));
                }
                None => {}
            }
        }
        found.extend(reader.one_count(node, parameter("minLength").as_ref())?.map(Constraint::MinLength));
        found.extend(reader.one_count(node, parameter("maxLength").as_ref())?.map(Constraint::MaxLength));
        let flags: String = reader.texts(node, sh::FLAGS)?.iter().map(Literal::value).collect();
        for pattern in reader.texts(node, parameter("pattern").as_ref())? {
            found.push(self.pattern(node, pattern.value(), &flags)?);
        }
        if let Some(head) = reader.one(node, parameter("languageIn").as_ref())? {
            let tags = reader.list(node, parameter("languageIn").as_ref(), head)?;
            let tags = tags.into_iter().map(|tag| match tag {
                Term::Literal(tag) => Ok(tag.value().to_owned()),
                other => Err(reader.ill_formed(node, format!("sh:languageIn lists {other}, not a language tag"))),
            });
            found.push(Constraint::LanguageIn(tags.collect::<Result<_, _>>()?));
        }
        if reader.is_true(node, parameter("uniqueLang").as_ref()) {
            found.push(Constraint::UniqueLang);
        }
        Ok(())
    }

    /// The flags are those of SPARQL's REGEX.
    fn pattern(&self, node: &Term, pattern: &str, flags: &str) -> Result<Constraint, ShapesError> {
        let literal = flags.contains('q').then(|| regex::escape(pattern));
        let mut builder = RegexBuilder::new(literal.as_deref().unwrap_or(pattern));
        builder.size_limit(REGEX_SIZE_LIMIT);
        for flag in flags.chars() {
            match flag {
                's' => builder.dot_matches_new_line(true),
                'm' => builder.multi_line(true),
                'i' => builder.case_insensitive(true),
                'x' => builder.ignore_whitespace(true),
                'q' => &mut builder,
                _ => return Err(self.reader.ill_formed(node, format!("sh:flags knows s, m, i, x and q, not {flag}"))),
            };
        }
        match builder.build() {
            Ok(regex) => Ok(Constraint::Pattern(regex, pattern.to_owned())),
            Err(error) => Err(self.reader.ill_formed(node, format!("sh:pattern is no regular expression: {error}"))),
        }
    }

    fn of_pairs(&self, node: &Term, has_path: bool, found: &mut Vec<Constraint>) -> Result<(), ShapesError> {
        let kinds: [(&str, bool, Maker<NamedNode>); 4] = [
            ("equals", false, Constraint::Equals),
            ("disjoint", false, Constraint::Disjoint),
            ("lessThan", true, Constraint::LessThan),
            ("lessThanOrEquals", true, Constraint::LessThanOrEquals),
        ];
        for (name, path_needed, make) in kinds {
            let properties = self.reader.iris(node, parameter(name).as_ref())?;
            if !properties.is_empty() {
                self.needs_path(node, has_path || !path_needed, name)?;
            }
            found.extend(properties.into_iter().map(make));
        }
        Ok(())
    }

    fn of_shapes(&mut self, node: &Term, has_path: bool, found: &mut Vec<Constraint>) -> Result<(), ShapesError> {
        for inner in self.reader.all(node, parameter("not").as_ref()) {
            found.push(Constraint::Not(self.shape(&inner)?));
        }
        let kinds: [(&str, Maker<Vec<ShapeId>>); 3] =
            [("and", Constraint::And), ("or", Constraint::Or), ("xone", Constraint::Xone)];
        for (name, make) in kinds {
            for head in self.reader.all(node, parameter(name).as_ref()) {
                let members = self.reader.list(node, parameter(name).as_ref(), head)?;
                let members = members.iter().map(|member| self.shape(member)).collect::<Result<_, _>>()?;
                found.push(make(members));
            }
        }
        for inner in self.reader.all(node, sh::NODE) {
            let id = self.shape(&inner)?;
            if self.shapes[id].as_ref().is_some_and(|shape| shape.path.is_some()) {
                return Err(self.reader.ill_formed(node, "sh:node refers to a property shape: use sh:property"));
            }
            found.push(Constraint::Node(id));
        }
        for inner in self.reader.all(node, sh::PROPERTY) {
            let id = self.shape(&inner)?;
            if self.shapes[id].as_ref().is_some_and(|shape| shape.path.is_none()) {
                return Err(self.reader.ill_formed(&inner, "a property shape needs sh:path"));
            }
            found.push(Constraint::Property(id));
        }
        for inner in self.reader.all(node, sh::QUALIFIED_VALUE_SHAPE) {
            self.needs_path(node, has_path, "qualifiedValueShape")?;
            found.push(self.qualified(node, &inner)?);
        }
        Ok(())
    }

    fn qualified(&mut self, node: &Term, inner: &Term) -> Result<Constraint, ShapesError> {
        let reader = self.reader;
        let min = reader.one_count(node, sh::QUALIFIED_MIN_COUNT)?;
        let max = reader.one_count(node, sh::QUALIFIED_MAX_COUNT)?;
        if min.is_none() && max.is_none() {
            let what = "sh:qualifiedValueShape needs sh:qualifiedMinCount or sh:qualifiedMaxCount";
            return Err(reader.ill_formed(node, what));
        }
        let mut siblings = Vec::new();
        if reader.is_true(node, sh::QUALIFIED_DISJOINT) {
            // The other properties of the shapes that this property shape belongs to.
            let parents =
                reader.graph.subjects_for_predicate_object(sh::PROPERTY, node).map(NamedOrBlankNodeRef::into_owned);
            for parent in parents {
                for property in reader.all(&parent.into(), sh::PROPERTY) {
                    siblings.extend(reader.all(&property, sh::QUALIFIED_VALUE_SHAPE));
                }
            }
            siblings.retain(|sibling| sibling != inner);
        }
        let siblings = siblings.iter().map(|sibling| self.shape(sibling)).collect::<Result<_, _>>()?;
        Ok(Constraint::Qualified(Box::new(Qualified { shape: self.shape(inner)?, min, max, siblings })))
    }

    fn of_values(&self, node: &Term, found: &mut Vec<Constraint>) -> Result<(), ShapesError> {
        let reader = &self.reader;
        if reader.is_true(node, parameter("closed").as_ref()) {
            let mut allowed = Vec::new();
            for property in reader.all(node, sh::PROPERTY) {
                allowed.extend(reader.all(&property, sh::PATH));
            }
            if let Some(head) = reader.one(node, sh::IGNORED_PROPERTIES)? {
                allowed.extend(reader.list(node, sh::IGNORED_PROPERTIES, head)?);
            }
            let properties = allowed.into_iter().filter_map(|path| match path {
                Term::NamedNode(property) => Some(property),
                _ => None,
            });
            found.push(Constraint::Closed(properties.collect()));
        }
        found.extend(reader.all(node, parameter("hasValue").as_ref()).into_iter().map(Constraint::HasValue));
        if let Some(head) = reader.one(node, parameter("in").as_ref())? {
            found.push(Constraint::In(reader.list(node, parameter("in").as_ref(), head)?));
        }
        Ok(())
    }
}
