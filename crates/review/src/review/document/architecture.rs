//! The chapter on the architecture itself.

use super::{Writer, cell, number};
use crate::review::Standing;
use viite_describe::content::{Cell, Part, Phrase, Section};
use viite_model::Outcome;

impl Writer<'_> {
    pub(super) fn integrations(&self) -> Section {
        let (review, words) = (self.review, self.words);
        let told = review.integrations.iter().filter(|service| service.standing != Standing::NotDescribed);
        let rows = told
            .map(|service| {
                let mut who = self.things(&service.users).0;
                who.extend(self.things(&service.planned).0);
                vec![
                    cell(&service.service.label),
                    cell(words.standing_of(service.standing)),
                    Cell(who),
                    Cell(service.findings.iter().map(Phrase::plain).collect()),
                ]
            })
            .collect();
        let columns = [words.service, words.standing, words.who, words.ground];
        let mut parts = vec![self.table(words.integrations, &columns, rows)];
        let rest: Vec<&str> = review
            .integrations
            .iter()
            .filter(|service| service.standing == Standing::NotDescribed)
            .map(|service| service.service.label.as_str())
            .collect();
        parts.extend(self.list(words.not_described, &rest));
        self.told("integrations", words.integrations, words.integrations_about, parts)
    }

    pub(super) fn duplicates(&self) -> Section {
        let (duplicates, words) = (&self.review.duplicates, self.words);
        let mut parts = if duplicates.found.is_empty() {
            vec![Part::Paragraph(words.no_duplicates.to_owned())]
        } else {
            vec![self.items(words.duplicates, &duplicates.found)]
        };
        if duplicates.not_assessable > 0 {
            let text = format!("{}: {}.", words.outcome(Outcome::NotAssessable), duplicates.not_assessable);
            parts.push(Part::Paragraph(text));
        }
        self.told("duplicates", words.duplicates, words.duplicates_about, parts)
    }

    pub(super) fn responsibilities(&self) -> Section {
        let words = self.words;
        let mut parts = Vec::new();
        for of in &self.review.responsibilities {
            if of.objects == 0 {
                parts.push(Part::Paragraph(format!("{}: {}", words.state(of.state), words.nothing_to_answer_for)));
                continue;
            }
            let rows = of
                .gaps
                .iter()
                .map(|gap| vec![cell(&gap.label), cell(&gap.class), number(gap.things.len()), self.things(&gap.things)])
                .collect();
            let state = words.state(of.state);
            let told = [(words.objects, of.objects), (words.without_gap, of.without_gap)]
                .map(|(name, number)| format!("{} {number}", name.to_lowercase()));
            parts.push(Part::Paragraph(format!("{state}: {}.", told.join(", "))));
            if !of.gaps.is_empty() {
                let caption = format!("{} ({state})", words.responsibilities);
                parts.push(self.table(&caption, &[words.gap, words.kind, words.number, words.things], rows));
            }
        }
        self.told("responsibilities", words.responsibilities, words.responsibilities_about, parts)
    }

    pub(super) fn stores(&self) -> Section {
        let (stores, words) = (&self.review.data_stores, self.words);
        let list = |texts: &[String]| Cell(texts.iter().map(Phrase::plain).collect());
        let mut parts = if stores.stores.is_empty() {
            vec![Part::Paragraph(words.no_stores.to_owned())]
        } else {
            let rows = stores
                .stores
                .iter()
                .map(|store| {
                    let groundless = store.ground.is_empty() && !store.copy_of.is_empty();
                    vec![
                        cell(&store.thing.label),
                        self.state(Some(store.state)),
                        list(&store.holds),
                        list(&store.master_of),
                        list(&store.copy_of),
                        if groundless { cell(words.missing) } else { list(&store.ground) },
                        if store.owner.is_empty() { cell(words.missing) } else { list(&store.owner) },
                    ]
                })
                .collect();
            let columns =
                [words.store, words.state, words.holds, words.master_of, words.copy_of, words.copy_ground, words.owner];
            vec![self.table(words.stores, &columns, rows)]
        };
        for state in &self.review.states {
            let unplaced = stores.without_master.iter().filter(|group| group.state == *state);
            let unplaced: Vec<&str> = unplaced.map(|group| group.thing.label.as_str()).collect();
            let caption = format!("{} ({})", words.unplaced, words.state(*state));
            parts.extend(self.list(&caption, &unplaced));
        }
        self.told("data-stores", words.stores, words.stores_about, parts)
    }
}
