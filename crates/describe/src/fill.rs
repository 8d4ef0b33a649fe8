//! Fills the products from a snapshot.

use crate::{
    assessment,
    content::{Cell, Chapter, Document, Part, Phrase, Property, Section, Table},
    figure::{Painter, Row},
    library::Products,
    naming::Naming,
    order::{Of, Order},
    product::{Form, Product},
    sector::Sector,
    words::{Words, words},
};
use oxrdf::{Literal, NamedNode, NamedOrBlankNode, Term, Variable, vocab::xsd};
use std::{collections::BTreeMap, sync::Arc};
use viite_check::Report;
use viite_diagram::{Paper, View};
use viite_model::{Names, State, ns};
use viite_query::{Answer, QueryError, QueryOptions, facts::Facts};
use viite_store::{Scope, Snapshot};

/// A matrix that is wider than this is cut into parts.
const WIDEST_MATRIX: usize = 12;

/// Why there is no description.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DescribeError {
    /// The query of a product failed.
    #[error("the product '{product}' could not be filled: {error}")]
    Product {
        /// The product.
        product: String,
        /// What went wrong.
        error: QueryError,
    },
}

/// Writes the description that is ordered.
///
/// # Errors
/// When the query of a product fails or takes too long.
pub fn describe(
    snapshot: &Arc<Snapshot>,
    names: &Names,
    products: &Products,
    order: &Order<'_>,
) -> Result<Document, DescribeError> {
    describe_watched(snapshot, names, products, order, |_, _, _| {})
}

/// As [`describe`], and tells before each product how many are done, how many there are, and what comes.
///
/// # Errors
/// When the query of a product fails or takes too long.
pub fn describe_watched(
    snapshot: &Arc<Snapshot>,
    names: &Names,
    products: &Products,
    order: &Order<'_>,
    mut watch: impl FnMut(usize, usize, &str),
) -> Result<Document, DescribeError> {
    let facts = Facts::new(snapshot);
    let grounds = order.grounds(&facts, names);
    let sector = match &order.sector {
        Some(sector) => {
            let scopes: Vec<&Scope> = grounds.iter().map(|(_, scope)| scope).collect();
            Some(Sector::of(snapshot, sector, &scopes, order.timeout)?)
        }
        None => None,
    };
    let filler = Filler {
        snapshot,
        naming: Naming::new(&facts, order.language),
        facts: &facts,
        names,
        words: words(order.language),
        order,
        grounds,
        sector,
    };
    filler.document(products, &mut watch)
}

pub(crate) struct Filler<'a> {
    snapshot: &'a Arc<Snapshot>,
    facts: &'a Facts<'a>,
    pub(crate) naming: Naming<'a>,
    names: &'a Names,
    pub(crate) words: &'static Words,
    pub(crate) order: &'a Order<'a>,
    pub(crate) grounds: Vec<(Option<State>, Scope)>,
    sector: Option<Sector>,
}

