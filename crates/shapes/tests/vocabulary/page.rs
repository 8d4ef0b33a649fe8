//! The page: families, their classes, what the shapes ask, and the properties.

use crate::terms::Terms;
use std::collections::BTreeSet;
use std::fmt::Write;
use viite_model::Language;

const ALIGNMENTS: &[(&str, &str)] = &[
    ("rdfs:subClassOf", "is a"),
    ("rdfs:subPropertyOf", "is a"),
    ("skos:exactMatch", "the same as"),
    ("skos:closeMatch", "close to"),
    ("skos:broadMatch", "within"),
    ("skos:relatedMatch", "related to"),
];

/// Prefixes of vocabularies that queries need not know, and this page names.
const PREFIXES: &[(&str, &str)] = &[
    ("cpsv", "http://purl.org/vocab/cpsv#"),
    ("cv", "http://data.europa.eu/m8g/"),
    ("eira", "http://data.europa.eu/dr8/"),
    ("eli", "http://data.europa.eu/eli/ontology#"),
    ("adms", "http://www.w3.org/ns/adms#"),
];

pub(crate) fn write(terms: &Terms) -> String {
    let mut page = String::from(
        "<!-- Made of ontology/ by 'make docs'. Change the ontology, not this page. -->\n\n# The vocabulary\n\n\
         Classes and properties of `viite:` (`https://w3id.org/viite/ns#`) by family, in Finnish, Swedish and English. A name in any of \
         the three is also what readers of ArchiMate files and workbooks know a property by. *How many* is what the shapes ask: \
         `1` exactly one, `1…` one or more, `…1` at most one.\n",
    );
    let classes = ours(terms.instances("owl:Class"));
    let properties = ["owl:ObjectProperty", "owl:DatatypeProperty", "owl:AnnotationProperty"];
    let mut properties: BTreeSet<_> = properties.into_iter().flat_map(|kind| ours(terms.instances(kind))).collect();
    let mut left = classes.clone();
    let families = terms.families();
    for family in &families {
        let members: BTreeSet<_> = terms.members(family).intersection(&classes).cloned().collect();
        left.retain(|class| !members.contains(class));
        heading(&mut page, &names(terms, family));
        section(&mut page, terms, &members, &mut properties);
    }
    if !left.is_empty() {
        heading(&mut page, "Muut luokat · Andra klasser · Other classes");
        section(&mut page, terms, &left, &mut properties);
    }
    heading(&mut page, "Yhteiset ominaisuudet · Gemensamma egenskaper · Properties of many things");
    property_table(&mut page, terms, &properties);
    page
}

fn ours(terms: BTreeSet<String>) -> BTreeSet<String> {
    terms.into_iter().filter(|term| term.starts_with("viite:")).collect()
}

fn heading(page: &mut String, text: &str) {
    let _ = writeln!(page, "\n## {text}");
}

/// The classes, and the properties that their shapes ask for and no family before did.
fn section(page: &mut String, terms: &Terms, classes: &BTreeSet<String>, properties: &mut BTreeSet<String>) {
    let mut own = BTreeSet::new();
    for class in classes {
        let _ = writeln!(page, "\n### {}\n\n`{class}`{}\n", names(terms, class), alignments(terms, class));
        for language in Language::ALL {
            let _ = writeln!(page, "* {language}: {}", terms.text(class, "skos:definition", language));
        }
        let (shared, asked) = terms.shape(class);
        // A property may be asked about twice; blank nodes come in no order.
        let mut rows = BTreeSet::new();
        for property in asked {
            own.extend(properties.take(&property.property));
            let many = how_many(&property.least, &property.most);
            rows.insert(format!("`{}` | {many} | {}", property.property, property.kind.join("; ")));
        }
        if !rows.is_empty() {
            page.push_str("\n| property | how many | what |\n|---|---|---|\n");
            for row in rows {
                let _ = writeln!(page, "| {row} |");
            }
        }
        let shared: Vec<_> = shared.iter().map(|shape| terms.text(shape, "rdfs:label", Language::En)).collect();
        if !shared.is_empty() {
            let shared: Vec<_> = shared.iter().map(|label| label.trim_start_matches("Shape: ")).collect();
            let _ = writeln!(page, "\nBesides: {}.", shared.join("; "));
        }
        let values = terms.instances(class);
        if !values.is_empty() {
            let values: Vec<_> = values.iter().map(|value| format!("`{value}` {}", names(terms, value))).collect();
            let _ = writeln!(page, "\nValues: {}.", values.join("; "));
        }
    }
    if !own.is_empty() {
        property_table(page, terms, &own);
    }
}

fn property_table(page: &mut String, terms: &Terms, properties: &BTreeSet<String>) {
    page.push_str("\n| property | name and meaning | value |\n|---|---|---|\n");
    for property in properties {
        let meaning: Vec<_> = Language::ALL
            .into_iter()
            .map(|language| {
                let [label, definition] =
                    ["rdfs:label", "skos:definition"].map(|text| terms.text(property, text, language));
                format!("**{label}** – {definition}")
            })
            .collect();
        let range: Vec<_> = terms.all(property, "rdfs:range").into_iter().collect();
        let aligned = alignments(terms, property);
        let _ = writeln!(page, "| `{property}` | {} | {}{aligned} |", meaning.join("<br>"), range.join(", "));
    }
}

/// `nimi · namn · name`, each once.
fn names(terms: &Terms, of: &str) -> String {
    let mut names: Vec<_> = Language::ALL.into_iter().map(|language| terms.text(of, "rdfs:label", language)).collect();
    names.dedup();
    names.join(" · ")
}

fn how_many(least: &str, most: &str) -> String {
    match (least.parse().unwrap_or(0), most.parse::<u32>().ok()) {
        (0, None) => "any".to_owned(),
        (0, Some(most)) => format!("…{most}"),
        (least, Some(most)) if least == most => most.to_string(),
        (least, None) => format!("{least}…"),
        (least, Some(most)) => format!("{least}…{most}"),
    }
}

fn alignments(terms: &Terms, of: &str) -> String {
    let mut text = String::new();
    for (property, word) in ALIGNMENTS {
        let others: Vec<_> = terms.all(of, property).iter().map(|other| format!("`{}`", short(other))).collect();
        if !others.is_empty() {
            let _ = write!(text, "; {word} {}", others.join(", "));
        }
    }
    text
}

fn short(iri: &str) -> String {
    let bare = iri.trim_start_matches('<').trim_end_matches('>');
    let known = PREFIXES.iter().find_map(|(prefix, base)| Some(format!("{prefix}:{}", bare.strip_prefix(base)?)));
    known.unwrap_or_else(|| iri.to_owned())
}
