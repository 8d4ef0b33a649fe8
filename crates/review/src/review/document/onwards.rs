//! The chapter on what changed, and on what is asked for the next delivery.

use super::{Writer, cell, clause_name, number};
use crate::changes::PropertyChange;
use viite_describe::content::{Cell, Part, Phrase, Section};

impl Writer<'_> {
    pub(super) fn change_counts(&self) -> String {
        let (changes, words) = (&self.review.changes, self.words);
        if changes.first_delivery {
            return words.first_delivery.to_owned();
        }
        let told = |counts: [usize; 3]| {
            let told: Vec<String> =
                words.changed.iter().zip(counts).map(|(word, number)| format!("{word} {number}")).collect();
            told.join(", ")
        };
        format!(
            "{}: {}; {}: {}",
            words.elements.to_lowercase(),
            told(changes.element_counts()),
            words.relationships.to_lowercase(),
            told(changes.relationship_counts())
        )
    }

    pub(super) fn changes(&self) -> Section {
        let (changes, words) = (&self.review.changes, self.words);
        let mut parts = Vec::new();
        if changes.first_delivery {
            parts.push(Part::Paragraph(words.first_delivery.to_owned()));
        }
        if let Some(since) = changes.since {
            let time = changes.since_time.as_deref().unwrap_or_default();
            let day = self.review.language.day(time.get(..10).unwrap_or(time));
            parts.push(Part::Paragraph(format!("{} {since} ({day}).", words.compared_with)));
            for state in &changes.new_states {
                parts.push(Part::Paragraph(format!("{}: {}.", words.new_state, words.state(*state))));
            }
            if changes.new_states.is_empty() && changes.elements.is_empty() && changes.relationships.is_empty() {
                parts.push(Part::Paragraph(words.nothing_changed.to_owned()));
            }
        }
        let became = |change| cell(words.changed[change as usize]);
        let details = |properties: &[PropertyChange]| {
            let told = properties.iter().map(|property| {
                let values = |values: &[String]| if values.is_empty() { "–".to_owned() } else { values.join(", ") };
                Phrase::plain(format!(
                    "{}: {} → {}",
                    property.property,
                    values(&property.before),
                    values(&property.after)
                ))
            });
            Cell(told.collect())
        };
        if !changes.elements.is_empty() {
            let rows = changes
                .elements
                .iter()
                .map(|element| {
                    vec![
                        cell(&element.label),
                        self.state(Some(element.state)),
                        cell(&element.kind),
                        became(element.change),
                        details(&element.properties),
                    ]
                })
                .collect();
            parts.push(self.table(
                words.elements,
                &[words.thing, words.state, words.kind, words.change, words.before_after],
                rows,
            ));
        }
        if !changes.relationships.is_empty() {
            let rows = changes
                .relationships
                .iter()
                .map(|change| {
                    vec![
                        cell(&change.source),
                        cell(&change.relationship),
                        cell(&change.target),
                        self.state(Some(change.state)),
                        became(change.change),
                        details(&change.properties),
                    ]
                })
                .collect();
            let columns = [words.from, words.relation, words.to, words.state, words.change, words.before_after];
            parts.push(self.table(words.relationships, &columns, rows));
        }
        self.told("changes", words.changes, words.changes_about, parts)
    }

    pub(super) fn questions(&self) -> Section {
        let words = self.words;
        let rows: Vec<Vec<Cell>> = self
            .review
            .questions
            .iter()
            .map(|question| {
                vec![
                    cell(&question.text),
                    self.things(&question.things),
                    number(question.checks),
                    Cell(
                        question
                            .clauses
                            .iter()
                            .zip(&question.clause_labels)
                            .map(|(clause, label)| Phrase::plain(clause_name(clause, label)))
                            .collect(),
                    ),
                ]
            })
            .collect();
        let part = if rows.is_empty() {
            Part::Paragraph(words.no_questions.to_owned())
        } else {
            self.table(words.questions, &[words.question, words.of_what, words.checks, words.clause], rows)
        };
        self.told("questions", words.questions, words.questions_about, vec![part])
    }
}
