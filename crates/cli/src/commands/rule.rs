//! `viite rule`

mod author;

use crate::{
    Ending,
    args::Format,
    commands::check::{profiles_folder, show_profiles},
    output::{color, finish, print_json, print_table, results, table},
    session::Session,
};
use anyhow::Result;
use author::{LintArgs, NewArgs, TestArgs};
use clap::{Args, Subcommand};
use serde_json::{Value, json};
use std::io::Write;
use viite_check::{Library, Rule};
use viite_model::{Language, Text, ns};
use viite_store::StoreError;

/// List the rules, explain one, or write one of your own
#[derive(Debug, Args)]
#[command(
    after_help = "\
Examples:
  viite rule
  viite rule --format json
  viite rule G08-same-purpose --lang fi
  viite rule --profiles
  viite rule new own/G08-our-portals --clause s4:G8
  viite rule test
  viite rule lint",
    args_conflicts_with_subcommands = true
)]
pub(crate) struct RuleArgs {
    #[command(subcommand)]
    pub(crate) command: Option<RuleCommand>,
    /// The rule to explain
    pub(crate) id: Option<String>,
    /// How to show it
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
    /// Show the profiles instead: which rules judge what
    #[arg(long, conflicts_with = "id")]
    pub(crate) profiles: bool,
}

/// What those do who write rules.
#[derive(Debug, Subcommand)]
pub(crate) enum RuleCommand {
    New(NewArgs),
    Test(TestArgs),
    Lint(LintArgs),
}

pub(crate) fn run(session: &Session, args: &RuleArgs) -> Result<Ending> {
    match &args.command {
        Some(RuleCommand::New(args)) => return author::new(session, args),
        Some(RuleCommand::Test(args)) => return author::test(session, args),
        Some(RuleCommand::Lint(args)) => return author::lint(session, args),
        None => {}
    }
    if args.profiles {
        let folder = session.open().map(|repository| profiles_folder(&repository)).unwrap_or_default();
        show_profiles(session, &folder, args.format == Format::Json)?;
        return Ok(Ending::Good);
    }
    let library = library(session)?;
    match (&args.id, args.format) {
        (Some(id), Format::Json) => print_json(&explanation(library.rule(id)?))?,
        (Some(id), Format::Text) => explain(session, library.rule(id)?)?,
        (None, Format::Json) => {
            let rules: Vec<Value> = library.rules().map(|rule| summary(session, rule)).collect();
            print_json(&rules)?;
        }
        (None, Format::Text) => list(session, &library)?,
    }
    Ok(Ending::Good)
}

/// The rules of the repository at hand; outside of one, those that the program carries.
fn library(session: &Session) -> Result<Library> {
    match session.open() {
        Ok(repository) => Session::library(&repository),
        Err(error) => match error.downcast_ref() {
            Some(StoreError::NotFound(_)) if !session.names_repository() => Ok(Library::shipped()?),
            _ => Err(error),
        },
    }
}

/// The header as a program reads it.
fn summary(session: &Session, rule: &Rule) -> Value {
    json!({
        "id": rule.id,
        "family": rule.family,
        "severity": rule.severity,
        "scope": rule.scope.name(),
        "clause": ns::shorten(rule.clause.as_str()),
        "title": rule.title.get(session.language),
    })
}

fn explanation(rule: &Rule) -> Value {
    json!({
        "id": rule.id,
        "family": rule.family,
        "severity": rule.severity,
        "scope": rule.scope.name(),
        "clause": ns::shorten(rule.clause.as_str()),
        "since": rule.since,
        "title": rule.title,
        "why": rule.why,
        "fix": rule.fix,
        "message": rule.message,
        "missing": rule.missing,
        "applies": rule.applies,
        "justifiable": rule.justifiable,
        "question": rule.question,
        "cluster": rule.cluster,
        "operationalised": rule.operationalised,
        "file": rule.file,
        "query": rule.source,
    })
}

fn list(session: &Session, library: &Library) -> Result<()> {
    let mut rows = table(&session.language.of([
        ["sääntö", "vakavuus", "soveltamisala", "kohta", "otsikko"],
        ["regel", "allvar", "omfattning", "punkt", "rubrik"],
        ["rule", "severity", "scope", "clause", "title"],
    ]));
    for rule in library.rules() {
        rows.add_row([
            &rule.id,
            viite_check::report::severity_word(rule.severity, session.language),
            rule.scope.name(),
            &ns::shorten(rule.clause.as_str()),
            rule.title.get(session.language).unwrap_or_default(),
        ]);
    }
    let mut out = results();
    print_table(&mut out, &rows)?;
    finish(out)
}

