//! `viite region`

use crate::{
    Ending,
    args::Format,
    output::{finish, print_json, print_table, results, table},
    regions::{Regions, described},
    session::{Session, names},
};
use anyhow::{Result, bail};
use clap::{Args, Subcommand};
use oxrdf::{Literal, NamedNode, Quad};
use serde_json::json;
use std::{collections::BTreeSet, io::Write};
use viite_model::{Language, State, graphs, ns};
use viite_store::{CommitInfo, Repository};

/// List the regions, or add one that the reference does not know
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  viite region list
  viite region add X1 --name Esimerkkiseutu --kind county --collaboration-area western --lang fi")]
pub(crate) struct RegionArgs {
    #[command(subcommand)]
    pub(crate) command: RegionCommand,
}

/// What to do with regions.
#[derive(Debug, Subcommand)]
pub(crate) enum RegionCommand {
    /// Every region, with what it has described
    List {
        /// How to show it
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Add a region; --lang tells the language of its name
    Add {
        /// Its code: letters, digits and hyphens
        code: String,
        /// Its name
        #[arg(long)]
        name: String,
        /// What kind of region it is: duties to use national services go by it
        #[arg(long, value_enum)]
        kind: Option<RegionKind>,
        /// The collaboration area of social welfare and health care that it belongs to
        #[arg(long, value_enum, value_name = "AREA")]
        collaboration_area: Option<CollaborationArea>,
    },
}

/// The kinds of region that duties are laid on.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub(crate) enum RegionKind {
    /// A wellbeing services county
    County,
    /// A city that arranges social welfare and health care
    City,
    /// A joint authority
    JointAuthority,
    /// An autonomous region
    AutonomousRegion,
}

impl RegionKind {
    /// The individual of the vocabulary.
    fn iri(self) -> NamedNode {
        let name = match self {
            Self::County => "WellbeingServicesCounty",
            Self::City => "City",
            Self::JointAuthority => "JointAuthority",
            Self::AutonomousRegion => "AutonomousRegion",
        };
        NamedNode::new_unchecked(format!("{}{name}", ns::VIITE)) // the names above are legal
    }
}

/// The five collaboration areas (Government decree 91/2022).
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub(crate) enum CollaborationArea {
    /// Southern Finland
    Southern,
    /// Eastern Finland
    Eastern,
    /// Inner Finland
    Inner,
    /// Western Finland
    Western,
    /// Northern Finland
    Northern,
}

impl CollaborationArea {
    /// The actor of the reference.
    fn iri(self) -> NamedNode {
        let name = match self {
            Self::Southern => "southern",
            Self::Eastern => "eastern",
            Self::Inner => "inner",
            Self::Western => "western",
            Self::Northern => "northern",
        };
        NamedNode::new_unchecked(format!("{}actor/collaboration-area-{name}", ns::REFERENCE)) // legal, as above
    }
}

/// A region that the reference does not know.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NewRegion<'a> {
    pub(crate) code: &'a str,
    pub(crate) name: &'a str,
    /// The language of the name.
    pub(crate) language: Language,
    pub(crate) kind: Option<RegionKind>,
    pub(crate) area: Option<CollaborationArea>,
}

pub(crate) fn run(session: &Session, args: RegionArgs) -> Result<Ending> {
    match args.command {
        RegionCommand::List { format } => list(session, format)?,
        RegionCommand::Add { code, name, kind, collaboration_area: area } => {
            add(session, NewRegion { code: &code, name: &name, language: session.language, kind, area })?;
        }
    }
    Ok(Ending::Good)
}

fn list(session: &Session, format: Format) -> Result<()> {
    let repository = session.open()?;
    let snapshot = repository.snapshot()?;
    let names = names(&repository)?;
    let regions = Regions::of(&snapshot, &names)?;
    let described = described(&snapshot, &names);
    let states = |iri| -> BTreeSet<State> {
        described.iter().filter(|(region, _)| region == iri).map(|(_, state)| *state).collect()
    };
    match format {
        Format::Json => print_json(
            &regions
                .iter()
                .map(|region| {
                    json!({
                        "code": region.code,
                        "name": region.name(session.language),
                        "iri": region.iri.as_str(),
                        "described": states(&region.iri),
                    })
                })
                .collect::<Vec<_>>(),
        ),
        Format::Text => {
            let mut rows = table(&session.language.of([
                ["koodi", "nimi", "kuvattu"],
                ["kod", "namn", "beskriven"],
                ["code", "name", "described"],
            ]));
            for region in regions.iter() {
                let states: Vec<&str> = states(&region.iri).into_iter().map(State::name).collect();
                rows.add_row([&region.code, region.name(session.language), &states.join(", ")]);
            }
            let mut out = results();
            print_table(&mut out, &rows)?;
            finish(out)
        }
    }
}

