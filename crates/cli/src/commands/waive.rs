//! `viite waive`

use crate::{
    Ending,
    args::Format,
    findings::{beginning, everything, find, read_shapes},
    output::{finish, print_json, print_table, results, table},
    session::{Session, names, today},
};
use anyhow::{Result, bail};
use clap::{Args, ValueHint};
use oxrdf::{NamedNode, NamedOrBlankNode};
use std::{io::Write, path::PathBuf};
use viite_check::decisions::{self, Recorded, Statement};
use viite_model::Language;
use viite_store::{CommitInfo, Repository, Writer};

/// Accept a deviation until a day, list those that are accepted, or withdraw one
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  viite waive b80457852f3f --reason 'Replaced in 2027' --authority 'Director of data management' --until 2027-12-31
  viite waive --list
  viite waive b80457852f3f --withdraw

The finding stays in every report, as an accepted deviation with reason, authority and end. It
violates again when the day has passed, or when the facts that it rests on change.")]
pub(crate) struct WaiveArgs {
    /// The finding, by the identifier that 'viite check' shows in brackets
    #[arg(required_unless_present = "list")]
    pub(crate) finding: Option<String>,
    /// Why it is accepted
    #[arg(long, required_unless_present_any = ["list", "withdraw"])]
    pub(crate) reason: Option<String>,
    /// Who accepts it
    #[arg(long, required_unless_present_any = ["list", "withdraw"])]
    pub(crate) authority: Option<String>,
    /// The last day on which it is accepted
    #[arg(long, value_name = "DATE", required_unless_present_any = ["list", "withdraw"])]
    pub(crate) until: Option<String>,
    /// A finding comes from the SHACL shapes of this file; may be given several times
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with = "withdraw")]
    pub(crate) shapes: Vec<PathBuf>,
    /// Show the deviations that are recorded, and whether they still hold
    #[arg(long, conflicts_with_all = ["finding", "reason", "authority", "until", "withdraw"])]
    pub(crate) list: bool,
    /// Take the acceptance back
    #[arg(long, conflicts_with_all = ["reason", "authority", "until"])]
    pub(crate) withdraw: bool,
    /// How to show the list
    #[arg(long, value_enum, default_value_t, requires = "list")]
    pub(crate) format: Format,
}

pub(crate) fn run(session: &Session, args: &WaiveArgs) -> Result<Ending> {
    let repository = session.open()?;
    match &args.finding {
        None => list(session, &repository, args)?,
        Some(finding) if args.withdraw => withdraw(session, &repository, finding)?,
        Some(finding) => waive(session, &repository, finding, args)?,
    }
    Ok(Ending::Good)
}

fn waive(session: &Session, repository: &Repository, id: &str, args: &WaiveArgs) -> Result<()> {
    let graph = names(repository)?.decisions();
    let mut writer = repository.write(session.wait)?;
    let library = Session::library(repository)?;
    let shapes = read_shapes(&args.shapes)?;
    let report = everything(session, repository, &library, shapes.as_ref(), &writer.snapshot().clone())?;
    let finding = find(&report, id)?;
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let statement = Statement {
        reason: text(&args.reason),
        authority: text(&args.authority),
        until: args.until.clone(),
        today: today(),
        author: CommitInfo::by_user("").author,
    };
    let facts = decisions::waive(finding, &statement, &graph)?;
    remove(&mut writer, &graph, &decisions::deviation_node(&graph, &finding.id).into());
    for fact in &facts {
        writer.insert(fact);
    }
    let revision =
        writer.commit(&CommitInfo::by_user(format!("Accept the deviation {} ({})", finding.id, finding.rule)))?;
    let mut out = results();
    writeln!(out, "{}", finding.message)?;
    match revision {
        Some(revision) => {
            let until = session.language.day(&text(&args.until));
            writeln!(out, "{}", accepted(session.language, revision.number, statement.authority.trim(), &until))?;
        }
        None => writeln!(out, "{}", already(session.language))?,
    }
    finish(out)
}

fn withdraw(session: &Session, repository: &Repository, id: &str) -> Result<()> {
    let graph = names(repository)?.decisions();
    let mut writer = repository.write(session.wait)?;
    let recorded = decisions::recorded(writer.snapshot(), &graph, session.language);
    let wanted = beginning(id)?;
    let wanted: Vec<&Recorded> = recorded.iter().filter(|record| record.finding.starts_with(&wanted)).collect();
    let findings: std::collections::BTreeSet<&str> = wanted.iter().map(|record| record.finding.as_str()).collect();
    match findings.len() {
        0 => bail!("no deviation is recorded for '{id}'; 'viite waive --list' shows them"),
        1 => {}
        _ => bail!("'{id}' begins several findings with a deviation: give more of the identifier"),
    }
    for record in &wanted {
        remove(&mut writer, &graph, &record.node);
    }
    let finding = &wanted[0].finding;
    let revision = writer.commit(&CommitInfo::by_user(format!("Withdraw the deviation {finding}")))?;
    let mut out = results();
    if let Some(revision) = revision {
        writeln!(out, "{}", withdrawn(session.language, revision.number, finding))?;
    }
    finish(out)
}

