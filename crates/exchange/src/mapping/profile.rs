//! A mapping profile as its TOML file has it, checked word by word.

use crate::Vocabulary;
use crate::archimate::types::{ELEMENTS, RELATIONSHIPS};
use crate::workbook::{Role, Rows};
use oxrdf::{NamedNode, vocab::xsd};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;
use viite_model::{label, ns};

/// The default profile.
const ARCHIMATE: &str = include_str!("../../../../data/mappings/archimate.toml");

/// The profile of a convention that some cities have.
const CITY: &str = include_str!("../../../../data/mappings/city.toml");

static DEFAULT: LazyLock<Mapping> =
    LazyLock::new(|| Mapping::parse("archimate.toml", ARCHIMATE).expect("a test reads the embedded profile"));

static OTHERS: LazyLock<Vec<(&str, Mapping)>> =
    LazyLock::new(|| vec![("city", Mapping::parse("city.toml", CITY).expect("a test reads the embedded profile"))]);

/// A profile that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {problem}")]
pub struct MappingError {
    /// The profile's file name.
    pub file: String,
    /// What is wrong, where, and what would be right.
    pub problem: String,
}

/// What concepts, relationships and properties become.
#[derive(Clone, Debug)]
pub struct Mapping {
    /// The profile's own name.
    pub name: String,
    pub(super) concepts: FxHashMap<String, NamedNode>,
    pub(super) specialisations: FxHashMap<String, NamedNode>,
    pub(super) relations: Vec<Relation>,
    pub(super) properties: Vec<Property>,
    /// Index into `properties` by key.
    pub(super) keys: FxHashMap<String, usize>,
    /// Index into `properties` by predicate, where one entry has it.
    pub(super) predicates: FxHashMap<NamedNode, usize>,
    tables: Vec<Table>,
}

/// What the columns of a table of somebody's own are.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    /// Names of sheets or files, with `*` for any letters; none means every table.
    names: Vec<String>,
    /// The line of the header row, where it cannot be found by its words.
    pub(crate) header: Option<u32>,
    pub(crate) rows: Option<Rows>,
    pub(crate) class: Option<NamedNode>,
    pub(crate) concept: Option<&'static str>,
    /// None: the column is left out on purpose.
    columns: FxHashMap<String, Option<Role>>,
}

impl Table {
    /// What a column is by its header; none when the profile does not say.
    pub(crate) fn role(&self, header: &str) -> Option<Option<&Role>> {
        self.columns.get(&label::key(header)).map(Option::as_ref)
    }

    fn is_for(&self, name: &str) -> bool {
        let fits = |pattern: &String| {
            let (pattern, name) = (label::key(pattern), label::key(name));
            match pattern.split_once('*') {
                None => pattern == name,
                Some((start, end)) => {
                    name.len() >= start.len() + end.len() && name.starts_with(start) && name.ends_with(end)
                }
            }
        };
        self.names.is_empty() || self.names.iter().any(fits)
    }
}

#[derive(Clone, Debug)]
pub(super) struct Relation {
    pub(super) types: FxHashSet<String>,
    pub(super) names: FxHashSet<String>,
    /// Empty: any.
    pub(super) source: Vec<NamedNode>,
    /// Empty: any.
    pub(super) target: Vec<NamedNode>,
    pub(super) gives: Gives,
    pub(super) otherwise: bool,
}

#[derive(Clone, Debug)]
pub(super) enum Gives {
    /// source predicate target
    Fact(NamedNode),
    /// target predicate source
    Reverse(NamedNode),
    /// the relationship is an integration, with this shortcut between its ends
    Integration(NamedNode),
}

/// What a property key means.
#[derive(Clone, Debug)]
pub(crate) struct Property {
    pub(crate) predicate: Option<NamedNode>,
    pub(crate) value: Value,
}