fn add(session: &Session, new: NewRegion<'_>) -> Result<()> {
    let NewRegion { code, name, .. } = new;
    let legal =
        !code.is_empty() && code.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') && !code.starts_with('-');
    if !legal {
        bail!("'{code}' cannot be the code of a region: use letters, digits and hyphens, such as X1");
    }
    if name.trim().is_empty() {
        bail!("the name of a region cannot be empty");
    }
    let said = match insert(session, &session.open()?, new)? {
        Inserted::New => session.language.of([
            format!("Lisättiin alue {code} ({name})."),
            format!("La till regionen {code} ({name})."),
            format!("Added region {code} ({name})."),
        ]),
        Inserted::Completed => session.language.of([
            format!("Alue {code} ({name}) oli jo olemassa; siitä kirjattiin se, mikä oli uutta."),
            format!("Regionen {code} ({name}) fanns redan; det som var nytt om den är antecknat."),
            format!("Region {code} ({name}) was there already; what was new of it is recorded."),
        ]),
        Inserted::Known => session.language.of([
            format!("Alue {code} ({name}) on jo olemassa; mikään ei muuttunut."),
            format!("Regionen {code} ({name}) finns redan; inget ändrades."),
            format!("Region {code} ({name}) is there already; nothing changed."),
        ]),
    };
    let mut out = results();
    writeln!(out, "{said}")?;
    finish(out)
}

/// What became of a region that was to be added.
pub(crate) enum Inserted {
    New,
    /// It was there under this very name; its kind or its area became another.
    Completed,
    Known,
}

/// Adds a region to the decisions.
pub(crate) fn insert(session: &Session, repository: &Repository, new: NewRegion<'_>) -> Result<Inserted> {
    let names = names(repository)?;
    let mut writer = repository.write(session.wait)?;
    let regions = Regions::of(writer.snapshot(), &names)?;
    let there = regions.iter().find(|region| region.code.eq_ignore_ascii_case(new.code));
    if let Some(there) = there.filter(|there| !there.called(new.name)) {
        bail!("region {} exists already, as {}; choose another code", there.code, there.name(new.language));
    }
    let region = there.map_or_else(|| graphs::region(new.code), |there| there.iri.clone());
    let decisions = names.decisions();
    if there.is_none() {
        let name = Literal::new_language_tagged_literal_unchecked(new.name, new.language.tag()); // fi, sv or en
        for (predicate, object) in [
            (ns::rdf::TYPE, ns::viite::REGION.into_owned().into()),
            (ns::viite::CODE, Literal::from(new.code).into()),
            (ns::rdfs::LABEL, oxrdf::Term::from(name)),
        ] {
            writer.insert(&Quad::new(region.clone(), predicate, object, decisions.clone()));
        }
    }
    let said: Vec<Quad> = writer.snapshot().graph_quads(&decisions);
    let facts = [
        (ns::viite::KIND, new.kind.map(RegionKind::iri)),
        (ns::viite::COLLABORATION_AREA, new.area.map(CollaborationArea::iri)),
    ];
    for (property, value) in facts {
        let Some(value) = value else { continue };
        // A later word takes the place of an earlier one.
        for old in said.iter().filter(|quad| quad.subject == region.clone().into() && quad.predicate == property) {
            writer.remove(old);
        }
        writer.insert(&Quad::new(region.clone(), property, value, decisions.clone()));
    }
    let revision = writer.commit(&CommitInfo::by_user(format!("Add region {}", new.code)))?;
    Ok(match (there, revision) {
        (None, _) => Inserted::New,
        (Some(_), Some(_)) => Inserted::Completed,
        (Some(_), None) => Inserted::Known,
    })
}
