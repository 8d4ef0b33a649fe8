//! The chapter on what was delivered.

use super::{Writer, cell, number};
use crate::review::delivered::{Delivery, Presence};
use viite_describe::content::{Cell, Chapter, Part, Phrase};

impl Writer<'_> {
    pub(super) fn delivered(&self) -> Chapter {
        let (delivered, words) = (&self.review.delivered, self.words);
        let rows = delivered.files.iter().map(|file| self.file(file)).collect();
        let columns = [words.file, words.state, words.format, words.imported, words.by, words.reading];
        let mut files = vec![self.table(words.files, &columns, rows)];
        if delivered.doubtful > 0 {
            files.push(Part::Paragraph(format!("{}: {}.", words.doubtful, delivered.doubtful)));
        }
        let mut sections = vec![self.section("files", words.files, files)];
        let notes: Vec<Vec<Cell>> = delivered
            .files
            .iter()
            .flat_map(|file| &file.notes)
            .map(|note| {
                let quoted = |text: &str| Cell(vec![Phrase { text: text.to_owned(), language: note.language }]);
                vec![cell(&note.at), quoted(&note.what), quoted(&note.why)]
            })
            .collect();
        if !notes.is_empty() {
            let table = self.table(words.losses, &[words.place, words.what, words.why], notes);
            sections.push(self.told("losses", words.losses, words.losses_about, vec![table]));
        }
        let rows = delivered
            .products
            .iter()
            .filter(|product| product.presence != Presence::Unknown)
            .map(|product| {
                vec![
                    cell(&product.label),
                    self.state(product.state),
                    cell(words.presence(product.presence)),
                    if product.rows > 0 { number(product.rows) } else { Cell::default() },
                    cell(product.what_to_deliver.clone().unwrap_or_default()),
                ]
            })
            .collect();
        let columns = [words.product, words.state, words.standing, words.rows, words.what_to_deliver];
        let mut parts = vec![self.table(words.products, &columns, rows)];
        let untold: Vec<&str> = delivered
            .products
            .iter()
            .filter(|product| product.presence == Presence::Unknown)
            .map(|product| product.label.as_str())
            .collect();
        parts.extend(self.list(words.products_untold, &untold));
        sections.push(self.told("products", words.products, words.products_about, parts));
        self.chapter(words.delivered, words.delivered_about, sections)
    }

    pub(super) fn file(&self, file: &Delivery) -> Vec<Cell> {
        let words = self.words;
        let reading = match &file.reading {
            None => cell(words.reading_unknown),
            Some(counts) if counts.values().all(|number| *number == 0) => cell(words.nothing_noted),
            Some(counts) => Cell(
                ["lost", "mended", "kept", "aside"]
                    .iter()
                    .zip(words.fates)
                    .filter_map(|(fate, word)| Some((word, *counts.get(*fate)?)))
                    .filter(|(_, number)| *number > 0)
                    .map(|(word, number)| Phrase::plain(format!("{word}: {number}")))
                    .collect(),
            ),
        };
        let day = file.time.as_deref().map(|time| self.review.language.day(time.get(..10).unwrap_or(time)));
        vec![
            cell(&file.file),
            self.state(Some(file.state)),
            cell(file.format.clone().unwrap_or_default()),
            cell(day.unwrap_or_default()),
            cell(file.author.clone().unwrap_or_default()),
            reading,
        ]
    }
}