/// What the values of a property are.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    /// A text in a language.
    Text,
    /// A text of this datatype, without a language.
    Literal(NamedNode),
    Boolean,
    /// The flag: a year alone means its last day.
    Date(bool),
    Decimal,
    /// A whole number, of this datatype.
    Integer(NamedNode),
    Code(FxHashMap<String, NamedNode>),
    Thing {
        /// None: the class of what has the property.
        class: Option<NamedNode>,
        also: Vec<NamedNode>,
    },
    /// Something that the description itself has, of any class.
    Known,
    /// The value names a specialisation.
    Class,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    name: String,
    /// The profile that holds where this one says nothing.
    extends: Option<String>,
    #[serde(default)]
    concepts: BTreeMap<String, String>,
    #[serde(default)]
    specialisations: Vec<FileSpecialisation>,
    #[serde(default)]
    relations: Vec<FileRelation>,
    #[serde(default)]
    properties: Vec<FileProperty>,
    #[serde(default)]
    tables: Vec<FileTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileTable {
    #[serde(default)]
    names: Vec<String>,
    header: Option<u32>,
    rows: Option<Rows>,
    class: Option<String>,
    concept: Option<String>,
    columns: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileSpecialisation {
    names: Vec<String>,
    class: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Side {
    Source,
    Target,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileRelation {
    types: Vec<String>,
    #[serde(default)]
    names: Vec<String>,
    #[serde(default)]
    source: Vec<String>,
    #[serde(default)]
    target: Vec<String>,
    predicate: Option<String>,
    subject: Option<Side>,
    integration: Option<String>,
    #[serde(default)]
    otherwise: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    Text,
    Boolean,
    Date,
    LastDate,
    Decimal,
    Integer,
    Code,
    Thing,
    Class,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileProperty {
    keys: Vec<String>,
    predicate: Option<String>,
    value: Kind,
    #[serde(default)]
    codes: BTreeMap<String, Vec<String>>,
    class: Option<String>,
    #[serde(default)]
    also: Vec<String>,
}

impl Mapping {
    /// The profile that Viite brings along, `data/mappings/archimate.toml`.
    pub fn archimate() -> &'static Self {
        &DEFAULT
    }

    /// The profiles that Viite brings along, by name.
    pub fn all() -> impl Iterator<Item = (&'static str, &'static Self)> {
        [("archimate", Self::archimate())].into_iter().chain(OTHERS.iter().map(|(name, mapping)| (*name, mapping)))
    }

    /// The profile of a name that Viite brings along.
    pub fn named(name: &str) -> Option<&'static Self> {
        Self::all().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, mapping)| mapping)
    }

    /// What a property key or column header means: by the profile's own table, else by the vocabulary, whose
    /// properties have the kind of value that the profile gives them, if it does.
    pub(crate) fn property(&self, key: &str) -> Option<&Property> {
        if let Some(index) = self.keys.get(&label::key(key)) {
            return self.properties.get(*index);
        }
        let named = Vocabulary::shared().property(key)?;
        let own = named.predicate.as_ref().and_then(|predicate| self.predicates.get(predicate));
        Some(own.map_or(named, |index| &self.properties[*index]))
    }

    /// A concept that becomes this class, the first by name.
    pub(crate) fn concept_of(&self, class: &NamedNode) -> Option<&str> {
        self.concepts.iter().filter(|(_, known)| *known == class).map(|(concept, _)| concept.as_str()).min()
    }

    /// A word for this class in a property of kind class, the first by name.
    pub(crate) fn word_of(&self, class: &NamedNode) -> Option<&str> {
        self.specialisations.iter().filter(|(_, known)| *known == class).map(|(word, _)| word.as_str()).min()
    }

    /// What the profile says of a table, by the name of its sheet or file.
    pub(crate) fn table(&self, name: &str) -> Option<&Table> {
        self.tables.iter().find(|table| table.is_for(name))
    }

    /// Reads a profile.
    ///
    /// # Errors
    /// Text that is no TOML, an unknown field, concept, relationship type, prefix or profile to extend,
    /// a key or name that two entries claim, a property without what its kind of value needs.
    pub fn parse(file: &str, text: &str) -> Result<Self, MappingError> {
        let read: File =
            toml::from_str(text).map_err(|error| MappingError { file: file.to_owned(), problem: error.to_string() })?;
        Checked { file }.mapping(read)
    }
}

/// The relations of a profile, then those of the one that it extends, without the names that it has itself.
fn extended(mut own: Vec<Relation>, base: &[Relation]) -> Vec<Relation> {
    let names: FxHashSet<String> = own.iter().flat_map(|relation| relation.names.iter().cloned()).collect();
    let base = base.iter().filter_map(|relation| {
        let mut relation = relation.clone();
        let any = relation.names.is_empty();
        relation.names.retain(|name| !names.contains(name));
        (any || !relation.names.is_empty()).then_some(relation)
    });
    own.extend(base);
    own
}

/// Checks a profile's words, with the file's name at hand for errors.
struct Checked<'f> {
    file: &'f str,
}

