//! Names, numbers and the order of names, as the document's language has them.

use crate::{content::Phrase, words::words};
use icu_collator::{Collator, CollatorBorrowed, options::CollatorOptions};
use icu_locale_core::locale;
use oxrdf::{Literal, NamedNode, NamedNodeRef, Term, vocab::xsd};
use std::cmp::Ordering;
use viite_model::{Language, ns};
use viite_query::facts::Facts;

/// The last day of a thing.
const VALID_UNTIL: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/viite/ns#validUntil");

/// Names things in one language, on one day.
pub(crate) struct Naming<'a> {
    facts: &'a Facts<'a>,
    language: Language,
    today: &'a str,
    collator: Option<CollatorBorrowed<'static>>,
}

impl<'a> Naming<'a> {
    pub(crate) fn new(facts: &'a Facts<'a>, language: Language, today: &'a str) -> Self {
        let locale = match language {
            Language::Fi => locale!("fi"),
            Language::Sv => locale!("sv"),
            Language::En => locale!("en"),
        };
        let mut options = CollatorOptions::default();
        options.strength = Some(icu_collator::options::Strength::Tertiary);
        // The data of the three languages are compiled in; without them names stand in the order of their letters.
        let collator = Collator::try_new(locale.into(), options).ok();
        Self { facts, language, today, collator }
    }

    /// Å, ä and ö at the end of the alphabet in Finnish and Swedish, and numbers in names by their letters.
    pub(crate) fn compare(&self, a: &str, b: &str) -> Ordering {
        self.collator.as_ref().map_or_else(|| a.cmp(b), |collator| collator.compare(a, b)).then_with(|| a.cmp(b))
    }

    /// What a thing or value is called.
    pub(crate) fn phrase(&self, term: &Term) -> Phrase {
        match term {
            Term::Literal(literal) if literal.datatype() == xsd::BOOLEAN => {
                let words = words(self.language);
                Phrase::plain(if matches!(literal.value(), "true" | "1") { words.yes } else { words.no })
            }
            _ => {
                // Texts of models hold tabs and blank lines, which would stand in a cell as holes.
                let mut text = joined(&self.facts.label(term, self.language));
                if self.has_ended(term) {
                    text = format!("{text} ({})", words(self.language).ended);
                }
                Phrase { text, language: self.facts.label_language(term, self.language) }
            }
        }
    }

    /// Whether the last day of a thing is past: a description of today may still hold it.
    fn has_ended(&self, term: &Term) -> bool {
        let Term::NamedNode(thing) = term else { return false };
        let days = self.facts.objects(&thing.clone().into(), VALID_UNTIL);
        let past =
            |day: &Term| matches!(day, Term::Literal(day) if day.datatype() == xsd::DATE && day.value() < self.today);
        !days.is_empty() && days.iter().all(past)
    }

    /// A day, `YYYY-MM-DD` or the beginning of a time, as the language has it.
    pub(crate) fn day(&self, text: &str) -> String {
        let date = Literal::new_typed_literal(text.get(..10).unwrap_or(text), xsd::DATE);
        self.facts.label(&date.into(), self.language)
    }

    /// `G8 Consolidation` for `s4:G8`.
    pub(crate) fn clause(&self, short: &str) -> String {
        let number = short.split_once(':').map_or(short, |(_, number)| number);
        match ns::expand(short).and_then(|iri| NamedNode::new(iri).ok()) {
            Some(clause) => format!("{number} {}", self.text(&clause.into())),
            None => number.to_owned(),
        }
    }

    pub(crate) fn text(&self, term: &Term) -> String {
        self.phrase(term).marked()
    }
}

/// A text in one line: no controls, and none of the private characters that office programs have for their own signs.
fn joined(text: &str) -> String {
    let sign = |c: char| match c {
        '\u{F0E0}' | '\u{F0E8}' => '→',
        '\u{F0FC}' => '✓',
        '\u{F020}'..='\u{F0FF}' => '•',
        c => c,
    };
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().filter(|c| !c.is_control()).map(sign).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use viite_store::Snapshot;

    #[test]
    fn bullets_of_an_office_program_become_bullets_that_every_font_has() {
        assert_eq!(joined("Tehtävät:\n\u{F0A7}\tkirjaa\u{1}\n\u{F0B7} lähettää"), "Tehtävät: • kirjaa • lähettää");
    }

    #[test]
    fn the_letters_of_finland_stand_at_the_end_of_the_alphabet_and_case_does_not_matter() {
        let snapshot = std::sync::Arc::new(Snapshot::from_quads(Vec::<oxrdf::Quad>::new()).unwrap());
        let facts = Facts::new(&snapshot);
        for language in [Language::Fi, Language::Sv] {
            let naming = Naming::new(&facts, language, "2026-01-01");
            let mut names = ["Öljy", "Äiti", "Ålder", "Zeta", "aamu", "Bussi"];
            names.sort_by(|a, b| naming.compare(a, b));
            assert_eq!(names, ["aamu", "Bussi", "Zeta", "Ålder", "Äiti", "Öljy"]);
        }
    }
}
