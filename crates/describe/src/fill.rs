//! Fills the products from a snapshot.

use crate::{
    assessment,
    content::{Chapter, Document, Part, Property, Section},
    figure::{Painter, Row},
    library::Products,
    naming::Naming,
    order::{Of, Order},
    product::Product,
    sector::Sector,
    words::{Words, words},
};
use oxrdf::{Literal, NamedNode, Term, Variable, vocab::xsd};
use std::sync::Arc;
use viite_check::{Report, scope::Grounds};
use viite_diagram::{Paper, View};
use viite_model::{Names, State};
use viite_query::{Answer, QueryError, QueryOptions, facts::Facts};
use viite_store::{Scope, Snapshot};

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
        naming: Naming::new(&facts, order.language, &order.today),
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
    pub(crate) facts: &'a Facts<'a>,
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
        // What the reference tells by itself, it tells of a region that has delivered nothing, too.
        let reference = (product.of_reference && self.grounds.is_empty())
            .then(|| (None, Grounds::of(self.facts, self.names).of_reference()));
        let grounds: Vec<_> = grounds.into_iter().chain(&reference).collect();
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

    pub(crate) fn painter(&self) -> Painter<'_> {
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
}
