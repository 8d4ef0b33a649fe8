//! `viite explain`

use crate::{
    Ending,
    args::Format,
    findings::{everything, find, read_shapes},
    output::{color, finish, print_json, results},
    session::{Session, names},
};
use anyhow::Result;
use clap::{Args, ValueHint};
use oxrdf::Quad;
use serde_json::json;
use std::{
    collections::{HashMap, HashSet},
    io::Write,
    path::PathBuf,
};
use viite_check::{
    Finding, Rule,
    explain::{self, Fact},
    report::severity_word,
};
use viite_model::Language;
use viite_store::{Repository, Revision};

/// Facts that are shown one by one in the text; JSON has them all.
const SHOWN: usize = 40;

/// Show what led to a verdict: the facts, where each came from, the clause, and what would change it
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  viite explain b80457852f3f
  viite explain b80457852f3f --lang sv
  viite explain b80457852f3f --format json")]
pub(crate) struct ExplainArgs {
    /// The finding, by the identifier that 'viite check' shows in brackets
    pub(crate) finding: String,
    /// The finding comes from the SHACL shapes of this file; may be given several times
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) shapes: Vec<PathBuf>,
    /// How to show it
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

pub(crate) fn run(session: &Session, args: &ExplainArgs) -> Result<Ending> {
    let repository = session.open()?;
    let snapshot = repository.snapshot()?;
    let library = Session::library(&repository)?;
    let shapes = read_shapes(&args.shapes)?;
    let report = everything(session, &repository, &library, shapes.as_ref(), &snapshot)?;
    let finding = find(&report, &args.finding)?;
    // A shape is no rule: what it says is in its file.
    let rule = library.rule(&finding.rule).ok();
    let facts = explain::facts(&snapshot, &names(&repository)?, rule, finding, session.language);
    let revisions = revisions(&repository, &facts)?;
    match args.format {
        Format::Json => as_json(session.language, rule, finding, &facts, &revisions)?,
        Format::Text => as_text(session.language, rule, finding, &facts, &revisions)?,
    }
    Ok(Ending::Good)
}

/// The revision that put each fact in, the newest first where it came and went.
fn revisions<'a>(repository: &Repository, facts: &'a [Fact]) -> Result<HashMap<&'a Quad, Revision>> {
    let mut wanted: HashSet<&Quad> = facts.iter().map(|fact| &fact.quad).collect();
    let mut found = HashMap::new();
    let mut log = repository.log()?;
    log.sort_by_key(|revision| std::cmp::Reverse(revision.number));
    for revision in log {
        if wanted.is_empty() {
            break;
        }
        let added: HashSet<Quad> = repository.diff(revision.number - 1, revision.number)?.added.into_iter().collect();
        wanted.retain(|quad| {
            let here = added.contains(*quad);
            if here {
                found.insert(*quad, revision.clone());
            }
            !here
        });
    }
    Ok(found)
}

fn as_json(
    language: Language,
    rule: Option<&Rule>,
    finding: &Finding,
    facts: &[Fact],
    revisions: &HashMap<&Quad, Revision>,
) -> Result<()> {
    let facts: Vec<_> = facts
        .iter()
        .map(|fact| {
            let revision = revisions.get(&fact.quad);
            json!({
                "subject": fact.subject,
                "property": fact.property,
                "value": fact.value,
                "quad": fact.quad.to_string(),
                "source": fact.source,
                "package": fact.package,
                "imported_by": fact.imported_by,
                "revision": revision.map(|revision| revision.number),
                "time": revision.map(|revision| &revision.time),
                "author": revision.map(|revision| &revision.author),
            })
        })
        .collect();
    print_json(&json!({
        "finding": finding,
        "why": rule.and_then(|rule| rule.why.get(language)),
        "operationalised": rule.is_some_and(|rule| rule.operationalised),
        "facts": facts,
        "ways_out": explain::ways_out(rule, finding, language),
    }))
}

