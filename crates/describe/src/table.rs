//! Tables and matrices: from the rows of an answer to cells.

use crate::{
    content::{Cell, Part, Phrase, Table},
    figure::Row,
    fill::Filler,
    product::{Form, Product},
};
use oxrdf::{NamedOrBlankNode, Term, vocab::xsd};
use std::collections::BTreeMap;
use viite_model::ns;

/// A matrix that is wider than this is cut into parts.
const WIDEST_MATRIX: usize = 12;

impl Filler<'_> {
    pub(crate) fn tables(&self, product: &Product, rows: &[Row]) -> Vec<Part> {
        let caption = product.title.get(self.order.language).unwrap_or_default();
        match &product.form {
            Form::Table { columns, group: None, required, order } => {
                let mut table = self.table(caption, columns, order.as_deref(), &rows.iter().collect::<Vec<_>>());
                let supplier = product.supplied_by.as_ref().and_then(|text| text.get(self.order.language));
                let lacking = self.mark_lacking(&mut table, columns, required).map(|lacking| match supplier {
                    Some(supplier) => format!("{lacking}. {supplier}"),
                    None => lacking,
                });
                [Part::Table(table)].into_iter().chain(lacking.map(Part::Paragraph)).collect()
            }
            Form::Table { columns, group: Some(group), order, .. } => {
                let mut groups: BTreeMap<Option<String>, Vec<&Row>> = BTreeMap::new();
                for row in rows {
                    groups.entry(row.get(group).map(|term| self.naming.text(term))).or_default().push(row);
                }
                let mut groups: Vec<_> = groups.into_iter().collect();
                groups.sort_by(|(a, _), (b, _)| match (a, b) {
                    (Some(a), Some(b)) => self.naming.compare(a, b),
                    (a, b) => a.is_none().cmp(&b.is_none()), // what belongs to no group comes last
                });
                groups
                    .into_iter()
                    .map(|(name, rows)| {
                        let caption = name.map_or_else(|| caption.to_owned(), |name| format!("{caption}: {name}"));
                        Part::Table(self.table(&caption, columns, order.as_deref(), &rows))
                    })
                    .collect()
            }
            Form::Matrix { rows: of, columns, cell } => {
                // The same names as in the picture above it.
                let rows = &self.painter().originals(rows);
                self.matrix(caption, [of, columns], cell.as_deref(), rows).into_iter().map(Part::Table).collect()
            }
        }
    }

    /// For each value of the first column its cells.
    pub(crate) fn cells<'r>(
        &self,
        columns: &[(String, viite_model::Text)],
        rows: impl Iterator<Item = &'r Row>,
    ) -> BTreeMap<Option<String>, Vec<Cell>> {
        let key = &columns[0].0; // a table without columns is refused
        let mut by_key: BTreeMap<Option<String>, Vec<Vec<&Term>>> = BTreeMap::new();
        for row in rows {
            let name = row.get(key).map(ToString::to_string);
            let cells = by_key.entry(name).or_insert_with(|| vec![Vec::new(); columns.len()]);
            for (cell, (variable, _)) in cells.iter_mut().zip(columns) {
                if let Some(term) = row.get(variable)
                    && !cell.contains(&term)
                {
                    cell.push(term);
                }
            }
        }
        let cells = |terms: Vec<Vec<&Term>>| terms.into_iter().map(|terms| self.cell(&terms)).collect();
        by_key.into_iter().map(|(key, terms)| (key, cells(terms))).collect()
    }

    /// One row for each value of the first column, by the number that `order` names and by name.
    fn table(
        &self,
        caption: &str,
        columns: &[(String, viite_model::Text)],
        order: Option<&str>,
        rows: &[&Row],
    ) -> Table {
        let number = |row: &Row| match row.get(order?)? {
            Term::Literal(number) => number.value().parse::<f64>().ok(),
            _ => None,
        };
        let numbers: BTreeMap<Option<String>, f64> = rows
            .iter()
            .filter_map(|row| Some((row.get(&columns[0].0).map(ToString::to_string), number(row)?)))
            .collect();
        let mut rows: Vec<(f64, Vec<Cell>)> = self
            .cells(columns, rows.iter().copied())
            .into_iter()
            .map(|(key, cells)| (numbers.get(&key).copied().unwrap_or(f64::INFINITY), cells))
            .collect();
        rows.sort_by(|(m, a), (n, b)| {
            // What has no name of this kind, such as systems without a function, comes last.
            let nameless = a[0].0.is_empty().cmp(&b[0].0.is_empty());
            let by_name = || self.naming.compare(&a[0].line(), &b[0].line());
            nameless.then_with(|| m.total_cmp(n)).then_with(by_name)
        });
        let mut rows: Vec<Vec<Cell>> = rows.into_iter().map(|(_, cells)| cells).collect();
        for row in rows.iter_mut().filter(|row| row[0].0.is_empty()) {
            row[0].0.push(Phrase::plain(self.words.lacking));
        }
        Table {
            number: 0,
            caption: caption.to_owned(),
            columns: columns
                .iter()
                .map(|(_, title)| title.get(self.order.language).unwrap_or_default().to_owned())
                .collect(),
            rows,
            matrix: false,
        }
    }

    /// Marks the cells that must have a value and have none, and tells which they are, or how many in each column.
    fn mark_lacking(
        &self,
        table: &mut Table,
        columns: &[(String, viite_model::Text)],
        required: &[String],
    ) -> Option<String> {
        // Of facts and their values it is the facts that have names.
        if let [_, (value, _)] = columns
            && required.contains(value)
        {
            let empty = table.rows.iter_mut().filter(|row| row[1].0.is_empty());
            let names: Vec<String> = empty
                .map(|row| {
                    row[1].0.push(Phrase::plain(self.words.lacking));
                    row[0].line()
                })
                .collect();
            return (!names.is_empty()).then(|| format!("{}: {}", self.words.facts_lacking_here, names.join(", ")));
        }
        let mut lacking = Vec::new();
        for (at, (_, title)) in columns.iter().enumerate().filter(|(_, (name, _))| required.contains(name)) {
            let empty: Vec<&mut Cell> =
                table.rows.iter_mut().filter_map(|row| row.get_mut(at)).filter(|cell| cell.0.is_empty()).collect();
            if !empty.is_empty() {
                lacking.push(format!("{} ({})", title.get(self.order.language).unwrap_or_default(), empty.len()));
            }
            for cell in empty {
                cell.0.push(Phrase::plain(self.words.lacking));
            }
        }
        (!lacking.is_empty()).then(|| format!("{}: {}", self.words.facts_lacking, lacking.join(", ")))
    }

    /// Things against things, cut into parts that fit on a page.
    fn matrix(&self, caption: &str, [of, across]: [&String; 2], cell: Option<&str>, rows: &[Row]) -> Vec<Table> {
        let mut met: BTreeMap<(String, String), Vec<&Term>> = BTreeMap::new();
        let (mut down, mut right) = (Vec::new(), Vec::new());
        for row in rows {
            let (Some(thing), Some(other)) = (row.get(of), row.get(across)) else { continue };
            let (thing, other) = (self.naming.text(thing), self.naming.text(other));
            let marks = met.entry((thing.clone(), other.clone())).or_default();
            marks.extend(cell.and_then(|cell| row.get(cell)));
            down.push(thing);
            right.push(other);
        }
        for names in [&mut down, &mut right] {
            names.sort_by(|a, b| self.naming.compare(a, b));
            names.dedup();
        }
        let parts = right.len().div_ceil(WIDEST_MATRIX);
        right
            .chunks(WIDEST_MATRIX)
            .enumerate()
            .map(|(part, right)| {
                let mark = |thing: &String, other: &String| match met.get(&(thing.clone(), other.clone())) {
                    None => Cell::default(),
                    Some(_) if cell.is_none() => Cell(vec![Phrase::plain(self.words.mark)]),
                    Some(terms) => self.cell(terms),
                };
                let rows = down
                    .iter()
                    .map(|thing| {
                        let first = Cell(vec![Phrase::plain(thing)]);
                        [first].into_iter().chain(right.iter().map(|other| mark(thing, other))).collect::<Vec<_>>()
                    })
                    .filter(|row| row[1..].iter().any(|cell| !cell.0.is_empty()))
                    .collect();
                Table {
                    number: 0,
                    caption: match parts {
                        1 => caption.to_owned(),
                        _ => format!("{caption} ({} {}/{parts})", self.words.part, part + 1),
                    },
                    columns: [String::new()].into_iter().chain(right.iter().cloned()).collect(),
                    rows,
                    matrix: true,
                }
            })
            .collect()
    }

    /// The values in order; a picture of a reference resource gives way to the resource that stands beside it.
    fn cell(&self, terms: &[&Term]) -> Cell {
        let is_picture = |term: &Term| {
            let Term::NamedNode(node) = term else { return false };
            let of = self.facts.objects(&NamedOrBlankNode::from(node.clone()), ns::viite::CORRESPONDS_TO);
            of.iter().any(|original| terms.contains(&original))
        };
        // Days stand in their own order, not in that of the letters they are written with.
        let day = |term: &Term| match term {
            Term::Literal(literal) if literal.datatype() == xsd::DATE => Some(literal.value().to_owned()),
            _ => None,
        };
        let mut told: Vec<(Option<String>, Phrase)> =
            terms.iter().filter(|term| !is_picture(term)).map(|term| (day(term), self.naming.phrase(term))).collect();
        told.sort_by(|(a, x), (b, y)| a.cmp(b).then_with(|| self.naming.compare(&x.text, &y.text)));
        let mut phrases: Vec<Phrase> = told.into_iter().map(|(_, phrase)| phrase).collect();
        phrases.dedup();
        Cell(phrases)
    }
}
