//! `viite impact`

use crate::{
    Ending,
    naming::resolve,
    output::{deliver, note, print_json},
    session::{Session, names},
};
use anyhow::{Result, bail};
use clap::{Args, ValueEnum, ValueHint};
use serde_json::json;
use std::{ffi::OsStr, path::PathBuf};
use viite_graph::{Direction, Network, report};
use viite_model::State;

/// What depends on a thing, directly and through others; or what everything hangs on
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  viite impact 'Potilastietovaranto'
  viite impact nat:kanta-patient-data-repository --depth 1
  viite impact Lifecare --direction out --derived
  viite impact Lifecare --output impact.svg
  viite impact --hubs

An arrow goes from what depends to what it depends on. A change at one end of an interface reaches
the other end and goes no further. What nobody described is not there: nothing found is no proof
that nothing depends on it.")]
pub(crate) struct ImpactArgs {
    /// The thing: an IRI, a prefixed name, or a name; without it, as --hubs
    pub(crate) thing: Option<String>,
    /// Show what several regions hang on, and what depends on itself
    #[arg(long, conflicts_with_all = ["thing", "derived", "region"])]
    pub(crate) hubs: bool,
    /// How many steps to follow; 0 follows all
    #[arg(long, value_name = "N", default_value_t = 3)]
    pub(crate) depth: usize,
    /// Which way to look
    #[arg(long, value_enum, default_value_t)]
    pub(crate) direction: Way,
    /// Only what belongs to these regions, by code or name; may be given several times
    #[arg(long, value_name = "REGION")]
    pub(crate) region: Vec<String>,
    /// Only what this state describes
    #[arg(long)]
    pub(crate) state: Option<State>,
    /// Show the relationships too that follow from those that are drawn
    #[arg(long)]
    pub(crate) derived: bool,
    /// Rows of each list in the text; 0 shows all
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(crate) limit: usize,
    /// How to show it; without it, as the ending of --output tells, else as text
    #[arg(long, value_enum)]
    pub(crate) format: Option<ImpactFormat>,
    /// Write it to this file, whole or not at all
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) output: Option<PathBuf>,
}

/// Which way to look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Way {
    /// What depends on the thing
    #[default]
    In,
    /// What the thing depends on
    Out,
}

/// How an impact is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ImpactFormat {
    /// For people
    Text,
    /// For programs
    Json,
    /// A picture
    Svg,
}

impl ImpactFormat {
    fn of(args: &ImpactArgs) -> Result<Self> {
        let ending = args.output.as_ref().and_then(|path| path.extension()).map(OsStr::to_ascii_lowercase);
        match (args.format, ending.as_ref().and_then(|ending| ending.to_str())) {
            (Some(format), _) => Ok(format),
            (None, Some("svg")) => Ok(Self::Svg),
            (None, Some("json")) => Ok(Self::Json),
            (None, None | Some("txt")) => Ok(Self::Text),
            (None, Some(other)) => {
                bail!("no format has the ending '.{other}': name a .svg, .json or .txt file, or --format")
            }
        }
    }
}

pub(crate) fn run(session: &Session, args: &ImpactArgs) -> Result<Ending> {
    let format = ImpactFormat::of(args)?;
    let repository = session.open()?;
    let snapshot = repository.snapshot()?;
    let network = Network::of(&snapshot, &names(&repository)?, args.state, session.language)?;
    let options = report::TextOptions { language: session.language, limit: (args.limit > 0).then_some(args.limit) };
    let Some(thing) = &args.thing else { return hubs(&network, args, format, options) };
    let thing = resolve(&snapshot, thing, session.language, "impact")?;
    let direction = match args.direction {
        Way::In => Direction::In,
        Way::Out => Direction::Out,
    };
    let mut impact = network.impact(&thing, direction, (args.depth > 0).then_some(args.depth))?;
    if !args.region.is_empty() {
        let regions = crate::regions::Regions::of(&snapshot, &names(&repository)?)?;
        let codes: Vec<String> = args
            .region
            .iter()
            .map(|text| Ok(regions.find(text, session.language)?.code.clone()))
            .collect::<Result<_>>()?;
        impact.keep_regions(&codes);
    }
    let derived = args.derived.then(|| network.derived(&thing, args.depth.clamp(2, 6))).transpose()?;
    match format {
        ImpactFormat::Text => {
            deliver(args.output.as_deref(), |out| Ok(report::impact(&impact, derived.as_deref(), options, out)?))?;
        }
        ImpactFormat::Json => {
            let mut document = serde_json::to_value(&impact)?;
            if let Some(derived) = &derived {
                document["derived"] = serde_json::to_value(derived)?;
            }
            write_json(args, &document)?;
        }
        ImpactFormat::Svg => {
            if impact.reached.is_empty() {
                note(session.language.of([
                    "viite: mitään ei tavoiteta, joten kuva näyttää vain asian itsensä",
                    "viite: inget nås, så bilden visar bara saken själv",
                    "viite: nothing is reached, so the picture shows the thing alone",
                ]));
            }
            let Some(picture) = report::picture(&impact, session.language) else {
                bail!("there is nothing to draw");
            };
            deliver(args.output.as_deref(), |out| Ok(out.write_all(picture.svg.as_bytes())?))?;
        }
    }
    Ok(Ending::Good)
}

fn hubs(
    network: &Network<'_>,
    args: &ImpactArgs,
    format: ImpactFormat,
    options: report::TextOptions,
) -> Result<Ending> {
    let (hubs, cycles) = (network.hubs(2), network.cycles());
    match format {
        ImpactFormat::Text => deliver(args.output.as_deref(), |out| Ok(report::hubs(&hubs, &cycles, options, out)?))?,
        ImpactFormat::Json => write_json(args, &json!({ "hubs": hubs, "cycles": cycles }))?,
        ImpactFormat::Svg => bail!("a picture shows the impact of one thing: name it"),
    }
    Ok(Ending::Good)
}

fn write_json(args: &ImpactArgs, document: &serde_json::Value) -> Result<()> {
    match &args.output {
        None => print_json(document),
        output => deliver(output.as_deref(), |out| {
            serde_json::to_writer_pretty(&mut *out, document)?;
            Ok(writeln!(out)?)
        }),
    }
}