fn as_text(
    language: Language,
    rule: Option<&Rule>,
    finding: &Finding,
    facts: &[Fact],
    revisions: &HashMap<&Quad, Revision>,
) -> Result<()> {
    let mut out = results();
    let bold = |text: &str| if color() { format!("\x1b[1m{text}\x1b[0m") } else { text.to_owned() };
    let words = words(language);
    writeln!(out, "{}\n", bold(&finding.message))?;
    let region =
        finding.region.as_ref().map(|region| format!(" · {} ({})", region.name, region.code)).unwrap_or_default();
    writeln!(out, "{} · {} · {}{region}", finding.id, severity_word(finding.severity, language), finding.rule)?;
    writeln!(out, "{}  {}\n", finding.clause, finding.clause_label)?;
    if let Some(why) = rule.and_then(|rule| rule.why.get(language)) {
        writeln!(out, "{}\n  {}\n", bold(words.why), why.trim())?;
    }
    if rule.is_some_and(|rule| rule.operationalised) {
        writeln!(out, "  {}\n", words.operationalised)?;
    }
    writeln!(out, "{}", bold(words.facts))?;
    for fact in facts.iter().take(SHOWN) {
        writeln!(out, "  {}  {}  {}", fact.subject, fact.property, fact.value)?;
        let package = fact.package.as_ref().map(|package| format!("{}: {package}", words.reference));
        let place = fact.source.as_ref().map(ToString::to_string).or(package);
        let revision = revisions.get(&fact.quad).map(|revision| {
            let day = language.day(revision.time.get(..10).unwrap_or(&revision.time));
            format!("{} {}, {day}, {}", words.revision, revision.number, revision.author)
        });
        let origin: Vec<String> = place.into_iter().chain(revision).collect();
        if !origin.is_empty() {
            writeln!(out, "      {}", origin.join("; "))?;
        }
    }
    if facts.len() > SHOWN {
        writeln!(out, "  … {} {}", facts.len() - SHOWN, words.more)?;
    }
    if facts.is_empty() {
        writeln!(out, "  {}", words.none)?;
    }
    for (heading, deviation) in
        [(words.accepted, &finding.deviation), (words.lapsed, &finding.lapsed), (words.reopened, &finding.reopened)]
    {
        if let Some(deviation) = deviation {
            let until =
                deviation.until.as_deref().map(|until| format!(" –{}", language.day(until))).unwrap_or_default();
            writeln!(out, "\n{}\n  {} ({}{until})", bold(heading), deviation.reason, deviation.authority)?;
        }
    }
    if let Some(answer) = &finding.answer {
        writeln!(out, "\n{}\n  {} ({})", bold(words.answered), answer.reason, answer.authority)?;
    }
    writeln!(out, "\n{}", bold(words.change))?;
    for way in explain::ways_out(rule, finding, language) {
        writeln!(out, "  - {}", way.replace('\n', "\n    "))?;
    }
    finish(out)
}

/// The words of an explanation.
struct Words {
    why: &'static str,
    operationalised: &'static str,
    facts: &'static str,
    none: &'static str,
    more: &'static str,
    revision: &'static str,
    accepted: &'static str,
    lapsed: &'static str,
    reopened: &'static str,
    reference: &'static str,
    answered: &'static str,
    change: &'static str,
}

const fn words(language: Language) -> Words {
    match language {
        Language::Fi => Words {
            why: "Miksi se on tärkeää",
            operationalised: "Mittari on Viitteen: lähde vain viittaa siihen, mitä sääntö mittaa.",
            facts: "Tiedot, joihin arvio perustuu",
            none: "Ei yhtään: arvio perustuu tietojen puuttumiseen.",
            more: "muuta; --format json näyttää kaikki",
            revision: "revisio",
            accepted: "Hyväksytty poikkeama",
            lapsed: "Päättynyt poikkeama",
            reopened: "Poikkeama, joka hyväksyttiin toisin tiedoin",
            reference: "kansallinen viite",
            answered: "Vastaus",
            change: "Mikä muuttaisi arvion",
        },
        Language::Sv => Words {
            why: "Varför det är viktigt",
            operationalised: "Måttet är Viites: källan bara antyder det som regeln mäter.",
            facts: "Uppgifterna som bedömningen grundar sig på",
            none: "Inga: bedömningen grundar sig på att uppgifter saknas.",
            more: "till; --format json visar alla",
            revision: "revision",
            accepted: "Godkänd avvikelse",
            lapsed: "Upphörd avvikelse",
            reopened: "Avvikelse som godkändes på andra uppgifter",
            reference: "den nationella referensen",
            answered: "Svar",
            change: "Vad som skulle ändra bedömningen",
        },
        Language::En => Words {
            why: "Why it matters",
            operationalised: "The measure is Viite's: the source only implies what the rule measures.",
            facts: "The facts that led to it",
            none: "None: it rests on the absence of facts.",
            more: "more; --format json shows all",
            revision: "revision",
            accepted: "Accepted deviation",
            lapsed: "Deviation that has ended",
            reopened: "Deviation that was accepted on other facts",
            reference: "national reference",
            answered: "Answer",
            change: "What would change it",
        },
    }
}