fn explain(session: &Session, rule: &Rule) -> Result<()> {
    let mut out = results();
    let bold = |text: &str| {
        if color() { format!("\x1b[1m{text}\x1b[0m") } else { text.to_owned() }
    };
    let text = |text: &Text| text.get(session.language).unwrap_or_default().trim().to_owned();
    writeln!(out, "{}  {}\n", bold(&rule.id), text(&rule.title))?;
    writeln!(
        out,
        "{} · {} · {} · {} · {} {}\n",
        viite_check::report::severity_word(rule.severity, session.language),
        rule.scope.name(),
        rule.family,
        ns::shorten(rule.clause.as_str()),
        session.language.of(["versiosta", "från version", "since"]),
        rule.since
    )?;
    for note in notes(session.language, rule) {
        writeln!(out, "{note}\n")?;
    }
    let [why, message, fix, missing, question, query] = headings(session.language);
    let bodies = [(why, Some(&rule.why)), (message, Some(&rule.message)), (fix, Some(&rule.fix))];
    let bodies = bodies.into_iter().chain([(missing, Some(&rule.missing)), (question, rule.question.as_ref())]);
    for (heading, body) in bodies {
        if let Some(body) = body {
            writeln!(out, "{}\n  {}\n", bold(heading), text(body).replace('\n', "\n  "))?;
        }
    }
    writeln!(out, "{} ({})", bold(query), rule.file)?;
    for line in rule.source.lines().filter(|line| !line.starts_with("#+")) {
        writeln!(out, "{}", format!("  {line}").trim_end())?;
    }
    finish(out)
}

/// What a reader must know of a rule besides its texts.
fn notes(language: Language, rule: &Rule) -> Vec<String> {
    let mut notes = Vec::new();
    if rule.operationalised {
        notes.push(match language {
            Language::Fi => "Mittari on Viitteen: lähde vain viittaa siihen, mitä sääntö mittaa.",
            Language::Sv => "Måttet är Viites: källan bara antyder det som regeln mäter.",
            Language::En => "The measure is Viite's: the source only implies what the rule measures.",
        });
    }
    if rule.justifiable {
        notes.push(match language {
            Language::Fi => {
                "Kohta sallii perustellun poikkeaman: kirjattu perustelu näytetään hyväksyttynä poikkeamana."
            }
            Language::Sv => {
                "Punkten tillåter en motiverad avvikelse: en antecknad motivering visas som godkänd avvikelse."
            }
            Language::En => "The clause lets a reason stand: a recorded one is shown as an accepted deviation.",
        });
    }
    let mut notes: Vec<String> = notes.into_iter().map(str::to_owned).collect();
    let applies = &rule.applies;
    let [from, until, states, regions] = match language {
        Language::Fi => ["alkaen", "asti", "tilat", "alueet"],
        Language::Sv => ["från", "till och med", "tillstånd", "regioner"],
        Language::En => ["from", "until", "states", "regions"],
    };
    let bounds: Vec<String> = [
        applies.from.as_ref().map(|day| format!("{from} {day}")),
        applies.until.as_ref().map(|day| format!("{until} {day}")),
        (!applies.states.is_empty()).then(|| {
            let names: Vec<&str> = applies.states.iter().map(|state| state.name()).collect();
            format!("{states}: {}", names.join(", "))
        }),
        (!applies.regions.is_empty()).then(|| format!("{regions}: {}", applies.regions.join(", "))),
    ]
    .into_iter()
    .flatten()
    .collect();
    if !bounds.is_empty() {
        let applies = match language {
            Language::Fi => "Sovelletaan",
            Language::Sv => "Tillämpas",
            Language::En => "Applies",
        };
        notes.push(format!("{applies}: {}", bounds.join("; ")));
    }
    notes
}

/// The headings of an explanation: why, message, fix, missing fact, question, query.
fn headings(language: Language) -> [&'static str; 6] {
    match language {
        Language::Fi => [
            "Miksi se on tärkeää",
            "Mitä havainto sanoo",
            "Mitä sille tehdään",
            "Kun sitä ei voi arvioida, lisää",
            "Mihin ihminen vastaa",
            "Miten se arvioidaan",
        ],
        Language::Sv => [
            "Varför det är viktigt",
            "Vad en iakttagelse säger",
            "Vad man gör åt den",
            "När det inte kan bedömas, lägg till",
            "Vad en människa svarar på",
            "Hur det bedöms",
        ],
        Language::En => [
            "Why it matters",
            "What a finding says",
            "What to do about it",
            "When it cannot be assessed, add",
            "What a person answers",
            "How it is judged",
        ],
    }
}
