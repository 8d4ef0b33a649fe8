//! `viite raci`

use crate::{
    Ending,
    args::{FileFormat, TableFormat},
    output::{color, deliver},
    regions::Regions,
    session::{Session, names, today},
};
use anyhow::Result;
use clap::{Args, ValueEnum, ValueHint};
use std::path::PathBuf;
use viite_check::Raci;
use viite_model::State;

/// Who is named for what: the responsibility matrix of the national reference, or of a region
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  viite raci --object measures
  viite raci --region 05
  viite raci --region 05 --object services --object systems --output raci.xlsx

Without --region, the matrix of the national reference: measures, guidelines, duties, national
services. Letters stand only where RACI was told; the sources' own words stay what they are,
and gaps are shown as gaps.")]
pub(crate) struct RaciArgs {
    /// The matrix of this region, by code or name
    #[arg(long, value_name = "CODE")]
    pub(crate) region: Option<String>,
    /// The region in this state
    #[arg(long, value_enum, default_value_t, requires = "region")]
    pub(crate) state: RegionState,
    /// Only such objects; may be given several times
    #[arg(long, value_enum)]
    pub(crate) object: Vec<ObjectKind>,
    /// How to show it; without it, as the ending of --output tells, else as text
    #[arg(long, value_enum)]
    pub(crate) format: Option<TableFormat>,
    /// Write to this file, whole or not at all
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) output: Option<PathBuf>,
}

/// What somebody answers for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ObjectKind {
    /// Services; of the reference, the national ones
    Services,
    /// Information systems and data stores
    Systems,
    /// Projects
    Projects,
    /// The measures of the policy
    Measures,
    /// What actors and roles have to do
    Duties,
    /// The guidelines, by the roles that have a duty
    Guidelines,
}

impl ObjectKind {
    fn classes(self) -> &'static [&'static str] {
        match self {
            Self::Services => &["Service", "NationalService"],
            Self::Systems => &["InformationSystem", "DataStore"],
            Self::Projects => &["Project"],
            Self::Measures => &["Measure"],
            Self::Duties => &["Duty"],
            Self::Guidelines => &["Guideline"],
        }
    }
}

/// The state of a region.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum RegionState {
    #[default]
    Current,
    Target,
}

pub(crate) fn run(session: &Session, args: &RaciArgs) -> Result<Ending> {
    let format = TableFormat::resolve(args.format, args.output.as_deref())?;
    let repository = session.open()?;
    let snapshot = repository.snapshot()?;
    let names = names(&repository)?;
    let regions = Regions::of(&snapshot, &names)?;
    let region = args.region.as_deref().map(|text| regions.find(text, session.language)).transpose()?;
    let state = match args.state {
        RegionState::Current => State::Current,
        RegionState::Target => State::Target,
    };
    let classes: Vec<&str> = args.object.iter().flat_map(|kind| kind.classes()).copied().collect();
    let ground = region.map(|region| (&region.iri, state));
    let raci = Raci::of(&snapshot, &names, ground, &classes, session.language, &today())?;
    deliver(args.output.as_deref(), |out| {
        match format {
            TableFormat::Text => raci.write_text(args.output.is_none() && color(), out)?,
            TableFormat::Json => raci.write_json(out)?,
            TableFormat::Csv => raci.matrix().write_csv(out)?,
            TableFormat::Xlsx => raci.write_workbook(out)?,
        }
        Ok(())
    })?;
    Ok(Ending::Good)
}
