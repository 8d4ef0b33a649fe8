//! `viite match`

mod sheet;
mod words;

use crate::{
    Ending,
    args::Format,
    output::{finish, print_json, print_table, results, table},
    regions::{Region, Regions},
    session::{Session, names, today},
};
use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand, ValueEnum, ValueHint};
use oxrdf::{NamedNode, NamedOrBlankNode, Term};
use serde::Serialize;
use serde_json::json;
use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    sync::Arc,
};
use viite_model::{Language, Names, ns};
use viite_query::facts::Facts;
use viite_review::{Candidate, Decision, Description, Doubt, Kind, Matcher, consequences, doubtful};
use viite_store::{CommitInfo, Repository, Snapshot};
use words::{Words, words};

/// Which resource of the reference a name or an element stands for
#[derive(Debug, Args)]
#[command(
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    after_help = "\
Examples:
  viite match 'Kannan potilastiedon arkistoon'
  viite match Receptcentralen --lang sv --format json
  viite match list --region 05
  viite match accept s044 nat:kanta-mykanta --reason 'the same service'
  viite match reject s044
  viite match list --output doubtful.xlsx      a workbook to fill in; or .csv
  viite match apply doubtful.xlsx

One name is answered with the resource that it certainly stands for, else with those that it
may stand for, else with none. With --lang, forms of words in that language are looked for first.
JSON: 'text', 'match' (a certain one, or null), 'candidates'; of each 'resource', 'label', 'kind',
'score' (0 to 1), 'reason', 'name' (the name of the resource that was compared).

Reasons, the strongest first: identifier, name, alias, inflected and decorated are certain when one
resource alone has them. word, ambiguous, other-kind, contains and similar are for a person to decide;
'list' shows such elements of imported descriptions, and every later import follows a decision."
)]
pub(crate) struct MatchArgs {
    /// The name
    #[arg(required = true)]
    text: Option<String>,
    /// What kind of thing is named
    #[arg(long, value_enum)]
    kind: Option<KindArg>,
    /// How to show it
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    #[command(subcommand)]
    command: Option<MatchCommand>,
}

/// A kind of thing.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum KindArg {
    Service,
    Actor,
    DataGroup,
    Function,
}

impl From<KindArg> for Kind {
    fn from(kind: KindArg) -> Self {
        match kind {
            KindArg::Service => Self::Service,
            KindArg::Actor => Self::Actor,
            KindArg::DataGroup => Self::DataGroup,
            KindArg::Function => Self::Function,
        }
    }
}

