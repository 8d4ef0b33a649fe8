//! What a result says when its shape has no `sh:message`.

use crate::Violation;
use crate::shape::NodeKind;
use crate::vocabulary as sh;
use oxrdf::{Literal, Term};
use viite_model::{Language, ns};

/// What a constraint expects, with the name of the shape that asks it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Asked {
    names: Vec<Literal>,
    pub(crate) expected: Expected,
}

/// What a constraint expects.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) enum Expected {
    #[default]
    Nothing,
    /// That many values or more; found so many.
    AtLeast(u64, usize),
    /// That many values or fewer; found so many.
    AtMost(u64, usize),
    /// A class, datatype, property or the values allowed.
    Terms(Vec<Term>),
    Shapes(Vec<Term>),
    Kind(NodeKind),
    /// A number, a pattern, language tags.
    Text(String),
}

impl Expected {
    pub(crate) fn named(self, names: &[Literal]) -> Asked {
        Asked { names: names.to_vec(), expected: self }
    }
}

/// What each constraint component says in Finnish, Swedish and English.
const SENTENCES: &[(&str, [&str; 3])] = &[
    (
        "Class",
        [
            "{value} ei kuulu luokkaan {expected}",
            "{value} hör inte till klassen {expected}",
            "{value} is not an instance of {expected}",
        ],
    ),
    (
        "Datatype",
        [
            "{value} ei ole tietotyyppiä {expected}",
            "{value} är inte av datatypen {expected}",
            "{value} is not of the datatype {expected}",
        ],
    ),
    ("NodeKind", ["{value} ei ole {expected}", "{value} är inte {expected}", "{value} is not {expected}"]),
    (
        "MinCount",
        [
            "arvoja {count}, tarvitaan vähintään {expected}",
            "{count} värden, minst {expected} behövs",
            "{count} values; at least {expected} is needed",
        ],
    ),
    (
        "MaxCount",
        [
            "arvoja {count}, sallitaan enintään {expected}",
            "{count} värden, högst {expected} tillåts",
            "{count} values; at most {expected} is allowed",
        ],
    ),
    (
        "MinExclusive",
        [
            "{value} ei ole suurempi kuin {expected}",
            "{value} är inte större än {expected}",
            "{value} is not greater than {expected}",
        ],
    ),
    (
        "MinInclusive",
        [
            "{value} ei ole vähintään {expected}",
            "{value} är inte minst {expected}",
            "{value} is not {expected} or greater",
        ],
    ),
    (
        "MaxExclusive",
        [
            "{value} ei ole pienempi kuin {expected}",
            "{value} är inte mindre än {expected}",
            "{value} is not less than {expected}",
        ],
    ),
    (
        "MaxInclusive",
        ["{value} ei ole enintään {expected}", "{value} är inte högst {expected}", "{value} is not {expected} or less"],
    ),
    (
        "MinLength",
        [
            "{value} on lyhyempi kuin {expected} merkkiä",
            "{value} är kortare än {expected} tecken",
            "{value} is shorter than {expected} characters",
        ],
    ),
    (
        "MaxLength",
        [
            "{value} on pidempi kuin {expected} merkkiä",
            "{value} är längre än {expected} tecken",
            "{value} is longer than {expected} characters",
        ],
    ),
    (
        "Pattern",
        ["{value} ei ole muotoa {expected}", "{value} har inte formen {expected}", "{value} does not match {expected}"],
    ),
    (
        "LanguageIn",
        [
            "{value} ei ole millään näistä kielistä: {expected}",
            "{value} är inte på något av språken {expected}",
            "{value} is in none of the languages {expected}",
        ],
    ),
    (
        "UniqueLang",
        [
            "useampi arvo kielellä {expected}",
            "flera värden på språket {expected}",
            "more than one value in the language {expected}",
        ],
    ),
    (
        "Equals",
        [
            "{value} ei ole myös ominaisuuden {expected} arvo",
            "{value} är inte ett värde av både detta och {expected}",
            "{value} is not a value of both this and {expected}",
        ],
    ),
    (
        "Disjoint",
        [
            "{value} on myös ominaisuuden {expected} arvo",
            "{value} är också ett värde av {expected}",
            "{value} is a value of {expected} as well",
        ],
    ),
    (
        "LessThan",
        [
            "{value} ei ole pienempi kuin ominaisuuden {expected} arvo",
            "{value} är inte mindre än värdet av {expected}",
            "{value} is not less than the value of {expected}",
        ],
    ),
    (
        "LessThanOrEquals",
        [
            "{value} on suurempi kuin ominaisuuden {expected} arvo",
            "{value} är större än värdet av {expected}",
            "{value} is greater than the value of {expected}",
        ],
    ),
    (
        "Not",
        [
            "{value} täyttää rakenteen {expected}, vaikka ei saisi",
            "{value} uppfyller formen {expected}, vilket det inte får",
            "{value} conforms to {expected}, which it must not",
        ],
    ),
    (
        "And",
        [
            "{value} ei täytä kaikkia näistä: {expected}",
            "{value} uppfyller inte alla av {expected}",
            "{value} does not conform to all of {expected}",
        ],
    ),
    (
        "Or",
        [
            "{value} ei täytä yhtäkään näistä: {expected}",
            "{value} uppfyller inte någon av {expected}",
            "{value} conforms to none of {expected}",
        ],
    ),
    (
        "Xone",
        [
            "{value} ei täytä täsmälleen yhtä näistä: {expected}",
            "{value} uppfyller inte exakt en av {expected}",
            "{value} does not conform to exactly one of {expected}",
        ],
    ),
    (
        "Node",
        [
            "{value} ei täytä rakennetta {expected}",
            "{value} uppfyller inte formen {expected}",
            "{value} does not conform to {expected}",
        ],
    ),
    (
        "QualifiedMinCount",
        [
            "rakenteen täyttäviä arvoja {count}, tarvitaan vähintään {expected}",
            "{count} värden uppfyller formen, minst {expected} behövs",
            "{count} values conform to the shape; at least {expected} is needed",
        ],
    ),
    (
        "QualifiedMaxCount",
        [
            "rakenteen täyttäviä arvoja {count}, sallitaan enintään {expected}",
            "{count} värden uppfyller formen, högst {expected} tillåts",
            "{count} values conform to the shape; at most {expected} is allowed",
        ],
    ),
    (
        "Closed",
        [
            "ominaisuus ei kuulu tähän, arvo {value}",
            "egenskapen hör inte hemma här, värde {value}",
            "the property does not belong here, value {value}",
        ],
    ),
    ("HasValue", ["arvo {expected} puuttuu", "värdet {expected} saknas", "the value {expected} is missing"]),
    (
        "In",
        [
            "{value} ei ole mikään näistä: {expected}",
            "{value} är inte något av {expected}",
            "{value} is none of {expected}",
        ],
    ),
];

