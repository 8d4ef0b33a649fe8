//! What was delivered: files, what was lost in reading them, and the products of the JHS 179 grid.

use super::{Ground, ReviewError};
use crate::{descriptions::descriptions, doubts::doubtful};
use oxrdf::{NamedNode, NamedNodeRef, NamedOrBlankNode, Term};
use serde::Serialize;
use std::collections::BTreeMap;
use viite_describe::{
    Order,
    content::{Part, Section},
    describe,
};
use viite_model::{Language, State, Text, ns};

const GENERATED_BY: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("http://www.w3.org/ns/prov#wasGeneratedBy");
const ENDED_AT: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("http://www.w3.org/ns/prov#endedAtTime");
const FORMAT: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("http://purl.org/dc/terms/format");
const PRODUCT: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("https://w3id.org/viite/ns#DescriptionProduct");

/// What became of things in reading, with the property that counts them.
const FATES: [(&str, NamedNodeRef<'static>); 4] = [
    ("lost", ns::viite::NOTES_LOST),
    ("mended", ns::viite::NOTES_MENDED),
    ("kept", ns::viite::NOTES_KEPT),
    ("aside", ns::viite::NOTES_ASIDE),
];

/// Files and description products.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Delivered {
    /// The imported files.
    pub files: Vec<Delivery>,
    /// The products of the grid, in its order, for each state that is described.
    pub products: Vec<ProductStanding>,
    /// How many elements may be resources of the reference: a person decides.
    pub doubtful: usize,
}

/// An imported file.
#[derive(Clone, Debug, Serialize)]
pub struct Delivery {
    /// Its name.
    pub file: String,
    /// The state that it shows.
    pub state: State,
    /// What kind of file it is.
    pub format: Option<String>,
    /// When it was imported, in RFC 3339.
    pub time: Option<String>,
    /// By whom.
    pub author: Option<String>,
    /// How many things were left out, mended, kept unread or set aside in reading it, by fate. None: not on record.
    pub reading: Option<BTreeMap<String, u64>>,
    /// What was left out or mended, as far as it is kept.
    pub notes: Vec<Note>,
}

/// What the reader of a file noted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Note {
    /// Where: file, line and element.
    #[serde(rename = "where")]
    pub at: String,
    /// `lost`, `mended`, `kept` or `aside`.
    pub fate: String,
    /// What it is.
    pub what: String,
    /// Why, and what to do.
    pub why: String,
    /// The language of the two, where it is not that of the review: older imports told it in English alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
}

/// Whether a product is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Presence {
    /// Facts fill it.
    Present,
    /// None does.
    Missing,
    /// Facts do not tell: no query fills this product.
    Unknown,
}

/// A product of the grid in one state.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ProductStanding {
    /// Its IRI.
    pub product: String,
    /// What it is called.
    pub label: String,
    /// The state; none where facts do not tell.
    pub state: Option<State>,
    /// Whether it is there.
    pub presence: Presence,
    /// How many rows its tables have.
    pub rows: usize,
    /// What to deliver, and who can, where it is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub what_to_deliver: Option<String>,
}

pub(super) fn gather(ground: &Ground<'_>) -> Result<Delivered, ReviewError> {
    let doubts = doubtful(ground.snapshot, ground.names);
    Ok(Delivered {
        files: files(ground),
        products: products(ground)?,
        doubtful: doubts.iter().filter(|(description, _)| description.region == ground.order.region).count(),
    })
}