impl Checked<'_> {
    fn fail<T>(&self, problem: String) -> Result<T, MappingError> {
        Err(MappingError { file: self.file.to_owned(), problem })
    }

    fn mapping(&self, read: File) -> Result<Mapping, MappingError> {
        let mut concepts = FxHashMap::default();
        for (concept, class) in &read.concepts {
            if !ELEMENTS.contains(&concept.as_str()) {
                return self.fail(format!("[concepts] {concept}: ArchiMate 3.2 has no such element type"));
            }
            concepts.insert(concept.clone(), self.iri(class, "[concepts]")?);
        }
        let mut specialisations = FxHashMap::default();
        for entry in &read.specialisations {
            let class = self.iri(&entry.class, "[[specialisations]]")?;
            for name in &entry.names {
                self.claim(&mut specialisations, name, class.clone(), "specialisations")?;
            }
        }
        let mut relations = Vec::new();
        for (number, relation) in read.relations.into_iter().enumerate() {
            relations.push(self.relation(relation, &format!("[[relations]] number {}", number + 1))?);
        }
        let mut properties = Vec::new();
        let mut keys = FxHashMap::default();
        for property in read.properties {
            let at = format!("[[properties]] '{}'", property.keys.first().map_or("", String::as_str));
            for key in &property.keys {
                self.claim(&mut keys, key, properties.len(), "properties")?;
            }
            properties.push(self.property(&property, &at)?);
        }
        if let Some(name) = &read.extends {
            // Only the default can be extended, so that no chain of profiles must be followed.
            if !name.eq_ignore_ascii_case("archimate") {
                return self.fail(format!("extends: '{name}' is no profile that can be extended; write \"archimate\""));
            }
            let base = Mapping::archimate();
            for (concept, class) in &base.concepts {
                concepts.entry(concept.clone()).or_insert_with(|| class.clone());
            }
            for (name, class) in &base.specialisations {
                specialisations.entry(name.clone()).or_insert_with(|| class.clone());
            }
            relations = extended(relations, &base.relations);
            for (key, index) in &base.keys {
                keys.entry(key.clone()).or_insert(properties.len() + index);
            }
            properties.extend(base.properties.iter().cloned());
        }
        let mut predicates = FxHashMap::default();
        for (index, property) in properties.iter().enumerate() {
            if let Some(predicate) = &property.predicate {
                predicates.entry(predicate.clone()).or_insert(index);
            }
        }
        let mut tables = Vec::new();
        for (number, table) in read.tables.iter().enumerate() {
            tables.push(self.table(table, &format!("[[tables]] number {}", number + 1))?);
        }
        Ok(Mapping { name: read.name, concepts, specialisations, relations, properties, keys, predicates, tables })
    }

    fn table(&self, read: &FileTable, at: &str) -> Result<Table, MappingError> {
        let class = read.class.as_ref().map(|class| self.iri(class, at)).transpose()?;
        let mut concept = None;
        if let Some(name) = &read.concept {
            concept = ELEMENTS.iter().find(|known| *known == name).copied();
            if concept.is_none() {
                return self.fail(format!("{at}: ArchiMate 3.2 has no element type '{name}'"));
            }
        }
        let mut columns = FxHashMap::default();
        for (header, meaning) in &read.columns {
            let role = match meaning.as_str() {
                "-" => None,
                "id" => Some(Role::Id),
                "name" => Some(Role::Name),
                "description" => Some(Role::Description),
                "source" => Some(Role::Source),
                "target" => Some(Role::Target),
                "actor" => Some(Role::Actor),
                "object" => Some(Role::Object),
                "responsibility" => Some(Role::Responsibility),
                property if Vocabulary::shared().property(property).is_some() => {
                    Some(Role::Property(self.iri(property, at)?))
                }
                other => {
                    return self.fail(format!(
                        "{at}: '{header}' = '{other}': it is neither a property of the vocabulary nor one of id, name, \
                         description, source, target, actor, object, responsibility and -"
                    ));
                }
            };
            self.claim(&mut columns, header, role, at)?;
        }
        Ok(Table { names: read.names.clone(), header: read.header, rows: read.rows, class, concept, columns })
    }

    fn relation(&self, read: FileRelation, at: &str) -> Result<Relation, MappingError> {
        for name in &read.types {
            if !RELATIONSHIPS.contains(&name.as_str()) {
                return self
                    .fail(format!("{at}: '{name}' is no relationship type; they are {}", RELATIONSHIPS.join(", ")));
            }
        }
        let gives = match (read.predicate, read.integration, read.subject) {
            (Some(predicate), None, None | Some(Side::Source)) => Gives::Fact(self.iri(&predicate, at)?),
            (Some(predicate), None, Some(Side::Target)) => Gives::Reverse(self.iri(&predicate, at)?),
            (None, Some(shortcut), None) => Gives::Integration(self.iri(&shortcut, at)?),
            _ => {
                return self
                    .fail(format!("{at}: give either predicate (and subject, if it is the target) or integration"));
            }
        };
        Ok(Relation {
            types: read.types.into_iter().collect(),
            names: read.names.iter().map(|name| label::key(name)).collect(),
            source: self.iris(&read.source, at)?,
            target: self.iris(&read.target, at)?,
            gives,
            otherwise: read.otherwise,
        })
    }

    fn property(&self, read: &FileProperty, at: &str) -> Result<Property, MappingError> {
        let predicate = match &read.predicate {
            Some(predicate) => Some(self.iri(predicate, at)?),
            None => None,
        };
        if predicate.is_none() && !matches!(read.value, Kind::Class) {
            return self.fail(format!("{at}: it needs a predicate"));
        }
        let value = match read.value {
            Kind::Text => Value::Text,
            Kind::Boolean => Value::Boolean,
            Kind::Date => Value::Date(false),
            Kind::LastDate => Value::Date(true),
            Kind::Decimal => Value::Decimal,
            Kind::Integer => Value::Integer(xsd::INTEGER.into_owned()),
            Kind::Class => Value::Class,
            Kind::Thing => Value::Thing {
                class: match &read.class {
                    Some(class) => Some(self.iri(class, at)?),
                    None => None,
                },
                also: self.iris(&read.also, at)?,
            },
            Kind::Code => {
                let mut codes = FxHashMap::default();
                for (code, names) in &read.codes {
                    let code = self.iri(code, at)?;
                    for name in names {
                        self.claim(&mut codes, name, code.clone(), at)?;
                    }
                }
                if codes.is_empty() {
                    return self.fail(format!("{at}: a value of kind code needs codes"));
                }
                Value::Code(codes)
            }
        };
        Ok(Property { predicate, value })
    }

    fn claim<T>(&self, claimed: &mut FxHashMap<String, T>, name: &str, value: T, at: &str) -> Result<(), MappingError> {
        match claimed.insert(label::key(name), value) {
            None => Ok(()),
            Some(_) => self.fail(format!("{at}: '{name}' stands twice; a name means one thing")),
        }
    }

    fn iris(&self, names: &[String], at: &str) -> Result<Vec<NamedNode>, MappingError> {
        names.iter().map(|name| self.iri(name, at)).collect()
    }

    fn iri(&self, name: &str, at: &str) -> Result<NamedNode, MappingError> {
        let iri = ns::expand(name).unwrap_or_else(|| {
            let inner = name.strip_prefix('<').and_then(|n| n.strip_suffix('>'));
            inner.unwrap_or_default().to_owned()
        });
        NamedNode::new(iri).or_else(|_| {
            self.fail(format!("{at}: '{name}' is no name; write viite:Service, or <https://…> in angle brackets"))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> String {
        Mapping::parse("m.toml", text).unwrap_err().to_string()
    }

    #[test]
    fn the_embedded_profile_is_sound() {
        let mapping = Mapping::parse("archimate.toml", ARCHIMATE).unwrap();
        assert!(mapping.concepts.len() > 20 && mapping.keys.len() > 80);
        for relation in &mapping.relations {
            assert!(!relation.types.is_empty(), "a pattern without types fits nothing");
        }
    }

    #[test]
    fn a_profile_that_extends_another_says_only_what_differs() {
        let city = Mapping::named("City").unwrap();
        let class = |mapping: &Mapping, concept: &str| mapping.concepts.get(concept).map(|c| ns::shorten(c.as_str()));
        assert_eq!(class(city, "Product").as_deref(), Some("viite:DataStore"));
        assert_eq!(class(city, "BusinessActor"), class(Mapping::archimate(), "BusinessActor"));
        let named: Vec<&Relation> =
            city.relations.iter().filter(|relation| relation.names.contains("vastaa")).collect();
        assert_eq!(named.len(), 1, "the name is taken from the other profile");
        assert!(matches!(&named[0].gives, Gives::Reverse(owner) if owner.as_str().ends_with("#owner")));
        assert!(error("name='x'\nextends='city'").contains("'city'"));
    }

    #[test]
    fn a_faulty_profile_says_where_and_why() {
        assert!(error("name = ").contains("line 1"));
        assert!(error("name='x'\n[concepts]\nSpaceship = 'viite:Service'").contains("Spaceship"));
        assert!(error("name='x'\n[concepts]\nNode = 'nothing:x'").contains("nothing:x"));
        assert!(error("name='x'\nunknown = 1").contains("unknown"));
        assert!(error("name='x'\n[[properties]]\nkeys=['a']\nvalue='text'").contains("needs a predicate"));
        assert!(
            error("name='x'\n[[properties]]\nkeys=['a','A ']\npredicate='viite:x'\nvalue='text'")
                .contains("stands twice")
        );
        assert!(error("name='x'\n[[relations]]\ntypes=['Likes']\npredicate='viite:x'").contains("Likes"));
        assert!(error("name='x'\n[[relations]]\ntypes=['Flow']").contains("integration"));
    }
}
