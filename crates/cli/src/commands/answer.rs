//! `viite answer`

use crate::{
    Ending,
    findings::{everything, find},
    output::{finish, results},
    session::{Session, names, today},
};
use anyhow::Result;
use clap::{ArgGroup, Args};
use std::io::Write;
use viite_check::decisions::{self, Statement};
use viite_store::CommitInfo;

/// Answer the question of a rule that data cannot judge
#[derive(Debug, Args)]
#[command(
    group = ArgGroup::new("answer").required(true).args(["yes", "no"]),
    after_help = "\
Examples:
  viite answer 8c0bbea21e90 --yes --reason 'Three workshops with clients in spring' --authority 'Head of digital services'
  viite answer 8c0bbea21e90 --no --reason 'No client was asked' --authority 'Head of digital services' --until 2027-12-31

Yes means that the rule is satisfied. The answer holds for the thing in the state that the finding
is about, until the day that --until gives; a later answer takes its place."
)]
pub(crate) struct AnswerArgs {
    /// The finding, by the identifier that 'viite check' shows in brackets
    pub(crate) finding: String,
    /// The rule is satisfied
    #[arg(long)]
    pub(crate) yes: bool,
    /// It is not
    #[arg(long)]
    pub(crate) no: bool,
    /// On what the answer rests
    #[arg(long)]
    pub(crate) reason: String,
    /// Who answers
    #[arg(long)]
    pub(crate) authority: String,
    /// The last day on which the answer holds
    #[arg(long, value_name = "DATE")]
    pub(crate) until: Option<String>,
}

pub(crate) fn run(session: &Session, args: &AnswerArgs) -> Result<Ending> {
    let repository = session.open()?;
    let graph = names(&repository)?.decisions();
    let mut writer = repository.write(session.wait)?;
    let library = Session::library(&repository)?;
    let report = everything(session, &repository, &library, None, &writer.snapshot().clone())?;
    let finding = find(&report, &args.finding)?;
    let statement = Statement {
        reason: args.reason.clone(),
        authority: args.authority.clone(),
        until: args.until.clone(),
        today: today(),
        author: CommitInfo::by_user("").author,
    };
    let facts = decisions::answer(finding, args.yes, &statement, &graph)?;
    let node = facts[0].subject.clone(); // an answer has facts
    let said: Vec<_> = writer.snapshot().graph_quads(&graph).into_iter().filter(|quad| quad.subject == node).collect();
    for quad in &said {
        writer.remove(quad);
    }
    for fact in &facts {
        writer.insert(fact);
    }
    let word = if args.yes { "yes" } else { "no" };
    let message = format!("Answer {word} to {} about {}", finding.rule, finding.focus_label);
    let revision = writer.commit(&CommitInfo::by_user(message))?;
    let mut out = results();
    writeln!(out, "{}", finding.question.as_deref().unwrap_or(&finding.message))?;
    match revision {
        Some(revision) => writeln!(out, "Revision {}: {word}, says {}.", revision.number, args.authority.trim())?,
        None => writeln!(out, "It is answered like this already.")?,
    }
    finish(out)?;
    Ok(Ending::Good)
}