/// The text of a result.
pub(crate) fn of(violation: &Violation, language: Language) -> String {
    let mut text = match subject(violation, language) {
        Some(subject) => format!("{subject}: {}", sentence(violation, language)),
        None => sentence(violation, language),
    };
    for detail in &violation.details {
        text.push_str("; ");
        text.push_str(&detail.message(language));
    }
    text
}

/// The name of the property shape in the language, else the path.
fn subject(violation: &Violation, language: Language) -> Option<String> {
    let path = violation.path.as_ref()?;
    let named = &violation.asked.names;
    let name = named.iter().find(|name| name.language() == Some(language.tag()) || name.language().is_none());
    // What a closed shape does not allow is not what the shape is named for.
    let name = name.filter(|_| local(violation) != "Closed");
    Some(name.map_or_else(|| path.to_string(), |name| name.value().to_owned()))
}

fn sentence(violation: &Violation, language: Language) -> String {
    let component = local(violation);
    let Some((_, sentences)) = SENTENCES.iter().find(|(name, _)| *name == component) else {
        return component.to_owned();
    };
    let (count, expected) = match &violation.asked.expected {
        Expected::Nothing => (0, String::new()),
        Expected::AtLeast(asked, count) | Expected::AtMost(asked, count) => (*count, asked.to_string()),
        Expected::Terms(terms) | Expected::Shapes(terms) => (0, list(terms)),
        Expected::Kind(kind) => (0, kinds(*kind, language)),
        Expected::Text(text) => (0, text.clone()),
    };
    let value = violation.value.as_ref().map(shown).unwrap_or_default();
    let sentence = match language {
        Language::Fi => sentences[0],
        Language::Sv => sentences[1],
        Language::En => sentences[2],
    };
    // The value comes last: it may hold braces of its own.
    sentence.replace("{count}", &count.to_string()).replace("{expected}", &expected).replace("{value}", &value)
}

fn local(violation: &Violation) -> &str {
    let name = violation.component.as_str().strip_prefix(sh::SH).unwrap_or_default();
    name.strip_suffix("ConstraintComponent").unwrap_or(name)
}

fn list(terms: &[Term]) -> String {
    terms.iter().map(shown).collect::<Vec<_>>().join(", ")
}

fn shown(term: &Term) -> String {
    match term {
        Term::NamedNode(node) => ns::shorten(node.as_str()),
        Term::BlankNode(_) => "[…]".to_owned(),
        Term::Literal(literal) => format!("\"{}\"", literal.value()),
    }
}

fn kinds(kind: NodeKind, language: Language) -> String {
    let [blank, literal, or] = match language {
        Language::Fi => ["tyhjä solmu", "literaali", " tai "],
        Language::Sv => ["tom nod", "literal", " eller "],
        Language::En => ["blank node", "literal", " or "],
    };
    let kinds = [(kind.iri, "IRI"), (kind.blank, blank), (kind.literal, literal)];
    kinds.iter().filter(|(allowed, _)| *allowed).map(|(_, name)| *name).collect::<Vec<_>>().join(or)
}
