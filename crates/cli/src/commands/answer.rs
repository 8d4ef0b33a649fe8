//! `viite answer`

use super::waive::remove;
use crate::{
    Ending,
    args::Format,
    findings::{beginning, everything, find},
    output::{finish, print_json, print_table, results, table},
    session::{Session, names, today},
};
use anyhow::{Result, bail};
use clap::{ArgGroup, Args};
use oxrdf::NamedNode;
use std::io::Write;
use viite_check::decisions::{self, RecordedAnswer, Statement};
use viite_model::Language;
use viite_store::{CommitInfo, Repository, Writer};

/// Answer the question of a rule that data cannot judge, list the answers, or take one back
#[derive(Debug, Args)]
#[command(
    group = ArgGroup::new("answer").required(true).args(["yes", "no", "list", "withdraw"]),
    after_help = "\
Examples:
  viite answer 8c0bbea21e90 --yes --reason 'Three workshops with clients in spring' --authority 'Head of digital services'
  viite answer 8c0bbea21e90 --no --reason 'No client was asked' --authority 'Head of digital services' --until 2027-12-31
  viite answer --list
  viite answer 8c0bbea21e90 --withdraw

Yes means that the rule is satisfied. The answer holds for the thing in the state that the finding
is about, until the day that --until gives; a later answer takes its place."
)]
pub(crate) struct AnswerArgs {
    /// The finding, by the identifier that 'viite check' shows in brackets
    #[arg(required_unless_present = "list")]
    pub(crate) finding: Option<String>,
    /// The rule is satisfied
    #[arg(long)]
    pub(crate) yes: bool,
    /// It is not
    #[arg(long)]
    pub(crate) no: bool,
    /// On what the answer rests
    #[arg(long, required_unless_present_any = ["list", "withdraw"])]
    pub(crate) reason: Option<String>,
    /// Who answers
    #[arg(long, required_unless_present_any = ["list", "withdraw"])]
    pub(crate) authority: Option<String>,
    /// The last day on which the answer holds
    #[arg(long, value_name = "DATE")]
    pub(crate) until: Option<String>,
    /// Show the answers that are recorded, and whether they still hold
    #[arg(long, conflicts_with_all = ["finding", "reason", "authority", "until"])]
    pub(crate) list: bool,
    /// Take the answer back
    #[arg(long, conflicts_with_all = ["reason", "authority", "until"])]
    pub(crate) withdraw: bool,
    /// How to show the list
    #[arg(long, value_enum, default_value_t, requires = "list")]
    pub(crate) format: Format,
}

pub(crate) fn run(session: &Session, args: &AnswerArgs) -> Result<Ending> {
    let repository = session.open()?;
    match &args.finding {
        None => list(session, &repository, args.format)?,
        Some(finding) if args.withdraw => withdraw(session, &repository, finding)?,
        Some(finding) => answer(session, &repository, finding, args)?,
    }
    Ok(Ending::Good)
}

fn answer(session: &Session, repository: &Repository, id: &str, args: &AnswerArgs) -> Result<()> {
    let graph = names(repository)?.decisions();
    let mut writer = repository.write(session.wait)?;
    let library = Session::library(repository)?;
    let report = everything(session, repository, &library, None, &writer.snapshot().clone())?;
    let finding = match find(&report, id) {
        Ok(finding) => finding,
        Err(error) => {
            if let [recorded] = &recorded(session, &writer, &graph, id)?[..] {
                bail!(
                    "{} is answered: {}, says {}; 'viite answer {id} --withdraw' takes it back, and asks anew",
                    recorded.rule,
                    yes_or_no(session.language, recorded.answer.yes),
                    recorded.answer.authority
                );
            }
            return Err(error);
        }
    };
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let statement = Statement {
        reason: text(&args.reason),
        authority: text(&args.authority),
        until: args.until.clone(),
        today: today(),
        author: CommitInfo::by_user("").author,
    };
    let facts = decisions::answer(finding, args.yes, &statement, &graph)?;
    remove(&mut writer, &graph, &facts[0].subject.clone()); // an answer has facts
    for fact in &facts {
        writer.insert(fact);
    }
    let word = if args.yes { "yes" } else { "no" };
    let message = format!("Answer {word} to {} about {}", finding.rule, finding.focus_label);
    let revision = writer.commit(&CommitInfo::by_user(message))?;
    let mut out = results();
    writeln!(out, "{}", finding.question.as_deref().unwrap_or(&finding.message))?;
    match revision {
        Some(revision) => writeln!(
            out,
            "{} {}: {}, {}",
            said(session.language).revision,
            revision.number,
            yes_or_no(session.language, args.yes),
            statement.authority.trim()
        )?,
        None => writeln!(out, "{}", said(session.language).already)?,
    }
    finish(out)
}

