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
  viite region add X1 --name Esimerkkiseutu --kind county --lang fi")]
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

pub(crate) fn run(session: &Session, args: RegionArgs) -> Result<Ending> {
    match args.command {
        RegionCommand::List { format } => list(session, format)?,
        RegionCommand::Add { code, name, kind } => add(session, &code, &name, kind)?,
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
            let mut rows = table(&["code", "name", "described"]);
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

fn add(session: &Session, code: &str, name: &str, kind: Option<RegionKind>) -> Result<()> {
    let legal =
        !code.is_empty() && code.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') && !code.starts_with('-');
    if !legal {
        bail!("'{code}' cannot be the code of a region: use letters, digits and hyphens, such as X1");
    }
    if name.trim().is_empty() {
        bail!("the name of a region cannot be empty");
    }
    let added = insert(session, &session.open()?, code, name, session.language, kind)?;
    let mut out = results();
    if added {
        writeln!(out, "Added region {code} ({name}).")?;
    } else {
        writeln!(out, "Region {code} ({name}) is there already; nothing changed.")?;
    }
    finish(out)
}

/// Adds a region to the decisions. False: it was there, under this very name.
pub(crate) fn insert(
    session: &Session,
    repository: &Repository,
    code: &str,
    name: &str,
    language: Language,
    kind: Option<RegionKind>,
) -> Result<bool> {
    let names = names(repository)?;
    let mut writer = repository.write(session.wait)?;
    let regions = Regions::of(writer.snapshot(), &names)?;
    if let Some(there) = regions.iter().find(|region| region.code.eq_ignore_ascii_case(code)) {
        if there.called(name) {
            return Ok(false);
        }
        bail!("region {} exists already, as {}; choose another code", there.code, there.name(language));
    }
    let region = graphs::region(code);
    let decisions = names.decisions();
    let name = Literal::new_language_tagged_literal_unchecked(name, language.tag()); // fi, sv or en
    for (predicate, object) in [
        (ns::rdf::TYPE, ns::viite::REGION.into_owned().into()),
        (ns::viite::CODE, Literal::from(code).into()),
        (ns::rdfs::LABEL, oxrdf::Term::from(name)),
    ] {
        writer.insert(&Quad::new(region.clone(), predicate, object, decisions.clone()));
    }
    if let Some(kind) = kind {
        writer.insert(&Quad::new(region.clone(), ns::viite::KIND, kind.iri(), decisions));
    }
    writer.commit(&CommitInfo::by_user(format!("Add region {code}")))?;
    Ok(true)
}