/// Takes out what is said of a node.
pub(super) fn remove(writer: &mut Writer<'_>, decisions: &NamedNode, node: &NamedOrBlankNode) {
    let said: Vec<_> =
        writer.snapshot().graph_quads(decisions).into_iter().filter(|quad| quad.subject == *node).collect();
    for quad in &said {
        writer.remove(quad);
    }
}

fn list(session: &Session, repository: &Repository, args: &WaiveArgs) -> Result<()> {
    let snapshot = repository.snapshot()?;
    let recorded = decisions::recorded(&snapshot, &names(repository)?.decisions(), session.language);
    let library = Session::library(repository)?;
    let report = everything(session, repository, &library, read_shapes(&args.shapes)?.as_ref(), &snapshot)?;
    let standing = |record: &Recorded| match report.findings.iter().any(|finding| finding.id == record.finding) {
        _ if !record.deviation.holds(&report.today) => Standing::Ended,
        true => Standing::Holds,
        // A shape that was not looked at tells nothing.
        false if record.rule.as_ref().is_some_and(|rule| report.coverage_of(rule).is_none()) => Standing::Unseen,
        false => Standing::Gone,
    };
    if args.format == Format::Json {
        let list: Vec<_> = recorded
            .iter()
            .map(|record| {
                let mut json = serde_json::to_value(record)?;
                json["standing"] = standing(record).name().into();
                Ok(json)
            })
            .collect::<Result<_, serde_json::Error>>()?;
        return print_json(&list);
    }
    if recorded.is_empty() {
        let mut out = results();
        let none = match session.language {
            Language::Fi => "Poikkeamia ei ole hyväksytty.",
            Language::Sv => "Inga avvikelser är godkända.",
            Language::En => "No deviations are accepted.",
        };
        writeln!(out, "{none}")?;
        return finish(out);
    }
    let mut rows = table(&match session.language {
        Language::Fi => ["havainto", "asti", "voimassa", "sääntö", "kohde", "hyväksyjä", "perustelu"],
        Language::Sv => ["iakttagelse", "till och med", "gäller", "regel", "sak", "godkänd av", "motivering"],
        Language::En => ["finding", "until", "standing", "rule", "about", "authority", "reason"],
    });
    for record in &recorded {
        rows.add_row([
            record.finding.as_str(),
            &session.language.day(record.deviation.until.as_deref().unwrap_or_default()),
            standing(record).say(session.language),
            record.rule.as_deref().unwrap_or_default(),
            record.about.as_deref().unwrap_or_default(),
            &record.deviation.authority,
            &record.deviation.reason,
        ]);
    }
    let mut out = results();
    print_table(&mut out, &rows)?;
    finish(out)
}

fn accepted(language: Language, revision: u64, authority: &str, until: &str) -> String {
    match language {
        Language::Fi => format!("Revisio {revision}: {authority} hyväksyi poikkeaman, {until} asti."),
        Language::Sv => format!("Revision {revision}: {authority} godkände avvikelsen till och med {until}."),
        Language::En => format!("Revision {revision}: accepted by {authority} until {until}."),
    }
}

const fn already(language: Language) -> &'static str {
    match language {
        Language::Fi => "Poikkeama on jo hyväksytty tällaisena.",
        Language::Sv => "Avvikelsen är redan godkänd så.",
        Language::En => "It is accepted like this already.",
    }
}

fn withdrawn(language: Language, revision: u64, finding: &str) -> String {
    match language {
        Language::Fi => format!(
            "Revisio {revision}: poikkeaman {finding} hyväksyntä on peruttu; 'viite log' säilyttää, kuka sen hyväksyi."
        ),
        Language::Sv => format!(
            "Revision {revision}: godkännandet av avvikelsen {finding} är återtaget; 'viite log' bevarar vem som godkände den."
        ),
        Language::En => {
            format!("Revision {revision}: the deviation {finding} is withdrawn; 'viite log' keeps who accepted it.")
        }
    }
}

/// How a recorded deviation stands today.
#[derive(Clone, Copy)]
enum Standing {
    Holds,
    Ended,
    /// Its finding is there no longer.
    Gone,
    /// The rule or shape that it is about was not run.
    Unseen,
}

impl Standing {
    const fn name(self) -> &'static str {
        match self {
            Self::Holds => "holds",
            Self::Ended => "ended",
            Self::Gone => "gone",
            Self::Unseen => "unseen",
        }
    }

    const fn say(self, language: Language) -> &'static str {
        match (self, language) {
            (Self::Holds, Language::Fi) => "voimassa",
            (Self::Holds, Language::Sv) => "gäller",
            (Self::Holds, Language::En) => "holds",
            (Self::Ended, Language::Fi) => "päättynyt",
            (Self::Ended, Language::Sv) => "upphörd",
            (Self::Ended, Language::En) => "ended",
            (Self::Unseen, Language::Fi) => "ei tarkistettu (--shapes)",
            (Self::Unseen, Language::Sv) => "inte kontrollerad (--shapes)",
            (Self::Unseen, Language::En) => "not checked (--shapes)",
            (Self::Gone, Language::Fi) => "korjattu, tai tiedot muuttuneet",
            (Self::Gone, Language::Sv) => "åtgärdad, eller uppgifterna ändrade",
            (Self::Gone, Language::En) => "mended, or its facts changed",
        }
    }
}
