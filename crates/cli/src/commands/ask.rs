//! `viite ask`

use crate::{
    Ending,
    args::assignment,
    output::{finish, note, print_json, print_table, results, table},
    session::{Session, state},
};
use anyhow::Result;
use clap::Args;
use serde_json::{Value, json};
use std::{collections::BTreeMap, io::Write};
use viite_query::{
    Format, QueryOptions, format,
    library::{Question, question, questions},
};

/// Ask a question of the library by its name, or list them
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  viite ask
  viite ask measure-actors
  viite ask measure-actors --set measure=s0:M9 --lang sv
  viite ask investment-criteria --format csv")]
pub(crate) struct AskArgs {
    /// The question; without it, all are listed
    pub(crate) id: Option<String>,
    /// The value of a parameter; may be given several times
    #[arg(long, value_name = "NAME=VALUE", requires = "id", value_parser = assignment)]
    pub(crate) set: Vec<(String, String)>,
    /// table, csv, tsv, json or xml; for the list table or json
    #[arg(long)]
    pub(crate) format: Option<String>,
    /// Ask the state at this revision, not the newest
    #[arg(long, value_name = "REV")]
    pub(crate) at: Option<u64>,
}

pub(crate) fn run(session: &Session, args: &AskArgs) -> Result<Ending> {
    match &args.id {
        Some(id) => answer(session, &question(id)?, args),
        None => list(session, args.format.as_deref()),
    }
}

fn answer(session: &Session, question: &Question, args: &AskArgs) -> Result<Ending> {
    let mut given: BTreeMap<String, String> = args.set.iter().cloned().collect();
    // The language of the answer is that of everything else, unless it was set.
    if question.parameters.contains_key("language") {
        given.entry("language".to_owned()).or_insert_with(|| session.language.tag().to_owned());
    }
    let options = QueryOptions { bindings: question.bindings(&given)?, ..QueryOptions::default() };
    let format = args.format.as_deref().map(str::parse::<Format>).transpose()?.unwrap_or(Format::Table);
    let repository = session.open()?;
    let snapshot = state(&repository, args.at)?;
    let mut out = results();
    format::write(question.query.run(&snapshot, &options)?, format, &mut out)?;
    finish(out)?;
    if format == Format::Table
        && let Some(answer) = question.answer.get(session.language)
    {
        note(answer);
    }
    Ok(Ending::Good)
}

fn list(session: &Session, format: Option<&str>) -> Result<Ending> {
    let questions = questions()?;
    if format == Some("json") {
        let all: Vec<Value> = questions.iter().map(summary).collect();
        print_json(&all)?;
        return Ok(Ending::Good);
    }
    let mut rows = table(&session.language.of([
        ["kysymys", "parametrit", "otsikko"],
        ["fråga", "parametrar", "rubrik"],
        ["question", "parameters", "title"],
    ]));
    for question in &questions {
        let parameters = question.parameters.keys().map(String::as_str).filter(|name| *name != "language");
        rows.add_row([
            question.id.as_str(),
            &parameters.collect::<Vec<_>>().join(", "),
            question.title.get(session.language).unwrap_or_default(),
        ]);
    }
    let mut out = results();
    print_table(&mut out, &rows)?;
    writeln!(out)?;
    finish(out)?;
    Ok(Ending::Good)
}

fn summary(question: &Question) -> Value {
    let parameters = question
        .parameters
        .iter()
        .map(|(name, parameter)| (name.clone(), json!({ "default": parameter.default, "title": parameter.title })));
    json!({
        "id": question.id,
        "title": question.title,
        "answer": question.answer,
        "parameters": parameters.collect::<serde_json::Map<_, _>>(),
    })
}
