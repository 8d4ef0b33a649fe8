//! The chapter on what the checks say.

use super::{LISTED, Writer, cell, clause_name, number, percent};
use crate::review::conformance::{Clause, Item};
use viite_check::Counts;
use viite_describe::content::{Cell, Chapter, Part, Phrase, Section};
use viite_model::{Outcome, State};

impl Writer<'_> {
    pub(super) fn conformance(&self) -> Chapter {
        let (conformance, words) = (&self.review.conformance, self.words);
        // What is judged over the whole repository counts with the state, where only one is described.
        let only = (self.review.states.len() == 1).then(|| self.review.states[0]);
        let mut concerned: Vec<(&Clause, Option<State>, Counts)> = Vec::new();
        for clause in conformance.clauses.iter().filter(|clause| clause.concerned > 0) {
            let state = only.or(clause.state);
            match concerned.last_mut() {
                Some((last, same, counts)) if last.clause == clause.clause && *same == state => {
                    *counts += clause.counts;
                }
                _ => concerned.push((clause, state, clause.counts)),
            }
        }
        let rows = concerned
            .into_iter()
            .map(|(clause, state, counts)| {
                let mut row = vec![cell(clause_name(&clause.clause, &clause.label)), self.state(state)];
                row.push(number(counts.concerned()));
                row.extend(Outcome::ALL.map(|outcome| number(counts.of(outcome))));
                row.push(cell(
                    counts.assessable().map(|share| percent(share, self.review.language)).unwrap_or_default(),
                ));
                row
            })
            .collect();
        let mut columns = vec![words.clause, words.state, words.judged];
        columns.extend(words.outcomes);
        columns.push(words.assessable);
        let mut parts = vec![self.table(words.conformance, &columns, rows)];
        let vacuous: Vec<String> = conformance
            .clauses
            .iter()
            .filter(|clause| clause.concerned == 0)
            .map(|clause| clause_name(&clause.clause, &clause.label))
            .collect();
        parts.extend(self.list(words.nothing_concerned, &vacuous));
        parts.extend(self.list(words.failed_rules, &conformance.failed_rules));
        let findings = if conformance.findings.is_empty() {
            vec![Part::Paragraph(words.no_findings.to_owned())]
        } else {
            vec![self.items(words.findings, &conformance.findings)]
        };
        let sections = vec![
            self.section("clauses", words.by_clause, parts),
            self.section("findings", words.findings, findings),
            self.deviations(),
        ];
        self.chapter(words.conformance, words.conformance_about, sections)
    }

    pub(super) fn items(&self, caption: &str, items: &[Item]) -> Part {
        let words = self.words;
        let rows = items
            .iter()
            .map(|item| {
                vec![
                    self.things(&item.things),
                    cell(&item.message),
                    cell(clause_name(&item.clause, &item.clause_label)),
                    self.state(item.state),
                    cell(item.severity_word),
                    Cell(
                        item.things
                            .iter()
                            .filter_map(|thing| thing.place.clone())
                            .take(LISTED)
                            .map(Phrase::plain)
                            .collect(),
                    ),
                ]
            })
            .collect();
        let columns = [words.things, words.finding, words.clause, words.state, words.severity, words.place];
        self.table(caption, &columns, rows)
    }

    pub(super) fn deviations(&self) -> Section {
        let words = self.words;
        let rows: Vec<Vec<Cell>> = self
            .review
            .deviations
            .iter()
            .map(|deviation| {
                let until = deviation.until.as_deref().map(|day| self.review.language.day(day)).unwrap_or_default();
                let state = if deviation.in_force { words.in_force } else { words.ended };
                vec![
                    self.things(&deviation.item.things),
                    cell(&deviation.item.message),
                    cell(&deviation.reason),
                    cell(&deviation.authority),
                    cell(until),
                    cell(state),
                ]
            })
            .collect();
        let columns = [words.things, words.finding, words.reason, words.authority, words.until, words.standing];
        let part = if rows.is_empty() {
            Part::Paragraph(words.no_deviations.to_owned())
        } else {
            self.table(words.deviations, &columns, rows)
        };
        self.told("deviations", words.deviations, words.deviations_about, vec![part])
    }
}