impl Filler<'_> {
    fn document(
        &self,
        products: &Products,
        watch: &mut impl FnMut(usize, usize, &str),
    ) -> Result<Document, DescribeError> {
        let subject = self.order.of.subject();
        let mut chapters: Vec<Chapter> = Vec::new();
        let mut of_chapter = None;
        let mut wanted = products.in_order();
        wanted.retain(|product| product.subjects.contains(&subject) && self.wanted(product));
        for (at, product) in wanted.iter().enumerate() {
            watch(at, wanted.len(), product.title.get(self.order.language).unwrap_or_default());
            let section = self.section(product)?;
            if of_chapter != Some(&product.chapter) {
                of_chapter = Some(&product.chapter);
                let heading = products.chapter(&product.chapter);
                let (title, about) = heading.map_or((None, None), |heading| {
                    (heading.title.get(self.order.language), heading.about.get(self.order.language))
                });
                chapters.push(Chapter {
                    number: String::new(),
                    title: title.unwrap_or(&product.chapter).to_owned(),
                    about: about.map(str::to_owned),
                    sections: Vec::new(),
                });
            }
            if let Some(chapter) = chapters.last_mut() {
                chapter.sections.push(section);
            }
        }
        chapters.extend(self.views());
        if let Some(report) = self.order.report.filter(|_| self.order.only.is_empty()) {
            chapters.push(self.assessment(report));
        }
        if self.order.only.is_empty() {
            let gaps = assessment::gaps(&chapters, self.words);
            chapters.extend(gaps);
        }
        let mut document = Document {
            language: self.order.language,
            title: self.title(),
            subtitle: self.words.subtitle.to_owned(),
            properties: self.properties(),
            notes: Vec::new(),
            chapters,
        };
        document.number();
        document.notes.extend(self.sector.as_ref().and_then(|sector| self.unknown(sector)));
        if document.phrases().any(|phrase| phrase.language.is_some()) {
            document.notes.push(self.words.other_language.to_owned());
        }
        Ok(document)
    }

    /// What the checks found about what the document is about.
    fn assessment(&self, report: &Report) -> Chapter {
        let concerns = |iri: &str| match (self.order.of.system(), &self.sector) {
            (Some(system), _) => iri == system.as_str(),
            (None, Some(sector)) => sector.has(iri),
            (None, None) => true,
        };
        let mut report = report.clone();
        report
            .findings
            .retain(|finding| concerns(&finding.focus) || finding.members.iter().any(|member| concerns(&member.value)));
        let whole = self.order.of.system().is_none() && self.sector.is_none();
        assessment::chapter(&report, whole, self.words, &self.naming)
    }

    /// The views that came with the region's files.
    fn views(&self) -> Option<Chapter> {
        let paper = Paper::page(self.order.language);
        let section = |(at, view): (usize, &View)| Section {
            number: String::new(),
            id: format!("view-{}", at + 1),
            title: view.title.clone(),
            about: None,
            parts: vec![Part::Figure(view.draw(&paper).into())],
        };
        let sections: Vec<Section> = self.order.views.iter().enumerate().map(section).collect();
        (!sections.is_empty()).then(|| Chapter {
            number: String::new(),
            title: self.words.views.to_owned(),
            about: Some(self.words.views_about.to_owned()),
            sections,
        })
    }

    fn wanted(&self, product: &Product) -> bool {
        let only = &self.order.only;
        let told = self.sector.is_none() || !product.of_delivery;
        told && (only.is_empty() || only.iter().any(|name| *name == product.id || *name == product.chapter))
    }

    fn title(&self) -> String {
        let title = format!("{}: {}", self.words.title(self.order.of.subject()), self.subject_name());
        match &self.order.sector {
            Some(sector) => format!("{title}, {}", self.naming.text(&sector.clone().into())),
            None => title,
        }
    }

    fn subject_name(&self) -> String {
        match &self.order.of {
            Of::Nation => self.words.nation.to_owned(),
            // The proper name stands in a title as it is, whatever its language.
            Of::Area { area: thing, .. } | Of::Region(thing) | Of::System { system: thing, .. } => {
                self.naming.phrase(&thing.clone().into()).text
            }
        }
    }

    /// The systems and services of which nobody has said what they are for, and that are not shown for that.
    fn unknown(&self, sector: &Sector) -> Option<String> {
        const NAMED: usize = 10;
        let mut names: Vec<String> =
            sector.unknown.iter().map(|thing| self.naming.text(&thing.clone().into())).collect();
        names.sort_by(|a, b| self.naming.compare(a, b));
        let rest = if names.len() > NAMED { ", …" } else { "" };
        let told = names.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
        (!names.is_empty()).then(|| format!("{} ({}): {told}{rest}.", self.words.of_no_sector, names.len()))
    }

    fn properties(&self) -> Vec<Property> {
        let mut properties = Vec::new();
        let mut tell = |key, name: &str, value: String| properties.push(Property::plain(key, name, value));
        let name = |thing: &NamedNode| self.naming.phrase(&thing.clone().into()).text;
        if let Of::Area { regions, .. } = &self.order.of {
            let mut regions: Vec<String> = regions.iter().map(name).collect();
            regions.sort_by(|a, b| self.naming.compare(a, b));
            tell("regions", self.words.regions, regions.join(", "));
        }
        if let Some(region) = self.order.of.region() {
            let states: Vec<&str> =
                self.grounds.iter().filter_map(|(state, _)| Some(self.words.state((*state)?))).collect();
            let states = if states.is_empty() { self.words.nothing_described.to_owned() } else { states.join(", ") };
            tell("region", self.words.region, name(region));
            if let Some(sector) = &self.order.sector {
                tell("sector", self.words.sector, name(sector));
            }
            tell("states", self.words.states_described, states);
        }
        tell("date", self.words.day, self.naming.day(&self.order.today));
        if let Some((number, time)) = &self.order.revision {
            tell("revision", self.words.revision, format!("{number} ({})", self.naming.day(time)));
        }
        properties
    }

    fn section(&self, product: &Product) -> Result<Section, DescribeError> {
        let text = |text: &viite_model::Text| text.get(self.order.language).unwrap_or_default().to_owned();
        let grounds: Vec<_> = self
            .grounds
            .iter()
            .filter(|(state, _)| product.states.is_empty() || state.is_none_or(|state| product.states.contains(&state)))
            .collect();
        let mut missing = text(&product.empty);
        if self.sector.is_some() {
            missing = format!("{}: {missing}", self.words.in_sector);
        }
        let mut parts = Vec::new();
        if product.gap {
            parts.extend(self.gap(product)?);
        }
        for (state, scope) in grounds.iter().filter(|_| !product.gap) {
            let rows = self.rows(product, *state, scope)?;
            if let Some(state) = state.filter(|_| grounds.len() > 1) {
                parts.push(Part::Heading(self.words.state(state).to_owned()));
            }
            if rows.is_empty() {
                parts.push(Part::Missing(missing.clone()));
            } else {
                if let Some(diagram) = &product.diagram {
                    let figures = self.painter().figures(diagram, &text(&product.title), &rows);
                    parts.extend(figures.into_iter().map(Part::Figure));
                }
                parts.extend(self.tables(product, &rows));
            }
        }
        // A difference needs both states, and is missing where one is.
        if parts.iter().all(|part| matches!(part, Part::Missing(_) | Part::Heading(_))) {
            parts = vec![Part::Missing(missing)];
        }
        Ok(Section {
            number: String::new(),
            id: product.id.clone(),
            title: text(&product.title),
            about: Some(text(&product.about)),
            parts,
        })
    }

    fn painter(&self) -> Painter<'_> {
        Painter {
            facts: self.facts,
            naming: &self.naming,
            words: self.words,
            language: self.order.language,
            today: &self.order.today,
            focus: self.order.of.system(),
        }
    }

    pub(crate) fn rows(
        &self,
        product: &Product,
        state: Option<State>,
        scope: &Scope,
    ) -> Result<Vec<Row>, DescribeError> {
        let fault = |error| DescribeError::Product { product: product.id.clone(), error };
        let variable = Variable::new_unchecked;
        let today = Literal::new_typed_literal(&self.order.today, xsd::DATE);
        let mut bindings: Vec<(Variable, Term)> = vec![
            (variable("today"), today.into()),
            (variable("language"), Literal::from(self.order.language.tag()).into()),
            (variable("decisions"), self.names.decisions().into()),
        ];
        let things = [("region", self.order.of.region()), ("system", self.order.of.system())];
        bindings.extend(things.into_iter().filter_map(|(name, thing)| Some((variable(name), thing?.clone().into()))));
        bindings.extend(state.map(|state| (variable("state"), state.iri().into())));
        let options = QueryOptions {
            scope: scope.clone(),
            timeout: Some(self.order.timeout),
            bindings,
            ..QueryOptions::default()
        };
        let Answer::Solutions(solutions) = product.query.run(self.snapshot, &options).map_err(fault)? else {
            return Ok(Vec::new()); // a product without columns is no SELECT, and was refused
        };
        let rows: Result<Vec<Row>, DescribeError> = solutions
            .map(|solution| {
                let solution = solution.map_err(fault)?;
                Ok(solution.iter().map(|(variable, term)| (variable.as_str().to_owned(), term.clone())).collect())
            })
            .collect();
        let mut rows = rows?;
        if let Some(sector) = &self.sector {
            rows.retain(|row| sector.shows(row, product.form.key()));
        }
        Ok(rows)
    }

    fn tables(&self, product: &Product, rows: &[Row]) -> Vec<Part> {
        let caption = product.title.get(self.order.language).unwrap_or_default();
        match &product.form {
            Form::Table { columns, group: None, required, order } => {
                let mut table = self.table(caption, columns, order.as_deref(), &rows.iter().collect::<Vec<_>>());
                let lacking = self.mark_lacking(&mut table, columns, required);
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

    /// Marks the cells that must have a value and have none, and tells how many there are in each column.
    fn mark_lacking(
        &self,
        table: &mut Table,
        columns: &[(String, viite_model::Text)],
        required: &[String],
    ) -> Option<String> {
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
