//! `viite rule`

use crate::{
    Ending,
    args::Format,
    output::{color, finish, print_json, print_table, results, table},
    session::Session,
};
use anyhow::Result;
use clap::Args;
use serde_json::{Value, json};
use std::io::Write;
use viite_check::{Library, Rule};
use viite_model::{Language, Text, ns};
use viite_store::StoreError;

/// List the rules, or explain one
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  viite rule
  viite rule --format json
  viite rule G08-same-purpose --lang fi")]
pub(crate) struct RuleArgs {
    /// The rule to explain
    pub(crate) id: Option<String>,
    /// How to show it
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

pub(crate) fn run(session: &Session, args: &RuleArgs) -> Result<Ending> {
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
        "file": rule.file,
        "query": rule.source,
    })
}

fn list(session: &Session, library: &Library) -> Result<()> {
    let mut rows = table(&["rule", "severity", "scope", "clause", "title"]);
    for rule in library.rules() {
        rows.add_row([
            &rule.id,
            rule.severity.name(),
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
        "{} · {} · {} · {} · since {}\n",
        rule.severity,
        rule.scope.name(),
        rule.family,
        ns::shorten(rule.clause.as_str()),
        rule.since
    )?;
    let [why, message, fix, missing, query] = headings(session.language);
    for (heading, body) in [(why, &rule.why), (message, &rule.message), (fix, &rule.fix), (missing, &rule.missing)] {
        writeln!(out, "{}\n  {}\n", bold(heading), text(body).replace('\n', "\n  "))?;
    }
    writeln!(out, "{} ({})", bold(query), rule.file)?;
    for line in rule.source.lines().filter(|line| !line.starts_with("#+")) {
        writeln!(out, "{}", format!("  {line}").trim_end())?;
    }
    finish(out)
}

/// The headings of an explanation: why, message, fix, missing fact, query.
fn headings(language: Language) -> [&'static str; 5] {
    match language {
        Language::Fi => [
            "Miksi se on tärkeää",
            "Mitä havainto sanoo",
            "Mitä sille tehdään",
            "Kun sitä ei voi arvioida, lisää",
            "Miten se arvioidaan",
        ],
        Language::Sv => [
            "Varför det är viktigt",
            "Vad en iakttagelse säger",
            "Vad man gör åt den",
            "När det inte kan bedömas, lägg till",
            "Hur det bedöms",
        ],
        Language::En => [
            "Why it matters",
            "What a finding says",
            "What to do about it",
            "When it cannot be assessed, add",
            "How it is judged",
        ],
    }
}
