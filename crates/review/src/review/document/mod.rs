//! The review as a document: the content model that every format is written from.

mod architecture;
mod conformance;
mod delivered;
mod onwards;

use super::{
    Review, Standing, Thing,
    delivered::Presence,
    words::{Words, words},
};
use viite_describe::content::{Cell, Chapter, Document, Part, Phrase, Property, Section, Table};
use viite_model::{Language, Outcome, State};

/// Names of things that stand in a cell; the rest is counted.
const LISTED: usize = 12;

impl Review {
    /// The review as a document.
    pub fn document(&self) -> Document {
        let writer = Writer { review: self, words: words(self.language) };
        let mut document = writer.document();
        document.number();
        document
    }
}

struct Writer<'a> {
    review: &'a Review,
    words: &'static Words,
}

fn cell(text: impl Into<String>) -> Cell {
    let text = text.into();
    if text.is_empty() { Cell::default() } else { Cell(vec![Phrase::plain(text)]) }
}

fn number(number: impl std::fmt::Display) -> Cell {
    cell(format!("{number}"))
}

impl Writer<'_> {
    fn document(&self) -> Document {
        let (review, words) = (self.review, self.words);
        let states: Vec<&str> = review.states.iter().map(|state| words.state(*state)).collect();
        let mut properties = vec![
            Property::plain("region", words.region, format!("{} ({})", review.region.name, review.region.code)),
            Property::plain("states", words.described, states.join(", ")),
            Property::plain("date", words.day, review.language.day(&review.date)),
        ];
        if let Some(revision) = review.revision {
            properties.push(Property::plain("revision", words.revision, revision.to_string()));
        }
        Document {
            language: review.language,
            title: format!("{}: {}", words.title, review.region.name),
            subtitle: words.subtitle.to_owned(),
            properties,
            notes: vec![words.no_pass.to_owned()],
            chapters: vec![
                self.in_short(),
                self.delivered(),
                self.conformance(),
                self.chapter(
                    words.architecture,
                    words.architecture_about,
                    vec![self.integrations(), self.duplicates(), self.responsibilities(), self.stores()],
                ),
                self.chapter(words.onwards, words.onwards_about, vec![self.changes(), self.questions()]),
            ],
        }
    }

    fn in_short(&self) -> Chapter {
        let (review, words) = (self.review, self.words);
        let counted = |pairs: &[(&str, usize)]| {
            let told: Vec<String> =
                pairs.iter().map(|(name, number)| format!("{} {number}", name.to_lowercase())).collect();
            told.join(", ")
        };
        let products = |presence| {
            let all = &review.delivered.products;
            (words.presence(presence), all.iter().filter(|product| product.presence == presence).count())
        };
        let counts = &review.conformance.counts;
        let mut conformance: Vec<String> = Outcome::ALL
            .into_iter()
            .map(|outcome| format!("{} {}", words.outcome(outcome).to_lowercase(), counts.of(outcome)))
            .collect();
        conformance.extend(
            review
                .conformance
                .assessable
                .map(|share| format!("{} {}", words.assessable.to_lowercase(), percent(share, review.language))),
        );
        let standing = |standing| {
            let all = &review.integrations;
            (words.standing_of(standing), all.iter().filter(|service| service.standing == standing).count())
        };
        let objects: usize = review.responsibilities.iter().map(|of| of.objects).sum();
        let clear: usize = review.responsibilities.iter().map(|of| of.without_gap).sum();
        let stores = &review.data_stores.stores;
        let copies = stores.iter().filter(|store| !store.copy_of.is_empty());
        let groundless = copies.clone().filter(|store| store.ground.is_empty()).count();
        let in_force = review.deviations.iter().filter(|deviation| deviation.in_force).count();
        let rows = [
            (words.delivered, counted(&[Presence::Present, Presence::Missing, Presence::Unknown].map(products))),
            (words.conformance, conformance.join(", ")),
            (
                words.integrations,
                counted(&[Standing::Has, Standing::Plans, Standing::Lacks, Standing::Unknown].map(standing)),
            ),
            (
                words.duplicates,
                format!(
                    "{}; {}",
                    review.duplicates.found.len(),
                    counted(&[(words.outcome(Outcome::NotAssessable), review.duplicates.not_assessable as usize)])
                ),
            ),
            (words.responsibilities, counted(&[(words.objects, objects), (words.without_gap, clear)])),
            (
                words.stores,
                format!(
                    "{}; {}",
                    stores.len(),
                    counted(&[(words.copies, copies.count()), (words.copies_without_ground, groundless)])
                ),
            ),
            (
                words.deviations,
                counted(&[(words.in_force, in_force), (words.ended, review.deviations.len() - in_force)]),
            ),
            (words.changes, self.change_counts()),
            (
                words.questions,
                match review.questions.first() {
                    None => words.no_questions.to_owned(),
                    Some(first) => format!("{}; {} {}", review.questions.len(), first.checks, words.first_question),
                },
            ),
        ];
        let rows = rows.into_iter().map(|(subject, standing)| vec![cell(subject), cell(standing)]).collect();
        self.chapter(
            words.in_short,
            "",
            vec![self.section(
                "in-short",
                words.by_subject,
                vec![self.table(words.in_short, &[words.subject, words.standing], rows)],
            )],
        )
    }

    fn state(&self, state: Option<State>) -> Cell {
        state.map_or_else(Cell::default, |state| cell(self.words.state(state)))
    }

    fn things(&self, things: &[Thing]) -> Cell {
        let mut phrases: Vec<Phrase> = things.iter().take(LISTED).map(|thing| Phrase::plain(&thing.label)).collect();
        let rest = things.len().saturating_sub(LISTED);
        if rest > 0 {
            phrases.push(Phrase::plain(format!("… {rest} {}", self.words.more)));
        }
        Cell(phrases)
    }

    fn list(&self, caption: &str, names: &[impl AsRef<str>]) -> Option<Part> {
        let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
        (!names.is_empty()).then(|| Part::Paragraph(format!("{caption}: {}.", names.join("; "))))
    }

    fn chapter(&self, title: &str, about: &str, sections: Vec<Section>) -> Chapter {
        Chapter {
            number: String::new(),
            title: title.to_owned(),
            about: (!about.is_empty()).then(|| about.to_owned()),
            sections,
        }
    }

    fn told(&self, id: &str, title: &str, about: &str, parts: Vec<Part>) -> Section {
        Section { about: Some(about.to_owned()), ..self.section(id, title, parts) }
    }

    fn section(&self, id: &str, title: &str, parts: Vec<Part>) -> Section {
        Section { number: String::new(), id: id.to_owned(), title: title.to_owned(), about: None, parts }
    }

    /// A table; where one state only is described, the column that tells it is left out.
    fn table(&self, caption: &str, columns: &[&str], mut rows: Vec<Vec<Cell>>) -> Part {
        let mut columns = columns.to_vec();
        if self.review.states.len() == 1
            && let Some(at) = columns.iter().position(|column| *column == self.words.state)
        {
            columns.remove(at);
            for row in &mut rows {
                row.remove(at);
            }
        }
        Part::Table(Table {
            number: 0,
            caption: caption.to_owned(),
            columns: columns.into_iter().map(str::to_owned).collect(),
            rows,
            matrix: false,
        })
    }
}

/// `G8 Consolidation` for `s4:G8`; what has no number in its source is told by its name alone.
fn clause_name(clause: &str, label: &str) -> String {
    let number = clause.split_once(':').map_or(clause, |(_, number)| number);
    let bare = number.trim_start_matches(|c: char| c.is_ascii_uppercase());
    let numbered = bare.starts_with(|c: char| c.is_ascii_digit()) && !bare.contains(|c: char| c.is_ascii_lowercase());
    if numbered { format!("{number} {label}") } else { label.to_owned() }
}

fn percent(share: f64, language: Language) -> String {
    viite_check::table::Value::Share(share).text(language)
}
