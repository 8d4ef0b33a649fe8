//! A file for each command: it resolves its arguments, does the work, writes the result.

pub(crate) mod answer;
pub(crate) mod ask;
pub(crate) mod assess;
pub(crate) mod at;
pub(crate) mod check;
pub(crate) mod compare;
pub(crate) mod demo;
pub(crate) mod describe;
pub(crate) mod diff;
pub(crate) mod explain;
pub(crate) mod export;
pub(crate) mod impact;
pub(crate) mod import;
pub(crate) mod init;
pub(crate) mod languages;
pub(crate) mod log;
pub(crate) mod mapping;
pub(crate) mod matching;
pub(crate) mod query;
pub(crate) mod raci;
pub(crate) mod reference;
pub(crate) mod region;
pub(crate) mod review;
pub(crate) mod rule;
pub(crate) mod show;
pub(crate) mod status;
pub(crate) mod template;
pub(crate) mod update;
pub(crate) mod verify;
pub(crate) mod waive;

pub(crate) use import::ImportedFile;

use crate::{
    Ending,
    args::{Cli, Command},
    session::Session,
};
use anyhow::Result;

pub(crate) fn run(cli: Cli) -> Result<Ending> {
    let session = Session::new(cli.global);
    match cli.command {
        Command::Init(args) => init::run(&session, &args),
        Command::Region(args) => region::run(&session, args),
        Command::Import(args) => import::run(&session, &args),
        Command::Mapping(args) => mapping::run(&session, &args),
        Command::Template(args) => template::run(&session, &args),
        Command::Export(args) => export::run(&session, &args),
        Command::Check(args) => check::run(&session, &args),
        Command::Raci(args) => raci::run(&session, &args),
        Command::Status(args) => status::run(&session, &args),
        Command::Explain(args) => explain::run(&session, &args),
        Command::Waive(args) => waive::run(&session, &args),
        Command::Answer(args) => answer::run(&session, &args),
        Command::Rule(args) => rule::run(&session, &args),
        Command::Assess(args) => assess::run(&session, &args),
        Command::Review(args) => review::run(&session, &args),
        Command::Compare(args) => compare::run(&session, &args),
        Command::Describe(args) => describe::run(&session, &args),
        Command::Query(args) => query::run(&session, &args),
        Command::Ask(args) => ask::run(&session, &args),
        Command::Update(args) => update::run(&session, &args),
        Command::Show(args) => show::run(&session, &args),
        Command::Impact(args) => impact::run(&session, &args),
        Command::Languages(args) => languages::run(&session, &args),
        Command::Reference(args) => reference::run(&session, &args),
        Command::Match(args) => matching::run(&session, &args),
        Command::Log(args) => log::run(&session, &args),
        Command::Diff(args) => diff::run(&session, &args),
        Command::At(args) => at::run(&session, &args),
        Command::Verify(args) => verify::run(&session, &args),
        Command::Demo(args) => demo::run(&session, &args),
    }
}