fn withdraw(session: &Session, repository: &Repository, id: &str) -> Result<()> {
    let graph = names(repository)?.decisions();
    let mut writer = repository.write(session.wait)?;
    let found = recorded(session, &writer, &graph, id)?;
    let [answer] = &found[..] else {
        match found.len() {
            0 => bail!("no answer is recorded for '{id}'; 'viite answer --list' shows them"),
            _ => bail!("'{id}' begins several findings with an answer: give more of the identifier"),
        }
    };
    remove(&mut writer, &graph, &answer.node);
    let revision = writer.commit(&CommitInfo::by_user(format!("Withdraw the answer to {}", answer.rule)))?;
    let mut out = results();
    if let Some(revision) = revision {
        let said = said(session.language);
        writeln!(out, "{} {}: {} ({}, {})", said.revision, revision.number, said.withdrawn, answer.rule, answer.about)?;
    }
    finish(out)
}

/// The answers to findings whose identity begins so.
fn recorded(session: &Session, writer: &Writer<'_>, graph: &NamedNode, id: &str) -> Result<Vec<RecordedAnswer>> {
    let wanted = beginning(id)?;
    let mut recorded = decisions::recorded_answers(writer.snapshot(), graph, session.language);
    recorded.retain(|answer| answer.finding.as_ref().is_some_and(|finding| finding.starts_with(&wanted)));
    Ok(recorded)
}

fn list(session: &Session, repository: &Repository, format: Format) -> Result<()> {
    let answers =
        decisions::recorded_answers(&repository.snapshot()?, &names(repository)?.decisions(), session.language);
    if format == Format::Json {
        return print_json(&answers);
    }
    let language = session.language;
    if answers.is_empty() {
        let mut out = results();
        writeln!(out, "{}", said(language).none)?;
        return finish(out);
    }
    let today = today();
    let mut rows = table(&said(language).columns);
    for recorded in &answers {
        let answer = &recorded.answer;
        let until = answer.until.as_deref();
        let ended = until.is_some_and(|until| *until < *today);
        let until = until.map(|until| language.day(until)).unwrap_or_default();
        rows.add_row([
            recorded.finding.as_deref().unwrap_or_default(),
            yes_or_no(language, answer.yes),
            &recorded.rule,
            &recorded.about,
            &answer.authority,
            &answer.reason,
            &if ended { format!("{until} ({})", said(language).ended) } else { until },
        ]);
    }
    let mut out = results();
    print_table(&mut out, &rows)?;
    finish(out)
}

const fn yes_or_no(language: Language, yes: bool) -> &'static str {
    match (language, yes) {
        (Language::Fi, true) => "kyllä",
        (Language::Fi, false) => "ei",
        (Language::Sv, true) => "ja",
        (Language::Sv, false) => "nej",
        (Language::En, true) => "yes",
        (Language::En, false) => "no",
    }
}

/// What the command says.
struct Said {
    revision: &'static str,
    already: &'static str,
    none: &'static str,
    withdrawn: &'static str,
    ended: &'static str,
    columns: [&'static str; 7],
}

const fn said(language: Language) -> Said {
    match language {
        Language::Fi => Said {
            revision: "Revisio",
            already: "Vastaus on jo kirjattu tällaisena.",
            none: "Vastauksia ei ole kirjattu.",
            withdrawn: "vastaus on peruttu",
            ended: "päättynyt",
            columns: ["havainto", "vastaus", "sääntö", "kohde", "vastaaja", "peruste", "asti"],
        },
        Language::Sv => Said {
            revision: "Revision",
            already: "Svaret är redan antecknat så.",
            none: "Inga svar är antecknade.",
            withdrawn: "svaret är återtaget",
            ended: "upphört",
            columns: ["iakttagelse", "svar", "regel", "sak", "vem", "grund", "till och med"],
        },
        Language::En => Said {
            revision: "Revision",
            already: "It is answered like this already.",
            none: "No answers are recorded.",
            withdrawn: "the answer is withdrawn",
            ended: "ended",
            columns: ["finding", "answer", "rule", "about", "who", "reason", "until"],
        },
    }
}
