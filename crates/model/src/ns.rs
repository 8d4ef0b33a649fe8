//! Namespaces, and the terms of them that Rust code names.
//!
//! The vocabulary itself, with labels and definitions, is `ontology/viite.ttl`;
//! a term stands here only when the program reads or writes it.

use oxrdf::NamedNodeRef;

/// Viite's own vocabulary.
pub const VIITE: &str = "https://w3id.org/viite/ns#";
/// Everything of the national reference: `…/reference/<kind>/<id>`.
pub const REFERENCE: &str = "https://w3id.org/viite/reference/";
/// The ArchiMate ontology whose class and relation names keep what a mapping leaves unmapped.
pub const ARCHIMATE: &str = "https://purl.org/archimate#";

/// The prefixes that every query, rule and answer may use without declaring them.
pub const PREFIXES: &[(&str, &str)] = &[
    ("viite", VIITE),
    ("actor", "https://w3id.org/viite/reference/actor/"),
    ("region", "https://w3id.org/viite/reference/region/"),
    ("nat", "https://w3id.org/viite/reference/service/"),
    ("func", "https://w3id.org/viite/reference/function/"),
    ("data", "https://w3id.org/viite/reference/data-group/"),
    ("act", "https://w3id.org/viite/reference/act/"),
    ("obligation", "https://w3id.org/viite/reference/obligation/"),
    ("ea", "https://w3id.org/viite/reference/ea/"),
    ("procedure", "https://w3id.org/viite/reference/procedure/"),
    ("s0", "https://w3id.org/viite/source/s0#"),
    ("s4", "https://w3id.org/viite/source/s4#"),
    ("archimate", ARCHIMATE),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("owl", "http://www.w3.org/2002/07/owl#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("dcterms", "http://purl.org/dc/terms/"),
    ("prov", "http://www.w3.org/ns/prov#"),
    ("org", "http://www.w3.org/ns/org#"),
    ("dcat", "http://www.w3.org/ns/dcat#"),
    ("sh", "http://www.w3.org/ns/shacl#"),
];

macro_rules! terms {
    ($($(#[$doc:meta])* $name:ident = $iri:literal;)*) => {
        $($(#[$doc])* pub const $name: NamedNodeRef<'static> = NamedNodeRef::new_unchecked($iri);)*
    };
}

/// `viite:` terms.
pub mod viite {
    use super::NamedNodeRef;
    terms! {
        /// Class: a wellbeing services county, Helsinki, HUS or a county of 2018.
        REGION = "https://w3id.org/viite/ns#Region";
        /// Class: one imported file as it stands in a graph of its own.
        DESCRIPTION = "https://w3id.org/viite/ns#ArchitectureDescription";
        /// Class: a system.
        INFORMATION_SYSTEM = "https://w3id.org/viite/ns#InformationSystem";
        /// Class: a connection between two systems or services, with what flows in it.
        INTEGRATION = "https://w3id.org/viite/ns#Integration";
        /// Class: who answers for what, in which way, from when to when.
        RESPONSIBILITY = "https://w3id.org/viite/ns#Responsibility";
        /// Class: a principle of the policy.
        PRINCIPLE = "https://w3id.org/viite/ns#Principle";
        /// Class: a national guideline.
        GUIDELINE = "https://w3id.org/viite/ns#Guideline";
        /// The region's code, as the code list of Statistics Finland has it: `05`.
        CODE = "https://w3id.org/viite/ns#code";
        /// The region that a description or a thing in it belongs to.
        IN_REGION = "https://w3id.org/viite/ns#inRegion";
        /// What kind of actor or region it is.
        KIND = "https://w3id.org/viite/ns#kind";
        /// The collaboration area of a region.
        COLLABORATION_AREA = "https://w3id.org/viite/ns#collaborationArea";
        /// Which state a description shows.
        STATE = "https://w3id.org/viite/ns#state";
        /// State: how it is now.
        CURRENT = "https://w3id.org/viite/ns#CurrentState";
        /// State: how it is meant to be.
        TARGET = "https://w3id.org/viite/ns#TargetState";
        /// Where a connection or a relationship begins.
        SOURCE_END = "https://w3id.org/viite/ns#source";
        /// Where it finishes.
        TARGET_END = "https://w3id.org/viite/ns#target";
        /// The identifier that the element has in the imported file.
        SOURCE_ID = "https://w3id.org/viite/ns#sourceId";
        /// The imported file's name.
        SOURCE_FILE = "https://w3id.org/viite/ns#sourceFile";
        /// Line of the imported file on which the element begins, counted from 1.
        SOURCE_LINE = "https://w3id.org/viite/ns#sourceLine";
        /// The sheet of a workbook that the element stands on.
        SOURCE_SHEET = "https://w3id.org/viite/ns#sourceSheet";
        /// Its cell there: `A2`.
        SOURCE_CELL = "https://w3id.org/viite/ns#sourceCell";
        /// The resource of the reference that a region's element stands for.
        CORRESPONDS_TO = "https://w3id.org/viite/ns#correspondsTo";
        /// The class as whose member a description names a thing that it does not describe.
        NAMED_AS = "https://w3id.org/viite/ns#namedAs";
        /// Class: what a reader noted of an imported file.
        IMPORT_NOTE_CLASS = "https://w3id.org/viite/ns#ImportNote";
        /// What the reader noted in an import.
        IMPORT_NOTE = "https://w3id.org/viite/ns#importNote";
        /// Where in the file that is: file, line and element, or sheet and cell.
        NOTED_AT = "https://w3id.org/viite/ns#notedAt";
        /// What became of it: `lost`, `mended`, `kept` or `aside`.
        FATE = "https://w3id.org/viite/ns#fate";
        /// Why something is so.
        REASON = "https://w3id.org/viite/ns#reason";
        /// How many things an import left out.
        NOTES_LOST = "https://w3id.org/viite/ns#notesLost";
        /// How many things an import mended.
        NOTES_MENDED = "https://w3id.org/viite/ns#notesMended";
        /// How many things an import kept that no mapping gives a meaning to.
        NOTES_KEPT = "https://w3id.org/viite/ns#notesKept";
        /// How many things an import set aside because they describe nothing.
        NOTES_ASIDE = "https://w3id.org/viite/ns#notesAside";
        /// The element is shown in that view.
        SHOWN_IN = "https://w3id.org/viite/ns#shownIn";
    }
}

/// `rdf:` terms.
pub mod rdf {
    pub use oxrdf::vocab::rdf::*;
}

/// `rdfs:` terms.
pub mod rdfs {
    pub use oxrdf::vocab::rdfs::*;
}

/// `skos:` terms.
pub mod skos {
    use super::NamedNodeRef;
    terms! {
        /// The name that is shown.
        PREF_LABEL = "http://www.w3.org/2004/02/skos/core#prefLabel";
        /// Another name that people write.
        ALT_LABEL = "http://www.w3.org/2004/02/skos/core#altLabel";
        /// A name that is only matched against, never shown.
        HIDDEN_LABEL = "http://www.w3.org/2004/02/skos/core#hiddenLabel";
        /// What a thing is.
        DEFINITION = "http://www.w3.org/2004/02/skos/core#definition";
    }
}

/// `dcterms:` terms.
pub mod dcterms {
    use super::NamedNodeRef;
    terms! {
        /// Who made it.
        CREATOR = "http://purl.org/dc/terms/creator";
        /// Free text about a thing.
        DESCRIPTION = "http://purl.org/dc/terms/description";
        /// A name of a document or model.
        TITLE = "http://purl.org/dc/terms/title";
    }
}

/// Shortens an IRI with [`PREFIXES`], or gives it back in angle brackets.
///
/// ```
/// assert_eq!(viite_model::ns::shorten("https://w3id.org/viite/source/s4#G8"), "s4:G8");
/// assert_eq!(viite_model::ns::shorten("http://example.org/x"), "<http://example.org/x>");
/// ```
pub fn shorten(iri: &str) -> String {
    PREFIXES
        .iter()
        .filter_map(|(prefix, base)| Some((prefix, base.len(), iri.strip_prefix(base)?)))
        .filter(|(_, _, local)| is_local_name(local))
        .max_by_key(|(_, length, _)| *length)
        .map_or_else(|| format!("<{iri}>"), |(prefix, _, local)| format!("{prefix}:{local}"))
}

/// The IRI that a prefixed name stands for, if its prefix is one of [`PREFIXES`].
///
/// ```
/// assert_eq!(viite_model::ns::expand("s4:G8").as_deref(), Some("https://w3id.org/viite/source/s4#G8"));
/// assert_eq!(viite_model::ns::expand("nothing:x"), None);
/// ```
pub fn expand(name: &str) -> Option<String> {
    let (prefix, local) = name.split_once(':')?;
    PREFIXES.iter().find(|(known, _)| *known == prefix).map(|(_, base)| format!("{base}{local}"))
}

/// Whether Turtle and SPARQL take the text after `prefix:` as it is.
fn is_local_name(local: &str) -> bool {
    !local.is_empty()
        && !local.starts_with(['.', '-'])
        && !local.ends_with('.')
        && local.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'))
}