/// What to do with elements of imported descriptions.
#[derive(Debug, Subcommand)]
enum MatchCommand {
    /// The elements that may be resources of the reference
    List {
        /// Of one region, by code or name
        #[arg(long, value_name = "CODE")]
        region: Option<String>,
        /// Write them into a workbook (.xlsx) or CSV file, with a column for the decisions
        #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
        output: Option<PathBuf>,
        /// How to show them
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Link an element with the resource that it stands for
    Accept(DecideArgs),
    /// Say that an element does not stand for a resource, or for any of those that it is like
    Reject(DecideArgs),
    /// Take back a file of 'list --output' with the decisions filled in
    Apply {
        /// The file
        #[arg(value_hint = ValueHint::FilePath)]
        file: PathBuf,
    },
}

/// A decision on one element.
#[derive(Debug, Args)]
struct DecideArgs {
    /// The element: its IRI, its identifier in the file, or its name
    element: String,
    /// The resource: its IRI, its short name (nat:kanta-mykanta) or a name of it; without it, what 'list' shows
    resource: Option<String>,
    /// Why
    #[arg(long)]
    reason: Option<String>,
}

pub(crate) fn run(session: &Session, args: &MatchArgs) -> Result<Ending> {
    match (&args.command, &args.text) {
        (None, Some(text)) => find(session, text, args)?,
        (Some(MatchCommand::List { region, output, format }), _) => {
            list(session, region.as_deref(), output.as_deref(), *format)?;
        }
        (Some(MatchCommand::Accept(decide)), _) => decide_one(session, decide, true)?,
        (Some(MatchCommand::Reject(decide)), _) => decide_one(session, decide, false)?,
        (Some(MatchCommand::Apply { file }), _) => apply(session, file)?,
        (None, None) => bail!("name what is to be matched"), // clap asks for it before
    }
    Ok(Ending::Good)
}

/// A candidate as programs and people read it.
#[derive(Serialize)]
struct Shown {
    resource: String,
    label: String,
    kind: Kind,
    score: f64,
    reason: viite_review::Reason,
    name: String,
}

impl Shown {
    fn of(candidate: &Candidate, facts: &Facts<'_>, language: Language) -> Self {
        Self {
            resource: candidate.resource.as_str().to_owned(),
            label: facts.label(&Term::from(candidate.resource.clone()), language),
            kind: candidate.kind,
            score: (candidate.score * 1000.0).round() / 1000.0,
            reason: candidate.reason,
            name: candidate.name.clone(),
        }
    }
}

fn find(session: &Session, text: &str, args: &MatchArgs) -> Result<()> {
    let repository = session.open()?;
    let snapshot = repository.snapshot()?;
    let kinds = args.kind.map(|kind| [Kind::from(kind)]);
    let found = Matcher::of(&snapshot).find(text, session.explicit_language, kinds.as_ref().map(<[Kind; 1]>::as_slice));
    let facts = Facts::new(&snapshot);
    let certain = found.certain.as_ref().map(|candidate| Shown::of(candidate, &facts, session.language));
    let candidates: Vec<Shown> =
        found.candidates.iter().map(|candidate| Shown::of(candidate, &facts, session.language)).collect();
    if args.format == Format::Json {
        return print_json(&json!({ "text": text, "match": certain, "candidates": candidates }));
    }
    let words = words(session.language);
    let mut out = results();
    match (&certain, candidates.is_empty()) {
        (Some(one), _) => write_shown(&mut out, words.certain, one, words)?,
        (None, true) => writeln!(out, "{}", words.none)?,
        (None, false) => {
            for candidate in &candidates {
                write_shown(&mut out, words.perhaps, candidate, words)?;
            }
        }
    }
    finish(out)
}

fn write_shown(out: &mut impl Write, how: &str, shown: &Shown, words: &Words) -> Result<()> {
    let Shown { resource, label, score, reason, name, .. } = shown;
    writeln!(out, "{how}  {}  {label}  {score:.2}  {}: {name}", ns::shorten(resource), words.reason(*reason))?;
    Ok(())
}

/// A doubtful element, with what people need to recognise it.
struct Open {
    doubt: Doubt,
    region: Option<Region>,
    description: Description,
    class: String,
    place: String,
}

fn open(snapshot: &Arc<Snapshot>, names: &Names, language: Language) -> Result<Vec<Open>> {
    let regions = Regions::of(snapshot, names)?;
    let facts = Facts::new(snapshot);
    let literal = |subject: &NamedOrBlankNode, predicate| {
        facts.objects(subject, predicate).into_iter().find_map(|term| match term {
            Term::Literal(literal) => Some(literal.value().to_owned()),
            _ => None,
        })
    };
    let mut all = Vec::new();
    for (description, doubt) in doubtful(snapshot, names) {
        let subject = NamedOrBlankNode::from(doubt.element.clone());
        let class = facts
            .objects_in(&subject, ns::rdf::TYPE, description.graph.as_ref())
            .into_iter()
            .find(|class| matches!(class, Term::NamedNode(class) if class.as_str().starts_with(ns::VIITE)));
        let line = literal(&subject, ns::viite::SOURCE_LINE).map(|line| format!(":{line}")).unwrap_or_default();
        all.push(Open {
            region: regions.iter().find(|region| region.iri == description.region).cloned(),
            class: class.map(|class| facts.label(&class, language)).unwrap_or_default(),
            place: format!("{}{line}", description.file),
            description,
            doubt,
        });
    }
    Ok(all)
}

fn list(session: &Session, region: Option<&str>, output: Option<&Path>, format: Format) -> Result<()> {
    let repository = session.open()?;
    let snapshot = repository.snapshot()?;
    let names = names(&repository)?;
    let regions = Regions::of(&snapshot, &names)?;
    let wanted = region.map(|region| regions.find(region, session.language)).transpose()?;
    let mut open = open(&snapshot, &names, session.language)?;
    open.retain(|open| wanted.is_none_or(|wanted| open.description.region == wanted.iri));
    let facts = Facts::new(&snapshot);
    if let Some(path) = output {
        return sheet::write(path, &open, &facts, session.language);
    }
    if format == Format::Json {
        let list: Vec<_> = open
            .iter()
            .map(|open| {
                json!({
                    "element": open.doubt.element.as_str(),
                    "name": open.doubt.name,
                    "class": open.class,
                    "region": open.region.as_ref().map(|region| &region.code),
                    "state": open.description.state,
                    "source": open.place,
                    "candidates": open.doubt.candidates.iter()
                        .map(|candidate| Shown::of(candidate, &facts, session.language)).collect::<Vec<_>>(),
                })
            })
            .collect();
        return print_json(&list);
    }
    let words = words(session.language);
    let mut out = results();
    if open.is_empty() {
        writeln!(out, "{}", words.nothing_open)?;
        return finish(out);
    }
    for Open { doubt, region, description, class, place } in &open {
        let code = region.as_ref().map_or("", |region| &region.code);
        writeln!(out, "{}  ({class}, {code} {}, {place})", doubt.name, description.state)?;
        writeln!(out, "  {}", doubt.element.as_str())?;
        let mut rows = table(&[]);
        for candidate in &doubt.candidates {
            let Shown { resource, label, score, reason, name, .. } = Shown::of(candidate, &facts, session.language);
            let reason = format!("{}: {name}", words.reason(reason));
            rows.add_row([format!("    {}", ns::shorten(&resource)), label, format!("{score:.2}"), reason]);
        }
        print_table(&mut out, &rows)?;
    }
    writeln!(out, "\n{} {}", open.len(), words.how_to_decide)?;
    finish(out)
}

fn decide_one(session: &Session, args: &DecideArgs, same: bool) -> Result<()> {
    let repository = session.open()?;
    let names = names(&repository)?;
    let snapshot = repository.snapshot()?;
    let open = open(&snapshot, &names, session.language)?;
    let facts = Facts::new(&snapshot);
    let element = element(&args.element, &open, &facts)?;
    let candidates = open.iter().filter(|open| open.doubt.element == element).flat_map(|open| &open.doubt.candidates);
    let mut offered: Vec<NamedNode> = candidates.map(|candidate| candidate.resource.clone()).collect();
    offered.sort();
    offered.dedup();
    let resources = match (&args.resource, same) {
        (Some(text), _) => vec![resource(text, &snapshot, session.explicit_language)?],
        (None, false) if !offered.is_empty() => offered,
        (None, true) if offered.len() == 1 => offered,
        _ => bail!(
            "say which resource: {}",
            if offered.is_empty() {
                "the element is not among those of 'viite match list'".to_owned()
            } else {
                offered.iter().map(|resource| ns::shorten(resource.as_str())).collect::<Vec<_>>().join(", ")
            }
        ),
    };
    let decisions: Vec<Decision> =
        resources.into_iter().map(|resource| decision(&element, &resource, same, args.reason.clone())).collect();
    commit(session, &repository, &names, &decisions)
}

fn decision(element: &NamedNode, resource: &NamedNode, same: bool, reason: Option<String>) -> Decision {
    Decision {
        element: element.clone(),
        resource: resource.clone(),
        same,
        author: CommitInfo::by_user("").author,
        date: today(),
        reason,
    }
}

/// The element that a text names: by IRI, by identifier in the file, or by name.
fn element(text: &str, open: &[Open], facts: &Facts<'_>) -> Result<NamedNode> {
    if let Ok(iri) = NamedNode::new(text)
        && !facts.objects(&iri.clone().into(), ns::rdf::TYPE).is_empty()
    {
        return Ok(iri);
    }
    let id = Term::from(oxrdf::Literal::from(text));
    let mut found: Vec<NamedNode> = open
        .iter()
        .filter(|open| {
            viite_model::label::key(&open.doubt.name) == viite_model::label::key(text)
                || facts.objects(&open.doubt.element.clone().into(), ns::viite::SOURCE_ID).contains(&id)
        })
        .map(|open| open.doubt.element.clone())
        .collect();
    found.sort();
    found.dedup();
    match &found[..] {
        [one] => Ok(one.clone()),
        [] => bail!("no element is called '{text}' in 'viite match list': give its IRI if it is not doubtful"),
        several => bail!(
            "several elements are called '{text}': give the IRI of one, {}",
            several.iter().map(NamedNode::as_str).collect::<Vec<_>>().join(", ")
        ),
    }
}

/// The resource of the reference that a text names for certain.
fn resource(text: &str, snapshot: &Snapshot, language: Option<Language>) -> Result<NamedNode> {
    let found = Matcher::of(snapshot).find(text, language, None);
    found.certain.map(|candidate| candidate.resource).with_context(|| {
        let near: Vec<String> = found.candidates.iter().map(|c| ns::shorten(c.resource.as_str())).collect();
        let near = if near.is_empty() { String::new() } else { format!(": perhaps {}", near.join(", ")) };
        format!("'{text}' is no service, actor, data group or function of the reference{near}")
    })
}

fn apply(session: &Session, path: &Path) -> Result<()> {
    let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let decisions = sheet::read_decisions(&path.display().to_string(), &bytes)?;
    if decisions.is_empty() {
        bail!("{}: no decision is filled in; write 'accept' or 'reject' into the column 'decision'", path.display());
    }
    let repository = session.open()?;
    let names = names(&repository)?;
    let snapshot = repository.snapshot()?;
    let facts = Facts::new(&snapshot);
    let matcher = Matcher::of(&snapshot);
    for sheet::Row { place, decision } in &decisions {
        if facts.objects(&decision.element.clone().into(), ns::rdf::TYPE).is_empty() {
            bail!("{place}: no description has the element {}", decision.element.as_str());
        }
        let known = matcher.find(decision.resource.as_str(), None, None).certain.is_some();
        if !known {
            bail!("{place}: the reference has no {}", decision.resource.as_str());
        }
    }
    let decisions: Vec<Decision> = decisions.into_iter().map(|row| row.decision).collect();
    commit(session, &repository, &names, &decisions)
}

fn commit(session: &Session, repository: &Repository, names: &Names, decisions: &[Decision]) -> Result<()> {
    let mut writer = repository.write(session.wait)?;
    for decision in decisions {
        let changes = consequences(writer.snapshot(), names, decision);
        for quad in &changes.removed {
            writer.remove(quad);
        }
        for quad in &changes.added {
            writer.insert(quad);
        }
    }
    let linked = decisions.iter().filter(|decision| decision.same).count();
    let message = format!("Decide on identity: {linked} linked, {} rejected", decisions.len() - linked);
    let revision = writer.commit(&CommitInfo::by_user(message.as_str()))?;
    let mut out = results();
    match revision {
        Some(revision) => {
            let (number, rejected) = (revision.number, decisions.len() - linked);
            let done = session.language.of([
                format!("Revisio {number}: {linked} yhdistetty, {rejected} hylätty."),
                format!("Revision {number}: {linked} länkade, {rejected} avvisade."),
                format!("Revision {number}: {linked} linked, {rejected} rejected."),
            ]);
            writeln!(out, "{done}")?;
        }
        None => writeln!(out, "{}", words(session.language).nothing_changed)?,
    }
    finish(out)
}