fn files(ground: &Ground<'_>) -> Vec<Delivery> {
    let provenance = ground.names.provenance();
    let objects = |subject: &NamedOrBlankNode, predicate: NamedNodeRef<'_>| {
        ground.facts.objects_in(subject, predicate, provenance.as_ref())
    };
    let text = |subject: &NamedOrBlankNode, predicate: NamedNodeRef<'_>| {
        objects(subject, predicate).into_iter().find_map(|term| match term {
            Term::Literal(literal) => Some(literal.destruct().0),
            _ => None,
        })
    };
    let language = ground.order.language;
    let spoken = |subject: &NamedOrBlankNode, predicate: NamedNodeRef<'_>| {
        let mut spoken = Text::default();
        for term in objects(subject, predicate) {
            if let Term::Literal(literal) = term {
                let (text, _, tag) = literal.destruct();
                match tag.and_then(|tag| tag.parse().ok()).unwrap_or_default() {
                    Language::Fi => spoken.fi = Some(text),
                    Language::Sv => spoken.sv = Some(text),
                    Language::En => spoken.en = Some(text),
                }
            }
        }
        spoken
    };
    let nodes = |subject: &NamedOrBlankNode, predicate: NamedNodeRef<'_>| -> Vec<NamedOrBlankNode> {
        objects(subject, predicate)
            .into_iter()
            .filter_map(|term| match term {
                Term::NamedNode(node) => Some(node.into()),
                _ => None,
            })
            .collect()
    };
    descriptions(&ground.facts, ground.names)
        .into_iter()
        .filter(|description| description.region == ground.order.region)
        .map(|description| {
            let graph = NamedOrBlankNode::from(description.graph);
            let import = nodes(&graph, GENERATED_BY).into_iter().next();
            let of_import = |predicate| import.as_ref().and_then(|import| text(import, predicate));
            let mut notes: Vec<Note> = import
                .iter()
                .flat_map(|import| nodes(import, ns::viite::IMPORT_NOTE))
                .map(|note| {
                    let [what, why] = [ns::rdfs::LABEL, ns::viite::REASON].map(|predicate| spoken(&note, predicate));
                    Note {
                        at: text(&note, ns::viite::NOTED_AT).unwrap_or_default(),
                        fate: text(&note, ns::viite::FATE).unwrap_or_default(),
                        language: what.exact(language).is_none().then_some(Language::En),
                        what: what.get(language).unwrap_or_default().to_owned(),
                        why: why.get(language).unwrap_or_default().to_owned(),
                    }
                })
                .collect();
            notes.sort();
            let counts: BTreeMap<String, u64> = FATES
                .into_iter()
                .filter_map(|(fate, property)| Some((fate.to_owned(), of_import(property)?.parse().ok()?)))
                .collect();
            Delivery {
                file: description.file,
                state: description.state,
                format: text(&graph, FORMAT),
                time: of_import(ENDED_AT),
                author: of_import(ns::dcterms::CREATOR),
                reading: (!counts.is_empty()).then_some(counts),
                notes,
            }
        })
        .collect()
}

fn products(ground: &Ground<'_>) -> Result<Vec<ProductStanding>, ReviewError> {
    let order = ground.order;
    // What the reference fills by itself, such as the obligations of every region, was delivered by nobody.
    let of_regions = order.products.in_order().into_iter().filter(|product| !product.of_reference);
    let of_grid: Vec<_> = of_regions.filter_map(|product| Some((product, product.product.clone()?))).collect();
    let mut standings = Vec::new();
    for (state, _) in &ground.states {
        let document = describe(
            ground.snapshot,
            ground.names,
            order.products,
            &Order {
                of: viite_describe::Of::Region(order.region.clone()),
                views: Vec::new(),
                states: vec![*state],
                language: order.language,
                today: order.today.clone(),
                revision: None,
                sector: None,
                only: of_grid.iter().map(|(product, _)| product.id.clone()).collect(),
                report: None,
                timeout: order.timeout,
            },
        )?;
        for section in document.chapters.iter().flat_map(|chapter| &chapter.sections) {
            let Some((product, iri)) = of_grid.iter().find(|(product, _)| product.id == section.id) else { continue };
            // A product that is asked for in one state only is no gap of the other.
            if !product.states.is_empty() && !product.states.contains(state) {
                continue;
            }
            let mut standing = standing(ground, iri, *state, section);
            // Two files that fill one product of the grid are told apart by their own titles.
            if of_grid.iter().filter(|(_, other)| other == iri).count() > 1 {
                standing.label.clone_from(&section.title);
            }
            standings.push(standing);
        }
    }
    let known: Vec<&NamedNode> = of_grid.iter().map(|(_, iri)| iri).collect();
    let mut untold: Vec<NamedNode> = ground
        .facts
        .graphs()
        .into_iter()
        .filter(|graph| graph.as_str().starts_with(viite_model::graphs::REFERENCE_GRAPHS))
        .flat_map(|graph| ground.facts.subjects_in(ns::rdf::TYPE, PRODUCT.into(), graph.as_ref()))
        .filter_map(|subject| match subject {
            NamedOrBlankNode::NamedNode(node) if !known.contains(&&node) => Some(node),
            _ => None,
        })
        .collect();
    untold.sort();
    untold.dedup();
    standings.extend(untold.into_iter().map(|product| ProductStanding {
        label: ground.label(&product.clone().into()),
        product: product.into_string(),
        state: None,
        presence: Presence::Unknown,
        rows: 0,
        what_to_deliver: None,
    }));
    Ok(standings)
}

fn standing(ground: &Ground<'_>, product: &NamedNode, state: State, section: &Section) -> ProductStanding {
    let rows = section.parts.iter().map(|part| match part {
        Part::Table(table) => table.rows.len(),
        _ => 0,
    });
    let missing = section.parts.iter().find_map(|part| match part {
        Part::Missing(what) => Some(what.clone()),
        _ => None,
    });
    let empty = section.is_empty();
    ProductStanding {
        product: product.as_str().to_owned(),
        label: ground.label(&product.clone().into()),
        state: Some(state),
        presence: if empty { Presence::Missing } else { Presence::Present },
        rows: rows.sum(),
        what_to_deliver: missing.filter(|_| empty),
    }
}
